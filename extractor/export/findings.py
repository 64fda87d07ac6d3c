"""Findings of cleaned drafts with their places, and as JSON lines."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from extractor.editing.cleaning import Cleaning
from extractor.record import Edit

State = Literal["done", "proposed", "told"]


@dataclass(frozen=True)
class Placed:
    """A finding, whether it was done, and where: line and column of the text, from 1, and the place
    as an editor knows it, in a Word draft by paragraph and character."""

    edit: Edit
    done: bool
    line: int
    column: int
    place: str

    @property
    def state(self) -> State:
        """What became of it; what is not to be changed without an editor is only told of."""
        if self.done:
            return "done"
        return "told" if self.edit.grade == "tell" else "proposed"


@dataclass(frozen=True)
class Account:
    """One draft, what was found in it and what was done."""

    path: str
    cleaning: Cleaning
    found: tuple[Placed, ...]


def findings_jsonl(accounts: Iterable[Account]) -> str:
    """One JSON object a finding, in the order of the drafts and of their text.

    ``start`` and ``end`` count the code points of the draft's text, ``line`` and ``column`` from 1.
    """
    return "".join(
        json.dumps(_values(account, one), ensure_ascii=False) + "\n"
        for account in accounts
        for one in account.found
    )


def _values(account: Account, one: Placed) -> dict[str, object]:
    edit = one.edit
    return {
        "path": account.path,
        "line": one.line,
        "column": one.column,
        "place": one.place,
        "start": edit.start,
        "end": edit.end,
        "rule": edit.rule,
        "kind": edit.kind,
        "grade": edit.grade,
        "reason": edit.reason,
        "text": account.cleaning.draft[edit.start : edit.end],
        "replacement": None if edit.grade == "tell" else edit.replacement,
        "done": one.done,
    }
