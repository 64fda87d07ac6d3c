"""Every door out of the archive, found by itself: what each lets out, as one piece of text.

The forms of export, the counts and the subcommands come from their registries, so that a new one is
tried without anyone thinking of it; a subcommand that is in none of the lists below fails the test
that reads them.
"""

import importlib.util
import io
import json
import sqlite3
import urllib.parse
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyarrow.parquet as parquet

from extractor.archive.disclosure import public_records, public_release_ids
from extractor.archive.formats import FORMATS
from extractor.archive.stats import BY, REVIEWED
from extractor.archive.store import Store
from extractor.cli import archive as command

Run = Callable[..., tuple[int, str, str]]
# what archivists see, and nobody else: it names those who are withheld, or nobody at all
INTERNAL = {
    "add", "info", "move", "upgrade", "import", "withhold", "confirm", "lift", "withheld", "review",
    "decide", "reviews", "link", "merge", "split", "unlink", "undo", "undo-link", "reindex",
}  # fmt: skip
PUBLIC = {
    "export", "stats", "gold", "examples", "search", "facets", "datasette-metadata", "links",
    "persons", "happenings", "differences",
}  # fmt: skip


def commands() -> dict[str, str]:
    """Each subcommand and the form of its answer that tells most."""
    return {one.name or "": one.help or "" for one in command.app.registered_commands}


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

    def run(*arguments: object) -> str:
        status, out, err = rilis("archive", *arguments, "--archive", url)
        assert status in (0, 1), (arguments, err)
        return told("", out.encode()) + told("", err.encode())

    for name, form in FORMATS.items():
        if importlib.util.find_spec(f"extractor.archive.formats.{form.module}") is None:
            continue
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
    with store.read() as connection:
        records = public_records(connection, public_release_ids(connection))
        yield "public_records", told("", "\n".join(r.model_dump_json() for r in records).encode())
