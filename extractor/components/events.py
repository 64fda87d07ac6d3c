"""The component ``rilis_events``: fills ``doc.spans["events"]``."""

from spacy.language import Language
from spacy.tokens import Doc

from extractor.components.marks import layout_of, mark, marked
from extractor.language.events.finding import EventFinder
from extractor.rulebook import Rulebook, shared_rulebook


class Events:
    """One span an event, its words the event's name: the main event, related ones, then the
    candidates that lost (value ``candidate`` true, with ``score`` and ``features``).

    Reads dates, people and venues where they were marked before.
    """

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules
        self.finder = EventFinder(rules["events"], rules["offices"])

    def __reduce__(self) -> tuple[type["Events"], tuple[Rulebook]]:
        return Events, (self.rules,)  # made anew where processes are not forked

    def __call__(self, doc: Doc) -> Doc:
        found = self.finder.find(
            layout_of(doc, self.rules["paragraphs"]),
            marked(doc, "dates"),
            marked(doc, "people"),
            marked(doc, "venues"),
        )
        return mark(doc, "events", found)


@Language.factory("rilis_events", assigns=["doc.spans"], default_config={"rules": None})
def make_events(nlp: Language, name: str, rules: str | None) -> Events:
    """``nlp.add_pipe("rilis_events", config={"rules": FOLDER})``; shipped rules without one."""
    return Events(shared_rulebook(rules))
