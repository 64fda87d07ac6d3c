"""BibTeX, read by pybtex and bibtexparser, its LaTeX by pylatexenc."""

import io
import re
from typing import Any

import bibtexparser
import pytest
from hypothesis import HealthCheck, given, settings
from pybtex.database import BibliographyData, parse_string
from pylatexenc.latex2text import LatexNodes2Text

from extractor.archive.exchange.exported import Exported
from extractor.archive.formats import bibtex, plain
from extractor.record import Record
from tests.archive.formats.golden import check
from tests.archive.formats.invented import EXAMPLES, exported, invented
from tests.archive.generator import generated

URI = "https://pertanian.tirtasari.example/berita/pelatihan?id=7&x=%7B1%7D"


def written(*releases: Exported) -> bytes:
    stream = io.BytesIO()
    assert bibtex.write(releases, stream) == len(releases)
    return stream.getvalue()


def pybtex(data: bytes) -> BibliographyData:
    return parse_string(data.decode(), "bibtex")


def parsed(data: bytes) -> list[Any]:
    library = bibtexparser.parse_string(data.decode())
    assert library.failed_blocks == []
    return library.entries


def plain_text(latex: str) -> str:
    """What LaTeX prints, by pylatexenc, which knows the braces by their other commands alone."""
    latex = latex.replace(r"\textbraceleft{}", r"\{").replace(r"\textbraceright{}", r"\}")
    return LatexNodes2Text(keep_comments=True, strict_latex_spaces=True).latex_to_text(latex)


def test_the_invented_release_is_as_recorded() -> None:
    check("release.bib", written(invented()))


def test_both_readers_find_the_reference() -> None:
    entry = pybtex(written(invented())).entries["rilis-0123456789abcdef"]
    (other,) = parsed(written(invented()))
    assert entry.type == other.entry_type == "misc"
    title = "Pemkab Tirtasari Gelar Pelatihan 100% Organik & {Mandiri} #1"
    assert plain_text(entry.fields["title"]) == plain_text(other["title"]) == title
    assert entry.fields["url"] == other["url"] == URI
    assert entry.fields["date"] == other["date"] == "2024-07-17"
    assert entry.fields["year"] == "2024"
    assert entry.fields["month"] == "July"  # a macro, which the reader knows
    assert entry.fields["urldate"] == "2024-07-20"
    assert entry.fields["note"] == "Press release"
    assert [str(person) for person in entry.persons["author"]] == ["{dinas-tani}"]


def test_what_is_not_known_is_left_out() -> None:
    record = Record.model_validate(
        {
            "id": "a",
            "rules_version": "1",
            "text": "Judul",
            "source": {
                "sha256": "0",
                "published": "2024-02-31",
                "uri": "/siaran/1",
                "retrieved": "kemarin",
            },
        }
    )
    entry = pybtex(
        written(Exported(record, "Judul", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z"))
    ).entries["rilis-a"]
    assert set(entry.fields) == {"title", "langid", "note"}
    assert not entry.persons


def test_keys_are_those_of_the_releases_and_each_its_own() -> None:
    releases = [
        Exported(r, "x", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z") for r in generated(200)
    ]
    keys = list(pybtex(written(*releases)).entries)
    assert keys == [f"rilis-{one.key}" for one in releases]
    assert written(*releases) == written(*releases)


@pytest.mark.parametrize("key", ["a b", "a,b", "é", "{", "a}", "", "\ud800", "-a", "x" + "\n"])
def test_a_key_that_bibtex_cannot_read_is_hashed(key: str) -> None:
    assert re.fullmatch(r"rilis-[0-9a-f]{16}", bibtex.key(key))
    assert bibtex.key(key) != bibtex.key(key + " ")


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(exported(), exported())
def test_hostile_texts_come_back_from_both_readers(first: Exported, second: Exported) -> None:
    data = written(first, second)
    library = bibtexparser.parse_string(data.decode())
    same = bibtex.key(first.key) == bibtex.key(second.key)
    assert len(library.failed_blocks) == int(same)  # one key, twice
    assert len(library.blocks) == 2
    for release, entry in zip((first, second), library.entries, strict=same is False):
        (one,) = pybtex(written(release)).entries.values()
        title = plain.one_line(release.headline)
        assert one.fields["title"].count("{") == one.fields["title"].count("}")
        assert squeezed(entry["title"]) == squeezed(one.fields["title"])
        assert text_of(entry["title"]) == squeezed(title)
        url = plain.web_address(release.uri)
        fields = {field.key: field.value for field in entry.fields}
        assert fields.get("url") == one.fields.get("url") == url
        if release.site and "█" not in release.site and plain.one_line(release.site):
            assert len(one.persons["author"]) == 1


def text_of(latex: str) -> str:
    """The text of what :func:`bibtex.latex` writes, command by command; braces round it taken off."""
    commands = {
        r"\textbackslash{}": "\\", r"\textbraceleft{}": "{", r"\textbraceright{}": "}",
        r"\textasciicircum{}": "^", r"\textasciitilde{}": "~",
    }  # fmt: skip
    inner = latex.removeprefix("{").removesuffix("}")
    found = re.sub(r"\\text[a-z]+\{\}|\\[$&#%_]", lambda m: commands.get(m[0], m[0][1:]), inner)
    return squeezed(found)


def squeezed(text: str) -> str:
    return " ".join(text.split())
