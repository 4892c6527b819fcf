"""The same criterion by criterion as a table, and every single score behind it."""

from __future__ import annotations

import streamlit as st

from kb.peers.assessment.rubric import Rubric
from kb.peers.benchmark.criteria import CriterionProfile
from kb.services.benchmarking.profiling import Profile
from kb.ui import assessing_words, benchmark_words, hrefs, plain, words
from kb.ui.components.benchmarking import peer_table
from kb.ui.i18n import _, ngettext


def show(profile: Profile) -> None:
    """Draw both, in the rubric's order; the second folded."""
    rubric = profile.rubric
    if rubric is None:
        return
    headers = [_("Criterion"), _("This practice"), _("Peers"), "n", _("Mean of the peers"), _("Where it stands")]
    with st.container(key="beside_criteria"):
        plain.table(_scope(profile, rubric), headers, [_row(rubric, each) for each in profile.criteria], as_cards=True)
    st.caption(_("– means that nobody gave a score. Nothing is filled in for it. The mean is told from three peers on."))
    if profile.assessed:
        with st.expander(_("Every score of every peer"), icon=":material/table:", key="b_every"):
            _show_every(profile, rubric)


def _scope(profile: Profile, rubric: Rubric) -> str:
    n = len(profile.assessed)
    peers = ngettext("{n} assessed peer", "{n} assessed peers", n).format(n=words.number(n))
    said = _("Final scores by {rubric}, from {lowest} to {highest}; {peers}, by: {basis}; in brackets the 95 % interval")
    return said.format(
        rubric=benchmark_words.rubric_and_version(rubric),
        lowest=assessing_words.score(rubric.scale.lowest),
        highest=assessing_words.score(rubric.scale.highest),
        peers=peers,
        basis=benchmark_words.basis(profile.comparables.basis),
    )


def _row(rubric: Rubric, each: CriterionProfile) -> list[str]:
    own = plain.cell(assessing_words.score(each.own), second_line=_("Evidence changed") if each.own_is_stale else "")
    scores = " · ".join(assessing_words.score(score) for score in sorted(dot.score for dot in each.peers))
    n_stale = sum(dot.is_stale for dot in each.peers)
    stale = ngettext("{n} with changed evidence", "{n} with changed evidence", n_stale).format(n=words.number(n_stale))
    return [
        plain.cell(assessing_words.item(rubric, each.criterion)),
        f'<span class="kb-final">{own}</span>',
        plain.cell(scores or "–", second_line=stale if n_stale else ""),
        plain.cell(words.number(each.n)),
        plain.cell(benchmark_words.mean(each.mean, each.low, each.high)),
        plain.cell(_(benchmark_words.BESIDE[each.beside])),
    ]


def _show_every(profile: Profile, rubric: Rubric) -> None:
    """A row a peer, nearest first, and a column a criterion."""
    titles = peer_table.titles(profile)
    scores = {(dot.practice, each.criterion): dot for each in profile.criteria for dot in each.peers}
    rows = []
    for assessed in profile.assessed:
        name = assessed.peer.practice
        cells = [plain.link(titles.get(name, name), hrefs.assessment(assessed.assessment))]
        for each in profile.criteria:
            dot = scores.get((name, each.criterion))
            changed = _("Evidence changed") if dot and dot.is_stale else ""
            cells.append(plain.cell(assessing_words.score(dot.score if dot else None), second_line=changed))
        rows.append(cells)
    headers = [_("Practice"), *(assessing_words.item(rubric, each.criterion) for each in profile.criteria)]
    with st.container(key="beside_every"):
        plain.table(_("Final scores of the peers, nearest first"), headers, rows, as_cards=True)
