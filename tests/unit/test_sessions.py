"""Sessions: who plans, joins, holds and debriefs them, what their formats ask for, and who may see what of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from fakes import FakeRecords
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import Conflict, InvalidEntry, NotFound, PermissionDenied
from kb.peers.assessment.blinding import Reader
from kb.peers.learning import due
from kb.peers.learning.moments import fault_of_zone, has_come, local, moment_in
from kb.peers.learning.parts import Party
from kb.peers.learning.record import Event
from kb.peers.learning.round import ROUND
from kb.peers.learning.round_bodies import Question, RoundDrafted
from kb.peers.learning.session import Session, SessionState
from kb.peers.learning.session_bodies import SessionJoined, SessionLeft
from kb.peers.learning.session_parts import Format
from kb.peers.learning.session_rules import SESSION, Remark, Remarked, remarks
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import debriefs, keeping, lessons, sessions
from kb.services.permission import Member, Role
from tests.assessed import a_base, who
from tests.learned import LifecycleMachine, Tried, play

HOST = {"organisation": "House of Ann", "country": "PT"}
BEGINS, ENDS = "2026-03-02T10:00", "2026-03-03T16:00"


def planned(**changed: object) -> dict[str, object]:
    """A seminar of two days in Lisbon, which is over."""
    return {
        "format": "seminar", "title": "Paths for bees", "zone": "Europe/Lisbon", "begins": BEGINS, "ends": ENDS,
        "where": "Lisbon", "host": HOST, "practices": ["bee-path"], "capacity": 12, **changed,
    }  # fmt: skip


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    return a_base(tmp_path, FakeRecords())


def plan(kb: KnowledgeBase, by: str = "fay", **changed: object) -> str:
    return sessions.plan(kb, planned(**changed), actor=who(kb, by)).id


def join(kb: KnowledgeBase, session: str, *names: str) -> None:
    for name in names:
        sessions.join(kb, session, actor=who(kb, name))


def whole(kb: KnowledgeBase, session: str) -> Session:
    return sessions.session(kb, session, actor=who(kb, "fay"))


def share(kb: KnowledgeBase, session: str, by: str, **said: object) -> Session:
    actor = who(kb, by)
    desk = debriefs.desk(kb, session, actor=actor)
    kept = debriefs.keep(kb, session, said, version=desk.version, actor=actor)
    return debriefs.share(kb, session, version=kept.version, actor=actor)


# who does what -----------------------------------------------------------------------------------------------------------


def test_a_session_is_planned_joined_held_and_debriefed(kb: KnowledgeBase) -> None:
    session = plan(kb, by="ann")  # a member of the host
    join(kb, session, "bo", "sam")
    sessions.leave(kb, session, actor=who(kb, "sam"), why="ill")
    sessions.held(kb, session, on="2026-03-03", n_participants=11, actor=who(kb, "ann"))
    told = share(
        kb, session, "bo",
        decisions=["Meet again in May", " "],
        lessons=[{"text": "Ask the schools first", "level": "organisation", "from_whom": "House of Ann"}],
        open_points=["Who pays?"],
    )  # fmt: skip

    assert (told.state, [each.name for each in told.participants]) == (SessionState.DEBRIEFED, ["bo"])
    assert told.debrief is not None
    assert told.debrief.decisions == ("Meet again in May",)
    assert [each.body.kind for each in told.happened] == ["planned", "joined", "joined", "left", "held", "debriefed"]
    (noted,) = lessons.lessons(kb, exchange=session, actor=who(kb, "ann"))
    assert noted.id == told.debrief.lessons[0].lesson
    assert (noted.member, noted.noted.from_whom, noted.noted.because.practices) == ("bo", "House of Ann", ("bee-path",))


def test_members_of_other_organisations_neither_plan_nor_run_a_session(kb: KnowledgeBase) -> None:
    with pytest.raises(InvalidEntry, match="planned by facilitators and by members of its host, House of Ann"):
        plan(kb, by="bo")
    session = plan(kb)
    join(kb, session, "bo")
    for refused in (
        lambda actor: sessions.held(kb, session, actor=actor),
        lambda actor: sessions.cancel(kb, session, why="over", actor=actor),
        lambda actor: sessions.revise(kb, session, {"title": "Bees"}, actor=actor),
    ):
        with pytest.raises(InvalidEntry, match="Facilitators, members of the host and who planned"):
            refused(who(kb, "bo"))
    assert whole(kb, session).happened[-1].body.kind == "joined"


def test_all_faults_of_a_plan_are_told_at_once(kb: KnowledgeBase) -> None:
    wrong = planned(
        zone="Europe/Lisboa", title="", capacity=0, host={"organisation": "", "country": "XX"}, where="", agenda=[{"at": "9"}]
    )

    with pytest.raises(InvalidEntry) as refused:
        sessions.plan(kb, wrong, actor=who(kb, "fay"))

    told = str(refused.value)
    assert all(
        place in told for place in ("zone: ", "title: ", "capacity: ", "host.organisation: ", "host.country: ", "agenda.0.at: ")
    )
    assert "address_online: is empty, and so is the place" in told


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"ends": BEGINS}, "ends: is not after the beginning"),
        ({"ends": "2026-03-30T10:00"}, "ends: is more than 14 days after the beginning"),
        ({"begins": "tomorrow"}, "begins: “tomorrow” is no time such as"),
        ({"begins": "2026-03-29T01:30", "ends": "2026-03-29T05:00"}, "is left out in Europe/Lisbon: clocks are put forward"),
        ({"format": "peer-review", "capacity": 7}, "a peer review has at most 6 peers"),
        ({"chatham_house": True, "capacity": 201}, "at most 200 meet under the rule"),
        ({"address_online": "javascript:alert(1)//a.b"}, "is no address"),
        ({"round": "need-1"}, "is no id of a question round"),
        ({"surprise": "x"}, "surprise: "),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(kb: KnowledgeBase, changed: Mapping[str, object], told: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        plan(kb, **changed)

    assert told in str(refused.value)


def test_what_a_session_names_has_to_be_there(kb: KnowledgeBase) -> None:
    with pytest.raises(NotFound, match=r"no practice is called “wasps”; nothing is called “round-9”"):
        plan(kb, practices=["wasps"], round="round-9")


def test_a_revision_changes_what_it_names_and_leaves_the_rest(kb: KnowledgeBase) -> None:
    session = plan(kb)
    before = whole(kb, session).planned

    now = sessions.revise(kb, session, {"title": "Paths", "zone": "Europe/Rome"}, actor=who(kb, "ann")).planned

    assert (now.title, now.practices, now.host) == ("Paths", before.practices, before.host)
    assert (before.begins, now.begins) == ("2026-03-02T10:00+00:00", "2026-03-02T10:00+01:00")  # ten o'clock, by other clocks


def test_who_joined_under_the_chatham_house_rule_is_not_uncovered_later(kb: KnowledgeBase) -> None:
    session = plan(kb, chatham_house=True)
    join(kb, session, "bo")

    with pytest.raises(InvalidEntry, match="Chatham House Rule: it stays"):
        sessions.revise(kb, session, {"chatham_house": False}, actor=who(kb, "fay"))


def test_who_may_not_see_who_leads_what_does_not_take_it_away(kb: KnowledgeBase) -> None:
    """A member of the host who takes no part runs the session, and the Chatham House Rule keeps the names from them."""
    session = plan(
        kb, chatham_house=True, agenda=[{"at": "10:00", "title": "Looms", "who": "Ida"}, {"at": "11:00", "title": "End"}]
    )
    seen = sessions.session(kb, session, actor=who(kb, "ann")).planned.agenda

    agenda = [*(each.model_dump() for each in seen), {"at": "12:00", "title": "Lunch"}]
    sessions.revise(kb, session, {"agenda": agenda}, actor=who(kb, "ann"))

    assert [each.who for each in seen] == ["", ""]
    assert [each.who for each in whole(kb, session).planned.agenda] == ["Ida", "", ""]


# formats -----------------------------------------------------------------------------------------------------------------


def test_a_full_session_takes_nobody_until_somebody_leaves(kb: KnowledgeBase) -> None:
    session = plan(kb, capacity=2)
    join(kb, session, "bo", "sam")
    with pytest.raises(Conflict, match="full: 2 people may take part"):
        join(kb, session, "olu")
    with pytest.raises(Conflict, match="take part in this session already"):
        join(kb, session, "bo")
    with pytest.raises(InvalidEntry, match="2 take part already"):
        sessions.revise(kb, session, {"capacity": 1}, actor=who(kb, "fay"))

    sessions.leave(kb, session, actor=who(kb, "sam"))
    join(kb, session, "olu")

    assert [each.name for each in whole(kb, session).participants] == ["bo", "olu"]


def test_people_of_the_host_take_no_place_of_a_peer(kb: KnowledgeBase) -> None:
    session = plan(kb, format="peer-review", capacity=1)
    join(kb, session, "bo", "ann")

    with pytest.raises(Conflict, match="full: 1 peers may take part"):
        join(kb, session, "sam")
    assert (whole(kb, session).n_participants, whole(kb, session).n_peers) == (2, 1)


def test_a_peer_review_is_held_with_peers_of_two_other_countries_only(kb: KnowledgeBase) -> None:
    """Interreg Europe: at least two countries other than the host's."""
    session = plan(kb, format="peer-review", capacity=6)
    host = who(kb, "ann")
    join(kb, session, "ann")  # PT: the host's own
    with pytest.raises(InvalidEntry, match="other than the host's, PT; 2 are missing"):
        sessions.held(kb, session, n_participants=1, actor=host)
    join(kb, session, "bo")  # FR
    with pytest.raises(InvalidEntry, match="1 is missing"):
        sessions.held(kb, session, actor=host)
    join(kb, session, "sam")  # DE

    assert sessions.held(kb, session, actor=host).state is SessionState.HELD


