"""The clause that a cue of reported speech introduces: where it begins, and whether it is one."""

from dataclasses import dataclass

from extractor.language.phrases import Word
from extractor.language.quotes.naming import Named
from extractor.language.quotes.predicates import Predicates
from extractor.language.quotes.speakers import Reading
from extractor.rulebook import RuleFile

_KEPT_END = ")%!?”\"’'»"
_CLOSING = "”»"
_OPENING = "“\"‘'«„("
_SHORTEST = 3
# So many words may say when or where something was said.
_ASIDE = 9


@dataclass(frozen=True, slots=True)
class Reported:
    """A clause of reported speech, its cue and whom the cue names.

    ``backward`` is set where the sentence only says who said what stands before it; ``start`` and
    ``end`` are then those of the sentence. ``shift`` means that it merely names the next speaker.
    """

    start: int
    end: int
    rule: str
    cue: tuple[int, int]
    named: Named
    backward: bool = False
    shift: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence, or a part of one, under reading, and its words."""

    reading: Reading
    start: int
    end: int
    words: tuple[Word, ...]

    def gap(self, number: int) -> str:
        """What stands between a word and the next (or the end)."""
        stop = self.words[number + 1].start if number + 1 < len(self.words) else self.end
        return self.reading.text[self.words[number].end : stop]

    def before(self, number: int) -> str:
        """What stands between the word before and this one, ^ at the sentence's start."""
        if number == 0:
            return "^"
        return self.reading.text[self.words[number - 1].end : self.words[number].start]


