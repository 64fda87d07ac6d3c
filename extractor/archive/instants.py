"""Instants and days as the archive keeps them: ISO text."""

import datetime

from extractor.errors import UsageError
from extractor.messages import _


def now() -> str:
    """This second, in UTC."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day(given: str | None, option: str) -> str | None:
    """The ISO day that was given with an option; raises UsageError on anything else."""
    if given is None:
        return None
    try:
        return datetime.date.fromisoformat(given).isoformat()
    except ValueError:
        said = _("{option} {given}: a day such as 2024-05-01")
        raise UsageError(said.format(option=option, given=given)) from None
