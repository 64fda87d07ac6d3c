"""Releases for the tests of the forms of export: one invented with care, and any number by chance
whose texts are as hostile as texts can be."""

from typing import Any

from hypothesis import strategies as st

from extractor.archive.exchange.exported import Decision, Entity, Exported
from extractor.archive.intake.rows import headline_of
from extractor.record import Record, text_version
from tests.examples import examples

EXAMPLES = examples(25)  # releases by chance a test
ADDED, UPDATED = "2024-08-05T01:02:03Z", "2024-08-06T04:05:06Z"


class Draft:
    """A text that grows; each piece can leave its span."""

    def __init__(self) -> None:
        self.text = ""

    def add(self, text: str) -> None:
        self.text += text

    def span(self, text: str, rule: str = "rule.one", confidence: float = 0.9) -> dict[str, Any]:
        start = len(self.text)
        self.text += text
        return {
            "text": text,
            "start": start,
            "end": len(self.text),
            "rule": rule,
            "confidence": confidence,
        }

    def date(self, text: str, start: str | None, end: str | None, **more: Any) -> dict[str, Any]:
        span = self.span(text, "dates.spelled", 0.97)
        span["start_offset"], span["end_offset"] = span.pop("start"), span.pop("end")
        return span | {"start": start, "end": end} | more


def invented() -> Exported:
    """A release with all that a record can hold, in an invented town."""
    draft = Draft()
    draft.add("Pemkab Tirtasari Gelar Pelatihan 100% Organik & {Mandiri} #1\n\n")
    dateline = draft.span("TIRTASARI", "venues.dateline", 0.92)
    draft.add(" – ")
    organizer = draft.span("Dinas Pertanian Tirtasari", "events.organizer-subject", 0.92)
    draft.add(" menggelar ")
    name = draft.span("Pelatihan Pupuk Organik", "events.verb-object", 0.95)
    draft.add(" bertema “")
    theme = draft.span("Tanah Sehat, Panen Kuat; Warga Mandiri", "events.theme", 0.9)
    draft.add("” di ")
    venue = draft.span("Balai Desa Sukamaju, Kecamatan Karangjati", "venues.place", 0.93)
    draft.add(", ")
    held = draft.date(
        "Selasa (16/7/2024) pukul 09.00-12.30 WITA", "2024-07-16", "2024-07-16",
        time_start="09:00", time_end="12:30", timezone="WITA",
    )  # fmt: skip
    draft.add(". Dalam rangka ")
    occasion = draft.span("Pekan Tani 2024", "events.occasion", 0.8)
    draft.add(", kegiatan itu diikuti ")
    group = draft.span("120 petani 🌾", "events.group", 0.85)
    draft.add(".\n")
    role = draft.span("Bupati Tirtasari", "people.role", 0.88)
    draft.add(", Dr. ")
    mention = draft.span("Ratna Wijaya", "people.speech", 0.9)
    draft.add(", S.P., mengatakan, “")
    direct = draft.span('Satu \\ dua: "tanah" itu titipan;\u200f jaga, rawat!', "quotes.tag", 0.97)
    draft.add("” ")
    cue = draft.span("Pungkas", "quotes.tag", 0.97)
    draft.add(" ")
    speaker = draft.span("Ratna", "quotes.tag", 0.97)
    draft.add(".\n")
    head = draft.span("Kepala Desa", "quotes.that", 0.9)
    draft.add(" menambahkan bahwa ")
    reported = draft.span("bibit dibagikan sebelum musim tanam", "quotes.that", 0.94)
    draft.add(".\n")
    later = draft.span("Panen Raya", "events.later", 0.7)
    draft.add(" direncanakan pada ")
    month = draft.date("September 2024", "2024-09-01", "2024-09-30", precision="month")
    draft.add(".\n")
    credit = draft.span("(Humas/rw)", "furniture.credit", 0.9)
    record = Record.model_validate(
        {
            "id": "0123456789abcdef", "rules_version": "feedc0ffee000001", "text": draft.text,
            "source": {
                "uri": "https://pertanian.tirtasari.example/berita/pelatihan?id=7&x={1}",
                "site": "dinas-tani", "title": draft.text.split("\n")[0],
                "published": "2024-07-17", "retrieved": "2024-07-20T10:00:00Z",
                "sha256": text_version(draft.text),
            },
            "events": [
                {
                    "main": True, "name": name, "type": "pelatihan", "class": "pelatihan",
                    "phase": "pembukaan", "organizers": [organizer], "theme": theme,
                    "occasion": occasion, "date": held, "participants": ["p1", "p2", "p3", group],
                    "venue": venue | {
                        "mode": "hybrid", "value": "Balai Desa Sukamaju, Karangjati",
                        "parts": {"building": "Balai Desa", "village": "Sukamaju", "street": "Jl. Melati 5", "city": "Kabupaten Tirtasari", "province": "Jawa Selatan"},
                    },
                },
                {"main": False, "name": later, "status": "planned", "date": month},
            ],
            "people": [
                {
                    "id": "p1", "name": "Ratna Wijaya", "full_name": "Ratna Dewi Wijaya",
                    "full_name_source": "list", "titles": ["Dr.", "S.P."], "role": role,
                    "organization": "Pemerintah Kabupaten Tirtasari", "aliases": ["Bu Ratna"],
                    "mentions": [mention, speaker],
                },
                {"id": "p2", "name": "Melati", "pseudonym": True},
                {"id": "p3", "name": "████ █████"},
            ],
            "quotes": [
                direct | {"kind": "direct", "speaker": "p1", "speaker_text": speaker, "cue": cue},
                reported | {"kind": "reported", "speaker_text": head},
            ],
            "dates": [held, month], "dateline": dateline, "credit": credit,
        }
    )  # fmt: skip
    return Exported(
        record=record, headline=headline_of(record), added_at=ADDED, updated_at=UPDATED,
        decisions={
            ("event.venue", 0, venue["start"]): Decision("corrected", "sari", "2024-08-06T00:00:00Z"),
            ("event.name", 0, name["start"]): Decision("accepted", "sari", "2024-08-06T00:00:00Z"),
        },
        persons={"p1": Entity(7, "Ratna Wijaya", "confirmed", 0.98)},
        events={0: Entity(3, "Pelatihan Pupuk Organik", "proposed", 0.8)},
    )  # fmt: skip


