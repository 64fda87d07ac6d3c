CREATE TABLE event_entities (
    id BIGSERIAL NOT NULL,
    name TEXT NOT NULL,
    start_date TEXT,
    end_date TEXT,
    venue TEXT,
    organizer TEXT,
    note TEXT,
    created_at TEXT NOT NULL,
    merged_into_id BIGINT,
    CONSTRAINT pk_event_entities PRIMARY KEY (id),
    CONSTRAINT fk_event_entities_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES event_entities (id) ON DELETE SET NULL
);

CREATE INDEX ix_event_entities_merged_into_id ON event_entities (merged_into_id) WHERE merged_into_id IS NOT NULL;

CREATE INDEX ix_event_entities_start_date ON event_entities (start_date);

CREATE TABLE link_operations (
    id BIGSERIAL NOT NULL,
    kind TEXT NOT NULL,
    action TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    reason TEXT,
    author TEXT NOT NULL,
    done_at TEXT NOT NULL,
    undone_at TEXT,
    undone_by TEXT,
    CONSTRAINT pk_link_operations PRIMARY KEY (id),
    CONSTRAINT ck_link_operations_kind CHECK (kind = 'person' OR kind = 'event'),
    CONSTRAINT ck_link_operations_action CHECK (action = 'link' OR action = 'merge' OR action = 'split' OR action = 'confirm' OR action = 'reject')
);

CREATE TABLE offices (
    id BIGSERIAL NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT pk_offices PRIMARY KEY (id),
    CONSTRAINT uq_offices_key UNIQUE (key)
);

CREATE TABLE person_entities (
    id BIGSERIAL NOT NULL,
    name TEXT NOT NULL,
    full_name TEXT,
    note TEXT,
    created_at TEXT NOT NULL,
    merged_into_id BIGINT,
    CONSTRAINT pk_person_entities PRIMARY KEY (id),
    CONSTRAINT fk_person_entities_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES person_entities (id) ON DELETE SET NULL
);

CREATE INDEX ix_person_entities_merged_into_id ON person_entities (merged_into_id) WHERE merged_into_id IS NOT NULL;

CREATE TABLE releases (
    id BIGSERIAL NOT NULL,
    key TEXT NOT NULL,
    headline TEXT NOT NULL,
    title TEXT,
    published TEXT,
    site TEXT,
    uri TEXT,
    path TEXT,
    retrieved TEXT,
    rules_version TEXT NOT NULL,
    reading_hash TEXT NOT NULL,
    added_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    CONSTRAINT pk_releases PRIMARY KEY (id),
    CONSTRAINT uq_releases_key UNIQUE (key)
);

CREATE INDEX ix_releases_published ON releases (published);

CREATE INDEX ix_releases_site_published ON releases (site, published);

CREATE TABLE rules (
    id BIGSERIAL NOT NULL,
    name TEXT NOT NULL,
    rules_version TEXT NOT NULL,
    CONSTRAINT pk_rules PRIMARY KEY (id),
    CONSTRAINT uq_rules_name_rules_version UNIQUE (name, rules_version)
);

CREATE TABLE events (
    id BIGSERIAL NOT NULL,
    release_id BIGINT NOT NULL,
    number INTEGER NOT NULL,
    main BOOLEAN NOT NULL,
    state TEXT DEFAULT 'unreviewed' NOT NULL,
    name TEXT NOT NULL,
    type TEXT,
    event_class TEXT,
    phase TEXT,
    status TEXT NOT NULL,
    theme TEXT,
    occasion TEXT,
    CONSTRAINT pk_events PRIMARY KEY (id),
    CONSTRAINT ck_events_state CHECK (state = 'unreviewed' OR state = 'accepted' OR state = 'corrected' OR state = 'rejected'),
    CONSTRAINT ck_events_status CHECK (status = 'held' OR status = 'planned' OR status = 'postponed' OR status = 'cancelled'),
    CONSTRAINT fk_events_release_id FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE
);

CREATE INDEX ix_events_event_class_type ON events (event_class, type);

CREATE INDEX ix_events_release_id ON events (release_id);

