"""Words of ``rules/events.yaml`` that tell who held an event."""

from extractor.language.phrases import Phrases
from extractor.rulebook import RuleFile


class OrganizerWords:
    """The words of organisers, ready to be looked up."""

    def __init__(self, rules: RuleFile) -> None:
        words = rules.words
        self.place_before = frozenset(words["place_before"])
        self.round_day = frozenset(words["round_day"])
        self.area = frozenset(words["area"])
        self.task = frozenset(words["task"])
        self.through = frozenset(words["through"])
        self.by = frozenset(words["by"])
        self.unnamed = frozenset(words["unnamed"])
        self.no_deed = frozenset(words["no_deed"])
        self.office_head = frozenset(words["office_head"])
        self.chair = frozenset(words["chair"])
        self.arrive = frozenset(words["arrive"])
        self.part_office = frozenset(words["part_office"])
        self.government = frozenset(words["government"])
        self.gift = frozenset(words["gift"])
        self.cooperation = Phrases(words["cooperation"])
        self.visit = Phrases(words["visit"])
        self.visit_kind = frozenset(phrase.split(" ", 1)[0] for phrase in words["visit"])
        self.beneath = frozenset(words["beneath"])
        self.region_end = frozenset(words["region_end"])
        self.served = frozenset(words["served"])
        self.thanked = frozenset(words["thanked"])
        self.initiative = frozenset(words["initiative"])
        self.by_means = frozenset(words["by_means"])
        self.signing = frozenset(words["signing"])
        self.between = frozenset(words["between"])
        self.aside = frozenset(words["itself"])
        self.state = tuple(name.split() for name in words["state"])
        self.active_prefix = tuple(words["active_prefix"])
        self.passive_prefix = tuple(words["passive_prefix"])
        self.bare_suffix = tuple(words["bare_suffix"])

    def is_passive(self, verb: str) -> bool:
        """Whether a verb (in small letters) is passive by its prefix: ``digelar``."""
        return verb.startswith(self.passive_prefix)
