"""What the WARC has and the state has not: answers of a run that was ended between the two.

The pages they belong to are read from the disk as if they had just come, and not asked for again.
"""

from collections.abc import Iterator
from pathlib import Path

from extractor.fetching.client import Answer
from extractor.fetching.exchange import Place
from extractor.fetching.reading import read_places
from extractor.fetching.state import Row, State


def unrecorded(folder: Path, state: State) -> Iterator[tuple[Row, Answer, Place]]:
    """Pages that were under way when the last run ended, with their answers, where these had
    reached the WARC files of ``folder``. To be called once the files are repaired; each page has to
    be recorded before the next one is taken, for it may be what made the next one known."""
    file, offset = state.marked
    for path in sorted(folder.glob("*.warc.gz")):
        if path.name < file:
            continue
        for place, exchange in read_places(path):
            if path.name == file and place.offset <= offset:
                continue
            row = state.open_page(exchange.url)
            if row is not None:
                yield row, Answer(exchange), place