def test_a_peer_from_an_unknown_country_or_the_hosts_adds_none(kb: KnowledgeBase) -> None:
    session = whole(kb, plan(kb, format="peer-review", capacity=6))
    for name, country, n in (("x", "", 0), ("y", "PT", 0), ("z", "FR", 1), ("w", "FR", 1), ("v", "IT", 2)):
        session = SESSION.then(session, _event(SessionJoined(by=Party(name=name, organisation=name, country=country))))
        assert session.n_countries == n
    session = SESSION.then(session, _event(SessionLeft(by=Party(name="v"))))
    assert (session.n_countries, session.n_participants) == (1, 4)


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({"format": "peer-review", "capacity": 6}, [Remarked(Remark.REVIEW_COUNTRIES, 2)]),
        (
            {"format": "peer-review", "capacity": 6, "ends": "2026-03-02T16:00"},
            [Remarked(Remark.REVIEW_DAYS, 1), Remarked(Remark.REVIEW_COUNTRIES, 2)],
        ),
        ({"format": "matchmaking", "ends": "2026-03-02T12:00"}, []),
        ({"format": "matchmaking", "ends": "2026-03-02T13:30"}, [Remarked(Remark.MATCHMAKING_HOURS, 3.5)]),
        ({"format": "study-visit"}, []),
        ({"format": "study-visit", "ends": "2026-03-06T12:00"}, []),
        ({"format": "study-visit", "ends": "2026-03-07T12:00"}, [Remarked(Remark.VISIT_DAYS, 6)]),
        ({"format": "study-visit", "ends": "2026-03-02T12:00"}, [Remarked(Remark.VISIT_DAYS, 1)]),
        ({"capacity": 10}, []),
        ({"capacity": 14}, []),
        ({"capacity": 15}, [Remarked(Remark.SEMINAR_SIZE, 15)]),
    ],
)  # fmt: skip
def test_what_is_unusual_is_remarked_and_not_refused(
    kb: KnowledgeBase, changed: Mapping[str, object], wanted: list[Remarked]
) -> None:
    assert list(remarks(whole(kb, plan(kb, **changed)))) == wanted


