"""``rilis fetch``: the releases of a site, kept as they were served and as articles."""

import importlib.metadata
import re
import sys
import time
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from extractor.cli.terminal import LangOption, RulesOption, choose_language, err, example
from extractor.errors import UsageError
from extractor.fetching.client import Limits
from extractor.fetching.crawl import Wishes
from extractor.fetching.engine import Manner, fetch, targets
from extractor.fetching.frontier import Days
from extractor.fetching.report import Counts, SiteReport
from extractor.messages import _, ngettext
from extractor.rulebook import shared_rulebook
from extractor.sites.loading import shared_sites

app = typer.Typer(rich_markup_mode="rich", add_completion=False, pretty_exceptions_enable=False)
_INTERRUPTED = 130
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class _Shown:
    """A line a site on a terminal; elsewhere only what has to be said."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._lines: dict[str, TaskID] = {}
        self._began = time.monotonic()

    def progress(self, site: str, counts: Counts) -> None:
        if self._bar.disable:
            return
        if site not in self._lines:
            self._lines[site] = self._bar.add_task(site, total=None)
        rate = counts.pages / max(time.monotonic() - self._began, 0.001)
        said = _("{pages} pages, {articles} articles, {failed} failed, {rate:.1f} pages/s")
        told = said.format(
            pages=counts.pages, articles=counts.articles, failed=counts.failed, rate=rate
        )
        self._bar.update(self._lines[site], description=f"{site}: {told}")

    def note(self, site: str, message: str) -> None:
        err.print(_line(f"{site}: {message}" if site else message))

    def failed(self, site: str, address: str, reason: str) -> None:
        err.print(_line(f"{site}: {address}: {reason}"))


def printable(text: str) -> str:
    """One line for a terminal: what a server sent must not steer it."""
    return _CONTROL.sub(" ", text)


def _line(text: str) -> str:
    return "rilis: " + printable(text)


def agent(contact: str | None) -> str:
    """The User-Agent: who asks, and where to complain."""
    said = f"rilis/{importlib.metadata.version('rilis')}"
    if not contact:
        return said
    if not contact.isascii() or _CONTROL.search(contact) or set("()") & set(contact):
        raise UsageError(
            _("--contact {contact!r}: an e-mail or web address").format(contact=contact)
        )
    return f"{said} (+{contact})"


def days_of(since: str | None, until: str | None) -> Days:
    """The days that ``--since`` and ``--until`` name."""
    days = Days(_day(since, "--since"), _day(until, "--until"))
    if days.since and days.until and days.since > days.until:
        raise UsageError(_("--since is after --until: no day is left"))
    return days


def _day(value: str | None, option: str) -> str | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        said = _("{option} {value}: write the day as YYYY-MM-DD")
        raise UsageError(said.format(option=option, value=value)) from None


@app.command(
    help=_("Fetch the releases of sites politely; keep them as served and as articles."),
    epilog=example("rilis fetch dpmppa --since 2024-01-01 --contact arsip@example.go.id"),
)
def command(
    what: Annotated[
        list[str],
        typer.Argument(metavar="SITE|URL…", help=_("Names of site rules, or web addresses.")),
    ],
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help=_("Only articles from this day on."))
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help=_("Only articles up to this day."))
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help=_("At most so many articles of each site.")),
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help=_("Where to keep them."))
    ] = Path("corpus/fetched"),
    delay: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=60,
            metavar="SECONDS",
            help=_(
                "Pause between two requests to a host; never less than its robots.txt asks for. "
                "Without it: the site rule's, or 1."
            ),
        ),
    ] = None,
    contact: Annotated[
        str | None,
        typer.Option(
            envvar="RILIS_CONTACT",
            help=_("E-mail or web address of yours, told to the servers in the User-Agent."),
        ),
    ] = None,
    resume: Annotated[
        bool,
        typer.Option("--resume", help=_("Go on where a run ended; it does so without this too.")),
    ] = False,
    tries: Annotated[
        int, typer.Option(min=1, max=20, help=_("How often a page is asked for at most."))
    ] = 5,
    retry_wait: Annotated[
        float,
        typer.Option(
            min=0, max=300, metavar="SECONDS", help=_("Before the second try; doubles with each.")
        ),
    ] = 1.0,
    deadline: Annotated[
        float,
        typer.Option(min=0.1, metavar="SECONDS", help=_("For one answer, first byte to last.")),
    ] = 90.0,
    max_size: Annotated[
        float,
        typer.Option(min=0.01, metavar="MB", help=_("Of one answer; twice that once inflated.")),
    ] = 10.0,
    allow_private: Annotated[
        bool,
        typer.Option(
            "--allow-private", help=_("Also ask hosts of this machine and of private networks.")
        ),
    ] = False,
    insecure: Annotated[
        bool,
        typer.Option(
            "--insecure",
            help=_("Take any TLS certificate, also expired ones; recorded with each page."),
        ),
    ] = False,
    rules: RulesOption = None,
    lang: LangOption = None,
) -> None:
    """Fetch the releases of sites politely; keep them as served and as articles."""
    choose_language(lang)
    days = days_of(since, until)
    sites = shared_sites(shared_rulebook(str(rules) if rules else None).folders)
    wanted = targets(what, sites, output)
    size = int(max_size * 1024 * 1024)
    manner = Manner(
        agent(contact),
        Limits(deadline, min(30.0, deadline), size, 2 * size),
        allow_private,
        insecure,
        tries,
        retry_wait,
    )
    version = f"{importlib.metadata.version('rilis')} {sites.version}"
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    bar = Progress(*columns, console=err, transient=True, disable=not err.is_terminal)
    with ExitStack() as stack:
        stack.enter_context(bar)
        try:
            reports = fetch(wanted, Wishes(days, limit, delay), manner, version, _Shown(bar))
        except KeyboardInterrupt:
            stack.close()
            err.print(_line(_("ended at once; nothing is lost, the same command goes on")))
            sys.exit(_INTERRUPTED)
    for report in reports:
        _summary(report)
    raise typer.Exit(_status(reports))


def _summary(report: SiteReport) -> None:
    """What became of a site, in a few lines on standard error."""
    counts = report.counts
    parts = [
        ngettext("{n} page", "{n} pages", counts.pages).format(n=counts.pages),
        _("{n} new").format(n=counts.new),
        _("{n} edited").format(n=counts.edited),
        _("{n} unchanged").format(n=counts.unchanged),
        _("{n} failed").format(n=counts.failed),
    ]
    if counts.skipped:
        parts.append(_("{n} that robots.txt forbids").format(n=counts.skipped))
    if counts.retried:
        parts.append(_("{n} tried again").format(n=counts.retried))
    err.print(f"{report.site}: {', '.join(parts)}")
    if report.stopped is not None:
        err.print(_line(f"{report.site}: {report.stopped}"))
    if report.waiting:
        left = ngettext(
            "{n} page is left for the next run", "{n} pages are left for the next run",
            report.waiting,
        )  # fmt: skip
        err.print(f"{report.site}: {left.format(n=report.waiting)}")
    there = ngettext("{n} article in {folder}", "{n} articles in {folder}", report.known)
    err.print(f"{report.site}: {there.format(n=report.known, folder=report.folder)}")


def _status(reports: list[SiteReport]) -> int:
    if any(report.interrupted for report in reports):
        return _INTERRUPTED
    return 3 if any(report.faulty or report.failures for report in reports) else 0
