"""The word lists of ``venues.yaml`` as look-up tables, made once for all texts."""

from collections.abc import Iterable, Mapping

from extractor.language.phrases import Phrases, words_of
from extractor.rulebook import RuleFile

AREAS = frozenset({"village", "district", "city", "province"})
HELD = frozenset({"cue_bertempat", "cue_berlangsung", "cue_digelar"})
_FUSED = ("cue_bertempat", "cue_berlangsung", "cue_digelar")
_CUES = (*_FUSED, "cue_invitation", "cue_visit", "cue_toward", "cue_target", "cue_start")


class VenueWords:
    """Sets and phrase tables over the lists; read only."""

    def __init__(self, rules: RuleFile) -> None:
        self.heads: Mapping[str, str] = dict(rules.words["place_head"])
        self.named_alone = frozenset(rules.words["named_alone"])
        self.short = frozenset(self.heads) - self.named_alone  # RS. Harapan
        self.relation = frozenset(rules.words["relation"])
        self.direction = frozenset(rules.words["direction"])
        self.numbers = frozenset(rules.words["number_word"])
        self.ends = frozenset(rules.words["place_end"])
        self.in_names = frozenset(rules.words["place_end_or_name"])
        self.times = frozenset(rules.words["time_word"])
        self.office = frozenset(rules.surfaces("office_word", "role_word"))
        self.office_name = frozenset(rules.words["office_name"])
        self.abbreviations = frozenset(rules.words["abbreviation_in_place"])
        self.not_verbs = frozenset(rules.words["not_verb"])
        self.verb_starts = tuple(rules.words["verb_start"])
        self.all_of = frozenset(rules.words["conjunction"])
        self.prepositions: Mapping[str, str] = dict(rules.words["preposition"])
        self.at = next(iter(w for w, kind in self.prepositions.items() if kind == "at"))
        self.not_place = Phrases(rules.words["not_place"])
        self.cues = Phrases({word: name for name in reversed(_CUES) for word in rules.words[name]})
        self.cue_words = frozenset(
            first.lower for name in _CUES for s in rules.words[name] for first in words_of(s)[:1]
        )
        self.hosts = Phrases(rules.words["cue_host"])
        self.host_words = _firsts(rules.words["cue_host"])
        self.going = frozenset(rules.words["going"])
        self.residents = frozenset(rules.words["resident"])
        self.area_first = frozenset(rules.words["area_first"])
        self.area_last = frozenset(rules.words["area_last"])
        self.relative = frozenset(rules.words["relative"])
        self.fused = {
            word.replace(" ", "") + self.at: name for name in _FUSED for word in rules.words[name]
        }
        self.online = Phrases(
            {
                **dict.fromkeys(rules.words["online_manner"], "manner"),
                **dict.fromkeys(rules.words["online_tool"], "tool"),
                **dict.fromkeys(rules.words["hybrid_word"], "hybrid"),
            }
        )
        self.online_words = _firsts(
            rules.words["online_manner"], rules.words["online_tool"], rules.words["hybrid_word"]
        )
        self.online_lead = frozenset(rules.words["online_lead"])
        self.signs = Phrases(
            {word: name for name in ("interview", "other_time") for word in rules.words[name]}
        )
        self.before = {
            word: name
            for name in (
                "home",
                "denied",
                "instead",
                "earlier",
                "existing",
                "attribute",
                "member",
                "guest",
                "passive_before",
                "anaphora",
            )
            for word in rules.words[name]
        }
        self.inside_names = frozenset(rules.words["inside_name"])
        self.title_first = frozenset(rules.words["title_first"])
        self.active_starts = tuple(rules.words["active_start"])
        self.namely = frozenset(rules.words["namely"])
        self.regions = frozenset(rules.words["region_word"])
        self.quantities = frozenset(rules.words["quantity"])
        self.titles = frozenset(rules.words["title_word"])
        self.roles = frozenset(rules.words["role_word"])
        self.owners = tuple(rules.words["owner"])
        self.verb_ends = tuple(rules.words["verb_end"])
        self.sign_words = _firsts(*(rules.words[name] for name in ("interview", "other_time")))

    def looks_active(self, lower: str) -> bool:
        """Whether a word in small letters is an active verb, whose subject stands before it."""
        return self.looks_like_verb(lower) and lower.startswith(self.active_starts)

    def looks_like_verb(self, lower: str) -> bool:
        """Whether a word in small letters is a verb by its prefix: it ends a place phrase."""
        return (
            len(lower) > 5
            and lower.startswith(self.verb_starts)
            and lower not in self.not_verbs
            and lower not in self.heads
            and lower not in self.relation
        )


class VenueRules:
    """The rules and lists of ``venues.yaml``, made ready once."""

    def __init__(self, rules: RuleFile) -> None:
        self.lists = VenueWords(rules)
        self.settings = dict(rules.settings)
        self.by_list = {r.fields["words"]: r for r in rules.rules if "words" in r.fields}
        self.by_id = {rule.id: rule for rule in rules.rules}


def _firsts(*lists: Iterable[str]) -> frozenset[str]:
    return frozenset(words_of(surface)[0].lower for words in lists for surface in words)
