"""Articles into the state: versions, days that were asked for, and the file beside it."""

import json
from collections.abc import Iterator
from typing import Any, Literal

from extractor.fetching.articles import ArticlesFile, article_line, settle
from extractor.fetching.exchange import Place
from extractor.fetching.frontier import Days
from extractor.fetching.state import Row, State
from extractor.record import Article, text_version, to_json
from extractor.sites.rule import Site

Change = Literal["new", "edited", "unchanged"]


class Keeper:
    """Keeps articles in the state, and ``articles.jsonl`` in line with it."""

    def __init__(self, state: State, file: ArticlesFile, days: Days) -> None:
        self._state = state
        self._file = file
        self._days = days
        self._line: bytes | None = None

    def keep(
        self, article: Article, extra: dict[str, Any], row: Row, site: Site | None, place: Place
    ) -> Change:
        """Record an article inside of a transaction; :meth:`written` must follow its commit."""
        state = self._state
        uri = article.uri or row.key
        owner = state.one("SELECT slug_number FROM articles WHERE uri = ? AND current", uri)
        article, slug = settle(article, row.address, site, owner[0] if owner else None)
        uri = article.uri or row.key
        version = text_version(article.text)
        state.update_page(
            row.key, text_sha256=version, published=article.published, article_key=uri
        )
        before = state.one("SELECT * FROM articles WHERE uri = ? AND current", uri)
        fields = to_json(article), json.dumps(extra, ensure_ascii=False)
        if before is not None and before["version"] == version:
            return self._same(before, article, fields, slug)
        number = 1 if before is None else before["number"] + 1
        listed = self._days.hold(article.published) or (before is not None and before["listed"])
        state.run("UPDATE articles SET current = 0 WHERE uri = ? AND current", uri)
        state.run(
            "INSERT INTO articles VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            uri, number, version, article.id, int(listed), slug, article.published,
            article.retrieved, *fields, place.file, place.offset, place.record_id,
        )  # fmt: skip
        if before is not None:
            state.set_meta("articles_stale", 1)
            return "edited"
        if listed:
            self._line = article_line(article, extra).encode()
            size = int(state.meta("articles_bytes", 0)) + len(self._line)
            state.set_meta("articles_bytes", size)
        return "new"

    def _same(
        self, before: Any, article: Article, fields: tuple[str, str], slug: str | None
    ) -> Change:
        """The text is the one we have; what stands beside it may differ (a rule was mended)."""
        old = json.loads(before["article"]) | {"retrieved": None}
        fresh = json.loads(fields[0]) | {"retrieved": None}
        if old != fresh or before["extra"] != fields[1]:
            self._state.run(
                "UPDATE articles SET article = ?, extra = ?, published = ?, slug_number = ? "
                "WHERE uri = ? AND current",
                *fields, article.published, slug, article.uri,
            )  # fmt: skip
            self._state.set_meta("articles_stale", 1)
        return "unchanged"

    def written(self) -> None:
        """Append the line of an article whose transaction is committed."""
        if self._line is not None:
            line, self._line = self._line, None
            self._file.append(line)

    def dropped(self) -> None:
        """Forget the line of a transaction that was not committed."""
        self._line = None

    def list_wanted(self) -> None:
        """Take articles that earlier days kept out into the file, where today's want them."""
        with self._state.change():
            changed = self._state.run(
                "UPDATE articles SET listed = 1 WHERE NOT listed "
                "AND (? IS NULL OR published >= ?) "
                "AND (? IS NULL OR substr(published, 1, 10) <= ?)",
                self._days.since, self._days.since, self._days.until, self._days.until,
            )  # fmt: skip
            if changed:
                self._state.set_meta("articles_stale", 1)

    def settle_file(self) -> None:
        """Write the file anew where it is not what the state says: torn, short, outdated."""
        self._file.close()
        stale = self._state.meta("articles_stale", 0)
        if not stale and self._file.size == int(self._state.meta("articles_bytes", 0)):
            return
        size = self._file.rewrite(self._lines())
        with self._state.change():
            self._state.set_meta("articles_bytes", size)
            self._state.set_meta("articles_stale", 0)

    def _lines(self) -> Iterator[bytes]:
        query = "SELECT article, extra FROM articles WHERE current AND listed ORDER BY rowid"
        for article, extra in self._state.all(query):
            read = Article.model_validate_json(article)
            yield article_line(read, json.loads(extra)).encode()