def test_a_seminar_is_remarked_by_who_was_there_once_it_was_held(kb: KnowledgeBase) -> None:
    session = plan(kb, capacity=14)
    told = sessions.held(kb, session, n_participants=9, actor=who(kb, "fay"))

    assert remarks(told) == (Remarked(Remark.SEMINAR_SIZE, 9),)


# time --------------------------------------------------------------------------------------------------------------------


def test_a_session_is_not_held_before_it_has_begun(kb: KnowledgeBase) -> None:
    soon = datetime.now(UTC) + timedelta(hours=2)
    later = plan(kb, zone="UTC", begins="2099-12-20T10:00", ends="2099-12-20T12:00")
    shortly = plan(kb, zone="UTC", begins=f"{soon:%Y-%m-%dT%H:%M}", ends=f"{soon + timedelta(hours=1):%Y-%m-%dT%H:%M}")

    with pytest.raises(InvalidEntry, match="begins on 2099-12-20, which has not come yet"):
        sessions.held(kb, later, n_participants=3, actor=who(kb, "fay"))
    with pytest.raises(InvalidEntry, match=r"begins (at|on) .* has not come yet"):
        sessions.held(kb, shortly, n_participants=3, actor=who(kb, "fay"))
    assert whole(kb, shortly).state is SessionState.PLANNED


