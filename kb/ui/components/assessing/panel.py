"""Who reviews: the seats and, for facilitators, the form that fills them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.peers.assessment.move import MIN_PANEL
from kb.peers.assessment.state import Seat
from kb.services.assessing import opening
from kb.services.assessing.interests import Candidate
from kb.services.assessing.viewing import AssessmentView
from kb.ui import acting, assessing_words, links, plain, state, words
from kb.ui.components import section
from kb.ui.i18n import _, ngettext
from kb.ui.said import said


def show(view: AssessmentView) -> None:
    """Draw the seats that the reader may know of, and what a facilitator can do about them."""
    section.head("panel", _("Panel"))
    if view.assessment.seats:
        rows = [_row(seat) for seat in view.assessment.seats]
        headers = [_("Reviewer"), _("Organisation"), _("Country"), _("State")]
        with st.container(key="panel_table"):
            plain.table(_("Seats on the panel"), headers, rows, as_cards=True)
    elif "invite" in view.may:
        plain.show(plain.element("p", _("Nobody is invited yet."), css="kb-quiet"))
    else:
        plain.show(plain.element("p", _("Who reviews is not shown to you now."), css="kb-quiet"))
    if "invite" in view.may:
        _show_inviting(view)
    if "excuse" in view.may:
        _show_excusing(view)


def _row(seat: Seat) -> tuple[str, ...]:
    told = [_("Third reviewer")] if seat.is_third else []
    told += [said(warning) for warning in seat.warnings]
    about = [words.day(seat.at_utc), seat.why]
    return (
        plain.cell(assessing_words.reviewer(seat.member), second_line=" · ".join(told)),
        plain.cell(seat.organisation),
        plain.cell(words.country(seat.country) if seat.country else ""),
        plain.cell(assessing_words.named(assessing_words.SEATS, seat.state), second_line=" · ".join(filter(None, about))),
    )


def _show_inviting(view: AssessmentView) -> None:
    is_third = "invite-third" in view.may
    candidates = opening.invitable(state.kb(), view.assessment.id, actor=state.actor(), is_third=is_third)
    free = {each.member.name: each for each in candidates if not each.refusal}
    with st.container(border=True, gap="small", key="inviting"):
        st.subheader(_("Invite a third reviewer") if is_third else _("Invite a reviewer"), anchor=False)
        live = len(view.assessment.live_seats)
        if live < MIN_PANEL:
            text = ngettext("{n} more reviewer is needed.", "{n} more reviewers are needed.", MIN_PANEL - live)
            plain.show(plain.element("p", text.format(n=words.number(MIN_PANEL - live)), css="kb-quiet"))
        if free:
            _ask(view.assessment.id, free, is_third=is_third)
        else:
            st.info(_("Nobody can be invited now. Register more members with the role reviewer."), icon=":material/group_off:")
            st.page_link(links.MEMBERS, label=_("Members"), icon=":material/group:")
        _show_refused([each for each in candidates if each.refusal])


def _ask(assessment: str, free: dict[str, Candidate], *, is_third: bool) -> None:
    names = {name: " · ".join(filter(None, (name, each.member.organisation))) for name, each in free.items()}
    name = st.selectbox(
        _("Reviewer"), list(free), index=None, key=f"invite_{len(free)}", format_func=names.__getitem__,
        placeholder=_("Choose a member"),
    )  # fmt: skip
    if not name:
        return
    if warnings := free[name].warnings:
        told = _("Think twice: {warnings}.").format(warnings="; ".join(map(said, warnings)))
        st.warning(plain.escape_markdown(told), icon=":material/warning:")
    label = _("Invite all the same") if warnings else _("Invite")
    st.button(
        label, key="invite", type="primary", icon=":material/mail:", on_click=acting.do, args=(_invite, assessment, name, is_third)
    )


def _show_refused(refused: Sequence[Candidate]) -> None:
    if not refused:
        return
    with st.expander(_("Who cannot be invited, and why"), icon=":material/block:", key="refused"):
        items = (f"<li>{plain.cell(each.member.name, second_line=said(each.refusal))}</li>" for each in refused)
        plain.show('<ul class="kb-list">', *items, "</ul>")


def _show_excusing(view: AssessmentView) -> None:
    me = state.actor().name
    names = [seat.member for seat in view.assessment.awaited if seat.member != me]
    label = _("Wait no longer for a reviewer")
    with (
        st.popover(label, key="tool_excuse", icon=":material/person_remove:", type="tertiary"),
        st.form("excuse", border=False),
    ):
        st.selectbox(_("Reviewer"), names, key="excuse_who")
        st.text_area(_("Why (optional)"), key="excuse_why", height="content")
        st.form_submit_button(_("Excuse"), type="primary", on_click=acting.do, args=(_excuse, view.assessment.id))


def _invite(assessment: str, name: str, is_third: bool) -> str:
    opening.invite(state.kb(), assessment, name, is_third=is_third, actor=state.actor())
    return _("{name} is invited.").format(name=name)


def _excuse(assessment: str) -> str:
    name = st.session_state["excuse_who"]
    opening.excuse(state.kb(), assessment, name, why=st.session_state["excuse_why"], actor=state.actor())
    return _("Nobody waits for the review of {name} any more.").format(name=name)
