"""Whole draft files cleaned: bytes in, bytes out, and what it takes to have the old bytes back."""

import base64
import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date as Day
from pathlib import Path, PurePosixPath
from typing import Literal

from pydantic import ValidationError

from extractor.editing.cleaning import Cleaning, clean
from extractor.editing.edits import apply, invert
from extractor.editing.silence import NOTHING, Silence
from extractor.errors import SourceError
from extractor.export.docx_accept import clean_docx
from extractor.export.findings import Account, Placed
from extractor.export.tracked import Written, tracked_docx, what_holds
from extractor.messages import _
from extractor.record import Edit, Grade
from extractor.rulebook import Rulebook
from extractor.sources import Draft, encode, encode_text
from extractor.sources.text import decode

_UNDO = "rilis/undo/1"

Form = Literal["text", "tracked", "copy"]


@dataclass(frozen=True)
class CleanDraft:
    """A draft and its cleaning; ``raw`` are the clean bytes: a text in the draft's encoding, a Word
    file with tracked changes, or a clean copy of one. ``unwritten`` are edits that this file cannot
    hold, such as one across two cells; they were left out."""

    draft: Draft
    cleaning: Cleaning
    raw: bytes
    form: Form = "text"
    unwritten: tuple[Edit, ...] = ()

    def account(self) -> Account:
        """What was found and done, for the writers of findings."""
        return Account(self.draft.path, self.cleaning, tuple(self._placed()))

    def _placed(self) -> Iterator[Placed]:
        applied = {(e.start, e.end, e.rule) for e in self.cleaning.edits}
        places = _Places(self.cleaning.draft)
        for edit in self.cleaning.findings:
            done = (edit.start, edit.end, edit.rule) in applied
            draft = self.cleaning.draft
            blanks = len(draft[edit.start : edit.end]) - len(draft[edit.start : edit.end].lstrip())
            at = edit.start + (blanks if edit.kind != "style" else 0)
            line, column = places.of(at)
            yield Placed(edit, done, line, column, self._place(at, line, column))

    def finding_lines(self, checked: bool = False) -> Iterator[str]:
        """One line a finding: place, rule, why, what it was and becomes, whether it was done.

        ``checked``: the clean draft is written nowhere, so that nothing is done yet.
        """
        done = _("to be done") if checked else _("done")
        for one in self._placed():
            told = f"{self.draft.path}:{one.place}: {one.edit.rule}: {one.edit.reason}"
            state = done if one.done else _("proposed")
            if one.edit in self.unwritten:
                state = _("this file cannot hold it")
            yield told + _change(self.cleaning.draft, one.edit, state)

    def _place(self, offset: int, line: int, column: int) -> str:
        """Line and column; in a Word draft the paragraph as Word counts it, and the character."""
        word = self.draft.place(offset)
        if word is None:
            return f"{line}:{column}"
        part, paragraph, character = word
        return f"{_shown(part, paragraph)}:{character}"

    def undo_file(self) -> str:
        """What :func:`undone` needs to turn the clean bytes back into the draft's."""
        back = invert(self.cleaning.draft, self.cleaning.edits)
        mended = _invert_mends(self.draft)
        plain = {
            "format": _UNDO,
            "clean_sha256": hashlib.sha256(self.raw).hexdigest(),
            "draft_sha256": hashlib.sha256(self.draft.raw).hexdigest(),
            "encoding": self.draft.encoding if self.draft.kind == "text" else "utf-8",
            "bom": self.draft.bom.hex() if self.draft.kind == "text" else "",
            "edits": [edit.model_dump(mode="json") for edit in back],
            "mends": [edit.model_dump(mode="json") for edit in mended],
            # what cannot be spelt again from its text (a .docx, stray bytes) is kept whole
            "raw": None if self._spelt() else base64.b64encode(self.draft.raw).decode(),
        }
        return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"

    def _spelt(self) -> bool:
        return self.draft.kind == "text" and self.draft.lossless


def clean_draft(
    draft: Draft,
    rulebook: Rulebook,
    grades: Collection[Grade],
    form: Form = "text",
    author: str = "rilis",
    date: str | None = None,
    silence: Silence = NOTHING,
) -> CleanDraft:
    """A draft cleaned with the edits of these grades, but for what ``silence`` covers.

    ``form`` ``tracked`` writes a Word draft as a Word file in which every edit is a tracked change
    of ``author``, at ``date`` (an ISO time, None: without one); ``copy`` writes it with the changes
    made and without personal data. Edits that the file cannot hold, such as one across two cells,
    are refused then. Raises SourceError where the draft's encoding has no sign for a mended
    character, and where a draft of another kind is to be written as a Word file.
    """
    title = draft.title
    lead = len(draft.text) - len(draft.text.lstrip("\ufeff \t\r\n"))
    title_end = lead + len(title) if title and draft.text.startswith(title, lead) else None
    cleaning = clean(
        draft.text, rulebook, title_end, grades, _day(draft.published), silence.of_file(draft.path)
    )
    if draft.place(0) is not None:
        cleaning = _with_places(draft, cleaning)
    if form != "text":
        return _as_word(draft, cleaning, form, author, date)
    if draft.mends:  # the draft's own bytes would bring the mojibake back
        raw = encode_text(cleaning.text, draft.encoding, draft.bom, draft.path)
    else:
        raw = encode(draft, cleaning.text)
    return CleanDraft(draft, cleaning, raw)


