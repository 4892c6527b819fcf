"""Partnerships, sessions and organisations by what they are called, for the forms and heads of question rounds."""

from __future__ import annotations

from contextlib import suppress

from kb.errors import KBError
from kb.services import members
from kb.services.learning import partnerships, sessions
from kb.ui import state, words
from kb.ui.i18n import current


def partnership_titles() -> dict[str, str]:
    """Name of its file → title; of those that can be read."""
    found = partnerships.partnerships(state.kb(), actor=state.actor())
    return {each.name: each.partnership.title.best(current())[1] for each in found if each.partnership}


def partnership_title(name: str) -> str:
    """What a partnership is called; as it was written where there is none of that name."""
    return partnership_titles().get(name, name) if name else ""


def session_titles() -> dict[str, str]:
    """Id → title, of real sessions that are not cancelled."""
    found = sessions.sessions(state.kb(), actor=state.actor())
    return {each.id: each.title for each in found if not each.is_demo and each.state != "cancelled"}


def organisations(partnership: str = "") -> list[str]:
    """Those of members and of a partnership; others are typed."""
    everyone = members.members(state.kb(), actor=state.actor())
    found = {each.organisation for each in everyone if each.is_active and not each.is_demo}
    if partnership:
        with suppress(KBError):  # its file is gone or has faults: the members' organisations are there all the same
            found |= {each.title for each in partnerships.partnership(state.kb(), partnership, actor=state.actor()).seats}
    return sorted(filter(None, found), key=words.sortable)
