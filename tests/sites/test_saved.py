"""Every site rule on its saved pages; `rilis sites check` and `rilis sites try`."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor.cli import app
from extractor.errors import UsageError
from extractor.sites.saved import try_saved
from tests.server.making import running
from tests.sites.asked import shipped

SAVED = Path(__file__).parent / "pages"
PAGES = sorted(path.relative_to(SAVED).as_posix() for path in SAVED.glob("*/*.html"))


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """One saved page in a folder of its own."""
    folder = tmp_path / "pages" / "protokol"
    folder.mkdir(parents=True)
    for suffix in (".html", ".json"):
        shutil.copy(SAVED / f"protokol/short-month{suffix}", folder)
    return tmp_path / "pages"


def test_every_saved_page_holds() -> None:
    outcomes = list(try_saved(SAVED, shipped()))
    assert [outcome.differences for outcome in outcomes if outcome.differences] == []
    assert len(outcomes) == len(PAGES)


def test_every_shipped_site_has_saved_pages() -> None:
    assert {page.split("/")[0] for page in PAGES} == set(shipped().all)


def change(pages: Path, **expect: object) -> None:
    path = pages / "protokol" / "short-month.json"
    told = json.loads(path.read_text())
    told["expect"] |= expect
    path.write_text(json.dumps(told))


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["sites", *words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def test_check_tells_each_site_and_what_held(pages: Path) -> None:
    status, said = run("check", "--pages", str(pages))
    assert status == 0
    assert any(line.split()[:4] == ["protokol", "1", "1", "detail"] for line in said.splitlines())


def test_check_names_the_page_and_the_difference(pages: Path) -> None:
    change(pages, published="2025-08-23")
    status, said = run("check", "protokol", "--pages", str(pages))
    assert status == 1
    assert "short-month.html: published:" in said.replace("\n", "")
    assert "2025-08-22" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "short-month.json"),
        ("[]", "'url' is missing"),
        ('{"url": "https://x.example/"}', "'expect' is missing"),
        ('{"url": "https://x.example/", "expect": {"titel": "x"}}', "did you mean 'title'"),
    ],
)
def test_a_broken_pair_is_told(pages: Path, text: str, said: str) -> None:
    (pages / "protokol" / "short-month.json").write_text(text)
    with pytest.raises(UsageError, match=said):
        list(try_saved(pages, shipped()))


def test_a_folder_without_pages_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no saved pages"):
        list(try_saved(tmp_path, shipped()))
    with pytest.raises(UsageError, match="--pages"):
        run("check", "--pages", str(tmp_path / "none"))


def test_check_tells_faults_of_the_rules(tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "dinas.yaml").write_text("hots: [a.go.id]\n")
    status, said = run("check", "--rules", str(tmp_path))
    assert status == 1
    assert "dinas.yaml:1: dinas: unknown key 'hots'; did you mean 'hosts'?" in said


def test_try_shows_what_each_selector_finds() -> None:
    page = str(SAVED / "protokol/short-month.html")
    status, said = run("try", page, "--site", "protokol")
    assert status == 0
    assert "2025-08-22" in said
    assert ".konten-berita h2" in said
    assert ".judul-berita" not in said
    assert ".judul-berita" in run("try", page, "--site", "protokol", "--all")[1]


def test_try_on_a_page_no_rule_knows() -> None:
    status, said = run("try", str(SAVED / "wordpress/classic.html"))
    assert status == 0
    assert "classic" in said


def test_try_asks_an_address_for_its_page(tmp_path: Path) -> None:
    with running(("dpmppa",), 2, rules=tmp_path) as sites:
        url = sites.site.base + sites.site.path(1)
        status, said = run("try", url, "--allow-private", "--rules", str(tmp_path))
    assert status == 0
    assert sites.site.releases[1].published.date().isoformat() in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("try", "no-such-file.html"), "no-such-file.html"),
        (
            ("try", str(SAVED / "wordpress/classic.html"), "--site", "wordpres"),
            "did you mean 'wordpress'",
        ),
        (("check", "dpmpa"), "did you mean 'dpmppa'"),
    ],
)
def test_mistakes_are_told(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        run(*words)
