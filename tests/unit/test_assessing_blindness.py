"""Nobody learns of a review before its time: no score, reason, passage, count, average, file or refusal tells of it.

One assessment is played to the same point in several worlds, which differ only in what a reviewer did. Whoever may not know of it
is told word by word the same in each of them, by every service.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeRecords

from kb.errors import KBError
from kb.services import history
from kb.services.assessing import (
    agreeing,
    concluding,
    evidence,
    exporting,
    listing,
    opening,
    pinning,
    reconciling,
    replying,
    reporting,
    reviewing,
    seats,
    staleness,
    viewing,
)
from kb.services.assessment_files.formats import AssessmentForm
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member
from kb.services.tables import TableFormat
from tests.assessed import BEES, PRACTICE, RUBRIC, a_base, begun, draft, passage_of, submitted, who
from tests.panels import review

SENTINEL = "SENTINEL"
TIME = re.compile(r"20\d\d-\d\d-\d\dT[\d:]+\+00:00")
READS: dict[str, Callable[[KnowledgeBase, str, Member], object]] = {  # every service that tells of assessments
    "agreeing.agreement": lambda kb, _, actor: agreeing.agreement(kb, RUBRIC, actor=actor),
    "concluding.preview": lambda kb, told, actor: concluding.preview(kb, told, actor=actor),
    "exporting.export csv": lambda kb, told, actor: exporting.export(kb, told, AssessmentForm.CSV, actor=actor),
    "exporting.export json": lambda kb, told, actor: exporting.export(kb, told, AssessmentForm.JSON, actor=actor),
    "exporting.export_all": lambda kb, _, actor: exporting.export_all(kb, TableFormat.CSV, actor=actor),
    "history.newest": lambda kb, _, actor: history.newest(kb, actor=actor),
    "history.of_subject": lambda kb, _, actor: history.of_subject(kb, "practice", PRACTICE, actor=actor),
    "listing.assessments": lambda kb, _, actor: listing.assessments(kb, actor=actor),
    "listing.tasks": lambda kb, _, actor: listing.tasks(kb, actor=actor),
    "opening.invitable": lambda kb, told, actor: opening.invitable(kb, told, actor=actor),
    "pinning.pin": lambda kb, told, actor: pinning.pin(kb, told, passage_of(kb, BEES).id, stance="for", actor=actor),
    "reconciling.sides": lambda kb, told, actor: reconciling.sides(kb, told, actor=actor),
    "reporting.report": lambda kb, told, actor: reporting.report(kb, told, actor=actor),
    "reviewing.desk": lambda kb, told, actor: reviewing.desk(kb, told, actor=actor),
    "staleness.stale": lambda kb, told, actor: staleness.stale(kb, actor=actor, assessment=told),
    "viewing.assessment": lambda kb, told, actor: viewing.assessment(kb, told, actor=actor),
}
TRIES: dict[str, Callable[[KnowledgeBase, str, Member], object]] = {  # what may be refused, and in which words
    "accept": lambda kb, told, actor: seats.accept(kb, told, actor=actor),
    "close_reply": lambda kb, told, actor: replying.close_reply(kb, told, why="so", actor=actor),
    "conclude": lambda kb, told, actor: concluding.conclude(kb, told, actor=actor),
    "evidence": lambda kb, told, actor: evidence.for_item(kb, told, "beauty", actor=actor),
    "excuse": lambda kb, told, actor: opening.excuse(kb, told, "ann", actor=actor),
    "invite": lambda kb, told, actor: opening.invite(kb, told, "ann", actor=actor),
    "reconfirm": lambda kb, told, actor: staleness.reconfirm(kb, told, "equity", stands=False, reason="so", actor=actor),
    "reply": lambda kb, told, actor: replying.reply(kb, told, comments={}, general="so", on_behalf_of="her", actor=actor),
    "settle": lambda kb, told, actor: reconciling.settle(kb, told, "equity", rating="unknown", reason="so", actor=actor),
    "submit": lambda kb, told, actor: reviewing.submit(kb, told, version=0, actor=actor),
}


@pytest.fixture
def records() -> FakeRecords:
    return FakeRecords()


@pytest.fixture
def kb(tmp_path: Path, records: FakeRecords) -> KnowledgeBase:
    return a_base(tmp_path, records)


def told_to(kb: KnowledgeBase, told: str, actor: Member) -> dict[str, str]:
    """What every service says to somebody; times, which differ between worlds by the clock alone, are left out."""
    return {name: TIME.sub("", _answer(lambda read=read: read(kb, told, actor))) for name, read in (READS | TRIES).items()}


def _answer(ask: Callable[[], object]) -> str:
    try:
        return repr(ask())
    except KBError as error:
        return f"{type(error).__name__}: {error}"


def in_worlds(
    kb: KnowledgeBase, records: FakeRecords, told: str, reader: str, *worlds: Callable[[], object]
) -> list[dict[str, str]]:
    """What is told to ``reader`` in each world, all of which begin as it is now."""
    start, found = records.tables, []
    for world in worlds:
        records.tables = start.copied()
        world()
        own = FakeRecords()  # another world is another database: numbers are given again, and what is kept by them is another's
        own.tables = records.tables.copied()
        found.append(told_to(replace(kb, records=own), told, who(kb, reader)))
    records.tables = start
    return found


def nothing() -> None:
    pass


@pytest.mark.parametrize("reader", ["bo", "cy", "olu", "sam"])
def test_while_the_panel_reviews_nobody_learns_what_ann_did(kb: KnowledgeBase, records: FakeRecords, reader: str) -> None:
    """bo reviews too, cy reviews and is a facilitator besides, olu is of the owner's organisation, sam is a member."""
    told = begun(kb, "ann", "bo", "cy")
    worlds = in_worlds(
        kb, records, told, reader,
        nothing,
        lambda: draft(kb, told, "ann", review(5, 5, 5, 5, 5, secret=SENTINEL)),
        lambda: submitted(kb, told, "ann", 5, 5, 5, 5, 5, secret=SENTINEL),
        lambda: submitted(kb, told, "ann", 0, 0, None, 0, 0, secret="another"),
    )  # fmt: skip

    for world in worlds[1:]:
        assert world == worlds[0]
    assert SENTINEL not in repr(worlds)


