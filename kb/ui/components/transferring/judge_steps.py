"""The way through a judgement: what is answered, one step back and forth, and the list of all criteria by side."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from kb.peers.transfer.judgement import CriterionAnswer
from kb.services.transferring.judging import Desk
from kb.ui import assessing_words, links, transferring, words
from kb.ui import transferring_words as told
from kb.ui.components.aside import aside
from kb.ui.components.assessing.review_evidence import ASKED
from kb.ui.components.assessing.review_steps import BACK_KEYS, BEGUN, DONE, ON_KEYS, TO_DO
from kb.ui.i18n import _, marked, ngettext
from kb.ui.plain import escape_markdown

WHOLE = "_whole"  # in place of a criterion: what is said to the transfer as a whole, and handing in
START = "_start"  # the first criterion that is not answered
_ICONS = {DONE: ":material/check_circle:", BEGUN: ":material/edit:", TO_DO: ":material/radio_button_unchecked:"}
_STATES: Mapping[str, str] = {DONE: marked("answered"), BEGUN: marked("begun")}


def chosen(desk: Desk) -> str:
    """The criterion that the address names; else the first that is not answered; with all answered the whole."""
    said, names = str(st.session_state[links.ITEM]), desk.framework.criterion_names
    if said in (*names, WHOLE):
        return said
    found = next((name for name in names if state_of(desk, name) != DONE), WHOLE)
    st.session_state[links.ITEM] = found
    return found


def state_of(desk: Desk, criterion: str) -> str:
    """How far the answer to a criterion is."""
    if all(lack.item != criterion for lack in desk.lacking):
        return DONE
    return BEGUN if transferring.answer_of(desk, criterion) != CriterionAnswer() else TO_DO


def go(item: str) -> None:
    """For a button: turn to a criterion; what was asked of the documents was about another one."""
    st.session_state[links.ITEM] = item
    st.session_state[ASKED] = ""


def leave() -> None:
    """For a button: back to the test as a whole."""
    go("")


def show(desk: Desk, item: str) -> None:
    """Draw how much is answered, and the steps."""
    names = desk.framework.criterion_names
    n = sum(state_of(desk, name) == DONE for name in names)
    answered = ngettext("{n} of {total} answered", "{n} of {total} answered", n)
    kept = _("kept at every step; nobody else sees it before the test is concluded")
    text = f"{answered.format(n=words.number(n), total=words.number(len(names)))} · {kept}"
    st.progress(n / len(names), text=text)
    _show_buttons(desk, item, "top")


def show_below(desk: Desk, item: str) -> None:
    """The same steps at the foot of the page."""
    _show_buttons(desk, item, "foot")


def show_list(desk: Desk, item: str) -> None:
    """Draw all criteria with their state in the side panel, under their sides."""
    with aside():
        for side in desk.framework.sides:
            st.subheader(assessing_words.text(side.title), anchor=False)
            with st.container(gap=None):
                for each in side.criteria:
                    is_key = each.name in desk.test.key
                    title = told.criterion(desk.framework, each.name)
                    _show_line(f"{title} ★" if is_key else title, each.name, item, state_of(desk, each.name))
        with st.container(gap=None):
            _show_line(_("The whole, and handing in"), WHOLE, item, TO_DO if desk.is_changed else DONE)


def _show_line(title: str, each: str, item: str, its_state: str) -> None:
    label = escape_markdown(title)
    label = f"**{label}**" if each == item else label
    if its_state != TO_DO:  # icons are not read aloud
        label += f" :small[{_(_STATES[its_state])}]"
    st.button(label, key=f"outline_1_{each}", type="tertiary", icon=_ICONS[its_state], wrap=True, on_click=go, args=(each,))


def _show_buttons(desk: Desk, item: str, place: str) -> None:
    every = (*desk.framework.criterion_names, WHOLE)
    at = every.index(item)
    is_top = place == "top"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"steps_{place}"):
        st.button(
            _("Previous"), key=f"step_back_{place}", icon=":material/chevron_left:", disabled=at == 0,
            shortcut=BACK_KEYS if is_top else None, on_click=go, args=(every[max(0, at - 1)],),
        )  # fmt: skip
        st.button(
            _("Next"), key=f"step_on_{place}", icon=":material/chevron_right:", icon_position="right", disabled=item == WHOLE,
            shortcut=ON_KEYS if is_top else None, on_click=go, args=(every[min(len(every) - 1, at + 1)],),
        )  # fmt: skip
        if item != WHOLE:
            st.caption(_("{n} of {total}").format(n=words.number(at + 1), total=words.number(len(every) - 1)))
