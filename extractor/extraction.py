"""An Article in, a Record out: the only reader of ``doc.spans``."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from extractor.components.marks import layout_of, marked
from extractor.editing.chat import against_the_draft, chat_edits, taken_before
from extractor.editing.edits import Applied, apply, settle
from extractor.editing.removal import Removal, layout_edits, removals
from extractor.language.found import Found
from extractor.language.layout import read_layout
from extractor.messages import _
from extractor.pipeline import load_pipeline
from extractor.record import (
    Article,
    Event,
    EventDate,
    Person,
    Quote,
    Record,
    Source,
    Span,
    Venue,
    Warning,
    text_version,
)
from extractor.rulebook import Rulebook, shared_rulebook

_HALF_PAIR = re.compile("[\ud800-\udfff]")


class Extractor:
    """Reads releases with one rulebook.

    >>> Extractor().extract(article).events[0].name.text
    """

    def __init__(self, rules: str | Path | None = None) -> None:
        """``rules``: a folder of rules, None for the shipped ones; raises RuleError on faults."""
        self.rulebook: Rulebook = shared_rulebook(str(rules) if rules is not None else None)
        self.nlp = load_pipeline(rules)

    def extract(self, article: Article) -> Record:
        """The record of one article. Never raises on text."""
        return self.read(article)[0]

    def read(
        self, article: Article, after: Callable[[Doc, str], None] | None = None
    ) -> tuple[Record, Doc]:
        """The record and the marked Doc it was read from (for ``rilis explain``).

        ``after`` is called with the Doc and the key of each component that has run, and may put
        other marks there (to judge a later component alone).
        """
        draft, title_end = draft_of(article)
        draft = _HALF_PAIR.sub("\ufffd", draft)  # spaCy takes no half of a surrogate pair
        chat = [edit for edit in chat_edits(draft, self.rulebook) if edit.grade == "sure"]
        stripped = apply(draft, chat)
        if title_end:
            title_end -= taken_before(title_end, chat)
        layout = read_layout(stripped.text, self.rulebook["paragraphs"], title_end)
        gone = removals(layout, self.rulebook)
        edits, _refused = settle([*(r.edit for r in gone), *layout_edits(layout)])
        applied = apply(draft, against_the_draft(stripped, edits) if chat else edits)
        doc = self.nlp.make_doc(applied.text)
        title = layout.title
        doc._.rilis = {
            "title_end": title.end - title.start if title is not None else 0,
            "published": article.published,
        }
        layout_of(doc, self.rulebook["paragraphs"], applied.text)
        for name, component in self.nlp.pipeline:
            doc = component(doc)
            if after is not None:
                after(doc, name.removeprefix("rilis_"))
        return self._record(article, doc, applied, gone), doc

    def extract_many(self, articles: Iterable[Article]) -> Iterator[Record]:
        """Records in the order of the articles, one at a time.

        An article that fails yields a record with the warning ``failed`` and nothing else.
        """
        for article in articles:
            try:
                yield self.extract(article)
            except Exception as error:  # one article must not stop the others
                yield failed_record(article, self.rulebook.version, error)

    def _record(self, article: Article, doc: Doc, applied: Applied, gone: list[Removal]) -> Record:
        text = applied.text
        layout = read_layout(text, self.rulebook["paragraphs"], doc._.rilis["title_end"])
        marks = marked(doc, "dates")
        dates = {(d.start, d.end): event_date(text, d) for d in marks}
        venues = {(v.start, v.end): venue(text, v) for v in marked(doc, "venues")}
        quotes = tuple(quote(text, q, dates) for q in marked(doc, "quotes"))
        return Record(
            id=article.id,
            rules_version=self.rulebook.version,
            source=source_of(article),
            text=text,
            offsets=applied.offsets,
            events=tuple(
                event(text, e, dates, venues)
                for e in marked(doc, "events")
                if not e.value.get("candidate")
            ),
            people=tuple(people(text, marked(doc, "people"))),
            quotes=quotes,
            dates=tuple(dates[d.start, d.end] for d in marks if not d.value.get("candidate")),
            removed=tuple(r.removed for r in gone if r.removed is not None),
            credit=_layout_span(text, layout.credit),
            dateline=_layout_span(text, layout.dateline),
            warnings=tuple(warnings_of(dates.values(), marked(doc, "quotes"))),
        )


def draft_of(article: Article) -> tuple[str, int | None]:
    """The draft an article's offsets count in, and where its title ends (None: told by its look).

    That is its text; where the article has a title that the text does not begin with, the title is
    set before it, followed by an empty line.
    """
    if not article.title:
        return article.text, None
    lead = len(article.text) - len(article.text.lstrip("\ufeff \t\r\n"))
    if article.text.startswith(article.title, lead):
        return article.text, lead + len(article.title)
    return f"{article.title}\n\n{article.text}", len(article.title)


def source_of(article: Article) -> Source:
    """Where the article came from, as the record tells it."""
    return Source(
        path=article.path,
        uri=article.uri,
        site=article.site,
        title=article.title,
        published=article.published,
        retrieved=article.retrieved,
        sha256=text_version(article.text),
    )


def failed_record(article: Article, rules_version: str, error: BaseException | str) -> Record:
    """A record that only says that and why the article could not be read."""
    reason = error if isinstance(error, str) else f"{type(error).__name__}: {error}"
    return Record(
        id=article.id,
        rules_version=rules_version,
        source=source_of(article),
        text="",
        warnings=(Warning(code="failed", message=reason),),
    )


def event_date(text: str, found: Found) -> EventDate:
    """A date mark as the record holds it."""
    return EventDate(
        text=text[found.start : found.end],
        start_offset=found.start,
        end_offset=found.end,
        rule=found.rule,
        confidence=found.confidence,
        **{k: v for k, v in found.value.items() if k in EventDate.model_fields},
    )


def venue(text: str, found: Found) -> Venue:
    """A venue mark as the record holds it."""
    return Venue(
        text=text[found.start : found.end],
        start=found.start,
        end=found.end,
        mode=found.value.get("mode", "onsite"),
        parts=found.value.get("parts", {}),
        rule=found.rule,
        confidence=found.confidence,
    )


def event(
    text: str,
    found: Found,
    dates: dict[tuple[int, int], EventDate],
    venues: dict[tuple[int, int], Venue],
) -> Event:
    """An event mark as the record holds it; its ``date`` and ``venue`` are (start, end) pairs."""
    value = found.value
    return Event(
        main=value["main"],
        name=_span(text, found),
        type=value.get("type"),
        **{"class": value.get("class")},
        phase=value.get("phase"),
        status=value.get("status", "held"),
        organizers=tuple(Span(**one) for one in value.get("organizers", ())),
        theme=_part(value.get("theme")),
        occasion=_part(value.get("occasion")),
        date=dates.get(tuple(value["date"])) if value.get("date") else None,
        venue=venues.get(tuple(value["venue"])) if value.get("venue") else None,
        participants=tuple(
            one if isinstance(one, str) else Span(**one) for one in value.get("participants", ())
        ),
    )


def people(text: str, mentions: list[Found]) -> Iterator[Person]:
    """Persons from their mentions; the one with ``head`` carries name, role and titles."""
    by_id: dict[str, list[Found]] = {}
    for mention in mentions:
        if (person := mention.value.get("person")) is not None:
            by_id.setdefault(person, []).append(mention)
    for person, group in by_id.items():
        head = next((m for m in group if m.value.get("head")), group[0])
        yield Person(
            id=person,
            name=head.value.get("name") or text[head.start : head.end],
            full_name=head.value.get("full_name"),
            full_name_source=head.value.get("full_name_source"),
            titles=tuple(head.value.get("titles", ())),
            role=_part(head.value.get("role")),
            organization=head.value.get("organization"),
            aliases=tuple(head.value.get("aliases", ())),
            pseudonym=bool(head.value.get("pseudonym")),
            mentions=tuple(_span(text, mention) for mention in group),
        )


def quote(text: str, found: Found, dates: dict[tuple[int, int], EventDate]) -> Quote:
    """A quote mark as the record holds it."""
    value = found.value
    return Quote(
        kind=value["kind"],
        text=text[found.start : found.end],
        start=found.start,
        end=found.end,
        speaker=value.get("speaker"),
        speaker_text=_part(value.get("speaker_text")),
        cue=_part(value.get("cue")),
        delivered_by=value.get("delivered_by"),
        date=dates.get(tuple(value["date"])) if value.get("date") else None,
        occasion=_part(value.get("occasion")),
        rule=found.rule,
        confidence=found.confidence,
    )


def warnings_of(dates: Iterable[EventDate], quotes: Iterable[Found]) -> Iterator[Warning]:
    """What a person should look at: dates against their weekday, repaired quotation marks."""
    for one in dates:
        if one.repair is not None:
            yield Warning(
                code="weekday-conflict",
                message=_("weekday and date do not fit; perhaps {day}").format(day=one.repair),
                start=one.start_offset,
                end=one.end_offset,
            )
    for found in quotes:
        if found.value.get("repaired"):
            yield Warning(
                code="unbalanced-mark",
                message=_("a quotation mark is missing here"),
                start=found.start,
                end=found.end,
            )


def _span(text: str, found: Found) -> Span:
    return Span(
        text=text[found.start : found.end],
        start=found.start,
        end=found.end,
        rule=found.rule,
        confidence=found.confidence,
    )


def _part(value: dict[str, Any] | None) -> Span | None:
    return Span(**value) if value else None


def _layout_span(text: str, part: tuple[int, int, str] | None) -> Span | None:
    if part is None:
        return None
    start, end, rule = part
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(text=text[start:end], start=start, end=end, rule=rule, confidence=0.95)
