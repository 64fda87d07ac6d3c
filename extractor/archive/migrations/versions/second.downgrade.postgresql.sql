DROP INDEX ix_spans_rule_id_field_state;

DELETE FROM reviews WHERE action NOT IN ('accept', 'correct', 'reject', 'undo');

DROP INDEX ix_reviews_batch_id;

ALTER TABLE reviews DROP COLUMN changes, DROP COLUMN batch_id;

ALTER TABLE reviews DROP CONSTRAINT ck_reviews_action;

ALTER TABLE reviews ADD CONSTRAINT ck_reviews_action CHECK (action = 'accept' OR action = 'correct' OR action = 'reject' OR action = 'undo');

ALTER TABLE reviews DROP CONSTRAINT fk_reviews_event_id;

ALTER TABLE reviews ADD CONSTRAINT fk_reviews_event_id
FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE;

ALTER TABLE reviews DROP CONSTRAINT fk_reviews_person_id;

ALTER TABLE reviews ADD CONSTRAINT fk_reviews_person_id
FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE;

ALTER TABLE reviews DROP CONSTRAINT fk_reviews_quote_id;

ALTER TABLE reviews ADD CONSTRAINT fk_reviews_quote_id
FOREIGN KEY(quote_id) REFERENCES quotes (id) ON DELETE CASCADE;

ALTER TABLE proposals DROP COLUMN words, DROP COLUMN start_offset, DROP COLUMN end_offset;

ALTER TABLE withholdings DROP COLUMN words;

DROP TABLE masked_rows;

DROP TABLE search_documents;

DROP TABLE search_values;

DROP TABLE search_state;

DROP FUNCTION search_terms(text, text, text, text, text, text);

CREATE TABLE search_documents (
    release_id BIGINT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    title_stems TEXT NOT NULL,
    body_stems TEXT NOT NULL,
    CONSTRAINT pk_search_documents PRIMARY KEY (release_id),
    CONSTRAINT fk_search_documents_release_id FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE
);

ALTER TABLE search_documents ADD COLUMN surface_vector tsvector NOT NULL GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', body), 'B')
) STORED;

ALTER TABLE search_documents ADD COLUMN stems_vector tsvector NOT NULL GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', title_stems), 'A')
    || setweight(to_tsvector('simple', body_stems), 'B')
) STORED;

CREATE INDEX ix_search_documents_surface_vector ON search_documents USING gin (surface_vector);

CREATE INDEX ix_search_documents_stems_vector ON search_documents USING gin (stems_vector);
