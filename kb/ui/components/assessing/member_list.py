"""The members as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from kb.services.permission import Role
from kb.services.records import RegisteredMember
from kb.ui import assessing_words, plain, words
from kb.ui.i18n import _, ngettext


def show_none() -> None:
    """Say what members are for."""
    st.info(
        _("Nobody is registered yet. An assessment needs at least two reviewers: add them, with the organisation they work for."),
        icon=":material/group_add:",
    )


def show(everyone: Sequence[RegisteredMember]) -> None:
    """Draw them by name; those who may act no more come last."""
    n = sum(member.is_active for member in everyone)
    st.header(ngettext("{n} member", "{n} members", n).format(n=words.number(n)), anchor=False)
    headers = [_("Name"), _("Organisation"), _("Country"), _("Roles"), _("Languages")]
    rows = [_row(member) for member in sorted(everyone, key=lambda member: not member.is_active)]
    with st.container(key="members_table"):
        plain.table(_("Members by name"), headers, rows, as_cards=True)


def roles(of: Iterable[Role]) -> str:
    """Roles in words. What everybody has is said only of those who have nothing else."""
    had = set(of)
    more: list[Role] = [role for role in Role if role in had and role is not Role.MEMBER]
    return words.listed(assessing_words.named(assessing_words.ROLES, role) for role in more or (Role.MEMBER,))


def _row(member: RegisteredMember) -> tuple[str, ...]:
    told = [_("Demonstration data")] if member.is_demo else []
    told += [] if member.is_active else [_("May act no more")]
    return (
        plain.cell(member.name, second_line=" · ".join(told)),
        plain.cell(member.organisation or _("Unknown")),
        plain.cell(words.country(member.country) if member.country else _("Unknown")),
        plain.cell(roles(member.roles)),
        plain.cell(words.listed(map(words.language, member.languages)) or _("Unknown")),
    )
