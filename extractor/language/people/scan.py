"""Where a text names people: one pass over its words, each find with the evidence for it."""

from collections.abc import Iterator
from dataclasses import replace

from extractor.language.people.apposition import chance_office, role_after
from extractor.language.people.evidence import (
    ROW,
    done_by,
    office_follows,
    past_age,
    past_gloss,
    row_goes_on,
    voucher,
)
from extractor.language.people.initials import initials_of
from extractor.language.people.lexicon import (
    ANY_ROLE,
    AS_ROLE,
    GIVEN,
    NICKNAME,
    OFFICE_FORM,
    ORGANISATION,
    PLACE_HEAD,
    TITLE,
    VENUE_HEAD,
)
from extractor.language.people.mentions import Mention
from extractor.language.people.names import Name, following_name, name_at, placed, vetoed
from extractor.language.people.nicknames import called, nickname_at
from extractor.language.people.not_people import in_body, in_chain, past_organisation
from extractor.language.people.reading import Reading
from extractor.language.people.role_bodies import with_body
from extractor.language.people.role_brackets import in_brackets
from extractor.language.people.role_chain import Role
from extractor.language.people.role_holders import (
    among_many,
    before_office,
    fits,
    members,
    of_office,
    of_several,
    past_namely,
    past_region,
    ranked,
    signed,
    signed_below,
    small_name,
    succeeded,
    with_small,
)
from extractor.language.people.role_runs import role_run, standing_in
from extractor.language.people.roles import role_at
from extractor.language.people.titles import Titles, degrees_at, titles_at

