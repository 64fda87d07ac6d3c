"""Which event the release is about: mentions of one event joined, weighed and ranked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractor.language.events.reading import Mention, Reading
from extractor.language.events.words import EventWords

_NAME_WORDS = 8
_BETWEEN = 60
_SPELLED = 4
_ACRONYM = 6
_LONG_NAME = 7
# What a mention loses as a name where it is its kind and no more ("Upacara").
_BARE = 3.0
# The same where a verb tells what the act was done to ("meresmikan gedung baru X").
_BARE_BESIDE = 5.5
# What one mention earns counts for the event, whichever mention is the strongest.
_PLACED = frozenset(
    ("in_title", "title_topic", "in_lead", "in_second", "verb_in_title", "verb_in_lead", "labelled")
)
_UNTOLD = frozenset(("topic", "uncued", "in_speech", "aside", "inside"))
# What makes an event even of a word that no list holds and no title or lead names.
_STRONG = frozenset(
    (
        *("after_hold", "after_attend", "after_open", "after_close", "after_receive"),
        *("before_held", "before_led", "at_event", "quoted_name", "labelled", "capitals"),
    )
)
_FOR_NAME = frozenset(
    (
        *("after_hold", "after_do", "after_attend", "after_open", "after_close"),
        *(
            "after_receive",
            "after_inspect",
            "after_activity",
            "before_held",
            "before_led",
            "labelled",
        ),
        *(
            "known_kind",
            "in_lead",
            "in_second",
            "verb_in_lead",
            "quoted_name",
            "title_words",
            "capitals",
        ),
        *("aside", "in_speech", "inside", "topic", "late"),
    )
)
# What tells of another time or place names the event less well.
_ELSEWHERE = frozenset(("late", "coming", "undated_plan", "wished"))
_TITLE = frozenset(("in_title", "title_topic", "verb_in_title"))
_SHARED = ("verb_in_title", "verb_in_lead", "with_date", "with_venue")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event with all its mentions; ``name`` is the one that names it best.

    ``features`` tells the points that make up ``score``.
    """

    name: Mention
    mentions: tuple[Mention, ...]
    kind: str
    phase: str | None
    features: dict[str, float]

    @property
    def score(self) -> float:
        return round(sum(self.features.values()), 2)


def candidates(
    reading: Reading,
    mentions: Sequence[Mention],
    points: Mapping[str, float],
    words: EventWords,
) -> list[Candidate]:
    """The events of a release, the likeliest first; of two alike the one told first.

    A visit goes before its welcome, and what an act was done in before the act
    ("menyerahkan piagam pada Upacara X").
    """
    groups: dict[str, list[Mention]] = {}
    spelled = _spelled(reading, mentions, words)
    for mention in mentions:
        if (full := spelled.get(mention.kind)) is not None:
            mention.kind, mention.known = full
        head = mention.kind.split(" ", 1)[0]
        groups.setdefault(words.same_act.get(head, head), []).append(mention)
    found = [_candidate(reading, group, points, words) for group in groups.values()]
    ranked = sorted(found, key=lambda one: (-one.score, one.name.start))
    if (other := _meant(reading, ranked, words, points["threshold"])) is not None:
        ranked.insert(0, ranked.pop(other))
    if ranked and (frame := _frame(reading, ranked, words, points["threshold"])) is not None:
        ranked.insert(0, ranked.pop(frame))
    elif len(ranked) > 1 and _joined(
        reading, ranked[1], ranked[0], words.related_link, points["threshold"]
    ):
        ranked[:2] = ranked[1], ranked[0]
    return ranked


def _meant(
    reading: Reading, ranked: Sequence[Candidate], words: EventWords, least: float
) -> int | None:
    """Which candidate of the title the first of them only serves: what a visit was for, or the act
    that was done in an event called by its kind alone ("melantik Y dalam apel"); None where none
    does."""
    if len(ranked) < 2 or _titled(ranked[0]):
        return None
    first = ranked[0]
    visit = first.kind.split(" ", 1)[0] in words.hosted
    held = [one for one in first.mentions if one.first > 0 and "before_held" in one.features]
    framed = bool(held) and all(
        _bare(reading, one) and reading.words[one.first - 1].lower in words.during for one in held
    )
    for at, other in enumerate(ranked[1:], 1):
        if other.score < least or not _titled(other):
            continue
        same = any(a.sentence == b.sentence for a in first.mentions for b in other.mentions)
        if visit and other.kind.split(" ", 1)[0] in words.hosted and other.kind not in first.kind:
            return at
        if framed and first.name.noun and not other.name.noun and same:
            return at
    return None


