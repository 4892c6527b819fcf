"""Lessons as a list, and the form that notes one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from kb.peers.learning.lesson import Lesson
from kb.peers.learning.parts import MAX_WORDS_CHARS, Level
from kb.peers.parts import MAX_LINE_CHARS
from kb.services.learning import lessons
from kb.ui import acting, hrefs, i18n, learning_words, plain, state, words
from kb.ui.components import section
from kb.ui.components.assessing import demonstration
from kb.ui.components.learning import because, naming
from kb.ui.components.learning.common import author, practice_titles
from kb.ui.components.sheet_texts import language_codes
from kb.ui.i18n import _, ngettext

NEW = "lesson_new"
SHOWN_CHARS = 160


def show(found: Sequence[Lesson], *, is_chosen: bool = False) -> None:
    """Draw the table; that there is none where there is none.

    Args:
        is_chosen: these are not all of them.
    """
    n = len(found)
    section.head("lessons", ngettext("{n} lesson", "{n} lessons", n).format(n=words.number(n)))
    if not found:
        none = _("No lesson here yet. A lesson says what somebody learned, and from which practice or exchange.")
        st.info(_("No lesson fits.") if is_chosen else none)
        return
    titles = practice_titles()
    headers = (_("Lesson"), _("Who learned"), _("From"), _("State"), _("Noted on"))
    rows = [
        (
            plain.link(plain.shortened(each.noted.text, SHOWN_CHARS), hrefs.thing(each.id))
            + plain.note(demonstration.words(is_demo=each.is_demo)),
            plain.cell(learning_words.level_word(each.noted.level), second_line=who(each)),
            plain.cell(
                ", ".join(titles.get(name, name) for name in each.noted.because.practices), second_line=each.noted.from_whom
            ),
            plain.cell(learning_words.state_word(each.state)),
            plain.cell(words.day(each.begun_on)),
        )
        for each in found
    ]
    with st.container(key="learning_lessons"):
        plain.table(_("Lessons, the last noted first"), headers, rows, as_cards=True)


def chosen(by: Mapping[str, str]) -> list[Lesson]:
    """Lessons by practice, organisation, level and state."""
    return lessons.lessons(
        state.kb(), actor=state.actor(), practice=by["practice"], organisation=by["organisation"], level=by["level"],
        state=by["state"],
    )  # fmt: skip


def who(lesson: Lesson) -> str:
    """Who noted it, and for whom they worked."""
    return author(lesson.noted.by)


def show_new(*, is_first: bool) -> None:
    """Draw the form, unfolded where nobody noted a lesson yet."""
    with (
        st.expander(_("Note a lesson"), expanded=is_first, icon=":material/lightbulb:", key="lesson_new_open"),
        st.form("lesson_new_form", border=False),
    ):
        st.text_area(_("What was learned"), key=f"{NEW}_text", height=110, max_chars=MAX_WORDS_CHARS)
        with st.grid(min_column_width=220, gap="small"):
            st.selectbox(
                _("Who learned, or what changes"), [each.value for each in Level], key=f"{NEW}_level",
                format_func=lambda code: learning_words.level_word(Level(code)),
            )  # fmt: skip
            st.text_input(_("Learned from (organisation, optional)"), key=f"{NEW}_from", max_chars=MAX_LINE_CHARS)
            codes = language_codes()
            st.selectbox(
                _("Written in"), codes, index=codes.index(i18n.current()), key=f"{NEW}_language", format_func=words.language
            )
        because.ask(NEW)
        naming.ask_from_session(NEW)
        st.form_submit_button(_("Note it"), type="primary", on_click=acting.do, args=(_note,))


def _note() -> str:
    said = st.session_state
    told = lessons.note(
        state.kb(),
        said[f"{NEW}_text"],
        level=said[f"{NEW}_level"],
        from_whom=said[f"{NEW}_from"],
        language=said[f"{NEW}_language"],
        despite=naming.said(NEW),
        actor=state.actor(),
        **because.chosen(NEW),
    )
    said.update({f"{NEW}_text": "", f"{NEW}_from": "", "lesson": told.id})
    because.forget(NEW)
    naming.forget(NEW)
    return _("Noted. Somebody else may confirm it.")
