DROP TRIGGER search_documents_on_insert;

DROP TRIGGER search_documents_on_delete;

DROP TRIGGER search_documents_on_update;

DROP TABLE search_index;

DROP INDEX search_codes;

DELETE FROM search_documents;

DELETE FROM search_values;

DELETE FROM search_state;

INSERT INTO search_state (words_version)
SELECT '0003' WHERE EXISTS (SELECT id FROM releases);

CREATE INDEX search_codes ON search_documents (place, codes);

CREATE VIRTUAL TABLE search_index USING fts5(
    title, body, terms,
    content = 'search_documents', content_rowid = 'place',
    tokenize = "ascii tokenchars '_'"
);

CREATE VIEW search_releases AS
SELECT search_index.rowid & 1099511627775 AS rowid, search_index.search_index AS search_releases
FROM search_index;

CREATE TRIGGER search_documents_on_insert
AFTER INSERT ON search_documents
BEGIN
    INSERT INTO search_index (rowid, title, body, terms)
    VALUES (NEW.place, NEW.title, NEW.body, NEW.terms);
END;

CREATE TRIGGER search_documents_on_delete
AFTER DELETE ON search_documents
BEGIN
    INSERT INTO search_index (search_index, rowid, title, body, terms)
    VALUES ('delete', OLD.place, OLD.title, OLD.body, OLD.terms);
END;

CREATE TRIGGER search_documents_on_update
AFTER UPDATE ON search_documents
BEGIN
    INSERT INTO search_index (search_index, rowid, title, body, terms)
    VALUES ('delete', OLD.place, OLD.title, OLD.body, OLD.terms);
    INSERT INTO search_index (rowid, title, body, terms)
    VALUES (NEW.place, NEW.title, NEW.body, NEW.terms);
END;
