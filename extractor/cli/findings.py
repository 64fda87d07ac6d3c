"""How findings are handed over, ``rilis silence`` and ``rilis report``."""

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.terminal import (
    LangOption,
    RulesOption,
    choose_language,
    err,
    finish,
    write_text,
)
from extractor.drafting import CleanDraft, clean_draft, write_atomically
from extractor.editing.silence import (
    NAME,
    NOTHING,
    Known,
    Silence,
    known,
    read_silence,
    silence_file,
)
from extractor.editing.silence_entries import with_entries
from extractor.errors import SourceError, UsageError
from extractor.export.findings import Account, State, findings_jsonl
from extractor.export.report import DraftCount, draft_count, report_csv, report_page
from extractor.export.sarif import findings_sarif
from extractor.export.side_by_side import findings_page
from extractor.messages import _, ngettext
from extractor.record import Grade
from extractor.rulebook import Rulebook, shared_rulebook
from extractor.sources import read_draft
from extractor.sources.files import STDIN, find

FORMS = ("text", "jsonl", "sarif", "html", "html-inline")
_BOTH: tuple[Grade, ...] = ("sure", "propose")
_PLACES = 10
_PLACE = re.compile(r"\d+(?::\d+)?|(?:\w+:)?¶\d+(?::\d+)?")

FormOption = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="|".join(FORMS),
        help=_("Form of the findings; all but text go to standard output."),
    ),
]
SilenceOption = Annotated[
    Path | None,
    typer.Option(
        "--silence",
        metavar="FILE",
        help=_("What to leave alone; else the .rilis.yaml beside the draft or above it."),
    ),
]


def check_form(form: str) -> None:
    """Anything but a known form is wrong use."""
    if form not in FORMS:
        known_forms = ", ".join(FORMS)
        said = _("--format {form}: the forms are {known}")
        raise UsageError(said.format(form=form, known=known_forms))


class Silences:
    """The silence of each draft: the file that was named, or the one nearest to the draft."""

    def __init__(self, named: Path | None, rulebook: Rulebook) -> None:
        self._rules = {rule.id for rule in rulebook.rules()}
        self._named = named
        self._read: dict[Path, Silence] = {}

    def of(self, draft: Path) -> Silence:
        """The silence for a draft; raises RuleError where its file has faults."""
        path = self._named or silence_file(draft if str(draft) != STDIN else Path(NAME))
        if path is None:
            return NOTHING
        if path not in self._read:
            self._read[path] = read_silence(path, self._rules)
        return self._read[path]


def write_findings(accounts: Sequence[Account], form: str, rulebook: Rulebook) -> None:
    """The findings of all drafts to standard output, in a form other than text."""
    if form == "jsonl":
        text = findings_jsonl(accounts)
    elif form == "sarif":
        text = findings_sarif(accounts, rulebook)
    else:
        text = findings_page(accounts, side_by_side=form == "html")
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
    sys.stdout.buffer.flush()


def tell_unwritten(cleaned: CleanDraft) -> None:
    """Which changes the Word file cannot hold, by their places."""
    if not cleaned.unwritten:
        return
    places = [one.place for one in cleaned.account().found if one.edit in cleaned.unwritten]
    number = len(places)
    said = ngettext(
        "{n} change cannot be made in this Word file and is left to you: {places}",
        "{n} changes cannot be made in this Word file and are left to you: {places}",
        number,
    )
    shown = ", ".join(places[:_PLACES]) + (" …" if number > _PLACES else "")
    err.print(f"{cleaned.draft.path}: {said.format(n=number, places=shown)}")


def tell_states(states: Mapping[State, int], checked: bool) -> None:
    """How many findings were done and how many wait, and how what is proposed is taken.

    ``checked``: nothing is done yet.
    """
    said: tuple[tuple[State, str], ...] = (
        ("done", _("{n} to be done") if checked else _("{n} done")),
        ("proposed", _("{n} proposed (--grade propose takes them)")),
        ("told", _("{n} to look at")),
    )
    if told := [words.format(n=states[state]) for state, words in said if states.get(state)]:
        err.print(", ".join(told))


def tell_silenced(cleaned: CleanDraft) -> None:
    """How many findings were left alone."""
    if number := cleaned.cleaning.silenced:
        said = ngettext("{n} finding left alone", "{n} findings left alone", number)
        err.print(f"{cleaned.draft.path}: {said.format(n=number)}")


