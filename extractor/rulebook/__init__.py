"""Rules are data: YAML files, read safely, checked whole, frozen."""

from extractor.rulebook.loading import load_rulebook, shared_rulebook, stands_alone
from extractor.rulebook.model import Example, Rule, Rulebook, RuleFile
from extractor.rulebook.patterns import Pattern

__all__ = [
    "Example",
    "Pattern",
    "Rule",
    "RuleFile",
    "Rulebook",
    "load_rulebook",
    "shared_rulebook",
    "stands_alone",
]
