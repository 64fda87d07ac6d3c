"""What a crawl has done and has to do: a SQLite file, changed in one transaction per response.

The response is in the WARC and on the disk before the transaction that tells of it, so whatever is
cut off here is taken from there (:mod:`extractor.fetching.recovery`). All times are seconds since
the epoch, UTC.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.errors import SourceError, UsageError
from extractor.fetching.exchange import Place
from extractor.messages import _

FILE = "state.db"
VERSION = 1
_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE robots (origin TEXT PRIMARY KEY, verdict TEXT NOT NULL, text TEXT NOT NULL,
    retrieved REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE pages (
    key TEXT PRIMARY KEY,             -- what makes two addresses one page
    address TEXT NOT NULL,            -- what is asked for
    kind TEXT NOT NULL,               -- article, listing: what the link promised
    state TEXT NOT NULL,              -- waiting, busy, done, failed
    outcome TEXT,                     -- new, edited, unchanged, listing, moved, skipped, gone
    moved_to TEXT,                    -- key of the page that a redirect led to
    reason TEXT,                      -- why it failed, or is tried again
    round INTEGER NOT NULL,           -- the round it was last queued in
    rank INTEGER NOT NULL,            -- its turn
    found_on TEXT,                    -- key of the listing that had the link
    stale INTEGER NOT NULL DEFAULT 0, -- listings without anything new on the way here
    trail TEXT NOT NULL DEFAULT '[]', -- addresses that were redirected to here
    article_key TEXT, number TEXT,    -- canonical address, and the number it leaves out
    attempts INTEGER NOT NULL DEFAULT 0,
    crashes INTEGER NOT NULL DEFAULT 0, -- runs that ended while it was under way
    next_at REAL NOT NULL DEFAULT 0,
    status INTEGER, etag TEXT, last_modified TEXT,
    body_sha256 TEXT, text_sha256 TEXT, links_sha256 TEXT, published TEXT, rules TEXT,
    retrieved REAL, insecure INTEGER NOT NULL DEFAULT 0,
    warc_file TEXT, warc_offset INTEGER, warc_id TEXT);
CREATE INDEX pages_queue ON pages (state, kind, rank);
CREATE INDEX pages_address ON pages (address);
CREATE INDEX pages_article ON pages (article_key);
CREATE INDEX pages_found ON pages (found_on, kind);
CREATE INDEX pages_links ON pages (links_sha256) WHERE links_sha256 IS NOT NULL;
CREATE TABLE articles (
    uri TEXT NOT NULL,
    number INTEGER NOT NULL,          -- 1, 2, 3: an edited article is one more
    version TEXT NOT NULL,            -- sha256 of its text
    id TEXT NOT NULL,
    current INTEGER NOT NULL,
    listed INTEGER NOT NULL,          -- within the days that were asked for
    slug_number TEXT,
    published TEXT, retrieved TEXT,
    article TEXT NOT NULL, extra TEXT NOT NULL,
    warc_file TEXT, warc_offset INTEGER, warc_id TEXT,
    PRIMARY KEY (uri, number));
CREATE INDEX articles_current ON articles (current, listed);
"""


@dataclass(frozen=True)
class Row:
    """A page of the frontier, as it was when it was taken."""

    key: str
    address: str
    kind: str
    round: int
    found_on: str | None
    stale: int
    trail: tuple[str, ...]
    attempts: int
    outcome: str | None
    etag: str | None
    last_modified: str | None
    body_sha256: str | None
    rules: str | None


_ROW = ", ".join(Row.__dataclass_fields__)


def _row(found: sqlite3.Row) -> Row:
    fields = dict(found)
    fields["trail"] = tuple(json.loads(fields["trail"]))
    return Row(**fields)


