"""The peers of a practice, nearest first: why each is one, and whether it was assessed."""

from __future__ import annotations

import streamlit as st

from kb.peers.benchmark.reasons import Peer
from kb.services.benchmarking.profiling import AssessedPeer, Profile
from kb.ui import benchmark_words, hrefs, plain, words
from kb.ui.components.assessing import demonstration
from kb.ui.components.benchmarking.controls import BASIS, PRACTICE
from kb.ui.i18n import _, ngettext


def show(profile: Profile) -> None:
    """Draw them, with how many there were to choose from; why there is none."""
    found = profile.comparables
    st.header(_("The nearest peers"), anchor=False)
    if found.why_none:
        st.info(_(benchmark_words.WHY_NONE[found.why_none]), icon=":material/person_off:")
    if found.peers:
        assessed = {each.peer.practice: each for each in profile.assessed}
        headers = [_("Practice"), _("Why it is near"), _("Nearness"), _("Assessment")]
        rows = [_row(profile, each, assessed.get(each.practice)) for each in found.peers]
        with st.container(key="beside_peers"):
            plain.table(_caption(profile), headers, rows, as_cards=True)
    _show_rest(profile)


def titles(profile: Profile) -> dict[str, str]:
    """Peer → what it is called."""
    return {each.practice: benchmark_words.title(each.title, each.language) for each in profile.comparables.peers}


def _caption(profile: Profile) -> str:
    found = profile.comparables
    said = ngettext(
        "The nearest {n} of {all} that can be compared, by: {basis}. Nearness goes from 0 to 1; no score has a part in it.",
        "The nearest {n} of {all} that can be compared, by: {basis}. Nearness goes from 0 to 1; no score has a part in it.",
        len(found.peers),
    )
    n, all_ = words.number(len(found.peers)), words.number(found.n_comparable)
    return said.format(n=n, all=all_, basis=benchmark_words.basis(found.basis))


def _row(profile: Profile, each: Peer, assessed: AssessedPeer | None) -> list[str]:
    name = benchmark_words.title(each.title, each.language)
    href = hrefs.benchmark(**{PRACTICE: each.practice, BASIS: profile.comparables.basis.value})
    own = plain.link(_("Its own profile"), href)
    return [
        f'{plain.link(name, hrefs.practice(each.practice))}<br><span class="kb-quiet">{own}</span>',
        plain.cell(benchmark_words.why(each.why)),
        plain.cell(words.number(each.nearness, decimals=2)),
        _assessment(assessed) if assessed else plain.cell(_("Not assessed") if profile.rubric is None else _("Not by this rubric")),
    ]


def _assessment(assessed: AssessedPeer) -> str:
    n = assessed.n_assessors
    told = [
        ngettext("{n} reviewer", "{n} reviewers", n).format(n=words.number(n)),
        _("Evidence changed") if assessed.stale else "",
        demonstration.words(is_demo=assessed.is_demo),
    ]
    day = words.day(assessed.ended_at_utc)
    return plain.link(day, hrefs.assessment(assessed.assessment)) + plain.note(" · ".join(filter(None, told)))


def _show_rest(profile: Profile) -> None:
    """What is not in the table, and why."""
    found = profile.comparables
    if found.copies:
        copies = words.listed(found.copies)
        st.caption(
            plain.escape_markdown(_("Left out, since their sheets have nearly the same words: {names}.").format(names=copies))
        )
    if profile.left_out:
        told = _("Assessed in the demonstration only, which counts no more: {names}.").format(names=words.listed(profile.left_out))
        st.caption(plain.escape_markdown(told))
