"""Records as an HTML page, and as the input of displaCy."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from extractor.export.annotation import Annotation, annotation_of, sorted_marks
from extractor.export.frame import page
from extractor.messages import _, ngettext
from extractor.record import Event, EventDate, Quote, Record

# The colour of each label as an angle on the wheel; grey for what is none of them.
HUES = {
    "EVENT": 35, "ORGANIZER": 75, "THEME": 50, "OCCASION": 50, "DATE": 205, "VENUE": 110,
    "PERSON": 275, "ROLE": 290, "DIRECT": 5, "REPORTED": 345, "SPEAKER": 290,
}  # fmt: skip
_STYLE = (
    """
body{max-width:52rem}nav ol{columns:2 20rem;column-gap:3rem}nav li{break-inside:avoid}
summary{cursor:pointer}pre{line-height:2;margin-top:1rem}
mark{--s:85%;--l:86%;background:hsl(var(--h,0) var(--s) var(--l));padding:.1em .2em}
mark>small{font-size:.65em;font-weight:600;margin-left:.3em;color:var(--dim);
color:color-mix(in srgb,var(--fg) 75%,transparent)}mark.cue{--s:0%}
@media(prefers-color-scheme:dark){mark{--s:45%;--l:22%}}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;font-size:.95em}
dt{font-weight:600}dd{margin:0}dd.first{margin-top:.5rem}dt.first{margin-top:.5rem}
@media(max-width:30rem){dl{display:block}dl dd.first,dl dd{margin:0 0 0 1rem}}
@media print{section{break-before:page}nav{display:none}}
"""
    + "".join(f"mark.{label.lower()}{{--h:{hue}}}" for label, hue in HUES.items())
    + "\n"
)
_SHORT = 160


def displacy_input(record: Record) -> dict[str, Any]:
    """What ``spacy.displacy.render(…, style="ent", manual=True)`` takes; since displaCy cannot show
    overlaps there, the first and widest marks are kept."""
    ents: list[dict[str, Any]] = []
    for mark in sorted_marks(annotation_of(record)):
        if not ents or mark.start >= ents[-1]["end"]:
            ents.append({"start": mark.start, "end": mark.end, "label": mark.label})
    return {"text": record.text, "ents": ents, "title": record.source.title}


def records_page(records: Iterable[Record]) -> str:
    """One HTML page that shows each record: its facts, each leading to its words, then its text
    with all marks, nested."""
    titles, sections = [], []
    for number, record in enumerate(records, 1):
        anchor = f"r{number}"
        title = escape(record.source.title or record.text.split("\n", 1)[0] or record.id)
        titles.append(f'<li><a href="#{anchor}">{title}</a></li>')
        annotation = annotation_of(record)
        sections += [
            f'<section><h2 id="{anchor}" lang="id">{title}</h2>',
            _facts(record, annotation, anchor),
            f'<pre lang="id">{marked_html(annotation, anchor)}</pre></section>',
        ]
    return page(_("Releases"), _STYLE, *_contents(titles), *sections)


def _contents(titles: Sequence[str]) -> Iterator[str]:
    if len(titles) > 1:
        said = escape(ngettext("{n} release", "{n} releases", len(titles)).format(n=len(titles)))
        yield f"<nav><details><summary>{said}</summary>"
        yield f"<ol>{''.join(titles)}</ol></details></nav>"


def marked_html(annotation: Annotation, anchor: str = "r1") -> str:
    """The text with nested ``<mark>`` elements; a mark that would cross another is cut short.

    ``anchor`` sets the ids of one text apart from those of others on the page.
    """
    shown: list[str] = []
    stack: list[tuple[int, str]] = []
    at = 0

    def close_until(place: int) -> None:
        nonlocal at
        while stack and stack[-1][0] <= place:
            end, label = stack.pop()
            shown.append(escape(annotation.text[at:end]))
            shown.append(f"<small>{label}</small></mark>")
            at = end

    for mark in sorted_marks(annotation):
        close_until(mark.start)
        shown.append(escape(annotation.text[at : mark.start]))
        at = mark.start
        end = min(mark.end, stack[-1][0]) if stack else mark.end
        label = escape(mark.label)
        shown.append(f'<mark class="{label.lower()}" id="{anchor}-{escape(mark.id)}">')
        stack.append((end, label))
    close_until(len(annotation.text))
    shown.append(escape(annotation.text[at:]))
    return "".join(shown)


# What is told of a record: its name, its value, and the place of its words, if it has one.
_Fact = tuple[str, str, tuple[int, int] | None]


def _facts(record: Record, annotation: Annotation, anchor: str) -> str:
    ids = {(mark.start, mark.end): mark.id for mark in annotation.marks}
    items = []
    for number, facts in enumerate(_groups(record)):
        for place, (name, value, words) in enumerate(facts):
            kind = ' class="first"' if number and not place else ""
            shown = escape(value)
            if words in ids:
                shown = f'<a href="#{anchor}-{escape(ids[words])}">{shown}</a>'
            items.append(f'<dt{kind}>{escape(name)}</dt><dd{kind} lang="id">{shown}</dd>')
    return f"<dl>{''.join(items)}</dl>"


def _groups(record: Record) -> Iterator[Iterable[_Fact]]:
    source = record.source
    known = (
        (_("source"), source.uri or source.path),
        (_("published"), source.published),
    )
    yield [(name, value, None) for name, value in known if value]
    for event in record.events:
        yield _event(event)
    if record.people:
        yield [
            (
                _("person"),
                person.name + (f", {person.role.said}" if person.role else ""),
                (person.mentions[0].start, person.mentions[0].end) if person.mentions else None,
            )
            for person in record.people
        ]
    names = {person.id: person.name for person in record.people}
    if record.quotes:
        yield [_quote(one, names) for one in record.quotes]
    if record.warnings:
        yield [(_("please look at"), warning.message, None) for warning in record.warnings]


def _event(event: Event) -> Iterator[_Fact]:
    name = _("main event") if event.main else _("related event")
    yield name, event.name.said, (event.name.start, event.name.end)
    if event.type:
        yield _("type"), event.type, None
    if event.date is not None:
        yield _("date"), _day(event.date), (event.date.start_offset, event.date.end_offset)
    if event.venue is not None:
        yield _("venue"), event.venue.said, (event.venue.start, event.venue.end)
    for organizer in event.organizers:
        yield _("organiser"), organizer.said, (organizer.start, organizer.end)


def _day(date: EventDate) -> str:
    days = " … ".join(dict.fromkeys(filter(None, (date.start, date.end)))) or date.text
    times = "-".join(filter(None, (date.time_start, date.time_end)))
    return " ".join(filter(None, (days, times, date.timezone if times else None)))


def _quote(quote: Quote, names: dict[str, str]) -> _Fact:
    name = _("direct quote") if quote.kind == "direct" else _("reported speech")
    speaker = names.get(quote.speaker or "") or (
        quote.speaker_text.said if quote.speaker_text else ""
    )
    words = quote.text if len(quote.text) <= _SHORT else quote.text[:_SHORT] + "…"
    return name, f"{speaker}: {words}" if speaker else words, (quote.start, quote.end)
