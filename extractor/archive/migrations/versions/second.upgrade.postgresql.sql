DROP TABLE search_documents;

CREATE TABLE search_documents (
    release_id BIGINT NOT NULL,
    place BIGINT NOT NULL,
    codes TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    title_stems TEXT NOT NULL,
    body_stems TEXT NOT NULL,
    event_stems TEXT NOT NULL,
    CONSTRAINT pk_search_documents PRIMARY KEY (release_id),
    CONSTRAINT fk_search_documents_release_id FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE
);

CREATE INDEX ix_search_documents_place ON search_documents (place);

CREATE TABLE search_values (
    number BIGINT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    words TEXT NOT NULL,
    CONSTRAINT pk_search_values PRIMARY KEY (number),
    CONSTRAINT uq_search_values_field_value UNIQUE (field, value)
);

CREATE TABLE search_state (
    id BIGSERIAL NOT NULL,
    words_version TEXT NOT NULL,
    CONSTRAINT pk_search_state PRIMARY KEY (id)
);

CREATE FUNCTION search_terms(
    title text, body text, title_stems text, body_stems text, event_stems text, codes text
)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_to_tsvector(ARRAY(
        SELECT 's' || w FROM unnest(string_to_array(body_stems, ' ')) AS w
        UNION SELECT 's' || w FROM unnest(string_to_array(title_stems, ' ')) AS w
        UNION SELECT 't' || w FROM unnest(string_to_array(title_stems, ' ')) AS w
        UNION SELECT 'e' || w FROM unnest(string_to_array(event_stems, ' ')) AS w
        UNION SELECT 'c' || w FROM unnest(string_to_array(codes, ' ')) AS w
        UNION SELECT 'w' || w FROM unnest(string_to_array(body, ' ')) AS w
        UNION SELECT 'w' || w FROM unnest(string_to_array(title, ' ')) AS w
        UNION SELECT 'v' || w FROM unnest(string_to_array(title, ' ')) AS w
        UNION SELECT 'p' || x || ' ' || y FROM
            unnest(string_to_array(body, ' '), (string_to_array(body, ' '))[2:]) AS b (x, y)
            WHERE y IS NOT NULL
        UNION SELECT 'p' || x || ' ' || y FROM
            unnest(string_to_array(title, ' '), (string_to_array(title, ' '))[2:]) AS t (x, y)
            WHERE y IS NOT NULL
        UNION SELECT 'q' || x || ' ' || y FROM
            unnest(string_to_array(title, ' '), (string_to_array(title, ' '))[2:]) AS u (x, y)
            WHERE y IS NOT NULL
    ))
$$;

ALTER TABLE search_documents ADD COLUMN terms_vector tsvector NOT NULL GENERATED ALWAYS AS (
    search_terms(title, body, title_stems, body_stems, event_stems, codes)
) STORED;

ALTER TABLE search_documents ALTER COLUMN codes SET STORAGE MAIN;

ALTER TABLE search_documents SET (toast_tuple_target = 128);

CREATE INDEX ix_search_documents_terms_vector ON search_documents USING gin (terms_vector);

INSERT INTO search_state (words_version)
SELECT '0001' WHERE EXISTS (SELECT id FROM releases);

CREATE TABLE masked_rows (
    id BIGSERIAL NOT NULL,
    release_id BIGINT NOT NULL,
    table_name TEXT NOT NULL,
    row_id BIGINT NOT NULL,
    CONSTRAINT pk_masked_rows PRIMARY KEY (id),
    CONSTRAINT uq_masked_rows_table_name_row_id UNIQUE (table_name, row_id),
    CONSTRAINT fk_masked_rows_release_id FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE
);

CREATE INDEX ix_masked_rows_release_id ON masked_rows (release_id);

ALTER TABLE withholdings ADD COLUMN words TEXT;

ALTER TABLE withholdings ADD CONSTRAINT ck_withholdings_words
CHECK (words IS NULL OR release_id IS NOT NULL);

ALTER TABLE proposals ADD COLUMN words TEXT, ADD COLUMN start_offset INTEGER,
ADD COLUMN end_offset INTEGER;

ALTER TABLE reviews ADD COLUMN changes TEXT, ADD COLUMN batch_id BIGINT;

ALTER TABLE reviews DROP CONSTRAINT ck_reviews_action;

ALTER TABLE reviews ADD CONSTRAINT ck_reviews_action CHECK (action = 'accept' OR action = 'correct' OR action = 'reject' OR action = 'add' OR action = 'take' OR action = 'dismiss' OR action = 'complete' OR action = 'undo');

ALTER TABLE reviews DROP CONSTRAINT fk_reviews_event_id;

ALTER TABLE reviews ADD CONSTRAINT fk_reviews_event_id
FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE SET NULL;

ALTER TABLE reviews DROP CONSTRAINT fk_reviews_person_id;

ALTER TABLE reviews ADD CONSTRAINT fk_reviews_person_id
FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE SET NULL;

ALTER TABLE reviews DROP CONSTRAINT fk_reviews_quote_id;

ALTER TABLE reviews ADD CONSTRAINT fk_reviews_quote_id
FOREIGN KEY(quote_id) REFERENCES quotes (id) ON DELETE SET NULL;

CREATE INDEX ix_reviews_batch_id ON reviews (batch_id);

CREATE INDEX ix_spans_rule_id_field_state ON spans (rule_id, field, state);
