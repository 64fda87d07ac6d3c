"""Which rule files there are, and what each may hold: where a new kind of rule is declared."""

from dataclasses import dataclass

# Keys every rule may have; ``examples`` and ``id`` it must have.
COMMON_KEYS = frozenset({"id", "kind", "pattern", "confidence", "examples", "note"})
FILE_KEYS = frozenset(
    {"about", "words", "settings", "rules", "finds", "silent", "disable", "remove_words"}
)


@dataclass(frozen=True)
class Shape:
    """What one file may hold: kinds of rules, further rule keys, word lists and settings it needs."""

    kinds: frozenset[str]
    keys: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    settings: frozenset[str] = frozenset()


def _shape(kinds: str, keys: str = "", words: str = "", settings: str = "") -> Shape:
    return Shape(*(frozenset(part.split()) for part in (kinds, keys, words, settings)))


# One line a file (or folder of files, ended by "/"), in the order data flows.
SHAPES: dict[str, Shape] = {
    "paragraphs": _shape("dateline credit credit_tail furniture", words="abbreviation speech_verb"),
    "repeats": _shape("repeat conflict", settings="shortest"),
    "style/": _shape("pattern", keys="message reason replace grade source"),
    "dates": _shape("date time veto relative"),
    "offices": _shape("office"),
    "officials": _shape("official", keys="name role place since until source"),
    "people": _shape("person link veto"),
    "venues": _shape("venue veto"),
    "events": _shape("event veto organizer status"),
    "quotes": _shape("quote veto"),
}


def shape_of(stem: str) -> Shape | None:
    """The shape of ``dates`` or of ``style/spacing``; None for a file nobody knows."""
    if stem in SHAPES:
        return SHAPES[stem]
    folder, slash, _ = stem.partition("/")
    return SHAPES.get(folder + slash)
