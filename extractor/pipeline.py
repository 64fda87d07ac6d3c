"""The one list of components, and the pipeline they make."""

from pathlib import Path

from spacy.lang.id import Indonesian
from spacy.language import Language

from extractor.components import dates, events, people, quotes, sentences, venues
from extractor.components.tokenizer import BoundedTokenizer

# In the order they run: later ones read what earlier ones marked.
COMPONENTS = {
    "rilis_sentences": sentences.make_sentences,
    "rilis_dates": dates.make_dates,
    "rilis_people": people.make_people,
    "rilis_venues": venues.make_venues,
    "rilis_events": events.make_events,
    "rilis_quotes": quotes.make_quotes,
}
# spaCy refuses longer texts to spare its statistical models, which this pipeline does not have.
MAX_LENGTH = 1_000_000_000


def load_pipeline(rules: str | Path | None = None) -> Language:
    """``spacy.blank("id")`` with the rilis components.

    ``rules`` is a folder of rules (see :func:`extractor.rulebook.load_rulebook`) or None for the
    shipped ones. Texts beyond spaCy's usual 1,000,000 characters are taken whole: ``max_length`` is
    raised, which is safe without a parser or entity recogniser; time and memory stay linear.
    Raises :class:`extractor.errors.RuleError` where the rules have faults.
    """
    nlp = Indonesian(max_length=MAX_LENGTH, create_tokenizer=BoundedTokenizer)
    for name in COMPONENTS:
        nlp.add_pipe(name, config={"rules": str(rules) if rules is not None else None})
    return nlp
