"""When two answers count as the same: words, token F1, persons."""

import collections
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

# Titles that do not tell persons apart; anything longer than four letters is taken for a name.
# They are part of the measure, not a rule: scores must not move with the rules they judge.
_TITLES = """
    h hj hi hm ha kh dr drs dra drg ir prof se sh mm msi mh mpd spd st mt sip sstp stp ssos sag
    mag skm mkes mkom skom ssi akbp kompol akp ipda iptu aiptu bripka letkol kolonel mayor kapten
    lettu letda brigjen irjen kombes pol inf arm arh kav bapak ibu pak bu mas mbak sdr saudara yth
    almarhum alm nyonya ny tuan amd sst map mp ms msc phd ba bsc lc ma sstpi spt shi sthi mhum spsi
    mpsi psikolog cht sei apt ners skep mars skg sked spog spa k s e m si pd sos ap ip ag kes hum
    kom psi
"""
TITLES = frozenset(_TITLES.split())


@lru_cache(maxsize=4096)
def words(text: str | None) -> tuple[str, ...]:
    """The words of an answer for comparison: letters and digits, capitals folded."""
    folded = unicodedata.normalize("NFKC", text or "").casefold()
    return tuple(re.findall(r"[0-9a-zà-ÿ]+", folded))


def token_f1(one: Sequence[str], other: Sequence[str]) -> float:
    """F1 of two bags of words, 0 to 1."""
    a, b = collections.Counter(one), collections.Counter(other)
    shared = sum((a & b).values())
    return 2 * shared / (sum(a.values()) + sum(b.values())) if shared else 0.0


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name without titles; all of them where nothing else is left."""
    every = words(name)
    core = tuple(word for word in every if word not in TITLES or len(word) > 4)
    return core or every


def same_person(gold: Mapping[str, Any], forms: Iterable[str]) -> bool:
    """Whether an annotated person is one of the candidate's forms."""
    candidates = [name_words(form) for form in forms]
    for wanted in (name_words(form) for form in (gold["name"], *gold.get("aliases", []))):
        for got in candidates:
            if not wanted or not got:
                continue
            if wanted == got:
                return True
            close = min(len(wanted), len(got)) >= 2 and abs(len(wanted) - len(got)) <= 2
            if close and (set(wanted) <= set(got) or set(got) <= set(wanted)):
                return True
            if token_f1(wanted, got) >= 0.8:
                return True
    return False


def person_forms(person: Mapping[str, Any] | None) -> list[str]:
    """All names of a record's person."""
    if not person:
        return []
    every = [person.get("name"), person.get("full_name"), *(person.get("aliases") or [])]
    return [form for form in every if form]


def text_of(value: Any) -> str | None:
    """The words of a SPAN, or of a plain string."""
    text = value.get("text") if isinstance(value, Mapping) else value
    return text if isinstance(text, str) else None


def confidence_of(value: Any) -> float:
    """The confidence a value carries; 0 where it carries none."""
    got = value.get("confidence") if isinstance(value, Mapping) else None
    return float(got) if got is not None else 0.0
