"""How a tag becomes a record: checked, with the words of its evidence, and told to history."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kb.errors import InvalidEntry
from kb.peers.tags import Tag, faults_of, shown, spelled
from kb.retrieval.passage import PassageId
from kb.retrieval.sentences import Span
from kb.retrieval.writable import one_line
from kb.services import library
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, visible_documents
from kb.services.records import AlreadyGivenError, Change, Decision, GivenTag, UnitOfWork

if TYPE_CHECKING:
    from kb.peers.practice import PracticeSheet

MAX_WHY_CHARS = 500
MAX_LIVE = 200  # of one practice; more is a script gone wild, not people
LOOK, GIVE, WITHDRAW = "see the tags of practices", "tag practices", "withdraw tags that others gave"
KIND = "practice"  # of what history tells: a tag is a change to its practice


def sheet_of(kb: KnowledgeBase, practice: str) -> PracticeSheet | None:
    """The sheet of a practice; ``None`` while its file has faults.

    Raises:
        NotFound: if there is no such practice.
    """
    return kb.practices.read(practice).sheet


def declared(sheet: PracticeSheet) -> list[Tag]:
    """The tags of a sheet, each once, in its order."""
    return list(dict.fromkeys(map(Tag.of, sheet.tags)))


def checked(
    kb: KnowledgeBase,
    practice: str,
    tag: str,
    *,
    why: str,
    actor: Member,
    evidence: PassageId | None = None,
    sentence: Span | None = None,
    is_confirmed: bool = False,
) -> GivenTag:
    """A tag as it will be kept.

    Args:
        is_confirmed: it was suggested with its evidence, which is reason enough.

    Raises:
        NotFound: if there is no such passage, or the actor may not know of it.
        InvalidEntry: if the tag or the reason cannot be taken, with all that is wrong.
    """
    faults = [*faults_of(tag, kb.concepts().tags), *([] if is_confirmed and not one_line(why) else faults_of_why(why))]
    if faults:
        raise InvalidEntry(f"The tag “{shown(tag)}” cannot be given: {'; '.join(faults)}.")
    said = GivenTag(practice, spelled(tag), actor.name, now(), one_line(why))
    if not evidence:
        return said
    passage = library.passage(kb, evidence, actor=actor)
    quote = one_line(passage.text[slice(*sentence)] if sentence else "") or one_line(passage.text)
    path = visible_documents(kb.catalog, actor)[passage.document_id].path
    return replace(said, passage_id=passage.id, document=path, quote=quote)


def keep(records: UnitOfWork, given: GivenTag, *, action: str = "tag given") -> GivenTag:
    """Keep a given tag and tell history.

    Raises:
        InvalidEntry: if the member gave it already, or the practice has as many as are taken.
    """
    live = [each for each in records.tags.of_practice(given.practice) if each.is_live]
    if len(live) >= MAX_LIVE:
        raise InvalidEntry(f"{given.practice} has {len(live)} tags, and more are not taken. Withdraw some first.")
    try:
        kept = records.tags.add(given)
    except AlreadyGivenError as error:
        raise InvalidEntry(f"You have given {given.practice} the tag “{given.tag}” already.") from error
    records.history.add(change(kept, action, member=kept.member, after=kept.tag, why=kept.why))
    return kept


def change(said: GivenTag | Decision, action: str, *, member: str, before: str = "", after: str = "", why: str = "") -> Change:
    """What history tells of a tag: nothing that a document says."""
    return Change(member, said.at_utc if after else now(), KIND, said.practice, action, before, after, why)


def now() -> str:
    """ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def faults_of_why(why: str) -> list[str]:
    """What is wrong with a reason, in clauses."""
    why = one_line(why)
    if not why:
        return ["it is not said why"]
    return [f"the reason has {len(why)} characters; at most {MAX_WHY_CHARS} are taken"] if len(why) > MAX_WHY_CHARS else []
