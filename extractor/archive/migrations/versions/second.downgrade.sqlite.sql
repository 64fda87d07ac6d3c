DROP INDEX ix_spans_rule_id_field_state;

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
    CONSTRAINT pk_reviews PRIMARY KEY (id),
    CONSTRAINT ck_reviews_action CHECK (action = 'accept' OR action = 'correct' OR action = 'reject' OR action = 'undo'),
    CONSTRAINT fk_reviews_release_id FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE,
    CONSTRAINT fk_reviews_event_id FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE,
    CONSTRAINT fk_reviews_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE,
    CONSTRAINT fk_reviews_quote_id FOREIGN KEY(quote_id) REFERENCES quotes (id) ON DELETE CASCADE,
    CONSTRAINT fk_reviews_span_id FOREIGN KEY(span_id) REFERENCES spans (id) ON DELETE SET NULL,
    CONSTRAINT fk_reviews_undoes_id FOREIGN KEY(undoes_id) REFERENCES reviews (id) ON DELETE SET NULL
);

INSERT INTO reviews_made (id, release_id, event_id, person_id, quote_id, span_id, field, position, action, "before", "after", rule, rules_version, confidence, reviewer, reviewed_at, note, active, undoes_id)
SELECT id, release_id, event_id, person_id, quote_id, span_id, field, position, action, "before", "after", rule, rules_version, confidence, reviewer, reviewed_at, note, active, undoes_id FROM reviews
WHERE action IN ('accept', 'correct', 'reject', 'undo');

DROP TABLE reviews;

ALTER TABLE reviews_made RENAME TO reviews;

CREATE INDEX ix_reviews_event_id ON reviews (event_id) WHERE event_id IS NOT NULL;

CREATE INDEX ix_reviews_person_id ON reviews (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX ix_reviews_quote_id ON reviews (quote_id) WHERE quote_id IS NOT NULL;

CREATE INDEX ix_reviews_release_id ON reviews (release_id);

CREATE INDEX ix_reviews_span_id ON reviews (span_id) WHERE span_id IS NOT NULL;

CREATE INDEX ix_reviews_undoes_id ON reviews (undoes_id) WHERE undoes_id IS NOT NULL;

ALTER TABLE proposals DROP COLUMN end_offset;

ALTER TABLE proposals DROP COLUMN start_offset;

ALTER TABLE proposals DROP COLUMN words;

ALTER TABLE withholdings DROP COLUMN words;

DROP TABLE masked_rows;

DROP TABLE search_index;

DROP TABLE search_documents;

DROP TABLE search_values;

DROP TABLE search_state;

CREATE TABLE search_documents (
    release_id INTEGER NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    title_stems TEXT NOT NULL,
    body_stems TEXT NOT NULL,
    CONSTRAINT pk_search_documents PRIMARY KEY (release_id),
    CONSTRAINT fk_search_documents_release_id FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE
);

CREATE VIRTUAL TABLE search_index USING fts5(
    title, body, title_stems, body_stems,
    content = 'search_documents', content_rowid = 'release_id',
    tokenize = 'unicode61 remove_diacritics 0'
);

CREATE TRIGGER search_documents_on_insert
AFTER INSERT ON search_documents
BEGIN
    INSERT INTO search_index (rowid, title, body, title_stems, body_stems)
    VALUES (NEW.release_id, NEW.title, NEW.body, NEW.title_stems, NEW.body_stems);
END;

CREATE TRIGGER search_documents_on_delete
AFTER DELETE ON search_documents
BEGIN
    INSERT INTO search_index (search_index, rowid, title, body, title_stems, body_stems)
    VALUES ('delete', OLD.release_id, OLD.title, OLD.body, OLD.title_stems, OLD.body_stems);
END;

CREATE TRIGGER search_documents_on_update
AFTER UPDATE ON search_documents
BEGIN
    INSERT INTO search_index (search_index, rowid, title, body, title_stems, body_stems)
    VALUES ('delete', OLD.release_id, OLD.title, OLD.body, OLD.title_stems, OLD.body_stems);
    INSERT INTO search_index (rowid, title, body, title_stems, body_stems)
    VALUES (NEW.release_id, NEW.title, NEW.body, NEW.title_stems, NEW.body_stems);
END;
