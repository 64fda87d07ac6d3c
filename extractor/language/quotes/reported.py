"""Reported speech: the clause that a cue of one sentence introduces, encloses or follows."""

from extractor.language.phrases import Word
from extractor.language.quotes.clauses import Clauses, Reported, Stretch, clause_end
from extractor.language.quotes.named_cues import NamedCues
from extractor.language.quotes.naming import Named, Naming
from extractor.language.quotes.passive_cues import PassiveCues
from extractor.language.quotes.reading_aloud import ReadingAloud
from extractor.language.quotes.speakers import Reading, speaker_of
from extractor.language.quotes.speech_verbs import Form, SpeechVerbs
from extractor.language.quotes.subjects import Subjects
from extractor.language.quotes.unlisted_verbs import UnlistedVerbs
from extractor.rulebook import RuleFile

_SHORTEST = 3
# So many words back yang or saat may stand that a passive belongs to.
_BESIDE = 7
# For so many joints a sentence is read on both sides.
_TRIES = 3


class ReportedSpeech:
    """Finds reported speech; words come from ``rules/quotes.yaml``."""

    def __init__(
        self,
        rules: RuleFile,
        verbs: SpeechVerbs,
        subjects: Subjects,
        naming: Naming,
        aloud: ReadingAloud,
    ) -> None:
        self._verbs = verbs
        self._subjects = subjects
        self._naming = naming
        self._aloud = aloud
        self._clauses = Clauses(rules)
        self._passive = PassiveCues(rules, verbs, naming, aloud, self._clauses)
        self._named = NamedCues(rules, verbs, naming, self._clauses)
        self._unlisted = UnlistedVerbs(rules, verbs, subjects, self._clauses)

        def words(name: str) -> frozenset[str]:
            return frozenset(rules.surfaces(name))

        self._infinitive, self._pronouns = words("infinitive_before"), words("pronoun")
        self._matter, self._demonstratives = words("that_matter"), words("demonstrative")
        self._relative, self._stops = words("relative"), words("phrase_stop")
        self._no_verb = words("no_verb")
        self._joint, self._contrast = words("joint"), words("contrast")
        self._asks, self._before_verb = words("bare_active"), words("adverb_before")
        self._rules = {rule.id for rule in rules.of_kind("quote")}

    def read(self, reading: Reading, start: int, end: int) -> Reported | None:
        """The clause reported in the sentence ``text[start:end]``, by the first cue with one."""
        end = clause_end(reading.text, start, end)
        sentence = Stretch(reading, start, end, reading.words_in(start, end))
        spoke: Reported | None = None
        alone = self._alone(sentence)
        if alone is not None and alone.rule in self._rules:
            return alone
        noun = self._named.by_noun(sentence)
        if noun is not None and noun.rule in self._rules:
            return noun
        for number, word in enumerate(sentence.words):
            found = None
            if number + 1 == len(sentence.words) and number > _SHORTEST + 1:
                found = self._last(sentence, number)
            elif self._named.is_source(word.lower):
                found = self._named.by_source(sentence, number)
            elif self._named.is_lead(word.lower):
                found = self._named.by_lead(sentence, number)
            elif (form := self._verbs.form(word.lower)) is not None:
                found = self._by_verb(sentence, number, form)
                if spoke is None and found is None and form.voice == "active":
                    spoke = self._spoke(sentence, number)
            if found is not None and found.rule in self._rules:
                return found
        found = self._unlisted.read(sentence)
        return found if found is not None and found.rule in self._rules else spoke

    def _alone(self, sentence: Stretch) -> Reported | None:
        """A sentence that is nothing but a tag: A. Ujarnya. | A. Ujar X."""
        word = next(iter(sentence.words), None)
        form = self._verbs.form(word.lower) if word is not None else None
        if word is None or form is None:
            return None
        named = Named()
        if form.voice == "bare" and len(sentence.words) > 1 and not sentence.gap(0).strip():
            named = self._naming.whom(sentence.reading, word.end, sentence.end)
            marked = self._named.known(sentence.reading, named) and named.speaker is not None
            stop = self._clauses.name_end(sentence, 1, named)
            if not marked or sentence.reading.text[stop : sentence.end].strip(" .,*"):
                return None
        elif form.voice != "owned" or len(sentence.words) > 1:
            return None
        cue = (word.start, word.end)
        return Reported(sentence.start, sentence.end, "quotes.backward", cue, named, backward=True)

    def _last(self, sentence: Stretch, number: int) -> Reported | None:
        """A, X menegaskan."""
        word = sentence.words[number]
        form = self._verbs.form(word.lower)
        if form is None:
            return None
        if form.voice != "active":
            return self._by_verb(sentence, number, form)
        reading = sentence.reading
        mention = next(reading.mentions_back(word.start, sentence.start), None)
        if mention is None or reading.after_degrees(mention.end) < word.start - 1:
            return None
        told = reading.words_in(sentence.start, mention.phrase)
        if len(told) <= _SHORTEST or "," not in reading.text[told[-1].end : mention.phrase]:
            return None
        if self._clauses.led(sentence, 1) or not self._clauses.predicated(told):
            return None
        return Reported(
            sentence.start,
            told[-1].end,
            "quotes.cue-last",
            (word.start, word.end),
            Named(speaker_of(mention)),
        )

    def parts(self, reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
        """The sentence, or its halves where each reports another speaker: X berharap A, sedangkan
        Y meminta B."""
        tries = anew = _TRIES
        for word in reading.words_in(start, end)[_SHORTEST:]:
            if word.lower in self._pronouns and anew and self._behind_comma(reading, start, word):
                anew -= 1
                if (split := self._anew(reading, start, word, end)) is not None:
                    return split
            weak = word.lower in self._joint
            if not weak and word.lower not in self._contrast:
                continue
            if weak and not self._new_speaker(reading, word.end, end):
                continue
            tries -= 1
            if tries < 0:
                break
            left, right = self.read(reading, start, word.start), self.read(reading, word.end, end)
            if left is None or right is None or right.named.speaker is None:
                continue
            if _speaks(left) and _speaks(right) and left.named.speaker != right.named.speaker:
                following = reading.words_in(word.end, end, 1)
                return [(start, word.start), (following[0].start, end)]
            return [(start, end)]
        return [(start, end)]

    def _behind_comma(self, reading: Reading, start: int, word: Word) -> bool:
        return reading.text[max(start, word.start - 3) : word.start].rstrip()[-1:] == ","

    def _anew(
        self, reading: Reading, start: int, word: Word, end: int
    ) -> list[tuple[int, int]] | None:
        """The halves where the speaker says another thing behind a comma: X menilai A, ia
        berharap B."""
        verb = next(iter(reading.words_in(word.end, end, 1)), None)
        form = self._verbs.form(verb.lower) if verb is not None else None
        if form is None or form.voice != "active" or form.strength == "tag":
            return None
        left, right = self.read(reading, start, word.start), self.read(reading, word.start, end)
        if left is None or right is None or not (_speaks(left) and _speaks(right)):
            return None
        return [(start, word.start), (word.start, end)]

    def beside(self, reading: Reading, start: int, end: int, named: Named) -> Reported | None:
        """What the tag of direct speech reports besides: ujarnya seraya berharap agar A."""
        end = clause_end(reading.text, start, end)
        tag = Stretch(reading, start, end, reading.words_in(start, end))
        for number, word in enumerate(tag.words[1:], 1):
            form = self._verbs.form(word.lower)
            if form is None or form.voice != "active" or form.strength == "tag":
                continue
            if tag.words[number - 1].lower not in self._joint:
                continue
            content = self._clauses.content(tag, number, form.strength)
            if content is not None:
                return self._clauses.clause(tag, *content, (word.start, word.end), named)
        return None

    def _new_speaker(self, reading: Reading, start: int, end: int) -> bool:
        """Whether a person and a verb of saying come next: Y menambahkan …"""
        words = reading.words_in(start, end, 1)
        ahead = next(iter(reading.mentions_in(start, min(end, start + 150))), None)
        if ahead is None or not words or words[0].start not in (ahead.start, ahead.phrase):
            return False
        verb = reading.words_in(reading.after_degrees(ahead.end), end, 2)
        forms = [form for form in map(self._verbs.form, (one.lower for one in verb)) if form]
        return any(form.voice == "active" and form.strength != "tag" for form in forms)

    def _spoke(self, sentence: Stretch, number: int) -> Reported | None:
        """X menyampaikan terima kasih: nothing is reported, but X has the floor."""
        word = sentence.words[number]
        if number and sentence.words[number - 1].lower in self._infinitive:
            return None
        subject = self._subjects.before(sentence.reading, sentence.start, word.start)
        if subject is None or subject.speaker is None:
            return None
        cue = (word.start, word.end)
        return Reported(sentence.start, sentence.end, "quotes.clause", cue, subject, shift=True)

    def _by_verb(self, sentence: Stretch, number: int, form: Form) -> Reported | None:
        if form.voice == "owned" or (form.voice == "passive" and form.owned):
            return self._named.by_owned(sentence, number)
        if form.voice == "bare":
            if sentence.words[number].lower in self._asks and self._said_by(sentence, number):
                return self._by_active(sentence, number, form)
            return self._named.by_bare(sentence, number)
        if form.voice == "active":
            return self._by_active(sentence, number, form)
        return self._passive.read(sentence, number)

    def _said_by(self, sentence: Stretch, number: int) -> bool:
        """Whether a pronoun or person stands right before a bare verb: ia minta warga …"""
        if not number or sentence.before(number).strip():
            return False
        place = number - 1
        while place and sentence.words[place].lower in self._before_verb:
            if sentence.before(place).strip():
                return False
            place -= 1
        if sentence.words[place].lower in self._pronouns:
            return True
        word = sentence.words[place + 1]
        mention = next(sentence.reading.mentions_back(word.start, sentence.start), None)
        return mention is not None and (
            sentence.reading.after_degrees(mention.end) >= word.start - 1
        )

    def _by_active(self, sentence: Stretch, number: int, form: Form) -> Reported | None:
        """X mengatakan (bahwa) A."""
        word = sentence.words[number]
        if form.strength == "tag" and "," not in sentence.gap(number):
            return None
        if self._told_to(sentence, number):
            return None
        aim = number > 0 and sentence.words[number - 1].lower in self._infinitive
        if not aim and self._refers_back(sentence, number):
            subject = self._subject(sentence, word)
            cue = (word.start, word.end)
            at = (sentence.start, sentence.end, "quotes.backward", cue)
            return Reported(*at, subject, backward=True) if subject is not None else None
        content = self._clauses.content(sentence, number, form.strength)
        if content is None:
            return None
        before = sentence.words[number - 1].lower if number else ""
        told = before in self._relative and content[1] == "quotes.that"
        if before in self._infinitive and not told:
            return None
        named = self._subject(sentence, word)
        if named is None and number and form.strength == "strong":
            named = Named() if self._clauses.led(sentence, number, 3) else None
        if named is None or self._object_of(sentence, number, named):
            return None
        begin, how = content
        return self._clauses.clause(sentence, begin, how, (word.start, word.end), named)

    def _told_to(self, sentence: Stretch, number: int) -> bool:
        """Whether a passive right before the verb makes it what somebody is told to do: X ditunjuk
        melanjutkan …, not X yang ditemui mengatakan …"""
        if number < 2 or sentence.before(number).strip():
            return False
        before = sentence.words[number - 1]
        earlier = {word.lower for word in sentence.words[max(0, number - _BESIDE) : number - 1]}
        if before.lower in self._no_verb or sentence.reading.mentions_in(before.start, before.end):
            return False
        return self._subjects.done(before) and not earlier & (self._relative | self._stops)

    def _refers_back(self, sentence: Stretch, number: int) -> bool:
        """Whether the object of the verb is what was said before: X menyampaikan hal itu saat …"""
        words, after = sentence.words, number + 1
        if after < len(words) and words[after].lower in self._matter:
            after += 1
        if after >= len(words) or words[after].lower not in self._demonstratives:
            return False
        if "," in sentence.reading.text[words[number].end : words[after].start]:
            return False
        return after + 1 == len(words) or words[after + 1].lower in self._stops

    def _object_of(self, sentence: Stretch, number: int, named: Named) -> bool:
        """Whether the verb only describes the object of one before: X menyampaikan kebutuhan
        mendesak, …"""
        if named.speaker is None or named.speaker.span is None or "," in sentence.before(number):
            return False
        for place in range(number - 1, -1, -1):
            word = sentence.words[place]
            if word.start < named.speaker.span[1] or word.lower in self._joint | self._relative:
                return False
            form = self._verbs.form(word.lower)
            if form is not None and form.voice == "active":
                return place < number - 1
        return False

    def _subject(self, sentence: Stretch, word: Word) -> Named | None:
        reading = sentence.reading
        subject = self._subjects.of(reading, sentence.start, word)
        if subject is not None and subject.speaker is not None:
            return self._aloud.before(reading, sentence.start, word.start) or subject
        return subject


def _speaks(found: Reported) -> bool:
    return not found.shift and not found.backward
