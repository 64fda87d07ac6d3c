"""WARC files of other tools, and broken ones: every page is read, and what is not is told."""

import gzip
import hashlib
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.errors import SourceError
from extractor.fetching.warc import read_exchanges
from tests.examples import examples
from tests.fetching.made_warc import record, zipped
from tests.fetching.test_warc import told_nothing

URL = "http://kota.example/berita/a.html"
PAGE = b"<p>Rapat dibuka.</p>"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
GET = b"GET /berita/a.html HTTP/1.1\r\nHost: kota.example\r\n\r\n"
INFO = record("warcinfo", None, b"software: other\r\n", Record_ID="<urn:uuid:0>")

# name: (records, what is read of each: status, body)
FOREIGN: dict[str, tuple[list[bytes], list[tuple[int, bytes]]]] = {
    "response, then request": (
        [
            record("response", URL, OK, Record_ID="<urn:uuid:1>"),
            record("request", URL, GET, Record_ID="<urn:uuid:2>", Concurrent_To="<urn:uuid:1>"),
        ],
        [(200, PAGE)],
    ),
    "wget: request, then response that names it, target in brackets": (
        [
            record("request", f"<{URL}>", GET, Record_ID="<urn:uuid:1>"),
            record("response", f"<{URL}>", OK, Record_ID="<urn:uuid:2>", Concurrent_To="<urn:uuid:1>"),
            record("metadata", "metadata://gnu.org/software/wget/warc/MANIFEST.txt", b"<urn:uuid:0>\n"),
            record("resource", "metadata://gnu.org/software/wget/warc/wget.log", b"log\n"),
        ],
        [(200, PAGE)],
    ),
    "Common Crawl: three records, headers renamed, body inflated and de-chunked": (
        [
            record("request", URL, GET, Record_ID="<urn:uuid:1>", Concurrent_To="<urn:uuid:2>"),
            record(
                "response", URL,
                b"HTTP/1.1 200 OK\r\nX-Crawl-Content-Encoding: gzip\r\nX-Crawl-Transfer-Encoding: chunked\r\n"
                b"Content-Length: 20\r\n\r\n" + PAGE,
                Record_ID="<urn:uuid:2>",
            ),
            record("metadata", URL, b"fetchTimeMs: 12\r\n", Record_ID="<urn:uuid:3>", Concurrent_To="<urn:uuid:2>"),
        ],
        [(200, PAGE)],
    ),
    "HTTP/2 without a reason": (
        [record("response", URL, b"HTTP/2 200\r\ncontent-type: text/html\r\n\r\n" + PAGE)],
        [(200, PAGE)],
    ),
    "HTTP/2.0 with a blank behind": ([record("response", URL, b"HTTP/2.0 200 \r\n\r\n" + PAGE)], [(200, PAGE)]),
    "chunks kept": (
        [record("response", URL, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<p>R\r\n10;x=1\r\napat dibuka.</p>\r\n0\r\n\r\n")],
        [(200, PAGE)],
    ),
    "chunks told but not kept": (
        [record("response", URL, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + PAGE)],
        [(200, PAGE)],
    ),
    "bare line feeds": ([record("response", URL, b"HTTP/1.1 404 Not Found\nA: b\n\n" + PAGE)], [(404, PAGE)]),
    "a folded header": ([record("response", URL, b"HTTP/1.1 200 OK\r\nA: b\r\n c\r\nnonsense\r\n\r\n" + PAGE)], [(200, PAGE)]),
    "headers alone": ([record("response", URL, b"HTTP/1.1 301 Moved\r\nLocation: /b\r\n\r\n")], [(301, b"")]),
    "a page saved as a resource": ([record("resource", URL, PAGE)], [(200, PAGE)]),
    "a request without an answer": ([record("request", URL, GET, Record_ID="<urn:uuid:1>")], []),
    "other kinds": (
        [record("dns", "dns:kota.example", b"20200102 kota"), record("conversion", URL, b"teks")],
        [],
    ),
    "two answers to one address": (
        [
            record("response", URL, OK, Record_ID="<urn:uuid:1>"),
            record("response", URL, OK.replace(b"dibuka", b"ditutup"), Record_ID="<urn:uuid:2>"),
        ],
        [(200, PAGE), (200, PAGE.replace(b"dibuka", b"ditutup"))],
    ),
}  # fmt: skip


@pytest.mark.parametrize("zipped_file", [True, False], ids=["gz", "plain"])
@pytest.mark.parametrize("name", FOREIGN)
def test_pages_of_other_tools_are_read(tmp_path: Path, name: str, zipped_file: bool) -> None:
    records, expected = FOREIGN[name]
    path = tmp_path / "file.warc"
    path.write_bytes(zipped(INFO, *records) if zipped_file else b"".join([INFO, *records]))
    found = list(read_exchanges(path, tell=told_nothing))
    assert [(one.status, one.body) for one in found] == expected
    assert {one.url for one in found} <= {URL}


def test_a_request_is_found_on_either_side_of_its_response(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    for name in list(FOREIGN)[:3]:
        path.write_bytes(b"".join(FOREIGN[name][0]))
        (one,) = read_exchanges(path, tell=told_nothing)
        assert (one.method, one.request_headers) == ("GET", (("Host", "kota.example"),)), name


BAD = record("response", URL, OK)
# name: (bytes, answers read, what is told)
BROKEN: dict[str, tuple[bytes, int, str]] = {
    "no length": (BAD + BAD.replace(b"Content-Length", b"Content-Lenght") + BAD, 2, "without a Content-Length"),
    "length no number": (BAD + BAD.replace(b"Content-Length: ", b"Content-Length: -") + BAD, 2, "without a Content-Length"),
    "length too great": (BAD + BAD.replace(b"Content-Length: ", b"Content-Length: 9") + BAD, 2, "inside a record"),
    "noise between records": (BAD + b"noise\r\n\r\n" + BAD, 2, "no record begins"),
    "no HTTP in it": (BAD + record("response", URL, b"<p>Rapat") + BAD, 2, "no HTTP status line"),
    "an empty response": (BAD + record("response", URL, b"") + BAD, 2, "no HTTP status line"),
    "torn": (BAD + BAD[:-30], 1, "inside a record"),
    "torn in its head": (BAD + BAD[:40], 1, "inside a record"),
    "endless head": (BAD + b"WARC/1.0\r\n" + b"A: b\r\n" * 200_000 + BAD, 2, "head has no end"),
    "endless line": (BAD + b"WARC/1.0\r\nA: " + b"b" * 1_200_000 + b"\r\n\r\n" + BAD, 2, "head has no end"),
    "a revisit": (BAD + record("revisit", URL, b"HTTP/1.1 200 OK\r\n\r\n"), 1, "a revisit record of"),
    "a continued record": (BAD + record("continuation", URL, b"rest"), 1, "a continuation record of"),
    "another digest": (record("response", URL, OK, Block_Digest="sha1:" + "A" * 32), 1, "does not fit its digest"),
}  # fmt: skip


@pytest.mark.parametrize("zipped_file", [True, False], ids=["gz", "plain"])
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_record_is_told_and_those_around_it_are_read(
    tmp_path: Path, name: str, zipped_file: bool
) -> None:
    raw, answers, said = BROKEN[name]
    path = tmp_path / "file.warc.gz"
    path.write_bytes(gzip.compress(raw) if zipped_file else raw)
    told: list[str] = []
    found = list(read_exchanges(path, tell=told.append))
    # inside one gzip member the rest cannot be told from the broken part, so it is told once more
    assert len(found) == answers or (zipped_file and len(found) >= 1)
    assert any(said in line and str(path.name) in line for line in told), told


@pytest.mark.parametrize("name", [name for name in BROKEN if "too great" not in name])
def test_a_broken_record_in_its_own_member_costs_no_other(tmp_path: Path, name: str) -> None:
    raw, answers, said = BROKEN[name]
    parts = raw.split(BAD)
    path = tmp_path / "file.warc.gz"
    path.write_bytes(zipped(*[part for at, one in enumerate(parts) for part in ([BAD] if at else []) + ([one] if one else [])]))  # fmt: skip
    told: list[str] = []
    assert len(list(read_exchanges(path, tell=told.append))) == answers
    assert any(said in line for line in told), told


@pytest.mark.parametrize(
    "digest",
    [
        "sha1:" + hashlib.sha1(OK).hexdigest(),
        "SHA-1:" + hashlib.sha1(OK).hexdigest().upper(),
        "sha256:" + hashlib.sha256(OK).hexdigest(),
        "blake9:abc",
        "sha1:",
        "nonsense",
    ],
)
def test_digests_in_any_form_fit_and_unknown_ones_are_no_fault(tmp_path: Path, digest: str) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(record("response", URL, OK, Block_Digest=digest))
    assert len(list(read_exchanges(path, tell=told_nothing))) == 1


@pytest.mark.parametrize(
    ("pattern", "hosts"),
    [
        (None, ["a.example", "www.b.example", "A.example"]),
        ("a.example", ["a.example", "A.example"]),
        ("*.example", ["a.example", "www.b.example", "A.example"]),
        ("*.b.example", ["www.b.example"]),
        ("c.example", []),
    ],
)
def test_a_host_pattern_chooses(tmp_path: Path, pattern: str | None, hosts: list[str]) -> None:
    path = tmp_path / "a.warc.gz"
    urls = [f"http://{host}:8080/" for host in ("a.example", "www.b.example", "A.example")]
    path.write_bytes(zipped(*(record("response", url, OK) for url in [*urls, "http://[::bad/"])))
    told: list[str] = []
    found = read_exchanges(path, pattern, told.append)
    assert [one.url.split("/")[2].split(":")[0] for one in found if "bad" not in one.url] == hosts


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html>", "no WARC file"),
        (gzip.compress(b"<html>"), "no WARC file"),
        (b"\x1f\x8b\x08", "no WARC file"),
        (b"PK\x03\x04....", "WACZ"),
        (b"\x28\xb5\x2f\xfd....", "Zstandard"),
        (b"filedesc://a.arc", "ARC file"),
        (b"\0" * 100, "no WARC file"),
    ],
)
def test_what_is_no_warc_is_told_in_one_line(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=said) as caught:
        list(read_exchanges(path))
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.warc.gz", tmp_path):
        with pytest.raises(SourceError, match=str(path)):
            list(read_exchanges(path))


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"")
    assert list(read_exchanges(path, tell=told_nothing)) == []


