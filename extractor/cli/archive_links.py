"""``rilis archive links``: what people decide of links, and the log of it."""

import json
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.text import Text

from extractor.archive.linking import operations
from extractor.archive.linking.addresses import entity_number, kind_of, mention_numbers
from extractor.archive.linking.attaching import attach
from extractor.archive.linking.decisions import Kind
from extractor.archive.reviewing.deciding import reviewer_name
from extractor.archive.store import Store
from extractor.cli.archive_link import FormatOption, LimitOption, known_form
from extractor.cli.archiving import ArchiveOption, open_archive
from extractor.cli.terminal import LangOption, choose_language, err, example, out
from extractor.errors import UsageError
from extractor.messages import _

KindArgument = Annotated[str, typer.Argument(metavar="person|event", help=_("What is linked."))]
EntityArgument = Annotated[
    str, typer.Argument(metavar="N", help=_("The number of a person or event across releases."))
]
MentionsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="RELEASE#p1|RELEASE#1…",
        help=_(
            "Mentions, as `rilis archive people --all` and events show them; of the release's id "
            "the beginning is enough."
        ),
    ),
]
ReasonOption = Annotated[str, typer.Option("--reason", help=_("Why; it goes into the log."))]
AuthorOption = Annotated[
    str | None,
    typer.Option("--author", help=_("Who decides; RILIS_REVIEWER or the login name by default.")),
]

links = typer.Typer(
    no_args_is_help=True, add_completion=False, rich_markup_mode="rich",
    help=_("Decide on links: link by hand, merge, split, confirm, reject, undo; the log of it."),
    epilog=example("rilis archive links log"),
)  # fmt: skip


