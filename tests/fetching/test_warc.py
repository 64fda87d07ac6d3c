"""What goes into a WARC file comes out of it, and other tools have nothing against the file."""

import gzip
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.errors import UsageError
from extractor.fetching.warc import Exchange, WarcWriter, read_exchanges, read_places
from tests.examples import examples
from tests.fetching.made_warc import exchange, faults_elsewhere

HTML = b"<html><body><p>Wali kota membuka pelatihan.</p></body></html>"


def written(folder: Path, *exchanges: Exchange) -> Path:
    with WarcWriter(folder, "kota", info={"software": "rilis/0.1", "robots": "obey"}) as writer:
        for one in exchanges:
            writer.write(one)
    (path,) = folder.glob("*.warc.gz")
    return path


def told_nothing(said: str) -> None:
    raise AssertionError(said)


EXCHANGES = {
    "a page": exchange(body=HTML),
    "query": exchange("http://kota.example/cari?q=a%20b&page=2#bagian"),
    "repeated headers": exchange(
        response_headers=(("Set-Cookie", "a=1"), ("X-A", ""), ("Set-Cookie", "b=2; path=/"))
    ),
    "headers beyond ascii": exchange(response_headers=(("X-Kantor", "Kec. Gunung \xe9\xff\xa0x"),)),
    "chunked": exchange(body=HTML, response_headers=(("Transfer-Encoding", "chunked"),)),
    "compressed": exchange(
        body=gzip.compress(HTML), response_headers=(("Content-Encoding", "gzip"), ("Vary", "*"))
    ),
    "compressed and cut": exchange(
        body=gzip.compress(HTML)[:-9],
        response_headers=(("Content-Encoding", "gzip"),),
    ),
    "body cut by the network": exchange(
        body=HTML, truncated="disconnect", error="peer closed", response_headers=(("Content-Length", "900"),)
    ),
    "cut for its length": exchange(body=HTML, truncated="length", error="more than 60 bytes"),
    "cut for its time": exchange(body=b"", truncated="time", error="not done within 4 seconds"),
    "not modified": exchange(status=304, reason="Not Modified", body=b"", response_headers=(("ETag", '"a"'), ("Content-Length", "512"))),
    "head": exchange(method="HEAD", body=b"", response_headers=(("Content-Length", "512"),)),
    "server error": exchange(status=500, reason="Internal Server Error", body=b"galat"),
    "no reason": exchange(status=200, reason=""),
    "old version": exchange(http_version="HTTP/1.0"),
    "no headers": exchange(response_headers=()),
    "posted": exchange(method="POST", request_body=b'{"page": 2}\r\n\r\nsisa'),
    "refused connection": exchange(
        status=0, reason="", http_version="", response_headers=(), body=b"", ip=None,
        request_headers=(), error="connection refused",
    ),
    "no answer in time": exchange(
        status=0, reason="", response_headers=(), body=b"", error="no answer within 30 seconds"
    ),
    "body that looks like a record": exchange(body=b"WARC/1.1\r\nWARC-Type: response\r\n\r\n"),
    "body of line breaks": exchange(body=b"\r\n\r\n\r\n\r\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", EXCHANGES)
def test_an_exchange_comes_back_as_it_was(tmp_path: Path, name: str) -> None:
    one = EXCHANGES[name]
    path = written(tmp_path, one)
    assert list(read_exchanges(path, tell=told_nothing)) == [one]
    assert faults_elsewhere(path) == []


def test_all_exchanges_of_a_file_come_back_in_order(tmp_path: Path) -> None:
    path = written(tmp_path, *EXCHANGES.values())
    assert list(read_exchanges(path, tell=told_nothing)) == list(EXCHANGES.values())
    assert faults_elsewhere(path) == []


_tokens = st.from_regex(r"[A-Za-z][A-Za-z0-9-]{0,12}", fullmatch=True).filter(
    # names that tell how the body is kept
    lambda name: (
        name.lower() not in ("content-length", "transfer-encoding")
        and not name.lower().startswith("x-crawl-")
    )
)
_values = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=30).map(
    lambda value: value.strip(" \t\x1c\x1d\x1e\x1f\x85\xa0\x0b\x0c")
)
_headers = st.lists(st.tuples(_tokens, _values), max_size=6).map(tuple)
_made = st.builds(
    exchange,
    url=st.from_regex(r"https?://[a-z]{1,8}\.example/[a-z0-9/.-]{0,20}(\?[a-z]=[a-z0-9%]{0,9})?", fullmatch=True),
    request_headers=_headers.map(lambda headers: (("Host", "a.example"), *headers)),
    status=st.integers(100, 599),
    reason=st.from_regex(r"([A-Za-z]+( [A-Za-z]+)*)?", fullmatch=True),
    response_headers=_headers,
    body=st.binary(max_size=400),
    truncated=st.sampled_from([None, "length", "time", "disconnect"]),
    error=st.one_of(st.none(), st.from_regex(r"[a-z]+( [a-z:]+)*[a-z]", fullmatch=True)),
    ip=st.sampled_from([None, "10.0.0.1", "2001:db8::1"]),
)  # fmt: skip


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_made, min_size=1, max_size=4))
def test_whatever_is_served_comes_back(
    tmp_path_factory: pytest.TempPathFactory, made: list[Exchange]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda handle: None)
        path = written(tmp_path_factory.mktemp("warc"), *made)
    assert list(read_exchanges(path, tell=told_nothing)) == made


