"""Rules tried on sentences: which rules fire where, and whether every example holds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.language import Language

from extractor.components.marks import marked
from extractor.editing.chat import chat_edits
from extractor.editing.repeats import compare_paragraphs
from extractor.editing.style import protected, style_edits
from extractor.errors import Fault
from extractor.language.found import Found
from extractor.language.layout import read_layout
from extractor.language.people.name_forms import rules_between
from extractor.language.people.risk import Named, risk_finder
from extractor.language.stems import stemmer
from extractor.rulebook import Example, Rulebook, RuleFile
from extractor.sites.faults import fault_hits

KEYS = ("sentences", "dates", "people", "venues", "events", "quotes")


@dataclass(frozen=True)
class Hit:
    """A rule that fired: what it found, where, and the plain value of it."""

    key: str
    rule: str
    start: int
    end: int
    text: str
    value: str
    fields: dict[str, Any]


def hits(nlp: Language, rulebook: Rulebook, text: str, published: str | None = None) -> list[Hit]:
    """All that fires on a text, in its order; ``published`` is an ISO date."""
    doc = nlp.make_doc(text)
    doc._.rilis = {"title_end": 0, "published": published}
    doc = nlp(doc)
    found = [
        Hit(
            key,
            one.rule,
            one.start,
            one.end,
            text[one.start : one.end],
            plain(text, key, one),
            dict(one.value),
        )
        for key in KEYS
        for one in marked(doc, key)
        if not one.value.get("candidate")
    ]
    found += [part for key in KEYS for one in marked(doc, key) for part in part_hits(key, one)]
    found += layout_hits(text, rulebook)
    found += repeat_hits(text, rulebook)
    found += veto_hits(text, rulebook)
    found += page_hits(text, rulebook)
    found += risk_hits(text, marked(doc, "people"), rulebook)
    found += linking_hits(text, rulebook)
    found += style_hits(text, rulebook)
    return sorted(found, key=lambda h: (h.start, h.end, h.key))


def part_hits(key: str, found: Found) -> list[Hit]:
    """The parts of a finding that have rules of their own, such as the organisers of an event."""
    return [
        Hit(
            f"{key}.{name}",
            part["rule"],
            part["start"],
            part["end"],
            part["text"],
            part["text"],
            {},
        )
        for name, value in found.value.items()
        for part in (value if isinstance(value, list) else [value])
        if isinstance(part, dict) and "rule" in part
    ]


def style_hits(text: str, rulebook: Rulebook) -> list[Hit]:
    """Style findings, and what is protected from them; the value is the text, this one mended."""
    found = [
        Hit(
            "style",
            edit.rule,
            edit.start,
            edit.end,
            text[edit.start : edit.end],
            text[: edit.start] + edit.replacement + text[edit.end :],
            {"grade": edit.grade, "replacement": edit.replacement, "reason": edit.reason},
        )
        for edit in (*chat_edits(text, rulebook), *style_edits(text, rulebook))
    ]
    return found + [
        Hit("protected", rule.id, start, end, text[start:end], text[start:end], {})
        for rule, start, end in protected(text, rulebook)
    ]


def layout_hits(text: str, rulebook: Rulebook) -> list[Hit]:
    """Dateline, credits and furniture of a text."""
    layout = read_layout(text, rulebook["paragraphs"], 0)
    parts = {part for part in (layout.dateline, layout.credit) if part is not None}
    parts |= {
        (p.start, p.end, p.rule) for p in layout.paragraphs if p.kind in ("credit", "furniture")
    }
    return [
        Hit("paragraphs", rule, start, end, text[start:end], text[start:end].strip(), {})
        for start, end, rule in sorted(parts)
    ]


def repeat_hits(text: str, rulebook: Rulebook) -> list[Hit]:
    """Repeated paragraphs and pairs in conflict; the value is the number of the other paragraph."""
    found = compare_paragraphs(read_layout(text, rulebook["paragraphs"]), rulebook["repeats"])
    pairs = [(one.rule, one.paragraph, one.kept) for one in found.repeats]
    told = (*found.conflicts, *found.sentences)
    pairs += [(one.rule, one.paragraph, one.other) for one in told]
    return [
        Hit("repeats", rule, p.start, p.end, text[p.start : p.end], str(other.number), {})
        for rule, p, other in pairs
    ]


def veto_hits(text: str, rulebook: Rulebook) -> list[Hit]:
    """What the rules of kind veto cover; they find nothing, they keep others from finding."""
    return [
        Hit("vetoes", rule.id, *found.span(), found.group(), found.group(), {})
        for file in rulebook.files.values()
        for rule in file.of_kind("veto")
        if rule.pattern is not None
        for found in rule.pattern.finditer(text)
    ]


def page_hits(text: str, rulebook: Rulebook) -> list[Hit]:
    """What makes a page one of errors; the value is the words."""
    return [
        Hit("pages", rule.id, start, end, text[start:end], text[start:end], dict(rule.fields))
        for rule, start, end in fault_hits(text, rulebook["pages"])
    ]


def risk_hits(text: str, people: Sequence[Found], rulebook: Rulebook) -> list[Hit]:
    """Who may be at risk, and whom a rule keeps from it; the value is the name."""
    told = [one for one in people if one.value.get("person") is not None]
    roles = {one.value["person"]: _words(one.value["role"]) for one in told if "role" in one.value}
    named = [
        Named(one.start, one.end, one.value["person"], roles.get(one.value["person"]))
        for one in told
    ]
    finder = risk_finder(rulebook)
    found = [("risk", one.rule, one.start, one.end) for one in finder.risks(text, named)]
    denied = finder.denials(text, named)
    found += [("vetoes", rule.id, start, end) for rule, start, end in denied]
    return [
        Hit(key, rule, start, end, text[start:end], text[start:end], {})
        for key, rule, start, end in found
    ]


def linking_hits(text: str, rulebook: Rulebook) -> list[Hit]:
    """The rules that make two names or offices, written ``A = B``, the same."""
    return [
        Hit("linking", rule, start, end, text[start:end], text[start:end], {})
        for rule, start, end in rules_between(rulebook["linking"], text)
    ]


def stem_hits(text: str, rulebook: Rulebook) -> list[Hit]:
    """Words whose stem a list decides, not the algorithm; the value is the stem."""
    found = stemmer(rulebook["search"])
    return [
        Hit("search", "search.stem", *word.span(), word[0], stem, {})
        for word in re.finditer(r"[^\W_]+", text)
        if (stem := found.decided(word[0].lower())) is not None
    ]


def plain(text: str, key: str, found: Found) -> str:
    """The value an example names: ISO days and times of a date, a person's name, else the words."""
    value = found.value
    if key == "people":
        return str(value.get("name") or text[found.start : found.end])
    if key != "dates":
        return text[found.start : found.end]
    start, end = value.get("start"), value.get("end")
    days = str(start) if start == end or end is None else f"{start}/{end}"
    if value.get("time_start"):
        days += " " + "-".join(t for t in (value["time_start"], value.get("time_end")) if t)
    if value.get("timezone"):
        days += f" {value['timezone']}"
    return days.removeprefix("None ")


