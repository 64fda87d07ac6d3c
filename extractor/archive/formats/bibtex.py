"""References: an ``@misc`` entry a release, for BibTeX and for biblatex alike.

``@online`` is biblatex's alone: BibTeX's styles warn of it. ``@misc`` is known to both; ``year``
and ``month`` are BibTeX's date, ``date`` is biblatex's. The site is the author, as what publishes;
persons who speak in a release have not written it. Texts are UTF-8, LaTeX's special characters
escaped; braces are commands, as BibTeX counts them also behind a backslash.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from extractor.archive.exchange.exported import Exported
from extractor.archive.formats import plain
from extractor.archive.risk.masking import BLOCK
from extractor.messages import _

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:-]*")
_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
        "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
        "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    }
)  # fmt: skip


def write(releases: Iterable[Exported], stream: BinaryIO) -> int:
    """Write one .bib file; returns the number of releases."""
    count = 0
    for release in releases:
        stream.write((b"\n" if count else b"") + entry(release).encode())
        count += 1
    return count


def entry(release: Exported) -> str:
    """The entry of one release."""
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(release))
    return f"@misc{{{key(release.key)},\n{fields}}}\n"


def key(release_key: str) -> str:
    """The entry's key: that of the release, or its hash where BibTeX could not read it."""
    if not _KEY.fullmatch(release_key):
        release_key = hashlib.sha256(release_key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"rilis-{release_key}"


def latex(text: str) -> str:
    """The text in one line, as LaTeX reads it."""
    return plain.one_line(text).translate(_ESCAPES)


def _fields(release: Exported) -> Iterator[tuple[str, str]]:
    source = release.record.source
    if source.site and BLOCK not in source.site:
        yield "author", f"{{{{{latex(source.site)}}}}}"  # one name, whatever words are in it
    yield "title", f"{{{{{latex(release.headline)}}}}}"
    published = plain.day(source.published)
    if published is not None:
        yield "date", f"{{{published.isoformat()}}}"
        yield "year", f"{{{published.year:04}}}"
        yield "month", _MONTHS[published.month - 1]
    page = plain.web_address(source.uri)
    if page is not None:
        yield "url", f"{{{page}}}"
        seen = plain.day(source.retrieved[:10]) if source.retrieved else None
        if seen is not None:
            yield "urldate", f"{{{seen.isoformat()}}}"
    events = release.record.events
    kinds = dict.fromkeys(
        kind for event in events for kind in (event.type, event.event_class) if kind
    )
    if kinds:
        yield "keywords", f"{{{', '.join(latex(kind).replace(',', ' ') for kind in kinds)}}}"
    yield "langid", "{indonesian}"
    yield "note", f"{{{latex(_('Press release'))}}}"
