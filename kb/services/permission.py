"""Who is acting, and what they may do. Checked here, for every route, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache

from kb.errors import PermissionDenied
from kb.retrieval.catalog import Catalog, DocumentSummary
from kb.retrieval.passage import DocumentId, Metadata, Visibility


class Role(StrEnum):
    """What a member may do; a member may have several."""

    MEMBER = "member"
    CONTRIBUTOR = "contributor"
    REVIEWER = "reviewer"
    FACILITATOR = "facilitator"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Member:
    """The acting person.

    Attributes:
        organisation: whom they work for; empty where it is unknown.
        country: ISO 3166 alpha-2; empty where it is unknown.
        is_demo: made up for the demonstration: what they do is demonstration too, and goes with it.
    """

    name: str
    roles: frozenset[Role]
    organisation: str = ""
    country: str = ""
    is_demo: bool = False


LOCAL_MEMBER = Member("local", frozenset(Role))  # local mode: one member with all roles, on this machine only


def require(actor: Member, role: Role, action: str) -> None:
    """Refuse ``action`` ("add documents") to a member without ``role``.

    Raises:
        PermissionDenied: naming the role that may.
    """
    if role not in actor.roles:
        raise PermissionDenied(f"{actor.name} may not {action}: this needs the role {role}.")


def require_either(actor: Member, role: Role, other: Role, action: str) -> None:
    """Refuse ``action`` to a member who has neither role.

    Raises:
        PermissionDenied: naming both.
    """
    if not actor.roles & {role, other}:
        raise PermissionDenied(f"{actor.name} may not {action}: this needs the role {role} or {other}.")


def require_real(actor: Member) -> None:
    """Refuse to a member of the demonstration what would stay when the demonstration goes.

    Raises:
        PermissionDenied: if the actor is made up.
    """
    if actor.is_demo:
        raise PermissionDenied(
            f"{actor.name} is made up, and this is real: it would stay when the demonstration goes. Act as somebody else."
        )


def may_see(actor: Member, about: Metadata, today: str) -> bool:
    """Whether a document is for this member's eyes: restricted ones for facilitators, embargoed ones for administrators.

    Args:
        today: ISO date.
    """
    if about.embargo_until and about.embargo_until > today and Role.ADMINISTRATOR not in actor.roles:
        return False
    if about.visibility is Visibility.RESTRICTED:
        return bool(actor.roles & {Role.FACILITATOR, Role.ADMINISTRATOR})
    return about.visibility is Visibility.PUBLIC or Role.MEMBER in actor.roles


def visible_documents(catalog: Catalog, actor: Member) -> Mapping[DocumentId, DocumentSummary]:
    """Every live document this member may see, by id."""
    return _visible(catalog, catalog.revision(), actor, datetime.now(UTC).date().isoformat())


@lru_cache(maxsize=16)  # every question needs it; a change to the catalog, a role taken away or a new day makes a new key
def _visible(catalog: Catalog, _revision: int, actor: Member, today: str) -> Mapping[DocumentId, DocumentSummary]:
    return {document.id: document for document in catalog.documents() if may_see(actor, document.metadata, today)}