CREATE TABLE people (
    id BIGSERIAL NOT NULL,
    release_id BIGINT NOT NULL,
    number INTEGER NOT NULL,
    key TEXT NOT NULL,
    state TEXT DEFAULT 'unreviewed' NOT NULL,
    name TEXT NOT NULL,
    full_name TEXT,
    full_name_source TEXT,
    titles TEXT NOT NULL,
    aliases TEXT NOT NULL,
    role TEXT,
    organization TEXT,
    office_id BIGINT,
    pseudonym BOOLEAN NOT NULL,
    CONSTRAINT pk_people PRIMARY KEY (id),
    CONSTRAINT ck_people_state CHECK (state = 'unreviewed' OR state = 'accepted' OR state = 'corrected' OR state = 'rejected'),
    CONSTRAINT fk_people_release_id FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE,
    CONSTRAINT fk_people_office_id FOREIGN KEY(office_id) REFERENCES offices (id) ON DELETE SET NULL
);

CREATE INDEX ix_people_office_id ON people (office_id) WHERE office_id IS NOT NULL;

CREATE INDEX ix_people_release_id ON people (release_id);

CREATE TABLE search_documents (
    release_id BIGINT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    title_stems TEXT NOT NULL,
    body_stems TEXT NOT NULL,
    CONSTRAINT pk_search_documents PRIMARY KEY (release_id),
    CONSTRAINT fk_search_documents_release_id FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE
);

CREATE TABLE versions (
    id BIGSERIAL NOT NULL,
    release_id BIGINT NOT NULL,
    current BOOLEAN NOT NULL,
    draft_sha256 TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    text TEXT NOT NULL,
    offsets TEXT NOT NULL,
    retrieved TEXT,
    added_at TEXT NOT NULL,
    CONSTRAINT pk_versions PRIMARY KEY (id),
    CONSTRAINT uq_versions_release_id_draft_sha256_text_sha256 UNIQUE (release_id, draft_sha256, text_sha256),
    CONSTRAINT uq_versions_id_text_hash UNIQUE (id, text_hash),
    CONSTRAINT ck_versions_hash CHECK (text_hash = substr(text_sha256, 1, 16)),
    CONSTRAINT fk_versions_release_id FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE
);

CREATE INDEX ix_versions_release_id ON versions (release_id);

CREATE UNIQUE INDEX uq_versions_current ON versions (release_id) WHERE current;

CREATE TABLE warnings (
    id BIGSERIAL NOT NULL,
    release_id BIGINT NOT NULL,
    number INTEGER NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    start_offset INTEGER,
    end_offset INTEGER,
    CONSTRAINT pk_warnings PRIMARY KEY (id),
    CONSTRAINT fk_warnings_release_id FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE
);

CREATE INDEX ix_warnings_release_id ON warnings (release_id);

CREATE TABLE edits (
    id BIGSERIAL NOT NULL,
    version_id BIGINT NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    grade TEXT NOT NULL,
    rule_id BIGINT NOT NULL,
    reason TEXT NOT NULL,
    paragraph INTEGER,
    duplicate_of INTEGER,
    also TEXT,
    similarity FLOAT(53),
    text TEXT NOT NULL,
    replacement TEXT NOT NULL,
    start_offset INTEGER,
    end_offset INTEGER,
    CONSTRAINT pk_edits PRIMARY KEY (id),
    CONSTRAINT fk_edits_version_id FOREIGN KEY(version_id) REFERENCES versions (id) ON DELETE CASCADE,
    CONSTRAINT fk_edits_rule_id FOREIGN KEY(rule_id) REFERENCES rules (id) ON DELETE RESTRICT
);

CREATE INDEX ix_edits_version_id ON edits (version_id);

CREATE TABLE event_links (
    id BIGSERIAL NOT NULL,
    entity_id BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    score FLOAT(53) NOT NULL,
    reasons TEXT NOT NULL,
    state TEXT DEFAULT 'proposed' NOT NULL,
    author TEXT NOT NULL,
    linked_at TEXT NOT NULL,
    operation_id BIGINT,
    CONSTRAINT pk_event_links PRIMARY KEY (id),
    CONSTRAINT ck_event_links_state CHECK (state = 'proposed' OR state = 'confirmed' OR state = 'rejected'),
    CONSTRAINT uq_event_links_entity_id_event_id UNIQUE (entity_id, event_id),
    CONSTRAINT fk_event_links_entity_id FOREIGN KEY(entity_id) REFERENCES event_entities (id) ON DELETE CASCADE,
    CONSTRAINT fk_event_links_event_id FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE,
    CONSTRAINT fk_event_links_operation_id FOREIGN KEY(operation_id) REFERENCES link_operations (id) ON DELETE SET NULL
);