_MARKUP = " \xa0\t\r\n*_"
_BLANK = (" ", "\xa0", "  ")
_COMMA = (", ", ",", " , ", " ,", ",  ")


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
            return nickname_at(reading, self.found, at)
        titles = titles_at(reading, at) if reading.words[at].capital or kind & TITLE else None
        if titles is not None:
            name = following_name(reading, titles)
            if name is not None:
                if reading.surface(at) not in reading.lexicon.address and office_follows(
                    reading, name.last
                ):
                    return name.last  # Almarhum Al Arif KH. Tarjono
                if titles.formal:
                    name = with_small(reading, name)
                return self._named(at, name, titles, None)
            role = role_at(reading, titles.last) if titles.last < len(reading.words) else None
            if role is not None and titles.address >= 0:
                return self._role(role if role.name is not None else replace(role, first=at))
            if titles.formal:
                return titles.last
        if kind & ANY_ROLE and not in_chain(reading, at) and not in_body(reading, at):
            role = role_at(reading, at)
            if role is not None:
                return self._role(role)
        if not reading.words[at].capital:
            return at + 1
        if kind & (ORGANISATION | VENUE_HEAD | PLACE_HEAD) and not kind & GIVEN:
            if kind & ORGANISATION and (body := standing_in(reading, at)) is not None:
                return self._role(body)
            return past_organisation(reading, at)
        if reading.gap(at) == "." and reading.gap(at - 1) == ".":
            return at + 1  # the rest of a degree no list holds
        name = name_at(reading, at)
        if name is None or (name.size > 2 and kind & OFFICE_FORM and not kind & GIVEN):
            return at + 1  # perhaps an office, then its holder: Pemerintahan Tarjono Wibisana
        if at and (stray := degrees_at(reading, at)) is not None:
            return stray.last
        return self._named(at, name, None, None)

    def _role(self, role: Role) -> int:
        """A role, and the name that goes with it."""
        reading = self.reading
        if role.name is not None:
            evidence = "people.role-joined" if role.sure and not of_several(reading, role) else ""
            end = self._named(role.first, role.name, None, role, evidence)
            if evidence and (role.common or role.plural) and row_goes_on(reading, end, True):
                self.group, self.group_end = role, end  # anggota DPRD Kenanga X dan Y
            return end
        role = with_body(reading, role)
        at = role.last
        if at < len(reading.words):
            gap = reading.text[role.end : reading.words[at].start][:8]
            lead = gap.strip(_MARKUP)
            if lead == ")," and not in_brackets(reading, role.first, role.end):
                lead = ","  # a bracket that nothing opened
            namely = past_namely(reading, at, role) if lead in ("", ",") else at
            titles = titles_at(reading, namely)
            start = titles.last if titles is not None else namely
            name: Name | None = None
            if "\n" in gap and lead == "" and signed_below(reading, role.first, start, titles):
                lead = ","
            if start >= len(reading.words) or (
                "\n" in gap and not (lead == "," and signed(reading, start, titles))
            ):
                pass
            elif titles is not None:
                name = following_name(reading, titles)
                if name is not None and titles.formal:
                    name = with_small(reading, name)
            elif lead == "," and not role.common and not reading.words[start].capital:
                name = small_name(reading, start)
            else:
                name = name_at(reading, start, follows=lead == "," and not role.common)
            if name is not None and name.size == 1 and of_office(reading, role) and lead == ",":
                name = None  # di Kantor Camat Kenanga, Melati
            if name is not None and lead == "," and not reading.kinds[name.first] & GIVEN:
                role, name = past_region(reading, role, name)
            if lead == "(" and role.common and reading.words[role.first].capital:
                name = None  # Keluarga Berencana (Bangga Kencana)
            if (
                name is not None
                and (
                    lead in (",", ":", "(", "–", "-")
                    or (lead == "" and (titles or namely > at or ranked(reading, role, name)))
                )
                and fits(reading, name, titles, role, lead if namely == at else ":")
            ):
                rule = "people.role-name" if titles is None else "people.title-role"
                kin = reading.words[role.first].lower in reading.lexicon.of_kin
                if kin and titles is not None and lead == "" and titles.formal and namely == at:
                    return self._named(at, name, titles, None)  # keluarga KH. Tarjono
                many = role.plural or members(reading, role, name)
                if not many and namely == at:
                    return self._named(role.first, name, titles, role, rule)
                self.group = role
                end = self._named((titles and namely) or name.first, name, titles, role, rule)
                self.group_end = end
                return end
        if of_office(reading, role):
            return role.last
        if not role.plural and among_many(reading, self.found, role):
            role = replace(role, plural=True)
        self.found.append(Mention(role.first, role.last, "", None, role=role))
        return role.last

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
        if role is None and titles is None and before_office(reading, self.found, name):
            name = Name(name.first, name.first + 1, name.caps)
        last = name.last
        if placed(reading, first, titled=True) and role is None:
            return last
        if (
            first
            and role is not None
            and reading.words[first - 1].lower in reading.lexicon.honoured
        ):
            return last
        found = titles.titles if titles is not None else ()
        if role is None and (office := succeeded(reading, self.found, first)) is not None:
            role, evidence = office, evidence or "people.role-name"
        if role is None and titles is not None and titles.formal:
            role = role_run(reading, self.found, first)
            first = role.first if role is not None else first
        degrees = degrees_at(reading, last)
        if (
            degrees is not None
            and "(" in reading.gap(last)
            and (name.size == 1 or initials_of(reading, last, name.first))
        ):
            degrees = None  # an acronym: Surat Edaran (SE)
        if degrees is not None:
            found, last = (*found, *degrees.titles), degrees.last
        if not evidence and titles is not None and titles.formal:
            evidence = "people.title-before"
        if not evidence and degrees is not None:
            evidence = "people.degree-after"
        age = past_age(reading, last)
        if age:
            evidence, last = evidence or "people.age", age
        shown = role
        listed = self._listed(first)
        if (
            not evidence
            and listed
            and not vetoed(reading, name, -1)
            and not done_by(reading, name)
            and not office_follows(reading, last)
        ):
            evidence = "people.listed"
        if listed and role is None and self.group is not None and self.group_end == listed:
            shown = role = self.group
            self.group_end = last
        if role is not None and role.common and not role.plural:
            more = role_after(reading, last, True)
            if more is not None and not reading.words[more.first].capital:
                last = max(last, more.last)
                if more.last - more.first > role.last - role.first:
                    shown = more
        acted = role is not None and role.first and reading.kinds[role.first - 1] & AS_ROLE
        if role is None or role.plural or acted:
            after = role_after(reading, last, role is not None)
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
        if not evidence and not veto:
            evidence = voucher(reading, name, first, last)
        if veto and (evidence == "people.name-role" or (evidence and name.size == 1 and not found)):
            evidence = ""
        if evidence == "people.name-role" and shown is not None and not found:
            evidence = "" if chance_office(reading, name, first, shown) else evidence
        if not evidence:
            last, shown = name.last, role
        if shown is self.group and self.group is not None:
            last = past_gloss(reading, last)
            self.group_end = last
        elif evidence in ROW and row_goes_on(reading, past_gloss(reading, last)):
            last = past_gloss(reading, last)
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
        return called(reading, self.found, name, max(last, name.last))

    def _listed(self, first: int) -> int:
        """Where a person just before ends, if what begins with word ``first`` is listed with that
        one; 0 where it is not."""
        reading = self.reading
        if not self.found:
            return 0
        last = self.found[-1]
        if last.name is None or not last.evidence:
            return 0
        if last.last == first and reading.gap(first) == "-":
            return last.last
        if last.last == first and reading.gap(first).lstrip(").") in _COMMA:
            group = self.group is not None and self.group_end == last.last
            named = name_at(reading, first)
            row = (
                named is not None
                and named.size >= 2
                and row_goes_on(reading, past_gloss(reading, named.last))
            )
            listed = last.evidence == "people.listed"
            listed = listed or (")" in reading.gap(first) and last.evidence in ROW)
            return last.last if group or row or listed else 0
        joint = first - 1
        if joint != last.last and joint >= 0 and len(self.found) > 1:
            # a role or a weak name may stand between them, in the same sentence
            before = self.found[-2]
            if before.name is None or not before.evidence or first - before.last > 8:
                return 0
            if any(sign in reading.gap(at) for at in range(before.last, first) for sign in ".\n"):
                return 0
        elif joint != last.last:
            return 0
        if reading.words[joint].lower in reading.lexicon.conjunctions:
            return last.last if reading.gap(first) in _BLANK else 0
        return 0


def mentions_of(
    reading: Reading, skipped: list[tuple[int, int]], title_end: int
) -> Iterator[Mention]:
    """The mentions of a text; ``skipped`` are stretches without people (credits, furniture)."""
    yield from Scan(reading, skipped, title_end).run()
