"""Who learned from whom as a table, the latest first, and the organisations with their numbers in the picture."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from kb.peers.learning.network import Edge, Network
from kb.ui import hrefs, links, notice_words, plain, words
from kb.ui.components import section
from kb.ui.components.assessing import demonstration
from kb.ui.components.learning.network_picture import name
from kb.ui.i18n import _, ngettext


def show_organisations(found: Network) -> None:
    """Draw them with their numbers, by country and name."""
    items = "".join(plain.element("li", name(each.organisation, each.country)) for each in found.nodes)
    plain.show(plain.element("p", _("Organisations, by country and name"), css="kb-quiet"), f'<ol class="kb-ring">{items}</ol>')


def show(found: Network) -> None:
    """Draw all arrows."""
    section.head("arrows", _("Everything that was learned"))
    n = len(found.edges)
    caption = ngettext("{n} arrow, the latest first", "{n} arrows, the latest first", n).format(n=words.number(n))
    headers = (_("Who learned"), _("From whom"), _("What"), _("When"))
    with st.container(key="arrows_table"):
        plain.table(caption, headers, map(_row, found.edges), as_cards=True)


def show_none() -> None:
    """Say what will stand here."""
    st.info(
        _(
            "Nobody learned from anybody yet, as far as others confirmed it. A match that took place and a transfer that worked "
            "each make an arrow; so do a lesson that names whom it was learned from and a policy change, once somebody else "
            "confirmed them."
        ),
        icon=":material/hub:",
    )
    st.page_link(links.LESSONS, label=_("Lessons"), icon=":material/lightbulb:")


def show_unconfirmed(n: int) -> None:
    """Say how many arrows wait for somebody to confirm what was told; nothing for none."""
    if n:
        text = ngettext(
            "{n} more would be drawn if somebody else confirmed the lesson or the policy change.",
            "{n} more would be drawn if somebody else confirmed the lessons and policy changes.",
            n,
        )
        plain.show(plain.element("p", text.format(n=words.number(n)), css="kb-quiet"))


def _row(each: Edge) -> Iterable[str]:
    return (
        plain.cell(each.learner),
        plain.cell(each.teacher),
        plain.link(each.title, hrefs.thing(each.ref))
        + plain.note(
            " · ".join(part for part in (notice_words.learned(each.what), demonstration.words(is_demo=each.is_demo)) if part)
        ),
        plain.cell(words.day(each.on)),
    )
