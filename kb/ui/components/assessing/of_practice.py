"""What assessments came to, on the page of their practice."""

from __future__ import annotations

import streamlit as st

from kb.services import rubrics
from kb.services.assessing import listing
from kb.services.assessing.listing import ListedAssessment
from kb.services.permission import Role
from kb.ui import assessing_words, hrefs, links, plain, state, words
from kb.ui.components.assessing import demonstration
from kb.ui.components.assessing.list_filters import PRACTICE
from kb.ui.components.assessing.result import status
from kb.ui.i18n import _, ngettext


def as_html(practice: str) -> str:
    """Every assessment of the practice in a line or two, the last concluded one first; those that were cancelled are left out."""
    found = listing.assessments(state.kb(), actor=state.actor(), practice=practice)
    concluded = sorted((each for each in found if each.outcome), key=lambda each: each.ended_at_utc, reverse=True)
    under_way = [each for each in found if not each.stage.is_final]
    lines = [_concluded(each) for each in concluded] + [_under_way(each) for each in under_way]
    return "".join(f"<div>{line}</div>" for line in lines) or plain.element("span", _("No assessment yet."), css="kb-quiet")


def show_opening(practice: str) -> None:
    """Draw the way to another assessment, for those who may open one."""
    if Role.FACILITATOR in state.actor().roles:
        parameters = {PRACTICE: practice}
        st.page_link(links.ASSESSMENTS, label=_("Open an assessment"), icon=":material/add_task:", query_params=parameters)


def _concluded(each: ListedAssessment) -> str:
    outcome = each.outcome
    if outcome is None:
        return ""
    rubric = rubrics.rubric(state.kb(), each.rubric, each.version, actor=state.actor())
    label = assessing_words.label(rubric, outcome.label)
    n = outcome.panel
    stage = assessing_words.stage_of_evidence(rubric, outcome.stage)
    told = [
        status(outcome.status) if outcome.status else "",
        _("Stage of evidence: {stage}").format(stage=stage) if stage else "",
        words.day(each.ended_at_utc),
        ngettext("{n} reviewer", "{n} reviewers", n).format(n=words.number(n)),
        _("{rubric}, version {n}").format(rubric=assessing_words.text(each.rubric_title), n=each.version),
        _("To be looked at again: {day}").format(day=words.day(each.look_again_on)),
        ngettext("{n} stale score", "{n} stale scores", each.n_stale).format(n=words.number(each.n_stale)) if each.n_stale else "",
        demonstration.words(is_demo=each.is_demo),
    ]
    return plain.link(label, hrefs.assessment(each.id)) + plain.note(" · ".join(filter(None, told)))


def _under_way(each: ListedAssessment) -> str:
    told = [
        _("{rubric}, version {n}").format(rubric=assessing_words.text(each.rubric_title), n=each.version),
        demonstration.words(is_demo=each.is_demo),
    ]
    stage = assessing_words.named(assessing_words.STAGES, each.stage)
    label = _("Under way: {stage}").format(stage=stage)
    return plain.link(label, hrefs.assessment(each.id)) + plain.note(" · ".join(filter(None, told)))
