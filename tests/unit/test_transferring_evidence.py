"""Evidence of both sides: found among the right documents, pinned on the right side, told to who may see it, and missed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeRecords

from kb.adapters.context_folder import ContextFolder
from kb.adapters.versioned_folder import frameworks_in
from kb.errors import InvalidEntry, NotFound, PermissionDenied
from kb.peers.assessment.review import Stance
from kb.peers.transfer.judgement import Evidenced
from kb.retrieval.passage import Metadata, Visibility
from kb.services import contexts
from kb.services.assessing.evidence_now import Now, is_hidden
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER
from kb.services.transferring import concluding, evaluating, evidence, judging, listing, matrix, opening, seats, viewing
from kb.services.transferring.loading import transfer_for
from tests import transfers
from tests.assessed import BEES_SAY, LEDGER_SAYS
from tests.transferred import (
    BEES,
    BUDGET,
    BUDGET_SAYS,
    ID,
    LEDGER,
    LISBON,
    LISBON_SAYS,
    PRACTICE,
    a_base,
    begun,
    draft,
    handed_in,
    passage_of,
    put,
    who,
)

ROOT = Path(__file__).parents[2]
SOURCE, TARGET = Evidenced.SOURCE, Evidenced.TARGET


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    return a_base(tmp_path, FakeRecords())


@pytest.fixture
def real(practices_kb: KnowledgeBase) -> KnowledgeBase:
    """The sample with the profiles and the framework that come with the project, and records of the test's own."""
    return replace(
        practices_kb,
        records=FakeRecords(),
        contexts=ContextFolder(ROOT / "corpus" / "contexts"),
        frameworks=frameworks_in(ROOT / "corpus" / "frameworks"),
    )


def pinned(kb: KnowledgeBase, path: str, side: Evidenced, name: str, **more: tuple[int, int]) -> str:
    """What a member pins, word for word."""
    passage = passage_of(kb, path)
    return evidence.pin(kb, ID, passage.id, side=side, stance=Stance.FOR, actor=who(kb, name), **more).quote


# pinning ------------------------------------------------------------------------------------------------------------------


def test_each_side_has_its_own_documents(kb: KnowledgeBase) -> None:
    begun(kb, "ann", "cy")
    put(kb, "elsewhere.md", "the bees of another place")

    assert pinned(kb, BEES, SOURCE, "ann") == BEES_SAY[0]
    assert pinned(kb, LISBON, TARGET, "ann", sentence=(4, 9)) == LISBON_SAYS[0][4:9]
    assert pinned(kb, BUDGET, TARGET, "cy") == BUDGET_SAYS[0]
    with pytest.raises(NotFound, match=r"in no document about PT\. Choose one that is, or pin it for the practice"):
        pinned(kb, BEES, TARGET, "ann")
    with pytest.raises(NotFound, match=r"in no document of bee-path\. Choose one that is, or pin it for PT"):
        pinned(kb, LISBON, SOURCE, "ann")
    with pytest.raises(NotFound, match="in no document about PT"):
        pinned(kb, "elsewhere.md", TARGET, "ann")


def test_a_hidden_document_is_as_if_it_were_not_there(kb: KnowledgeBase) -> None:
    begun(kb, "ann", "cy")

    for path in (BUDGET, LEDGER):
        for side in Evidenced:
            with pytest.raises(NotFound, match="There is no such passage"):
                pinned(kb, path, side, "ann")
    of_ann, of_cy = (
        {
            side: sorted(
                each.path
                for each in evidence.documents_on(
                    kb, transfer_for(kb, ID, actor=who(kb, name)), side, actor=who(kb, name)
                ).documents.values()
            )
            for side in Evidenced
        }
        for name in ("ann", "cy")
    )
    sheet = f"practice:{PRACTICE}.yaml"
    assert of_ann == {SOURCE: [BEES, sheet], TARGET: [LISBON]}
    assert of_cy == {SOURCE: [BEES, LEDGER, sheet], TARGET: [BUDGET, LISBON]}


def test_the_practices_own_documents_are_no_evidence_about_the_target(kb: KnowledgeBase) -> None:
    begun(kb, "ann")
    put(kb, BEES, *BEES_SAY, about=Metadata(countries=("PT", "SI")))

    with pytest.raises(NotFound, match="in no document about PT"):
        pinned(kb, BEES, TARGET, "ann")


