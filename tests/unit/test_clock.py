"""Days as they are counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from kb.services.clock import latest_day

OFFSETS = [timezone(timedelta(minutes=minutes)) for minutes in range(-12 * 60, 14 * 60 + 1, 15)]  # all zones of the earth


def test_in_new_zealand_it_is_tomorrow_already() -> None:
    noon = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

    assert noon.astimezone(timezone(timedelta(hours=13))).date().isoformat() == "2026-11-23"
    assert latest_day(noon) == "2026-11-23"
    assert latest_day(datetime(2026, 11, 22, 9, 59, 59, tzinfo=UTC)) == "2026-11-22"
    assert latest_day(datetime(2026, 12, 31, 10, 0, tzinfo=UTC)) == "2027-01-01"


@given(at=st.datetimes(datetime(1970, 1, 2), datetime(2199, 1, 1), timezones=st.sampled_from(OFFSETS)))
def test_nowhere_is_it_a_later_day(at: datetime) -> None:
    assert latest_day(at) == max(at.astimezone(zone).date().isoformat() for zone in OFFSETS)
