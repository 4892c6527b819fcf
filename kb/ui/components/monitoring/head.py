"""The top of a practice's monitoring: whose it is, the way back, and the list of its indicators."""

from __future__ import annotations

import streamlit as st

from kb.peers.monitoring.folding import Monitoring
from kb.peers.narrative import without_citations
from kb.services import practices
from kb.services.permission import Role
from kb.ui import i18n, links, plain, state
from kb.ui.components import section
from kb.ui.components.assessing import demonstration
from kb.ui.i18n import _


def may_change() -> bool:
    """Whether who acts may say what is measured, and enter readings."""
    return bool({Role.CONTRIBUTOR, Role.FACILITATOR} & state.actor().roles)


def show_way_back() -> None:
    """Draw the way back to all."""
    st.button(
        _("All that is monitored"), key="all_monitored", type="tertiary", icon=":material/arrow_back:",
        on_click=st.session_state.update, args=({links.MONITORED: ""},),
    )  # fmt: skip


def show_sections(found: Monitoring) -> None:
    """Draw the way to each indicator in the side panel."""
    indicators = {f"indicator-{each.indicator.key}": each.indicator.title for each in found.indicators}
    more = {"new-indicator": _("A new indicator")} if may_change() else {}
    more |= {"table": _("Readings as a table")} if found.indicators else {}
    section.show_list(indicators | more)


def show(found: Monitoring) -> None:
    """Draw the practice's title and the way to its sheet; that there is nothing yet where nothing is measured."""
    title = title_of(found.practice)
    st.set_page_config(page_title=_("Monitoring: {practice}").format(practice=title))
    plain.heading(1, title)
    demonstration.show(is_demo=any(each.is_demo for each in found.indicators))
    st.page_link(
        links.PRACTICE, label=_("The practice"), icon=":material/handshake:", query_params={links.PRACTICE_ID: found.practice}
    )
    if not found.indicators:
        st.info(_("Nothing is measured of this practice yet."), icon=":material/monitoring:")


def title_of(practice: str) -> str:
    """What a practice is called in the reader's language; its name where its sheet cannot be read."""
    found = practices.sheet_title(state.kb(), practice, actor=state.actor())
    return without_citations(found[0].best(i18n.current(), found[1])[1]) if found else practice
