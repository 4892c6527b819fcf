"""Gates and scores as tables: what the panel says in the end, and what each reviewer said."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.peers.assessment.final import final_gates, final_scores
from kb.peers.assessment.review import Answer, GateAnswer, Rating
from kb.peers.assessment.rubric import Asked
from kb.peers.assessment.spread import Spread
from kb.peers.assessment.state import Stage
from kb.services.assessing.viewing import AssessmentView
from kb.services.permission import Role
from kb.ui import assessing_words, plain, state
from kb.ui.assessing_words import named
from kb.ui.components import section
from kb.ui.components.assessing.evidence_list import Numbered
from kb.ui.i18n import _


def show_nothing_yet(view: AssessmentView) -> None:
    """Say when scores will be shown to this reader."""
    section.head("scores", _("Scores"))
    if view.assessment.stage is Stage.CANCELLED:
        told = _("The assessment was cancelled; nothing is shown of its reviews.")
    elif view.my_seat and view.my_seat.is_awaited:
        told = _("You see what others say once you have submitted your own review.")
    elif Role.FACILITATOR in state.actor().roles or "reply" in view.may:
        told = _("What the reviewers say is shown once every review is there.")
    else:
        told = _("Scores are shown once the assessment is concluded; to the owner once every review is there.")
    plain.show(plain.element("p", told, css="kb-quiet"))


def show(view: AssessmentView, numbered: Numbered) -> None:
    """Draw a table for the gates and one for each tier."""
    section.head("scores", _("Scores"))
    scale = view.rubric.scale
    told = _("From {lowest} to {highest}. The number in brackets leads to the evidence.").format(
        lowest=assessing_words.score(scale.lowest), highest=assessing_words.score(scale.highest)
    )
    plain.show(plain.element("p", told, css="kb-quiet"))
    finals = {name: _verdict(said) for name, said in final_gates(view.assessment, view.rubric).items()}
    finals |= {name: assessing_words.score(score) for name, score in final_scores(view.assessment, view.rubric).items()}
    if view.outcome and view.assessment.stage is Stage.CONCLUDED:  # what was concluded stands, whatever was withdrawn since
        finals |= {name: _verdict(said) for name, said in view.outcome.gates.items()}
        finals |= {name: assessing_words.score(score) for name, score in view.outcome.scores.items()}
    groups: list[tuple[str, Sequence[Asked]]] = [(_("Gates"), view.rubric.gates)] if view.rubric.gates else []
    groups += [(assessing_words.text(tier.title), tier.criteria) for tier in view.rubric.tiers]
    spreads = {each.item: each for each in view.spreads}
    headers = [_("Criterion"), _("Final"), *map(assessing_words.reviewer, view.assessment.reviews)]
    for n, (title, items) in enumerate(groups):
        with st.container(key=f"scores_{n}"):
            rows = [_row(view, numbered, item, finals[item.name], spreads.get(item.name)) for item in items]
            plain.table(title, headers, rows, as_cards=True)


def _row(view: AssessmentView, numbered: Numbered, item: Asked, final: str, spread: Spread | None) -> tuple[str, ...]:
    told = ""
    if settlement := view.assessment.settled.get(item.name):
        told = _("Agreed by the panel")
    elif spread and spread.is_wide:
        told = _("Far apart")
    elif spread and spread.is_mixed:
        told = _("Not all could tell")
    cells = [_cell(view, numbered, reviewer, item.name) for reviewer in view.assessment.reviews]
    final_cell = f'<span class="kb-final">{plain.cell(final)}</span>' + plain.note(_settled(settlement is not None, spread))
    return (plain.cell(assessing_words.text(item.title), second_line=told), final_cell, *cells)


def _settled(is_settled: bool, spread: Spread | None) -> str:
    """How the final score came about, where that is not plain to see."""
    return "" if is_settled or spread is None or len(spread.scores) < 2 else _("median")


def _cell(view: AssessmentView, numbered: Numbered, reviewer: str, item: str) -> str:
    review = view.assessment.reviews[reviewer].review
    said = review.gates.get(item) or review.answers.get(item)
    if said is None:
        return ""
    notes = numbered.notes(reviewer, item)
    about = _about(view, reviewer, item, said)
    return plain.cell(in_short(said), second_line=about) + (f"<br>{notes}" if notes else "")


def _about(view: AssessmentView, reviewer: str, item: str, said: Answer | GateAnswer) -> str:
    if isinstance(said, GateAnswer) or said.rating is not Rating.SCORED:
        return ""
    parts = [named(assessing_words.CONFIDENCES, said.confidence)] if said.confidence else []
    if view.assessment.is_withdrawn(reviewer, item):
        parts.append(_("taken back"))
    elif any((each.reviewer, each.criterion) == (reviewer, item) for each in view.stale):
        parts.append(_("stale"))
    if (reviewer, item) in view.unsupported:
        parts.append(_("no passage"))
    return " · ".join(parts)


def in_short(said: Answer | GateAnswer) -> str:
    """Score, rating or verdict."""
    if isinstance(said, GateAnswer):
        return _verdict(said.verdict)
    if said.rating is Rating.SCORED:
        return assessing_words.score(said.score)
    return named(assessing_words.RATINGS, said.rating) if said.rating else "–"


def _verdict(verdict: str | None) -> str:
    return named(assessing_words.VERDICTS, verdict) if verdict else "–"