def test_a_facilitator_learns_who_is_ready_and_not_with_what(kb: KnowledgeBase, records: FakeRecords) -> None:
    told = begun(kb, "ann", "bo")
    worlds = in_worlds(
        kb, records, told, "fay",
        lambda: submitted(kb, told, "ann", 5, 5, 5, 5, 5, secret=SENTINEL),
        lambda: submitted(kb, told, "ann", 0, 0, None, 0, 0, secret="another"),
    )  # fmt: skip

    assert worlds[0] == worlds[1]
    assert SENTINEL not in repr(worlds)
    assert "n_submitted=1" in worlds[0]["listing.assessments"]


@pytest.mark.parametrize("reader", ["cy", "sam"])
def test_a_third_reviewer_learns_nothing_of_the_first_two(kb: KnowledgeBase, records: FakeRecords, reader: str) -> None:
    """Not even that they are far apart, or that the owner replied."""
    told = begun(kb, "ann", "bo")

    def both(score: float, secret: str) -> None:
        submitted(kb, told, "ann", 5, 5, 5, 5, 5, secret=secret)
        submitted(kb, told, "bo", *[score] * 5, secret=secret)
        replying.reply(kb, told, comments={"equity": secret}, general=secret, actor=who(kb, "olu"))
        replying.close_reply(kb, told, actor=who(kb, "fay"))
        opening.invite(kb, told, "cy", actor=who(kb, "fay"), is_third=True)

    apart, alike, before = in_worlds(
        kb, records, told, reader,
        lambda: both(0, SENTINEL),
        lambda: both(5, "another"),
        lambda: opening.invite(kb, told, "cy", actor=who(kb, "fay")),
    )  # fmt: skip

    assert apart == alike == before
    assert SENTINEL not in repr(apart)


def test_who_may_see_reviews_is_told_of_them(kb: KnowledgeBase, records: FakeRecords) -> None:
    """The worlds above do differ."""
    told = begun(kb, "ann", "bo")
    submitted(kb, told, "bo", 3, 3, 3, 3, 3)
    (ann,) = in_worlds(kb, records, told, "ann", lambda: submitted(kb, told, "ann", 5, 5, 5, 5, 5, secret=SENTINEL))

    silent = {"agreeing.agreement", "exporting.export_all", "listing.assessments", "listing.tasks", "pinning.pin"}
    silent |= {"concluding.preview", "history.newest", "history.of_subject", "opening.invitable", "staleness.stale"}  # no reasons
    assert {name for name, answer in ann.items() if name in READS and SENTINEL not in answer} <= silent


def test_no_draft_is_told_to_anybody_else(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    draft(kb, told, "ann", review(5, 5, 5, 5, 5, secret=SENTINEL))

    for reader in ("fay", "bo", "olu", "sam", LOCAL_MEMBER.name):
        assert SENTINEL not in repr(told_to(kb, told, who(kb, reader)))


def test_the_owner_learns_no_reviewers_name(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    for name in ("ann", "bo"):
        submitted(kb, told, name, 4, 4, 4, 4, 4, secret=SENTINEL)
    seen = repr({name: answer for name, answer in told_to(kb, told, who(kb, "olu")).items() if name in READS})

    assert SENTINEL in seen
    assert "Reviewer 1" in seen
    assert "House of Ann" not in seen
    assert not re.search(r"\b(ann|bo)\b", seen)


def test_every_service_that_tells_of_assessments_is_asked() -> None:
    """A new one has to be added to those above, or here where it is of no use to a spy."""
    modules = (
        agreeing, concluding, evidence, exporting, listing, opening, pinning, reconciling, replying, reporting, reviewing, seats,
        staleness, viewing,
    )  # fmt: skip
    public = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in modules
        for name, found in vars(module).items()
        if inspect.isfunction(found) and found.__module__ == module.__name__ and {"kb", "actor"} <= set(found.__annotations__)
    }
    asked = {name.split()[0] for name in READS} | {
        "concluding.conclude", "evidence.for_item", "opening.excuse", "opening.invite", "reconciling.settle",
        "replying.close_reply", "replying.reply", "reviewing.submit", "seats.accept", "staleness.reconfirm",
    }  # fmt: skip
    moves = {
        "opening.open_assessment", "opening.begin", "opening.cancel", "opening.change_due", "seats.decline",
        "reviewing.keep_answer", "reviewing.keep_comment",
    }  # fmt: skip
    of_passages = {"evidence.comparable", "pinning.pinned"}

    assert {name for name in public if "._" not in name} - asked == moves | of_passages