@pytest.mark.parametrize("on", ["2026-03-01", "2026-03-04"])
def test_it_ended_on_a_day_on_which_it_was_planned(kb: KnowledgeBase, on: str) -> None:
    with pytest.raises(InvalidEntry, match=f"from 2026-03-02 to 2026-03-03, and cannot have ended on {on}"):
        sessions.held(kb, plan(kb), on=on, n_participants=3, actor=who(kb, "fay"))


def test_times_are_told_by_the_clocks_of_the_place() -> None:
    """Winter and summer in Rome, and half an hour in Kolkata, by hand."""
    assert moment_in("Europe/Rome", "2026-01-15T10:00") == "2026-01-15T10:00+01:00"
    assert moment_in("Europe/Rome", "2026-07-15 10:00") == "2026-07-15T10:00+02:00"
    assert moment_in("Europe/Rome", "2026-07-15T10:00Z") == "2026-07-15T12:00+02:00"
    assert moment_in("Asia/Kolkata", "2026-01-15T10:00+00:00") == "2026-01-15T15:30+05:30"
    assert moment_in("Europe/Rome", "2026-10-25T02:30") == "2026-10-25T02:30+02:00"  # the first of two
    assert moment_in("Europe/Rome", "2026-10-25T02:30+01:00") == "2026-10-25T02:30+01:00"  # the second
    assert f"{local('2026-01-15T10:00+01:00', 'UTC'):%H:%M}" == "09:00"


@pytest.mark.parametrize(
    "name", ["", "Europe", "Europe/", "../../etc/passwd", "/etc/localtime", "Mars/Base", "UTC\n", "a" * 500, "CET;X=1"]
)
def test_what_is_no_time_zone_is_said_so(name: str) -> None:
    assert "is no time zone such as" in fault_of_zone(name)


