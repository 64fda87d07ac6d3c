"""Short forms for the tests of the review."""

from typing import Any

from extractor.archive import schema
from extractor.archive.intake.adding import Added, add
from extractor.archive.intake.incoming import from_records
from extractor.archive.records import records_of, release_ids
from extractor.archive.reviewing.addresses import parse
from extractor.archive.reviewing.deciding import accept, correct, reject
from extractor.archive.reviewing.looking import Decision, FieldView, field_of
from extractor.archive.reviewing.values import Given
from extractor.archive.store import Store
from extractor.record import Record, Span

SRI, BUDI = "Sri", "Budi"
NEWER = "newer-rules"


def put(store: Store, *records: Record) -> Added:
    return add(store, from_records(records))


def back(store: Store) -> Record:
    with store.read() as connection:
        return next(records_of(connection, release_ids(connection)))


def rows(store: Store, table: Any) -> list[dict[str, Any]]:
    with store.read() as connection:
        found = connection.execute(table.select().order_by(*table.primary_key.columns))
        return [dict(row) for row in found.mappings()]


def everything(store: Store) -> dict[str, list[dict[str, Any]]]:
    """All rows but the log, names of rules and offices, which others may have come to use, and the
    search, which is made of the others and numbers its values anew."""
    return {
        table.name: rows(store, table)
        for table in schema.metadata.sorted_tables
        if table.name not in ("reviews", "rules", "offices")
        and not table.name.startswith("search_")
    }


def seen(store: Store, address: str) -> FieldView:
    return field_of(store, parse(address))


def yes(store: Store, address: str, reviewer: str = SRI) -> Decision:
    return accept(store, parse(address), reviewer=reviewer)


def instead(
    store: Store,
    address: str,
    value: Given = None,
    span: tuple[int, int] | None = None,
    reviewer: str = SRI,
) -> Decision:
    return correct(store, parse(address), value, span, reviewer=reviewer)


def no(store: Store, address: str, reviewer: str = SRI) -> Decision:
    return reject(store, parse(address), reviewer=reviewer)


def place(record: Record, words: str) -> tuple[int, int]:
    start = record.text.index(words)
    return start, start + len(words)


def span_of(record: Record, words: str, rule: str = "events.newer") -> Span:
    start, end = place(record, words)
    return Span(text=words, start=start, end=end, rule=rule, confidence=0.7)


def reread(record: Record, **event: Any) -> Record:
    """The record as newer rules read it; ``event`` changes its main event."""
    first = record.events[0].model_copy(update=event)
    return record.model_copy(update={"rules_version": NEWER, "events": (first,)})
