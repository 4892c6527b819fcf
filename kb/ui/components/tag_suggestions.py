"""Tags that passages of a practice speak for: each with its passage, to be confirmed or rejected by a person."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.errors import IndexBusy, IndexMissing, KBError, PermissionDenied, UnusableIndex
from kb.peers.concepts import ConceptScheme
from kb.peers.tags import Tag
from kb.retrieval.passage import PassageId
from kb.retrieval.sentences import Span
from kb.services import suggesting
from kb.services.permission import Role
from kb.services.records import Decision
from kb.services.suggesting import Suggestion, Suggestions
from kb.services.tag_records import MAX_WHY_CHARS
from kb.ui import acting, evidence, plain, sheet_words, state, words
from kb.ui.components import quoted, tag_evidence
from kb.ui.i18n import _, ngettext
from kb.ui.plain import escape_markdown
from kb.ui.said import said


def show(name: str, scheme: ConceptScheme) -> None:
    """Draw what is suggested, and folded what was rejected."""
    st.subheader(_("Suggested tags"), anchor=False)
    try:
        with st.spinner(_("Reading the passages of this practice …")):
            found = evidence.suggestions(name)
    except (IndexMissing, IndexBusy, UnusableIndex) as error:
        st.info(_("Tags can be suggested as soon as documents are read."), icon=":material/hourglass_top:")
        st.caption(escape_markdown(said(str(error))))
        return
    except PermissionDenied as refused:
        st.info(escape_markdown(said(str(refused))), icon=":material/lock:")
        return
    except KBError as error:  # the rest of the page goes on
        st.warning(escape_markdown(said(str(error))), icon=":material/error:")
        return
    _show_found(name, found, scheme)
    if found.rejected:
        _show_rejected(found.rejected, scheme)


def _show_found(name: str, found: Suggestions, scheme: ConceptScheme) -> None:
    if not found.n_passages:
        st.markdown(_("Neither the sheet nor its documents have been read yet, so no passage can speak for a tag."))
    elif not found.found:
        st.markdown(_("None: no passage speaks clearly for another tag."))
    else:
        passages = ngettext("{n} passage", "{n} passages", found.n_passages).format(n=words.number(found.n_passages))
        st.markdown(_("A program read {passages} of this practice. It may be wrong: you decide.").format(passages=passages))
        for each in found.found:
            _show_one(name, each, scheme)


def _show_one(name: str, suggestion: Suggestion, scheme: ConceptScheme) -> None:
    tag = suggestion.tag
    best = suggestion.speaking[0] if suggestion.speaking else None
    with st.container(border=True, key=f"suggested_{tag.prefix}_{tag.word}", gap="small"):
        st.markdown(f"**{escape_markdown(sheet_words.tag_in_full(scheme, tag))}**")
        if best:
            quoted.show(best.passage.text, best.sentence, language=best.passage.language)
            tag_evidence.show_place(best.document, best.passage.id, best.sentence)
        key = f"suggested_why_{name}_{tag}"
        if Role.MEMBER not in state.actor().roles:
            return
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            st.text_input(_("Why (optional)"), key=key, max_chars=MAX_WHY_CHARS, width="stretch")
            what = (name, str(tag), str(best.passage.id) if best else "", best.sentence if best else None, key)
            st.button(
                _("Confirm"), key=f"confirm_{tag}", icon=":material/check:", type="primary", on_click=acting.do,
                args=(_confirm, *what),
            )  # fmt: skip
            st.button(_("Reject"), key=f"reject_{tag}", icon=":material/close:", on_click=acting.do, args=(_reject, *what))


def _show_rejected(rejected: Sequence[Decision], scheme: ConceptScheme) -> None:
    text = ngettext("{n} rejected", "{n} rejected", len(rejected)).format(n=words.number(len(rejected)))
    with st.expander(text, icon=":material/thumb_down:"):
        for each in rejected:
            tag = sheet_words.tag_in_full(scheme, Tag.of(each.tag))
            line = _("{tag}: rejected by {member} · {time}").format(tag=tag, member=each.member, time=words.moment(each.at_utc))
            plain.show(plain.element("p", line), plain.element("p", each.why, css="kb-quiet") if each.why else "")
        st.caption(_("They are not suggested again. Who thinks otherwise can give the tag."))


def _confirm(name: str, tag: str, passage_id: str, sentence: Span | None, key: str) -> str:
    suggesting.confirm(
        state.kb(), name, tag, actor=state.actor(), why=st.session_state.get(key, ""), sentence=sentence,
        passage_id=PassageId(passage_id) if passage_id else None,
    )  # fmt: skip
    return _("The tag “{tag}” is confirmed.").format(tag=sheet_words.tag(state.scheme(), Tag.of(tag)))


def _reject(name: str, tag: str, passage_id: str, _sentence: Span | None, key: str) -> str:
    suggesting.reject(
        state.kb(), name, tag, actor=state.actor(), why=st.session_state.get(key, ""),
        passage_id=PassageId(passage_id) if passage_id else None,
    )  # fmt: skip
    return _("The tag “{tag}” is rejected; it is not suggested again.").format(tag=sheet_words.tag(state.scheme(), Tag.of(tag)))
