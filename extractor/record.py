"""The types that cross the borders of rilis: an Article goes in, a Record comes out, Edits tell a
cleaning.

They are pydantic models: spaCy brings pydantic along, it checks what is read back, and it writes
the JSON Schema (``rilis schema``) from these very classes. All are frozen. Offsets are Python code
points.
"""

import hashlib
import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA = "rilis/record/1"

Grade = Literal["sure", "propose", "tell"]
Precision = Literal["day", "month", "year", "part"]
YearSource = Literal["written", "weekday", "published", "name", "none"]
Status = Literal["held", "planned", "postponed", "cancelled"]
Mode = Literal["onsite", "online", "hybrid"]
QuoteKind = Literal["direct", "reported"]

MASKED = "masked"  # code of the warning that names are struck out of the record

Confidence = float


class _Model(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True
    )


class Article(_Model):
    """One release as it came in.

    ``text`` is the draft, title included where the draft has one; ``title`` is the title alone,
    null where there is none; ``published`` is an ISO date or null, never a guess; ``path`` and
    ``uri`` tell where it came from.
    """

    id: str
    title: str | None = None
    text: str
    published: str | None = None
    uri: str | None = None
    site: str | None = None
    retrieved: str | None = None
    path: str | None = None


class Edit(_Model):
    """One change of a draft: ``draft[start:end]`` becomes ``replacement``.

    ``kind`` says what it is about (``repeat``, ``furniture``, ``style``); ``rule`` and ``reason``
    why; ``grade`` how sure: ``sure`` may be applied unseen, ``propose`` waits for the editor,
    ``tell`` only points.
    """

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    replacement: str
    rule: str
    reason: str
    grade: Grade
    kind: str


def _corrected() -> Any:
    """A field that stands in a record only where a person corrected the value."""
    return Field(default=None, exclude_if=lambda value: value is None)


class Span(_Model):
    """A value with its words: ``record.text[start:end] == text``.

    ``value`` is what a person put in their place where the words do not say it right (a slip of
    the pen in the release); it is left out where the words are the value.
    """

    text: str
    start: int
    end: int
    rule: str
    confidence: Confidence = Field(ge=0, le=1)
    value: str | None = _corrected()

    @property
    def said(self) -> str:
        """The value in force: what a person put in place of the words, else the words."""
        return self.text if self.value is None else self.value


class EventDate(_Model):
    """A date expression: its words, and the ISO days and times it stands for.

    ``repair`` is the likely date where the weekday contradicts the day that is written.
    """

    text: str
    start_offset: int
    end_offset: int
    start: str | None
    end: str | None
    time_start: str | None = None
    time_end: str | None = None
    timezone: str | None = None
    precision: Precision = "day"
    year_source: YearSource = "written"
    repair: str | None = None
    rule: str
    confidence: Confidence = Field(ge=0, le=1)


class Venue(_Model):
    """Where it happened; ``parts`` names room, building, street, village, district, city,
    province; ``value`` as in a span."""

    text: str
    start: int
    end: int
    mode: Mode = "onsite"
    parts: dict[str, str] = {}
    rule: str
    confidence: Confidence = Field(ge=0, le=1)
    value: str | None = _corrected()

    @property
    def said(self) -> str:
        """The value in force: what a person put in place of the words, else the words."""
        return self.text if self.value is None else self.value


class Event(_Model):
    """What happened. ``type`` is the head noun in full, ``event_class`` the coarse group."""

    main: bool
    name: Span
    type: str | None = None
    event_class: str | None = Field(default=None, alias="class")
    phase: str | None = None
    status: Status = "held"
    organizers: tuple[Span, ...] = ()
    theme: Span | None = None
    occasion: Span | None = None
    date: EventDate | None = None
    venue: Venue | None = None
    participants: tuple[str | Span, ...] = ()


class Person(_Model):
    """A named person; ``name`` is the fullest form in the text without titles."""

    id: str
    name: str
    full_name: str | None = None
    full_name_source: str | None = None
    titles: tuple[str, ...] = ()
    role: Span | None = None
    organization: str | None = None
    aliases: tuple[str, ...] = ()
    pseudonym: bool = False
    mentions: tuple[Span, ...] = ()


class Quote(_Model):
    """What was said: ``direct`` between marks, ``reported`` as a clause.

    ``speaker`` is a person's id; a speaker known by role alone stands in ``speaker_text``.
    """

    kind: QuoteKind
    text: str
    start: int
    end: int
    speaker: str | None = None
    speaker_text: Span | None = None
    cue: Span | None = None
    delivered_by: str | None = None
    date: EventDate | None = None
    occasion: Span | None = None
    rule: str
    confidence: Confidence = Field(ge=0, le=1)


class Removed(_Model):
    """A repeated paragraph that was left out; paragraphs count from 1, 0 is the title."""

    paragraph: int
    duplicate_of: int
    also: tuple[int, ...] = ()
    similarity: float
    rule: str
    reason: str
    text: str


class Warning(_Model):
    """Something a person should look at."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None


class Source(_Model):
    """Where the release came from; ``sha256`` is the version of its text."""

    path: str | None = None
    uri: str | None = None
    site: str | None = None
    title: str | None = None
    published: str | None = None
    retrieved: str | None = None
    sha256: str


class Record(_Model):
    """Everything rilis read in one release, each value with its words, rule and confidence."""

    schema_: Literal["rilis/record/1"] = Field(default="rilis/record/1", alias="schema")
    id: str
    rules_version: str
    source: Source
    text: str
    offsets: tuple[tuple[int, int, int], ...] = ()
    events: tuple[Event, ...] = ()
    people: tuple[Person, ...] = ()
    quotes: tuple[Quote, ...] = ()
    dates: tuple[EventDate, ...] = ()
    removed: tuple[Removed, ...] = ()
    credit: Span | None = None
    dateline: Span | None = None
    warnings: tuple[Warning, ...] = ()


def to_json(model: BaseModel) -> str:
    """One line of JSON, field names as in the schema."""
    return json.dumps(model.model_dump(mode="json", by_alias=True), ensure_ascii=False)


def record_from_json(line: str | bytes) -> Record:
    """The record written by :func:`to_json`; raises pydantic's ValidationError on anything else."""
    return Record.model_validate_json(line)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a Record, as ``rilis schema`` prints it."""
    schema = Record.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, **schema}


def text_version(text: str) -> str:
    """The sha256 of a text: the version of an article."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def article_id(uri: str | None, draft: bytes) -> str:
    """The first 16 hex digits of the sha256 of the uri, else of the draft's bytes."""
    return hashlib.sha256(uri.encode() if uri else draft).hexdigest()[:16]
