"""``rilis archive import``: exports into the archive again, with the decisions of people."""

from typing import Annotated

import typer

from extractor.archive.exchange.importing import take_in
from extractor.cli.archiving import ArchiveOption, open_archive
from extractor.cli.terminal import LangOption, choose_language, err, finish, progress
from extractor.messages import _, ngettext


def import_archive(
    given: Annotated[
        str,
        typer.Argument(
            metavar="FOLDER|FILE.zip|FILE.jsonl|-",
            help=_("What `rilis archive export` wrote as csv or jsonl."),
        ),
    ],
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """All or nothing: where a row does not fit, it is listed and nothing is kept."""
    choose_language(lang)
    with open_archive(archive, create=True) as store, progress() as watch:
        done = take_in(store, given, watch)
    if done.refused:
        err.print(_("nothing was kept"))
    else:
        said = _("{new} new, {unchanged} unchanged in {archive}")
        err.print(said.format(new=done.new, unchanged=done.unchanged, archive=store.location))
    if done.withheld:
        said = ngettext(
            "{n} person or release at risk is withheld until a person has looked",
            "{n} persons or releases at risk are withheld until a person has looked",
            done.withheld,
        )
        err.print(said.format(n=done.withheld))
    finish([(one.place, one.reason) for one in done.refused], done.new + done.unchanged)
