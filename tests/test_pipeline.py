"""The pipeline: named factories, plain values, several processes, DocBin, long texts."""

import spacy
from spacy.language import Language
from spacy.tokens import DocBin

from extractor import Article, Extractor, load_pipeline
from extractor.components.marks import marked
from extractor.pipeline import COMPONENTS

TEXT = (
    "Dinas Pangan Kota Melati menggelar Sosialisasi Pekarangan Lestari di Aula Kenanga, "
    "Kamis (2/5/2024) pukul 09.00 WIB. Kepala Dinas Pangan Kota Melati, Drs. Budi Harjo, M.Si. "
    "mengatakan bahwa pekarangan adalah lumbung keluarga. “Mulailah dari halaman sendiri,” ujarnya."
)
KEYS = ("sentences", "dates", "people", "venues", "events", "quotes")


def found(nlp: Language, text: str = TEXT) -> dict[str, list[object]]:
    doc = nlp(text)
    return {key: [span._.rilis for span in doc.spans[key]] for key in KEYS}


def test_the_components_stand_in_the_order_of_the_list(nlp: Language) -> None:
    assert nlp.pipe_names == list(COMPONENTS)
    assert [name.removeprefix("rilis_") for name in COMPONENTS] == list(KEYS)


def test_every_component_finds_something_in_a_plain_release(nlp: Language) -> None:
    assert all(found(nlp).values())


def test_values_are_plain_and_stand_where_they_say(nlp: Language) -> None:
    def plain(value: object) -> bool:
        if isinstance(value, dict):
            return all(isinstance(k, str) and plain(v) for k, v in value.items())
        if isinstance(value, list):
            return all(map(plain, value))
        return value is None or isinstance(value, str | int | float | bool)

    doc = nlp(TEXT)
    for key in KEYS:
        for span in doc.spans[key]:
            one = span._.rilis
            assert set(one) == {"rule", "confidence", "start", "end", "value"}
            assert plain(one), one
            assert span.start_char <= one["start"] < one["end"] <= span.end_char


def test_two_processes_give_the_same_as_one(nlp: Language) -> None:
    texts = [TEXT, "Tidak ada apa-apa.", TEXT.replace("Budi", "Sari")]
    alone = [[marked(doc, key) for key in KEYS] for doc in map(nlp, texts)]
    docs = list(nlp.pipe(texts, n_process=2, batch_size=1))
    assert [[marked(doc, key) for key in KEYS] for doc in docs] == alone


def test_marks_survive_a_docbin(nlp: Language) -> None:
    raw = DocBin(docs=[nlp(TEXT)], store_user_data=True).to_bytes()
    (doc,) = DocBin().from_bytes(raw).get_docs(spacy.blank("id").vocab)
    dates = [span._.rilis["value"]["start"] for span in doc.spans["dates"]]
    assert dates == ["2024-05-02"]


def test_rules_of_ones_own_reach_the_components(tmp_path: object, nlp: Language) -> None:
    folder = str(tmp_path)
    assert load_pipeline(folder).pipe_names == nlp.pipe_names


def test_a_text_over_a_million_characters_is_read_whole(extractor: Extractor) -> None:
    filler = "Kegiatan ini berjalan lancar dan tertib sampai selesai. " * 18_000
    record = extractor.extract(Article(id="x", text=f"Judul Panjang\n\n{filler}\n{TEXT}\n"))
    assert len(record.text) > 1_000_000
    assert "2024-05-02" in [date.start for date in record.dates]