class Clauses:
    """Finds where a reported clause begins; words come from ``rules/quotes.yaml``."""

    def __init__(self, rules: RuleFile) -> None:
        def words(name: str) -> frozenset[str]:
            return frozenset(rules.surfaces(name))

        self._predicates = Predicates(rules)
        self._that, self._wish = words("that"), words("wish")
        self._message, self._topic = words("message"), words("topic")
        self._adverb, self._thanks, self._to = words("adverb_after"), words("thanks"), words("to")
        self._predicate, self._nominal = words("predicate"), words("nominal_before")
        self._stops, self._opening = words("phrase_stop"), words("opening")
        self._about, self._matter = words("about"), words("matter")
        self._conditional, self._link = words("conditional"), words("link")
        self._demonstratives, self._joint = words("demonstrative"), words("joint")
        self._asking = words("asking")
        self._hoping, self._pardon = words("hoping"), words("pardon")
        self._breaks, self._as = words("clause_break"), words("copula")
        self._after_feeling = words("after_feeling") | self._stops
        self._feeling = tuple(rules.surfaces("feeling_prefix")), tuple(rules.surfaces("feeling"))
        self._within, self._afterwards = words("occasion_at"), words("afterwards")
        self._feels, self._toward = words("feels"), words("after_feeling") | self._to
        self._owner = tuple(rules.surfaces("owner"))
        self._active_prefix = tuple(rules.surfaces("active_prefix"))

    def content(self, sentence: Stretch, number: int, strength: str) -> tuple[int, str] | None:
        """(start, rule) of what an active verb introduces; None where it has a mere thing."""
        text, words = sentence.reading.text, sentence.words
        at = words[number].end
        after = number + 1
        while (
            text[at : at + 1] in ("-", "–") and after < len(words) and words[after].start == at + 1
        ):
            at, after = words[after].end, after + 1
        felt = words[number].lower in self._feels
        while (
            after < len(words)
            and words[after].lower in self._adverb
            and not (felt and after + 1 < len(words) and words[after + 1].lower in self._toward)
            and "," not in text[at : words[after].start]
        ):
            at, after = words[after].end, after + 1
        if after >= len(words):
            return None
        if _CLOSING[0] in text[at : words[after].start]:
            return None  # konsep “warga bertanya, camat menjawab”, …: within a name
        comma = bool(set(text[at : words[after].start]) & set(",:"))
        for place in range(after, min(len(words), after + 9)):
            if words[place].lower in self._that:
                return (words[place].end, "quotes.that")
            if words[place].lower.startswith(self._active_prefix) and place > after:
                break
        first = words[after].lower
        if first in self._conditional:
            return (words[after].start, "quotes.clause")
        message = self.is_message(words[after])
        if message:
            for place in range(after + 1, min(len(words), after + 12)):
                if words[place].lower in self._wish:
                    told = strength == "strong" and self._predicates.stated(
                        words[after + 1 : place]
                    )
                    return (words[after if told else place].start, "quotes.clause")
                parted = "," in text[words[place - 1].end : words[place].start]
                if parted and message:
                    return (words[place].start, "quotes.clause")
            told = self._subject_ends(sentence, after) or (
                strength == "strong" and self._linked(sentence, after)
            )
            return (words[after].start, "quotes.clause") if told else None
        if any(word.lower in self._thanks for word in words[after : after + 3]):
            return None
        if comma:
            second = words[after + 1].lower if after + 1 < len(words) else ""
            named = first in self._about and self._in(second, self._topic)
            return None if named else (words[after].start, "quotes.comma")
        aside = self._past_aside(sentence, after) if strength != "tag" else None
        if aside is not None:
            return (words[aside].start, "quotes.comma")
        if len(words) - after < _SHORTEST:
            short = len(words) - after == 2 and first not in self._about | self._topic
            acts = first in self._predicate or self._predicates.acts(words[-1])
            acts = short and acts and first not in self._stops
            return (words[after].start, "quotes.clause") if acts else None
        if self._subject_ends(sentence, after):
            return (words[after].start, "quotes.clause")
        if first in self._about:
            told = self._past_topic(sentence, after)
            return (words[after].start, "quotes.clause") if told else None
        if first in self._matter:
            linked = self._linked(sentence, after)
            return (words[after].start, "quotes.clause") if linked else None
        topical = self._in(first, self._topic)
        wished = words[number].lower in self._hoping and first not in self._pardon
        if topical and wished and self._predicates.wished(words[after + 1 : after + 16]):
            return (words[after].start, "quotes.clause")
        if topical and strength == "strong" and self._linked(sentence, after):
            return (words[after].start, "quotes.clause")
        if topical or self._felt(words[after], words[after + 1]):
            return None
        if words[number].lower in self._asking and not self._predicates.done(
            words[after : after + 20]
        ):
            return None
        if first in self._to:
            return (words[after].start, "quotes.clause")
        if strength == "weak" and not self._predicates.predicated(words[after : after + 40]):
            return None
        if (
            first in self._stops
            and not felt
            and first not in self._wish
            and not self._predicates.predicated(words[after : after + 40])
        ):
            return None
        return (words[after].start, "quotes.clause")

    def _past_aside(self, sentence: Stretch, number: int) -> int | None:
        """The word behind when or where something was said: X menambahkan dalam sambutannya, …"""
        words = sentence.words
        second = words[number + 1].lower if number + 1 < len(words) else ""
        owned = words[number].lower in self._within and second.endswith(self._owner)
        if not owned and words[number].lower not in self._afterwards:
            return None
        last = min(len(words) - _SHORTEST + 1, number + _ASIDE)
        for place in range(number + 1, last):
            if words[place].lower in self._breaks | self._link:
                return None
            if sentence.before(place).strip() == ",":
                short = owned and place == number + 2  # dalam sambutannya, …
                told = short or self._predicates.predicated(words[place : place + 20])
                return place if told else None
        return None

    def is_message(self, word: Word) -> bool:
        """Whether a noun stands for what is said: pesan, harapannya."""
        return self._in(word.lower, self._message)

    def _in(self, lower: str, listed: frozenset[str]) -> bool:
        """Whether a list holds a word, be it without -nya."""
        return lower in listed or any(
            lower.endswith(owner) and lower[: -len(owner)] in listed for owner in self._owner
        )

    def _felt(self, word: Word, following: Word) -> bool:
        """Whether somebody's feeling is a thing here: kebahagiaannya dapat bertemu warga."""
        return (
            word.lower.startswith(self._feeling[0])
            and word.lower.endswith(self._feeling[1])
            and following.lower in self._after_feeling
        )

    def _subject_ends(self, sentence: Stretch, number: int) -> bool:
        """Whether a noun phrase closed by itu has a predicate behind it: acara ini sebagai …"""
        words = sentence.words
        for place in range(number, min(len(words) - 1, number + 9)):
            if place > number and set(sentence.before(place)) & set(",;:("):
                return False
            word = words[place].lower
            if place == number and word in self._about:
                return False
            if word not in self._demonstratives:
                if place > number and words[place].lower in self._stops:
                    return False
                continue
            following = words[place + 1]
            if sentence.gap(place).strip() or following.lower in self._stops:
                return False
            if place == number + 1 and words[number].lower in self._matter:
                return self._predicates.acts(following) or following.lower in self._predicate
            return (
                self._predicates.acts(following)
                or following.lower in self._predicate
                or following.lower in self._as
            )
        return False

    def _past_topic(self, sentence: Stretch, number: int) -> bool:
        """Whether a clause of its own follows a topic: terkait irigasi, pihaknya sudah …"""
        for place in range(number + 1, min(len(sentence.words), number + 16)):
            if "," not in sentence.before(place):
                continue
            word = sentence.words[place]
            if word.lower in self._joint or self._predicates.acts(word):
                return False
            if self._predicates.predicated(sentence.words[place:][:20]):
                return True
        return False

    def _linked(self, sentence: Stretch, number: int) -> bool:
        """Whether a noun is the subject of a clause: bantuan yang dibagikan merupakan …"""
        words = sentence.words
        for place in range(number + 1, min(len(words), number + 26)):
            if words[place].lower in self._breaks:
                return False
            if words[place].lower not in self._link or words[place].lower in self._nominal:
                continue
            before = words[place - 1].lower
            if before not in self._nominal and before not in self._joint:
                return "," not in sentence.before(place)
        return False

    def acts(self, word: Word) -> bool:
        """As :meth:`Predicates.acts`."""
        return self._predicates.acts(word)

    def predicated(self, words: tuple[Word, ...]) -> bool:
        """As :meth:`Predicates.predicated`."""
        return self._predicates.predicated(words)

    def goes_on(self, sentence: Stretch, at: int) -> bool:
        """Whether a predicate comes next in a sentence, without a comma: A, katanya membuka …"""
        return self._predicates.goes_on(sentence.reading, at, sentence.end)

    def clause(
        self, sentence: Stretch, begin: int, rule: str, cue: tuple[int, int], named: Named
    ) -> Reported | None:
        """The words from ``begin`` to the end as a reported clause; None where too few."""
        words = sentence.reading.words_in(begin, sentence.end, _SHORTEST)
        if len(words) < _SHORTEST - 1:
            return None
        start = words[0].start
        text = sentence.reading.text
        while start > cue[1] and text[start - 1] in _OPENING:
            start -= 1
        return Reported(start, sentence.end, rule, cue, named)

    def whole(
        self, sentence: Stretch, rule: str, cue: tuple[int, int], named: Named
    ) -> Reported | None:
        """The whole stretch as reported, its cue within; None where it is too short."""
        if len(sentence.words) < _SHORTEST + 2:
            return None
        return Reported(sentence.start, sentence.end, rule, cue, named)

    def led(self, sentence: Stretch, number: int, most: int = 5) -> bool:
        """Whether the word is first but for an opening such as Lebih lanjut."""
        if number == 0:
            return True
        return number <= most and sentence.words[0].lower in self._opening

    def next_is_that(self, sentence: Stretch, number: int) -> bool:
        """Whether bahwa or kalau comes right after a word."""
        after = number + 1
        if after >= len(sentence.words):
            return False
        return sentence.words[after].lower in self._that | self._conditional

    def that_at(self, sentence: Stretch, at: int) -> bool:
        """Whether bahwa comes next in the text."""
        word = next(iter(sentence.reading.words_in(at, min(sentence.end, at + 20))), None)
        return word is not None and word.lower in self._that

    def past_that(self, sentence: Stretch, at: int) -> int:
        """The place behind bahwa where it comes next, else the same place."""
        word = next(iter(sentence.reading.words_in(at, min(sentence.end, at + 20))), None)
        return word.end if word is not None and word.lower in self._that else at

    def past(self, sentence: Stretch, number: int, at: int) -> int:
        """The end of word ``number`` where it is bahwa, else ``at``."""
        if number < len(sentence.words) and sentence.words[number].lower in self._that:
            return sentence.words[number].end
        return at

    def that_within(self, sentence: Stretch, at: int, most: int) -> int | None:
        """Where bahwa ends among the next words, None where it does not come."""
        for word in sentence.reading.words_in(at, sentence.end, most):
            if word.lower in self._that:
                return word.end
        return None

    def name_end(self, sentence: Stretch, number: int, named: Named) -> int:
        """Where the name after a cue ends, its degrees with it."""
        if named.pronoun is not None:
            return named.pronoun.end
        if named.speaker is not None and named.speaker.span is not None:
            return sentence.reading.after_degrees(named.speaker.span[1])
        return sentence.words[number].end


def clause_end(text: str, start: int, end: int) -> int:
    """The end of a sentence without its full stop, ornaments and emoji."""
    opened: bool | None = None
    while end > start and not text[end - 1].isalnum():
        last = text[end - 1]
        if last in _CLOSING:
            opened = bool(set(_OPENING) & set(text[start:end])) if opened is None else opened
            if opened:
                break
        elif last in _KEPT_END and not (last == '"' and text.count(last, start, end) % 2):
            break
        end -= 1
    return end
