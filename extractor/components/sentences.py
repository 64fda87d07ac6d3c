"""The component ``rilis_sentences``: fills ``doc.spans["sentences"]``, each with its paragraph, and
``doc.sents``."""

from typing import Any

import numpy as np
from spacy.attrs import SENT_START  # type: ignore[import-not-found]  # it publishes no types
from spacy.language import Language
from spacy.tokens import Doc

from extractor.components.marks import layout_of, mark
from extractor.language.found import Found
from extractor.rulebook import Rulebook, shared_rulebook


class Sentences:
    """One span a sentence; value ``{"paragraph": 1, "kind": "body"}``, the title is paragraph 0.

    A quotation and its attribution are one sentence. Boundaries come from
    ``rules/paragraphs.yaml``. ``doc.sents`` are the same sentences of whole tokens, one behind the
    other: blanks between two belong to the first.
    """

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules

    def __reduce__(self) -> tuple[type["Sentences"], tuple[Rulebook]]:
        return Sentences, (self.rules,)  # made anew where processes are not forked

    def __call__(self, doc: Doc) -> Doc:
        layout = layout_of(doc, self.rules["paragraphs"])
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
        mark(doc, "sentences", found)
        starts: Any = np.full(len(doc), -1, np.int64)  # spaCy's types know tables alone
        starts[[span.start for span in doc.spans["sentences"]]] = 1
        starts[:1] = 1
        doc.from_array([SENT_START], starts.view(np.uint64))
        return doc


@Language.factory(
    "rilis_sentences",
    assigns=["doc.spans", "doc.sents", "token.is_sent_start"],
    default_config={"rules": None},
)
def make_sentences(nlp: Language, name: str, rules: str | None) -> Sentences:
    """``nlp.add_pipe("rilis_sentences", config={"rules": FOLDER})``; shipped rules without one."""
    return Sentences(shared_rulebook(rules))
