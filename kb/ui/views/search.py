"""Search: a question in, cited passages out."""

import streamlit as st

from kb.retrieval.answer import Filters
from kb.services import library
from kb.ui import address, state
from kb.ui.components import answer, faces, filters, question_form
from kb.ui.components.aside import aside
from kb.ui.components.question_form import COUNT, COUNTS, QUESTION
from kb.ui.i18n import _

address.follow("search", {QUESTION: address.one, COUNT: address.number(*COUNTS), **filters.fields("s")})

st.title(_("What do you want to learn from peers?"), anchor=False)
question = question_form.show()
chosen = filters.chosen("s")

documents = state.documents()
if not documents:  # nothing ingested yet
    faces.nothing_yet()
    st.stop()

k = int(st.session_state[COUNT])
everywhere = state.search(question, Filters(), k) if question else None  # without filters: the counts beside them come from it
with aside():
    st.header(_("Filters"), anchor=False)
    filters.show("s", everywhere.facets if everywhere else library.facets(documents))
filters.show_chosen("s")

address.publish("search", **{QUESTION: question, COUNT: "" if k == COUNTS[0] else k}, **filters.values("s"))

if everywhere is None:  # nothing asked yet
    question_form.show_examples()
    st.stop()

result = state.search(question, filters.chosen("s"), k) if chosen else everywhere
if not result.hits:  # asked, nothing found
    answer.show_nothing_found(result, filters.spelled(chosen))
    st.stop()

answer.show(result)  # found
