"""One person of a text, and names that differ by a slip of the pen."""

from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from extractor.language.people.mentions import Mention
from extractor.language.people.role_chain import Role


@dataclass(eq=False)
class Person:
    """One person: the mentions of him or her, the longest name first among ``names``."""

    id: str
    tokens: list[str]
    mentions: list[Mention] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    offices: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    @property
    def bare(self) -> list[str]:
        """The tokens that tell one person from another: no initials, no ``bin``."""
        return [t for t in self.tokens if len(t) > 1] or self.tokens


def near(a: str, b: str) -> bool:
    """Whether two words of four letters or more differ by one letter at most."""
    return min(len(a), len(b)) >= 4 and Levenshtein.distance(a, b, score_cutoff=1) <= 1
