"""JSON-LD, read by pyld and rdflib without network, held against schema.org's own vocabulary."""

import io
import json
from typing import Any
from urllib.parse import unquote

import pytest
import schema_org.registry
from hypothesis import HealthCheck, given, settings
from pyld import jsonld as pyld
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from extractor.archive.exchange.exported import Exported
from extractor.archive.formats import jsonld, plain
from extractor.record import EventDate, Record
from tests.archive.formats.golden import check
from tests.archive.formats.invented import EXAMPLES, Draft, exported, invented
from tests.archive.generator import generated

SCHEMA = Namespace("https://schema.org/")
OA = Namespace("http://www.w3.org/ns/oa#")
RILIS = Namespace("urn:rilis:ns:")
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own

PREFIXES = f"PREFIX s: <{SCHEMA}> PREFIX oa: <{OA}> PREFIX r: <{RILIS}> "
ARTICLE = URIRef("urn:rilis:release:0123456789abcdef")


def written(*releases: Exported) -> bytes:
    stream = io.BytesIO()
    assert jsonld.write(releases, stream) == len(releases)
    return stream.getvalue()


def no_network(url: str, options: Any = None) -> Any:
    raise AssertionError(f"asked for {url}")


def expanded(data: bytes) -> list[Any]:
    return pyld.expand(json.loads(data), {"documentLoader": no_network})  # type: ignore[no-any-return]


def graph(data: bytes) -> Graph:
    """By way of pyld's own N-Quads: both readers have a say."""
    read = Graph()
    read.parse(data=data, format="json-ld")
    return read


@pytest.fixture(scope="module")
def read() -> Graph:
    return graph(written(invented()))


def test_the_invented_release_is_as_recorded() -> None:
    check("release.jsonld", written(invented()))


