"""A saved search as it stands now: what it asks, and what is new."""

from __future__ import annotations

import streamlit as st

from kb.retrieval.answer import Filters
from kb.services import saved_searches
from kb.services.records import SavedSearch
from kb.services.saved_searches import Visit
from kb.ui import acting, links, plain, state, words
from kb.ui.components import filters
from kb.ui.components.question_form import QUESTION
from kb.ui.i18n import _, ngettext


def filters_of(saved: SavedSearch) -> str:
    """Its filters in words; empty when there are none."""
    return filters.spelled(saved.filters)


def show_head(visit: Visit) -> None:
    """Draw name, question and what is new, with the two things to do about it."""
    plain.heading(1, visit.saved.name)
    show_what_is_asked(visit.saved)
    show_news(visit)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if visit.new:
            st.button(_("Mark as seen"), key="mark_seen", icon=":material/done_all:", on_click=acting.do, args=(_mark_seen, visit))
        asked = _parameters(visit.saved.question, visit.saved.filters)
        st.page_link(links.SEARCH, label=_("Open in search"), icon=":material/search:", query_params=asked)


def show_what_is_asked(saved: SavedSearch) -> None:
    """Draw the question and its filters."""
    spelled = filters_of(saved)
    told = _("Filters: {filters}").format(filters=spelled) if spelled else ""
    asked = plain.element("p", saved.question, css="kb-asked")
    plain.show(asked, plain.element("p", told, css="kb-quiet") if told else "")


def show_news(visit: Visit) -> None:
    """Say how many hits are new, and since when."""
    since = words.moment(visit.saved.seen_at_utc)
    n, hits = len(visit.new), len(visit.result.hits)
    if not n:
        plain.show(plain.element("p", _("Nothing new since {date}.").format(date=since), css="kb-quiet"))
        return
    text = ngettext("{n} new of {hits} since {date}", "{n} new of {hits} since {date}", n)
    told = text.format(n=words.number(n), hits=words.number(hits), date=since)
    plain.show("<p>", plain.element("span", told, css="kb-new"), "</p>")


def _mark_seen(visit: Visit) -> str:
    saved_searches.mark_seen(state.kb(), visit, actor=state.actor())
    return _("Marked as seen.")


def _parameters(question: str, chosen: Filters) -> dict[str, str | list[str]]:
    values = {f"s_{field.suffix}": [str(value) for value in getattr(chosen, field.name)] for field in filters.FIELDS}
    return {QUESTION: question, **{key: found for key, found in values.items() if found}}
