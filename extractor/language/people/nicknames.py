"""Nicknames: ``sapaan akrab``, ``alias``, initials or a form of address in brackets."""

from dataclasses import replace

from extractor.language.people.apposition import role_after
from extractor.language.people.initials import acronym, initials_of
from extractor.language.people.lexicon import (
    ANY_GIVEN,
    ANY_ROLE,
    NICKNAME,
    NICKNAME_LINK,
    PLACE,
)
from extractor.language.people.mentions import Mention
from extractor.language.people.names import Name, following_name, name_at, vetoed
from extractor.language.people.reading import Reading
from extractor.language.people.role_brackets import abbreviates
from extractor.language.people.titles import titles_at

_SHORT = 3
_QUOTATION = '“”"«»'
_BLANK = (" ", "\xa0", "  ")


def nickname_at(reading: Reading, found: list[Mention], at: int) -> int:
    """``sapaan akrab``, ``alias``: the name beside it is a nickname."""
    kinds, words = reading.kinds, reading.words
    last = at + 1
    while last < len(words) and last - at < 6 and kinds[last] & (NICKNAME_LINK | NICKNAME):
        if reading.gap(last) not in _BLANK:
            break
        last += 1
    if last < len(words) and reading.gap(last) in _BLANK:
        titles = titles_at(reading, last)
        name = name_at(reading, titles.last if titles is not None else last)
        if name is not None and name.size <= 3 and not kinds[last] & ANY_ROLE:
            address = titles.address if titles is not None else -1
            full = name.size >= 2 and _short_before(reading, found, at)
            _vouch(reading, found, at)
            role = role_after(reading, name.last, False)
            end = max(name.last, role.last) if role is not None else name.last
            found.append(
                Mention(last, end, "people.nickname", name, (), address, role, nickname=not full)
            )
            return end
    if "(" not in reading.gap(at):
        _named_before(reading, found, at)
    return last


def _short_before(reading: Reading, found: list[Mention], at: int) -> bool:
    """Whether a lone name stands before: then that one is the nickname, and gets marked so."""
    if not found or found[-1].name is None or found[-1].name.size > 1:
        return False
    if found[-1].last != at:
        return False
    found[-1] = replace(found[-1], nickname=True, evidence="people.nickname")
    return True


def _vouch(reading: Reading, found: list[Mention], at: int) -> None:
    """Who has a nickname is a person."""
    if found and at - found[-1].last <= 3:
        before = found[-1]
        if not before.evidence and before.name and not vetoed(reading, before.name):
            found[-1] = replace(before, evidence="people.nickname")


def _named_before(reading: Reading, found: list[Mention], at: int) -> None:
    """The name just before ``sapaan akrab`` becomes a nickname."""
    if not found:
        return
    before = found[-1]
    if not 0 <= at - before.last <= 5:
        return
    if before.name is None and before.role is not None:
        # "Wali Kota Tono, sapaan akrabnya": the last word of the role was the nickname
        role, last = before.role, before.last - 1
        if role.place and last > role.first and not reading.kinds[last] & PLACE:
            end = reading.words[last - 1].end
            office = replace(role, last=last, end=end)
            name = Name(last, last + 1)
            before = Mention(before.first, before.last, "", name, role=office)
    if before.name is None:
        return
    kinds = reading.kinds
    if all(kinds[i] & NICKNAME_LINK for i in range(before.last, at)):
        found[-1] = replace(before, nickname=True, evidence=before.evidence or "people.nickname")


def _blend(reading: Reading, at: int, name: Name) -> bool:
    """Whether a word in brackets is made of the parts of a name: Joko Widodo (Jokowi)."""
    word = reading.words[at]
    if name.size < 2 or reading.kinds[at] & ~ANY_GIVEN or not word.capital or acronym(reading, at):
        return False
    closes = reading.text[word.end : word.end + 1] == ")"
    return closes and len(word.lower) > _SHORT and abbreviates(reading, name.first, at)


def called(reading: Reading, found: list[Mention], name: Name, last: int) -> int:
    """A nickname in brackets behind the name: initials (WGA), or an address (Bang Ali)."""
    if not found[-1].evidence or last >= len(reading.words):
        return last
    if reading.gap(last) not in (" (", "("):
        return last
    titles = titles_at(reading, last)
    other = following_name(reading, titles) if titles is not None else None
    if other is not None and titles is not None and titles.address >= 0:
        end = reading.words[other.last - 1].end
        if reading.text[end : end + 1] == ")" and not vetoed(reading, other, -1):
            short = Mention(
                last, other.last, "people.nickname", other, (), titles.address, nickname=True
            )
            found.append(short)
            return other.last
    if initials_of(reading, last, name.first) or _blend(reading, last, name):
        one = Name(last, last + 1, True)
        found.append(Mention(last, last + 1, "people.nickname", one, nickname=True))
        return last + 1
    return last


def quoted_between(reading: Reading, one: Mention, other: Mention) -> bool:
    """Whether a quotation opens or closes between two mentions."""
    first, last = min(one.last, other.last), max(one.first, other.first)
    gaps = (reading.gap(at) for at in range(first, last + 1))
    return any(mark in gap for gap in gaps for mark in _QUOTATION)
