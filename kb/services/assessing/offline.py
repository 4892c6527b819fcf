"""A reviewer works without the app: prints the form of a review, fills it in with any editor, and has it taken in as the draft."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kb.errors import Conflict, NotFound, UnusableIndex
from kb.peers.assessment.review import Answer, GateAnswer, Pin
from kb.peers.assessment.written_review import WrittenAnswer, WrittenGate, WrittenPin, WrittenReview
from kb.peers.flaws_in_fields import Flaw
from kb.peers.raw_values import Place, instead
from kb.retrieval.judged import flat
from kb.retrieval.passage import Passage
from kb.retrieval.sentences import Span
from kb.services.assessing.pinning import pin
from kb.services.assessing.practice_passages import documents_of
from kb.services.assessing.reviewing import NEEDS, REVIEW, Desk, desk, keep_answer, keep_comment
from kb.services.assessing.speaking_passages import items_of, speaking_to
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require
from kb.services.review_files import ReviewFile, ReviewForm
from kb.services.sheets import Fault

if TYPE_CHECKING:
    from kb.retrieval.standing import Speaking

PASSAGES = 3  # named beside each question


@dataclass(frozen=True)
class TakenIn:
    """What came of a file.

    Attributes:
        desk: with the draft as it is now; ``None`` if there was any fault, and nothing was kept.
        faults: everything that has to be mended first, by line.
        lacking: what keeps the draft from being submitted, by line.
    """

    desk: Desk | None
    faults: tuple[Fault, ...] = ()
    lacking: tuple[Fault, ...] = ()


def form(kb: KnowledgeBase, assessment_id: str, *, actor: Member, language: str = "en", n_passages: int = PASSAGES) -> str:
    """The form of the actor's review, with what is written already.

    Args:
        language: of titles, questions and anchors, where the rubric has them in it.
        n_passages: that are named for each gate and criterion.

    Raises:
        NotFound: if there is no such assessment.
        PermissionDenied: if the actor has no seat on its panel.
    """
    require(actor, Role.REVIEWER, REVIEW)
    own = desk(kb, assessment_id, actor=actor)
    blank = ReviewForm(own.assessment, own.rubric, own.review, language)
    try:
        named = replace(blank, passages=_passages(kb, own, n_passages, actor)) if n_passages > 0 else blank
    except UnusableIndex as error:  # the questions stand without it
        named = replace(blank, remark=str(error))
    return kb.review_files.begun(named)


def take_in(kb: KnowledgeBase, assessment_id: str, content: bytes, *, actor: Member, shown: str = "review.yaml") -> TakenIn:
    """Keep what a filled-in form says in the actor's draft: all of it, or nothing if there is any fault in it.

    An item that is left blank stays as it is in the draft; of one that is not, the file's answer takes the whole place.

    Args:
        shown: the path of the file, as faults tell it.

    Raises:
        NotFound: if there is no such assessment.
        PermissionDenied: if the actor has no seat on its panel.
        Conflict: if the review was submitted, or the draft is written to elsewhere at the same moment.
    """
    require(actor, Role.REVIEWER, REVIEW)
    before = desk(kb, assessment_id, actor=actor)
    if before.is_submitted:
        raise Conflict("You have submitted your review. It stays as it is.")
    file = kb.review_files.read(content, shown, assessment_id, before.rubric)
    if file.written is None:
        return TakenIn(None, file.faults)
    answers, flaws = _Reading(kb, before, actor).answers(file.written)
    if flaws:
        return TakenIn(None, _by_line(file, flaws))
    after = _kept(kb, before, file.written, answers, actor)
    gates = before.rubric.gate_names
    lacks = [Flaw(("gates" if each.item in gates else "criteria", each.item), NEEDS[each.need]) for each in after.lacking]
    return TakenIn(after, (), _by_line(file, lacks))


def _passages(kb: KnowledgeBase, own: Desk, shown: int, actor: Member) -> Mapping[str, tuple[Speaking, ...]]:
    """What speaks most to each item."""
    documents = documents_of(kb, own.assessment.practice, actor=actor)
    return {
        asked.name: speaking_to(kb, own.rubric, asked, documents, actor=actor, shown=shown).passages
        for asked in items_of(own.rubric)
    }


def _kept(
    kb: KnowledgeBase, before: Desk, written: WrittenReview, answers: Mapping[str, Answer | GateAnswer], actor: Member
) -> Desk:
    said, after, assessment_id = {**before.review.gates, **before.review.answers}, before, before.assessment.id
    for item, answer in answers.items():
        if answer != said.get(item):
            after = keep_answer(kb, assessment_id, item, answer, version=after.version, actor=actor)
    comment, language = written.comment or before.review.comment, written.language or before.review.language
    if (comment, language) != (before.review.comment, before.review.language):
        after = keep_comment(kb, assessment_id, comment, version=after.version, actor=actor, language=language)
    return after


def _by_line(file: ReviewFile, flaws: Sequence[Flaw]) -> tuple[Fault, ...]:
    return tuple(sorted(map(file.fault_of, flaws), key=lambda fault: (fault.line, fault.place, fault.sentence)))


class _Reading:
    """Answers of a file as they are kept, their quotes found in the documents."""

    def __init__(self, kb: KnowledgeBase, own: Desk, actor: Member) -> None:
        self._kb, self._own, self._actor = kb, own, actor
        self._documents = documents_of(kb, own.assessment.practice, actor=actor).documents
        self._passages = {each.path: kb.catalog.passages_of(each.id) for each in self._documents.values()}
        self._flaws: list[Flaw] = []

    def answers(self, written: WrittenReview) -> tuple[Mapping[str, Answer | GateAnswer], list[Flaw]]:
        """Of every item that is not left blank; and what is wrong with their evidence."""
        review = self._own.review
        found: dict[str, Answer | GateAnswer] = {}
        for name, gate in written.gates.items():
            if gate != WrittenGate():
                pins = self._pins(("gates", name), gate.evidence, review.gates.get(name, GateAnswer()).pins)
                found[name] = GateAnswer(verdict=gate.verdict, reason=gate.reason, pins=pins)
        for name, said in written.criteria.items():
            if said != WrittenAnswer():
                pins = self._pins(("criteria", name), said.evidence, review.answers.get(name, Answer()).pins)
                found[name] = _answer(said, pins)
        return found, self._flaws

    def _pins(self, place: Place, written: Sequence[WrittenPin], before: Sequence[Pin]) -> tuple[Pin, ...]:
        found = (self._pin((*place, "evidence", index), each, before) for index, each in enumerate(written))
        return tuple(dict.fromkeys(each for each in found if each is not None))

    def _pin(self, place: Place, written: WrittenPin, before: Sequence[Pin]) -> Pin | None:
        """One that is in the draft already stays as it was pinned; else the first passage that holds the words."""
        asked = (written.document, flat(written.quote))
        for each in before:
            if (each.document, flat(each.quote)) == asked:
                return each.model_copy(update={"stance": written.stance})
        if written.document and written.document not in self._passages:
            known = instead(written.document, self._passages)
            self._flaws.append(Flaw((*place, "document"), f"is no document of the practice; {known}"))
            return None
        for passage in self._candidates(written):
            span = _place_of(written.quote, passage.text)
            if span or not written.quote:
                try:
                    return pin(
                        self._kb, self._own.assessment.id, passage.id, stance=written.stance, actor=self._actor, sentence=span
                    )
                except NotFound:  # it went away between two looks
                    break
        self._flaws.append(Flaw(place, _not_found(written)))
        return None

    def _candidates(self, written: WrittenPin) -> Iterator[Passage]:
        for path, passages in self._passages.items():
            if written.document in ("", path):
                yield from (each for each in passages if written.passage in ("", each.id))


def _answer(said: WrittenAnswer, pins: tuple[Pin, ...]) -> Answer:
    return Answer(
        rating=said.rating,
        score=said.value,
        reason=said.reason,
        confidence=said.confidence,
        pins=pins,
        none_found=said.none_found,
    )


def _not_found(written: WrittenPin) -> str:
    where = written.document or "the practice’s sheet and documents"
    if not written.quote:
        return f"there is no passage “{written.passage[:40]}” in {where}"
    return f"these words stand in no passage of {where}: copy a sentence as it stands there"


def _place_of(quote: str, text: str) -> Span | None:
    """Where words stand in a text, whatever space is between them."""
    words = quote.split()
    found = re.search(r"\s+".join(map(re.escape, words)), text) if words else None
    return found.span() if found else None
