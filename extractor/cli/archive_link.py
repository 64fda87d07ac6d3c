"""``rilis archive link``, ``people``, ``events``, ``differences``: the same across releases."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.text import Text

from extractor.archive.linking.addresses import entity_number
from extractor.archive.linking.decisions import Kind
from extractor.archive.linking.differences import Difference, differences
from extractor.archive.linking.entities import (
    Entity,
    Mention,
    count_unlinked,
    count_withheld,
    entities,
    unlinked,
)
from extractor.archive.linking.knowledge import knowledge
from extractor.archive.linking.running import RULES, Linked
from extractor.archive.linking.running import link as run_link
from extractor.cli.archiving import ArchiveOption, open_archive
from extractor.cli.terminal import LangOption, choose_language, err, out, progress
from extractor.errors import UsageError
from extractor.messages import _
from extractor.rulebook import shared_rulebook

FORMS = ("text", "json")
FormatOption = Annotated[
    str, typer.Option("--format", metavar="|".join(FORMS), help=_("Form of the output."))
]
WithheldOption = Annotated[
    bool, typer.Option("--withheld", help=_("Also who is withheld: for those who decide only."))
]
NameArgument = Annotated[
    str | None,
    typer.Argument(metavar="NAME|N", help=_("Words of the name in any spelling, or a number.")),
]
AllOption = Annotated[
    bool, typer.Option("--all", help=_("Also what one release alone tells of, behind the others."))
]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help=_("How many at most."))]


def link(
    since: Annotated[
        str | None,
        typer.Option(
            "--since", metavar="INSTANT",
            help=_(
                "Look at what came in since then, such as 2024-05-03; 1900 looks at all. "
                "Since the last run by default."
            ),
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Tell what would be linked; change nothing."))
    ] = False,
    form: FormatOption = "text",
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:  # fmt: skip
    """What people made, confirmed or rejected is never changed."""
    choose_language(lang)
    known_form(form)
    with open_archive(archive) as store, progress() as watch:
        done = run_link(store, since, dry_run, watch=watch)
    if form == "json":
        print(json.dumps([_counts(one) for one in done], ensure_ascii=False, indent=2))
        return
    for one in done:
        said = _(
            "{kind}: new links: {links}, gone: {gone}; new entities: {entities}; "
            "mentions looked at: {considered} of {mentions}; pairs compared: {pairs}"
        )
        told = said.format(
            kind=_kinds()[one.kind], links=one.new_links, gone=one.gone_links,
            entities=one.new_entities, considered=one.considered, mentions=one.mentions,
            pairs=one.pairs,
        )  # fmt: skip
        err.print(told)
        if one.dropped:
            said = _("{kind}: pairs left out, whose key too many share, far apart in time: {n}")
            err.print(said.format(kind=_kinds()[one.kind], n=one.dropped))


def _counts(one: Linked) -> dict[str, Any]:
    told = asdict(one)
    told["proposed"] = [
        {"entity": entity, "mention": mention, "score": score}
        for entity, mention, score in one.proposed
    ]
    return told


def _kinds() -> dict[str, str]:
    return {"person": _("persons"), "event": _("events")}


def people(
    name: NameArgument = None,
    every: AllOption = False,
    limit: LimitOption = 50,
    withheld: WithheldOption = False,
    form: FormatOption = "text",
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """With roles over time, every mention, and the reasons for each link."""
    choose_language(lang)
    _list("person", name, every, limit, withheld, form, archive)


def events(
    name: NameArgument = None,
    every: AllOption = False,
    limit: LimitOption = 50,
    withheld: WithheldOption = False,
    form: FormatOption = "text",
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """With every release that tells of it, and the reasons for each link."""
    choose_language(lang)
    _list("event", name, every, limit, withheld, form, archive)


def _list(
    kind: Kind,
    name: str | None,
    every: bool,
    limit: int,
    withheld: bool,
    form: str,
    archive: str | None,
) -> None:
    known_form(form)
    known = knowledge(shared_rulebook(os.environ.get(RULES) or None))
    with open_archive(archive, read_only=True) as store, store.read() as connection:
        found = list(entities(connection, kind, known, name, withheld, limit + 1))
        if every or (name and not found):  # who is asked for by name is told of, linked or not
            left = limit + 1 - len(found)
            found += unlinked(connection, kind, known, name, withheld, left)
        alone = 0 if every or name else count_unlinked(connection, kind, withheld)
        # beside a name the count would say whether it is that of one who is withheld
        hidden = 0 if withheld or name else count_withheld(connection, kind, every)
    more, found = len(found) > limit, found[:limit]
    if form == "json":
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
    else:
        for one in found:
            out.print(Text("\n".join(_lines(one, bool(name)))))
        if not found:
            nobody = _("nobody and nothing is linked so; `rilis archive link` links what is new")
            err.print(nobody)
    if alone:
        said = {
            "person": _("persons of whom one release alone tells: {n}; --all lists them too"),
            "event": _("events of which one release alone tells: {n}; --all lists them too"),
        }[kind]
        err.print(said.format(n=alone))
    _tell_withheld(kind, hidden)
    if more:
        err.print(_("there are more; --limit {n} lists up to twice as many").format(n=2 * limit))


def _tell_withheld(kind: Kind, hidden: int) -> None:
    if hidden:
        said = _("{kind}: withheld and left out: {n}; --withheld lists them too")
        err.print(said.format(kind=_kinds()[kind], n=hidden))


def _lines(one: Entity, full: bool) -> Iterator[str]:
    """An entity in lines; ``full``: with every mention and its reasons."""
    number = "    ·" if one.id is None else f"{one.id:>5}"
    count = "" if one.id is None else f"  ({len(one.mentions)})"
    if one.kind == "person":
        yield f"{number}  {one.full_name or one.name}{count}"
        for role in one.roles:
            days = " – ".join(dict.fromkeys(d for d in (role.first, role.last) if d))
            yield f"         {role.title}  {days}  ×{role.times}"
    else:
        days = " – ".join(dict.fromkeys(d for d in (one.start_date, one.end_date) if d))
        yield f"{number}  {one.name}  {days}{count}"
        yield from (f"         {said}" for said in (one.venue, one.organizer) if said)
    if full or one.id is None:
        for mention in one.mentions:
            yield from _mention_lines(mention)


def _mention_lines(one: Mention) -> Iterator[str]:
    said = ", ".join(filter(None, (one.name, one.role, one.day, one.site)))
    yield f"       · {one.address}  {said}"
    if one.state != "proposed":
        yield f"           {_states()[one.state]}: {one.author}"
    if one.reasons:
        told = ", ".join(f"{reason_words(r.about, r.how)} {r.bits:+.1f}" for r in one.reasons)
        beside = f" ~ {one.compared_with}" if one.compared_with else ""
        yield f"           {one.score:.4f}{beside}: {told}"


def reason_words(about: str, how: str) -> str:
    """A reason as it is told."""
    whats = {
        "name": _("name"), "alias": _("nickname"), "office": _("office"), "place": _("place"),
        "address": _("form of address"), "titles": _("titles"), "site": _("publisher"),
        "event": _("event"), "prior": _("how many there are"), "day": _("day"),
        "time": _("time"), "number": _("number in the name"), "village": _("village"),
        "room": _("hall"), "organizer": _("organiser"), "type": _("kind of event"),
        "people": _("who was there"), "release": _("release"),
    }  # fmt: skip
    hows = {
        "same": _("the same"), "spelling": _("another spelling"), "close": _("a slip of the pen"),
        "far": _("two slips of the pen"), "short": _("shortened"), "missing": _("left out"),
        "other": _("another"), "alone": _("says too little alone"), "seat": _("at the same time"),
        "term": _("within one term"), "part": _("in part"), "twice": _("in two places at once"),
        "clash": _("two at once"), "near": _("near"), "away": _("elsewhere"),
        "published": _("by publication"), "beside": _("the day beside"), "alike": _("alike"),
        "together": _("all of it together"),
    }  # fmt: skip
    what = whats.get(about, about)
    return what if about == "prior" else f"{what}: {hows.get(how, how)}"


def _states() -> dict[str, str]:
    return {"confirmed": _("confirmed"), "rejected": _("rejected"), "proposed": _("proposed")}


def show_differences(
    event: Annotated[
        str | None,
        typer.Argument(metavar="EVENT", help=_("The number of an event; all by default.")),
    ] = None,
    withheld: WithheldOption = False,
    form: FormatOption = "text",
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """Other day, venue, organiser, number of participants, each with who says so, and who is
    silent; of one event also what only some tell."""
    choose_language(lang)
    known_form(form)
    number = None if event is None else entity_number("event", event)
    known = knowledge(shared_rulebook(os.environ.get(RULES) or None))
    with open_archive(archive, read_only=True) as store, store.read() as connection:
        found = list(differences(connection, known, number, withheld, number is not None))
        hidden = 0 if withheld or number is not None else count_withheld(connection, "event")
    if form == "json":
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
    else:
        for one in found:
            out.print(Text("\n".join(_difference_lines(one))))
        if not found:
            err.print(_("no releases that are linked tell anything differently"))
    _tell_withheld("event", hidden)


def _difference_lines(one: Difference) -> Iterator[str]:
    fields = {
        "date": _("day"), "time": _("time"), "venue": _("venue"), "organizer": _("organiser"),
        "participants": _("participants"),
    }  # fmt: skip
    yield f"{one.entity:>5}  {one.name}: {fields[one.field]}"
    for value in one.values:
        yield f"         {value.value}"
        for said in value.said:
            site = f" ({said.site})" if said.site else ""
            yield f"           {said.release}{site}: “{said.words}”"
    if one.silent:
        nothing = _("not told by {releases}").format(releases=", ".join(one.silent))
        yield f"         {nothing}"


def known_form(form: str) -> None:
    """Raises UsageError where there is no such form of output."""
    if form not in FORMS:
        said = _("--format {form}: the forms are {known}")
        raise UsageError(said.format(form=form, known=", ".join(FORMS)))
