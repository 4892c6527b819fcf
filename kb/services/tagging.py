"""Tags on practices: declared in the sheet, or given by a member, who says why and may name the passage that shows it.

A given tag is withdrawn, never deleted. What a passage said is kept beside the tag and told to those only who may see its document.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from kb.errors import Conflict, InvalidEntry, NotFound
from kb.peers.tags import Origin, Tag, shown
from kb.retrieval.passage import PassageId
from kb.retrieval.sentences import Span
from kb.retrieval.writable import one_line
from kb.services.document_tags import forget_given
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, require_real
from kb.services.records import GivenTag
from kb.services.tag_records import GIVE, LOOK, WITHDRAW, change, checked, declared, faults_of_why, keep, now, sheet_of
from kb.services.tag_telling import TagSource, Telling


@dataclass(frozen=True)
class TagOnPractice:
    """A tag, once, with everyone who says that it fits: the sheet first, then members in the order in which they gave it."""

    tag: Tag
    sources: tuple[TagSource, ...]


@dataclass(frozen=True)
class TagsOfPractice:
    """The tags of a practice, controlled ones first, by name; and the givings that were withdrawn, newest first."""

    practice: str
    live: tuple[TagOnPractice, ...]
    withdrawn: tuple[TagSource, ...]


def tags_of(kb: KnowledgeBase, practice: str, *, actor: Member) -> TagsOfPractice:
    """Every tag of a practice, with who declared or gave it, when, why, and what shows it.

    Raises:
        NotFound: if there is no such practice.
    """
    require(actor, Role.MEMBER, LOOK)
    sheet = sheet_of(kb, practice)
    with kb.records() as records:
        given = records.tags.of_practice(practice)
        decided = records.suggestions.of_practice(practice)
    told = Telling(kb, actor, decided)
    sources: dict[Tag, list[TagSource]] = {}
    if sheet is not None:
        for tag in declared(sheet):
            sources.setdefault(tag, []).append(TagSource(Origin.DECLARED, sheet.author or "", str(sheet.reviewed or "")))
    for each in given:
        if each.is_live:
            sources.setdefault(Tag.of(each.tag), []).append(told.source(each))
    gone = sorted((each for each in given if not each.is_live), key=lambda each: (each.withdrawn_at_utc, each.id), reverse=True)
    live = (TagOnPractice(tag, tuple(sources[tag])) for tag in sorted(sources, key=lambda tag: (not tag.prefix, tag)))
    return TagsOfPractice(practice, tuple(live), tuple(map(told.source, gone)))


def give(
    kb: KnowledgeBase,
    practice: str,
    tag: str,
    *,
    why: str,
    actor: Member,
    evidence: PassageId | None = None,
    sentence: Span | None = None,
) -> GivenTag:
    """Tag a practice.

    Args:
        tag: controlled or free, however it is typed.
        why: in the member's words.
        evidence: a passage that shows it.
        sentence: span of that passage's text that does.

    Raises:
        NotFound: if there is no such practice or passage, or the actor may not know of the passage.
        InvalidEntry: if the tag or the reason cannot be taken, with all that is wrong; or the actor gave this tag already.
    """
    require(actor, Role.MEMBER, GIVE)
    require_real(actor)
    sheet_of(kb, practice)
    given = checked(kb, practice, tag, why=why, actor=actor, evidence=evidence, sentence=sentence)
    with kb.records() as records:
        kept = keep(records, given)
    forget_given(kb)
    return kept


def withdraw(kb: KnowledgeBase, tag_id: int, *, why: str, version: int, actor: Member) -> GivenTag:
    """Take back a tag that the actor gave; a facilitator, one that anybody gave. It stays to be seen as withdrawn.

    Raises:
        NotFound: if no member gave a tag of this id.
        PermissionDenied: if somebody else gave it and the actor is no facilitator.
        InvalidEntry: if the reason cannot be taken.
        Conflict: if it was changed since ``version``.
    """
    require(actor, Role.MEMBER, GIVE)
    require_real(actor)
    if faults := faults_of_why(why):
        raise InvalidEntry(f"The tag cannot be withdrawn: {'; '.join(faults)}.")
    with kb.records() as records:
        given = records.tags.one(tag_id)
        if given is None:
            raise NotFound(f"No member gave a tag numbered {tag_id}. See the numbers: kb tag list PRACTICE")
        if given.member != actor.name:
            require(actor, Role.FACILITATOR, WITHDRAW)
        after = replace(given, withdrawn_at_utc=now(), withdrawn_by=actor.name, withdrawn_why=one_line(why), version=version)
        changed = records.tags.change(after) if given.is_live else None
        if changed is None:
            raise Conflict(_changed_meanwhile(given))
        records.history.add(change(changed, "tag withdrawn", member=actor.name, before=changed.tag, why=changed.withdrawn_why))
    forget_given(kb)
    return changed


def withdrawable(kb: KnowledgeBase, practice: str, tag: str, *, actor: Member) -> GivenTag:
    """The live giving of a tag that the actor may withdraw: the actor's own; for a facilitator, else the oldest.

    Raises:
        NotFound: if there is none; says where a declared one is taken out.
        PermissionDenied: if only others gave it and the actor is no facilitator.
    """
    require(actor, Role.MEMBER, GIVE)
    sheet = sheet_of(kb, practice)
    wanted = Tag.of(tag)
    with kb.records() as records:
        live = [each for each in records.tags.of_practice(practice) if each.is_live and Tag.of(each.tag) == wanted]
    if own := [each for each in live if each.member == actor.name]:
        return own[0]
    if live:
        require(actor, Role.FACILITATOR, WITHDRAW)
        return live[0]
    if sheet is not None and wanted in declared(sheet):
        raise NotFound(
            f"The tag “{wanted}” is declared in the sheet of {practice}, and no member gave it. "
            f"Take it out of the sheet: {practice}.yaml"
        )
    raise NotFound(f"Nobody gave {practice} the tag “{shown(str(wanted))}”. See its tags: kb tag list {practice}")


def tags_by_practice(kb: KnowledgeBase, *, actor: Member) -> dict[str, frozenset[Tag]]:
    """Practice → its live tags, declared and given; practices without a tag among them."""
    require(actor, Role.MEMBER, LOOK)
    sheets = {name: sheet_of(kb, name) for name in kb.practices.names()}
    found = {name: set(declared(sheet)) if sheet else set[Tag]() for name, sheet in sheets.items()}
    with kb.records() as records:
        everyone = records.tags.everyone()
    for each in everyone:
        if each.is_live and each.practice in found:
            found[each.practice].add(Tag.of(each.tag))
    return {name: frozenset(tags) for name, tags in found.items()}


def practices_with(kb: KnowledgeBase, tag: str, *, actor: Member) -> list[str]:
    """The names of the practices that have a live tag, sorted."""
    wanted = Tag.of(tag)
    return sorted(name for name, tags in tags_by_practice(kb, actor=actor).items() if wanted in tags)


def all_tags(kb: KnowledgeBase, *, actor: Member) -> dict[Tag, int]:
    """Live tag → how many practices have it; most frequent first, then by name."""
    counts = Counter(tag for tags in tags_by_practice(kb, actor=actor).values() for tag in tags)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0]))))


def _changed_meanwhile(given: GivenTag) -> str:
    if given.is_live:
        return f"The tag “{given.tag}” was changed elsewhere meanwhile. Look at it again."
    return f"The tag “{given.tag}” was withdrawn by {given.withdrawn_by} at {given.withdrawn_at_utc}. Nothing was changed."
