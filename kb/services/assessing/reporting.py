"""An assessment as it is handed out to one reader: made of nothing but what this reader may see of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kb.errors import NotFound
from kb.peers.assessment.final import so_far
from kb.peers.assessment.outcome import Missed
from kb.peers.assessment.review import unsupported
from kb.peers.assessment.rubric import Rubric
from kb.peers.assessment.state import Assessment, Stage
from kb.peers.days import months_later
from kb.services import practices
from kb.services.assessing.evidence_now import EvidenceNow
from kb.services.assessing.exhibits import Exhibits
from kb.services.assessing.loading import LOOK, assessment_for, rubric_of
from kb.services.assessing.report_items import Items
from kb.services.assessing.report_titles import Titles
from kb.services.assessing.staleness import stale_of
from kb.services.assessment_files.report import AssessmentReport, Move, Panelist, Reached, Unmet, safe
from kb.services.assessment_files.wording import AssessmentWording
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require


def report(
    kb: KnowledgeBase,
    assessment_id: str,
    *,
    actor: Member,
    wording: AssessmentWording = AssessmentWording(),  # noqa: B008  # frozen
    language: str = "en",
) -> AssessmentReport:
    """An assessment as the actor may see it, with its evidence as it stands now.

    Args:
        wording: the fixed words of sources, and what reviewers without a name are called.
        language: of titles and questions, where the rubric has them in it.

    Raises:
        NotFound: if there is no such assessment.
    """
    require(actor, Role.MEMBER, LOOK)
    assessment = assessment_for(kb, assessment_id, actor=actor)
    made: AssessmentReport = safe(_Report(kb, assessment, rubric_of(kb, assessment, actor=actor), actor, wording, language).whole())
    return made


class _Report:
    """Puts one report together."""

    def __init__(
        self, kb: KnowledgeBase, assessment: Assessment, rubric: Rubric, actor: Member, wording: AssessmentWording, language: str
    ) -> None:
        self._kb, self._assessment, self._rubric = kb, assessment, rubric
        self._actor, self._language = actor, language
        evidence = EvidenceNow(kb, actor)
        self._exhibits = Exhibits(evidence, wording.citing)
        self._titles = Titles(rubric, language, wording.alias)
        self._outcome = so_far(self._assessment, self._rubric)
        self._items = Items(
            assessment,
            rubric,
            self._outcome,
            exhibits=self._exhibits,
            titles=self._titles,
            stale={(each.reviewer, each.criterion) for each in stale_of(assessment, evidence, actor)},
            reader=actor.name,
        )

    def whole(self) -> AssessmentReport:
        assessment, rubric = self._assessment, self._rubric
        opened = assessment.opened
        has_reviews = bool(assessment.reviews)
        gates = self._items.gates() if has_reviews else ()
        criteria = self._items.criteria() if has_reviews else ()
        ended = assessment.ended_at_utc[:10] if assessment.stage is Stage.CONCLUDED else ""
        reply = assessment.reply
        made = AssessmentReport(
            id=assessment.id,
            practice=assessment.practice,
            title=assessment.title,
            rubric=rubric.rubric,
            rubric_title=self._titles.text(rubric.title),
            rubric_version=rubric.version,
            lowest=rubric.scale.lowest,
            highest=rubric.scale.highest,
            stage=assessment.stage.value,
            made_on=today(),
            language=self._language,
            summary=self._summary(),
            owner=opened.owner if opened else "",
            countries=opened.countries if opened else (),
            rubric_sha256=rubric.sha256,
            opened_on=assessment.opened_at_utc[:10],
            due=assessment.due,
            concluded_on=ended,
            look_again_on=months_later(ended, rubric.review_after_months) if ended else "",
            reached=self._reached(),
            panel=tuple(self._panel()),
            gates=gates,
            criteria=criteria,
            comments=tuple(
                (self._titles.member(name), self._exhibits.withheld(each.review.comment))
                for name, each in assessment.reviews.items()
                if each.review.comment
            ),
            reply=self._exhibits.withheld(reply.general) if reply else "",
            reply_by=(reply.on_behalf_of or self._titles.member(reply.member)) if reply and reply.general else "",
            unsupported=tuple(self._unsupported()),
            lacking=opened.lacking if opened else (),
            moves=tuple(self._moves()),
            is_demo=assessment.is_demo,
        )
        # Names can be withheld in what people wrote only once all evidence was looked at.
        clear = self._items.cleared
        made = replace(made, gates=tuple(map(clear, gates)), criteria=tuple(map(clear, criteria)))
        return replace(made, evidence=tuple(self._exhibits.found), n_left_out=self._exhibits.n_left_out)

    def _reached(self) -> Reached | None:
        outcome = self._outcome
        if outcome is None:
            return None
        return Reached(
            label=outcome.label,
            label_title=self._titles.label(outcome.label),
            is_positive=outcome.is_positive,
            n_scored=outcome.n_scored,
            n_criteria=outcome.n_criteria,
            status=outcome.status,
            stage=outcome.stage,
            stage_title=self._titles.stage(outcome.stage),
            weighted_mean=outcome.weighted_mean,
            impact=outcome.impact,
            evidence_quality=outcome.evidence,
            unmet=tuple(map(self._unmet, outcome.missed)),
            is_final=self._assessment.outcome is not None,
        )

    def _unmet(self, missed: Missed) -> Unmet:
        names = {**self._titles.tiers, **self._titles.items}
        item = names.get(missed.item, missed.item)
        return Unmet(self._titles.label(missed.label), missed.condition.value, item, missed.wanted, missed.got)

    def _panel(self) -> Iterator[Panelist]:
        for seat in self._assessment.seats:
            yield Panelist(self._titles.member(seat.member), seat.organisation, seat.country, seat.state.value, seat.is_third)

    def _unsupported(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        by_reviewer = {name: unsupported(each.review, self._rubric) for name, each in self._assessment.reviews.items()}
        for criterion in self._rubric.criteria:
            if who := tuple(self._titles.member(name) for name, found in by_reviewer.items() if criterion.name in found):
                yield self._titles.text(criterion.title), who

    def _moves(self) -> Iterator[Move]:
        """With titles in the place of names of gates, criteria and labels."""
        titles = self._titles.items
        for each in self._assessment.transitions:
            about = (self._titles.member(titles.get(part, part)) for part in each.detail.split(" · ") if part)
            yield Move(each.at_utc, self._titles.member(each.member), each.kind, self._exhibits.withheld(" · ".join(about)))

    def _summary(self) -> str:
        try:
            sheet = practices.listed(self._kb, self._assessment.practice, actor=self._actor).sheet
        except NotFound:  # the assessment outlives the sheet
            return ""
        return self._titles.text(sheet.summary) if sheet else ""
