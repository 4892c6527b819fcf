"""The top of a transfer case: which practice, from where to where, how far it is, who takes it over; and what it was opened for."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from kb.peers.learning.case import Case, CaseState
from kb.peers.learning.case_bodies import (
    CaseAdapting,
    CaseEvaluated,
    CaseReusing,
    CaseUnderstanding,
    MilestoneReached,
)
from kb.peers.learning.record import Event
from kb.services.case_files.wording import CaseWording
from kb.services.handouts.forms import PAPER, ReportForm
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import case_exporting
from kb.services.learning.case_viewing import CaseView
from kb.services.permission import Member
from kb.ui import case_files, i18n, learning_words, links, plain, state, transferring_words, words
from kb.ui.assessing_words import named
from kb.ui.components import section
from kb.ui.components.assessing.downloads import LABELS
from kb.ui.components.learning import common, prose, steps
from kb.ui.i18n import _

PATH = tuple(each for each in CaseState if each is not CaseState.STOPPED)
STEPS = (CaseUnderstanding, CaseAdapting, CaseReusing)


def show_sections(view: CaseView) -> None:
    """Draw the way to each part of the page in the side panel; parts that are not there are left out."""
    section.show_list(
        {"plan": _("The plan")}
        | ({"milestones": _("Milestones")} if view.case.plan else {})
        | ({"went": _("How it went")} if view.evaluations or "evaluate" in view.may else {})
        | ({"learned": _("What was learned on the way")} if _learned(view.case) else {})
        | {"take": _("Take it along"), "past": _("What happened")}
    )


def show(view: CaseView) -> None:
    """Draw title, places, state as a path, and facts; the title is also the browser tab's."""
    case, told = view.case, view.case.considered
    title = common.practice_titles().get(told.practice, told.title)
    st.set_page_config(page_title=_("Transfer case: {title}").format(title=title))
    plain.heading(1, _("Taking over: {title}").format(title=title))
    plain.show(plain.element("p", transferring_words.route(told.source, told.target), css="kb-teaser"))
    common.demo_badge(case)
    plain.show(_path(case))
    if case.stopped:
        prose.show(case.stopped.why, label=_("Stopped, because"))
    if case.adopted:
        prose.show(case.adopted.how, label=_("How it stays"))
    with st.container(horizontal=True, gap="medium", key="case_links"):
        practice = {links.PRACTICE_ID: told.practice}
        st.page_link(links.PRACTICE, label=_("The practice"), icon=":material/handshake:", query_params=practice)
        if view.certainty:
            test = {links.TEST_ID: told.test}
            st.page_link(links.TRANSFER_TEST, label=_("The test that it stands on"), icon=":material/moving:", query_params=test)
        for place, context in ((told.source, view.source_context), (told.target, view.target_context)):
            if context:
                links.to_context(transferring_words.place(place), place)
    certainty = named(transferring_words.CERTAINTIES, view.certainty) if view.certainty else ""
    steps.facts(
        {
            _("Taken over by"): told.organisation,
            _("Why"): told.why,
            _("Its test says"): certainty,
            _("Opened"): " · ".join((words.day(case.begun_on), case.member)),
        }
    )


def show_learned(view: CaseView) -> None:
    """Draw what was learned at each step; nothing before the first."""
    found = _learned(view.case)
    if not found:
        return
    section.head("learned", _("What was learned on the way"))
    for event, learned in found:
        label = f"{learning_words.state_word(CaseState(event.body.kind))} · {words.day(event.at_utc[:10])}"
        prose.show(learned, label=label)


def show_files(view: CaseView) -> None:
    """Draw the buttons of the plan as a file."""
    section.head("take", _("Take it along"))
    plain.show(plain.element("p", _("The transfer plan, with what you may see of its evidence."), css="kb-quiet"))
    # The buttons work in a thread of their own, where there is no session: everything is taken along from here.
    content = partial(_paper, state.kb(), state.actor(), view.case.id, case_files.wording(), i18n.current())
    with st.container(horizontal=True, gap="small", key="take_case"):
        for form in PAPER:
            st.download_button(
                _(LABELS[form]), data=partial(content, form), file_name=f"{view.case.id}{form.suffix}", mime=form.media_type,
                key=f"take_case_{form}", icon=":material/download:", on_click="ignore",
            )  # fmt: skip


def detail(event: Event) -> str:
    """What is told of an event in the history."""
    match event.body:
        case CaseUnderstanding() | CaseAdapting() | CaseReusing():
            return event.body.learned
        case MilestoneReached():
            return " · ".join(filter(None, (event.body.milestone, words.day(event.body.on), event.body.what)))
        case CaseEvaluated():
            return f"{named(transferring_words.OUTCOMES, event.body.outcome)} · {event.body.what}"
        case _:
            return common.said(event)


def _learned(case: Case) -> list[tuple[Event, str]]:
    return [(each, each.body.learned) for each in case.happened if isinstance(each.body, STEPS)]


def _path(case: Case) -> str:
    """The states one after the other, with a sign for those that lie behind."""
    behind = {each.body.kind for each in case.happened}
    items = []
    for n, each in enumerate(PATH, 1):
        is_now = case.state == each
        css, sign = ("kb-now", str(n)) if is_now else ("kb-done", "✓") if each.value in behind else ("kb-coming", str(n))
        now = ' aria-current="step"' if is_now else ""
        label = escape(learning_words.state_word(each))
        items.append(f'<li class="{css}"{now}><span class="kb-sign" aria-hidden="true">{sign}</span>{label}</li>')
    if case.state == CaseState.STOPPED:
        label = escape(learning_words.state_word(CaseState.STOPPED))
        items.append(f'<li class="kb-now" aria-current="step"><span class="kb-sign" aria-hidden="true">×</span>{label}</li>')
    label = escape(_("Steps of the transfer"))
    return f'<ul class="kb-steps" aria-label="{label}">{"".join(items)}</ul>'


def _paper(kb: KnowledgeBase, actor: Member, case: str, wording: CaseWording, language: str, form: ReportForm) -> bytes:
    return case_exporting.export_case(kb, case, form, actor=actor, wording=wording, language=language).content
