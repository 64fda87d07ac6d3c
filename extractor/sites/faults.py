"""Pages that are no article although the server says 200, told by ``rules/pages.yaml`` and by what
their bytes are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.errors import SourceError
from extractor.messages import _
from extractor.rulebook import Rule, RuleFile
from extractor.sources.text import refuse_foreign

_HEAD = 3_000
_PASSWORD = re.compile(r"""<input\b[^<>]{0,300}\btype\s*=\s*["']?password""", re.I)
_SERVER_ERRORS = frozenset({408, 425, 429, 500, 502, 503, 504, 507, 520, 521, 522, 523, 524})
_BLANK = b" \t\r\n\x0b\x0c\0\xef\xbb\xbf"
_NO_PAGE = (
    "application/pdf",
    "image/",
    "video/",
    "audio/",
    "application/zip",
    "application/msword",
)


@dataclass(frozen=True)
class Fault:
    """Why a response holds no article; with ``retry`` it may pass. ``rule`` is the id of what told
    it."""

    reason: str
    retry: bool = False
    rule: str | None = None


def fault_hits(text: str, rules: RuleFile) -> Iterator[tuple[Rule, int, int]]:
    """(rule, start, end) of everything in a text that makes its page one of errors."""
    for rule in rules.of_kind("fault"):
        if rule.pattern is not None and (found := rule.pattern.search(text)) is not None:
            yield rule, *found.span()


def fault_of_text(text: str, rules: RuleFile) -> Fault | None:
    """The fault that the words of a page tell; only its beginning counts."""
    hits = sorted(fault_hits(text[:_HEAD], rules), key=lambda hit: hit[1])
    if not hits:
        return None
    rule, start, end = hits[0]
    said = (
        f"{_reason(str(rule.fields.get('reason', '')))}: ‘{' '.join(text[start:end].split())[:80]}’"
    )
    return Fault(said, bool(rule.fields.get("retry", False)), rule.id)


def fault_of_form(html: str) -> Fault | None:
    """The fault of a page without an article that asks for a password, whatever its words are."""
    return Fault(_reason("login"), retry=True) if _PASSWORD.search(html) else None


def fault_of_status(status: int) -> Fault | None:
    """The fault that the status of a response tells; None for 200 and 203 (from a proxy)."""
    if status in (200, 203):
        return None
    return Fault(_("status {status}").format(status=status), status in _SERVER_ERRORS)


def fault_of_bytes(body: bytes, content_type: str) -> Fault | None:
    """The fault of an empty body, and of one that is no page but a PDF or a picture."""
    if not body[:2_000].strip(_BLANK) and not body.strip(_BLANK):
        return Fault(_("the response is empty"), retry=True)
    try:
        refuse_foreign(body[:2_000].lstrip(_BLANK) or b"<", "")
    except SourceError as error:
        return Fault(error.reason)
    kind = content_type.split(";")[0].strip().lower()
    if kind.startswith(_NO_PAGE) and body.lstrip()[:1] != b"<":
        return Fault(_("a response of type {type}, not a page").format(type=kind))
    return None


def _reason(name: str) -> str:
    known = {
        "database": _("a page of a database error"),
        "program": _("a page of a program error"),
        "maintenance": _("a page of maintenance"),
        "challenge": _("a challenge of a firewall"),
        "login": _("a page to log in"),
        "missing": _("a page that says it is not there"),
        "suspended": _("a page of the provider, not of the office"),
    }
    return known.get(name, _("a page of errors"))
