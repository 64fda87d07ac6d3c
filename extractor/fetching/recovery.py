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
    reached the WARC files of ``folder``; to be called once the files are repaired."""
    waiting = {row.address: row for row in state.busy()}
    if not waiting:
        return
    file, offset = state.marked
    for path in sorted(folder.glob("*.warc.gz")):
        if path.name < file:
            continue
        for place, exchange in read_places(path):
            if path.name == file and place.offset <= offset:
                continue
            row = waiting.pop(exchange.url, None)
            if row is not None:
                yield row, Answer(exchange), place
