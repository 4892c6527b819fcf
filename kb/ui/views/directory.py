"""The directory: organisations that can be asked in any language, one of them; partnerships, and who takes part in them."""

import streamlit as st

from kb.services.learning import directory, needs, offers, partnerships
from kb.ui import address, i18n, state
from kb.ui.components.cited_text import CitedText
from kb.ui.components.learning import (
    directory_controls,
    directory_entry,
    directory_form,
    directory_list,
    partnership_forms,
    partnership_new,
    partnership_one,
)
from kb.ui.components.learning.directory_controls import ORGANISATION, ORGANISATIONS, PARTNERSHIP
from kb.ui.i18n import _

address.follow("directory", directory_controls.fields())
kb, actor = state.kb(), state.actor()
entries = directory.organisations(kb, actor=actor)
listed = partnerships.partnerships(kb, actor=actor)
readable = {each.name: each.organisation for each in entries if each.organisation}
wanted, joined = st.session_state[ORGANISATION], st.session_state[PARTNERSHIP]

if wanted in readable:  # one organisation
    directory_controls.keep()
    directory_controls.publish()
    found = directory.organisation(kb, wanted, actor=actor)
    cited = CitedText(found.organisation, i18n.current())
    directory_controls.show_way_back()
    directory_entry.show(found, cited)
    directory_entry.show_belonging(found, needs.needs(kb, actor=actor), offers.offers(kb, actor=actor))
    directory_form.show_change(wanted)
    directory_entry.show_sources(cited)
    st.stop()

if joined in {each.name for each in listed if each.partnership}:  # one partnership
    directory_controls.keep()
    directory_controls.publish()
    whole = partnerships.partnership(kb, joined, actor=actor)
    cited = CitedText(whole.partnership, i18n.current())
    directory_controls.show_way_back()
    partnership_one.show(whole, cited)
    partnership_forms.show(whole)
    directory_entry.show_sources(cited)
    st.stop()

st.title(_("Directory"), anchor=False)
st.markdown(_("Who does what, where and with whom, and what they look for. Ask in your own words, in any language."))
directory_list.show_unknown(wanted or joined)
st.session_state.update({ORGANISATION: "", PARTNERSHIP: ""})

if directory_controls.show_view() != ORGANISATIONS:
    asked = directory_controls.show_asking() if listed else ""
    directory_controls.publish()
    if asked:
        directory_list.show_found_partnerships(partnerships.find(kb, asked, actor=actor))
    else:
        directory_list.show_partnerships(listed, "python -m kb learn partnership check")
    partnership_new.show(is_first=not listed)
    st.stop()

if not entries:  # no file yet
    directory_list.show_none("python -m kb learn organisation check")
    directory_form.show_new(is_first=True)
    directory_controls.publish()
    st.stop()

question, sought = directory_controls.show_search(list(readable.values()))
directory_controls.publish()
if question:
    directory_list.show_found(directory.find(kb, question, actor=actor, sought=sought))
else:
    chosen = directory.organisations(kb, actor=actor, sought=sought)
    directory_list.show_map([each.organisation for each in chosen if each.organisation])
    directory_list.show(chosen)
    directory_controls.show_files(sought)
directory_form.show_new(is_first=False)
