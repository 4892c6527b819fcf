"""Passages as evidence: found among the practice's documents, pinned with their words, found again, told to who may see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeRecords

from kb.adapters.versioned_folder import rubrics_in
from kb.errors import InvalidEntry, NotFound
from kb.peers.assessment.review import Stance
from kb.retrieval.judged import flat
from kb.retrieval.passage import DocumentId, Visibility
from kb.services import searching
from kb.services.assessing import evidence, listing, opening, pinning, reconciling, reviewing, staleness, viewing
from kb.services.assessing.evidence_now import Now, is_hidden
from kb.services.assessing.loading import assessment_for
from kb.services.ingesting import ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER
from tests.assessed import BEES, BEES_SAY, DUE, LEDGER, LEDGER_SAYS, a_base, begun, draft, passage_of, put, submitted, who
from tests.panels import review

ROOT = Path(__file__).parents[2]
CASE = "case-studies/beepathnet-lubiana-cesena.md"
OWN = {"practice:cesena-bee-path.yaml", CASE, "guides/judging-transferability.pdf"}


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    return a_base(tmp_path, FakeRecords())


@pytest.fixture
def real(practices_kb: KnowledgeBase) -> KnowledgeBase:
    """The sample with the rubrics that come with the project, and records of the test's own."""
    return replace(practices_kb, records=FakeRecords(), rubrics=rubrics_in(ROOT / "corpus" / "rubrics"))


@pytest.fixture
def cesena(real: KnowledgeBase) -> str:
    return opening.open_assessment(real, "cesena-bee-path", "plp-good-practice", due=DUE, actor=LOCAL_MEMBER)


@pytest.fixture
def edited(real: KnowledgeBase) -> Iterator[Path]:
    """The case study, which a test may edit; as it was afterwards."""
    path = real.documents / CASE
    before = path.read_bytes()
    yield path
    path.write_bytes(before)
    ingest(real, [path], actor=LOCAL_MEMBER)


def reviewed_with_ledger(kb: KnowledgeBase) -> str:
    """Reviews of ann, on what everybody sees, and of cy, who may see the ledger and pins it."""
    told = begun(kb, "ann", "cy")
    submitted(kb, told, "ann", 4, 4, 4, 4, 4)
    version = draft(kb, told, "cy", review(4, 4, 4, 4, 4), path=LEDGER)
    reviewing.submit(kb, told, version=version, actor=who(kb, "cy"))
    return told


def edit(kb: KnowledgeBase, *texts: str) -> None:
    put(kb, BEES, *texts)


# pinning ------------------------------------------------------------------------------------------------------------------


