"""The subject of a verb of saying, among the mentions before it."""

from itertools import pairwise, takewhile

from extractor.language.phrases import Word
from extractor.language.quotes.naming import Named
from extractor.language.quotes.speakers import Mention, Reading, Speaker, speaker_of
from extractor.language.quotes.speech_verbs import SpeechVerbs
from extractor.rulebook import RuleFile

_LONGEST = 700
# So many words may stand between somebody and the verb: dalam sambutan singkatnya
_ASIDE = 3
# The longest preposition; what it belongs to ends at a comma: Kepala Bidang pada Dinas Air, X
_PREPOSITION = 6
# A name has so many words.
_NAME = 4


class Subjects:
    """Finds the subject of a verb of saying among the mentions before it."""

    def __init__(self, rules: RuleFile, verbs: SpeechVerbs) -> None:
        self._verbs = verbs
        self._pronouns = frozenset(rules.surfaces("pronoun"))
        self._companions = frozenset(rules.surfaces("companion"))
        self._breaks = frozenset(rules.surfaces("clause_break"))
        self._deputies = frozenset(rules.surfaces("deputy"))
        self._relative = frozenset(rules.surfaces("relative"))
        self._demonstratives = frozenset(rules.surfaces("demonstrative"))
        self._acting = frozenset(rules.surfaces("acting_as"))
        self._copulas = frozenset(rules.surfaces("copula"))
        self._person = frozenset(rules.surfaces("person_noun"))
        self._stops = frozenset(rules.surfaces("phrase_stop"))
        self._joints = frozenset(rules.surfaces("joint"))
        self._plain = frozenset(rules.surfaces("adverb_before"))
        self._owner = tuple(rules.surfaces("owner"))
        self._active_prefix = rules.surfaces("active_prefix")[0]
        self._passive_prefix = next(iter(rules.words["passive"].values()))

    def before(self, reading: Reading, start: int, verb: int, strict: bool = True) -> Named | None:
        """The subject of the verb at ``verb`` in ``text[start:verb]``; None for nobody known.

        Of a chain of mentions, one that only stands beside the subject (didampingi X, yang
        dipimpin X) is passed over; the deputy (melalui X, diwakili X) is not. A role with ini
        (penjual jamu ini) takes up somebody named before. ``strict``: no other verb between them.
        """
        start = max(start, verb - _LONGEST)
        pronoun = self._pronoun(reading, max(start, verb - 60), verb)
        candidates = list(reading.mentions_back(verb, start))[:6]
        subject: Mention | None = None
        pointed = False
        for number, mention in enumerate(candidates):
            earlier = candidates[number + 1] if number + 1 < len(candidates) else None
            if pronoun is not None and pronoun.start >= mention.start:
                break
            if not mention.named and self._taken_up(reading, mention, verb):
                pointed = True
                continue
            if earlier is not None and self._accompanies(reading, candidates, number):
                continue
            subject = mention
            if earlier is not None and mention.person is None and earlier.person is not None:
                gap = reading.text[reading.after_degrees(earlier.end) : mention.phrase]
                subject = mention if gap.strip(" .") else earlier  # Agus Salim ketua RT 03
            break
        if subject is None and pronoun is None and pointed:
            pronoun = self._pronoun(reading, max(start, verb - 200), verb)
            if pronoun is None:
                return Named(pointed=True)
        if subject is None and pronoun is None and candidates:
            subject = candidates[-1]
        if subject is not None:
            broken = self._broken(reading, subject.end, verb, strict)
            return None if broken else Named(speaker_of(subject))
        if pronoun is None:
            return self._named(reading, start, verb)
        if self._broken(reading, pronoun.end, verb, strict):
            return None
        return Named(pronoun=pronoun)

    def _named(self, reading: Reading, start: int, verb: int) -> Named | None:
        """A word of a known name right before the verb that is marked as nobody."""
        words = list(reading.words_in(max(start, verb - 120), verb))
        while words and words[-1].lower in self._plain:
            words.pop()
        acting = next((n for n, word in enumerate(words) if word.lower in self._acting), None)
        if acting is not None:
            run = _capitals(reading, words[:acting])
            if 2 <= len(run) <= 4:
                return Named(Speaker(None, (run[0].start, run[-1].end)))
        run = _capitals(reading, words)
        if not run:
            name = self._opening_name(reading, start, verb)
            return Named(Speaker(None, (name[0].start, name[-1].end))) if name else None
        last = run[-1]
        person = reading.person_named((last,))
        person = person or reading.person_holding(tuple(run))
        if person is not None:
            return Named(Speaker(person, (last.start, last.end)))
        before = words[: len(words) - len(run)]
        role = _capitals(reading, before)
        beside = before and reading.text[before[-1].end : run[0].start].strip() == ","
        if not beside or len(role) < 2 or len(run) > 3 or self._placed(reading, role, start):
            return None
        return Named(Speaker(None, (run[0].start, last.end)))

    def _opening_name(self, reading: Reading, start: int, verb: int) -> tuple[Word, ...]:
        """A name at the head of a sentence, parted from its verb: X Y, dalam sambutannya, …"""
        words = reading.words_in(start, verb, _NAME + 2)
        name = tuple(takewhile(lambda word: word.capital, words))
        text = reading.text
        if not 2 <= len(name) <= min(_NAME, len(words) - 1):
            return ()
        following = words[len(name)]
        parted = text[name[-1].end : following.start].strip() == ","
        closed = text[max(start, verb - 3) : verb].rstrip().endswith(",")
        plain = not any(text[a.end : b.start].strip() for a, b in pairwise(name))
        return name if parted and closed and plain and following.lower in self._stops else ()

    def _placed(self, reading: Reading, role: list[Word], start: int) -> bool:
        """Whether capitals before a comma say when or where, not what somebody is."""
        before = reading.words_in(max(start, role[0].start - 40), role[0].start)
        joined = before and not reading.text[before[-1].end : role[0].start].strip()
        return bool(joined) or any(word.lower in self._stops for word in role)

    def of(self, reading: Reading, start: int, verb: Word) -> Named | None:
        """As :meth:`before`, or the one before in other words: Nenek empat cucu ini menuding …"""
        return self.before(reading, start, verb.start) or self._pointed(reading, start, verb)

    def _pointed(self, reading: Reading, start: int, verb: Word) -> Named | None:
        words = list(reading.words_in(max(start, verb.start - 90), verb.start))
        while words and words[-1].lower in self._plain:
            words.pop()
        inner = next((n for n, one in enumerate(words[-_ASIDE:]) if one.lower in self._stops), None)
        if inner is not None and words[-1].lower.endswith(self._owner):
            words = words[: len(words[:-_ASIDE]) + inner]  # perempuan itu dalam sambutannya …
        if not words or words[-1].lower not in self._demonstratives:
            return None
        if any(one.lower in self._person for one in words[-8:]):
            return Named(pointed=True)
        return None

    def _pronoun(self, reading: Reading, start: int, end: int) -> Word | None:
        words = reversed(reading.words_in(start, end))
        return next((word for word in words if word.lower in self._pronouns), None)

    def _taken_up(self, reading: Reading, mention: Mention, end: int) -> bool:
        """Whether a role takes up somebody (penjual jamu ini) or is said of them (yang merupakan
        mantan camat)."""
        before = reading.words_in(max(0, mention.phrase - 40), mention.phrase)[-2:]
        if any(word.lower in self._copulas for word in before):
            return True
        relative = False
        for word in reading.words_in(mention.end, min(end, mention.end + 90))[:9]:
            if word.lower in self._demonstratives:
                return True
            relative = relative or word.lower in self._relative
            if not relative and (word.lower in self._stops or self.acts(word)):
                return False
        return False

    def acts(self, word: Word) -> bool:
        """Whether a word looks like a verb: menggelar, dibuka, hadir."""
        prefixes = (self._active_prefix, self._passive_prefix)
        return not word.capital and len(word.lower) > 5 and word.lower.startswith(prefixes)

    def _accompanies(self, reading: Reading, candidates: list[Mention], number: int) -> bool:
        """Whether a mention stands beside the subject, be it the last of several who do:
        bersama X dan Y."""
        for place in range(number, len(candidates) - 1):
            mention, earlier = candidates[place], candidates[place + 1]
            if self.beside(reading, earlier.end, mention.phrase):
                return True
            between = reading.words_in(reading.after_degrees(earlier.end), mention.phrase)
            if any(word.lower not in self._joints for word in between):
                return False
        return False

    def beside(self, reading: Reading, start: int, end: int) -> bool:
        """Whether the words before a mention say that it stands beside another."""
        words = reading.words_in(max(start, end - 80), end)
        relative = False
        for number, word in enumerate(words):
            if word.lower in self._deputies:
                return False
            if word.lower in self._companions:
                apart = len(word.lower) <= _PREPOSITION and "," in reading.text[word.end : end]
                if not apart:
                    return True
            if word.lower in self._relative:
                relative = True
            elif relative and number and self.done(word):
                return True
        return False

    def done(self, word: Word) -> bool:
        """Whether a word is a passive verb, not di before a place."""
        passive = word.lower.startswith(self._passive_prefix)
        return passive and self.acts(word) and word.lower not in self._pronouns

    def _broken(self, reading: Reading, start: int, end: int, strict: bool) -> bool:
        """Whether another clause begins between a subject and the verb."""
        words = reading.words_in(max(start, end - 200), end)
        if any(word.lower in self._breaks for word in words):
            return True
        joined = not words or words[-1].lower in self._joints
        if joined or not strict or "," in reading.text[words[-1].end : end]:
            return False
        for number, word in enumerate(words[:-1]):
            acts = not word.capital and word.lower.startswith(self._active_prefix)
            if word.lower in self._companions or self._verbs.form(word.lower) is not None:
                continue
            first = number == 0 or words[number - 1].lower in self._plain
            if acts and len(word.lower) > 6 and first:
                return "," not in reading.text[word.end : end]
        return False


def _capitals(reading: Reading, words: list[Word]) -> list[Word]:
    """The run of capitalised words at the end of ``words``."""
    run: list[Word] = []
    for word in reversed(words):
        if not word.capital or (run and reading.text[word.end : run[0].start].strip(" ./")):
            break
        run.insert(0, word)
    return run