CREATE INDEX ix_event_links_entity_id ON event_links (entity_id);

CREATE INDEX ix_event_links_event_id ON event_links (event_id);

CREATE INDEX ix_event_links_operation_id ON event_links (operation_id) WHERE operation_id IS NOT NULL;

CREATE TABLE person_links (
    id BIGSERIAL NOT NULL,
    entity_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    score FLOAT(53) NOT NULL,
    reasons TEXT NOT NULL,
    state TEXT DEFAULT 'proposed' NOT NULL,
    author TEXT NOT NULL,
    linked_at TEXT NOT NULL,
    operation_id BIGINT,
    CONSTRAINT pk_person_links PRIMARY KEY (id),
    CONSTRAINT ck_person_links_state CHECK (state = 'proposed' OR state = 'confirmed' OR state = 'rejected'),
    CONSTRAINT uq_person_links_entity_id_person_id UNIQUE (entity_id, person_id),
    CONSTRAINT fk_person_links_entity_id FOREIGN KEY(entity_id) REFERENCES person_entities (id) ON DELETE CASCADE,
    CONSTRAINT fk_person_links_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE,
    CONSTRAINT fk_person_links_operation_id FOREIGN KEY(operation_id) REFERENCES link_operations (id) ON DELETE SET NULL
);

CREATE INDEX ix_person_links_entity_id ON person_links (entity_id);

CREATE INDEX ix_person_links_operation_id ON person_links (operation_id) WHERE operation_id IS NOT NULL;

CREATE INDEX ix_person_links_person_id ON person_links (person_id);

CREATE TABLE quotes (
    id BIGSERIAL NOT NULL,
    release_id BIGINT NOT NULL,
    number INTEGER NOT NULL,
    state TEXT DEFAULT 'unreviewed' NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    person_id BIGINT,
    speaker TEXT,
    cue TEXT,
    delivered_by TEXT,
    occasion TEXT,
    CONSTRAINT pk_quotes PRIMARY KEY (id),
    CONSTRAINT ck_quotes_state CHECK (state = 'unreviewed' OR state = 'accepted' OR state = 'corrected' OR state = 'rejected'),
    CONSTRAINT ck_quotes_kind CHECK (kind = 'direct' OR kind = 'reported'),
    CONSTRAINT fk_quotes_release_id FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE,
    CONSTRAINT fk_quotes_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE SET NULL
);