def test_records_hold_what_the_standard_asks_for(tmp_path: Path) -> None:
    path = written(tmp_path, EXCHANGES["body cut by the network"])
    info, request, response, metadata = re.split(rb"(?=WARC/1\.1\r\n)", gzip.decompress(path.read_bytes()))[1:]  # fmt: skip
    assert b"WARC-Type: warcinfo" in info
    assert b"software: rilis/0.1\r\nrobots: obey\r\n" in info
    assert f"WARC-Filename: {path.name}".encode() in info
    assert b"GET /berita?page=2 HTTP/1.1\r\nHost: kota.example\r\n" in request
    assert b"HTTP/1.1 200 OK\r\nX-Crawl-Content-Length: 900\r\n\r\n" + HTML in response
    assert b"WARC-Truncated: disconnect" in response
    assert b"WARC-IP-Address: 127.0.0.1" in response
    assert b"WARC-Payload-Digest: sha1:" in response
    assert b"WARC-Block-Digest: sha1:" in response
    assert b"error: peer closed" in metadata
    response_id = re.search(rb"WARC-Record-ID: (\S+)", response)
    info_id = re.search(rb"WARC-Record-ID: (\S+)", info)
    assert response_id
    assert info_id
    for beside in (request, metadata):
        assert b"WARC-Concurrent-To: " + response_id[1] in beside
        assert b"WARC-Warcinfo-ID: " + info_id[1] in beside


def test_a_line_break_in_what_is_served_makes_no_header_of_its_own(tmp_path: Path) -> None:
    evil = exchange(
        "http://kota.example/a\r\nWARC-Type: warcinfo",
        reason="OK\r\nX-Evil: 1",
        response_headers=(("X-A", "1\r\nSet-Cookie: x=1"),),
        error="peer\r\nerror: other",
    )
    path = written(tmp_path, evil)
    (back,) = read_exchanges(path, tell=told_nothing)
    assert back.url == "http://kota.example/aWARC-Type:warcinfo"
    assert back.response_headers == (("X-A", "1 Set-Cookie: x=1"),)
    assert back.error == "peer error: other"
    assert faults_elsewhere(path) == []


def test_a_place_leads_to_its_response(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, "kota", max_bytes=1500) as writer:
        places = [writer.write(one) for one in EXCHANGES.values()]
    files = sorted(tmp_path.glob("*.warc.gz"))
    assert len(files) > 3
    read = [pair for path in files for pair in read_places(path, tell=told_nothing)]
    assert read == list(zip(places, EXCHANGES.values(), strict=True))
    for place in places:
        raw = gzip.decompress((tmp_path / place.file).read_bytes()[place.offset :])
        assert place.record_id.encode() in raw.partition(b"\r\n\r\n")[0]
    for path in files:
        assert faults_elsewhere(path) == []


@pytest.mark.parametrize("prefix", ["", "../kota", "a/b", "a\\b", "kota\n", ".", "..", "-x", "k\0"])
def test_a_prefix_that_could_leave_the_folder_is_refused(tmp_path: Path, prefix: str) -> None:
    with pytest.raises(UsageError, match="letters, digits"):
        WarcWriter(tmp_path, prefix)


def test_two_writers_in_one_second_never_share_a_file(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, "kota") as one, WarcWriter(tmp_path, "kota") as two:
        assert one.write(exchange()).file != two.write(exchange()).file


def test_an_exchange_is_on_the_disk_before_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (synced.append(os.fstat(handle).st_size), fsync(handle)))  # fmt: skip
    with WarcWriter(tmp_path, "kota") as writer:
        place = writer.write(exchange())
        assert synced[-1] == (tmp_path / place.file).stat().st_size
        assert len(list(read_exchanges(tmp_path / place.file, tell=told_nothing))) == 1


def _no_room(*_: object) -> int:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("what", ["write", "half", "fsync"])
@pytest.mark.parametrize("already", [0, 1, 2])
def test_a_full_disk_leaves_whole_exchanges_and_the_writer_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, already: int
) -> None:
    with WarcWriter(tmp_path, "kota") as writer:
        for _ in range(already):
            writer.write(exchange())
        with monkeypatch.context() as patch:
            _fill(patch, what)
            with pytest.raises(OSError, match="No space"):
                writer.write(exchange(body=HTML))
        kept = [
            one for path in tmp_path.glob("*") for one in read_exchanges(path, tell=told_nothing)
        ]
        assert kept == [exchange()] * already
        place = writer.write(replace(exchange(), body=HTML))
    path = tmp_path / place.file
    assert [one.body for one in read_exchanges(path, tell=told_nothing)][-1] == HTML
    assert faults_elsewhere(path) == []


def _fill(patch: pytest.MonkeyPatch, what: str) -> None:
    if what == "fsync":
        patch.setattr(os, "fsync", _no_room)
        return
    append = WarcWriter._append

    class Full:
        def __init__(self, file: BinaryIO) -> None:
            self.file = file
            self.left = 50 if what == "half" else 0

        def write(self, raw: memoryview) -> int:
            if not self.left:
                _no_room()
            done = self.file.write(raw[: self.left])
            self.left -= done
            return done

        def __getattr__(self, name: str) -> object:
            return getattr(self.file, name)

    patch.setattr(WarcWriter, "_append", lambda self, file, raw: append(self, Full(file), raw))


def test_what_was_written_before_a_failed_write_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with WarcWriter(tmp_path, "kota") as writer:
        writer.write(exchange(), sync=False)
        with monkeypatch.context() as patch:
            _fill(patch, "half")
            with pytest.raises(OSError, match="No space"):
                writer.write(exchange(body=HTML))
        writer.sync()
    (path,) = tmp_path.glob("*")
    assert list(read_exchanges(path, tell=told_nothing)) == [exchange()]
    assert faults_elsewhere(path) == []
