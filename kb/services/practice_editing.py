"""Change practices: begin one, save fields of one. The file is changed whole or not at all, and history says who did it.

What the actor may not see of a sheet (documents, words from them) the actor cannot change either: it stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kb.errors import Conflict, InvalidEntry, NotFound
from kb.peers.flaws_between import Surroundings, named_documents
from kb.peers.names import MAX_CHARS, is_name
from kb.peers.practice import Kind
from kb.retrieval.catalog import Job
from kb.retrieval.writable import one_line
from kb.services import jobs
from kb.services.hidden import restored, seen
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, require_real
from kb.services.practices import controlled_tags, has_file, may_know
from kb.services.records import Change
from kb.services.sheets import Fault, SheetFile

KIND = "practice"  # of a change, as history knows it
CREATED, CHANGED = "created", "changed"
CHANGE = "change practices"
MAX_WHY_CHARS = 500
HEAD = "# yaml-language-server: $schema=practice.schema.json\n"


@dataclass(frozen=True)
class Editable:
    """A sheet for a form.

    Attributes:
        raw: field → value as the file spells it, without what the actor may not see; empty for a new one.
        version: what the change will be based on; empty for a new one.
    """

    name: str
    raw: Mapping[str, Any]
    version: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Saved:
    """What came of saving.

    Attributes:
        version: of the file now.
        job: the ingest that makes the change searchable; ``None`` where nothing had changed.
    """

    version: str
    job: Job | None


def begin(kb: KnowledgeBase, name: str, *, kind: Kind, language: str, title: str, actor: Member) -> SheetFile:
    """Write a new sheet with every key, to be filled in with an editor. It has faults until that is done.

    Raises:
        InvalidEntry: if a practice cannot be called so, or one is.
    """
    require(actor, Role.CONTRIBUTOR, CHANGE)
    require_real(actor)
    _refuse_name(kb, name)
    text = kb.practices.begun(name, kind=kind.value, language=language, title=one_line(title))
    with kb.records() as records:
        records.history.add(_change(kb, name, actor, "", text, "begun"))
        if kb.practices.write(name, text, "") is None:
            raise _taken(name)
    return kb.practices.read(name)


def check_name(kb: KnowledgeBase, name: str, *, actor: Member) -> None:
    """Refuse a name that a new practice cannot have.

    Raises:
        InvalidEntry: if a practice cannot be called so, or one is.
    """
    require(actor, Role.CONTRIBUTOR, CHANGE)
    _refuse_name(kb, name)


def editable(kb: KnowledgeBase, name: str, *, actor: Member) -> Editable:
    """A sheet as the actor may change it.

    Raises:
        NotFound: if there is none of that name.
    """
    require(actor, Role.CONTRIBUTOR, CHANGE)
    file = kb.practices.read(name)
    return Editable(name, seen(file.raw, may_know(kb, actor=actor)), file.version, file.faults)


def changed_since(kb: KnowledgeBase, name: str, base_version: str, *, actor: Member) -> Conflict | None:
    """What :func:`save` would refuse a change that is based on ``base_version`` with; ``None`` if the sheet is at that version."""
    require(actor, Role.CONTRIBUTOR, CHANGE)
    before = _before(kb, name)
    return None if (before.version if before else "") == base_version else _conflict(kb, name, _past(kb, name))


def faults_of(kb: KnowledgeBase, name: str, changes: Mapping[str, object], *, actor: Member) -> tuple[Fault, ...]:
    """What would keep :func:`save` from taking these changes. What was wrong before in other fields does not.

    Args:
        changes: field → value as in YAML; ``None`` takes a field away.
    """
    require(actor, Role.CONTRIBUTOR, CHANGE)
    before = _before(kb, name)
    return _new_faults(before, _proposed(kb, name, before, changes, actor), changes)


def save(kb: KnowledgeBase, name: str, changes: Mapping[str, object], *, base_version: str, why: str = "", actor: Member) -> Saved:
    """Write changed fields into the sheet, keep what it was, and have it ingested in the background.

    Args:
        changes: field → value as in YAML; ``None`` takes a field away. All else in the file stays, comments too.
        base_version: of the sheet when the member opened it; empty to make a new practice.
        why: in the member's words.

    Raises:
        InvalidEntry: with every fault that the changes would bring; nothing is written.
        Conflict: if somebody changed the sheet since ``base_version``: says who and when; nothing is overwritten.
    """
    require(actor, Role.CONTRIBUTOR, CHANGE)
    require_real(actor)
    if len(why) > MAX_WHY_CHARS:
        raise InvalidEntry(f"The reason has {len(why)} characters; at most {MAX_WHY_CHARS} are taken.")
    before = _before(kb, name)
    if before is None or not base_version:
        _refuse_name(kb, name)
    if (before.version if before else "") != base_version:
        raise _conflict(kb, name, _past(kb, name))
    after = _proposed(kb, name, before, changes, actor)
    if faults := _new_faults(before, after, changes):
        raise InvalidEntry(f"The practice “{name}” was not saved: {'; '.join(fault.in_words for fault in faults)}.")
    if before and after.text == before.text:
        return Saved(before.version, None)
    with kb.records() as records:
        records.history.add(_change(kb, name, actor, before.text if before else "", after.text, one_line(why)))
        records.drafts.remove(actor.name, KIND, name)
        version = kb.practices.write(name, after.text, base_version)  # last: what was told of it is undone where it fails
        if version is None:
            raise _conflict(kb, name, records.history.of_subject(KIND, name)[:-1])
    return Saved(version, jobs.start(kb, [after.path], actor=actor))


def _before(kb: KnowledgeBase, name: str) -> SheetFile | None:
    try:
        return kb.practices.read(name)
    except NotFound:
        return None


def _proposed(kb: KnowledgeBase, name: str, before: SheetFile | None, changes: Mapping[str, object], actor: Member) -> SheetFile:
    """The sheet as it would be, with all its faults."""
    old = before.raw if before else {}
    known = {path for _, path in named_documents(old)}
    whole = restored(changes, old, may_know(kb, actor=actor))
    text = kb.practices.edited(before.text if before else HEAD, whole if before else {"practice": name, **whole})
    around = Surroundings(has_document=_has_document(kb, known, actor), tags=controlled_tags(kb))
    return kb.practices.parsed(name, text, around)


def _has_document(kb: KnowledgeBase, known: set[str], actor: Member) -> Callable[[str], bool]:
    """Whether a sheet may name a document: it does already, or the actor knows of it. Nobody finds what is hidden by trying."""
    knows = may_know(kb, actor=actor)
    return lambda path: path in known or (knows(path) and has_file(kb, path))


def _new_faults(before: SheetFile | None, after: SheetFile, changes: Mapping[str, object]) -> tuple[Fault, ...]:
    """Faults in what was changed, and those elsewhere that were not there before."""
    old = {(fault.place, fault.sentence) for fault in before.faults} if before else set()
    return tuple(fault for fault in after.faults if fault.field in changes or (fault.place, fault.sentence) not in old)


def _change(kb: KnowledgeBase, name: str, actor: Member, before: str, after: str, why: str) -> Change:
    action = CHANGED if before else CREATED
    return Change(actor.name, _now(), KIND, name, action, _for_history(kb, name, before), _for_history(kb, name, after), why)


def _for_history(kb: KnowledgeBase, name: str, text: str) -> str:
    """The sheet without documents and words from them: history is read by members who may not see these."""
    if not text:
        return ""
    raw = kb.practices.parsed(name, text).raw
    without = seen(raw, lambda _: False)
    sources = {key: without[key] for key in ("sources",) if key in without}
    return kb.practices.edited(text, {"documents": None, "evidence": None, **sources})


def _conflict(kb: KnowledgeBase, name: str, past: Sequence[Change]) -> Conflict:
    """Who changed the sheet, and when: by history where its last change is what stands in the file, else the file's time."""
    file = _before(kb, name)
    if file is None:
        return Conflict(f"The practice “{name}” was removed meanwhile. Nothing was written.")
    last = next((each for each in reversed(past) if each.action in (CREATED, CHANGED)), None)
    try:
        is_last = last is not None and last.after == _for_history(kb, name, file.text)
    except InvalidEntry:  # no YAML any more: no member's doing
        is_last = False
    who, when = (last.member, last.at_utc) if last and is_last else ("somebody with an editor", file.changed_at_utc)
    return Conflict(f"The practice “{name}” was changed by {who} at {_told(when)}. Nothing was overwritten: open it again.")


def _past(kb: KnowledgeBase, name: str) -> list[Change]:
    with kb.records() as records:
        return records.history.of_subject(KIND, name)


def _refuse_name(kb: KnowledgeBase, name: str) -> None:
    if not is_name(name):
        raise InvalidEntry(
            f"A practice cannot be called “{name[:80]}”: use a–z, 0–9 and single hyphens, at most {MAX_CHARS} characters."
        )
    if name in kb.practices.names():
        raise _taken(name)


def _taken(name: str) -> InvalidEntry:
    return InvalidEntry(f"There is a practice called “{name}” already. Choose another name.")


def _told(at_utc: str) -> str:
    """A time for a person: "2026-11-22 16:05 UTC"."""
    return f"{at_utc[:10]} {at_utc[11:16]} UTC"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
