"""A later copy that is fuller repairs the first one in its place: the place of the first, the words
of the fuller."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from extractor.editing.edits import apply, settle
from extractor.editing.repeats import Repeat
from extractor.editing.word_changes import word_changes
from extractor.language.paragraphs import Paragraph
from extractor.messages import _
from extractor.record import Edit, Grade


def in_place(repeats: Sequence[Repeat]) -> list[Repeat]:
    """The repeats with the first copy kept everywhere; ``repairs`` marks those it takes words of.

    A damaged first copy does not go then: its fuller copy goes, once its words stand in the place
    of the first.
    """
    homes: dict[int, Paragraph] = {}
    for repeat in sorted(repeats, key=lambda one: one.paragraph.start):
        if repeat.paragraph.start < repeat.kept.start:
            homes.setdefault(repeat.kept.start, repeat.paragraph)
    if not homes:
        return list(repeats)
    found = []
    for repeat in repeats:
        home = homes.get(repeat.kept.start)
        also = tuple(homes.get(other.start, other) for other in repeat.also)
        if home is None:
            found.append(replace(repeat, also=also))
        elif home == repeat.paragraph:
            reason = _("paragraph {number} says it more fully and takes this place")
            found.append(
                replace(
                    repeat,
                    paragraph=repeat.kept,
                    kept=home,
                    reason=reason.format(number=repeat.kept.number),
                    repairs=True,
                )
            )
        else:
            found.append(replace(repeat, kept=home, also=also))
    return sorted(found, key=lambda one: one.paragraph.start)


def repairs(
    draft: str, repeat: Repeat, slips: Sequence[Edit], grades: Collection[Grade]
) -> Iterator[Edit]:
    """The edits that give the first copy the words of the fuller one, slips of these grades mended.

    ``slips`` are the style edits within the fuller copy.
    """
    home, fuller = repeat.kept, repeat.paragraph
    mended, _refused = settle(
        slip.model_copy(update={"start": slip.start - fuller.start, "end": slip.end - fuller.start})
        for slip in slips
        if slip.grade in grades and slip.grade != "tell"
    )
    words = apply(draft[fuller.start : fuller.end], mended).text
    for change in word_changes(draft[home.start : home.end], words):
        yield Edit(
            start=home.start + change.start,
            end=home.start + change.end,
            replacement=words[change.other_start : change.other_end],
            rule=repeat.rule,
            reason=_("repaired with the words of paragraph {number}").format(number=fuller.number),
            grade="sure",
            kind="repair",
        )
