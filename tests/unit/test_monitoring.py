"""What readings of an indicator come to: periods, disagreements, trend, progress. Figures are worked by hand."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kb.peers.days import is_day, last_of_month, months_later
from kb.peers.monitoring.course import TrendWord, Undefined
from kb.peers.monitoring.events import (
    Body,
    Event,
    IndicatorEnded,
    IndicatorSet,
    ReadingAdded,
    ReadingWithdrawn,
    read,
    spelled,
)
from kb.peers.monitoring.flaws import read_indicator
from kb.peers.monitoring.folding import Followed, Monitoring, fold
from kb.peers.monitoring.indicator import Direction, Frequency, Indicator, Point

TODAY = "2026-11-22"
BEGAN = Point(value=100, date="2025-12-31", source="the register")
WANTED = Point(value=300, date="2027-12-31")


def indicator(**said: Any) -> Indicator:
    """Members, from 100 to 300, every quarter."""
    fields = {"key": "members", "title": "Members", "definition": "Who pays a fee.", "unit": "people", "direction": "up",
              "frequency": "quarterly", "responsible": "SEWA", "baseline": BEGAN, "target": WANTED}  # fmt: skip
    return Indicator(**{**fields, **said})


def reading(day: str, value: float, source: str = "report", scope: str = "") -> ReadingAdded:
    return ReadingAdded(key="members", date=day, value=value, source=source, scope=scope)


def told(*bodies: Body, today: str = TODAY) -> Monitoring:
    """Folded from these, one a day from 1 November on."""
    events = [Event(seq, "ela", f"2026-11-{seq:02}T10:00:00+00:00", body) for seq, body in enumerate(bodies, 1)]
    return fold("bees", events, today=today)


def followed(*readings: ReadingAdded, of: Indicator | None = None, today: str = TODAY) -> Followed:
    found = told(IndicatorSet(indicator=of or indicator()), *readings, today=today).followed("members")
    assert found is not None
    return found


# days --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-11-30", 3, "2027-02-28"),
     ("2026-03-31", -1, "2026-02-28"), ("2026-01-15", -1, "2025-12-15"), ("2026-01-01", 24, "2028-01-01")],
)  # fmt: skip
def test_a_day_some_months_later_is_in_the_calendar(day: str, months: int, later: str) -> None:
    assert months_later(day, months) == later


@pytest.mark.parametrize("text", ["2026-02-29", "2026-1-1", "20260101", "2026", "", "0026-01-01", "2026-01-01T00", "３026-01-01"])
def test_what_is_no_day_is_told(text: str) -> None:
    assert not is_day(text)


def test_the_last_day_of_a_month() -> None:
    assert [last_of_month(f"{year}-02-03") for year in (2024, 2026)] == ["2024-02-29", "2026-02-28"]


# periods -----------------------------------------------------------------------------------------------------------------


def test_a_quarter_without_a_reading_is_missing_once_it_has_passed() -> None:
    """Baseline on 31 December 2025: the first quarter ends on 31 March 2026."""
    found = followed(reading("2026-02-10", 120), reading("2026-08-01", 140), reading("2026-09-30", 150))

    assert [(each.start, each.end) for each in found.periods] == [
        ("2026-01-01", "2026-03-31"),
        ("2026-04-01", "2026-06-30"),
        ("2026-07-01", "2026-09-30"),
        ("2026-10-01", "2026-12-31"),
    ]
    assert [[one.value for one in each.readings] for each in found.periods] == [[120], [], [140, 150], []]
    assert [each.is_missing for each in found.periods] == [False, True, False, False]
    assert [each.is_due for each in found.periods] == [False, False, False, True]
    assert [each.end for each in found.missing] == ["2026-06-30"]


@pytest.mark.parametrize(
    ("first_due", "frequency", "ends"),
    [
        ("2026-06-30", "quarterly", ["2026-06-30", "2026-09-30", "2026-12-31"]),  # the ends of months stay ends of months
        ("2026-02-28", "half-yearly", ["2026-02-28", "2026-08-31", "2027-02-28"]),
        ("2026-09-15", "monthly", ["2026-09-15", "2026-10-15", "2026-11-15", "2026-12-15"]),
        ("2024-05-10", "yearly", ["2024-05-10", "2025-05-10", "2026-05-10", "2027-05-10"]),
        ("2025-05-10", "once", ["2025-05-10"]),
        ("2027-06-10", "half-yearly", []),
    ],
)
def test_periods_follow_the_frequency_from_the_first_one(first_due: str, frequency: str, ends: list[str]) -> None:
    found = followed(of=indicator(first_due=first_due, frequency=frequency))

    assert [each.end for each in found.periods] == ends
    assert all(each.is_missing is (each.end < TODAY) for each in found.periods)


def test_what_is_read_once_may_be_read_any_day_before_it_is_due() -> None:
    once = indicator(frequency="once", baseline=None, target=None, first_due="2026-06-30")

    assert not followed(reading("1999-01-01", 7), of=once).missing
    assert [(each.start, each.end) for each in followed(of=once).missing] == [("", "2026-06-30")]
    assert followed(of=once, today="2026-06-30").periods[0].is_due, "not before the day has passed"
    assert [each.end for each in followed(of=indicator(frequency="once")).periods] == [WANTED.date], "by the date of the target"


def test_nothing_is_awaited_once_an_indicator_was_ended_and_again_when_it_is_set_anew() -> None:
    monthly = indicator(frequency="monthly", first_due="2026-09-30")
    ended = told(IndicatorSet(indicator=monthly), IndicatorEnded(key="members", why="Nobody counts."), today="2027-03-01")
    again = told(*(event.body for event in ended.history), IndicatorSet(indicator=monthly), today="2027-03-01")

    one, other = ended.followed("members"), again.followed("members")
    assert one is not None
    assert other is not None
    assert one.ended is not None
    assert one.ended.why == "Nobody counts."
    assert [each.end for each in one.missing] == ["2026-09-30", "2026-10-31"]
    assert [each.end for each in one.periods] == ["2026-09-30", "2026-10-31", "2026-11-30"]
    assert not one.periods[-1].is_due
    assert other.ended is None
    assert [each.end for each in other.missing][-1] == "2027-02-28"


DAYS = st.dates(date(2015, 1, 1), date(2026, 12, 31)).map(date.isoformat)


@given(DAYS, st.sampled_from([each for each in Frequency if each is not Frequency.ONCE]), st.lists(DAYS, max_size=8), DAYS)
def test_periods_follow_one_another_without_a_gap_and_each_reading_is_in_one_at_most(
    first: str, frequency: Frequency, days: list[str], today: str
) -> None:
    of = indicator(first_due=first, frequency=frequency, baseline=None)
    found = followed(*(reading(day, 1, source=str(n)) for n, day in enumerate(days)), of=of, today=today)

    for before, after in zip(found.periods, found.periods[1:], strict=False):
        assert date.fromisoformat(after.start) - date.fromisoformat(before.end) == timedelta(1)
    assert all(each.start <= each.end and each.start <= today for each in found.periods)
    if found.periods:
        assert found.periods[0].end == first
        placed = [one.seq for each in found.periods for one in each.readings]
        assert len(placed) == len(set(placed))
        first_day, last_day = found.periods[0].start, found.periods[-1].end
        assert len(placed) == sum(first_day <= day <= last_day for day in days)
    assert all(each.is_missing is (not each.readings and each.end < today) for each in found.periods)


# readings ----------------------------------------------------------------------------------------------------------------


def test_two_sources_may_disagree_and_both_stay() -> None:
    found = followed(
        reading("2026-02-01", 120, "report"),
        reading("2026-02-01", 130, "survey"),
        reading("2026-02-01", 7, "survey", scope="Gujarat"),
        reading("2026-05-01", 140, "report"),
        reading("2026-05-01", 140, "survey"),
        of=indicator(scope="all of India"),
    )

    assert [(each.date, [one.value for one in each.readings]) for each in found.disagreements] == [("2026-02-01", [120, 130])]
    assert [each.value for each in found.readings] == [120, 130, 7, 140, 140]
    assert [each.value for each in found.latest] == [140, 140]


def test_a_withdrawn_reading_is_in_the_history_and_counts_for_nothing() -> None:
    found = told(
        IndicatorSet(indicator=indicator()),
        reading("2026-02-01", 120),
        reading("2026-05-01", 9000, "survey"),
        reading("2026-05-01", 140),
        ReadingWithdrawn(seq=3, why="one nought too many"),
    )
    one = found.indicators[0]

    assert [each.value for each in one.readings] == [120, 9000, 140]
    assert [each.withdrawn.why if each.withdrawn else "" for each in one.readings] == ["", "one nought too many", ""]
    assert ([each.value for each in one.latest], one.disagreements) == ([140], ())
    assert one.progress.low == one.progress.high == 0.2


def test_what_refers_to_something_that_is_gone_changes_nothing() -> None:
    """Entries of the demonstration are taken out from between those that stay."""
    found = told(reading("2026-02-01", 120), ReadingWithdrawn(seq=77, why="so"), IndicatorEnded(key="other", why="so"))

    assert found.indicators == ()
    assert len(found.history) == 3


def test_an_indicator_that_is_set_anew_keeps_its_readings_and_its_place() -> None:
    found = told(
        IndicatorSet(indicator=indicator()),
        IndicatorSet(indicator=indicator(key="hives", title="Hives")),
        reading("2026-02-01", 150),
        IndicatorSet(indicator=indicator(target=Point(value=200, date="2027-12-31"))),
    )

    assert [each.indicator.key for each in found.indicators] == ["members", "hives"]
    assert found.indicators[0].progress.low == 0.5
    assert found.indicators[0].set_at_utc[:10] == "2026-11-04"


# trend and progress ------------------------------------------------------------------------------------------------------


def test_progress_is_how_much_of_the_way_is_done() -> None:
    """From 100 to 300: 150 is a quarter of the way, 320 more than all of it, 80 a tenth back."""
    for value, done in ((150, 0.25), (100, 0.0), (300, 1.0), (320, 1.1), (80, -0.1)):
        found = followed(reading("2026-05-01", value)).progress
        assert (found.low, found.high, found.why) == (done, done, None)
    down = indicator(direction="down", baseline=Point(value=40, date="2025-12-31"), target=Point(value=20, date="2027-12-31"))
    assert followed(reading("2026-05-01", 25), of=down).progress.low == 0.75


def test_where_sources_disagree_progress_and_trend_are_ranges() -> None:
    found = followed(reading("2026-02-01", 120), reading("2026-05-01", 140, "report"), reading("2026-05-01", 200, "survey"))

    assert (found.progress.low, found.progress.high) == (0.2, 0.5)
    assert found.trend is not None
    assert (found.trend.low, found.trend.high, found.trend.word, found.trend.is_wanted) == (20, 80, TrendWord.RISING, True)
    unclear = followed(reading("2026-02-01", 160), reading("2026-05-01", 140, "report"), reading("2026-05-01", 200, "survey")).trend
    assert unclear is not None
    assert (unclear.word, unclear.is_wanted) == (TrendWord.UNCLEAR, None)


@pytest.mark.parametrize(
    ("of", "readings", "why"),
    [
        (indicator(baseline=None, first_due="2026-03-31"), [reading("2026-05-01", 150)], Undefined.NO_BASELINE),
        (indicator(target=None), [reading("2026-05-01", 150)], Undefined.NO_TARGET),
        (indicator(target=Point(value=100, date="2027-12-31")), [reading("2026-05-01", 150)], Undefined.TARGET_IS_BASELINE),
        (indicator(), [], Undefined.NO_READING),
        (indicator(), [reading("2025-01-01", 90)], Undefined.NO_READING),  # from before the baseline
        (indicator(), [reading("2026-02-01", 9, scope="Goa"), reading("2026-05-01", 150)], Undefined.MIXED_SCOPES),
        (indicator(direction="keep"), [reading("2026-05-01", 150)], Undefined.KEEP),
    ],
)
def test_where_there_is_no_progress_there_is_a_reason(of: Indicator, readings: list[ReadingAdded], why: Undefined) -> None:
    found = followed(*readings, of=of).progress

    assert (found.low, found.high, found.why) == (None, None, why)


def test_where_the_scope_is_said_readings_of_others_are_shown_and_count_for_nothing() -> None:
    found = followed(
        reading("2026-02-01", 150, scope="all of  INDIA"), reading("2026-05-01", 9, scope="Goa"), of=indicator(scope="All of India")
    )

    assert [each.value for each in found.readings] == [150, 9]
    assert ([each.value for each in found.counted], found.progress.low) == ([150], 0.25)
    assert not found.has_mixed_scopes
    assert [each.end for each in found.missing] == ["2026-06-30", "2026-09-30"], "a part is not the whole"


def test_what_should_stay_has_a_deviation_and_no_progress() -> None:
    same = indicator(direction="keep", target=None)
    found = followed(reading("2026-05-01", 97, "report"), reading("2026-05-01", 104, "survey"), of=same)

    assert found.deviation == (-3, 4)
    assert followed(of=same).deviation is None
    assert followed(reading("2026-05-01", 97)).deviation is None, "only of what should stay"
    aimed = indicator(direction="keep", target=Point(value=90, date="2027-12-31"))
    assert followed(reading("2026-05-01", 97), of=aimed).deviation == (7, 7), "the target goes before the baseline"


@pytest.mark.parametrize(
    ("direction", "values", "word", "is_wanted"),
    [
        ("up", (3, 9, 5), TrendWord.RISING, True),
        ("down", (3, 9, 5), TrendWord.RISING, False),
        ("up", (5, 9, 3), TrendWord.FALLING, False),
        ("down", (5, 9, 3), TrendWord.FALLING, True),
        ("up", (5, 9, 5), TrendWord.UNCHANGED, None),
        ("keep", (5, 9, 5), TrendWord.UNCHANGED, True),
        ("keep", (3, 9, 5), TrendWord.RISING, False),
    ],
)
def test_the_trend_is_from_the_first_reading_to_the_latest(
    direction: str, values: tuple[int, ...], word: TrendWord, is_wanted: bool | None
) -> None:
    readings = [reading(f"2026-0{month}-01", value) for month, value in zip((6, 2, 4), (values[2], *values[:2]), strict=True)]
    found = followed(*readings, of=indicator(direction=direction, baseline=None, first_due="2026-03-31", target=None)).trend

    assert found is not None
    assert (found.word, found.is_wanted, found.n_days) == (word, is_wanted, 3)
    assert (found.first, found.latest) == ("2026-02-01", "2026-06-01")
    assert found.low == found.high == values[2] - values[0]


def test_one_day_is_no_trend_and_neither_are_two_scopes() -> None:
    assert followed(reading("2026-05-01", 150)).trend is None
    assert followed(reading("2026-05-01", 150, "report"), reading("2026-05-01", 160, "survey")).trend is None
    assert followed(reading("2026-02-01", 9, scope="Goa"), reading("2026-05-01", 150)).trend is None


VALUES = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))
SEVERAL = st.lists(st.tuples(DAYS, VALUES), max_size=8)


@given(SEVERAL, st.randoms())
def test_the_order_in_which_readings_were_entered_does_not_matter(several: list[tuple[str, float]], random: Any) -> None:
    readings = [reading(day, value, source=str(n)) for n, (day, value) in enumerate(several)]
    shuffled = random.sample(readings, len(readings))
    one, other = followed(*readings), followed(*shuffled)

    assert (one.progress, one.trend) == (other.progress, other.trend)
    assert {each.date for each in one.disagreements} == {each.date for each in other.disagreements}


@given(SEVERAL)
def test_a_range_holds_what_each_source_alone_would_come_to(several: list[tuple[str, float]]) -> None:
    readings = [reading(day, value, source=str(n)) for n, (day, value) in enumerate(several)]
    found = followed(*readings)

    since = [each for each in readings if each.date >= BEGAN.date]
    if not since:
        assert found.progress.why is Undefined.NO_READING
        return
    last = max(each.date for each in since)
    alone = [(each.value - 100) / 200 for each in since if each.date == last]
    assert found.progress.low is not None
    assert found.progress.high is not None
    assert math.isclose(found.progress.low, min(alone), abs_tol=1e-9)
    assert math.isclose(found.progress.high, max(alone), abs_tol=1e-9)


# what is refused ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"baseline": None}, "says neither when the first reading is due nor a baseline"),
        ({"baseline": None, "target": None, "frequency": "once"}, "says neither when the first reading is due"),
        ({"first_due": "1989-12-31"}, "wanted is 1990-01-01 or later"),
        ({"target": {"value": 200, "date": "2025-12-31"}}, "not after the baseline"),
        ({"target": {"value": 50, "date": "2027-12-31"}}, "should go up, and its target lies the other way"),
        ({"direction": "down"}, "should go down, and its target lies the other way"),
    ],
)
def test_an_indicator_that_contradicts_itself_is_refused(said: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        indicator(**said)


def test_everything_that_is_wrong_with_an_indicator_is_told_at_once() -> None:
    raw = {"key": "Members!", "title": "", "unit": "people", "direction": "sideways", "frequency": "daily", "responsible": "SEWA",
           "baseline": {"value": "1,5", "date": "2025-13-31"}, "target": {"value": "1e400", "date": "2027-12-31"}}  # fmt: skip
    made, flaws = read_indicator(raw)

    assert made is None
    assert {".".join(map(str, flaw.place)) for flaw in flaws} == {
        "", "key", "title", "direction", "frequency", "baseline.value", "baseline.date", "target.value",
    }  # fmt: skip
    assert any("has no “definition”" in flaw.sentence for flaw in flaws)
    assert any("has a comma" in flaw.sentence for flaw in flaws)
    assert any("none of up, down, keep" in flaw.sentence for flaw in flaws)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1e19, 10**400, True, "x", None])
def test_a_value_that_is_no_finite_number_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        Point(value=value, date="2026-01-01")  # type: ignore[arg-type]  # from a file it may be anything


@given(VALUES, DAYS, st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.sampled_from(Direction))
def test_an_event_is_read_as_it_was_spelled(value: float, day: str, note: str, direction: Direction) -> None:
    of = indicator(direction=direction, target=None)
    bodies: list[Body] = [
        IndicatorSet(indicator=of),
        ReadingAdded(key="members", date=day, value=value, source="report", note=note),
        ReadingWithdrawn(seq=3, why="so"),
        IndicatorEnded(key="members", why="so"),
    ]

    assert [read(*spelled(body)) for body in bodies] == bodies


def test_an_event_of_a_newer_version_is_no_event() -> None:
    with pytest.raises(ValueError, match="no event of monitoring is called “measured”"):
        read("measured", "{}")
    with pytest.raises(ValueError, match="seq"):
        read("reading-withdrawn", '{"why": "so"}')
