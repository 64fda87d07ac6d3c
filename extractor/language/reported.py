"""Reported speech: the clause that a cue of one sentence introduces, encloses or follows."""

import re
from dataclasses import dataclass, replace

from extractor.language.naming import Named, Naming
from extractor.language.phrases import Word
from extractor.language.speakers import Reading, speaker_of
from extractor.language.speech_verbs import Form, SpeechVerbs
from extractor.language.subjects import Subjects
from extractor.rulebook import RuleFile

_KEPT_END = ")%!?”\"’'»"
_COMMA = re.compile(r"[ \xa0]*[,:;][ \xa0]*")
_SHORTEST = 3


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
class _Sentence:
    """The stretch under reading and its words."""

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


class ReportedSpeech:
    """Finds reported speech; words come from ``rules/quotes.yaml``."""

    def __init__(
        self, rules: RuleFile, verbs: SpeechVerbs, subjects: Subjects, naming: Naming
    ) -> None:
        self._verbs = verbs
        self._subjects = subjects
        self._naming = naming

        def words(name: str) -> frozenset[str]:
            return frozenset(rules.surfaces(name))

        self._source, self._source_owned = words("source"), words("source_owned")
        self._that, self._wish = words("that"), words("wish")
        self._message, self._topic = words("message"), words("topic")
        self._infinitive, self._adverb = words("infinitive_before"), words("adverb_after")
        self._predicate, self._nominal = words("predicate"), words("nominal_before")
        self._stops, self._pronouns = words("phrase_stop"), words("pronoun")
        self._hal, self._same = words("that_matter"), words("same_matter")
        self._demonstratives = words("demonstrative")
        self._agentless, self._document = words("agentless"), words("document")
        self._opening, self._readers = words("opening"), words("read_out")
        self._knowing = words("no_saying")
        self._by, self._thanks = words("by"), words("thanks")
        self._to, self._free = words("to"), words("free_cue")
        self._modifier = words("modifier")
        self._urging, self._relative = words("urging"), words("relative")
        self._person = words("person_noun")
        self._adverb_before = words("adverb_before")
        self._owner = tuple(rules.surfaces("owner"))
        self._active_prefix = tuple(rules.surfaces("active_prefix"))
        self._rules = {rule.id for rule in rules.of_kind("quote")}

    def read(self, reading: Reading, start: int, end: int) -> Reported | None:
        """The reported clause of the sentence ``text[start:end]``, by the first cue that has one."""
        end = _clause_end(reading.text, start, end)
        sentence = _Sentence(reading, start, end, reading.words_in(start, end))
        spoke: Reported | None = None
        for number, word in enumerate(sentence.words):
            found = None
            if word.lower in self._source or word.lower in self._source_owned:
                found = self._by_source(sentence, number)
            elif (form := self._verbs.form(word.lower)) is not None:
                found = self._by_verb(sentence, number, form)
                if spoke is None and found is None and form.voice == "active":
                    spoke = self._spoke(sentence, number)
            if found is not None and found.rule in self._rules:
                return found
        found = self._by_position(sentence)
        return found if found is not None and found.rule in self._rules else spoke

    def _spoke(self, sentence: _Sentence, number: int) -> Reported | None:
        """X menyampaikan terima kasih: nothing is reported, but X has the floor."""
        word = sentence.words[number]
        if number and sentence.words[number - 1].lower in self._infinitive:
            return None
        subject = self._subjects.before(sentence.reading, sentence.start, word.start)
        if subject is None or subject.speaker is None:
            return None
        cue = (word.start, word.end)
        return Reported(sentence.start, sentence.end, "quotes.clause", cue, subject, shift=True)

    def _by_verb(self, sentence: _Sentence, number: int, form: Form) -> Reported | None:
        if form.voice == "owned" or (form.voice == "passive" and form.owned):
            return self._by_owned(sentence, number)
        if form.voice == "bare":
            return self._by_bare(sentence, number)
        if form.voice == "active":
            return self._by_active(sentence, number, form)
        return self._by_passive(sentence, number)

    def _by_owned(self, sentence: _Sentence, number: int) -> Reported | None:
        """Katanya, A. | A, katanya, b. | A, katanya."""
        word = sentence.words[number]
        before, after = sentence.before(number), sentence.gap(number)
        cue = (word.start, word.end)
        opens = number < 5 and "," not in before and self._led(sentence, number)
        if opens and ("," in after or self._next_is_that(sentence, number)):
            begin = self._past(sentence, number + 1, word.end)
            return self._clause(sentence, begin, "quotes.source", cue, Named())
        if "," not in before:
            return None
        return self._enclosed(sentence, number, word.end, cue, Named())

    def _by_bare(self, sentence: _Sentence, number: int) -> Reported | None:
        """Kata X, A. | A, kata X, b. | A, kata X."""
        word = sentence.words[number]
        before = sentence.before(number)
        cue = (word.start, word.end)
        if number + 1 >= len(sentence.words) or sentence.gap(number).strip():
            return None
        if before != "^" and "," not in before and not (number < 4 and self._led(sentence, number)):
            return self._by_plain(sentence, number)
        named = self._naming.whom(sentence.reading, word.end, sentence.end)
        if not _known(sentence.reading, named):
            return None
        stop = self._name_end(sentence, number + 1, named)
        if named.pointed:
            stop = sentence.reading.text.find(",", word.end, min(sentence.end, word.end + 120))
            if stop < 0:
                return None
        if "," in before:
            return self._enclosed(sentence, number, stop, cue, named)
        comma = _COMMA.match(sentence.reading.text, stop, sentence.end)
        if comma is None and not self._that_at(sentence, stop):
            return None
        at = comma.end() if comma is not None else stop
        return self._clause(sentence, self._past_that(sentence, at), "quotes.source", cue, named)

    def _by_plain(self, sentence: _Sentence, number: int) -> Reported | None:
        """A bare verb without a comma before it: X tegaskan A. | A kata dia, b."""
        word = sentence.words[number]
        cue = (word.start, word.end)
        after = sentence.words[number + 1]
        if word.lower in self._free and number > 1:
            named = self._naming.whom(sentence.reading, word.end, sentence.end)
            stop = self._name_end(sentence, number + 1, named)
            comma = _COMMA.match(sentence.reading.text, stop, sentence.end) is not None
            if named.pronoun is not None or (comma and _known(sentence.reading, named)):
                return self._whole(sentence, "quotes.enclosed", cue, named)
        mention = next(sentence.reading.mentions_back(word.start, sentence.start), None)
        if mention is None or word.capital:
            return None
        at = sentence.reading.after_degrees(mention.end)
        form = self._verbs.form(word.lower)
        if sentence.reading.text[at : word.start].strip() or form is None:
            return None
        content = self._content(sentence, number, "weak")
        if content is None or (form.strength == "tag" and content[1] != "quotes.comma"):
            return None
        return self._clause(sentence, content[0], content[1], cue, Named(speaker_of(mention)))

    def _enclosed(
        self, sentence: _Sentence, number: int, stop: int, cue: tuple[int, int], named: Named
    ) -> Reported | None:
        """A cue after a comma: enclosed in its sentence, or at the end of it."""
        text = sentence.reading.text
        rest = text[stop : min(sentence.end, stop + 40)].lstrip()
        if rest.startswith(","):
            return self._whole(sentence, "quotes.enclosed", cue, named)
        remains = sentence.reading.words_in(stop, sentence.end, 6)
        following = remains[0] if remains else None
        person = named.speaker is not None
        if following is not None and len(remains) > 5:
            comma = text.find(",", stop, min(sentence.end, stop + 300))
            tail = comma >= 0 and len(sentence.reading.words_in(comma, sentence.end, 5)) > 4
            if tail and (following.lower in self._relative or number < 5):
                return self._whole(sentence, "quotes.enclosed", cue, named)
            apart = following.lower in self._stops or following.lower in self._modifier
            if person and not apart and rest[:1] != "(":
                return self._whole(sentence, "quotes.enclosed", cue, named)
        ends = following is None or rest[:1] == "(" or following.lower in self._stops
        ends = ends or (following is not None and following.lower in self._modifier)
        if not ends and named == Named() and sentence.words[number].end == stop:
            ends = len(sentence.reading.words_in(stop, sentence.end, 3)) <= 2
        if not ends:
            return None
        end = sentence.words[number - 1].end
        begin = sentence.start
        if len(sentence.reading.words_in(begin, end, _SHORTEST)) < _SHORTEST:
            return None
        return Reported(begin, end, "quotes.cue-last", cue, named)

    def _by_active(self, sentence: _Sentence, number: int, form: Form) -> Reported | None:
        """X mengatakan (bahwa) A."""
        word = sentence.words[number]
        if form.strength == "tag" and "," not in sentence.gap(number):
            return None
        content = self._content(sentence, number, form.strength)
        if content is None:
            return None
        before = sentence.words[number - 1].lower if number else ""
        told = before in self._relative and content[1] == "quotes.that"
        if before in self._infinitive and not told:
            return None
        named = self._subject(sentence, word)
        if named is None:
            return None
        begin, how = content
        return self._clause(sentence, begin, how, (word.start, word.end), named)

    def _subject(self, sentence: _Sentence, word: Word) -> Named | None:
        reading = sentence.reading
        subject = self._subjects.before(reading, sentence.start, word.start)
        if subject is not None and subject.speaker is not None:
            number = reading.word_from(word.start) - reading.word_from(sentence.start)
            read_out = self._read_out(sentence, number)
            if read_out is not None:
                return read_out
        return subject or self._pointed(sentence, word)

    def _pointed(self, sentence: _Sentence, word: Word) -> Named | None:
        """The one before in other words as the subject: Nenek empat cucu ini menuding …"""
        words = list(sentence.reading.words_in(max(sentence.start, word.start - 90), word.start))
        while words and words[-1].lower in self._adverb_before:
            words.pop()
        if not words or words[-1].lower not in self._demonstratives:
            return None
        if any(one.lower in self._person for one in words[-8:]):
            return Named(pointed=True)
        return None

    def _by_passive(self, sentence: _Sentence, number: int) -> Reported | None:
        """Dikatakan X, A. | Lebih lanjut dijelaskan, A. | Hal itu disampaikan X saat …"""
        word = sentence.words[number]
        cue = (word.start, word.end)
        agent = self._agent(sentence, number)
        matter = {w.lower for w in sentence.words[: min(number, 6)]}
        about = bool(matter & self._hal) and number <= 6
        if agent is not None:
            named, stop = agent
            that = self._that_within(sentence, stop, 40)
            if that is not None:
                return self._clause(sentence, that, "quotes.passive", cue, named)
            if about:
                same = bool(matter & self._same)
                pointed = bool(matter & self._demonstratives)
                rule = "quotes.backward"
                return Reported(
                    sentence.start, sentence.end, rule, cue, named, pointed and not same, True
                )
            if number > 4 or not self._led(sentence, number):
                return None
            comma = sentence.reading.text.find(",", stop, min(sentence.end, stop + 90))
            if comma < 0:
                return None
            return self._clause(sentence, comma + 1, "quotes.passive", cue, named)
        if word.lower not in self._agentless or about:
            return None
        if any(w.lower in self._document for w in sentence.words[max(0, number - 40) : number]):
            return None
        after = number + 1
        while after < len(sentence.words) and sentence.words[after].lower in self._adverb:
            after += 1
        comma = "," in sentence.gap(after - 1) or ":" in sentence.gap(after - 1)
        that = after < len(sentence.words) and sentence.words[after].lower in self._that
        if not comma and not that:
            return None
        named = self._read_out(sentence, number) or Named()
        if named == Named() and not self._led(sentence, number, 14):
            return None
        begin = self._past(sentence, after, sentence.words[after - 1].end)
        return self._clause(sentence, begin, "quotes.agentless", cue, named)

    def _agent(self, sentence: _Sentence, number: int) -> tuple[Named, int] | None:
        """(whom, where the name ends) of the agent that stands right after a passive."""
        after = number + 1
        while after < len(sentence.words) and (
            sentence.words[after].lower in self._by or sentence.words[after].lower in self._adverb
        ):
            after += 1
        if after >= len(sentence.words) or sentence.gap(after - 1).strip():
            return None
        first = sentence.words[after]
        if first.lower in self._pronouns:
            return Named(pronoun=first), first.end
        ahead = sentence.reading.mentions_in(first.start, min(sentence.end, first.start + 200))
        if not ahead or ahead[0].phrase > first.start + 14:
            return None
        named = self._naming.whom(sentence.reading, sentence.words[after - 1].end, sentence.end)
        if named.speaker is None:
            return None
        return named, self._name_end(sentence, after, named)

    def _by_source(self, sentence: _Sentence, number: int) -> Reported | None:
        """Menurut X, A. | A, menurut X, b. | Menurutnya, A."""
        word = sentence.words[number]
        cue = (word.start, word.end)
        named, stop = Named(), word.end
        if word.lower in self._source:
            if number + 1 >= len(sentence.words):
                return None
            named = self._naming.whom(sentence.reading, word.end, sentence.end)
            if named == Named() or not _known(sentence.reading, named):
                after = sentence.words[number + 1]
                if after.lower not in self._source_owned:
                    return None
                named, stop = Named(), after.end
            else:
                stop = self._name_end(sentence, number + 1, named)
        comma = _COMMA.match(sentence.reading.text, stop, sentence.end)
        parted = "," in sentence.before(number)
        if number > 0 and parted and comma is not None:
            return self._whole(sentence, "quotes.enclosed", cue, named)
        inside = number > 1 and not parted and comma is None
        if inside and word.lower in self._source and not self._led(sentence, number):
            return self._whole(sentence, "quotes.enclosed", cue, named)
        if named in (Named(), Named(pointed=True)) and number > 3:
            earlier = next(sentence.reading.mentions_back(word.start, sentence.start), None)
            if earlier is not None and earlier.person is not None:
                named = Named(speaker_of(earlier))
        begin = self._past_that(sentence, comma.end() if comma is not None else stop)
        return self._clause(sentence, begin, "quotes.source", cue, named)

    def _by_position(self, sentence: _Sentence) -> Reported | None:
        """An unknown verb: X mewartakan, A. | X menepis anggapan bahwa A."""
        for number, word in enumerate(sentence.words):
            if number and word.lower in self._that:
                return self._by_that(sentence, number)
            if number > 1 and word.lower in self._urging:
                urged = self._by_urging(sentence, number)
                if urged is not None:
                    return urged
            if word.capital or not word.lower.startswith(self._active_prefix):
                continue
            if number == 0 or len(word.lower) < 6 or sentence.gap(number).strip(" \xa0") != ",":
                continue
            if sentence.words[number - 1].lower in self._infinitive:
                continue
            if number + 1 >= len(sentence.words):
                continue
            following = sentence.words[number + 1].lower
            if following.startswith(self._active_prefix) or word.lower in self._knowing:
                continue
            named = self._subjects.before(sentence.reading, sentence.start, word.start)
            if named is None or named.pointed:
                continue
            near = self._name_end(sentence, number, named)
            if len(sentence.reading.words_in(near, word.start)) > 2:
                continue
            begin = self._past(sentence, number + 1, word.end)
            cue = (word.start, word.end)
            found_one = self._clause(sentence, begin, "quotes.position", cue, named)
            if found_one is not None and len(sentence.words) - number > 4:
                return found_one
        return None

    def _by_that(self, sentence: _Sentence, number: int) -> Reported | None:
        """A verb with a noun before bahwa: X memberi catatan bahwa A."""
        for place in range(number - 1, max(-1, number - 6), -1):
            word = sentence.words[place]
            if not word.lower.startswith(self._active_prefix) or word.capital:
                continue
            if word.lower in self._knowing or sentence.words[place - 1].lower in self._infinitive:
                return None
            named = self._subject(sentence, word) if place else None
            if named is None:
                return None
            cue = (word.start, word.end)
            begin = sentence.words[number].end
            return self._clause(sentence, begin, "quotes.position", cue, named)
        return None

    def _by_urging(self, sentence: _Sentence, number: int) -> Reported | None:
        """An unknown verb before agar: X memotivasi agar A. | X menaruh harapan agar A."""
        words = sentence.words
        place = number - 1
        if self._is_message(words[place]):
            place -= 1
        word = words[place]
        if place < 1 or word.capital or not word.lower.startswith(self._active_prefix):
            return None
        if word.lower in self._knowing or words[place - 1].lower in self._infinitive:
            return None
        named = self._subject(sentence, word)
        if named is None:
            return None
        begin = words[number].start
        return self._clause(sentence, begin, "quotes.position", (word.start, word.end), named)

    def _content(self, sentence: _Sentence, number: int, strength: str) -> tuple[int, str] | None:
        """(start, rule) of what an active verb introduces; None where it has a mere thing."""
        text, words = sentence.reading.text, sentence.words
        at = words[number].end
        after = number + 1
        while (
            text[at : at + 1] in ("-", "–") and after < len(words) and words[after].start == at + 1
        ):
            at, after = words[after].end, after + 1
        while (
            after < len(words)
            and words[after].lower in self._adverb
            and "," not in text[at : words[after].start]
        ):
            at, after = words[after].end, after + 1
        if after >= len(words):
            return None
        comma = bool(set(text[at : words[after].start]) & set(",:"))
        for place in range(after, min(len(words), after + 9)):
            if words[place].lower in self._that:
                return (words[place].end, "quotes.that")
            if words[place].lower.startswith(self._active_prefix) and place > after:
                break
        first = words[after].lower
        message = self._is_message(words[after])
        if message:
            for place in range(after + 1, min(len(words), after + 12)):
                if words[place].lower in self._wish:
                    return (words[place].start, "quotes.clause")
                parted = "," in text[words[place - 1].end : words[place].start]
                if parted and message:
                    return (words[place].start, "quotes.clause")
            return None
        if any(word.lower in self._thanks for word in words[after : after + 3]):
            return None
        if comma:
            return (words[after].start, "quotes.comma")
        if first in self._topic or len(words) - after < _SHORTEST:
            return None
        if first in self._to:
            return (words[after].start, "quotes.clause")
        if strength == "weak" and not self._predicated(words[after : after + 40]):
            return None
        if (
            first in self._stops
            and first not in self._wish
            and not self._predicated(words[after : after + 40])
        ):
            return None
        return (words[after].start, "quotes.clause")

    def _is_message(self, word: Word) -> bool:
        """Whether a noun stands for what is said: pesan, harapannya."""
        return word.lower in self._message or any(
            word.lower.endswith(owner) and word.lower[: -len(owner)] in self._message
            for owner in self._owner
        )

    def _predicated(self, words: tuple[Word, ...]) -> bool:
        """Whether words hold a predicate of their own, outside of a relative clause."""
        for number, word in enumerate(words):
            if word.lower in self._predicate and not (
                number and words[number - 1].lower in self._nominal
            ):
                return True
            if (
                number
                and not word.capital
                and len(word.lower) > 5
                and word.lower.startswith(self._active_prefix)
                and words[number - 1].lower not in self._nominal
            ):
                return True
        return False

    def _clause(
        self, sentence: _Sentence, begin: int, rule: str, cue: tuple[int, int], named: Named
    ) -> Reported | None:
        words = sentence.reading.words_in(begin, sentence.end, _SHORTEST)
        if len(words) < _SHORTEST - 1:
            return None
        start = words[0].start
        text = sentence.reading.text
        while start > begin and not text[start - 1].isspace() and text[start - 1] not in ",:;.":
            start -= 1
        return Reported(start, sentence.end, rule, cue, named)

    def _whole(
        self, sentence: _Sentence, rule: str, cue: tuple[int, int], named: Named
    ) -> Reported | None:
        if len(sentence.words) < _SHORTEST + 2:
            return None
        return Reported(sentence.start, sentence.end, rule, cue, named)

    def _read_out(self, sentence: _Sentence, number: int) -> Named | None:
        """Dalam sambutan X yang dibacakan Y disampaikan: X speaks, Y delivers."""
        for place in range(number - 1, max(-1, number - 60), -1):
            word = sentence.words[place]
            if word.lower not in self._readers:
                continue
            reading = sentence.reading
            author = next(reading.mentions_back(word.start, sentence.start), None)
            reader = next(iter(reading.mentions_in(word.end, sentence.words[number].start)), None)
            if author is None:
                return None
            speaker = speaker_of(author)
            if speaker is None:
                return None
            delivered = reader.person if reader is not None else None
            return Named(replace(speaker, reader=delivered))
        return None

    def _led(self, sentence: _Sentence, number: int, most: int = 5) -> bool:
        """Whether the word is first but for an opening such as Lebih lanjut."""
        if number == 0:
            return True
        return number <= most and sentence.words[0].lower in self._opening

    def _next_is_that(self, sentence: _Sentence, number: int) -> bool:
        after = number + 1
        return after < len(sentence.words) and sentence.words[after].lower in self._that

    def _that_at(self, sentence: _Sentence, at: int) -> bool:
        word = next(iter(sentence.reading.words_in(at, min(sentence.end, at + 20))), None)
        return word is not None and word.lower in self._that

    def _past_that(self, sentence: _Sentence, at: int) -> int:
        word = next(iter(sentence.reading.words_in(at, min(sentence.end, at + 20))), None)
        return word.end if word is not None and word.lower in self._that else at

    def _past(self, sentence: _Sentence, number: int, at: int) -> int:
        if number < len(sentence.words) and sentence.words[number].lower in self._that:
            return sentence.words[number].end
        return at

    def _that_within(self, sentence: _Sentence, at: int, most: int) -> int | None:
        for word in sentence.reading.words_in(at, sentence.end, most):
            if word.lower in self._that:
                return word.end
        return None

    def _name_end(self, sentence: _Sentence, number: int, named: Named) -> int:
        """Where the name after a cue ends, its degrees with it."""
        if named.pronoun is not None:
            return named.pronoun.end
        if named.speaker is not None and named.speaker.span is not None:
            return sentence.reading.after_degrees(named.speaker.span[1])
        return sentence.words[number].end


def _known(reading: Reading, named: Named) -> bool:
    """Whether a cue names a person or role that is marked, or leaves it to what came before."""
    if named.anonymous:
        return False
    if named.speaker is None:
        return named != Named()
    if named.speaker.person is not None:
        return True
    span = named.speaker.span
    return span is not None and any(
        (m.start, m.end) == span for m in reading.mentions_in(span[0], span[0] + 1)
    )


def _clause_end(text: str, start: int, end: int) -> int:
    """The end of a sentence without its full stop, ornaments and emoji."""
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in _KEPT_END:
        end -= 1
    return end
