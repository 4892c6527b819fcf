"""The history is for members, and gives away nothing of a document that its reader may not see."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeRecords, NoDetector, a_document

from kb import open_kb
from kb.errors import PermissionDenied
from kb.retrieval.catalog import FileState, LedgerEntry
from kb.retrieval.passage import Block, BlockKind, Metadata, Visibility
from kb.services.history import newest, of_subject
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role
from kb.services.records import Change
from kb.settings import Settings

ELA = Member("ela", frozenset({Role.MEMBER}))
FAY = Member("fay", frozenset({Role.MEMBER, Role.FACILITATOR}))
ADA = Member("ada", frozenset(Role))
NOBODY = Member("nobody", frozenset({Role.CONTRIBUTOR, Role.REVIEWER}))
AT = "2026-11-22T10:00:00+00:00"
OPEN, SECRET = "case-studies/open.md", "case-studies/for the board/sécret.md"
MADE = Change("ela", AT, "practice", "bees", "created", "", f"documents: [{OPEN}]")
QUOTED = Change(
    "ada", AT, "practice", "bees", "changed", MADE.after, f"documents: [{OPEN}, {SECRET}]\nquote: they are broke", "new"
)


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    records = FakeRecords()
    with records() as unit:
        unit.history.add(MADE)
        unit.history.add(QUOTED)
    kb = replace(open_kb(Settings(tmp_path / "corpus", tmp_path / "index")), records=records, detector=NoDetector())
    put(kb, OPEN, Visibility.PUBLIC)
    put(kb, SECRET, Visibility.RESTRICTED)
    return kb


def put(kb: KnowledgeBase, path: str, visibility: Visibility) -> None:
    document = a_document([Block(BlockKind.PARAGRAPH, "the bees")], path=path, metadata=Metadata(visibility=visibility))
    kb.catalog.put_document(document, [], LedgerEntry(path, FileState.INDEXED, document_id=document.id), b"")


def words(changes: list[Change]) -> list[tuple[str, str, str]]:
    return [(change.action, change.before, change.after) for change in changes]


def test_a_change_is_told_with_its_words_to_who_may_see_the_documents_in_them(kb: KnowledgeBase) -> None:
    whole = [("created", "", MADE.after), ("changed", QUOTED.before, QUOTED.after)]

    assert words(of_subject(kb, "practice", "bees", actor=FAY)) == words(of_subject(kb, "practice", "bees", actor=ADA)) == whole
    assert words(of_subject(kb, "practice", "bees", actor=ELA)) == [whole[0], ("changed", "", "")]
    assert [change.why for change in of_subject(kb, "practice", "bees", actor=ELA)] == ["", "new"]  # that it was, is no secret


@pytest.mark.parametrize(
    "spelt",
    ["case-studies/for the\n    board/sécret.md", "case-studies/for the board/se\u0301cret.md"],
    ids=["folded", "decomposed"],
)
def test_a_path_is_recognised_however_the_sheet_spells_it(kb: KnowledgeBase, spelt: str) -> None:
    with kb.records() as records:
        records.history.add(replace(QUOTED, subject="other", before="", after=f"documents:\n  - {spelt}\n"))

    assert words(of_subject(kb, "practice", "other", actor=ELA)) == [("changed", "", "")]


def test_a_document_that_is_gone_stays_hidden(kb: KnowledgeBase) -> None:
    secret = next(document for document in kb.catalog.documents() if document.path == SECRET)
    kb.catalog.retire_document(secret.id, LedgerEntry(SECRET, FileState.REMOVED))

    assert words(of_subject(kb, "practice", "bees", actor=ELA))[1] == ("changed", "", "")


def test_everybodys_changes_are_for_facilitators_a_page_at_a_time(kb: KnowledgeBase) -> None:
    last, first = newest(kb, actor=FAY)

    assert (last.action, first.action) == ("changed", "created")
    assert newest(kb, actor=FAY, n=1) == [last]
    assert newest(kb, actor=FAY, n=1, before_id=last.id) == [first]
    assert newest(kb, actor=FAY, kinds=("concept",)) == newest(kb, actor=FAY, n=-1) == []
    with pytest.raises(PermissionDenied, match=r"ela may not see the history of everybody: this needs the role facilitator."):
        newest(kb, actor=ELA)


def test_who_is_no_member_sees_no_history(kb: KnowledgeBase) -> None:
    with pytest.raises(PermissionDenied, match=r"may not see the history: this needs the role member."):
        of_subject(kb, "practice", "bees", actor=NOBODY)
