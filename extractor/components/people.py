"""The component ``rilis_people``: fills ``doc.spans["people"]``."""

from spacy.language import Language
from spacy.tokens import Doc

from extractor.components.marks import layout_of, mark
from extractor.rulebook import Rulebook, shared_rulebook


class People:
    """Not yet at work."""

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules

    def __call__(self, doc: Doc) -> Doc:
        layout_of(doc, self.rules["paragraphs"])
        return mark(doc, "people", [])


@Language.factory("rilis_people", assigns=["doc.spans"], default_config={"rules": None})
def make_people(nlp: Language, name: str, rules: str | None) -> People:
    """``nlp.add_pipe("rilis_people", config={"rules": FOLDER})``; the shipped rules without a folder."""
    return People(shared_rulebook(rules))
