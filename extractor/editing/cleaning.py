"""A draft cleaned: repeats and furniture out, slips mended, and an account of every change.

All changes are edits against the draft as it came in, so they can be shown, kept and taken back.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from extractor.editing.edits import Applied, apply, invert, settle, undo
from extractor.editing.removal import removals_of
from extractor.editing.repeats import Pair, compare_paragraphs
from extractor.editing.style import style_edits
from extractor.language.layout import read_layout
from extractor.record import Edit, Grade, Removed, to_json
from extractor.rulebook import Rulebook

_SURE: tuple[Grade, ...] = ("sure",)


@dataclass(frozen=True)
class Cleaning:
    """What became of a draft.

    ``edits`` were applied, in order; ``refused`` overlap one of them; ``findings`` are all there
    are, applied or not, those that only tell included; ``removed`` tells of repeated paragraphs.
    """

    draft: str
    applied: Applied
    refused: tuple[Edit, ...]
    findings: tuple[Edit, ...]
    removed: tuple[Removed, ...]

    @property
    def text(self) -> str:
        """The clean draft."""
        return self.applied.text

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits that were applied, in order."""
        return self.applied.edits

    def undone(self) -> str:
        """The draft again, from the clean text and its edits."""
        return undo(self.text, invert(self.draft, self.edits))


def clean(
    draft: str,
    rulebook: Rulebook,
    title_end: int | None = None,
    grades: Collection[Grade] = _SURE,
) -> Cleaning:
    """The draft with every edit of these grades applied.

    ``title_end`` says where the title ends (0: there is none; None: told by its look). Findings
    inside what is taken out are left out.
    """
    layout = read_layout(draft, rulebook["paragraphs"], title_end)
    compared = compare_paragraphs(layout, rulebook["repeats"])
    gone = removals_of(layout, compared.repeats)
    cuts = [removal.edit for removal in gone]
    findings = [
        *cuts,
        *(_told(pair, draft) for pair in (*compared.conflicts, *compared.sentences)),
        *_outside(style_edits(draft, rulebook), cuts),
    ]
    findings.sort(key=lambda edit: (edit.start, edit.end))
    wanted = [edit for edit in findings if edit.grade in grades and edit.grade != "tell"]
    kept, refused = settle(wanted)
    return Cleaning(
        draft,
        apply(draft, kept),
        refused,
        tuple(findings),
        tuple(removal.removed for removal in gone if removal.removed is not None),
    )


def ledger(edits: Iterable[Edit]) -> str:
    """Edits as JSON lines."""
    return "".join(to_json(edit) + "\n" for edit in edits)


def read_ledger(lines: str) -> tuple[Edit, ...]:
    """The edits of :func:`ledger`; raises pydantic's ValidationError on anything else."""
    return tuple(Edit.model_validate_json(line) for line in lines.splitlines() if line.strip())


def _told(pair: Pair, draft: str) -> Edit:
    return Edit(
        start=pair.start,
        end=pair.end,
        replacement=draft[pair.start : pair.end],
        rule=pair.rule,
        reason=pair.reason,
        grade="tell",
        kind="conflict" if pair.rule == "repeats.conflict" else "repeat",
    )


def _outside(edits: Iterable[Edit], cuts: list[Edit]) -> Iterator[Edit]:
    """The edits that do not lie in what is cut out; ``cuts`` are in order."""
    starts = [cut.start for cut in cuts]
    for edit in edits:
        place = bisect_right(starts, edit.start) - 1
        if place < 0 or edit.start >= cuts[place].end:
            yield edit
