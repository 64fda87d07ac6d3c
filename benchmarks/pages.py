"""Articles out of generated pages: how exact, which day, how fast, beside trafilatura and htmldate.

    python benchmarks/pages.py [--pages 220] [--rounds 4]

Pages are generated (seeded) for six systems that offices' sites run on, eleven styles of bodies, nine forms
of dates; side bars, agendas, footers with other days and hidden links are on all of them. rilis reads them
by its shipped site rules, ``trafilatura.extract`` and ``htmldate.find_date`` as they come. A body is exact
where title, paragraphs, items and rows of tables come out each as one line, in order, and nothing else.
Seconds are of the processor, the libraries take turns in each round, the median round counts.

Then hostile pages: each has to be done, or refused with a reason, within two seconds.
"""

import argparse
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from htmldate import find_date
from trafilatura import extract

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractor.rulebook import load_rulebook
from extractor.sites.loading import load_sites
from extractor.sites.pages import Response, read_page
from extractor.sites.rule import Site
from tests.server.imitation import Imitation
from tests.server.making import TEMPLATES
from tests.server.overlay import write_rules
from tests.server.releases import Releases
from tests.server.styles import DATE_FORMS, STYLES

SYSTEMS = ("dpmppa", "rkb", "pekalongankab", "wordpress", "opensid", "codeigniter")
TYPE = (("Content-Type", "text/html; charset=utf-8"),)
RETRIEVED = "2026-01-02T03:04:05Z"
SECONDS = 2.0
MARKS = re.compile(r"^\s*[-•]\s|\|")


@dataclass(frozen=True)
class Made:
    """A generated page, its rule, and what must come out; ``day`` is None where it shows none."""

    html: str
    url: str
    site: Site
    text: str
    day: str | None


