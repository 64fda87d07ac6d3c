"""Reported speech: the clause that a cue of one sentence introduces, encloses or follows."""

from extractor.language.clauses import Clauses, Reported, Stretch, clause_end
from extractor.language.named_cues import NamedCues
from extractor.language.naming import Named, Naming
from extractor.language.phrases import Word
from extractor.language.reading_aloud import ReadingAloud
from extractor.language.speakers import Reading
from extractor.language.speech_verbs import Form, SpeechVerbs
from extractor.language.subjects import Subjects
from extractor.language.unlisted_verbs import UnlistedVerbs
from extractor.rulebook import RuleFile


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
        self._named = NamedCues(rules, verbs, naming, self._clauses)
        self._unlisted = UnlistedVerbs(rules, subjects, self._clauses)

        def words(name: str) -> frozenset[str]:
            return frozenset(rules.surfaces(name))

        self._that, self._adverb, self._by = words("that"), words("adverb_after"), words("by")
        self._infinitive, self._pronouns = words("infinitive_before"), words("pronoun")
        self._hal, self._same = words("that_matter"), words("same_matter")
        self._agentless, self._document = words("agentless"), words("document")
        self._relative, self._demonstratives = words("relative"), words("demonstrative")
        self._rules = {rule.id for rule in rules.of_kind("quote")}

    def read(self, reading: Reading, start: int, end: int) -> Reported | None:
        """The clause reported in the sentence ``text[start:end]``, by the first cue with one."""
        end = clause_end(reading.text, start, end)
        sentence = Stretch(reading, start, end, reading.words_in(start, end))
        spoke: Reported | None = None
        for number, word in enumerate(sentence.words):
            found = None
            if self._named.is_source(word.lower):
                found = self._named.by_source(sentence, number)
            elif (form := self._verbs.form(word.lower)) is not None:
                found = self._by_verb(sentence, number, form)
                if spoke is None and found is None and form.voice == "active":
                    spoke = self._spoke(sentence, number)
            if found is not None and found.rule in self._rules:
                return found
        found = self._unlisted.read(sentence)
        return found if found is not None and found.rule in self._rules else spoke

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
            return self._named.by_bare(sentence, number)
        if form.voice == "active":
            return self._by_active(sentence, number, form)
        return self._by_passive(sentence, number)

    def _by_active(self, sentence: Stretch, number: int, form: Form) -> Reported | None:
        """X mengatakan (bahwa) A."""
        word = sentence.words[number]
        if form.strength == "tag" and "," not in sentence.gap(number):
            return None
        content = self._clauses.content(sentence, number, form.strength)
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
        return self._clauses.clause(sentence, begin, how, (word.start, word.end), named)

    def _subject(self, sentence: Stretch, word: Word) -> Named | None:
        reading = sentence.reading
        subject = self._subjects.of(reading, sentence.start, word)
        if subject is not None and subject.speaker is not None:
            return self._aloud.passive(reading, sentence.start, word.start) or subject
        return subject

    def _by_passive(self, sentence: Stretch, number: int) -> Reported | None:
        """Dikatakan X, A. | Lebih lanjut dijelaskan, A. | Hal itu disampaikan X saat …"""
        word = sentence.words[number]
        cue = (word.start, word.end)
        agent = self._agent(sentence, number)
        matter = {w.lower for w in sentence.words[: min(number, 6)]}
        about = bool(matter & self._hal) and number <= 6
        if agent is not None:
            named, stop = agent
            that = self._clauses.that_within(sentence, stop, 40)
            if that is not None:
                return self._clauses.clause(sentence, that, "quotes.passive", cue, named)
            if about:
                same = bool(matter & self._same)
                pointed = bool(matter & self._demonstratives)
                rule = "quotes.backward"
                return Reported(
                    sentence.start, sentence.end, rule, cue, named, pointed and not same, True
                )
            if number > 4 or not self._clauses.led(sentence, number):
                return None
            comma = sentence.reading.text.find(",", stop, min(sentence.end, stop + 90))
            if comma < 0:
                return None
            return self._clauses.clause(sentence, comma + 1, "quotes.passive", cue, named)
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
        named = self._aloud.passive(sentence.reading, sentence.start, word.start) or Named()
        if named == Named() and not self._clauses.led(sentence, number, 14):
            return None
        begin = self._clauses.past(sentence, after, sentence.words[after - 1].end)
        return self._clauses.clause(sentence, begin, "quotes.agentless", cue, named)

    def _agent(self, sentence: Stretch, number: int) -> tuple[Named, int] | None:
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
        return named, self._clauses.name_end(sentence, after, named)
