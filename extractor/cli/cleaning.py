"""``rilis clean`` and ``rilis undo``: repeated paragraphs out, slips mended, and all taken back."""

import os
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.findings import (
    FormOption,
    SilenceOption,
    Silences,
    check_form,
    tell_silenced,
    tell_unwritten,
    write_findings,
)
from extractor.cli.reading import PartsOption, TrackedOption, reading
from extractor.cli.terminal import (
    LangOption,
    RulesOption,
    choose_language,
    err,
    finish,
    write_bytes,
    write_text,
)
from extractor.drafting import CleanDraft, Form, clean_draft, undone, write_atomically
from extractor.editing.cleaning import ledger
from extractor.editing.diff import unified_diff
from extractor.errors import SourceError, UsageError
from extractor.export.findings import Account
from extractor.messages import _
from extractor.record import Grade
from extractor.rulebook import shared_rulebook
from extractor.sources import Draft, read_draft
from extractor.sources.files import STDIN, WORD, find

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
        Path | None,
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
    if grade not in GRADES:
        raise UsageError(_("--grade {grade}: the grades are sure and propose").format(grade=grade))
    if sum((diff, check, in_place, output is not None)) > 1:
        raise UsageError(_("choose one of --diff, --check, --in-place and -o"))
    if clean_copy and not in_place and output is None:
        raise UsageError(_("--clean-copy needs -o FILE.docx or --in-place"))
    if date is not None and not _TIME.fullmatch(date):
        said = _("--date {date} is no time in UTC such as 2026-03-12T10:15:00Z")
        raise UsageError(said.format(date=date))
    how, which = reading(tracked, parts)
    rulebook = shared_rulebook(str(rules) if rules else None)
    named = list(find(drafts))
    if len(named) > 1 and (ledger_file is not None or undo_file is not None):
        raise UsageError(_("--ledger and --undo are for one draft at a time"))
    told = findings != "text"
    if told and diff:
        raise UsageError(_("choose one of --diff and --format"))
    if len(named) > 1 and not (diff or check or in_place or told or output is not None):
        raise UsageError(_("many drafts: give a folder with -o, or --in-place, --diff or --check"))
    silences = Silences(silence, rulebook)
    failed: list[tuple[str, str]] = []
    accounts: list[Account] = []
    done = found = 0
    targets = _Targets(output, [one for one in named if isinstance(one, Path)], len(named))
    for one in named:
        try:
            if isinstance(one, SourceError):
                raise one
            draft = read_draft(one, tracked=how, parts=which)
            form = _form(draft, output, len(named), in_place, clean_copy)
            quiet = silences.of(one)
            cleaned = clean_draft(draft, rulebook, GRADES[grade], form, author, date, quiet)
            found += _deliver(cleaned, one, targets, diff, check, in_place, told)
            if told:
                accounts.append(cleaned.account())
            tell_silenced(cleaned)
            tell_unwritten(cleaned)
            if ledger_file is not None:
                write_text(ledger_file, ledger(cleaned.cleaning.edits))
            if undo_file is not None:
                write_text(undo_file, cleaned.undo_file())
            done += 1
        except SourceError as error:
            failed.append((error.path, error.reason))
    if told:
        write_findings(accounts, findings, rulebook)
    if check and found and not failed:
        raise typer.Exit(1)
    finish(failed, done)


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


def _deliver(
    cleaned: CleanDraft,
    path: Path,
    targets: "_Targets",
    diff: bool,
    check: bool,
    in_place: bool,
    told: bool,
) -> int:
    """Hand one clean draft over in the way that was asked for; returns the number of findings.

    ``told``: the findings are told elsewhere.
    """
    lines = [] if told else list(cleaned.finding_lines())
    if check:
        sys.stdout.writelines(line + "\n" for line in lines)
        return len(cleaned.cleaning.findings)
    if diff:
        before, edits = cleaned.cleaning.draft, cleaned.cleaning.edits
        after = f"{path} (" + _("clean") + ")"
        sys.stdout.writelines(unified_diff(before, edits, str(path), after))
    elif in_place:
        if cleaned.draft.kind not in ("text", "docx") or str(path) == STDIN:
            said = _("only a text or Word file can be cleaned in place; name an output with -o")
            raise SourceError(str(path), said)
        if cleaned.raw != cleaned.draft.raw:
            write_atomically(path, cleaned.raw, backup=True, was=cleaned.draft.raw)
    elif targets.output is not None:
        write_atomically(targets.of(cleaned, path), cleaned.raw)
    elif not told:
        sys.stdout.buffer.write(cleaned.raw)
        sys.stdout.buffer.flush()
    _tell(lines)
    return len(cleaned.cleaning.findings)


def _form(draft: Draft, output: Path | None, count: int, in_place: bool, clean_copy: bool) -> Form:
    """How a clean draft is written: a Word draft as a Word file unless a text is named."""
    if output is not None and not _is_folder(output, count):
        word = output.suffix.lower() in WORD
    else:
        word = draft.kind == "docx" and (in_place or output is not None)
    if clean_copy and not word and draft.kind == "docx":
        raise SourceError(draft.path, _("--clean-copy writes Word files; name a .docx file"))
    if not word:
        return "text"
    return "copy" if clean_copy else "tracked"


def _is_folder(output: Path, count: int) -> bool:
    return output.is_dir() or count > 1


class _Targets:
    """Where clean drafts are written: the file that was named, or one for each draft in a folder,
    in the folders the drafts came in."""

    def __init__(self, output: Path | None, drafts: Sequence[Path], count: int) -> None:
        self.output = output
        self._folder = output is not None and _is_folder(output, count)
        parents = [one.resolve().parent for one in drafts if str(one) != STDIN]
        self._above = Path(os.path.commonpath(parents)) if parents else Path.cwd()
        self._named = Counter((one.parent, one.stem) for one in drafts)
        self._taken: dict[Path, Path] = {}

    def of(self, cleaned: CleanDraft, path: Path) -> Path:
        """The file for one clean draft; raises SourceError where there is none that is safe."""
        assert self.output is not None
        target = self.output
        suffix = ".txt" if cleaned.form == "text" else ".docx"
        if self._folder:
            below = path.resolve().parent.relative_to(self._above) if str(path) != STDIN else ""
            # a.txt and a.html are two drafts
            alone = self._named[path.parent, path.stem] < 2 or path.suffix.lower() == suffix
            name = f"{path.stem if alone else path.name}{suffix}"
            target = self.output / below / name
            target.parent.mkdir(parents=True, exist_ok=True)
        if cleaned.form == "text" and target.suffix.lower() in (".html", ".htm"):
            raise SourceError(str(target), _("clean drafts are written as text; name a .txt file"))
        if os.path.realpath(target) == os.path.realpath(path):
            raise SourceError(str(path), _("is its own output; use --in-place to write over it"))
        other = self._taken.setdefault(target, path)
        if other != path:
            said = _("its clean draft would take the place of that of {other}; rename one of them")
            raise SourceError(str(path), said.format(other=other))
        return target


def _tell(lines: Sequence[str]) -> None:
    for line in lines:
        err.print(line)
