"""Filters on assessments: stage and practice, kept in the address."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.peers.assessment.state import Stage
from kb.services.assessing.listing import ListedAssessment
from kb.ui import address, assessing_words, counted, plain, words
from kb.ui.components.assessing import practice_title
from kb.ui.i18n import _

STAGE, PRACTICE = "a_stage", "a_practice"  # widget keys and URL parameters
Listed = Sequence[ListedAssessment]


def fields() -> dict[str, address.Parse]:
    """What :func:`address.follow` needs to know about these filters."""
    return {STAGE: address.many, PRACTICE: address.many}


def show(everything: Listed) -> None:
    """Draw the filters, for the side panel. What is chosen stays, even where no assessment is of it."""
    st.header(_("Filters"), anchor=False)
    stages = [stage.value for stage in Stage if any(each.stage is stage for each in everything)]
    titles = _titles(everything)
    for key, label, options in ((STAGE, _("Stage"), stages), (PRACTICE, _("Practice"), sorted(titles, key=titles.__getitem__))):
        left = [value for value in st.session_state.get(key, []) if value not in options]
        named = {value: _spelled(key, value, titles) for value in (*options, *left)}
        counted.show(label, list(named), key=key, spell=named.__getitem__)


def show_chosen(everything: Listed) -> None:
    """Say in the page itself what is filtered, with a way out: on a phone the side panel is closed."""
    titles = _titles(everything)
    told = [_spelled(key, value, titles) for key in (STAGE, PRACTICE) for value in st.session_state.get(key, [])]
    if told:
        with st.container(horizontal=True, vertical_alignment="center", key="a_chosen"):
            st.text(_("Filters: {filters}").format(filters=words.listed(told)))
            st.button(_("Clear filters"), key="a_clear", icon=":material/filter_alt_off:", on_click=_clear)
    else:
        plain.show(plain.element("p", _("Filters are in the side panel, behind » at the top."), css="kb-phone kb-quiet"))


def chosen(everything: Listed) -> list[ListedAssessment]:
    """Those that fit."""
    stages, names = st.session_state.get(STAGE, []), st.session_state.get(PRACTICE, [])
    return [each for each in everything if (not stages or each.stage in stages) and (not names or each.practice in names)]


def values() -> dict[str, str | int | list[str]]:
    """What :func:`address.publish` writes."""
    return {key: list(st.session_state.get(key, [])) for key in (STAGE, PRACTICE)}


def _spelled(key: str, value: str, titles: dict[str, str]) -> str:
    return assessing_words.named(assessing_words.STAGES, value) if key == STAGE else titles.get(value, value)


def _titles(everything: Listed) -> dict[str, str]:
    return {each.practice: practice_title.of(each) for each in everything}


def _clear() -> None:
    st.session_state[STAGE], st.session_state[PRACTICE] = [], []
