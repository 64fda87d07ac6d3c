"""The articles of a crawl as JSON lines, for ``rilis extract`` and everything else that reads them.

``articles.jsonl`` holds the current version of each article once. It grows as articles come in; the
state (:mod:`extractor.fetching.state`) knows how long it has to be, so that a file which a crash
left short, torn or outdated is seen, and written anew beside the old one.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

from extractor.record import Article, article_id
from extractor.sites.addresses import number_of, page_key
from extractor.sites.rule import Site

FILE = "articles.jsonl"


def article_line(article: Article, extra: dict[str, Any]) -> str:
    """An article as one line of JSON; ``extra`` (author, images, confidence …) is one more key,
    which readers of articles pass over."""
    fields = article.model_dump(mode="json")
    if extra:
        fields["extra"] = extra
    return json.dumps(fields, ensure_ascii=False) + "\n"


def settle(
    article: Article, url: str, site: Site | None, owner: str | None
) -> tuple[Article, str | None]:
    """The article under an address of its own, and the number that its address then stands for.

    A city CMS writes ``slug-9306.html`` and ``slug.html`` for one article, but also gives two
    articles one slug and two numbers. ``owner`` is the number of the article that has this uri
    already (None: none has it, or it came without). Another number is another article: it keeps the
    number in its uri.
    """
    number = number_of(url, site)
    if number is None or owner is None or number == owner:
        return article, owner or number
    uri = page_key(url, site)
    return article.model_copy(update={"uri": uri, "id": article_id(uri, b"")}), number


class ArticlesFile:
    """``articles.jsonl`` in a folder, open for appending."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._file: BinaryIO | None = None

    @property
    def size(self) -> int:
        """Its length in bytes; 0 where there is none."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def append(self, line: bytes) -> None:
        """Add a line."""
        if self._file is None:
            self._file = self.path.open("ab", buffering=0)
        self._file.write(line)

    def rewrite(self, lines: Iterable[bytes]) -> int:
        """Put these lines in its place, whole or not at all; how many bytes they are."""
        self.close()
        fresh = self.path.with_suffix(".jsonl.new")
        with fresh.open("wb") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        fresh.replace(self.path)
        return size

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None