def _frame(
    reading: Reading, ranked: Sequence[Candidate], words: EventWords, least: float
) -> int | None:
    """Which candidate holds the first of them: the visit that was received, or the event during
    which an act was done; None where none does."""
    first = ranked[0]
    hosting = first.kind in words.hosting
    if not hosting and (first.name.known and first.name.noun):
        return None
    verbs = {one.verb if not one.noun else one.after for one in first.mentions}
    told = {one.sentence for one in first.mentions}
    titled = _titled(first)
    objects = {one.last for one in first.mentions if not one.noun}
    for at, other in enumerate(ranked[1:], 1):
        if other.score < least:
            break
        if hosting and other.kind.split(" ", 1)[0] in words.hosted:
            return at
        for one in other.mentions:
            before = one.first - 1
            if (
                (one.known or "before_held" in one.features)
                and one.noun
                and not (titled and _bare(reading, one))
                and before > 0
                and one.sentence > 0
                and reading.words[before].lower in words.during
                and (
                    before - 1 in verbs
                    or before in objects
                    or (one.sentence in told and reading.words[before - 1].lower in words.passives)
                )
            ):
                return at
    return None


def _titled(one: Candidate) -> bool:
    """Whether the title tells of an event."""
    return any(not _TITLE.isdisjoint(mention.features) for mention in one.mentions)


def _bare(reading: Reading, one: Mention) -> bool:
    """Whether an event is called by its kind alone ("dalam apel yang digelar di")."""
    return one.last - one.first == 1 and not reading.words[one.first].capital


def _spelled(
    reading: Reading, mentions: Sequence[Mention], vocabulary: EventWords
) -> dict[str, tuple[str, bool]]:
    """Acronyms with the kind of what spells them out, and whether it is known:
    ``Temu Juru Air (TJA)`` gives ``tja``."""
    found: dict[str, tuple[str, bool]] = {}
    words = reading.words
    short = {one.kind for one in mentions if not one.known and len(one.kind) <= _ACRONYM}
    for at in range(_SPELLED, reading.ranges[-1][1]) if short and reading.ranges else ():
        if words[at].lower not in short or reading.text[words[at].start - 1] != "(":
            continue
        for first in range(at - 2, max(at - _LONG_NAME, -1), -1):
            head = vocabulary.head_at(reading.text, words, first)
            if (
                head is not None
                and head.known
                and _abbreviates(words[at].lower, [w.lower for w in words[first:at]])
            ):
                found.setdefault(words[at].lower, (head.kind, True))
    for one in mentions:
        for at in range(one.first + 2, one.last):
            word = words[at]
            if (
                reading.text[word.start - 1] == "("
                and reading.text[word.end : word.end + 1] == ")"
                and _abbreviates(word.lower, [w.lower for w in words[one.first : at]])
            ):
                found.setdefault(word.lower, (one.kind, one.known))
    return found


def _abbreviates(short: str, words: Sequence[str]) -> bool:
    """Whether an acronym is made of these words, by their first letters or syllables."""
    if short == "".join(word[0] for word in words):
        return True
    if len(words) > _SPELLED or short[0] != words[0][0]:
        return False
    rest = iter("".join(words))
    return all(letter in rest for letter in short)


def _joined(
    reading: Reading, first: Candidate, second: Candidate, links: frozenset[str], least: float
) -> bool:
    """Whether the second is told as an addition to the first ("X sekaligus Y")."""
    between = reading.text[first.name.end : second.name.start]
    return (
        first.score >= least
        and (_titled(first) or not _titled(second))
        and first.name.sentence == second.name.sentence
        and len(between) < _BETWEEN
        and not links.isdisjoint(between.lower().split())
    )


