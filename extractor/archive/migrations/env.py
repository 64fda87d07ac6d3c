"""What Alembic runs: on the connection that the store hands over, inside its transaction."""

from typing import Any

from alembic import context

from extractor.archive.schema import metadata


def include_object(thing: Any, name: str | None, kind: str, reflected: bool, _: Any) -> bool:
    """Leave out of comparisons what one store alone has: full text tables, columns and indices."""
    if not reflected or name is None:
        return True
    if kind in ("table", "index") and name.startswith(("search_index", "search_codes")):
        return False
    if kind == "column" and thing.table.name == "search_documents" and name == "terms":
        return False  # what SQLite's index is of, computed when it is read
    return not name.endswith("_vector")


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_object=include_object,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
