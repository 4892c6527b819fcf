"""A test of transferability as it is handed out to one reader: made of nothing but what this reader may see of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kb.peers.assessment.review import Pin
from kb.peers.narrative import Text, without_citations
from kb.peers.transfer.judgement import CriterionAnswer, Evidenced, Judgement
from kb.peers.transfer.result import CriterionResult, Result
from kb.services.assessing.evidence_now import EvidenceNow
from kb.services.assessing.exhibits import Exhibits
from kb.services.assessment_files.report import Move, Panelist, safe
from kb.services.clock import today
from kb.services.contexts import Context
from kb.services.handouts.exhibits import Cited
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require
from kb.services.transfer_files.report import (
    Asked,
    Differs,
    Far,
    Judged,
    OfSide,
    Reached,
    SideCited,
    TransferReport,
    Went,
    Whole,
)
from kb.services.transfer_files.wording import TransferWording
from kb.services.transferring.judging import PINS
from kb.services.transferring.loading import LOOK
from kb.services.transferring.viewing import TransferView, view


def report(
    kb: KnowledgeBase,
    test_id: str,
    *,
    actor: Member,
    wording: TransferWording = TransferWording(),  # noqa: B008  # frozen
    language: str = "en",
) -> TransferReport:
    """A test as the actor may see it, with its evidence as it stands now.

    Args:
        wording: the fixed words of sources.
        language: of titles and questions, where the framework has them in it.

    Raises:
        NotFound: if there is no such test.
    """
    require(actor, Role.MEMBER, LOOK)
    made: TransferReport = safe(_Report(kb, view(kb, test_id, actor=actor), actor, wording, language).whole())
    return made


class _Report:
    """Puts one report together."""

    def __init__(self, kb: KnowledgeBase, seen: TransferView, actor: Member, wording: TransferWording, language: str) -> None:
        self._seen, self._actor, self._language = seen, actor, language
        self._exhibits = Exhibits(EvidenceNow(kb, actor), wording.citing)
        self._result = seen.result or seen.own
        self._stale = {(each.assessor, each.criterion) for each in seen.stale}

    def whole(self) -> TransferReport:
        seen, test, framework = self._seen, self._seen.test, self._seen.framework
        sheet = seen.practice.sheet if seen.practice else None
        criteria = tuple(self._criteria())
        went = tuple(self._went())
        made = TransferReport(
            id=test.id,
            practice=test.practice,
            title=self._text(sheet.title) if sheet else test.title,
            source=test.source,
            source_title=self._place(seen.source_context, test.source),
            target=test.target,
            target_title=self._place(seen.target_context, test.target),
            framework=framework.framework,
            framework_title=self._text(framework.title),
            framework_version=framework.version,
            stage=test.stage.value,
            certainty=test.certainty.value,
            made_on=today(),
            language=self._language,
            summary=self._text(sheet.summary) if sheet else "",
            opened_on=test.opened_at_utc[:10],
            opened_by=test.opened_by,
            due=test.due,
            ended_on=test.ended_at_utc[:10],
            reached=self._reached(),
            assessors=tuple(Panelist(each.member, each.organisation, each.country, each.state.value) for each in test.seats),
            distance=self._far(),
            is_demo=test.is_demo,
        )
        # Names can be withheld in what people wrote only once all evidence was looked at.
        clear = self._exhibits.withheld
        return replace(
            made,
            why=clear(test.opened.why) if test.opened else "",
            criteria=tuple(self._cleared(each) for each in criteria),
            wholes=tuple(self._wholes()),
            went=tuple(
                replace(each, seen=clear(each.seen), sources=tuple((clear(source), date) for source, date in each.sources))
                for each in went
            ),
            evidence=tuple(self._exhibits.found),
            n_left_out=self._exhibits.n_left_out,
            moves=tuple(Move(each.at_utc, each.member, each.kind, clear(each.detail)) for each in test.transitions),
        )

    def _criteria(self) -> Iterator[Asked]:
        framework, result = self._seen.framework, self._result
        blocking = {each.criterion: each.n for each in result.blocking} if result else {}
        apart = {each.criterion for each in result.apart} if result else set()
        unknown = {each.criterion: each for each in self._seen.what_if}
        for each in framework.criteria:
            side = framework.side_of(each.name)
            item = Asked(
                each.name,
                self._text(each.title),
                self._text(each.question),
                side.side.value,
                self._text(side.title),
                is_key=each.name in self._seen.test.key,
                n_blocking=blocking.get(each.name, 0),
                is_apart=each.name in apart,
                said=tuple(self._said(each.name)),
            )
            if open_ := unknown.get(each.name):
                item = replace(item, if_low=open_.low, if_high=open_.high)
            yield _with(item, result.criteria[each.name]) if result and each.name in result.criteria else item

    def _said(self, criterion: str) -> Iterator[Judged]:
        for assessor, judgement in self._seen.test.judgements.items():
            answer = judgement.answers.get(criterion, CriterionAnswer())
            yield Judged(
                assessor=assessor,
                value=answer.known,
                confidence=answer.confidence.value if answer.confidence else "",
                reason=answer.reason,
                evidence=tuple(self._sides(answer, own=assessor == self._actor.name)),
                is_stale=(assessor, criterion) in self._stale,
            )

    def _sides(self, answer: CriterionAnswer, *, own: bool) -> Iterator[SideCited]:
        none_found = {Evidenced.SOURCE: answer.none_in_source, Evidenced.TARGET: answer.none_in_target}
        for side, field in PINS.items():
            cited = self._cited(getattr(answer, field), own=own, none_found=none_found[side])
            if cited != Cited():
                yield SideCited(side.value, cited)

    def _cited(self, pins: tuple[Pin, ...], *, own: bool, none_found: bool = False) -> Cited:
        return self._exhibits.cited(pins, own=own, none_found=none_found)

    def _cleared(self, item: Asked) -> Asked:
        clear = self._exhibits.withheld
        return replace(item, said=tuple(replace(each, reason=clear(each.reason)) for each in item.said))

    def _wholes(self) -> Iterator[Whole]:
        for assessor, judgement in self._seen.test.judgements.items():
            whole = self._of_all(assessor, judgement)
            if whole != Whole(assessor):
                yield whole

    def _of_all(self, assessor: str, judgement: Judgement) -> Whole:
        clear = self._exhibits.withheld
        return Whole(
            assessor,
            facilitators=tuple(map(clear, judgement.facilitators)),
            barriers=tuple(map(clear, judgement.barriers)),
            adaptations=tuple((clear(each.element), clear(each.how)) for each in judgement.adaptations),
            core_kept=tuple(map(clear, judgement.core_kept)),
            comment=clear(judgement.comment),
        )

    def _went(self) -> Iterator[Went]:
        for each in self._seen.test.evaluations:
            said = each.evaluated
            cited = self._cited(said.pins, own=each.member == self._actor.name)
            sources = tuple((source.source, source.date) for source in said.sources)
            yield Went(said.outcome.value, said.on, said.what, each.member, cited, said.case, sources)

    def _reached(self) -> Reached | None:
        result = self._result
        if result is None:
            return None
        return Reached(
            mean=result.mean,
            low=result.low,
            high=result.high,
            n_known=result.n_known,
            n_all=result.n_all,
            n_assessors=result.n_assessors,
            is_final=self._seen.result is not None,
            by_side=tuple(self._by_side(result)),
        )

    def _by_side(self, result: Result) -> Iterator[OfSide]:
        for side in self._seen.framework.sides:
            if found := result.by_side.get(side.side):
                yield OfSide(side.side.value, self._text(side.title), found.mean, found.n_known, found.n_all)

    def _far(self) -> Far | None:
        distance, context = self._seen.distance, self._seen.target_context
        if distance is None or context is None:
            return None
        titles = {each.indicator: self._text(each.title) for each in context.indicators.indicators}
        by_share = sorted(distance.parts, key=lambda part: -part.share)
        parts = tuple(Differs(titles.get(each.indicator, each.indicator), each.apart, each.share) for each in by_share)
        return Far(distance.value, distance.n_known, distance.n_all, parts)

    def _place(self, context: Context | None, code: str) -> str:
        """In words; by its code where the profile was removed."""
        return self._text(context.profile.title) if context else code

    def _text(self, text: Text) -> str:
        return without_citations(text.best(self._language)[1])


def _with(item: Asked, found: CriterionResult) -> Asked:
    return replace(
        item, mean=found.mean, lowest=found.lowest, highest=found.highest, n_known=found.n_known, n_unknown=found.n_unknown
    )
