"""Recommendations: issued by peers, answered by whom they are for, implemented with evidence of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import FakeRecords

from kb.errors import Conflict, NotFound
from kb.peers.learning.recommendation import Recommendation, RecommendationState, Response
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import recommendations
from tests.assessed import BEES, LEDGER, PRACTICE, a_base, passage_of, who
from tests.refusing import refused

TO = "House of Bo"


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    return a_base(tmp_path, FakeRecords())


def issued(kb: KnowledgeBase, text: str = "Keep a register.", **other: str) -> Recommendation:
    return recommendations.issue(kb, text, to=TO, practices=[PRACTICE], actor=who(kb, "ann"), **other)


def test_who_is_advised_answers_and_shows_what_was_done(kb: KnowledgeBase) -> None:
    bo, sam = who(kb, "bo"), who(kb, "sam")
    told = issued(kb)

    answered = recommendations.answer(kb, told.id, response="partly", reason="For hives only.", actor=bo)
    assert answered.answered is not None
    assert (answered.answered.response, answered.answered.on_behalf) == (Response.PARTLY, False)
    passage = passage_of(kb, BEES)
    recommendations.implement(kb, told.id, on="2026-06-30", what="It is kept.", passages=[passage.id], actor=bo)

    seen = recommendations.recommendation(kb, told.id, actor=sam)
    assert seen.implemented is not None
    assert (seen.state, seen.implemented.on) == (RecommendationState.IMPLEMENTED, "2026-06-30")
    assert [pin.quote for pin in seen.implemented.pins] == [passage.text]
    assert [each.body.kind for each in seen.happened] == ["issued", "answered", "implemented"]


def test_a_facilitator_answers_on_behalf_and_it_is_said_so(kb: KnowledgeBase) -> None:
    told = issued(kb)

    answered = recommendations.answer(kb, told.id, response="accept", actor=who(kb, "fay"))
    assert answered.answered is not None
    assert (answered.answered.on_behalf, answered.answered.by.organisation) == (True, "Network")
    done = recommendations.implement(kb, told.id, on="2026-06-30", what="It is.", source="Letter of Bo", actor=who(kb, "cy"))
    assert done.implemented is not None
    assert (done.implemented.on_behalf, done.implemented.source) == (True, "Letter of Bo")


def test_nobody_else_answers(kb: KnowledgeBase) -> None:
    told = issued(kb)

    for name in ("ann", "sam", "olu"):
        said = refused(lambda name=name: recommendations.answer(kb, told.id, response="accept", actor=who(kb, name)))  # type: ignore[misc]
        assert said == f"This recommendation is for {TO}: only its members answer it, or facilitators on its behalf."


@pytest.mark.parametrize("response", ["partly", "reject"])
def test_what_is_not_accepted_has_a_reason(kb: KnowledgeBase, response: str) -> None:
    told = issued(kb)

    said = refused(lambda: recommendations.answer(kb, told.id, response=response, reason=" ", actor=who(kb, "bo")))
    assert said.endswith("reason: say why it is accepted in part only, or rejected.")


def test_a_reject_ends_it(kb: KnowledgeBase) -> None:
    told, bo = issued(kb), who(kb, "bo")
    rejected = recommendations.answer(kb, told.id, response="reject", reason="We have no hives.", actor=bo)

    assert rejected.is_rejected
    for act in (
        lambda: recommendations.implement(kb, told.id, on="2026-06-30", what="It is.", source="x", actor=bo),
        lambda: recommendations.withdraw(kb, told.id, why="No.", actor=who(kb, "ann")),
        lambda: recommendations.answer(kb, told.id, response="accept", actor=bo),
    ):
        refused(act, Conflict)


def test_what_was_implemented_has_evidence_and_a_day_that_has_come(kb: KnowledgeBase) -> None:
    told, bo = issued(kb), who(kb, "bo")
    recommendations.answer(kb, told.id, response="accept", actor=bo)

    said = refused(lambda: recommendations.implement(kb, told.id, on="June", what=" ", actor=bo))
    assert [part in said for part in ("on: ", "what: ", "source: name a source, or a passage, that shows it")] == [True] * 3
    said = refused(lambda: recommendations.implement(kb, told.id, on="2099-01-01", what="It is.", source="x", actor=bo))
    assert said == "The day 2099-01-01 has not come yet."


def test_evidence_is_what_one_may_see_and_is_shown_to_who_may_see_it(kb: KnowledgeBase) -> None:
    told, bo, fay = issued(kb), who(kb, "bo"), who(kb, "fay")
    recommendations.answer(kb, told.id, response="accept", actor=bo)
    secret = passage_of(kb, LEDGER)
    refused(
        lambda: recommendations.implement(kb, told.id, on="2026-06-30", what="It is.", passages=[secret.id], actor=bo), NotFound
    )
    recommendations.implement(kb, told.id, on="2026-06-30", what="It is.", passages=[secret.id], actor=fay)

    for found in (recommendations.recommendation(kb, told.id, actor=bo), recommendations.recommendations(kb, actor=bo)[0]):
        assert found.implemented is not None
        assert [(pin.quote, pin.document) for pin in found.implemented.pins] == [("", "")], "that there is one is told"
        assert "secret" not in repr(found)
        assert found.happened[-1].body is found.implemented
    assert "secret" in repr(recommendations.recommendation(kb, told.id, actor=fay))


def test_recommendations_come_from_peers(kb: KnowledgeBase) -> None:
    said = refused(lambda: recommendations.issue(kb, "Mow.", to="HOUSE  of ann", actor=who(kb, "ann")))

    assert said == "This is your own organisation: recommendations come from peers."


def test_recommendations_are_found_by_practice_level_state_and_both_organisations(kb: KnowledgeBase) -> None:
    ann, bo = who(kb, "ann"), who(kb, "bo")
    one = issued(kb, level="policy")
    two = recommendations.issue(kb, "Ask first.", to="Elsewhere", actor=bo)
    three = issued(kb, "Once more.")
    recommendations.withdraw(kb, three.id, why="Said already.", actor=ann)

    def found(**wanted: str) -> list[str]:
        return [each.id for each in recommendations.recommendations(kb, actor=ann, **wanted)]

    assert found() == found(organisation="House of Bo") == [two.id, one.id]
    assert found(practice=PRACTICE) == found(level="policy") == found(organisation="house of ann") == [one.id]
    assert found(state="withdrawn") == [three.id]
