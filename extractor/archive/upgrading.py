"""Which tables a database has, and how they become those of this version (Alembic)."""

from enum import Enum
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from extractor.messages import _

MIGRATIONS = Path(__file__).parent / "migrations"


class State(Enum):
    """What a database is to this version of rilis."""

    EMPTY = "empty"  # no tables at all
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    FOREIGN = "foreign"  # tables of something else

    def told(self, location: str) -> str:
        """The state as a complaint with a way out."""
        said = {
            State.EMPTY: _("{path}: an empty database; rilis archive add RECORDS fills it"),
            State.CURRENT: _("{path}: an archive of this version"),
            State.OLDER: _("{path}: made by an older rilis; rilis archive upgrade brings it up"),
            State.NEWER: _("{path}: made by a newer rilis; update rilis"),
            State.FOREIGN: _("{path}: a database, but no archive of rilis; name another"),
        }
        return said[self].format(path=location)


def configuration(connection: Connection, migrations: Path = MIGRATIONS) -> Config:
    """How Alembic finds the steps and the connection."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def revision_of(connection: Connection) -> str | None:
    """The step the tables are at; None where there is no archive."""
    return MigrationContext.configure(connection).get_current_revision()


def state_of(connection: Connection, migrations: Path = MIGRATIONS) -> State:
    """What the database is to this version."""
    revision = revision_of(connection)
    if revision is None:
        return State.FOREIGN if inspect(connection).get_table_names() else State.EMPTY
    steps = ScriptDirectory.from_config(configuration(connection, migrations))
    if revision == steps.get_current_head():
        return State.CURRENT
    known = {step.revision for step in steps.walk_revisions()}
    return State.OLDER if revision in known else State.NEWER


def upgrade(
    connection: Connection, to: str = "head", migrations: Path = MIGRATIONS
) -> tuple[str | None, str | None]:
    """Bring the tables up, inside the transaction of the connection; (before, after)."""
    before = revision_of(connection)
    _run(command.upgrade, connection, to, migrations)
    return before, revision_of(connection)


def downgrade(connection: Connection, to: str = "base", migrations: Path = MIGRATIONS) -> None:
    """Take steps back; ``base`` takes all tables away."""
    _run(command.downgrade, connection, to, migrations)


def _run(step: Any, connection: Connection, to: str, migrations: Path) -> None:
    step(configuration(connection, migrations), to)
