"""Why no PostgreSQL can be started is told with the way out."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.archive.postgresql import NoServer, _account, _binaries, refused


@pytest.fixture
def binaries() -> Iterator[Path]:
    """A folder as of PostgreSQL, which all may enter; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        made = Path(folder) / "env" / "bin"
        made.mkdir(parents=True)
        for one in (made.parent, made):
            one.chmod(0o755)
        (made / "postgres").touch(0o755)
        yield made


def test_a_folder_that_another_account_may_not_enter_is_named(binaries: Path) -> None:
    assert refused(binaries, {}) is None
    binaries.parent.chmod(0o700)
    told = refused(binaries, {})
    assert told is not None
    assert f"may not enter {binaries.parent} (mode 700): chmod o+x {binaries.parent}" in told


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as another user")
def test_no_server_says_which_folder_is_closed(
    binaries: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binaries.parent.chmod(0o700)
    monkeypatch.setenv("RILIS_TEST_POSTGRESQL_BIN", str(binaries))
    with pytest.raises(NoServer, match=f"may not enter {binaries.parent} .*chmod o.x"):
        _binaries(_account())
