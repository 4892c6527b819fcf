"""One need or offer: what it says, and what its author and others can do with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import streamlit as st

from kb.peers.learning.need import NEED, Need, NeedAnswered, NeedRevised, NeedWithdrawn
from kb.peers.learning.offer import OFFER, Offer, OfferPaused, OfferResumed, OfferWithdrawn
from kb.peers.learning.parts import MAX_WORDS_CHARS
from kb.services.learning import needs, offers
from kb.services.permission import Role
from kb.ui import acting, learning_words, links, matching_words, plain, state, words
from kb.ui.components.learning import common, need_forms
from kb.ui.i18n import _


def show(thing: Need | Offer) -> None:
    """Draw title, words and facts, and what became of it."""
    said = thing.posted
    st.set_page_config(page_title=plain.shortened(said.title, 80))
    plain.heading(1, said.title, language=said.language)
    common.demo_badge(thing)
    kind = _("Need") if isinstance(thing, Need) else _("Offer")
    plain.show(plain.pills((kind, learning_words.state_word(thing.state), *_labels(thing))))
    paragraphs = (part for part in said.text.split("\n") if part.strip())
    inside = "".join(plain.element("p", part, language=said.language) for part in paragraphs)
    plain.show(f'<div class="kb-prose">{inside}</div>')
    facts = "".join(plain.element("dt", label) + plain.element("dd", value) for label, value in _facts(thing) if value)
    plain.show(f'<dl class="kb-facts">{facts}</dl>')
    titles = common.practice_titles()
    if told := [name for name in said.practices if name in titles]:
        with st.container(gap="xsmall", key="document_need_practices"):
            plain.show(plain.element("p", _("Practices"), css="kb-quiet"))
            for name in told:
                links.to_practice(titles[name], name)
    if isinstance(thing, Need) and thing.answered:
        _show_answer(thing.answered)


def show_tools(thing: Need | Offer) -> None:
    """Draw what the actor may do: the author changes and ends it, a facilitator may withdraw it."""
    actor = state.actor()
    is_own = thing.member == actor.name
    if not is_own and Role.FACILITATOR not in actor.roles:
        return
    with st.container(horizontal=True, gap="small", key="need_tools"):
        if isinstance(thing, Need):
            _show_tools_of_need(thing, is_own=is_own)
        else:
            _show_tools_of_offer(thing, is_own=is_own)
    if is_own and (NEED.may(thing, NeedRevised) if isinstance(thing, Need) else not OFFER.lifecycle.final & {thing.state}):
        need_forms.show_revise(thing)


def show_reason(
    key: str, label: str, ask: str, submit: str, act: Callable[..., str], *args: str, icon: str, told: str = ""
) -> None:
    """Draw a button that asks for a reason, or for what came of it, before it does something.

    Args:
        key: of the button; the words are under ``{key}_why``.
        told: what follows from it.
    """
    with st.popover(label, key=key, icon=icon), st.form(f"{key}_form", border=False):
        if told:
            st.caption(told)
        st.text_area(ask, key=f"{key}_why", height=100, max_chars=MAX_WORDS_CHARS)
        st.form_submit_button(submit, type="primary", on_click=acting.do, args=(act, *args, key))


def given(key: str) -> str:
    """What somebody wrote there."""
    return str(st.session_state.get(f"{key}_why", ""))


def _show_tools_of_need(need: Need, *, is_own: bool) -> None:
    if is_own and NEED.may(need, NeedAnswered):
        show_reason(
            "need_answer", _("It is answered"), _("How was it answered, and by whom?"), _("Say so"), _answer, need.id,
            icon=":material/check:", told=_("Proposals for it that nobody agreed to end."),
        )  # fmt: skip
    if NEED.may(need, NeedWithdrawn):
        show_reason(
            "need_withdraw", _("Take it back"), _("Why"), _("Withdraw it"), _withdraw_need, need.id, icon=":material/undo:",
            told=_("It stays in the history. Proposals for it that nobody agreed to end."),
        )  # fmt: skip


def _show_tools_of_offer(offer: Offer, *, is_own: bool) -> None:
    if is_own and OFFER.may(offer, OfferPaused):
        st.button(_("Pause"), key="offer_pause", icon=":material/pause:", on_click=acting.do, args=(_pause, offer.id))
    if is_own and OFFER.may(offer, OfferResumed):
        st.button(_("Resume"), key="offer_resume", icon=":material/play_arrow:", on_click=acting.do, args=(_resume, offer.id))
    if OFFER.may(offer, OfferWithdrawn):
        show_reason(
            "offer_withdraw", _("Take it back"), _("Why"), _("Withdraw it"), _withdraw_offer, offer.id, icon=":material/undo:",
            told=_("It stays in the history. Proposals for it that nobody agreed to end."),
        )  # fmt: skip


def _labels(thing: Need | Offer) -> Iterator[str]:
    said = thing.posted
    if isinstance(thing, Need):
        yield matching_words.seeks(thing.posted.seeks)
        yield matching_words.urgency(thing.posted.urgency)
    else:
        yield from map(matching_words.seeks, thing.posted.gives)
        yield from map(matching_words.offer_format, thing.posted.formats)
    yield words.theme(said.theme) if said.theme else ""


def _facts(thing: Need | Offer) -> Iterator[tuple[str, str]]:
    said = thing.posted
    yield _("Posted by"), matching_words.party(said.by)
    yield _("Posted"), words.day(thing.begun_on)
    yield _("Language of the text"), words.language(said.language)
    yield _("Languages spoken"), words.listed(map(words.language, said.languages)) or _("Those that the member reads")
    if isinstance(thing, Need):
        yield _("Place that it is for"), _place(thing.posted.place)
        yield _("Plan, programme or law"), thing.posted.instrument
    else:
        yield _("To how many at a time"), words.number(thing.posted.capacity)
    yield _("Partnership"), common.partnership_titles().get(said.partnership, said.partnership)


def _place(code: str) -> str:
    country, _dash, region = code.partition("-")
    return f"{words.country(country)} ({code})" if region else words.country(country)


def _show_answer(answered: NeedAnswered) -> None:
    with st.container(border=True, key="need_answered"):
        plain.show(plain.element("strong", _("How it was answered")), plain.element("p", answered.how, css="kb-reason"))
        for ref in answered.because.exchanges:
            common.link_to(ref, ref, is_there=ref.startswith(("match-", "need-", "offer-")), where="_answer")


def _answer(id_: str, key: str) -> str:
    needs.answer(state.kb(), id_, given(key), actor=state.actor())
    return _("Said. The need is answered.")


def _withdraw_need(id_: str, key: str) -> str:
    needs.withdraw(state.kb(), id_, why=given(key), actor=state.actor())
    return _("The need is withdrawn.")


def _withdraw_offer(id_: str, key: str) -> str:
    offers.withdraw(state.kb(), id_, why=given(key), actor=state.actor())
    return _("The offer is withdrawn.")


def _pause(id_: str) -> str:
    offers.pause(state.kb(), id_, actor=state.actor())
    return _("The offer is paused: it takes no proposals.")


def _resume(id_: str) -> str:
    offers.resume(state.kb(), id_, actor=state.actor())
    return _("The offer takes proposals again.")
