"""An archive in which people have decided things, for the tests of exports and imports."""

import contextlib
import random
from pathlib import Path

from sqlalchemy import insert, select

from extractor.archive import schema
from extractor.archive.exchange.exporting import Choice, Written, export
from extractor.archive.formats import FORMATS
from extractor.archive.intake.adding import add
from extractor.archive.intake.incoming import from_records
from extractor.archive.reviewing.addresses import address_of
from extractor.archive.reviewing.deciding import accept, complete, correct, reject
from extractor.archive.reviewing.supplying import add_missing
from extractor.archive.reviewing.undoing import undo
from extractor.archive.risk.disclosure import refresh
from extractor.archive.store import Store
from extractor.errors import UsageError
from extractor.record import Record
from tests.archive.generator import generated

_VALUES = ("Bupati", "2024-05-02", "2024-05", "p1", "Rapat Koordinasi", {"mode": "online"}, {"organization": "Dinas Tani"}, {"type": "rapat"})  # fmt: skip


def decide(store: Store, times: int, seed: int) -> int:
    """Decisions by chance on whatever is there; returns how many were possible."""
    chance = random.Random(seed)
    done = 0
    for _time in range(times):
        with store.read() as connection:
            spans, versions = schema.spans, schema.versions
            rows = connection.execute(
                select(spans, versions.c.release_id)
                .join(versions, versions.c.id == spans.c.version_id)
                .order_by(spans.c.id)
            ).mappings()
            address = address_of(chance.choice(list(rows)))
        action = chance.choice(("accept", "accept", "correct", "correct", "reject", "reject", "add", "undo"))  # fmt: skip
        with contextlib.suppress(UsageError):
            if action == "accept":
                accept(store, address, reviewer="Sri", note="=benar")
            elif action == "correct":
                correct(store, address, chance.choice(_VALUES), reviewer="Budi")
            elif action == "reject":
                reject(store, address, reviewer="Sri")
            elif action == "add":
                add_missing(store, "event.theme", address.owner, "tani", reviewer="Sri")
            else:
                undo(store, reviewer="Sri")
            done += 1
    return done


def link(store: Store, seed: int) -> None:
    """Link persons and events of several releases, some of them confirmed, by chance."""
    chance = random.Random(seed)
    with store.write() as connection:
        for kind, table in (("person", schema.people), ("event", schema.events)):
            entities = schema.metadata.tables[f"{kind}_entities"]
            links = schema.metadata.tables[f"{kind}_links"]
            for number in (3, 8):
                connection.execute(insert(entities).values(id=number, name=f"=Satu {number}", created_at="2025-01-01T00:00:00Z"))  # fmt: skip
            for item in connection.execute(select(table.c.id).order_by(table.c.id)).scalars():
                if chance.random() < 0.7:
                    state = chance.choice(("proposed", "confirmed", "rejected"))
                    connection.execute(
                        insert(links).values(
                            entity_id=chance.choice((3, 8)), score=chance.random(), reasons='{"because": []}', state=state,
                            author="Sri" if state == "confirmed" else "rilis", linked_at="2025-01-01T00:00:00Z", **{f"{kind}_id": item},
                        )
                    )  # fmt: skip


def reread(record: Record) -> Record:
    """The release read again by newer rules, which see another kind of event and no venue."""
    events = [
        one.model_copy(update={"type": "upacara", "phase": "penutupan", "venue": None})
        for one in record.events
    ]
    return record.model_copy(update={"rules_version": "newer", "events": tuple(events)})


def fill(store: Store, records: int = 6, decisions: int = 40, seed: int = 1) -> None:
    """Add releases, decide, let newer rules read half of them again, decide more."""
    made = list(generated(records, seed=seed))
    add(store, from_records(made), batch=20)
    decide(store, decisions // 2, seed)
    add(store, from_records(map(reread, made[::2])), batch=20)
    decide(store, decisions // 2, seed + 1)
    complete(store, made[0].id, reviewer="Sri")
    link(store, seed)


def write(store: Store, form: str, target: Path, **more: object) -> Written:
    """Export all, or what ``more`` says."""
    choice = Choice(**{k: v for k, v in more.items() if k in Choice.__annotations__})  # type: ignore[arg-type]
    rest = {k: v for k, v in more.items() if k not in Choice.__annotations__}
    return export(store, FORMATS[form], target, choice, **rest)  # type: ignore[arg-type]


def bytes_of(path: Path) -> dict[str, bytes]:
    """What a file or folder holds, by name."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return {one.name if path.is_dir() else "": one.read_bytes() for one in files}


def withhold(store: Store, **target: int) -> None:
    """Withhold a person or a release, as the command does."""
    with store.write() as connection:
        held = {"category": "victim", "reason": "korban", "author": "Sri", "since": "2025-01-01"}
        connection.execute(insert(schema.withholdings).values(**held, **target))
        refresh(connection)
