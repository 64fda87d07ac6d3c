"""Whether an event was held, is planned, was put off or called off."""

from extractor.language.events.choice import Candidate
from extractor.language.events.reading import Mention, Reading
from extractor.language.events.words import EventWords

_BEHIND = 3


def event_status(reading: Reading, event: Candidate, vocabulary: EventWords) -> str:
    """held, planned, postponed or cancelled, from the words round the event verb.

    Planned where the first clause of the body that tells of it has it to come, or the title has
    and none tells it as done: what comes behind speaks of the plan ("dipusatkan di Lapangan X").
    """
    words = reading.words
    coming = done = False
    for one in sorted(event.mentions, key=lambda one: one.start):
        if "in_speech" in one.features or "late" in one.features or "deep" in one.features:
            continue
        first, last = reading.ranges[one.sentence]
        verb = one.verb if one.verb is not None else one.first
        start = max(first, verb - 4) if verb >= first else max(0, verb - 4)
        around = {w.lower for w in words[start : min(last, verb + 1)]}
        behind = {w.lower for w in words[one.last : min(last, one.last + _BEHIND)]}
        if one.after is not None and one.verb is None:
            around |= {w.lower for w in words[one.last : one.after + 1]}
        if one.first == first and one.noun:
            behind |= _predicates(reading, one.last, last, vocabulary)
        if behind & vocabulary.cancelled:
            return "cancelled"
        if behind & vocabulary.postponed:
            return "postponed"
        if around & vocabulary.planned:
            coming = True
            if reading.sentences[one.sentence].paragraph > 0 and not done:
                return "planned"
        elif reading.sentences[one.sentence].paragraph > 0 and _told(reading, one, vocabulary):
            done = True
    return "planned" if coming and not done else "held"


def _predicates(reading: Reading, first: int, last: int, vocabulary: EventWords) -> set[str]:
    """The words that may say what became of a sentence's subject, past the clause that tells
    more of it ("Rapat yang sedianya digelar Senin di Aula X ditunda")."""
    words = reading.words
    if first >= last or words[first].lower not in vocabulary.relative:
        return set()
    found: set[str] = set()
    for at in range(first + 2, last):
        if words[at].lower in vocabulary.relative:
            break
        found.add(words[at].lower)
    return found


def _told(reading: Reading, one: Mention, vocabulary: EventWords) -> bool:
    """Whether a verb tells of a mention, not "kegiatan", "pelaksanaan" alone, nor what something
    was for ("untuk menggelar X")."""
    if not one.noun or "aside" in one.features:
        return False
    if one.after is not None or one.verb is None:
        return one.after is not None
    lower = reading.words[one.verb].lower
    if one.verb > 0 and reading.words[one.verb - 1].lower in vocabulary.purpose:
        return False
    return lower in vocabulary.verbs or lower in vocabulary.passives
