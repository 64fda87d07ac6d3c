"""What linking knows from ``rules/linking.yaml``: spellings, words, weights."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from extractor.language.people.name_forms import NameForms, plain
from extractor.rulebook import Rulebook, RuleFile


@dataclass(frozen=True, eq=False)
class Knowledge:
    """Word lists in their plain form, and the weights in bits."""

    forms: NameForms
    weights: Mapping[str, float]
    acting: frozenset[str]
    former: frozenset[str]
    exclusive: frozenset[str]
    shared: frozenset[str]
    place_kind: frozenset[str]
    place_head: frozenset[str]
    office_stop: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    address: frozenset[str]
    event_stop: frozenset[str]
    room_stop: frozenset[str]
    room_kind: frozenset[str]
    region_kind: frozenset[str]
    region_head: frozenset[str]
    numbers: Mapping[str, str]  # how a number is written in words or Roman figures: the number


def knowledge(rulebook: Rulebook) -> Knowledge:
    """The knowledge of a rulebook, read once."""
    return _read(rulebook["linking"])


@lru_cache(maxsize=4)
def _read(file: RuleFile) -> Knowledge:
    def words(name: str) -> frozenset[str]:
        return frozenset(word for one in file.surfaces(name) for word in plain(one).split())

    return Knowledge(
        NameForms(file), file.settings, words("acting"), words("former"), words("exclusive"),
        words("shared"), words("place_kind"), words("place_head"), words("office_stop"),
        words("male"), words("female"), words("address"), words("event_stop"), words("room_stop"),
        words("room_kind"), words("region_kind"),
        words("region_head"),
        {**file.words["roman"], **file.words["ordinal"]},
    )  # fmt: skip
