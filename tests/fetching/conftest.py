"""The little site of this room's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fetching.little import Little, little_site


@pytest.fixture
def little(tmp_path: Path) -> Iterator[Little]:
    """A little site, empty."""
    with little_site(tmp_path) as site:
        yield site
