"""Names of married women, which hold those of their husbands: Ny. Rahma Tarjono Wibisana."""

from extractor.language.people.mentions import Mention
from extractor.language.people.person import Person
from extractor.language.people.reading import Reading

_OFFICES = 4


def married(reading: Reading, person: Person, bare: list[str], mention: Mention) -> bool:
    """Whether one name is the other's behind a first name: Ny. Rahma Tarjono Wibisana bears that of
    her husband, Mayjen Tarjono Wibisana."""
    theirs = person.bare
    if len(theirs) < 2 or len(theirs) == len(bare) or theirs[0] == bare[0]:
        return False
    titles = {title for one in person.mentions for title in one.titles}
    own = set(mention.titles)
    longer = len(bare) > len(theirs)
    long, short = (own, titles) if longer else (titles, own)
    if long & reading.lexicon.of_husband or (short & reading.lexicon.ranks and not long):
        return True
    tail = bare[-len(theirs) :] == theirs if longer else theirs[-len(bare) :] == bare
    roles = [mention.role] if longer else person.roles[:_OFFICES]
    return tail and any(
        reading.words[at].lower in reading.lexicon.married
        for role in roles
        if role is not None
        for at in range(role.first, role.last)
    )
