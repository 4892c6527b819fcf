"""Sessions: those to come and those that were; one with its agenda, its people, its notes and what came of it."""

import streamlit as st

from kb.services.learning import debriefs, notes, sessions
from kb.ui import address, state
from kb.ui.components.learning import (
    common,
    session_acts,
    session_debrief,
    session_form,
    session_head,
    session_list,
    session_notes,
    session_people,
)
from kb.ui.i18n import _

address.follow("sessions", {"session": address.one})
kb, actor = state.kb(), state.actor()
listed = sessions.sessions(kb, actor=actor)
chosen = next((each for each in listed if each.id == st.session_state["session"]), None)

if chosen:  # one
    address.publish("sessions", session=chosen.id)
    desk = debriefs.desk(kb, chosen.id, actor=actor)
    session_head.show_way_back()
    session_head.show_sections(desk)
    session_head.show(chosen)
    session_acts.show(chosen)
    session_head.show_facts(chosen)
    session_people.show_agenda(chosen)
    session_people.show_participants(chosen)
    session_notes.show(chosen, notes.visible_notes(kb, chosen, actor=actor), may_add=desk.may_add_notes)
    session_debrief.show(desk)
    session_form.show_change(chosen)
    common.show_history(chosen)
    st.stop()

st.title(_("Sessions"), anchor=False)
st.markdown(_("Partners meet: seminars, peer reviews, matchmaking, study visits. Within a week everybody reads what came of it."))
session_list.show_unknown(st.session_state["session"])
address.publish("sessions", session="")
session_list.show_coming(listed)
session_form.show_new(is_first=not listed)
session_list.show_past(listed)
session_list.show_files(listed)
