"""Monitoring: what is measured of a practice, from where to where, who says so, and what should have been read."""

import streamlit as st

from kb.services.monitoring import viewing
from kb.ui import address, links, state
from kb.ui.components.monitoring import head, indicator, indicator_form, overview, reading_forms, readings, table_files, trend_chart
from kb.ui.i18n import _

address.follow("monitoring", {links.MONITORED: address.one})
practice = st.session_state[links.MONITORED]
address.publish("monitoring", **{links.MONITORED: practice})

if practice:  # one
    head.show_way_back()
    found = viewing.monitoring(state.kb(), practice, actor=state.actor())
    may_change = head.may_change()
    head.show_sections(found)
    head.show(found)
    for followed in found.indicators:
        indicator.show(followed)
        trend_chart.show(followed)
        readings.show(followed)
        if may_change:
            reading_forms.show(practice, followed)
    if may_change:
        indicator_form.show_new(practice, is_first=not found.indicators)
    if found.indicators:
        table_files.show(found, may_change=may_change)
    st.stop()

st.title(_("Monitoring"), anchor=False)
st.markdown(_("What is measured of a practice over the years, each value with its source; and what should have been read by now."))

monitored = viewing.monitored(state.kb(), actor=state.actor())
overview.show_choice(is_first=not monitored)
if not monitored:  # no indicator yet
    st.stop()

overview.show_overdue(viewing.overdue(state.kb(), actor=state.actor()))
overview.show_all(monitored)
