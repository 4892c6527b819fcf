"""The way through a review: what is answered, one step back and forth, and the list of all."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from kb.peers.assessment.review import Answer, GateAnswer
from kb.services.assessing.reviewing import Desk
from kb.ui import assessing_words, links, reviewing, words
from kb.ui.components.aside import aside
from kb.ui.components.assessing.review_evidence import ASKED
from kb.ui.i18n import _, marked, ngettext
from kb.ui.plain import escape_markdown

END = "_submit"  # in place of an item; none can be called so
# With Shift: then they do nothing while somebody writes, who would lose what is not kept yet. And they are no letters.
BACK_KEYS, ON_KEYS = "Shift+PageUp", "Shift+PageDown"
DONE, BEGUN, TO_DO = "done", "begun", "to-do"
_ICONS = {DONE: ":material/check_circle:", BEGUN: ":material/edit:", TO_DO: ":material/radio_button_unchecked:"}
_STATES: Mapping[str, str] = {DONE: marked("answered"), BEGUN: marked("begun")}


def items(desk: Desk) -> tuple[str, ...]:
    """Gates and criteria in the rubric's order."""
    return (*desk.rubric.gate_names, *desk.rubric.criterion_names)


def chosen(desk: Desk) -> str:
    """The item that the address names; else the first that is not answered; with all answered the end."""
    said = str(st.session_state[links.ITEM])
    if said in (*items(desk), END):
        return said
    first = next((item for item in items(desk) if state_of(desk, item) != DONE), END)
    found = items(desk)[0] if desk.is_submitted else first
    st.session_state[links.ITEM] = found
    return found


def state_of(desk: Desk, item: str) -> str:
    """How far the answer to an item is."""
    if desk.is_submitted or all(lack.item != item for lack in desk.lacking):
        return DONE
    said = reviewing.answer_of(desk, item)
    return BEGUN if said not in (Answer(), GateAnswer()) else TO_DO


def go(item: str) -> None:
    """For a button: turn to an item; what was asked of the documents was about another one."""
    st.session_state[links.ITEM] = item
    st.session_state[ASKED] = ""


def show(desk: Desk, item: str) -> None:
    """Draw how much is answered, and the steps."""
    everything = items(desk)
    n = sum(state_of(desk, each) == DONE for each in everything)
    if not desk.is_submitted:
        told = ngettext("{n} of {total} answered", "{n} of {total} answered", n).format(
            n=words.number(n), total=words.number(len(everything))
        )
        kept = _("kept at every step; nobody else sees it before you submit it")
        st.progress(n / len(everything), text=f"{told} · {kept}")
    _show_buttons(desk, item, "top")


def show_below(desk: Desk, item: str) -> None:
    """The same steps at the foot of the page."""
    _show_buttons(desk, item, "foot")


def show_list(desk: Desk, item: str) -> None:
    """Draw all items with their state in the side panel."""
    with aside():
        st.header(_("Questions"), anchor=False)
        with st.container(gap=None):
            for each in items(desk):
                _show_line(assessing_words.item(desk.rubric, each), each, item, state_of(desk, each))
            label = _("Comment") if desk.is_submitted else _("Comment and submit")
            _show_line(label, END, item, DONE if desk.is_submitted else TO_DO)


def _show_line(title: str, each: str, item: str, its_state: str) -> None:
    label = escape_markdown(title)
    label = f"**{label}**" if each == item else label
    if its_state != TO_DO:  # icons are not read aloud
        label += f" :small[{_(_STATES[its_state])}]"
    st.button(label, key=f"outline_1_{each}", type="tertiary", icon=_ICONS[its_state], wrap=True, on_click=go, args=(each,))


def _show_buttons(desk: Desk, item: str, place: str) -> None:
    every = (*items(desk), END)
    at = every.index(item)
    is_top = place == "top"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"steps_{place}"):
        st.button(
            _("Previous"), key=f"step_back_{place}", icon=":material/chevron_left:", disabled=at == 0,
            shortcut=BACK_KEYS if is_top else None, on_click=go, args=(every[max(0, at - 1)],),
        )  # fmt: skip
        st.button(
            _("Next"), key=f"step_on_{place}", icon=":material/chevron_right:", icon_position="right", disabled=item == END,
            shortcut=ON_KEYS if is_top else None, on_click=go, args=(every[min(len(every) - 1, at + 1)],),
        )  # fmt: skip
        if item != END:
            st.caption(_("{n} of {total}").format(n=words.number(at + 1), total=words.number(len(every) - 1)))
