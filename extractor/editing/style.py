"""Style rules: what editors mend in spelling, spacing and punctuation, as edits with reasons.

The rules lie in ``rules/style/*.yaml``. Seven kinds: ``pattern`` with a replacement (``\\1`` is a
group, ``\\l1`` the group with a small, ``\\u1`` with a capital first letter, ``\\U1`` in capitals),
``words`` of a list (a way of writing -> the right one), ``slips`` in the words of a list,
``doubled`` words, also with one of the list ``between`` them, ``unbalanced`` and ``mixed``
quotation marks, and ``protect``, stretches no rule touches; those of ``consistency.yaml`` see the
draft as a whole (:mod:`extractor.editing.consistency`). What stands between quotation marks
is somebody's word: there every finding only tells.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from extractor.editing.consistency import consistency_edits
from extractor.editing.finding import finding, told
from extractor.editing.slips import slip_table
from extractor.editing.vocabulary import Vocabulary, vocabulary
from extractor.language.layout import read_layout
from extractor.language.lines import paragraph_spans
from extractor.language.phrases import Phrases, folded, words_of
from extractor.language.quotation_marks import Quotation, all_quotations
from extractor.record import Edit, Grade
from extractor.rulebook import Pattern, Rule, Rulebook, RuleFile
from extractor.rulebook.sieve import Screen

_GROUP = re.compile(r"\\([luU]?)(\d)")
_OPENS = ".!?:\"“”„«‘'(•*–-"
_CURLY, _STRAIGHT, _SINGLE = "“”", '"', "'‘’`´"
_DOUBLED = ("''", "’’")
_ACRONYM = 4
# A term in quotation marks is of so few words, and a small word stands before it.
_TERM = 4
_WITHIN = re.compile(r"[a-z]{2,}[ \t\xa0]+\Z")
_LOOK_BACK = 40
_GRADES = ("sure", "propose", "tell")
_BLANKS = " \t\xa0"
# A word may be doubled at once, or with another between.
_NEAR = (1, 2)


def style_edits(
    text: str, rulebook: Rulebook, title_end: int | None = None, published: date | None = None
) -> Iterator[Edit]:
    """The style edits of a text, in no order; they may overlap.

    ``title_end`` says where its title ends (0: there is none; None: told by its look);
    ``published`` helps to tell the year of its dates.
    """
    style = _style(rulebook.group("style"))
    draft = style.draft(text)
    yield from style.edits(draft)
    layout = read_layout(text, rulebook["paragraphs"], title_end)
    for edit in consistency_edits(layout, rulebook, published):
        if draft.is_protected(edit.start, edit.end):
            continue
        quoted = edit.grade != "tell" and draft.in_quotation(edit.start, edit.end)
        yield edit.model_copy(update={"grade": "tell"}) if quoted else edit


def protected(text: str, rulebook: Rulebook) -> Iterator[tuple[Rule, int, int]]:
    """(rule, start, end) of what no style rule touches."""
    yield from _style(rulebook.group("style")).protected(text)


@lru_cache(maxsize=8)
def _style(files: tuple[RuleFile, ...]) -> "Style":
    return Style(files)


@dataclass(frozen=True)
class _Draft:
    """A text with the stretches that are somebody's words, and those no rule touches."""

    text: str
    quotations: tuple[Quotation, ...]
    quoted: tuple[tuple[int, int], ...]
    protected: tuple[tuple[int, int], ...]

    def in_quotation(self, start: int, end: int) -> bool:
        place = bisect_right(self.quoted, (start, len(self.text) + 1)) - 1
        return place >= 0 and end <= self.quoted[place][1]

    def is_term(self, start: int, end: int) -> bool:
        """Whether the mark that closes here was opened within a sentence, round a few words: a
        title or a term, not what somebody said."""
        place = bisect_right(self.quoted, (end, -1)) - 1
        quotation = self.quotations[place] if place >= 0 else None
        if quotation is None or quotation.open is None or quotation.close is None:
            return False
        opened = quotation.open[0]
        if not start <= quotation.close[0] < end:
            return False
        few = len(self.text[quotation.start : quotation.end].split()) <= _TERM
        return few and _WITHIN.search(self.text[max(opened - _LOOK_BACK, 0) : opened]) is not None

    def is_protected(self, start: int, end: int) -> bool:
        place = bisect_right(self.protected, (end, -1)) - 1
        return place >= 0 and self.protected[place][1] > start


