"""What was measured of policies before and after they changed. Whether a difference is better is not for a program to say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from kb.peers.learning.dashboard import Effected
from kb.ui import hrefs, learning_words, notice_words, plain, words
from kb.ui.components import section
from kb.ui.i18n import _


def show(effects: Sequence[Effected]) -> None:
    """Draw a table; nothing where nothing was measured."""
    if not effects:
        return
    section.head("effects", _("Policies before and after"))
    headers = (_("What was measured"), _("Before"), _("After"), _("Difference"), _("Policy change"))
    with st.container(key="effects_table"):
        plain.table(
            _("As those who tell it measured it, each with its source on its page"), headers, map(_row, effects), as_cards=True
        )


def _row(each: Effected) -> Iterable[str]:
    return (
        plain.cell(each.what, second_line=notice_words.dimension(each.dimension)),
        plain.cell(each.before or _("not known")),
        plain.cell(each.after or _("not known")),
        plain.cell(_difference(each)),
        plain.link(each.title, hrefs.thing(each.ref)) + plain.note(learning_words.state_word(each.state)),
    )


def _difference(each: Effected) -> str:
    """After less before, with its sign; a dash where it cannot be told."""
    if each.difference is None:
        return "–"
    places = max(0, -int(each.difference.normalize().as_tuple().exponent))
    sign = "+" if each.difference > 0 else "−" if each.difference < 0 else "±"
    return f"{sign}{words.number(float(abs(each.difference)), decimals=min(places, 6))} {each.unit}".strip()
