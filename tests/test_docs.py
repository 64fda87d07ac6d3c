"""README and help tell the truth: every command is in both, every shown output is the real one.

``python tests/test_docs.py`` writes the outputs anew.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shell import Shell

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
SHOWN = re.compile(r"<!-- run: (?P<command>.+?) -->\n```\n(?P<output>.*?)```\n", re.DOTALL)
COMMANDS = (
    "clean", "undo", "extract", "explain", "evaluate", "annotate", "gold", "schema", "rules check",
    "rules try", "silence", "report", "fetch", "replay", "sites check", "sites try", "archive add",
    "archive info", "archive move", "archive upgrade", "archive search", "archive reindex",
    "archive review", "archive decide", "archive reviews", "archive gold", "archive examples",
    "archive link", "archive people", "archive events", "archive differences", "archive links",
    "archive withhold", "archive confirm", "archive lift", "archive withheld", "archive export",
    "archive import", "archive datasette-metadata", "archive stats",
)  # fmt: skip
WIDTH = "110"


def output_of(command: str) -> str:
    """What a command of the README prints, messages after results."""
    words = shlex.split(command)
    assert words[0] == "rilis"
    done = subprocess.run(
        [sys.executable, "-m", "extractor", *words[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": WIDTH, "NO_COLOR": "1", "TERM": "dumb", "RILIS_LANG": "en"},
    )
    # a digest of all rules, which every change of a rule changes
    shown = re.sub(r"(rules: )[0-9a-f]{16}", r"\1…", done.stdout + done.stderr)
    lines = shown.splitlines()
    return "".join(line.rstrip() + "\n" for line in lines)


def filled(text: str) -> str:
    """The README with every shown output made anew."""

    def shown(found: re.Match[str]) -> str:
        command = found["command"]
        return f"<!-- run: {command} -->\n```\n{output_of(command)}```\n"

    return SHOWN.sub(shown, text)


def test_every_shown_output_is_the_real_one() -> None:
    text = README.read_text(encoding="utf-8")
    assert len(SHOWN.findall(text)) >= 2
    assert filled(text) == text, "python tests/test_docs.py writes the outputs anew"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example_and_is_in_the_readme(
    command: str, rilis: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert f"`rilis {command}" in README.read_text(encoding="utf-8")
    monkeypatch.setenv("COLUMNS", WIDTH)
    shown = rilis(*command.split(), "--help").out
    assert "Example:" in shown
    assert f"rilis {command}" in shown.split("Example:")[1]


@pytest.mark.parametrize("group", ["", "archive", "sites", "rules"])
def test_no_command_is_left_out_here(group: str) -> None:
    listed = output_of(f"rilis {group} --help").split("─ Options")[1].split("╰", 1)[1]
    names = set(re.findall(r"^│ ([a-z-]+) ", listed, re.MULTILINE))
    at = 1 if group else 0
    here = [command.split() for command in COMMANDS if command.startswith(group)]
    assert names == {words[at] for words in here}


def test_ci_runs_the_test_command_of_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    command = next(line for line in text.splitlines() if line.endswith("&& pytest"))
    assert command.split("&& . .venv/bin/activate && ")[1] in (ROOT / ".ci/run").read_text()


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "rules/README.md"])
def test_links_of_the_papers_lead_to_files(name: str) -> None:
    path = ROOT / name
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_python_examples_of_the_readme_run(tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(
        "Judul\n\nDinas Pangan menggelar Rapat Pangan di Aula Jati, Kamis (2/5/2024).\n",
        encoding="utf-8",
    )
    blocks = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 2
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", "\n".join(blocks)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["Rapat Pangan 2024-05-02 Aula Jati", "['2024-05-02']"]


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
