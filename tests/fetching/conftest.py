"""The little site of this room's tests: served and its rule read once, its pages new each time."""

from collections.abc import Iterator

import pytest

from tests.fetching.little import Little, little_site


@pytest.fixture(scope="session")
def _served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Little]:
    with little_site(tmp_path_factory.mktemp("little")) as site:
        yield site


@pytest.fixture
def little(_served: Little) -> Little:
    """A little site, empty."""
    _served.pages.clear()
    _served.forget()
    return _served
