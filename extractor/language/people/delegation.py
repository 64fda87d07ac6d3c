"""Who speaks for whom: ``A melalui B``, ``A diwakili B``, ``mewakili A, B``, ``dibacakan B``."""

from collections.abc import Mapping

from extractor.language.people.mentions import Mention
from extractor.language.people.person import Person
from extractor.language.people.reading import Reading

_BETWEEN = 6


def delegations(
    reading: Reading, mentions: list[Mention], who: Mapping[int, Person]
) -> dict[int, dict[str, object]]:
    """Hints by number of a mention.

    On the one who is absent: ``absent``, ``delegates_to`` (or ``read_by`` where a speech is read
    out); on the other: ``speaks_for`` (or ``reads_for``). Values are ids of persons, None for a
    role nobody named here holds.
    """
    hints: dict[int, dict[str, object]] = {}
    kinds = reading.lexicon.delegate
    for number, mention in enumerate(mentions[:-1]):
        following = mentions[number + 1]
        apart = range(mention.last, following.first)
        if len(apart) > _BETWEEN or not _one_sentence(reading, mention.last, following.first):
            continue
        kind = next((kinds[w] for i in apart if (w := reading.words[i].lower) in kinds), None)
        if kind is None:
            before = mention.first - 1
            if before >= 0 and kinds.get(reading.words[before].lower) == "for" and not apart:
                _note(hints, who, number, number + 1, "for")
        elif kind == "for":
            _note(hints, who, number + 1, number, kind)
        else:
            _note(hints, who, number, number + 1, kind)
    return hints


def _one_sentence(reading: Reading, first: int, last: int) -> bool:
    return not any(
        "\n" in (gap := reading.gap(at)) or (gap.startswith((". ", "! ", "? ")) and at > first)
        for at in range(first, last + 1)
    )


def _note(
    hints: dict[int, dict[str, object]],
    who: Mapping[int, Person],
    absent: int,
    present: int,
    kind: str,
) -> None:
    """``absent`` and ``present`` are numbers of mentions."""
    here, there = who.get(present), who.get(absent)
    if here is not None and here is there:
        return
    to, by = ("read_by", "reads_for") if kind == "reads" else ("delegates_to", "speaks_for")
    hints.setdefault(absent, {}).update({"absent": True, to: here.id if here else None})
    hints.setdefault(present, {}).update({by: there.id if there else None})
