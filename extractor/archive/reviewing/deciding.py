"""A person decides on a field: it is right, it is this instead, it is not so."""

import getpass
import json
import os
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, insert, select, update

from extractor.archive import schema
from extractor.archive.bulk import chunks
from extractor.archive.fields import FIELDS, ITEMS
from extractor.archive.instants import now
from extractor.archive.intake.rows import Row
from extractor.archive.keys import no_release, release_number
from extractor.archive.reviewing.addresses import COMPLETE, Address, address_of
from extractor.archive.reviewing.journal import Change, Journal, row_of
from extractor.archive.reviewing.looking import (
    Decision,
    FieldView,
    decisions,
    decisions_on,
    item_of,
    look,
    release_of,
)
from extractor.archive.reviewing.places import Place
from extractor.archive.reviewing.telling import action_words
from extractor.archive.reviewing.values import Given
from extractor.archive.reviewing.writing import clear, put, put_columns, rule_id, span_state
from extractor.archive.risk.conditions import withheld_people
from extractor.archive.risk.disclosure import refresh
from extractor.archive.store import Store
from extractor.errors import UsageError
from extractor.messages import _

ENVIRONMENT = "RILIS_REVIEWER"
_LONGEST_NAME = 200
_LONGEST_NOTE = 10_000


class Changed(UsageError):
    """The field is no longer what the person saw when deciding; ``now`` is what it is."""

    def __init__(self, now: FieldView) -> None:
        self.now = now
        last = next((one for one in reversed(now.decisions)), None)
        state = {
            "unreviewed": _("unreviewed"), "accepted": _("accepted"),
            "corrected": _("corrected"), "rejected": _("rejected"),
        }[now.state]  # fmt: skip
        said = _("{field}: has changed since you saw it; it is now {value} ({state})")
        told = said.format(field=now.address, value=repr(now.shown), state=state)
        if last is not None:
            more = _("last: {action} by {reviewer} at {at}")
            told += "; " + more.format(
                action=action_words()[last.action], reviewer=last.reviewer, at=last.at
            )
        super().__init__(told)


def reviewer_name(given: str | None = None) -> str:
    """Who decides: as given, else RILIS_REVIEWER, else the login name; UsageError where none."""
    try:
        name = given if given is not None else os.environ.get(ENVIRONMENT) or getpass.getuser()
    except (OSError, KeyError):
        name = ""
    name = " ".join(name.split())
    if not name or not name.isprintable() or len(name) > _LONGEST_NAME:
        said = _("who reviews? give a name with --reviewer or {variable}")
        raise UsageError(said.format(variable=ENVIRONMENT))
    return name


def accept(
    store: Store, address: Address, *, reviewer: str, note: str | None = None,
    seen: str | None = None,
) -> Decision:  # fmt: skip
    """The value is right. Rule and confidence stay. ``seen``: the token of the FieldView shown;
    raises Changed where the field is no longer that."""
    with store.write() as connection:
        return decide(connection, address, "accept", accepting(address), reviewer, note, seen)


def correct(
    store: Store,
    address: Address,
    value: Given = None,
    span: tuple[int, int] | None = None,
    *,
    reviewer: str,
    note: str | None = None,
    seen: str | None = None,
) -> Decision:
    """It is this instead: a text, parts by name (see :mod:`values`), the place of the right words
    in the text, or both. Raises UsageError on what cannot hold, Changed as ``accept`` does."""
    with store.write() as connection:
        change = correcting(address, value, span)
        return decide(connection, address, "correct", change, reviewer, note, seen)


def reject(
    store: Store, address: Address, *, reviewer: str, note: str | None = None,
    seen: str | None = None,
) -> Decision:  # fmt: skip
    """It is not so, and there is no other: of ``event.name``, ``person.name`` and ``quote.text``
    the whole event, person or quote."""
    with store.write() as connection:
        return decide(connection, address, "reject", rejecting(address), reviewer, note, seen)


def complete(store: Store, release: str, *, reviewer: str, note: str | None = None) -> Decision:
    """Nothing is missing in the release with this key: what is there is all there is."""
    with store.write() as connection:
        address = completeness(connection, release)
        return decide(connection, address, "complete", None, reviewer, note)


