"""``rilis clean`` and ``rilis undo``: repeated paragraphs out, slips mended, and all taken back."""

import re
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.delivery import Delivery
from extractor.cli.findings import (
    FormOption,
    SilenceOption,
    Silences,
    check_form,
    tell_silenced,
    tell_states,
    tell_unwritten,
    write_findings,
)
from extractor.cli.reading import PartsOption, TrackedOption, reading
from extractor.cli.terminal import (
    LangOption,
    RulesOption,
    choose_language,
    finish,
    write_bytes,
    write_text,
)
from extractor.drafting import clean_draft, undone
from extractor.editing.cleaning import ledger
from extractor.errors import SourceError, UsageError
from extractor.export.findings import Account, State
from extractor.messages import _
from extractor.record import Grade
from extractor.rulebook import shared_rulebook
from extractor.sources import read_draft
from extractor.sources.files import find

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
GRADES: dict[str, tuple[Grade, ...]] = {"sure": ("sure",), "propose": ("sure", "propose")}
DraftsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="DRAFT…",
        help=_(
            "Drafts (.txt .html .docx .odt .rtf .pdf), folders, patterns, or - for standard input."
        ),
    ),
]


def clean(
    drafts: DraftsArgument,
    output: Annotated[
        str | None,  # a Path would lose the stroke at the end of a folder's name
        typer.Option(
            "-o",
            "--output",
            metavar="PATH",
            help=_("File for one clean draft, folder for many; without it the draft is shown."),
        ),
    ] = None,
    diff: Annotated[bool, typer.Option("--diff", help=_("Show the changes as a diff."))] = False,
    check: Annotated[
        bool, typer.Option("--check", help=_("Only list findings; exit status 1 if there are any."))
    ] = False,
    in_place: Annotated[
        bool,
        typer.Option("--in-place", help=_("Write over the draft; NAME.bak keeps the old one.")),
    ] = False,
    grade: Annotated[
        str,
        typer.Option(
            metavar="sure|propose", help=_("Apply only what is sure, or what is proposed too.")
        ),
    ] = "sure",
    ledger_file: Annotated[
        Path | None,
        typer.Option("--ledger", metavar="FILE", help=_("The applied edits as JSON lines.")),
    ] = None,
    undo_file: Annotated[
        Path | None,
        typer.Option("--undo", metavar="FILE", help=_("What `rilis undo` needs to go back.")),
    ] = None,
    clean_copy: Annotated[
        bool,
        typer.Option(
            "--clean-copy", help=_("Word: changes made, no marks, comments or personal data.")
        ),
    ] = False,
    author: Annotated[
        str, typer.Option(metavar="NAME", help=_("Word: whose the tracked changes are."))
    ] = "rilis",
    date: Annotated[
        str | None,
        typer.Option(metavar="TIME", help=_("Word: their time, such as 2026-03-12T10:15:00Z.")),
    ] = None,
    tracked: TrackedOption = "accept",
    parts: PartsOption = "body",
    findings: FormOption = "text",
    silence: SilenceOption = None,
    rules: RulesOption = None,
    lang: LangOption = None,
) -> None:
    """The clean draft goes to standard output, what was found and done to standard error; with
    --format the findings go to standard output, and the clean draft only where -o or --in-place
    say."""
    choose_language(lang)
    check_form(findings)
    _check_grade_and_date(grade, date)
    how, which = reading(tracked, parts)
    named = list(find(drafts))
    if len(named) > 1 and (ledger_file is not None or undo_file is not None):
        raise UsageError(_("--ledger and --undo are for one draft at a time"))
    told = findings != "text"
    delivery = Delivery(
        named,
        output,
        diff=diff,
        check=check,
        in_place=in_place,
        clean_copy=clean_copy,
        told=told,
    )
    rulebook = shared_rulebook(str(rules) if rules else None)
    silences = Silences(silence, rulebook)
    failed: list[tuple[str, str]] = []
    accounts: list[Account] = []
    states: Counter[State] = Counter()
    for one in named:
        try:
            if isinstance(one, SourceError):
                raise one
            draft = read_draft(one, tracked=how, parts=which)
            form, quiet = delivery.form(draft), silences.of(one)
            cleaned = clean_draft(draft, rulebook, GRADES[grade], form, author, date, quiet)
            delivery.hand_over(cleaned, one)
            account = cleaned.account()
            states.update(placed.state for placed in account.found)
            if told:
                accounts.append(account)
            tell_silenced(cleaned)
            tell_unwritten(cleaned)
            if ledger_file is not None:
                write_text(ledger_file, ledger(cleaned.cleaning.edits))
            if undo_file is not None:
                write_text(undo_file, cleaned.undo_file())
        except SourceError as error:
            failed.append((error.path, error.reason))
    if told:
        write_findings(accounts, findings, rulebook)
    else:
        tell_states(states, check)
    if check and states and not failed:
        raise typer.Exit(1)
    finish(failed, len(named) - len(failed))


def _check_grade_and_date(grade: str, date: str | None) -> None:
    if grade not in GRADES:
        raise UsageError(_("--grade {grade}: the grades are sure and propose").format(grade=grade))
    if date is not None and not _TIME.fullmatch(date):
        said = _("--date {date} is no time in UTC such as 2026-03-12T10:15:00Z")
        raise UsageError(said.format(date=date))


def undo(
    clean_file: Annotated[
        Path, typer.Argument(metavar="CLEAN", help=_("The clean draft, unchanged."))
    ],
    undo_file: Annotated[
        Path, typer.Argument(metavar="UNDO", help=_("What `rilis clean --undo` wrote."))
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help=_("Write there."))
    ] = None,
    lang: LangOption = None,
) -> None:
    """The draft as it came in, byte for byte."""
    choose_language(lang)
    try:
        raw, told = clean_file.read_bytes(), undo_file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(str(error)) from None
    draft = undone(raw, told, str(clean_file))
    if output is None:
        sys.stdout.buffer.write(draft)
    else:
        write_bytes(output, draft)
