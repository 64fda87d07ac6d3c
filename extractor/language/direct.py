"""Direct speech: which quotations of a paragraph are somebody's words, and what tag they bear."""

import re
from dataclasses import dataclass

from extractor.language.naming import Named, Naming
from extractor.language.phrases import Word
from extractor.language.quotation_marks import Quotation, quotations
from extractor.language.speakers import Reading, Speaker
from extractor.language.speech_verbs import SpeechVerbs
from extractor.language.subjects import Subjects
from extractor.rulebook import RuleFile

_GAP = re.compile(r"[ \t\xa0,.;–—-]*")
_ENDS = ".,!?…"
_TAG_GLYPHS = re.compile(r"[,.!?…]?[ \xa0]+(?=[^\W\d_])")
_PREFIX = 400


@dataclass(slots=True)
class Direct:
    """A quotation that is speech. ``rule`` says how it was told; ``tag`` is (cue start, cue end, end of
    the tag) where it has one.

    ``speaker`` is None where the tag leaves it to what came before; ``anonymous`` where it names
    somebody who cannot be told.
    """

    start: int
    end: int
    outer_end: int
    rule: str
    repaired: bool
    tag: tuple[int, int, int] | None = None
    speaker: Speaker | None = None
    anonymous: bool = False
    pronoun: Word | None = None


