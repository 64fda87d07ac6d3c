"""Nothing that is withheld leaves by any door, in whatever way it was withheld; lifted, it does."""

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import select

from extractor.archive import schema
from extractor.archive.intake.adding import add
from extractor.archive.intake.incoming import from_records
from extractor.archive.reviewing.addresses import parse
from extractor.archive.reviewing.deciding import accept, correct
from extractor.archive.risk.disclosure import refresh
from extractor.archive.risk.withholding import lift, withheld, withhold
from extractor.archive.store import Store
from extractor.extraction import Extractor
from extractor.record import Article, Record
from tests.archive.doors import INTERNAL, PUBLIC, Run, commands, doors
from tests.archive.generator import generated

NAME = "Zulaikhana Qibtiyani"
PIECES = ("zulaikhana", "qibtiyani")
WHOLE = (*PIECES, "xantariksa", "kwartabumi")  # of the release
SHOWN = "vonderlitasari"  # of another release, which nobody withholds
OTHERS = {
    "Zulaikhana": "Vonderlitasari", "Qibtiyani": "Handayani", "Xantariksa": "Melati",
    "Kwartabumi": "Sukasari",
}  # fmt: skip
TEXT = """Pemkab Wanasari Gelar Lomba Baca {name}

Wanasari - Dinas Sosial Wanasari bersama Yayasan {first} menggelar Lomba Baca {name} di Rumah Baca \
{first} Xantariksa, Kelurahan Kwartabumi, Senin (3/6/2024).

Kegiatan dihadiri Camat Kwartabumi, Budi Santosa, dan {cue}{name}{age}.

{first} mengatakan bahwa anak-anak senang membaca. “Kami ingin Rumah Baca {last} terus maju,” kata \
{name}.

Camat Kwartabumi, Budi Santosa, mengatakan bahwa {first} adalah teladan bagi warga.

{upper} menutup kegiatan itu bersama peserta Lomba Baca {name}.

Kegiatan dihadiri Camat Kwartabumi, Budi Santosa, dan {cue}{name}{age}.
"""
AT_RISK = {
    "victim": ("korban perundungan, ", ""), "child": ("siswi SDN 3 Kwartabumi, ", ""),
    "witness": ("saksi mata, ", ""), "age": ("tokoh muda, ", " (15)"),
    "changed": ("warga, ", " (bukan nama sebenarnya)"),
}  # fmt: skip


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def draft(cue: str = "tokoh masyarakat, ", age: str = "") -> str:
    first, last = NAME.split()
    return TEXT.format(name=NAME, first=first, last=last, upper=NAME.upper(), cue=cue, age=age)


def release(extractor: Extractor, number: int, text: str) -> Record:
    slug = "zulaikhana-qibtiyani" if "Zulaikhana" in text else f"berita-{number}"
    return extractor.extract(
        Article(
            id=hashlib.sha256(text.encode()).hexdigest()[:16], text=text,
            title=text.partition("\n")[0], published="2024-06-04", site="humas",
            uri=f"https://humas.example/{number}/{slug}", path=f"{slug}.txt",
        )
    )  # fmt: skip


