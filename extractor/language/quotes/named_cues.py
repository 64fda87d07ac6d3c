"""Cues that name their speaker beside them: kata X, katanya, menurut X."""

import re
from itertools import pairwise

from extractor.language.quotes.clauses import Clauses, Reported, Stretch
from extractor.language.quotes.naming import Named, Naming
from extractor.language.quotes.speakers import Reading, speaker_of
from extractor.language.quotes.speech_verbs import SpeechVerbs
from extractor.rulebook import RuleFile

_COMMA = re.compile(r"[ \xa0]*[,:;][ \xa0]*")
_AFTER_NOUN = (",", ":")
_SHORTEST = 3
# So many words may name who was told: Menurut X kepada awak media bahwa …
_AUDIENCE = 6


class NamedCues:
    """Reads cues before, in and behind what they report; words come from ``rules/quotes.yaml``."""

    def __init__(
        self, rules: RuleFile, verbs: SpeechVerbs, naming: Naming, clauses: Clauses
    ) -> None:
        self._verbs = verbs
        self._naming = naming
        self._clauses = clauses

        def words(name: str) -> frozenset[str]:
            return frozenset(rules.surfaces(name))

        self._source, self._source_owned = words("source"), words("source_owned")
        self._stops, self._modifier = words("phrase_stop"), words("modifier")
        self._person = words("person_noun")
        self._free, self._relative = words("free_cue"), words("relative")
        self._leads, self._by = words("tag_lead"), words("by")
        self._urging, self._link = words("urging"), words("link")
        self._compound, self._demonstratives = words("compound_before"), words("demonstrative")
        self._adverb, self._to = words("adverb_after"), words("to")

    def is_source(self, lower: str) -> bool:
        """Whether a word is menurut or one like it."""
        return lower in self._source or lower in self._source_owned

    def by_source(self, sentence: Stretch, number: int) -> Reported | None:
        """Menurut X, A. | A, menurut X, b. | Menurutnya, A."""
        word = sentence.words[number]
        cue = (word.start, word.end)
        named, stop = Named(), word.end
        if word.lower in self._source:
            if number + 1 >= len(sentence.words):
                return None
            begin = word.end
            if sentence.reading.text[begin : begin + 1] == "," and number == 0:
                begin += 1  # Menurut, Camat X: a comma too many
            named = self._naming.whom(sentence.reading, begin, sentence.end)
            if named == Named() or not _known(sentence.reading, named):
                after = sentence.words[number + 1]
                if after.lower not in self._source_owned:
                    return None
                named, stop = Named(), after.end
            else:
                stop = self._clauses.name_end(sentence, number + 1, named)
        comma = _COMMA.match(sentence.reading.text, stop, sentence.end)
        if comma is None and named.speaker is not None and named.speaker.person is None:
            comma = self._name_goes_on(sentence, stop)
        following = sentence.reading.words_in(comma.end() if comma else stop, sentence.end, 1)
        form = self._verbs.form(following[0].lower) if following else None
        if named.speaker is not None and form is not None and form.voice == "active":
            return None  # menurut X, menyampaikan …: the verb is the cue
        parted = "," in sentence.before(number)
        apart = comma is not None or (
            not self._clauses.led(sentence, number) and self._clauses.goes_on(sentence, stop)
        )
        if number > 0 and parted and apart:
            return self._clauses.whole(sentence, "quotes.enclosed", cue, named)
        inside = number > 1 and not parted and comma is None
        if inside and word.lower in self._source and not self._clauses.led(sentence, number):
            return self._clauses.whole(sentence, "quotes.enclosed", cue, named)
        if named in (Named(), Named(pointed=True)) and number > 3:
            earlier = next(sentence.reading.mentions_back(word.start, sentence.start), None)
            if earlier is not None and earlier.person is not None:
                named = Named(speaker_of(earlier))
        at = comma.end() if comma is not None else stop
        begin = self._clauses.past_that(sentence, at)
        if following and following[0].lower in self._to:
            begin = self._clauses.that_within(sentence, at, _AUDIENCE) or begin
        return self._clauses.clause(sentence, begin, "quotes.source", cue, named)

    def _name_goes_on(self, sentence: Stretch, at: int) -> re.Match[str] | None:
        """The comma behind words in capitals that go on with a role: Menurut Ketua Panitia Pasar
        Melati Budi, …"""
        words = sentence.reading.words_in(at, min(sentence.end, at + 120))
        for word, following in pairwise(words):
            if not word.capital and len(word.lower) > _SHORTEST:
                return None
            comma = _COMMA.match(sentence.reading.text, word.end, following.start)
            if comma is not None:
                return comma if word.capital else None
        return None

    def known(self, reading: Reading, named: Named) -> bool:
        """As :func:`_known`."""
        return _known(reading, named)

    def is_lead(self, lower: str) -> bool:
        """Whether a word is demikian, seperti or one like it."""
        return lower in self._leads

    def by_lead(self, sentence: Stretch, number: int) -> Reported | None:
        """A, demikian X. | A seperti disampaikan X. | A, begitu harapan X."""
        words = sentence.words
        place = number + 1
        if number < _SHORTEST or place >= len(words):
            return None
        if words[place].lower in self._relative and place + 1 < len(words):
            place += 1
        form = self._verbs.form(words[place].lower)
        told = form is not None and form.voice in ("bare", "passive") and not form.owned
        told = told or self._clauses.is_message(words[place])
        if not told and not ("," in sentence.before(number) and place == number + 1):
            return None
        cue = (words[place].start, words[place].end)
        if not told:
            cue = (words[number].start, words[number].end)
            place -= 1
        while place + 1 < len(words) and words[place + 1].lower in self._by:
            place += 1
        if place + 1 >= len(words) or not self._marked(sentence, words[place + 1].start):
            return None
        named = self._naming.whom(sentence.reading, words[place].end, sentence.end)
        if not _known(sentence.reading, named) or named.speaker is None:
            return None
        stop = self._clauses.name_end(sentence, place + 1, named)
        return self._enclosed(sentence, number, stop, cue, named)

    def _marked(self, sentence: Stretch, at: int) -> bool:
        """Whether a mention of somebody begins at a place."""
        ahead = next(iter(sentence.reading.mentions_in(at, at + 150)), None)
        return ahead is not None and at in (ahead.start, ahead.phrase)

    def by_noun(self, sentence: Stretch) -> Reported | None:
        """Harapan X agar A. | Pesan X, A. | Harapannya, A."""
        words = sentence.words
        if len(words) < _SHORTEST + 2 or not self._clauses.is_message(words[0]):
            return None
        cue = (words[0].start, words[0].end)
        owned = self._verbs.owned(words[0].lower)
        if owned and sentence.gap(0).strip() in _AFTER_NOUN:
            return self._clauses.clause(sentence, words[1].start, "quotes.source", cue, Named())
        if sentence.gap(0).strip() or not self._marked(sentence, words[1].start):
            return None
        named = self._naming.whom(sentence.reading, words[0].end, sentence.end)
        if named.speaker is None or not _known(sentence.reading, named):
            return None
        stop = self._clauses.name_end(sentence, 1, named)
        comma = _COMMA.match(sentence.reading.text, stop, sentence.end)
        following = next(iter(sentence.reading.words_in(stop, sentence.end, 1)), None)
        if following is None:
            return None
        if following.lower in self._urging or comma is not None:
            begin = following.start
        elif following.lower in self._link:
            begin = following.end
        else:
            return None
        return self._clauses.clause(sentence, begin, "quotes.source", cue, named)

    def by_owned(self, sentence: Stretch, number: int) -> Reported | None:
        """Katanya, A. | A, katanya, b. | A, katanya."""
        word = sentence.words[number]
        before, after = sentence.before(number), sentence.gap(number)
        cue = (word.start, word.end)
        opens = number < 5 and "," not in before and self._clauses.led(sentence, number)
        behind = number
        while opens and sentence.words[behind + 1 :] and not sentence.gap(behind).strip():
            if sentence.words[behind + 1].lower not in self._adverb:
                break
            behind += 1
        if opens and ("," in after or self._clauses.next_is_that(sentence, behind)):
            begin = self._clauses.past(sentence, behind + 1, word.end)
            return self._clauses.clause(sentence, begin, "quotes.source", cue, Named())
        following = sentence.words[number + 1] if number + 1 < len(sentence.words) else None
        if opens and following is not None and following.lower in self._urging:
            return self._clauses.clause(sentence, following.start, "quotes.source", cue, Named())
        if "," not in before:
            pointed = number > 1 and sentence.words[number - 1].lower in self._demonstratives
            if pointed and not before.strip() and len(sentence.words) > number + _SHORTEST:
                return self._clauses.whole(sentence, "quotes.enclosed", cue, Named())
            return None
        return self._enclosed(sentence, number, word.end, cue, Named())

    def by_bare(self, sentence: Stretch, number: int) -> Reported | None:
        """Kata X, A. | A, kata X, b. | A, kata X."""
        word = sentence.words[number]
        before = sentence.before(number)
        cue = (word.start, word.end)
        if number + 1 >= len(sentence.words):
            return None
        if word.capital and sentence.reading.mentions_in(word.start, word.end):
            return None  # a name such as Sadar or Puji
        if number and sentence.words[number - 1].lower in self._compound:
            return None  # tindak lanjut
        following = sentence.words[number + 1]
        acts = self._clauses.acts(following) and not self._marked(sentence, following.start)
        if following.lower in self._modifier or acts:
            return None  # instruksi dari pusat, ingin memperbaiki
        if sentence.gap(number).strip():
            return self._by_plain(sentence, number)
        if (
            before != "^"
            and "," not in before
            and not (number < 4 and self._clauses.led(sentence, number))
        ):
            return self._by_plain(sentence, number)
        named = self._naming.whom(sentence.reading, word.end, sentence.end)
        if not _known(sentence.reading, named):
            return None
        stop = self._clauses.name_end(sentence, number + 1, named)
        if self._saying_at(sentence, stop):
            return None  # Lebih lanjut ia menjelaskan …: the verb is the cue
        if named.pointed:
            noun = sentence.reading.words_in(word.end, sentence.end, 8)
            if not any(one.lower in self._person for one in noun):
                return None
            stop = sentence.reading.text.find(",", word.end, min(sentence.end, word.end + 120))
            if stop < 0:
                return None
        if "," in before:
            return self._enclosed(sentence, number, stop, cue, named)
        comma = _COMMA.match(sentence.reading.text, stop, sentence.end)
        if comma is None and not self._clauses.that_at(sentence, stop):
            on = number > 2 and self._clauses.goes_on(sentence, stop)
            if number and (named.pronoun is not None or on):
                return self._clauses.whole(sentence, "quotes.enclosed", cue, named)
            return None
        at = comma.end() if comma is not None else stop
        return self._clauses.clause(
            sentence, self._clauses.past_that(sentence, at), "quotes.source", cue, named
        )

    def _by_plain(self, sentence: Stretch, number: int) -> Reported | None:
        """A bare verb without a comma before it: X tegaskan A. | A kata dia, b."""
        word = sentence.words[number]
        cue = (word.start, word.end)
        opens = number == 0 or (number == 1 and self._clauses.led(sentence, 1))
        if word.lower in self._free and not opens:
            named = self._naming.whom(sentence.reading, word.end, sentence.end)
            stop = self._clauses.name_end(sentence, number + 1, named)
            comma = _COMMA.match(sentence.reading.text, stop, sentence.end) is not None
            comma = comma or self._clauses.goes_on(sentence, stop)
            if named.pronoun is not None or (comma and _known(sentence.reading, named)):
                return self._clauses.whole(sentence, "quotes.enclosed", cue, named)
        mention = next(sentence.reading.mentions_back(word.start, sentence.start), None)
        if mention is None or word.capital:
            return None
        if mention.person is None and not sentence.reading.text[mention.phrase].isupper():
            return None
        if not self._verbs.suffixed(word.lower):
            return None  # Ketua Umum
        at = sentence.reading.after_degrees(mention.end)
        form = self._verbs.form(word.lower)
        if sentence.reading.text[at : word.start].strip() or form is None:
            return None
        content = self._clauses.content(sentence, number, form.strength)
        that = self._clauses.next_is_that(sentence, number)
        if content is None or (
            form.strength == "tag" and content[1] != "quotes.comma" and not that
        ):
            return None
        return self._clauses.clause(
            sentence, content[0], content[1], cue, Named(speaker_of(mention))
        )

    def _saying_at(self, sentence: Stretch, at: int) -> bool:
        """Whether an active verb of saying comes next in the text."""
        words = sentence.reading.words_in(at, min(sentence.end, at + 24), 2)
        if words and words[0].lower in self._adverb:
            words = words[1:]
        form = self._verbs.form(words[0].lower) if words else None
        return form is not None and form.voice == "active"

    def _enclosed(
        self, sentence: Stretch, number: int, stop: int, cue: tuple[int, int], named: Named
    ) -> Reported | None:
        """A cue after a comma: enclosed in its sentence, or at the end of it."""
        text = sentence.reading.text
        rest = text[stop : min(sentence.end, stop + 40)].lstrip()
        goes_on = number > 1 and self._clauses.goes_on(sentence, stop)
        if rest.startswith(",") or (goes_on and not self._saying_at(sentence, stop)):
            return self._clauses.whole(sentence, "quotes.enclosed", cue, named)
        remains = sentence.reading.words_in(stop, sentence.end, 6)
        following = remains[0] if remains else None
        person = named.speaker is not None
        if following is not None and len(remains) > 5:
            comma = text.find(",", stop, min(sentence.end, stop + 300))
            tail = comma >= 0 and len(sentence.reading.words_in(comma, sentence.end, 5)) > 4
            if tail and (following.lower in self._relative or number < 5):
                return self._clauses.whole(sentence, "quotes.enclosed", cue, named)
            apart = following.lower in self._stops or following.lower in self._modifier
            if (person or named.pronoun is not None) and not apart and rest[:1] != "(":
                return self._clauses.whole(sentence, "quotes.enclosed", cue, named)
            if following.lower in self._adverb and self._clauses.predicated(remains[1:]):
                return self._clauses.whole(sentence, "quotes.enclosed", cue, named)
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