def _candidate(
    reading: Reading, mentions: list[Mention], points: Mapping[str, float], words: EventWords
) -> Candidate:
    best = max(mentions, key=lambda one: (one.score, -one.start))
    features = dict(best.features)
    if any("in_title" in one.features and "aside" not in one.features for one in mentions):
        features["in_title"] = points["in_title"]
    if any("title_name" in one.features for one in mentions):
        features["title_name"] = points["title_name"]
    if not any(_PLACED & one.features.keys() or _told_whole(one) for one in mentions):
        features["deep"] = points["deep"]
    for shared in _SHARED:
        if any(shared in one.features for one in mentions if "in_speech" not in one.features):
            features[shared] = points[shared]
    if any({"pointed_at", "after_activity"} <= one.features.keys() for one in mentions):
        features["pointed_at"] = points["pointed_at"]
    named = best.noun or any(_carries(one) for one in mentions)
    if named and any(not one.noun and "in_speech" not in one.features for one in mentions):
        features["noun_and_verb"] = points["noun_and_verb"]
    places = {one.sentence for one in mentions if "in_speech" not in one.features}
    if len(places) > 1:
        features["repeated"] = round(points["repeated"] * min(len(places) - 1, 4), 2)
    for told, found in (("dated_lead", reading.days), ("placed_lead", reading.venues)):
        if any(reading.lead[0] <= one.start < reading.lead[1] for one in found):
            features[told] = points[told]
    known = any(one.known or _carries(one) for one in mentions)
    here = not {"dated_lead", "placed_lead"}.isdisjoint(features)
    if not known and not (here and _told_twice(mentions, words)):
        features["uncarried"] = points["uncarried"]
    name = _name(reading, mentions)
    kinds = [one.kind for one in mentions if one.noun and one.kind.startswith(name.kind)]
    kind = name.kind if name.noun else max(kinds, key=len, default=name.kind)
    phase = next((one.phase for one in mentions if one.phase), None)
    return Candidate(name, tuple(mentions), kind, phase, features)


def _told_twice(mentions: Sequence[Mention], words: EventWords) -> bool:
    """Whether title and lead tell an act by its verb; that the text names it too is known."""
    told = {
        place
        for one in mentions
        if not one.noun and one.kind not in words.not_events
        for place in ("verb_in_title", "verb_in_lead")
        if place in one.features and "aside" not in one.features
    }
    return len(told) == 2


def _told_whole(one: Mention) -> bool:
    """Whether one sentence tells name, day and place, so that no lead is needed."""
    features = one.features.keys()
    if {"at_event", "after_activity", "known_kind", "with_venue"} <= features:
        return True
    held = {"before_held", "after_hold", "at_event"} & features
    return bool(held) and {"with_date", "with_venue"} <= features


def _carries(one: Mention) -> bool:
    """Whether a mention of an unlisted kind stands where an event would, not where a topic does."""
    features = one.features.keys()
    return one.noun and not _UNTOLD & features and not (_PLACED | _STRONG).isdisjoint(features)


def _name(reading: Reading, mentions: list[Mention]) -> Mention:
    """The mention whose words name the event: well supported, full, a noun if there is one."""
    told = any(
        not one.noun and one.last - one.first > 1 and not reading.words[one.first].lower.isdigit()
        for one in mentions
    )
    return max(mentions, key=lambda one: (_worth(reading, one, told), -one.start))


def _worth(reading: Reading, one: Mention, told: bool) -> float:
    """``told``: an act's verb tells in full what it was done to."""
    length = one.last - one.first
    worth = sum(points for name, points in one.features.items() if name in _FOR_NAME)
    worth += 0.35 * min(length, _NAME_WORDS)
    if length > 1:
        worth += 3.0
    if one.known and one.noun and length <= len(one.kind.split()):
        worth -= _BARE_BESIDE if told else _BARE
    if one.noun:
        worth += 3.0 if _PLACED & one.features.keys() else 1.0
    elif length < 2:
        worth -= _BARE_BESIDE if told else _BARE
    if reading.sentences[one.sentence].paragraph == 0:
        worth -= 0.5
    if not _ELSEWHERE.isdisjoint(one.features):
        worth -= 2.0
    headline = one.verbal and reading.words[one.first].lower != one.kind
    if (one.noun and headline) or reading.words[one.first].lower[0].isdigit():
        worth -= 5.0
    return worth
