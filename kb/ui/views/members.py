"""Members: who may act here, for which organisation, and in which roles."""

import streamlit as st

from kb.services import members
from kb.services.permission import Role
from kb.ui import address, state
from kb.ui.components.assessing import member_form, member_list
from kb.ui.components.assessing.member_form import CHANGED
from kb.ui.i18n import _

address.follow("members", {CHANGED: address.one})

st.title(_("Members"), anchor=False)
st.markdown(
    _("Who may act here, and for whom they work. Reviewers are invited among them, never for a practice of their own organisation.")
)

everyone = members.members(state.kb(), actor=state.actor())
if everyone:
    member_list.show(everyone)
else:
    member_list.show_none()

if Role.FACILITATOR in state.actor().roles:
    member_form.show_change(everyone)
    member_form.show_new(is_first=not everyone)
else:
    st.caption(_("Facilitators add and change members."))

address.publish("members", **{CHANGED: st.session_state[CHANGED] or ""})
