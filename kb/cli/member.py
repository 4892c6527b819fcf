"""``kb member``: who may act in this knowledge base."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from kb.cli.acting import acting, actor_of
from kb.cli.search import flat
from kb.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.services.knowledge_base import KnowledgeBase
    from kb.services.permission import Role
    from kb.services.records import RegisteredMember

ROLES = ("member", "contributor", "reviewer", "facilitator", "administrator")

_organisation = click.option("--organisation", help="Whom they work for. Conflicts of interest are seen by it.")
_country = click.option("--country", metavar="CODE", help="ISO 3166, such as IT or PT.")
_role = click.option("--role", "roles", multiple=True, type=click.Choice(ROLES), help="What they may do; may be given again.")
_language = click.option("--language", "languages", multiple=True, metavar="CODE", help="That they read; may be given again.")


@click.group()
def member() -> None:
    """Members: list, add and change who may act, for whom they work, and what they may do.

    There are no accounts in local mode: whoever is at this machine may act as any member, or as “local”, who has every role.
    """


@member.command("list")
@acting
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def list_members(acting_as: str, as_json: bool) -> None:
    """Everyone who is registered, by name."""
    from kb.services import members

    base = _open()
    found = members.members(base, actor=actor_of(base, acting_as))
    if as_json:
        click.echo(json.dumps({"members": [_json(each) for each in found]}, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join([*map(_text, found), f"{len(found)} members"]))


@member.command("add")
@click.argument("name")
@_organisation
@_country
@_role
@_language
@acting
def add(
    name: str, organisation: str | None, country: str | None, roles: tuple[str, ...], languages: tuple[str, ...], acting_as: str
) -> None:
    """Register a member called NAME. The role “member” comes with every other; only administrators add who leads."""
    from kb.services import members

    base = _open()
    added = members.add(
        base,
        name,
        organisation=organisation or "",
        country=country or "",
        roles=_roles(roles),
        languages=languages,
        actor=actor_of(base, acting_as),
    )
    click.echo(f"Added: {_text(added)}")


@member.command("change")
@click.argument("name")
@_organisation
@_country
@_role
@_language
@click.option("--active/--inactive", "is_active", default=None, help="Whether they may act. What they did stays.")
@acting
def change(
    name: str,
    organisation: str | None,
    country: str | None,
    roles: tuple[str, ...],
    languages: tuple[str, ...],
    is_active: bool | None,
    acting_as: str,
) -> None:
    """Change what is said of the member NAME; what you do not give stays. Roles and languages take the place of the old ones."""
    from kb.services import members

    base = _open()
    actor = actor_of(base, acting_as)
    read = {each.key: each.version for each in members.members(base, actor=actor)}
    changed = members.change(
        base,
        name,
        version=read.get(_key(name), 0),
        actor=actor,
        organisation=organisation,
        country=country,
        roles=_roles(roles) if roles else None,
        languages=languages or None,
        is_active=is_active,
    )
    click.echo(f"Now: {_text(changed)}")


def _open() -> KnowledgeBase:
    from kb.bootstrap import open_kb

    return open_kb(Settings.from_env())


def _roles(names: Iterable[str]) -> list[Role]:
    from kb.services.permission import Role

    return [Role(name) for name in names]


def _key(name: str) -> str:
    from kb.services.records import name_key

    return name_key(name)


def _text(each: RegisteredMember) -> str:
    notes = [note for note, holds in (("demonstration", each.is_demo), ("may act no more", not each.is_active)) if holds]
    facts = [each.organisation, each.country, ", ".join(each.roles), ", ".join(each.languages), *notes]
    return flat(f"{each.name}: {' · '.join(fact for fact in facts if fact)}")


def _json(each: RegisteredMember) -> dict[str, Any]:
    return {
        "name": each.name,
        "organisation": each.organisation,
        "country": each.country,
        "roles": each.roles,
        "languages": each.languages,
        "is_active": each.is_active,
        "is_demo": each.is_demo,
        "added_at": each.added_at_utc,
        "added_by": each.added_by,
        "version": each.version,
    }
