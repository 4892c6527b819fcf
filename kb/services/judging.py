"""Members say whether a passage answers a question; what they said joins the golden set.

Nothing that was said is overwritten: a later judgement of the same passage for the same question stands for the earlier one, and a
withdrawal for all before it. What stands is found again on each reading, because documents change under it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from kb.errors import InvalidEntry, NotFound, QueryError
from kb.retrieval.answer import MAX_QUESTION_CHARS
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.judged import Answer, Judged, JudgedSet, flat, passages_with
from kb.retrieval.passage import DocumentId, Passage, PassageId
from kb.retrieval.sentences import Span
from kb.retrieval.writable import one_line
from kb.services import library
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, require_real, visible_documents
from kb.services.records import MemberJudgement, Relevance

MAX_JUDGEMENTS = 50_000  # of one member, withdrawals included: some 50 MB; a script gone wild, not a person


@dataclass(frozen=True)
class Pool:
    """What members said, put together.

    Attributes:
        judged: each question once, each passage once; see :func:`agreed` for what several members make of it.
        lost: judgements whose passage is in no document any more, oldest first. Of others' judgements only those are told whose
            document the asker may see; an asker's own on a document out of sight is here without the document's words.
        n_judgements: that stand, the lost ones not counted.
        n_members: who made them.
    """

    judged: JudgedSet
    lost: tuple[MemberJudgement, ...]
    n_judgements: int
    n_members: int


def judge(
    kb: KnowledgeBase, question: str, passage_id: PassageId, relevance: int, *, actor: Member, sentence: Span | None = None
) -> MemberJudgement:
    """Say how well a passage answers a question. The same said twice is kept once.

    Args:
        relevance: 0 not, 1 helps, 2 answers it; ``True`` is 1, since "relevant" alone claims no more.
        sentence: span within the passage that was marked as the answer.

    Raises:
        NotFound: if there is no such passage, or the actor may not know of it.
        QueryError: if the question is empty or too long.
        InvalidEntry: if there is no such grade.
    """
    require(actor, Role.MEMBER, "judge passages")
    require_real(actor)
    question = _checked(question)
    if relevance not in tuple(Relevance):
        raise InvalidEntry(f"The relevance {relevance!r} is none of 0 (not relevant), 1 (helps) and 2 (answers it).")
    passage = library.passage(kb, passage_id, actor=actor)
    said = MemberJudgement(
        member=actor.name,
        at_utc=_now(),
        question=question,
        question_key=question_key(question),
        language=kb.detector.detect(question),
        document_id=passage.document_id,
        passage_id=passage.id,
        document=visible_documents(kb.catalog, actor)[passage.document_id].path,
        quote=_quote(passage, sentence),
        relevance=Relevance(relevance),
    )
    return _add(kb, said)


def withdraw(kb: KnowledgeBase, judgement_id: int, *, actor: Member) -> None:
    """Take back a judgement of one's own that stands.

    Raises:
        NotFound: if the actor has no such judgement.
    """
    require(actor, Role.MEMBER, "judge passages")
    with kb.records() as records:
        latest = _latest(records.judgements.of_member(actor.name))
        said = next((each for each in latest if each.id == judgement_id and not each.withdrawn), None)
        if said is None:
            raise NotFound("You have no such judgement; it may have been changed or withdrawn already.")
        records.judgements.add(replace(said, at_utc=_now(), withdrawn=True, id=0))


def mine(kb: KnowledgeBase, *, actor: Member) -> list[MemberJudgement]:
    """The actor's judgements that stand, newest first. One on a passage out of sight comes without the document's words."""
    require(actor, Role.MEMBER, "judge passages")
    with kb.records() as records:
        rows = records.judgements.of_member(actor.name)
    found, lost = _found(kb, rows, actor)
    return sorted((*found, *lost), key=lambda said: -said.id)


def marks(kb: KnowledgeBase, question: str, *, actor: Member) -> dict[PassageId, MemberJudgement]:
    """What the actor said about passages for this question, for marks beside hits."""
    require(actor, Role.MEMBER, "judge passages")
    with kb.records() as records:
        rows = records.judgements.of_member(actor.name, question_key(one_line(question)))
    return {said.passage_id: said for said in _found(kb, rows, actor)[0]}


def pooled(kb: KnowledgeBase, *, actor: Member) -> Pool:
    """Everybody's judgements as judged questions, on the documents that the actor may see. Nobody's name is in it.

    Raises:
        PermissionDenied: to those who are no facilitators: what others ask is theirs.
    """
    require(actor, Role.FACILITATOR, "use the judgements of all members")
    with kb.records() as records:
        rows = records.judgements.everyone()
    found, lost = _found(kb, rows, actor)
    told = [said for said in lost if said.document or said.member == actor.name]
    return Pool(_as_set(found), tuple(told), len(found), len({said.member for said in found}))


def question_key(question: str) -> str:
    """16 hex digits, the same for questions that differ in case and spaces only, as in :func:`kb.retrieval.judged.join`."""
    return hashlib.blake2b(flat(question).casefold().encode(), digest_size=8).hexdigest()


def agreed(relevances: Iterable[int]) -> Relevance:
    """What several members' judgements of one passage come to: the majority's word, and 1 where votes are equal."""
    votes = list(relevances)
    if 2 * sum(vote >= Relevance.ANSWERS for vote in votes) > len(votes):
        return Relevance.ANSWERS
    return Relevance.HELPS if 2 * sum(vote >= Relevance.HELPS for vote in votes) >= len(votes) else Relevance.NOT_RELEVANT


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _checked(question: str) -> str:
    question = one_line(question)
    if not question:
        raise QueryError("The question is empty. Ask in your own words, in any language.")
    if len(question) > MAX_QUESTION_CHARS:
        raise QueryError(
            f"The question has {len(question)} characters; at most {MAX_QUESTION_CHARS} are taken. Ask something shorter."
        )
    return question


def _quote(passage: Passage, sentence: Span | None) -> str:
    return one_line(passage.text[slice(*sentence)] if sentence else "") or one_line(passage.text)


def _add(kb: KnowledgeBase, said: MemberJudgement) -> MemberJudgement:
    with kb.records() as records:
        before = records.judgements.of_member(said.member, said.question_key)
        standing = {each.passage_id: each for each in _latest(before)}.get(said.passage_id)
        if standing and not standing.withdrawn and (standing.relevance, standing.quote) == (said.relevance, said.quote):
            return standing
        if records.judgements.count(said.member) >= MAX_JUDGEMENTS:
            raise InvalidEntry(f"You have made {MAX_JUDGEMENTS} judgements, and more are not taken.")
        return records.judgements.add(said)


def _latest(rows: Iterable[MemberJudgement]) -> list[MemberJudgement]:
    """The last word of each member on each passage for each question, withdrawals included; oldest first."""
    last = {(said.member, said.question_key, said.passage_id): said for said in rows}
    return sorted(last.values(), key=lambda said: said.id)


def _found(
    kb: KnowledgeBase, rows: Iterable[MemberJudgement], actor: Member
) -> tuple[list[MemberJudgement], list[MemberJudgement]]:
    """The judgements that stand, on passages as they are now; and those whose passage is gone or out of sight.

    A passage that was cut otherwise since is found by its quote, and the last word is looked for only then: somebody may have
    judged the old and the new cut.
    """
    documents = visible_documents(kb.catalog, actor)
    paths = {document.path: document for document in documents.values()}
    passages: dict[DocumentId, list[Passage]] = {}
    found: list[MemberJudgement] = []
    lost: list[MemberJudgement] = []
    for said in _latest(rows):
        document = documents.get(said.document_id) or paths.get(said.document)  # read anew, a renamed document has a new id
        if document is None:
            lost.append(replace(said, document_id=DocumentId(""), passage_id=PassageId(""), document="", quote=""))
            continue
        if document.id not in passages:
            passages[document.id] = kb.catalog.passages_of(document.id)
        said, is_there = _placed(said, document, passages[document.id])
        (found if is_there else lost).append(said)
    return _standing(_latest(found)), _standing(lost)


def _placed(said: MemberJudgement, document: DocumentSummary, passages: list[Passage]) -> tuple[MemberJudgement, bool]:
    holding = passages_with(Answer(document.path, said.quote, said.relevance, said.passage_id), passages)
    here = replace(said, document_id=document.id, document=document.path)
    return (replace(here, passage_id=holding[0]), True) if holding else (here, False)


def _standing(rows: list[MemberJudgement]) -> list[MemberJudgement]:
    return [said for said in rows if not said.withdrawn]


def _as_set(found: list[MemberJudgement]) -> JudgedSet:
    questions: dict[str, list[MemberJudgement]] = {}
    for said in found:
        questions.setdefault(said.question_key, []).append(said)
    return JudgedSet("members", tuple(_judged(key, said) for key, said in questions.items()))


def _judged(key: str, said: list[MemberJudgement]) -> Judged:
    by_passage: dict[PassageId, list[MemberJudgement]] = {}
    for each in said:
        by_passage.setdefault(each.passage_id, []).append(each)
    answers = tuple(
        Answer(votes[0].document, votes[0].quote, int(agreed(vote.relevance for vote in votes)), passage)
        for passage, votes in by_passage.items()
    )
    return Judged(f"member-{key[:12]}", said[0].question, said[0].language, answers)


def passages_named(kb: KnowledgeBase, judged: JudgedSet, *, actor: Member) -> Mapping[str, list[Passage]]:
    """Path → passages of the documents that the answers name and the actor may see."""
    paths = {document.path: document.id for document in visible_documents(kb.catalog, actor).values()}
    named = {answer.document for question in judged.questions for answer in question.answers}
    return {path: kb.catalog.passages_of(paths[path]) for path in sorted(named & paths.keys())}
