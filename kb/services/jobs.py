"""Ingests in the background: started, watched and cancelled through their row, which outlives any page or process."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kb.errors import KBError, NotFound
from kb.retrieval.catalog import FileState, Job, JobState, LedgerEntry
from kb.services.files import path_of
from kb.services.ingest_run import Progress
from kb.services.ingesting import IngestReport, ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role, require, require_real

SILENCE = timedelta(seconds=90)  # a running job without a sign of life for this long has died; a file may take 30 s to read
BEAT_EVERY_S = 0.5  # how often the row is written at most
UNFINISHED = (JobState.QUEUED, JobState.RUNNING)
MAX_LINES = 2000  # ledger lines a job carries; the whole ledger has the rest


def _now() -> datetime:
    return datetime.now(UTC)


def start(kb: KnowledgeBase, paths: list[Path], *, actor: Member) -> Job:
    """Start an ingest of ``paths`` in a process of its own."""
    require(actor, Role.CONTRIBUTOR, "add documents")
    require_real(actor)
    return launched(kb, paths)


def launched(kb: KnowledgeBase, paths: list[Path]) -> Job:
    """The same for a service that has asked whether its member may change what lies there."""
    stamp = _now().isoformat(timespec="milliseconds")
    job = Job(secrets.token_hex(8), JobState.QUEUED, tuple(map(str, paths)), started_utc=stamp, heartbeat_utc=stamp)
    kb.catalog.put_job(job)
    kb.launch(job)
    return job


def retry_failed(kb: KnowledgeBase, *, actor: Member) -> Job:
    """Read again, in the background, every file that failed.

    Raises:
        NotFound: if none did.
    """
    require(actor, Role.CONTRIBUTOR, "add documents")
    failed = [entry.path for entry in kb.catalog.ledger() if entry.state is FileState.FAILED]
    if not failed:
        raise NotFound("No file has failed; there is nothing to try again.")
    return start(kb, [path_of(path, kb.documents) for path in failed], actor=actor)


def job(kb: KnowledgeBase, job_id: str, *, actor: Member) -> Job | None:
    """One job as it stands; one that fell silent is told as failed."""
    require(actor, Role.MEMBER, "see the ingests")
    found = kb.catalog.job(job_id)
    return _told(found) if found else None


def jobs(kb: KnowledgeBase, *, actor: Member) -> list[Job]:
    """The latest jobs, newest first."""
    require(actor, Role.MEMBER, "see the ingests")
    return [_told(job) for job in kb.catalog.jobs()]


def cancel(kb: KnowledgeBase, job_id: str, *, actor: Member) -> None:
    """Ask a job to stop; what it has done stays.

    Raises:
        NotFound: if there is no such job.
    """
    require(actor, Role.CONTRIBUTOR, "cancel an ingest")
    require_real(actor)
    found = kb.catalog.job(job_id)
    if found is None:
        raise NotFound("There is no such ingest.")
    if found.state in UNFINISHED:
        kb.catalog.put_job(replace(found, state=JobState.CANCELLED, message="cancelled", heartbeat_utc=_now().isoformat()))


def ledger(kb: KnowledgeBase, *, actor: Member) -> list[LedgerEntry]:
    """The whole ledger, by path."""
    require(actor, Role.MEMBER, "see the ledger")
    return kb.catalog.ledger()


def _told(job: Job) -> Job:
    silent = job.state in UNFINISHED and _now() - datetime.fromisoformat(job.heartbeat_utc) > SILENCE
    return replace(job, state=JobState.FAILED, message="its process ended without a word; start it again") if silent else job


def run(kb: KnowledgeBase, job_id: str, paths: list[Path], *, retry: bool = True) -> IngestReport:
    """Do a job, in the process that was started for it, writing its row as it goes.

    Raises:
        NotFound: if there is no such job.
    """
    row = kb.catalog.job(job_id)
    if row is None:
        raise NotFound(f"There is no ingest {job_id}.")
    watch = _Watch(kb, replace(row, state=JobState.RUNNING))
    try:
        report = ingest(
            kb, paths, actor=LOCAL_MEMBER, retry_failed=retry, on_progress=watch.progress, should_stop=watch.is_cancelled
        )
    except BaseException as error:
        unexpected = f"it stopped unexpectedly ({type(error).__name__}); the log has the rest"
        said = str(error) if isinstance(error, KBError) else unexpected
        watch.write(replace(watch.job, state=JobState.FAILED, message=said))
        raise
    ended = JobState.CANCELLED if report.was_stopped else JobState.DONE
    watch.write(replace(watch.job, state=ended, files=report.files[:MAX_LINES], message=""))
    return report


class _Watch:
    """Writes a job's row, not more often than needed."""

    def __init__(self, kb: KnowledgeBase, job: Job, clock: Callable[[], float] = time.monotonic) -> None:
        self.kb, self.job, self.clock, self.written_at = kb, job, clock, float("-inf")
        self.write(job)

    def progress(self, progress: Progress) -> None:
        """Take note; write when the last time is long enough ago."""
        self.job = replace(
            self.job,
            files_done=progress.files_done,
            files_total=progress.files_total,
            passages_done=progress.passages_done,
            passages_total=progress.passages_total,
            files=(*self.job.files, *progress.finished)[:MAX_LINES],
        )
        if self.clock() - self.written_at >= BEAT_EVERY_S and not self.is_cancelled():
            self.write(self.job)

    def is_cancelled(self) -> bool:
        """Whether somebody asked it to stop."""
        row = self.kb.catalog.job(self.job.id)
        return row is not None and row.state is JobState.CANCELLED

    def write(self, job: Job) -> None:
        """Write the row with a fresh sign of life."""
        self.job = replace(job, heartbeat_utc=_now().isoformat())
        self.written_at = self.clock()
        self.kb.catalog.put_job(self.job)
