"""Give a practice a tag: of the controlled list or a free one, why, and the passage that shows it."""

from __future__ import annotations

import streamlit as st

from kb.errors import KBError
from kb.peers.concepts import ConceptScheme
from kb.peers.tags import Tag
from kb.retrieval.passage import Passage, PassageId
from kb.services import library, practices, tagging
from kb.services.permission import Role
from kb.services.tag_records import MAX_WHY_CHARS
from kb.ui import acting, plain, sheet_words, state, words
from kb.ui.i18n import _

_WIDTH_PX = 520
_LISTED_CHARS = 110  # of a passage in a menu
_POPOVER, _ROUND = "give_tag", "_give_tag_round"  # session keys: whether the form is open; a new number clears it


def show(name: str, scheme: ConceptScheme) -> None:
    """Draw the form behind a button; members only."""
    if Role.MEMBER not in state.actor().roles:
        return
    n = st.session_state.setdefault(_ROUND, 0)
    with st.popover(_("Give a tag"), key=_POPOVER, icon=":material/new_label:", on_change="rerun") as opened:
        if not opened.open:
            return  # the passages of a practice are many
        keys = {each: f"give_{each}_{name}_{n}" for each in ("tag", "why", "evidence")}
        passages = _passages(name)
        with st.container(width=_WIDTH_PX), st.form(f"give_form_{name}", border=False):
            st.selectbox(
                _("Tag"), list(scheme.tags), index=None, key=keys["tag"], accept_new_options=True, placeholder=_("Choose, or type"),
                format_func=lambda tag: sheet_words.tag_in_full(scheme, Tag.of(tag)),
                help=_("From the controlled list, or a word of your own; then press Enter."),
            )  # fmt: skip
            st.text_input(_("Why does it fit?"), key=keys["why"], max_chars=MAX_WHY_CHARS)
            st.selectbox(
                _("Passage that shows it (optional)"), list(passages), index=None, key=keys["evidence"], placeholder=_("None"),
                format_func=lambda passage: passages.get(passage, passage),
            )  # fmt: skip
            st.form_submit_button(
                _("Give this tag"), type="primary", icon=":material/new_label:", on_click=acting.do, args=(_give, name, keys)
            )


def _passages(name: str) -> dict[PassageId, str]:
    """The passages of the sheet and of its documents, each with its beginning."""
    try:
        listed = practices.practice(state.kb(), name, actor=state.actor()).listed
        ids = [*([listed.document_id] if listed.document_id else []), *(document.id for document in listed.documents)]
        found = [passage for each in ids for passage in library.passages(state.kb(), each, actor=state.actor())]
    except KBError:  # no index yet: a tag can be given without a passage
        return {}
    return {passage.id: _in_a_line(passage) for passage in found}


def _in_a_line(passage: Passage) -> str:
    headed = " › ".join(filter(None, (words.page(passage.page, passage.page_label), *passage.heading_path[-1:])))
    return ": ".join(filter(None, (headed, plain.shortened(passage.text, _LISTED_CHARS))))


def _give(name: str, keys: dict[str, str]) -> str:
    said = {each: st.session_state.get(key) or "" for each, key in keys.items()}
    evidence = PassageId(said["evidence"]) if said["evidence"] else None
    given = tagging.give(state.kb(), name, said["tag"], why=said["why"], evidence=evidence, actor=state.actor())
    st.session_state[_ROUND] += 1
    st.session_state[_POPOVER] = False
    return _("The tag “{tag}” is given.").format(tag=sheet_words.tag(state.scheme(), Tag.of(given.tag)))
