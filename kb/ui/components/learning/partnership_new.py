"""The form that begins a partnership: checked whole before its file is written. For facilitators."""

from __future__ import annotations

import streamlit as st

from kb.peers.learning.partnership import PartnershipState
from kb.peers.names import MAX_CHARS
from kb.peers.narrative import MAX_CHARS as MAX_TEXT_CHARS
from kb.peers.narrative import UNKNOWN
from kb.peers.parts import MAX_ITEMS, MAX_LINE_CHARS
from kb.services.clock import today
from kb.services.learning import directory, partnership_beginning
from kb.services.learning.partnership_beginning import Beginning
from kb.services.permission import Role
from kb.ui import acting, directory_words, i18n, learning_words, state, words
from kb.ui.components.learning import directory_controls as controls
from kb.ui.components.learning import directory_fields as fields
from kb.ui.components.learning import field_rows, source_rows
from kb.ui.components.learning.field_rows import Field
from kb.ui.components.sheet_texts import language_codes
from kb.ui.i18n import _

_ROUND = "_partnership_begun"  # session key; a new number empties the form


def show(*, is_first: bool) -> None:
    """Draw the form, folded; nothing for who is no facilitator."""
    if Role.FACILITATOR not in state.actor().roles:
        return
    key = f"pn_{st.session_state.setdefault(_ROUND, 0)}"
    with st.expander(_("Begin a partnership"), icon=":material/handshake:", expanded=is_first, key="pn_new"):
        _ask_what(key)
        _ask_who(key)
        _ask_when(key)
        source_rows.ask(key, {})
        st.button(_("Begin it"), type="primary", key=f"{key}_begin", icon=":material/add:", on_click=acting.do, args=(_begin, key))


def _ask_what(key: str) -> None:
    st.text_input(_("Name"), key=f"{key}_title", max_chars=MAX_LINE_CHARS)
    with st.grid(min_column_width=240, gap="small"):
        st.text_input(
            _("Code in addresses (optional)"), key=f"{key}_code", max_chars=MAX_CHARS, placeholder="green-jobs",
            help=_("a–z, 0–9 and single hyphens. Without one it is made from what the partnership is called."),
        )  # fmt: skip
        codes = language_codes()
        st.selectbox(
            _("Language of what you write"), codes, key=f"{key}_language", index=fields.at(codes, i18n.current(), default=0),
            format_func=words.language,
        )  # fmt: skip
    told = _("Say where it is from: [@key] names a source. Where you name none, the first source below is put behind it.")
    for name, label in {"topic": _("What it is about"), "what": _("How it works (optional)"),
                        "objectives": _("What it wants to learn (optional)")}.items():  # fmt: skip
        st.text_area(label, key=f"{key}_{name}", height=90, max_chars=MAX_TEXT_CHARS, help=told)
    slugs = [each.removeprefix("theme:") for each in fields.themes()]
    st.multiselect(_("Themes"), slugs, key=f"{key}_themes", format_func=directory_words.theme, placeholder=_("None"))


def _ask_who(key: str) -> None:
    entries = directory.organisations(state.kb(), actor=state.actor())
    titles = {each.name: each.organisation.title for each in entries if each.organisation}
    with st.grid(min_column_width=240, gap="small"):
        st.selectbox(
            _("Lead, of the directory"), list(titles), key=f"{key}_lead", index=None, format_func=titles.__getitem__,
            placeholder=_("None of these"),
        )  # fmt: skip
        st.text_input(_("Or the lead’s name, where it is not in the directory"), key=f"{key}_lead_name", max_chars=MAX_LINE_CHARS)
    st.multiselect(
        _("Co-leads, of the directory"),
        list(titles),
        key=f"{key}_co_leads",
        format_func=titles.__getitem__,
        placeholder=_("None of these"),
    )
    st.multiselect(
        _("Partners, of the directory"),
        list(titles),
        key=f"{key}_partners",
        format_func=titles.__getitem__,
        placeholder=_("None of these"),
    )
    st.text_area(
        _("Other partners, one a line: name | country code"), key=f"{key}_others", height=90,
        placeholder=_("Name of the partner | BE"),
    )  # fmt: skip
    field_rows.ask(f"{key}_groups", _group_fields(), (), more=_("Another group"), at_most=MAX_ITEMS)


def _ask_when(key: str) -> None:
    with st.grid(min_column_width=170, gap="small"):
        st.text_input(_("Start"), key=f"{key}_start", max_chars=10, placeholder="2026-11")
        st.text_input(_("End"), key=f"{key}_end", max_chars=10, placeholder="ongoing")
        st.selectbox(_("State"), list(PartnershipState), key=f"{key}_state", format_func=learning_words.state_word)
        st.text_input(_("In this state since"), today(), key=f"{key}_day", max_chars=10, placeholder="2026-11-22")
    st.multiselect(
        _("Languages in which it works"),
        language_codes(),
        key=f"{key}_spoken",
        format_func=words.language,
        placeholder=_("Unknown"),
    )


def _group_fields() -> tuple[Field, ...]:
    return (
        Field("title", _("Group {n}"), MAX_LINE_CHARS),
        Field("focus", _("What it works on ({n})"), MAX_TEXT_CHARS, is_long=True),
    )


def _begin(key: str) -> str:
    said = st.session_state
    others = {
        each["name"]: "" if each["country"] == UNKNOWN else each["country"] for each in fields.partners_of(said[f"{key}_others"])
    }
    made = partnership_beginning.begin(
        state.kb(),
        Beginning(
            title=said[f"{key}_title"],
            code=said[f"{key}_code"],
            language=said[f"{key}_language"],
            topic=said[f"{key}_topic"],
            what=said[f"{key}_what"],
            objectives=said[f"{key}_objectives"],
            themes=tuple(said[f"{key}_themes"]),
            lead=said[f"{key}_lead"] or said[f"{key}_lead_name"],
            co_leads=tuple(said[f"{key}_co_leads"]),
            partners={**dict.fromkeys(said[f"{key}_partners"], ""), **others},
            groups=tuple((row["title"], row["focus"]) for row in field_rows.said(f"{key}_groups", _group_fields())),
            start=said[f"{key}_start"],
            end=said[f"{key}_end"],
            state=said[f"{key}_state"],
            day=said[f"{key}_day"].strip(),
            spoken=tuple(said[f"{key}_spoken"]),
            sources=source_rows.said(key, {}),
        ),
        actor=state.actor(),
    )
    field_rows.forget(key)
    said[_ROUND] += 1
    controls.open_partnership(made.name)
    return _("“{title}” has begun. The search finds it in a moment.").format(
        title=directory_words.title(made.made) if made.made else made.name
    )
