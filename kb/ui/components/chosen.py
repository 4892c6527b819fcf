"""Passages chosen for citing. The session keeps ids and marked sentences; titles and words are asked for when they are shown."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from kb.errors import QueryError
from kb.retrieval.passage import PassageId
from kb.services import citing
from kb.ui import acting, plain, state, words
from kb.ui.components import take_along
from kb.ui.i18n import _, ngettext

_CHOSEN = "_chosen"  # session key: passage id → Choice, in the order of choosing
QUOTED_CHARS = 160  # of a passage in the list: enough to know it again


@dataclass(frozen=True)
class Choice:
    """Why a passage was chosen: its marked sentence, and the question that brought it."""

    sentence: tuple[int, int] | None
    question: str


def choices() -> dict[PassageId, Choice]:
    """What this session has chosen."""
    kept: dict[PassageId, Choice] = st.session_state.setdefault(_CHOSEN, {})
    return kept


def show_box(passage: PassageId, sentence: tuple[int, int] | None, question: str, *, key: str = "") -> None:
    """Draw the box that chooses a passage."""
    key = f"choose_{key or passage}"
    st.session_state[key] = passage in choices()
    st.checkbox(_("Choose"), key=key, on_change=acting.do, args=(_toggle, key, passage, Choice(sentence, question)))


def show_panel() -> None:
    """Draw the list of what is chosen, behind a button; nothing while nothing is chosen."""
    if not choices():
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", width="content", key="tool_chosen"):
        # The number stands beside: a popover with another label is another one, and closed (Streamlit 1.67).
        popover = st.popover(
            _("Chosen passages"), key="chosen_panel", icon=":material/bookmarks:", type="tertiary", on_change="rerun"
        )
        st.html(plain.element("span", words.number(len(choices())), css="kb-count"), width="content")
    if popover.open:
        with popover:
            _show_list()


def _show_list() -> None:
    chosen = choices()
    there = citing.still_there(state.kb(), list(chosen), actor=state.actor())
    spans = {passage: choice.sentence for passage, choice in chosen.items() if choice.sentence}
    if there:
        questions = {choice.question for passage, choice in chosen.items() if passage in there}
        st.caption(_("Take them along as:"))
        take_along.show(there, spans, questions.pop() if len(questions) == 1 else "", "chosen")
        cited = citing.cite(state.kb(), there, actor=state.actor(), sentences=spans, wording=words.citation())
        for quotation in cited.quotations:
            place = words.citation().place(quotation.place)
            words_of_it = plain.shortened(quotation.sentence or quotation.text, QUOTED_CHARS)
            title = f"{quotation.number}. {quotation.reference.title}"
            _show_one(quotation.passage, title, " · ".join(filter(None, (place, words_of_it))))
    if gone := [passage for passage in chosen if passage not in there]:
        text = ngettext("{n} of them cannot be found any more.", "{n} of them cannot be found any more.", len(gone))
        st.caption(text.format(n=words.number(len(gone))))
        st.button(_("Remove what is gone"), key="chosen_gone", icon=":material/close:", on_click=_remove, args=(gone,))
    st.button(_("Remove all"), key="chosen_clear", icon=":material/delete_sweep:", on_click=_remove, args=(list(chosen),))


def _show_one(passage: PassageId, title: str, rest: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"chosen_{passage}"):
        plain.show(plain.element("strong", title) + plain.element("p", rest, css="kb-quiet"))
        st.button(
            _("Remove"), key=f"unchoose_{passage}", type="tertiary", icon=":material/close:", on_click=_remove, args=([passage],)
        )


def _toggle(key: str, passage: PassageId, choice: Choice) -> str:
    if not st.session_state[key]:
        choices().pop(passage, None)
    elif len(choices()) >= citing.MAX_PASSAGES:
        raise QueryError(_("{n} passages are chosen, and more are not taken. Remove some first.").format(n=citing.MAX_PASSAGES))
    else:
        choices()[passage] = choice
    return ""  # the box itself shows it


def _remove(passages: list[PassageId]) -> None:
    for passage in passages:
        choices().pop(passage, None)
