"""Hits on SQLite: its full text index lies over the places of releases, so that it counts a span of
time without looking elsewhere, and gives the latest without looking further."""

from sqlalchemy import Connection, text

from extractor.archive.searching.places import DATED, Bounds, Places
from extractor.archive.searching.terms import Terms


def on_sqlite(
    connection: Connection, terms: Terms, foremost: Terms | None, between: Bounds, wanted: int
) -> Places:
    """How many hits there are, and the places of as many as are wanted."""
    first, last = between or (None, None)
    hits = "FROM search_index WHERE search_index MATCH :match"
    within = "" if between is None else "AND rowid >= :first AND rowid < :last"

    def ask(columns: str, match: str, most: int = 0) -> list[int]:
        given = {
            "match": match, "first": first, "last": last, "dated": DATED, "most": most,
        }  # fmt: skip
        return list(connection.execute(text(columns), given).scalars())

    latest = f"SELECT rowid {hits} {within} ORDER BY rowid DESC LIMIT :most"
    (total,) = ask(f"SELECT count(*) {hits} {within}", terms.match)
    undated = 0
    if between is not None:
        (undated,) = ask(f"SELECT count(*) {hits} AND rowid < :dated", terms.match)
    titles = ask(latest, foremost.match, wanted) if foremost and total else []
    more = wanted + len(titles) if len(titles) < min(wanted, total) else 0
    return total, undated, titles, ask(latest, terms.match, more) if more else []