class Style:
    """The rules of ``rulebook.group("style")``, made ready once."""

    def __init__(self, files: tuple[RuleFile, ...]) -> None:
        self._patterns: list[tuple[Rule, Pattern, frozenset[str]]] = []
        self._doubled: list[tuple[Rule, frozenset[str], frozenset[str]]] = []
        self._phrases: dict[str, tuple[Rule, str]] = {}
        self._protect: list[Rule] = []
        self._unbalanced: list[Rule] = []
        self._mixed: list[Rule] = []
        self._words: dict[str, tuple[Rule, str]] = {}
        self._enclitics = tuple(end for file in files for end in file.surfaces("enclitic"))
        for file in files:
            for rule in file.rules:
                self._take(rule, file)
        self._screen = Screen([pattern for _, pattern, _ in self._patterns])
        self._look_up = Phrases({wrong: wrong for wrong in self._phrases})

    def _take(self, rule: Rule, file: RuleFile) -> None:
        words = file.words.get(str(rule.fields.get("list")), {})
        if rule.kind == "pattern" and rule.pattern is not None:
            but = file.words.get(str(rule.fields.get("except")), {})
            self._patterns.append((rule, rule.pattern, frozenset(word.lower() for word in but)))
        elif rule.kind == "doubled":
            links = file.words.get(str(rule.fields.get("between")), {"": ""})
            self._doubled.append((rule, frozenset(words), frozenset(links)))
        elif rule.kind == "protect":
            self._protect.append(rule)
        elif rule.kind == "unbalanced":
            self._unbalanced.append(rule)
        elif rule.kind == "mixed":
            self._mixed.append(rule)
        elif rule.kind == "slips":
            real = file.words.get(str(rule.fields.get("except")), {})
            for wrong, right in slip_table(words, real, int(rule.fields["shortest"])).items():
                self._words.setdefault(wrong, (rule, right))
        elif rule.kind == "words":
            for wrong, right in words.items():
                if words_of(wrong)[0].lower == wrong.lower().replace("’", "'"):
                    self._words[wrong.lower()] = (rule, right)
                else:
                    self._phrases.setdefault(wrong, (rule, right))

    def draft(self, text: str) -> _Draft:
        """The text with what is said in it and what no rule touches."""
        spans = list(all_quotations(text, paragraph_spans(text)))
        kept = sorted((start, end) for _, start, end in self.protected(text))
        return _Draft(text, tuple(spans), tuple((q.start, q.end) for q in spans), tuple(kept))

    def edits(self, draft: _Draft) -> Iterator[Edit]:
        """All findings of a draft, in no order."""
        text = draft.text
        words = vocabulary(text)
        found: dict[tuple[int, int, str], Edit] = {}
        for rule, start, end, replacement in (
            *self._by_pattern(text),
            *self._by_word(text, words),
            *self._by_doubling(text, words),
        ):
            edit = _edit(draft, rule, start, end, replacement)
            if edit is None:
                continue
            key = (edit.start, edit.end, edit.replacement)
            other = found.get(key)
            if other is None or _GRADES.index(edit.grade) < _GRADES.index(other.grade):
                found[key] = edit
        yield from found.values()
        for rule in self._unbalanced:
            for quotation in draft.quotations:
                for mark in (quotation.open, quotation.close):
                    if mark is not None and (quotation.open is None or quotation.close is None):
                        yield told(text, rule, *mark)

        for rule in self._mixed:
            for quotation in draft.quotations:
                yield from _mixed(text, rule, quotation)

    def protected(self, text: str) -> Iterator[tuple[Rule, int, int]]:
        """(rule, start, end) of what no rule touches."""
        for rule in self._protect:
            if rule.pattern is not None:
                for found in rule.pattern.finditer(text):
                    yield rule, found.start(), found.end()

    def _by_pattern(self, text: str) -> Iterator[tuple[Rule, int, int, str | None]]:
        for number in self._screen.held(text):
            rule, pattern, but = self._patterns[number]
            template = rule.fields.get("replace")
            for found in pattern.finditer(text):
                if but and any((group or "").lower() in but for group in found.groups()):
                    continue
                filled = None if template is None else _filled(str(template), found)
                yield rule, found.start(), found.end(), filled

    def _by_word(self, text: str, words: Vocabulary) -> Iterator[tuple[Rule, int, int, str | None]]:
        for number, (rule, right) in words.where(self._right):
            start, end = words.starts[number], words.ends[number]
            yield rule, start, end, _cased(text, start, end, right)
        for hit in words.phrases(self._look_up):
            rule, right = self._phrases[hit.value]
            yield rule, hit.start, hit.end, _cased(text, hit.start, hit.end, right)

    def _right(self, surface: str) -> tuple[Rule, str] | None:
        """The rule that knows a better way of writing, and that way."""
        lower = folded(surface)
        known = self._words.get(lower)
        if known is None and lower.endswith(self._enclitics):
            for end in self._enclitics:
                known = self._words.get(lower.removesuffix(end)) if lower.endswith(end) else None
                if known is not None:
                    return known[0], known[1] + end
        return known

    def _by_doubling(
        self, text: str, words: Vocabulary
    ) -> Iterator[tuple[Rule, int, int, str | None]]:
        doubling = cache(self._doubling)
        for at, distance in sorted((at, n) for n in _NEAR for at in words.again(n)):
            lower = words.lower[words.surfaces[at]]
            if not doubling(lower):
                continue
            start, end = words.starts[at], words.ends[at + distance]
            if "-" in (text[start - 1 : start], text[end : end + 1]):  # part of a reduplication
                continue
            one, two = words.surfaces[at], words.surfaces[at + distance]
            gap = text[words.ends[at] : words.starts[at + distance]]
            link = gap.strip(_BLANKS)
            named = one[0].isupper() and two[0].isupper()
            if link == gap or (not link and named):  # such as Bau Bau
                continue
            for rule, links in doubling(lower):
                if link in links:
                    joint = rule.fields.get("replace")
                    again = two if named else lower  # a name keeps both capitals: Undang-Undang
                    filled = one if joint is None else f"{one}{joint}{again}"
                    yield rule, start, end, filled
                    break

    def _doubling(self, lower: str) -> list[tuple[Rule, frozenset[str]]]:
        """The rules against a word doubled, each with what may stand between."""
        return [
            (rule, links)
            for rule, listed, links in self._doubled
            if lower in listed or (rule.pattern is not None and rule.pattern.fullmatch(lower))
        ]


