"""One document scored, field by field: what was right, what was made up, what was missed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from extractor.evaluation.matching import (
    confidence_of,
    person_forms,
    same_person,
    text_of,
    token_f1,
    words,
)

FIELDS = (
    "event", "type", "date", "venue", "people", "role", "direct", "speaker", "reported",
    "reported speaker", "repeats", "organizers",
)  # fmt: skip
CORE = FIELDS[:9]
_LEAST = {"direct": 0.9, "reported": 0.7}
_SPEAKER = {"direct": "speaker", "reported": "reported speaker"}

Gold = Mapping[str, Any]
Plain = Mapping[str, Any]


@dataclass(frozen=True)
class Judgement:
    """One answer judged: ``right``, ``wrong`` (both ends, or made up) or ``missed``.

    A wrong answer where the annotation holds another counts as made up and as missed: ``missed`` is
    then true as well. ``confidence`` is that of the answer, 0 where there was none.
    """

    field: str
    document: str
    right: bool = False
    made_up: bool = False
    missed: bool = False
    confidence: float = 0.0
    wanted: Any = None
    got: Any = None


def judge(gold: Gold, record: Plain | None) -> list[Judgement]:
    """Every judgement on one document; ``record`` is plain JSON, None where it is missing."""
    return list(_judge(gold, record or {}))


def _judge(gold: Gold, record: Plain) -> Iterator[Judgement]:
    events = record.get("events") or []
    event = next((e for e in events if e.get("main")), events[0] if events else None)
    yield from _event(gold, event)
    if gold["event"] and event:
        yield from _organizers(gold, event)
    yield from _date(gold, event)
    yield from _venue(gold, event)
    yield from _people(gold, record)
    yield from _quotes(gold, record)
    if record:
        yield from _repeats(gold, record)


def _event(gold: Gold, event: Plain | None) -> Iterator[Judgement]:
    i = gold["id"]
    if gold["event"] and event:
        got = text_of(event.get("name")) or ""
        sure = confidence_of(event.get("name"))
        names = gold["event"]["names"]
        right = max(token_f1(words(name), words(got)) for name in names) >= 0.7
        yield Judgement("event", i, right, not right, not right, sure, names[0], got)
        wanted = words(gold["event"]["type"])
        kind = str(event.get("type") or "").replace("_", " ")
        got_words = words(kind)
        near = bool(wanted and got_words) and len(got_words) <= 4
        nested = set(wanted) <= set(got_words) or set(got_words) <= set(wanted)
        right = wanted == got_words or (near and nested)
        yield Judgement(
            "type", i, right, bool(got_words) and not right, not right, sure,
            gold["event"]["type"], kind or None,
        )  # fmt: skip
    elif gold["event"]:
        yield Judgement("event", i, missed=True, wanted=gold["event"]["names"][0])
        yield Judgement("type", i, missed=True, wanted=gold["event"]["type"])
    elif event:
        name = event.get("name")
        yield Judgement("event", i, made_up=True, confidence=confidence_of(name), got=text_of(name))


def _organizers(gold: Gold, event: Plain) -> Iterator[Judgement]:
    left = list(event.get("organizers") or [])
    for wanted in gold["event"].get("organizers") or []:
        hit = next((x for x in left if token_f1(words(wanted), words(text_of(x))) >= 0.6), None)
        if hit is None:
            yield Judgement("organizers", gold["id"], missed=True, wanted=wanted)
        else:
            left.remove(hit)
            yield Judgement(
                "organizers", gold["id"], True, confidence=confidence_of(hit),
                wanted=wanted, got=text_of(hit),
            )  # fmt: skip
    for extra in left:
        yield Judgement(
            "organizers", gold["id"], made_up=True, confidence=confidence_of(extra),
            got=text_of(extra),
        )  # fmt: skip


def _days(date: Plain, cut: int) -> tuple[str, str]:
    start = date.get("start") or ""
    return start[:10][cut:], (date.get("end") or start)[:10][cut:]


def _date(gold: Gold, event: Plain | None) -> Iterator[Judgement]:
    wanted, got = gold.get("date"), (event or {}).get("date")
    cut = 5 if wanted and wanted.get("year_inferred") and not gold.get("published") else 0
    if wanted and got and got.get("start"):
        right = _days(wanted, cut) == _days(got, cut)
        yield Judgement(
            "date", gold["id"], right, not right, not right, confidence_of(got),
            _days(wanted, cut), _days(got, cut),
        )  # fmt: skip
    elif wanted:
        yield Judgement("date", gold["id"], missed=True, wanted=_days(wanted, cut))
    elif got and got.get("start") and gold["event"]:
        yield Judgement(
            "date", gold["id"], made_up=True, confidence=confidence_of(got), got=_days(got, cut)
        )


def _venue(gold: Gold, event: Plain | None) -> Iterator[Judgement]:
    wanted = gold.get("venues") or []
    venue = (event or {}).get("venue")
    got = text_of(venue) or ""
    sure = confidence_of(venue)
    if wanted and got:
        right = max(token_f1(words(name), words(got)) for name in wanted) >= 0.7
        yield Judgement("venue", gold["id"], right, not right, not right, sure, wanted[0], got)
    elif wanted:
        yield Judgement("venue", gold["id"], missed=True, wanted=wanted[0])
    elif got and gold["event"]:
        yield Judgement("venue", gold["id"], made_up=True, confidence=sure, got=got)


def _people(gold: Gold, record: Plain) -> Iterator[Judgement]:
    i = gold["id"]
    named = [p for p in record.get("people") or [] if p.get("name")]
    unsure = gold.get("uncertain") or []
    used: set[int] = set()
    for person in gold["people"]:
        hit = next(
            (
                k
                for k, one in enumerate(named)
                if k not in used and same_person(person, person_forms(one))
            ),
            None,
        )
        if hit is None:
            if person["name"] not in unsure:
                yield Judgement("people", i, missed=True, wanted=person["name"])
            continue
        used.add(hit)
        yield Judgement(
            "people", i, True, confidence=_person_confidence(named[hit]), wanted=person["name"],
            got=named[hit]["name"],
        )  # fmt: skip
        if person.get("role"):
            role = named[hit].get("role")
            got = text_of(role) or ""
            right = token_f1(words(person["role"]), words(got)) >= 0.7
            yield Judgement(
                "role", i, right, bool(got) and not right, not right, confidence_of(role),
                person["role"], got or None,
            )  # fmt: skip
    for k, one in enumerate(named):
        if k not in used and not any(same_person({"name": u}, person_forms(one)) for u in unsure):
            yield Judgement(
                "people", i, made_up=True, confidence=_person_confidence(one), got=one["name"]
            )


def _person_confidence(person: Plain) -> float:
    return max((confidence_of(mention) for mention in person.get("mentions") or []), default=0.0)


def _quotes(gold: Gold, record: Plain) -> Iterator[Judgement]:
    people = {p.get("id"): p for p in record.get("people") or []}
    gold_people = {p["name"]: p for p in gold["people"]}
    for kind, least in _LEAST.items():
        found = [q for q in record.get("quotes") or [] if q.get("kind") == kind]
        taken: set[int] = set()
        for quote in gold["quotes"]:
            if quote["kind"] != kind:
                continue
            wanted = words(quote["text"])
            best, k = max(
                (
                    (token_f1(wanted, words(one.get("text"))), k)
                    for k, one in enumerate(found)
                    if k not in taken
                ),
                default=(0.0, -1),
            )
            if best < least:
                yield Judgement(kind, gold["id"], missed=True, wanted=quote["text"])
                continue
            taken.add(k)
            yield Judgement(
                kind, gold["id"], True, confidence=confidence_of(found[k]),
                wanted=quote["text"], got=found[k].get("text"),
            )  # fmt: skip
            yield from _speaker(gold, gold_people, people, quote, found[k])
        for k, one in enumerate(found):
            if k not in taken:
                yield Judgement(
                    kind, gold["id"], made_up=True, confidence=confidence_of(one),
                    got=one.get("text"),
                )  # fmt: skip


def _speaker(
    gold: Gold,
    gold_people: Mapping[str, Gold],
    people: Mapping[Any, Plain],
    quote: Gold,
    got: Plain,
) -> Iterator[Judgement]:
    field = _SPEAKER[quote["kind"]]
    said_by = got.get("speaker")
    sure = confidence_of(got.get("speaker_text")) or confidence_of(got)
    if not quote.get("speaker"):
        if said_by is not None:
            yield Judgement(field, gold["id"], made_up=True, confidence=sure, got=said_by)
        return
    who = people.get(said_by) if isinstance(said_by, str | int) else None
    role_and_words = [text_of((who or {}).get("role")), text_of(got.get("speaker_text"))]
    said = [form for form in [*person_forms(who), *role_and_words] if form]
    person = gold_people.get(quote["speaker"], {"name": quote["speaker"]})
    right = same_person(person, said) or any(
        token_f1(words(form), words(wanted)) >= 0.7
        for form in said
        for wanted in (quote["speaker"], person.get("role"))
        if wanted
    )
    yield Judgement(
        field, gold["id"], right, bool(said) and not right, not right, sure, quote["speaker"], said
    )


def _repeats(gold: Gold, record: Plain) -> Iterator[Judgement]:
    wanted = {pair[1] for pair in gold.get("repeated_paragraphs") or []}
    got = {one.get("paragraph") for one in record.get("removed") or []}
    for number in sorted(wanted & got):
        yield Judgement("repeats", gold["id"], True, confidence=1.0, wanted=number, got=number)
    for number in sorted(got - wanted):
        yield Judgement("repeats", gold["id"], made_up=True, confidence=1.0, got=number)
    for number in sorted(wanted - got):
        yield Judgement("repeats", gold["id"], missed=True, wanted=number)


def span_faults(record: Plain) -> tuple[int, int]:
    """(values with words, those whose offsets do not give these words back) in one record."""
    text = record.get("text") or ""
    checked = wrong = 0
    stack: list[Any] = [record.get(key) for key in ("events", "people", "quotes")]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack += value
        elif isinstance(value, Mapping):
            if value.get("text") is not None:
                checked += 1
                start = value.get("start_offset", value.get("start"))
                end = value.get("end_offset", value.get("end"))
                placed = isinstance(start, int) and isinstance(end, int)
                wrong += not (placed and text[start:end] == value["text"])
            stack += value.values()
    return checked, wrong


def best_name_f1(gold: Gold, record: Plain) -> float | None:
    """Token F1 of the main event's name; None where the annotation has no event."""
    if not gold["event"]:
        return None
    events = record.get("events") or []
    event = next((e for e in events if e.get("main")), events[0] if events else None)
    if event is None:
        return 0.0
    got = words(text_of(event.get("name")) or "")
    return max(token_f1(words(name), got) for name in gold["event"]["names"])
