"""What a chat leaves round a pasted release: senders and times, marks of forwarding, notices.

It is taken out before anything else is looked at, so that a message sent twice at two times is
found to be a repeat, and its edits are told like all others: against the draft as it came in. The
rules are those of kind ``chat`` in ``rules/style``.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from extractor.editing.edits import Applied, apply
from extractor.editing.finding import rule_meaning
from extractor.record import Edit
from extractor.rulebook import Rule, Rulebook, RuleFile
from extractor.rulebook.sieve import Sieve


def chat_edits(text: str, rulebook: Rulebook) -> list[Edit]:
    """What of a text is the chat's, as edits of kind ``chat``, in order and without overlap."""
    rules, sieve = _rules(rulebook.group("style"))
    if not sieve.sift([text]):
        return []
    first = _found(text, rules)
    if not first:
        return []
    stripped = apply(text, first)
    # what stood behind a sender opens a line now: a mark of forwarding, a notice
    return list(against_the_draft(stripped, _found(stripped.text, rules)))


def _found(text: str, rules: Iterable[Rule]) -> list[Edit]:
    found = sorted(
        (
            (match.start(), -match.end(), rule)
            for rule in rules
            if rule.pattern is not None
            for match in rule.pattern.finditer(text)
            if match.end() > match.start()
        ),
        key=lambda one: one[:2],
    )
    edits: list[Edit] = []
    for start, end, rule in found:
        if not edits or start >= edits[-1].end:
            edits.append(_edit(rule, start, -end))
    return edits


def against_the_draft(stripped: Applied, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Edits of a text that was stripped before, and those that stripped it, as edits of the draft,
    in order; a cut within another edit becomes a part of it."""
    mapped = [mapped_back(stripped, edit) for edit in edits]
    return tuple(sorted([*mapped, *_beside(stripped.edits, mapped)], key=_order))


def taken_before(offset: int, cuts: Iterable[Edit]) -> int:
    """How many characters these cuts take out before an offset."""
    return sum(min(cut.end, offset) - cut.start for cut in cuts if cut.start < offset)


def mapped_back(stripped: Applied, edit: Edit) -> Edit:
    """An edit of the stripped text as an edit of the draft."""
    start = stripped.to_draft(edit.start)
    end = stripped.to_draft(edit.end - 1) + 1 if edit.end > edit.start else start
    return edit.model_copy(update={"start": start, "end": end})


def _beside(cuts: Iterable[Edit], edits: Iterable[Edit]) -> Iterator[Edit]:
    """The cuts that lie in none of these edits."""
    wide = sorted((one for one in edits if one.end > one.start), key=_order)
    place = 0
    for cut in cuts:
        while place < len(wide) and wide[place].end <= cut.start:
            place += 1
        if place == len(wide) or wide[place].start > cut.start:
            yield cut


def _order(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end


@lru_cache(maxsize=8)
def _rules(files: tuple[RuleFile, ...]) -> tuple[tuple[Rule, ...], Sieve]:
    """The rules of kind chat, and what tells whether one of them may hold."""
    rules = tuple(rule for file in files for rule in file.rules if rule.kind == "chat")
    return rules, Sieve(rule.pattern for rule in rules if rule.pattern is not None)


def _edit(rule: Rule, start: int, end: int) -> Edit:
    return Edit(
        start=start,
        end=end,
        replacement="",
        rule=rule.id,
        reason=rule_meaning(rule) or rule.id,
        grade=rule.fields.get("grade", "sure"),
        kind="chat",
    )
