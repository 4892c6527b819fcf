"""The stages of evidence as a grid: how large the impact, how good the evidence, and where the practice stands."""

from __future__ import annotations

from html import escape

from kb.peers.assessment.outcome import Outcome
from kb.peers.assessment.rubric import Rubric
from kb.ui import assessing_words, plain, words
from kb.ui.components import section
from kb.ui.i18n import _


def show_section(rubric: Rubric) -> None:
    """Draw the steps as a section of the rubric's page; nothing where it has no stages."""
    if rubric.stages is not None:
        section.head("stages", _("Stages of evidence"))
        _show(rubric, None)


def show(rubric: Rubric, outcome: Outcome | None) -> None:
    """Draw them with what an outcome reaches; nothing where the rubric has no stages, or there is no outcome."""
    if rubric.stages is not None and outcome is not None:
        plain.show(plain.element("h3", _("Stages of evidence"), css="kb-heading"))
        _show(rubric, outcome)


def _show(rubric: Rubric, outcome: Outcome | None) -> None:
    """The steps as a table, best first."""
    stages = rubric.stages
    if stages is None:
        return
    impact = words.listed(assessing_words.item(rubric, name) for name in stages.impact)
    told = _("Impact is the mean of {criteria}; evidence is the score of “{item}”. The last stage that both reach holds.")
    plain.show(
        plain.element("p", told.format(criteria=impact, item=assessing_words.item(rubric, stages.evidence)), css="kb-reason")
    )
    if outcome and (outcome.impact is None or outcome.evidence is None):
        plain.show(plain.element("p", _("No stage: one of these has no score."), css="kb-quiet"))
    elif outcome and not outcome.stage and stages.steps:
        plain.show(plain.element("p", _("No stage: a gate is not passed, or none is reached."), css="kb-quiet"))
    headers = [_("Stage"), _("Impact at least"), _("Evidence at least")] + ([_("Reached")] if outcome else [])
    rows = [_row(rubric, step.stage, step.impact, step.evidence, outcome) for step in reversed(stages.steps)]
    plain.table(_caption(outcome), headers, rows, as_cards=True)


def _row(rubric: Rubric, stage: str, impact: float, evidence: float, outcome: Outcome | None) -> list[str]:
    name = assessing_words.stage_of_evidence(rubric, stage)
    is_here = outcome is not None and outcome.stage == stage
    title = f"<strong>{escape(name)}</strong>" if is_here else escape(name)
    row = [title, plain.cell(assessing_words.score(impact)), plain.cell(assessing_words.score(evidence))]
    return row + ([plain.cell(_("← here") if is_here else "")] if outcome else [])


def _caption(outcome: Outcome | None) -> str:
    if outcome is None or outcome.impact is None or outcome.evidence is None:
        return _("What each stage needs")
    values = {"impact": assessing_words.score(outcome.impact), "evidence": assessing_words.score(outcome.evidence)}
    return _("Impact {impact}, evidence {evidence}").format(**values)
