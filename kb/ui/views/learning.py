"""Learning: what waits for the reader, where mutual learning stands, who learned from whom, and what happened lately."""

import streamlit as st

from kb.services.learning import dashboard, feed, mailing, network
from kb.services.learning.waiting import waiting
from kb.ui import address, state
from kb.ui.components.assessing import demonstration
from kb.ui.components.learning import (
    dashboard_effects,
    dashboard_number,
    dashboard_numbers,
    feed_list,
    letters_form,
    network_picture,
    network_table,
    notice_list,
    overview_controls,
    overview_downloads,
)
from kb.ui.components.learning.overview_controls import LATELY, NETWORK, NUMBER, PARTNERSHIP, WAITS
from kb.ui.i18n import _, current

address.follow("learning", overview_controls.fields())
kb, actor = state.kb(), state.actor()

if st.session_state[NUMBER]:  # one number, opened
    overview_controls.keep()
    overview_controls.publish()
    counted = dashboard.dashboard(kb, actor=actor, partnership=st.session_state[PARTNERSHIP] or "", language=current())
    dashboard_number.show(counted, st.session_state[NUMBER])
    st.stop()

st.title(_("Learning"), anchor=False)
st.markdown(_("Partners learn from each other: what waits for you, how things stand, who learned from whom, what happened lately."))

waits = waiting(kb, actor=actor, language=current())
view = overview_controls.show_views(len(waits))

if view == WAITS:
    notice_list.show(waits)
    letters_form.show(mailing.subscription(kb, actor=actor), is_set=kb.post.is_set)
elif view == LATELY:
    feed_list.show(feed.feed(kb, actor=actor, language=current()))
elif view == NETWORK:
    partnership = overview_controls.show_partnership()
    learned = network.network(kb, actor=actor, partnership=partnership, language=current())
    if learned.edges:
        demonstration.show(is_demo=learned.is_demo)
        picture, beside = st.columns([5, 3], gap="large")
        with picture:
            network_picture.show(learned)
        with beside:
            network_table.show_organisations(learned)
        network_table.show(learned)
        network_table.show_unconfirmed(learned.n_unconfirmed)
        overview_downloads.show(network.export, "learning-network", partnership)
    else:  # no arrow yet
        network_table.show_none()
        network_table.show_unconfirmed(learned.n_unconfirmed)
else:
    partnership = overview_controls.show_partnership()
    stands = dashboard.dashboard(kb, actor=actor, partnership=partnership, language=current())
    dashboard_numbers.show(stands)
    dashboard_effects.show(stands.effects)
    if stands.n_things:
        overview_downloads.show(dashboard.export, "learning", partnership)
overview_controls.publish()
