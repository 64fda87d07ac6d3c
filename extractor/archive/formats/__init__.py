"""The forms in which the archive can be taken out, by name.

A module of this room writes one form. One that makes a single file has
``write(releases: Iterable[Exported], stream: BinaryIO) -> int``; one that makes a folder of tables
has ``write_tables(releases: Iterable[Exported], folder: Path) -> int``; one that needs a file of
its own has ``write_file(releases: Iterable[Exported], path: Path) -> int``. All take the releases
one at a time, hold no more than a few of them, and return how many there were. Modules are loaded
when they are asked for, as the libraries of some are extras.
"""

import importlib
from dataclasses import dataclass
from types import ModuleType
from typing import Literal

from extractor.errors import UsageError
from extractor.messages import _


@dataclass(frozen=True)
class Format:
    """A form of export: ``makes`` says what it makes; ``extra`` brings its libraries."""

    name: str
    suffix: str  # of the file; of the tables in the folder
    media_type: str
    module: str
    help: str
    makes: Literal["stream", "tables", "file"] = "stream"
    extra: str | None = None

    def load(self) -> ModuleType:
        """The module that writes it; raises UsageError where its library is not installed."""
        try:
            return importlib.import_module(f"extractor.archive.formats.{self.module}")
        except ModuleNotFoundError as error:
            if error.name is None or error.name.split(".")[0] == "extractor":
                raise
            said = _('--format {name} needs {missing}, which is not installed: pip install "{pip}"')
            pip = f"rilis[{self.extra or 'archive'}]"
            raise UsageError(said.format(name=self.name, missing=error.name, pip=pip)) from None


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format("csv", ".csv", "text/csv", "tables", _("a folder of tables"), makes="tables"),
        Format("jsonl", ".jsonl", "application/jsonl", "jsonl", _("records, one a line")),
        Format("jsonld", ".jsonld", "application/ld+json", "jsonld", _("linked data, schema.org")),
        Format("ical", ".ics", "text/calendar", "icalendar", _("events for calendars")),
        Format("atom", ".csv", "text/csv", "atom", _("descriptions for AtoM (ISAD(G))")),
        Format("dc", ".xml", "application/xml", "dublincore", _("Dublin Core")),
        Format(
            "parquet", ".parquet", "application/vnd.apache.parquet", "parquet",
            _("a folder of typed tables"), makes="tables", extra="parquet",
        ),
        Format("bibtex", ".bib", "application/x-bibtex", "bibtex", _("references")),
        Format(
            "sqlite", ".db", "application/vnd.sqlite3", "database",
            _("an archive of what may be shown, for Datasette"), makes="file",
        ),
    )
}  # fmt: skip
