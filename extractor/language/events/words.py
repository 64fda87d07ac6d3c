"""Words that name events: listed kinds, and nouns made from verbs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from extractor.language.events.nouns import ActNouns
from extractor.language.phrases import Phrases, Word
from extractor.rulebook import RuleFile

_REMEMBERED = 50_000
_WORD = re.compile(r"\w+(?:'\w+)*")
_SETS = (
    *("auxiliary", "aside", "before_verb", "by_agent", "cancelled", "conjunction", "day_word"),
    *("filler", "inner", "institution", "link", "local", "no_object", "origin", "organisation"),
    *("person_role", "planned", "pointer", "postponed", "pronoun", "related_link"),
    *("gift", "adjective", "clause_start", "through", "present", "afterwards"),
    *("at_event", "no_organisation", "last_head", "second_part", "attended", "no_name_after"),
    *("places", "not_verb", "relative", "group", "statement_verb", "target", "frame", "within"),
    *("purpose", "stop", "weekday", "beside", "meets", "wish", "hosting", "hosted", "during"),
    *("later", "around", "quantity", "company", "owner", "owned", "no_deed", "prize", "giving"),
    *("handed", "recipient", "all_of", "followed", "about", "acting", "officiant", "agent"),
    *("evening", "told_act", "award", "time_unit", "numeral", "no_act"),
    *("on_event", "several", "feast", "negation", "denied", "practised", "winning", "honour"),
    *("period", "urging", "photo"),
)
_SHORTEST_LOAN = 5
# Letters before which "dis-" and "din-" shorten no *Dinas*: "disiplin", "dingin", "dinyatakan".
_NO_ACRONYM = frozenset("aeiouyg")


@dataclass(frozen=True, slots=True)
class Head:
    """Words ``first`` to ``last`` (exclusive) say what kind of event it is."""

    first: int
    last: int
    kind: str
    known: bool


def _first(surface: str) -> str:
    """The first word of a phrase, as :func:`words_of` would give it."""
    match = _WORD.match(surface.lower())
    return match.group() if match is not None else surface.lower()


class EventWords:
    """The words of ``rules/events.yaml``, ready to be looked up."""

    def __init__(self, rules: RuleFile, offices: RuleFile | None = None) -> None:
        """``rules``: ``rulebook["events"]``; ``offices``: the file of offices, whose organisations
        join those that can hold an event."""
        words = rules.words
        kinds = {**words["kinds"], **words["kind"]}
        self._kinds = Phrases(kinds)
        self.kind_names = frozenset(kinds.values())
        self._not_kinds = Phrases(words["no_kind"])
        self._modifiers = frozenset(words["modifier"])
        self.not_events = frozenset(words["no_event"])
        self._classes = dict(words["class"])
        self._nouns = dict(words["nominal"])
        self._no_action = frozenset(words["no_action"])
        self.verbs: Mapping[str, str] = dict(words["verb"])
        self.passives: Mapping[str, str] = dict(words["passive"])
        firsts = [*kinds, *words["activity"], *words["phase"], *words["verb"], *words["passive"]]
        firsts += [*words["institution"], *words["officiant"], *words["present"]]
        self._begins = frozenset(map(_first, firsts))
        self._blends = {
            surface: kind
            for surface, kind in sorted(words["kind"].items(), key=lambda item: -len(item[0]))
            if len(surface) >= _SHORTEST_LOAN and surface.isalpha() and surface not in kind
        }
        self._blend_starts = tuple(self._blends)
        self._told: dict[str, bool] = {}
        self._acts: dict[tuple[str, bool], str | None] = {}
        self.activity = Phrases(words["activity"])
        self.phase = Phrases(words["phase"])
        self.phase_names = frozenset(words["phase"].values())
        self.short_for: Mapping[str, str] = dict(words["short_for"])
        self.same_act: Mapping[str, str] = dict(words["same_act"])
        self.together = Phrases(words["together"])
        self.joint = Phrases(words["joint"])
        self.meeting = Phrases(words["meeting"])
        self.calling = Phrases(words["calling"])
        self.meeting_names = frozenset(words["meeting"])
        self.more_than = Phrases(words["more_than"])
        self.interview = Phrases(words["interview"])
        self.noun_end = tuple(words["noun_end"])
        self.nouns = ActNouns(rules)
        self.passive_prefix = rules.surfaces("passive_prefix")
        self.verb_prefix = rules.surfaces("verb_prefix")
        self.practice_prefix = rules.surfaces("practice_prefix")
        self.state_prefix = rules.surfaces("state_prefix")
        self.count_prefix = rules.surfaces("count_prefix")
        self.bare_suffix = rules.surfaces("bare_suffix")
        self.owned_suffix = rules.surfaces("owned_suffix")
        self._loan_suffix = rules.surfaces("loan_suffix")
        self._loan_verbs = tuple(
            (prefix, ending)
            for prefix in (*rules.surfaces("loan_verb_prefix"), "")
            for ending in (*self.bare_suffix, "")
            if prefix or ending
        )
        self._title_suffix = rules.surfaces("title_verb_suffix")
        self._no_verb_prefix = rules.surfaces("no_verb_prefix")
        self._office_start = rules.surfaces("office_start")
        self._gifts = self._nouns.get(next(iter(words["hand_over"]), ""))
        self._wins = self._nouns.get(next(iter(words["receiving"]), ""))
        for name in _SETS:
            setattr(self, name, frozenset(words[name]))
        self.unsaid = self.auxiliary | self.filler
        self.breaks = self.stop - self.pointer - self.planned
        if offices is not None:
            known = (surface.lower() for surface in offices.words.get("organisation", ()))
            roles = (surface.lower() for surface in offices.words.get("role", ()))
            self.person_role |= {name for name in roles if " " not in name}
            single = {name for name in known if " " not in name and len(name) > 2}
            self.organisation |= single - self.no_organisation

    auxiliary: frozenset[str]
    aside: frozenset[str]
    by_agent: frozenset[str]
    cancelled: frozenset[str]
    conjunction: frozenset[str]
    day_word: frozenset[str]
    filler: frozenset[str]
    group: frozenset[str]
    inner: frozenset[str]
    institution: frozenset[str]
    link: frozenset[str]
    local: frozenset[str]
    origin: frozenset[str]
    no_object: frozenset[str]
    not_verb: frozenset[str]
    organisation: frozenset[str]
    pointer: frozenset[str]
    pronoun: frozenset[str]
    person_role: frozenset[str]
    second_part: frozenset[str]
    last_head: frozenset[str]
    no_organisation: frozenset[str]
    no_act: frozenset[str]
    no_name_after: frozenset[str]
    places: frozenset[str]
    planned: frozenset[str]
    postponed: frozenset[str]
    statement_verb: frozenset[str]
    stop: frozenset[str]
    target: frozenset[str]
    frame: frozenset[str]
    within: frozenset[str]
    purpose: frozenset[str]
    weekday: frozenset[str]
    before_verb: frozenset[str]
    related_link: frozenset[str]
    relative: frozenset[str]
    at_event: frozenset[str]
    beside: frozenset[str]
    meets: frozenset[str]
    wish: frozenset[str]
    hosting: frozenset[str]
    hosted: frozenset[str]
    during: frozenset[str]
    later: frozenset[str]
    around: frozenset[str]
    quantity: frozenset[str]
    company: frozenset[str]
    owner: frozenset[str]
    owned: frozenset[str]
    no_deed: frozenset[str]
    prize: frozenset[str]
    giving: frozenset[str]
    gift: frozenset[str]
    handed: frozenset[str]
    recipient: frozenset[str]
    all_of: frozenset[str]
    followed: frozenset[str]
    about: frozenset[str]
    acting: frozenset[str]
    officiant: frozenset[str]
    adjective: frozenset[str]
    clause_start: frozenset[str]
    present: frozenset[str]
    afterwards: frozenset[str]
    through: frozenset[str]
    agent: frozenset[str]
    evening: frozenset[str]
    told_act: frozenset[str]
    award: frozenset[str]
    time_unit: frozenset[str]
    numeral: frozenset[str]
    attended: frozenset[str]
    on_event: frozenset[str]
    several: frozenset[str]
    feast: frozenset[str]
    negation: frozenset[str]
    denied: frozenset[str]
    practised: frozenset[str]
    winning: frozenset[str]
    honour: frozenset[str]
    period: frozenset[str]
    urging: frozenset[str]
    photo: frozenset[str]

    def head_at(self, text: str, words: tuple[Word, ...], at: int) -> Head | None:
        """The head of a name at word number ``at``: a listed kind, else a noun made of a verb."""
        lower = words[at].lower
        if self._not_kinds.at(text, words, at) is not None or (
            at and self._not_kinds.at(text, words, at - 1) is not None
        ):
            return None
        hit = self._kinds.at(text, words, at)
        if lower in self.frame and at + 1 < len(words):
            framed = self._kinds.at(text, words, at + 1)
            if framed is not None and text[words[at].end : words[at + 1].start] == " ":
                hit = framed
        if hit is None and (blend := self._blend(lower)) is not None:
            return Head(at, at + 1, blend, True)
        if hit is not None:
            last, kind = hit.last, hit.value
            while last < len(words) and self._continues(text, words, last):
                kind += " " + words[last].lower
                last += 1
            return Head(at, last, kind, True)
        if lower in self._nouns:
            return None
        if self.nouns.is_verbal(lower) and lower not in self.not_events:
            return Head(at, at + 1, lower, False)
        return None

    def _blend(self, word: str) -> str | None:
        """The kind of a word that lengthens the blend of a listed one: ``rakorwas`` is a *rapat
        koordinasi* as ``rakor`` is."""
        if not word.startswith(self._blend_starts):
            return None
        if not word.isalpha() or word.endswith(self.owned_suffix):
            return None
        for blend, kind in self._blends.items():
            if word.startswith(blend) and 1 < len(word) - len(blend) <= len(blend):
                return kind
        return None

    def tells(self, word: str) -> bool:
        """Whether a mention, a cue or an office may begin with a word; most words begin none."""
        told = self._told.get(word)
        if told is None:
            if len(self._told) > _REMEMBERED:
                self._told.clear()
            told = word in self._begins or word in self.passive_prefix or self.nouns.is_verbal(word)
            told = told or word in self.around or self._blend(word) is not None
            self._told[word] = told
        return told

    def kind_end(self, text: str, words: tuple[Word, ...], at: int) -> int:
        """The word after the listed kind that begins at word ``at``; ``at`` where none does."""
        hit = self._kinds.at(text, words, at)
        return hit.last if hit is not None else at

    def _continues(self, text: str, words: tuple[Word, ...], at: int) -> bool:
        gap = text[words[at - 1].end : words[at].start]
        joined = text[words[at].end : words[at].end + 1] == "-"
        if words[at].lower not in self._modifiers or gap != " " or joined:
            return False
        if self.joint.at(text, words, at) is None or at + 1 >= len(words):
            return True
        return text[words[at].end : words[at + 1].start] != " " or words[at + 1].lower in self.stop

    def noun_of(self, verb: str, bare: bool) -> str | None:
        """The noun of a verb: active, passive or (``bare``, as in headlines) without prefix."""
        key = (verb, bare)
        if key not in self._acts:
            if len(self._acts) > _REMEMBERED:
                self._acts.clear()
            self._acts[key] = self._noun_of(verb, bare)
        return self._acts[key]

    def _noun_of(self, verb: str, bare: bool) -> str | None:
        if verb in self._no_action:
            return None
        if verb in self._nouns:
            return self._nouns[verb]
        for prefix, ending in self._loan_verbs:
            if verb.startswith(prefix) and verb.endswith(ending):
                root = verb[len(prefix) : len(verb) - len(ending)]
                if len(root) >= _SHORTEST_LOAN and root in self.kind_names:
                    return root
        if (noun := self.nouns.of_active(verb)) is not None:
            return noun
        for prefix in self.passive_prefix if len(verb) >= 6 else ():
            if verb.startswith(prefix):
                return self.nouns.of_root(verb[len(prefix) :])
        if bare and len(verb) >= 4:
            return self.nouns.of_root(verb)
        return None

    def names_act(self, verb: str) -> bool:
        """Whether a bare verb is listed for the act it names: ``kunjungi``, ``serahkan``."""
        return verb in self._nouns

    def handing_over(self, words: tuple[Word, ...]) -> str | None:
        """The act of a verb of giving, by the words behind it: ``memberikan bantuan``."""
        given = self.gift | self.award
        return self._gifts if any(word.lower in given for word in words) else None

    def honoured(self, words: tuple[Word, ...]) -> str | None:
        """The act of winning an honour, by the word behind the verb: ``meraih penghargaan``."""
        return self._wins if any(word.lower in self.honour for word in words) else None

    def administered(self, word: Word) -> str | None:
        """The act by which one receives a thing, where it is named for it: ``menerima vaksin``."""
        nouns = (word.lower + ending for ending in self._loan_suffix)
        return next((noun for noun in nouns if noun in self.kind_names), None)

    def is_loan_noun(self, before: Word, word: Word) -> bool:
        """Whether a bare verb in *-asi* is the noun it comes from, the object of a verb before it:
        ``Pastikan Fasilitasi X``."""
        return word.lower.endswith(self._loan_suffix) and self.is_verb(before)

    def acts_in_title(self, word: Word) -> bool:
        """Whether a word of a headline tells an act: ``Dilantik``, ``Serahkan``, ``Tanam``."""
        noun = self.noun_of(word.lower, bare=True)
        return noun in self.kind_names or self.is_verb(word)

    def class_of(self, kind: str) -> str | None:
        """The coarse group of a kind, by its whole name or its first word."""
        return self._classes.get(kind) or self._classes.get(kind.split(" ", 1)[0])

    def is_verb(self, word: Word) -> bool:
        """Whether a word looks like a verb and so ends a name."""
        lower = word.lower
        if lower in self.verbs or lower in self.passives:
            return True
        if len(lower) < 6:
            return False
        if word.capital:
            told = lower.endswith(self._title_suffix)
            shaped = told and not lower.startswith(self._no_verb_prefix)
            passive = lower.startswith(self.passive_prefix)
            shaped = shaped or (passive and not self._office_acronym(lower))
            shaped = shaped and not lower.endswith(self.noun_end)
            return (shaped and lower not in self.not_verb) or lower in self._nouns
        return lower.startswith(self.verb_prefix)

    def _office_acronym(self, word: str) -> bool:
        """Whether *dis-* or *din-* before a consonant shortens *Dinas*: ``dispora``, ``dinkes``."""
        return word.startswith(self._office_start) and word[3:4] not in _NO_ACRONYM
