DELETE FROM search_documents;

DELETE FROM search_values;

DELETE FROM search_state;

INSERT INTO search_state (words_version)
SELECT '0002' WHERE EXISTS (SELECT id FROM releases);

ALTER TABLE search_documents DROP COLUMN terms_vector;

DROP FUNCTION search_terms(text, text, text, text, text, text);

CREATE FUNCTION search_terms(
    title text, body text, title_stems text, body_stems text, event_stems text, codes text
)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    WITH words AS MATERIALIZED (
        SELECT string_to_array(' ' || title || '  ' || body || ' ', ' ') COLLATE "C" AS w,
            string_to_array(title, ' ') COLLATE "C" AS t,
            octet_length(title) + octet_length(body) > 40000 AS long
    ), rows AS MATERIALIZED (
        SELECT x, y, z FROM words, unnest(w, w[2:], w[3:]) AS r (x, y, z) WHERE y <> ''
    )
    SELECT array_to_tsvector(ARRAY(
        SELECT 's' || w FROM unnest(string_to_array(body_stems || ' ' || title_stems, ' ')) AS w
        UNION ALL SELECT 't' || w FROM unnest(string_to_array(title_stems, ' ')) AS w
        UNION ALL SELECT 'e' || w FROM unnest(string_to_array(event_stems, ' ')) AS w
        UNION ALL SELECT 'c' || w FROM unnest(string_to_array(codes, ' ')) AS w
        UNION ALL SELECT 'w' || y FROM rows
        UNION ALL SELECT 'p' || x || ' ' || y FROM rows WHERE x <> ''
        UNION ALL SELECT 'r' || x || ' ' || y || ' ' || z FROM rows, words
            WHERE x <> '' AND z <> '' AND NOT long
        UNION ALL SELECT 'l' || y || ' ' || z FROM rows, words
            WHERE z <> '' AND NOT long GROUP BY y, z HAVING min(x) <> max(x)
        UNION ALL SELECT 'm' || x || ' ' || y FROM rows, words
            WHERE x <> '' AND NOT long GROUP BY x, y HAVING min(z) <> max(z)
        UNION ALL SELECT 'v' || x FROM words, unnest(t) AS x
        UNION ALL SELECT 'q' || x || ' ' || y FROM words, unnest(t, t[2:]) AS r (x, y)
            WHERE y IS NOT NULL
        UNION ALL SELECT 'u' || x || ' ' || y || ' ' || z
            FROM words, unnest(t, t[2:], t[3:]) AS r (x, y, z) WHERE z IS NOT NULL AND NOT long
        UNION ALL SELECT 'x' FROM words WHERE long
    ))
$$;

ALTER TABLE search_documents ADD COLUMN terms_vector tsvector NOT NULL GENERATED ALWAYS AS (
    search_terms(title, body, title_stems, body_stems, event_stems, codes)
) STORED;

CREATE INDEX ix_search_documents_terms_vector ON search_documents USING gin (terms_vector);
