"""Who changed a practice, when, why, and which fields: from history, which says nothing of documents."""

from __future__ import annotations

from dataclasses import dataclass

from kb.services.history import of_subject
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require
from kb.services.practice_documents import LOOK
from kb.services.practice_editing import CHANGED, CREATED, KIND
from kb.services.records import Change


@dataclass(frozen=True)
class FieldChange:
    """A field that is not what it was.

    Attributes:
        before: its value as YAML spells it: a text, a list, or keys with values; ``None``: it was not there.
        after: the same.
    """

    field: str
    before: object
    after: object


@dataclass(frozen=True)
class Edit:
    """One entry of a practice's history.

    Attributes:
        fields: what changed, in the order of the sheet; empty for anything but a change of the sheet, and where only its documents
            changed or what stood in them.
    """

    change: Change
    fields: tuple[FieldChange, ...]


def history(kb: KnowledgeBase, name: str, *, actor: Member) -> list[Edit]:
    """All that was done to a practice, tags included, newest first. A practice that is gone keeps its history."""
    require(actor, Role.MEMBER, LOOK)
    changes = of_subject(kb, KIND, name, actor=actor)
    return [Edit(change, _fields(kb, change)) for change in reversed(changes)]


def _fields(kb: KnowledgeBase, change: Change) -> tuple[FieldChange, ...]:
    if change.action not in (CREATED, CHANGED):
        return ()
    before, after = (kb.practices.parsed(change.subject, text).raw for text in (change.before, change.after))
    names = dict.fromkeys([*after, *before])
    return tuple(FieldChange(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name))
