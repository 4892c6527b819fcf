"""Calendar files: read back by the library, and held to the rules of RFC 5545 for lines, line by line."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fakes import FakeRecords
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from kb.adapters.calendar_file import CalendarFile
from kb.errors import NotFound
from kb.services.calendar_files import CalendarEntry
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import calendars, sessions
from kb.services.learning.calendars import SessionWording, ics
from tests.assessed import a_base, who
from tests.unit.test_sessions import join, plan

AHEAD = {"zone": "Europe/Lisbon", "begins": "2099-07-02T10:00", "ends": "2099-07-03T16:00"}
ENTRY = CalendarEntry(
    "1", "Bees", "Europe/Rome", datetime(2026, 12, 1, 9, tzinfo=UTC), datetime(2026, 12, 1, 11, tzinfo=UTC),
    datetime(2026, 11, 1, tzinfo=UTC),
)  # fmt: skip


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    return a_base(tmp_path, FakeRecords())


def lines_of(content: bytes) -> list[str]:
    """Unfolded content lines, every rule for lines of RFC 5545, section 3.1, asserted on the way."""
    assert content.endswith(b"\r\n")
    raw = content[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in raw), "lines are at most 75 octets, without the line end"
    assert not any(byte in line for line in raw for byte in (b"\r", b"\n", b"\0")), "a line end within a line"
    unfolded: list[bytes] = []
    for line in raw:
        if line[:1] in (b" ", b"\t"):
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
    text = [line.decode("utf-8") for line in unfolded]
    assert all(re.match(r"[A-Za-z0-9-]+(;[^:]+)?:", line) for line in text), "name, parameters, colon, value"
    return text


def events_of(content: bytes) -> list[Event]:
    return list(Calendar.from_ical(content).events)


def values(content: bytes, name: str) -> list[str]:
    """Of events, in order."""
    lines, inside = [], False
    for line in lines_of(content):
        inside = line == "BEGIN:VEVENT" or (inside and line != "END:VEVENT")
        lines += [line] if inside else []
    return [line.partition(":")[2] for line in lines if re.match(rf"{name}[;:]", line)]


def test_a_session_is_an_event_that_a_calendar_reads(kb: KnowledgeBase) -> None:
    session = plan(
        kb, **AHEAD, title="Paths for bees", agenda=[{"at": "10:00", "title": "Opening", "who": "Ann"}], languages=["en", "pt"]
    )
    made = ics(replace(kb, app_url="https://kb.example.org/"), session, actor=who(kb, "sam"))
    (event,) = events_of(made.content)

    assert (made.name, made.media_type) == (f"{session}.ics", "text/calendar; charset=utf-8")
    assert (event["SUMMARY"], event["LOCATION"], event["STATUS"]) == ("Paths for bees", "Lisbon", "CONFIRMED")
    lisbon = ZoneInfo("Europe/Lisbon")
    assert event.start == datetime(2099, 7, 2, 10, tzinfo=lisbon)
    assert event.end == datetime(2099, 7, 3, 16, tzinfo=lisbon)
    assert event["URL"] == f"https://kb.example.org/sessions?session={session}"
    assert str(event["DESCRIPTION"]).split("\n") == [
        "Seminar", "Host: House of Ann (PT)", "Languages: en, pt", "", "Agenda", "10:00  Opening",
    ]  # fmt: skip
    assert values(made.content, "DTSTART") == ["20990702T100000"]  # by the clocks there, the zone beside it
    assert "DTSTART;TZID=Europe/Lisbon:20990702T100000" in lines_of(made.content)


def test_a_calendar_names_country_and_languages_in_the_words_that_it_is_given(kb: KnowledgeBase) -> None:
    session = plan(kb, **AHEAD, languages=["en", "pt"])
    wording = SessionWording(countries={"PT": "Le Portugal"}, spoken={"pt": "portugais"})
    (event,) = events_of(ics(kb, session, actor=who(kb, "sam"), wording=wording).content)

    assert str(event["DESCRIPTION"]).split("\n")[1:3] == ["Host: House of Ann (Le Portugal)", "Languages: en, portugais"]


@pytest.mark.parametrize(
    "required",
    [
        "VERSION:2.0",
        "PRODID:-//PLP knowledge base//sessions//EN",
        "METHOD:PUBLISH",
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Lisbon",
        "END:VCALENDAR",
    ],
)
def test_what_the_standard_requires_is_there(kb: KnowledgeBase, required: str) -> None:
    content = ics(kb, plan(kb, **AHEAD), actor=who(kb, "sam")).content

    assert required in lines_of(content)
    assert [len(values(content, name)) for name in ("UID", "DTSTAMP", "SEQUENCE")] == [1, 1, 1]
    assert re.fullmatch(r"\d{8}T\d{6}Z", values(content, "DTSTAMP")[0])


def test_a_calendar_knows_a_session_again_and_which_file_is_newer(kb: KnowledgeBase) -> None:
    session, actor = plan(kb, **AHEAD), who(kb, "fay")
    other = plan(kb, **AHEAD)
    first = ics(kb, session, actor=actor).content
    assert ics(kb, session, actor=actor).content == first
    sessions.revise(kb, session, {"where": "Porto"}, actor=actor)
    second = ics(kb, session, actor=actor).content
    sessions.cancel(kb, session, why="nobody, comes", actor=actor)
    third = ics(kb, session, actor=actor).content

    assert len({values(each, "UID")[0] for each in (first, second, third)}) == 1
    assert values(ics(kb, other, actor=actor).content, "UID") != values(first, "UID")
    assert [values(each, "SEQUENCE") for each in (first, second, third)] == [["0"], ["1"], ["2"]]
    assert values(third, "STATUS") == ["CANCELLED"]
    assert "Cancelled: nobody, comes" in str(events_of(third)[0]["DESCRIPTION"])


def test_one_file_has_all_that_is_ahead(kb: KnowledgeBase) -> None:
    far = plan(kb, title="far", zone="Asia/Kolkata", begins="2099-09-02T10:00", ends="2099-09-02T12:00")
    plan(kb, title="past")
    off = plan(kb, title="off", **AHEAD)
    plan(kb, title="near", **AHEAD)
    sessions.cancel(kb, off, why="over", actor=who(kb, "fay"))

    content = ics(kb, actor=who(kb, "sam")).content

    assert far
    assert sorted(each["SUMMARY"] for each in events_of(content)) == ["far", "near", "off"]
    assert sorted(line for line in lines_of(content) if line.startswith("TZID:")) == ["TZID:Asia/Kolkata", "TZID:Europe/Lisbon"]


def test_a_file_without_sessions_is_a_calendar_all_the_same(kb: KnowledgeBase) -> None:
    made = ics(kb, actor=who(kb, "sam"), wording=SessionWording(sessions="Sessions à venir"))

    assert made.name == "sessions.ics"
    assert events_of(made.content) == []
    assert "VERSION:2.0" in lines_of(made.content)


def test_nobody_is_named_in_a_calendar_file(kb: KnowledgeBase) -> None:
    session = plan(
        kb, **AHEAD, chatham_house=True, embargo_until="2099-12-01", agenda=[{"at": "10:00", "title": "Looms", "who": "Ida"}]
    )
    join(kb, session, "bo")

    for name in ("fay", "bo", "olu"):
        content = ics(kb, session, actor=who(kb, name)).content.decode()
        assert "ATTENDEE" not in content
        assert "Ida" not in content
        assert "House of Bo" not in content
    assert "Chatham House Rule" in str(events_of(ics(kb, session, actor=who(kb, "olu")).content)[0]["DESCRIPTION"])


def test_an_unknown_session_has_no_file(kb: KnowledgeBase) -> None:
    with pytest.raises(NotFound, match="There is no session “session-9”"):
        ics(kb, "session-9", actor=who(kb, "sam"))


def test_what_is_made_up_says_so(kb: KnowledgeBase) -> None:
    session = sessions.session(kb, plan(kb, **AHEAD), actor=who(kb, "sam"))
    entry = calendars._entry(replace(session, is_demo=True), "", SessionWording())

    assert entry.title == "[Demonstration: made up] Paths for bees"


# hostile texts -----------------------------------------------------------------------------------------------------------

HOSTILE = (
    "Bees\r\nATTENDEE:mailto:x@example.org\r\nBEGIN:VALARM", "a;b,c\\n\\;\\,:\"d\"", "\r\nEND:VEVENT", "é" * 300, "🐝" * 80,
    " leading", "tab\there", "nul\0 vt\x0b nel\x85 ls\u2028 bidi\u202e", "=cmd|' /C calc'!A0", "^n^^'", "x" * 75, "x" * 76,
)  # fmt: skip


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_stays_a_title(title: str) -> None:
    entry = replace(ENTRY, title=title, location=title, description=f"{title}\n{title}")
    content = CalendarFile().write([entry], name=title)
    (event,) = events_of(content)

    names = [line for line in lines_of(content) if line.startswith(("BEGIN:", "END:", "ATTENDEE", "ATTACH"))]
    assert [each for each in names if each[-8:] not in ("STANDARD", "DAYLIGHT")] == [
        "BEGIN:VCALENDAR", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    assert str(event["SUMMARY"]).split() == re.sub("[\0\u202e]", "", title).split()
    assert event.get("LOCATION") == event["SUMMARY"]


@given(
    st.text(max_size=200),
    st.sampled_from(["UTC", "Europe/Rome", "America/New_York", "Asia/Kolkata", "Pacific/Chatham", "Etc/GMT+5"]),
)
def test_any_text_in_any_zone_is_read_back(title: str, zone: str) -> None:
    entry = replace(ENTRY, title=title, zone=zone, description=title)
    content = CalendarFile().write([entry], name=title)
    (event,) = events_of(content)

    lines_of(content)
    assert (event.start, event.end) == (entry.begins, entry.ends)
    assert event["UID"] == "1"


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2030, 7, 1)])
def test_the_rules_of_a_zone_in_the_file_give_the_right_hours(day: date) -> None:
    """Read by the file's own VTIMEZONE alone, around the days on which clocks change."""
    begins = datetime(day.year, day.month, day.day, 6, tzinfo=ZoneInfo("Europe/Rome"))
    entry = replace(ENTRY, begins=begins, ends=begins.replace(hour=8))
    calendar = Calendar.from_ical(CalendarFile().write([entry], name="x"))
    (zone,) = calendar.timezones

    assert begins.replace(tzinfo=zone.to_tz(lookup_tzid=False)).utcoffset() == begins.utcoffset()
