"""``rilis archive withhold``, ``confirm``, ``lift``, ``withheld``: people at risk are not shown.

The lists tell names: they are for those who decide, never for the public.
"""

import csv
import io
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Annotated, Any

import typer
from rich.text import Text

from extractor.archive.reviewing.deciding import reviewer_name
from extractor.archive.risk import withholding
from extractor.archive.risk.withholding import Withheld
from extractor.archive.vocabulary import CATEGORIES
from extractor.cli.archiving import ArchiveOption, open_archive
from extractor.cli.terminal import LangOption, choose_language, err, out
from extractor.errors import UsageError
from extractor.messages import _, ngettext

FORMS = ("text", "json", "csv")
TargetsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="RELEASE|RELEASE#PERSON|person:N",
        help=_("A release, a person or a name in it, or a person across releases."),
    ),
]
DecidedArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="N|RELEASE|RELEASE#PERSON|person:N",
        help=_("Numbers of `rilis archive withheld`, or what is withheld."),
    ),
]
ReasonOption = Annotated[str, typer.Option("--reason", help=_("Why; it goes into the log."))]
AuthorOption = Annotated[
    str | None,
    typer.Option("--author", help=_("Who decides; RILIS_REVIEWER or the login name by default.")),
]


def withhold(
    targets: TargetsArgument,
    reason: ReasonOption,
    category: Annotated[
        str, typer.Option("--category", metavar="|".join(CATEGORIES), help=_("Who is at risk."))
    ] = "other",
    author: AuthorOption = None,
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """From now on neither search nor exports show it; the archive keeps it."""
    choose_language(lang)
    with open_archive(archive) as store:
        found = withholding.withhold(store, targets, category, reason, reviewer_name(author))
    _report(found, _("withheld"))


def confirm(
    targets: DecidedArgument,
    reason: ReasonOption,
    category: Annotated[
        str | None,
        typer.Option("--category", metavar="|".join(CATEGORIES), help=_("Another category.")),
    ] = None,
    author: AuthorOption = None,
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """What a rule withheld stays withheld; with --category also what a person did."""
    choose_language(lang)
    who = reviewer_name(author)
    with open_archive(archive) as store:
        with store.read() as connection:
            numbers = [n for one in targets for n in withholding.in_force(connection, one)]
        if category is None:
            found = withholding.confirm(store, numbers, reason, who)
        else:
            found = withholding.change(store, numbers, category, reason, who)
    _report(found, _("confirmed"))


def lift(
    targets: DecidedArgument,
    reason: ReasonOption,
    author: AuthorOption = None,
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """Show it again; the log keeps that it was withheld."""
    choose_language(lang)
    who = reviewer_name(author)
    with open_archive(archive) as store:
        with store.read() as connection:
            numbers = [n for one in targets for n in withholding.in_force(connection, one)]
        found = withholding.lift(store, numbers, reason, who)
    _report(found, _("lifted"))


def withheld(
    waiting: Annotated[
        bool, typer.Option("--waiting", help=_("Only what rules withheld and nobody has reviewed."))
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help=_("Also what has been lifted."))
    ] = False,
    log: Annotated[
        int | None, typer.Option("--log", metavar="N", help=_("The decisions about number N."))
    ] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="|".join(FORMS), help=_("Form of the output."))
    ] = "text",
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """The list names names: keep it where only those who decide can read it."""
    choose_language(lang)
    if form not in FORMS:
        said = _("--format {form}: the forms are {known}")
        raise UsageError(said.format(form=form, known=", ".join(FORMS)))
    with open_archive(archive, read_only=True) as store, store.read() as connection:
        if log is not None:
            rows = withholding.log_of(connection, log)
            if not rows:
                said = _("{n}: no withholding has this number; see `rilis archive withheld --all`")
                raise UsageError(said.format(n=log))
            _write(rows, form)
            return
        found = withholding.withheld(connection, lifted=everything)
    if waiting:
        found = [one for one in found if one.waiting]
    _write([asdict(one) | {"state": _state(one)} for one in found], form)
    open_ones = sum(one.waiting for one in found)
    if open_ones:
        said = ngettext(
            "{n} waits for a person to confirm or lift it",
            "{n} wait for a person to confirm or lift them", open_ones,
        )  # fmt: skip
        err.print(said.format(n=open_ones))


def _state(one: Withheld) -> str:
    if one.lifted_at is not None:
        return "lifted"
    return "waiting" if one.waiting else "reviewed"


def _report(found: Sequence[Withheld], done: str) -> None:
    for one in found:
        err.print(f"{one.id}: {done}: {one.target} ({one.category})")


def _write(rows: Sequence[dict[str, Any]], form: str) -> None:
    if form == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if form == "csv":
        names = list(rows[0]) if rows else [*(f.name for f in fields(Withheld)), "state"]
        text = io.StringIO()
        writer = csv.DictWriter(text, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        sys.stdout.write(text.getvalue())
        return
    for row in rows:
        out.print(Text(_lines(row)))


def _lines(row: dict[str, Any]) -> str:
    """A withholding, or a decision of the log, told on two or three lines."""
    if "action" in row:
        return f"{row['at']} {row['action']}: {row['author']}\n      {row['reason']}"
    first = f"{row['id']:>4}  {row['name']}  ({row['target']})"
    said = f"{row['category']}, {_states()[row['state']]}, {row['author']}, {row['since']}"
    lines = [first, said, row["reason"]]
    if row["lifted_at"] is not None:
        lines.append(f"{row['lifted_at']} {row['lifted_by']}: {row['lift_reason']}")
    return "\n      ".join(map(str, lines))


def _states() -> dict[str, str]:
    return {"waiting": _("waits for review"), "reviewed": _("reviewed"), "lifted": _("lifted")}
