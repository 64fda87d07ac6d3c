"""The component ``rilis_quotes``: fills ``doc.spans["quotes"]``."""

from spacy.language import Language
from spacy.tokens import Doc

from extractor.components.marks import layout_of, mark
from extractor.rulebook import Rulebook, shared_rulebook


class Quotes:
    """Not yet at work."""

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules

    def __call__(self, doc: Doc) -> Doc:
        layout_of(doc, self.rules["paragraphs"])
        return mark(doc, "quotes", [])


@Language.factory("rilis_quotes", assigns=["doc.spans"], default_config={"rules": None})
def make_quotes(nlp: Language, name: str, rules: str | None) -> Quotes:
    """``nlp.add_pipe("rilis_quotes", config={"rules": FOLDER})``; the shipped rules without a folder."""
    return Quotes(shared_rulebook(rules))
