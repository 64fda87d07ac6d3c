"""What Datasette shows of an archive: titles, descriptions, facets, search, ready-made questions.

``metadata`` makes what ``datasette rilis.db -m metadata.json`` takes
(https://docs.datasette.io/en/stable/metadata.html). Datasette shows rows as they are and knows of
no withholdings. So an archive in which anything was ever withheld is open to the root user alone
(``datasette --root``); ``rilis archive export --format sqlite`` publishes what may be shown.
"""

from typing import Any

from sqlalchemy import func, select

from extractor.archive import schema
from extractor.archive.exchange.tidy import N_, TABLES
from extractor.archive.store import Store
from extractor.messages import _

ROOT = {"id": "root"}
# tables that serve the archive itself; all others are shown
HIDDEN = (
    "alembic_version", "search_documents", "search_releases", "search_values", "search_state",
    "masked_rows", "link_operations", "readings", "offices", "rules", "withholdings",
    "withholding_log", "sqlite_stat1", "sqlite_stat4",
)  # fmt: skip
_ABOUT = {
    "versions": N_("the text of a release as it was; the one in force is current"),
    "sources": N_("where a text was found"),
    "person_entities": N_("a person across releases"),
    "event_entities": N_("an event across releases"),
    "person_links": N_("which person a release means"),
    "event_links": N_("which event a release means"),
}
_LABELS = {
    "releases": "headline", "events": "name", "people": "name", "quotes": "text", "rules": "name",
    "offices": "name", "person_entities": "name", "event_entities": "name", "versions": "text_hash",
    "spans": "words", "venues": "name",
}  # fmt: skip
_FACETS = {
    "releases": ("site", "rules_version"),
    "events": ("event_class", "type", "status", "main", "state"),
    "dates": ("precision", "year_source"),
    "venues": ("city", "mode", "province"),
    "organizers": ("name",),
    "people": ("organization", "pseudonym", "state"),
    "roles": ("title",),
    "quotes": ("kind", "person_id", "state"),
    "spans": ("field", "state", "rule_id"),
    "edits": ("kind", "grade"),
    "warnings": ("code",),
    "reviews": ("action", "reviewer", "field"),
    "proposals": ("state", "field"),
    "person_links": ("state",),
    "event_links": ("state",),
}
_NEWEST_FIRST = {
    "releases": "published", "dates": "start_date", "reviews": "reviewed_at",
    "event_entities": "start_date",
}  # fmt: skip
_LEAST_SURE_FIRST = {"spans": "confidence", "person_links": "score", "event_links": "score"}

_EVENTS_OF_MONTH = """
SELECT d.start_date, d.end_date, e.name AS event, e.type, e.status, v.name AS venue,
       r.headline AS release, r.uri
FROM events e JOIN releases r ON r.id = e.release_id
JOIN dates d ON d.event_id = e.id LEFT JOIN venues v ON v.event_id = e.id
WHERE e.state <> 'rejected' AND substr(d.start_date, 1, 7) = :month
ORDER BY d.start_date, e.name
"""
_VENUES = """
SELECT v.name AS venue, e.name AS event, r.key AS release, s.start_offset, s.end_offset, s.words,
       u.name AS rule, u.rules_version, s.confidence, s.state, w.action, w.reviewer, w.reviewed_at
FROM venues v JOIN releases r ON r.id = v.release_id JOIN events e ON e.id = v.event_id
LEFT JOIN spans s ON s.id = v.span_id LEFT JOIN rules u ON u.id = s.rule_id
LEFT JOIN reviews w ON w.event_id = e.id AND w.field = 'event.venue' AND w.active
WHERE e.state <> 'rejected' AND v.name LIKE '%' || :venue || '%'
ORDER BY v.name, r.published
"""
_QUOTES = """
SELECT r.published, p.name AS person, p.role, q.kind, q.text, r.headline AS release, r.uri
FROM quotes q JOIN people p ON p.id = q.person_id JOIN releases r ON r.id = q.release_id
WHERE q.state <> 'rejected' AND (
    p.name LIKE '%' || :person || '%' OR p.id IN (
        SELECT l.person_id FROM person_links l JOIN person_entities n ON n.id = l.entity_id
        WHERE l.state <> 'rejected' AND n.name LIKE '%' || :person || '%'
    )
)
ORDER BY r.published, q.id
"""
_UNSURE = """
SELECT s.field, s.words, s.confidence, u.name AS rule, r.key AS release, r.headline
FROM spans s JOIN rules u ON u.id = s.rule_id JOIN versions t ON t.id = s.version_id
JOIN releases r ON r.id = t.release_id
WHERE t.current AND s.state = 'unreviewed' AND s.confidence <= :confidence
ORDER BY s.confidence, s.id LIMIT 200
"""


def metadata(store: Store, name: str) -> tuple[dict[str, Any], int]:
    """(metadata of Datasette, number of withholdings) for an archive, in the language chosen.

    ``name`` is what Datasette calls the database: the file's name without its ending.
    """
    held = schema.withholdings
    with store.read() as connection:
        withheld = connection.execute(select(func.count()).select_from(held)).scalar_one()
    database: dict[str, Any] = {
        "description": _("Releases, events, people and quotes; each value with its words."),
        "tables": {**{one: {"hidden": True, "allow": False} for one in HIDDEN}, **_shown()},
        "queries": _queries(),
    }
    if withheld:
        database |= {"allow": ROOT, "allow_sql": ROOT}
    told = {
        "title": _("Archive of press releases"),
        "description": _("What rilis read in press releases, and what people said of it."),
        "source": "rilis",
        "databases": {name: database},
    }
    return told, withheld


def _shown() -> dict[str, Any]:
    return {
        table.name: _table(table.name)
        for table in schema.metadata.sorted_tables
        if table.name not in HIDDEN
    }


def _table(name: str) -> dict[str, Any]:
    tidy = TABLES.get(name)
    about = tidy.about if tidy else _ABOUT[name]
    there = schema.metadata.tables[name].columns.keys()
    columns = {one.column: _(one.about) for one in tidy or () if one.column in there}
    told: dict[str, Any] = {"title": name, "description": _(about), "columns": columns}
    told["size"] = 50
    if name in _LABELS:
        told["label_column"] = _LABELS[name]
    if name in _FACETS:
        told["facets"] = list(_FACETS[name])
    if name in _NEWEST_FIRST:
        told["sort_desc"] = _NEWEST_FIRST[name]
    if name in _LEAST_SURE_FIRST:
        told["sort"] = _LEAST_SURE_FIRST[name]
    if name == "releases":
        # a view of the index that tells the numbers of releases
        told |= {"fts_table": "search_releases", "fts_pk": "id"}
    return told


def _queries() -> dict[str, Any]:
    said = {
        "events_of_month": (_EVENTS_OF_MONTH, _("Events of a month"), _("a month: 2024-05")),
        "venues_with_words": (
            _VENUES,
            _("Venues with their words, rule and reviewer"),
            _("part of a name"),
        ),
        "quotes_of_person": (_QUOTES, _("Quotes of a person"), _("part of a name")),
        "least_sure": (_UNSURE, _("Values nobody has looked at, least sure first"), _("0 to 1")),
    }  # fmt: skip
    return {
        name: {"sql": sql.strip(), "title": title, "description": about}
        for name, (sql, title, about) in said.items()
    }