def completeness(connection: Connection, release: str) -> Address:
    """The address of the decision that nothing is missing in a release; UsageError where the
    archive has none with this key."""
    number = release_number(connection, release)
    if number is None:
        raise UsageError(no_release(release))
    return Address(COMPLETE, number)


def take(store: Store, proposal: int, *, reviewer: str, note: str | None = None) -> Decision:
    """The newer reading is right: it comes in force, with its words, rule and confidence."""
    with store.write() as connection:
        row = _open(connection, proposal)
        change = _taking(connection, row)
        return decide(connection, _at(row), "take", change, reviewer, note, taken=proposal)


def dismiss(store: Store, proposal: int, *, reviewer: str, note: str | None = None) -> Decision:
    """The newer reading is not right: what a person decided stays."""
    with store.write() as connection:
        address = _at(_open(connection, proposal))

        def change(journal: Journal, _view: FieldView | None) -> None:
            _close(journal, proposal, "dismissed", reviewer)

        return decide(connection, address, "dismiss", change, reviewer, note)


def _open(connection: Connection, proposal: int) -> Row:
    row = row_of(connection, schema.proposals, proposal)
    if row is None or row["state"] != "open":
        state = "" if row is None else f" ({row['state']} {row['decided_by'] or ''})".rstrip()
        raise UsageError(_("proposal {n} is not open{state}").format(n=proposal, state=state))
    return row


def _at(row: Row) -> Address:
    return address_of(row)


Act = Callable[[Journal, FieldView | None], None]


def accepting(address: Address) -> Act:
    """What accepting a field changes."""

    def change(journal: Journal, view: FieldView | None) -> None:
        assert view is not None
        if view.value is None:
            said = (
                _("{field}: was rejected; correct it, or undo that decision")
                if view.state == "rejected"
                else _("{field}: has no value; add one")
            )
            raise UsageError(said.format(field=address))
        if view.span_id is not None and view.state == "unreviewed":
            journal.update(schema.spans, view.span_id, state="accepted")
        if address.main:
            state = span_state(journal.connection, view.span_id)
            state = "accepted" if view.span_id is None else state
            journal.update(ITEMS[address.kind], address.owner, state=state)

    return change


def correcting(address: Address, value: Given, span: tuple[int, int] | None) -> Act:
    """What correcting a field changes."""

    def change(journal: Journal, _view: FieldView | None) -> None:
        put(journal, address, release_of(journal.connection, address), value, span)

    return change


def rejecting(address: Address) -> Act:
    """What rejecting a field changes."""

    def change(journal: Journal, view: FieldView | None) -> None:
        if view is not None and view.state == "rejected":
            raise UsageError(_("{field}: is rejected already").format(field=address))
        clear(journal, address, release_of(journal.connection, address))

    return change


def _taking(connection: Connection, row: Row) -> Act:
    address = _at(row)

    def change(journal: Journal, _view: FieldView | None) -> None:
        release = release_of(connection, address)
        if row["proposed"] is None:
            clear(journal, address, release)
            return
        columns = json.loads(row["proposed"])
        for column, table in (("person_id", schema.people), ("office_id", schema.offices)):
            if columns.get(column) is not None:
                gone = row_of(connection, table, columns[column]) is None
                columns[column] = None if gone else columns[column]
        version = row_of(connection, schema.versions, row["version_id"])
        assert version is not None
        place = None
        if row["words"] is not None:
            place = Place(
                version["id"], version["text_hash"], row["start_offset"], row["end_offset"],
                row["words"],
            )  # fmt: skip
        rule: Row = {}
        if row["rule"] is not None:
            number = rule_id(journal, row["rule"], row["rules_version"])
            rule = {"rule_id": number, "confidence": row["confidence"]}
        put_columns(journal, address, release, columns, place, rule)

    return change


