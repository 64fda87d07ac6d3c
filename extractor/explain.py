"""A record told to a person: every field, its words, its place, its rule, how sure it is."""

from collections.abc import Iterator

from rich.markup import escape
from rich.tree import Tree
from spacy.tokens import Doc

from extractor.components.marks import marked
from extractor.language.found import Found
from extractor.messages import _
from extractor.record import Event, EventDate, Quote, Record, Span, Venue


def explanation(record: Record, doc: Doc) -> Tree:
    """The record as a tree for a terminal; ``doc`` is the marked Doc it was read from."""
    title = record.source.title or record.text.split("\n", 1)[0]
    tree = Tree(f"[bold]{escape(title)}[/bold]")
    for name, value in _head(record):
        tree.add(f"{name}: {value}")
    for event in record.events:
        branch = tree.add(_event_label(event))
        for line in _event_lines(event, {person.id: person.name for person in record.people}):
            branch.add(line)
    if not record.events:
        tree.add(_("no event found"))
    losers = [one for one in marked(doc, "events") if one.value.get("candidate")]
    if losers:
        winners = [one for one in marked(doc, "events") if one.value.get("main")]
        branch = tree.add(_("runners-up, and why they lost"))
        for one in sorted(losers, key=lambda f: -float(f.value.get("score", 0)))[:8]:
            branch.add(_loser(doc.text, one, winners[0] if winners else None))
    if record.people:
        branch = tree.add(_("people"))
        for person in record.people:
            parts = [f"[bold]{escape(person.name)}[/bold] ({person.id})"]
            if person.titles:
                parts.append(escape(", ".join(person.titles)))
            if person.aliases:
                parts.append(_("also") + " " + escape(", ".join(person.aliases)))
            if person.full_name:
                parts.append(escape(f"{person.full_name} [{person.full_name_source}]"))
            leaf = branch.add(" · ".join(parts))
            named = (person.name, *person.aliases)
            first = next((m for m in person.mentions if m.text in named), None)
            if first is not None:
                leaf.add(_("first named") + " " + _span(first))
            if person.role:
                leaf.add(_("role") + " " + _span(person.role))
    if record.quotes:
        branch = tree.add(_("quotes"))
        names = {person.id: person.name for person in record.people}
        for quote in record.quotes:
            leaf = branch.add(_quote_label(quote))
            for line in _quote_lines(quote, names):
                leaf.add(line)
    if record.removed:
        branch = tree.add(_("left out"))
        for gone in record.removed:
            branch.add(
                _("paragraph {n} = paragraph {kept}").format(
                    n=gone.paragraph, kept=gone.duplicate_of
                )
                + f" ({gone.similarity:.0%}) [dim]{gone.rule}[/dim] {escape(_short(gone.text))}"
            )
    if record.warnings:
        branch = tree.add(_("please look at"))
        for warning in record.warnings:
            place = (
                f" [dim]{warning.start}-{warning.end}[/dim]" if warning.start is not None else ""
            )
            branch.add(f"{warning.code}: {escape(warning.message)}{place}")
    return tree


def _head(record: Record) -> Iterator[tuple[str, str]]:
    if record.source.path:
        yield _("source"), escape(record.source.path)
    if record.source.uri:
        yield _("address"), escape(record.source.uri)
    yield _("published"), record.source.published or _("not known")
    yield _("rules"), record.rules_version
    if record.dateline:
        yield _("dateline"), _span(record.dateline)
    if record.credit:
        yield _("credit"), _span(record.credit)


def _event_label(event: Event) -> str:
    kind = _("main event") if event.main else _("related event")
    return f"{kind}: [bold]{escape(event.name.text)}[/bold] {_source(event.name)}"