def test_a_huge_record_is_cut_and_marked_and_never_held(tmp_path: Path) -> None:
    block = b"HTTP/1.1 200 OK\r\n\r\n" + b"a" * (40 << 20)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(zipped(record("response", URL, block), BAD))
    tracemalloc.start()
    try:
        found = [(one.truncated, len(one.body)) for one in read_exchanges(path, tell=told_nothing, limit=1 << 20)]  # fmt: skip
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == [("length", (1 << 20) - 19), (None, len(PAGE))]
    assert peak < 8 << 20


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Path]:
    """Many kinds of records, uncompressed; and a path to write to."""
    raw = b"".join([INFO, *(part for records, _ in FOREIGN.values() for part in records)])
    return raw, tmp_path_factory.mktemp("mixed") / "mixed.warc.gz"


@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.booleans(),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=20)), max_size=5),
)
def test_whatever_is_broken_what_can_be_read_is_read_and_nothing_else_is_raised(
    mixed: tuple[bytes, Path], zipped_file: bool, breaks: list[tuple[float, int, bytes]]
) -> None:
    raw, path = mixed
    parts = [b"WARC/1.0" + part for part in raw.split(b"WARC/1.0")[1:]]
    whole = zipped(*parts) if zipped_file else raw
    for where, gone, put in breaks:
        at = int(where * len(whole))
        whole = whole[:at] + put + whole[at + gone :]
    path.write_bytes(whole)
    told: list[str] = []
    try:
        found = list(read_exchanges(path, tell=told.append))
    except SourceError:
        assert breaks
        return
    expected = sum(len(answers) for _, answers in FOREIGN.values())
    # each break spoils at most two records where they have members of their own
    assert not zipped_file or len(found) >= expected - 2 * len(breaks) - 2
    assert breaks or (len(found) == expected and not told)
