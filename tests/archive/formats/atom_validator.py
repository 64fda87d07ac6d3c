"""The checks that AtoM makes of a CSV file of archival descriptions, each by its title there.

Written from AtoM's manual (CSV validation) and what its validator does; shares nothing with the
writer. ``problems(data)`` lists what it would report as an error or a warning.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterator

from babel import Locale, localedata

COLUMNS = [
    "legacyId",
    "parentId",
    "qubitParentSlug",
    "accessionNumber",
    "identifier",
    "title",
    "levelOfDescription",
    "extentAndMedium",
    "repository",
    "archivalHistory",
    "acquisition",
    "scopeAndContent",
    "appraisal",
    "accruals",
    "arrangement",
    "accessConditions",
    "reproductionConditions",
    "language",
    "script",
    "languageNote",
    "physicalCharacteristics",
    "findingAids",
    "locationOfOriginals",
    "locationOfCopies",
    "relatedUnitsOfDescription",
    "publicationNote",
    "digitalObjectPath",
    "digitalObjectURI",
    "generalNote",
    "subjectAccessPoints",
    "placeAccessPoints",
    "nameAccessPoints",
    "genreAccessPoints",
    "descriptionIdentifier",
    "institutionIdentifier",
    "rules",
    "descriptionStatus",
    "levelOfDetail",
    "revisionHistory",
    "languageOfDescription",
    "scriptOfDescription",
    "sources",
    "archivistNote",
    "publicationStatus",
    "physicalObjectName",
    "physicalObjectLocation",
    "physicalObjectType",
    "alternativeIdentifiers",
    "alternativeIdentifierLabels",
    "eventDates",
    "eventTypes",
    "eventStartDates",
    "eventEndDates",
    "eventActors",
    "eventActorHistories",
    "culture",
]
EVENTS = (
    "eventTypes",
    "eventDates",
    "eventStartDates",
    "eventEndDates",
    "eventActors",
    "eventActorHistories",
)
DAY = re.compile(
    r"\d{4}-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])|\d{4}-(0[1-9]|1[0-2])|\d{4}", re.ASCII
)
TERMS = {  # the terms that an AtoM comes with
    "levelOfDescription": {"Fonds", "Subfonds", "Collection", "Series", "Subseries", "File", "Item", "Part"},
    "publicationStatus": {"Draft", "Published"},
    "descriptionStatus": {"Draft", "Revised", "Final"},
    "levelOfDetail": {"Full", "Partial", "Minimal"},
    "eventTypes": {"Creation", "Custody", "Publication", "Contribution", "Collection", "Accumulation"},
}  # fmt: skip
LANGUAGES, SCRIPTS = set(Locale("en").languages), set(Locale("en").scripts)


def php_rows(data: bytes) -> list[list[str]]:
    """The rows as PHP's fgetcsv reads them: a backslash in quotation marks takes the special meaning
    from what follows, and stays."""
    text = data.decode()
    rows: list[list[str]] = []
    at = 0
    while at < len(text):
        row: list[str] = []
        while True:
            cell, at = _php_cell(text, at)
            row.append(cell)
            if at >= len(text) or text[at] == "\n":
                at += 1
                break
            at += 1
        rows.append(row)
    return rows


def _php_cell(text: str, at: int) -> tuple[str, int]:
    if text[at : at + 1] != '"':
        end = min((text.find(sign, at) % (len(text) + 1) for sign in ",\n"), default=len(text))
        return text[at:end], end
    cell: list[str] = []
    at += 1
    while at < len(text):
        if text[at] == "\\":
            cell.append(text[at : at + 2])
            at += 2
        elif text[at : at + 2] == '""':
            cell.append('"')
            at += 2
        elif text[at] == '"':
            end = min((text.find(sign, at) % (len(text) + 1) for sign in ",\n"), default=len(text))
            return "".join(cell) + text[at + 1 : end], end
        else:
            cell.append(text[at])
            at += 1
    return "".join(cell), at


def problems(data: bytes) -> list[str]:
    """Every error and warning of AtoM's validator, by the title of its check."""
    try:
        data.decode("utf-8", "strict")
    except UnicodeDecodeError:
        return ["UTF-8 File Encoding Check"]
    return list(_problems(data))


def _problems(data: bytes) -> Iterator[str]:
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        yield "UTF-8 File Encoding Check"
    if b"\r" in data:
        yield "Line endings"
    header, *rows = php_rows(data)
    if set(header) - set(COLUMNS):
        yield "Column Name Validation"
    if [one for one in COLUMNS if one in header] != [one for one in header if one in COLUMNS]:
        yield "Column order of the template"
    if max(Counter(header).values()) > 1:
        yield "Duplicate Column Name Check"
    if any(len(row) != len(header) for row in rows):
        yield "CSV Column Count Check"
        return
    if set(header) != set(COLUMNS):
        return
    seen: set[str] = set()
    for row in rows:
        yield from _row_problems(
            dict(zip(header, (cell.strip() for cell in row), strict=True)), seen
        )


def _row_problems(row: dict[str, str], seen: set[str]) -> Iterator[str]:
    if not any(row.values()):
        yield "CSV Empty Row Check"
    if not localedata.exists(row["culture"]) or len(row["culture"]) > 11:
        yield "Culture Check"
    for name, known in (
        ("language", LANGUAGES),
        ("languageOfDescription", LANGUAGES),
        ("script", SCRIPTS),
        ("scriptOfDescription", SCRIPTS),
    ):
        if row[name] and any(value not in known for value in row[name].split("|")):
            yield f"{name} Check"
    if len(row["title"].encode()) > 1024 or not row["title"]:
        yield "Title Length Check"
    if row["parentId"] and row["qubitParentSlug"]:
        yield "Parent check: both"
    if row["parentId"] and row["parentId"] not in seen:
        yield "Parent check"
    if not row["legacyId"] or row["legacyId"] in seen:
        yield "LegacyId check"
    seen.add(row["legacyId"])
    counts = {len([v for v in row[name].split("|") if v.strip()]) for name in EVENTS} - {0}
    if len(counts) > 1:
        yield "Event Value Count Test"
    for name in ("eventStartDates", "eventEndDates"):
        if any(value and not DAY.fullmatch(value.strip()) for value in row[name].split("|")):
            yield "Event Date Check"
    if row["digitalObjectPath"] or row["digitalObjectURI"]:
        yield "Digital Object Test"  # a page is no digital object; AtoM would fetch it
    if row["repository"]:
        yield "Repository Check"  # it would make one
    for name, known in TERMS.items():
        if row[name] and any(value not in known for value in row[name].split("|")):
            yield f"Term of {name}"
