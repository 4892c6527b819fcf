"""The last step of a review: a comment, what is missing, and submitting it."""

from __future__ import annotations

import streamlit as st

from kb.peers.assessment.review import MAX_COMMENT_CHARS, Need
from kb.peers.assessment.state import Stage
from kb.services.assessing.reviewing import Desk
from kb.ui import assessing_words, reviewing, sheet_words, words
from kb.ui.components.assessing import review_given, review_steps
from kb.ui.components.sheet_texts import language_codes
from kb.ui.i18n import _, ngettext
from kb.ui.plain import escape_markdown


def show(desk: Desk) -> None:
    """Draw the comment, what is missing, what has no evidence, and the way to submit."""
    if desk.is_submitted:
        review_given.show_comment(desk.review.comment)
        _show_unsupported(desk)
        return
    st.header(_("Comment"), anchor=False)
    _show_comment(desk)
    st.header(_("Submit"), anchor=False)
    _show_lacking(desk)
    _show_unsupported(desk)
    _show_submit(desk)


def _show_comment(desk: Desk) -> None:
    comment = reviewing.bound(review_steps.END, "comment", desk.review.comment)
    language = reviewing.bound(review_steps.END, "language", desk.review.language or None)
    note = reviewing.note_comment
    st.text_area(
        _("What you say to the practice as a whole (optional)"), key=comment, height=150, max_chars=MAX_COMMENT_CHARS,
        on_change=note, args=(comment, language),
    )  # fmt: skip
    codes = language_codes()
    if desk.review.language and desk.review.language not in codes:
        codes.append(desk.review.language)
    st.selectbox(
        _("Language of your reasons"), codes, key=language, index=None, format_func=words.language, placeholder=_("Not said"),
        width=320, on_change=note, args=(comment, language),
    )  # fmt: skip


def _show_lacking(desk: Desk) -> None:
    needs: dict[str, list[Need]] = {}
    for lack in desk.lacking:
        needs.setdefault(lack.item, []).append(lack.need)
    if not needs:
        st.markdown(_("Everything is answered."))
        return
    n = len(needs)
    st.info(
        ngettext("{n} question is not answered yet:", "{n} questions are not answered yet:", n).format(n=words.number(n)),
        icon=":material/pending_actions:",
    )
    _show_ways(
        {item: words.listed(assessing_words.named(assessing_words.NEEDS, need) for need in all_) for item, all_ in needs.items()},
        desk,
    )


def _show_unsupported(desk: Desk) -> None:
    if not desk.unsupported:
        return
    n = len(desk.unsupported)
    text = ngettext(
        "{n} score has no passage beside it. It will be shown as unsupported.",
        "{n} scores have no passage beside them. They will be shown as unsupported.",
        n,
    )
    st.warning(text.format(n=words.number(n)), icon=":material/link_off:")
    _show_ways(dict.fromkeys(desk.unsupported, _("no passage")), desk, "bare")


def _show_ways(told: dict[str, str], desk: Desk, key: str = "lack") -> None:
    with st.container(gap=None):
        for item, what in told.items():
            label = sheet_words.labelled(assessing_words.item(desk.rubric, item), what)
            st.button(
                escape_markdown(label),
                key=f"found_{key}_{item}",
                type="tertiary",
                wrap=True,
                on_click=review_steps.go,
                args=(item,),
            )


def _show_submit(desk: Desk) -> None:
    if desk.lacking or reviewing.writing().is_behind or desk.assessment.stage is not Stage.REVIEWING:
        st.button(_("Submit the review"), key="submit_off", icon=":material/send:", disabled=True)
        st.caption(_why_not(desk))
        return
    with st.popover(_("Submit the review"), key="submit_open", icon=":material/send:", type="primary"):
        st.markdown(_("What you submit is never changed any more. From then on you see what the others said."))
        st.button(_("Submit it now"), key="submit_now", type="primary", icon=":material/send:", on_click=reviewing.submit)


def _why_not(desk: Desk) -> str:
    if desk.lacking:
        return _("It can be submitted once everything is answered.")
    if reviewing.writing().is_behind:
        return _("It was kept in another window: open it here first.")
    return _("It can be submitted while the panel is reviewing.")