def test_a_pin_keeps_where_it_is_from_and_what_it_says(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    passage = passage_of(kb, BEES)
    document = next(each for each in kb.catalog.documents() if each.path == BEES)
    whole = pinning.pin(kb, told, passage.id, stance=Stance.FOR, actor=who(kb, "ann"))
    part = pinning.pin(kb, told, passage.id, stance=Stance.AGAINST, sentence=(4, 9), actor=who(kb, "ann"))

    assert (whole.document, whole.sha256, whole.quote, whole.stance) == (BEES, document.sha256, BEES_SAY[0], Stance.FOR)
    assert (part.quote, part.stance, part.passage_id) == (passage.text[4:9], Stance.AGAINST, passage.id)


def test_only_passages_of_the_practice_that_one_may_see_are_pinned(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "cy")
    put(kb, "elsewhere.md", "the bees of another place")

    with pytest.raises(NotFound, match="in no document of bee-path"):
        pinning.pin(kb, told, passage_of(kb, "elsewhere.md").id, stance=Stance.FOR, actor=who(kb, "ann"))
    with pytest.raises(NotFound, match="There is no such passage"):
        pinning.pin(kb, told, passage_of(kb, LEDGER).id, stance=Stance.FOR, actor=who(kb, "ann"))
    assert pinning.pin(kb, told, passage_of(kb, LEDGER).id, stance=Stance.FOR, actor=who(kb, "cy")).quote == LEDGER_SAYS[0]


def test_words_of_a_document_are_told_to_those_only_who_may_see_it(kb: KnowledgeBase) -> None:
    told = reviewed_with_ledger(kb)
    views: dict[str, str] = {}
    for name in ("ann", "olu", "fay", "cy"):
        actor = who(kb, name)
        pins = next(iter(assessment_for(kb, told, actor=who(kb, "cy")).reviews["cy"].review.answers.values())).pins
        views[name] = repr(
            (
                viewing.assessment(kb, told, actor=actor), reconciling.sides(kb, told, actor=actor),
                listing.assessments(kb, actor=actor), staleness.stale(kb, actor=actor),
                pinning.pinned(kb, pins, actor=actor), listing.tasks(kb, actor=actor),
            )
        )  # fmt: skip

    assert {name: ("ledger" in view, BEES_SAY[0] in view) for name, view in views.items()} == {
        "ann": (False, True), "olu": (False, True), "fay": (True, True), "cy": (True, True),
    }  # fmt: skip
    seen = assessment_for(kb, told, actor=who(kb, "ann")).reviews["cy"].review.answers["equity"].pins
    assert [(is_hidden(pin), pin.stance) for pin in seen] == [(True, Stance.FOR)], "that there is one is told"
    assert viewing.assessment(kb, told, actor=who(kb, "ann")).unsupported == ()
    assert [each.now for each in viewing.assessment(kb, told, actor=who(kb, "ann")).evidence["cy", "equity"]] == [Now.HIDDEN]


def test_evidence_that_its_author_may_not_see_any_more_is_hidden_and_not_lost(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    ann = who(kb, "ann")
    version = draft(kb, told, "ann", review(3, 3, 3, 3, 3))
    put(kb, BEES, *BEES_SAY, visibility=Visibility.RESTRICTED)
    desk = reviewing.desk(kb, told, actor=ann)
    kept = reviewing.keep_answer(kb, told, "equity", desk.review.answers["equity"], version=version, actor=ann)
    put(kb, BEES, *BEES_SAY)

    assert BEES_SAY[0] not in repr((desk, kept))
    assert [pin.quote for pin in reviewing.desk(kb, told, actor=ann).review.answers["equity"].pins] == [BEES_SAY[0]]


# staleness ----------------------------------------------------------------------------------------------------------------


def test_scores_go_stale_when_their_document_changes(kb: KnowledgeBase) -> None:
    told = reviewed_with_ledger(kb)
    ann = who(kb, "ann")
    assert staleness.stale(kb, actor=ann) == []
    edit(kb, *BEES_SAY, "the keepers were asked")
    changed = staleness.stale(kb, actor=ann)
    edit(kb, "nothing of it is left")
    gone = staleness.stale(kb, actor=ann, assessment=told)

    assert {(each.reviewer, each.criterion, each.why) for each in changed} == {
        ("ann", name, Now.CHANGED) for name in ("effectiveness", "equity", "reach", "evidence", "transfer")
    }
    assert {each.why for each in gone} == {Now.GONE}
    assert listing.assessments(kb, actor=ann)[0].n_stale == 5
    assert len(listing.tasks(kb, actor=ann).stale) == 5
    assert listing.tasks(kb, actor=who(kb, "cy")).stale == ()
    assert "reconfirm" in viewing.assessment(kb, told, actor=ann).may
    assert "reconfirm" not in viewing.assessment(kb, told, actor=who(kb, "cy")).may


def test_a_passage_that_moved_within_its_document_is_found_by_its_words(kb: KnowledgeBase) -> None:
    told = reviewed_with_ledger(kb)
    ann = who(kb, "ann")
    edit(kb, "the keepers were asked before all of it", *BEES_SAY)
    (now,) = viewing.assessment(kb, told, actor=ann).evidence["ann", "equity"]

    assert (now.now, now.is_there, now.mark) == (Now.CHANGED, True, BEES_SAY[0])
    assert now.passage_id == next(passage_of(kb, BEES, n).id for n in range(4) if BEES_SAY[0] in passage_of(kb, BEES, n).text)


def test_a_score_that_stands_rests_on_the_document_as_it_is_now(kb: KnowledgeBase) -> None:
    told = reviewed_with_ledger(kb)
    ann = who(kb, "ann")
    edit(kb, *BEES_SAY, "the keepers were asked")
    staleness.reconfirm(kb, told, "equity", stands=True, reason="The words are the same.", actor=ann)
    view = viewing.assessment(kb, told, actor=ann)

    assert "equity" not in {each.criterion for each in view.stale}
    assert [each.now for each in view.evidence["ann", "equity"]] == [Now.THERE]
    assert view.assessment.reviews["ann"].review.answers["equity"].pins[0].sha256 != view.evidence["ann", "equity"][0].pin.sha256
    with pytest.raises(InvalidEntry, match="Nothing of the evidence for equity has changed"):
        staleness.reconfirm(kb, told, "equity", stands=True, reason="again", actor=ann)
    edit(kb, "nothing of it is left")
    assert "equity" in {each.criterion for each in staleness.stale(kb, actor=ann)}


def test_a_score_that_is_taken_back_counts_no_more(kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    for name, score in (("ann", 1), ("bo", 4)):
        submitted(kb, told, name, 4, score, 4, 4, 4)
    edit(kb, "nothing of it is left")
    ann = who(kb, "ann")
    before = viewing.assessment(kb, told, actor=ann).outcome
    staleness.reconfirm(kb, told, "equity", stands=False, reason="It says so no more.", actor=ann)
    after = viewing.assessment(kb, told, actor=ann)

    assert before is not None
    assert after.outcome is not None
    assert (before.scores["equity"], after.outcome.scores["equity"]) == (2.5, 4)
    assert ("ann", "equity") not in {(each.reviewer, each.criterion) for each in after.stale}
    assert after.assessment.reviews["ann"].review.answers["equity"].score == 1
    with pytest.raises(InvalidEntry, match="Say why your score stands"):
        staleness.reconfirm(kb, told, "reach", stands=True, reason=" ", actor=ann)
    with pytest.raises(InvalidEntry, match="Only whose score it is"):
        staleness.reconfirm(kb, told, "reach", stands=True, reason="mine", actor=who(kb, "cy"))


def test_evidence_of_a_document_that_is_gone_is_told_to_who_pinned_it_and_to_administrators(kb: KnowledgeBase) -> None:
    told = reviewed_with_ledger(kb)
    document = next(each for each in kb.catalog.documents() if each.path == LEDGER)
    kb.catalog.retire_document(document.id, None)
    kb.catalog.purge()

    seen = {
        name: {(each.reviewer, each.why) for each in staleness.stale(kb, actor=who(kb, name), assessment=told)}
        for name in ("ann", "fay", "cy", "local")
    }
    assert seen == {"ann": set(), "fay": set(), "cy": {("cy", Now.GONE)}, "local": {("cy", Now.GONE)}}
    assert "ledger" not in repr(viewing.assessment(kb, told, actor=who(kb, "fay")))


def test_a_file_that_was_renamed_is_still_its_evidence(kb: KnowledgeBase) -> None:
    told = reviewed_with_ledger(kb)
    document = next(each for each in kb.catalog.documents() if each.path == BEES)
    (entry,) = [each for each in kb.catalog.ledger() if each.path == BEES]
    kb.catalog.rename_document(document.id, "case-studies/the-bees.md", replace(entry, path="case-studies/the-bees.md"))

    assert staleness.stale(kb, actor=who(kb, "ann"), assessment=told) == []
    (now,) = viewing.assessment(kb, told, actor=who(kb, "ann")).evidence["ann", "equity"]
    assert (now.now, now.document and now.document.path) == (Now.THERE, "case-studies/the-bees.md")


# on the sample ------------------------------------------------------------------------------------------------------------


def test_a_standing_query_finds_passages_of_this_practice_only(real: KnowledgeBase, cesena: str) -> None:
    found = evidence.for_item(real, cesena, "transferability", actor=LOCAL_MEMBER)

    assert {each.document.path for each in found.passages} <= OWN
    *documents, sheet = found.passages
    assert sheet.document.path == "practice:cesena-bee-path.yaml"
    assert sheet.document.path not in {each.document.path for each in documents}
    assert 1 < len(documents) <= evidence.SHOWN
    assert found.n_documents == 3
    assert [each.score for each in documents] == sorted((each.score for each in documents), reverse=True)
    assert "transferability" in dict(found.sheet)


def test_a_question_is_asked_of_this_practice_only(real: KnowledgeBase, cesena: str) -> None:
    question = "calendario dello sfalcio"
    everywhere = {hit.path for hit in searching.search(real, question, actor=LOCAL_MEMBER, k=50).hits}
    found = evidence.for_item(real, cesena, "sustainability", actor=LOCAL_MEMBER, question=question)

    assert len(everywhere) > 3
    assert {each.document.path for each in found.passages} <= {
        "practice:cesena-bee-path.yaml",
        CASE,
        "guides/judging-transferability.pdf",
    }
    assert "sfalcio" in found.passages[0].passage.text
    with pytest.raises(NotFound, match="does not ask for “beauty”"):
        evidence.for_item(real, cesena, "beauty", actor=LOCAL_MEMBER)


def test_comparable_practices_tell_what_they_say_and_no_score(real: KnowledgeBase, cesena: str) -> None:
    found = evidence.comparable(real, cesena, "transferability", actor=LOCAL_MEMBER)

    assert len(found) == 3
    assert "cesena-bee-path" not in {each.practice for each in found}
    assert all(dict(each.sheet)["transferability"] for each in found)
    assert all(each.best and each.best.passage.text for each in found)


def test_a_document_that_is_edited_and_ingested_again(real: KnowledgeBase, cesena: str, edited: Path) -> None:
    opening.invite(real, cesena, "local", actor=LOCAL_MEMBER)
    said = "due arnie nei parchi, un calendario"
    passage = next(each for each in real.catalog.passages_of(_id_of(real, CASE)) if said in flat(each.text))
    sentence = next(span for span in passage.sentences if said in flat(passage.text[slice(*span)]))
    pin = pinning.pin(real, cesena, passage.id, stance=Stance.FOR, sentence=sentence, actor=LOCAL_MEMBER)
    reviewing.keep_answer(real, cesena, "effectiveness", {"score": 2, "pins": (pin,)}, version=0, actor=LOCAL_MEMBER)
    edited.write_text(edited.read_text(encoding="utf-8") + "\n\nUna riga nuova.\n", encoding="utf-8")
    ingest(real, [edited], actor=LOCAL_MEMBER)
    (changed,) = pinning.pinned(real, [pin], actor=LOCAL_MEMBER)
    edited.write_text("# Altro\n\nTutto è diverso qui.\n", encoding="utf-8")
    ingest(real, [edited], actor=LOCAL_MEMBER)
    (gone,) = pinning.pinned(real, [pin], actor=LOCAL_MEMBER)

    assert (changed.now, changed.mark) == (Now.CHANGED, pin.quote)
    assert changed.passage_id is not None
    assert (gone.now, gone.mark, gone.document_id) == (Now.GONE, "", changed.document_id)


def _id_of(kb: KnowledgeBase, path: str) -> DocumentId:
    return next(each.id for each in kb.catalog.documents() if each.path == path)
