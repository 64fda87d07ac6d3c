"""Bytes into text and back: encodings, mojibake, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.editing.edits import apply
from extractor.errors import SourceError
from extractor.sources.text import decode, mend, mends, without_surrogates

QUOTED = "“Kami siap – malam ini juga,” kata José."


@pytest.mark.parametrize(
    ("raw", "text", "encoding"),
    [
        (QUOTED.encode(), QUOTED, "utf-8"),
        (b"\xef\xbb\xbf" + QUOTED.encode(), QUOTED, "utf-8"),
        (b"\xff\xfe" + QUOTED.encode("utf-16-le"), QUOTED, "utf-16-le"),
        (b"\xfe\xff" + QUOTED.encode("utf-16-be"), QUOTED, "utf-16-be"),
        (b"\xff\xfe\0\0" + QUOTED.encode("utf-32-le"), QUOTED, "utf-32-le"),
        (b"\0\0\xfe\xff" + QUOTED.encode("utf-32-be"), QUOTED, "utf-32-be"),
        (QUOTED.encode("utf-16-le"), QUOTED, "utf-16-le"),
        (QUOTED.encode("utf-16-be"), QUOTED, "utf-16-be"),
        (QUOTED.encode("cp1252"), QUOTED, "cp1252"),
        (b"Satu\r\nDua\rTiga\n\x1a", "Satu\r\nDua\rTiga\n\x1a", "utf-8"),
    ],
)
def test_encodings_are_told_and_written_again(raw: bytes, text: str, encoding: str) -> None:
    found = decode(raw, "a.txt")
    assert (found.text, found.encoding, found.lossless) == (text, encoding, True)
    assert found.bom + found.text.encode(found.encoding) == raw


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (
            "“Siap,” kata Wira. “Ayo,” ".encode() + b"\x93lagi\x94.",
            "“Siap,” kata Wira. “Ayo,” “lagi”.",
        ),
        ("Rapat ditutup dengan doa. “".encode()[:-1], "Rapat ditutup dengan doa. \ufffd"),
        (b"\xef\xbb\xbfCaf\xe9", "Café"),
    ],
)
def test_stray_bytes_cost_no_letter_around_them(raw: bytes, text: str) -> None:
    found = decode(raw, "a.txt")
    assert (found.text, found.lossless) == (text, False)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"\xff\xfe \0\n\0", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n", "PNG"),
        (b"{\\rtf1 Halo}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "Microsoft Office"),
        (b"Awal\0\0\0\x01akhir", "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
        (bytes(range(0xC0, 0xFF)) * 3, "encoding"),
        (b"Teks \x81\x8d\x8f biasa saja yang panjang", "encoding"),
        (b"\xff\xfe" + b"\x00\xd8" * 5 + b"a\0", "UTF-16-LE"),
    ],
)
def test_refusals_name_the_reason(raw: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        decode(raw, "draf.txt")


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("â€œKami siap,â€\x9d kata Wira.", "“Kami siap,” kata Wira."),
        ("Pelabuhan â€“ Terminal\r\nWarga Ã© lain", "Pelabuhan – Terminal\r\nWarga é lain"),
        ("Suhu 30Â°C", "Suhu 30°C"),
        (QUOTED, QUOTED),
        ("Âgung dan Ãnugrah hadir", "Âgung dan Ãnugrah hadir"),
        ("“Kami  siap”\u2028 &amp; ﬁnal", "“Kami  siap”\u2028 &amp; ﬁnal"),
    ],
)
def test_only_mojibake_is_mended(broken: str, mended: str) -> None:
    assert mend(broken) == mended
    assert apply(broken, mends(broken)).text == mended


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(raw: bytes) -> None:
    try:
        found = decode(raw, "a.txt")
    except SourceError:
        return
    if found.lossless:
        assert found.bom + found.text.encode(found.encoding) == raw
    found.text.encode("utf-8")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_mending_is_the_edits_it_tells(text: str) -> None:
    broken = text.encode("utf-8").decode("cp1252", "replace")
    assert apply(broken, mends(broken)).text == mend(broken)


def test_lone_surrogates_are_replaced_and_pairs_joined() -> None:
    assert without_surrogates("a\ud83d\ude00b\ud83dc") == "a😀b\ufffdc"
