"""Exports of the invented release as recorded, for people to look at:
``RILIS_RECORD=1 pytest tests/archive/formats`` writes them anew."""

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def check(name: str, data: bytes) -> None:
    """The bytes are those that are recorded under this name."""
    path = FOLDER / name
    if os.environ.get("RILIS_RECORD"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    assert data.decode() == path.read_bytes().decode()
