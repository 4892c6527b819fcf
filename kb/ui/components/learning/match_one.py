"""One match: who, why, and what the reader can decide; matches that wait for the reader; those of a need or an offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from kb.peers.learning.match import MATCH, Match, MatchDone, MatchState, MatchWithdrawn, may_withdraw
from kb.peers.learning.need import Need
from kb.peers.learning.offer import Offer
from kb.services.assessing.loading import reader_of
from kb.services.learning import matches
from kb.ui import acting, learning_words, matching_words, plain, state, words
from kb.ui.components import section
from kb.ui.components.learning import common, need_one
from kb.ui.i18n import _

Things = tuple[Mapping[str, Need], Mapping[str, Offer]]  # by id


def show(match: Match, things: Things) -> None:
    """Draw the two sides, why they fit, and where it stands."""
    told = match.proposed
    st.set_page_config(page_title=_("Match"))
    st.title(_("Match"), anchor=False)
    common.demo_badge(match)
    waits = matching_words.waits(match, state.actor().name)
    plain.show(plain.pills((learning_words.state_word(match.state), waits)))
    with st.grid(min_column_width=280, gap="small"):
        for label, ref, who, title in (
            (_("Seeker"), told.need, told.seeker, matching_words.title_of(things[0], told.need)),
            (_("Host"), told.offer, told.host, matching_words.title_of(things[1], told.offer)),
        ):
            with st.container(border=True, height="stretch", gap="xsmall", key=f"document_side_{ref}"):
                plain.show(plain.element("p", label, css="kb-quiet"))
                common.link_to(ref, title, is_there=True)
                plain.show(plain.element("p", matching_words.party(who)))
                plain.show(plain.pills([_("Agreed to it") if who.name in match.consents else ""]))
    section.head("why", _("Why they fit"))
    titles = common.practice_titles()
    reasons = "".join(plain.element("li", matching_words.reason(each, titles)) for each in told.reasons)
    plain.show(f'<div class="kb-reasons"><ul>{reasons}</ul></div>' if reasons else "")
    proposed = _("Proposed by {name} on {day}.").format(name=told.by.name, day=words.day(match.begun_on))
    plain.show(plain.element("p", proposed, css="kb-quiet"), plain.element("p", told.why, css="kb-reason") if told.why else "")
    _show_outcome(match)


def show_deciding(match: Match, *, key: str = "match") -> None:
    """Draw what the reader can decide; nothing where it is not theirs."""
    actor, told = state.actor(), match.proposed
    is_theirs = actor.name in (told.seeker.name, told.host.name)
    with st.container(horizontal=True, gap="small", key=f"{key}_tools"):
        if match.waits_for == actor.name:
            is_seeker = actor.name == told.seeker.name
            label, act = (_("Consent"), _consent) if is_seeker else (_("Accept"), _accept)
            st.button(label, key=f"{key}_agree", type="primary", icon=":material/check:", on_click=acting.do, args=(act, match.id))
        declines = match.state is MatchState.PROPOSED and is_theirs and actor.name != match.member
        if declines:
            need_one.show_reason(
                f"{key}_decline", _("Decline"), _("Why"), _("Decline it"), _decline, match.id, icon=":material/close:",
                told=_("The other side reads your reason."),
            )  # fmt: skip
        if is_theirs and MATCH.may(match, MatchDone):
            need_one.show_reason(
                f"{key}_done", _("It took place"), _("What came of it?"), _("Say so"), _done, match.id, icon=":material/flag:"
            )
        if may_withdraw(match, reader_of(actor)) and not declines and MATCH.may(match, MatchWithdrawn):
            need_one.show_reason(
                f"{key}_withdraw", _("Take it back"), _("Why"), _("Withdraw it"), _withdraw, match.id, icon=":material/undo:",
                told=_("It stays in the history."),
            )  # fmt: skip


def show_waiting(waiting: Sequence[Match], things: Things) -> None:
    """Draw the matches on which the reader decides next; nothing where there is none."""
    if not waiting:
        return
    st.header(_("Waiting for you"), anchor=False)
    with st.grid(min_column_width=300, gap="small"):
        for each in waiting:
            with st.container(border=True, height="stretch", gap="xsmall", key=f"document_waiting_{each.id}"):
                _show_short(each, things)
                show_deciding(each, key=f"wait_{each.id}")


def show_of(found: Sequence[Match], things: Things) -> None:
    """Draw the matches of a need or an offer; nothing where there is none."""
    if not found:
        return
    section.head("matches", _("Matches"))
    with st.grid(min_column_width=300, gap="small"):
        for each in found:
            with st.container(border=True, height="stretch", gap="xsmall", key=f"document_of_{each.id}"):
                _show_short(each, things)


def _show_short(match: Match, things: Things) -> None:
    told = match.proposed
    needs, offers = things
    title = f"{matching_words.title_of(needs, told.need)} ⇄ {matching_words.title_of(offers, told.offer)}"
    common.link_to(match.id, title, is_there=True)
    sides = _("{seeker} seeks; {host} would be the host.").format(
        seeker=matching_words.party(told.seeker), host=matching_words.party(told.host)
    )
    plain.show(plain.element("p", sides, css="kb-quiet"))
    waits = matching_words.waits(match, state.actor().name)
    plain.show(plain.pills((learning_words.state_word(match.state), waits)))


def _show_outcome(match: Match) -> None:
    done = match.last(MatchDone)
    if done:
        section.head("outcome", _("What came of it"))
        event, said = done
        about = _("{name}, {day}").format(name=event.member, day=words.day(event.at_utc))
        plain.show(plain.element("p", said.what, css="kb-reason"), plain.element("p", about, css="kb-quiet"))


def _consent(id_: str) -> str:
    found = matches.consent(state.kb(), id_, actor=state.actor())
    return _("You agreed. {name} decides now.").format(name=found.proposed.host.name)


def _accept(id_: str) -> str:
    found = matches.accept(state.kb(), id_, actor=state.actor())
    return _("Agreed. You and {name} are matched.").format(name=found.proposed.seeker.name)


def _decline(id_: str, key: str) -> str:
    matches.decline(state.kb(), id_, why=need_one.given(key), actor=state.actor())
    return _("Declined.")


def _done(id_: str, key: str) -> str:
    matches.done(state.kb(), id_, what=need_one.given(key), actor=state.actor())
    return _("Kept. The offer is free for somebody else.")


def _withdraw(id_: str, key: str) -> str:
    matches.withdraw(state.kb(), id_, why=need_one.given(key), actor=state.actor())
    return _("The match is withdrawn.")