def generated(count: int, folder: Path) -> list[Made]:
    """So many pages, spread evenly over systems, body styles and date forms."""
    forms = [form for form in DATE_FORMS if form != "none"]
    combinations = list(product(STYLES, forms))
    per = -(-count // len(SYSTEMS))
    sites = [
        Imitation(name, TEMPLATES[name], Releases(per, at, rich=True), hacked=True)
        for at, name in enumerate(SYSTEMS)
    ]
    for at, site in enumerate(sites):
        site.base = f"http://127.0.0.1:{9200 + at}"
    rules = load_sites(load_rulebook(write_rules(folder, sites)).folders)
    made = []
    for at, (number, site) in enumerate(product(range(1, per + 1), sites)):
        style, form = combinations[at * 7 % len(combinations)]
        site.styles[number] = style
        when = site.releases[number].published
        if site.template.dates != ("none",):
            site.date_words[number] = DATE_FORMS[form](when)
        day = None if site.template.dates == ("none",) else when.date().isoformat()
        made.append(
            Made(
                site.article(number),
                site.base + site.path(number),
                rules.by_id(site.id),
                site.expected(number),
                day,
            )
        )
    return made[:count]


def lines(text: str | None) -> list[str]:
    """The lines of a text that say something, without the marks of lists and cells, so that how
    somebody writes those does not count."""
    plain = (MARKS.sub(" ", line) for line in (text or "").splitlines())
    return [" ".join(line.split()) for line in plain if line.strip(" -")]


def share(part: int, whole: int) -> str:
    """A share in percent."""
    return f"{100 * part / whole:.1f} %"


def by_rilis(made: Made) -> tuple[list[str], str | None]:
    """The lines and the day that rilis finds."""
    page = read_page(Response(made.url, 200, TYPE, made.html.encode(), RETRIEVED), made.site)
    return (lines(page.article.text), page.article.published) if page.article else ([], None)


def exactness(pages: list[Made]) -> None:
    """Prints what comes out, beside what must."""
    for name, find in (
        ("rilis", by_rilis),
        (
            "trafilatura, htmldate",
            lambda made: (
                lines(extract(made.html, include_tables=True)),
                find_date(made.html, extensive_search=True),
            ),
        ),
    ):
        exact = found = wanted = extra = right = wrong = silent = 0
        for made in pages:
            got, day = find(made)
            must = lines(made.text)
            exact += got == must
            found += sum(line in got for line in must[1:])
            wanted += len(must) - 1
            extra += any(line not in must for line in got)
            right += day == made.day
            wrong += day is not None and day != made.day
            silent += made.day is None and day is not None
        count = len(pages)
        print(
            f"{name}: exact pages {share(exact, count)}, paragraphs as they stand {share(found, wanted)}, pages with anything else {share(extra, count)}"
        )
        print(
            f"    day right or rightly none {share(right, count)}, silently wrong {share(wrong, count)} ({silent} of {wrong} on pages that show none)"
        )


def speed(pages: list[Made], rounds: int) -> None:
    """Prints pages a second, in turns."""
    work: dict[str, Callable[[Made], object]] = {
        "trafilatura.extract": lambda made: extract(made.html),
        "rilis read_page": by_rilis,
        "trafilatura.extract + htmldate": lambda made: (extract(made.html), find_date(made.html)),
    }
    seconds: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, one in work.items():
            began = time.process_time()
            for made in pages:
                one(made)
            seconds[name].append(time.process_time() - began)
    base = seconds["trafilatura.extract"]
    size = statistics.mean(len(made.html) for made in pages) / 1000
    print(f"pages of {size:.1f} KB, {rounds} rounds:")
    for name, took in seconds.items():
        ratios = sorted(b / t for b, t in zip(base, took, strict=True))
        print(
            f"    {name}: {len(pages) / statistics.median(took):.0f} pages/s, ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})"
        )


def hostile(made: Made) -> dict[str, str]:
    """Pages that were made to hurt a reader."""
    head, mark, tail = made.html.partition('<div class="isi-berita">')

    def inside(more: str) -> str:
        return head + mark + more + tail

    paragraph = "<p>kalimat pendek.</p>"
    return {
        "100,000 paragraphs": inside(paragraph * 100_000),
        "an attribute of 5 MB": inside(f'<img src="data:image/png;base64,{"A" * 5_000_000}">'),
        "200 <div> deep": inside("<div>" * 200 + "x" + "</div>" * 200),
        "20,000 <div> deep": inside("<div>" * 20_000 + "x" + "</div>" * 20_000),
        "100,000 <div> never closed": inside("<div>" * 100_000),
        "50,000 <b> never closed": inside("<b>kata " * 50_000),
        "50,000 </div> too many": inside("</div>" * 50_000),
        "a table of 5,000 rows by 20": inside("<table>" + ("<tr>" + "<td>9</td>" * 20 + "</tr>") * 5_000 + "</table>"),
        "1,000 tables in tables": inside("<table><tr><td>" * 1_000 + "x" + "</td></tr></table>" * 1_000),
        "100,000 links": inside("".join(f'<a href="/berita/{n}.html">kabar {n}</a>' for n in range(100_000))),
        "5 MB of text in one paragraph": inside("<p>" + "kata demi kata, " * 320_000 + "</p>"),
        "5 MB of one word": inside("<p>" + "a" * 5_000_000 + "</p>"),
        "5 MB of <": inside("<" * 5_000_000),
        "5 MB of &": inside("&" * 5_000_000),
        "1,000,000 entities": inside("&nbsp;" * 1_000_000),
        "an unclosed comment of 5 MB": inside("<!--" + "x" * 5_000_000),
        "a script of 5 MB": inside("<script>" + "var a = '<p>';" * 350_000 + "</script>"),
        "100,000 attributes": inside("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</p>"),
        "100,000 attributes without blanks": inside("<p " + "/".join(f"a{n}" for n in range(100_000)) + ">x</p>"),
        "5 MB of words in an attribute": inside('<p title="' + "kata <b> demi kata " * 260_000 + '">x</p>'),
        "100,000 classes": inside(f'<p class="{" ".join(f"k{n}" for n in range(100_000))}">x</p>'),
        "dates of 1 MB": made.html.replace("</h1>", "</h1><span class='tanggal'>" + "1 Mei 2024 " * 90_000 + "</span>", 1),
        "nothing but <": "<" * 100_000,
        "no page at all": "",
    }  # fmt: skip


def endurance(made: Made) -> bool:
    """Prints how long each hostile page takes; whether all are within the limit."""
    good = True
    for name, html in hostile(made).items():
        began = time.process_time()
        page = read_page(Response(made.url, 200, TYPE, html.encode(), RETRIEVED), made.site)
        took = time.process_time() - began
        said = (
            f"article of {len(page.article.text):,} characters"
            if page.article
            else f"refused: {page.fault}"
        )
        good &= took < SECONDS and (page.article is not None or page.fault is not None)
        print(f"    {took:5.2f} s  {name}: {said}{'' if took < SECONDS else '  TOO LONG'}")
    return good


def main() -> None:
    """Everything; 1 where a hostile page took too long."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=220)
    parser.add_argument("--rounds", type=int, default=4)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pages = generated(said.pages, Path(folder))
        exactness(pages)
        speed(pages, said.rounds)
        print("hostile pages:")
        good = endurance(pages[0])
    sys.exit(not good)


if __name__ == "__main__":
    main()