def filled(store: Store, extractor: Extractor, text: str) -> Record:
    """An archive with the release, one that stays public, some others, links and decisions."""
    record = release(extractor, 1, text)
    public = draft()
    for mine, others in OTHERS.items():
        public = public.replace(mine, others).replace(mine.upper(), others.upper())
    other = release(extractor, 2, public)
    add(store, from_records([record, other, *generated(3, seed=11)]))
    with store.read() as connection:
        events, people = schema.events, schema.people
        first = events.c.release_id == 1
        event = connection.execute(select(events.c.id).where(first, events.c.main)).scalar_one()
        mine = (people.c.release_id == 1, people.c.name.contains("Zulaikhana"))
        persons = list(connection.execute(select(people.c.id).where(*mine)).scalars())
    accept(store, parse(f"event.name:{event}"), reviewer="Sri")
    correct(store, parse(f"event.venue:{event}"), f"Rumah Baru {NAME}", reviewer="Sri")
    with store.write() as connection:
        entity = {"id": 1, "name": NAME, "full_name": NAME, "created_at": "2024"}
        connection.execute(schema.person_entities.insert(), [entity])
        for person in persons:
            link = {"entity_id": 1, "person_id": person, "score": 1.0, "reasons": "{}"}
            more = {"state": "proposed", "author": "link", "linked_at": "2024"}
            connection.execute(schema.person_links.insert(), [link | more])
        told = {"id": 1, "name": f"Lomba Baca {NAME}", "venue": f"Rumah Baca {NAME}"}
        connection.execute(schema.event_entities.insert(), [told | {"created_at": "2024"}])
        link = {"entity_id": 1, "event_id": event, "score": 1.0, "reasons": "{}"}
        more = {"state": "proposed", "author": "link", "linked_at": "2024"}
        connection.execute(schema.event_links.insert(), [link | more])
        refresh(connection)
    return record


def leaks(said: dict[str, str], markers: tuple[str, ...]) -> dict[str, list[str]]:
    return {
        door: found for door, text in said.items() if (found := [m for m in markers if m in text])
    }


ALL_TELL = {"stats speaker", "stats venue", "gold", "public_records"}
WAYS = {
    "release": ("{key}", WHOLE), "person": ("{key}#" + NAME, PIECES),
    "entity": ("person:1", PIECES), "rule": ("", PIECES),
}  # fmt: skip


TRIED = [(store, way) for store in ("sqlite", "postgresql") for way in WAYS]


@pytest.mark.parametrize(("archive_url", "way"), TRIED, indirect=["archive_url"])
def test_no_door_lets_out_what_is_withheld_and_all_do_when_it_is_lifted(
    store: Store, archive_url: str, rilis: Run, tmp_path: Path, extractor: Extractor, way: str
) -> None:
    target, markers = WAYS[way]
    charts = way == "person"
    text = draft(*AT_RISK["victim"]) if way == "rule" else draft()
    record = filled(store, extractor, text)
    if way == "rule":
        with store.read() as connection:
            assert [one.author for one in withheld(connection)] == ["risk.victim"]
    else:
        withhold(store, [target.format(key=record.id)], "victim", "asked for it", "Rini")
    said = dict(doors(store, archive_url, rilis, tmp_path / "withheld", markers, charts))
    assert leaks(said, markers) == {}
    for digest in (record.source.sha256, hashlib.sha256(text.encode()).hexdigest(), record.id):
        assert leaks(said, (digest,)) == {}, "a guessed name can be confirmed by its hash"
    assert len(leaks(said, (SHOWN,))) > 10, "what is public is shown"
    with store.read() as connection:
        numbers = [one.id for one in withheld(connection)]
    lift(store, numbers, "of age, and agrees", "Rini")
    after = dict(doors(store, archive_url, rilis, tmp_path / "after", (), False))
    told = {door for door in after if door.startswith("export") or door in ALL_TELL}
    assert told <= set(leaks(after, markers))


@pytest.mark.parametrize("why", AT_RISK)
def test_whom_a_rule_finds_is_in_no_record_that_leaves(
    store: Store, extractor: Extractor, rilis: Run, archive_url: str, why: str
) -> None:
    add(store, from_records([release(extractor, 1, draft(*AT_RISK[why]))]))
    status, out, _err = rilis("archive", "export", "--format", "jsonl", "--archive", archive_url)
    assert status == 0
    assert not [piece for piece in PIECES if piece in out.casefold()]
    assert "kwartabumi" in out.casefold()


def test_every_subcommand_is_known_to_be_public_or_not() -> None:
    assert commands() <= INTERNAL | PUBLIC
    assert not INTERNAL & PUBLIC
