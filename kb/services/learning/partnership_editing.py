"""Change partnerships: facilitators move them on, and write down who takes part and who no longer does.

What was written is ingested in the background.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kb.errors import InvalidEntry, NotFound
from kb.peers.assessment.organisations import same_organisation
from kb.peers.learning.organisation import Organisation, called
from kb.peers.learning.partnership import Partnership, PartnershipState
from kb.peers.narrative import UNKNOWN
from kb.services import jobs
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning.directory import everybody
from kb.services.learning.file_editing import Editable, Editing
from kb.services.permission import Member, Role, require
from kb.services.written_files import WrittenFile

KIND = "partnership"  # of a change, as history knows it
CHANGE = "change partnerships"


def editable(kb: KnowledgeBase, name: str, *, actor: Member) -> Editable:
    """What a form begins with."""
    require(actor, Role.FACILITATOR, CHANGE)
    return _editing(kb, actor).editable(name)


def save(
    kb: KnowledgeBase, name: str, changes: Mapping[str, object], *, base_version: str, why: str = "", actor: Member
) -> WrittenFile[Partnership] | None:
    """Write changed fields of a partnership, or a new one; see :func:`kb.services.learning.directory_editing.save`."""
    require(actor, Role.FACILITATOR, CHANGE)
    return _saved(kb, actor, name, changes, base_version, why)


def move(
    kb: KnowledgeBase,
    name: str,
    state: PartnershipState | str,
    *,
    base_version: str,
    actor: Member,
    day: str = "",
    why: str = "",
) -> WrittenFile[Partnership] | None:
    """Write down that a partnership reached its next state. It only goes forward.

    Args:
        day: when it was reached; empty: today.

    Raises:
        InvalidEntry: if the state lies behind, or the day.
        Conflict: if somebody changed the file since ``base_version``.
    """
    require(actor, Role.FACILITATOR, CHANGE)
    raw = kb.partnerships.read(name).raw
    if day > today():
        raise InvalidEntry(f"The day {day[:20]} has not come yet; a state is written down once it is reached.")
    states = [*_list(raw.get("states")), {"state": str(state), "date": day or today()}]
    return _saved(kb, actor, name, {"states": states}, base_version, why)


def put_partner(
    kb: KnowledgeBase,
    name: str,
    organisation: str,
    *,
    base_version: str,
    actor: Member,
    country: str = "",
    groups: Sequence[str] = (),
    role: str = "",
    joined: str = "",
    why: str = "",
) -> WrittenFile[Partnership] | None:
    """Write down that an organisation takes part, or what is known of one that does.

    Args:
        organisation: its file in the directory, or its name in words.
        country: ISO 3166 alpha-2; empty: unknown; so are the others.

    Raises:
        InvalidEntry: with all that is wrong.
        Conflict: if somebody changed the file since ``base_version``.
    """
    require(actor, Role.FACILITATOR, CHANGE)
    said = {
        "organisation": " ".join(organisation.split()),
        "country": country or UNKNOWN,
        "groups": list(groups) or UNKNOWN,
        "role": role.strip() or UNKNOWN,
        "joined": joined or UNKNOWN,
    }
    partners = _list(kb.partnerships.read(name).raw.get("partners"))
    own = called(organisation, everybody(kb))
    at = next((index for index, each in enumerate(partners) if _is(each, organisation, own)), len(partners))
    if at < len(partners) and (source := partners[at].get("source")):
        said["source"] = source
    return _saved(kb, actor, name, {"partners": [*partners[:at], said, *partners[at + 1 :]]}, base_version, why)


def take_out_partner(
    kb: KnowledgeBase, name: str, organisation: str, *, base_version: str, why: str, actor: Member
) -> WrittenFile[Partnership] | None:
    """Write down that an organisation takes part no more. History keeps that it did, and why not any longer.

    Raises:
        InvalidEntry: if no reason is given.
        NotFound: if it takes no part.
    """
    require(actor, Role.FACILITATOR, CHANGE)
    if not why.strip():
        raise InvalidEntry("Say why the organisation takes part no more: the reason stays in the history.")
    partners = _list(kb.partnerships.read(name).raw.get("partners"))
    own = called(organisation, everybody(kb))
    left = [each for each in partners if not _is(each, organisation, own)]
    if len(left) == len(partners):
        raise NotFound(f"“{organisation[:100]}” is no partner of this partnership.")
    return _saved(kb, actor, name, {"partners": left or UNKNOWN}, base_version, why)


def _is(partner: Any, organisation: str, own: Organisation | None) -> bool:
    """Whether a partner is that organisation, however either is written."""
    written = partner.get("organisation") if isinstance(partner, Mapping) else None
    if not isinstance(written, str):
        return False
    return own.is_called(written) if own else same_organisation(written, organisation)


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else []


def _saved(
    kb: KnowledgeBase, actor: Member, name: str, changes: Mapping[str, object], base_version: str, why: str
) -> WrittenFile[Partnership] | None:
    """The file as it is now, on its way into the index; ``None`` where nothing had changed."""
    file = _editing(kb, actor).save(name, changes, base_version=base_version, why=why)
    if file:
        jobs.launched(kb, [file.path])
    return file


def _editing(kb: KnowledgeBase, actor: Member) -> Editing[Partnership]:
    return Editing(kb, kb.partnerships, KIND, actor)
