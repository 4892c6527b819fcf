"""The top of an assessment's page: of which practice, under which rubric, how far it is, and the facts."""

from __future__ import annotations

from html import escape

import streamlit as st

from kb.peers.assessment.state import Stage
from kb.services.assessing.viewing import AssessmentView
from kb.ui import assessing_words, links, plain, sheet_words, words
from kb.ui.components import section
from kb.ui.components.assessing import demonstration, practice_title
from kb.ui.i18n import _

STEPS = (Stage.OPENED, Stage.REVIEWING, Stage.REPLYING, Stage.RECONCILING, Stage.CONCLUDED)


def show_list_of_sections(view: AssessmentView) -> None:
    """Draw the way to each part of the page in the side panel; parts that are not there are left out."""
    panel, scores = {"panel": _("Panel")}, {"scores": _("Scores")}
    said = {"said": _("What the reviewers say"), "evidence": _("Evidence")}
    reply = {"reply": _("Reply of the owner")} if view.assessment.reply_due else {}
    section.show_list(
        ({"stale": _("Scores to look at again")} if view.stale else {})
        | ({"result": _("Result")} if view.outcome else {})
        | (scores | said | reply | panel if view.assessment.reviews else panel | scores)
        | {"take": _("Take it along"), "past": _("What happened")}
    )


def show(view: AssessmentView) -> None:
    """Draw title, rubric, stage and facts; the title is also the browser tab's."""
    title = practice_title.of(view.listed)
    st.set_page_config(page_title=_("Assessment: {title}").format(title=title))
    with st.container(gap="xsmall", key="assessment_head"):
        plain.heading(1, title)
        rubric = _("{rubric}, version {n}").format(rubric=assessing_words.text(view.rubric.title), n=view.rubric.version)
        plain.show(plain.element("p", _("Assessment: {rubric}").format(rubric=rubric), css="kb-teaser"))
        demonstration.show(is_demo=view.listed.is_demo)
        with st.container(horizontal=True, gap="medium"):
            if view.practice:
                st.page_link(
                    links.PRACTICE,
                    label=_("The practice"),
                    icon=":material/handshake:",
                    query_params={links.PRACTICE_ID: view.listed.practice},
                )
            links.to_rubric(_("The rubric"), view.listed.rubric, view.listed.version)
    plain.show(_steps(view.assessment.stage))
    _show_facts(view)


def _steps(stage: Stage) -> str:
    """The stages in a row: those that are done, the one that is now, those that come."""
    if stage is Stage.CANCELLED:
        return f"<p>{plain.element('span', assessing_words.named(assessing_words.STAGES, stage), css='kb-cancelled')}</p>"
    at = STEPS.index(stage)
    items = []
    for n, each in enumerate(STEPS):
        is_done = n < at or each is Stage.CONCLUDED is stage
        css = "kb-done" if is_done else "kb-now" if n == at else "kb-coming"
        now = ' aria-current="step"' if n == at else ""
        sign = "✓" if is_done else str(n + 1)
        label = escape(assessing_words.named(assessing_words.STAGES, each))
        items.append(f'<li class="{css}"{now}><span class="kb-sign" aria-hidden="true">{sign}</span>{label}</li>')
    label = escape(_("Stages"))
    return f'<ul class="kb-steps" aria-label="{label}">{"".join(items)}</ul>'


def _show_facts(view: AssessmentView) -> None:
    opened, listed = view.assessment.opened, view.listed
    is_awaited = view.assessment.stage in (Stage.OPENED, Stage.REVIEWING) or bool(view.assessment.awaited)
    due = words.day(view.assessment.due) if is_awaited and not view.assessment.stage.is_final else ""
    if due and listed.is_overdue and not view.assessment.reply_due:
        due = _("{day} (overdue)").format(day=due)
    rows = {
        _("Owner of the practice"): opened.owner if opened else "",
        _("Answers for the owner"): opened.respondent if opened else "",
        _("Reviews are due on"): due,
        _("Opened"): " · ".join(filter(None, (words.day(listed.at_utc), view.assessment.opened_by))),
        _("The sheet did not say"): words.listed(map(sheet_words.field, opened.lacking)) if opened else "",
    }
    body = "".join(plain.element("dt", label) + plain.element("dd", value) for label, value in rows.items() if value)
    plain.show(f'<dl class="kb-facts">{body}</dl>')
