"""``kb member``: who may act, from the first who is registered to one who may act no more."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb import cli
from kb.cli.member import ROLES
from kb.errors import InvalidEntry, KBError, NotFound, PermissionDenied
from kb.services.permission import Role


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs ``kb member …`` in an empty knowledge base."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KB_CORPUS", str(tmp_path / "corpus"))
    monkeypatch.setenv("KB_INDEX", str(tmp_path / "index"))
    monkeypatch.delenv("KB_DATABASE_URL", raising=False)
    return lambda *words: CliRunner().invoke(cli.kb, ["member", *words])


def output(result: Result) -> str:
    assert result.exception is None, result.output
    return result.output


def refused(result: Result, kind: type[KBError]) -> str:
    assert isinstance(result.exception, kind), result.exception
    return str(result.exception)


def test_from_the_first_member_to_one_who_may_act_no_more(typed: Callable[..., Result]) -> None:
    assert output(typed("list")) == "0 members\n"

    fay = ("Fay Dubois", "--organisation", "City of Ghent", "--country", "BE", "--role", "facilitator", "--language", "fr")
    assert output(typed("add", *fay)) == "Added: Fay Dubois: City of Ghent · BE · facilitator, member · fr\n"
    added = output(typed("add", "Ela", "--role", "reviewer", "--role", "contributor", "--as", "fay dubois"))
    assert added == "Added: Ela: contributor, member, reviewer\n"

    changed = output(typed("change", "ELA", "--country", "IT", "--role", "reviewer", "--inactive", "--as", "Fay Dubois"))
    assert changed == "Now: Ela: IT · member, reviewer · may act no more\n"
    listed = output(typed("list"))
    assert listed == f"{changed.removeprefix('Now: ')}Fay Dubois: City of Ghent · BE · facilitator, member · fr\n2 members\n"


def test_the_list_as_json_has_every_fact(typed: Callable[..., Result]) -> None:
    output(typed("add", "Ela", "--country", "IT", "--language", "it", "--language", "en"))

    (member,) = json.loads(output(typed("list", "--json")))["members"]

    assert member.pop("added_at").startswith("20")
    assert member == {
        "name": "Ela", "organisation": "", "country": "IT", "roles": ["member"], "languages": ["it", "en"],
        "is_active": True, "is_demo": False, "added_by": "local", "version": 1,
    }  # fmt: skip


def test_who_may_not_is_told_which_role_may(typed: Callable[..., Result]) -> None:
    output(typed("add", "Ela", "--role", "reviewer"))
    output(typed("add", "Fay", "--role", "facilitator"))

    told = refused(typed("add", "Bo", "--as", "Ela"), PermissionDenied)
    assert told == "Ela may not add or change members: this needs the role facilitator."
    told = refused(typed("add", "Bo", "--role", "administrator", "--as", "Fay"), PermissionDenied)
    assert told == "Fay may not decide who is facilitator or administrator: this needs the role administrator."
    assert output(typed("list")).endswith("\n2 members\n")


def test_nobody_acts_as_somebody_who_is_not_there_or_not_any_more(typed: Callable[..., Result]) -> None:
    output(typed("add", "Ela"))
    output(typed("change", "Ela", "--inactive"))

    for name in ("Ela", "Bo", "Bo\x1b[31m"):
        told = refused(typed("list", "--as", name), NotFound)
        assert told == f"There is no member called “{name.replace(chr(27), ' ')}” who may act. See who is there: kb member list"
    assert output(typed("list", "--as", "local")).endswith("1 members\n")


def test_what_cannot_be_kept_is_refused(typed: Callable[..., Result]) -> None:
    told = refused(typed("add", "Local", "--country", "Italy"), InvalidEntry)
    assert told.startswith(
        "The member “Local” cannot be added: “local” stands for whoever is at this machine; “Italy” is no country"
    )
    assert "Bo" in refused(typed("change", "Bo", "--country", "IT"), NotFound)
    assert "Invalid value for '--role'" in typed("add", "Bo", "--role", "king").output


def test_every_role_can_be_given() -> None:
    assert list(ROLES) == list(Role)
