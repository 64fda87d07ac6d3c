"""The tidy tables of an export: one a kind of thing, a row a thing, keys that hold in any archive.

A release is named by its id, an event by its number in the release (from 1, in the order of the
record), a quote alike, a person by her id in the record, a span by its field, owner and position
(``event.venue:1:0``). ``TABLES`` tells the columns, which never change their names or meaning;
:mod:`extractor.archive.exchange.tidying` makes the rows and takes them back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from extractor.archive import schema
from extractor.record import Mode, Precision, QuoteKind, Status, YearSource

Kind = Literal["text", "integer", "number", "boolean", "day", "list", "json"]


def N_(message: str) -> str:
    """A text that is translated where it is shown, not here: files are alike in every language."""
    return message


@dataclass(frozen=True)
class Column:
    """A column: its kind, what it means, where it comes from, and which values it can have.

    ``source``: the column of the archive; ``ref``: the table whose key stands here instead of a
    number. Kind ``day`` is an ISO day, month or year as text; ``list`` and ``json`` are JSON.
    """

    name: str
    kind: Kind
    about: str
    required: bool = False
    source: str = ""
    ref: str | None = None
    choices: tuple[str, ...] = ()

    @property
    def column(self) -> str:
        """The column of the archive."""
        return self.source or self.name


@dataclass(frozen=True)
class TidyTable:
    """A table: what a row is, its columns, and those that tell its rows apart in a release."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Column]:
        """The columns in their order."""
        return iter(self.columns)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in their order."""
        return tuple(column.name for column in self.columns)


def _text(name: str, about: str, required: bool = False, source: str = "") -> Column:
    return Column(name, "text", about, required, source)


def _int(name: str, about: str, required: bool = False, source: str = "") -> Column:
    return Column(name, "integer", about, required, source)


def _one_of(name: str, about: str, choices: tuple[str, ...], source: str = "") -> Column:
    return Column(name, "text", about, True, source, choices=choices)


_RELEASE = Column("release", "text", N_("id of the release"), True)
_STATE = _one_of("state", N_("what a person said of it"), schema.STATES)
_SPAN = Column("span", "text", N_("its words in spans"), source="span_id", ref="spans")
_RULE = Column("rule", "text", N_("the rule that read it"), True, ref="rules")
_RULES_VERSION = Column("rules_version", "text", N_("the version of the rules"), True, ref="rules")
_POSITION = _int("position", N_("place where there are several, from 0"), True)


def _event(required: bool = False) -> Column:
    return Column("event", "integer", N_("number in events"), required, "event_id", "events")


def _person(required: bool = False) -> Column:
    return Column("person", "text", N_("id in people"), required, "person_id", "people")


def _quote(required: bool = False) -> Column:
    return Column("quote", "integer", N_("number in quotes"), required, "quote_id", "quotes")


def _extent(of: str) -> tuple[Column, Column]:
    return (
        _int("start", of, source="start_offset"),
        _int("end", N_("offset behind its last character"), source="end_offset"),
    )


_OWNER = (_event(), _person(), _quote())
_READ_BY = (
    _text("rule", N_("the rule of the value before")),
    _text("rules_version", N_("the version of the rules")),
    Column("confidence", "number", N_("how sure the rule was, 0 to 1")),
)

_ALL = (
    TidyTable("releases", N_("a press release, with its text in force"), (
        _RELEASE, _text("headline", N_("the title, else the first line"), True),
        _text("title", N_("the title")), Column("published", "day", N_("day of publication")),
        _text("site", N_("site")), _text("uri", N_("address")), _text("path", N_("file")),
        _text("retrieved", N_("when it was fetched")),
        _text("rules_version", N_("the version of the rules that read it"), True),
        _text("draft_sha256", N_("sha256 of the text as it came in"), True),
        _text("text", N_("the text in which all offsets count, in code points from 0"), True),
        Column("offsets", "list", N_("stretches: [start, start in the draft, length]"),
               True),
        _text("reading_hash", N_("sha256 of the record without its source")),
        _text("added_at", N_("when it came into the archive (UTC)"), True),
        _text("updated_at", N_("when it last changed (UTC)"), True),
        Column("masked", "boolean", N_("names are struck out: not to be taken for the text"), True),
    ), ("release",)),
    TidyTable("events", N_("an event of a release"), (
        _RELEASE, _int("event", N_("number in the release, from 1"), True),
        _int("number", N_("place as it was read"), True),
        Column("main", "boolean", N_("is it what the release is about?"), True),
        _text("name", N_("name in force"), True), _text("type", N_("kind of event, in full")),
        _text("class", N_("coarse kind"), source="event_class"), _text("phase", N_("phase")),
        _one_of("status", N_("held, planned, postponed or cancelled"), get_args(Status)),
        _text("theme", N_("theme")), _text("occasion", N_("occasion")), _STATE,
    ), ("event",)),
    TidyTable("dates", N_("a date of an event, a quote, or the release"), (
        _RELEASE, _event(), _quote(), _POSITION, _text("words", N_("as the release says it")),
        Column("start_date", "day", N_("first day, month or year")),
        Column("end_date", "day", N_("last day, month or year")),
        _text("time_start", N_("from, hh:mm")), _text("time_end", N_("to, hh:mm")),
        _text("timezone", N_("time zone as written")),
        _one_of("precision", N_("what is exact"), get_args(Precision)),
        _one_of("year_source", N_("where the year was found"), get_args(YearSource)),
        Column("repair", "day", N_("likely day where the weekday contradicts it")), _SPAN,
    )),
    TidyTable("venues", N_("where an event was"), (
        _RELEASE, _event(True), _text("name", N_("venue in force"), True),
        _one_of("mode", N_("onsite, online or hybrid"), get_args(Mode)),
        _text("room", N_("room")), _text("building", N_("building")), _text("street", N_("street")),
        _text("village", N_("village")), _text("district", N_("district")),
        _text("city", N_("city")),
        _text("province", N_("province")), Column("parts", "json", N_("all parts by name"), True),
        _SPAN,
    )),
    TidyTable("organizers", N_("who held an event"), (
        _RELEASE, _event(True), _POSITION, _text("name", N_("name in force"), True), _SPAN,
    )),
    TidyTable("participants", N_("who took part in an event"), (
        _RELEASE, _event(True), _POSITION, _person(), _text("name", N_("person or group"), True),
        _int("headcount", N_("how many")), _SPAN,
    )),
    TidyTable("people", N_("a person as one release tells of her"), (
        _RELEASE, _text("person", N_("id in the release"), True, "key"),
        _int("number", N_("place as it was read"), True), _text("name", N_("name in force"), True),
        _text("full_name", N_("full name, from rules or titles")),
        _text("full_name_source", N_("where the full name is from")),
        Column("titles", "list", N_("titles"), True), Column("aliases", "list", N_("other forms"),
                                                            True),
        _text("role", N_("office held")), _text("organization", N_("office or body")),
        Column("pseudonym", "boolean", N_("is the name said to be changed?"), True), _STATE,
    ), ("person",)),
    TidyTable("roles", N_("what a person was when a release told of her"), (
        _RELEASE, _person(True), _text("title", N_("role"), True),
        _text("organization", N_("office or body")), Column("seen", "day", N_("day of the event")),
        Column("since", "day", N_("from")), Column("until", "day", N_("to")),
        _text("source", N_("who says so"), True), _SPAN,
    )),
    TidyTable("quotes", N_("what was said"), (
        _RELEASE, _int("quote", N_("number in the release, from 1"), True),
        _int("number", N_("place as it was read"), True),
        _one_of("kind", N_("direct or reported"), get_args(QuoteKind)),
        _text("text", N_("the words"), True), _person(),
        _text("speaker", N_("words for the speaker")),
        _text("cue", N_("verb of speech")), _text("delivered_by", N_("id of who read it out")),
        _text("occasion", N_("occasion")), _STATE,
    ), ("quote",)),
    TidyTable("spans", N_("a value's words in the text: text[start:end] == words"), (
        _RELEASE, _text("span", N_("FIELD:OWNER:POSITION"), True),
        _one_of("field", N_("which value"), schema.FIELDS), *_OWNER, _POSITION,
        *_extent(N_("offset of its first character, code points from 0")),
        _text("words", N_("the words"), True), _RULE, _RULES_VERSION,
        Column("confidence", "number", N_("how sure the rule was, 0 to 1"), True), _STATE,
    ), ("span",)),
    TidyTable("links", N_("the person or event across releases that a release means"), (
        _RELEASE, _event(), _person(), _int("entity", N_("number of the person or event"), True),
        _text("entity_name", N_("its name"), True),
        Column("score", "number", N_("how sure the link is, 0 to 1"), True),
        _one_of("state", N_("proposed or confirmed"), ("proposed", "confirmed")),
        _text("author", N_("who linked it"), True), _text("linked_at", N_("when (UTC)"), True),
    )),
    TidyTable("edits", N_("what cleaning left out"), (
        _RELEASE, _int("number", N_("number in the release, from 1"), True),
        _text("kind", N_("what it is about"), True), _text("grade", N_("how sure"), True), _RULE,
        _RULES_VERSION, _text("reason", N_("why"), True),
        _int("paragraph", N_("paragraph, from 1")), _int("duplicate_of", N_("what it repeats")),
        Column("also", "list", N_("other copies")), Column("similarity", "number", N_("0 to 1")),
        _text("text", N_("what was there"), True),
        _text("replacement", N_("what stands there now"), True),
        *_extent(N_("offset in the draft")),
    )),
    TidyTable("warnings", N_("something a person should look at"), (
        _RELEASE, _int("number", N_("number in the release, from 1"), True),
        _text("code", N_("what it is"), True), _text("message", N_("in words"), True),
        *_extent(N_("offset of its first character, code points from 0")),
    )),
    TidyTable("reviews", N_("what people decided, in the order they did"), (
        _RELEASE, _int("review", N_("number in the release, from 1"), True),
        _text("field", N_("which value"), True), *_OWNER, _POSITION, _SPAN,
        _one_of("action", N_("what was decided"), schema.ACTIONS),
        Column("before", "json", N_("value before")), Column("after", "json", N_("value after")),
        *_READ_BY, _text("reviewer", N_("who"), True), _text("reviewed_at", N_("when (UTC)"), True),
        _text("note", N_("why")),
        Column("active", "boolean", N_("is it the decision in force?"), True),
        Column("undoes", "integer", N_("review that it undoes"), source="undoes_id", ref="reviews"),
    ), ("review",)),
    TidyTable("proposals", N_("newer readings of values that people had decided"), (
        _RELEASE, _text("field", N_("which value"), True), *_OWNER, _POSITION,
        Column("current", "json", N_("value in force")),
        Column("proposed", "json", N_("new value")),
        _text("words", N_("its words")), *_extent(N_("offset of its first character")), *_READ_BY,
        _text("made_at", N_("when (UTC)"), True),
        _one_of("state", N_("open, taken, dismissed or superseded"),
                ("open", "taken", "dismissed", "superseded")),
        _text("decided_by", N_("who decided it")), _text("decided_at", N_("when (UTC)")),
    )),
)  # fmt: skip
TABLES: dict[str, TidyTable] = {table.name: table for table in _ALL}
