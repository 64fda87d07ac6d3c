"""``rilis archive search`` and ``reindex``: find releases by their words, names, kinds and days."""

import csv
import json
import sys
from collections.abc import Iterable
from typing import Annotated, Any

import typer
from rich.text import Text

from extractor.archive.index.searchable import FACETS, reindex, settle
from extractor.archive.records import release_ids
from extractor.archive.risk.disclosure import refresh
from extractor.archive.risk.names_at_risk import rulebook
from extractor.archive.searching import (
    Asked,
    Facets,
    Found,
    Hit,
    LeftOut,
    Missing,
    facets,
    left_out,
    missing,
    query_of,
    search,
)
from extractor.archive.searching.hits import FARTHEST
from extractor.archive.store import Store
from extractor.cli.archiving import ArchiveOption, open_archive
from extractor.cli.terminal import LangOption, choose_language, err, out, progress
from extractor.errors import UsageError
from extractor.messages import _, ngettext, printable

FORMATS = ("text", "json", "jsonl", "csv", "ids")
SORTS = ("relevance", "date")
_COLUMNS = (
    "key", "day", "title", "event", "type", "class", "status", "venue", "site", "uri", "published",
    "snippet",
)  # fmt: skip


def search_archive(
    query: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="QUERY",
            help=_(
                'Words (by stem), "a phrase", begin*, a OR b, -without, field:words; '
                "fields such as judul: orang: tempat: jenis:."
            ),
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DAY", help=_("On this day or later: of the event, else published.")),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DAY", help=_("On this day or before."))
    ] = None,
    venue: Annotated[str | None, typer.Option(help=_("Held at a venue with these words."))] = None,
    city: Annotated[str | None, typer.Option(help=_("Held in this town or regency."))] = None,
    person: Annotated[
        str | None, typer.Option(help=_("Naming this person, in any spelling."))
    ] = None,
    speaker: Annotated[str | None, typer.Option(help=_("Quoting this person."))] = None,
    organizer: Annotated[str | None, typer.Option(help=_("Organised by this office."))] = None,
    type_: Annotated[str | None, typer.Option("--type", help=_("With such an event."))] = None,
    class_: Annotated[
        str | None, typer.Option("--class", help=_("With an event of this class."))
    ] = None,
    status: Annotated[
        str | None, typer.Option(metavar="held|planned|postponed|cancelled", help=_("So it went."))
    ] = None,
    site: Annotated[str | None, typer.Option(help=_("Of this site alone."))] = None,
    facet: Annotated[
        list[str] | None,
        typer.Option(metavar=",".join(FACETS), help=_("Count the values of these among all hits.")),
    ] = None,
    sort: Annotated[
        str, typer.Option(metavar="|".join(SORTS), help=_("Titles first, or the latest first."))
    ] = "relevance",
    limit: Annotated[int, typer.Option(min=0, max=1_000, help=_("So many hits."))] = 20,
    offset: Annotated[int, typer.Option(min=0, max=FARTHEST, help=_("Behind so many hits."))] = 0,
    form: Annotated[
        str, typer.Option("--format", metavar="|".join(FORMATS), help=_("The form."))
    ] = "text",
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """Status 0 where something was found, 1 where nothing was."""
    choose_language(lang)
    _one_of("--format", form, FORMATS)
    _one_of("--sort", sort, SORTS)
    values = {
        "venue": venue, "city": city, "person": person, "speaker": speaker,
        "organizer": organizer, "type": type_, "class": class_, "status": status, "site": site,
    }  # fmt: skip
    given = tuple((name, words) for name, words in values.items() if words is not None)
    said = " ".join(query or ())
    asked = query_of(Asked(said, given, since, until), rulebook()["search"])
    named = [name.strip() for one in facet or () for name in one.split(",") if name.strip()]
    with open_archive(archive, read_only=True) as store, store.read() as connection:
        counted = facets(connection, asked, named) if named else {}
        found = search(connection, asked, limit, offset, "date" if sort == "date" else "relevance")
        nowhere = [] if found.total else missing(connection, asked)
        hidden = left_out(connection)
    if found.stale:
        err.print(
            _(
                "{archive}: was indexed with other stems than the rules have now, hits may be "
                "missing; rilis archive reindex"
            ).format(archive=store.location)
        )
    _write(form, found, counted, offset, hidden)
    for one in nowhere:
        err.print(_nowhere(one))
    _left_out(found, hidden)
    raise typer.Exit(0 if found.total else 1)


def reindex_archive(archive: ArchiveOption = None, lang: LangOption = None) -> None:
    """All in one transaction: until it is done the search finds what it found before."""
    choose_language(lang)
    with open_archive(archive) as store:
        index_anew(store)


