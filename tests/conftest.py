"""Shared fixtures: one rulebook and one pipeline a session; no test reaches the network."""

import socket
from typing import Any

import pytest
from hypothesis import settings
from spacy.language import Language

from extractor import Extractor
from extractor.rulebook import Rulebook
from tests.examples import SEARCHING, examples
from tests.shell import Shell

settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.register_profile("searching", max_examples=examples(100), print_blob=True, deadline=None)
settings.load_profile("searching" if SEARCHING else "same")


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """An extractor with the shipped rules."""
    return Extractor()


@pytest.fixture(scope="session")
def nlp(extractor: Extractor) -> Language:
    """The pipeline with the shipped rules."""
    return extractor.nlp


@pytest.fixture(scope="session")
def rulebook(extractor: Extractor) -> Rulebook:
    """The shipped rules."""
    return extractor.rulebook


@pytest.fixture
def rilis(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    """The command, as from a shell."""
    return Shell(monkeypatch, capfd)


@pytest.fixture(autouse=True)
def _closed_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def refuse(self: socket.socket, address: Any) -> None:
        # what stays inside this machine: sockets of files, and the imitated sites of tests/server
        inside = isinstance(address, tuple) and str(address[0]).startswith("127.")
        if self.family != getattr(socket, "AF_UNIX", None) and not inside:
            raise AssertionError("a test tried to reach the network")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", refuse)
