"""A draft cleaned: repeats and furniture out, slips mended, and an account of every change.

All changes are edits against the draft as it came in, so they can be shown, kept and taken back.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from extractor.editing.chat import against_the_draft, chat_edits, mapped_back, taken_before
from extractor.editing.edits import Applied, apply, invert, settle, undo
from extractor.editing.removal import removals_of
from extractor.editing.repair import in_place, repairs
from extractor.editing.repeats import Pair, compare_paragraphs
from extractor.editing.silence import NOTHING, Silence
from extractor.editing.style import style_edits
from extractor.language.layout import read_layout
from extractor.language.paragraphs import Paragraph
from extractor.record import Edit, Grade, Removed, to_json
from extractor.rulebook import Rulebook

_SURE: tuple[Grade, ...] = ("sure",)


@dataclass(frozen=True)
class Cleaning:
    """What became of a draft.

    ``edits`` were applied, in order; ``refused`` overlap one of them; ``findings`` are all there
    are, applied or not, those that only tell included; ``removed`` tells of repeated paragraphs;
    ``kept`` holds, for each of them, the words of the paragraph it repeats; ``silenced`` is how
    many findings were left alone as a ``.rilis.yaml`` asks.
    """

    draft: str
    applied: Applied
    refused: tuple[Edit, ...]
    findings: tuple[Edit, ...]
    removed: tuple[Removed, ...]
    kept: tuple[str, ...] = ()
    silenced: int = 0

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
    published: date | None = None,
    silence: Silence = NOTHING,
) -> Cleaning:
    """The draft with every edit of these grades applied.

    ``title_end`` says where the title ends (0: there is none; None: told by its look);
    ``published`` helps to tell the year of its dates. Findings inside what is taken out are left
    out. What a chat put round the draft goes before anything else is looked at. What ``silence``
    covers is neither found nor mended.
    """
    every = [edit for edit in chat_edits(draft, rulebook) if edit.grade in grades]
    chat = [edit for edit in every if not silence.covers(draft, edit.rule, edit.start, edit.end)]
    left_alone = len(every) - len(chat)
    if not chat:
        inner = _clean(draft, rulebook, title_end, grades, published, silence)
        return replace(inner, silenced=inner.silenced + left_alone)
    stripped = apply(draft, chat)
    if title_end:
        title_end -= taken_before(title_end, chat)
    inner = _clean(stripped.text, rulebook, title_end, grades, published, silence)
    edits = against_the_draft(stripped, inner.edits)
    findings = [mapped_back(stripped, edit) for edit in inner.findings]
    findings += [edit for edit in edits if edit.kind == "chat"]
    return Cleaning(
        draft,
        apply(draft, edits),
        tuple(mapped_back(stripped, edit) for edit in inner.refused),
        tuple(sorted(findings, key=lambda edit: (edit.start, edit.end))),
        inner.removed,
        inner.kept,
        inner.silenced + left_alone,
    )


def _clean(
    draft: str,
    rulebook: Rulebook,
    title_end: int | None,
    grades: Collection[Grade],
    published: date | None,
    silence: Silence,
) -> Cleaning:
    layout = read_layout(draft, rulebook["paragraphs"], title_end)
    compared = compare_paragraphs(layout, rulebook["repeats"])
    every = in_place(compared.repeats)
    repeats = [
        one
        for one in every
        if not silence.covers(draft, one.rule, one.paragraph.start, one.paragraph.end)
    ]
    gone = [
        one
        for one in removals_of(layout, repeats)
        if one.removed is not None or not _quiet(silence, draft, one.edit)
    ]
    slips = sorted(
        style_edits(draft, rulebook, title_end, published), key=lambda edit: (edit.start, edit.end)
    )
    cuts = [removal.edit for removal in gone]
    mended = [
        edit
        for one in repeats
        if one.repairs
        for edit in repairs(draft, one, _inside(slips, one.paragraph), grades)
    ]
    # beside a repair too: what stood next to a slip may be other words now
    touched = [(cut.start, cut.end) for cut in cuts]
    touched += [(max(edit.start - 1, 0), edit.end + 1) for edit in mended]
    told = [
        *(_told(pair, draft) for pair in (*compared.conflicts, *compared.sentences)),
        *_outside(slips, sorted(touched)),
    ]
    loud = [edit for edit in told if not _quiet(silence, draft, edit)]
    findings = [
        *cuts,
        *mended,
        *loud,
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
        tuple(draft[one.kept.start : one.kept.end] for one in repeats),
        len(told) - len(loud) + len(every) - len(repeats),
    )


def ledger(edits: Iterable[Edit]) -> str:
    """Edits as JSON lines."""
    return "".join(to_json(edit) + "\n" for edit in edits)


def read_ledger(lines: str) -> tuple[Edit, ...]:
    """The edits of :func:`ledger`; raises pydantic's ValidationError on anything else."""
    return tuple(Edit.model_validate_json(line) for line in lines.splitlines() if line.strip())


def _quiet(silence: Silence, draft: str, edit: Edit) -> bool:
    return silence.covers(draft, edit.rule, edit.start, edit.end)


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


def _inside(edits: list[Edit], paragraph: Paragraph) -> list[Edit]:
    """The edits within a paragraph; ``edits`` are in order."""
    first = bisect_left(edits, paragraph.start, key=lambda edit: edit.start)
    last = bisect_right(edits, paragraph.end, key=lambda edit: edit.start)
    return [edit for edit in edits[first:last] if edit.end <= paragraph.end]


def _outside(edits: Iterable[Edit], spans: list[tuple[int, int]]) -> Iterator[Edit]:
    """The edits that touch none of these stretches, which are in order."""
    starts = [start for start, _ in spans]
    for edit in edits:
        place = bisect_right(starts, edit.start) - 1
        before = place >= 0 and edit.start < spans[place][1]
        after = place + 1 < len(spans) and spans[place + 1][0] < edit.end
        if not before and not after:
            yield edit
