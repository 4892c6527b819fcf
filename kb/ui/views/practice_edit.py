"""Edit a practice: its sheet as a form, kept as a draft at every change, saved with a word why."""

import streamlit as st

from kb.ui import address, editing, links, plain
from kb.ui.components import new_practice, sheet_draft, sheet_saving, sheet_sections
from kb.ui.components.new_practice import ID
from kb.ui.components.sheet_sections import SECTION, TEXT
from kb.ui.i18n import _

name = st.query_params.get(ID, "")[:100]
page = f"practice-edit {name}"  # each sheet comes back as it was left; a new one begins afresh

if not name:  # a new one
    address.follow(page, {ID: address.one})
    links.back_to("practices", links.PRACTICES, _("All practices"))
    st.title(_("New practice"), anchor=False)
    st.markdown(_("Begin with its title. Then fill in the sheet, section by section; what nobody knows is “unknown”."))
    new_practice.show()
    new_practice.show_drafts()
    st.stop()

sheet = editing.sheet(name)
spoken = sheet_sections.languages(sheet)
address.follow(page, {ID: address.one, SECTION: address.among(*sheet_sections.NAMES), TEXT: address.among(*spoken)})

if sheet.is_new:
    links.back_to("practices", links.PRACTICES, _("All practices"))
else:
    st.page_link(links.PRACTICE, label=_("Back to the practice"), icon=":material/arrow_back:", query_params={ID: name})
plain.heading(1, _("Edit: {title}").format(title=sheet.title))
st.markdown(_("Fields with * have to say something, or “unknown”. Others may stay empty: they count as not said."))

sheet_draft.show(sheet)
sheet_draft.show_saved(name)
is_divided = sheet_draft.show_conflict(sheet)
sheet_saving.show_faults(sheet)
sheet_sections.show_switches(sheet)

section, language = st.session_state[SECTION], st.session_state[TEXT]
publish = {SECTION: "" if section == next(iter(sheet_sections.NAMES)) else section, TEXT: "" if language == spoken[0] else language}
address.publish(page, **{ID: name}, **publish)

sheet_sections.show(sheet, section, language)
if not is_divided:  # else first the way on
    sheet_saving.show(sheet)
