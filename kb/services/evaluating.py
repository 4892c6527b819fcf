"""Measure the search on judged questions: each leg alone and both together, through the same search that people use."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from kb.errors import JudgementError
from kb.retrieval.answer import MAX_HITS, MAX_QUESTION_CHARS, Legs
from kb.retrieval.deadline import Deadline
from kb.retrieval.evaluation import Evaluation, Measured, Unit
from kb.retrieval.judged import Collection, Judged, JudgedSet, flat, lost_key, relevant_passages
from kb.retrieval.measure import DEPTH, Measures
from kb.retrieval.passage import UNDETERMINED, Passage
from kb.services import searching
from kb.services.collection import ingest_collection
from kb.services.files import CONTEXT, ENTRY, PARTNERSHIP, SHEET
from kb.services.ingest_run import Progress
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, visible_documents

PATIENCE_S = 600.0  # a question: what is measured is the search, and not how busy the machine is
Rankings = dict[Legs, dict[str, list[str]]]  # leg → question → units, best first


@dataclass(frozen=True)
class Step:
    """How far an evaluation is: first documents (of a collection), then questions."""

    documents_done: int
    documents_total: int
    questions_done: int
    questions_total: int


def evaluate(
    kb: KnowledgeBase,
    judged: JudgedSet,
    *,
    actor: Member,
    measures: Measures,
    on_progress: Callable[[Step], None] = lambda _: None,
) -> Evaluation:
    """Ask the golden questions of the documents ``actor`` may see; what is ranked is passages.

    They are asked as typed: an exact phrase in quotation marks is one. A judged answer that stands in no such passage counts as
    not found, and is listed.

    Raises:
        JudgementError: if no question has a relevant answer.
        UnusableIndex: as a search does.
    """
    require(actor, Role.MEMBER, "evaluate the search")
    began = time.perf_counter()
    passages = _passages(kb, judged, actor)
    relevant = {each.question_id: relevant_passages(each.answers, passages) for each in judged.questions}
    rankings = _ask(kb, judged, Unit.PASSAGE, {}, actor, lambda done, total: on_progress(Step(0, 0, done, total)))
    lost = {each.question_id: _lost(each, relevant[each.question_id]) for each in judged.questions}
    return _evaluation(kb, judged, Unit.PASSAGE, relevant, lost, measures, rankings, began)


def evaluate_collection(
    kb: KnowledgeBase,
    collection: Collection,
    *,
    actor: Member,
    measures: Measures,
    on_progress: Callable[[Step], None] = lambda _: None,
) -> Evaluation:
    """Ingest a collection into ``kb``, which is empty and temporary, and ask its questions.

    What is ranked is documents, each by its best passage among the first 200; a document without words cannot be found.
    Questions are asked as plain words, without operators. One whose language nobody said is taken to be in the language of its
    file.

    Raises:
        JudgementError: if no question has a relevant answer.
    """
    require(actor, Role.MEMBER, "evaluate the search")
    began = time.perf_counter()
    n_questions = sum(question.can_be_measured for question in collection.judged.questions)

    def ingested(progress: Progress) -> None:
        on_progress(Step(progress.files_done, progress.files_total, 0, n_questions))

    names = ingest_collection(kb, collection, actor=actor, on_progress=ingested)
    judged = _with_language(kb, collection.judged)
    relevant = {
        each.question_id: {answer.document: max(0, answer.relevance) for answer in each.answers} for each in judged.questions
    }
    n = len(names)
    rankings = _ask(kb, judged, Unit.DOCUMENT, names, actor, lambda done, total: on_progress(Step(n, n, done, total)))
    lost = {
        identity: [unit for unit, grade in grades.items() if grade > 0 and unit not in collection.documents]
        for identity, grades in relevant.items()
    }
    return _evaluation(kb, judged, Unit.DOCUMENT, relevant, lost, measures, rankings, began)


def _passages(kb: KnowledgeBase, judged: JudgedSet, actor: Member) -> dict[str, Sequence[Passage]]:
    """Path → passages of every document that an answer names, among those the actor may see."""
    named = {answer.document for question in judged.questions for answer in question.answers}
    visible = visible_documents(kb.catalog, actor)
    return {summary.path: kb.catalog.passages_of(summary.id) for summary in visible.values() if summary.path in named}


def _with_language(kb: KnowledgeBase, judged: JudgedSet) -> JudgedSet:
    unsaid = " ".join(question.question for question in judged.questions if not question.language)
    language = kb.detector.detect(unsaid[:MAX_QUESTION_CHARS]) if unsaid else ""
    return replace(judged, questions=tuple(replace(each, language=each.language or language) for each in judged.questions))


def _ask(
    kb: KnowledgeBase,
    judged: JudgedSet,
    unit: Unit,
    names: Mapping[str, str],
    actor: Member,
    on_progress: Callable[[int, int], None],
) -> Rankings:
    """Every measurable question to every leg.

    Sheets of practices, profiles of places and entries of the directory tell again what the documents say. Where no answer of the
    judged set stands in one of a kind, nobody judged these: their passages are then left out of the rankings, rather than counted
    as wrong.

    Args:
        names: path of a document → its unit, where documents are ranked.
    """
    questions = [question for question in judged.questions if question.can_be_measured]
    if not questions:
        raise JudgementError(f"No question of {judged.name} has an answer that is judged relevant; nothing can be measured.")
    named = [answer.document for question in questions for answer in question.answers]
    judges = {prefix: any(path.startswith(prefix) for path in named) for prefix in (SHEET, CONTEXT, ENTRY, PARTNERSHIP)}
    rankings: Rankings = {leg: {} for leg in Legs}
    on_progress(0, len(questions))
    for done, question in enumerate(questions, start=1):
        for leg in Legs:
            found = searching.search(
                kb,
                question.question[:MAX_QUESTION_CHARS],  # some sets ask with whole articles
                actor=actor,
                k=MAX_HITS,
                legs=leg,
                mark=False,
                facets=False,
                syntax=unit is Unit.PASSAGE,
                deadline=Deadline.after(PATIENCE_S),
            )
            told = [
                hit
                for hit in found.hits
                if (judges[SHEET] or not hit.metadata.practice)
                and (judges[CONTEXT] or not hit.metadata.context)
                and (judges[ENTRY] or not hit.metadata.entry)
                and (judges[PARTNERSHIP] or not hit.metadata.partnership)
            ]
            units = [hit.passage.id if unit is Unit.PASSAGE else names[hit.path] for hit in told]
            rankings[leg][question.question_id] = list(dict.fromkeys(units))[:DEPTH]  # a document ranks with its best passage
        on_progress(done, len(questions))
    return rankings


def _evaluation(
    kb: KnowledgeBase,
    judged: JudgedSet,
    unit: Unit,
    relevant: Mapping[str, Mapping[str, int]],
    lost: Mapping[str, Sequence[str]],
    measures: Measures,
    rankings: Rankings,
    began: float,
) -> Evaluation:
    asked = [question for question in judged.questions if question.can_be_measured]
    grades = {question.question_id: relevant[question.question_id] for question in asked}
    values = {leg: measures.measure(rankings[leg], grades) for leg in Legs}
    manifest = kb.generation().manifest
    return Evaluation(
        judged=judged.name,
        unit=unit,
        model=manifest.model,
        revision=manifest.revision,
        splitter=manifest.splitter,
        generation=manifest.generation,
        n_documents=manifest.n_documents,
        n_passages=manifest.n_passages,
        questions=tuple(
            Measured(
                question.question_id,
                question.question,
                question.language or UNDETERMINED,
                question.fingerprint,
                sum(grade > 0 for grade in grades[question.question_id].values()),
                len(lost[question.question_id]),
                {leg: values[leg][question.question_id] for leg in Legs},
            )
            for question in asked
        ),
        not_measured=tuple(question.question_id for question in judged.questions if not question.can_be_measured),
        lost=tuple(f"{question.question_id}: {place}" for question in asked for place in lost[question.question_id]),
        at_utc=datetime.now(UTC).isoformat(timespec="seconds"),
        took_s=time.perf_counter() - began,
    )


def _lost(question: Judged, relevant: Mapping[str, int]) -> list[str]:
    """The relevant answers that stand in no passage, as ``document: quote``."""
    places = {lost_key(answer): f"{answer.document}: {flat(answer.quote) or answer.passage_id}" for answer in question.answers}
    return [place for key, place in places.items() if key in relevant]
