"""Days as sites print them, read without the reader of whole texts: it must say the same."""

from datetime import date, timedelta

import pytest

from extractor.rulebook import Rulebook
from extractor.sites.dating import Dating, dating_of
from tests.server.releases import FIRST_DAY
from tests.server.styles import DATE_FORMS


@pytest.fixture(scope="module")
def dating(rulebook: Rulebook) -> Dating:
    """The shipped rules' dates."""
    return dating_of(rulebook)


@pytest.mark.parametrize("form", [name for name in DATE_FORMS if name != "none"])
def test_a_plain_day_is_the_day_the_reader_of_texts_finds(form: str, dating: Dating) -> None:
    plain = 0
    for step in range(0, 2_400, 13):
        when = FIRST_DAY + timedelta(days=step, minutes=step)
        text = DATE_FORMS[form](when)
        assert dating.day_in(text) == when.date().isoformat(), text
        assert dating.plain_day(text) in (when.date(), None), text
        plain += dating.plain_day(text) is not None
    assert plain in (0, 185)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Senin, 4 Agustus 2025 | 17:41 WIB", date(2025, 8, 4)),
        ("jumat 3 mei 2024", date(2024, 5, 3)),
        ("22 Nop 2024", date(2024, 11, 22)),
        ("04/08/2025", date(2025, 8, 4)),
        ("04/08/2025 07.30 WIB", date(2025, 8, 4)),
        ("04-08-2025 17.41", date(2025, 8, 4)),
        ("04/08-2025", None),
        ("31 Februari 2024", None),
        ("08/25/2024", None),
        ("4 Agustus", None),
        ("4 Agustus 2025 dan 5 Agustus 2025", None),
        ("Diperbarui 4 Agustus 2025", None),
        ("14 Agustus 20251", None),
        ("", None),
    ],
)
def test_only_a_day_and_nothing_else_is_plain(text: str, day: date | None, dating: Dating) -> None:
    assert dating.plain_day(text) == day
    if day is not None:
        assert dating.day_in(text) == day.isoformat()