def _event_lines(event: Event, names: dict[str, str]) -> Iterator[str]:
    kind = " / ".join(part for part in (event.type, event.event_class) if part)
    yield f"{_('type')}: {escape(kind) or _('not known')}"
    if event.phase:
        yield f"{_('phase')}: {escape(event.phase)}"
    yield _("status") + f": {event.status}"
    yield f"{_('date')}: " + (_date(event.date) if event.date else _("not found"))
    yield f"{_('venue')}: " + (_venue(event.venue) if event.venue else _("not found"))
    for organizer in event.organizers:
        yield f"{_('organiser')}: {_span(organizer)}"
    if event.theme:
        yield f"{_('theme')}: {_span(event.theme)}"
    if event.occasion:
        yield f"{_('occasion')}: {_span(event.occasion)}"
    for one in event.participants:
        known = escape(names.get(one, one)) if isinstance(one, str) else _span(one)
        yield _("participant") + f": {known}"


def _date(date: EventDate) -> str:
    days = date.start or "?"
    if date.end and date.end != date.start:
        days += f" … {date.end}"
    times = "-".join(time for time in (date.time_start, date.time_end) if time)
    shown = " ".join(part for part in (days, times, date.timezone) if part)
    note = ""
    if date.year_source != "written":
        note = " (" + _("year from") + f": {date.year_source})"
    if date.repair:
        note += " [yellow]" + _("perhaps") + f" {date.repair}[/yellow]"
    words = f'"{escape(date.text)}"'
    place = f"[dim]{date.start_offset}-{date.end_offset}[/dim]"
    return f"[bold]{shown}[/bold]{note} {words} {place} {_rule(date.rule, date.confidence)}"


def _venue(venue: Venue) -> str:
    parts = ", ".join(f"{name}: {value}" for name, value in venue.parts.items())
    shown = f'[bold]"{escape(venue.text)}"[/bold] [dim]{venue.start}-{venue.end}[/dim]'
    return f"{shown} {venue.mode} {escape(parts)} {_rule(venue.rule, venue.confidence)}"


def _quote_label(quote: Quote) -> str:
    place = f"[dim]{quote.start}-{quote.end}[/dim]"
    rule = _rule(quote.rule, quote.confidence)
    return f'{quote.kind}: "{escape(_short(quote.text))}" {place} {rule}'


def _quote_lines(quote: Quote, names: dict[str, str]) -> Iterator[str]:
    if quote.speaker is not None:
        yield f"{_('speaker')}: {escape(names.get(quote.speaker, quote.speaker))}"
    if quote.speaker_text is not None:
        yield _("said to be") + f" {_span(quote.speaker_text)}"
    if quote.cue is not None:
        yield _("cue") + f" {_span(quote.cue)}"
    if quote.delivered_by is not None:
        read_out = escape(names.get(quote.delivered_by, quote.delivered_by))
        yield _("read out by") + f" {read_out}"
    if quote.date is not None:
        yield _("said on") + f" {_date(quote.date)}"


def _loser(text: str, one: Found, winner: Found | None) -> str:
    """A candidate that lost: its score, and the features in which the winner had more."""
    name = escape(_short(text[one.start : one.end]))
    points = f"{float(one.value.get('score', 0)):.2f}"
    if winner is None:
        return f"{name}: {points} (" + _("below the threshold") + ")"
    mine = one.value.get("features") or {}
    its = winner.value.get("features") or {}
    gaps = {f: float(its.get(f, 0)) - float(mine.get(f, 0)) for f in {*mine, *its}}
    lost = sorted((f for f in gaps if gaps[f] > 0), key=lambda f: (-gaps[f], f))[:3]
    why = ", ".join(f"{f} -{gaps[f]:.2f}" for f in lost) or _("came later")
    return f"{name}: {points} / {float(winner.value.get('score', 0)):.2f} ({why})"


def _span(span: Span) -> str:
    return f'"{escape(span.text)}" {_source(span)}'


def _source(span: Span) -> str:
    return f"[dim]{span.start}-{span.end}[/dim] {_rule(span.rule, span.confidence)}"


def _rule(rule: str, confidence: float) -> str:
    return f"[cyan]{rule}[/cyan] {confidence:.2f}"


def _short(text: str, width: int = 90) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 1] + "…"
