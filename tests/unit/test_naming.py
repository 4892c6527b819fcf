"""What a thing names is there, and what somebody may not know of is told as what is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeRecords

from kb.errors import NotFound
from kb.services import members
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import lessons, needs, offers, plans, policies, recommendations, rounds, sessions
from kb.services.permission import LOCAL_MEMBER, Member
from tests.assessed import a_base, who
from tests.directories import partnership, write
from tests.refusing import refused
from tests.rounds import DUE, drafted

HOST = {"organisation": "House of Ann", "country": "PT"}
ACTIONS = [{"what": "Keep a register."}]
Name = Callable[[KnowledgeBase, Member, str], object]


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    """With need-1 of ann, and round-1, which nobody was asked yet."""
    base = a_base(tmp_path, FakeRecords())
    needs.post(base, "Bees", "Who keeps the bees?", seeks="knowledge", actor=who(base, "ann"))
    assert drafted(base) == "round-1"
    return base


def session(kb: KnowledgeBase, actor: Member, **other: object) -> Any:
    planned = {
        "format": "seminar", "title": "Bees", "begins": "2099-01-01T10:00", "ends": "2099-01-01T12:00", "where": "Lisbon",
        "host": HOST, "zone": "Europe/Lisbon", "languages": ["en"], "capacity": 12, **other,
    }  # fmt: skip
    return sessions.plan(kb, planned, actor=actor)


def plan(kb: KnowledgeBase, actor: Member, **other: Any) -> Any:
    said = {"title": "A register", "instrument": "The law", "text": "We saw one.", "actions": ACTIONS, **other}
    return plans.draft(kb, actor=actor, **said)


def policy(kb: KnowledgeBase, actor: Member, **other: Any) -> Any:
    said = {
        "title": "Permits", "policy": "Law", "organisation": "House of Ann", "what_changed": "x", "on": "2026-06-30",
        "attribution": "x", **other,
    }  # fmt: skip
    return policies.record(kb, actor=actor, **said)


EXCHANGES: dict[str, Name] = {
    "lesson": lambda kb, by, ref: lessons.note(kb, "Mow later.", level="policy", exchanges=[ref], actor=by),
    "recommendation": lambda kb, by, ref: recommendations.issue(kb, "Mow later.", to="House of Bo", exchanges=[ref], actor=by),
    "plan": lambda kb, by, ref: plan(kb, by, exchanges=[ref]),
    "policy": lambda kb, by, ref: policy(kb, by, exchanges=[ref]),
    "answered need": lambda kb, by, ref: needs.answer(kb, "need-1", "By it.", exchanges=[ref], actor=by),
    "session": lambda kb, by, ref: session(kb, by, round=ref),
}


@pytest.mark.parametrize("name", EXCHANGES)
def test_a_round_that_nobody_was_asked_yet_is_told_as_one_that_is_not_there(kb: KnowledgeBase, name: str) -> None:
    ann, act = who(kb, "ann"), EXCHANGES[name]
    hidden, absent = (refused(lambda ref=ref: act(kb, ann, ref), NotFound) for ref in ("round-1", "round-9"))  # type: ignore[misc]

    assert hidden == absent.replace("round-9", "round-1")
    assert "nothing is called “round-1”" in hidden
    rounds.send(kb, "round-1", actor=who(kb, "fay"))
    act(kb, ann, "round-1")


def test_a_facilitator_names_a_round_before_it_is_sent(kb: KnowledgeBase) -> None:
    assert session(kb, who(kb, "fay"), round="round-1").planned.round == "round-1"


def test_what_a_thing_names_already_stays_where_a_colleague_may_not_know_of_it(kb: KnowledgeBase) -> None:
    told = plan(kb, who(kb, "fay"), exchanges=["round-1"])
    drafted(kb)
    members.add(kb, "flo", organisation="Network", country="BE", roles=[], actor=LOCAL_MEMBER)
    flo = who(kb, "flo")

    assert plans.revise(kb, told.id, {"title": "Two registers"}, actor=flo).written.because.exchanges == ("round-1",)
    said = refused(lambda: plans.revise(kb, told.id, {"exchanges": ["round-1", "round-2"]}, actor=flo), NotFound)
    assert said == "What is named is not there: nothing is called “round-2”."


# partnerships -------------------------------------------------------------------------------------------------------------

PARTNERSHIPS: dict[str, Callable[[KnowledgeBase, Member, str], str]] = {
    "session": lambda kb, by, name: session(kb, by, partnership=name).planned.partnership,
    "round": lambda kb, by, name: rounds.draft(kb, "Bees", questions=["?"], due=DUE, partnership=name, actor=by)
    .drafted.partnership,
    "plan": lambda kb, by, name: plan(kb, by, partnership=name, exchanges=["need-1"]).written.partnership,
    "need": lambda kb, by, name: needs.post(kb, "B", "b", seeks="knowledge", partnership=name, actor=by).posted.partnership,
    "offer": lambda kb, by, name: offers.post(kb, "B", "b", gives=["knowledge"], partnership=name, actor=by).posted.partnership,
}  # fmt: skip


@pytest.mark.parametrize("name", PARTNERSHIPS)
def test_a_partnership_that_is_named_is_there(kb: KnowledgeBase, name: str) -> None:
    write(kb.partnerships.folder, partnership("green"), partnership("blue-growth", title="Blue growth", called=[]))
    fay, act = who(kb, "fay"), PARTNERSHIPS[name]

    assert [act(kb, fay, said) for said in ("green", "GREEN  partnership", "plp 9", "Blue growth", "")] == [
        "green", "green", "green", "blue-growth", "",
    ]  # fmt: skip
    assert refused(lambda: act(kb, fay, "gren"), NotFound) == (
        "There is no partnership called “gren”. Did you mean “green”? See the names: kb learn partnership list"
    )
    assert refused(lambda: act(kb, fay, "zzz"), NotFound) == (
        "There is no partnership called “zzz”. See the names: kb learn partnership list"
    )


def test_a_name_goes_before_what_another_partnership_is_called(kb: KnowledgeBase) -> None:
    write(kb.partnerships.folder, partnership("green", title="Blue", called=[]), partnership("blue", title="Green", called=[]))

    assert PARTNERSHIPS["need"](kb, who(kb, "ann"), "Blue") == "blue"


def test_a_partnership_whose_file_is_gone_stays_named_until_another_one_is(kb: KnowledgeBase) -> None:
    write(kb.partnerships.folder, partnership("green"))
    fay = who(kb, "fay")
    meeting = session(kb, fay, partnership="green").id
    asked = rounds.draft(kb, "Bees", questions=["?"], due=DUE, partnership="green", actor=fay).id
    told = plan(kb, fay, partnership="green", exchanges=["need-1"]).id
    need = needs.post(kb, "B", "b", seeks="knowledge", partnership="green", actor=fay).id
    offer = offers.post(kb, "B", "b", gives=["knowledge"], partnership="green", actor=fay).id
    (kb.partnerships.folder / "green.yaml").unlink()

    assert sessions.revise(kb, meeting, {"title": "Later"}, actor=fay).planned.partnership == "green"
    assert rounds.revise(kb, asked, {"title": "Later"}, base=1, actor=fay).drafted.partnership == "green"
    assert plans.revise(kb, told, {"title": "Later"}, actor=fay).written.partnership == "green"
    later = {"title": "Later", "text": "b", "partnership": "green", "actor": fay}
    assert needs.revise(kb, need, seeks="knowledge", **later).posted.partnership == "green"
    assert offers.revise(kb, offer, gives=["knowledge"], **later).posted.partnership == "green"
    refused(lambda: sessions.revise(kb, meeting, {"partnership": "blue"}, actor=fay), NotFound)
    refused(lambda: rounds.revise(kb, asked, {"partnership": "blue"}, base=2, actor=fay), NotFound)
    refused(lambda: plans.revise(kb, told, {"partnership": "blue"}, actor=fay), NotFound)
    refused(lambda: needs.revise(kb, need, seeks="knowledge", **{**later, "partnership": "blue"}), NotFound)
    refused(lambda: offers.revise(kb, offer, gives=["knowledge"], **{**later, "partnership": "blue"}), NotFound)
