"""A command that needs no spaCy does not wait for it: loading it takes longer than all else."""

import subprocess
import sys

import pytest

PROGRAM = """
import sys
from extractor.cli import main
sys.argv = ["rilis", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
heavy = {"spacy", "numpy", "pydantic", "lxml", "bs4", "re2", "sqlalchemy", "httpx"}
print("loaded:", *sorted(heavy & set(sys.modules)), file=sys.stderr)
"""


def loaded(*arguments: str) -> set[str]:
    """The heavy libraries that a call loads."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=True
    )
    last = done.stderr.splitlines()[-1]
    assert last.startswith("loaded:")
    return set(last.split()[1:])


@pytest.mark.parametrize("arguments", [["--help"], ["--lang", "id", "--help"], ["--version"]])
def test_help_loads_no_library_of_any_command(arguments: list[str]) -> None:
    assert loaded(*arguments) == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ["schema"],
        ["clean", "--help"],
        ["silence", "--help"],
        ["sites", "--help"],
        ["fetch", "--help"],
    ],
)
def test_what_reads_no_records_loads_no_spacy(arguments: list[str]) -> None:
    assert "spacy" not in loaded(*arguments)


def test_public_names_are_there_at_first_use() -> None:
    program = (
        "import sys, extractor; assert 'spacy' not in sys.modules; assert 'Extractor' in dir(extractor)\n"
        "from extractor import Article, Extractor, ExtractorError, Record, load_pipeline\n"
        "assert 'spacy' in sys.modules; assert extractor.Extractor is Extractor"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
