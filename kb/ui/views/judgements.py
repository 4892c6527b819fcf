"""My judgements: what I said about passages, and for facilitators what all said."""

import streamlit as st

from kb.services import judging
from kb.services.permission import Role
from kb.ui import state
from kb.ui.components import judgement_files, judgement_list
from kb.ui.i18n import _

st.title(_("My judgements"), anchor=False)
st.markdown(_("What you say about passages helps to measure the search and to improve it. You can take it back at any time."))

mine = judging.mine(state.kb(), actor=state.actor())
if mine:
    judgement_list.show(mine)
else:
    judgement_list.show_none()

if Role.FACILITATOR in state.actor().roles:
    judgement_files.show()
