"""Inputs of a command: files, folders, patterns, standard input, each failure in its place."""

import io
import json
import os
from pathlib import Path

import docx
import pytest

from extractor.errors import SourceError, UsageError
from extractor.record import Article, article_id
from extractor.sources import articles, encode, read_draft
from extractor.sources.jsonl import looks_like_articles


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Drafts of every kind, and what lies about beside them."""
    (tmp_path / "b").mkdir()
    (tmp_path / "b/2.txt").write_text("Draf dua.")
    (tmp_path / "a.txt").write_text("Draf satu.")
    (tmp_path / "a.json").write_text('{"published": "2024-05-03"}')
    (tmp_path / "c.html").write_text("<h1>Judul</h1><p>Isi.</p>")
    made = docx.Document()
    made.add_paragraph("Draf Word.")
    made.save(str(tmp_path / "d.docx"))
    (tmp_path / "e.jsonl").write_text('{"text": "Satu.", "id": "x1"}\n{"text": "Dua."}\n')
    for name in ("~$d.docx", ".hidden.txt", "foto.jpg", "a.txt.bak"):
        (tmp_path / name).write_text("x")
    return tmp_path


def told(found: object) -> str:
    return found.text if isinstance(found, Article) else str(found)


def test_a_folder_gives_all_below_it_in_order(folder: Path) -> None:
    found = list(articles([folder]))
    assert [told(one) for one in found] == [
        "Draf satu.",
        "Draf dua.",
        "Judul\n\nIsi.",
        "Draf Word.",
        "Satu.",
        "Dua.",
    ]
    first, second, page, _word, line, other = found
    assert isinstance(first, Article)
    assert (first.published, first.path) == ("2024-05-03", str(folder / "a.txt"))
    assert first.id == article_id(None, b"Draf satu.")
    assert isinstance(second, Article)
    assert second.published is None
    assert isinstance(page, Article)
    assert page.title == "Judul"
    assert isinstance(line, Article)
    assert line.id == "x1"
    assert isinstance(other, Article)
    assert (other.id, other.path) == (article_id(None, b"Dua."), f"{folder}/e.jsonl:2")


def test_an_input_named_twice_is_read_once(folder: Path) -> None:
    inputs = [folder / "a.txt", folder / "*.txt", folder / "b", folder]
    assert [told(one) for one in articles(inputs)][:3] == [
        "Draf satu.",
        "Draf dua.",
        "Judul\n\nIsi.",
    ]


def test_patterns_and_names_that_look_like_them(folder: Path) -> None:
    (folder / "[1].txt").write_text("Kurung siku.")
    assert [told(one) for one in articles([folder / "[1].txt"])] == ["Kurung siku."]
    assert [told(one) for one in articles([folder / "**/*.txt"])][-1] == "Draf dua."
    (none,) = articles([folder / "*.pdf"])
    assert "no file matches" in str(none)


def test_failures_stand_in_their_place_and_the_others_are_read(folder: Path) -> None:
    (folder / "kosong.txt").write_bytes(b"")
    (folder / "palsu.docx").write_bytes(b"bukan zip")
    (folder / "lama.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(90))
    os.mkfifo(folder / "pipa.txt")
    (folder / "sisa").mkdir()
    (folder / "rusak.txt").write_text("Isi.")
    (folder / "rusak.json").write_text("{published: kemarin}")
    names = [
        "a.txt", "kosong.txt", "palsu.docx", "lama.doc", "pipa.txt", "sisa", "hilang.txt",
        "rusak.txt", "c.html",
    ]  # fmt: skip
    found = list(articles([folder / name for name in names]))
    reasons = [str(one) for one in found if isinstance(one, SourceError)]
    for reason, said in zip(
        reasons,
        ["empty", "zip", "save it as .docx", "pipe or device", "nothing to read", "no such file",
         "not valid JSON"],
        strict=True,
    ):  # fmt: skip
        assert said in reason
    assert [told(found[0]), told(found[-1])] == ["Draf satu.", "Judul\n\nIsi."]
    assert all(name in reason for name, reason in zip(names[1:7], reasons, strict=False))


def test_a_closed_file_is_a_failure(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", closed)
    (found,) = articles([folder / "a.txt"])
    assert "may not be read" in str(found)


def test_a_bad_line_fails_alone(folder: Path) -> None:
    lines = [
        b"\xef\xbb\xbf" + b'{"text": "Satu.", "published": "2024-05-03T07:00:00+07:00", "lain": 1}',
        b"{",
        b'["bukan objek"]',
        b'{"teks": "Salah kunci"}',
        b"",
        b'{"text": "x", "publised": "2024-05-03"}',
        b'{"text": "x", "published": "3 Mei 2024"}',
        b'{"text": "' + b"x" * 3000 + b'"}',
        b'{"text": "\xff"}',
        b'{"text": "x", "title": 7}',
        b'{"schema": "rilis/record/1", "text": "x"}',
        b'{"text": "Separuh \\ud83d.", "id": 12}',
    ]
    path = folder / "banyak.jsonl"
    path.write_bytes(b"\n".join(lines))
    found = list(articles([path], limit=2000))
    first, *bad, last = found
    assert isinstance(first, Article)
    assert (first.text, first.published) == ("Satu.", "2024-05-03")
    assert isinstance(last, Article)
    assert (last.text, last.id) == ("Separuh \ufffd.", "12")
    assert [one.path.rpartition(":")[2] for one in bad if isinstance(one, SourceError)] == [
        "2", "3", "4", "6", "7", "8", "9", "10", "11",
    ]  # fmt: skip
    assert "'published' meant" in str(bad[3])


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"Draf dari pipa.\nBaris dua.", ["Draf dari pipa.\nBaris dua."]),
        (b'{"text": "Satu."}\n{"text": "Dua."}\n', ["Satu.", "Dua."]),
        (b'{"text": "Satu.",\n', ["-:1: not valid JSON"]),
        (b"{kurung} pembuka", ["{kurung} pembuka"]),
        (b"<!DOCTYPE html><p>Halaman.</p>", ["Halaman."]),
        (b"", ["-: the file is empty"]),
    ],
)
def test_standard_input_is_a_draft_or_articles(raw: bytes, expected: list[str]) -> None:
    found = [told(one) for one in articles(["-"], stdin=io.BytesIO(raw))]
    assert len(found) == len(expected)
    assert all(one.startswith(said) for one, said in zip(found, expected, strict=True))


def test_json_is_an_article_or_a_list_of_them_or_a_sidecar(folder: Path) -> None:
    (folder / "satu.json").write_text('{"text": "Satu."}')
    (folder / "banyak.json").write_text('[{"text": "Satu."}, 7]')
    found = [told(one) for one in articles([folder / "satu.json", folder / "banyak.json"])]
    assert found[:2] == ["Satu.", "Satu."]
    assert "banyak.json:2" in found[2]
    assert list(articles([folder / "a.json"])) == []


@pytest.mark.parametrize(
    ("own", "flag", "sidecar", "expected"),
    [
        ("2024-01-01", "2024-02-02", None, "2024-01-01"),
        (None, "2024-02-02", None, "2024-02-02"),
        (None, "2024-02-02", "2024-03-03", "2024-02-02"),
        (None, None, "2024-03-03", "2024-03-03"),
        (None, None, None, None),
    ],
)
def test_published_is_never_invented(
    tmp_path: Path, own: str | None, flag: str | None, sidecar: str | None, expected: str | None
) -> None:
    if own is not None:
        path = tmp_path / "x.jsonl"
        path.write_text(json.dumps({"text": "Isi.", "published": own}))
    else:
        path = tmp_path / "x.txt"
        path.write_text("Isi.")
        (tmp_path / "x.json").write_text(json.dumps({"published": sidecar, "lain": 1}))
    (found,) = articles([path], published=flag)
    assert isinstance(found, Article)
    assert found.published == expected


@pytest.mark.parametrize("said", ["kemarin", "2024-13-01", "03/05/2024", "2024"])
def test_a_published_that_is_no_date_is_refused_at_once(said: str) -> None:
    with pytest.raises(UsageError, match="YYYY-MM-DD"):
        articles([], published=said)


def test_drafts_over_the_limit_say_how_to_raise_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "besar.txt").write_text("kata " * 500)
    monkeypatch.setenv("RILIS_MAX_MB", "0.001")
    (found,) = articles([folder / "besar.txt"])
    assert "RILIS_MAX_MB" in str(found)
    monkeypatch.setenv("RILIS_MAX_MB", "banyak")
    with pytest.raises(UsageError, match="RILIS_MAX_MB=banyak"):
        articles([folder / "besar.txt"])


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_names_that_are_no_text_do_not_spoil_the_record(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"draf\xff.txt")
    path.write_bytes(b"Isi.")
    (found,) = articles([path])
    assert isinstance(found, Article)
    assert found.path is not None
    assert found.path.encode().endswith("draf\ufffd.txt".encode())


@pytest.mark.parametrize(
    "raw",
    [
        b"Satu.\r\nDua.\r\n",
        b"\xef\xbb\xbf\xe2\x80\x9cSatu\xe2\x80\x9d\n",
        b"\xff\xfe" + "Satu “dua”\r\n".encode("utf-16-le"),
        "“Satu” – dua\r".encode("cp1252"),
        "â€œSatuâ€\x9d".encode(),
        "“Satu” “dua” ".encode() + b"\x93tiga",
    ],
)
def test_a_draft_is_written_again_byte_for_byte(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "x.txt").write_bytes(raw)
    draft = read_draft(tmp_path / "x.txt")
    assert encode(draft, draft.text) == raw
    changed = encode(draft, draft.text + "Akhir")
    assert read_draft("x.txt", changed).text == draft.text + "Akhir"
    assert changed.startswith(draft.bom)


def test_a_text_named_json_is_no_sidecar_of_itself(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("Rapat digelar.\n", encoding="utf-8")
    assert read_draft(tmp_path / "x.json").text == "Rapat digelar.\n"


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (b'{"text": "Rapat."}\n', True),
        (b'\xef\xbb\xbf {"id": "a", "lain": 1}\n', True),
        (b'{"text": "Rapat', True),  # a line longer than what was read
        (b'{"judul": "Rapat."}\n', False),
        (b"{Rapat} digelar.\n", False),
        (b"Rapat digelar.\n", False),
    ],
)
def test_articles_are_told_from_a_text_by_their_first_line(head: bytes, told: bool) -> None:
    assert looks_like_articles(head) is told


def test_a_sign_the_encoding_lacks_is_refused() -> None:
    draft = read_draft("x.txt", "“Satu”".encode("cp1252"))
    with pytest.raises(SourceError, match="cp1252 has no sign"):
        encode(draft, "Satu → dua")


@pytest.mark.parametrize("how", ["ab", "r+b"], ids=["added to", "written over"])
def test_a_draft_that_is_being_written_is_not_read_by_halves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    path = tmp_path / "draf.txt"
    path.write_text("Rapat digelar di balai.\n" * 10)
    os.utime(path, (1e9, 1e9))

    class Written(io.FileIO):
        """A file that somebody writes to as it is read."""

        def read(self, size: int = -1) -> bytes:
            raw = super().read(size)
            with path.open(how) as other:
                other.write(b"Dan lagi.\n")
            return raw

    monkeypatch.setattr("extractor.sources.files.open_file", Written)
    (found,) = articles([path])
    assert isinstance(found, SourceError)
    assert "changed while it was being read" in found.reason