class DirectSpeech:
    """Finds direct speech; words come from ``rules/quotes.yaml``."""

    def __init__(
        self, rules: RuleFile, verbs: SpeechVerbs, subjects: Subjects, naming: Naming
    ) -> None:
        self._verbs = verbs
        self._subjects = subjects
        self._naming = naming
        get = rules.surfaces
        self._lead = frozenset(get("tag_lead"))
        self._no_tag = frozenset(get("no_tag"))
        self._stops = frozenset(get("phrase_stop"))
        self._pronouns = frozenset(get("pronoun"))
        self._demonstratives = frozenset(get("demonstrative"))
        self._titles = frozenset(get("title_word"))
        self._readers = frozenset(get("read_aloud"))
        self._rules = {rule.id for rule in rules.of_kind("quote")}

    def read(self, reading: Reading, start: int, end: int) -> list[Direct]:
        """The direct speech of the paragraph ``text[start:end]``, in order."""
        found: list[Direct] = []
        outer = quotations(reading.text, start, end)
        for number, one in enumerate(outer):
            floor = start
            if number:
                before = outer[number - 1]
                floor = before.close[1] if before.close is not None else before.end
            limit = end
            if number + 1 < len(outer) and outer[number + 1].open is not None:
                limit = (outer[number + 1].open or (end, end))[0]
            last = found[-1] if found else None
            direct = self._one(reading, one, floor, limit, start, end, last)
            if direct is not None and direct.rule in self._rules and direct.start < direct.end:
                found.append(direct)
        return found

    def _one(
        self,
        reading: Reading,
        one: Quotation,
        floor: int,
        limit: int,
        start: int,
        end: int,
        last: Direct | None,
    ) -> Direct | None:
        text = reading.text
        if one.open is None:
            return self._only_closed(reading, one, limit, end)
        if one.close is None:
            return self._only_opened(reading, one, floor, start, end, last)
        sentence = max(floor, reading.sentence_start(one.open[0]))
        prefix = text[max(sentence, one.open[0] - _PREFIX) : one.open[0]].rstrip()
        titled = self._titled(reading, sentence, one.open[0])
        inside = self._tag_inside(reading, one)
        direct = Direct(one.start, one.end, one.close[1], "", False)
        if inside is not None and not titled:
            direct.end, direct.tag, named = inside
            direct.rule, direct.repaired = "quotes.tag", True
            return _named(direct, named)
        if self._continues(reading, one, floor, last) and last is not None:
            direct.rule, direct.speaker, direct.pronoun = "quotes.split", last.speaker, last.pronoun
            direct.anonymous = last.anonymous
            return direct
        tagged = self._tag(reading, one, limit)
        if tagged is not None:
            tagged = self._aloud_tag(reading, tagged)
        if tagged is not None and not (titled and text[one.end - 1] not in _ENDS):
            rule, cue, tag_end, named = tagged
            if rule != "quotes.tag-position" or not titled:
                direct.rule, direct.tag = rule, (cue.start, cue.end, tag_end)
                return _named(direct, named)
        if titled:
            return None
        if prefix and (named_before := self._before(reading, one, sentence, prefix)) is not None:
            rule, cue_span, named = named_before
            direct.rule, direct.tag = rule, (*cue_span, one.open[0])
            return _named(direct, named)
        if self._stands(reading, one, prefix, start, end):
            direct.rule = "quotes.floating"
            return direct
        return None

    def _only_closed(self, reading: Reading, one: Quotation, limit: int, end: int) -> Direct | None:
        """Only the closing mark stands: speech where a tag follows, from the sentence's start."""
        assert one.close is not None
        tagged = self._tag(reading, one, limit) if one.end > one.start else None
        if tagged is None or tagged[0] == "quotes.tag-position":
            return None
        begin = max(one.start, reading.sentence_start(one.close[0] - 1))
        rule, cue, tag_end, named = tagged
        direct = Direct(begin, one.end, one.close[1], rule, True, (cue.start, cue.end, tag_end))
        return _named(direct, named)

    def _only_opened(
        self,
        reading: Reading,
        one: Quotation,
        floor: int,
        start: int,
        end: int,
        last: Direct | None,
    ) -> Direct | None:
        """Only the opening mark stands: speech up to its tag, else to the paragraph's end."""
        assert one.open is not None
        sentence = max(floor, reading.sentence_start(one.open[0]))
        if self._titled(reading, sentence, one.open[0]):
            return None
        direct = Direct(one.start, one.end, one.end, "quotes.tag", True)
        inside = self._tag_inside(reading, one, whole=True)
        if inside is not None:
            direct.end, direct.tag, named = inside
            direct.outer_end = direct.end
            return _named(direct, named)
        prefix = reading.text[max(sentence, one.open[0] - _PREFIX) : one.open[0]].rstrip()
        named_before = self._before(reading, one, sentence, prefix) if prefix else None
        if named_before is not None:
            rule, cue_span, named = named_before
            direct.rule, direct.tag = rule, (*cue_span, one.open[0])
            return _named(direct, named)
        if not prefix and len(reading.words_in(one.start, one.end, 3)) > 2:
            direct.rule = "quotes.floating"
            return direct
        return None

    def _titled(self, reading: Reading, sentence: int, at: int) -> bool:
        """Whether a word like tema or berjudul stands right before the mark."""
        near = reading.words_in(max(sentence, at - 45), at)[-3:]
        if not near or reading.text[near[-1].end : at].strip() not in ("", ":", ",", "="):
            return False
        if near[-1].lower in self._titles:
            return True
        return (
            len(near) > 1
            and any(word.lower in self._titles and word.start >= at - 40 for word in near[:-1])
            and self._verbs.form(near[-1].lower) is None
        )

    def _tag(
        self, reading: Reading, one: Quotation, limit: int
    ) -> tuple[str, Word, int, Named] | None:
        """(rule, cue, end, whom it names) of the tag after the closing mark."""
        assert one.close is not None
        text = reading.text
        gap = _GAP.match(text, one.close[1], min(limit, one.close[1] + 8))
        at = gap.end() if gap is not None else one.close[1]
        number = reading.word_from(at)
        if number >= len(reading.words) or reading.words[number].start != at or at >= limit:
            return None
        stopped = text[one.end - 1] in _ENDS or "," in text[one.close[1] : at]
        fresh = "." in text[one.close[1] : at] or text[one.end - 1] in ".!?…"
        cue = reading.words[number]
        tag_end = min(limit, reading.sentence_end(cue.start))
        if cue.lower in self._lead:
            after = reading.words[number + 1] if number + 1 < len(reading.words) else None
            if after is None or after.start >= tag_end or not stopped:
                return None
            if self._verbs.form(after.lower) is not None:
                cue = after
            named = self._naming.whom(reading, cue.end, tag_end)
            if cue is not after and named.speaker is not None and named.speaker.person is None:
                named = Named()
            return "quotes.tag", cue, tag_end, named
        form = self._verbs.form(cue.lower)
        if form is not None:
            if form.voice == "owned" or (form.voice == "passive" and form.owned and stopped):
                return "quotes.tag", cue, tag_end, Named()
            if form.voice == "bare" or (stopped and form.voice == "passive"):
                named = self._naming.whom(reading, cue.end, tag_end)
                if not (cue.capital and fresh) or named != Named():
                    return "quotes.tag", cue, tag_end, named
            if form.voice == "active" and stopped and not fresh and not cue.capital:
                return "quotes.tag", cue, tag_end, self._naming.whom(reading, cue.end, tag_end)
            return None
        if cue.lower in self._no_tag or not stopped:
            return None
        if cue.lower in self._pronouns and not fresh:
            return "quotes.tag-name", cue, tag_end, Named(pronoun=cue)
        if not fresh:
            mention = next(
                iter(reading.mentions_in(cue.start, min(tag_end, cue.start + 150))), None
            )
            if mention is not None and cue.start in (mention.start, mention.phrase):
                named = Named(Speaker(mention.person, (mention.start, mention.end)))
                return "quotes.tag-name", cue, tag_end, named
        return self._unknown(reading, number, tag_end, fresh)

    def _aloud_tag(
        self, reading: Reading, tagged: tuple[str, Word, int, Named]
    ) -> tuple[str, Word, int, Named]:
        """kata X membacakan amanat Y: Y speaks, X delivers."""
        rule, cue, end, named = tagged
        for word in reading.words_in(cue.end, min(end, cue.end + 160))[:14]:
            if word.lower not in self._readers or named.speaker is None:
                continue
            author = next(iter(reading.mentions_in(word.end, min(end, word.end + 120))), None)
            if author is not None:
                reader = named.speaker.person
                named = Named(Speaker(author.person, (author.start, author.end), reader))
                return rule, cue, end, named
        return tagged

    def _unknown(
        self, reading: Reading, number: int, tag_end: int, fresh: bool
    ) -> tuple[str, Word, int, Named] | None:
        """A tag by its place alone: …," celotehnya or …," guyon Dukuh X."""
        cue = reading.words[number]
        if cue.capital and not fresh:
            return None
        if self._verbs.owned(cue.lower):
            after = reading.words[number + 1] if number + 1 < len(reading.words) else None
            ended = after is None or after.start >= tag_end
            if cue.capital and not ended and reading.text[cue.end] == ",":
                return None
            return "quotes.tag-position", cue, tag_end, Named()
        if cue.capital or number + 1 >= len(reading.words):
            return None
        after = reading.words[number + 1]
        if after.start >= tag_end or reading.text[cue.end : after.start].strip():
            return None
        if after.lower in self._pronouns:
            return "quotes.tag-position", cue, tag_end, Named(pronoun=after)
        ahead = reading.mentions_in(after.start, min(tag_end, after.start + 150))
        if (ahead and after.start in (ahead[0].start, ahead[0].phrase)) or after.capital:
            return "quotes.tag-position", cue, tag_end, self._naming.whom(reading, cue.end, tag_end)
        words = reading.words_in(after.start, min(tag_end, after.start + 90))[:7]
        if any(word.lower in self._demonstratives for word in words):
            return "quotes.tag-position", cue, tag_end, Named()
        return None

    def _before(
        self, reading: Reading, one: Quotation, sentence: int, prefix: str
    ) -> tuple[str, tuple[int, int], Named] | None:
        """(rule, cue, whom it names) of an attribution that leads to the opening mark."""
        assert one.open is not None
        text = reading.text
        at = one.open[0]
        words = reading.words_in(max(sentence, at - _PREFIX), at)
        if not words:
            return None
        lead = prefix[-1] in ",:"
        last = words[-1]
        cued = self._verbs.form(last.lower) is not None
        sentence_like = text[one.end - 1] in ".!?…," or prefix[-1] == ":"
        after = text[one.close[1] : one.close[1] + 4] if one.close is not None else ""
        ended = not after.strip() or after.lstrip()[0] in ".!?" or "\n" in after[:2]
        if not lead and not cued and not (sentence_like and ended):
            return None
        if not (ended or sentence_like) or not (lead or (ended and sentence_like) or cued):
            return None
        if (
            cued
            and not lead
            and not sentence_like
            and len(reading.words_in(one.start, one.end, 4)) < 4
        ):
            return None
        for word in reversed(words[-30:]):
            form = self._verbs.form(word.lower)
            if form is None:
                continue
            if form.voice == "bare" or form.voice == "passive":
                named = self._naming.whom(reading, word.end, at)
                if named == Named() and form.voice == "bare":
                    continue
                return "quotes.before", (word.start, word.end), named
            if form.voice == "owned":
                return "quotes.before", (word.start, word.end), Named()
            aloud = self._read_aloud(reading, sentence, word.start)
            subject = aloud or self._subjects.before(reading, sentence, word.start)
            if subject is None and lead and len(reading.words_in(word.end, at)) < 4:
                subject = _capitals(reading, sentence, word.start)
            if subject is not None:
                return "quotes.before", (word.start, word.end), subject
        if not lead:
            return None
        aloud = self._read_aloud(reading, sentence, at)
        if aloud is not None:
            return "quotes.before-position", (last.start, last.end), aloud
        subject = self._subjects.before(reading, sentence, at)
        if subject is not None and (sentence_like or ended):
            return "quotes.before-position", (last.start, last.end), subject
        return None

    def _read_aloud(self, reading: Reading, start: int, end: int) -> Named | None:
        """X membacakan surat Y: Y speaks, X delivers."""
        words = reading.words_in(max(start, end - _PREFIX), end)
        for number, word in enumerate(words):
            if word.lower in self._readers and number + 2 < len(words):
                subject = self._subjects.before(reading, start, word.start)
                author = next(iter(reading.mentions_in(word.end, end)), None)
                reader = None
                if subject is not None and subject.speaker is not None:
                    reader = subject.speaker.person
                if author is not None:
                    return Named(Speaker(author.person, (author.start, author.end), reader))
                taken = list(words[number + 2 : number + 8])
                for place, one in enumerate(taken):
                    if one.lower in self._stops or not one.capital:
                        taken = taken[:place]
                        break
                if taken:
                    return Named(Speaker(None, (taken[0].start, taken[-1].end), reader))
        return None

    def _tag_inside(
        self, reading: Reading, one: Quotation, whole: bool = False
    ) -> tuple[int, tuple[int, int, int], Named] | None:
        """A tag within the marks: the closing mark is missing, or stands after the tag.

        ``whole``: look at every sentence end, not only at the tail.
        """
        start = one.start if whole else max(one.start, one.end - 90)
        words = reading.words_in(start, one.end)
        for number, word in enumerate(words):
            form = self._verbs.form(word.lower)
            if form is None or form.voice not in ("bare", "owned") or word.start <= one.start + 2:
                continue
            before = reading.text[max(one.start, word.start - 3) : word.start].rstrip()[-1:]
            fits = before in _ENDS if before else False
            after = words[number + 1] if number + 1 < len(words) else None
            if form.voice == "owned":
                last = after is None or (whole and fits and not word.capital)
                if not (last and (fits or whole)):
                    continue
                named = Named()
            else:
                if after is None or (not after.capital and after.lower not in self._pronouns):
                    continue
                if not fits or (word.capital and before == "," and not _begins(reading, after)):
                    continue
                if not whole and any(not w.capital for w in words[number + 1 :]):
                    continue
                named = self._naming.whom(
                    reading, word.end, min(one.end, reading.sentence_end(word.start))
                )
            end = word.start
            while end > one.start and reading.text[end - 1].isspace():
                end -= 1
            tag_end = min(one.end, reading.sentence_end(word.start))
            return end, (word.start, word.end, tag_end), named
        return None

    def _continues(self, reading: Reading, one: Quotation, floor: int, last: Direct | None) -> bool:
        """Whether the quotation goes on after a tag in its middle: "A," kata X, "b."""
        assert one.open is not None
        if last is None or last.tag is None or last.outer_end != floor:
            return False
        between = reading.text[floor : one.open[0]].rstrip()
        return between.endswith(",") and len(between) < 160 and last.tag[0] >= floor

    def _stands(self, reading: Reading, one: Quotation, prefix: str, start: int, end: int) -> bool:
        """Whether the quotation is a sentence of its own."""
        assert one.close is not None and one.open is not None
        text = reading.text
        if prefix and prefix[-1] not in ".!?…":
            return False
        stopped = text[one.end - 1] in ".!?…," or text[one.close[1] : one.close[1] + 1] == "."
        words = reading.words_in(one.start, one.end, 4)
        rest = text[one.close[1] : min(end, one.close[1] + 12)].strip()
        if not rest.strip(".…,*) "):
            return stopped or len(words) >= 4
        following = rest.lstrip(".,) ")[:1]
        return stopped and len(words) >= 2 and not following.islower()


def _named(direct: Direct, named: Named) -> Direct:
    direct.speaker, direct.pronoun = named.speaker, named.pronoun
    direct.anonymous = named.anonymous
    return direct


def _begins(reading: Reading, word: Word) -> bool:
    """Whether a mention begins with this word."""
    ahead = reading.mentions_in(word.start, word.start + 12)
    return bool(ahead) and ahead[0].phrase <= word.start


def _capitals(reading: Reading, start: int, end: int) -> Named:
    """The capitalised words right before a verb as a speaker nobody marked."""
    taken: list[Word] = []
    for word in reversed(reading.words_in(max(start, end - 60), end)):
        if not word.capital or (taken and reading.text[word.end : taken[-1].start].strip()):
            break
        taken.append(word)
    if not taken or len(taken) > 5:
        return Named()
    return Named(Speaker(None, (taken[-1].start, taken[0].end)))
