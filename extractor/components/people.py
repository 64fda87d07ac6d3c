"""The component ``rilis_people``: fills ``doc.spans["people"]``."""

from spacy.language import Language
from spacy.tokens import Doc

from extractor.components.marks import layout_of, mark, marked, published_of
from extractor.language.people.finding import PeopleFinder
from extractor.rulebook import Rulebook, shared_rulebook


class People:
    """One span a mention: the name without titles, or a role that stands for a person.

    Value: ``person`` (``"p1"`` …, None for a role nobody named holds), ``form`` (full, short,
    nickname, role); on the mention that introduces a person also ``head``, ``name``, ``titles``,
    ``role``, ``organization``, ``aliases``, ``pseudonym``, ``full_name``, ``full_name_source``.
    Where one speaks for another: ``absent`` and ``delegates_to`` or ``read_by``, and
    ``speaks_for`` or ``reads_for``.
    """

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules
        self.finder = PeopleFinder(rules["people"], rules["offices"], rules["officials"])

    def __reduce__(self) -> tuple[type["People"], tuple[Rulebook]]:
        return People, (self.rules,)  # made anew where processes are not forked

    def __call__(self, doc: Doc) -> Doc:
        layout = layout_of(doc, self.rules["paragraphs"])
        days = [day for found in marked(doc, "dates") if (day := found.value.get("start"))]
        if (published := published_of(doc)) is not None:
            days.append(published)
        return mark(doc, "people", self.finder.find(layout, days))


@Language.factory("rilis_people", assigns=["doc.spans"], default_config={"rules": None})
def make_people(nlp: Language, name: str, rules: str | None) -> People:
    """``nlp.add_pipe("rilis_people", config={"rules": FOLDER})``; the shipped rules without a
    folder."""
    return People(shared_rulebook(rules))
