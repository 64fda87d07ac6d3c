"""``rilis sites``: try the site rules on saved pages, show what they find on one page."""

import importlib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from extractor.cli.terminal import LangOption, RulesOption, choose_language, err, example, out
from extractor.errors import RuleError, UsageError
from extractor.messages import _, ngettext
from extractor.resources import rules_dir
from extractor.rulebook import shared_rulebook
from extractor.sites.loading import shared_sites
from extractor.sites.page_types import Page, Response
from extractor.sites.pages import read_page
from extractor.sites.rule import Site, Sites
from extractor.sites.saved import try_saved
from extractor.sites.trying import missing, rows_of

_CLIENT = "extractor.fetching.client"
_SAVED = Path("tests") / "sites" / "pages"
_MAX_FILE = 50_000_000

SiteOption = Annotated[
    str | None,
    typer.Option("--site", metavar="SITE", help=_("The site rule to take, by its name.")),
]


app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    help=_("Try the site rules on saved pages, or on one page."),
)


@app.command(
    "check",
    help=_("Try every site rule on saved pages with the article each must give."),
    epilog=example("rilis sites check dpmppa"),
)
def sites_check(
    site: Annotated[str | None, typer.Argument(metavar="SITE", help=_("Only this site."))] = None,
    pages: Annotated[
        Path | None,
        typer.Option(
            "--pages",
            metavar="FOLDER",
            help=_(
                "Saved pages: SITE/NAME.html with NAME.json beside it (default: the project's)."
            ),
        ),
    ] = None,
    rules: RulesOption = None,
    lang: LangOption = None,
) -> None:
    """One line a site; what does not hold as FILE: what. Exit status 1 where something does not."""
    choose_language(lang)
    try:
        known = _sites(rules)
    except RuleError as error:
        for fault in error.faults:
            print(fault)
        said = ngettext("{n} fault", "{n} faults", len(error.faults)).format(n=len(error.faults))
        err.print(said)
        raise typer.Exit(1) from None
    if site is not None:
        known.by_id(site)
    folder = pages or rules_dir().parent / _SAVED
    if not folder.is_dir():
        said = _("{folder}: no such folder of saved pages; give one with --pages")
        raise UsageError(said.format(folder=folder))
    tried: Counter[str] = Counter()
    held: Counter[str] = Counter()
    layouts: dict[str, Counter[str]] = {}
    for outcome in try_saved(folder, known, site):
        tried[outcome.site] += 1
        held[outcome.site] += not outcome.differences
        name = outcome.page.extra.get("layout") or outcome.page.kind
        layouts.setdefault(outcome.site, Counter())[str(name)] += 1
        for difference in outcome.differences:
            print(f"{outcome.path}: {difference}")
    table = Table(box=None, pad_edge=False)
    for column in (_("site"), _("pages"), _("hold"), _("read by")):
        table.add_column(column, overflow="fold")
    for name in known.all if site is None else (site,):
        by = ", ".join(f"{key} {n}" for key, n in layouts.get(name, Counter()).most_common())
        cells = (name, str(tried[name]), str(held[name]), by or _("no saved page"))
        table.add_row(*(escape(cell) for cell in cells))
    out.print(table)
    wrong = tried.total() - held.total()
    said = _("{sites} sites, {pages} saved pages, {wrong} do not hold")
    err.print(said.format(sites=len(known.all), pages=tried.total(), wrong=wrong))
    raise typer.Exit(1 if wrong else 0)


