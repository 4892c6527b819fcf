"""Strengths and gaps of a practice beside its peers, in words, each with how many peers it rests on."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.peers.assessment.rubric import Rubric
from kb.peers.benchmark.strengths import Difference
from kb.services.benchmarking.profiling import Profile
from kb.ui import benchmark_words, plain
from kb.ui.i18n import _, marked

FEW = 5  # peers: with fewer the words say so


def show(profile: Profile) -> None:
    """Draw both side by side; nothing where there is nothing to compare."""
    if profile.rubric is None or profile.assessment is None or not profile.assessed:
        return
    st.header(_("Strengths and gaps"), anchor=False)
    sides = ((marked("Above the peers"), profile.strengths), (marked("Below the peers"), profile.gaps))
    plain.show('<div class="kb-pair">', *(_side(_(label), found, profile.rubric) for label, found in sides), "</div>")
    told = [_("Above or below: outside the 95 % interval of the peers’ mean, or beyond every single peer.")]
    if len(profile.assessed) < FEW:
        told.append(_("With so few peers this is a hint where to look, and no finding."))
    st.caption(" ".join(told))


def _side(label: str, found: Sequence[Difference], rubric: Rubric) -> str:
    items = "".join(plain.element("li", benchmark_words.difference(each, rubric)) for each in found)
    body = f'<ul class="kb-list">{items}</ul>' if items else plain.element("p", _("No criterion."), css="kb-quiet")
    return f'<div class="kb-side kb-prose">{plain.element("h3", label)}{body}</div>'
