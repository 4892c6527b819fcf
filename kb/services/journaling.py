"""Entries are added to the journal: each at its place, told if somebody was quicker."""

from __future__ import annotations

from collections.abc import Sequence

from kb.errors import Conflict
from kb.services.clock import now
from kb.services.permission import Member, require_real
from kb.services.records import SequenceTakenError, StoredEntry, UnitOfWork


def append(
    records: UnitOfWork, stream: str, subject: str, seq: int, kind: str, body: str, *, actor: Member, is_demo: bool = False
) -> StoredEntry:
    """Keep what the actor does now. Whether they may is the caller's to ask, but for this: who is made up adds to nothing real.

    Args:
        seq: its place; see :func:`next_seq`.
        body: as JSON.

    Raises:
        PermissionDenied: if the actor is of the demonstration and the entry is not.
        Conflict: if another one has its place. The unit may go on.
    """
    if not is_demo:
        require_real(actor)
    try:
        return records.journal.append(StoredEntry(stream, subject, seq, actor.name, now(), kind, body, is_demo))
    except SequenceTakenError as error:
        raise Conflict(f"Somebody else added to {subject} at the same moment. Look at it again.") from error


def next_seq(entries: Sequence[StoredEntry]) -> int:
    """The place after all of a subject. Not how many there are: those of the demonstration may be gone."""
    return max((entry.seq for entry in entries), default=0) + 1