def check_examples(nlp: Language, rulebook: Rulebook) -> Iterator[Fault]:
    """A fault for every example that does not hold."""
    for file in rulebook.files.values():
        key = "style" if file.stem.startswith("style/") else file.stem
        for rule in file.rules:
            for example in rule.match:
                yield from _must_match(nlp, rulebook, key, rule.id, example)
            for example in rule.no_match:
                fired = [h for h in _run(nlp, rulebook, key, example) if h.rule == rule.id]
                if fired:
                    said = (
                        f"{rule.id} must not match: {example.text!r}, but finds {fired[0].text!r}"
                    )
                    yield Fault(example.path, example.line, said)
        for example in file.finds:
            values = [h.value for h in _run(nlp, rulebook, key, example) if h.key == key]
            wanted = list(example.values or ([example.value] if example.value else []))
            if values != wanted:
                said = f"finds {values} instead of {wanted}: {example.text!r}"
                yield Fault(example.path, example.line, said)
        for example in file.silent:
            fired = [h for h in _run(nlp, rulebook, key, example) if h.key == key]
            if fired:
                first = fired[0]
                said = f"must stay silent: {example.text!r}; {first.rule} finds {first.text!r}"
                yield Fault(example.path, example.line, said)
        yield from among_faults(nlp, rulebook, key, file)