def index_anew(store: Store) -> None:
    """Make the index of all releases anew, and say so."""
    with store.write() as connection, progress() as watch:
        reindex(connection)
        ids = release_ids(connection)
        for at in range(0, len(ids), 500):
            some = ids[at : at + 500]
            refresh(connection, some)
            for _one in some:
                watch(None)
        settle(connection)
    said = ngettext("{n} release indexed anew", "{n} releases indexed anew", len(ids))
    err.print(said.format(n=len(ids)))


def _one_of(option: str, given: str, known: Iterable[str]) -> None:
    if given not in known:
        said = _("{option} {given}: one of {known}")
        raise UsageError(said.format(option=option, given=given, known=", ".join(known)))


def as_json(hit: Hit) -> dict[str, Any]:
    """A hit as JSON: places of marks are code points of the title and of the release's text."""
    return {
        "key": hit.key, "day": hit.day, "title": hit.title,
        "title_marks": [list(mark) for mark in hit.title_marks], "event": hit.event,
        "type": hit.type, "class": hit.event_class, "status": hit.status, "venue": hit.venue,
        "site": hit.site, "uri": hit.uri, "published": hit.published,
        "snippet": {
            "text": hit.snippet.text, "start": hit.snippet.start,
            "marks": [list(mark) for mark in hit.snippet.marks], "html": hit.snippet.html(),
        },
    }  # fmt: skip


def _nowhere(one: Missing) -> Text:
    said = f"{one.field}:{one.said}" if one.field else one.said
    if one.near:
        told = _("{said}: no release has it; {field}:{near} is spelt nearly so")
        return Text(printable(told.format(said=said, field=one.field, near=one.near)))
    return Text(printable(_("{said}: no release has it").format(said=said)))


def _left_out(found: Found, hidden: LeftOut) -> None:
    if found.undated:
        said = ngettext(
            "{n} more release matches but has no day; without --since and --until it is found",
            "{n} more releases match but have no day; without --since and --until they are found",
            found.undated,
        )
        err.print(said.format(n=found.undated))
    if hidden.releases:
        said = ngettext(
            "{n} release is withheld and left out",
            "{n} releases are withheld and left out",
            hidden.releases,
        )
        err.print(said.format(n=hidden.releases))
    if hidden.struck_out:
        said = ngettext(
            "in {n} release names are struck out, which no search finds",
            "in {n} releases names are struck out, which no search finds",
            hidden.struck_out,
        )
        err.print(said.format(n=hidden.struck_out))


def _write(form: str, found: Found, counted: Facets, offset: int, hidden: LeftOut) -> None:
    if form == "json":
        told: dict[str, Any] = {
            "total": found.total, "offset": offset, "undated": found.undated,
            "withheld": {"releases": hidden.releases, "names_struck_out_in": hidden.struck_out},
            "hits": [as_json(hit) for hit in found.hits],
            "facets": {
                name: [{"value": value, "count": n} for value, n in values]
                for name, values in counted.items()
            },
        }  # fmt: skip
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif form == "jsonl":
        for hit in found.hits:
            typer.echo(json.dumps(as_json(hit), ensure_ascii=False))
    elif form == "csv":
        rows = csv.writer(sys.stdout, lineterminator="\n")
        rows.writerow(_COLUMNS)
        for hit in found.hits:
            one = as_json(hit) | {"snippet": hit.snippet.marked("", "")}
            rows.writerow([one[name] for name in _COLUMNS])
    elif form == "ids":
        for hit in found.hits:
            typer.echo(hit.key)
    else:
        _print(found, counted, offset)
    if form not in ("json", "text"):
        _facets(counted, err)


def _print(found: Found, counted: Facets, offset: int) -> None:
    for hit in found.hits:
        line = Text(hit.day or _("no day"), style="dim").append("  ")
        out.print(line + _bold(hit.title, hit.title_marks))
        kind = " · ".join(one for one in (hit.type, hit.event, hit.venue) if one)
        if kind:
            out.print(Text("  ") + Text(printable(kind)))
        out.print(Text("  ") + Text(f"[{hit.key}]", style="dim").append(" ") + _snippet(hit))
    _facets(counted, out)
    shown = len(found.hits)
    if shown < found.total and shown:
        said = _("{first} to {last} of {n} releases")
        err.print(said.format(first=offset + 1, last=offset + shown, n=found.total))
    else:
        said = ngettext("{n} release found", "{n} releases found", found.total)
        err.print(said.format(n=found.total))


def _bold(text: str, marks: Iterable[tuple[int, int]]) -> Text:
    told = Text(printable(text))
    for start, end in marks:
        told.stylize("bold", start, end)
    return told


def _snippet(hit: Hit) -> Text:
    one = hit.snippet
    told = _bold(one.text, ((a - one.start, b - one.start) for a, b in one.marks))
    return Text("…" if one.cut_before else "") + told + Text("…" if one.cut_after else "")


def _facets(counted: Facets, console: Any) -> None:
    for name, values in counted.items():
        console.print(Text(name, style="bold"))
        for value, n in values:
            console.print(Text(f"{n:>8}  {printable(value)}"))
