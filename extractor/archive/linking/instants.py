"""The instant at which something is decided, as the archive keeps it."""

import datetime


def now() -> str:
    """This second, in UTC, as ISO text."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
