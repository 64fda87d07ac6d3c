"""Every door out of the archive, found by itself: what each lets out, as one piece of text.

The forms of export, the counts and the subcommands come from their registries, so that a new one is
tried without anyone thinking of it; a subcommand that is in none of the lists below fails the test
that reads them.
"""

import io
import json
import re
import sqlite3
import urllib.parse
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyarrow.parquet as parquet

from extractor.archive.formats import FORMATS
from extractor.archive.index.searchable import FACETS
from extractor.archive.numbers.stats import BY, REVIEWED
from extractor.archive.risk.disclosure import public_records, public_release_ids
from extractor.archive.store import Store
from extractor.cli import archive as command

Run = Callable[..., tuple[int, str, str]]
# what archivists see, and nobody else: it names those who are withheld, or nobody at all
INTERNAL = {
    "add", "info", "move", "upgrade", "import", "withhold", "confirm", "lift", "withheld", "review",
    "decide", "reviews", "reindex", "link", "links",
}  # fmt: skip
PUBLIC = {
    "export", "stats", "gold", "examples", "search", "people", "events", "differences",
    "datasette-metadata",
}  # fmt: skip


def commands() -> set[str]:
    """The names of all subcommands and groups of them."""
    app = command.app
    return {one.name or "" for one in (*app.registered_commands, *app.registered_groups)}


def told(name: str, raw: bytes) -> str:
    """All words in the bytes of a file, in small letters: unpacked, with broken lines joined."""
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            return " ".join(told(one, packed.read(one)) for one in packed.namelist())
    text = raw.decode("utf-8", "replace")
    if name.endswith(".parquet"):
        table = parquet.read_table(io.BytesIO(raw))
        text += json.dumps(table.to_pydict(), ensure_ascii=False, default=str)
        text += str(table.schema) + str(table.schema.metadata)
    if name.endswith(".db"):
        text += _of_database(raw)
    text = text.casefold()
    unfolded = text.replace("\r\n ", "").replace("\\n", " ")
    return " ".join((text, unfolded, urllib.parse.unquote(text)))


def _of_database(raw: bytes) -> str:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(raw)
    try:
        return "\n".join(connection.iterdump())
    except sqlite3.Error:
        return ""
    finally:
        connection.close()


def doors(
    store: Store, url: str, rilis: Run, folder: Path, asked: Sequence[str], charts: bool
) -> Iterator[tuple[str, str]]:
    """(name of the door and what it lets out), each once; ``asked`` are words to search for,
    ``charts`` says that pictures are drawn too."""
    folder.mkdir()

    def run(*arguments: object, query: str = "") -> str:
        status, out, err = rilis("archive", *arguments, "--archive", url)
        assert status in (0, 1), (arguments, err)
        if query:  # what was asked for is said again where nothing is found; that tells nothing
            err = re.sub(rf"(?im)^(?:\w+:)?{re.escape(query)}: ", "", err)
        return told("", out.encode()) + told("", err.encode())

    for name, form in FORMATS.items():
        file = folder / f"{name}{'.zip' if form.makes == 'tables' else form.suffix}"
        said = run("export", "--format", name, "-o", file)
        yield f"export {name}", said + told(file.name, file.read_bytes())
    yield "export --table people", run("export", "--format", "csv", "--table", "people")
    for by in (*BY, *REVIEWED):
        yield f"stats {by}", run("stats", "--by", by, "--format", "json")
        if charts:
            picture = folder / f"{by}.svg"
            said = run("stats", "--by", by, "--chart", picture)  # and as text
            yield f"stats {by} chart", said + told(picture.name, picture.read_bytes())
    for name in ("gold", "examples"):
        target = folder / name
        said = run(name, target, *(["--partial"] if name == "gold" else []))
        written = sorted(target.rglob("*")) if target.exists() else []
        files = " ".join(told(one.name, one.read_bytes()) for one in written if one.is_file())
        yield name, said + files + " ".join(one.name.casefold() for one in written)
    for name in asked:
        for query in (name, name[:-1]):  # a slip of the pen must not be set right by her name
            said = run("search", query, "--format", "text", query=query)
            yield f"search {query} text", said
        yield f"search {name} jsonl", run("search", name, "--format", "jsonl", query=name)
        for option in ("--person", "--speaker", "--venue", "--organizer"):
            for query in (name, name[:-1]):
                said = run("search", option, query, "--format", "json", query=query)
                yield f"search {option} {query}", said
    every = ",".join(FACETS)
    yield "facets", run("search", "--facet", every, "--format", "json", "--limit", "100")
    for form_ in ("text", "csv"):
        yield f"search all {form_}", run("search", "--format", form_, "--facet", every)
    for listing in ("people", "events", "differences"):
        for form_ in ("text", "json"):
            yield f"{listing} {form_}", run(listing, "--format", form_)
    if store.dialect == "sqlite":
        yield "datasette-metadata", run("datasette-metadata")
    with store.read() as connection:
        records = public_records(connection, public_release_ids(connection))
        yield "public_records", told("", "\n".join(r.model_dump_json() for r in records).encode())
