"""Where a text names people: one pass over its words, each find with the evidence for it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractor.language.lexicon import (
    ADVERB,
    AGENT_FORM,
    ANY_ROLE,
    AS_ROLE,
    COMMON_ROLE,
    CUE_AFTER,
    CUE_BEFORE,
    GIVEN,
    NAMED,
    NICKNAME,
    NICKNAME_LINK,
    NOT_NAME,
    OFFICE,
    ORGANISATION,
    PLACE_HEAD,
    ROLE,
    SAYS,
    TITLE,
    VENUE_HEAD,
    VERB_FORM,
    Reading,
)
from extractor.language.names import Name, acronym, begins, following_name, name_at, placed, vetoed
from extractor.language.role_chain import Role
from extractor.language.roles import role_at
from extractor.language.titles import Titles, degrees_at, titles_at

_MARKUP = " \xa0\t\r\n*_"
_BLANK = (" ", "\xa0", "  ")
_COMMA = (", ", ",", " , ", " ,", ",  ")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or a role found in the text.

    ``evidence`` is the id of the rule that vouches for it, "" where nothing does; words ``first`` to
    ``last`` are the whole of it, with titles and role.
    """

    first: int
    last: int
    evidence: str
    name: Name | None
    titles: tuple[str, ...] = ()
    address: int = -1
    role: Role | None = None
    nickname: bool = False
    short: bool = False


