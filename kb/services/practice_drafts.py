"""What a member has written into the form of a practice and not saved yet. Each member's own; nobody else sees it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kb.errors import Conflict, InvalidEntry
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require
from kb.services.practice_editing import CHANGE, KIND
from kb.services.records import Draft
from kb.services.sheets import MAX_BYTES


@dataclass(frozen=True)
class PracticeDraft:
    """A draft.

    Attributes:
        name: of the practice; of the one to be made, as the member calls it.
        values: what the form held, as plain values.
        base_version: of the sheet when the form was opened; empty for a new practice.
        at_utc: when it was kept, ISO 8601.
        version: of the draft itself; 0 before it is kept.
    """

    name: str
    values: Mapping[str, Any]
    base_version: str = ""
    at_utc: str = ""
    version: int = 0


def draft(kb: KnowledgeBase, name: str, *, actor: Member) -> PracticeDraft | None:
    """The actor's draft for a practice, if there is one."""
    require(actor, Role.CONTRIBUTOR, CHANGE)
    with kb.records() as records:
        kept = records.drafts.get(actor.name, KIND, name)
    return _read(kept) if kept else None


def drafts(kb: KnowledgeBase, *, actor: Member) -> list[PracticeDraft]:
    """All drafts of the actor for practices."""
    require(actor, Role.CONTRIBUTOR, CHANGE)
    with kb.records() as records:
        return [_read(each) for each in records.drafts.of_member(actor.name) if each.kind == KIND]


def keep_draft(kb: KnowledgeBase, draft: PracticeDraft, *, actor: Member) -> PracticeDraft:
    """Keep what the form holds. Returns it with its new version.

    Raises:
        InvalidEntry: if it is too long to be a sheet.
        Conflict: if another window of the actor kept one since ``draft.version``.
    """
    require(actor, Role.CONTRIBUTOR, CHANGE)
    text = json.dumps(draft.values, ensure_ascii=False)
    if len(text.encode("utf-8", "replace")) > MAX_BYTES or len(draft.name) > 100:
        raise InvalidEntry(f"The draft is longer than {MAX_BYTES >> 10} KB, and more is not taken. Shorten it.")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with kb.records() as records:
        kept = records.drafts.put(Draft(actor.name, KIND, draft.name, text, draft.base_version, now, draft.version))
    if kept is None:
        raise Conflict(f"The draft of “{draft.name}” was kept elsewhere meanwhile, perhaps in another window. Open it again.")
    return _read(kept)


def drop_draft(kb: KnowledgeBase, name: str, *, actor: Member) -> bool:
    """Forget it. Returns whether there was one."""
    require(actor, Role.CONTRIBUTOR, CHANGE)
    with kb.records() as records:
        return records.drafts.remove(actor.name, KIND, name)


def _read(kept: Draft) -> PracticeDraft:
    return PracticeDraft(kept.subject, json.loads(kept.text), kept.base_version, kept.at_utc, kept.version)
