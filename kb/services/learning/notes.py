"""Notes of a session become a document that can be found: with the embargo and the Chatham House Rule of the session upon it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from kb.errors import InvalidEntry
from kb.peers.learning.session import Session
from kb.peers.learning.session_bodies import NotesTaken
from kb.peers.learning.session_rules import SESSION
from kb.retrieval.catalog import Job
from kb.retrieval.passage import Block, BlockKind, Visibility
from kb.retrieval.writable import one_line, writable
from kb.services import jobs, uploads
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping
from kb.services.learning.names_in_texts import names_in, refuse
from kb.services.learning.sessions import for_eyes
from kb.services.permission import LOCAL_MEMBER, Member, Role, require, visible_documents

FOLDER = "conference-notes/sessions"
MAX_CHARS = 1_000_000  # of the notes of one session: five hundred pages
ADD = "add documents"
NAME = "take in notes that name who was there"
_SPOKE = ("participants", "speakers", "attendees", "contributors", "moderators", "presenters", "interviewees", "panellists")
_NAMES_CHARS = 1_900  # of names under one key of front matter: readers cut a value at 2,000


@dataclass(frozen=True)
class Taken:
    """What came of notes.

    Attributes:
        document: path below ``corpus/documents``; empty for a session of the demonstration.
        job: the ingest that makes them findable; ``None`` for a session of the demonstration.
    """

    session: Session
    document: str
    job: Job | None


def take_in(
    kb: KnowledgeBase,
    session: str,
    text: str,
    *,
    actor: Member,
    title: str = "",
    language: str = "",
    visibility: Visibility | str = Visibility.MEMBERS,
    despite: str = "",
) -> Taken:
    """Keep notes as a Markdown document and have it ingested in the background. Notes that were there before stay.

    Under the Chatham House Rule they name nobody who was there, as far as can be told by names. Those of a session of the
    demonstration are kept with it: as a document they would be found among what is real.

    Args:
        text: as somebody wrote it, or :func:`text_of` a file.
        title: of the document; by default that of the session.
        language: of the notes, as BCP 47 primary tag; by default the session's.
        visibility: who may find them, apart from the embargo of the session.
        despite: why they are taken in although they name who was there; a facilitator's to say, and kept with what happened.

    Raises:
        NotFound: if there is no such session.
        InvalidEntry: if the actor neither took part nor runs it, or the notes cannot be kept; if they name who was there, with
            each name and its lines.
        PermissionDenied: if somebody else than a facilitator says ``despite``.
        Conflict: if the session was not held.
    """
    require(actor, Role.MEMBER, ADD)
    require(actor, Role.CONTRIBUTOR, ADD)
    if reason := writable(despite).strip():
        require(actor, Role.FACILITATOR, NAME)
    body = writable(text).strip()
    if faults := list(_faults(body, visibility)):
        raise InvalidEntry(f"The notes were not taken in: {'; '.join(faults)}.")
    with kb.records() as records:
        whole = keeping.within(records, SESSION, session)
        named = one_line(title) or whole.title
        path = _free(kb.documents / FOLDER, whole.id)
        where = {"text": body} if whole.is_demo else {"document": f"{FOLDER}/{path.name}"}
        by = keeping.party(actor)
        names = names_in(kb, whole, writable(text), title=title, writer=by) if whole.planned.chatham_house else ()
        taken = keeping.made(
            NotesTaken, "The notes were not taken in",
            by=by, title=named, despite=reason if names else "", **where,
        )  # fmt: skip
        told = keeping.add(records, SESSION, session, taken, actor=actor)  # first whether the actor may: names tell who was there
        if not reason:
            refuse(names)
        if whole.is_demo:
            return Taken(for_eyes(told, actor), "", None)
        about, withheld = _front_matter(told, actor, named, language, Visibility(visibility)), _withheld(told, actor)
        _write(path, about, withheld, body)  # last: what was told of it is undone where it fails
    return Taken(for_eyes(told, actor), taken.document, jobs.start(kb, [path], actor=actor))


def text_of(kb: KnowledgeBase, name: str, content: bytes, *, actor: Member) -> str:
    """The text of a file with notes, its headings marked as in Markdown.

    Args:
        name: of the file as its sender calls it.

    Raises:
        InvalidEntry: if it is empty, too long or of a kind that cannot be read.
        ReadError: if it cannot be read.
    """
    require(actor, Role.CONTRIBUTOR, ADD)
    if fault := uploads.fault_of(name, content):
        raise InvalidEntry(f"The notes were not taken in: {fault}.")
    reader = kb.new_reader()
    try:
        with tempfile.TemporaryDirectory(prefix="kb-notes-") as folder:
            path = Path(folder, uploads.safe_name(name))
            path.write_bytes(content)
            blocks = reader.read(path).blocks
    finally:
        reader.close()
    return "\n\n".join(_as_markdown(each) for each in blocks if each.text.strip())


def visible_notes(kb: KnowledgeBase, session: Session, *, actor: Member) -> Mapping[str, str]:
    """Notes of a session that the actor may read by now, ingested ones: path → id of the document."""
    require(actor, Role.MEMBER, keeping.LOOK)
    paths = {each.document for each in session.notes}
    return {each.path: each.id for each in visible_documents(kb.catalog, actor).values() if each.path in paths}


def readable(kb: KnowledgeBase, session: Session, *, actor: Member) -> Session:
    """The session without notes that the actor may not read, and without those that are not ingested yet: not even their paths.

    Those that are kept with the session are left out where their text is: see :mod:`kb.peers.learning.session_eyes`.
    """
    require(actor, Role.MEMBER, keeping.LOOK)
    if not session.notes:
        return session
    there = visible_notes(kb, session, actor=actor)
    held = session.held
    if held and held.notes_document not in there:
        held = held.model_copy(update={"notes_document": ""})
    return replace(session, held=held, notes=tuple(each for each in session.notes if each.text or each.document in there))


def _faults(body: str, visibility: Visibility | str) -> Iterator[str]:
    if not body:
        yield "they are empty"
    if len(body) > MAX_CHARS:
        yield f"they have {len(body)} characters; at most {MAX_CHARS} are taken"
    if visibility not in tuple(Visibility):
        yield f"visibility “{str(visibility)[:40]}” is none of {', '.join(Visibility)}"


def _free(folder: Path, session: str) -> Path:
    """A file that is not there yet; the unit of work keeps others from taking it meanwhile."""
    names = (f"{session}.md" if number == 1 else f"{session}.{number}.md" for number in count(1))
    return next(path for path in map(folder.joinpath, names) if not path.exists())


def _front_matter(session: Session, actor: Member, title: str, language: str, visibility: Visibility) -> dict[str, object]:
    """What the document says about itself."""
    planned = session.planned
    about = {
        "title": title,
        "kind": "conference-note",
        "date": session.held.on if session.held else session.last_day,
        "organisation": planned.host.organisation,
        "countries": [planned.host.country],
        "language": one_line(language) or next(iter(planned.languages), ""),
        "visibility": visibility.value,
        "embargo_until": planned.embargo_until,
        "chatham_house": "true" if planned.chatham_house else "",
        "authors": [] if planned.chatham_house or actor.name == LOCAL_MEMBER.name else [actor.name],
    }
    return {key: value for key, value in about.items() if value}


def _withheld(session: Session, actor: Member) -> dict[str, object]:
    """Whose names are withheld wherever the notes are quoted; nobody without the Chatham House Rule.

    It goes beside the document: who opens the document itself is not to read it.
    """
    if not session.planned.chatham_house:
        return {}
    told = [each.name for each in session.participants] + [each.who for each in session.planned.agenda] + [actor.name]
    spread = [""]
    for name in dict.fromkeys(one_line(each).replace(";", ",") for each in told if each.strip() and each != LOCAL_MEMBER.name):
        if len(spread[-1]) + len(name) > _NAMES_CHARS:
            spread.append("")
        spread[-1] = f"{spread[-1]}; {name}" if spread[-1] else name
    if len(spread) > len(_SPOKE):
        raise InvalidEntry("The notes were not taken in: more names have to be withheld than can be; shorten the agenda.")
    return {"chatham_house": "true", **{key: names for key, names in zip(_SPOKE, spread, strict=False) if names}}


def _write(path: Path, about: Mapping[str, object], beside: Mapping[str, object], body: str) -> None:
    """Whole or not at all; what stands beside it first, so that no ingest reads the one without the other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if beside:
        _replace(path.with_name(f"{path.name}.yaml"), _lines(beside))
    _replace(path, f"---\n{_lines(about)}---\n\n{body}\n")


def _lines(about: Mapping[str, object]) -> str:
    """As YAML, of which JSON is a part."""
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in about.items())


def _replace(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.tmp")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def _as_markdown(block: Block) -> str:
    return f"{'#' * max(1, block.level)} {one_line(block.text)}" if block.kind is BlockKind.HEADING else block.text
