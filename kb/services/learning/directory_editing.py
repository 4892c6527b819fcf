"""Add an organisation to the directory, or revise what it says of one: all of it is checked, then written, then ingested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.retrieval.catalog import Job
from kb.services import jobs
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning.file_editing import Editable, Editing
from kb.services.permission import Member, Role, require

KIND = "organisation"  # of a change, as history knows it
CHANGE = "change the directory"


@dataclass(frozen=True)
class Saved:
    """What came of saving.

    Attributes:
        version: of the file now.
        job: the ingest that makes the change searchable; ``None`` where nothing had changed.
    """

    version: str
    job: Job | None


def editable(kb: KnowledgeBase, name: str, *, actor: Member) -> Editable:
    """What a form begins with.

    Raises:
        NotFound: if there is none of that name.
    """
    require(actor, Role.CONTRIBUTOR, CHANGE)
    return _editing(kb, actor).editable(name)


def faults_of(kb: KnowledgeBase, name: str, changes: Mapping[str, object], *, actor: Member) -> tuple[str, ...]:
    """What would keep :func:`save` from taking these changes, in words."""
    require(actor, Role.CONTRIBUTOR, CHANGE)
    return _editing(kb, actor).faults(name, changes)


def save(kb: KnowledgeBase, name: str, changes: Mapping[str, object], *, base_version: str, why: str = "", actor: Member) -> Saved:
    """Write changed fields of an organisation, keep what it was, and have it ingested in the background.

    Args:
        changes: field → value as in YAML; ``None`` takes a field away. All else in the file stays, comments too.
        base_version: of the file when the member opened it; empty to add an organisation.
        why: in the member's words.

    Raises:
        InvalidEntry: with every fault that the file would have; nothing is written.
        Conflict: if somebody changed the file since ``base_version``: says who and when; nothing is overwritten.
    """
    require(actor, Role.CONTRIBUTOR, CHANGE)
    file = _editing(kb, actor).save(name, changes, base_version=base_version, why=why)
    return Saved(base_version, None) if file is None else Saved(file.version, jobs.start(kb, [file.path], actor=actor))


def _editing(kb: KnowledgeBase, actor: Member) -> Editing[object]:
    return Editing(kb, kb.organisations, KIND, actor)
