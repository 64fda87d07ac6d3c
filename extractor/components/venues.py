"""The component ``rilis_venues``: fills ``doc.spans["venues"]``."""

from spacy.language import Language
from spacy.tokens import Doc

from extractor.components.marks import layout_of, mark
from extractor.rulebook import Rulebook, shared_rulebook


class Venues:
    """Not yet at work."""

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules

    def __call__(self, doc: Doc) -> Doc:
        layout_of(doc, self.rules["paragraphs"])
        return mark(doc, "venues", [])


@Language.factory("rilis_venues", assigns=["doc.spans"], default_config={"rules": None})
def make_venues(nlp: Language, name: str, rules: str | None) -> Venues:
    """``nlp.add_pipe("rilis_venues", config={"rules": FOLDER})``; the shipped rules without a folder."""
    return Venues(shared_rulebook(rules))
