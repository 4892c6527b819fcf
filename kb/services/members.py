"""Members: who may act in this knowledge base, for whom they work, and what they may do.

There are no accounts in local mode: whoever is at this machine says as whom they act. The local member, with every role, is always
among those, and nobody can be registered under its name.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace

from kb.errors import Conflict, InvalidEntry, NotFound
from kb.peers import countries
from kb.peers import languages as language_codes
from kb.retrieval.writable import one_line
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role, require, require_real
from kb.services.records import Change, RegisteredMember, name_key
from kb.services.tag_records import now

KIND = "member"  # of what history tells
DEMO = "Demo "  # names of the demonstration begin so, and no others
MAX_NAME_CHARS = 80
MAX_ORGANISATION_CHARS = 200
MAX_LANGUAGES = 20
MAX_SHOWN_CHARS = 40  # of a name in a sentence
LEADING = frozenset({Role.FACILITATOR, Role.ADMINISTRATOR})  # administrators alone decide who leads
LOOK, ADD, LEAD = "see the members", "add or change members", "decide who is facilitator or administrator"


def members(kb: KnowledgeBase, *, actor: Member) -> list[RegisteredMember]:
    """All registered members by name; those among them who may act no more."""
    require(actor, Role.MEMBER, LOOK)
    with kb.records() as records:
        return records.members.everyone()


def acting_as(kb: KnowledgeBase, name: str) -> Member | None:
    """Whom ``name``, in whatever case, stands for in local mode; ``None`` where nobody of that name may act."""
    if name_key(name) == name_key(LOCAL_MEMBER.name):
        return LOCAL_MEMBER
    with kb.records() as records:
        found = records.members.get(one_line(name))
    if found is None or not found.is_active:
        return None
    return Member(found.name, frozenset(found.roles), found.organisation, found.country, found.is_demo)


def add(
    kb: KnowledgeBase,
    name: str,
    *,
    organisation: str,
    country: str,
    roles: Collection[Role],
    actor: Member,
    languages: Collection[str] = (),
    is_demo: bool = False,
) -> RegisteredMember:
    """Register a member. The role ``member`` comes with every other.

    Args:
        organisation: whom they work for; empty where it is unknown.
        country: ISO 3166 alpha-2; empty where it is unknown.
        languages: that they read, best first.
        is_demo: of the demonstration; the name begins with :data:`DEMO` then, and only then.

    Raises:
        PermissionDenied: also if the member is to lead and the actor is no administrator.
        InvalidEntry: with all that is wrong.
    """
    require(actor, Role.FACILITATOR, ADD)
    require_real(actor)
    member = RegisteredMember(
        one_line(name), one_line(organisation), country.strip(), _sorted(roles), _each_once(languages), is_demo, now(), actor.name
    )
    _require_for(actor, member)
    faults = [*_faults_of_name(member), *_faults_of_facts(member)]
    with kb.records() as records:
        if there := records.members.get(member.name):
            faults.append(f"there is a member called “{there.name}” already")
        if faults:
            raise InvalidEntry(f"The member “{_short(member.name)}” cannot be added: {'; '.join(faults)}.")
        records.members.add(member)
        records.history.add(Change(actor.name, member.added_at_utc, KIND, member.name, "added", "", _told(member)))
    return member


def change(
    kb: KnowledgeBase,
    name: str,
    *,
    version: int,
    actor: Member,
    organisation: str | None = None,
    country: str | None = None,
    roles: Collection[Role] | None = None,
    languages: Collection[str] | None = None,
    is_active: bool | None = None,
) -> RegisteredMember:
    """Change what is said of a member; what is ``None`` stays. The name stays too: what the member did is told under it.

    Args:
        version: that the actor has read.
        is_active: whether the member may act; what they did stays.

    Raises:
        NotFound: if nobody of that name is registered.
        PermissionDenied: also if the member leads, or is to, and the actor is no administrator.
        InvalidEntry: with all that is wrong.
        Conflict: if it was changed since ``version``.
    """
    require(actor, Role.FACILITATOR, ADD)
    require_real(actor)
    with kb.records() as records:
        before = records.members.get(one_line(name))
        if before is None:
            raise NotFound(f"There is no member called “{_short(one_line(name))}”. See who is there: kb member list")
        after = replace(
            before,
            organisation=before.organisation if organisation is None else one_line(organisation),
            country=before.country if country is None else country.strip(),
            roles=before.roles if roles is None else _sorted(roles),
            languages=before.languages if languages is None else _each_once(languages),
            is_active=before.is_active if is_active is None else is_active,
        )
        _require_for(actor, before, after)
        if faults := _faults_of_facts(after):
            raise InvalidEntry(f"The member “{before.name}” cannot be changed: {'; '.join(faults)}.")
        if version != before.version:
            raise Conflict(f"What is said of {before.name} was changed elsewhere meanwhile. Look at it again.")
        if after == before:
            return before
        changed = records.members.change(after)
        assert changed is not None  # it was read in this very unit
        records.history.add(Change(actor.name, now(), KIND, before.name, "changed", _told(before), _told(changed)))
    return changed


def _require_for(actor: Member, *wanted: RegisteredMember) -> None:
    if any(LEADING & set(member.roles) for member in wanted):
        require(actor, Role.ADMINISTRATOR, LEAD)


def _sorted(roles: Collection[Role]) -> tuple[Role, ...]:
    return tuple(sorted({Role.MEMBER, *roles}))


def _each_once(codes: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code.strip().lower() for code in codes))


def _faults_of_name(member: RegisteredMember) -> list[str]:
    if not member.key:
        return ["the name is empty"]
    faults = []
    if len(member.name) > MAX_NAME_CHARS:
        faults.append(f"the name has {len(member.name)} characters; at most {MAX_NAME_CHARS} are taken")
    if member.key == name_key(LOCAL_MEMBER.name):
        faults.append(f"“{LOCAL_MEMBER.name}” stands for whoever is at this machine")
    if f"{member.key} ".startswith(name_key(DEMO) + " ") and not member.is_demo:
        faults.append(f"names that begin with “{DEMO.strip()}” are kept for the demonstration")
    if member.is_demo and not member.name.startswith(DEMO):
        faults.append(f"names of the demonstration begin with “{DEMO.strip()}”")
    return faults


def _faults_of_facts(member: RegisteredMember) -> list[str]:
    faults = []
    if len(member.organisation) > MAX_ORGANISATION_CHARS:
        faults.append(f"the organisation has {len(member.organisation)} characters; at most {MAX_ORGANISATION_CHARS} are taken")
    if member.country and (fault := countries.fault_of(member.country)):
        faults.append(fault)
    if len(member.languages) > MAX_LANGUAGES:
        faults.append(f"{len(member.languages)} languages; at most {MAX_LANGUAGES} are taken")
    else:
        faults.extend(fault for code in member.languages if (fault := language_codes.fault_of(code)))
    return faults


def _told(member: RegisteredMember) -> str:
    """What history keeps of a member, as JSON."""
    said = {
        "organisation": member.organisation,
        "country": member.country,
        "roles": member.roles,
        "languages": member.languages,
        "is_active": member.is_active,
    }
    return json.dumps(said, ensure_ascii=False, indent=1)


def _short(name: str) -> str:
    return name if len(name) <= MAX_SHOWN_CHARS else f"{name[:MAX_SHOWN_CHARS]}…"