# What breaks one form or another: markup, escapes, separators, formulas, ends of lines, controls,
# marks of direction, lone surrogates, what comes after them
TRAPS = (
    "]]>", "<!--", "&amp;", "&#0;", "</dc:title>", '"', "'", "\\", '\\"', "\\n", "{", "}", "}}", "{\\", "@misc{x,", "%", "#", "$", "_", "^", "~", ",", ";", ":", "|", "=1+1", "+1", "-1", "@A1", "\t", "\n", "\r\n", "\r",
    "\x00", "\x0b", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\u200f", "\u202e", "\u200b", "\ufeff", "\ud800", "\udfff", "\ufffe", "🌾", "é", "e\u0301", "BEGIN:VEVENT", "END:VCALENDAR", "\\end{document}", "@context", "█", "ﷺ", "\xa0",
)  # fmt: skip
words = st.lists(
    st.one_of(
        st.sampled_from(TRAPS), st.text(alphabet=st.characters(), max_size=5), st.just("rapat")
    ),
    min_size=1, max_size=6,
).map(lambda pieces: "".join(pieces) or "x")  # fmt: skip
iso_days = st.one_of(
    st.none(), st.dates().map(str), st.sampled_from(["2024-02-31", "besok", "2024-07", "", "0000-00-00"])
)  # fmt: skip
iso_times = st.one_of(st.none(), st.times().map(lambda t: f"{t:%H:%M}"), st.sampled_from(["25:00", "9", ""]))  # fmt: skip
zones = st.sampled_from([None, "WIB", "WITA", "WIT", "GMT"])


@st.composite
def exported(draw: st.DrawFn) -> Exported:
    """A release of hostile texts, every span of which stands in its text all the same."""
    draft = Draft()

    def span() -> dict[str, Any]:
        draft.add(draw(st.sampled_from(["", " ", "\n"])))
        return draft.span(draw(words), draw(st.sampled_from(["rule.one", "aturan dua/<&>"])), 0.5)

    def maybe(make: Any) -> Any:
        return make() if draw(st.booleans()) else None

    def date() -> dict[str, Any]:
        draft.add(" ")
        return draft.date(
            draw(words), draw(iso_days), draw(iso_days), time_start=draw(iso_times),
            time_end=draw(iso_times), timezone=draw(zones),
            precision=draw(st.sampled_from(["day", "day", "month", "year", "part"])),
        )  # fmt: skip

    def event() -> dict[str, Any]:
        venue = maybe(span)
        parts = st.dictionaries(st.sampled_from(["room", "street", "city", "province"]), words)
        return {
            "main": draw(st.booleans()), "name": span(), "type": maybe(lambda: draw(words)),
            "class": maybe(lambda: draw(words)), "phase": maybe(lambda: draw(words)),
            "status": draw(st.sampled_from(["held", "planned", "postponed", "cancelled"])),
            "organizers": [span() for _ in range(draw(st.integers(0, 2)))], "theme": maybe(span),
            "occasion": maybe(span), "date": maybe(date), "participants": ["p1", span()],
            "venue": venue and venue | {"mode": draw(st.sampled_from(["onsite", "online", "hybrid"])), "parts": draw(parts)},
        }  # fmt: skip

    draft.add(draw(words))
    events = [event() for _ in range(draw(st.integers(0, 2)))]
    people = [
        {
            "id": f"p{number}", "name": draw(words), "titles": draw(st.lists(words, max_size=2)),
            "role": maybe(span), "organization": maybe(lambda: draw(words)),
            "aliases": draw(st.lists(words, max_size=2)), "mentions": [span()],
        }
        for number in (1, 2)
    ]  # fmt: skip
    quotes = [
        span()
        | {"kind": kind, "speaker": speaker, "speaker_text": maybe(span), "date": maybe(date)}
        for kind, speaker in (("direct", "p1"), ("reported", None))
    ]
    record = Record.model_validate(
        {
            "id": draw(st.one_of(st.just("0123456789abcdef"), words)), "rules_version": "1",
            "text": draft.text, "events": events, "people": people, "quotes": quotes,
            "source": {
                "uri": draw(st.one_of(st.none(), words, words.map("https://x.example/".__add__))),
                "site": draw(st.one_of(st.none(), words)), "title": draw(st.one_of(st.none(), words)),
                "published": draw(iso_days), "retrieved": draw(st.one_of(st.none(), words)),
                "sha256": "0" * 64,
            },
            "dateline": maybe(span), "credit": maybe(span),
        }
        | {"text": draft.text}
    )  # fmt: skip
    return Exported(
        record=record, headline=draw(words), added_at=ADDED, updated_at=UPDATED,
        persons={"p1": Entity(1, draw(words), "proposed", 0.5)},
    )  # fmt: skip
