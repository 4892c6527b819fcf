"""A member writes a case: what it is about, an answer to each question, the passages beside it, and handing it in."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from kb.peers.learning.parts import MAX_WORDS_CHARS
from kb.peers.parts import MAX_LINE_CHARS
from kb.services.assessing import pinning
from kb.services.learning.answering import CaseDesk
from kb.ui import answering, plain, state, words
from kb.ui.components.assessing import pin_list
from kb.ui.components.learning import common
from kb.ui.components.sheet_texts import language_codes
from kb.ui.i18n import _, ngettext


def show_head(desk: CaseDesk) -> None:
    """Draw the way back, the title, and what there is to know before writing."""
    st.button(
        _("Back to the round"), key="leave_case", type="tertiary", icon=":material/arrow_back:", on_click=answering.leave
    )  # fmt: skip
    drafted = desk.round.drafted
    st.set_page_config(page_title=_("Your case: {title}").format(title=drafted.title))
    plain.show(
        plain.element("h1", _("Your case: {title}").format(title=drafted.title), css="kb-heading"),
        plain.element("p", _("Kept at every step; nobody else sees it before you submit it."), css="kb-quiet"),
    )
    if answering.writing().is_behind:
        with st.container(border=True, key="case_behind"):
            st.warning(
                _("This case was kept in another window. What you write here is not kept: copy what you need, then go on there."),
                icon=":material/sync_problem:",
            )
            st.button(_("Open it here"), key="case_reopen", icon=":material/refresh:", on_click=answering.reopen)


def show_about(desk: CaseDesk) -> None:
    """Draw what the case is about."""
    titles, draft = common.practice_titles(), desk.draft
    with st.grid(min_column_width=240, gap="small"):
        key = answering.bound("practice", draft.practice if draft.practice in titles else None)
        st.selectbox(
            _("Practice sheet of the case (optional)"), list(titles), key=key, index=None, format_func=titles.__getitem__,
            placeholder=_("None"), on_change=answering.note_practice, args=(key,),
        )  # fmt: skip
        key = answering.bound("title", draft.title)
        st.text_input(
            _("What the case is called"), key=key, max_chars=MAX_LINE_CHARS, on_change=answering.note, args=("title", key)
        )  # fmt: skip
        key = answering.bound("language", draft.language or None)
        st.selectbox(
            _("Language of your answers"), language_codes(), key=key, index=None, format_func=words.language,
            placeholder=_("Choose a language"), on_change=answering.note, args=("language", key),
        )  # fmt: skip


def show_steps(desk: CaseDesk) -> str:
    """Draw the questions to choose from. Returns the key of the one that is answered now."""
    numbers = {key: at for at, key in enumerate(desk.round.drafted.keys, start=1)}
    if st.session_state[answering.QUESTION] not in numbers:
        st.session_state[answering.QUESTION] = next((key for key in numbers if key in desk.unanswered), next(iter(numbers)))
    marks = {key: "" if key in desk.unanswered else " ✓" for key in numbers}
    st.segmented_control(
        _("Questions"), list(numbers), key=answering.QUESTION, required=True,
        format_func=lambda key: _("Question {n}").format(n=words.number(numbers[key])) + marks[key],
    )  # fmt: skip
    return str(st.session_state[answering.QUESTION])


def show_answer(desk: CaseDesk, question: str) -> None:
    """Draw a question with the widget that takes the answer, and its passages."""
    drafted, draft = desk.round.drafted, desk.draft
    text = next(each.text for each in drafted.questions if each.key == question)
    plain.show(plain.element("h2", text, css="kb-heading", language=drafted.language))
    key = answering.bound(f"answer_{question}", draft.answers.get(question, ""))
    st.text_area(
        _("Your answer"), key=key, max_chars=MAX_WORDS_CHARS, height=220, on_change=answering.note_answer, args=(question, key),
        placeholder=_("Leave it empty where your case says nothing to it."),
    )  # fmt: skip
    st.subheader(_("Your passages"), anchor=False)
    pins = draft.pins.get(question, ())
    if not pins:
        plain.show(plain.element("p", _("None yet. Pin passages that bear your answer out."), css="kb-quiet"))
        return

    def remove(at: int) -> tuple[Callable[..., None], tuple[object, ...]]:
        return answering.unpin, (question, at)

    pin_list.show(pinning.pinned(state.kb(), pins, actor=state.actor(), own=True), f"case_{question}", remove=remove)


def show_end(desk: CaseDesk) -> None:
    """Draw what is not said yet, and the button that submits."""
    st.header(_("Submitting"), anchor=False)
    if n := len(desk.unanswered):
        text = ngettext("{n} question has no answer; that is allowed.", "{n} questions have no answer; that is allowed.", n)
        st.caption(text.format(n=words.number(n)))
    if n := len(desk.unsupported):
        text = ngettext("{n} answer has no passage beside it.", "{n} answers have no passage beside them.", n)
        st.caption(text.format(n=words.number(n)))
    why = _why_not(desk)
    st.button(
        _("Submit your case"), key="submit_case", type="primary", icon=":material/send:", on_click=answering.submit,
        disabled=bool(why),
    )  # fmt: skip
    st.caption(why or _("Every member sees it then. You may answer anew until the round is closed."))


def _why_not(desk: CaseDesk) -> str:
    """Why it cannot be submitted now; nothing if it can."""
    draft = desk.draft
    if answering.writing().is_behind:
        return _("It was kept in another window: open it here first.")
    lacking = [
        named
        for named, value in (
            (_("a title"), draft.title), (_("the language of your answers"), draft.language),
            (_("an answer to one question"), any(draft.answers.values())),
        )
        if not value
    ]  # fmt: skip
    if lacking:
        return _("It can be submitted once it has {what}.").format(what=words.listed(lacking))
    return "" if desk.is_changed else _("It is submitted as it stands.")
