"""One account of many drafts, as an HTML page and a table: repeats, slips by rule, unread files."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from extractor.editing.cleaning import Cleaning
from extractor.editing.finding import rule_meaning
from extractor.export.frame import page
from extractor.messages import _
from extractor.rulebook import Rulebook, RuleFile

_STYLE = """
td.n,th.n{color:var(--dim)}code{white-space:nowrap}
.cards{display:flex;flex-wrap:wrap;gap:.8rem;list-style:none;padding:0;margin:1rem 0}
.cards li{border:1px solid var(--line);border-radius:.5rem;padding:.5rem 1rem;min-width:8rem}
.cards b{display:block;font-size:1.6rem;line-height:1.2}
td.bar{width:9rem;min-width:4rem}td.bar i{display:block;height:.7rem;margin-top:.45rem;
border-radius:.2rem;background:var(--markfg);opacity:.6}
td:first-child{min-width:10rem}
"""
_GAP = re.compile(r"\{[a-z]+\}")


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
    parts = ['<ul class="cards">']
    parts += [f"<li><b>{number}</b>{escape(what)}</li>" for what, number in totals]
    parts += ["</ul>"]
    if unread:
        parts += [_heading(_("Files not read"))]
        head = _cells("th", (_("file"), _("why")))
        parts += _table(head, [_cells("td", (one.path, one.unread)) for one in unread])
    if rules:
        parts += [_heading(_("By rule")), *_by_rule(read, rules, rulebook)]
    if read:
        parts += [_heading(_("By draft")), *_by_draft(read)]
    return page(_("Report on drafts"), _STYLE, *parts)


def _by_rule(read: Sequence[DraftCount], rules: Counter[str], rulebook: Rulebook) -> Iterable[str]:
    meanings = _meanings(rulebook)
    drafts = Counter(rule for one in read for rule in one.rules)
    most = max(rules.values())
    rows = [
        _cells("td", (meanings.get(rule, ""), rule))
        + _cells("td", (number, drafts[rule]), "n")
        + f'<td class="bar"><i style="width:{number / most:.0%}"></i></td>'
        for rule, number in sorted(rules.items(), key=lambda item: (-item[1], item[0]))
    ]
    head = _cells("th", (_("meaning"), _("rule"))) + _cells("th", (_("findings"), _("drafts")), "n")
    return _table(f"{head}<th></th>", rows)


def _by_draft(read: Sequence[DraftCount]) -> Iterable[str]:
    names = (_("repeated paragraphs"), _("sure"), _("proposed"), _("to look at"), _("left alone"))
    rows = []
    for one in read:
        grades = [one.grades[grade] for grade in ("sure", "propose", "tell")]
        said = ", ".join(
            f"{rule} {number}" if number > 1 else rule for rule, number in sorted(one.rules.items())
        )
        rows.append(
            _cells("td", (one.path,))
            + _cells("td", (one.paragraphs_removed, *grades, one.silenced), "n")
            + f'<td class="why">{escape(said)}</td>'
        )
    head = _cells("th", (_("file"),)) + _cells("th", names, "n") + _cells("th", (_("rules"),))
    return _table(head, rows)


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
    """What each rule says; a place that is filled for each finding is shown as a gap."""
    files: list[RuleFile] = [*rulebook.group("style"), rulebook["repeats"], rulebook["paragraphs"]]
    return {
        rule.id: _GAP.sub("…", rule_meaning(rule))
        or (_("page furniture") if rule.kind.startswith("furniture") else "")
        for file in files
        for rule in file.rules
    }


def _heading(words: str) -> str:
    return f"<h2>{escape(words)}</h2>"


def _cells(tag: str, values: Iterable[object], kind: str = "") -> str:
    name = f' class="{kind}"' if kind else ""
    return "".join(f"<{tag}{name}>{escape(str(value))}</{tag}>" for value in values)


def _table(head: str, rows: Iterable[str]) -> list[str]:
    body = [f"<tr>{row}</tr>" for row in rows]
    wide = '<div class="wide" tabindex="0">'  # a table that is too wide is moved by keys too
    return [f"{wide}<table><thead><tr>{head}</tr></thead><tbody>", *body, "</tbody></table></div>"]
