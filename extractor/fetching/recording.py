"""Everything a page brought, recorded in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from extractor.fetching.asking import Shared
from extractor.fetching.client import Answer
from extractor.fetching.exchange import Place
from extractor.fetching.frontier import Days, add_links, follow
from extractor.fetching.judging import Verdict, validators
from extractor.fetching.keeping import Keeper
from extractor.fetching.state import Row, State
from extractor.messages import _
from extractor.sites.rule import Site

Count = Literal["new", "edited", "unchanged", "failed", "skipped", "retried"]


@dataclass
class Recorder:
    """Records what became of the pages of one site. ``ours`` tells whether an address is the
    site's; ``rules`` is the version of the site rules."""

    state: State
    keeper: Keeper
    shared: Shared
    site: Site | None
    days: Days
    rules: str
    max_listings: int
    ours: Callable[[str], bool]
    note: Callable[[str], None]
    listings: int = 0

    def record(
        self, row: Row, verdict: Verdict, answer: Answer | None, place: Place | None
    ) -> Count | None:
        """Record a verdict with the answer it rests on; the count that it adds to."""
        try:
            with self.state.change():
                if answer is not None:
                    self._answered(row, answer, place)
                count = self._record(row, verdict, answer, place)
        except BaseException:
            self.keeper.dropped()
            raise
        self.keeper.written()
        return count

    def _answered(self, row: Row, answer: Answer, place: Place | None) -> None:
        insecure = self.shared.client.insecure and row.address.startswith("https:")
        fields: dict[str, Any] = {
            "status": answer.exchange.status or None,
            "retrieved": self.shared.clock.now(),
            "insecure": int(insecure),
        }
        if place is not None:
            self.state.mark(place)
            fields |= {"warc_file": place.file, "warc_offset": place.offset}
            fields["warc_id"] = place.record_id
        self.state.update_page(row.key, **fields)

    def _record(
        self, row: Row, verdict: Verdict, answer: Answer | None, place: Place | None
    ) -> Count | None:
        reason = verdict.reason or ""
        match verdict.deed:
            case "again":
                return self._again(row, reason, verdict.wait)
            case "moved":
                onward = verdict.onward or ""
                refused = follow(self.state, row, onward, self.site, is_home)
                return None if refused is None else self._failed(row, refused)
            case "stop":
                return self._stopped(row, verdict, place)
            case "fail":
                return self._failed(row, reason, "gone" if verdict.gone else None)
            case "skip":
                self.state.update_page(row.key, state="done", outcome="skipped", reason=reason)
                return "skipped"
            case _:
                return self._done(row, verdict, answer, place)

    def _stopped(self, row: Row, verdict: Verdict, place: Place | None) -> Count | None:
        """The page waits at the end of the queue, so that a single odd one does not keep the next
        run from the others; what could be read of it is kept."""
        self.state.update_page(
            row.key, state="waiting", reason=verdict.reason, attempts=0,
            rank=self.state.next_rank(1), etag=None, last_modified=None,
        )  # fmt: skip
        page = verdict.page
        if page is None or page.article is None or place is None:
            return None
        return self.keeper.keep(page.article, page.extra, row, self.site, place)

    def _failed(self, row: Row, reason: str, outcome: str | None = None) -> Count:
        self.state.update_page(
            row.key, state="failed", outcome=outcome, reason=reason, etag=None, last_modified=None
        )
        return "failed"

    def _again(self, row: Row, reason: str, asked: float | None) -> Count:
        if row.attempts >= self.shared.tries:
            said = _("{reason} ({n} tries)").format(reason=reason, n=row.attempts)
            return self._failed(row, said)
        wait = max(self.shared.retry_in(row.attempts), asked or 0.0)
        self.state.update_page(
            row.key, state="waiting", reason=reason, etag=None, last_modified=None,
            next_at=self.shared.clock.now() + wait,
        )  # fmt: skip
        return "retried"

    def _done(
        self, row: Row, verdict: Verdict, answer: Answer | None, place: Place | None
    ) -> Count | None:
        fields: dict[str, Any] = {"state": "done", "reason": None, "rules": self.rules}
        if verdict.body_sha256 is not None:
            fields["body_sha256"] = verdict.body_sha256
        if answer is not None and answer.exchange.status != 304:
            fields["etag"], fields["last_modified"] = validators(answer, self.shared.clock.now())
        page = verdict.page
        if page is None:
            self.state.update_page(row.key, **fields, outcome="unchanged")
            return "unchanged"
        change: Count | None = None
        if page.article is not None and place is not None:
            change = self.keeper.keep(page.article, page.extra, row, self.site, place)
        self.state.update_page(row.key, **fields, outcome=change or "listing")
        if row.kind == "listing":
            self._links(row, verdict)
        return change

    def _links(self, row: Row, verdict: Verdict) -> None:
        assert verdict.page is not None
        self.listings += 1
        links = [link for link in verdict.page.links if self.ours(link.url)]
        if self.listings >= self.max_listings:
            if self.listings == self.max_listings:
                said = _("{n} listings read, which is the most; their further links are left")
                self.note(said.format(n=self.listings))
            links = [link for link in links if link.kind == "article"]
        add_links(self.state, row, links, self.site, self.days)


def is_home(url: str) -> bool:
    """Whether an address is a site's home page."""
    parts = urlsplit(url)
    return parts.path.rstrip("/") in ("", "/index.php", "/index.html") and not parts.query
