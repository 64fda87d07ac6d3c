"""The component ``rilis_venues``: fills ``doc.spans["venues"]``."""

from spacy.language import Language
from spacy.tokens import Doc

from extractor.components.marks import layout_of, mark, marked
from extractor.language.venues.finding import find_venues
from extractor.language.venues.words import VenueRules
from extractor.rulebook import Rulebook, shared_rulebook


class Venues:
    """Marks every place that may be a venue; which one is the event's, the events tell."""

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules
        self.venues = VenueRules(rules["venues"])

    def __reduce__(self) -> tuple[type["Venues"], tuple[Rulebook]]:
        return Venues, (self.rules,)  # made anew where processes are not forked

    def __call__(self, doc: Doc) -> Doc:
        layout = layout_of(doc, self.rules["paragraphs"])
        found = find_venues(layout, self.venues, marked(doc, "dates"), marked(doc, "people"))
        return mark(doc, "venues", found)


@Language.factory("rilis_venues", assigns=["doc.spans"], default_config={"rules": None})
def make_venues(nlp: Language, name: str, rules: str | None) -> Venues:
    """``nlp.add_pipe("rilis_venues", config={"rules": FOLDER})``; else the shipped rules."""
    return Venues(shared_rulebook(rules))
