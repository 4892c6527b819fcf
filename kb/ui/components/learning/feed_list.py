"""What happened lately, newest first, and the same as an Atom file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from uuid import UUID

import streamlit as st

from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import feed
from kb.services.learning.feed import Entry
from kb.services.permission import Member
from kb.ui import hrefs, i18n, learning_words, plain, state, words
from kb.ui.components.assessing import demonstration
from kb.ui.i18n import _


def show(entries: Sequence[Entry]) -> None:
    """Draw a table and the file; where nothing happened yet, say so."""
    if not entries:
        st.info(_("Nothing has happened yet. What partners post, plan, learn and change stands here."), icon=":material/history:")
        return
    with st.container(key="feed_table"):
        plain.table(_("Newest first"), (_("When"), _("Who"), _("What"), _("About")), map(_row, entries), as_cards=True)
    # The button works in a thread of its own, where there is no session: what is said is worked out here.
    said = {each.id: f"{each.who or '–'}: {_did(each)}" for each in entries}
    content = partial(_content, state.kb(), state.actor(), _("What happened lately"), i18n.current(), said)
    st.download_button(
        _("Atom feed"), data=content, file_name="learning.atom", mime="application/atom+xml", key="take_feed",
        icon=":material/rss_feed:", on_click="ignore",
    )  # fmt: skip


def _row(each: Entry) -> Iterable[str]:
    quiet = " · ".join(part for part in (learning_words.kind_word(each.kind), demonstration.words(is_demo=each.is_demo)) if part)
    return (
        plain.cell(words.moment(each.at_utc)),
        plain.cell(each.who or "–"),
        plain.cell(_did(each)),
        plain.link(each.title, hrefs.thing(each.ref)) + plain.note(quiet),
    )


def _did(each: Entry) -> str:
    return learning_words.event_word(each.kind, each.event)


def _content(kb: KnowledgeBase, actor: Member, title: str, language: str, said: Mapping[UUID, str]) -> bytes:
    """What came since the page was drawn is told in English."""
    say = lambda entry: said.get(entry.id) or feed.said(entry)  # noqa: E731
    return feed.atom(kb, actor=actor, title=title, language=language, say=say).content
