"""``rilis replay``: articles out of WARC files, without the network."""

import json
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from extractor.batch.output import RecordFile
from extractor.cli.fetching import days_of, printable
from extractor.cli.terminal import (
    LangOption,
    RulesOption,
    choose_language,
    err,
    example,
    finish,
    progress,
)
from extractor.errors import SourceError, UsageError
from extractor.fetching.replay import Other, Replay, Selection, Tally, warc_files
from extractor.messages import _, ngettext
from extractor.rulebook import shared_rulebook
from extractor.sites.loading import load_sites

app = typer.Typer(rich_markup_mode="rich", add_completion=False, pretty_exceptions_enable=False)
_REASONS = 20


@app.command(
    help=_("Read articles out of WARC files again, of rilis or any other tool; no network."),
    epilog=example("rilis replay corpus/fetched/dpmppa -o articles.jsonl"),
)
def command(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="WARC…", help=_("WARC files (.warc .warc.gz), folders of them, patterns.")
        ),
    ],
    site: Annotated[
        str | None,
        typer.Option(metavar="SITE", help=_("Read pages by this site rule, and no others.")),
    ] = None,
    host: Annotated[
        str | None,
        typer.Option(
            metavar="PATTERN", help=_("Only pages of these hosts, such as *.pekalongankota.go.id.")
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help=_("Write there, whole or not at all.")),
    ] = None,
    versions: Annotated[
        bool, typer.Option("--versions", help=_("All versions of an article, not only the last."))
    ] = False,
    others: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help=_("Write every answer that is no article there, with the reason.")
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help=_("Only articles from this day on."))
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help=_("Only articles up to this day."))
    ] = None,
    rules: RulesOption = None,
    lang: LangOption = None,
) -> None:
    """Articles as JSON lines, duplicates by their canonical address; the rest is summed up."""
    choose_language(lang)
    sites = load_sites(shared_rulebook(str(rules) if rules else None).folders)
    chosen = sites.by_id(site) if site is not None else None
    selection = Selection(chosen, host, days_of(since, until))
    files = list(warc_files(inputs))
    for target in (output, others):
        named = {os.path.realpath(file) for file in files if isinstance(file, Path)}
        if target is not None and os.path.realpath(target) in named:
            raise UsageError(_("{path}: is an input too; name another output").format(path=target))
    failed: list[tuple[str, str]] = []
    done = 0
    with Replay(sites, selection) as replay, ExitStack() as stack:
        rest = _others(stack, others)
        tick = stack.enter_context(progress())

        def other(found: Other) -> None:
            tick(found)
            rest(found)

        for file in files:
            if isinstance(file, SourceError):
                failed.append((file.path, file.reason))
                continue
            before = len(failed)
            try:
                replay.read(file, lambda said: err.print(printable(f"rilis: {said}")), other)
            except SourceError as error:
                failed.append((error.path, error.reason))
            done += len(failed) == before
        _write(replay, output, versions)
        _summary(replay.tally)
    finish(failed, done)


def _others(stack: ExitStack, path: Path | None) -> Callable[[Other], None]:
    if path is None:
        return lambda found: None
    file = stack.enter_context(RecordFile(path))

    def write(found: Other) -> None:
        file.write(json.dumps(vars(found), ensure_ascii=False).encode())

    return write


def _write(replay: Replay, output: Path | None, versions: bool) -> None:
    if output is None:
        for line in replay.lines(versions):
            sys.stdout.buffer.write(line.encode())
        return
    with RecordFile(output) as file:
        for line in replay.lines(versions):
            file.write(line.rstrip("\n").encode())


def _summary(tally: Tally) -> None:
    """What was read, and what of it is no article, on standard error."""
    kinds = tally.kinds
    parts = [
        ngettext("{n} answer", "{n} answers", tally.answers).format(n=tally.answers),
        ngettext("{n} with an article", "{n} with an article", tally.articles).format(
            n=tally.articles
        ),
    ]
    names = {
        "listing": _("{n} listings"),
        "redirect": _("{n} redirects"),
        "robots": _("{n} robots.txt"),
        "unchanged": _("{n} unchanged"),
        "elsewhere": _("{n} of other hosts"),
        "failed": _("{n} without an article"),
    }
    parts += [said.format(n=kinds[kind]) for kind, said in names.items() if kinds[kind]]
    err.print(", ".join(parts))
    for reason, times in tally.reasons.most_common(_REASONS):
        said = _("{n} × {reason}; first {url}")
        told = said.format(n=times, reason=reason, url=tally.first[reason])
        err.print("  " + printable(told))
    left = len(tally.reasons) - _REASONS
    if left > 0:
        err.print("  " + _("and {n} more reasons; --others FILE lists them all").format(n=left))