CREATE INDEX ix_quotes_person_id ON quotes (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX ix_quotes_release_id ON quotes (release_id);

CREATE TABLE readings (
    id BIGSERIAL NOT NULL,
    version_id BIGINT NOT NULL,
    rules_version TEXT NOT NULL,
    record TEXT NOT NULL,
    kept_at TEXT NOT NULL,
    CONSTRAINT pk_readings PRIMARY KEY (id),
    CONSTRAINT fk_readings_version_id FOREIGN KEY(version_id) REFERENCES versions (id) ON DELETE CASCADE
);

CREATE INDEX ix_readings_version_id ON readings (version_id);

CREATE TABLE sources (
    id BIGSERIAL NOT NULL,
    version_id BIGINT NOT NULL,
    place TEXT NOT NULL,
    path TEXT,
    uri TEXT,
    site TEXT,
    title TEXT,
    published TEXT,
    retrieved TEXT,
    first_seen TEXT NOT NULL,
    CONSTRAINT pk_sources PRIMARY KEY (id),
    CONSTRAINT uq_sources_version_id_place UNIQUE (version_id, place),
    CONSTRAINT fk_sources_version_id FOREIGN KEY(version_id) REFERENCES versions (id) ON DELETE CASCADE
);

CREATE INDEX ix_sources_version_id ON sources (version_id);

CREATE TABLE withholdings (
    id BIGSERIAL NOT NULL,
    release_id BIGINT,
    person_id BIGINT,
    entity_id BIGINT,
    category TEXT NOT NULL,
    reason TEXT NOT NULL,
    author TEXT NOT NULL,
    since TEXT NOT NULL,
    reviewed_by TEXT,
    reviewed_at TEXT,
    lifted_at TEXT,
    lifted_by TEXT,
    lift_reason TEXT,
    CONSTRAINT pk_withholdings PRIMARY KEY (id),
    CONSTRAINT ck_withholdings_category CHECK (category = 'victim' OR category = 'child' OR category = 'witness' OR category = 'other'),
    CONSTRAINT ck_withholdings_target CHECK ((release_id IS NOT NULL) OR (person_id IS NOT NULL) OR (entity_id IS NOT NULL)),
    CONSTRAINT fk_withholdings_release_id FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE,
    CONSTRAINT fk_withholdings_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE,
    CONSTRAINT fk_withholdings_entity_id FOREIGN KEY(entity_id) REFERENCES person_entities (id) ON DELETE CASCADE
);

CREATE INDEX ix_withholdings_entity_id ON withholdings (entity_id) WHERE entity_id IS NOT NULL;

CREATE INDEX ix_withholdings_person_id ON withholdings (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX ix_withholdings_release_id ON withholdings (release_id) WHERE release_id IS NOT NULL;

CREATE TABLE proposals (
    id BIGSERIAL NOT NULL,
    release_id BIGINT NOT NULL,
    event_id BIGINT,
    person_id BIGINT,
    quote_id BIGINT,
    field TEXT NOT NULL,
    position INTEGER NOT NULL,
    version_id BIGINT NOT NULL,
    current TEXT,
    proposed TEXT,
    rule TEXT,
    rules_version TEXT NOT NULL,
    confidence FLOAT(53),
    made_at TEXT NOT NULL,
    state TEXT DEFAULT 'open' NOT NULL,
    decided_by TEXT,
    decided_at TEXT,
    CONSTRAINT pk_proposals PRIMARY KEY (id),
    CONSTRAINT ck_proposals_state CHECK (state = 'open' OR state = 'taken' OR state = 'dismissed' OR state = 'superseded'),
    CONSTRAINT fk_proposals_release_id FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE,
    CONSTRAINT fk_proposals_event_id FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE,
    CONSTRAINT fk_proposals_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE,
    CONSTRAINT fk_proposals_quote_id FOREIGN KEY(quote_id) REFERENCES quotes (id) ON DELETE CASCADE,
    CONSTRAINT fk_proposals_version_id FOREIGN KEY(version_id) REFERENCES versions (id) ON DELETE CASCADE
);

CREATE INDEX ix_proposals_event_id ON proposals (event_id) WHERE event_id IS NOT NULL;

CREATE INDEX ix_proposals_person_id ON proposals (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX ix_proposals_quote_id ON proposals (quote_id) WHERE quote_id IS NOT NULL;

CREATE INDEX ix_proposals_release_id ON proposals (release_id);

CREATE INDEX ix_proposals_state_confidence ON proposals (state, confidence);

CREATE INDEX ix_proposals_version_id ON proposals (version_id);

CREATE TABLE spans (
    id BIGSERIAL NOT NULL,
    version_id BIGINT NOT NULL,
    text_hash TEXT NOT NULL,
    event_id BIGINT,
    person_id BIGINT,
    quote_id BIGINT,
    field TEXT NOT NULL,
    position INTEGER NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    words TEXT NOT NULL,
    rule_id BIGINT NOT NULL,
    confidence FLOAT(53) NOT NULL,
    state TEXT DEFAULT 'unreviewed' NOT NULL,
    CONSTRAINT pk_spans PRIMARY KEY (id),
    CONSTRAINT fk_spans_version_id_text_hash FOREIGN KEY(version_id, text_hash) REFERENCES versions (id, text_hash) ON DELETE CASCADE,
    CONSTRAINT ck_spans_field CHECK (field = 'person.mention' OR field = 'person.name' OR field = 'person.role' OR field = 'quote.text' OR field = 'quote.speaker' OR field = 'quote.cue' OR field = 'quote.date' OR field = 'quote.occasion' OR field = 'event.name' OR field = 'event.date' OR field = 'event.venue' OR field = 'event.organizer' OR field = 'event.participant' OR field = 'event.theme' OR field = 'event.occasion' OR field = 'release.date' OR field = 'release.credit' OR field = 'release.dateline'),
    CONSTRAINT ck_spans_state CHECK (state = 'unreviewed' OR state = 'accepted' OR state = 'corrected' OR state = 'rejected'),
    CONSTRAINT ck_spans_extent CHECK (start_offset >= 0 AND end_offset > start_offset AND end_offset - start_offset = length(words)),
    CONSTRAINT ck_spans_confidence CHECK (confidence >= 0 AND confidence <= 1),
    CONSTRAINT ck_spans_owner CHECK ((event_id IS NOT NULL) = (substr(field, 1, 6) = 'event.') AND (person_id IS NOT NULL) = (substr(field, 1, 7) = 'person.') AND (quote_id IS NOT NULL) = (substr(field, 1, 6) = 'quote.')),
    CONSTRAINT fk_spans_event_id FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE,
    CONSTRAINT fk_spans_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE,
    CONSTRAINT fk_spans_quote_id FOREIGN KEY(quote_id) REFERENCES quotes (id) ON DELETE CASCADE,
    CONSTRAINT fk_spans_rule_id FOREIGN KEY(rule_id) REFERENCES rules (id) ON DELETE RESTRICT
);

CREATE INDEX ix_spans_event_id ON spans (event_id) WHERE event_id IS NOT NULL;

CREATE INDEX ix_spans_person_id ON spans (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX ix_spans_quote_id ON spans (quote_id) WHERE quote_id IS NOT NULL;

CREATE INDEX ix_spans_state_confidence ON spans (state, confidence);

CREATE INDEX ix_spans_version_id ON spans (version_id);

CREATE TABLE withholding_log (
    id BIGSERIAL NOT NULL,
    withholding_id BIGINT NOT NULL,
    action TEXT NOT NULL,
    reason TEXT NOT NULL,
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    CONSTRAINT pk_withholding_log PRIMARY KEY (id),
    CONSTRAINT ck_withholding_log_action CHECK (action = 'withhold' OR action = 'confirm' OR action = 'lift' OR action = 'change'),
    CONSTRAINT fk_withholding_log_withholding_id FOREIGN KEY(withholding_id) REFERENCES withholdings (id) ON DELETE CASCADE
);

CREATE INDEX ix_withholding_log_withholding_id ON withholding_log (withholding_id);

CREATE TABLE dates (
    id BIGSERIAL NOT NULL,
    release_id BIGINT NOT NULL,
    event_id BIGINT,
    quote_id BIGINT,
    span_id BIGINT,
    position INTEGER NOT NULL,
    start_date TEXT,
    end_date TEXT,
    time_start TEXT,
    time_end TEXT,
    timezone TEXT,
    precision TEXT NOT NULL,
    year_source TEXT NOT NULL,
    repair TEXT,
    CONSTRAINT pk_dates PRIMARY KEY (id),
    CONSTRAINT ck_dates_precision CHECK (precision = 'day' OR precision = 'month' OR precision = 'year' OR precision = 'part'),
    CONSTRAINT ck_dates_year_source CHECK (year_source = 'written' OR year_source = 'weekday' OR year_source = 'published' OR year_source = 'name' OR year_source = 'none'),
    CONSTRAINT ck_dates_owner CHECK (event_id IS NULL OR quote_id IS NULL),
    CONSTRAINT fk_dates_release_id FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE,
    CONSTRAINT fk_dates_event_id FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE,
    CONSTRAINT fk_dates_quote_id FOREIGN KEY(quote_id) REFERENCES quotes (id) ON DELETE CASCADE,
    CONSTRAINT fk_dates_span_id FOREIGN KEY(span_id) REFERENCES spans (id) ON DELETE SET NULL
);

CREATE INDEX ix_dates_event_id ON dates (event_id) WHERE event_id IS NOT NULL;

CREATE INDEX ix_dates_quote_id ON dates (quote_id) WHERE quote_id IS NOT NULL;

CREATE INDEX ix_dates_release_id ON dates (release_id);

CREATE INDEX ix_dates_span_id ON dates (span_id) WHERE span_id IS NOT NULL;

CREATE INDEX ix_dates_start_date ON dates (start_date);

CREATE TABLE organizers (
    id BIGSERIAL NOT NULL,
    release_id BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    span_id BIGINT,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    office_id BIGINT,
    CONSTRAINT pk_organizers PRIMARY KEY (id),
    CONSTRAINT fk_organizers_release_id FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE,
    CONSTRAINT fk_organizers_event_id FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE,
    CONSTRAINT fk_organizers_span_id FOREIGN KEY(span_id) REFERENCES spans (id) ON DELETE SET NULL,
    CONSTRAINT fk_organizers_office_id FOREIGN KEY(office_id) REFERENCES offices (id) ON DELETE SET NULL
);

CREATE INDEX ix_organizers_event_id ON organizers (event_id);

CREATE INDEX ix_organizers_office_id ON organizers (office_id) WHERE office_id IS NOT NULL;

CREATE INDEX ix_organizers_release_id ON organizers (release_id);

CREATE INDEX ix_organizers_span_id ON organizers (span_id) WHERE span_id IS NOT NULL;

CREATE TABLE participants (
    id BIGSERIAL NOT NULL,
    release_id BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    span_id BIGINT,
    position INTEGER NOT NULL,
    person_id BIGINT,
    name TEXT NOT NULL,
    headcount INTEGER,
    CONSTRAINT pk_participants PRIMARY KEY (id),
    CONSTRAINT fk_participants_release_id FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE,
    CONSTRAINT fk_participants_event_id FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE,
    CONSTRAINT fk_participants_span_id FOREIGN KEY(span_id) REFERENCES spans (id) ON DELETE SET NULL,
    CONSTRAINT fk_participants_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE SET NULL
);

CREATE INDEX ix_participants_event_id ON participants (event_id);

CREATE INDEX ix_participants_person_id ON participants (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX ix_participants_release_id ON participants (release_id);

CREATE INDEX ix_participants_span_id ON participants (span_id) WHERE span_id IS NOT NULL;

CREATE TABLE reviews (
    id BIGSERIAL NOT NULL,
    release_id BIGINT NOT NULL,
    event_id BIGINT,
    person_id BIGINT,
    quote_id BIGINT,
    span_id BIGINT,
    field TEXT NOT NULL,
    position INTEGER NOT NULL,
    action TEXT NOT NULL,
    before TEXT,
    after TEXT,
    rule TEXT,
    rules_version TEXT,
    confidence FLOAT(53),
    reviewer TEXT NOT NULL,
    reviewed_at TEXT NOT NULL,
    note TEXT,
    active BOOLEAN NOT NULL,
    undoes_id BIGINT,
    CONSTRAINT pk_reviews PRIMARY KEY (id),
    CONSTRAINT ck_reviews_action CHECK (action = 'accept' OR action = 'correct' OR action = 'reject' OR action = 'undo'),
    CONSTRAINT fk_reviews_release_id FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE,
    CONSTRAINT fk_reviews_event_id FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE,
    CONSTRAINT fk_reviews_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE,
    CONSTRAINT fk_reviews_quote_id FOREIGN KEY(quote_id) REFERENCES quotes (id) ON DELETE CASCADE,
    CONSTRAINT fk_reviews_span_id FOREIGN KEY(span_id) REFERENCES spans (id) ON DELETE SET NULL,
    CONSTRAINT fk_reviews_undoes_id FOREIGN KEY(undoes_id) REFERENCES reviews (id) ON DELETE SET NULL
);

CREATE INDEX ix_reviews_event_id ON reviews (event_id) WHERE event_id IS NOT NULL;

CREATE INDEX ix_reviews_person_id ON reviews (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX ix_reviews_quote_id ON reviews (quote_id) WHERE quote_id IS NOT NULL;

CREATE INDEX ix_reviews_release_id ON reviews (release_id);

CREATE INDEX ix_reviews_span_id ON reviews (span_id) WHERE span_id IS NOT NULL;

CREATE INDEX ix_reviews_undoes_id ON reviews (undoes_id) WHERE undoes_id IS NOT NULL;

CREATE TABLE roles (
    id BIGSERIAL NOT NULL,
    release_id BIGINT,
    person_id BIGINT,
    entity_id BIGINT,
    span_id BIGINT,
    office_id BIGINT,
    title TEXT NOT NULL,
    organization TEXT,
    seen TEXT,
    since TEXT,
    until TEXT,
    source TEXT NOT NULL,
    CONSTRAINT pk_roles PRIMARY KEY (id),
    CONSTRAINT ck_roles_holder CHECK (person_id IS NOT NULL OR entity_id IS NOT NULL),
    CONSTRAINT fk_roles_release_id FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE,
    CONSTRAINT fk_roles_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE,
    CONSTRAINT fk_roles_entity_id FOREIGN KEY(entity_id) REFERENCES person_entities (id) ON DELETE CASCADE,
    CONSTRAINT fk_roles_span_id FOREIGN KEY(span_id) REFERENCES spans (id) ON DELETE SET NULL,
    CONSTRAINT fk_roles_office_id FOREIGN KEY(office_id) REFERENCES offices (id) ON DELETE SET NULL
);

CREATE INDEX ix_roles_entity_id ON roles (entity_id) WHERE entity_id IS NOT NULL;

CREATE INDEX ix_roles_office_id ON roles (office_id) WHERE office_id IS NOT NULL;

CREATE INDEX ix_roles_person_id ON roles (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX ix_roles_release_id ON roles (release_id) WHERE release_id IS NOT NULL;

CREATE INDEX ix_roles_span_id ON roles (span_id) WHERE span_id IS NOT NULL;

CREATE TABLE venues (
    id BIGSERIAL NOT NULL,
    release_id BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    span_id BIGINT,
    name TEXT NOT NULL,
    mode TEXT NOT NULL,
    room TEXT,
    building TEXT,
    street TEXT,
    village TEXT,
    district TEXT,
    city TEXT,
    province TEXT,
    parts TEXT NOT NULL,
    CONSTRAINT pk_venues PRIMARY KEY (id),
    CONSTRAINT ck_venues_mode CHECK (mode = 'onsite' OR mode = 'online' OR mode = 'hybrid'),
    CONSTRAINT fk_venues_release_id FOREIGN KEY(release_id) REFERENCES releases (id) ON DELETE CASCADE,
    CONSTRAINT fk_venues_event_id FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE,
    CONSTRAINT fk_venues_span_id FOREIGN KEY(span_id) REFERENCES spans (id) ON DELETE SET NULL
);

CREATE INDEX ix_venues_event_id ON venues (event_id);

CREATE INDEX ix_venues_release_id ON venues (release_id);

CREATE INDEX ix_venues_span_id ON venues (span_id) WHERE span_id IS NOT NULL;

ALTER TABLE versions ADD CONSTRAINT ck_versions_sha256
CHECK (text_sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex'));

CREATE FUNCTION spans_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.words IS DISTINCT FROM (
        SELECT substr(versions.text, NEW.start_offset + 1, NEW.end_offset - NEW.start_offset)
        FROM versions WHERE versions.id = NEW.version_id
    ) THEN
        RAISE EXCEPTION 'the words of a span are not those of its text'
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER spans_words
BEFORE INSERT OR UPDATE OF version_id, start_offset, end_offset, words ON spans
FOR EACH ROW EXECUTE FUNCTION spans_words();

CREATE FUNCTION versions_text_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.id, OLD.text, OLD.text_sha256, OLD.text_hash)
        IS DISTINCT FROM (NEW.id, NEW.text, NEW.text_sha256, NEW.text_hash)
    THEN
        RAISE EXCEPTION 'the text of a version never changes'
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER versions_text_stays
BEFORE UPDATE OF id, text, text_sha256, text_hash ON versions
FOR EACH ROW EXECUTE FUNCTION versions_text_stays();

ALTER TABLE search_documents ADD COLUMN surface_vector tsvector NOT NULL GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', body), 'B')
) STORED;

ALTER TABLE search_documents ADD COLUMN stems_vector tsvector NOT NULL GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', title_stems), 'A')
    || setweight(to_tsvector('simple', body_stems), 'B')
) STORED;

CREATE INDEX ix_search_documents_surface_vector ON search_documents USING gin (surface_vector);

CREATE INDEX ix_search_documents_stems_vector ON search_documents USING gin (stems_vector);
