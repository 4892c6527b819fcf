"""Which practice stands beside its peers, and by which assessment."""

from __future__ import annotations

import streamlit as st

from kb.services.benchmarking.profiling import Profile
from kb.ui import benchmark_words, links, plain, words
from kb.ui.components.assessing import demonstration
from kb.ui.i18n import _, ngettext


def show(profile: Profile) -> None:
    """Draw its title and the assessment that counts; that there is none."""
    title = benchmark_words.title(profile.title, profile.language) if profile.title else profile.practice
    with st.container(gap="xsmall", key="profiled"):
        plain.heading(2, title)
        plain.show(plain.element("p", _by(profile), css="kb-quiet"))
        demonstration.show(is_demo=profile.is_demo)
        with st.container(horizontal=True, gap="medium"):
            _show_links(profile)
    if profile.rubric is None:
        st.info(
            _("No practice has a concluded assessment yet. Peers are shown; scores follow with the first one."),
            icon=":material/hourglass_top:",
        )
    elif profile.assessment is None:
        st.info(
            _("This practice has no concluded assessment by this rubric that you may see: only its peers have scores below."),
            icon=":material/hourglass_top:",
        )


def _by(profile: Profile) -> str:
    if profile.rubric is None or profile.assessment is None:
        return ""
    n = profile.assessment.outcome.panel
    told = [
        benchmark_words.rubric_and_version(profile.rubric),
        _("Concluded: {day}").format(day=words.day(profile.assessment.ended_at_utc)),
        ngettext("{n} reviewer", "{n} reviewers", n).format(n=words.number(n)),
    ]
    return " · ".join(told)


def _show_links(profile: Profile) -> None:
    icon = ":material/handshake:"
    st.page_link(links.PRACTICE, label=_("The practice"), icon=icon, query_params={links.PRACTICE_ID: profile.practice})
    if profile.assessment:
        query = {links.ASSESSMENT_ID: profile.assessment.id}
        st.page_link(links.ASSESSMENT, label=_("The assessment"), icon=":material/fact_check:", query_params=query)
    if profile.rubric:
        links.to_rubric(_("The rubric"), profile.rubric.rubric, profile.rubric.version)
