"""Rule files are read whole: every fault with file, line and a way out; folders are laid over."""

import shutil
from pathlib import Path

import pytest

from extractor.errors import RuleError
from extractor.resources import rules_dir
from extractor.rulebook import load_rulebook, stands_alone
from extractor.rulebook.patterns import PatternFault, compile_pattern

RULE = """rules:
  - id: venues.test
    kind: venue
    pattern: '{place} [A-Z][a-z]+'
    examples:
      match: ["x"]
      no_match: ["y"]
words:
  place: [padepokan]
"""


def write(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def faults(folder: Path) -> list[str]:
    with pytest.raises(RuleError) as raised:
        load_rulebook(folder)
    return [f"{fault.path.name}:{fault.line}: {fault.message}" for fault in raised.value.faults]


@pytest.fixture
def _few(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the shipped rules those of two components alone, which are read in no time."""
    folder = tmp_path_factory.mktemp("shipped")
    for name in ("venues.yaml", "dates.yaml"):
        shutil.copy(rules_dir() / name, folder)
    monkeypatch.setattr("extractor.rulebook.loading.rules_dir", lambda: folder)


def test_the_shipped_rules_have_no_fault() -> None:
    assert load_rulebook().folders == (rules_dir(),)


FAULTS = [
    ("words:\n  a: [b\n", "venues.yaml:3: not YAML"),
    ("rule: []\n", "venues.yaml:1: venues: unknown key 'rule'; did you mean 'rules'?"),
    ("- a\n- b\n", "venues.yaml:1: expected keys with values, found a list"),
    (RULE.replace("pattern", "patern"), "venues.yaml:4: rule: unknown key 'patern'; did you mean 'pattern'?"),
    (RULE.replace("kind: venue", "kind: venuee"), "venues.yaml:2: venues.test: kind 'venuee' is none of"),
    (RULE.replace("{place}", "{plaec}"), "venues.yaml:4: venues.test: unknown list 'plaec'; did you mean 'place'?"),
    (RULE.replace("'{place} [A-Z][a-z]+'", "'(a'"), "venues.yaml:4: venues.test: bad pattern"),
    (RULE.replace("'{place} [A-Z][a-z]+'", "'(?=a)b'"), "look-around and back-references are not available"),
    (RULE.replace("'{place} [A-Z][a-z]+'", r"'(a)\1'"), "look-around and back-references are not available"),
    (RULE.replace("'{place} [A-Z][a-z]+'", "'(a||b)'"), "empty alternative"),
    (RULE.replace("'{place} [A-Z][a-z]+'", "'a|'"), "empty alternative"),
    (RULE.replace("'{place} [A-Z][a-z]+'", "'(?:|a)b'"), "empty alternative"),
    (RULE.replace("'{place} [A-Z][a-z]+'", "'a*'"), "matches the empty text"),
    (RULE.replace("'{place} [A-Z][a-z]+'", "[a, b]"), "venues.yaml:4: pattern: expected a text, found a list"),
    (RULE.replace("[padepokan]", "[]"), "words.place: empty list"),
    (RULE.replace("[padepokan]", "['']"), "words.place: empty text"),
    (RULE.replace("[padepokan]", "padepokan"), "words.place: expected a list, found 'padepokan'"),
    (RULE.replace("[padepokan]", "[padepokan, padepokan]"), "'padepokan' stands twice"),
    (RULE.replace("[padepokan]", "[no]"), "put it in quotation marks"),
    (RULE.replace("  - id: venues.test\n    kind", "  - kind"), "rule without id"),
    (RULE.replace("venues.test", "dates.test"), "id 'dates.test' must begin with 'venues.'"),
    (RULE.replace('      no_match: ["y"]\n', ""), "venues.test: no examples.no_match"),
    (RULE.replace("kind: venue", "kind: venue\n    confidence: 2"), "confidence: 2 is not between 0 and 1"),
    (RULE.replace("kind: venue", "kind: venue\n    confidence: high"), "confidence: expected a number, found 'high'"),
    (RULE.replace("kind: venue", "kind: venue\n    kind: venue"), "key 'kind' stands twice, first in line 3"),
    (RULE.replace('["x"]', "[{txt: x}]"), "unknown key 'txt'; did you mean 'text'?"),
    (RULE.replace('["x"]', "[{text: x, published: May}]"), "'May' is no date like 2024-05-02"),
    ("disable: [venues.nothing]\n", "venues.yaml:1: disable: no rule 'venues.nothing' to switch off"),
    ("remove_words: {nothing: [x]}\n", "venues.yaml:1: remove_words: list 'nothing' has no 'x'"),
    (RULE + "  plce: [x]\n", "venues.yaml:10: words: nothing uses the list 'plce'"),
]  # fmt: skip


@pytest.mark.usefixtures("_few")
@pytest.mark.parametrize(("content", "said"), FAULTS, ids=[said for _, said in FAULTS])
def test_a_fault_is_told_with_its_line_and_a_way_out(
    tmp_path: Path, content: str, said: str
) -> None:
    write(tmp_path, "venues.yaml", content)
    told = faults(tmp_path)
    assert any(said in fault for fault in told), told


@pytest.mark.usefixtures("_few")
def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    write(
        tmp_path, "venues.yaml", RULE.replace("kind: venue", "kind: venuee").replace("id:", "idd:")
    )
    write(tmp_path, "dates.yaml", "rulez: 1\nwords: 3\n")
    write(tmp_path, "nonsense.yaml", "a: 1\n")
    told = faults(tmp_path)
    assert len(told) >= 4
    assert {fault.split(":")[0] for fault in told} == {"venues.yaml", "dates.yaml", "nonsense.yaml"}


@pytest.mark.usefixtures("_few")
@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"a: &a [x]\nb: *c\n", "not YAML"),
        (b"a: !!python/object/apply:os.system ['true']\n", "unknown key 'a'"),
        (b"[" * 5000, "not YAML"),
        (b"about: x\n\ta: b\n", "not YAML"),
        (b"x: 1\n" + b"#" * 4_100_000, "at most"),
        (
            b"a: &a [x, x, x, x, x, x, x, x, x]\n"
            + b"".join(
                b"%c: &%c [%s]\n" % (n, n, b", ".join([b"*%c" % (n - 1)] * 9))
                for n in range(ord("b"), ord("j"))
            ),
            "aliases that multiply",
        ),
    ],
)
def test_a_hostile_file_is_a_fault_not_a_crash(tmp_path: Path, raw: bytes, said: str) -> None:
    (tmp_path / "venues.yaml").write_bytes(raw)
    assert any(said in fault for fault in faults(tmp_path))


def test_a_folder_that_is_not_there_is_told() -> None:
    with pytest.raises(RuleError, match="no such folder"):
        load_rulebook(Path("/no/such/folder"))


def test_a_folder_adds_to_the_shipped_rules(tmp_path: Path) -> None:
    write(tmp_path, "venues.yaml", RULE)
    book = load_rulebook(tmp_path)
    assert book["venues"].rule("venues.test") is not None
    assert len(book["venues"].rules) == len(load_rulebook()["venues"].rules) + 1
    assert book.version != load_rulebook().version


def test_a_rule_with_a_known_id_replaces_the_shipped_one(tmp_path: Path) -> None:
    shipped = load_rulebook()["venues"].rules
    path = write(tmp_path, "venues.yaml", RULE.replace("venues.test", shipped[0].id))
    own = load_rulebook(tmp_path)["venues"].rules
    assert [rule.id for rule in own] == [rule.id for rule in shipped]
    assert [rule.path for rule in own[:2]] == [path, shipped[1].path]


def test_an_id_stands_in_one_file_only(tmp_path: Path) -> None:
    again = (rules_dir() / "style" / "pairs.yaml").read_text(encoding="utf-8")
    write(tmp_path, "style/own.yaml", again)
    told = faults(tmp_path)
    assert told
    assert all("stands twice, first in" in one and "pairs.yaml:" in one for one in told)


def test_a_rule_can_be_switched_off(tmp_path: Path) -> None:
    first = load_rulebook()["paragraphs"].rules[0].id
    write(tmp_path, "paragraphs.yaml", f"disable: [{first}]\n")
    assert load_rulebook(tmp_path)["paragraphs"].rule(first) is None


def test_a_complete_folder_stands_alone(tmp_path: Path) -> None:
    for path in rules_dir().rglob("*.yaml"):
        write(tmp_path, str(path.relative_to(rules_dir())), path.read_text(encoding="utf-8"))
    assert stands_alone(tmp_path)
    assert load_rulebook(tmp_path).folders == (tmp_path,)
    assert load_rulebook(tmp_path).version == load_rulebook().version


WORDS = {"place": {"balai desa": "balai desa", "jum'at": "5"}}


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("{place}", "di Balai  Desa Jati", "Balai  Desa"),
        ("{place}", "di balai desanya", None),
        ("{=place}", "di Balai Desa", None),
        ("{place}", "Jum’at pagi", "Jum’at"),
        (r"\d{2}", "no 12", "12"),
    ],
)
def test_a_list_in_a_pattern_stands_for_its_words(
    pattern: str, text: str, found: str | None
) -> None:
    match = compile_pattern(pattern, WORDS).search(text)
    assert (match.group() if match else None) == found


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", r"(\w+\s?)*x", "(.*)(.*)(.*)z"])
def test_a_pattern_that_would_hang_a_backtracking_engine_does_not(pattern: str) -> None:
    compiled = compile_pattern(pattern + "y", {})
    assert compiled.search("a" * 50_000) is None


def test_a_giant_pattern_is_refused() -> None:
    with pytest.raises(PatternFault, match="at most"):
        compile_pattern("a" * 5000, {})
