DROP TRIGGER search_documents_on_insert;

DROP TRIGGER search_documents_on_delete;

DROP TRIGGER search_documents_on_update;

DROP TABLE search_index;

DELETE FROM search_documents;

DELETE FROM search_values;

DELETE FROM search_state;

INSERT INTO search_state (words_version)
SELECT '0002' WHERE EXISTS (SELECT id FROM releases);

ALTER TABLE search_documents ADD COLUMN terms TEXT GENERATED ALWAYS AS (
    's_' || replace(body_stems, ' ', ' s_') || ' s_' || replace(title_stems, ' ', ' s_')
    || ' t_' || replace(title_stems, ' ', ' t_') || ' v_' || replace(title, ' ', ' v_')
    || ' e_' || replace(event_stems, ' ', ' e_') || ' c_' || replace(codes, ' ', ' c_')
) VIRTUAL;

CREATE VIRTUAL TABLE search_index USING fts5(
    title, body, terms,
    content = 'search_documents', content_rowid = 'release_id',
    tokenize = "ascii tokenchars '_'"
);

CREATE TRIGGER search_documents_on_insert
AFTER INSERT ON search_documents
BEGIN
    INSERT INTO search_index (rowid, title, body, terms)
    VALUES (NEW.release_id, NEW.title, NEW.body, NEW.terms);
END;

CREATE TRIGGER search_documents_on_delete
AFTER DELETE ON search_documents
BEGIN
    INSERT INTO search_index (search_index, rowid, title, body, terms)
    VALUES ('delete', OLD.release_id, OLD.title, OLD.body, OLD.terms);
END;

CREATE TRIGGER search_documents_on_update
AFTER UPDATE ON search_documents
BEGIN
    INSERT INTO search_index (search_index, rowid, title, body, terms)
    VALUES ('delete', OLD.release_id, OLD.title, OLD.body, OLD.terms);
    INSERT INTO search_index (rowid, title, body, terms)
    VALUES (NEW.release_id, NEW.title, NEW.body, NEW.terms);
END;
