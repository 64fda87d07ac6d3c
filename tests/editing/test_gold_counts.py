"""A change of rules shows in how often they fire on the annotated releases."""

import json

import pytest

from extractor.rulebook import Rulebook
from tests.editing.gold_counts import COUNTS, GOLD, gold_counts

# These follow how dates and quotations are read, which have tests of their own.
FOLLOWING = ("style.weekday", "style.odd-year", "style.fragment-date", "style.quote-")
SLACK = 3


@pytest.mark.skipif(not GOLD.is_dir(), reason="the annotated releases are not here")
def test_each_rule_fires_as_often_as_it_did(rulebook: Rulebook) -> None:
    before = json.loads(COUNTS.read_text(encoding="utf-8"))
    now = gold_counts(rulebook)
    changed = {
        key: (before.get(key, 0), now.get(key, 0))
        for key in sorted(before.keys() | now.keys())
        if abs(before.get(key, 0) - now.get(key, 0)) > (SLACK if key.startswith(FOLLOWING) else 0)
    }
    assert changed == {}, "renew with: python -m tests.editing.gold_counts"