def _mixed(text: str, rule: Rule, quotation: Quotation) -> Iterator[Edit]:
    """Curly marks where one of a pair is curly and the other not, both are two single ones, or the
    opening one is turned the wrong way."""
    if quotation.open is None or quotation.close is None:
        return
    grade: Grade = rule.fields.get("grade", "propose")
    opens, closes = text[slice(*quotation.open)], text[slice(*quotation.close)]
    both = len(opens) == len(closes) == 2 and opens[0] in _SINGLE and closes[0] in _SINGLE
    turned = opens == closes == _CURLY[1]
    if (closes == _CURLY[1] and opens == _STRAIGHT) or turned or both:
        yield finding(rule, *quotation.open, _CURLY[0], grade)
    if (opens == _CURLY[0] and closes in (_STRAIGHT, *_DOUBLED)) or both:
        yield finding(rule, *quotation.close, _CURLY[1], grade)


def _filled(template: str, found: re.Match[str]) -> str:
    def group(place: re.Match[str]) -> str:
        value = found.group(int(place[2])) or ""
        if place[1] == "U":
            return value.upper()
        if place[1] == "l":
            return value[:1].lower() + value[1:]
        return value[:1].upper() + value[1:] if place[1] == "u" else value

    return _GROUP.sub(group, template)


def _cased(text: str, start: int, end: int, right: str) -> str:
    """The right form in the capitals of what was written."""
    wrong = text[start:end]
    if wrong.isupper() and len(wrong) > 1:
        return right.upper()
    if not wrong[:1].isupper():
        return right
    if _opens_sentence(text, start):
        return right[:1].upper() + right[1:]
    return " ".join(word[:1].upper() + word[1:] for word in right.split(" "))


def _opens_sentence(text: str, start: int) -> bool:
    at = start - 1
    while at >= 0 and text[at] in " \t\xa0":
        at -= 1
    return at < 0 or text[at] in _OPENS or text[at] in "\r\n"


def _is_acronym(text: str, start: int, end: int) -> bool:
    """Whether a word in capitals is a short one, or stands in a line of small letters: SIRUP."""
    if not text[start:end].isupper():
        return False
    line_end = text.find("\n", end)
    before = text[text.rfind("\n", 0, start) + 1 : start]
    after = text[end : line_end if line_end >= 0 else len(text)]
    return end - start <= _ACRONYM or any(
        part.lower() == part != part.upper() for part in before.split() + after.split()
    )


def _edit(draft: _Draft, rule: Rule, start: int, end: int, replacement: str | None) -> Edit | None:
    if draft.is_protected(start, end):
        return None
    text = draft.text
    grade: Grade = rule.fields.get("grade", "propose")
    if replacement is None or draft.in_quotation(start, end):
        grade = "tell"
    elif rule.kind in ("words", "slips"):
        if _is_acronym(text, start, end):
            return None
        # A capital inside a sentence may belong to a name, which is written as it is written.
        name = text[start].isupper() and not _opens_sentence(text, start)
        if name and not rule.fields.get("capital"):
            grade = "propose" if grade == "sure" else "tell"
    if rule.fields.get("said") and draft.is_term(start, end):
        return None
    if replacement is None:
        return finding(rule, start, end, text[start:end], grade)
    while start < end and replacement[:1] == text[start]:
        start, replacement = start + 1, replacement[1:]
    while start < end and replacement[-1:] == text[end - 1]:
        end, replacement = end - 1, replacement[:-1]
    if start == end and not replacement:
        return None
    return finding(rule, start, end, replacement, grade)
