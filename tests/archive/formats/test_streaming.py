"""Forms of one file are written a release at a time: an archive of any size needs no more memory."""

import importlib
import io
from collections.abc import Iterator

import pytest

from extractor.archive.exchange.exported import Exported
from tests.archive.generator import generated

FORMS = ["jsonld", "icalendar", "atom", "dublincore", "bibtex"]


@pytest.mark.parametrize("form", FORMS)
def test_a_release_is_written_before_the_next_is_asked_for(form: str) -> None:
    stream = io.BytesIO()
    sizes: list[int] = []

    def releases() -> Iterator[Exported]:
        for record in generated(5):
            yield Exported(record, "Judul", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z")
            sizes.append(stream.tell())

    module = importlib.import_module(f"extractor.archive.formats.{form}")
    assert module.write(releases(), stream) == 5
    assert sizes == sorted(set(sizes))
    assert len(sizes) == 5


@pytest.mark.parametrize("form", FORMS)
def test_a_stream_need_only_be_written_to(form: str) -> None:
    class Pipe(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            return len(bytes(data))  # type: ignore[call-overload]

    releases = (
        Exported(r, "x", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z") for r in generated(2)
    )
    module = importlib.import_module(f"extractor.archive.formats.{form}")
    assert module.write(releases, Pipe()) == 2
