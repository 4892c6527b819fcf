"""Who changed what, when and why, for those who may read it."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import replace

from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, visible_documents
from kb.services.records import Change

MAX_CHANGES = 500  # at once: each may hold two whole sheets


def of_subject(kb: KnowledgeBase, kind: str, subject: str, *, actor: Member) -> list[Change]:
    """All that was done to one thing, oldest first.

    What was there before and after is empty where it names a document that the actor may not see: it may quote it.
    """
    require(actor, Role.MEMBER, "see the history")
    with kb.records() as records:
        changes = records.history.of_subject(kind, subject)
    return _fit_for(kb, changes, actor)


def newest(kb: KnowledgeBase, *, actor: Member, n: int = 50, kinds: tuple[str, ...] = (), before_id: int = 0) -> list[Change]:
    """The last ``n`` changes of everybody, newest first; see :func:`of_subject` for what is left out.

    Args:
        n: at most :data:`MAX_CHANGES` are given.
        kinds: of these kinds only.
        before_id: older than this one: the next page.
    """
    require(actor, Role.FACILITATOR, "see the history of everybody")
    with kb.records() as records:
        changes = records.history.newest(max(0, min(n, MAX_CHANGES)), kinds=kinds, before_id=before_id)
    return _fit_for(kb, changes, actor)


def _fit_for(kb: KnowledgeBase, changes: Iterable[Change], actor: Member) -> list[Change]:
    hidden = _hidden(kb, actor)
    return [replace(change, before="", after="") if _names(change.before + change.after, hidden) else change for change in changes]


def _hidden(kb: KnowledgeBase, actor: Member) -> list[str]:
    """Paths that the actor may not know of; the ledger remembers those of files that are gone."""
    if Role.ADMINISTRATOR in actor.roles:
        return []
    seen = {document.path for document in visible_documents(kb.catalog, actor).values()}
    known = {document.path for document in kb.catalog.documents()} | {entry.path for entry in kb.catalog.ledger()}
    return [_key(path) for path in known - seen]


def _names(text: str, paths: Collection[str]) -> bool:
    key = _key(text)
    return any(path in key for path in paths)


def _key(text: str) -> str:
    """Without white space: a long path may run over two lines of a sheet."""
    return "".join(unicodedata.normalize("NFC", text).split())