class Scan:
    """The mentions of one text, in its order."""

    def __init__(self, reading: Reading, skipped: list[tuple[int, int]], title_end: int) -> None:
        self.reading = reading
        self.skipped = skipped
        self.title_end = title_end
        self.found: list[Mention] = []
        self.group: Role | None = None
        self.group_end = -1

    def run(self) -> list[Mention]:
        """Every mention, strong and weak."""
        reading = self.reading
        words, kinds = reading.words, reading.kinds
        at, size = 0, len(words)
        skip = iter([*self.skipped, (len(reading.text) + 1, len(reading.text) + 1)])
        start, end = next(skip)
        while at < size:
            word = words[at]
            if word.start >= start:
                if word.start < end:
                    at += 1
                    continue
                start, end = next(skip)
                continue
            kind = kinds[at]
            if not word.capital and not kind & (ANY_ROLE | NICKNAME | TITLE):
                at += 1
                continue
            at = max(at + 1, self._at(at))
        return self.found

    def _at(self, at: int) -> int:
        """Read what begins with word ``at``; gives the word to go on with."""
        reading = self.reading
        kind = reading.kinds[at]
        if kind & NICKNAME:
            return self._nickname(at)
        titles = titles_at(reading, at) if reading.words[at].capital or kind & TITLE else None
        if titles is not None:
            name = following_name(reading, titles)
            if name is not None:
                return self._named(at, name, titles, None)
            role = role_at(reading, titles.last) if titles.last < len(reading.words) else None
            if role is not None and titles.address >= 0:
                return self._role(replace(role, first=at))
            if titles.formal:
                return titles.last
        if kind & ANY_ROLE and not self._chained(at):
            role = role_at(reading, at)
            if role is not None:
                return self._role(role)
        if not reading.words[at].capital:
            return at + 1
        if kind & (ORGANISATION | VENUE_HEAD | PLACE_HEAD) and not kind & GIVEN:
            return self._chain(at)
        name = name_at(reading, at)
        if name is None:
            return at + 1
        if at and (stray := degrees_at(reading, at)) is not None:
            return stray.last
        return self._named(at, name, None, None)

    def _chained(self, at: int) -> bool:
        """A common role noun in the middle of a title-cased chain is no start of a role."""
        kinds = self.reading.kinds
        return (
            at > 0
            and bool(kinds[at] & COMMON_ROLE)
            and not kinds[at] & ROLE
            and self.reading.words[at].capital
            and self.reading.gap(at) in _BLANK
            and self.reading.words[at - 1].capital
        )

    def _chain(self, at: int) -> int:
        """Past an organisation, street, building or place: the capitalised words that follow its head."""
        reading = self.reading
        last = at + 1
        while last < len(reading.words) and last - at < 12:
            word, kind = reading.words[last], reading.kinds[last]
            gap = reading.gap(last)
            if gap in _BLANK or (
                gap in ("-", ".", ". ")
                and (
                    reading.joined(last)
                    or titles_at(reading, last - 1) is not None
                    or reading.words[last - 1].end - reading.words[last - 1].start <= 3
                )
            ):
                titled = titles_at(reading, last)
                if kind & ROLE and not kind & (ORGANISATION | GIVEN):
                    break
                if titled is not None and titled.formal and not reading.kinds[at] & VENUE_HEAD:
                    break
                if word.capital or titled is not None or reading.surface(last).isdigit():
                    last += 1
                    continue
            break
        return last

    def _role(self, role: Role) -> int:
        """A role, and the name that goes with it."""
        reading = self.reading
        if role.name is not None:
            evidence = "people.role-joined" if role.sure else ""
            return self._named(role.first, role.name, None, role, evidence)
        at = role.last
        if at < len(reading.words):
            gap = reading.text[role.end : reading.words[at].start][:8]
            lead = gap.strip(_MARKUP)
            namely = self._namely(at) if lead in ("", ",") else at
            titles = titles_at(reading, namely)
            start = titles.last if titles is not None else namely
            name: Name | None = None
            if start >= len(reading.words):
                pass
            elif "\n" in gap and not (lead == "," and self._signed(start, titles)):
                pass
            elif titles is not None:
                name = following_name(reading, titles)
            elif lead == "," and not role.common and not reading.words[start].capital:
                name = self._small_name(start)
            else:
                name = name_at(reading, start, follows=lead == ",")
            if name is not None and (
                lead in (",", ":", "(", "–", "-") or lead == "" and (titles or namely > at)
            ):
                if self._fits(name, titles, role, lead if namely == at else ":"):
                    rule = "people.role-name" if titles is None else "people.title-role"
                    if not role.plural and namely == at:
                        return self._named(role.first, name, titles, role, rule)
                    self.group = role
                    end = self._named(titles and namely or name.first, name, titles, role, rule)
                    self.group_end = end
                    return end
        if self._of_office(role.first):
            return role.last
        if not role.plural and self._among_many(role):
            role = replace(role, plural=True)
        self.found.append(Mention(role.first, role.last, "", None, role=role))
        return role.last

    def _of_office(self, first: int) -> bool:
        """Whether a role only names a thing: Peraturan Wali Kota, Kantor Bupati."""
        before = first - 1
        words = self.reading.words
        return (
            before >= 0
            and words[before].lower in self.reading.lexicon.of_office
            and self.reading.gap(first) in _BLANK
        )

    def _among_many(self, role: Role) -> bool:
        """Whether a bare role goes on a list that began as a plural: para camat, lurah."""
        reading = self.reading
        if not self.found or reading.words[role.first].capital:
            return False
        before = self.found[-1]
        if before.role is None or not before.role.plural or before.name is not None:
            return False
        return role.first == before.last or (
            role.first == before.last + 1
            and reading.words[before.last].lower in reading.lexicon.conjunctions
        )

    def _namely(self, at: int) -> int:
        """Past ``yaitu``, ``yakni``, ``antara lain`` before names."""
        words = self.reading.words
        last = at
        while (
            last < len(words) and last - at < 3 and words[last].lower in self.reading.lexicon.namely
        ):
            last += 1
        return last

    def _signed(self, at: int, titles: Titles | None) -> bool:
        """Whether a signature stands on the next line: capitals, a title or a degree."""
        name = name_at(self.reading, at)
        if name is None:
            return False
        formal = titles is not None and titles.formal
        return name.caps or formal or degrees_at(self.reading, name.last) is not None

    def _small_name(self, at: int) -> Name | None:
        """A name in small letters between two commas behind an office, or one with a degree."""
        reading = self.reading
        name = name_at(reading, at, lower=True)
        if name is None or name.size > 4:
            return None
        if degrees_at(reading, name.last) is not None:
            return name
        if name.size < 2 or name.last >= len(reading.words) or reading.gap(name.last) not in _COMMA:
            return None
        plain = all(not reading.kinds[i] & ~GIVEN for i in range(name.first, name.last))
        return (
            name
            if plain and any(reading.kinds[i] & GIVEN for i in range(name.first, name.last))
            else None
        )

    def _fits(self, name: Name, titles: Titles | None, role: Role, lead: str) -> bool:
        """Whether a name behind a role is one."""
        reading = self.reading
        if degrees_at(reading, name.last) is not None or (titles is not None and titles.formal):
            return True
        if vetoed(reading, name, -1):
            return False
        if titles is not None:
            return True
        if role.plural and name.size < 2 and not reading.kinds[name.first] & GIVEN:
            return self._paired(name.last)
        if lead in ("–", "-"):
            return False
        if lead == "(":
            end = reading.words[name.last - 1].end
            return name.size >= 2 and reading.text[end : end + 1] == ")"
        if lead == ":":
            return True
        if name.caps and not reading.ends_line(name.last) and name.size == 1:
            return False
        bare = role.last - role.first == 1
        if name.size == 1 and bare and not role.common:
            return (
                self._spoken(name)
                or bool(reading.kinds[name.first] & GIVEN)
                or self._told(name.last)
            )
        return True

    def _past_gloss(self, at: int) -> int:
        """Past a few words in brackets that tell where each one of a list comes from."""
        reading = self.reading
        if at < len(reading.words) and reading.gap(at) in (" (", "("):
            for last in range(at, min(at + 4, len(reading.words))):
                closing = reading.words[last].end
                if reading.text[closing : closing + 1] == ")":
                    return last + 1
        return at

    def _paired(self, at: int) -> bool:
        """Whether ``dan`` and another capitalised word follow."""
        reading = self.reading
        return (
            at + 1 < len(reading.words)
            and reading.words[at].lower in reading.lexicon.conjunctions
            and reading.words[at + 1].capital
            and not reading.kinds[at + 1]
        )

    def _named(
        self,
        first: int,
        name: Name,
        titles: Titles | None,
        role: Role | None,
        evidence: str = "",
    ) -> int:
        """A name with its titles; looks for what vouches for it before and after."""
        reading = self.reading
        last = name.last
        if placed(reading, first, titled=True) and role is None:
            return last
        found = titles.titles if titles is not None else ()
        if role is None and titles is not None and titles.formal:
            role = self._role_run(first)
            first = role.first if role is not None else first
        degrees = degrees_at(reading, last)
        if degrees is not None:
            found, last = (*found, *degrees.titles), degrees.last
        if not evidence and titles is not None and titles.formal:
            evidence = "people.title-before"
        if not evidence and degrees is not None:
            evidence = "people.degree-after"
        age = self._age(last)
        if age:
            evidence, last = evidence or "people.age", age
        shown = role
        listed = self._listed(first)
        if not evidence and listed and not vetoed(reading, name, -1) and not self._office(last):
            evidence = "people.listed"
        if listed and role is None and self.group is not None and self.group_end == listed:
            shown = role = self.group
            self.group_end = last
        if role is not None and role.common and not role.plural:
            more = self._role_after(last, True)
            if more is not None and not reading.words[more.first].capital:
                last = max(last, more.last)
                if more.last - more.first > role.last - role.first:
                    shown = more
        if role is None or role.plural:
            after = self._role_after(last, role is not None)
            if after is not None:
                shown = after
                last = max(last, after.last)
                evidence = evidence or "people.name-role"
        address = titles.address if titles is not None else -1
        veto = vetoed(reading, name, first) if role is None or role is self.group else False
        if not evidence and address >= 0 and not veto:
            evidence = "people.address"
        unsure = role is not None and role.name is name and not role.sure
        veto = veto or unsure
        if not evidence and not veto and (self._spoken(name) or self._told(name.last)):
            evidence = "people.speech"
        if not evidence and not veto and (self._shaped(name) or self._sent(name, last)):
            evidence = "people.shape"
        if not evidence and not veto and self._introduced(name, first) and not self._office(last):
            evidence = "people.introduced"
        if veto and (evidence == "people.name-role" or (evidence and name.size == 1 and not found)):
            evidence = ""
        if evidence == "people.name-role" and name.size == 1 and shown is not None and not found:
            blank = reading.gap(name.last) in _BLANK
            bare = shown.last - shown.first == 1 or (shown.first == name.last and blank)
            if (begins(reading, first) and bare) or "(" in reading.gap(first):
                evidence = ""
        if not evidence:
            last, shown = name.last, role
        if shown is self.group and self.group is not None:
            last = self._past_gloss(last)
            self.group_end = last
        self.found.append(
            Mention(
                first,
                last,
                evidence,
                name,
                found,
                address,
                shown,
                short=role is not None and not evidence,
            )
        )
        return max(last, name.last)

    def _row(self, at: int) -> bool:
        """Whether a list goes on at word ``at``."""
        reading = self.reading
        if at >= len(reading.words):
            return False
        return reading.gap(at) in _COMMA or (
            reading.gap(at) in _BLANK and reading.words[at].lower in reading.lexicon.conjunctions
        )

    def _role_run(self, first: int) -> Role | None:
        """An office no list holds: a run of capitals straight before a title and a name."""
        reading = self.reading
        if not self.found or reading.gap(first) not in _BLANK:
            return None
        before = self.found[-1]
        if before.name is None or before.evidence or before.last != first or before.titles:
            return None
        name = before.name
        bodies = any(acronym(reading, at) for at in range(name.first, first))
        if not (bodies or name.size > 1) or placed(reading, name.first):
            return None
        self.found.pop()
        return Role(name.first, first, reading.words[first - 1].end, False, False, False)

    def _listed(self, first: int) -> int:
        """Where a person just before ends, if what begins with word ``first`` is listed with that one;
        0 where it is not."""
        reading = self.reading
        if not self.found:
            return 0
        last = self.found[-1]
        if last.name is None or not last.evidence:
            return 0
        if last.last == first and reading.gap(first).lstrip(")") in _COMMA:
            group = self.group is not None and self.group_end == last.last
            named = name_at(reading, first)
            row = named is not None and named.size >= 2 and self._row(named.last)
            return last.last if group or row or last.evidence == "people.listed" else 0
        joint = first - 1
        if joint != last.last and joint >= 0 and len(self.found) > 1:
            # a role or a weak name may stand between them, in the same sentence
            before = self.found[-2]
            if before.name is None or not before.evidence or first - before.last > 8:
                return 0
        elif joint != last.last:
            return 0
        if reading.words[joint].lower in reading.lexicon.conjunctions:
            return last.last if reading.gap(first) in _BLANK else 0
        return 0

    def _introduced(self, name: Name, first: int) -> bool:
        """Whether a word such as ``bernama`` or ``didampingi`` before it announces a person."""
        before = first - 1
        if before < 0 or self.reading.gap(first) not in _BLANK:
            return False
        kind = self.reading.kinds[before]
        if self.reading.words[before].lower in self.reading.lexicon.bears_name:
            return True
        return bool(kind & NAMED) and name.size >= 2

    def _shaped(self, name: Name) -> bool:
        """Whether a name shows by its own parts that it is one: bin, Dg., Moh."""
        reading = self.reading
        return name.size >= 2 and any(
            reading.words[at].lower in reading.lexicon.name_mark
            for at in range(name.first, name.last)
        )

    def _sent(self, name: Name, at: int) -> bool:
        """Whether a body stands behind the name: X Y dari Dinas Z."""
        reading = self.reading
        return (
            name.size >= 2
            and at + 1 < len(reading.words)
            and reading.gap(at) in _BLANK
            and reading.words[at].lower in reading.lexicon.sent_by
            and bool(reading.kinds[at + 1] & ORGANISATION)
        )

    def _office(self, at: int) -> bool:
        """Whether a title follows straight: then the run before it is an office."""
        if at >= len(self.reading.words) or self.reading.gap(at) not in _BLANK:
            return False
        titles = titles_at(self.reading, at)
        return titles is not None and titles.formal

    def _spoken(self, name: Name) -> bool:
        reading = self.reading
        before = name.first - 1
        return (
            before >= 0
            and bool(reading.kinds[before] & CUE_BEFORE)
            and reading.gap(name.first) in _BLANK
        )

    def _told(self, at: int) -> bool:
        """Whether a verb of saying stands at ``at``, perhaps after an adverb or two."""
        kinds = self.reading.kinds
        for i in range(at, min(at + 3, len(kinds))):
            if self.reading.gap(i) not in _BLANK:
                return False
            if kinds[i] & SAYS:
                return True
            if not kinds[i] & ADVERB:
                return False
        return False

    def _age(self, at: int) -> int:
        """The word after an age, or a note on a changed name, in brackets; 0 where there is none."""
        reading = self.reading
        if at >= len(reading.words):
            return 0
        comma = reading.gap(at) == ", "
        if not comma and reading.gap(at) not in (" (", "("):
            return 0
        surface = reading.surface(at)
        end = reading.words[at].end
        if comma:
            aged = surface.isdigit() and len(surface) == 2 and reading.text[end : end + 1] == ","
            return at + 1 if aged else 0
        if surface.isdigit() and len(surface) <= 3 and reading.text[end : end + 1] == ")":
            return at + 1
        for last in range(at + 1, min(at + 6, len(reading.words))):
            closing = reading.words[last].end
            if reading.text[closing : closing + 1] == ")":
                told = reading.words[last].lower in reading.lexicon.pseudonym
                years = surface.isdigit() and last == at + 1 and reading.gap(last) in _BLANK
                return last + 1 if told or (years and not reading.surface(last).isdigit()) else 0
        return 0

    def _role_after(self, at: int, has_role: bool) -> Role | None:
        """The role that stands behind a name: after a comma, in brackets, after ``selaku``."""
        reading = self.reading
        if at >= len(reading.words):
            return None
        gap = reading.gap(at).lstrip(")")
        if not reading.words[at].capital:
            gap = gap.lstrip(".")
        kinds = reading.kinds
        start, needs = at, False
        if gap in _COMMA:
            needs = True
        elif gap in (" (", "("):
            pass
        elif gap in _BLANK or not gap.strip():
            if kinds[at] & VERB_FORM and at + 1 < len(kinds) and kinds[at + 1] & AS_ROLE:
                start = at + 2
            elif kinds[at] & AS_ROLE:
                start = at + 1
            elif reading.words[at].lower in reading.lexicon.relative:
                start = self._relative(at)
            elif not (kinds[at] & ROLE and reading.words[at].capital):
                return None
        else:
            return None
        if start >= len(reading.words) or not kinds[start] & (ANY_ROLE | AGENT_FORM):
            return None
        if not kinds[start] & ANY_ROLE:
            if reading.words[start].capital or kinds[start] & (OFFICE | VERB_FORM | NOT_NAME):
                return None
            if gap not in _COMMA:
                return None
        role = role_at(reading, start) or self._agent(start)
        if role is None or role.plural:
            return None
        if role.name is not None:
            lone = role.name.size == 1 and not kinds[role.name.first] & GIVEN
            if role.sure and reading.words[start].capital and not lone:
                return None
            words = reading.words
            role = replace(role, last=role.name.last, end=words[role.name.last - 1].end, name=None)
        if needs and self._belongs_to_next(role, has_role):
            return None
        return role

    def _relative(self, at: int) -> int:
        """``yang juga Ketua X``, ``yang menjabat Kepala Y``: the word where the role begins."""
        kinds = self.reading.kinds
        for i in range(at + 1, min(at + 4, len(kinds))):
            if kinds[i] & ROLE:
                return i
            if not kinds[i] & (ADVERB | AS_ROLE):
                break
        return len(kinds)

    def _agent(self, first: int) -> Role | None:
        """A role noun no list holds, told by its form (``pe...``), with the small words behind it."""
        reading = self.reading
        last = first + 1
        while last < len(reading.words) and last - first < 8 and reading.gap(last) in _BLANK:
            kind = reading.kinds[last]
            if kind & (SAYS | CUE_AFTER | NOT_NAME | VERB_FORM) and not kind & ROLE:
                break
            last += 1
        return Role(first, last, reading.words[last - 1].end, True, False, False)

    def _belongs_to_next(self, role: Role, has_role: bool) -> bool:
        """Whether a role between two commas is that of the person named after it."""
        reading = self.reading
        at = role.last
        if at >= len(reading.words):
            return False
        gap = reading.gap(at)
        titles = titles_at(reading, at)
        name = name_at(reading, titles.last if titles is not None else at)
        if name is None or "\n" in gap:
            return False
        if titles is not None and titles.formal and (gap in _COMMA or gap in _BLANK):
            return True
        return gap in _COMMA and not vetoed(reading, name, at)

    def _nickname(self, at: int) -> int:
        """``sapaan akrab``, ``alias``: the name beside it is a nickname."""
        reading = self.reading
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
                full = name.size >= 2 and self._short_before(at)
                self._vouch(at)
                role = self._role_after(name.last, False)
                end = max(name.last, role.last) if role is not None else name.last
                self.found.append(
                    Mention(
                        last, end, "people.nickname", name, (), address, role, nickname=not full
                    )
                )
                return end
        self._named_before(at)
        return last

    def _short_before(self, at: int) -> bool:
        """Whether a lone name stands before: then that one is the nickname, and gets marked so."""
        if not self.found or self.found[-1].name is None or self.found[-1].name.size > 1:
            return False
        if self.found[-1].last != at:
            return False
        self.found[-1] = replace(self.found[-1], nickname=True, evidence="people.nickname")
        return True

    def _vouch(self, at: int) -> None:
        """Who has a nickname is a person."""
        if self.found and self.found[-1].name is not None and at - self.found[-1].last <= 3:
            before = self.found[-1]
            if not before.evidence and not vetoed(self.reading, before.name):  # type: ignore[arg-type]
                self.found[-1] = replace(before, evidence="people.nickname")

    def _named_before(self, at: int) -> None:
        """The name just before ``sapaan akrab`` becomes a nickname."""
        if not self.found:
            return
        before = self.found[-1]
        if before.name is None or not 0 <= at - before.last <= 5:
            return
        kinds = self.reading.kinds
        if all(kinds[i] & NICKNAME_LINK for i in range(before.last, at)):
            self.found[-1] = replace(
                before, nickname=True, evidence=before.evidence or "people.nickname"
            )


def mentions_of(
    reading: Reading, skipped: list[tuple[int, int]], title_end: int
) -> Iterator[Mention]:
    """The mentions of a text; ``skipped`` are stretches without people (credits, furniture)."""
    yield from Scan(reading, skipped, title_end).run()


__all__ = ["Mention", "acronym", "mentions_of"]
