"""What may be shown, as conditions of SQL: nothing that is withheld now.

``withheld_…`` select numbers, ``public_…`` are conditions for ``where``. Those on words
(``public_row``) rest on ``masked_rows``, which
:func:`extractor.archive.risk.disclosure.refresh` keeps.
"""

from functools import cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, CompoundSelect, Select, and_, or_, select, union_all

from extractor.archive import schema

_withheld = schema.withholdings.alias("in_force")
_IN_FORCE = _withheld.c.lifted_at.is_(None)


@cache  # a statement never changes, and takes longer to say than to run
def withheld_releases() -> Select[Any]:
    """The numbers of the releases of which nothing is shown."""
    return select(_withheld.c.release_id).where(
        _IN_FORCE, _withheld.c.release_id.is_not(None), _withheld.c.words.is_(None)
    )


@cache
def withheld_entities() -> Select[Any]:
    """The numbers of persons across releases who are withheld, and of those they were merged
    into."""
    entity = _withheld.c.entity_id
    return and_merged(select(entity.label("id")).where(_IN_FORCE, entity.is_not(None)))


def and_merged(first: Select[Any]) -> Select[Any]:
    """These numbers (column ``id``) of persons across releases, and those of whom they were merged
    into."""
    entities = schema.person_entities
    known: CTE = first.cte(recursive=True)
    into = select(entities.c.merged_into_id).join(known, known.c.id == entities.c.id)
    return select(known.union(into.where(entities.c.merged_into_id.is_not(None))).c.id)


@cache
def withheld_people() -> CompoundSelect[Any]:
    """The numbers of persons (of one release each) who are withheld themselves or as linked."""
    links = schema.person_links
    itself = select(_withheld.c.person_id).where(_IN_FORCE, _withheld.c.person_id.is_not(None))
    linked = select(links.c.person_id).where(
        links.c.state != "rejected", links.c.entity_id.in_(withheld_entities())
    )
    return union_all(itself, linked)


def public_release(releases: Any = schema.releases.c.id) -> ColumnElement[bool]:
    """The release may be shown, with its names struck out. ``releases``: a column of releases."""
    return releases.not_in(withheld_releases())  # type: ignore[no-any-return]


def public_row(table: Any) -> ColumnElement[bool]:
    """The words of this row may be shown as they stand in its table (or an alias of it).

    For ``events``, ``people``, ``quotes``, ``venues``, ``organizers``, ``participants``, ``roles``:
    its release is not withheld, and none of its values names a withheld person.
    """
    rows = schema.masked_rows
    name = getattr(table, "element", table).name
    masked = select(rows.c.row_id).where(rows.c.table_name == name)
    return and_(public_release(table.c.release_id), table.c.id.not_in(masked))


def public_person(people: Any = schema.people) -> ColumnElement[bool]:
    """The person may be shown by name."""
    return and_(public_row(people), people.c.id.not_in(withheld_people()))


def public_entity(entities: Any = schema.person_entities) -> ColumnElement[bool]:
    """The person across releases may be shown by name: not withheld, and linked to nobody who
    is, nor to anybody in a release that is."""
    people, links, rows = schema.people, schema.person_links, schema.masked_rows
    hidden = select(rows.c.row_id).where(rows.c.table_name == "people")
    at_risk = (
        select(links.c.entity_id)
        .join(people, people.c.id == links.c.person_id)
        .where(
            links.c.state != "rejected",
            or_(
                people.c.id.in_(withheld_people()),
                people.c.id.in_(hidden),
                people.c.release_id.in_(withheld_releases()),
            ),
        )
    )
    return and_(entities.c.id.not_in(withheld_entities()), entities.c.id.not_in(at_risk))


def public_event_entity(entities: Any = schema.event_entities) -> ColumnElement[bool]:
    """The event across releases may be shown by name: no release that tells of it is withheld or
    has it named after a withheld person."""
    events, links, rows = schema.events, schema.event_links, schema.masked_rows
    named = union_all(
        select(rows.c.row_id).where(rows.c.table_name == "events"),
        *(
            select(table.c.event_id).join(
                rows, and_(rows.c.table_name == table.name, rows.c.row_id == table.c.id)
            )
            for table in (schema.venues, schema.organizers)
        ),
    )
    at_risk = (
        select(links.c.entity_id)
        .join(events, events.c.id == links.c.event_id)
        .where(
            links.c.state != "rejected",
            or_(events.c.id.in_(named), events.c.release_id.in_(withheld_releases())),
        )
    )
    return entities.c.id.not_in(at_risk)  # type: ignore[no-any-return]
