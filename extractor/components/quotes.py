"""The component ``rilis_quotes``: fills ``doc.spans["quotes"]``."""

from spacy.language import Language
from spacy.tokens import Doc

from extractor.components.marks import layout_of, mark, marked
from extractor.language.quotes.finding import QuoteFinder
from extractor.rulebook import Rulebook, shared_rulebook


class Quotes:
    """Marks direct and reported speech; reads the marks of ``people`` and ``dates``.

    The span is what was said, without marks and cue; value ``{"kind": "direct" | "reported",
    "speaker": person id or None, "speaker_text": SPAN or None, "cue": SPAN or None, "delivered_by":
    person id or None, "date": [start, end] of a date mark or None, "occasion": SPAN or None,
    "repaired": whether a quotation mark was missing}``.
    """

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules
        self._finder = QuoteFinder(rules["quotes"])

    def __reduce__(self) -> tuple[type["Quotes"], tuple[Rulebook]]:
        return Quotes, (self.rules,)  # made anew where processes are not forked

    def __call__(self, doc: Doc) -> Doc:
        layout = layout_of(doc, self.rules["paragraphs"])
        found = self._finder.find(layout.text, layout, marked(doc, "people"), marked(doc, "dates"))
        return mark(doc, "quotes", found)


@Language.factory("rilis_quotes", assigns=["doc.spans"], default_config={"rules": None})
def make_quotes(nlp: Language, name: str, rules: str | None) -> Quotes:
    """``nlp.add_pipe("rilis_quotes", config={"rules": FOLDER})``; shipped rules without one."""
    return Quotes(shared_rulebook(rules))
