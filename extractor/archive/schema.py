"""The tables of the archive, the same on SQLite and PostgreSQL.

What a release told, and where it stands::

    releases ──< versions ──< spans          a text as it was, and every value's words in it
        │            ├──< sources, edits     where it came from; what cleaning left out
        │            └──< readings           what earlier rules read, kept when replaced
        ├──< events ──< dates, venues, organizers, participants
        ├──< people ──< roles >── offices    a person as *one* release tells of her
        ├──< quotes ──< dates
        ├──< warnings
        └─── search_documents                the words and stems that search looks in; search_values

What people said of it, and what holds across releases::

    reviews, proposals                       decisions on a field; newer readings of decided fields
    person_entities ──< person_links >── people      mention and entity stay apart
    event_entities  ──< event_links  >── events
    link_operations                          every link, merge and split, with what undoes it
    withholdings ──< withholding_log         what is not shown, why, by whom
    masked_rows                              rows whose words name a withheld person

Ideas that hold everywhere:

- **A span is a field.** One row of ``spans`` for each value taken from the words of a release:
  ``field`` says which (see FIELDS), ``event_id``, ``person_id`` or ``quote_id`` whose (none of them
  for the release's own), ``rule_id`` the rule in its version, ``confidence``, and ``state`` what a
  person said of it. The typed tables hold the *value in force*, which a correction changes; the
  span keeps rule and confidence. ``span_id`` is null where a person set a value without words.
- **The database checks the words.** A trigger compares ``words`` with the characters
  ``start_offset`` to ``end_offset`` (code points, as in Python) of the version's text; a foreign
  key on ``(version_id, text_hash)`` ties the span to that very text (``text_hash`` is the first 16
  hex digits of ``text_sha256``); another trigger forbids that a stored text changes.
- Items belong to the release and keep their id when the release is read again; spans belong to a
  version, so that a decision points for ever at the text the person saw.
- Days, times and instants are ISO text, lists are JSON text: equal on both stores, byte for byte.
- Rows are written by ``Store.write`` alone: one writer at a time on both stores.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Table,
    UniqueConstraint,
    text,
)

from extractor.archive.columns import Id, bool_, float_, id_, index_keys, int_, key, one_of, text_
from extractor.archive.vocabulary import ACTIONS as ACTIONS
from extractor.archive.vocabulary import CATEGORIES
from extractor.archive.vocabulary import FIELDS as FIELDS
from extractor.archive.vocabulary import STATES as STATES
from extractor.archive.vocabulary import metadata as metadata

releases = Table(
    "releases", metadata, id_(),
    text_("key", True),  # the record's id
    text_("headline", True),  # the title, else the first line of the text
    text_("title"), text_("published"), text_("site"), text_("uri"), text_("path"),
    text_("retrieved"),
    text_("rules_version", True),  # of the reading in force
    text_("reading_hash", True),  # of the record without its source: equal means nothing to do
    text_("added_at", True), text_("updated_at", True),
    UniqueConstraint("key"), Index(None, "published"), Index(None, "site", "published"),
)  # fmt: skip

versions = Table(
    "versions", metadata, id_(), key("release_id", "releases", True), bool_("current"),
    text_("draft_sha256", True),  # of the draft as it came in
    text_("text_sha256", True), text_("text_hash", True),
    text_("text", True), text_("offsets", True), text_("retrieved"), text_("added_at", True),
    UniqueConstraint("release_id", "draft_sha256", "text_sha256"),
    UniqueConstraint("id", "text_hash"),
    CheckConstraint("text_hash = substr(text_sha256, 1, 16)", name="hash"),
    Index(
        "uq_versions_current", "release_id", unique=True,
        sqlite_where=text("current"), postgresql_where=text("current"),
    ),
)  # fmt: skip

sources = Table(
    "sources", metadata, id_(), key("version_id", "versions", True),
    text_("place", True),  # uri, else path, else empty: one row each
    text_("path"), text_("uri"), text_("site"), text_("title"), text_("published"),
    text_("retrieved"), text_("first_seen", True),
    UniqueConstraint("version_id", "place"),
)  # fmt: skip

rules = Table(
    "rules", metadata, id_(), text_("name", True), text_("rules_version", True),
    UniqueConstraint("name", "rules_version"),
)  # fmt: skip

offices = Table(
    "offices", metadata, id_(),
    text_("key", True),  # the name in small letters with single blanks
    text_("name", True),
    UniqueConstraint("key"),
)  # fmt: skip

events = Table(
    "events", metadata, id_(), key("release_id", "releases", True), int_("number", True),
    bool_("main"), text_("state", True, "unreviewed"), text_("name", True), text_("type"),
    text_("event_class"), text_("phase"), text_("status", True), text_("theme"), text_("occasion"),
    one_of("state", STATES),
    one_of("status", ("held", "planned", "postponed", "cancelled")),
    Index(None, "event_class", "type"),
)  # fmt: skip

people = Table(
    "people", metadata, id_(), key("release_id", "releases", True), int_("number", True),
    text_("key", True),  # the person's id in the record, such as p1
    text_("state", True, "unreviewed"), text_("name", True), text_("full_name"),
    text_("full_name_source"), text_("titles", True), text_("aliases", True), text_("role"),
    text_("organization"), key("office_id", "offices", gone="SET NULL"), bool_("pseudonym"),
    one_of("state", STATES),
)  # fmt: skip

quotes = Table(
    "quotes", metadata, id_(), key("release_id", "releases", True), int_("number", True),
    text_("state", True, "unreviewed"), text_("kind", True), text_("text", True),
    key("person_id", "people", gone="SET NULL"),  # the speaker
    text_("speaker"),  # the words that name the speaker
    text_("cue"), text_("delivered_by"), text_("occasion"),
    one_of("state", STATES), one_of("kind", ("direct", "reported")),
)  # fmt: skip

spans = Table(
    "spans", metadata, id_(), Column("version_id", Id, nullable=False, index=True),
    text_("text_hash", True), key("event_id", "events"), key("person_id", "people"),
    key("quote_id", "quotes"), text_("field", True), int_("position", True),
    int_("start_offset", True), int_("end_offset", True), text_("words", True),
    key("rule_id", "rules", True, gone="RESTRICT", indexed=False), float_("confidence", True),
    text_("state", True, "unreviewed"),
    ForeignKeyConstraint(
        ["version_id", "text_hash"], ["versions.id", "versions.text_hash"], ondelete="CASCADE"
    ),
    one_of("field", FIELDS), one_of("state", STATES),
    CheckConstraint(
        "start_offset >= 0 AND end_offset > start_offset"
        " AND end_offset - start_offset = length(words)",
        name="extent",
    ),
    CheckConstraint("confidence >= 0 AND confidence <= 1", name="confidence"),
    CheckConstraint(
        "(event_id IS NOT NULL) = (substr(field, 1, 6) = 'event.')"
        " AND (person_id IS NOT NULL) = (substr(field, 1, 7) = 'person.')"
        " AND (quote_id IS NOT NULL) = (substr(field, 1, 6) = 'quote.')",
        name="owner",
    ),
    Index(None, "state", "confidence"),
    Index(None, "rule_id", "field", "state"),  # counts of what was reviewed, from the index alone
)  # fmt: skip

dates = Table(
    "dates", metadata, id_(), key("release_id", "releases", True), key("event_id", "events"),
    key("quote_id", "quotes"),  # neither: a date of the release's list
    key("span_id", "spans", gone="SET NULL"), int_("position", True),
    text_("start_date"), text_("end_date"), text_("time_start"), text_("time_end"),
    text_("timezone"), text_("precision", True), text_("year_source", True), text_("repair"),
    one_of("precision", ("day", "month", "year", "part")),
    one_of("year_source", ("written", "weekday", "published", "name", "none")),
    CheckConstraint("event_id IS NULL OR quote_id IS NULL", name="owner"),
    Index(None, "start_date"),
)  # fmt: skip

venues = Table(
    "venues", metadata, id_(), key("release_id", "releases", True),
    key("event_id", "events", True), key("span_id", "spans", gone="SET NULL"),
    text_("name", True), text_("mode", True), text_("room"), text_("building"), text_("street"),
    text_("village"), text_("district"), text_("city"), text_("province"),
    text_("parts", True),  # all parts as JSON, in their order
    one_of("mode", ("onsite", "online", "hybrid")),
)  # fmt: skip

organizers = Table(
    "organizers", metadata, id_(), key("release_id", "releases", True),
    key("event_id", "events", True), key("span_id", "spans", gone="SET NULL"),
    int_("position", True), text_("name", True), key("office_id", "offices", gone="SET NULL"),
)  # fmt: skip

participants = Table(
    "participants", metadata, id_(), key("release_id", "releases", True),
    key("event_id", "events", True), key("span_id", "spans", gone="SET NULL"),
    int_("position", True),
    key("person_id", "people", gone="SET NULL"),  # a named one; else a group in words
    text_("name", True), int_("headcount"),
)  # fmt: skip

# What a person was when: told by a release (person_id, seen) or known of an entity (since, until)
roles = Table(
    "roles", metadata, id_(), key("release_id", "releases"), key("person_id", "people"),
    key("entity_id", "person_entities"), key("span_id", "spans", gone="SET NULL"),
    key("office_id", "offices", gone="SET NULL"), text_("title", True), text_("organization"),
    text_("seen"), text_("since"), text_("until"), text_("source", True),
    CheckConstraint("person_id IS NOT NULL OR entity_id IS NOT NULL", name="holder"),
)  # fmt: skip

edits = Table(
    "edits", metadata, id_(), key("version_id", "versions", True), int_("number", True),
    text_("kind", True), text_("grade", True),
    key("rule_id", "rules", True, gone="RESTRICT", indexed=False),
    text_("reason", True), int_("paragraph"), int_("duplicate_of"), text_("also"),
    float_("similarity"), text_("text", True), text_("replacement", True),
    int_("start_offset"), int_("end_offset"),  # in the draft, where known
)  # fmt: skip

warnings = Table(
    "warnings", metadata, id_(), key("release_id", "releases", True), int_("number", True),
    text_("code", True), text_("message", True), int_("start_offset"), int_("end_offset"),
)  # fmt: skip

readings = Table(
    "readings", metadata, id_(), key("version_id", "versions", True),
    text_("rules_version", True), text_("record", True), text_("kept_at", True),
)  # fmt: skip

# The log of decisions outlives what they were about: an item that was added and undone is gone
reviews = Table(
    "reviews", metadata, id_(), key("release_id", "releases", True),
    key("event_id", "events", gone="SET NULL"), key("person_id", "people", gone="SET NULL"),
    key("quote_id", "quotes", gone="SET NULL"),
    key("span_id", "spans", gone="SET NULL"), text_("field", True), int_("position", True),
    text_("action", True), text_("before"), text_("after"),  # values as JSON
    text_("rule"), text_("rules_version"), float_("confidence"),
    text_("reviewer", True), text_("reviewed_at", True), text_("note"),
    bool_("active"),  # the decision in force; an undone or later replaced one is not
    key("undoes_id", "reviews", gone="SET NULL"),
    text_("changes"),  # JSON: every row the decision changed, before and after
    Column("batch_id", Id, nullable=True, index=True),  # the first of those made as one
    one_of("action", ACTIONS),
)  # fmt: skip

proposals = Table(
    "proposals", metadata, id_(), key("release_id", "releases", True), key("event_id", "events"),
    key("person_id", "people"), key("quote_id", "quotes"), text_("field", True),
    int_("position", True), key("version_id", "versions", True),
    text_("current"), text_("proposed"),  # values as JSON; null: there is none
    text_("words"), int_("start_offset"), int_("end_offset"),  # in that version
    text_("rule"), text_("rules_version", True), float_("confidence"), text_("made_at", True),
    text_("state", True, "open"), text_("decided_by"), text_("decided_at"),
    one_of("state", ("open", "taken", "dismissed", "superseded")),
    Index(None, "state", "confidence"),
)  # fmt: skip

person_entities = Table(
    "person_entities", metadata, id_(), text_("name", True), text_("full_name"), text_("note"),
    text_("created_at", True), key("merged_into_id", "person_entities", gone="SET NULL"),
)  # fmt: skip

event_entities = Table(
    "event_entities", metadata, id_(), text_("name", True), text_("start_date"),
    text_("end_date"), text_("venue"), text_("organizer"), text_("note"),
    text_("created_at", True), key("merged_into_id", "event_entities", gone="SET NULL"),
    Index(None, "start_date"),
)  # fmt: skip

# Every change of links: what was before and after as JSON, so that it can be undone
link_operations = Table(
    "link_operations", metadata, id_(), text_("kind", True), text_("action", True),
    text_("before", True), text_("after", True), text_("reason"), text_("author", True),
    text_("done_at", True), text_("undone_at"), text_("undone_by"),
    one_of("kind", ("person", "event")),
    one_of("action", ("link", "merge", "split", "confirm", "reject")),
)  # fmt: skip


def _links(kind: str, item: str) -> Table:
    """A mention (a person or event as one release tells it) belongs to an entity, and why."""
    return Table(
        f"{kind}_links", metadata, id_(), key("entity_id", f"{kind}_entities", True),
        key(f"{kind}_id", item, True), float_("score", True),
        text_("reasons", True),  # JSON: what speaks for and against, with its weight
        text_("state", True, "proposed"), text_("author", True), text_("linked_at", True),
        key("operation_id", "link_operations", gone="SET NULL"),
        one_of("state", ("proposed", "confirmed", "rejected")),
        UniqueConstraint("entity_id", f"{kind}_id"),
    )  # fmt: skip


person_links = _links("person", "people")
event_links = _links("event", "events")

withholdings = Table(
    "withholdings", metadata, id_(), key("release_id", "releases"), key("person_id", "people"),
    key("entity_id", "person_entities"),
    text_("words"),  # a name in the release, held by no person of it: only the name is withheld
    text_("category", True), text_("reason", True),
    text_("author", True), text_("since", True), text_("reviewed_by"), text_("reviewed_at"),
    text_("lifted_at"), text_("lifted_by"), text_("lift_reason"),
    one_of("category", CATEGORIES),
    CheckConstraint(
        "(release_id IS NOT NULL) OR (person_id IS NOT NULL) OR (entity_id IS NOT NULL)",
        name="target",
    ),
    CheckConstraint("words IS NULL OR release_id IS NOT NULL", name="words"),
)  # fmt: skip

withholding_log = Table(
    "withholding_log", metadata, id_(), key("withholding_id", "withholdings", True),
    text_("action", True), text_("reason", True), text_("author", True), text_("at", True),
    one_of("action", ("withhold", "confirm", "lift", "change")),
)  # fmt: skip

# Derived from the withholdings in force, so that facets and counts need no more than a condition:
# rows of events, venues, organizers … one of whose values names a withheld person
masked_rows = Table(
    "masked_rows", metadata, id_(), key("release_id", "releases", True), text_("table_name", True),
    Column("row_id", Id, nullable=False), UniqueConstraint("table_name", "row_id"),
)  # fmt: skip

# Derived, see searchable.py. Words cut, folded, parted by single blanks, so that both stores cut
# them alike. What is searched is search_index, under the place: on SQLite an FTS5 table over these
# columns, on PostgreSQL a narrow table with a tsvector, so that few pages are read for many hits;
# both follow by themselves. A release of which nothing is shown has no row.
search_documents = Table(
    "search_documents", metadata,
    Column(
        "release_id", Id, ForeignKey("releases.id", ondelete="CASCADE"),
        primary_key=True, autoincrement=False,
    ),
    # the day in the upper 24 bits, release_id in the lower 40: the order of time
    Column("place", Id, nullable=False, index=True),
    text_("codes", True),  # of all releases, then those of its values (search_values.number)
    text_("title", True), text_("body", True), text_("title_stems", True),
    text_("body_stems", True), text_("event_stems", True),
)  # fmt: skip

# What facets count and fields find: each value once, with the words it is found by
search_values = Table(
    "search_values", metadata,
    Column("number", Id, primary_key=True, autoincrement=False),  # the last four bits: the field
    text_("field", True), text_("value", True),
    text_("words", True),  # folded, each between blanks
    UniqueConstraint("field", "value"),
)  # fmt: skip

search_state = Table(
    "search_state", metadata, id_(),
    text_("words_version", True),  # of the stems and spellings the index was made with
)  # fmt: skip

for _table in metadata.tables.values():
    index_keys(_table)
