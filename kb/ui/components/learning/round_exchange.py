"""What members ask about a case, what is replied, and whom it interests."""

from __future__ import annotations

import streamlit as st

from kb.peers.assessment.organisations import same_organisation
from kb.peers.learning.parts import MAX_WORDS_CHARS
from kb.peers.learning.round import Round, RoundState
from kb.peers.learning.round_values import Asked, CaseAnswer
from kb.services.learning import exchanging
from kb.ui import acting, plain, sheet_words, state, words
from kb.ui.i18n import _, ngettext
from kb.ui.plain import label


def show(found: Round, case: CaseAnswer) -> None:
    """Draw questions, replies, interest, and the forms for them while the round is open."""
    is_open = found.state in (RoundState.SENT, RoundState.CLOSED)
    _show_interest(found, case, is_open=is_open)
    asked = found.questions_on(case.seq)
    if not asked and not is_open:
        return
    n = len(asked)
    head = ngettext("{n} question on this case", "{n} questions on this case", n).format(n=words.number(n))
    with st.expander(label(head), icon=":material/forum:", expanded=bool(asked), key=f"exchange_{case.seq}"):
        for each in asked:
            _show_asked(found, case, each, is_open=is_open)
        if is_open and case.by.name != state.actor().name:
            _show_asking(found.id, case.seq)


def _show_interest(found: Round, case: CaseAnswer, *, is_open: bool) -> None:
    names = sorted(found.votes.get(case.seq, frozenset()), key=words.sortable)
    mine = state.actor().name in names
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"interest_{case.seq}"):
        if is_open and case.by.name != state.actor().name:
            st.button(
                _("It interests me no longer") if mine else _("It interests me"), key=f"vote_{case.seq}",
                icon=":material/star:" if mine else ":material/star_border:", on_click=acting.do,
                args=(_vote, found.id, case.seq, not mine),
            )  # fmt: skip
        if names:
            told = ngettext("interests {n} member", "interests {n} members", len(names)).format(n=words.number(len(names)))
            plain.show(plain.element("span", sheet_words.labelled(told, words.listed(names)), css="kb-quiet"))
        else:
            plain.show(plain.element("span", _("Nobody has said yet that it interests them."), css="kb-quiet"))


def _show_asked(found: Round, case: CaseAnswer, asked: Asked, *, is_open: bool) -> None:
    with st.container(gap="xsmall", key=f"asked_{asked.seq}"):
        plain.show(plain.element("p", _("{who} asks:").format(who=_who(asked.by.name, asked.by.organisation)), css="kb-quiet"))
        plain.show(*(plain.element("p", part) for part in asked.text.split("\n\n") if part.strip()))
        for each in asked.replies:
            by = _("{who} replies:").format(who=_who(each.by.name, each.by.organisation))
            inside = plain.element("span", by, css="kb-quiet") + plain.element("p", each.text)
            plain.show(f'<div class="kb-reply">{inside}</div>')
        if not asked.replies:
            plain.show(plain.element("p", _("No reply yet."), css="kb-quiet"))
        if is_open and _may_reply(case):
            _show_replying(found.id, asked.seq)


def _show_asking(round_id: str, case: int) -> None:
    with st.form(f"ask_{case}", border=False, clear_on_submit=True):
        st.text_area(_("Your question on this case"), key=f"ask_text_{case}", max_chars=MAX_WORDS_CHARS, height=68)
        st.form_submit_button(_("Ask"), icon=":material/help:", on_click=acting.do, args=(_ask, round_id, case))


def _show_replying(round_id: str, question: int) -> None:
    with st.form(f"reply_{question}", border=False, clear_on_submit=True):
        st.text_area(_("Your reply"), key=f"reply_text_{question}", max_chars=MAX_WORDS_CHARS, height=68)
        st.form_submit_button(_("Reply"), icon=":material/reply:", on_click=acting.do, args=(_reply, round_id, question))


def _may_reply(case: CaseAnswer) -> bool:
    actor = state.actor()
    return case.by.name == actor.name or same_organisation(case.by.organisation, actor.organisation)


def _who(name: str, organisation: str) -> str:
    return ", ".join(filter(None, (name, organisation)))


def _ask(round_id: str, case: int) -> str:
    exchanging.ask(state.kb(), round_id, case, st.session_state[f"ask_text_{case}"], actor=state.actor())
    return _("Asked. The author of the case sees it among what waits for them.")


def _reply(round_id: str, question: int) -> str:
    exchanging.reply(state.kb(), round_id, question, st.session_state[f"reply_text_{question}"], actor=state.actor())
    return _("Your reply stands with the question.")


def _vote(round_id: str, case: int, is_interested: bool) -> str:
    exchanging.vote(state.kb(), round_id, case, is_interested=is_interested, actor=state.actor())
    return ""  # the page shows it
