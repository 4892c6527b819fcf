"""Everything that can go wrong on purpose, in one tree.

    KBError                 one sentence for the person: what, got, wanted, next step
    ├── SettingsError       a variable or kb.toml holds something unusable
    ├── ModelError          an embedding model cannot be built, loaded or trusted
    ├── ReadError           a document cannot be read; carries the ledger's state
    ├── QueryError          a question or filter that cannot be asked
    ├── SearchTimeout       the time for a search ran out before anything was found
    ├── NotFound            no such document, passage or page
    ├── PermissionDenied    the acting member may not do this
    ├── JudgementError      judged questions, or measurements on them, that cannot be used
    ├── NoSpace             the disk is full
    ├── MailError           a letter could not be sent
    ├── InvalidEntry        what a member entered cannot be kept; all faults together
    ├── Conflict            somebody changed it meanwhile
    ├── UnusableConcepts    the concept files hold something wrong; all faults together
    ├── UnusableRecords     the members' records are damaged, locked or a newer version's
    └── UnusableIndex       the index is absent, damaged or another model's
        ├── IndexMissing    nothing was ingested yet
        ├── IndexBusy       an ingest is running and has not published yet
        ├── IndexMismatch   built with another model or splitter
        └── IndexDamaged    files do not match the manifest

Anything else that is raised is a bug and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Sequence


class KBError(Exception):
    """A failure a person can act on; ``str(error)`` is one or two sentences, ready to show."""


class SettingsError(KBError):
    """A setting holds something unusable; all faults are listed together."""


class ModelError(KBError):
    """An embedding model cannot be built, loaded or trusted."""


class ReadError(KBError):
    """A document cannot be read.

    Attributes:
        state: the ledger's word for it: ``no_text``, ``encrypted``, ``unsupported`` or ``failed``.
    """

    def __init__(self, reason: str, *, state: str = "failed") -> None:
        super().__init__(reason)
        self.state = state


class QueryError(KBError):
    """A question or filter that cannot be asked, with what would be accepted."""


class SearchTimeout(KBError):
    """The time for a search ran out before anything was found."""


class NotFound(KBError):
    """No such document, passage or page in the index."""


class PermissionDenied(KBError):
    """The acting member may not do this; says which role may."""


class JudgementError(KBError):
    """Judged questions, or measurements on them, that cannot be used; all faults of a file are listed together."""


class NoSpace(KBError):
    """The disk is full: what was published before still answers."""


class MailError(KBError):
    """A letter could not be sent."""


class InvalidEntry(KBError):
    """What a member entered cannot be kept; all faults in one sentence."""


class Conflict(KBError):
    """It was changed after the member had read it; nothing was overwritten."""


class UnusableConcepts(KBError):
    """Concepts that cannot be used, from files or from a graph; all faults in one message.

    Attributes:
        faults: each of them, with file and line where there is one.
    """

    def __init__(self, message: str, *, faults: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)


class UnusableRecords(KBError):
    """The records of members are damaged, cannot be opened, or were written by a newer version."""


class UnusableIndex(KBError):
    """The index is absent, damaged or was made by another model."""


class IndexMissing(UnusableIndex):
    """Nothing has been ingested yet."""


class IndexBusy(UnusableIndex):
    """An ingest is running and what it does cannot be searched yet; asking again in a moment helps."""


class IndexMismatch(UnusableIndex):
    """The index was built with another model or splitter than the settings ask for."""


class IndexDamaged(UnusableIndex):
    """Files of the index do not match its manifest."""
