"""The component ``rilis_dates``: fills ``doc.spans["dates"]``."""

from spacy.language import Language
from spacy.tokens import Doc

from extractor.components.marks import layout_of, mark, published_of
from extractor.language.dates.calendar import parse_iso
from extractor.language.dates.finding import DateReader
from extractor.rulebook import Rulebook, shared_rulebook


class Dates:
    """One span a date or time; :mod:`extractor.language.dates.finding` tells what values hold."""

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules
        self.reader = DateReader(rules["dates"])

    def __reduce__(self) -> tuple[type["Dates"], tuple[Rulebook]]:
        return Dates, (self.rules,)  # made anew where processes are not forked

    def __call__(self, doc: Doc) -> Doc:
        published = parse_iso(published_of(doc))
        layout = layout_of(doc, self.rules["paragraphs"])
        found = self.reader.read(layout.text, layout, published)
        return mark(doc, "dates", found)


@Language.factory("rilis_dates", assigns=["doc.spans"], default_config={"rules": None})
def make_dates(nlp: Language, name: str, rules: str | None) -> Dates:
    """``nlp.add_pipe("rilis_dates", config={"rules": FOLDER})``; the shipped rules without a
    folder."""
    return Dates(shared_rulebook(rules))
