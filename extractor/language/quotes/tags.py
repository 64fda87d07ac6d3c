"""The tag of a quotation: the cue behind its closing mark, and whom it names."""

import re
from dataclasses import dataclass

from extractor.language.phrases import Word
from extractor.language.quotation_marks import Quotation
from extractor.language.quotes.naming import Named, Naming
from extractor.language.quotes.reading_aloud import ReadingAloud
from extractor.language.quotes.speakers import Reading, Speaker
from extractor.language.quotes.speech_verbs import SpeechVerbs
from extractor.rulebook import RuleFile

_GAP = re.compile(r"[\s,.;–—*_-]*")
_ENDS = ".,!?…"
_DASHES = ("-", "–", "—", "--")


@dataclass(frozen=True, slots=True)
class Tag:
    """A cue, the end of the tag it stands in, whom it names, and the rule that tells it."""

    rule: str
    cue: tuple[int, int]
    end: int
    named: Named


class Tags:
    """Reads tags; words come from ``rules/quotes.yaml``."""

    def __init__(
        self, rules: RuleFile, verbs: SpeechVerbs, naming: Naming, aloud: ReadingAloud
    ) -> None:
        self._verbs = verbs
        self._naming = naming
        self._aloud = aloud
        self._lead = frozenset(rules.surfaces("tag_lead"))
        self._no_tag = frozenset(rules.surfaces("no_tag"))
        self._pronouns = frozenset(rules.surfaces("pronoun"))
        self._free = frozenset(rules.surfaces("free_cue"))
        self._kinds = frozenset(rules.surfaces("person_noun"))
        self._apposed = frozenset(rules.surfaces("apposed"))
        self._demonstratives = frozenset(rules.surfaces("demonstrative"))

    def begins(self, reading: Reading, at: int, end: int) -> bool:
        """Whether a tag begins at an offset: kata X, ujarnya; not Pesan almarhum …"""
        words = reading.words_in(at, min(end, at + 48), 2)
        form = self._verbs.form(words[0].lower) if words and words[0].start < at + 24 else None
        if form is None or form.voice not in ("bare", "owned"):
            return False
        noun = form.voice == "bare" and words[0].capital and len(words) > 1
        if not noun:
            return True
        beside = not reading.text[words[0].end : words[1].start].strip()
        return beside and self.somebody(reading, words[1])

    def after(self, reading: Reading, one: Quotation, limit: int) -> Tag | None:
        """The tag behind the closing mark, before ``limit``."""
        found = self._tag(reading, one, limit)
        if found is None:
            return None
        rule, cue, end, named = found
        named = self._aloud.in_tag(reading, named, cue.end, end)
        return Tag(rule, (cue.start, cue.end), end, named)

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
        stopped = text[one.end - 1] in _ENDS or bool(set(",.") & set(text[one.close[1] : at]))
        fresh = "." in text[one.close[1] : at] or text[one.end - 1] in ".!?…"
        cue = reading.words[number]
        tag_end = min(limit, reading.sentence_end(cue.start))
        if not stopped and text[one.close[1] : at].strip() in _DASHES:
            signed = self._signed(reading, one, at, tag_end)
            if signed is not None:
                return "quotes.tag-name", cue, tag_end, signed
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
                return "quotes.tag", cue, tag_end, self._beside(reading, number, tag_end)
            if form.voice == "bare" or (stopped and form.voice == "passive"):
                named = self._naming.whom(reading, cue.end, tag_end)
                if named == Named() and cue.lower in self._no_tag:
                    return None  # dari “A” sampai “B”
                if not (cue.capital and fresh) or named != Named():
                    return "quotes.tag", cue, tag_end, named
            if form.voice == "active" and stopped and not fresh and not cue.capital:
                return "quotes.tag", cue, tag_end, self._naming.whom(reading, cue.end, tag_end)
            return None
        if cue.lower in self._no_tag or not (stopped or self._sentence(reading, one)):
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

    def _signed(self, reading: Reading, one: Quotation, at: int, end: int) -> Named | None:
        """Whom a name behind a dash, and nothing else, gives: “Sumur ini milik bersama” – X."""
        words = reading.words_in(one.start, one.end, 12)
        if len(words) < 4 or sum(word.capital for word in words) * 2 >= len(words):
            return None
        named = next(iter(reading.mentions_in(at, end)), None)
        if named is None or at not in (named.start, named.phrase):
            return None
        if reading.text[named.end : end].strip(" ."):
            return None
        return Named(Speaker(named.person, (named.start, named.end)))

    def _sentence(self, reading: Reading, one: Quotation) -> bool:
        """Whether a quotation without a stop is a sentence: long, and where one begins."""
        words = reading.words_in(one.start, one.end, 12)
        begins = one.open is not None and reading.sentence_start(one.open[0]) == one.open[0]
        return begins and len(words) > 5 and sum(word.capital for word in words) * 2 < len(words)

    def _before_mention(self, reading: Reading, number: int, tag_end: int) -> bool:
        """Whether somebody is named right behind a word: Terang Kapolres."""
        if number + 1 >= len(reading.words):
            return False
        after = reading.words[number + 1]
        if after.start >= tag_end or reading.text[reading.words[number].end : after.start].strip():
            return False
        ahead = next(iter(reading.mentions_in(after.start, min(tag_end, after.start + 150))), None)
        return ahead is not None and after.start in (ahead.start, ahead.phrase)

    def somebody(self, reading: Reading, word: Word, kinds: bool = True) -> bool:
        """Whether a word may begin whom a cue names: a name, ia, dr. X, seorang warga; with
        ``kinds`` also warga, bupati."""
        return (
            word.capital
            or word.lower in self._pronouns
            or word.lower in self._apposed
            or (kinds and word.lower in self._kinds)
            or _begins(reading, word)
        )

    def _beside(self, reading: Reading, number: int, tag_end: int) -> Named:
        """Whom a cue with -nya names besides: jelasnya Camat X."""
        word = reading.words[number]
        after = reading.words[number + 1] if number + 1 < len(reading.words) else None
        if after is None or after.start >= tag_end or reading.text[word.end : after.start].strip():
            return Named()
        ahead = next(iter(reading.mentions_in(after.start, min(tag_end, after.start + 150))), None)
        if ahead is None or not after.capital or after.start not in (ahead.start, ahead.phrase):
            return Named()
        return self._naming.whom(reading, word.end, tag_end)

    def _unknown(
        self, reading: Reading, number: int, tag_end: int, fresh: bool
    ) -> tuple[str, Word, int, Named] | None:
        """A tag by its place alone: …," celotehnya or …," guyon Dukuh X."""
        cue = reading.words[number]
        if cue.capital and not fresh and not self._before_mention(reading, number, tag_end):
            return None
        behind = reading.text[cue.end : cue.end + 8].lower()
        hyphened = behind.startswith("-") and self._verbs.owned(cue.lower + behind[1:4])
        if self._verbs.owned(cue.lower) or hyphened:
            after = reading.words[number + 1] if number + 1 < len(reading.words) else None
            ended = after is None or after.start >= tag_end
            if cue.capital and not ended and reading.text[cue.end] == ",":
                return None
            return "quotes.tag-position", cue, tag_end, Named()
        if number + 1 >= len(reading.words):
            return None
        if cue.capital and not self._before_mention(reading, number, tag_end):
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

    def inside(
        self, reading: Reading, one: Quotation, whole: bool = False
    ) -> tuple[int, Tag] | None:
        """(end of the words, tag) of a tag within the marks: the closing one is missing or late.

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
                if after is None:
                    continue
                if not self.somebody(reading, after, kinds=fits):
                    continue
                plain = whole and word.lower in self._free and _begins(reading, after)
                if not (fits or plain) or (
                    word.capital and before == "," and not _begins(reading, after)
                ):
                    continue
                if not whole and any(
                    w.lower[0].isalpha() and not w.capital for w in words[number + 1 :]
                ):
                    continue
                named = self._naming.whom(
                    reading, word.end, min(one.end, reading.sentence_end(word.start))
                )
            end = word.start
            while end > one.start and reading.text[end - 1].isspace():
                end -= 1
            tag_end = min(one.end, reading.sentence_end(word.start))
            return end, Tag("quotes.tag", (word.start, word.end), tag_end, named)
        return None


def _begins(reading: Reading, word: Word) -> bool:
    """Whether a mention begins with this word, or the one after it (Mas X)."""
    return bool(reading.mentions_in(word.start, word.start + 12))
