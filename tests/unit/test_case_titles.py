"""A transfer case is called as its practice is in the reader's language, wherever it is told of: in lists, letters and tables."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fake_records import FakeRecords

from kb.peers.learning.parts import Because
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import case_planning, feed, mailing, transfer_cases
from kb.services.learning.everything import things
from kb.services.learning.outcome_exporting import titles_of
from kb.services.learning.waiting import waiting
from kb.services.permission import LOCAL_MEMBER
from tests.transferred import ID, PRACTICE, a_base, concluded, who

ENGLISH, FRENCH = "Bee paths for a city", "Des chemins d’abeilles"


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    """Sam takes the practice over; a milestone of his is past its day."""
    kb = a_base(tmp_path, FakeRecords())
    concluded(kb, 1, 1, 1, 1, 1, 1)
    sam = who(kb, "sam")
    case = transfer_cases.consider(kb, ID, why="Lisbon asks.", actor=sam).id
    transfer_cases.move(kb, case, "understand", learned="Keepers are the key.", actor=sam)
    case_planning.plan(kb, case, milestones=({"what": "Ten hives", "due": "2026-03-01"},), actor=sam)
    called(kb, f"{{en: {ENGLISH}, fr: {FRENCH}}}")
    return kb


def called(kb: KnowledgeBase, title: str) -> None:
    """The sheet gets another title."""
    path = kb.practices.folder / f"{PRACTICE}.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(f"title: {title}" if line.startswith("title:") else line for line in lines), encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "title"), [("", ENGLISH), ("en", ENGLISH), ("fr", FRENCH), ("de", ENGLISH)], ids=["none", "en", "fr", "de"]
)
def test_a_case_is_called_in_the_readers_language_where_its_sheet_is(kb: KnowledgeBase, language: str, title: str) -> None:
    """A sheet without a title in it leaves the title under which the case was opened."""
    sam = who(kb, "sam")
    shown = f"{title} → PT"
    because = Because(exchanges=("case-1",))

    assert things(kb, actor=sam, language=language).title("case-1") == shown
    assert {each.title for each in feed.feed(kb, actor=sam, language=language)} == {shown}
    assert [each.title for each in waiting(kb, actor=sam, language=language) if each.ref == "case-1"] == [shown]
    assert titles_of(kb, because, actor=sam, language=language or "en") == (f"{shown} (case-1)",)


def test_a_letter_calls_it_in_the_language_of_the_letter(kb: KnowledgeBase) -> None:
    mailing.subscribe(kb, "sam@example.org", language="fr", actor=who(kb, "sam"))
    (made,) = mailing.notify(kb, actor=LOCAL_MEMBER, dry_run=True)

    line = f"- Un jalon est en retard : {FRENCH} → PT (Ten hives) [case-1], en retard depuis le 2026-03-01"
    assert line in made.text.splitlines()


def test_where_the_sheet_is_gone_or_broken_it_is_called_as_when_it_was_opened(kb: KnowledgeBase) -> None:
    called(kb, "[broken")
    assert things(kb, actor=who(kb, "sam"), language="fr").title("case-1") == f"{ENGLISH} → PT"
    (kb.practices.folder / f"{PRACTICE}.yaml").unlink()
    assert things(kb, actor=who(kb, "sam"), language="fr").title("case-1") == f"{ENGLISH} → PT"


def test_what_is_kept_of_a_case_stays_as_it_was(kb: KnowledgeBase) -> None:
    things(replace(kb), actor=who(kb, "sam"), language="fr")

    assert transfer_cases.case(kb, "case-1", actor=who(kb, "sam")).considered.title == ENGLISH
