"""A document is edited: which scores have to be looked at again, and by whom. With real files, read as people's files are."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import InvalidEntry, PermissionDenied
from kb.peers.assessment.review import Stance
from kb.services.assessing import listing, pinning, reconciling, reviewing, staleness, viewing
from kb.services.assessing.evidence_now import Now
from kb.services.knowledge_base import KnowledgeBase
from tests.assessed import begun, passage_of, who
from tests.assessed_files import BEES, SHEET, TREES, edited, read_in
from tests.conftest import settings_in
from tests.panels import RUBRIC, review

PINNED = {  # reviewer → criterion → documents that a passage of is pinned of; reach is scored without any
    "ann": {"effectiveness": (BEES,), "equity": (BEES, TREES), "evidence": (TREES,), "transfer": (SHEET,)},
    "bo": {"effectiveness": (TREES,), "equity": (SHEET,), "evidence": (BEES,), "transfer": (TREES,)},
}


@pytest.fixture
def kb(tmp_path: Path, models: Path) -> KnowledgeBase:
    return read_in(settings_in(tmp_path, models))


@pytest.fixture
def told(kb: KnowledgeBase) -> str:
    """An assessment with two reviews, evidence as in ``PINNED``."""
    found = begun(kb, *PINNED)
    for name, evidence in PINNED.items():
        actor, said, version = who(kb, name), review(3, 3, 3, 3, 3), 0
        for gate in RUBRIC.gate_names:
            version = reviewing.keep_answer(kb, found, gate, said.gates[gate], version=version, actor=actor).version
        for item in RUBRIC.criterion_names:
            paths = evidence.get(item, ())
            pins = tuple(pinning.pin(kb, found, passage_of(kb, path).id, stance=Stance.FOR, actor=actor) for path in paths)
            answer = said.answers[item].model_copy(update={"pins": pins})
            version = reviewing.keep_answer(kb, found, item, answer, version=version, actor=actor).version
        reviewing.submit(kb, found, version=version, actor=actor)
    return found


def resting_on(path: str) -> set[tuple[str, str]]:
    return {(name, item) for name, evidence in PINNED.items() for item, paths in evidence.items() if path in paths}


def stale(kb: KnowledgeBase, asker: str) -> set[tuple[str, str]]:
    return {(each.reviewer, each.criterion) for each in staleness.stale(kb, actor=who(kb, asker))}


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (BEES, "mown later than before", "mown as before"),
        (TREES, "forty trees", "four trees"),
        (SHEET, "A path for bees", "A path for wild bees"),
    ],
)
def test_exactly_the_scores_that_rest_on_an_edited_document_go_stale(
    kb: KnowledgeBase, told: str, path: str, before: str, after: str
) -> None:
    assert stale(kb, "fay") == set()

    edited(kb, path, before, after)

    for asker in ("ann", "bo", "fay"):
        assert stale(kb, asker) == resting_on(path)
        assert listing.assessments(kb, actor=who(kb, asker))[0].n_stale == len(resting_on(path))
    for name in PINNED:
        waiting = {(each.reviewer, each.criterion) for each in listing.tasks(kb, actor=who(kb, name)).stale}
        assert waiting == {each for each in resting_on(path) if each[0] == name}
    assert listing.tasks(kb, actor=who(kb, "fay")).stale == ()
    evidence = viewing.assessment(kb, told, actor=who(kb, "fay")).evidence
    as_pinned = {key for key, pins in evidence.items() if pins and all(each.now is Now.THERE for each in pins)}
    assert as_pinned == {(name, item) for name in PINNED for item in PINNED[name]} - resting_on(path)


def test_only_whose_score_it_is_looks_at_it_again(kb: KnowledgeBase, told: str) -> None:
    edited(kb, BEES, "seven hives", "nine hives")
    mine, others = ("ann", "effectiveness"), resting_on(BEES) - {("ann", "effectiveness")}

    for name in ("fay", "cy", "olu", "sam"):
        with pytest.raises((InvalidEntry, PermissionDenied)):
            staleness.reconfirm(kb, told, "effectiveness", stands=True, reason="I say so.", actor=who(kb, name))
    with pytest.raises(InvalidEntry, match="Nothing of the evidence for effectiveness has changed"):
        staleness.reconfirm(kb, told, "effectiveness", stands=False, reason="It does not.", actor=who(kb, "bo"))
    assert stale(kb, "fay") == {mine, *others}

    staleness.reconfirm(kb, told, "effectiveness", stands=True, reason="Nine or seven, they fly.", actor=who(kb, "ann"))

    assert stale(kb, "fay") == others
    (again,) = viewing.assessment(kb, told, actor=who(kb, "fay")).assessment.reconfirmed.values()
    said = again.reconfirmed
    assert (again.member, said.criterion, said.reason) == ("ann", "effectiveness", "Nine or seven, they fly.")
    assert all(not each.withdrawn for each in reconciling.sides(kb, told, actor=who(kb, "bo")).items)


def test_a_file_that_is_written_as_it_was_changes_nothing_and_one_that_comes_back_is_told(kb: KnowledgeBase, told: str) -> None:
    edited(kb, BEES, "hives", "hives")
    assert stale(kb, "fay") == set()
    edited(kb, BEES, "seven hives", "nine hives")
    assert {each.why for each in staleness.stale(kb, actor=who(kb, "fay"))} == {Now.GONE}
    edited(kb, BEES, "nine hives", "seven hives")
    assert stale(kb, "fay") == set()
