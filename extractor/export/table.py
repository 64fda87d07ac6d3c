"""Records as a table for a terminal: one line a release."""

from collections.abc import Iterable
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from extractor.messages import _
from extractor.record import Record


def record_table(records: Iterable[Record]) -> Table:
    """What happened, when, where, who, how many quotes; one line a release."""
    table = Table(show_lines=True)
    for name in (_("release"), _("event"), _("date"), _("venue"), _("people"), _("quotes")):
        table.add_column(name, overflow="fold")
    for record in records:
        main = next((event for event in record.events if event.main), None)
        name = Path(record.source.path).name if record.source.path else record.id
        days = ""
        if main is not None and main.date is not None and main.date.start:
            days = main.date.start
            if main.date.end and main.date.end != main.date.start:
                days += f" … {main.date.end}"
        table.add_row(
            escape(name),
            escape(main.name.text) if main else "-",
            days or "-",
            escape(main.venue.text) if main and main.venue else "-",
            escape(", ".join(person.name for person in record.people)) or "-",
            str(len(record.quotes)),
        )
    return table
