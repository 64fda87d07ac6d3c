"""Site rules: each fault as FILE:LINE with what was meant; a folder laid over the shipped ones."""

from pathlib import Path

import pytest

from extractor.errors import RuleError, UsageError
from extractor.resources import rules_dir
from extractor.rulebook import load_rulebook
from extractor.sites.loading import load_sites
from extractor.sites.pages import read_page
from extractor.sites.rule import host_of
from extractor.sites.selectors import SelectorFault, compile_selector
from tests.sites.asked import article_page, response, shipped

RULE = """hosts: [dinas.contoh.go.id]
start: ["https://dinas.contoh.go.id/kabar"]
address:
  article: '^/kabar/[^/]+$'
  listing: '^/kabar$'
layouts:
  - id: satu
    title: h1
    body: [.isi]
"""


def write(folder: Path, text: str, name: str = "dinas.yaml") -> Path:
    (folder / "sites").mkdir(exist_ok=True)
    (folder / "sites" / name).write_text(text, encoding="utf-8")
    return folder


def faults(folder: Path, text: str, name: str = "dinas.yaml") -> list[str]:
    with pytest.raises(RuleError) as told:
        load_sites([rules_dir(), write(folder, text, name)])
    return [f"{fault.path.name}:{fault.line}: {fault.message}" for fault in told.value.faults]