@given(
    zone=st.sampled_from(["UTC", "Europe/Lisbon", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati", "Pacific/Pago_Pago"]),
    told=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),  # by the clocks there
)
def test_a_moment_read_again_is_the_same_moment(zone: str, told: datetime) -> None:
    try:
        moment = moment_in(zone, f"{told:%Y-%m-%dT%H:%M}")
    except ValueError:
        return  # an hour that is left out

    assert moment_in(zone, moment) == moment
    assert moment.startswith(f"{told:%Y-%m-%dT%H:%M}")


def test_a_day_has_come_when_its_clocks_say_so() -> None:
    """On Kiritimati (UTC+14) a day begins at 10:00 UTC of the day before; on Pago Pago (UTC−11) at 11:00 UTC of the day itself."""
    assert has_come("2026-03-02", "Pacific/Kiritimati", "2026-03-01")
    assert not has_come("2026-03-02", "Pacific/Pago_Pago", "2026-03-01")
    assert has_come("2026-03-02", "UTC", "2026-03-02")
    assert not has_come("2026-03-02", "UTC", "2026-03-01")


# debriefs ----------------------------------------------------------------------------------------------------------------


def test_a_debrief_is_due_a_week_after_the_session_ended() -> None:
    assert due.debrief_due("2026-02-25") == "2026-03-04"
    assert [due.days_left("2026-03-04", day) for day in ("2026-02-25", "2026-03-04", "2026-03-05")] == [7, 0, -1]
    assert [due.is_overdue("2026-03-04", day) for day in ("2026-03-04", "2026-03-05")] == [False, True]
    assert not due.is_overdue("", "2026-03-05")


def test_a_debrief_is_awaited_from_when_it_was_held_until_it_is_shared(kb: KnowledgeBase) -> None:
    session = plan(kb)
    assert (whole(kb, session).debrief_due, debriefs.desk(kb, session, actor=who(kb, "ann")).days_left) == ("", None)
    sessions.held(kb, session, on="2026-03-02", n_participants=3, actor=who(kb, "fay"))
    assert whole(kb, session).debrief_due == "2026-03-09"
    overdue = (date.fromisoformat("2026-03-09") - date.fromisoformat(today())).days
    assert debriefs.desk(kb, session, actor=who(kb, "ann")).days_left == overdue < 0
    share(kb, session, "ann", open_points=["Who pays?"])
    assert whole(kb, session).debrief_due == ""


def test_a_draft_is_its_authors_and_is_kept_over_the_version_that_was_read(kb: KnowledgeBase) -> None:
    session = plan(kb)
    sessions.held(kb, session, n_participants=3, actor=who(kb, "fay"))
    ann = who(kb, "ann")
    first = debriefs.keep(kb, session, {"decisions": ["Go on"]}, version=0, actor=ann)

    assert first.draft.decisions == ("Go on",)
    assert debriefs.desk(kb, session, actor=who(kb, "fay")).draft.decisions == ()
    for late in (
        lambda: debriefs.keep(kb, session, {"decisions": ["Stop"]}, version=0, actor=ann),
        lambda: debriefs.share(kb, session, version=0, actor=ann),
    ):
        with pytest.raises(Conflict, match="kept elsewhere meanwhile"):
            late()
    assert debriefs.desk(kb, session, actor=ann).draft.decisions == ("Go on",)


def test_a_debrief_that_is_refused_notes_no_lesson(kb: KnowledgeBase) -> None:
    session = plan(kb)
    sessions.held(kb, session, n_participants=3, actor=who(kb, "fay"))

    with pytest.raises(InvalidEntry, match="Who took part in this session"):
        share(kb, session, "sam", lessons=[{"text": "Ask first", "level": "individual"}])

    assert lessons.lessons(kb, actor=who(kb, "fay")) == []
    with pytest.raises(InvalidEntry, match="The debrief says nothing"):
        share(kb, session, "fay", decisions=["  "])
    with pytest.raises(InvalidEntry, match=r"lessons\.0\.level"):
        share(kb, session, "fay", lessons=[{"text": "Ask first", "level": "planet"}])


def test_a_lesson_that_is_not_to_be_noted_stays_in_the_debrief(kb: KnowledgeBase) -> None:
    session = plan(kb)
    sessions.held(kb, session, n_participants=3, actor=who(kb, "fay"))
    told = share(kb, session, "fay", lessons=[{"text": "Ask first", "level": "individual", "is_noted": False}])

    assert told.debrief is not None
    assert [(each.text, each.lesson) for each in told.debrief.lessons] == [("Ask first", "")]
    assert lessons.lessons(kb, actor=who(kb, "fay")) == []


def test_no_debrief_is_written_of_what_was_not_held(kb: KnowledgeBase) -> None:
    with pytest.raises(Conflict, match="The session is planned; this needs one that is held"):
        debriefs.keep(kb, plan(kb), {"decisions": ["Go on"]}, version=0, actor=who(kb, "fay"))


# who sees what -----------------------------------------------------------------------------------------------------------


def test_under_the_chatham_house_rule_only_who_was_there_sees_who_was_there(kb: KnowledgeBase) -> None:
    session = plan(kb, chatham_house=True, agenda=[{"at": "10:00", "title": "Opening", "who": "Bo Belle (House of Bo)"}])
    join(kb, session, "bo", "sam")
    sessions.leave(kb, session, actor=who(kb, "sam"))
    join(kb, session, "sam")

    for name in ("fay", "bo", "sam"):
        assert [each.name for each in sessions.session(kb, session, actor=who(kb, name)).participants] == ["bo", "sam"]
    for seen in (sessions.session(kb, session, actor=who(kb, "olu")), sessions.sessions(kb, actor=who(kb, "olu"))[0]):
        assert (seen.participants, seen.n_participants, seen.are_names_withheld) == ((), 2, True)
        assert "bo" not in {each.member for each in seen.happened}
        assert "Belle" not in repr(seen)
        assert "House of Bo" not in repr(seen)


def test_under_the_rule_others_do_not_see_who_wrote_the_debrief(kb: KnowledgeBase) -> None:
    session = plan(kb, chatham_house=True)
    join(kb, session, "bo")
    sessions.held(kb, session, actor=who(kb, "fay"))
    share(kb, session, "bo", decisions=["Go on"])

    inside, outside = (sessions.session(kb, session, actor=who(kb, name)) for name in ("bo", "olu"))

    assert inside.debrief
    assert inside.debrief.by.name == "bo"
    assert outside.debrief
    assert (outside.debrief.by.name, outside.debrief.decisions) == ("", ("Go on",))
    assert [each.member for each in outside.happened] == ["fay", "fay", ""]


def test_a_lesson_noted_beside_the_debrief_tells_no_more_than_it_may(kb: KnowledgeBase) -> None:
    quiet, later = plan(kb, chatham_house=True), plan(kb, embargo_until="2099-01-01")
    join(kb, quiet, "bo")
    join(kb, later, "bo")
    for each in (quiet, later):
        sessions.held(kb, each, actor=who(kb, "fay"))
    bo = who(kb, "bo")

    with pytest.raises(InvalidEntry, match="does not tell from whom"):
        lessons.note(kb, "Ask first.", level="policy", exchanges=[quiet], from_whom="House of Ann", actor=bo)
    with pytest.raises(InvalidEntry, match="kept back until 2099-01-01"):
        lessons.note(kb, "Ask first.", level="policy", exchanges=[later], actor=bo)
    assert lessons.note(kb, "Ask first.", level="policy", exchanges=[quiet], actor=bo).noted.from_whom == ""


def test_a_session_on_a_made_up_round_is_made_up_and_a_real_one_cannot_become_so(kb: KnowledgeBase) -> None:
    fay = who(kb, "fay")
    asked = RoundDrafted(
        by=keeping.party(fay), title="Made up", questions=(Question(key="q1", text="What works?"),), due="2026-01-01"
    )
    with kb.records() as records:
        keeping.begin(records, ROUND, asked, actor=fay, id_="round-demo-x", is_demo=True)
    real = plan(kb)

    assert whole(kb, plan(kb, round="round-demo-x")).is_demo
    with pytest.raises(InvalidEntry, match="of the demonstration, and session-1 is not"):
        sessions.revise(kb, real, {"round": "round-demo-x"}, actor=fay)


def test_who_left_sees_of_the_others_no_more_than_who_never_came(kb: KnowledgeBase) -> None:
    session = plan(kb, chatham_house=True)
    join(kb, session, "bo", "sam")

    seen = sessions.leave(kb, session, actor=who(kb, "sam"))

    assert seen.participants == ()
    assert {each.member for each in seen.happened} == {"fay", "sam"}


def test_without_the_rule_everybody_sees_who_takes_part(kb: KnowledgeBase) -> None:
    session = plan(kb)
    join(kb, session, "bo")

    assert [each.name for each in sessions.session(kb, session, actor=who(kb, "olu")).participants] == ["bo"]


def test_under_the_rule_no_lesson_tells_from_whom_it_was_learned(kb: KnowledgeBase) -> None:
    session = plan(kb, chatham_house=True)
    sessions.held(kb, session, n_participants=3, actor=who(kb, "fay"))

    with pytest.raises(InvalidEntry, match="does not tell from whom"):
        share(kb, session, "fay", lessons=[{"text": "Ask first", "level": "individual", "from_whom": "House of Bo"}])


def test_an_embargo_keeps_the_words_of_the_debrief_from_those_who_were_not_there(kb: KnowledgeBase) -> None:
    session = plan(kb, embargo_until="2099-01-01")
    join(kb, session, "bo")
    sessions.held(kb, session, actor=who(kb, "fay"))
    with pytest.raises(InvalidEntry, match="kept back until 2099-01-01: note its lessons then"):
        share(kb, session, "bo", lessons=[{"text": "Ask first", "level": "individual"}])
    desk = debriefs.desk(kb, session, actor=who(kb, "bo"))
    kept = debriefs.keep(kb, session, {"decisions": ["The secret plan"]}, version=desk.version, actor=who(kb, "bo"))
    debriefs.share(kb, session, version=kept.version, actor=who(kb, "bo"))

    inside, outside = (sessions.session(kb, session, actor=who(kb, name)) for name in ("bo", "olu"))

    assert "secret plan" in repr(inside)
    assert "secret plan" not in repr(outside)
    assert outside.is_debrief_withheld
    with kb.records() as records:
        told = keeping.within(records, SESSION, session)
    assert "secret plan" in repr(SESSION.seen(told, Reader("olu"), "2099-01-01"))  # from its day on everybody sees it


def test_who_is_no_member_sees_and_does_nothing(kb: KnowledgeBase) -> None:
    session, guest = plan(kb), Member("guest", frozenset({Role.FACILITATOR}))

    for refused in (
        lambda: sessions.sessions(kb, actor=guest),
        lambda: sessions.session(kb, session, actor=guest),
        lambda: sessions.join(kb, session, actor=guest),
        lambda: debriefs.desk(kb, session, actor=guest),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_sessions_to_come_stand_first_the_next_one_on_top(kb: KnowledgeBase) -> None:
    past = plan(kb, title="past")
    sessions.held(kb, past, n_participants=3, actor=who(kb, "fay"))
    far = plan(kb, zone="UTC", begins="2099-12-20T10:00", ends="2099-12-20T12:00")
    near = plan(kb, zone="UTC", begins="2099-12-19T10:00", ends="2099-12-19T12:00")

    assert [each.id for each in sessions.sessions(kb, actor=who(kb, "sam"))] == [near, far, past]


# every sequence of calls -------------------------------------------------------------------------------------------------


def _event(body: SessionJoined | SessionLeft) -> Event:
    return Event(9, body.by.name, "2026-01-01T00:00:00+00:00", body)


def _plan(**changed: object) -> Tried:
    return Tried(f"plan {changed}", lambda kb, _id, actor: sessions.plan(kb, planned(**changed), actor=actor))


def _share(lesson: str) -> Tried:
    def act(kb: KnowledgeBase, id_: str, actor: Member) -> None:
        said = {"decisions": ["Go on"], "lessons": [{"text": lesson, "level": "policy"}]}
        desk = debriefs.desk(kb, id_, actor=actor)
        if desk.session.state is not SessionState.HELD or not desk.may_share:  # a draft would be kept, which is no event
            raise InvalidEntry("not now")
        kept = debriefs.keep(kb, id_, said, version=desk.version, actor=actor)
        debriefs.share(kb, id_, version=kept.version, actor=actor)

    return Tried("share a debrief", act)


JOIN = Tried("join", lambda kb, id_, actor: sessions.join(kb, id_, actor=actor))
LEAVE = Tried("leave", lambda kb, id_, actor: sessions.leave(kb, id_, actor=actor))
HOLD = Tried("hold", lambda kb, id_, actor: sessions.held(kb, id_, n_participants=5, actor=actor))
REVISE = Tried("revise", lambda kb, id_, actor: sessions.revise(kb, id_, {"title": "Paths", "capacity": 2}, actor=actor))
CANCEL = Tried("cancel", lambda kb, id_, actor: sessions.cancel(kb, id_, why="nobody comes", actor=actor))
PLAN = _plan()


class Sessions(LifecycleMachine):
    kind = SESSION
    begins = st.builds(
        _plan,
        format=st.sampled_from([*Format]),
        capacity=st.integers(0, 6),
        chatham_house=st.booleans(),
        begins=st.sampled_from([BEGINS, "2099-12-20T10:00"]),
    )
    acts = st.one_of(st.sampled_from([JOIN, LEAVE, HOLD, REVISE, CANCEL]), st.builds(_share, st.text(max_size=20)))
    straight = (
        [("fay", PLAN), ("bo", JOIN), ("sam", JOIN), ("bo", LEAVE), ("ann", REVISE), ("ann", HOLD), ("sam", _share("Ask first"))],
        [("ann", PLAN), ("fay", CANCEL)],
    )


def test_no_sequence_of_calls_leaves_the_states_of_a_session(tmp_path: Path) -> None:
    play(Sessions, tmp_path)
