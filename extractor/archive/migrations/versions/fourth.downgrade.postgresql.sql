DROP TRIGGER search_documents_on_change ON search_documents;

DROP FUNCTION search_index_follows();

DROP TABLE search_index;

ALTER TABLE search_documents ADD COLUMN terms_vector tsvector NOT NULL GENERATED ALWAYS AS (
    search_terms(title, body, title_stems, body_stems, event_stems, codes)
) STORED;

CREATE INDEX ix_search_documents_terms_vector ON search_documents USING gin (terms_vector);