def test_a_pin_is_kept_on_its_side_only_and_only_with_words_of_the_document(kb: KnowledgeBase) -> None:
    begun(kb, "ann")
    ann = who(kb, "ann")
    bees = evidence.pin(kb, ID, passage_of(kb, BEES).id, side=SOURCE, stance=Stance.FOR, actor=ann)
    forged = bees.model_copy(update={"quote": "the bees sing"})
    for values in ({"target_pins": (bees,)}, {"source_pins": (forged,)}):
        with pytest.raises(InvalidEntry, match=f"not in the documents of its side now \\({BEES}\\)"):
            judging.keep_answer(kb, ID, "law", values, version=0, actor=ann)

    desk = judging.keep_answer(kb, ID, "law", {"source_pins": (bees,), "value": 1}, version=0, actor=ann)
    assert desk.judgement.answers["law"].source_pins == (bees,)
    put(kb, BEES, "nothing of it is left")
    desk = judging.keep_answer(kb, ID, "law", desk.judgement.answers["law"], version=desk.version, actor=ann)
    assert desk.judgement.answers["law"].source_pins == (bees,), "what was pinned before may stay"


# who may read it ----------------------------------------------------------------------------------------------------------


def test_words_of_a_document_are_told_to_those_only_who_may_see_it(kb: KnowledgeBase) -> None:
    begun(kb, "ann", "cy")
    handed_in(kb, ID, "ann", 1, 1, 1, 1, 1, 1)
    version = draft(kb, ID, "cy", transfers.judgement(1, 1, 1, 1, 1, 1), source=LEDGER, target=BUDGET)
    judging.hand_in(kb, ID, version=version, actor=who(kb, "cy"))
    concluding.conclude(kb, ID, actor=who(kb, "fay"))
    hidden = passage_of(kb, BUDGET)
    evaluating.evaluate(kb, ID, outcome="worked", on=today(), what="Seen.", passages=[hidden.id], actor=who(kb, "fay"))
    told = {
        name: repr(
            (
                viewing.view(kb, ID, actor=who(kb, name)), transfer_for(kb, ID, actor=who(kb, name)),
                listing.transfers(kb, actor=who(kb, name)), matrix.matrix(kb, actor=who(kb, name)),
            )
        )
        for name in ("ann", "sam", "fay", "cy")
    }  # fmt: skip

    assert {name: [words in seen for words in (BUDGET_SAYS[0], LEDGER_SAYS[0], LISBON_SAYS[0])] for name, seen in told.items()} == {
        "ann": [False, False, True], "sam": [False, False, True], "fay": [True] * 3, "cy": [True] * 3,
    }  # fmt: skip
    view = viewing.view(kb, ID, actor=who(kb, "sam"))
    answer = view.test.judgements["cy"].answers["need"]
    assert [(is_hidden(pin), pin.stance) for pin in answer.target_pins] == [(True, Stance.FOR)], "that there is one is told"
    assert [each.now for each in view.evidence["cy", "need", TARGET]] == [Now.HIDDEN]
    assert [each.now for each in view.evaluations[0]] == [Now.HIDDEN]


def test_evidence_that_its_author_may_not_see_any_more_is_hidden_and_not_lost(kb: KnowledgeBase) -> None:
    begun(kb, "ann")
    ann = who(kb, "ann")
    version = draft(kb, ID, "ann", transfers.judgement(1, 1, 1, 1, 1, 1))
    put(kb, LISBON, *LISBON_SAYS, visibility=Visibility.RESTRICTED, about=Metadata(countries=("PT",)))
    desk = judging.desk(kb, ID, actor=ann)
    kept = judging.keep_answer(kb, ID, "need", desk.judgement.answers["need"], version=version, actor=ann)
    assert LISBON_SAYS[0] not in repr((desk, kept))
    judging.hand_in(kb, ID, version=kept.version, actor=ann)
    assert LISBON_SAYS[0] not in repr(judging.desk(kb, ID, actor=ann))
    put(kb, LISBON, *LISBON_SAYS, about=Metadata(countries=("PT",)))

    for name in ("need", "champion"):
        (pin,) = judging.desk(kb, ID, actor=ann).test.judgements["ann"].answers[name].target_pins
        assert pin.quote == LISBON_SAYS[0]


def test_an_evaluation_is_pinned_with_what_the_actor_may_see(kb: KnowledgeBase) -> None:
    begun(kb, "ann")
    handed_in(kb, ID, "ann", 1, 1, 1, 1, 1, 1)
    fay = who(kb, "fay")
    concluding.conclude(kb, ID, actor=fay)
    with pytest.raises(PermissionDenied):
        evaluating.evaluate(kb, ID, outcome="worked", on=today(), what="Seen.", actor=who(kb, "ann"))
    evaluating.evaluate(
        kb, ID, outcome="did-not-work", on=today(), what="Seen.", passages=[passage_of(kb, LISBON).id] * 2, actor=fay
    )
    (evaluation,) = viewing.view(kb, ID, actor=fay).test.evaluations

    assert [(pin.quote, pin.stance) for pin in evaluation.evaluated.pins] == [(LISBON_SAYS[0], Stance.AGAINST)]