def silence(
    draft: Annotated[Path, typer.Argument(metavar="DRAFT", help=_("The draft."))],
    places: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PLACE…",
            help=_("Places of findings as `rilis clean` shows them, such as 12:5."),
        ),
    ] = None,
    rule: Annotated[
        list[str] | None,
        typer.Option("--rule", metavar="ID", help=_("Never tell of this rule.")),
    ] = None,
    word: Annotated[
        list[str] | None,
        typer.Option("--word", metavar="WORD", help=_("Never tell of this word.")),
    ] = None,
    whole: Annotated[bool, typer.Option("--file", help=_("Leave the whole draft alone."))] = False,
    file: SilenceOption = None,
    rules: RulesOption = None,
    lang: LangOption = None,
) -> None:
    """Entries go into the .rilis.yaml in use, else into a new one beside the draft."""
    choose_language(lang)
    rulebook = shared_rulebook(str(rules) if rules else None)
    target = file or silence_file(draft) or draft.parent / NAME
    silences = Silences(target if target.is_file() else None, rulebook)
    silences.of(draft)  # a file with faults is told of before anything is added
    entries: list[tuple[str, Sequence[str | Known]]] = [
        ("words", word or []),
        ("rules", _known_rules(rule or [], rulebook)),
        ("files", [_named(draft, target)] if whole else []),
        ("findings", _findings(draft, places or [], silences, rulebook)),
    ]
    if not any(some for _key, some in entries):
        raise UsageError(_("name a place such as 12:5, or give --rule, --word or --file"))
    content = target.read_text(encoding="utf-8") if target.is_file() else ""
    for key, some in entries:
        content = with_entries(content, key, some)
    write_atomically(target, content.encode())
    err.print(str(target))


def report(
    drafts: Annotated[
        list[str],
        typer.Argument(metavar="DRAFT…", help=_("Drafts, folders or patterns.")),
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help=_("The report, .html or .csv."))
    ],
    table: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help=_("The numbers as a table too."))
    ] = None,
    file: SilenceOption = None,
    rules: RulesOption = None,
    lang: LangOption = None,
) -> None:
    """One account of many drafts: repeated paragraphs, slips by rule, files not read and why."""
    choose_language(lang)
    rulebook = shared_rulebook(str(rules) if rules else None)
    silences = Silences(file, rulebook)
    counts: list[DraftCount] = []
    for one in find(drafts):
        try:
            if isinstance(one, SourceError):
                raise one
            cleaned = clean_draft(read_draft(one), rulebook, _BOTH, silence=silences.of(one))
            counts.append(draft_count(cleaned.draft.path, cleaned.cleaning))
        except SourceError as error:
            counts.append(DraftCount(error.path, unread=error.reason))
    as_table = output.suffix.lower() == ".csv"
    write_text(output, report_csv(counts) if as_table else report_page(counts, rulebook))
    if table is not None:
        write_text(table, report_csv(counts))
    failed = [(one.path, one.unread) for one in counts if one.unread]
    finish(failed, len(counts) - len(failed))


def _findings(
    draft: Path, places: Sequence[str], silences: Silences, rulebook: Rulebook
) -> list[Known]:
    """The findings at these places, as they are remembered."""
    if not places:
        return []
    within = any(not place.startswith("¶") and "¶" in place for place in places)
    read = read_draft(draft, parts="all" if within else "body")  # such as footnotes:¶2:5
    cleaned = clean_draft(read, rulebook, _BOTH, silence=silences.of(draft))
    found = []
    for place in places:
        if not _PLACE.fullmatch(place):
            raise UsageError(_("{place}: no place such as 12:5").format(place=place))
        here = [
            one.edit
            for one in cleaned.account().found
            if one.place == place or one.place.startswith(place + ":")
        ]
        if not here:
            raise UsageError(_("{place}: nothing is found there").format(place=place))
        # A repair is left alone where the repeat is that it comes from.
        repaired = {edit.rule for edit in here if edit.kind == "repair"}
        here = [edit for edit in here if edit.kind != "repair"] + [
            edit
            for edit in cleaned.cleaning.findings
            if edit.kind == "repeat" and edit.rule in repaired
        ]
        found += [known(cleaned.cleaning.draft, e.rule, e.start, e.end) for e in here]
    return found


def _known_rules(rules: Sequence[str], rulebook: Rulebook) -> list[str]:
    ids = {rule.id for rule in rulebook.rules()}
    for one in rules:
        if one not in ids:
            raise UsageError(_("--rule {rule}: there is no such rule").format(rule=one))
    return list(rules)


def _named(draft: Path, target: Path) -> str:
    folder = target.resolve().parent
    full = draft.resolve()
    return full.relative_to(folder).as_posix() if full.is_relative_to(folder) else full.name
