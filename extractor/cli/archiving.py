"""What the subcommands of ``rilis archive`` share: which archive, and how it is opened."""

from typing import Annotated

import typer

from extractor.archive.store import DEFAULT, ENVIRONMENT, Store
from extractor.cli.terminal import err
from extractor.messages import _

ArchiveOption = Annotated[
    str | None,
    typer.Option(
        "--archive",
        envvar=ENVIRONMENT,
        metavar="FILE|URL",
        show_default=DEFAULT,
        help=_("The archive: a SQLite file, or postgresql://USER@HOST/DATABASE."),
    ),
]


def open_archive(archive: str | None, create: bool = False, read_only: bool = False) -> Store:
    """The archive that ``--archive``, RILIS_ARCHIVE or the default names; to be closed."""
    return Store.open(archive, create, read_only, on_wait=lambda said: err.print(f"rilis: {said}"))
