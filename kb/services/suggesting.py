"""Suggested tags: every controlled tag is a standing query, and the passages of a practice that answer it speak for the tag.

A person decides. What was confirmed is a given tag with the passage as its evidence; what was rejected is remembered with who, when
and why, and is not suggested again. Neither is a tag that the practice has, or that somebody took back from it.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kb.errors import InvalidEntry, NotFound
from kb.peers.concepts import PIVOT, Concept, ConceptScheme
from kb.peers.tags import Tag, shown, spelled
from kb.retrieval.answer import Filters
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.generation import Generation
from kb.retrieval.passage import DocumentId, PassageId
from kb.retrieval.permitted import permitted
from kb.retrieval.rows import Allowed
from kb.retrieval.sentences import Span
from kb.retrieval.standing import Answering, Speaking, StandingQuery, answering, speaking
from kb.services import tagging
from kb.services.document_tags import forget_given
from kb.services.files import SHEET
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, require_real, visible_documents
from kb.services.records import Decision, GivenTag, Verdict, standing
from kb.services.searching import on_current_generation
from kb.services.tag_records import GIVE, LOOK, change, checked, declared, keep, sheet_of
from kb.services.tag_telling import Telling

FLOOR = 2.0  # standard deviations: what precision this gives stands in tests/e2e/test_tag_suggestions.py
RESERVE = {"condition": 0.5}  # taken off: what a practice depends on is seldom said outright; without it 3 in 10 of these are right
SUGGESTED = 5
REJECT = "reject suggested tags"


@dataclass(frozen=True)
class Suggestion:
    """A controlled tag that a practice may deserve.

    Attributes:
        score: of its best passages together; comparable between tags and practices.
        speaking: these passages, best first.
    """

    tag: Tag
    score: float
    speaking: tuple[Speaking, ...]


@dataclass(frozen=True)
class Suggestions:
    """What is suggested for a practice, best first.

    Attributes:
        rejected: decisions that stand, newest first, with nothing of a document that the asker may not see.
        n_passages: how many were looked at: of the sheet and its documents, as far as the asker may see them.
        n_documents: how many documents they belong to.
        n_tags: how many standing queries were asked.
    """

    practice: str
    found: tuple[Suggestion, ...]
    rejected: tuple[Decision, ...]
    n_passages: int
    n_documents: int
    n_tags: int
    took_s: float


def suggest(
    kb: KnowledgeBase, practice: str, *, actor: Member, k: int = SUGGESTED, afresh: bool = False, floor: float = FLOOR
) -> Suggestions:
    """Controlled tags that passages of the practice's sheet and documents speak for.

    Args:
        k: how many at most.
        afresh: as if the practice had no tag and nothing had been decided; to measure the suggestions.
        floor: score that a tag must reach.

    Raises:
        NotFound: if there is no such practice.
        UnusableIndex: if there is nothing to search.
    """
    began = time.perf_counter()
    require(actor, Role.MEMBER, LOOK)
    sheet = sheet_of(kb, practice)
    told_in = sheet.documents if sheet else ()
    with kb.records() as records:
        given = records.tags.of_practice(practice)
        decided = records.suggestions.of_practice(practice)
    rejected = sorted((each for each in standing(decided).values() if each.verdict is Verdict.REJECTED), key=lambda each: -each.id)
    settled = {*(declared(sheet) if sheet else ()), *(Tag.of(each.tag) for each in given), *(Tag.of(each.tag) for each in rejected)}
    queries = standing_queries(kb.concepts())

    def ask(generation: Generation) -> Suggestions:
        documents = visible_documents(kb.catalog, actor)
        core = _rows_of((sheet_path(practice),), generation, documents)
        own = _rows_of((sheet_path(practice), *told_in), generation, documents)
        answers = answering(queries, kb.encoder(), generation, kb.catalog, own, core=core)
        best = _best(answers, set() if afresh else settled, floor)[:k]
        return Suggestions(
            practice=practice,
            found=tuple(Suggestion(tag, score, speaking(answer, kb.encoder(), documents)) for tag, score, answer in best),
            rejected=tuple(map(Telling(kb, actor).decision, rejected)),
            n_passages=len(own),
            n_documents=own.n_documents,
            n_tags=len(queries),
            took_s=time.perf_counter() - began,
        )

    return on_current_generation(kb, ask)


def confirm(
    kb: KnowledgeBase,
    practice: str,
    tag: str,
    *,
    actor: Member,
    passage_id: PassageId | None = None,
    sentence: Span | None = None,
    why: str = "",
) -> GivenTag:
    """Give a suggested tag, with the passage that speaks for it as evidence.

    Args:
        passage_id: by default the one that speaks for it most; then the tag must be suggested still.
        sentence: span of that passage's text.
        why: in the member's words; may be empty.

    Raises:
        NotFound: if there is no such practice, suggestion or passage, or the actor may not know of the passage.
        InvalidEntry: if the tag is not of the controlled list, or the actor gave it already.
    """
    require(actor, Role.MEMBER, GIVE)
    require_real(actor)
    _refuse_free(tag)
    if passage_id is None:
        best = _suggested(kb, practice, tag, actor)
        passage_id, sentence = best.passage.id, best.sentence
    sheet_of(kb, practice)
    given = checked(kb, practice, tag, why=why, actor=actor, evidence=passage_id, sentence=sentence, is_confirmed=True)
    said = Decision(
        practice, given.tag, Verdict.CONFIRMED, actor.name, given.at_utc, given.why, given.passage_id, given.document, given.quote
    )
    with kb.records() as records:
        kept = keep(records, given, action="suggested tag confirmed")
        records.suggestions.add(said)
    forget_given(kb)
    return kept


def reject(
    kb: KnowledgeBase, practice: str, tag: str, *, actor: Member, why: str = "", passage_id: PassageId | None = None
) -> Decision:
    """Say that a suggested tag does not fit; it is not suggested again. Rejected twice is kept once.

    Args:
        why: in the member's words; may be empty.
        passage_id: the passage that spoke for it.

    Raises:
        NotFound: if there is no such practice or passage, or the actor may not know of the passage.
        InvalidEntry: if the tag or the reason cannot be taken, or the practice has the tag.
    """
    require(actor, Role.MEMBER, REJECT)
    require_real(actor)
    _refuse_free(tag)
    live = tagging.tags_of(kb, practice, actor=actor).live
    if Tag.of(tag) in {each.tag for each in live}:
        raise InvalidEntry(f"{practice} has the tag “{spelled(tag)}”. What was given is withdrawn: kb tag withdraw")
    given = checked(kb, practice, tag, why=why, actor=actor, evidence=passage_id, is_confirmed=True)
    said = Decision(
        practice, given.tag, Verdict.REJECTED, actor.name, given.at_utc, given.why, given.passage_id, given.document, given.quote
    )
    with kb.records() as records:
        before = standing(records.suggestions.of_practice(practice)).get((practice, said.tag))
        if before and before.verdict is Verdict.REJECTED:
            return before
        kept = records.suggestions.add(said)
        records.history.add(change(kept, "suggested tag rejected", member=actor.name, after=kept.tag, why=kept.why))
    return kept


def sheet_path(practice: str) -> str:
    """The path of a sheet among the documents."""
    return f"{SHEET}{practice}.yaml"


def standing_queries(scheme: ConceptScheme) -> tuple[StandingQuery, ...]:
    """One for each controlled tag, by name."""
    concepts = [(tag, scheme.by_tag(tag)) for tag in scheme.tags]
    return tuple(StandingQuery(tag, concept.standing_query, _words(concept)) for tag, concept in concepts if concept)


def _words(concept: Concept) -> tuple[tuple[str, str], ...]:
    """The words by which passages of each language are found, the pivot language first."""
    asked = ((PIVOT, concept.query),) if concept.query else ()
    return (*asked, (PIVOT, concept.label()), *(pair for pair in concept.labels.items() if pair[0] != PIVOT))


def _rows_of(paths: Collection[str], generation: Generation, documents: Mapping[DocumentId, DocumentSummary]) -> Allowed:
    """The rows of those documents that may be seen."""
    named = tuple(sorted(document.id for document in documents.values() if document.path in paths))
    return permitted(generation.rows, documents, Filters(documents=named or (DocumentId(""),)))  # no filter would let all pass


def _best(answers: Iterable[Answering], settled: Collection[Tag], floor: float) -> list[tuple[Tag, float, Answering]]:
    """The tags that may be suggested with their scores, best first; ties by name."""
    scored = [(tag, each.score - RESERVE.get(tag.prefix, 0.0), each) for each in answers for tag in [Tag.of(each.query.name)]]
    chosen = [(tag, score, each) for tag, score, each in scored if score >= floor and tag not in settled]
    return sorted(chosen, key=lambda one: (-one[1], str(one[0])))


def _suggested(kb: KnowledgeBase, practice: str, tag: str, actor: Member) -> Speaking:
    """The passage that speaks most for a tag that is suggested."""
    found = suggest(kb, practice, actor=actor, k=len(kb.concepts().tags)).found
    best = next((each.speaking[0] for each in found if each.tag == Tag.of(tag)), None)
    if best is None:
        raise NotFound(f"The tag “{shown(tag)}” is not suggested for {practice}. Give it, and say why: kb tag give")
    return best


def _refuse_free(tag: str) -> None:
    if not Tag.of(tag).is_controlled:
        raise InvalidEntry(f"Only controlled tags are suggested, and “{shown(tag)}” is a free one. Give it: kb tag give")
