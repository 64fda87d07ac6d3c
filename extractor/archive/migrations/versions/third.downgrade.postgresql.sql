ALTER TABLE search_documents DROP COLUMN terms_vector;

DROP FUNCTION search_terms(text, text, text, text, text, text);

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

CREATE INDEX ix_search_documents_terms_vector ON search_documents USING gin (terms_vector);