def _as_word(
    draft: Draft, cleaning: Cleaning, form: Form, author: str, date: str | None
) -> CleanDraft:
    """A cleaning written as a Word file, without the edits that it cannot hold."""
    if draft.kind != "docx":
        said = _("only a Word draft is written as .docx; name a .txt file")
        raise SourceError(draft.path, said)

    def write(edits: Sequence[Edit]) -> Written:
        if form == "copy":
            return clean_docx(draft, edits)
        return tracked_docx(draft, edits, author, date)

    written = what_holds(write, cleaning.edits)
    torn = {edit.rule for edit in written.refused if edit.kind == "repair"}
    if torn:  # a copy goes only where all its words can stand in the place of the first
        dropped = tuple(
            edit
            for edit in cleaning.edits
            if edit.rule in torn and edit.kind in ("repair", "repeat")
        )
        rest = [edit for edit in cleaning.edits if edit not in dropped]
        written = what_holds(write, rest)
        written = replace(written, refused=(*written.refused, *dropped))
    if written.refused:
        kept = [edit for edit in cleaning.edits if edit not in written.refused]
        refused = (*cleaning.refused, *written.refused)
        cleaning = replace(cleaning, applied=apply(draft.text, kept), refused=refused)
    return CleanDraft(draft, cleaning, written.raw, form, written.refused)


def _with_places(draft: Draft, cleaning: Cleaning) -> Cleaning:
    """The cleaning, each repeat told with the place of the paragraph that stays: Word counts other
    paragraphs than those of the body."""
    cuts = (edit for edit in cleaning.findings if edit.kind == "repeat" and edit.grade != "tell")
    told = {}
    for cut, kept in zip(cuts, cleaning.kept, strict=True):
        at = cleaning.draft.find(kept)  # nowhere, where marks of a chat were taken out of it
        place = draft.place(at) if at >= 0 else None
        if place is not None:
            reason = f"{cut.reason} ({_shown(*place[:2])})"
            told[cut] = cut.model_copy(update={"reason": reason})
    return replace(
        cleaning,
        findings=tuple(told.get(edit, edit) for edit in cleaning.findings),
        applied=apply(cleaning.draft, [told.get(edit, edit) for edit in cleaning.edits]),
        refused=tuple(told.get(edit, edit) for edit in cleaning.refused),
    )


def _shown(part: str, paragraph: int) -> str:
    name = f"{PurePosixPath(part).stem}:" if part else ""
    return f"{name}¶{paragraph}"


def _day(published: str | None) -> Day | None:
    try:
        return Day.fromisoformat(published) if published else None
    except ValueError:  # a page may declare anything
        return None


def undone(clean_raw: bytes, undo_file: str, path: str) -> bytes:
    """The draft's bytes again.

    Raises SourceError where the file is not the clean draft the undo file belongs to, or the undo
    file is none.
    """
    try:
        plain = json.loads(undo_file)
        if plain["format"] != _UNDO:
            raise KeyError(_UNDO)
        if plain["clean_sha256"] != hashlib.sha256(clean_raw).hexdigest():
            said = _("changed since it was cleaned, or another file; its undo file does not fit")
            raise SourceError(path, said)
        if plain["raw"] is not None:
            raw = base64.b64decode(plain["raw"])
        else:
            bom = bytes.fromhex(plain["bom"])
            text = clean_raw[len(bom) :].decode(plain["encoding"])
            for key in ("edits", "mends"):
                text = apply(text, [Edit.model_validate(one) for one in plain[key]]).text
            raw = encode_text(text, plain["encoding"], bom, path)
        if hashlib.sha256(raw).hexdigest() != plain["draft_sha256"]:
            raise ValueError("the draft's digest does not fit")
    except (ValueError, KeyError, TypeError, LookupError, ValidationError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise SourceError(
            path, _("no undo file of rilis: {reason}").format(reason=reason)
        ) from None
    return raw


def write_atomically(
    path: Path, raw: bytes, backup: bool = False, was: bytes | None = None
) -> None:
    """Put bytes in a file, whole or not at all; ``backup`` keeps the old file as ``NAME.bak``.

    ``was``: what the file must still hold. Raises SourceError where somebody wrote to it meanwhile,
    and where it cannot be written; then the old file is untouched.
    """
    target = Path(os.path.realpath(path))
    scratch = target.with_name(target.name + ".rilis-tmp")
    try:
        if was is not None and target.read_bytes() != was:
            raise SourceError(str(path), _("changed while it was being cleaned; clean it again"))
        with scratch.open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, scratch)
            if backup:
                shutil.copy2(target, target.with_name(target.name + ".bak"))
        scratch.replace(target)
    except OSError as error:
        said = _("cannot be written: {reason}").format(reason=error.strerror)
        raise SourceError(str(path), said) from None
    finally:  # gone already where all went well
        with suppress(OSError):
            scratch.unlink()


class _Places:
    """Line and column, from 1, of an offset; found fast where offsets come in order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = self._start = 0
        self._line = 1

    def of(self, offset: int) -> tuple[int, int]:
        if offset < self._start:
            self._at = self._start = self._text.rfind("\n", 0, offset) + 1
            self._line = self._text.count("\n", 0, offset) + 1
        while (found := self._text.find("\n", self._at, offset)) >= 0:
            self._line += 1
            self._at = self._start = found + 1
        return self._line, offset - self._start + 1


def _change(draft: str, edit: Edit, state: str) -> str:
    if edit.grade == "tell":
        return ""
    old, new = _short(draft[edit.start : edit.end]), _short(edit.replacement)
    return f" [{state}: {old!r} -> {new!r}]"


def _short(text: str, width: int = 40) -> str:
    flat = text.strip("\r\n") if len(text) > width else text
    return flat if len(flat) <= width else flat[: width - 1] + "…"


def _invert_mends(draft: Draft) -> tuple[Edit, ...]:
    if not draft.mends:
        return ()
    return invert(decode(draft.raw, draft.path).text, draft.mends)
