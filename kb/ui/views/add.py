"""Add documents: hand in files, watch them being read, see what became of each."""

import streamlit as st

from kb.errors import QueryError
from kb.services import jobs
from kb.services.permission import Role
from kb.ui import state
from kb.ui.components import faces, job_panel, ledger, upload_form
from kb.ui.i18n import _

st.title(_("Add documents"), anchor=False)
st.markdown(_("Case studies, good practices, notes, guides, tools and plans are read in the background; you may close this page."))

may_add = Role.CONTRIBUTOR in state.actor().roles
started = None
try:
    if may_add:
        started = upload_form.show()
    else:
        st.info(_("Contributors add documents. Here you see what became of each."), icon=":material/lock:")
except QueryError as refused:  # the form stays as it was filled in
    faces.explain(refused)

entries = jobs.ledger(state.kb(), actor=state.actor())
progress = st.container(key="job")
if entries:
    st.header(_("All files"), anchor=False)
    started = (ledger.offer_retry(entries) if may_add else None) or started
    ledger.show(entries)

if started:
    st.query_params["job"] = started.id  # a reload, or another browser, finds the job again
    st.rerun()

if job_id := st.query_params.get("job"):
    with progress:
        job = job_panel.find(job_id)
        if job:
            job_panel.show(job)

if recent := jobs.jobs(state.kb(), actor=state.actor()):
    with st.expander(_("Earlier uploads and ingests"), icon=":material/history:"):
        ledger.show_jobs(recent)
