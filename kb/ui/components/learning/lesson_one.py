"""One lesson: what was learned, from what, who confirmed it, and what may be done with it."""

from __future__ import annotations

import streamlit as st

from kb.peers.learning.lesson import Lesson
from kb.peers.learning.parts import MAX_WORDS_CHARS
from kb.services.learning import lessons
from kb.services.learning.allowing import may_with_lesson
from kb.ui import acting, learning_words, plain, state, words
from kb.ui.components.learning import because, prose, steps
from kb.ui.components.learning.common import demo_badge, show_history, show_state
from kb.ui.components.learning.lesson_list import who
from kb.ui.i18n import _

TITLE_CHARS = 90


def show(lesson: Lesson) -> None:
    """Draw all of it."""
    told = lesson.noted
    st.set_page_config(page_title=_("Lesson: {title}").format(title=plain.shortened(told.text, TITLE_CHARS)))
    plain.heading(1, _("Lesson"))
    demo_badge(lesson)
    show_state(lesson, learning_words.level_word(told.level))
    prose.show(told.text, told.language)
    about = _("{name}, on {day}").format(name=who(lesson), day=words.day(lesson.begun_on))
    plain.show(plain.element("p", about, css="kb-quiet"))
    if told.from_whom:
        plain.show(plain.element("p", _("Learned from {name}").format(name=told.from_whom), css="kb-quiet"))
    because.show(told.because)
    if lesson.confirmed:
        by = ", ".join(filter(None, (lesson.confirmed.by.name, lesson.confirmed.by.organisation)))
        prose.show(lesson.confirmed.how or "–", label=_("Confirmed by {name}").format(name=by))
    _show_steps(lesson)
    show_history(lesson)


def _show_steps(lesson: Lesson) -> None:
    may = may_with_lesson(lesson, actor=state.actor())
    with steps.row(lesson.id, may):
        if "confirmed" in may:
            with steps.form("confirm", _("Confirm it"), ":material/check:"):
                st.text_area(_("How it shows with you (optional)"), key="lesson_how", height=90, max_chars=MAX_WORDS_CHARS)
                st.form_submit_button(_("Confirm"), type="primary", on_click=acting.do, args=(_confirm, lesson.id))
        if "withdrawn" in may:
            steps.withdraw(_withdraw, lesson.id)


def _confirm(lesson_id: str) -> str:
    lessons.confirm(state.kb(), lesson_id, how=st.session_state["lesson_how"], actor=state.actor())
    return _("Confirmed.")


def _withdraw(lesson_id: str, why: str) -> str:
    lessons.withdraw(state.kb(), lesson_id, why=why, actor=state.actor())
    return _("Withdrawn. It stays in the history.")
