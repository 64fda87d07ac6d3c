"""Runs the SQL of a step: ``versions/STEP.UP-OR-DOWN.STORE.sql``, statements parted by a blank
line."""

from pathlib import Path

from alembic import op

_FOLDER = Path(__file__).parent / "versions"


def run(step: str, direction: str) -> None:
    """Run a step's statements for the store that is connected."""
    # without parameters a % is a %
    connection = op.get_bind().execution_options(no_parameters=True)
    path = _FOLDER / f"{step}.{direction}.{connection.dialect.name}.sql"
    for statement in path.read_text(encoding="utf-8").split("\n\n"):
        connection.exec_driver_sql(statement.strip().removesuffix(";"))
