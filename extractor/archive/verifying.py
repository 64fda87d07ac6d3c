"""Is everything in the archive still as it was kept: texts, words, and what belongs together?"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from extractor.archive import schema
from extractor.archive.risk.conditions import public_release
from extractor.archive.store import Store
from extractor.messages import _
from extractor.record import text_version


@dataclass(frozen=True)
class Overview:
    """What an archive holds: rows by table, and how far the review is."""

    rows: dict[str, int]
    rules_versions: tuple[str, ...]
    reviewed: int  # spans a person decided on
    open_proposals: int
    withheld: int


def overview(store: Store) -> Overview:
    """Count everything, in one snapshot."""
    with store.read() as connection:
        rows = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in schema.metadata.sorted_tables
        }
        versions = select(schema.releases.c.rules_version).distinct()
        spans, proposals = schema.spans, schema.proposals
        reviewed = select(func.count()).where(spans.c.state != "unreviewed")
        waiting = select(func.count()).where(proposals.c.state == "open")
        hidden = select(func.count()).where(schema.withholdings.c.lifted_at.is_(None))
        return Overview(
            rows, tuple(sorted(connection.execute(versions).scalars())),
            connection.execute(reviewed.select_from(spans)).scalar_one(),
            connection.execute(waiting.select_from(proposals)).scalar_one(),
            connection.execute(hidden.select_from(schema.withholdings)).scalar_one(),
        )  # fmt: skip


def faults(store: Store) -> Iterator[str]:
    """What is not as it should be, one line each; nothing where all is well."""
    with store.read() as connection:
        if store.dialect == "sqlite":
            for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
                if said != "ok":
                    yield str(said)
            for table, row, *_rest in connection.exec_driver_sql("PRAGMA foreign_key_check"):
                yield _("{table} {id}: points at a row that is not there").format(
                    table=table, id=row
                )
        yield from _texts(connection)
        yield from _missing(connection)


def _texts(connection: Connection) -> Iterator[str]:
    """Texts against their hash, words against their text; not by the database's own checks."""
    versions, spans = schema.versions, schema.spans
    texts = select(versions.c.id, versions.c.text, versions.c.text_sha256).order_by(versions.c.id)
    words = select(
        spans.c.id, spans.c.version_id, spans.c.start_offset, spans.c.end_offset, spans.c.words
    )
    for version in connection.execute(texts.execution_options(yield_per=500)):
        if text_version(version.text) != version.text_sha256:
            yield _("versions {id}: the text is not the one its hash is of").format(id=version.id)
        for span in connection.execute(words.where(spans.c.version_id == version.id)):
            if version.text[span.start_offset : span.end_offset] != span.words:
                said = _("spans {id}: the words are not those of the text")
                yield said.format(id=span.id)


def _missing(connection: Connection) -> Iterator[str]:
    """Releases without a current text or without an entry in the search."""
    current = select(schema.versions.c.release_id).where(schema.versions.c.current)
    searched = select(schema.search_documents.c.release_id)
    for complete, said in (
        (current, _("{key}: has no text in force")),
        (searched, _("{key}: cannot be found by the search")),
    ):
        lost = select(schema.releases.c.key).where(schema.releases.c.id.not_in(complete))
        if complete is searched:
            lost = lost.where(public_release())
        for (key,) in connection.execute(lost):
            yield said.format(key=key)
