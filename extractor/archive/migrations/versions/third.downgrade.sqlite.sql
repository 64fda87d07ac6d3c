DROP TRIGGER search_documents_on_insert;

DROP TRIGGER search_documents_on_delete;

DROP TRIGGER search_documents_on_update;

DROP TABLE search_index;

ALTER TABLE search_documents DROP COLUMN terms;

CREATE VIRTUAL TABLE search_index USING fts5(
    title, body, title_stems, body_stems, event_stems, codes,
    content = 'search_documents', content_rowid = 'release_id',
    tokenize = 'ascii'
);

CREATE TRIGGER search_documents_on_insert
AFTER INSERT ON search_documents
BEGIN
    INSERT INTO search_index (rowid, title, body, title_stems, body_stems, event_stems, codes)
    VALUES (NEW.release_id, NEW.title, NEW.body, NEW.title_stems, NEW.body_stems, NEW.event_stems, NEW.codes);
END;

CREATE TRIGGER search_documents_on_delete
AFTER DELETE ON search_documents
BEGIN
    INSERT INTO search_index (search_index, rowid, title, body, title_stems, body_stems, event_stems, codes)
    VALUES ('delete', OLD.release_id, OLD.title, OLD.body, OLD.title_stems, OLD.body_stems, OLD.event_stems, OLD.codes);
END;

CREATE TRIGGER search_documents_on_update
AFTER UPDATE ON search_documents
BEGIN
    INSERT INTO search_index (search_index, rowid, title, body, title_stems, body_stems, event_stems, codes)
    VALUES ('delete', OLD.release_id, OLD.title, OLD.body, OLD.title_stems, OLD.body_stems, OLD.event_stems, OLD.codes);
    INSERT INTO search_index (rowid, title, body, title_stems, body_stems, event_stems, codes)
    VALUES (NEW.release_id, NEW.title, NEW.body, NEW.title_stems, NEW.body_stems, NEW.event_stems, NEW.codes);
END;

INSERT INTO search_index (search_index) VALUES ('rebuild');
