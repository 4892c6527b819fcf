"""``kb demo remove`` says what goes of members who are not made up, and asks before."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kb import cli, open_kb
from kb.services import demonstration, members
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import lessons
from kb.services.permission import LOCAL_MEMBER, Role
from kb.settings import Settings
from tests.assessed import who

ASKED = "Members who are not made up worked in the demonstration (Ann: 1 step). That goes too. Go on? [y/N]: "
GONE = "0 assessments, 0 tests of transferability, 0 indicators, 1 things of mutual learning, 1 members."


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    """A made-up lesson that Ann, who is real, confirmed."""
    monkeypatch.setenv("KB_CORPUS", str(tmp_path / "corpus"))
    monkeypatch.setenv("KB_INDEX", str(tmp_path / "index"))
    monkeypatch.delenv("KB_DATABASE_URL", raising=False)
    (tmp_path / "corpus").mkdir()
    base = open_kb(Settings(tmp_path / "corpus", tmp_path / "index"))
    for name, is_demo in (("Demo Dee", True), ("Ann", False)):
        members.add(base, name, organisation=name, country="", roles=[Role.MEMBER], is_demo=is_demo, actor=LOCAL_MEMBER)
    told = lessons.note(base, "Mow later.", level="policy", from_whom="House of Bo", actor=who(base, "Demo Dee"))
    lessons.confirm(base, told.id, how="So it is.", actor=who(base, "Ann"))
    return base


def remove(*words: str, answer: str = "") -> tuple[int, str]:
    result = CliRunner().invoke(cli.kb, ["demo", "remove", *words], input=answer)
    return result.exit_code, result.output


def test_it_asks_before_work_of_real_members_goes_and_says_that_it_went(kb: KnowledgeBase) -> None:
    status, told = remove(answer="n\n")
    assert (status, told) == (0, f"{ASKED}n\nNothing was removed.\n")
    assert demonstration.is_loaded(kb, actor=LOCAL_MEMBER)

    status, told = remove(answer="y\n")

    assert status == 0
    assert told.startswith(f"{ASKED}y\nRemoved of the demonstration in ")
    assert told.endswith(f" s: {GONE}\nMembers who are not made up worked in the demonstration (Ann: 1 step). That went too.\n")
    assert not demonstration.is_loaded(kb, actor=LOCAL_MEMBER)


def test_nobody_is_asked_where_only_made_up_members_worked_or_it_was_said_before(kb: KnowledgeBase) -> None:
    status, told = remove("--yes")
    assert (status, told.splitlines()[0].startswith("Removed of the demonstration in ")) == (0, True)

    members.add(kb, "Demo Dan", organisation="", country="", roles=[Role.MEMBER], is_demo=True, actor=LOCAL_MEMBER)

    assert remove()[1].endswith("0 things of mutual learning, 1 members.\n")