class State:
    """The state of one site's crawl; only the process that holds its folder opens it.

    Raises SourceError where the file is no state or cannot be written (disk full …).
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._db = sqlite3.connect(path, isolation_level=None, timeout=10)
        except sqlite3.Error as error:
            raise SourceError(str(path), str(error)) from None
        self._db.row_factory = sqlite3.Row
        try:
            self._open()
        except sqlite3.Error as error:
            self._db.close()
            said = _("not readable as the state of a crawl ({reason})")
            raise SourceError(str(path), said.format(reason=error)) from None
        except UsageError:
            self._db.close()
            raise

    def _open(self) -> None:
        # NORMAL: a kill costs nothing, a power cut the last commits but never the file; what they
        # told is in the WARC, which is on the disk.
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL"):
            self._db.execute(f"PRAGMA {pragma}")
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            self._db.executescript(f"BEGIN;{_SCHEMA}PRAGMA user_version = {VERSION};COMMIT;")
        elif version != VERSION:
            said = _("{path}: written by another version of rilis; choose another folder with -o")
            raise UsageError(said.format(path=self.path))

    @contextmanager
    def change(self) -> Iterator[None]:
        """One transaction: all of it is kept, or nothing; raises SourceError where the disk
        refuses."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.rollback()
                raise
            self.close_change()
        except sqlite3.Error as error:
            if self._db.in_transaction:
                self._db.rollback()
            raise SourceError(str(self.path), str(error)) from None

    def close_change(self) -> None:
        """Keep the transaction; what :meth:`change` ends with."""
        self._db.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def one(self, query: str, *values: Any) -> Any:
        """The first row of a query, or None."""
        return self._db.execute(query, values).fetchone()

    def all(self, query: str, *values: Any) -> Iterator[Any]:
        """The rows of a query, as they are read."""
        return iter(self._db.execute(query, values))

    def run(self, query: str, *values: Any) -> int:
        """Run a statement; how many rows it changed."""
        return self._db.execute(query, values).rowcount

    # ------------------------------------------------------------------ small facts

    def meta(self, name: str, default: Any = None) -> Any:
        """A fact about the crawl as a whole."""
        found = self.one("SELECT value FROM meta WHERE name = ?", name)
        return default if found is None else found[0]

    def set_meta(self, name: str, value: Any) -> None:
        """Keep a fact."""
        self.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", name, value)

    def next_rank(self, many: int) -> int:
        """The first of ``many`` turns that nobody has yet."""
        first = int(self.meta("rank", 0))
        self.set_meta("rank", first + many)
        return first

    def mark(self, place: Place) -> None:
        """Tell that everything in the WARC up to this record is in the state."""
        self.set_meta("warc", f"{place.file} {place.offset}")

    @property
    def marked(self) -> tuple[str, int]:
        """File and offset of the last record that is in the state; ``("", -1)`` before any."""
        file, _blank, offset = str(self.meta("warc", " -1")).partition(" ")
        return file, int(offset)

    # ------------------------------------------------------------------ pages

    def page(self, key: str) -> sqlite3.Row | None:
        """The page of this key."""
        found: sqlite3.Row | None = self.one("SELECT * FROM pages WHERE key = ?", key)
        return found

    def take(self, now: float) -> Row | None:
        """The page whose turn it is, marked busy; articles before further listings. None where
        nothing waits, or all of it for later."""
        found = self.one(
            f"SELECT {_ROW} FROM pages WHERE state = 'waiting' AND next_at <= ? "
            "ORDER BY kind, rank LIMIT 1",
            now,
        )
        if found is None:
            return None
        row = _row(found)
        with self.change():
            self.run(
                "UPDATE pages SET state = 'busy', attempts = attempts + 1 WHERE key = ?", row.key
            )
        return _row({**dict(found), "attempts": row.attempts + 1})  # type: ignore[arg-type]

    def open_page(self, address: str) -> Row | None:
        """The page of this address that is under way, or waits."""
        query = f"SELECT {_ROW} FROM pages WHERE address = ? AND state IN ('waiting', 'busy')"
        found = self.one(query, address)
        return None if found is None else _row(found)

    def next_time(self) -> float | None:
        """When the next page waits for; None where none waits."""
        found = self.one("SELECT min(next_at) FROM pages WHERE state = 'waiting'")
        return None if found[0] is None else float(found[0])

    def update_page(self, key: str, **fields: Any) -> None:
        """Change columns of a page."""
        names = ", ".join(f"{name} = ?" for name in fields)
        self.run(f"UPDATE pages SET {names} WHERE key = ?", *fields.values(), key)

    def add_page(self, fields: dict[str, Any]) -> None:
        """A new page."""
        names, marks = ", ".join(fields), ", ".join("?" * len(fields))
        self.run(f"INSERT INTO pages ({names}) VALUES ({marks})", *fields.values())

    def failures(self, round_: int) -> Iterator[tuple[str, str]]:
        """Address and reason of what failed in a round."""
        query = "SELECT address, reason FROM pages WHERE state = 'failed' AND round = ?"
        return ((r[0], r[1] or "") for r in self.all(f"{query} ORDER BY rank", round_))

    # ------------------------------------------------------------------ robots.txt

    def robots(self, origin: str) -> tuple[str, str, float] | None:
        """Verdict, text and time of a robots.txt that was kept."""
        found = self.one("SELECT verdict, text, retrieved FROM robots WHERE origin = ?", origin)
        return None if found is None else (found[0], found[1], found[2])

    def keep_robots(self, origin: str, verdict: str, text: str, retrieved: float) -> None:
        """Keep a robots.txt."""
        values: Sequence[Any] = (origin, verdict, text, retrieved)
        self.run("INSERT OR REPLACE INTO robots VALUES (?, ?, ?, ?)", *values)
