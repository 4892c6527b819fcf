"""Which rubric and version agreement is about, and on how much it rests."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.services.assessing.agreeing import Agreement
from kb.services.rubrics import ListedRubric
from kb.ui import assessing_words, links, words
from kb.ui.components.assessing import demonstration
from kb.ui.i18n import _, ngettext

_VERSION = "agreement_version"  # widget key


def show_none() -> None:
    """Say what is needed first."""
    st.info(
        _("There is no assessment yet. Agreement can be told once two reviewers have scored two practices."),
        icon=":material/groups:",
    )
    links.back_to("assessments", links.ASSESSMENTS, _("All assessments"))


def show_rubrics(used: Sequence[ListedRubric]) -> ListedRubric:
    """Draw the choice of a rubric. Returns the chosen one."""
    by_name = {each.name: each for each in used}
    if st.session_state[links.RUBRIC] not in by_name:
        st.session_state[links.RUBRIC] = next(iter(by_name))
    st.selectbox(
        _("Rubric"), list(by_name), key=links.RUBRIC, format_func=lambda name: _title(by_name[name]), on_change=_forget, width=420
    )
    return by_name[st.session_state[links.RUBRIC]]


def version(of: ListedRubric) -> int | None:
    """The version that the address names, if it is in use."""
    wanted = str(st.session_state[links.RUBRIC_VERSION])
    return int(wanted) if wanted in map(str, of.in_use) else None


def show_versions(found: Agreement) -> None:
    """Draw the choice of a version, where there is one."""
    there = sorted({*found.versions, found.rubric.version})
    if len(there) > 1:
        st.session_state[_VERSION] = found.rubric.version
        st.segmented_control(_("Version"), there, key=_VERSION, required=True, on_change=_choose)


def said_version(found: Agreement) -> str:
    """For the address: nothing for the one that is shown unasked."""
    newest = max(found.versions, default=found.rubric.version)
    return "" if found.rubric.version == newest else str(found.rubric.version)


def show_basis(found: Agreement) -> None:
    """Draw on how many practices and reviewers it rests, and why it may be none."""
    demonstration.show(is_demo=found.is_demo)
    links.to_rubric(_("The rubric"), found.rubric.rubric, found.rubric.version)
    if not found.n_assessments:
        st.info(_("No review with this rubric can be seen yet."), icon=":material/hourglass_top:")
        return
    practices = ngettext("{n} practice", "{n} practices", found.n_practices).format(n=words.number(found.n_practices))
    assessments = ngettext("{n} assessment", "{n} assessments", found.n_assessments).format(n=words.number(found.n_assessments))
    st.markdown(_("It rests on {practices} in {assessments}.").format(practices=practices, assessments=assessments))
    if found.n_nameless:
        n = found.n_nameless
        text = ngettext(
            "In {n} assessment you know no reviewer by name: their scores count, but not in the pairs and differences below.",
            "In {n} assessments you know no reviewer by name: their scores count, but not in the pairs and differences below.",
            n,
        )
        st.caption(text.format(n=words.number(n)))
    if found.n_practices < 2:
        st.info(
            _("There is only one practice: how it was scored says nothing about the panel. Fifteen would be good."),
            icon=":material/looks_one:",
        )


def _title(each: ListedRubric) -> str:
    return assessing_words.text(each.rubric.title) if each.rubric else each.name


def _choose() -> None:
    st.session_state[links.RUBRIC_VERSION] = str(st.session_state[_VERSION])


def _forget() -> None:
    st.session_state[links.RUBRIC_VERSION] = ""
