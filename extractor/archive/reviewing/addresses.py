"""The name of a field of the archive: which, whose, and which of several.

``event.venue:12`` is the venue of event 12, ``event.organizer:12:1`` its second organiser,
``release.credit:5`` the credit of release 5. Items keep their numbers when a release is read
again, so that an address stays good, which the number of a span does not.
"""

import re
from dataclasses import dataclass
from typing import Any

from extractor.archive.fields import FIELDS, OWNERS, owner_column
from extractor.errors import UsageError
from extractor.messages import _

COMPLETE = "release.complete"  # the decision that nothing is missing in a release
_FORM = re.compile(r"([a-z]+\.[a-z]+):(\d{1,18})(?::(\d{1,9}))?", re.ASCII)


@dataclass(frozen=True, order=True)
class Address:
    """A field by name, the number of its event, person, quote or release, and its position."""

    field: str
    owner: int
    position: int = 0

    def __str__(self) -> str:
        """As it is written and read."""
        many = self.field in FIELDS and FIELDS[self.field].many
        return f"{self.field}:{self.owner}" + (f":{self.position}" if many else "")

    @property
    def kind(self) -> str:
        """``event``, ``person``, ``quote`` or ``release``."""
        return self.field.partition(".")[0]

    @property
    def column(self) -> str | None:
        """The column that holds the owner; None for a field of the release itself."""
        return owner_column(self.field)

    @property
    def main(self) -> bool:
        """Does the whole item stand and fall with this field?"""
        return self.field in MAIN_FIELDS.values()

    def owners(self) -> dict[str, int | None]:
        """The columns event_id, person_id and quote_id of a row about this field."""
        return {one: self.owner if one == self.column else None for one in OWNERS.values()}


MAIN_FIELDS = {"event": "event.name", "person": "person.name", "quote": "quote.text"}


def address_of(row: Any) -> Address:
    """The address that a row of reviews or proposals is about; the owner is 0 where it is gone."""
    column = owner_column(row["field"])
    owner = row["release_id"] if column is None else row[column] or 0
    return Address(row["field"], owner, row["position"])


def parse(text: str) -> Address:
    """The address in a text; raises UsageError where it is none."""
    found = _FORM.fullmatch(text.strip())
    if found is None or found[1] not in (*FIELDS, COMPLETE):
        said = _("{text}: no field; fields are named as event.venue:12 or event.organizer:12:1")
        raise UsageError(said.format(text=repr(text[:80])))
    return Address(found[1], int(found[2]), int(found[3] or 0))
