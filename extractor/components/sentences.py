"""The component ``rilis_sentences``: fills ``doc.spans["sentences"]``, each with its paragraph."""

from spacy.language import Language
from spacy.tokens import Doc

from extractor.components.marks import layout_of, mark
from extractor.language.found import Found
from extractor.rulebook import Rulebook, shared_rulebook


class Sentences:
    """One span a sentence; value ``{"paragraph": 1, "kind": "body"}``, the title is paragraph 0.

    A quotation and its attribution are one sentence. Boundaries come from
    ``rules/paragraphs.yaml``.
    """

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules["paragraphs"]

    def __call__(self, doc: Doc) -> Doc:
        layout = layout_of(doc, self.rules)
        # furniture cut from the end of a line has that line's number, and comes after it
        kinds = {paragraph.number: paragraph.kind for paragraph in reversed(layout.paragraphs)}
        found = [
            Found(
                sentence.start,
                sentence.end,
                "paragraphs.sentence",
                1.0,
                {"paragraph": sentence.paragraph, "kind": kinds[sentence.paragraph]},
            )
            for sentence in layout.sentences
        ]
        return mark(doc, "sentences", found)


@Language.factory("rilis_sentences", assigns=["doc.spans"], default_config={"rules": None})
def make_sentences(nlp: Language, name: str, rules: str | None) -> Sentences:
    """``nlp.add_pipe("rilis_sentences", config={"rules": FOLDER})``; shipped rules without one."""
    return Sentences(shared_rulebook(rules))
