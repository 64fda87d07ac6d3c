"""The component ``rilis_events``: fills ``doc.spans["events"]``."""

from spacy.language import Language
from spacy.tokens import Doc

from extractor.components.marks import layout_of, mark
from extractor.rulebook import Rulebook, shared_rulebook


class Events:
    """Not yet at work."""

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules

    def __call__(self, doc: Doc) -> Doc:
        layout_of(doc, self.rules["paragraphs"])
        return mark(doc, "events", [])


@Language.factory("rilis_events", assigns=["doc.spans"], default_config={"rules": None})
def make_events(nlp: Language, name: str, rules: str | None) -> Events:
    """``nlp.add_pipe("rilis_events", config={"rules": FOLDER})``; the shipped rules without a folder."""
    return Events(shared_rulebook(rules))
