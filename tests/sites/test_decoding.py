"""Bytes of pages into text, by our own order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.sites.decoding import decode_page

WORDS = "“Jumat” – Rp 5.000 café"


def meta(name: str) -> str:
    return f'<meta http-equiv="Content-Type" content="text/html; charset={name}">'


@pytest.mark.parametrize(
    ("body", "content_type", "encoding"),
    [
        (WORDS.encode(), "", "utf-8"),
        (b"\xef\xbb\xbf" + WORDS.encode(), "text/html; charset=iso-8859-1", "utf-8"),
        (WORDS.encode(), "text/html; charset=iso-8859-1", "utf-8"),
        ((meta("windows-1252") + WORDS).encode(), "", "utf-8"),
        (WORDS.encode("cp1252"), "", "cp1252"),
        (WORDS.encode("cp1252"), "text/html; charset=utf-8", "cp1252"),
        ((meta("utf-8") + WORDS).encode("cp1252"), "", "cp1252"),
        (WORDS.encode("cp1252"), "text/html; charset=iso-8859-1", "cp1252"),
        (WORDS.encode("cp1252"), "text/html; charset=bogus-9", "cp1252"),
        (WORDS.encode("cp1252"), "text/html; charset=base64", "cp1252"),
        (WORDS.encode("utf-16"), "text/html; charset=utf-8", "utf-16-le"),
        ((WORDS * 9).encode("utf-16-le"), "", "utf-16-le"),
        ((WORDS * 9).encode("utf-16-be"), "", "utf-16-be"),
        (("Kegiatan " * 30 + WORDS).encode() + b"\x93akhir\x94", "", "utf-8"),
    ],
)  # fmt: skip
def test_the_encoding_is_told_in_our_order(body: bytes, content_type: str, encoding: str) -> None:
    text, told = decode_page(body, content_type)
    assert told == encoding
    assert WORDS in text
    assert "\ufffd" not in text


def test_the_header_comes_before_the_page() -> None:
    body = (meta("windows-1251") + "caf\xe9").encode("latin-1")
    assert decode_page(body, "text/html; charset=koi8-r")[1] == "koi8-r"
    assert decode_page(body)[1] == "cp1251"


def test_nul_is_left_out() -> None:
    assert decode_page(b"<p>Wali\0 Kota hadir di balai kelurahan.</p>")[0].startswith(
        "<p>Wali Kota"
    )


@given(st.binary(max_size=200), st.text(max_size=20))
def test_no_bytes_raise(body: bytes, content_type: str) -> None:
    text, _encoding = decode_page(body, f"text/html; charset={content_type}")
    assert "\0" not in text
    text.encode()
