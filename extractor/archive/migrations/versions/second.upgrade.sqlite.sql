DROP TABLE search_index;

DROP TABLE search_documents;

CREATE TABLE search_documents (
    release_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
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
    number INTEGER NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    words TEXT NOT NULL,
    CONSTRAINT pk_search_values PRIMARY KEY (number),
    CONSTRAINT uq_search_values_field_value UNIQUE (field, value)
);

CREATE TABLE search_state (
    id INTEGER NOT NULL,
    words_version TEXT NOT NULL,
    CONSTRAINT pk_search_state PRIMARY KEY (id)
);

CREATE VIRTUAL TABLE search_index USING fts5(
    title, body, title_stems, body_stems, event_stems, codes,
    content = 'search_documents', content_rowid = 'release_id',
    tokenize = 'ascii'
);

CREATE INDEX search_codes ON search_documents (release_id, place, codes);

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

INSERT INTO search_state (words_version)
SELECT '0001' WHERE EXISTS (SELECT id FROM releases);

CREATE TABLE masked_rows (
    id INTEGER NOT NULL,
    release_id INTEGER NOT NULL,
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    CONSTRAINT pk_masked_rows PRIMARY KEY (id),
    CONSTRAINT uq_masked_rows_table_name_row_id UNIQUE (table_name, row_id),
    CONSTRAINT fk_masked_rows_release_id FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE
);

CREATE INDEX ix_masked_rows_release_id ON masked_rows (release_id);

ALTER TABLE withholdings ADD COLUMN words TEXT
CONSTRAINT ck_withholdings_words CHECK (words IS NULL OR release_id IS NOT NULL);

ALTER TABLE proposals ADD COLUMN words TEXT;

ALTER TABLE proposals ADD COLUMN start_offset INTEGER;

ALTER TABLE proposals ADD COLUMN end_offset INTEGER;

CREATE TABLE reviews_made (
    id INTEGER NOT NULL,
    release_id INTEGER NOT NULL,
    event_id INTEGER,
    person_id INTEGER,
    quote_id INTEGER,
    span_id INTEGER,
    field TEXT NOT NULL,
    position INTEGER NOT NULL,
    action TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    rule TEXT,
    rules_version TEXT,
    confidence FLOAT,
    reviewer TEXT NOT NULL,
    reviewed_at TEXT NOT NULL,
    note TEXT,
    active BOOLEAN NOT NULL,
    undoes_id INTEGER,
    changes TEXT,
    batch_id INTEGER,
    CONSTRAINT pk_reviews PRIMARY KEY (id),
    CONSTRAINT ck_reviews_action CHECK (action = 'accept' OR action = 'correct' OR action = 'reject' OR action = 'add' OR action = 'take' OR action = 'dismiss' OR action = 'complete' OR action = 'undo'),
    CONSTRAINT fk_reviews_release_id FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE,
    CONSTRAINT fk_reviews_event_id FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE SET NULL,
    CONSTRAINT fk_reviews_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE SET NULL,
    CONSTRAINT fk_reviews_quote_id FOREIGN KEY(quote_id) REFERENCES quotes (id) ON DELETE SET NULL,
    CONSTRAINT fk_reviews_span_id FOREIGN KEY(span_id) REFERENCES spans (id) ON DELETE SET NULL,
    CONSTRAINT fk_reviews_undoes_id FOREIGN KEY(undoes_id) REFERENCES reviews (id) ON DELETE SET NULL
);

INSERT INTO reviews_made (id, release_id, event_id, person_id, quote_id, span_id, field, position, action, "before", "after", rule, rules_version, confidence, reviewer, reviewed_at, note, active, undoes_id)
SELECT id, release_id, event_id, person_id, quote_id, span_id, field, position, action, "before", "after", rule, rules_version, confidence, reviewer, reviewed_at, note, active, undoes_id FROM reviews;

DROP TABLE reviews;

ALTER TABLE reviews_made RENAME TO reviews;

CREATE INDEX ix_reviews_batch_id ON reviews (batch_id);

CREATE INDEX ix_reviews_event_id ON reviews (event_id) WHERE event_id IS NOT NULL;

CREATE INDEX ix_reviews_person_id ON reviews (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX ix_reviews_quote_id ON reviews (quote_id) WHERE quote_id IS NOT NULL;

CREATE INDEX ix_reviews_release_id ON reviews (release_id);

CREATE INDEX ix_reviews_span_id ON reviews (span_id) WHERE span_id IS NOT NULL;

CREATE INDEX ix_reviews_undoes_id ON reviews (undoes_id) WHERE undoes_id IS NOT NULL;

CREATE INDEX ix_spans_rule_id_field_state ON spans (rule_id, field, state);
