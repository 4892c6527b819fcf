"""Who may act: members as they are registered and changed, and as whom a person at this machine may act."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeRecords
from hypothesis import given
from hypothesis import strategies as st

from kb import open_kb
from kb.errors import Conflict, InvalidEntry, NotFound, PermissionDenied
from kb.services.knowledge_base import KnowledgeBase
from kb.services.members import acting_as, add, change, members
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.services.records import RegisteredMember, name_key
from kb.settings import Settings

FAY = Member("fay", frozenset({Role.MEMBER, Role.FACILITATOR}))
ADA = Member("ada", frozenset(Role))
REVIEWER = [Role.REVIEWER]


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    """An empty one, with records in memory."""
    return replace(open_kb(Settings(tmp_path / "corpus", tmp_path / "index")), records=FakeRecords())


def register(kb: KnowledgeBase, name: str = "Ela", **said: Any) -> RegisteredMember:
    facts: dict[str, Any] = {"organisation": "City of Ghent", "country": "BE", "roles": REVIEWER, "actor": FAY}
    return add(kb, name, **facts | said)


# registering -------------------------------------------------------------------------------------------------------------


def test_a_member_is_kept_with_all_that_was_said_and_history_tells_who_added_them(kb: KnowledgeBase) -> None:
    added = register(kb, " Ela \n Müller ", organisation=" City of  Ghent ", country=" BE ", languages=["NL", "fr", "nl "])

    assert (added.name, added.organisation, added.country, added.languages) == ("Ela Müller", "City of Ghent", "BE", ("nl", "fr"))
    assert added.roles == (Role.MEMBER, Role.REVIEWER)
    assert (added.added_by, added.is_active, added.is_demo, added.version) == ("fay", True, False, 1)
    assert members(kb, actor=FAY) == [added]
    with kb.records() as records:
        told = records.history.last("member", "Ela Müller")
    assert told is not None
    assert (told.member, told.action, told.before, told.at_utc) == ("fay", "added", "", added.added_at_utc)
    assert json.loads(told.after) == {
        "organisation": "City of Ghent", "country": "BE", "roles": ["member", "reviewer"], "languages": ["nl", "fr"],
        "is_active": True,
    }  # fmt: skip


def test_everyone_is_a_member_whatever_else_they_are(kb: KnowledgeBase) -> None:
    assert register(kb, roles=[]).roles == (Role.MEMBER,)
    assert register(kb, "Bo", roles=[Role.REVIEWER, Role.CONTRIBUTOR, Role.REVIEWER]).roles == (
        Role.CONTRIBUTOR, Role.MEMBER, Role.REVIEWER,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "the name is empty"),
        (" \u200b\u202e ", "the name is empty"),
        ("local", "“local” stands for whoever is at this machine"),
        ("LoCaL", "“local” stands for whoever is at this machine"),
        ("lo\u200bcal", "“local” stands for whoever is at this machine"),
        ("ｌｏｃａｌ", "“local” stands for whoever is at this machine"),
        ("Demo reviewer A", "names that begin with “Demo” are kept for the demonstration"),
        ("DEMO  x", "names that begin with “Demo” are kept for the demonstration"),
        ("demo", "names that begin with “Demo” are kept for the demonstration"),
        ("x" * 81, "the name has 81 characters; at most 80 are taken"),
        ("ela", "there is a member called “Ela” already"),
        ("É\u200bLA", "there is a member called “Éla” already"),
    ],
)
def test_a_name_that_others_have_or_that_means_something_else_is_refused(kb: KnowledgeBase, name: str, fault: str) -> None:
    register(kb, "Ela")
    register(kb, "Éla")

    with pytest.raises(InvalidEntry, match=f"cannot be added: {fault}.$"):
        register(kb, name)

    assert [member.name for member in members(kb, actor=FAY)] == ["Ela", "Éla"]


@pytest.mark.parametrize("name", ["Democritus", "localhost", "O’Neill", "李 雷", "=1+1", "Anna-Maria dos Santos (Lisboa)"])
def test_any_other_name_is_taken(kb: KnowledgeBase, name: str) -> None:
    assert register(kb, name).name == name
    acting = acting_as(kb, name)
    assert acting is not None
    assert acting.name == name


def test_all_that_is_wrong_is_said_together(kb: KnowledgeBase) -> None:
    register(kb, "Ela")

    with pytest.raises(InvalidEntry) as raised:
        register(kb, "ELA", organisation="x" * 201, country="Belgium", languages=["french", "nl"])

    assert str(raised.value) == (
        "The member “ELA” cannot be added: the organisation has 201 characters; at most 200 are taken; "
        "“Belgium” is no country code of ISO 3166, such as IT, PT or SI; "
        "language “french” is not a code such as en, fr, pt; there is a member called “Ela” already."
    )


def test_more_languages_than_anybody_reads_are_counted_not_told(kb: KnowledgeBase) -> None:
    with pytest.raises(InvalidEntry, match=r"cannot be added: 21 languages; at most 20 are taken.$"):
        register(kb, languages=[f"x{n}" for n in range(21)])


def test_who_or_where_may_be_unknown(kb: KnowledgeBase) -> None:
    added = register(kb, organisation="", country="")

    assert (added.organisation, added.country) == ("", "")


def test_the_demonstration_has_names_of_its_own(kb: KnowledgeBase) -> None:
    assert register(kb, "Demo reviewer A", is_demo=True).is_demo is True
    with pytest.raises(InvalidEntry, match="names of the demonstration begin with “Demo”"):
        register(kb, "Ela", is_demo=True)


# who may -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ADMINISTRATOR])
def test_administrators_alone_decide_who_leads(kb: KnowledgeBase, role: Role) -> None:
    register(kb, "Ela")
    leader = register(kb, "Lea", roles=[role], actor=ADA)
    told = "fay may not decide who is facilitator or administrator: this needs the role administrator"

    with pytest.raises(PermissionDenied, match=told):
        register(kb, "Bo", roles=[role])
    with pytest.raises(PermissionDenied, match=told):
        change(kb, "Ela", version=1, roles=[role], actor=FAY)
    with pytest.raises(PermissionDenied, match=told):
        change(kb, "Lea", version=1, roles=REVIEWER, actor=FAY)
    with pytest.raises(PermissionDenied, match=told):
        change(kb, "Lea", version=1, is_active=False, actor=FAY)

    assert [(member.name, member.version) for member in members(kb, actor=FAY)] == [("Ela", 1), ("Lea", 1)]
    assert change(kb, "Lea", version=1, roles=REVIEWER, actor=ADA).roles == (Role.MEMBER, Role.REVIEWER)
    assert leader.roles == tuple(sorted({Role.MEMBER, role}))


# changing ----------------------------------------------------------------------------------------------------------------


def test_what_is_not_named_stays_and_history_has_both(kb: KnowledgeBase) -> None:
    before = register(kb, languages=["nl"])

    after = change(kb, "ELA", version=1, organisation="A ministry", actor=FAY)

    assert after == replace(before, organisation="A ministry", version=2)
    assert members(kb, actor=FAY) == [after]
    with kb.records() as records:
        told = records.history.of_subject("member", "Ela")[-1]
    assert (told.action, told.member) == ("changed", "fay")
    assert json.loads(told.before)["organisation"] == "City of Ghent"
    assert json.loads(told.after)["organisation"] == "A ministry"


def test_everything_but_the_name_can_be_changed_and_emptied(kb: KnowledgeBase) -> None:
    register(kb, languages=["nl"])

    changed = change(kb, "Ela", version=1, organisation="", country="", roles=[], languages=[], is_active=False, actor=FAY)

    assert (changed.name, changed.organisation, changed.country, changed.languages) == ("Ela", "", "", ())
    assert (changed.roles, changed.is_active, changed.added_by) == ((Role.MEMBER,), False, "fay")


def test_a_change_of_what_somebody_else_changed_meanwhile_is_refused(kb: KnowledgeBase) -> None:
    register(kb)
    change(kb, "Ela", version=1, country="FR", actor=FAY)

    with pytest.raises(Conflict, match="What is said of Ela was changed elsewhere meanwhile"):
        change(kb, "Ela", version=1, country="DE", actor=ADA)

    assert members(kb, actor=FAY)[0].country == "FR"


def test_a_change_that_changes_nothing_is_no_event(kb: KnowledgeBase) -> None:
    register(kb)

    assert change(kb, "Ela", version=1, country="BE", actor=FAY).version == 1
    with kb.records() as records:
        assert len(records.history.of_subject("member", "Ela")) == 1


def test_a_change_to_what_cannot_be_is_refused_with_all_faults(kb: KnowledgeBase) -> None:
    register(kb)

    with pytest.raises(InvalidEntry, match=r"The member “Ela” cannot be changed: “UK” .*did you mean GB.*; language “x”"):
        change(kb, "Ela", version=1, country="UK", languages=["x"], actor=FAY)
    with pytest.raises(NotFound, match=r"There is no member called “Bo”. See who is there: kb member list"):
        change(kb, "Bo", version=1, country="FR", actor=FAY)


# acting as ---------------------------------------------------------------------------------------------------------------


def test_the_local_member_is_always_there_with_every_role(kb: KnowledgeBase) -> None:
    assert acting_as(kb, "local") is acting_as(kb, " LOCAL ") is LOCAL_MEMBER
    assert LOCAL_MEMBER.roles == frozenset(Role)
    assert members(kb, actor=LOCAL_MEMBER) == []


def test_who_is_registered_may_act_with_their_roles_until_they_are_stopped(kb: KnowledgeBase) -> None:
    register(kb)

    assert acting_as(kb, "ela") == Member("Ela", frozenset({Role.MEMBER, Role.REVIEWER}), "City of Ghent", "BE")
    change(kb, "Ela", version=1, is_active=False, actor=FAY)
    assert acting_as(kb, "Ela") is None
    assert acting_as(kb, "nobody") is acting_as(kb, "") is acting_as(kb, "\udc80") is None
    change(kb, "Ela", version=2, is_active=True, actor=FAY)
    assert acting_as(kb, "Ela") is not None


@given(st.text())
def test_names_that_look_alike_are_the_same_name(name: str) -> None:
    key = name_key(name)

    assert name_key(key) == key
    assert name_key(f"  {name}\u200b ") == key
