"""The library at a glance: map, timeline, and the same numbers as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from kb.retrieval.catalog import DocumentSummary
from kb.ui import plain, words
from kb.ui.components import timeline, world_map
from kb.ui.i18n import _, ngettext


def show(documents: Sequence[DocumentSummary]) -> None:
    """Draw both pictures side by side; on a phone one below the other."""
    countries = dict(Counter(code for document in documents for code in document.metadata.countries).most_common())
    periods = timeline.by_period(document.metadata.date for document in documents)
    where, when = st.columns([3, 2], gap="large")
    with where:
        st.header(_("Where"), anchor=False)
        world_map.show(countries, _("Documents"), _("No document says which country it is about."), _alternative)
    with when:
        st.header(_("When"), anchor=False)
        timeline.show(periods)
    with st.expander(_("The same numbers as tables"), icon=":material/table:"):
        left, right = st.columns(2, gap="large")
        with left:
            rows = [(plain.cell(words.country(code)), plain.cell(words.number(n))) for code, n in countries.items()]
            plain.table(_("Documents by country"), (_("Country"), _("Documents")), rows)
        with right:
            rows = [(plain.cell(words.day(period)), plain.cell(words.number(n))) for period, n in periods.items()]
            plain.table(_("Documents by date"), (_("Date"), _("Documents")), rows)


def _alternative(n: int) -> str:
    return ngettext(
        "World map: documents about {n} country; most about {top}.",
        "World map: documents about {n} countries; most about {top}.",
        n,
    )
