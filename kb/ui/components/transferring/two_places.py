"""The place that a practice comes from and the one where it may go: what is known of each, and how far they are apart."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from kb.peers.contexts.groups import ConditionGroup
from kb.peers.narrative import UNKNOWN
from kb.services.contexts import Context
from kb.services.transferring.viewing import TransferView
from kb.ui import context_words, links, plain, sheet_words
from kb.ui import transferring_words as told
from kb.ui.components import section
from kb.ui.components.contexts import apart, nearest
from kb.ui.i18n import _, current


def show(view: TransferView) -> None:
    """Draw the eight groups of conditions side by side, then the distance and its parts."""
    section.head("places", _("The two places"))
    one, other = view.source_context, view.target_context
    if one is None or other is None:
        missing = [place for place, context in ((view.test.source, one), (view.test.target, other)) if context is None]
        st.info(
            plain.escape_markdown(
                _("There is no profile of {places} that can be read now.").format(places=", ".join(map(told.place, missing)))
            ),
            icon=":material/info:",
        )
        return
    if view.distance:
        plain.show(plain.element("p", nearest.in_words(view.distance), css="kb-reason"))
    with st.expander(_("What is known of both, in eight groups"), key="groups_beside"):
        _show_groups(one, other)
    if view.distance and view.distance.value is not None:
        opened = st.expander(_("How far apart they are, indicator by indicator"), key="apart_inside", on_change="rerun")
        if opened.open:
            with opened:
                apart.show_parts(one, other, view.distance)


def _show_groups(one: Context, other: Context) -> None:
    names = tuple(context_words.place(each.profile) for each in (one, other))
    rows = [(plain.cell(context_words.group(group)), *(_said(each, group) for each in (one, other))) for group in ConditionGroup]
    with st.container(key="groups_table"):
        plain.table(_("What is known of both places"), (_("Group of conditions"), *names), rows, as_cards=True)
    with st.container(horizontal=True, gap="medium"):
        for each, name in zip((one, other), names, strict=True):
            links.to_context(_("The profile of {place}").format(place=name), each.place)


def _said(of: Context, group: ConditionGroup) -> str:
    """What a profile says of a group; that nobody knows."""
    text = of.profile.text(group)
    if text.is_unknown:
        return plain.element("span", sheet_words.choice(UNKNOWN), css="kb-quiet")
    language = text.best(current())[0]
    return f'<div class="kb-inline">{"".join(_paragraphs(context_words.text(text), language))}</div>'


def _paragraphs(said: str, language: str) -> Iterable[str]:
    return (plain.element("p", part, language=language) for part in said.split("\n\n") if part.strip())
