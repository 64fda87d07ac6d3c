"""Paragraphs of a release, and what each is: title, body, credit line or page furniture."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import re2

from extractor.language.lines import capitals, paragraph_spans
from extractor.rulebook import Pattern, Rule, RuleFile
from extractor.rulebook.sieve import Sieve

_INNER_STOP = re.compile(r"[a-z)\"”][.!?][\"”’)]*\s+[A-Z“\"]")
_MAX_TITLE = 300
_SURE_TITLE = 160
# Titles longer than this are written in capitals: none of a thousand was not.
_LONG_TITLE = 110
# A date in figures at the end of a lead without its full stop: Rabu (05/05/2021)
_DATED = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\)?\Z")
_TAIL = 250
_KINDS = ("furniture", "credit")
_TAILS = ("furniture_tail",)


class Paragraph(NamedTuple):
    """``text[start:end]`` without blanks round it; ``number`` counts the body from 1, title 0.

    ``kind`` is title, body, credit or furniture. Furniture that stands at the end of a line is a
    paragraph of its own with the number of the one it was cut from.
    """

    start: int
    end: int
    number: int
    kind: str
    rule: str = ""


def read_paragraphs(text: str, rules: RuleFile, title_end: int | None = None) -> list[Paragraph]:
    """All paragraphs of a text in order; ``rules`` is ``rulebook["paragraphs"]``.

    ``title_end`` says where the title ends (0: there is none; None: tell it by its look).
    """
    spans = paragraph_spans(text)
    title = title_end if title_end is not None else title_length(text, spans, rules)
    longest = int(rules.settings["longest_line"])
    short = [text[a:b] if b - a <= longest else "" for a, b in spans]
    told = _sieve(rules, _KINDS, whole=True).sift(short)
    tailed = _sieve(rules, _TAILS).sift([text[max(a, b - _TAIL) : b] for a, b in spans])
    paragraphs: list[Paragraph] = []
    number = 0
    for index, (start, end) in enumerate(spans):
        if end <= title:
            paragraphs.append(Paragraph(start, end, 0, "title"))
            continue
        number += 1
        line = Paragraph(start, end, number, "body")
        if index in told:
            line = _kind_of(text, line, rules, longest)
        tail = None
        if index in tailed and line.kind != "furniture":
            tail = _furniture_tail(text, start, end, rules)
        if tail is not None:
            cut, rule_id = tail
            line = Paragraph(start, start + len(text[start:cut].rstrip()), number, "body")
            line = _kind_of(text, line, rules, longest)
            paragraphs += [line, Paragraph(cut, end, number, "furniture", rule_id)]
        else:
            paragraphs.append(line)
    return _edge_credits(text, paragraphs, rules, longest)


def title_length(text: str, spans: Sequence[tuple[int, int]], rules: RuleFile) -> int:
    """Where the title ends, 0 where the text begins with its lead.

    A lead ends a sentence, or holds more than one, or is long and opens with a dateline, or closes
    with a date, or is written in small letters; a title does none of it.
    """
    if len(spans) < 2:
        return 0
    start, end = spans[0]
    first = text[start:end]
    bare = first.rstrip("\"”’'») ")
    if len(first) > _MAX_TITLE or not bare or bare[-1] in ",;:":
        return 0
    if len(first) > _SURE_TITLE and _INNER_STOP.search(first):
        return 0
    if len(first) > _LONG_TITLE and (capitals(first) < 0.7 or _DATED.search(first)):
        return 0
    if bare[-1] == "." and not bare.endswith(".."):
        following = spans[1][1] - spans[1][0]
        named = bare is first and capitals(first) >= 0.7 and not _INNER_STOP.search(first)
        return end if named and len(first) < min(_SURE_TITLE, following) else 0
    if len(first) > _LONG_TITLE and dateline_of(text, start, end, rules) is not None:
        return 0
    return end


def dateline_of(text: str, start: int, end: int, rules: RuleFile) -> tuple[int, int, str] | None:
    """(start, end, rule) of the dateline at the head of a paragraph."""
    head = text[start : min(end, start + 160)]
    for rule in rules.of_kind("dateline"):
        if rule.pattern is not None and (found := rule.pattern.match(head)):
            group = 1 if found.re.groups else 0
            return start, start + found.end(group), rule.id
    return None


def furniture_rule(line: str, rules: RuleFile) -> str | None:
    """The id of the rule by which a line, taken alone, is page furniture."""
    longest = int(rules.settings["longest_line"])
    rule = _rule_for(line, Paragraph(0, len(line), 1, "body"), rules, ("furniture",), longest)
    return rule.id if rule is not None else None


def credit_of(
    text: str, paragraphs: list[Paragraph], rules: RuleFile
) -> tuple[int, int, str] | None:
    """The credit line: the last of the surest kind, else one at the end of the last body line."""
    trust = {
        rule.id: rule.confidence for rule in rules.of_kind("credit", "credit_first", "credit_last")
    }
    lines = [p for p in paragraphs if p.kind == "credit"]
    sure = [p for p in lines if trust.get(p.rule, 0) >= 0.8]
    if sure:
        return sure[-1].start, sure[-1].end, sure[-1].rule
    last = next((p for p in reversed(paragraphs) if p.kind == "body"), None)
    if last is not None:
        at = max(last.start, last.end - 160)
        tail = text[at : last.end]
        for rule in rules.of_kind("credit_tail"):
            if rule.pattern is not None and (found := rule.pattern.search(tail)):
                group = 1 if found.re.groups else 0
                return at + found.start(group), at + found.end(group), rule.id
    return (lines[-1].start, lines[-1].end, lines[-1].rule) if lines else None


def _furniture_tail(text: str, start: int, end: int, rules: RuleFile) -> tuple[int, str] | None:
    """(where it begins, rule) of furniture that closes a line after other words."""
    at = max(start, end - _TAIL)
    tail = text[at:end]
    any_of = _union(rules, _TAILS)
    if any_of is None or not any_of.search(tail):
        return None
    for rule in rules.of_kind(*_TAILS):
        if rule.pattern is not None and (found := rule.pattern.search(tail)):
            cut = at + found.start(1 if found.re.groups else 0)
            signed = any(
                credit.pattern is not None
                and (own := credit.pattern.search(tail)) is not None
                and own.start(1 if own.re.groups else 0) + at == cut
                for credit in rules.of_kind("credit_tail")
            )
            if text[start:cut].strip() and not signed:
                return cut, rule.id
    return None


def _kind_of(text: str, line: Paragraph, rules: RuleFile, longest: int) -> Paragraph:
    rule = _rule_for(text, line, rules, _KINDS, longest)
    return line if rule is None else line._replace(kind=rule.kind, rule=rule.id)


def _edge_credits(
    text: str, paragraphs: list[Paragraph], rules: RuleFile, longest: int
) -> list[Paragraph]:
    """The paragraphs, with the credits that can be told only by where they stand: at the very end,
    or as one line before the first sentence."""
    body = [index for index, line in enumerate(paragraphs) if line.kind == "body"]
    for index in (body[:1] + body[:0:-1]) if len(body) > 1 else ():
        line = paragraphs[index]
        kind = "credit_first" if index == body[0] else "credit_last"
        rule = _rule_for(text, line, rules, (kind,), longest)
        if rule is not None:
            paragraphs[index] = line._replace(kind="credit", rule=rule.id)
        elif index != body[0]:
            break
    return paragraphs


def _rule_for(
    text: str, line: Paragraph, rules: RuleFile, kinds: tuple[str, ...], longest: int
) -> Rule | None:
    if line.end - line.start > longest:
        return None
    piece = text[line.start : line.end]
    any_of = _union(rules, kinds)
    if any_of is None or not any_of.fullmatch(piece):
        return None
    for rule in rules.of_kind(*kinds):
        if rule.pattern is not None and rule.pattern.fullmatch(piece):
            return rule
    return None


@lru_cache(maxsize=32)
def _union(rules: RuleFile, kinds: tuple[str, ...]) -> Pattern | None:
    """One pattern for all rules of these kinds: most lines are none of them."""
    sources = [r.pattern.pattern for r in rules.of_kind(*kinds) if r.pattern is not None]
    if not sources:
        return None
    options = re2.Options()
    options.max_mem = 64 << 20
    pattern: Pattern = re2.compile("|".join(f"(?:{source})" for source in sources), options)
    return pattern


@lru_cache(maxsize=32)
def _sieve(rules: RuleFile, kinds: tuple[str, ...], whole: bool = False) -> Sieve:
    patterns = [r.pattern for r in rules.of_kind(*kinds) if r.pattern is not None]
    return Sieve(patterns, whole)
