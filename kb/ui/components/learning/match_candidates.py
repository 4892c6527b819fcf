"""Offers that fit a need, and needs that an offer fits, each with what speaks for it and what stands in the way, and a button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from kb.peers.learning.match_reasons import ObstacleKind
from kb.peers.learning.matching import MIN_OTHER_COUNTRIES
from kb.peers.learning.need import Need
from kb.peers.learning.offer import Offer
from kb.peers.learning.parts import MAX_WORDS_CHARS
from kb.services.learning import matches
from kb.services.learning.matching import Candidate, Candidates, NeedCandidate
from kb.ui import acting, learning_words, matching_words, plain, state, words
from kb.ui.components import section
from kb.ui.components.assessing import demonstration
from kb.ui.components.learning import common
from kb.ui.i18n import _, ngettext


def show_offers(found: Candidates) -> None:
    """Draw the offers for a need, best first."""
    section.head("candidates", _("Offers that fit"))
    if not found.candidates:
        plain.show(plain.element("p", _("Nobody of another organisation offers anything yet."), css="kb-quiet"))
        return
    told = _("By meaning first, in whatever languages they are written, then by rules. Whoever posted them decides.")
    plain.show(plain.element("p", told, css="kb-quiet"))
    _show_countries(found)
    titles = common.practice_titles()
    for place, each in enumerate(found.candidates, 1):
        _show_one(place, found.need, each.offer, each, titles)


def show_needs(offer: Offer, found: Sequence[NeedCandidate]) -> None:
    """Draw the needs that an offer fits, best first."""
    section.head("candidates", _("Needs that it fits"))
    if not found:
        plain.show(plain.element("p", _("Nobody of another organisation looks for anything now."), css="kb-quiet"))
        return
    told = _("By meaning first, in whatever languages they are written, then by rules. Nobody is matched without consent.")
    plain.show(plain.element("p", told, css="kb-quiet"))
    titles = common.practice_titles()
    for place, each in enumerate(found, 1):
        _show_one(place, each.need, offer, each, titles)


def _show_countries(found: Candidates) -> None:
    if found.has_other_countries:
        return
    sentence = ngettext(
        "They are of {n} other country. For a peer review, peers of {wanted} other countries are needed.",
        "They are of {n} other countries. For a peer review, peers of {wanted} other countries are needed.",
        found.n_other_countries,
    )
    n, wanted = words.number(found.n_other_countries), words.number(MIN_OTHER_COUNTRIES)
    st.info(sentence.format(n=n, wanted=wanted), icon=":material/public:")


def _show_one(place: int, need: Need, offer: Offer, found: Candidate | NeedCandidate, titles: Mapping[str, str]) -> None:
    other: Need | Offer = offer if isinstance(found, Candidate) else need
    with st.container(border=True, gap="xsmall", key=f"document_candidate_{other.id}"):
        common.link_to(other.id, f"{place}. {other.posted.title}", is_there=True)
        plain.show(plain.element("p", matching_words.party(other.posted.by), css="kb-quiet"))
        text = plain.shortened(other.posted.text, 260)
        plain.show(
            plain.element("p", text, language=other.posted.language), plain.pills([demonstration.words(is_demo=other.is_demo)])
        )
        reasons = [matching_words.reason(each, titles) for each in found.reasons]
        obstacles = [matching_words.obstacle(each) for each in found.obstacles]
        plain.show(_list(_("What speaks for it"), reasons), _list(_("What stands in the way"), obstacles))
        _show_proposing(need, offer, found)


def _list(label: str, sentences: Sequence[str]) -> str:
    if not sentences:
        return ""
    items = "".join(plain.element("li", each) for each in sentences)
    return f'<div class="kb-reasons">{plain.element("strong", label)}<ul>{items}</ul></div>'


def _show_proposing(need: Need, offer: Offer, found: Candidate | NeedCandidate) -> None:
    """A button, unless the two are matched already or the offer is full."""
    if found.match:  # it stands above, among the matches
        match = matches.match(state.kb(), found.match, actor=state.actor())
        plain.show(plain.pills((f"{learning_words.kind_word('match')}: {learning_words.state_word(match.state)}",)))
        return
    if not need.is_wanted or any(each.kind is ObstacleKind.FULL for each in found.obstacles):
        return
    key = f"propose_{need.id}_{offer.id}"
    with st.popover(_("Propose"), key=key, icon=":material/handshake:"), st.form(f"{key}_form", border=False):
        st.caption(_asked(need, offer))
        st.text_area(_("What you add (optional)"), key=f"{key}_why", height=80, max_chars=MAX_WORDS_CHARS)
        st.form_submit_button(_("Propose it"), type="primary", on_click=acting.do, args=(_propose, need.id, offer.id, key))


def _asked(need: Need, offer: Offer) -> str:
    seeker, host = plain.escape_markdown(need.posted.by.name), plain.escape_markdown(offer.posted.by.name)
    if need.posted.by.name == state.actor().name:
        return _("You agree by proposing it. {host} is asked and decides.").format(host=host)
    return _("{seeker} is asked for consent first; then {host} decides.").format(seeker=seeker, host=host)


def _propose(need: str, offer: str, key: str) -> str:
    found = matches.propose(state.kb(), need, offer, why=str(st.session_state.get(f"{key}_why", "")), actor=state.actor())
    name = found.waits_for
    return _("Proposed. {name} is asked.").format(name=name)
