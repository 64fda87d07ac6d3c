"""Date expressions read right and traps left alone: rilis beside dateparser.

    python benchmarks/dates.py

Runs the suite of rules/dates.yaml (``finds`` and ``silent``). dateparser is no dependency: install
it beside rilis (``pip install dateparser==1.5.0``) to see its line. The suite was written with the
rules, so rilis passes all of it (``rilis rules check`` demands it); it shows which forms of
Indonesian releases a general reader leaves open. To be fair to one that knows neither ranges
nor lists as values, an expression counts as right when exactly the days wanted are found, a range
as its two ends, times aside; ``part`` is all days and others besides. Relative words and missing
years are resolved against the same day for both.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from time import perf_counter

from extractor.checking import plain
from extractor.language.dates.calendar import parse_iso
from extractor.language.dates.finding import DateReader
from extractor.language.layout import read_layout
from extractor.rulebook import Example, RuleFile, shared_rulebook

try:
    from dateparser.search import search_dates
except ImportError:
    search_dates = None

Reader = Callable[[str, date | None], list[str]]


def days_of(values: tuple[str, ...]) -> set[str]:
    """The days in plain values such as ``2024-05-02/2024-05-04 09:00 WIB``; none in a bare time."""
    days = [value.split()[0] for value in values]
    return {day for pair in days if "-" in pair and ":" not in pair for day in pair.split("/")}


def rilis() -> Reader:
    """Our reader on the shipped rules."""
    rulebook = shared_rulebook()
    reader = DateReader(rulebook["dates"])

    def read(text: str, published: date | None) -> list[str]:
        layout = read_layout(text, rulebook["paragraphs"], 0)
        found = reader.read(text, layout, published)
        return [plain(text, "dates", f) for f in found if not f.value.get("candidate")]

    return read


def dateparser_reader(newest: int) -> Reader:
    """dateparser told all it can be: the language, day first, the past before the future."""

    def read(text: str, published: date | None) -> list[str]:
        base = published or date(newest, 12, 31)
        settings = {
            "DATE_ORDER": "DMY",
            "PREFER_DATES_FROM": "past",
            "RELATIVE_BASE": datetime(base.year, base.month, base.day),
        }
        found = search_dates(text, languages=["id"], settings=settings) or []
        return [moment.date().isoformat() for _, moment in found]

    return read


def tried(reader: Reader, example: Example) -> list[str]:
    """What a reader finds, an error counted as nothing."""
    try:
        return reader(example.text, parse_iso(example.published))
    except Exception:  # a peer's error is its wrong answer, not ours
        return []


def measure(name: str, reader: Reader, rules: RuleFile) -> None:
    """Print one line of the table."""
    dated = [(e, days) for e in rules.finds if (days := days_of(e.values or ()))]
    start = perf_counter()
    got = [(days_of(tuple(tried(reader, e))), days) for e, days in dated]
    seconds = perf_counter() - start
    counts = Counter(
        "right" if found == days else "part" if found >= days else "wrong" for found, days in got
    )
    silent = sum(not tried(reader, e) for e in rules.silent)
    print(
        f"{name:12} right {counts['right']:3}  part {counts['part']:3}  wrong {counts['wrong']:3}"
        f"  of {len(dated)}   traps left alone {silent} of {len(rules.silent)}"
        f"   {1000 * seconds / len(dated):.2f} ms an expression"
    )


def main() -> None:
    rulebook = shared_rulebook()
    rules = rulebook["dates"]
    measure("rilis", rilis(), rules)
    if search_dates is None:
        print("dateparser   not installed (pip install dateparser==1.5.0)")
    else:
        measure("dateparser", dateparser_reader(int(rules.settings["newest_year"])), rules)


if __name__ == "__main__":
    main()
