"""What an assessment came to, or would come to now: the label, the stage of evidence, and why it is no better one."""

from __future__ import annotations

from html import escape

from kb.peers.assessment.events import Status
from kb.peers.assessment.outcome import Outcome
from kb.peers.assessment.state import Stage
from kb.services.assessing.viewing import AssessmentView
from kb.ui import assessing_words, plain, words
from kb.ui.components import section
from kb.ui.i18n import _, ngettext


def show(view: AssessmentView) -> None:
    """Draw it; nothing while the reader may see no review."""
    if view.outcome is None:
        return
    outcome, is_final = view.outcome, view.assessment.stage is Stage.CONCLUDED
    section.head("result", _("Result"))
    label = assessing_words.label(view.rubric, outcome.label)
    if not is_final:
        plain.show(plain.element("p", _("Not concluded yet: this is what it would come to now."), css="kb-quiet"))
    stage = assessing_words.stage_of_evidence(view.rubric, outcome.stage)
    plain.show(
        f'<div class="kb-result{" kb-good" if outcome.is_positive else ""}{"" if is_final else " kb-so-far"}">',
        plain.element("p", label, css="kb-label"),
        plain.element("p", _status(outcome)) if outcome.status and is_final else "",
        _facts(
            {
                _("Stage of evidence"): stage,
                _("Scored"): _coverage(outcome),
                _("Reviewers"): words.number(outcome.panel),
                _("Weighted mean"): _mean(view, outcome),
                _("Concluded"): words.day(view.listed.ended_at_utc) if is_final else "",
                _("To be looked at again"): words.day(view.listed.look_again_on) if is_final else "",
            }
        ),
        "</div>",
    )
    _show_missed(view, outcome)
    _show_unsupported(view)


def status(code: str) -> str:
    """What the practice may be called."""
    return assessing_words.named(assessing_words.STATUSES, Status(code)) if code in tuple(Status) else code


def _status(outcome: Outcome) -> str:
    return status(outcome.status)


def _coverage(outcome: Outcome) -> str:
    n, all_ = (words.number(count) for count in outcome.coverage)
    return _("{n} of {all} criteria").format(n=n, all=all_)


def _mean(view: AssessmentView, outcome: Outcome) -> str:
    if outcome.weighted_mean is None:
        return ""
    values = {"mean": words.number(outcome.weighted_mean, decimals=2), "highest": assessing_words.score(view.rubric.scale.highest)}
    return _("{mean} of {highest}, for ranking only").format(**values)


def _facts(rows: dict[str, str]) -> str:
    body = "".join(f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in rows.items() if value)
    return f'<dl class="kb-facts">{body}</dl>'


def _show_missed(view: AssessmentView, outcome: Outcome) -> None:
    """By the better labels, the nearest first."""
    by_label: dict[str, list[str]] = {}
    for each in outcome.missed:
        by_label.setdefault(each.label, []).append(assessing_words.missed(view.rubric, each))
    for name, sentences in reversed(by_label.items()):
        head = _("Why not “{label}”").format(label=assessing_words.label(view.rubric, name))
        items = "".join(plain.element("li", sentence) for sentence in sentences)
        plain.show(plain.element("p", head, css="kb-event"), f'<ul class="kb-list">{items}</ul>')


def _show_unsupported(view: AssessmentView) -> None:
    if not view.unsupported:
        return
    n = len(view.unsupported)
    head = ngettext("{n} score has no passage behind it:", "{n} scores have no passage behind them:", n).format(n=words.number(n))
    both = _("{item} ({who})")
    told = (
        both.format(item=assessing_words.item(view.rubric, item), who=assessing_words.reviewer(who))
        for who, item in view.unsupported
    )
    plain.show(plain.element("p", head, css="kb-event"), plain.element("p", words.listed(told), css="kb-quiet"))
