DROP TRIGGER search_documents_on_insert;

DROP TRIGGER search_documents_on_delete;

DROP TRIGGER search_documents_on_update;

DROP VIEW search_releases;

DROP TABLE search_index;

DROP INDEX search_codes;

CREATE INDEX search_codes ON search_documents (release_id, place, codes);

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

INSERT INTO search_index (search_index) VALUES ('rebuild');
