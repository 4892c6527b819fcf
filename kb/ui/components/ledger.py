"""Earlier jobs and the whole ledger, with what can be done about failures."""

from __future__ import annotations

from collections import Counter
from functools import partial

import streamlit as st

from kb.retrieval.catalog import FileState, Job, LedgerEntry
from kb.services import jobs
from kb.ui import counted, plain, state, words
from kb.ui.components import ledger_table
from kb.ui.i18n import _, ngettext
from kb.ui.said import said

LINES_A_PAGE = 50
_STATES = "a_states"  # widget key


def show_jobs(recent: list[Job]) -> None:
    """Draw the latest jobs, newest first, each leading to its page."""
    headers = (_("Started"), _("State"), _("Files"))
    rows = [
        (
            plain.link(words.moment(job.started_utc), f"add?job={job.id}"),
            plain.cell(_(words.JOB_STATES[job.state]), second_line=said(job.message)),
            plain.cell(_("{done} of {total}").format(done=words.number(job.files_done), total=words.number(job.files_total))),
        )
        for job in recent
    ]
    plain.table(_("Earlier uploads and ingests"), headers, rows)


def show(entries: list[LedgerEntry]) -> None:
    """Draw the ledger, filtered by state, some lines at a time."""
    counts = Counter(entry.state for entry in entries)
    st.session_state[_STATES] = chosen = counted.values(_STATES)
    states = [each for each in FileState if counts[each] or each in chosen]
    counted.show(_("State"), states, key=_STATES, spell=partial(_labelled, counts))
    shown = [entry for entry in entries if not chosen or entry.state in chosen]
    n_pages = max(1, -(-len(shown) // LINES_A_PAGE))
    place, page = st.container(), 1
    if n_pages > 1:
        page = st.pagination(n_pages, key=f"ledger_page_{n_pages}")
    with place:
        ledger_table.show(_("Every file that was ever looked at"), shown[(page - 1) * LINES_A_PAGE : page * LINES_A_PAGE])


def _labelled(counts: Counter[FileState], state: str) -> str:
    return f"{_(words.FILE_STATES[FileState(state)])} ({words.number(counts[FileState(state)])})"


def offer_retry(entries: list[LedgerEntry]) -> Job | None:
    """Draw the button that reads failed files again, if any failed. Returns the job it started."""
    failed = sum(entry.state is FileState.FAILED for entry in entries)
    label = ngettext("Try {n} failed file again", "Try {n} failed files again", failed).format(n=words.number(failed))
    if failed and st.button(label, key="retry", icon=":material/refresh:"):
        return jobs.retry_failed(state.kb(), actor=state.actor())
    return None
