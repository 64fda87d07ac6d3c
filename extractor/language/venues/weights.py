"""What speaks for and against a place, as named points whose weights stand in ``venues.yaml``."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from extractor.language.found import Found
from extractor.language.layout import MARKS, Layout, Sentence

_AFTER_PLACE = 14
_BEFORE_PLACE = 25
_SPEECH_BLANKS = 5
_LEAD = 2
_LATE = 4


class Surroundings:
    """Dates, quotations and paragraphs of one text, to be asked about a stretch of it."""

    def __init__(self, layout: Layout, dates: Sequence[Found]) -> None:
        self._starts = sorted(date.start for date in dates)
        self._ends = sorted(date.end for date in dates)
        self._quoted = list(_speech(layout))
        self._quote_starts = [start for start, _ in self._quoted]

    def dated(self, start: int, end: int, sentence: Sentence) -> bool:
        """Whether a day stands right after the place, or right before the words that lead to it."""
        at = bisect_left(self._starts, end)
        if at < len(self._starts) and self._starts[at] - end <= _AFTER_PLACE:
            return True
        at = bisect_right(self._ends, start) - 1
        return at >= 0 and self._ends[at] > max(sentence.start, start - _BEFORE_PLACE)

    def leads(self, sentence: Sentence) -> bool:
        """Whether a sentence stands in the first paragraphs."""
        return 1 <= sentence.paragraph <= _LEAD

    def quoted(self, at: int) -> bool:
        """Whether a character stands inside speech."""
        number = bisect_right(self._quote_starts, at) - 1
        return number >= 0 and at < self._quoted[number][1]


def paragraph_points(paragraph: int) -> dict[str, bool]:
    """The points of standing in the title, the lead or far down."""
    return {
        "title": paragraph == 0,
        "lead": 1 <= paragraph <= _LEAD,
        "late": paragraph > _LATE,
    }


def weigh(base: float, settings: Mapping[str, float], points: Mapping[str, bool]) -> float:
    """The base weight and the weights of all points that hold."""
    return round(base + sum(settings[name] for name, holds in points.items() if holds), 2)


def sign_points(settings: Mapping[str, float], signs: Iterable[str]) -> float:
    """The points of words anywhere in the sentence: an interview, another time."""
    return sum(settings[name] for name in signs)


def _speech(layout: Layout) -> Iterable[tuple[int, int]]:
    """Stretches between marks of one paragraph that are more than a few words long."""
    for paragraph in layout.paragraphs:
        text = layout.text
        marks = [i for i in range(paragraph.start, paragraph.end) if text[i] in MARKS]
        if len(marks) % 2:
            marks.append(paragraph.end)
        for start, end in zip(marks[::2], marks[1::2], strict=True):
            if text.count(" ", start, end) >= _SPEECH_BLANKS:
                yield start, end
