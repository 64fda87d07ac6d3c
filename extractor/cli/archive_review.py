"""``rilis archive review``, ``decide``, ``reviews``: people look at what the rules read."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.text import Text

from extractor.archive.keys import release_key
from extractor.archive.reviewing.accepting import accept_all, acceptable
from extractor.archive.reviewing.addresses import parse
from extractor.archive.reviewing.deciding import ENVIRONMENT, reviewer_name
from extractor.archive.reviewing.looking import Decision, FieldView
from extractor.archive.reviewing.queueing import LIMIT, ORDERS, By, queue, waiting
from extractor.archive.reviewing.recalling import log_of
from extractor.archive.reviewing.requests import (
    ACTIONS,
    parts_given,
    perform,
    span_of,
)
from extractor.archive.reviewing.selecting import Filter
from extractor.archive.reviewing.undoing import undo
from extractor.archive.store import Store
from extractor.cli.archiving import ArchiveOption, open_archive
from extractor.cli.review_screen import confidence, decided, harmless, relinked, screen, shortened
from extractor.cli.review_session import Session
from extractor.cli.terminal import LangOption, choose_language, err, finish, out
from extractor.errors import UsageError
from extractor.messages import _, ngettext

FORMS = ("text", "json")
ReviewerOption = Annotated[
    str | None,
    typer.Option(
        "--reviewer",
        envvar=ENVIRONMENT,
        metavar="NAME",
        help=_("Who decides; the login name by default."),
    ),
]
FieldOption = Annotated[str | None, typer.Option(metavar="FIELD", help=_("Such as event.venue."))]
ReleaseOption = Annotated[
    str | None,
    typer.Option(metavar="KEY", help=_("Of one release: its id, or how it begins.")),
]
FormOption = Annotated[
    str, typer.Option("--format", metavar="|".join(FORMS), help=_("Form of the output."))
]


def review(
    by: Annotated[
        str,
        typer.Option(metavar="|".join(ORDERS), help=_("What comes first; second: others' work.")),
    ] = "confidence",
    field: FieldOption = None,
    site: Annotated[str | None, typer.Option(help=_("Of one site."))] = None,
    type_: Annotated[
        str | None, typer.Option("--type", help=_("Type or class of the event."))
    ] = None,
    release: ReleaseOption = None,
    rule: Annotated[str | None, typer.Option(help=_("Read by this rule."))] = None,
    at_least: Annotated[
        float | None, typer.Option(metavar="0-1", help=_("Confidence from here up."))
    ] = None,
    below: Annotated[
        float | None, typer.Option(metavar="0-1", help=_("Confidence below this."))
    ] = None,
    as_list: Annotated[
        bool, typer.Option("--list", help=_("List what waits; ask nothing."))
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help=_("How many to list."))] = LIMIT,
    form: FormOption = "text",
    all_at_once: Annotated[
        bool,
        typer.Option("--accept-all", help=_("Accept all of these; counts first.")),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help=_("Do not ask whether to."))] = False,
    undone: Annotated[
        str | None,
        typer.Option("--undo", metavar="last|N", help=_("Undo a decision, also an undoing.")),
    ] = None,
    note: Annotated[str | None, typer.Option(help=_("A note for the log."))] = None,
    reviewer: ReviewerOption = None,
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """One field at a time: its words in the text, rule, confidence, what others say."""
    choose_language(lang)
    order, who = _order(by), reviewer_name(reviewer)
    with open_archive(archive, read_only=as_list) as store:
        key = release_key(store, release)
        chosen = Filter(field, site, type_, key, rule, at_least, below)
        if as_list:
            _list(store, order, chosen, limit, who, _form(form))
            return
        if undone is not None:
            _undo(store, undone, who, note)
        elif all_at_once:
            _accept_all(store, order, chosen, who, note, yes)
        else:
            _session(store, order, chosen, who)


def _order(by: str) -> By:
    for known in ORDERS:
        if by == known:
            return known
    raise UsageError(_("--by {by}: one of {known}").format(by=by, known=", ".join(ORDERS)))


def _form(form: str) -> str:
    if form not in FORMS:
        said = _("--format {form}: one of {known}")
        raise UsageError(said.format(form=form, known=", ".join(FORMS)))
    return form


def _session(store: Store, by: By, chosen: Filter, who: str) -> None:
    session = Session(store, who, by, chosen, out)
    total = session.total
    done = session.run()
    if not session.answers.keys and session.answers.given == 0 and total:
        said = _(
            "no answers on standard input: answer with keys, one a line; or use --list, "
            "--accept-all, or rilis archive decide"
        )
        raise UsageError(said)
    said = ngettext("{n} decision by {who}", "{n} decisions by {who}", done)
    err.print(harmless(said.format(n=done, who=who)))


def _undo(store: Store, which: str, who: str, note: str | None) -> None:
    if which != "last" and not which.isdecimal():
        raise UsageError(_("--undo {n}: last, or the number of a decision").format(n=which))
    made = undo(store, None if which == "last" else int(which), reviewer=who, note=note)
    for one in made:
        err.print(harmless(f"#{one.id}  {one.address}  {decided(one)}"))
    _links(store, made)


def _accept_all(
    store: Store, by: By, chosen: Filter, who: str, note: str | None, yes: bool
) -> None:
    if by != "confidence" or chosen == Filter():
        raise UsageError(_("--accept-all: say which, such as --field event.date --at-least 0.95"))
    count = acceptable(store, chosen)
    said = ngettext("{n} field would be accepted", "{n} fields would be accepted", count)
    err.print(said.format(n=count))
    if not yes and not sys.stdin.isatty():
        raise UsageError(_("nothing done; add --yes to accept them"))
    if count and (yes or typer.confirm(_("Accept them?"), err=True)):
        done = accept_all(store, chosen, reviewer=who, note=note)
        said = ngettext("{n} field accepted", "{n} fields accepted", done)
        err.print(said.format(n=done) + "; " + _("--undo last takes it back"))


def _list(store: Store, by: By, chosen: Filter, limit: int, who: str, form: str) -> None:
    total = waiting(store, by, chosen, who)
    for number, view in enumerate(queue(store, by, chosen, limit, who), 1):
        if form == "json":
            print(json.dumps(plain_view(view), ensure_ascii=False))
        elif by == "confidence":
            value = shortened(" ".join(view.shown.split()), 200)
            out.print(Text(harmless(f"{view.address}  {confidence(view)}  {value}")))
        else:
            for line in screen(view, f"{number}/{total}", out.is_terminal):
                out.print(line)
    err.print(ngettext("{n} field waits", "{n} fields wait", total).format(n=total))


def plain_view(view: FieldView) -> dict[str, Any]:
    """A field as JSON: the names of FieldView, addresses as text."""
    told = asdict(view) | {"address": str(view.address)}
    told["decisions"] = [plain_decision(one) for one in view.decisions]
    for name in ("proposals", "conflicts"):
        told[name] = [asdict(one) | {"address": str(one.address)} for one in getattr(view, name)]
    return told


def plain_decision(one: Decision) -> dict[str, Any]:
    """A decision as JSON."""
    return asdict(one) | {"address": str(one.address)}


def decide(
    field: Annotated[
        str,
        typer.Argument(
            metavar="FIELD|N|KEY|-",
            help=_(
                "Such as event.venue:12; the number of a newer reading or decision; the key of "
                "a release to complete; - for decisions as JSON lines on standard input."
            ),
        ),
    ],
    action: Annotated[
        str | None, typer.Argument(metavar="|".join(ACTIONS), help=_("What to do."))
    ] = None,
    value: Annotated[
        str | None, typer.Argument(metavar="[VALUE]", help=_("To correct or add."))
    ] = None,
    parts: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help=_("A part, such as mode=online.")),
    ] = None,
    span: Annotated[
        str | None, typer.Option(metavar="A:B", help=_("Where the words stand in the text."))
    ] = None,
    seen: Annotated[
        str | None,
        typer.Option(metavar="TOKEN", help=_("Refuse if it is no longer as --list showed.")),
    ] = None,
    note: Annotated[str | None, typer.Option(help=_("A note for the log."))] = None,
    form: FormOption = "text",
    reviewer: ReviewerOption = None,
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """One decision, or many out of JSON lines: each is kept by itself, or refused with a reason."""
    choose_language(lang)
    form, who = _form(form), reviewer_name(reviewer)
    if field == "-":
        with open_archive(archive) as store:
            _many(store, who, form)
        return
    if action is None:
        raise UsageError(_("what to do? one of {known}").format(known=", ".join(ACTIONS)))
    request: dict[str, Any] = {"field": field, "action": action, "seen": seen, "note": note}
    if value is not None or parts:
        request["value"] = parts_given(parse(field), value, parts or [])
    if span is not None:
        request["span"] = span_of(span)
    with open_archive(archive) as store:
        made = perform(store, request, who)
        for one in made:
            _tell(one, form)
        _links(store, made)


def _links(store: Store, made: list[Decision]) -> None:
    for line in relinked(store, made):
        err.print(line)


def _many(store: Store, who: str, form: str) -> None:
    failed: list[tuple[str, str]] = []
    done: list[Decision] = []
    number = 0
    for place, request in _requests():
        try:
            if not isinstance(request, dict):
                raise UsageError(_("is no JSON object"))
            made = perform(store, request, who)
        except UsageError as error:
            failed.append((place, harmless(str(error))))
            continue
        done += made
        number += 1
        for one in made:
            _tell(one, form)
    _links(store, done)
    finish(failed, number)


def _requests() -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(sys.stdin.buffer, 1):
        if line.strip():
            try:
                yield f"-:{number}", json.loads(line)
            except (ValueError, RecursionError):
                yield f"-:{number}", None


def _tell(one: Decision, form: str) -> None:
    if form == "json":
        print(json.dumps(plain_decision(one), ensure_ascii=False))
    else:
        out.print(Text(harmless(f"#{one.id}  {one.address}  {decided(one)}")))


def reviews(
    field: Annotated[
        str | None, typer.Argument(metavar="FIELD", help=_("Such as event.venue:12."))
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help=_("Of whom."))] = None,
    release: ReleaseOption = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help=_("From this day on."))] = None,
    limit: Annotated[int | None, typer.Option(min=1, help=_("How many; all by default."))] = None,
    form: FormOption = "text",
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """The newest first; what was undone or replaced is marked."""
    choose_language(lang)
    form = _form(form)
    with open_archive(archive, read_only=True) as store:
        key = release_key(store, release)
        found = log_of(store, parse(field) if field else None, by, key, since, limit)
    for one, key, stands in found:
        if form == "json":
            told = plain_decision(one) | {"release": key, "stands": stands}
            print(json.dumps(told, ensure_ascii=False))
        else:
            mark = " " if stands else "-"
            line = f"{mark} #{one.id}  {key}  {one.address}  {decided(one)}"
            out.print(Text(harmless(line), style="" if stands else "dim"))
