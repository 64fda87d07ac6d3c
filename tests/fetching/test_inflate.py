"""Bodies come out of their encoding whole, or with the reason why not."""

import contextlib
import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.fetching import inflate as inflating
from extractor.fetching.inflate import (
    BadEncoding,
    BodyTooLarge,
    InflateError,
    TruncatedBody,
    UnknownEncoding,
    accepted,
    inflate,
)
from tests.examples import examples

brotli = pytest.importorskip("brotli")
MB = 1 << 20


def raw_deflate(body: bytes) -> bytes:
    return zlib.compress(body, wbits=-15)


def halves(body: bytes) -> bytes:
    return gzip.compress(body[: len(body) // 2]) + gzip.compress(body[len(body) // 2 :])


CODINGS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "none": ("", bytes),
    "identity": ("identity", bytes),
    "gzip": ("gzip", gzip.compress),
    "capitals": (" GZip ", gzip.compress),
    "x-gzip": ("x-gzip", gzip.compress),
    "two members": ("gzip", halves),
    "padding behind": ("gzip", lambda body: gzip.compress(body) + b"\0" * 700),
    "noise behind": ("gzip", lambda body: gzip.compress(body) + b"<!-- cache -->"),
    "deflate": ("deflate", zlib.compress),
    "deflate without wrapper": ("deflate", raw_deflate),
    "br": ("br", brotli.compress),
    "twice": ("gzip, gzip", lambda body: gzip.compress(gzip.compress(body))),
    "two kinds": ("br, gzip", lambda body: gzip.compress(brotli.compress(body))),
    "three": ("deflate,identity,br , gzip", lambda body: gzip.compress(brotli.compress(zlib.compress(body)))),
}  # fmt: skip


@pytest.mark.parametrize("name", CODINGS)
@settings(max_examples=examples(60), deadline=None)
@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=100).map(str.encode)), st.integers(1, 400)
)
def test_what_was_encoded_comes_back(name: str, body: bytes, times: int) -> None:
    encoding, encode = CODINGS[name]
    assert inflate(encode(body * times), encoding, MB) == body * times


@pytest.mark.parametrize("name", [name for name in CODINGS if name not in ("none", "identity")])
def test_a_body_cut_at_any_byte_is_never_taken_for_whole(name: str) -> None:
    encoding, encode = CODINGS[name]
    body = b"".join(b"Paragraf %d tentang pelatihan.\n" % n for n in range(120))
    whole = encode(body)
    for cut in range(1, len(whole)):
        try:
            got = inflate(whole[:cut], encoding, MB)
        except InflateError as error:
            partial = getattr(error, "partial", b"")
            assert body.startswith(partial) or "," in encoding, cut
            continue
        # what stands behind the last member may be missing, a member that has not begun too
        assert got == body or (name == "two members" and got == body[: len(body) // 2]), cut
        assert name in ("two members", "padding behind", "noise behind"), cut


def test_a_cut_body_gives_what_could_be_had() -> None:
    body = bytes(range(256)) * 40
    with pytest.raises(TruncatedBody, match="truncated gzip") as caught:
        inflate(gzip.compress(body, 0)[:-500], "gzip", MB)
    assert len(caught.value.partial) > 9000
    assert body.startswith(caught.value.partial)


BOMBS = {
    "gzip": ("gzip", gzip.compress(b"\0" * (64 * MB))),
    "deflate": ("deflate", zlib.compress(b"\0" * (64 * MB))),
    "deflate without wrapper": ("deflate", raw_deflate(b"\0" * (64 * MB))),
    "br": ("br", brotli.compress(b"\0" * (64 * MB), quality=3)),
    "gzip in gzip": ("gzip, gzip", gzip.compress(gzip.compress(b"\0" * (64 * MB)))),
    "many members": ("gzip", gzip.compress(b"\0" * MB) * 64),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_before_it_is_held(name: str) -> None:
    encoding, bomb = BOMBS[name]
    tracemalloc.start()
    try:
        with pytest.raises(BodyTooLarge, match=str(2 * MB)):
            inflate(bomb, encoding, 2 * MB)
        assert tracemalloc.get_traced_memory()[1] < 8 * MB
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("encoding", [None, "gzip"])
def test_the_limit_is_the_last_byte_that_passes(encoding: str | None) -> None:
    body = b"a" * 1000
    served = gzip.compress(body) if encoding else body
    assert inflate(served, encoding, 1000) == body
    with pytest.raises(BodyTooLarge):
        inflate(served, encoding, 999)


@pytest.mark.parametrize(
    ("body", "encoding", "error"),
    [
        (b"abc", "zstd", UnknownEncoding),
        (b"abc", "gzip, " + "x" * 5000, UnknownEncoding),
        (b"abc", "gzip", BadEncoding),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xff\xff\xff\xff", "gzip", BadEncoding),
        (b"\xff\xff\xff\xff", "deflate", BadEncoding),
        (b"\xff" * 40, "br", BadEncoding),
        (gzip.compress(b"a" * 99)[:-8] + b"\0" * 8, "gzip", BadEncoding),
        (b"abc", ", ".join(["gzip"] * 4), BadEncoding),
    ],
)
def test_what_cannot_be_read_says_so(body: bytes, encoding: str, error: type[InflateError]) -> None:
    with pytest.raises(error) as caught:
        inflate(body, encoding, MB)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "gzip, gzip"])
@pytest.mark.parametrize(
    "body", [b"", b"<html><p>Rapat</p>", b"\xef\xbb\xbf\r\n <!DOCTYPE html>" + b"x" * 99]
)
def test_a_page_that_was_never_compressed_is_taken_as_it_is(body: bytes, encoding: str) -> None:
    assert inflate(body, encoding, MB) == body


def test_br_is_asked_for_only_where_it_can_be_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    assert accepted() == "gzip, deflate, br"
    monkeypatch.setattr(inflating, "brotli", None)
    assert accepted() == "gzip, deflate"
    with pytest.raises(UnknownEncoding):
        inflate(brotli.compress(b"a"), "br", MB)


@settings(max_examples=examples(300), deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate", "br", "gzip, deflate"]))
def test_no_body_raises_anything_else(body: bytes, encoding: str) -> None:
    with contextlib.suppress(InflateError):
        assert len(inflate(body, encoding, MB)) <= MB
