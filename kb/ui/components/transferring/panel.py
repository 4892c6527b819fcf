"""Who judges: the seats and, for who leads the test, the forms that fill and free them."""

from __future__ import annotations

import streamlit as st

from kb.peers.transfer.state import Seat
from kb.services.assessing.interests import Candidate
from kb.services.transferring import seats
from kb.services.transferring.viewing import TransferView
from kb.ui import acting, assessing_words, plain, state, words
from kb.ui import transferring_words as told
from kb.ui.components import section
from kb.ui.i18n import _
from kb.ui.said import said


def show(view: TransferView) -> None:
    """Draw who takes part and who is ready, and what can be done about it."""
    section.head("panel", _("Assessors"))
    if view.test.seats:
        rows = [_row(seat) for seat in view.test.seats]
        headers = [_("Assessor"), _("Organisation"), _("Country"), _("State")]
        with st.container(key="panel_table"):
            plain.table(_("Who judges"), headers, rows, as_cards=True)
    else:
        plain.show(plain.element("p", _("Nobody takes part yet."), css="kb-quiet"))
    if "invite" in view.may:
        _show_inviting(view.test.id)
    if "excuse" in view.may:
        _show_excusing(view)


def _row(seat: Seat) -> tuple[str, ...]:
    about = [words.day(seat.at_utc), seat.why]
    return (
        plain.cell(seat.member, second_line=" · ".join(map(said, seat.warnings))),
        plain.cell(seat.organisation),
        plain.cell(words.country(seat.country) if seat.country else ""),
        plain.cell(assessing_words.named(told.SEATS, seat.state), second_line=" · ".join(filter(None, about))),
    )


def _show_inviting(test_id: str) -> None:
    candidates = seats.invitable(state.kb(), test_id, actor=state.actor())
    free = {each.member.name: each for each in candidates if not each.refusal}
    with st.container(border=True, gap="small", key="inviting"):
        st.subheader(_("Invite an assessor"), anchor=False)
        if free:
            _ask(test_id, free)
        else:
            st.info(_("Nobody can be invited now. Register more members with the role reviewer."), icon=":material/group_off:")


def _ask(test_id: str, free: dict[str, Candidate]) -> None:
    names = {name: " · ".join(filter(None, (name, each.member.organisation))) for name, each in free.items()}
    name = st.selectbox(
        _("Assessor"), list(free), index=None, key=f"invite_{len(free)}", format_func=names.__getitem__,
        placeholder=_("Choose a member"),
    )  # fmt: skip
    if not name:
        return
    if warnings := free[name].warnings:
        sentence = _("Think twice: {warnings}.").format(warnings="; ".join(map(said, warnings)))
        st.warning(plain.escape_markdown(sentence), icon=":material/warning:")
    label = _("Invite all the same") if warnings else _("Invite")
    st.button(label, key="invite", type="primary", icon=":material/mail:", on_click=acting.do, args=(_invite, test_id, name))


def _show_excusing(view: TransferView) -> None:
    me = state.actor().name
    names = [seat.member for seat in view.test.awaited if seat.member != me]
    label = _("Wait no longer for an assessor")
    with (
        st.popover(label, key="tool_excuse", icon=":material/person_remove:", type="tertiary"),
        st.form("excuse", border=False),
    ):
        st.selectbox(_("Assessor"), names, key="excuse_who")
        st.text_area(_("Why (optional)"), key="excuse_why", height="content")
        st.form_submit_button(_("Excuse"), type="primary", on_click=acting.do, args=(_excuse, view.test.id))


def _invite(test_id: str, name: str) -> str:
    seats.invite(state.kb(), test_id, name, actor=state.actor())
    return _("{name} is invited.").format(name=name)


def _excuse(test_id: str) -> str:
    name = st.session_state["excuse_who"]
    seats.excuse(state.kb(), test_id, name, why=st.session_state["excuse_why"], actor=state.actor())
    return _("Nobody waits for the judgement of {name} any more.").format(name=name)
