"""``rilis archive gold`` and ``examples``: decisions for the measure and for the rules."""

from pathlib import Path
from typing import Annotated

import typer

from extractor.archive.reviewing.examples import examples, write_examples
from extractor.archive.reviewing.gold import annotations, file_name, numbered, write_annotation
from extractor.archive.reviewing.left_out import LeftOut
from extractor.cli.archive_review import ReleaseOption
from extractor.cli.archiving import ArchiveOption, open_archive
from extractor.cli.review_screen import harmless
from extractor.cli.terminal import LangOption, choose_language, err
from extractor.evaluation.corpus import read_corpus
from extractor.messages import _, ngettext


def gold(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=_("Where to write them."))],
    partial: Annotated[
        bool, typer.Option("--partial", help=_("Also releases not reviewed in full."))
    ] = False,
    release: ReleaseOption = None,
    first: Annotated[
        str | None,
        typer.Option(metavar="NAME", help=_("Name them on from here, such as h601.")),
    ] = None,
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """Only releases of which every scored field is decided and nothing is missing."""
    choose_language(lang)
    names = numbered(first) if first is not None else None
    written = 0
    lacking = []
    left_out = LeftOut()
    with open_archive(archive, read_only=True) as store:
        for one in annotations(store, release, left_out):
            if one.unreviewed:
                lacking.append((one.release, one.unreviewed))
                if not partial:
                    continue
            write_annotation(folder, next(names) if names else file_name(one.release), one)
            written += 1
    for key, fields in lacking:
        told = _("{key}: not reviewed: {fields}")
        err.print(harmless(told.format(key=key, fields=", ".join(fields))))
    if written:
        read_corpus(folder)
    said = ngettext("{n} release written to {folder}", "{n} releases written to {folder}", written)
    err.print(said.format(n=written, folder=folder))
    if left_out.withheld:
        said = ngettext(
            "{n} release left out: it is withheld, or a name is struck out of it",
            "{n} releases left out: they are withheld, or names are struck out of them",
            left_out.withheld,
        )
        err.print(said.format(n=left_out.withheld))


def rule_examples(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=_("Where to write them."))],
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help=_("Of whom."))] = None,
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """One file a kind of thing; they fail until the rules are mended."""
    choose_language(lang)
    left_out = LeftOut()
    with open_archive(archive, read_only=True) as store:
        counts = write_examples(folder, examples(store, by, left_out))
    for name, count in counts.items():
        err.print(f"{folder / name}: {count}")
    if not counts:
        err.print(_("nothing was corrected, rejected or added that the rules could be shown"))
    else:
        err.print(_("try them: rilis rules check --rules {folder}").format(folder=folder))
    if left_out.withheld:
        said = ngettext(
            "{n} decision left out: its release is withheld, or a name is struck out of it",
            "{n} decisions left out: their releases are withheld, or names are struck out of them",
            left_out.withheld,
        )
        err.print(said.format(n=left_out.withheld))
    if left_out.unshown:
        said = ngettext(
            "{n} decision left out: no example can show it to the rules",
            "{n} decisions left out: no example can show them to the rules",
            left_out.unshown,
        )
        err.print(said.format(n=left_out.unshown))
