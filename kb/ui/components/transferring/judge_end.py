"""The end of a judgement: what is missing, what has no passage beside it, and handing it in."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from kb.peers.transfer.judgement import Need
from kb.peers.transfer.state import Stage
from kb.services.transferring.judging import Desk
from kb.ui import assessing_words, sheet_words, transferring, words
from kb.ui import transferring_words as told
from kb.ui.components.transferring import judge_steps
from kb.ui.i18n import _, ngettext
from kb.ui.plain import escape_markdown


def show(desk: Desk) -> None:
    """Draw them."""
    st.header(_("Hand in"), anchor=False)
    _show_lacking(desk)
    _show_unsupported(desk)
    _show_button(desk)


def _show_lacking(desk: Desk) -> None:
    needs: dict[str, list[Need]] = {}
    for lack in desk.lacking:
        needs.setdefault(lack.item, []).append(lack.need)
    if not needs:
        st.markdown(_("Everything is answered."))
        return
    n = len(needs)
    text = ngettext("{n} criterion is not answered yet:", "{n} criteria are not answered yet:", n)
    st.info(text.format(n=words.number(n)), icon=":material/pending_actions:")
    said = {item: words.listed(assessing_words.named(told.NEEDS, need) for need in every) for item, every in needs.items()}
    _show_ways(desk, said, "lack")


def _show_unsupported(desk: Desk) -> None:
    """By criterion, with the sides that have no passage."""
    if not desk.unsupported:
        return
    sides: dict[str, list[str]] = {}
    for criterion, side in desk.unsupported:
        sides.setdefault(criterion, []).append(assessing_words.named(told.EVIDENCED, side))
    n = len(sides)
    text = ngettext(
        "{n} value has no passage of one side beside it. It will be shown as unsupported.",
        "{n} values have no passage of one side beside them. They will be shown as unsupported.",
        n,
    )
    st.warning(text.format(n=words.number(n)), icon=":material/link_off:")
    _show_ways(desk, {item: words.listed(every) for item, every in sides.items()}, "bare")


def _show_ways(desk: Desk, said: Mapping[str, str], key: str) -> None:
    with st.container(gap=None):
        for item, what in said.items():
            label = escape_markdown(sheet_words.labelled(told.criterion(desk.framework, item), what))
            st.button(label, key=f"found_{key}_{item}", type="tertiary", wrap=True, on_click=judge_steps.go, args=(item,))


def _show_button(desk: Desk) -> None:
    if why := _why_not(desk):
        st.button(_("Hand the judgement in"), key="hand_in_off", icon=":material/send:", disabled=True)
        st.caption(why)
        return
    st.button(
        _("Hand the judgement in"), key="hand_in", type="primary", icon=":material/send:", on_click=transferring.hand_in,
    )  # fmt: skip
    st.caption(_("Nobody else sees it before the test is concluded. Until then you may change it and hand it in again."))


def _why_not(desk: Desk) -> str:
    """Why it cannot be handed in now; nothing if it can."""
    if desk.test.stage is not Stage.OPEN:
        return _("The test is at an end.")
    if transferring.writing().is_behind:
        return _("It was kept in another window: open it here first.")
    if desk.lacking:
        return _("It can be handed in once every criterion is answered.")
    return "" if desk.is_changed else _("It is handed in as it stands.")
