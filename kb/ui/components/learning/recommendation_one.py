"""One recommendation: what was advised, the answer, how it was put into practice with evidence, and what may be done next."""

from __future__ import annotations

import streamlit as st

from kb.peers.learning.parts import MAX_WORDS_CHARS
from kb.peers.learning.recommendation import Recommendation, Response
from kb.peers.parts import MAX_LINE_CHARS
from kb.services.assessing.pinning import pinned
from kb.services.learning import recommendations
from kb.services.learning.allowing import may_with_recommendation
from kb.ui import acting, learning_words, outcome_words, plain, state, words
from kb.ui.components import section
from kb.ui.components.assessing import pin_list
from kb.ui.components.learning import because, passage_picker, prose, steps
from kb.ui.components.learning.common import author, demo_badge, show_history, show_state
from kb.ui.i18n import _

EVIDENCE = "recommendation_evidence"
TITLE_CHARS = 90


def show(found: Recommendation) -> None:
    """Draw all of it."""
    told = found.issued
    st.set_page_config(page_title=_("Recommendation: {title}").format(title=plain.shortened(told.text, TITLE_CHARS)))
    plain.heading(1, _("Recommendation to {name}").format(name=told.to))
    demo_badge(found)
    show_state(found, learning_words.level_word(told.level))
    prose.show(told.text, told.language)
    about = _("{name}, on {day}").format(name=author(told.by), day=words.day(found.begun_on))
    plain.show(plain.element("p", about, css="kb-quiet"))
    because.show(told.because)
    _show_answer(found)
    _show_implemented(found)
    may = may_with_recommendation(found, actor=state.actor())
    _show_steps(found, may)
    if "implemented" in may:
        _show_implementing(found)
    show_history(found)


def _show_answer(found: Recommendation) -> None:
    answered = found.answered
    if answered is None:
        return
    section.head("answer", _("The answer"))
    plain.show(f'<p class="kb-given">{plain.element("strong", outcome_words.response(answered.response))}</p>')
    prose.show(answered.reason)
    name = ", ".join(filter(None, (answered.by.name, answered.by.organisation)))
    told = _("{name}, on behalf of {organisation}") if answered.on_behalf else "{name}"
    plain.show(plain.element("p", told.format(name=name, organisation=found.issued.to), css="kb-quiet"))


def _show_implemented(found: Recommendation) -> None:
    done = found.implemented
    if done is None:
        return
    section.head("implemented", _("How it was implemented"))
    plain.show(plain.element("p", words.day(done.on), css="kb-quiet"))
    prose.show(done.what)
    if done.source:
        plain.show(plain.element("p", _("Source: {source}").format(source=done.source), css="kb-quiet"))
    own = done.by.name == state.actor().name
    pin_list.show(pinned(state.kb(), done.pins, actor=state.actor(), own=own), "implemented")


def _show_steps(found: Recommendation, may: frozenset[str]) -> None:
    with steps.row(found.id, may - {"implemented"}):
        if "answered" in may:
            with steps.form("answer", _("Answer it"), ":material/reply:"):
                st.radio(
                    _("The answer"), [each.value for each in Response], key="answer_response", format_func=outcome_words.response
                )
                st.text_area(_("Why (required unless it is accepted)"), key="answer_reason", height=110, max_chars=MAX_WORDS_CHARS)
                st.form_submit_button(_("Answer"), type="primary", on_click=acting.do, args=(_answer, found.id))
        if "withdrawn" in may:
            steps.withdraw(_withdraw, found.id)


def _show_implementing(found: Recommendation) -> None:
    with st.expander(_("Tell how it was implemented"), icon=":material/task_alt:", key="implement_open"):
        st.text_input(_("On which day"), key="implement_on", max_chars=10, placeholder="2026-12-31")
        st.text_area(_("What was done"), key="implement_what", height=110, max_chars=MAX_WORDS_CHARS)
        st.text_input(_("Source that shows it, or take a passage below"), key="implement_source", max_chars=MAX_LINE_CHARS)
        passage_picker.show(EVIDENCE, {"": _("Take it as evidence")})
        st.button(_("Keep it"), type="primary", key="implement", on_click=acting.do, args=(_implement, found.id))


def _answer(id_: str) -> str:
    said = st.session_state
    recommendations.answer(state.kb(), id_, response=said["answer_response"], reason=said["answer_reason"], actor=state.actor())
    return _("Answered.")


def _implement(id_: str) -> str:
    said = st.session_state
    recommendations.implement(
        state.kb(),
        id_,
        on=said["implement_on"].strip(),
        what=said["implement_what"],
        source=said["implement_source"],
        passages=passage_picker.taken(EVIDENCE),
        actor=state.actor(),
    )
    passage_picker.forget(EVIDENCE)
    return _("Kept. The recommendation is implemented.")


def _withdraw(id_: str, why: str) -> str:
    recommendations.withdraw(state.kb(), id_, why=why, actor=state.actor())
    return _("Withdrawn. It stays in the history.")