def test_one_item_a_line_and_the_same_bytes_again() -> None:
    releases = [
        Exported(r, "x", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z") for r in generated(3)
    ]
    data = written(*releases)
    assert data == written(*releases)
    assert data.count(b'\n{"@type": "NewsArticle"') == 3
    assert json.loads(written())["@graph"] == []


def test_both_readers_understand_the_same_triples() -> None:
    data = written(invented())
    quads = pyld.to_rdf(
        json.loads(data), {"documentLoader": no_network, "format": "application/n-quads"}
    )
    other = Graph()
    other.parse(data=quads, format="nt")
    assert len(other) == len(graph(data))
    assert set(other.predicates()) == set(graph(data).predicates())


def test_a_question_finds_event_venue_and_time_with_its_zone(read: Graph) -> None:
    rows = read.query(
        PREFIXES
        + """SELECT ?name ?venue ?city ?start ?end ?mode WHERE {
            ?article a s:NewsArticle ; s:about ?event .
            ?event a s:Event ; s:name ?name ; s:startDate ?start ; s:endDate ?end ;
              s:eventAttendanceMode ?mode ; s:location [ a s:Place ; s:name ?venue ;
              s:address [ s:addressLocality ?city ] ] }"""
    )
    assert [tuple(map(str, row)) for row in rows] == [
        (
            "Pelatihan Pupuk Organik", "Balai Desa Sukamaju, Karangjati", "Kabupaten Tirtasari",
            "2024-07-16T09:00:00+08:00", "2024-07-16T12:30:00+08:00",
            str(SCHEMA.MixedEventAttendanceMode),
        )
    ]  # fmt: skip


def test_a_question_finds_who_said_what_in_which_office(read: Graph) -> None:
    rows = read.query(
        PREFIXES
        + """SELECT ?text ?name ?job WHERE { ?quote a s:Quotation ; s:text ?text ;
            s:isPartOf ?article ; s:creator ?who ; s:spokenByCharacter ?who .
            ?who s:name ?name ; s:jobTitle ?job }"""
    )
    record = invented().record
    assert [tuple(map(str, row)) for row in rows] == [
        (record.quotes[0].text, "Ratna Wijaya", "Bupati Tirtasari")
    ]


def test_a_person_has_titles_where_they_stand_and_the_entity_she_is(read: Graph) -> None:
    person = URIRef(f"{ARTICLE}#person-p1")
    assert read.value(person, SCHEMA.honorificPrefix) == Literal("Dr.")
    assert read.value(person, SCHEMA.honorificSuffix) == Literal("S.P.")
    assert {str(o) for o in read.objects(person, SCHEMA.alternateName)} == {
        "Ratna Dewi Wijaya",
        "Bu Ratna",
    }
    assert read.value(person, SCHEMA.sameAs) == URIRef("urn:rilis:person:7")
    event = URIRef(f"{ARTICLE}#event-1")
    assert read.value(event, SCHEMA.sameAs) is None  # only proposed
    assert read.value(event, RILIS.entity) == URIRef("urn:rilis:event:3")


def test_titles_are_told_apart_by_where_they_stand() -> None:
    draft = Draft()
    draft.add("Kata Prof. Dr. H. ")
    mention = draft.span("Budi Santosa")
    draft.add(", SH., M.Si, dan MH. ")
    other = draft.span("Rini")
    record = Record.model_validate(
        {
            "id": "a", "rules_version": "1", "text": draft.text, "source": {"sha256": "0"},
            "people": [
                {"id": "p1", "name": "Budi Santosa", "titles": ["Prof.", "Dr.", "H.", "SH.", "M.Si", "Mas"], "mentions": [mention]},
                {"id": "p2", "name": "Rini", "titles": ["H."], "mentions": [other]},
            ],
        }
    )  # fmt: skip
    (article, *_notes) = jsonld.nodes(
        Exported(record, "x", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z")
    )
    first, second = article["mentions"]
    assert first["honorificPrefix"] == ["Prof.", "Dr.", "H."]
    assert first["honorificSuffix"] == ["SH.", "M.Si"]
    assert first["rilis:title"] == ["Mas"]
    assert second["rilis:title"] == ["H."]  # not the end of MH.


def test_a_person_whose_name_is_struck_out_is_not_named(read: Graph) -> None:
    people = {
        str(name)
        for who in read.subjects(RDF.type, SCHEMA.Person)
        for name in read.objects(who, SCHEMA.name)
    }
    assert people == {"Ratna Wijaya", "Melati"}


def test_a_month_stays_a_month(read: Graph) -> None:
    assert str(read.value(URIRef(f"{ARTICLE}#event-2"), SCHEMA.startDate)) == "2024-09"


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ({"start": "2024-07-16", "end": "2024-07-16"}, "2024-07-16", None),
        ({"start": "2024-07-16", "end": "2024-07-18"}, "2024-07-16", "2024-07-18"),
        ({"start": "2024-07-16", "end": "2024-07-16", "time_start": "09:00"}, "2024-07-16T09:00:00", None),
        ({"start": "2024-07-16", "end": "2024-07-16", "time_start": "09:00", "timezone": "WIT"}, "2024-07-16T09:00:00+09:00", None),
        ({"start": "2024-07-16", "end": "2024-07-16", "time_start": "22:00", "time_end": "02:00", "timezone": "WIB"}, "2024-07-16T22:00:00+07:00", None),
        ({"start": "2024-01-01", "end": "2024-12-31", "precision": "year"}, "2024", None),
        ({"start": "2024-07-01", "end": "2024-08-31", "precision": "month"}, "2024-07", "2024-08"),
        ({"start": "2024-07-01", "end": "2024-07-10", "precision": "part"}, None, None),
        ({"start": None, "end": None, "time_start": "09:00"}, None, None),
        ({"start": "2024-02-31", "end": None}, None, None),
    ],
)  # fmt: skip
def test_dates_are_as_exact_as_known(
    said: dict[str, Any], start: str | None, end: str | None
) -> None:
    date = EventDate(text="x", start_offset=0, end_offset=1, rule="r", confidence=1, **said)
    assert jsonld.moments(date) == (start, end)


def test_each_value_has_its_words_rule_and_confidence(read: Graph) -> None:
    body = str(read.value(ARTICLE, SCHEMA.articleBody))
    notes = list(read.subjects(RDF.type, OA.Annotation))
    fields = {str(read.value(note, RILIS.field)) for note in notes}
    assert fields == {
        "event.name", "event.date", "event.venue", "event.organizer", "event.participant",
        "event.theme", "event.occasion", "person.mention", "person.role", "quote.text",
        "quote.speaker", "quote.cue", "release.date", "release.dateline", "release.credit",
    }  # fmt: skip
    for note in notes:
        assert_selects(read, note, body)
        assert 0 < float(str(read.value(note, RILIS.confidence))) <= 1
        assert read.value(note, RILIS.rule) is not None


