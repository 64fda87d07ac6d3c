"""What does not go out with gold and examples: counted, so that nothing is left out in silence."""

from dataclasses import dataclass


@dataclass
class LeftOut:
    """Numbers alone, so that they give no name away; of releases for gold, of decisions for
    examples.

    ``withheld``: the release is withheld, or a name is struck out of it. ``unshown``: decisions
    that no example can show the rules, such as a day that is right but not the event's.
    """

    withheld: int = 0
    unshown: int = 0
