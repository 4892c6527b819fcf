"""The forms in which a need or an offer is posted, or put in other words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from kb.peers.learning.need import Need
from kb.peers.learning.offer import MAX_CAPACITY, Offer
from kb.peers.learning.parts import MAX_WORDS_CHARS
from kb.peers.learning.seeks import Seeks
from kb.peers.learning.sought import OfferFormat, Urgency
from kb.peers.parts import MAX_LINE_CHARS
from kb.retrieval.passage import UNDETERMINED
from kb.services.learning import needs, offers
from kb.ui import acting, matching_words, plain, state, words
from kb.ui.components.learning import common, need_controls
from kb.ui.components.sheet_texts import language_codes
from kb.ui.i18n import _

_ROUND = "_needs_posted"  # session key; a new number empties the forms


def show_post_need(*, is_first: bool) -> None:
    """Draw the form of a new need; unfolded where there is none yet."""
    key = f"nf_{st.session_state.setdefault(_ROUND, 0)}"
    with st.expander(_("Post a need"), icon=":material/add:", expanded=is_first, key="need_post"):
        _show_need(key, None)


def show_post_offer(*, is_first: bool) -> None:
    """Draw the form of a new offer; unfolded where there is none yet."""
    key = f"of_{st.session_state.setdefault(_ROUND, 0)}"
    with st.expander(_("Post an offer"), icon=":material/add:", expanded=is_first, key="offer_post"):
        _show_offer(key, None)


def show_revise(thing: Need | Offer) -> None:
    """Draw the form in which somebody puts their own in other words."""
    key = f"re_{thing.id}_{len(thing.happened)}"
    with st.expander(_("Put it in other words"), icon=":material/edit:", key="revise"):
        (_show_need if isinstance(thing, Need) else _show_offer)(key, thing)  # type: ignore[arg-type]


def _show_need(key: str, need: Need | None) -> None:
    said = need.posted if need else None
    with st.form(f"{key}_form", border=False):
        _ask_words(
            key, said, _("In one line: what do you look for?"),
            _("What do you want to learn, see or do, and why? Any language will do."),
        )  # fmt: skip
        with st.grid(min_column_width=230, gap="small"):
            st.selectbox(
                _("What is sought"), [each.value for each in Seeks], index=[*Seeks].index(said.seeks) if said else 0,
                key=f"{key}_seeks", format_func=matching_words.seeks,
            )  # fmt: skip
            st.selectbox(
                _("How soon"), [each.value for each in Urgency], index=[*Urgency].index(said.urgency) if said else 1,
                key=f"{key}_urgency", format_func=matching_words.urgency,
            )  # fmt: skip
            _ask_theme(key, said)
            st.text_input(
                _("Place that it is for (optional)"), said.place if said else "", key=f"{key}_place", max_chars=6,
                placeholder="PT", help=_("A country or region by its code: PT, CA-QC. Left blank, it is your own country."),
            )  # fmt: skip
            st.text_input(
                _("Plan, programme or law that it serves (optional)"), said.instrument if said else "", key=f"{key}_instrument",
                max_chars=MAX_LINE_CHARS,
            )  # fmt: skip
            _ask_languages(key, said)
        _ask_about(key, said)
        _submit(_("Post it") if need is None else _("Save"), _keep_need, key, need)


def _show_offer(key: str, offer: Offer | None) -> None:
    said = offer.posted if offer else None
    with st.form(f"{key}_form", border=False):
        _ask_words(
            key, said, _("In one line: what can you give?"),
            _("What can others learn, see or do with you, and how? Any language will do."),
        )  # fmt: skip
        with st.grid(min_column_width=230, gap="small"):
            st.multiselect(
                _("What is given"), [each.value for each in Seeks], default=[each.value for each in said.gives] if said else None,
                key=f"{key}_gives", format_func=matching_words.seeks, placeholder=_("Choose one at least"),
            )  # fmt: skip
            st.multiselect(
                _("In which form (optional)"), [each.value for each in OfferFormat],
                default=[each.value for each in said.formats] if said else None, key=f"{key}_formats",
                format_func=matching_words.offer_format, placeholder=_("Any"),
            )  # fmt: skip
            _ask_theme(key, said)
            st.number_input(
                _("To how many at a time"), min_value=1, max_value=MAX_CAPACITY, value=said.capacity if said else 1,
                key=f"{key}_capacity",
            )  # fmt: skip
            _ask_languages(key, said)
        _ask_about(key, said)
        _submit(_("Post it") if offer is None else _("Save"), _keep_offer, key, offer)


def _ask_words(key: str, said: Any, title: str, text: str) -> None:
    st.text_input(title, said.title if said else "", key=f"{key}_title", max_chars=MAX_LINE_CHARS)
    st.text_area(text, said.text if said else "", key=f"{key}_text", height=130, max_chars=MAX_WORDS_CHARS)


def _ask_theme(key: str, said: Any) -> None:
    known = list(words.THEMES) + ([said.theme] if said and said.theme and said.theme not in words.THEMES else [])
    st.selectbox(
        _("Theme (optional)"), known, index=known.index(said.theme) if said and said.theme else None, key=f"{key}_theme",
        format_func=lambda slug: plain.label(words.theme(slug)), placeholder=_("None"),
    )  # fmt: skip


def _ask_languages(key: str, said: Any) -> None:
    codes = language_codes()
    known = list(said.languages) if said else []
    st.multiselect(
        _("Languages in which one can speak with you"), [*codes, *(code for code in known if code not in codes)], default=known,
        key=f"{key}_languages", format_func=words.language, placeholder=_("Those that you read"),
    )  # fmt: skip
    own = said.language if said and said.language != UNDETERMINED else ""
    st.selectbox(
        _("Language of the text"), codes, index=codes.index(own) if own in codes else None, key=f"{key}_language",
        format_func=words.language, placeholder=_("It is detected"),
    )  # fmt: skip


def _ask_about(key: str, said: Any) -> None:
    common.partnership_picker(f"{key}_partnership", said.partnership if said else "")
    name = f"{key}_practices"
    if said and name not in st.session_state:
        st.session_state[name] = list(said.practices)
    common.practice_picker(_("Practices that it is about (optional)"), key=name)


def _submit(label: str, keep: Callable[..., str], key: str, thing: Need | Offer | None) -> None:
    st.form_submit_button(label, type="primary", on_click=acting.do, args=(keep, key, thing.id if thing else ""))


def _said(key: str, names: tuple[str, ...]) -> Mapping[str, Any]:
    """What the form says; fields without an answer are blank."""
    given = st.session_state
    return {name: "" if given[f"{key}_{name}"] is None else given[f"{key}_{name}"] for name in names}


def _keep_need(key: str, id_: str) -> str:
    said = _said(key, ("seeks", "urgency", "theme", "place", "instrument", "languages", "language", "practices", "partnership"))
    words_ = _said(key, ("title", "text"))
    if id_:
        needs.revise(state.kb(), id_, actor=state.actor(), **words_, **said)
        return _("Saved.")
    found = needs.post(state.kb(), words_["title"], words_["text"], actor=state.actor(), **said)
    _go_to(need_controls.NEED, found.id)
    return _("Your need is posted. Below are the offers that fit it.")


def _keep_offer(key: str, id_: str) -> str:
    said = _said(key, ("gives", "formats", "theme", "languages", "language", "practices", "partnership"))
    said = {**said, "capacity": int(st.session_state[f"{key}_capacity"])}
    words_ = _said(key, ("title", "text"))
    if id_:
        offers.revise(state.kb(), id_, actor=state.actor(), **words_, **said)
        return _("Saved.")
    found = offers.post(state.kb(), words_["title"], words_["text"], actor=state.actor(), **said)
    _go_to(need_controls.OFFER, found.id)
    return _("Your offer is posted. Below are the needs that it fits.")


def _go_to(kind: str, id_: str) -> None:
    st.session_state[_ROUND] += 1
    st.session_state[kind] = id_
