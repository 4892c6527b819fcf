"""Nothing tells of a review before its time: not one service, asked by anybody, with whatever id one might guess.

Every service is asked in two worlds that have the same documents, members and assessment, and differ only in what the asker may not
know. What it says has to be the same: every field, file and refusal. :mod:`tests.unit.test_role_table` names the services, so that
a new one is asked as well.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from fake_records import FakeDrafts, FakeUnitOfWork
from fakes import FakeReader, FakeRecords

from kb.peers.assessment.state import Stage
from kb.peers.benchmark.reasons import Basis
from kb.services.assessing import reviewing
from kb.services.assessment_files.formats import AssessmentForm
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.services.records import Draft
from kb.services.tables import TableFormat
from tests.assessed import BEES, DUE, PRACTICE, RUBRIC, a_base, passage_of, who
from tests.unit.test_role_table import ARGUMENTS, ASKING
from tests.worlds import (
    ID,
    SECRET,
    SECRET_DAY,
    Step,
    answer_of,
    declines,
    drafts,
    is_excused,
    is_invited,
    is_replied_to,
    is_settled,
    nothing,
    ready,
    submits,
    submits_plainly,
    undone,
    world,
)

WRITE_FILES = {  # they change folders and the index, which all worlds share: shown to read no assessment and no draft
    "collection.ingest_collection",
    "concepts.take_in",
    "evaluating.evaluate_collection",
    "ingesting.ingest",
    "jobs.cancel",
    "jobs.retry_failed",
    "jobs.start",
    "learning.partnership_beginning.begin",
    "practice_editing.begin",
    "practice_editing.save",
    "uploads.accept",
}
NAMES = ("ann", "bo", "cy", "dee", "eve", "fay", "gus", "local", "olu", "sam")
GUESSED: Mapping[str, object] = {  # what somebody would try who knows that there is an assessment
    "assessment_id": ID,
    "due": DUE,
    "practice": PRACTICE,
    "question": "hives",
    "rubric": RUBRIC,
    "subject": ID,
    "assessing.exporting.export.wording": None,
    "practices.practice.name": PRACTICE,
    "practices.listed.name": PRACTICE,
    "practices.sheet_title.name": PRACTICE,
    "practice_editing.editable.name": PRACTICE,
    "practice_history.history.name": PRACTICE,
    "rubrics.rubric.name": RUBRIC,
}
ITEMS = ("relevance", "equity", "reach")
VARIED: Mapping[str, Sequence[Mapping[str, object]]] = {  # service → each way in which it is asked as well
    "assessing.agreeing.agreement": [{}, {"version": 1}, {"version": 2}],
    "assessing.evidence.comparable": [{"item": each} for each in ITEMS],
    "assessing.evidence.for_item": [{"item": each, "question": asked} for each in ITEMS for asked in ("", "hives")],
    "assessing.exporting.export": [{"form": each} for each in AssessmentForm],
    "assessing.exporting.export_all": [{"form": each} for each in TableFormat],
    "assessing.listing.assessments": [{"stage": each, "practice": PRACTICE} for each in (None, *Stage)],
    "assessing.opening.excuse": [{"reviewer": each, "why": "x"} for each in NAMES],
    "assessing.opening.invitable": [{"is_third": each} for each in (False, True)],
    "assessing.opening.invite": [{"reviewer": each, "is_third": third} for each in NAMES for third in (False, True)],
    "assessing.reconciling.settle": [
        {"item": "equity", "rating": "scored", "score": 3},
        {"item": "equity", "rating": "unknown"},
        {"item": "ethics", "verdict": "no"},
        {"item": "beauty", "rating": "scored", "score": 9},
    ],
    "assessing.replying.close_reply": [{}, {"why": "x"}],
    "assessing.replying.reply": [{}, {"on_behalf_of": "the mayor"}, {"general": ""}],
    "assessing.reviewing.keep_answer": [{"version": each} for each in range(3)],
    "assessing.reviewing.submit": [{"version": each} for each in range(3)],
    "assessing.staleness.reconfirm": [{"criterion": each, "stands": stands} for each in ITEMS for stands in (False, True)],
    "assessing.staleness.stale": [{}, {"assessment": ID}],
    "assessing.offline.form": [{}, {"n_passages": 0}],
    "benchmarking.grid.grid": [{}, {"rubric": RUBRIC}, {"rubric": RUBRIC, "version": 1}],
    "benchmarking.peers.comparable": [{"basis": each} for each in Basis],
    "benchmarking.profiling.profile": [{"basis": each, "rubric": rubric} for each in Basis for rubric in ("", RUBRIC)],
    "history.newest": [{}, {"kinds": ("assessment",)}, {"kinds": ("review",)}],
    "history.of_subject": [
        {"kind": kind, "subject": each}
        for kind in ("assessment", "review", "practice", "rubric", "member", "draft")
        for each in (ID, PRACTICE, RUBRIC, "bo")
    ],
    "practice_drafts.draft": [{"name": each} for each in (ID, PRACTICE)],
    "searching.search": [{}, {"question": "Nineveh"}],
}


@dataclass(frozen=True)
class Case:
    """Who asks, and two things that may have happened and must not show."""

    name: str
    asker: str
    one: tuple[Step, ...]
    other: tuple[Step, ...]
    may_know_when: bool = False


SECRETLY = submits("bo", 4.5, 0.5, 4.5, 0.5, None, no=True)
ALL_BUT_CONCLUDED = (SECRETLY, submits("ann", 0.5, 4.5, 1, 5, 4.5), submits("cy", 1, 1, 1, 1, 1), is_replied_to, is_settled)
CASES = [
    Case(f"{asker}: {name}", asker, one, other)
    for asker, mate in (("ann", "cy"), ("cy", "ann"))
    for name, one, other in (
        ("a review or none", (nothing,), (SECRETLY,)),
        ("a review or another", (submits_plainly("bo"),), (SECRETLY,)),
        ("all others are ready", (nothing,), (SECRETLY, submits(mate, 1, 1, 1, 1, 1))),
        ("a draft", (nothing,), (drafts("bo"),)),
        ("a seat given back", (nothing,), (declines("bo"),)),
        ("a reviewer excused", (nothing,), (is_excused("bo"),)),
    )
]
CASES += [
    Case(f"{asker}: {name}", asker, one, other)
    for asker in ("olu", "sam", "dee")
    for name, one, other in (
        ("a review or none", (nothing,), (SECRETLY,)),
        ("a draft", (nothing,), (drafts("bo"),)),
        ("a seat given back", (nothing,), (declines("bo"),)),
    )
]
CASES += [Case(f"{asker}: before the conclusion", asker, (nothing,), ALL_BUT_CONCLUDED) for asker in ("sam", "dee")]
CASES += [
    Case(
        f"{asker}: asked as one of three, or because two are far apart",
        asker,
        (is_invited(asker),),
        (*ALL_BUT_CONCLUDED, is_invited(asker, is_third=True)),
        may_know_when=True,
    )
    for asker in ("eve", "gus")
]
CASES += [
    Case("fay: who runs it sees who is ready, not with what", "fay", (submits_plainly("bo"),), (SECRETLY,), may_know_when=True),
    Case("fay: a draft", "fay", (nothing,), (drafts("bo"),)),
]


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """A panel that has begun. It is searched, starts no job and loads no model."""
    base = a_base(tmp_path_factory.mktemp("blind"), FakeRecords())
    base = replace(base, new_reader=FakeReader, launch=lambda job: None)
    base.catalog.put_settings(base.about_vectors())
    base.generations.publish(base.catalog, base.about_vectors())
    ready(base)
    return base


def asking(kb: KnowledgeBase, name: str) -> Member:
    """The member; a facilitator who is on the panel has all other roles too."""
    found = who(kb, name)
    return replace(found, roles=frozenset(Role)) if name in ("cy", "gus") else found


def calls(name: str, kb: KnowledgeBase, actor: Member) -> Sequence[Callable[[KnowledgeBase], object]]:
    """A service, asked in every way; each still wants a knowledge base."""
    service, guessed = ASKING[name], {**ARGUMENTS, **GUESSED, "passage_id": passage_of(kb, BEES).id}
    needed = [each.name for each in inspect.signature(service).parameters.values() if each.default is each.empty]
    given = {each: guessed.get(f"{name}.{each}", guessed.get(each)) for each in needed if each not in ("kb", "actor")}

    def asked(more: Mapping[str, Any]) -> Callable[[KnowledgeBase], object]:
        return lambda base: service(base, **{**given, **more}, actor=actor)

    return [asked(more) for more in VARIED.get(name, [{}])]


@pytest.fixture(scope="module")
def said_in(kb: KnowledgeBase) -> Callable[[str, tuple[Step, ...]], dict[tuple[str, int], str]]:
    """What somebody is told after these steps: asked once, although several cases look at it."""
    return cache(lambda name, steps: said(world(kb, *steps), asking(kb, name), WRITE_FILES))


def said(kb: KnowledgeBase, asker: Member, left_out: Set[str]) -> dict[tuple[str, int], str]:
    """(Service, way of asking) → all that it says. What it changes is undone."""
    return {
        (name, number): answer_of(lambda ask=ask: undone(kb, ask))  # type: ignore[misc]
        for name in sorted(ASKING.keys() - left_out)
        for number, ask in enumerate(calls(name, kb, asker))
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_service_tells_what_its_asker_may_not_know(
    said_in: Callable[[str, tuple[Step, ...]], dict[tuple[str, int], str]], case: Case
) -> None:
    one, other = (said_in(case.asker, steps) for steps in (case.one, case.other))

    assert {key: (one[key], other[key]) for key in one if one[key] != other[key]} == {}
    hidden = (SECRET,) if case.may_know_when else (SECRET, SECRET_DAY)
    assert [key for key, words in other.items() if any(each in words for each in hidden)] == []


TELLING = {  # to ann, once she has submitted
    "assessing.concluding.preview",
    "assessing.exporting.export",
    "assessing.exporting.export_all",
    "assessing.loading.assessment_for",
    "assessing.loading.assessments_for",
    "assessing.reconciling.sides",
    "assessing.reporting.report",
    "assessing.reviewing.desk",
    "assessing.viewing.assessment",
}


def test_the_same_questions_are_answered_as_soon_as_they_may_be(kb: KnowledgeBase) -> None:
    """So silence is the rule's doing, and not that of a question which says nothing to anybody."""
    done = (submits_plainly("ann"), submits_plainly("cy"))
    one, other = (
        said(world(kb, *steps, *done), asking(kb, "ann"), WRITE_FILES) for steps in ((submits_plainly("bo"),), (SECRETLY,))
    )

    assert {name for name, number in one if one[name, number] != other[name, number]} >= TELLING
    assert {name for (name, _), words in other.items() if SECRET in words} >= TELLING - {"assessing.concluding.preview"}


class _Closed(FakeUnitOfWork):
    """Records in which nobody may look at an assessment, or at a review that is being written."""

    def __enter__(self) -> FakeUnitOfWork:
        super().__enter__()
        self.assessments = None  # type: ignore[assignment]
        self.drafts = _NoReviews(self.kept.tables)
        return self


class _NoReviews(FakeDrafts):
    def get(self, member: str, kind: str, subject: str) -> Draft | None:
        assert kind != reviewing.KIND
        return super().get(member, kind, subject)

    def of_member(self, member: str) -> list[Draft]:
        raise AssertionError(member)


@pytest.mark.parametrize("name", sorted(WRITE_FILES))
def test_services_that_write_files_look_at_no_assessment(tmp_path: Path, name: str) -> None:
    base = replace(a_base(tmp_path, FakeRecords()), new_reader=FakeReader, launch=lambda job: None)
    base.documents.mkdir(parents=True, exist_ok=True)
    ready(base)
    for ask in calls(name, base, LOCAL_MEMBER):
        assert answer_of(lambda ask=ask: ask(replace(base, records=partial(_Closed, base.records))))  # type: ignore[misc]
