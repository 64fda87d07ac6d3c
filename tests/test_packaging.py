"""The wheel, installed alone in a fresh environment, does the main job from any folder.

The environment gets the plain install: no extra of ours is in it. It is made once for all tests here
and needs the package index; where that cannot be reached the tests say so and are skipped.
"""

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "corpus" / "sample" / "2024-07-11-rakor-kader.txt"


def run(*command: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "RILIS_RULES")}
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, env=environment
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder)
    assert built.returncode == 0, built.stdout + built.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def plain(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of an environment that holds the wheel and what it depends on."""
    folder = tmp_path_factory.mktemp("plain")
    venv.create(folder, with_pip=True)
    installed = run(folder / "bin" / "pip", "install", "--quiet", wheel)
    if installed.returncode and "No matching distribution" in installed.stderr:
        reached = run(folder / "bin" / "pip", "download", "--no-deps", "-d", folder, "rapidfuzz")
        if reached.returncode:
            pytest.skip("the package index cannot be reached")
    assert installed.returncode == 0, installed.stderr
    return folder / "bin"


def test_the_wheel_holds_package_rules_and_samples_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names} == {"extractor", names[-1].split("/")[0]}
    for expected in (
        "extractor/py.typed",
        "extractor/record.schema.json",
        "extractor/_data/rules/dates.yaml",
        "extractor/_data/rules/style/spacing.yaml",
        "extractor/_data/corpus/sample/2024-07-11-rakor-kader.txt",
        "extractor/locale/id/LC_MESSAGES/rilis.mo",
        "extractor/archive/migrations/versions/first.upgrade.sqlite.sql",
        "extractor/archive/migrations/versions/first.upgrade.postgresql.sql",
    ):
        assert expected in names
    assert not [name for name in names if name.endswith("~")]
    # modules may be named gold; annotated releases stay out
    assert not [name for name in names if "gold" in name and not name.endswith(".py")]


def test_the_main_job_runs_from_the_root_folder(plain: Path) -> None:
    done = run(plain / "rilis", "extract", SAMPLE, cwd=Path("/"))
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    expected = json.loads(SAMPLE.with_suffix(".json").read_text(encoding="utf-8"))
    assert record["events"] == expected["events"]
    assert record["people"] == expected["people"]


def test_python_dash_m_is_the_same_command(plain: Path) -> None:
    done = run(
        plain / "python", "-m", "extractor", "rules", "try", "Kamis (2/5/2024)", cwd=Path("/")
    )
    assert done.returncode == 0, done.stderr
    assert "2024-05-02" in done.stdout


def test_the_plain_install_cleans_and_checks_rules_without_any_extra(plain: Path) -> None:
    for extra in ("pytest", "hypothesis", "ruff", "mypy"):
        missing = run(plain / "python", "-c", f"import {extra}", cwd=Path("/"))
        assert missing.returncode != 0, f"{extra} is in the plain environment"
    cleaned = run(plain / "rilis", "clean", SAMPLE, cwd=Path("/"))
    assert cleaned.returncode == 0, cleaned.stderr
    assert cleaned.stdout.count("Pungkas Danu") + cleaned.stdout.count("pungkas Danu") == 1
    checked = run(plain / "rilis", "rules", "check", cwd=Path("/"))
    assert checked.returncode == 0, checked.stdout


def test_the_components_are_found_by_spacy_alone(plain: Path) -> None:
    code = (
        "import spacy; nlp = spacy.blank('id'); nlp.add_pipe('rilis_dates');"
        "doc = nlp('Kamis (2/5/2024)'); print(doc.spans['dates'][0]._.rilis['value']['start'])"
    )
    done = run(plain / "python", "-c", code, cwd=Path("/"))
    assert done.stdout.strip() == "2024-05-02", done.stderr
