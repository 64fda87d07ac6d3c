"""Which fields wait for a person: filters, and the query that all lists begin with."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from extractor.archive import schema
from extractor.archive.fields import FIELDS, ITEMS, OWNERS
from extractor.errors import UsageError
from extractor.messages import _

UNASKED = "person.mention"  # so many that they come only when asked for


@dataclass(frozen=True)
class Filter:
    """Which fields: by name, site, type or class of the event, key of the release, rule, and
    confidence (``at_least`` included, ``below`` not)."""

    field: str | None = None
    site: str | None = None
    type: str | None = None
    release: str | None = None
    rule: str | None = None
    at_least: float | None = None
    below: float | None = None

    def __post_init__(self) -> None:
        """Raises UsageError on a field that there is not, or a confidence out of 0 to 1."""
        if self.field is not None and self.field not in FIELDS:
            said = _("{field}: no field; there are: {known}")
            raise UsageError(said.format(field=self.field, known=", ".join(FIELDS)))
        for value in (self.at_least, self.below):
            if value is not None and not 0 <= value <= 1:
                said = _("confidence {n}: is not between 0 and 1")
                raise UsageError(said.format(n=value))


def owner_columns(table: Any) -> list[Any]:
    """The columns that say which field a row is of."""
    return [table.c[name] for name in (*OWNERS.values(), "field", "position")]


def unreviewed(chosen: Filter, *columns: Any, few: bool = False) -> Select[Any]:
    """The spans of the texts in force on which nobody has decided; of nothing rejected.

    ``few``: the caller asks for those of a few owners.
    """
    spans, versions, rules = schema.spans, schema.versions, schema.rules
    releases = schema.releases
    query = select(*columns).select_from(spans.join(versions, versions.c.id == spans.c.version_id))
    # Where a release or owner is named, the index of states must not be gone through instead
    state = func.coalesce(spans.c.state, "") if few or chosen.release else spans.c.state
    query = query.where(state == "unreviewed", versions.c.current, _standing(spans))
    if chosen.release is not None:
        mine = select(releases.c.id).where(releases.c.key == chosen.release)
        query = query.where(
            spans.c.version_id.in_(select(versions.c.id).where(versions.c.release_id.in_(mine)))
        )
    if chosen.rule is not None:
        named = select(rules.c.id).where(rules.c.name == chosen.rule)
        query = query.where(spans.c.rule_id.in_(named))
    if chosen.at_least is not None:
        query = query.where(spans.c.confidence >= chosen.at_least)
    if chosen.below is not None:
        query = query.where(spans.c.confidence < chosen.below)
    return query.where(*matching(chosen, spans, versions.c.release_id))


def _standing(table: Any) -> ColumnElement[bool]:
    """The item that a row is of was not rejected."""
    gone = [
        exists().where(items.c.id == table.c[OWNERS[kind]], items.c.state == "rejected")
        for kind, items in ITEMS.items()
    ]
    return ~or_(*gone)


def matching(chosen: Filter, table: Any, release: Any) -> list[ColumnElement[bool]]:
    """The filters that hold for rows of any table that names fields."""
    releases, events = schema.releases, schema.events
    field = table.c.field
    found = [field == chosen.field if chosen.field else field != UNASKED]
    if chosen.site is not None:
        found.append(release.in_(select(releases.c.id).where(releases.c.site == chosen.site)))
    if chosen.release is not None:
        found.append(release.in_(select(releases.c.id).where(releases.c.key == chosen.release)))
    if chosen.type is not None:
        kind = and_(
            events.c.state != "rejected",
            or_(events.c.type == chosen.type, events.c.event_class == chosen.type),
        )
        found.append(
            or_(
                table.c.event_id.in_(select(events.c.id).where(kind)),
                and_(
                    table.c.event_id.is_(None),
                    release.in_(select(events.c.release_id).where(kind, events.c.main)),
                ),
            )
        )
    return found