def test_answers_go_stale_when_their_document_changes(kb: KnowledgeBase) -> None:
    begun(kb, "ann", "cy")
    handed_in(kb, ID, "ann", 1, 1, 1, 1, 1, None)
    seats.excuse(kb, ID, "cy", actor=who(kb, "fay"))
    concluding.conclude(kb, ID, actor=who(kb, "fay"))
    sam = who(kb, "sam")
    assert viewing.view(kb, ID, actor=sam).stale == ()
    put(kb, LISBON, *LISBON_SAYS, "and more", about=Metadata(countries=("PT",)))
    changed = viewing.view(kb, ID, actor=sam).stale
    put(kb, LISBON, "nothing of it is left", about=Metadata(countries=("PT",)))
    gone = viewing.view(kb, ID, actor=sam).stale

    assert {(each.assessor, each.criterion, each.side, each.why) for each in changed} == {
        ("ann", name, TARGET, Now.CHANGED) for name in transfers.NAMES[:-1]
    }
    assert {each.why for each in gone} == {Now.GONE}


# on the sample --------------------------------------------------------------------------------------------------------------


def test_a_criterion_finds_passages_of_both_sides(real: KnowledgeBase) -> None:
    told = opening.open_test(real, "cesena-bee-path", "PT", source="IT", actor=LOCAL_MEMBER)
    found = evidence.for_criterion(real, told, "gender-inclusion", actor=LOCAL_MEMBER)
    about = {
        each.path for each in contexts.documents_about(real, "PT", actor=LOCAL_MEMBER, without="cesena-bee-path").documents.values()
    }

    assert "practice:beyond-pink-collar.yaml" in about
    assert "practice:cesena-bee-path.yaml" not in about
    assert 1 < len(found.target.passages) <= evidence.SHOWN
    assert {each.document.path for each in found.target.passages} <= about
    assert {each.document.path for each in found.source.passages}.isdisjoint(about - {"guides/judging-transferability.pdf"})
    assert (found.target.n_documents, found.target.is_gap) == (len(about), False)
    assert [group for group, _ in found.target.said] == [group for group, _ in found.source_said] == ["gender-and-inclusion"]
    assert found.target.asked


def test_a_practice_comes_from_the_one_country_of_its_sheet(real: KnowledgeBase) -> None:
    told = opening.open_test(real, "umea-gendered-landscape", "PT", actor=LOCAL_MEMBER)

    assert transfer_for(real, told, actor=LOCAL_MEMBER).source == "SE"
    with pytest.raises(NotFound, match="There is no test of transferability “gone-1”"):
        evidence.for_criterion(real, "gone-1", "champion", actor=LOCAL_MEMBER)


@pytest.mark.parametrize(
    ("target", "criterion"), [("HU", "stakeholders"), ("BG", "adaptation-plan"), ("BG", "finance"), ("SE", "champion")]
)
def test_where_nothing_speaks_to_a_criterion_that_is_told_with_the_number_of_documents(
    real: KnowledgeBase, target: str, criterion: str
) -> None:
    told = opening.open_test(real, "cesena-bee-path", target, source="IT", actor=LOCAL_MEMBER)
    found = evidence.for_criterion(real, told, criterion, actor=LOCAL_MEMBER).target

    assert found.is_gap
    assert found.n_documents == len(contexts.documents_about(real, target, actor=LOCAL_MEMBER, without="cesena-bee-path").documents)
    assert found.n_documents > 1
    assert found.passages, "the nearest ones are shown all the same"


def test_a_place_without_documents_is_a_gap_and_what_is_not_asked_is_none(real: KnowledgeBase) -> None:
    told = opening.open_test(real, "cesena-bee-path", "IE", source="IT", actor=LOCAL_MEMBER)
    champion, core = (evidence.for_criterion(real, told, name, actor=LOCAL_MEMBER) for name in ("champion", "core-known"))

    assert (champion.target.n_documents, champion.target.passages, champion.target.is_gap) == (0, (), True)
    assert (core.target.asked, core.target.is_gap) == ("", False), "of the practice as it is no place is asked"
    assert core.source.is_gap is False
    assert dict(core.source.said)["core"]


def test_a_question_is_asked_of_the_documents_of_both_sides_only(real: KnowledgeBase) -> None:
    told = opening.open_test(real, "cesena-bee-path", "PT", source="IT", actor=LOCAL_MEMBER)
    found = evidence.for_criterion(real, told, "champion", actor=LOCAL_MEMBER, question="calendario dello sfalcio")

    assert "sfalcio" in found.source.passages[0].passage.text
    assert found.source.asked == found.target.asked == "calendario dello sfalcio"
    assert {each.document.path for each in found.target.passages} <= {
        each.path for each in contexts.documents_about(real, "PT", actor=LOCAL_MEMBER).documents.values()
    }
    with pytest.raises(NotFound, match="does not ask for “beauty”"):
        evidence.for_criterion(real, told, "beauty", actor=LOCAL_MEMBER)
