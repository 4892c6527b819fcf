"""Concepts: the words of the field, what each means where, and who uses it."""

import streamlit as st

from kb.services import concept_finding, concepts
from kb.ui import address, i18n, state
from kb.ui.components import concept_download, concept_head, concept_list, concept_meanings, concept_uses
from kb.ui.components.concept_list import FIELDS, ID, OPEN, WORD
from kb.ui.i18n import _

known = concepts.tree(state.kb(), actor=state.actor(), language=i18n.current())
address.follow("concepts", FIELDS, is_known=lambda key, value: key != ID or concept_list.is_in(known, value))
wanted = st.session_state[ID]

if wanted:  # one
    address.publish("concepts", **{ID: wanted, WORD: "", OPEN: []})
    concept_list.show_way_back()
    view = concepts.concept(state.kb(), wanted, actor=state.actor())
    concept_head.show(view.concept)
    concept_meanings.show_false_friends(view.concept)
    concept_meanings.show(view.meanings)
    concept_head.show_around(view)
    concept_head.show_names(view.concept)
    concept_uses.show_practices(view.concept)
    concept_uses.show_passages(view.concept)
    st.stop()

st.title(_("Concepts"), anchor=False)
st.markdown(_("The words of the social and solidarity economy in six languages, and what the same word means in each country."))
if not known:
    concept_list.show_none_yet()
    st.stop()

word = concept_list.show_box()
address.publish("concepts", **{ID: "", WORD: word, OPEN: st.session_state[OPEN]})
concept_list.show_unknown()
if word:
    concept_list.show_found(concept_finding.find(state.kb(), word, actor=state.actor(), language=i18n.current()), word)
else:
    concept_list.show_tree(known)
concept_download.show()
