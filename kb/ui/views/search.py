"""Search: a question in, cited passages out."""

import streamlit as st

from kb.retrieval.answer import MAX_QUESTION_CHARS
from kb.services import library
from kb.ui import address, state
from kb.ui.components import answer, chosen, faces, filters, order, question_form, save_search, search_tips, verdict, widened
from kb.ui.components.aside import aside
from kb.ui.components.order import CODES, ORDER
from kb.ui.components.question_form import COUNT, COUNTS, QUESTION
from kb.ui.i18n import _

fields = {QUESTION: address.one, COUNT: address.number(*COUNTS), ORDER: address.among(*CODES)}
address.follow("search", {**fields, **widened.FIELDS, **filters.fields("s")})

st.title(_("What do you want to learn from peers?"), anchor=False)
question = question_form.show()
kept = question if len(question) <= MAX_QUESTION_CHARS else ""  # what cannot be asked is no address
k, sort, wanted = int(st.session_state[COUNT]), order.chosen(), filters.chosen("s")

with st.container(horizontal=True, gap="small", key="tools"):
    search_tips.show()
    if kept:
        save_search.show(question, wanted, k)
    chosen.show_panel()
filters.show_chosen("s")

said = {QUESTION: kept, COUNT: "" if k == COUNTS[0] else k, ORDER: "" if sort.value == CODES[0] else sort.value}
address.publish("search", **said, **widened.values(), **filters.values("s"))

if not question:  # nothing asked yet
    if not (documents := state.documents()):  # nothing ingested yet
        faces.nothing_yet()
        st.stop()
    with aside():
        filters.show_all("s", library.facets(documents, wanted))
    question_form.show_examples()
    st.stop()

with st.spinner(_("Searching …")):
    result = state.search(question, wanted, k, sort, expand=widened.is_on(widened.EXPAND))
with aside():
    filters.show_all("s", result.facets)

if not result.hits:  # asked, nothing found
    answer.show_nothing_found(result, filters.spelled(wanted))
    st.stop()

answer.show(result, verdict.marks(question))  # found
