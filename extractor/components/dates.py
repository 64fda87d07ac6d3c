"""The component ``rilis_dates``: fills ``doc.spans["dates"]``."""

from spacy.language import Language
from spacy.tokens import Doc

from extractor.components.marks import layout_of, mark
from extractor.rulebook import Rulebook, shared_rulebook


class Dates:
    """Not yet at work."""

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules

    def __call__(self, doc: Doc) -> Doc:
        layout_of(doc, self.rules["paragraphs"])
        return mark(doc, "dates", [])


@Language.factory("rilis_dates", assigns=["doc.spans"], default_config={"rules": None})
def make_dates(nlp: Language, name: str, rules: str | None) -> Dates:
    """``nlp.add_pipe("rilis_dates", config={"rules": FOLDER})``; the shipped rules without a folder."""
    return Dates(shared_rulebook(rules))
