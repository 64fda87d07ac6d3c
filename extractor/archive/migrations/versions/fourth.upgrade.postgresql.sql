DELETE FROM search_documents;

DELETE FROM search_values;

DELETE FROM search_state;

INSERT INTO search_state (words_version)
SELECT '0003' WHERE EXISTS (SELECT id FROM releases);

ALTER TABLE search_documents DROP COLUMN terms_vector;

CREATE TABLE search_index (
    place BIGINT NOT NULL,
    codes TEXT NOT NULL,
    terms_vector tsvector NOT NULL,
    CONSTRAINT pk_search_index PRIMARY KEY (place)
);

ALTER TABLE search_index ALTER COLUMN codes SET STORAGE MAIN;

ALTER TABLE search_index SET (toast_tuple_target = 128);

CREATE INDEX search_index_terms_vector ON search_index USING gin (terms_vector);

CREATE FUNCTION search_index_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM search_index WHERE place = OLD.place;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO search_index (place, codes, terms_vector) VALUES (
            NEW.place, NEW.codes,
            search_terms(NEW.title, NEW.body, NEW.title_stems, NEW.body_stems, NEW.event_stems, NEW.codes)
        );
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER search_documents_on_change
AFTER INSERT OR UPDATE OR DELETE ON search_documents
FOR EACH ROW EXECUTE FUNCTION search_index_follows();
