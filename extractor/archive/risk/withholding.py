"""What a person decides about who is withheld: withhold, confirm, change, lift; each with a reason.

A target is a release, a person as one release tells of her, a person across releases (an entity of
the linking), or a name in a release that no person of it holds. Every decision is logged and never
taken away; what has been lifted can be withheld anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, select, update

from extractor.archive import schema
from extractor.archive.instants import now
from extractor.archive.intake.rows import Row, folded
from extractor.archive.keys import release_number
from extractor.archive.risk.conditions import and_merged
from extractor.archive.risk.disclosure import refresh
from extractor.archive.store import Store
from extractor.archive.vocabulary import CATEGORIES
from extractor.errors import UsageError
from extractor.messages import _

ENTITY = "person:"  # person:12 is person 12 across releases
PART = "#"  # RELEASE#p1, RELEASE#Name
_LONGEST = 10_000


@dataclass(frozen=True)
class Target:
    """What is withheld: the columns of ``withholdings`` that say so."""

    release_id: int | None = None
    person_id: int | None = None
    entity_id: int | None = None
    words: str | None = None


@dataclass(frozen=True)
class Withheld:
    """A withholding as it is listed; for those who may see it, not for the public."""

    id: int
    kind: str  # release, person, entity, name
    target: str  # as `target_of` reads it
    name: str  # the headline of a release, else the name
    category: str
    reason: str
    author: str  # a person, or the id of the rule
    since: str
    reviewed_by: str | None
    reviewed_at: str | None
    lifted_by: str | None
    lifted_at: str | None
    lift_reason: str | None

    @property
    def waiting(self) -> bool:
        """Made by a rule, and no person has looked at it yet."""
        return self.reviewed_at is None and self.lifted_at is None


def target_of(connection: Connection, said: str) -> Target:
    """The target that is meant: ``RELEASE``, ``RELEASE#p1``, ``RELEASE#Name`` or ``person:12``.

    RELEASE is the id of the record, or its beginning. A name may be that of a person of the
    release, in any capitals, or any words that stand in its text. Raises UsageError where there is
    no such thing.
    """
    if said.startswith(ENTITY) and said.removeprefix(ENTITY).isdecimal():
        number = int(said.removeprefix(ENTITY))
        entities = schema.person_entities
        if connection.execute(select(entities.c.id).where(entities.c.id == number)).first():
            return Target(entity_id=number)
        raise UsageError(_("{said}: there is no such person across releases").format(said=said))
    whole = release_number(connection, said)
    if whole is not None:
        return Target(release_id=whole)
    key, part, name = said.partition(PART)
    of_part = release_number(connection, key)
    if of_part is None:
        told = _("{said}: no release has this id; `rilis archive search` shows the ids")
        raise UsageError(told.format(said=key))
    if not part or not name.strip():
        raise UsageError(_("{said}: name a person after the #").format(said=said))
    return _within(connection, of_part, name.strip())


def _within(connection: Connection, release_id: int, name: str) -> Target:
    people = schema.people
    here = select(people.c.id, people.c.key, people.c.name, people.c.full_name)
    rows = connection.execute(
        here.where(people.c.release_id == release_id).order_by(people.c.number, people.c.id)
    ).all()
    wanted = folded(name)
    for row in rows:
        if row.key == name or wanted in (folded(row.name), folded(row.full_name or "")):
            return Target(person_id=row.id)
    versions = schema.versions
    text = select(versions.c.text).where(versions.c.release_id == release_id)
    if any(wanted in folded(one) for one in connection.execute(text).scalars()):
        return Target(release_id=release_id, words=name)
    told = _("{name}: neither a person of this release ({people}) nor words of its text")
    known = ", ".join(f"{row.key} {row.name}" for row in rows) or "-"
    raise UsageError(told.format(name=name, people=known))


def withhold(
    store: Store, targets: Sequence[str], category: str, reason: str, author: str
) -> list[Withheld]:
    """Withhold these targets from search, pages and exports, from now on.

    What is withheld already is confirmed, with the new category and reason. All or nothing. Raises
    UsageError where a target is unknown, the category is none, or reason or author are missing.
    """
    reason, author = _said(reason, author)
    if category not in CATEGORIES:
        told = _("{category}: is no category; there are {known}")
        raise UsageError(told.format(category=category, known=", ".join(CATEGORIES)))
    at = now()
    with store.write() as connection:
        numbers: list[int] = []
        for target in [target_of(connection, said) for said in targets]:
            there: int | None = connection.execute(_in_force(target)).scalar()
            if there is None:
                numbers.append(_insert(connection, target, category, reason, author, at))
                continue
            values = {"category": category, "reason": reason, **_reviewed(author, at)}
            _update(connection, there, values)
            _log(connection, there, "confirm", reason, author, at)
            numbers.append(there)
        refresh(connection, _releases(connection, numbers))
        return withheld(connection, numbers)


def confirm(store: Store, numbers: Sequence[int], reason: str, author: str) -> list[Withheld]:
    """What a rule withheld stays withheld: a person has looked at it."""
    return _decide(store, numbers, "confirm", reason, author)


def lift(store: Store, numbers: Sequence[int], reason: str, author: str) -> list[Withheld]:
    """Show again what these withholdings withhold, unless others do. They stay in the log."""
    return _decide(store, numbers, "lift", reason, author)


def change(
    store: Store, numbers: Sequence[int], category: str, reason: str, author: str
) -> list[Withheld]:
    """Give these withholdings another category and reason."""
    if category not in CATEGORIES:
        told = _("{category}: is no category; there are {known}")
        raise UsageError(told.format(category=category, known=", ".join(CATEGORIES)))
    return _decide(store, numbers, "change", reason, author, category)


def _decide(
    store: Store, numbers: Sequence[int], action: str, reason: str, author: str,
    category: str | None = None,
) -> list[Withheld]:  # fmt: skip
    reason, author = _said(reason, author)
    at = now()
    with store.write() as connection:
        known = {one.id: one for one in withheld(connection, numbers)}
        for number in numbers:
            one = known.get(number)
            if one is None or one.lifted_at is not None:
                told = _(
                    "{n}: no withholding in force has this number; see `rilis archive withheld`"
                )
                raise UsageError(told.format(n=number))
            values: Row = {} if one.reviewed_at else _reviewed(author, at)
            if action == "lift":
                values |= {"lifted_at": at, "lifted_by": author, "lift_reason": reason}
            elif category is not None:
                values |= {"category": category, "reason": reason}
            _update(connection, number, values)
            _log(connection, number, action, reason, author, at)
        if action == "lift":
            refresh(connection, _releases(connection, numbers))
        return withheld(connection, numbers)


def in_force(connection: Connection, said: str) -> list[int]:
    """The numbers of the withholdings in force of a target, or that number itself."""
    if said.isdecimal():
        held = schema.withholdings
        known = select(held.c.id).where(held.c.id == int(said), held.c.lifted_at.is_(None))
        found = list(connection.execute(known).scalars())
    else:
        found = list(connection.execute(_in_force(target_of(connection, said))).scalars())
    if not found:
        raise UsageError(
            _("{said}: is not withheld; see `rilis archive withheld`").format(said=said)
        )
    return found


def withheld(
    connection: Connection, numbers: Iterable[int] | None = None, lifted: bool = True
) -> list[Withheld]:
    """The withholdings, in their order: those with these numbers, or all."""
    held, releases, people = schema.withholdings, schema.releases, schema.people
    entities = schema.person_entities
    told = releases.alias("told")  # the release of the person
    query = (
        select(
            held, releases.c.key.label("release_key"), releases.c.headline,
            people.c.key.label("person_key"), people.c.name.label("person_name"),
            told.c.key.label("told_key"), entities.c.name.label("entity_name"),
        )
        .outerjoin(releases, releases.c.id == held.c.release_id)
        .outerjoin(people, people.c.id == held.c.person_id)
        .outerjoin(told, told.c.id == people.c.release_id)
        .outerjoin(entities, entities.c.id == held.c.entity_id)
        .order_by(held.c.id)
    )  # fmt: skip
    if numbers is not None:
        query = query.where(held.c.id.in_(list(numbers)))
    if not lifted:
        query = query.where(held.c.lifted_at.is_(None))
    return [_told(dict(row)) for row in connection.execute(query).mappings()]


def log_of(connection: Connection, number: int) -> list[Row]:
    """What was decided about a withholding, in its order: action, reason, author, at."""
    log = schema.withholding_log
    rows = select(log).where(log.c.withholding_id == number).order_by(log.c.id)
    return [dict(row) for row in connection.execute(rows).mappings()]


def waiting(connection: Connection) -> list[Withheld]:
    """What rules withheld and no person has looked at yet, in its order."""
    return [one for one in withheld(connection, lifted=False) if one.waiting]


def _told(row: Row) -> Withheld:
    if row["entity_id"] is not None:
        kind, target, name = "entity", f"{ENTITY}{row['entity_id']}", row["entity_name"]
    elif row["person_id"] is not None:
        kind, name = "person", row["person_name"]
        target = f"{row['told_key']}{PART}{row['person_key']}"
    elif row["words"] is not None:
        kind, name = "name", row["words"]
        target = f"{row['release_key']}{PART}{name}"
    else:
        kind, target, name = "release", row["release_key"], row["headline"]
    kept = ("id", "category", "reason", "author", "since", "reviewed_by", "reviewed_at")
    lifted = ("lifted_by", "lifted_at", "lift_reason")
    return Withheld(kind=kind, target=target, name=name, **{k: row[k] for k in (*kept, *lifted)})


def _in_force(target: Target) -> Select[Any]:
    held = schema.withholdings
    same = [held.c[name].is_not_distinct_from(value) for name, value in vars(target).items()]
    return select(held.c.id).where(and_(*same), held.c.lifted_at.is_(None)).order_by(held.c.id)


def _insert(
    connection: Connection, target: Target, category: str, reason: str, author: str, now: str
) -> int:
    values = {"category": category, "reason": reason, "author": author, "since": now}
    values |= {**vars(target), **_reviewed(author, now)}
    made = connection.execute(schema.withholdings.insert().values(values)).inserted_primary_key
    assert made is not None
    _log(connection, made[0], "withhold", reason, author, now)
    return int(made[0])


def _update(connection: Connection, number: int, values: Row) -> None:
    held = schema.withholdings
    if values:
        connection.execute(update(held).where(held.c.id == number).values(values))


def _log(
    connection: Connection, number: int, action: str, reason: str, author: str, now: str
) -> None:
    row = {"withholding_id": number, "action": action, "reason": reason, "author": author}
    connection.execute(schema.withholding_log.insert().values({**row, "at": now}))


def _releases(connection: Connection, numbers: Iterable[int]) -> list[int]:
    """The releases that these withholdings bear on."""
    held, people, links = schema.withholdings, schema.people, schema.person_links
    wanted = held.c.id.in_(list(numbers))
    entities = and_merged(select(held.c.entity_id.label("id")).where(wanted))
    linked = select(links.c.person_id).where(links.c.entity_id.in_(entities))
    for_whom = select(held.c.person_id).where(wanted, held.c.person_id.is_not(None))
    found: set[int] = set()
    for query in (
        select(held.c.release_id).where(wanted, held.c.release_id.is_not(None)),
        select(people.c.release_id).where(people.c.id.in_(for_whom)),
        select(people.c.release_id).where(people.c.id.in_(linked)),
    ):
        found.update(connection.execute(query).scalars())
    return sorted(found)


def _said(reason: str, author: str) -> tuple[str, str]:
    reason, author = " ".join(reason.split()), " ".join(author.split())
    if not reason:
        raise UsageError(_("say why: a reason is needed"))
    if not author:
        raise UsageError(_("say who: an author is needed"))
    return reason[:_LONGEST], author[:_LONGEST]


def _reviewed(author: str, now: str) -> Row:
    return {"reviewed_by": author, "reviewed_at": now}
