"""What the standards ask of texts alike: characters they can hold, lines, addresses, days."""

import datetime
import re
from collections.abc import Iterable
from urllib.parse import quote

from extractor.archive.risk.masking import BLOCK
from extractor.messages import _
from extractor.record import Person

# What neither XML 1.0 (section 2.2) nor iCalendar (RFC 5545, section 3.1) nor UTF-8 can hold
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BREAKS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_BLANKS = re.compile("[\t\n\r\x85\u2028\u2029]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}")
_ADDRESS = re.compile(r"https?://[^/\s?#]", re.IGNORECASE)
# of an address (RFC 3986); percent signs are left, as addresses come encoded
_ADDRESS_SIGNS = "%!#$&'()*+,/:;=?@[]-._~"

# Indonesia's time zones as records name them: their place in the tz database, hours from UTC
ZONES = {"WIB": ("Asia/Jakarta", 7), "WITA": ("Asia/Makassar", 8), "WIT": ("Asia/Jayapura", 9)}


def legible(text: str) -> str:
    """The text with U+FFFD for each character that XML, iCalendar or UTF-8 cannot hold: as long as
    before, so that offsets stay true."""
    return _NO_CHARACTER.sub("\ufffd", text)


def lines(text: str) -> str:
    """The text, legible, its lines ended by ``\\n`` whatever ended them."""
    return _BREAKS.sub("\n", legible(text))


def one_line(text: str) -> str:
    """The text, legible, in one line."""
    return _BLANKS.sub(" ", legible(text)).strip(" ")


def day(text: str | None) -> datetime.date | None:
    """The day of an ISO date; None where there is none, or none of the calendar."""
    if text is None or not _DAY.fullmatch(text):
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def clock(text: str | None) -> datetime.time | None:
    """The time of ``hh:mm``; None where there is none, or none of the clock."""
    if text is None or not _CLOCK.fullmatch(text):
        return None
    try:
        return datetime.time.fromisoformat(text)
    except ValueError:
        return None


def instant(text: str) -> datetime.datetime:
    """The instant of an ISO text as the archive keeps it, in UTC."""
    read = datetime.datetime.fromisoformat(text)
    if read.tzinfo is None:
        return read.replace(tzinfo=datetime.UTC)
    return read.astimezone(datetime.UTC)


def web_address(uri: str | None) -> str | None:
    """The address of a page as RFC 3986 has it; None where there is none, or where a name is struck
    out of it, which makes it another."""
    if uri is None or BLOCK in uri or not _ADDRESS.match(uri.strip()):
        return None
    return quote(legible(uri.strip()), safe=_ADDRESS_SIGNS)


def urn(kind: str, key: str) -> str:
    """The name of a thing of the archive, such as ``urn:rilis:release:6f2934eaefcb9067``."""
    return f"urn:rilis:{kind}:{quote(legible(key), safe='')}"


def named(people: Iterable[Person]) -> list[Person]:
    """The persons whose name is shown."""
    return [person for person in people if BLOCK not in person.name]


def truly_named(people: Iterable[Person]) -> list[Person]:
    """The persons whose own name is shown: no catalogue shall know one by a name that was changed
    to protect her."""
    return [person for person in named(people) if not person.pseudonym]


def shown_name(person: Person) -> str:
    """The name, with a word where it is said to be changed."""
    return _("{name} (name changed)").format(name=person.name) if person.pseudonym else person.name