def decide(
    connection: Connection,
    address: Address,
    action: str,
    change: Act | None,
    reviewer: str,
    note: str | None = None,
    seen: str | None = None,
    taken: int | None = None,
    batch: int | None = None,
) -> Decision:
    """One decision in an open transaction: the change, what it replaces, and the log."""
    if note is not None and ("\0" in note or len(note) > _LONGEST_NOTE):
        raise UsageError(_("the note is too long or holds characters that no text has"))
    release = release_of(connection, address)
    view = None
    if action not in ("add", "complete"):
        view = look(connection, address)
        if seen is not None and seen != view.token:
            raise Changed(view)
        _not_in_rejected(connection, address)
    journal = Journal(connection)
    if change is not None:
        change(journal, view)
    if action not in ("dismiss", "complete"):
        for one in view.proposals if view is not None else ():
            _close(journal, one.id, "taken" if one.id == taken else "dismissed", reviewer)
    if action != "dismiss":
        for past in decisions_on(connection, address):
            if past.active:
                journal.update(schema.reviews, past.id, active=False)
    after = look(connection, address, gone=True) if address.field in FIELDS else None
    reindex(connection, {release["id"]: journal.changes})
    return log(
        connection, address, release["id"], action, reviewer, note,
        before=view.value if view else None, after=after.value if after else None,
        seen=after if action == "add" else view, span_id=after.span_id if after else None,
        changes=journal.text(), active=action != "dismiss", batch=batch,
    )  # fmt: skip


def _not_in_rejected(connection: Connection, address: Address) -> None:
    item = item_of(connection, address)
    if item is not None and item["state"] == "rejected" and not address.main:
        said = _("{field}: its {kind} was rejected; undo that first")
        raise UsageError(said.format(field=address, kind=address.kind))


def _close(journal: Journal, proposal: int, state: str, reviewer: str) -> None:
    journal.update(schema.proposals, proposal, state=state, decided_by=reviewer, decided_at=now())


def log(
    connection: Connection, address: Address, release_id: int, action: str, reviewer: str,
    note: str | None, *, before: dict[str, Any] | None, after: dict[str, Any] | None,
    seen: FieldView | None, span_id: int | None, changes: str, active: bool,
    undoes: int | None = None, batch: int | None = None, gone: bool = False,
) -> Decision:  # fmt: skip
    """A row of the log; ``gone``: what it is about is no more. The first of a ``batch`` says 0."""
    table = schema.reviews
    row = {
        "release_id": release_id, **({} if gone else address.owners()), "span_id": span_id,
        "field": address.field,
        "position": address.position, "action": action, "before": _json(before),
        "after": _json(after), "rule": seen.rule if seen else None,
        "rules_version": seen.rules_version if seen else None,
        "confidence": seen.confidence if seen else None, "reviewer": reviewer,
        "reviewed_at": now(), "note": note, "active": active, "undoes_id": undoes,
        "changes": changes, "batch_id": batch,
    }  # fmt: skip
    number = connection.execute(insert(table).values(row).returning(table.c.id)).scalar_one()
    if batch == 0:  # the first of those made as one
        connection.execute(update(table).where(table.c.id == number).values(batch_id=number))
    return decisions(connection, select(table).where(table.c.id == number))[0]


def _json(value: dict[str, Any] | None) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def reindex(connection: Connection, changes: dict[int, list[Change]]) -> None:
    """The search follows the values, and what is struck out the names; ``changes`` by release."""
    releases = {number for number, some in changes.items() if any(map(_tells, some))}
    if not releases:
        return
    refresh(connection, sorted(releases))
    table, people, links = schema.withholdings, schema.people, schema.person_links
    if connection.execute(select(table.c.id).where(table.c.lifted_at.is_(None)).limit(1)).first():
        linked: set[int] = set()
        for some in chunks(sorted(releases)):
            mine = select(links.c.entity_id).join(people, people.c.id == links.c.person_id)
            mine = mine.where(people.c.release_id.in_(some))
            others = (
                select(people.c.release_id)
                .join(links, links.c.person_id == people.c.id)
                .where(links.c.entity_id.in_(mine), people.c.id.in_(withheld_people()))
            )
            linked |= set(connection.execute(others).scalars())
        refresh(connection, sorted(linked - releases))


def _tells(change: Change) -> bool:
    """Does a change of a row change what is said, and not only that somebody looked at it?"""
    name, _number, old, new = change
    if name in ("reviews", "proposals"):
        return False
    if old is None or new is None or set(new) != {"state"}:
        return True
    return "rejected" in (old["state"], new["state"])
