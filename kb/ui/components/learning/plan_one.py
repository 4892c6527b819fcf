"""One action plan: what it says, how far its actions are, and what may be done next."""

from __future__ import annotations

import streamlit as st

from kb.peers.learning.parts import MAX_WORDS_CHARS
from kb.peers.learning.plan import Plan
from kb.peers.learning.plan_bodies import ActionMoved, PlanRevised, PlanWritten
from kb.peers.learning.record import Event
from kb.services.learning import plans
from kb.services.learning.allowing import may_with_plan
from kb.services.learning.outcome_exporting import export_plan
from kb.ui import acting, outcome_words, plain, state, words
from kb.ui.components import section
from kb.ui.components.learning import because, outcome_downloads, plan_actions, plan_form, prose, steps
from kb.ui.components.learning.common import demo_badge, said, show_history, show_state
from kb.ui.i18n import _


def show(plan: Plan) -> None:
    """Draw all of it."""
    written = plan.written
    st.set_page_config(page_title=_("Action plan: {title}").format(title=written.title))
    plain.heading(1, written.title, language=written.language)
    demo_badge(plan)
    show_state(plan)
    _show_facts(plan)
    outcome_downloads.show_paper(export_plan, plan.id)
    because.show(written.because)
    prose.show(written.summary_en, "en", label=_("Summary in English"))
    prose.show(written.text, written.language, label=_("From what was learned to what will be done"))
    may = may_with_plan(plan, actor=state.actor())
    plan_actions.show(plan, may_move="action-moved" in may)
    _show_steps(plan, may)
    if "revised" in may:
        plan_form.show_revising(plan)
    _show_earlier(plan)
    show_history(plan, _detail)


def _show_facts(plan: Plan) -> None:
    written, validated = plan.written, plan.validated
    by = ", ".join(filter(None, (validated.by.name, validated.by.organisation))) if validated else ""
    steps.facts(
        {
            _("Organisation"): plan.organisation or plan.member,
            _("Policy instrument"): written.instrument,
            _("Place"): outcome_words.place(written.place),
            _("Partnership"): written.partnership,
            _("Language"): words.language(written.language),
            _("Validated by"): by,
            _("What they said"): validated.comment if validated else "",
            _("Why it is not implemented"): plan.not_implemented.why if plan.not_implemented else "",
        }
    )


def _show_steps(plan: Plan, may: frozenset[str]) -> None:
    open_to_me = may - {"action-moved", "revised"}
    if open_to_me:
        section.head("next", _("What comes next"))
    with steps.row(plan.id, open_to_me):
        if "validated" in may:
            with steps.form("validate", _("Validate it"), ":material/verified:"):
                st.text_area(_("What you say to it (optional)"), key="plan_comment", height=90, max_chars=MAX_WORDS_CHARS)
                st.form_submit_button(_("Validate"), type="primary", on_click=acting.do, args=(_validate, plan.id))
        if "begun" in may:
            st.button(
                _("Begin"), key="plan_begin", type="primary", icon=":material/play_arrow:", on_click=acting.do,
                args=(_begin, plan.id),
            )  # fmt: skip
        if "finished" in may:
            st.button(
                _("It is done"), key="plan_finish", type="primary", icon=":material/done_all:", on_click=acting.do,
                args=(_finish, plan.id),
            )  # fmt: skip
        if "not-implemented" in may:
            with steps.form("give_up", _("It is not implemented"), ":material/block:"):
                st.text_area(_("Why"), key="plan_why", height=90, max_chars=MAX_WORDS_CHARS)
                st.form_submit_button(_("Say so"), on_click=acting.do, args=(_give_up, plan.id))


def _show_earlier(plan: Plan) -> None:
    """Each text before the last, whole; nothing where it was written once."""
    texts = [each for each in plan.happened if isinstance(each.body, PlanWritten | PlanRevised)]
    for each in texts[-2::-1]:
        written = each.body
        assert isinstance(written, PlanWritten | PlanRevised)
        label = _("As it was written on {day}").format(day=words.day(each.at_utc))
        with st.expander(label, icon=":material/history:", key=f"earlier_{each.seq}"):
            plain.show(plain.element("p", written.title, css="kb-quiet", language=written.language))
            prose.show(written.summary_en, "en", label=_("Summary in English"))
            prose.show(written.text, written.language, label=_("From what was learned to what will be done"))
            prose.show("\n\n".join(one.what for one in written.actions), written.language, label=_("Actions"))


def _detail(event: Event) -> str:
    """What a step says in the history; of a text, as it was then."""
    match event.body:
        case PlanWritten() | PlanRevised():
            return f"{event.body.title}: {event.body.text}"
        case ActionMoved():
            parts = (event.body.action, outcome_words.progress(event.body.to), words.day(event.body.on), event.body.why)
            return " · ".join(filter(None, parts))
        case _:
            return said(event) or str(getattr(event.body, "comment", ""))


def _validate(plan_id: str) -> str:
    plans.validate(state.kb(), plan_id, comment=st.session_state["plan_comment"], actor=state.actor())
    plan_form.look_again(plan_id)
    return _("Validated. Its organisation may begin.")


def _begin(plan_id: str) -> str:
    plans.begin(state.kb(), plan_id, actor=state.actor())
    return _("It is in progress.")


def _finish(plan_id: str) -> str:
    plans.finish(state.kb(), plan_id, actor=state.actor())
    return _("It is done.")


def _give_up(plan_id: str) -> str:
    plans.give_up(state.kb(), plan_id, why=st.session_state["plan_why"], actor=state.actor())
    return _("Kept, with the reason.")