@links.command(
    "link", help=_("Link mentions to an entity by hand; no run of `archive link` parts them."),
    epilog=example('rilis archive links link person 12 9b1c#p2 --reason "the same man"'),
)  # fmt: skip
def link(
    kind: KindArgument,
    entity: EntityArgument,
    mentions: MentionsArgument,
    reason: ReasonOption,
    author: AuthorOption = None,
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """No run of ``rilis archive link`` changes it; where a run linked a mention elsewhere, that
    link is rejected."""
    choose_language(lang)
    what, who = kind_of(kind), reviewer_name(author)
    number = entity_number(what, entity)
    with open_archive(archive) as store:
        some = _numbers(store, what, mentions)
        done, _into = attach(store, what, number, some, reason=reason, author=who)
    _done(done)


@links.command(
    "new", help=_("Give mentions that are linked to nothing an entity of their own."),
    epilog=example('rilis archive links new person 3f2a#p1 9b1c#p2 --reason "the same man"'),
)  # fmt: skip
def new(
    kind: KindArgument,
    mentions: MentionsArgument,
    reason: ReasonOption,
    author: AuthorOption = None,
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """Prints its number."""
    choose_language(lang)
    what, who = kind_of(kind), reviewer_name(author)
    with open_archive(archive) as store:
        some = _numbers(store, what, mentions)
        done, number = attach(store, what, None, some, reason=reason, author=who)
    _done(done)
    print(f"{what}:{number}")


@links.command(
    "merge", help=_("Two entities are one: the mentions of the second go to the first."),
    epilog=example('rilis archive links merge person 12 31 --reason "one and the same"'),
)  # fmt: skip
def merge(
    kind: KindArgument,
    into: Annotated[str, typer.Argument(metavar="N", help=_("The entity that stays."))],
    other: Annotated[str, typer.Argument(metavar="M", help=_("The entity that goes into it."))],
    reason: ReasonOption,
    author: AuthorOption = None,
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """All mentions of the second belong to the first from now on."""
    choose_language(lang)
    what, who = kind_of(kind), reviewer_name(author)
    numbers = entity_number(what, into), entity_number(what, other)
    with open_archive(archive) as store:
        _done(operations.merge(store, what, *numbers, reason=reason, author=who))


@links.command(
    "split", help=_("Some mentions of an entity are not it: they get an entity of their own."),
    epilog=example('rilis archive links split person 12 3f2a#p1 --reason "the son"'),
)  # fmt: skip
def split(
    kind: KindArgument,
    entity: EntityArgument,
    mentions: MentionsArgument,
    reason: ReasonOption,
    author: AuthorOption = None,
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """They make an entity of their own."""
    choose_language(lang)
    what, who = kind_of(kind), reviewer_name(author)
    number = entity_number(what, entity)
    with open_archive(archive) as store:
        some = _numbers(store, what, mentions)
        done, new = operations.split(store, what, number, some, reason=reason, author=who)
    _done(done)
    print(f"{what}:{new}")


@links.command(
    "confirm", help=_("Mentions do belong to an entity; without any, all of them."),
    epilog=example("rilis archive links confirm person 12"),
)  # fmt: skip
def confirm(
    kind: KindArgument,
    entity: EntityArgument,
    mentions: Annotated[
        list[str] | None,
        typer.Argument(metavar="RELEASE#p1|RELEASE#1…", help=_("Mentions; all by default.")),
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", help=_("Why."))] = None,
    author: AuthorOption = None,
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """No run of ``rilis archive link`` changes them any more."""
    choose_language(lang)
    what, who = kind_of(kind), reviewer_name(author)
    number = entity_number(what, entity)
    with open_archive(archive) as store:
        some = _numbers(store, what, mentions or [])
        _done(operations.confirm(store, what, number, some, author=who, reason=reason))


@links.command(
    "reject", help=_("Mentions do not belong to an entity; they are not proposed for it again."),
    epilog=example("rilis archive links reject person 12 3f2a#p1"),
)  # fmt: skip
def reject(
    kind: KindArgument,
    entity: EntityArgument,
    mentions: MentionsArgument,
    reason: Annotated[str | None, typer.Option("--reason", help=_("Why."))] = None,
    author: AuthorOption = None,
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """The link stays in the archive as rejected."""
    choose_language(lang)
    what, who = kind_of(kind), reviewer_name(author)
    number = entity_number(what, entity)
    with open_archive(archive) as store:
        some = _numbers(store, what, mentions)
        _done(operations.reject(store, what, number, some, author=who, reason=reason))


@links.command(
    "undo", help=_("Put back what an operation changed, whole."),
    epilog=example("rilis archive links undo last"),
)  # fmt: skip
def undo(
    operation: Annotated[
        str, typer.Argument(metavar="N|last", help=_("Its number; last: what was done last."))
    ],
    author: AuthorOption = None,
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """Later operations on the same rows must be undone first."""
    choose_language(lang)
    if operation != "last" and not operation.isdecimal():
        told = _("{said}: name an operation by its number, or `last`")
        raise UsageError(told.format(said=operation))
    number = None if operation == "last" else int(operation)
    with open_archive(archive) as store:
        undone = operations.undo(store, number, author=reviewer_name(author))
    said = _("operation {n} is undone: {kind} {action}")
    err.print(said.format(n=undone.number, kind=undone.kind, action=undone.action))


@links.command(
    "log", help=_("List operations, the last first."), epilog=example("rilis archive links log")
)
def log(
    kind: Annotated[
        str | None, typer.Argument(metavar="person|event", help=_("Only of this kind."))
    ] = None,
    limit: LimitOption = 50,
    form: FormatOption = "text",
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """Who, when, what, why."""
    choose_language(lang)
    known_form(form)
    what = None if kind is None else kind_of(kind)
    with open_archive(archive, read_only=True) as store, store.read() as connection:
        rows = operations.log(connection, what, limit + 1)
    if len(rows) > limit:
        err.print(_("there are more; --limit {n} lists up to twice as many").format(n=2 * limit))
    rows = rows[:limit]
    if form == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        line = f"{row['id']:>5}  {row['done_at']}  {row['kind']} {row['action']}  {row['author']}"
        out.print(Text(line + (f"  {row['reason']}" if row["reason"] else "")))
        if row["undone_at"]:
            said = _("undone {when} by {who}")
            out.print(Text("         " + said.format(when=row["undone_at"], who=row["undone_by"])))


def _numbers(store: Store, kind: Kind, said: Sequence[str]) -> list[int]:
    with store.read() as connection:
        return mention_numbers(connection, kind, said)


def _done(operation: int) -> None:
    said = _("operation {n}; `rilis archive links undo {n}` takes it back")
    err.print(said.format(n=operation))
