"""``rilis archive``: put records in, look at the archive, move it, bring it up to date."""

from typing import Annotated

import typer
from rich.table import Table

from extractor.archive.intake.adding import Added, add
from extractor.archive.intake.incoming import incoming
from extractor.archive.moving import move
from extractor.archive.store import Store, location_of
from extractor.archive.verifying import faults, overview
from extractor.cli import (
    archive_datasette,
    archive_export,
    archive_gold,
    archive_import,
    archive_link,
    archive_links,
    archive_review,
    archive_search,
    archive_stats,
    archive_withhold,
)
from extractor.cli.archiving import ArchiveOption, open_archive
from extractor.cli.terminal import LangOption, choose_language, err, example, finish, out, progress
from extractor.errors import UsageError
from extractor.messages import _, ngettext

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    help=_("Keep records in an archive: SQLite or PostgreSQL, each value with its words."),
)
# the headings of the help
_KEEP, _FIND, _REVIEW = _("Keep"), _("Find and count"), _("Review")
_LINKS, _OUT, _RISK = _("People and events across releases"), _("Take out"), _("People at risk")
_SHOWN = (
    "releases", "versions", "events", "people", "quotes", "dates", "venues", "organizers",
    "participants", "offices", "roles", "spans", "rules", "edits", "reviews", "proposals",
    "person_entities", "event_entities", "withholdings",
)  # fmt: skip


