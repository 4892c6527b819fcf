"""A background ingest as it goes.

Progress survives a reload, because the job's id is in the URL and its state in the catalog.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from kb.errors import KBError
from kb.retrieval.catalog import FileState, Job, JobState
from kb.services import jobs
from kb.services.permission import Role
from kb.ui import links, state, words
from kb.ui.components import faces, ledger_table
from kb.ui.i18n import _, ngettext
from kb.ui.plain import escape_markdown
from kb.ui.said import said

LOOK_EVERY = "1s"  # a person sees movement; the catalog answers in under a millisecond
SILENT_AFTER_S = 60  # the ingester reports at least every few seconds


@dataclass(frozen=True)
class Pace:
    """How fast a job is, from what it has reported.

    Attributes:
        passages_a_second: since it started.
        left_s: until the passages known so far are done; ``None`` while nothing can be said.
        silent_s: since its last sign of life.
    """

    passages_a_second: float
    left_s: float | None
    silent_s: float

    @classmethod
    def of(cls, job: Job, now: datetime) -> Pace:
        """The pace of a job at ``now``."""
        worked = (now - _time(job.started_utc, now)).total_seconds()
        rate = job.passages_done / worked if worked > 0 else 0.0
        left = (job.passages_total - job.passages_done) / rate if rate > 0 else None
        return cls(rate, left, (now - _time(job.heartbeat_utc, now)).total_seconds())


def show(job: Job) -> None:
    """Draw a job: while it runs, a part of the page that looks again by itself; afterwards its ledger."""
    if job.state in jobs.UNFINISHED:
        st.fragment(_watch, run_every=LOOK_EVERY)(job.id)
    else:
        _show_outcome(job)


def _watch(job_id: str) -> None:
    job = jobs.job(state.kb(), job_id, actor=state.actor())
    if job is None or job.state not in jobs.UNFINISHED:
        st.rerun()  # the whole page once: what was added can be searched now
    _show_progress(job)
    may_cancel = Role.CONTRIBUTOR in state.actor().roles
    if may_cancel and st.button(_("Cancel"), key="job_cancel", icon=":material/cancel:"):
        _cancel(job_id)


def _cancel(job_id: str) -> None:
    try:
        jobs.cancel(state.kb(), job_id, actor=state.actor())
    except KBError as error:  # here, because a fragment runs without app.py around it
        faces.explain(error)
    else:
        st.toast(_("It will stop after the file in hand; what is done stays."))


def _show_progress(job: Job) -> None:
    pace = Pace.of(job, datetime.now(UTC))
    st.header(_("Reading your documents") if job.state is JobState.RUNNING else _("Waiting for its turn"), anchor=False)
    files = _("Files: {done} of {total}").format(done=words.number(job.files_done), total=words.number(job.files_total))
    passages = ngettext("{n} passage", "{n} passages", job.passages_done).format(n=words.number(job.passages_done))
    parts = [files, passages]
    if pace.passages_a_second:
        parts.append(_("{n} passages/s").format(n=words.number(pace.passages_a_second, decimals=1)))
    if pace.left_s is not None and job.passages_total > job.passages_done:
        parts.append(_("about {time} left").format(time=words.duration(pace.left_s)))
    st.progress(_share(job), text=escape_markdown(" · ".join(parts)))
    if pace.silent_s > SILENT_AFTER_S:
        st.warning(_("No sign of life for {time}.").format(time=words.duration(pace.silent_s)), icon=":material/hourglass_empty:")
    if job.files:
        ledger_table.show(_("Files done so far"), job.files)


def _show_outcome(job: Job) -> None:
    added = [entry for entry in job.files if entry.state is FileState.INDEXED]
    if job.state is JobState.DONE:
        text = ngettext("{n} file of {total} was added.", "{n} files of {total} were added.", len(added))
        st.success(text.format(n=words.number(len(added)), total=words.number(job.files_total)), icon=":material/check_circle:")
    else:
        st.warning(escape_markdown(f"{_(words.JOB_STATES[job.state])}. {said(job.message)}"), icon=":material/error:")
    if job.files:
        ledger_table.show(_("What became of each file"), job.files)
    for entry in added[:5]:
        links.to_document(entry.path.rsplit("/", 1)[-1], str(entry.document_id))
    if added:
        st.page_link(links.SEARCH, label=_("Ask them a question"), icon=":material/search:")


def find(job_id: str) -> Job | None:
    """The job of an id from the URL, or a sentence and ``None``."""
    job = jobs.job(state.kb(), job_id[:64], actor=state.actor())
    if job is None:
        st.info(_("There is no such job any more."), icon=":material/info:")
    return job


def _share(job: Job) -> float:
    """Passages are the work, files the fallback; between 0 and 1 whatever was reported."""
    done, total = (job.passages_done, job.passages_total) if job.passages_total else (job.files_done, job.files_total)
    return min(max(done / total, 0.0), 1.0) if total else 0.0


def _time(written: str, fallback: datetime) -> datetime:
    return datetime.fromisoformat(written) if written else fallback
