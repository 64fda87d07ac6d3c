"""A correction is told to those who link: what rested on the value before is compared anew."""

from collections.abc import Callable

from extractor.archive.linking.running import link
from extractor.archive.store import Store
from tests.archive.links import groups, put, release

Run = Callable[..., tuple[int, str, str]]
TOLD = "what it is linked to across releases is compared anew by: rilis archive link"
VENUE = {"building": "Aula Dinas Kesehatan", "city": "Kota Sukamaju"}


def _two_of_one_event(archive: str) -> None:
    with Store.open(archive) as store:
        put(store, [release(n, venue=VENUE) for n in (1, 2)])
        link(store)
        assert len(groups(store, "event")) == 1


def test_a_corrected_event_leaves_what_it_is_not_at_the_next_run_and_comes_back_when_undone(
    rilis: Run, archive_url: str
) -> None:
    _two_of_one_event(archive_url)
    told = ("--archive", archive_url, "--reviewer", "Sri")
    away = ("decide", "event.date:2", "correct", "2023-01-09")
    status, _out, err = rilis("archive", *away, *told)
    assert (status, err.strip()) == (0, TOLD)
    with Store.open(archive_url) as store:
        link(store)
        assert groups(store, "event") == set()
    # nothing is linked to it any more, so that there is nothing to be told
    status, _out, err = rilis("archive", "review", "--undo", "last", *told)
    assert (status, TOLD in err) == (0, False)
    with Store.open(archive_url) as store:
        link(store)
        assert len(groups(store, "event")) == 1


def test_accepting_changes_no_link_and_says_nothing(rilis: Run, archive_url: str) -> None:
    _two_of_one_event(archive_url)
    told = ("--archive", archive_url, "--reviewer", "Sri")
    assert rilis("archive", "decide", "event.date:2", "accept", *told)[2] == ""


def test_a_link_that_a_person_confirmed_stays_and_it_is_said(rilis: Run, archive_url: str) -> None:
    _two_of_one_event(archive_url)
    told = ("--archive", archive_url)
    status, _out, err = rilis("archive", "links", "confirm", "event", 1, *told)
    assert status == 0, err
    away = ("decide", "event.date:2", "correct", "2023-01-09", "--reviewer", "Sri")
    _status, _out, err = rilis("archive", *away, *told)
    assert "a person confirmed that it is event 1" in err
    with Store.open(archive_url) as store:
        link(store)
        assert len(groups(store, "event")) == 1
