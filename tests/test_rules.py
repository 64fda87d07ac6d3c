"""Every shipped rule reads, every example in the rule files holds, and every value names its rule."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from extractor import Article, Extractor
from extractor.checking import check_examples, count_examples, hits
from extractor.record import to_json
from extractor.rulebook import Rulebook

GOLD = Path(__file__).parent.parent / "corpus" / "gold"


def test_every_example_holds(nlp: Language, rulebook: Rulebook) -> None:
    assert [str(fault) for fault in check_examples(nlp, rulebook)] == []


def test_the_suites_are_as_large_as_promised(rulebook: Rulebook) -> None:
    traps = Counter({stem: len(file.silent) for stem, file in rulebook.files.items()})
    assert sum(traps.values()) >= 80
    assert all(traps[stem] >= 20 for stem in ("dates", "people", "venues", "events", "quotes"))
    assert len(rulebook["dates"].finds) >= 120
    assert count_examples(rulebook) >= 1000


def test_every_rule_has_examples_for_both_sides(rulebook: Rulebook) -> None:
    for rule in rulebook.rules():
        assert rule.match, rule.id
        assert rule.no_match, rule.id


def rules_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("rule"), str):
            yield value["rule"]
        for one in value.values():
            yield from rules_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from rules_in(one)


def test_every_value_of_a_record_names_a_rule_that_can_be_looked_up(
    extractor: Extractor, rulebook: Rulebook
) -> None:
    known = {rule.id for rule in rulebook.rules()}
    named: set[str] = set()
    for path in sorted(GOLD.glob("*.txt"))[:40]:
        article = Article(id="x", text=path.read_text(encoding="utf-8"))
        named |= set(rules_in(json.loads(to_json(extractor.extract(article)))))
    assert len(named) > 20
    assert named - known == set()


@pytest.mark.parametrize(
    ("sentence", "key", "value"),
    [
        ("Rapat berlangsung di Aula Kenanga.", "venues", "Aula Kenanga"),
        ("Kegiatan digelar Kamis (2/5/2024).", "dates", "2024-05-02"),
        ("Camat Jati, Rina Dewi, S.Sos., hadir.", "people", "Rina Dewi"),
    ],
)
def test_trying_a_sentence_shows_what_fires_where(
    nlp: Language, rulebook: Rulebook, sentence: str, key: str, value: str
) -> None:
    found = [hit for hit in hits(nlp, rulebook, sentence) if hit.key == key]
    assert value in [hit.value for hit in found]
    assert all(sentence[hit.start : hit.end] == hit.text for hit in found)


def test_a_rule_that_is_switched_off_makes_no_value(tmp_path: Path, nlp: Language) -> None:
    sentence = "Rapat bertempat di Aula Kenanga."
    before = {h.rule for h in hits(nlp, Extractor().rulebook, sentence) if h.key == "venues"}
    (rule,) = before
    (tmp_path / "venues.yaml").write_text(f"disable: [{rule}]\n", encoding="utf-8")
    without = Extractor(tmp_path)
    after = {h.rule for h in hits(without.nlp, without.rulebook, sentence)}
    assert rule not in after
