"""What waits for me: judgements of mine, tests that can be concluded, tests of mine that do not go on."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from kb.peers.contexts.profile import ContextProfile
from kb.services.transferring.listing import Awaited, ListedTest
from kb.ui import links, plain, transferring_words, words
from kb.ui.components.assessing import demonstration
from kb.ui.components.transferring import naming
from kb.ui.i18n import _, ngettext

SHOWN = 6  # cards; the others are a number


def show(waits: Awaited, profiles: Mapping[str, ContextProfile]) -> None:
    """Draw them, what is due first on top; nothing where nothing waits."""
    if not waits:
        return
    st.header(_("Waiting for you"), anchor=False)
    told = {
        _("Your judgement is awaited."): waits.to_judge,
        _("Every judgement is there: the test can be concluded."): waits.to_conclude,
        _("You lead this test: invite somebody, or wait no longer for who is overdue."): waits.to_lead,
    }
    tasks = [(each, sentence) for sentence, several in told.items() for each in several]
    with st.grid(min_column_width=300, gap="small"):
        for n, (each, sentence) in enumerate(tasks[:SHOWN]):
            with st.container(border=True, height="stretch", gap="xsmall", key=f"document_test_{n}"):
                _show_one(each, sentence, profiles)
    if (more := len(tasks) - SHOWN) > 0:
        text = ngettext("{n} more waits for you.", "{n} more wait for you.", more)
        plain.show(plain.element("p", text.format(n=words.number(more)), css="kb-quiet"))


def _show_one(each: ListedTest, sentence: str, profiles: Mapping[str, ContextProfile]) -> None:
    links.to_transfer_test(naming.title(each.practice, each.title), each.id)
    due = (_("Overdue since {day}") if each.is_overdue else _("Due {day}")).format(day=words.day(each.due)) if each.due else ""
    plain.show(
        plain.element("p", transferring_words.route(each.source, each.target, profiles), css="kb-place"),
        plain.element("p", sentence),
        plain.pills([due, demonstration.words(is_demo=each.is_demo)]),
    )
