"""Files of the directory are changed by fields: whole or not at all, over the version that was read; history says by whom.

What the actor may not see of a file (documents behind its sources) the actor cannot change either: it stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from kb.errors import Conflict, InvalidEntry, NotFound
from kb.peers.flaws_between import Surroundings, named_documents
from kb.peers.names import MAX_CHARS, is_name
from kb.retrieval.writable import one_line
from kb.services.hidden import restored, seen
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, require_real
from kb.services.practices import controlled_tags, has_file, may_know
from kb.services.records import Change
from kb.services.tag_records import now
from kb.services.written_files import WrittenFile, WrittenFiles

CREATED, CHANGED = "created", "changed"
MAX_WHY_CHARS = 500
Made = TypeVar("Made")


@dataclass(frozen=True)
class Editable:
    """A file for a form.

    Attributes:
        raw: field → value as the file spells it, without what the actor may not see; empty for a new one.
        version: what the change will be based on; empty for a new one.
    """

    name: str
    raw: Mapping[str, Any]
    version: str


@dataclass(frozen=True)
class Editing(Generic[Made]):
    """The files of one folder, on behalf of somebody who may change them: whoever makes this has asked.

    Attributes:
        kind: of a change, as history knows it; the field too that holds the file's name.
    """

    kb: KnowledgeBase
    files: WrittenFiles[Made]
    kind: str
    actor: Member

    def editable(self, name: str) -> Editable:
        """A file as the actor may change it.

        Raises:
            NotFound: if there is none of that name.
        """
        file = self.files.read(name)
        return Editable(name, seen(file.raw, may_know(self.kb, actor=self.actor)), file.version)

    def faults(self, name: str, changes: Mapping[str, object]) -> tuple[str, ...]:
        """What would keep :meth:`save` from taking these changes, in words."""
        return tuple(fault.in_words for fault in self._proposed(name, self._before(name), changes).faults)

    def save(self, name: str, changes: Mapping[str, object], *, base_version: str, why: str = "") -> WrittenFile[Made] | None:
        """Write changed fields into the file, and keep what it was.

        Args:
            changes: field → value as in YAML; ``None`` takes a field away. All else in the file stays, comments too.
            base_version: of the file when the member opened it; empty to make a new one.
            why: in the member's words.

        Returns:
            The file as it is now; ``None`` where nothing had changed.

        Raises:
            InvalidEntry: with every fault that the file would have; nothing is written.
            Conflict: if somebody changed the file since ``base_version``: says who and when; nothing is overwritten.
        """
        require_real(self.actor)
        if len(why) > MAX_WHY_CHARS:
            raise InvalidEntry(f"The reason has {len(why)} characters; at most {MAX_WHY_CHARS} are taken.")
        before = self._before(name)
        if before is None or not base_version:
            self._refuse_name(name)
        if (before.version if before else "") != base_version:
            raise self._conflict(name, self._past(name))
        after = self._proposed(name, before, changes)
        if after.faults:
            raise InvalidEntry(f"“{name}” was not saved: {'; '.join(fault.in_words for fault in after.faults)}.")
        if before and after.text == before.text:
            return None
        with self.kb.records() as records:
            records.history.add(self._change(name, before.text if before else "", after.text, one_line(why)))
            if self.files.write(name, after.text, base_version) is None:  # last: what was told of it is undone where it fails
                raise self._conflict(name, records.history.of_subject(self.kind, name)[:-1])
        return self.files.read(name)

    def _before(self, name: str) -> WrittenFile[Made] | None:
        try:
            return self.files.read(name)
        except NotFound:
            return None

    def _proposed(self, name: str, before: WrittenFile[Made] | None, changes: Mapping[str, object]) -> WrittenFile[Made]:
        """The file as it would be, with all its faults."""
        old = before.raw if before else {}
        known = {path for _, path in named_documents(old)}
        whole = restored(changes, old, may_know(self.kb, actor=self.actor))
        text = self.files.edited(before.text if before else "", whole if before else {self.kind: name, **whole})
        return self.files.parsed(name, text, Surroundings(self._has_document(known), controlled_tags(self.kb)))

    def _has_document(self, known: set[str]) -> Callable[[str], bool]:
        """Whether a file may name a document: it does already, or the actor knows of it. Nobody finds what is hidden by trying."""
        knows = may_know(self.kb, actor=self.actor)
        return lambda path: path in known or (knows(path) and has_file(self.kb, path))

    def _change(self, name: str, before: str, after: str, why: str) -> Change:
        action = CHANGED if before else CREATED
        was, becomes = (self._for_history(name, text) for text in (before, after))
        return Change(self.actor.name, now(), self.kind, name, action, was, becomes, why)

    def _for_history(self, name: str, text: str) -> str:
        """The file without documents: history is read by members who may not know of these."""
        raw = self.files.parsed(name, text).raw if text else {}
        without = seen(raw, lambda _: False)
        return self.files.edited(text, {"sources": without["sources"]}) if "sources" in without else text

    def _conflict(self, name: str, past: Sequence[Change]) -> Conflict:
        """Who changed the file, and when: by history where its last change is what stands in the file, else the file's time."""
        file = self._before(name)
        if file is None:
            return Conflict(f"“{name}” was removed meanwhile. Nothing was written.")
        last = next((each for each in reversed(past) if each.action in (CREATED, CHANGED)), None)
        try:
            is_last = last is not None and last.after == self._for_history(name, file.text)
        except InvalidEntry:  # no YAML any more: no member's doing
            is_last = False
        who, when = (last.member, last.at_utc) if last and is_last else ("somebody with an editor", file.changed_at_utc)
        told = f"{when[:10]} {when[11:16]} UTC"
        return Conflict(f"“{name}” was changed by {who} at {told}. Nothing was overwritten: open it again.")

    def _past(self, name: str) -> list[Change]:
        with self.kb.records() as records:
            return records.history.of_subject(self.kind, name)

    def _refuse_name(self, name: str) -> None:
        if not is_name(name):
            raise InvalidEntry(
                f"A file cannot be called “{name[:80]}”: use a–z, 0–9 and single hyphens, at most {MAX_CHARS} characters."
            )
        if name in self.files.names():
            raise InvalidEntry(f"There is a file called “{name}” already. Choose another name.")
