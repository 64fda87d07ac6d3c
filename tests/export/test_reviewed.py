"""What an annotation tool gives back is told with its place where it cannot be gold."""

import json
from typing import Any

import pytest

from extractor.export.annotation import Annotation, Mark, Relation
from extractor.export.tools import TOOLS

SPAN: dict[str, Any] = {"id": "a", "start": 0, "end": 5, "label": "EVENT"}
GOOD: dict[str, Any] = {"text": "Rapat kerja", "spans": [SPAN]}


def changed(**fields: Any) -> dict[str, Any]:
    return {"text": "Rapat kerja", "spans": [SPAN | fields]}


def lines(*rows: Any) -> bytes:
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows).encode()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{oops", "no JSON"),
        ([1, 2], "no object"),
        (5, "no object"),
        (None, "no object"),
        ({"spans": []}, "'text' is missing"),
        ({"text": 5}, "its text is no text"),
        ({"text": "a\ud800b"}, "half a character"),
        ({"text": "a", "meta": [1]}, "its meta data are no object"),
        ({"text": "a", "meta": {"names": 5}}, "its meta data are no object"),
        (changed(start=5, end=5), "5 to 5 is no place in 11 characters"),
        (changed(end=99), "0 to 99 is no place in 11 characters"),
        (changed(start=-3, end=-1), "is no place"),
        (changed(start=0.5), "no whole number"),
        (changed(start="0"), "no whole number"),
        (changed(start=True), "no whole number"),
        (changed(label="GPE"), "no label GPE; they are EVENT"),
        (changed(label=["EVENT"]), "no label"),
        (changed(score="high"), "its score is no number"),
        (GOOD | {"spans": [SPAN, SPAN]}, "two marks are called a"),
        (GOOD | {"relations": [{"head": "a", "child": "b", "label": "same"}]}, "leads to b"),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_a_document_that_is_none_is_told_with_its_number(row: Any, said: str) -> None:
    read = TOOLS["prodigy"].read(lines(GOOD, row))
    assert next(read).text == "Rapat kerja"
    with pytest.raises(ValueError, match="document 2: ") as told:
        next(read)
    assert said in str(told.value)


@pytest.mark.parametrize(
    ("tool", "raw", "said"),
    [
        ("doccano", b'{"text": "a", "label": [[0, 9, "EVENT"]]}', "document 1: mark m0"),
        ("doccano", b'{"text": "a", "label": [[0, 2]]}', "document 1: "),
        ("doccano", b"\xff\xfe", "can't decode"),
        ("label-studio", b"{}", "no list of tasks"),
        ("label-studio", b"[1]", "document 1: no object"),
        (
            "label-studio",
            b'[{"data": {"text": "a"}}, {"data": {}}]',
            "document 2: 'text' is missing",
        ),
        ("docbin", b"", "Error loading DocBin"),
    ],
)
def test_so_it_is_of_every_tool(tool: str, raw: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=r".") as told:
        list(TOOLS[tool].read(raw))
    assert said in str(told.value)


def test_a_byte_order_mark_and_empty_lines_are_nothing() -> None:
    raw = b"\xef\xbb\xbf" + lines(GOOD, "", "  ", GOOD) + b"\r\n"
    assert len(list(TOOLS["prodigy"].read(raw))) == 2


def test_what_is_whole_comes_back() -> None:
    marks = (Mark("m0", 0, 5, "PERSON"), Mark("m1", 6, 11, "PERSON", 0.5))
    one = Annotation("Rapat kerja", marks, (Relation("m1", "m0", "same"),), {"names": {"m0": "R"}})
    for tool in TOOLS.values():
        assert list(tool.read(tool.write([one]))) == [one]