def assert_selects(read: Graph, note: Any, body: str) -> str:
    """Both selectors of an annotation choose the same words of the article, as the model says."""
    target = read.value(note, OA.hasTarget)
    selectors = {read.value(one, RDF.type): one for one in read.objects(target, OA.hasSelector)}
    place, words = selectors[OA.TextPositionSelector], selectors[OA.TextQuoteSelector]
    start, end = (int(str(read.value(place, p))) for p in (OA.start, OA.end))
    exact, prefix, suffix = (str(read.value(words, p)) for p in (OA.exact, OA.prefix, OA.suffix))
    assert body[start:end] == exact
    assert body[max(0, start - len(prefix)) : end + len(suffix)] == prefix + exact + suffix
    return exact


def test_a_correction_keeps_the_words_and_the_decision(read: Graph) -> None:
    notes = list(read.subjects(RILIS.field, Literal("event.venue")))
    assert len(notes) == 1
    body = str(read.value(ARTICLE, SCHEMA.articleBody))
    assert assert_selects(read, notes[0], body) == "Balai Desa Sukamaju, Kecamatan Karangjati"
    assert str(read.value(notes[0], RILIS.state)) == "corrected"
    assert str(read.value(notes[0], RILIS.reviewer)) == "sari"


def assert_vocabulary(read: Graph) -> None:
    """Every class and property is schema.org's, on a class that has it, with a value it takes."""
    parents = schema_org.registry.PARENTS

    def ancestry(name: str) -> set[str]:
        return {name}.union(*(ancestry(parent) for parent in parents.get(name, ())))

    for subject, predicate, value in read:
        if not str(predicate).startswith(str(SCHEMA)):
            continue
        prop = schema_org.registry.PROPERTY_BY_SCHEMA[str(predicate).removeprefix(str(SCHEMA))]
        assert prop.superseded_by is None, prop.name
        kinds = {str(k).removeprefix(str(SCHEMA)) for k in read.objects(subject, RDF.type)}
        if not any(kind.startswith(str(RILIS)) for kind in kinds) and kinds:
            own = set().union(*(ancestry(kind) for kind in kinds))
            assert own & set(prop.domains), (prop.name, kinds)
        if isinstance(value, Literal):
            literal = {"Text", "Date", "DateTime", "URL", "Integer", "Number", "Boolean"}
            assert literal & set(prop.ranges), (prop.name, value)
        else:
            types = {str(k).removeprefix(str(SCHEMA)) for k in read.objects(value, RDF.type)}
            taken = set().union(*(ancestry(kind) for kind in types))
            member = str(value).removeprefix(str(SCHEMA)) in MEMBERS
            assert taken & set(prop.ranges) or member or "URL" in prop.ranges, (prop.name, value)


MEMBERS = {name for names in schema_org.registry.ENUM_MEMBERS.values() for name in names}


def test_terms_are_those_of_schema_org(read: Graph) -> None:
    assert_vocabulary(read)


def test_a_term_that_schema_org_has_not_is_found_out() -> None:
    bad = written(invented()).replace(b'"startDate"', b'"beginDate"')
    with pytest.raises((AssertionError, KeyError)):
        assert_vocabulary(graph(bad))
    bad = written(invented()).replace(b'"jobTitle"', b'"startDate"')
    with pytest.raises(AssertionError):
        assert_vocabulary(graph(bad))


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(exported())
def test_hostile_texts_come_back_and_their_selectors_hold(release: Exported) -> None:
    data = written(release)
    data.decode("utf-8", "strict")
    expanded(data)
    read = graph(data)
    record = release.record
    articles = list(read.subjects(RDF.type, SCHEMA.NewsArticle))
    assert len(articles) == 1
    assert unquote(str(articles[0])).removeprefix("urn:rilis:release:") == plain.legible(record.id)
    items = json.loads(data)["@graph"]
    body = items[0]["articleBody"]
    assert len(body) == len(record.text)
    assert body == plain.legible(record.text)
    quotes = [one["text"] for one in items[0]["hasPart"]]
    assert quotes == [plain.legible(one.text) for one in record.quotes]
    for note in items[1:]:
        place, words = note["target"]["selector"]
        assert body[place["start"] : place["end"]] == words["exact"] != ""
    assert_vocabulary(read)
    struck = [p for p in record.people if "█" in p.name]
    assert len(list(read.subjects(RDF.type, SCHEMA.Person))) == 2 - len(struck)
