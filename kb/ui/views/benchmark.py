"""Benchmark: a practice beside those that can be compared with it, all of them on a grid, or two to six side by side."""

import streamlit as st

from kb.services import practices, taking_overviews
from kb.services.benchmarking import comparing, grid, profiling
from kb.ui import address, state
from kb.ui.components import comparison, overview_downloads, practice_list
from kb.ui.components.benchmarking import (
    beside_table,
    controls,
    criteria_chart,
    criteria_table,
    differences,
    downloads,
    evidence_beside,
    grid_chart,
    grid_table,
    peer_table,
    profile_head,
)
from kb.ui.components.benchmarking.controls import GRID, SIDE
from kb.ui.components.compare_basket import FEWEST
from kb.ui.i18n import _

address.follow("benchmark", controls.fields())

st.title(_("Benchmark"), anchor=False)
st.markdown(_("Practices beside practices, to learn from. Partners are never compared: there is no list of the best."))

known = practices.practices(state.kb(), actor=state.actor())
if not known:  # no sheet yet
    practice_list.show_none()
    st.stop()

mode, by = controls.show_modes(), controls.asked_by()

if mode == GRID:  # all that were assessed
    with st.spinner(_("Computing …")):
        everything = grid.grid(state.kb(), actor=state.actor(), **by)
    controls.show_rubrics(everything.choices, everything.rubric)
    controls.publish()
    grid_chart.show(everything)
    grid_table.show(everything)
    if everything.points:
        overview_downloads.show(taking_overviews.export_grid, "grid", **by)
    st.stop()

if mode == SIDE:  # two to six
    chosen = controls.show_compared(known)
    if len(chosen) < FEWEST:
        controls.show_how_to_choose()
    names = [each.name for each in chosen]
    with st.spinner(_("Computing …")):
        found = comparing.compare(state.kb(), names, actor=state.actor(), **by)
    controls.show_rubrics(found.choices, found.rubric)
    beside_table.show(found)
    evidence_beside.show(found)
    overview_downloads.show(taking_overviews.export_comparison, "beside", names, **by)
    controls.publish()
    comparison.show_sheets(chosen)
    st.stop()

name, basis = controls.show_practice(known)
if not name:
    controls.show_none_chosen()

with st.spinner(_("Computing …")):
    profile = profiling.profile(state.kb(), name, basis, actor=state.actor(), **by)
controls.show_rubrics(profile.choices, profile.rubric)
controls.publish()
profile_head.show(profile)
peer_table.show(profile)
if profile.rubric is not None:  # something was assessed
    differences.show(profile)
    criteria_chart.show(profile)
    criteria_table.show(profile)
    downloads.show(profile)
