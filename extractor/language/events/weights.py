"""What the place of a mention says for or against it: title, lead, date, speech."""

from collections.abc import Mapping, Sequence

from extractor.language.events.prospects import EventProspects
from extractor.language.events.reading import Mention, Reading, broken
from extractor.language.events.words import EventWords
from extractor.language.phrases import Word

_LATE = 1500
_LATER = 8
# How many words before a name what it is for may be told.
_BACK = 6
_CUED = frozenset(
    (
        *("after_hold", "after_do", "after_attend", "after_open", "after_close"),
        *("after_receive", "after_inspect", "after_activity", "before_held", "before_led"),
        *("pointed_at", "labelled"),
    )
)


class EventWeights:
    """Adds the points of a mention's place to its features."""

    def __init__(self, words: EventWords, points: Mapping[str, float]) -> None:
        """``points``: the settings of the rule file."""
        self.vocabulary = words
        self.prospects = EventProspects(words)
        self.points = points
        # Before an act's verb these are who did it ("Tim Tinjau Lokasi Banjir").
        self._aside_of_act = words.aside - words.organisation - words.group - words.person_role

    def weigh(
        self,
        reading: Reading,
        number: int,
        body: int,
        one: Mention,
        speech: Sequence[tuple[int, int]],
    ) -> Mention:
        """Note what the mention's place says for or against it."""
        points, words, text = self.points, reading.words, reading.text
        sentence = reading.sentences[number]
        one.sentence = number
        names = []
        paragraph = sentence.paragraph - reading.preface
        if sentence.paragraph == 0:
            central = self._central(reading, one, reading.ranges[number][0])
            names.append(
                "verb_in_title" if not one.noun else "in_title" if central else "title_topic"
            )
            if one.noun and central and self._nominal(reading, one, number):
                names.append("title_name")
        elif 0 < sentence.paragraph <= reading.preface:
            names.append("in_second")
        elif body == 0 or (body == 1 and paragraph == 1):
            names.append("verb_in_lead" if not one.noun else "in_lead")
            if body == 0 and one.known and (one.noun or one.kind not in self.vocabulary.hosted):
                names.append("in_first" if one.noun else "verb_in_first")
        elif paragraph <= 2:
            names.append("in_second")
        elif paragraph > 4 and sentence.start > reading.layout.body_start + _LATE:
            names.append("late")
        if one.last - one.first > 1 and all(w.capital for w in words[one.first : one.first + 2]):
            names.append("capitals")
        reach = reading.reach(number)
        if any(sentence.start <= d.start < reach for d in reading.days):
            names.append("with_date")
        if any(sentence.start <= v.start < sentence.end for v in reading.venues):
            names.append("with_venue")
        headed = sentence.paragraph <= reading.preface  # a headline tells no day
        undated = "with_date" not in names and not headed
        if (
            undated
            and self.prospects.coming(words, one, reading.ranges[number][0])
            and not self.prospects.dated_next(reading, number)
        ):
            names.append("undated_plan")
        placed = not {"with_date", "with_venue"}.isdisjoint(names)
        if self.prospects.wished(words, one, reading.ranges[number][0], placed):
            names.append("wished")
        elif self.prospects.yet_to_come(reading, one) or self.prospects.planned(
            reading, one, paragraph
        ):
            names.append("coming")
        if self._follows_on(reading, one):
            names.append("follow_on")
        cued = _CUED & one.features.keys()
        purpose = "after_activity" in one.features and not words[one.first].capital
        beside = self.vocabulary.aside if one.noun else self._aside_of_act
        means = one.noun and not (cued or words[one.first].capital or "with_date" in names)
        told_for = one.noun and one.verb is None and one.after is None and one.first > 0
        on_event = one.first > 0 and words[one.first - 1].lower in self.vocabulary.on_event
        if (
            self._before(text, words, one, beside)
            or (purpose and self._before(text, words, one, self.vocabulary.purpose))
            or (means and words[one.first - 1].lower in self.vocabulary.through)
            or (told_for and words[one.first - 1].lower in self.vocabulary.purpose)
        ):
            if not one.known:
                names.clear()
            names = [name for name in names if name != "in_first"] + ["aside"]
            for feature in ("before_held", "before_led", "pointed_at"):
                one.features.pop(feature, None)
        elif one.noun and (self._bare_phase(words, one) or self._plural(text, words, one)):
            names = [name for name in names if name not in ("in_title", "in_first")] + ["aside"]
        elif not one.noun and self._done_before(reading, one):
            names = ["aside"]  # the day and the place are those of what came after
        elif not one.noun and self._background(reading, one):
            names.append("aside")
        elif not one.noun and self._tagged(reading, one):
            names.append("at_event")
        elif one.noun and self._before(text, words, one, self.vocabulary.at_event):
            named = one.known or words[one.first].capital or cued
            within = self._before(text, words, one, self.vocabulary.within)
            if self.prospects.later(reading, one):
                names += ["aside", "undated_plan"]
            elif named and self._prize(reading, one):
                names.append("aside")
            else:
                names.append("topic" if within and not named else "at_event")
        elif one.noun and one.known and self._prize(reading, one):
            names.append("aside")
        elif one.noun and one.known and {"with_date", "with_venue"} <= set(names) and on_event:
            names.append("at_event")
        elif (not cued and "noun_of_verb" in one.features and one.last - one.first == 1) or (
            "after_inspect" in one.features and not one.known
        ):
            names.append("topic")
        elif self._role_before(reading, one):
            names.append("inside")
            one.features.pop("pointed_at", None)
        elif one.noun and not cued and one.rule == "events.verbal-noun":
            if one.first > reading.ranges[number][0]:
                names.append("topic")
            elif sentence.paragraph > 0:
                names.append("uncued")
        elif one.noun and not cued and one.first > reading.ranges[number][0]:
            if one.last - one.first == 1 and not words[one.first].capital:
                names.append("bare")
            elif (
                sentence.paragraph > 0
                and one.phase is None
                and words[one.first].capital
                and words[one.first - 1].capital
                and words[one.first].start == words[one.first - 1].end + 1
            ):
                names.append("inside")
        if any(start <= one.start < end for start, end in speech):
            names.append("in_speech")
        for name in names:
            one.features[name] = points[name]
        if reading.title_words and sentence.paragraph > 0:
            topic = {w.lower for w in words[one.first : one.last] if len(w.lower) > 3}
            shared = len(topic & reading.title_words) / len(topic) if topic else 0.0
            if shared:
                one.features["title_words"] = round(points["title_words"] * shared, 2)
        return one

    def _nominal(self, reading: Reading, one: Mention, number: int) -> bool:
        """Whether the title is a name and no clause: no verb in it, and this its head."""
        first, last = reading.ranges[number]
        return one.first == first and not any(
            self.vocabulary.is_verb(word) or self.vocabulary.noun_of(word.lower, bare=False)
            for word in reading.words[first:last]
        )

    def _role_before(self, reading: Reading, one: Mention) -> bool:
        """Whether a noun is a byname of an office ("Bupati Gotong Royong")."""
        if not one.noun or one.first <= reading.ranges[one.sentence][0]:
            return False
        before, word = reading.words[one.first - 1], reading.words[one.first]
        return (
            before.capital
            and word.capital
            and word.start == before.end + 1
            and before.lower in self.vocabulary.person_role
            and reading.sentences[one.sentence].paragraph > 0
        )

    def _plural(self, text: str, words: tuple[Word, ...], one: Mention) -> bool:
        """Whether events of a kind are meant and not one ("rapat-rapat di hotel", "berbagai
        lomba")."""
        at = one.first
        several = at > 0 and words[at - 1].lower in self.vocabulary.several
        if several and one.last - at == 1 and not words[at].capital:
            return True
        return (
            at + 1 < len(words)
            and words[at + 1].lower == words[at].lower
            and text[words[at].end : words[at + 1].start] == "-"
        )

    def _bare_phase(self, words: tuple[Word, ...], one: Mention) -> bool:
        """Whether a phase alone stands for an event named elsewhere ("dalam pembukaan itu")."""
        alone = one.last - one.first == 1 and not words[one.first].capital
        return alone and one.kind in self.vocabulary.phase_names

    def _done_before(self, reading: Reading, one: Mention) -> bool:
        """Whether what was done to somebody is told as what came before ("Usai dilantik, X …")."""
        at, words = one.verb, reading.words
        return (
            at is not None
            and at > 0
            and words[at].lower.startswith(self.vocabulary.passive_prefix)
            and words[at - 1].lower in self.vocabulary.afterwards
        )

    def _background(self, reading: Reading, one: Mention) -> bool:
        """Whether an act is told beside the matter: as what the sentence's own was for, or of a
        thing that is spoken of ("program yang diluncurkan X")."""
        at = one.verb
        if at is None or at <= reading.ranges[one.sentence][0]:
            return False
        words = reading.words
        if words[at - 1].lower in self.vocabulary.purpose:  # "Untuk memperingati X, Y mengadakan Z"
            return at - 1 == reading.ranges[one.sentence][0]
        return (
            words[at].lower.startswith(self.vocabulary.passive_prefix)
            and words[at - 1].lower in self.vocabulary.relative
            and one.first == at
        )

    def _tagged(self, reading: Reading, one: Mention) -> bool:
        """Whether somebody spoke while or after doing it ("kata X usai meresmikan Y"), and it was
        not the inspection of an event."""
        at, words = one.verb, reading.words
        return (
            at is not None
            and at > reading.ranges[one.sentence][0] + 1
            and words[at - 1].lower in self.vocabulary.around
            and self.vocabulary.kind_end(reading.text, words, one.first) == one.first
        )

    def _follows_on(self, reading: Reading, one: Mention) -> bool:
        """Whether an event is told as what came after another ("dilanjutkan dengan X"), or before
        the one at hand ("pulang dari mengikuti X")."""
        words, vocabulary = reading.words, self.vocabulary
        first, last = reading.ranges[one.sentence]
        if words[first].lower in vocabulary.afterwards and one.verb == first + 1:
            roles = (vocabulary.verbs.get(word.lower) for word in words[one.last : last])
            if any(role in ("hold", "do", "open", "attend") for role in roles):
                return True
        at = one.first - 1
        if one.verb is not None and first < one.verb < one.first:
            before = words[one.verb - 1].lower
            if before in vocabulary.origin and "after_attend" in one.features:
                return True
        while at > first and (words[at].lower in vocabulary.filler | vocabulary.meets):
            at -= 1
        while at > first and vocabulary.activity.at(reading.text, words, at) is not None:
            at -= 1
        while at > first and (words[at].lower in vocabulary.meets):
            at -= 1
        return first <= at < one.first and words[at].lower in vocabulary.followed

    def _prize(self, reading: Reading, one: Mention) -> bool:
        """Whether the event is one at which a prize was won ("juara pertama pada Lomba X")."""
        first, words = reading.ranges[one.sentence][0], reading.words
        if one.first <= first or words[one.first - 1].lower not in self.vocabulary.during:
            return False
        before = words[max(first, one.first - _LATER) : one.first]
        return any(word.lower in self.vocabulary.prize for word in before)

    def _central(self, reading: Reading, one: Mention, first: int) -> bool:
        """Whether the title is about this noun: at its head or after a verb or comma."""
        if one.first == first or one.verb is not None or one.after is not None:
            return True
        before = reading.words[one.first - 1]
        gap = reading.text[before.end : reading.words[one.first].start]
        if before.lower in self.vocabulary.purpose:
            return False
        return gap.strip() != "" or one.known

    def _before(
        self, text: str, words: tuple[Word, ...], one: Mention, wanted: frozenset[str]
    ) -> bool:
        """Whether one of these words stands before a mention, fillers aside."""
        first = one.first if one.noun or one.verb is None else one.verb
        first = one.opening if one.opening is not None else first
        vocabulary = self.vocabulary
        for at in range(first - 1, max(first - _BACK, -1), -1):
            if broken(text, words, at, at + 1):
                return False
            if words[at].lower in wanted:
                return True
            if words[at].lower in vocabulary.filler:
                continue
            before = words[at - 1].lower if at else ""
            if words[at].lower in vocabulary.origin:  # "bagian dari rangkaian Program X"
                return wanted is vocabulary.aside and before in wanted
            if vocabulary.activity.at(text, words, at) is None:
                return False
            if before not in wanted | vocabulary.origin and (
                at == 0 or vocabulary.activity.at(text, words, at - 1) is None
            ):
                return False
        return False
