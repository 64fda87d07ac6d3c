"""An annotated corpus on disk: ``ID.txt`` with ``ID.json`` beside it, floors and a digest."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.errors import CorpusError, SourceError
from extractor.record import Article, to_json
from extractor.sources import read_draft

if TYPE_CHECKING:  # the archive's commands read a corpus without spaCy
    from extractor.extraction import Extractor

_KEYS = ("id", "event", "date", "venues", "people", "quotes")


@dataclass(frozen=True)
class Annotated:
    """One release and its answer."""

    gold: Mapping[str, Any]
    article: Article

    @property
    def id(self) -> str:
        """The name both files share."""
        return str(self.gold["id"])


def read_corpus(folder: Path) -> list[Annotated]:
    """All annotated releases of a folder, by name.

    Raises :class:`CorpusError` naming every file that is missing, unreadable or lacks a key.
    """
    faults = []
    documents = []
    answers = sorted(p for p in folder.glob("*.json") if p.name != "floors.json")
    if not answers:
        raise CorpusError(f"{folder}: no annotated releases (ID.txt with ID.json beside it)")
    for path in answers:
        try:
            gold = json.loads(path.read_text(encoding="utf-8"))
            draft = read_draft(path.with_suffix(".txt"))
            missing = [key for key in _KEYS if key not in gold]
            if missing:
                faults.append(f"{path}: no key {', '.join(missing)}")
                continue
            article = draft.article().model_copy(update={"published": gold.get("published")})
            documents.append(Annotated(gold, article))
        except SourceError as error:
            faults.append(str(error))
        except (OSError, ValueError) as error:
            faults.append(f"{path}: {error}")
    if faults:
        raise CorpusError("\n".join(faults))
    return documents


def read_records(path: Path, documents: Iterable[Annotated]) -> dict[str, dict[str, Any]]:
    """Records written earlier, by the id of their document (which their path, id or uri names)."""
    known = {document.id: document for document in documents}
    by_article = {document.article.id: name for name, document in known.items()}
    found = {}
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except ValueError as error:
                raise CorpusError(f"{path}:{number}: no JSON: {error}") from None
            source = record.get("source") or {}
            stem = Path(str(source.get("path") or "")).stem
            name = stem if stem in known else by_article.get(str(record.get("id")))
            if name is not None:
                found[name] = record
    return found


def digest(folder: Path) -> str:
    """A digest of all texts and answers, so that a change of the corpus is noticed."""
    total = hashlib.sha256()
    for path in sorted(folder.glob("*.*")):
        if path.suffix in (".txt", ".json") and path.name != "floors.json":
            total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def extract_corpus(
    documents: Iterable[Annotated], extractor: "Extractor"
) -> dict[str, dict[str, Any]]:
    """The records rilis gives for these releases, as plain JSON, by the id of their document."""
    return {one.id: json.loads(to_json(extractor.extract(one.article))) for one in documents}
