DROP TABLE venues;

DROP TABLE roles;

DROP TABLE reviews;

DROP TABLE participants;

DROP TABLE organizers;

DROP TABLE dates;

DROP TABLE withholding_log;

DROP TABLE spans;

DROP TABLE proposals;

DROP TABLE withholdings;

DROP TABLE sources;

DROP TABLE readings;

DROP TABLE quotes;

DROP TABLE person_links;

DROP TABLE event_links;

DROP TABLE edits;

DROP TABLE warnings;

DROP TABLE versions;

DROP TABLE search_documents;

DROP TABLE people;

DROP TABLE events;

DROP TABLE rules;

DROP TABLE releases;

DROP TABLE person_entities;

DROP TABLE offices;

DROP TABLE link_operations;

DROP TABLE event_entities;

DROP FUNCTION spans_words();

DROP FUNCTION versions_text_stays();
