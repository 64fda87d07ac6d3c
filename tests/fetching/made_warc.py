"""Exchanges and WARC files to test with, our own and in the manner of other tools."""

import gzip
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from extractor.fetching.warc import Exchange

REQUEST = (("Host", "kota.example"), ("User-Agent", "rilis/0.1 (+surel@kota.example)"))


def exchange(url: str = "http://kota.example/berita?page=2", **changes: object) -> Exchange:
    fields: dict[str, object] = {
        "method": "GET",
        "url": url,
        "request_headers": REQUEST,
        "http_version": "HTTP/1.1",
        "status": 200,
        "reason": "OK",
        "response_headers": (("Content-Type", "text/html; charset=utf-8"),),
        "body": b"<p>Rapat koordinasi dibuka.</p>",
        "date": "2024-05-03T02:11:09Z",
        "ip": "127.0.0.1",
        **changes,
    }
    return Exchange(**fields)  # type: ignore[arg-type]


def record(kind: str, url: str | None, block: bytes, **headers: str) -> bytes:
    """One record as bytes, with the headers a bare tool writes; ``Concurrent_To="x"`` adds more."""
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        *([f"WARC-Target-URI: {url}"] if url else []),
        "WARC-Date: 2020-01-02T03:04:05Z",
        *(f"WARC-{name.replace('_', '-')}: {value}" for name, value in headers.items()),
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def zipped(*records: bytes) -> bytes:
    return b"".join(gzip.compress(one, mtime=0) for one in records)


class _Inputs:
    verbose = False

    def __init__(self, path: Path) -> None:
        self.inputs = [str(path)]


def faults_elsewhere(path: Path) -> list[str]:
    """What warcio, fastwarc and gunzip have against a file. warcio and fastwarc pass over a record
    that ends too early without a word, so the records they see are counted."""
    faults = []
    if Checker(_Inputs(path)).process_all():
        faults.append("warcio check")
    raw = path.read_bytes()
    try:
        whole = gzip.decompress(raw) if path.suffix == ".gz" else raw
    except (EOFError, OSError) as error:
        return [*faults, f"gzip: {error}"]
    told = whole.count(b"WARC-Record-ID: ")
    with path.open("rb") as file:
        seen = sum(1 for _ in ArchiveIterator(file))
    if seen != told:
        faults.append(f"warcio: {seen} of {told} records")
    seen = 0
    for one in FastIterator(BytesIO(raw), strict_mode=True, parse_http=False):
        seen += 1
        if "WARC-Block-Digest" not in one.headers or not one.verify_block_digest(consume=False):
            faults.append(f"fastwarc: block digest of {one.record_id}")
        if one.is_http:
            try:
                one.parse_http()
            except OSError:
                continue  # a head that it finds too long to read
            if not one.verify_payload_digest():
                faults.append(f"fastwarc: payload digest of {one.record_id}")
    if seen != told:
        faults.append(f"fastwarc: {seen} of {told} records")
    gunzip = shutil.which("gunzip")
    if gunzip and path.suffix == ".gz":
        done = subprocess.run([gunzip, "-t", str(path)], capture_output=True, text=True)
        if done.returncode or done.stderr:
            faults.append(f"gunzip -t: {done.stderr}")
    return faults
