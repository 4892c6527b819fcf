"""Who may see what: the whole table, role by visibility by embargo."""

from __future__ import annotations

import itertools

import pytest

from kb.errors import PermissionDenied
from kb.retrieval.passage import Metadata, Visibility
from kb.services.permission import LOCAL_MEMBER, Member, Role, may_see, require

TODAY = "2026-11-22"
EVERYBODY = {None, *Role}  # None: a person without any role
MEMBERS = {Role.MEMBER}
SEES = {  # visibility → roles that see a document of which nothing is embargoed
    Visibility.PUBLIC: EVERYBODY,
    Visibility.MEMBERS: MEMBERS,
    None: MEMBERS,  # not said: members only
    Visibility.RESTRICTED: {Role.FACILITATOR, Role.ADMINISTRATOR},
}
EMBARGOES = {"": False, "2026-11-21": False, "2026-11-22": False, "2026-11-23": True, "2027": True}


def holding(role: Role | None) -> Member:
    return Member("Ela", frozenset({role}) if role else frozenset())


@pytest.mark.parametrize(("visibility", "role", "embargo"), list(itertools.product(SEES, sorted(EVERYBODY, key=str), EMBARGOES)))
def test_who_sees_a_document(visibility: Visibility | None, role: Role | None, embargo: str) -> None:
    expected = role in SEES[visibility] and (not EMBARGOES[embargo] or role is Role.ADMINISTRATOR)

    assert may_see(holding(role), Metadata(visibility=visibility, embargo_until=embargo), TODAY) is expected


@pytest.mark.parametrize(("held", "needed"), list(itertools.product(sorted(EVERYBODY, key=str), Role)))
def test_a_role_is_needed_itself_no_other_stands_for_it(held: Role | None, needed: Role) -> None:
    if held is needed:
        require(holding(held), needed, "add documents")
        return
    with pytest.raises(PermissionDenied, match=f"^Ela may not add documents: this needs the role {needed}.$"):
        require(holding(held), needed, "add documents")


def test_the_local_member_sees_and_may_do_everything() -> None:
    about = Metadata(visibility=Visibility.RESTRICTED, embargo_until="9999-01-01")

    assert may_see(LOCAL_MEMBER, about, TODAY)
    for role in Role:
        require(LOCAL_MEMBER, role, "do it")