@app.command(
    "try",
    help=_("Show what comes of a page, and what each selector of its site finds."),
    epilog=example("rilis sites try page.html --site dpmppa"),
)
def sites_try(
    page: Annotated[
        str, typer.Argument(metavar="URL|FILE", help=_("An address, or a page saved as a file."))
    ],
    site: SiteOption = None,
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help=_("The address FILE was saved from."))
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help=_("Show the selectors that find nothing, too."))
    ] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help=_("Ask private and loopback addresses too."))
    ] = False,
    rules: RulesOption = None,
    lang: LangOption = None,
) -> None:
    """What comes of a page, then each selector with what it finds."""
    choose_language(lang)
    known = _sites(rules)
    chosen = known.by_id(site) if site else None
    response = _response(page, url, allow_private, chosen)
    rule = chosen.at(response.url) if chosen else known.for_url(response.url)
    if rule is None:
        err.print(_("no rule names this site; a system it runs on is looked for (--site chooses)"))
    _tell(read_page(response, rule), rule)
    if rule is not None:
        _selectors(response, rule, every)


def _sites(rules: Path | None) -> Sites:
    """The sites of the rules asked for; a folder of them is laid over the shipped ones."""
    return shared_sites(shared_rulebook(str(rules) if rules else None).folders)


def _response(page: str, url: str | None, allow_private: bool, site: Site | None) -> Response:
    if page.startswith(("http://", "https://")):
        try:
            client: Any = importlib.import_module(_CLIENT)
        except ModuleNotFoundError as error:
            said = _('asking {url} needs {missing}: pip install "rilis[fetch]", or give a file')
            raise UsageError(said.format(url=page, missing=error.name)) from None
        answer: Response = client.get_once(page, allow_private=allow_private)
        return answer
    path = Path(page)
    try:
        if path.stat().st_size > _MAX_FILE:
            raise UsageError(_("{path}: too large for a page").format(path=path))
        body = path.read_bytes()
    except OSError as error:
        said = _("{path}: {reason}; give an address (https://…) or a saved page")
        raise UsageError(said.format(path=path, reason=error.strerror)) from None
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    host = site.hosts[0] if site is not None and site.hosts else "unknown.invalid"
    return Response(url or f"https://{host}/{path.name}", 200, (), body, now)


def _tell(page: Page, site: Site | None) -> None:
    article, extra = page.article, page.extra
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")

    def row(name: str, value: object) -> None:
        if value not in (None, "", [], ()):
            table.add_row(escape(name), escape(str(value)))

    row(_("site"), site.id if site is not None else None)
    row(_("kind"), page.kind)
    row(_("fault"), page.fault)
    row(_("layout"), page.layout_fault)
    if article is not None:
        row(_("title"), article.title)
        day = f"{article.published} ({extra.get('date_source')})" if article.published else None
        row(_("published"), day or extra.get("date_reason"))
        row(_("author"), extra.get("author"))
        row(_("address"), article.uri)
        row(_("read by"), f"{extra.get('layout')}, {extra.get('confidence')}")
        for image in extra.get("images", []):
            row(_("image"), f"{image['url']}  {image['caption'] or ''}".rstrip())
        row(_("left out"), " | ".join(extra.get("furniture", [])))
        lines = article.text.split("\n\n")
        row(_("paragraphs"), len(lines) - (article.title is not None))
        row("", "\n".join(lines[article.title is not None :]))
    for kind in ("article", "listing"):
        links = [link.url for link in page.links if link.kind == kind]
        row(
            _("links ({kind})").format(kind=kind),
            f"{len(links)}  {' '.join(links[:3])}" if links else "",
        )
    out.print(table)


def _selectors(response: Response, site: Site, every: bool) -> None:
    rows = rows_of(response, site)
    table = Table(box=None, pad_edge=False)
    for name in (_("part"), _("selector"), _("line"), _("finds"), _("words")):
        table.add_column(name, overflow="fold")
    for one in rows:
        if one.found or every:
            line = one.place.rpartition(":")[2]
            cells = (one.part, one.selector, line, str(one.found), one.words)
            table.add_row(*(escape(cell) for cell in cells))
    out.print()
    out.print(table)
    for layout in site.layouts:
        if gone := missing(rows, layout):
            said = _("{place}: layout {id}: nothing found for {parts}")
            place = f"{layout.path}:{layout.line}"
            err.print(said.format(place=place, id=layout.id, parts=", ".join(gone)))
