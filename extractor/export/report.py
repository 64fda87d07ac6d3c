"""One account of many drafts, as an HTML page and a table: repeats, slips by rule, unread files."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from extractor.editing.cleaning import Cleaning
from extractor.editing.finding import rule_meaning
from extractor.export.side_by_side import page_head
from extractor.messages import _
from extractor.rulebook import Rulebook, RuleFile


@dataclass(frozen=True)
class DraftCount:
    """What was found in one draft; ``unread`` says why it could not be read."""

    path: str
    paragraphs_removed: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    grades: Counter[str] = field(default_factory=Counter)
    silenced: int = 0
    unread: str = ""


def draft_count(path: str, cleaning: Cleaning) -> DraftCount:
    """The numbers of one cleaned draft."""
    findings = cleaning.findings
    return DraftCount(
        path,
        len(cleaning.removed),
        Counter(edit.rule for edit in findings),
        Counter(edit.grade for edit in findings),
        cleaning.silenced,
    )


def report_page(counts: Sequence[DraftCount], rulebook: Rulebook) -> str:
    """The account as one HTML page; the same drafts give the same bytes."""
    read = [one for one in counts if not one.unread]
    unread = [one for one in counts if one.unread]
    rules: Counter[str] = sum((one.rules for one in read), Counter())
    totals = [
        (_("drafts read"), len(read)),
        (_("drafts with repeated paragraphs"), sum(one.paragraphs_removed > 0 for one in read)),
        (_("repeated paragraphs"), sum(one.paragraphs_removed for one in read)),
        (_("findings"), sum(rules.values())),
        (_("files not read"), len(unread)),
    ]
    parts = [page_head(_("Report on drafts"))]
    parts += _table((_("what"), _("number")), totals)
    if unread:
        parts += [f"<h2>{escape(_('Files not read'))}</h2>"]
        parts += _table((_("file"), _("why")), [(one.path, one.unread) for one in unread])
    parts += [f"<h2>{escape(_('By rule'))}</h2>"]
    meanings = _meanings(rulebook)
    drafts = Counter(rule for one in read for rule in one.rules)
    parts += _table(
        (_("rule"), _("meaning"), _("findings"), _("drafts")),
        [
            (rule, meanings.get(rule, ""), number, drafts[rule])
            for rule, number in sorted(rules.items(), key=lambda item: (-item[1], item[0]))
        ],
    )
    parts += [f"<h2>{escape(_('By draft'))}</h2>"]
    parts += _table(
        (
            _("file"),
            _("repeated paragraphs"),
            _("sure"),
            _("proposed"),
            _("to look at"),
            _("rules"),
        ),
        [
            (
                one.path,
                one.paragraphs_removed,
                one.grades["sure"],
                one.grades["propose"],
                one.grades["tell"],
                ", ".join(f"{rule} {number}" for rule, number in sorted(one.rules.items())),
            )
            for one in read
        ],
    )
    return "\n".join([*parts, "</body></html>"]) + "\n"


def report_csv(counts: Iterable[DraftCount]) -> str:
    """The account as a table: one row a draft, a column for each rule that found something."""
    counts = list(counts)
    rules = sorted({rule for one in counts for rule in one.rules})
    buffer = io.StringIO()
    write = csv.writer(buffer, lineterminator="\r\n").writerow
    write(["file", "unread", "repeated_paragraphs", "sure", "propose", "tell", "silenced", *rules])
    for one in counts:
        grades = [one.grades[grade] for grade in ("sure", "propose", "tell")]
        row = [_cell(one.path), _cell(one.unread), one.paragraphs_removed, *grades, one.silenced]
        write([*row, *(one.rules[rule] for rule in rules)])
    return buffer.getvalue()


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _meanings(rulebook: Rulebook) -> dict[str, str]:
    files: list[RuleFile] = [*rulebook.group("style"), rulebook["repeats"], rulebook["paragraphs"]]
    return {rule.id: rule_meaning(rule) for file in files for rule in file.rules}


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    cells = "".join(f"<th>{escape(name)}</th>" for name in head)
    body = [
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows
    ]
    return ["<table>", f"<tr>{cells}</tr>", *body, "</table>"]