def test_the_shipped_sites_are_there() -> None:
    assert set(shipped().all) >= {
        "dpmppa", "pekalongankota", "protokol", "dinperpa", "rkb", "pekalongankab", "wordpress", "opensid", "codeigniter",
    }  # fmt: skip
    assert {site.id for site in shipped().systems} == {"wordpress", "opensid", "codeigniter"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("layouts:", "layuots:", "dinas.yaml:6: dinas: unknown key 'layuots'; did you mean 'layouts'?"),
        ("body: [.isi]", "bodi: [.isi]", "dinas.yaml:9: dinas.layouts: unknown key 'bodi'; did you mean 'body'?"),
        ("    body: [.isi]\n", "", "dinas.yaml:7: dinas: a layout needs 'body'"),
        ("[.isi]", "['.isi >> p']", "dinas.yaml:9: dinas.layouts.body: '> p' is not understood"),
        ("[.isi]", "['p:nth-child(2)']", "dinas.yaml:9: dinas.layouts.body: "),
        ("[.isi]", "[]", "dinas.yaml:9: dinas.layouts.body: no selector"),
        ("'^/kabar/[^/]+$'", "'^/kabar/(?=x)'", "dinas.yaml:4: dinas.address.article: bad pattern"),
        ("'^/kabar$'", "'|x'", "dinas.yaml:5: dinas.address.listing: empty alternative"),
        ("[dinas.contoh.go.id]", "['https://dinas.contoh.go.id/']", "dinas.yaml:1: hosts: "),
        ("dinas.contoh.go.id", "pekalongankota.go.id", "belongs to site 'pekalongankota'"),
        ("https://dinas", "https://dinaz", "dinas.yaml:2: start: host 'dinaz.contoh.go.id' is none of the site's; did you mean"),
        ("https://dinas", "dinas", "dinas.yaml:2: dinas.start: 'dinas.contoh.go.id/kabar' is no address"),
        ("start:", "delay: -1\nstart:", "dinas.yaml:2: dinas.delay: -1 is not between 0 and 3600"),
        ("    title: h1", "    valid_until: 2024-13-01\n    title: h1", "dinas.yaml:8: dinas.layouts.valid_until: '2024-13-01' is no date"),
        ("    title: h1", "    valid_from: 2025-01-01\n    valid_until: 2024-01-01\n    title: h1", "dinas.yaml:7: dinas: valid_from is after"),
        ("  listing:", "  number: '-\\d+$'\n  listing:", "one group must stand round the number"),
        ("  listing:", "  scheme: htps\n  listing:", "dinas.yaml:5: dinas.address.scheme: 'htps'"),
        ("  listing:", "  examples: [{url: 'https://dinas.contoh.go.id/kabar/a-b', kind: listing}]\n  listing:", "is of kind article, not listing"),
        ("  listing:", "  examples: [{url: 'https://dinas.contoh.go.id/kabar/a-b', kind: artikel}]\n  listing:", "did you mean 'article'?"),
        ("  listing:", "  examples: [{url: 'http://www.dinas.contoh.go.id/kabar/a', key: 'x'}]\n  listing:", "the key of http://www.dinas.contoh.go.id/kabar/a is https://dinas.contoh.go.id/kabar/a, not x"),
        (RULE, "", "dinas.yaml:1: an empty site rule"),
        (RULE, "- a\n", "dinas.yaml:1: expected keys with values"),
        (RULE, "a: [\n", "dinas.yaml:2: not YAML"),
        ("hosts: [dinas.contoh.go.id]\n", "", "'hosts' are missing"),
    ],
)  # fmt: skip
def test_faults_name_the_line_and_the_way_out(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in RULE
    told = faults(tmp_path, RULE.replace(old, new))
    assert any(said in one for one in told), told


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    assert len(faults(tmp_path, RULE.replace("layouts", "layuots").replace("start", "strat"))) >= 2


def test_the_name_of_a_rule_is_checked(tmp_path: Path) -> None:
    assert "small letters" in faults(tmp_path, RULE, "Dinas Satu.yaml")[0]


def test_a_folder_is_laid_over_the_shipped_sites(tmp_path: Path) -> None:
    write(tmp_path, RULE)
    write(tmp_path, RULE.replace("dinas.contoh", "baru.contoh"), "dpmppa.yaml")
    sites = load_sites(load_rulebook(tmp_path).folders)
    assert sites.by_id("dpmppa").hosts == ("baru.contoh.go.id",)
    assert sites.for_url("https://www.dinas.contoh.go.id/x") is sites.by_id("dinas")
    assert sites.for_url("https://dpmppa.pekalongankota.go.id/") is None
    assert sites.by_id("rkb").hosts == shipped().by_id("rkb").hosts
    assert sites.version != shipped().version


def test_an_unknown_site_gets_the_nearest_name() -> None:
    with pytest.raises(UsageError, match="did you mean 'dpmppa'"):
        shipped().by_id("dpmpa")


def test_hosts_with_ports(tmp_path: Path) -> None:
    write(
        tmp_path,
        RULE.replace("dinas.contoh.go.id", "127.0.0.1").replace("https://127", "http://127"),
    )
    sites = load_sites([tmp_path])
    found = sites.for_url("http://127.0.0.1:4711/kabar/a")
    assert found is sites.by_id("dinas")
    page = read_page(
        response(article_page("").replace("isi-berita", "isi"), "http://127.0.0.1:4711/kabar"),
        found,
    )
    assert page.kind == "listing"
    assert host_of("https://WWW.Dinas.go.id:443/") == "dinas.go.id"
    assert host_of("not an address") == ""


def test_layouts_are_chosen_by_what_matches_and_by_the_day(tmp_path: Path) -> None:
    rule = RULE + (
        "    valid_until: 2024-06-30\n    date: .tgl\n"
        "  - id: dua\n    valid_from: 2024-07-01\n    title: h1\n    date: .tgl\n    body: [.teks, .isi]\n    drop: .iklan\n"
        "  - id: tiga\n    title: h2\n    body: .x\n"
    )
    site = load_sites([write(tmp_path, rule)]).by_id("dinas")
    url = "https://dinas.contoh.go.id/kabar/a"

    def layout(markup: str) -> str:
        return str(read_page(response(markup, url), site).extra["layout"])

    page = '<h1>Judul</h1><p class="tgl">{}</p><div class="isi"><p>Isi.</p><p class="iklan">Iklan.</p></div>'
    assert layout(page.format("1 Mei 2024")) == "satu"
    assert layout(page.format("1 Agustus 2024")) == "dua"
    assert layout(page.format("tanpa tanggal")) == "satu"
    assert layout('<h2>Judul</h2><div class="x">Isi.</div>') == "tiga"


@pytest.mark.parametrize(
    "source",
    [
        "",
        "*",
        "[x=y]",
        "a:hover",
        "a + b",
        "a >",
        "> a",
        "a~b",
        ".1 .a .b .c .d .e .f .g .h",
        "a[b",
        "a b c d e f g h i",
    ],
)
def test_selectors_beyond_the_little_css_are_refused(source: str) -> None:
    with pytest.raises(SelectorFault):
        compile_selector(source)
