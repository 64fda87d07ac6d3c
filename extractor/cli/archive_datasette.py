"""``rilis archive datasette-metadata``: what Datasette needs to know to show an archive well."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from extractor.archive.datasette import metadata
from extractor.cli.archiving import ArchiveOption, open_archive
from extractor.cli.terminal import LangOption, choose_language, err, write_text
from extractor.errors import UsageError
from extractor.messages import _


def datasette_metadata(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help=_("Write there."))
    ] = None,
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """Titles, descriptions, facets, search and ready-made questions, in the language chosen."""
    choose_language(lang)
    with open_archive(archive, read_only=True) as store:
        if store.dialect != "sqlite":
            said = _("{path}: Datasette shows SQLite alone: rilis archive export --format sqlite")
            raise UsageError(said.format(path=store.location))
        told, withheld = metadata(store, Path(store.location).stem)
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    if output is None:
        sys.stdout.write(text)
    else:
        write_text(output, text)
    if withheld:
        said = _("{path}: holds what is withheld, so it is open to datasette --root alone")
        err.print(said.format(path=store.location))
        err.print(_("publish what may be shown: rilis archive export --format sqlite -o public.db"))
