"""Batch search: a table of questions in, a table of cited passages out."""

import streamlit as st

from kb.errors import QueryError
from kb.ui.components import batch_form, batch_outcome, faces
from kb.ui.i18n import _

st.title(_("Batch search"), anchor=False)
st.markdown(_("Ask all questions of a CSV file at once. You get a table with the cited passages of each."))

try:
    batch_form.show()
except QueryError as refused:  # the form stays as it was filled in
    faces.explain(refused)

batch_outcome.show()