@app.command(
    "add",
    rich_help_panel=_KEEP,
    help=_("Put records in; what is there already is brought up to date, never doubled."),
    epilog=example("rilis extract drafts/ | rilis archive add -"),
)
def add_records(
    records: Annotated[
        list[str],
        typer.Argument(
            metavar="RECORDS|FOLDER|-",
            help=_("Records of `rilis extract`: .jsonl, .json, or - for standard input."),
        ),
    ],
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """Bad rows are listed and left out; the others go in."""
    choose_language(lang)
    items = incoming(records)  # before anything is made where there is nothing to put in
    with open_archive(archive, create=True) as store, progress() as watch:
        shown = 0

        def told(total: Added) -> None:
            nonlocal shown
            for _more in range(total.kept - shown):
                watch(None)
            shown = total.kept

        added = add(store, items, watch=told)
    said = _("{new} new, {updated} updated, {unchanged} unchanged in {archive}")
    err.print(
        said.format(
            new=added.new,
            updated=added.updated,
            unchanged=added.unchanged,
            archive=store.location,
        )
    )
    if added.proposed:
        said = ngettext(
            "{n} new reading of a field that a person decided waits for review",
            "{n} new readings of fields that a person decided wait for review",
            added.proposed,
        )
        err.print(said.format(n=added.proposed))
    if added.withheld:
        said = ngettext(
            "{n} at risk is withheld until a person reviews it: `rilis archive withheld`",
            "{n} at risk are withheld until a person reviews them: `rilis archive withheld`",
            added.withheld,
        )
        err.print(said.format(n=added.withheld))
    finish([(one.place, one.reason) for one in added.refused], added.kept)


@app.command(
    "info",
    rich_help_panel=_KEEP,
    help=_("Tell what the archive holds; with --verify, whether all of it is whole."),
    epilog=example("rilis archive info --verify"),
)
def info(
    archive: ArchiveOption = None,
    verify: Annotated[
        bool, typer.Option("--verify", help=_("Compare every text and every word; 1 on a fault."))
    ] = False,
    lang: LangOption = None,
) -> None:
    """Counts by table."""
    choose_language(lang)
    with open_archive(archive, read_only=True) as store:
        found = overview(store)
        table = Table("", store.location, box=None, header_style="bold")
        table.columns[1].justify = "right"
        for name in _SHOWN:
            table.add_row(name, f"{found.rows[name]}")
        table.add_row(_("fields a person decided"), f"{found.reviewed}")
        table.add_row(_("proposals open"), f"{found.open_proposals}")
        table.add_row(_("withheld"), f"{found.withheld}")
        table.add_row(_("rules versions"), ", ".join(found.rules_versions))
        out.print(table)
        wrong = list(faults(store)) if verify else []
    for fault in wrong:
        err.print(f"rilis: {store.location}: {fault}")
    if verify and not wrong:
        err.print(_("{archive}: every text and every word is whole").format(archive=store.location))
    raise typer.Exit(1 if wrong else 0)


@app.command(
    "move",
    rich_help_panel=_KEEP,
    help=_("Copy the whole archive into another, empty one: SQLite to PostgreSQL or back."),
    epilog=example("rilis archive move postgresql://arsip@localhost/arsip --archive rilis.db"),
)
def move_archive(
    target: Annotated[
        str, typer.Argument(metavar="FILE|URL", help=_("Where to: made where it is not there."))
    ],
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """All or nothing; counts and hashes of both are compared before it is kept."""
    choose_language(lang)
    if location_of(archive) == location_of(target):
        raise UsageError(_("{path}: is the archive itself; name another").format(path=target))
    with (
        open_archive(archive, read_only=True) as source,
        open_archive(target, create=True) as there,
        progress() as watch,
    ):
        sums = move(source, there, watch=lambda _table, _rows: watch(None))
    total = sum(one.rows for one in sums.values())
    said = ngettext(
        "{n} row of {tables} tables moved to {path}, all equal; the old archive is untouched",
        "{n} rows of {tables} tables moved to {path}, all equal; the old archive is untouched",
        total,
    )
    err.print(said.format(n=total, tables=len(sums), path=there.location))


@app.command(
    "upgrade",
    rich_help_panel=_KEEP,
    help=_("Bring an archive of an older rilis up to this version; all or nothing."),
    epilog=example("rilis archive upgrade"),
)
def upgrade_archive(archive: ArchiveOption = None, lang: LangOption = None) -> None:
    """Nothing is lost: one transaction; then the words of the search are made anew."""
    choose_language(lang)
    with Store(location_of(archive)) as store:
        before, after = store.upgrade()
        said = (
            _("{path}: is of this version ({after})")
            if before == after
            else _("{path}: upgraded from {before} to {after}")
        )
        err.print(said.format(path=store.location, before=before, after=after))
        if before != after:
            archive_search.index_anew(store)


app.command(
    "import",
    rich_help_panel=_KEEP,
    help=_("Take exports in again, CSV or JSON Lines, with the decisions; all or nothing."),
    epilog=example("rilis archive import tables/ --archive copy.db"),
)(archive_import.import_archive)
app.command(
    "reindex",
    rich_help_panel=_KEEP,
    help=_("Make the index of the search anew, after the stems in the rules have changed."),
    epilog=example("rilis archive reindex"),
)(archive_search.reindex_archive)


app.command(
    "search",
    rich_help_panel=_FIND,
    help=_("Find releases by words in any form, phrases, names, kinds, days; count by facets."),
    epilog=example('rilis archive search "pelatihan kader" --since 2024-01-01 --facet venue,month'),
)(archive_search.search_archive)
app.command(
    "stats",
    rich_help_panel=_FIND,
    help=_("Count events, quotes and what has been reviewed; draw it with --chart."),
    epilog=example("rilis archive stats --by venue --chart venues.svg"),
)(archive_stats.stats)


app.command(
    "review",
    rich_help_panel=_REVIEW,
    help=_("Look at what the rules read, one field at a time: accept, correct, reject, undo."),
    epilog=example("rilis archive review --by conflict"),
)(archive_review.review)
app.command(
    "decide",
    rich_help_panel=_REVIEW,
    help=_("Decide on one field, or on many out of JSON lines."),
    epilog=example('rilis archive decide event.venue:12 correct "Aula Melati"'),
)(archive_review.decide)
app.command(
    "reviews",
    rich_help_panel=_REVIEW,
    help=_("List decisions: who, when, what."),
    epilog=example("rilis archive reviews event.venue:12"),
)(archive_review.reviews)


app.command(
    "link",
    rich_help_panel=_LINKS,
    help=_(
        "Find the same persons and events across releases, and link them with reasons; what "
        "people decided stays."
    ),
    epilog=example("rilis archive link --dry-run"),
)(archive_link.link)
app.command(
    "people",
    rich_help_panel=_LINKS,
    help=_("List persons across releases: roles over time, mentions, reasons for each link."),
    epilog=example('rilis archive people "Soekarno"'),
)(archive_link.people)
app.command(
    "events",
    rich_help_panel=_LINKS,
    help=_("List events across releases: who tells of them, reasons for each link."),
    epilog=example('rilis archive events "rapat koordinasi"'),
)(archive_link.events)
app.command(
    "differences",
    rich_help_panel=_LINKS,
    help=_("Show what releases about one event tell differently: day, venue, participants …"),
    epilog=example("rilis archive differences 12"),
)(archive_link.show_differences)
app.add_typer(archive_links.links, name="links", rich_help_panel=_LINKS)


app.command(
    "export",
    rich_help_panel=_OUT,
    help=_("Take releases out: tables, records, linked data, calendars, references."),
    epilog=example("rilis archive export --format csv -o tables/"),
)(archive_export.export_archive)
app.command(
    "datasette-metadata",
    rich_help_panel=_OUT,
    help=_("Tell Datasette titles, facets, search and ready-made questions of the archive."),
    epilog=example("rilis archive datasette-metadata -o m.json && datasette rilis.db -m m.json"),
)(archive_datasette.datasette_metadata)
app.command(
    "gold",
    rich_help_panel=_OUT,
    help=_("Write reviewed releases as annotated ones, for rilis evaluate."),
    epilog=example("rilis archive gold annotated/"),
)(archive_gold.gold)
app.command(
    "examples",
    rich_help_panel=_OUT,
    help=_("Write what reviewers corrected and rejected as examples for rule files."),
    epilog=example("rilis archive examples reviewed-rules/"),
)(archive_gold.rule_examples)


app.command(
    "withhold",
    rich_help_panel=_RISK,
    help=_("Show a release or a person no more, in search and exports; a reason is needed."),
    epilog=example('rilis archive withhold 3f2a#p2 --category victim --reason "asked for it"'),
)(archive_withhold.withhold)
app.command(
    "confirm",
    rich_help_panel=_RISK,
    help=_("Confirm what a rule withheld."),
    epilog=example('rilis archive confirm 12 --reason "is a pupil"'),
)(archive_withhold.confirm)
app.command(
    "lift",
    rich_help_panel=_RISK,
    help=_("Show again what was withheld; the log keeps it."),
    epilog=example('rilis archive lift 12 --reason "is of age"'),
)(archive_withhold.lift)
app.command(
    "withheld",
    rich_help_panel=_RISK,
    help=_("List who and what is withheld, why and by whom, and what waits for review."),
    epilog=example("rilis archive withheld --waiting"),
)(archive_withhold.withheld)
