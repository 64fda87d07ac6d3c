"""How many examples a property test tries: its own number, always the same ones; with
``RILIS_EXAMPLES=500`` that many in every property test, other ones each time."""

import os

SEARCHING = "RILIS_EXAMPLES" in os.environ


def examples(usual: int) -> int:
    """The number of examples of a test that usually tries ``usual``."""
    return int(os.environ.get("RILIS_EXAMPLES", usual))
