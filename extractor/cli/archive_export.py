"""``rilis archive export``: releases out of the archive, in one of many forms."""

from pathlib import Path
from typing import Annotated

import typer

from extractor.archive.exchange.exporting import Choice, export
from extractor.archive.formats import FORMATS, Format
from extractor.archive.instants import day
from extractor.cli.archiving import ArchiveOption, open_archive
from extractor.cli.terminal import LangOption, choose_language, err, progress
from extractor.errors import UsageError
from extractor.messages import _, ngettext


def export_archive(
    form: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help=_("The form."))],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE|FOLDER",
            help=_("Where to; a folder or .zip for tables; else standard output."),
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DAY", help=_("Of this day or later: 2024-05-01.")),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DAY", help=_("Of this day or before."))
    ] = None,
    site: Annotated[str | None, typer.Option(help=_("Of this site alone."))] = None,
    type_: Annotated[
        str | None, typer.Option("--type", help=_("With an event of this kind or class."))
    ] = None,
    reviewed_only: Annotated[
        bool, typer.Option("--reviewed-only", help=_("Only releases that a person has reviewed."))
    ] = False,
    table: Annotated[
        str | None, typer.Option(metavar="NAME", help=_("CSV: this table alone, as a file."))
    ] = None,
    bom: Annotated[
        bool, typer.Option("--bom", help=_("CSV: begin with the mark that Excel needs."))
    ] = False,
    force: Annotated[bool, typer.Option("--force", help=_("Replace what is there."))] = False,
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """Nothing that is withheld goes out; the target is whole or not there."""
    choose_language(lang)
    choice = Choice(day(since, "--since"), day(until, "--until"), site, type_, reviewed_only)
    target = None if output is None or str(output) == "-" else output
    chosen = format_of(form)
    with open_archive(archive, read_only=True) as store, progress() as watch:
        written = export(store, chosen, target, choice, force, bom, table, watch)
    where = _("standard output") if target is None else target
    said = ngettext("{n} release in {path}", "{n} releases in {path}", written.releases)
    err.print(said.format(n=written.releases, path=where))
    if written.masked:
        said = _("in {n} of them names are struck out; they cannot be imported again")
        err.print(said.format(n=written.masked))
    if written.withheld:
        said = ngettext(
            "{n} release is withheld and left out",
            "{n} releases are withheld and left out",
            written.withheld,
        )
        err.print(said.format(n=written.withheld))
    for note in written.notes:
        err.print(note)


def format_of(name: str) -> Format:
    """The form of that name; raises UsageError where there is none."""
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        raise UsageError(_("--format {name}: one of {known}").format(name=name, known=known))
    return FORMATS[name]
