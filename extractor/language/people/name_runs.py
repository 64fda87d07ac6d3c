"""Runs of capitalised words that may be names, whether or not anything says they are persons.

People at risk are told of, they rarely speak or hold an office, so that nothing vouches for their
names. Here it is enough that no word list speaks against a word.
"""

import re
from collections.abc import Iterator

from extractor.language.people import lexicon
from extractor.rulebook import RuleFile

_WORDS = re.compile(r"[^\W\d_][\w'’-]*")
_HEADS = (
    lexicon.PLACE_HEAD | lexicon.VENUE_HEAD | lexicon.ORGANISATION | lexicon.OFFICE_WORD
    | lexicon.ROLE | lexicon.PLACE_ROLE | lexicon.ACTING | lexicon.BEFORE_PLACE | lexicon.UNIT
)  # fmt: skip
_NO_NAME = (
    _HEADS | lexicon.NOT_NAME | lexicon.COMMON_ROLE | lexicon.PLACE | lexicon.PLACE_TAIL
    | lexicon.CUE_BEFORE | lexicon.CUE_AFTER | lexicon.SAYS | lexicon.OFFICE_FORM
    | lexicon.VERB_FORM | lexicon.NAMED
) & ~lexicon.GIVEN  # fmt: skip
_MOST = 5  # words


class NameRuns:
    """Finds the runs; ``people`` and ``offices`` are the rule files of these names, ``no_name``
    more words in small letters that are no names."""

    def __init__(self, people: RuleFile, offices: RuleFile, no_name: frozenset[str]) -> None:
        """Read the word lists."""
        self._no_name = no_name
        self._lexicon = lexicon.Lexicon(people, offices)
        self._links = frozenset(people.surfaces("name_mark"))

    def runs(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The runs in ``text[start:end]``: words with a capital, one blank between, none of them
        an office, a place or a verb, and none that follows the head of a place or an office."""
        if text[start:end].isupper():
            return  # capitals say nothing there
        run: list[re.Match[str]] = []
        last, head = start, False  # does the word before open the name of an office or a place?
        for match in _WORDS.finditer(text, start, end):
            between, last = text[last : match.start()], match.end()
            word = match.group()
            kind = self._lexicon.kind(word.lower())
            if between not in (" ", ". "):
                yield from _told(run)
                run, head = [], False
            named = (
                word[0].isupper()
                and bool(kind & lexicon.GIVEN or not kind & _NO_NAME)
                and word.lower() not in self._no_name
            )
            if (named and not head) or (run and word.lower() in self._links):
                run.append(match)
                continue
            yield from _told(run)
            run, head = [], bool(kind & _HEADS) or (named and head)
        yield from _told(run)


def _told(run: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    if 0 < len(run) <= _MOST and any(len(word.group()) > 1 for word in run):
        yield run[0].start(), run[-1].end()
