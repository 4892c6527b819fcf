"""The ladder of validation: what each step stands on, until when, and what takes it away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeRecords
from hypothesis import given
from hypothesis import strategies as st

from kb.adapters.records.unit_of_work import SqlRecords
from kb.errors import InvalidEntry, NotFound, PermissionDenied, UnusableRecords
from kb.peers.ladder import STREAM, Ground, Rung, has_passed, ladder
from kb.services import demonstration, laddering
from kb.services.assessing import concluding, opening, reconciling, replying
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER
from kb.services.records import StoredEntry, UnitOfWork
from tests.assessed import DUE, PRACTICE, RUBRIC, a_base, submitted, who

TODAY = "2026-11-22"
DECLARED = Ground(Rung.DECLARED, "Anna", "2025-01-31", expires="2030-01-31")
APPROVED = Ground(Rung.PROJECT_APPROVED, "fay", "2026-01-31", "a visit", expires="2026-11-22")
PEERS = Ground(Rung.PEER_VALIDATED, "fay", "2026-02-28", assessment="bees-1", n_reviewers=2, expires="2028-02-28")


# the rule ----------------------------------------------------------------------------------------------------------------


def test_each_step_stands_on_its_own_and_the_highest_that_stands_is_current() -> None:
    found = ladder("bees", [DECLARED, PEERS], today=TODAY)

    assert [(step.status.value, step.stands) for step in found.steps] == [
        ("declared", True),
        ("project-approved", False),
        ("peer-validated", True),
        ("expert-validated", False),
    ]
    assert found.current is Rung.PEER_VALIDATED
    assert found.step(Rung.PROJECT_APPROVED).ground is None


@pytest.mark.parametrize(
    ("expires", "today", "passed"),
    [("2026-11-22", "2026-11-22", False), ("2026-11-22", "2026-11-23", True), ("2026-11", "2026-11-30", False),
     ("2026-11", "2026-12-01", True), ("2026", "2026-12-31", False), ("2026", "2027-01-01", True), ("", "2999-01-01", False)],
)  # fmt: skip
def test_what_expires_stands_to_the_end_of_its_day_month_or_year(expires: str, today: str, passed: bool) -> None:
    assert has_passed(expires, today) is passed


def test_what_has_expired_was_reached_and_does_not_stand() -> None:
    grounds = [DECLARED, APPROVED]

    assert ladder("bees", grounds, today="2026-11-22").current is Rung.PROJECT_APPROVED
    late = ladder("bees", grounds, today="2026-11-23")
    step = late.step(Rung.PROJECT_APPROVED)
    assert (step.is_reached, step.is_expired, step.stands, late.current) == (True, True, False, Rung.DECLARED)


def test_of_several_grounds_for_a_step_the_last_counts_for_good_or_ill() -> None:
    worse = replace(PEERS, on="2026-06-30", assessment="bees-2", is_positive=False)
    found = ladder("bees", [DECLARED, PEERS, worse], today=TODAY)

    step = found.step(Rung.PEER_VALIDATED)
    assert (step.is_reached, step.ground, step.earlier) == (False, worse, (PEERS,))
    assert found.current is Rung.DECLARED


@given(st.lists(st.builds(Ground, st.sampled_from(Rung), st.just("x"), st.just("2026-01-01"), is_positive=st.booleans(),
                          expires=st.sampled_from(["", "2026-01-01", "2027-01-01"]))))  # fmt: skip
def test_the_current_step_stands_or_is_the_lowest_and_no_higher_one_stands(grounds: list[Ground]) -> None:
    found = ladder("bees", grounds, today=TODAY)

    assert [step.status for step in found.steps] == list(Rung)
    standing = [step.status for step in found.steps if step.stands]
    assert found.current == (standing[-1] if standing else Rung.DECLARED)
    assert sum(len(step.earlier) + (step.ground is not None) for step in found.steps) == len(grounds)


# by the services ---------------------------------------------------------------------------------------------------------


@pytest.fixture(params=["fake", "sqlite"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], UnitOfWork]]:
    if request.param == "fake":
        yield FakeRecords()
        return
    records = SqlRecords("", tmp_path)
    yield records
    records.close()


@pytest.fixture
def kb(tmp_path: Path, kept: Callable[[], UnitOfWork]) -> KnowledgeBase:
    return a_base(tmp_path, kept)


def assessed(kb: KnowledgeBase, *scores: float, status: str = "peer-validated", is_demo: bool = False) -> str:
    """A concluded assessment of two reviewers who give the same scores."""
    fay = who(kb, "fay")
    told = opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, status_granted=status, actor=fay, is_demo=is_demo)
    for name in ("ann", "bo"):
        opening.invite(kb, told, name, actor=fay)
    opening.begin(kb, told, actor=fay)
    for name in ("ann", "bo"):
        submitted(kb, told, name, *scores)
    replying.close_reply(kb, told, why="nobody replies", actor=fay)
    for item in reconciling.sides(kb, told, actor=fay).items:
        if item.has_to_be_settled:
            reconciling.settle(kb, told, item.item, rating="scored", score=scores[0], reason="so", actor=fay)
    concluding.conclude(kb, told, actor=fay)
    return told


def current(kb: KnowledgeBase) -> str:
    return laddering.ladder(kb, PRACTICE, actor=who(kb, "sam")).current.value


def test_a_practice_climbs_by_approval_and_by_assessments(kb: KnowledgeBase) -> None:
    sam, fay = who(kb, "sam"), who(kb, "fay")
    assert current(kb) == "declared"

    laddering.approve(kb, PRACTICE, on_what="We visited in May.", expires="2099-12-31", actor=fay)
    step = laddering.ladder(kb, PRACTICE, actor=sam).step(Rung.PROJECT_APPROVED)
    assert step.ground is not None
    assert (step.stands, step.ground.granted_by, step.ground.words, step.ground.expires) == (
        True, "fay", "We visited in May.", "2099-12-31",
    )  # fmt: skip
    good = assessed(kb, 4, 4, 4, 4, 4)
    step = laddering.ladder(kb, PRACTICE, actor=sam).step(Rung.PEER_VALIDATED)
    assert step.ground is not None
    assert (step.stands, step.ground.assessment, step.ground.n_reviewers) == (True, good, 2)
    assert step.ground.expires[:4] > step.ground.on[:4]
    assert {"ann", "bo"}.isdisjoint({step.ground.granted_by, step.ground.words}), "whoever reviewed is not named"
    assert current(kb) == "peer-validated"

    assessed(kb, 0, 0, 0, 0, 0)
    step = laddering.ladder(kb, PRACTICE, actor=sam).step(Rung.PEER_VALIDATED)
    assert (step.stands, len(step.earlier)) == (False, 1)
    assert current(kb) == "project-approved"
    laddering.withdraw(kb, PRACTICE, why="The path is closed.", actor=fay)
    assert current(kb) == "declared"
    gone = laddering.ladder(kb, PRACTICE, actor=sam).step(Rung.PROJECT_APPROVED)
    assert gone.ground is not None
    assert (gone.ground.words, [each.words for each in gone.earlier]) == ("The path is closed.", ["We visited in May."])


def test_an_assessment_grants_the_step_that_it_was_opened_for(kb: KnowledgeBase) -> None:
    assessed(kb, 4, 4, 4, 4, 4, status="expert-validated")

    found = laddering.ladder(kb, PRACTICE, actor=who(kb, "sam"))
    assert [step.stands for step in found.steps] == [True, False, False, True]


def test_what_is_real_stands_over_the_demonstration(kb: KnowledgeBase) -> None:
    assessed(kb, 0, 0, 0, 0, 0)
    assessed(kb, 4, 4, 4, 4, 4, is_demo=True)
    fay = who(kb, "fay")
    laddering.approve(kb, PRACTICE, on_what="a film", expires="2099-12-31", actor=fay, is_demo=True)

    found = laddering.ladder(kb, PRACTICE, actor=fay)
    step = found.step(Rung.PEER_VALIDATED)
    assert (step.stands, [each.is_demo for each in step.earlier]) == (False, [True])
    assert found.current is Rung.PROJECT_APPROVED
    demonstration.remove(kb, actor=LOCAL_MEMBER)
    assert current(kb) == "declared"


def test_an_approval_in_earnest_is_withdrawn_whatever_the_demonstration_approved_since(kb: KnowledgeBase) -> None:
    fay = who(kb, "fay")
    laddering.approve(kb, PRACTICE, on_what="a visit", expires="2099-12-31", actor=fay)
    laddering.approve(kb, PRACTICE, on_what="a film", expires="2099-12-31", actor=fay, is_demo=True)
    laddering.withdraw(kb, PRACTICE, why="The path is closed.", actor=fay)

    assert current(kb) == "declared"
    demonstration.remove(kb, actor=LOCAL_MEMBER)
    assert current(kb) == "declared"
    with pytest.raises(InvalidEntry, match="no approval stands"):
        laddering.withdraw(kb, PRACTICE, why="The path is closed.", actor=fay)


def test_what_speaks_against_an_approval_is_told_at_once(kb: KnowledgeBase) -> None:
    fay = who(kb, "fay")

    with pytest.raises(InvalidEntry, match="it is not said on what evidence; “soon” is no date such as 2026-12-31"):
        laddering.approve(kb, PRACTICE, on_what=" ", expires="soon", actor=fay)
    with pytest.raises(InvalidEntry, match="the last day 2020-01-01 has come already"):
        laddering.approve(kb, PRACTICE, on_what="a visit", expires="2020-01-01", actor=fay)
    with pytest.raises(InvalidEntry, match="5001 characters; at most 5000"):
        laddering.approve(kb, PRACTICE, on_what="x" * 5001, expires="2099-12-31", actor=fay)
    with pytest.raises(InvalidEntry, match="The approval was not withdrawn: it is not said why; no approval stands"):
        laddering.withdraw(kb, PRACTICE, why="", actor=fay)
    with pytest.raises(NotFound):
        laddering.approve(kb, "no-such-practice", on_what="a visit", expires="2099-12-31", actor=fay)
    with pytest.raises(PermissionDenied):
        laddering.approve(kb, PRACTICE, on_what="a visit", expires="2099-12-31", actor=who(kb, "ann"))
    assert current(kb) == "declared"


def test_nobody_approves_what_their_own_organisation_does(kb: KnowledgeBase) -> None:
    owner = replace(who(kb, "fay"), organisation="City of Ljubljana")

    with pytest.raises(InvalidEntry, match="it is a practice of City of Ljubljana, for which fay works"):
        laddering.approve(kb, PRACTICE, on_what="a visit", expires="2099-12-31", actor=owner)


def test_an_entry_of_a_newer_version_is_told_as_such(kb: KnowledgeBase) -> None:
    with kb.records() as records:
        records.journal.append(StoredEntry(STREAM, PRACTICE, 1, "fay", "2026-11-22T10:00:00+00:00", "approved", "{}", False))

    with pytest.raises(UnusableRecords, match=r"An entry of the ladder \(approved\) is of a newer version"):
        laddering.ladder(kb, PRACTICE, actor=who(kb, "sam"))
