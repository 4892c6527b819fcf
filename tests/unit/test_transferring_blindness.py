"""Until a test is concluded nobody learns what another judged: no value, reason, passage, mean, constraint or refusal tells of it.

One test is played to the same point in two worlds, which differ only in what ann judged. Whoever is not ann is told word by word
the same in both, by every service.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from fake_records import FakeRecords

from kb.peers.assessment.review import Stance
from kb.peers.transfer.events import CaseOutcome, Joined
from kb.peers.transfer.judgement import Evidenced
from kb.services import demonstration, history, transferring
from kb.services.clock import today
from kb.services.handouts.forms import ReportForm
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member
from kb.services.tables import TableFormat
from kb.services.transferring import (
    about,
    adding,
    concluding,
    evaluating,
    evidence,
    exporting,
    judging,
    listing,
    loading,
    matrix,
    opening,
    ranking,
    reporting,
    seats,
    viewing,
)
from tests import transfers
from tests.transferred import FRAMEWORK, ID, LISBON, PRACTICE, SOURCES, a_base, begun, concluded, draft, handed_in, passage_of, who
from tests.worlds import SECRET, answer_of

GOOD, BAD = (2, 2, 2, 2, 2, 2), (-2, None, -2, 0, None, -1)
EVERYBODY_ELSE = ("bo", "cy", "fay", "olu", "sam", LOCAL_MEMBER.name)
Ask = Callable[[KnowledgeBase, Member], object]
READS: dict[str, Ask] = {
    "about.context_of": lambda kb, actor: about.context_of(kb, "PT", actor=actor),
    "about.distance_of": lambda kb, actor: about.distance_of(kb, "SI", "PT", actor=actor),
    "about.practice_of": lambda kb, actor: about.practice_of(kb, PRACTICE, actor=actor),
    "concluding.preview": lambda kb, actor: concluding.preview(kb, ID, actor=actor),
    "demonstration.is_loaded": lambda kb, actor: demonstration.is_loaded(kb, actor=actor),
    "evidence.documents_on": lambda kb, actor: evidence.documents_on(
        kb, loading.transfer_for(kb, ID, actor=actor), Evidenced.TARGET, actor=actor
    ),
    "evidence.pin": lambda kb, actor: evidence.pin(
        kb, ID, passage_of(kb, LISBON).id, side=Evidenced.TARGET, stance=Stance.FOR, actor=actor
    ),
    "exporting.export": lambda kb, actor: [exporting.export(kb, ID, form, actor=actor) for form in ReportForm],
    "exporting.export_all": lambda kb, actor: exporting.export_all(kb, TableFormat.CSV, actor=actor),
    "exporting.export_matrix": lambda kb, actor: exporting.export_matrix(kb, TableFormat.CSV, actor=actor),
    "history.newest": lambda kb, actor: history.newest(kb, actor=actor),
    "judging.desk": lambda kb, actor: judging.desk(kb, ID, actor=actor),
    "listing.awaited": lambda kb, actor: listing.awaited(kb, actor=actor),
    "listing.transfers": lambda kb, actor: listing.transfers(kb, actor=actor),
    "loading.framework_of": lambda kb, actor: loading.framework_of(kb, loading.transfer_for(kb, ID, actor=actor), actor=actor),
    "loading.transfer_for": lambda kb, actor: loading.transfer_for(kb, ID, actor=actor),
    "loading.transfers_for": lambda kb, actor: loading.transfers_for(kb, (ID,), actor=actor),
    "matrix.matrix": lambda kb, actor: matrix.matrix(kb, actor=actor),
    "matrix.titles_of": lambda kb, actor: matrix.titles_of(kb, actor=actor),
    "opening.key_of": lambda kb, actor: opening.key_of(kb, PRACTICE, transfers.FRAMEWORK, actor=actor),
    "ranking.could_work_in": lambda kb, actor: ranking.could_work_in(kb, "PT", actor=actor),
    "ranking.where_could_work": lambda kb, actor: ranking.where_could_work(kb, PRACTICE, actor=actor),
    "reporting.report": lambda kb, actor: reporting.report(kb, ID, actor=actor),
    "seats.invitable": lambda kb, actor: seats.invitable(kb, ID, actor=actor),
    "viewing.view": lambda kb, actor: viewing.view(kb, ID, actor=actor),
}
TRIES: dict[str, Ask] = {  # what may be refused, and in which words; each on records of its own
    "adding.added": lambda kb, actor: adding.added(kb, ID, Joined(), actor=actor) and None,
    "concluding.conclude": lambda kb, actor: concluding.conclude(kb, ID, actor=actor),
    "evaluating.pins_of": lambda kb, actor: evaluating.pins_of(kb, [passage_of(kb, LISBON).id], CaseOutcome.WORKED, actor=actor),
    "evaluating.evaluate": lambda kb, actor: evaluating.evaluate(
        kb, ID, outcome="worked", on=today(), what="so", sources=SOURCES, actor=actor
    ),
    "evidence.for_criterion": lambda kb, actor: evidence.for_criterion(kb, ID, "beauty", actor=actor),
    "judging.hand_in": lambda kb, actor: judging.hand_in(kb, ID, version=0, actor=actor),
    "judging.keep_answer": lambda kb, actor: judging.keep_answer(kb, ID, "law", {"value": 1}, version=0, actor=actor),
    "judging.keep_overall": lambda kb, actor: judging.keep_overall(kb, ID, {"comment": "so"}, version=0, actor=actor),
    "opening.open_test": lambda kb, actor: opening.open_test(kb, PRACTICE, "PT", source="SI", framework=FRAMEWORK, actor=actor),
    "seats.cancel": lambda kb, actor: seats.cancel(kb, ID, why="so", actor=actor),
    "seats.excuse": lambda kb, actor: seats.excuse(kb, ID, "ann", actor=actor),
    "seats.invite": lambda kb, actor: seats.invite(kb, ID, "ann", actor=actor),
    "seats.join": lambda kb, actor: seats.join(kb, ID, actor=actor),
}
TELLS_ALL = {"concluding.conclude"}  # who may end the test learns what it comes to: from then on everybody does


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    """A test to which ann, bo and cy were invited; bo and cy are not done."""
    base = a_base(tmp_path, FakeRecords())
    assert begun(base, "ann", "bo", "cy") == ID
    return base


def world(kb: KnowledgeBase, *steps: Callable[[KnowledgeBase], object]) -> KnowledgeBase:
    """``kb`` with records of its own in which these steps followed."""
    assert isinstance(kb.records, FakeRecords)
    records = FakeRecords()
    records.tables = kb.records.tables.copied()
    own = replace(kb, records=records)
    for step in steps:
        step(own)
    return own


def judges(*values: int | None, secret: str = SECRET) -> Callable[[KnowledgeBase], object]:
    return lambda kb: handed_in(kb, ID, "ann", *values, secret=secret)


def drafts(kb: KnowledgeBase) -> object:
    return draft(kb, ID, "ann", transfers.judgement(*GOOD, reason=SECRET))


def told_to(kb: KnowledgeBase, reader: str) -> dict[str, str]:
    """What every service says to somebody."""
    actor = who(kb, reader)
    found = {name: answer_of(lambda ask=ask: ask(kb, actor)) for name, ask in READS.items()}
    return found | {name: answer_of(lambda ask=ask: ask(world(kb), actor)) for name, ask in TRIES.items()}


def differing(one: KnowledgeBase, other: KnowledgeBase, reader: str) -> set[str]:
    """Services that say something else to ``reader`` in the two worlds."""
    in_one, in_other = told_to(one, reader), told_to(other, reader)
    return {name for name in in_one if in_one[name] != in_other[name]}


@pytest.mark.parametrize("reader", EVERYBODY_ELSE)
def test_nobody_learns_what_another_judged(kb: KnowledgeBase, reader: str) -> None:
    """bo and cy judge too, fay leads, cy is a facilitator besides, sam is a member, local is an administrator."""
    good, bad = (told_to(world(kb, judges(*values)), reader) for values in (GOOD, BAD))

    assert good == bad
    assert SECRET not in repr(good)


@pytest.mark.parametrize("reader", EVERYBODY_ELSE)
def test_nobody_learns_more_when_all_are_ready_or_the_test_is_cancelled(kb: KnowledgeBase, reader: str) -> None:
    def others(own: KnowledgeBase) -> None:
        for name in ("bo", "cy"):
            handed_in(own, ID, name, 1, 1, 1, 1, 1, 1)

    def cancelled(own: KnowledgeBase) -> None:
        seats.cancel(own, ID, why="so", actor=who(own, "fay"))

    for after in (others, cancelled):
        good, bad = (told_to(world(kb, judges(*values), after), reader) for values in (GOOD, BAD))
        assert {name for name in good if good[name] != bad[name]} <= TELLS_ALL
        assert SECRET not in repr({name: answer for name, answer in good.items() if name not in TELLS_ALL})


@pytest.mark.parametrize("reader", EVERYBODY_ELSE)
def test_no_draft_is_told_to_anybody_else(kb: KnowledgeBase, reader: str) -> None:
    assert told_to(world(kb, drafts), reader) == told_to(world(kb), reader)


def test_a_judgement_that_is_given_anew_tells_no_more_than_that(kb: KnowledgeBase) -> None:
    def anew(value: int) -> Callable[[KnowledgeBase], object]:
        def step(own: KnowledgeBase) -> None:
            ann = who(own, "ann")
            desk = judging.desk(own, ID, actor=ann)
            answer = desk.judgement.answers["need"].model_copy(update={"value": value, "reason": SECRET})
            desk = judging.keep_answer(own, ID, "need", answer, version=desk.version, actor=ann)
            judging.hand_in(own, ID, version=desk.version, actor=ann)

        return step

    first = judges(0, 0, 0, 0, 0, 0, secret="so")
    assert told_to(world(kb, first, anew(2)), "bo") == told_to(world(kb, first, anew(-2)), "bo")


def test_who_judged_is_told_the_own_judgement_and_everybody_all_of_it_in_the_end(kb: KnowledgeBase) -> None:
    """The worlds above do differ."""
    good, bad = world(kb, judges(*GOOD)), world(kb, judges(*BAD))
    assert {"concluding.preview", "judging.desk", "loading.transfer_for", "viewing.view"} <= differing(good, bad, "ann")

    for each in (good, bad):
        for name in ("bo", "cy"):
            seats.excuse(each, ID, name, actor=who(each, "fay"))
        concluding.conclude(each, ID, actor=who(each, "fay"))
    for reader in EVERYBODY_ELSE:
        told_of_both = {"concluding.preview", "listing.transfers", "matrix.matrix", "ranking.could_work_in", "viewing.view"}
        assert told_of_both <= differing(good, bad, reader)
        assert SECRET in told_to(good, reader)["viewing.view"]


def test_a_concluded_test_beside_tells_nothing_of_an_open_one(kb: KnowledgeBase) -> None:
    def beside(own: KnowledgeBase) -> None:
        assert concluded(own, 1, 1, 1, 1, 1, 1, target="PT") != ID

    good, bad = (told_to(world(kb, judges(*values), beside), "bo") for values in (GOOD, BAD))
    assert good == bad


def test_every_service_of_the_package_is_asked() -> None:
    """A new one has to be added to those above."""
    public = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in modules()
        for name, found in vars(module).items()
        if inspect.isfunction(found) and found.__module__ == module.__name__ and not name.startswith("_")
        if {"kb", "actor"} <= set(inspect.signature(found).parameters)
    }

    assert public <= {*READS, *TRIES}


def modules() -> list[ModuleType]:
    return [importlib.import_module(each.name) for each in pkgutil.iter_modules(transferring.__path__, f"{transferring.__name__}.")]