def among_faults(nlp: Language, rulebook: Rulebook, key: str, file: RuleFile) -> Iterator[Fault]:
    """A fault for each value of a file's ``has`` that is not found, and of ``has_not`` that is."""
    for example in (*file.has, *file.has_not):
        mine = [h for h in _run(nlp, rulebook, key, example) if h.key.split(".")[0] == key]
        there = [h for h in mine if h.value == example.value and _fits(h, example)]
        wanted = {"value": example.value, **example.expect}
        if example in file.has and not there:
            got = sorted({h.value for h in mine})
            yield Fault(example.path, example.line, f"has no {wanted}, but {got}: {example.text!r}")
        elif example in file.has_not and there:
            said = f"must not have {wanted}: {example.text!r}; {there[0].rule} finds it"
            yield Fault(example.path, example.line, said)


def _must_match(
    nlp: Language, rulebook: Rulebook, key: str, rule_id: str, example: Example
) -> Iterator[Fault]:
    fired = [h for h in _run(nlp, rulebook, key, example) if h.rule == rule_id]
    if not fired:
        every = hits(nlp, rulebook, example.text, example.published)
        others = ", ".join(sorted({h.rule for h in every})) or "nothing"
        said = f"{rule_id} must match: {example.text!r}; what fires: {others}"
        yield Fault(example.path, example.line, said)
    elif example.value is not None and example.value not in [h.value for h in fired]:
        values = [h.value for h in fired]
        said = f"{rule_id} gives {values} instead of {example.value!r}: {example.text!r}"
        yield Fault(example.path, example.line, said)
    elif example.expect and not any(_fits(h, example) for h in fired):
        got = {name: fired[0].fields.get(name) for name in example.expect}
        said = f"{rule_id} gives {got} instead of {dict(example.expect)}: {example.text!r}"
        yield Fault(example.path, example.line, said)


def _fits(hit: Hit, example: Example) -> bool:
    return all(_words(hit.fields.get(name)) == want for name, want in example.expect.items())


def _words(value: Any) -> Any:
    """A SPAN as its words, anything else as it is."""
    if isinstance(value, dict) and "text" in value:
        return value["text"]
    if isinstance(value, list):
        return [_words(one) for one in value]
    return value


# What is found without the pipeline: rules of these files are tried alone, at a tenth of the cost.
_ALONE = {
    "style": style_hits,
    "repeats": repeat_hits,
    "pages": page_hits,
    "linking": linking_hits,
    "search": stem_hits,
}


def _run(nlp: Language, rulebook: Rulebook, key: str, example: Example) -> list[Hit]:
    """What fires on an example of a file, of which ``key`` tells the room."""
    alone = _ALONE.get(key)
    if alone is not None:
        return sorted(alone(example.text, rulebook), key=lambda h: (h.start, h.end, h.key))
    return hits(nlp, rulebook, example.text, example.published)


def count_examples(rulebook: Rulebook) -> int:
    """How many examples a rulebook holds."""
    of_rules = sum(len(rule.match) + len(rule.no_match) for rule in rulebook.rules())
    of_files = ((f.finds, f.silent, f.has, f.has_not) for f in rulebook.files.values())
    return of_rules + sum(len(examples) for lists in of_files for examples in lists)
