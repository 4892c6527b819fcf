"""The top of a place: what it is, how much is known, and the way to another place beside it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from kb.peers.contexts.groups import ConditionGroup
from kb.peers.contexts.profile import ContextProfile
from kb.peers.narrative import UNKNOWN
from kb.services.contexts import Context
from kb.ui import context_words, links, plain, words
from kb.ui.components import section
from kb.ui.components.contexts import place_list
from kb.ui.i18n import _

_OTHER = "context_other"  # widget key


def show_way_back() -> None:
    """Draw the way back to all."""
    st.button(
        _("All places"), key="all_places", type="tertiary", icon=":material/arrow_back:",
        on_click=st.session_state.update, args=({links.PLACE: "", links.BESIDE: ""},),
    )  # fmt: skip


def show_sections() -> None:
    """Draw the way to each part of the page in the side panel."""
    section.show_list(
        {group.value: context_words.group(group) for group in ConditionGroup}
        | {"nearest": _("Nearest places"), "practices": _("Practices done there"), "documents": _("Documents about it")}
        | {"sources": _("Sources")}
    )


def show(found: Context) -> None:
    """Draw name, kind, languages, how much is known and when somebody last looked."""
    profile, name = found.profile, context_words.place(found.profile)
    st.set_page_config(page_title=name)
    spoken = () if isinstance(profile.languages, str) else profile.languages.codes
    with st.container(gap="xsmall", key="place_head"):
        plain.heading(1, name)
        languages = list(map(words.language, spoken)) or [_("Language unknown")]
        plain.show(plain.pills([context_words.kind(profile), *languages]))
        plain.show(plain.element("p", _about(found), css="kb-place kb-below"))


def show_tools(found: Context, profiles: Mapping[str, ContextProfile]) -> None:
    """Draw the choice of another place to stand beside it, and the way to the profile as a document."""
    others = sorted(
        (each for each in profiles if each != found.place), key=lambda each: words.sortable(context_words.place(profiles[each]))
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="place_tools"):
        if others:
            st.session_state[_OTHER] = None
            st.selectbox(
                _("Compare with another place"), others, key=_OTHER, index=None, width=320, on_change=_compare,
                placeholder=_("Choose a place"), format_func=lambda each: context_words.place(profiles[each]),
            )  # fmt: skip
        if found.document_id:
            parameters = links.document_parameters(found.document_id)
            label = _("The profile as a document")
            st.page_link(links.DOCUMENT, label=label, icon=":material/description:", query_params=parameters)
    if found.document_id is None:
        sentence = _("This profile is not in the index yet, so no search finds it. Ingest it: {command}")
        plain.show(plain.element("p", sentence.format(command="python -m kb ingest"), css="kb-quiet"))


def compare(place: str) -> None:
    """For ``on_click``: put another place beside this one."""
    st.session_state[links.BESIDE] = place


def _about(found: Context) -> str:
    told = [place_list.how_much(found.profile, found.indicators)]
    reviewed = found.profile.reviewed
    told += [] if reviewed == UNKNOWN else [_("last reviewed {date}").format(date=words.day(reviewed))]
    return " · ".join(told)


def _compare() -> None:
    st.session_state[links.BESIDE] = st.session_state[_OTHER] or ""
