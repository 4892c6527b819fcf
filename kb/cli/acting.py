"""``--as NAME``: as whom a command is given. There are no accounts in local mode: whoever is at this machine says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kb.cli.search import flat

if TYPE_CHECKING:
    from kb.services.knowledge_base import KnowledgeBase
    from kb.services.permission import Member

Command = TypeVar("Command", bound=Callable[..., Any])


def acting(command: Command) -> Command:
    """Give ``command`` the option; its value comes as ``acting_as`` and goes to :func:`actor_of`."""
    return click.option("--as", "acting_as", default="", metavar="NAME", help="The member as whom you act; see kb member list.")(
        command
    )


def actor_of(base: KnowledgeBase, name: str) -> Member:
    """The member of that name; the local one, with every role, where no name is given.

    Raises:
        NotFound: if nobody of that name may act.
    """
    from kb.errors import NotFound
    from kb.services import members
    from kb.services.permission import LOCAL_MEMBER

    actor = members.acting_as(base, name) if name else LOCAL_MEMBER
    if actor is None:
        raise NotFound(f"There is no member called “{flat(name)}” who may act. See who is there: kb member list")
    return actor
