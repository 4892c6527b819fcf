"""What came of a session: written in a draft that nobody else sees, then shared; its lessons are noted in the same breath."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.errors import Conflict
from kb.peers.learning import due
from kb.peers.learning.lesson import LESSON, LessonNoted
from kb.peers.learning.named_in import Naming
from kb.peers.learning.parts import Because
from kb.peers.learning.session import Session
from kb.peers.learning.session_bodies import Debriefed
from kb.peers.learning.session_parts import DebriefDraft, DebriefLesson, LessonLearned
from kb.peers.learning.session_rules import SESSION, adds_notes
from kb.services.assessing.loading import reader_of
from kb.services.clock import now, today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping
from kb.services.learning.names_in_texts import named_in_any, reason_given, refuse_text
from kb.services.learning.sessions import for_eyes
from kb.services.permission import Member, Role, require
from kb.services.records import Draft, UnitOfWork

KIND = "debrief"  # of a draft
DEBRIEF = "write debriefs"


@dataclass(frozen=True)
class DebriefDesk:
    """What the author of a debrief works on.

    Attributes:
        draft: the author's own.
        version: of the draft; 0 before anything was kept. What is kept next has to name it.
        may_share: whether the author took part in the session, or runs it; under the Chatham House Rule only if they see who was
            there. So ``may_add_notes``.
        days_left: until the debrief is due, below 0 once that has passed; ``None`` where none is awaited.
    """

    session: Session
    draft: DebriefDraft
    version: int
    may_share: bool
    may_add_notes: bool
    days_left: int | None


def desk(kb: KnowledgeBase, session: str, *, actor: Member) -> DebriefDesk:
    """The actor's own draft of a session's debrief.

    Raises:
        NotFound: if there is no such session.
    """
    require(actor, Role.MEMBER, DEBRIEF)
    with kb.records() as records:
        whole = keeping.within(records, SESSION, session)
        kept = records.drafts.get(actor.name, KIND, session)
    may = adds_notes(whole, reader_of(actor))
    return DebriefDesk(
        session=for_eyes(whole, actor),
        draft=_read(kept),
        version=kept.version if kept else 0,
        may_share=may,
        may_add_notes=may,
        days_left=due.days_left(whole.debrief_due, today()) if whole.debrief_due else None,
    )


def keep(kb: KnowledgeBase, session: str, debrief: Mapping[str, object], *, version: int, actor: Member) -> DebriefDesk:
    """Keep what the actor has written so far. Returns the desk with the draft's new version.

    Args:
        debrief: ``decisions`` and ``open_points``, lists of texts; ``lessons``, a list of what with ``text``, ``level``,
            ``from_whom`` and ``is_noted``. What is blank is left out.
        version: of the draft that was read.

    Raises:
        NotFound: if there is no such session.
        InvalidEntry: with all that is wrong.
        Conflict: if the draft was kept elsewhere since, or the debrief is shared, or the session not held.
    """
    require(actor, Role.MEMBER, DEBRIEF)
    draft = keeping.made(DebriefDraft, "The debrief was not kept", **_without_blanks(debrief))
    with kb.records() as records:
        whole = keeping.within(records, SESSION, session)
        if late := SESSION.lifecycle.refused(whole.state, Debriefed.kind, SESSION.what):
            raise Conflict(late.sentence)
        put = records.drafts.put(Draft(actor.name, KIND, session, draft.model_dump_json(), "", now(), version))
    if put is None:
        raise _elsewhere(session)
    return desk(kb, session, actor=actor)


def share(kb: KnowledgeBase, session: str, *, version: int, actor: Member, despite: str = "") -> Session:
    """Share the draft with everybody; lessons that are to be noted are, as the actor's.

    Args:
        version: of the draft that was read.
        despite: why it may name who was there under the Chatham House Rule; a facilitator's to say, and kept with what happened.

    Raises:
        NotFound: if there is no such session.
        InvalidEntry: if the actor neither took part nor runs it, or the debrief says nothing or too much; with all that is wrong;
            if it names who was there under the Chatham House Rule, with each name.
        PermissionDenied: if somebody else than a facilitator says ``despite``.
        Conflict: if the draft was kept elsewhere since, or the debrief is shared already, or the session not held.
    """
    require(actor, Role.MEMBER, DEBRIEF)
    reason, by = reason_given(despite, actor=actor), keeping.party(actor)
    with kb.records() as records:
        kept = records.drafts.get(actor.name, KIND, session)
        if (kept.version if kept else 0) != version:
            raise _elsewhere(session)
        draft = _read(kept)

        whole = keeping.within(records, SESSION, session)

        def names(*texts: str) -> tuple[Naming, ...]:
            return named_in_any(kb, [whole], "\n".join(texts), writer=by)

        lessons = tuple(_noted(records, whole, each, actor, reason if names(each.text) else "") for each in draft.lessons)
        found = names(*draft.decisions, *(each.text for each in draft.lessons), *draft.open_points)
        body = keeping.made(
            Debriefed, "The debrief was not shared",
            by=by, decisions=draft.decisions, lessons=lessons, open_points=draft.open_points, despite=reason if found else "",
        )  # fmt: skip
        told = keeping.add(records, SESSION, session, body, actor=actor)  # first whether the actor may: names tell who was there
        if not reason:
            refuse_text(found)
        records.drafts.remove(actor.name, KIND, session)
    return for_eyes(told, actor)


def _noted(records: UnitOfWork, session: Session, said: LessonLearned, actor: Member, despite: str) -> DebriefLesson:
    """What the debrief says of a lesson; where it is to be noted, it is there from now on."""
    told = DebriefLesson(text=said.text, level=said.level, from_whom=said.from_whom)
    if not said.is_noted:
        return told
    noted = LessonNoted(
        by=keeping.party(actor),
        text=said.text,
        level=said.level,
        because=Because(practices=session.planned.practices, exchanges=(session.id,)),
        from_whom=said.from_whom,
        language=next(iter(session.planned.languages), "en"),
        despite=despite,
    )
    lesson = keeping.begin(records, LESSON, noted, actor=actor, is_demo=session.is_demo)
    return told.model_copy(update={"lesson": lesson.id})


def _read(kept: Draft | None) -> DebriefDraft:
    return DebriefDraft.model_validate_json(kept.text) if kept else DebriefDraft()


def _without_blanks(debrief: Mapping[str, object]) -> dict[str, object]:
    return {
        name: [each for each in value if not _is_blank(each)] if isinstance(value, list | tuple) else value
        for name, value in debrief.items()
    }


def _is_blank(item: object) -> bool:
    text = item.get("text", "") if isinstance(item, Mapping) else item
    return isinstance(text, str) and not text.strip()


def _elsewhere(session: str) -> Conflict:
    return Conflict(f"Your debrief of {session} was kept elsewhere meanwhile, perhaps in another window. Open it again.")
