"""The top of a rubric: its name and version, what it is for, its scale, and what is wrong in its file."""

from __future__ import annotations

import streamlit as st

from kb.peers.assessment.rubric import Rubric
from kb.services import rubrics
from kb.services.rubrics import ListedRubric
from kb.ui import assessing_words, links, plain, state, words
from kb.ui.i18n import _, current, ngettext
from kb.ui.said import said

_VERSION = "rubric_version"  # widget key


def show_way_back() -> None:
    """Draw the way back to all."""
    st.button(_("All rubrics"), key="all_rubrics", type="tertiary", icon=":material/arrow_back:", on_click=_leave)


def versions(listed: ListedRubric) -> list[int]:
    """Those in use, and that of the file."""
    own = {listed.rubric.version} if listed.rubric and listed.has_file else set()
    return sorted({*listed.in_use, *own})


def chosen_version(listed: ListedRubric) -> int | None:
    """The version that the address names; else that of the file, else the newest."""
    there = versions(listed)
    wanted = str(st.session_state[links.RUBRIC_VERSION])
    if wanted in map(str, there):
        return int(wanted)
    return listed.rubric.version if listed.rubric else next(reversed(there), None)


def rubric_of(listed: ListedRubric, version: int | None) -> Rubric | None:
    """The rubric in a version: as it is in use, else as its file has it; ``None`` where a fault keeps it from being read."""
    if version in listed.in_use:
        return rubrics.rubric(state.kb(), listed.name, version, actor=state.actor())
    return listed.rubric


def show(listed: ListedRubric, rubric: Rubric | None, version: int | None) -> None:
    """Draw it."""
    with st.container(key="rubric_head", gap="small"):
        plain.heading(1, assessing_words.text(rubric.title) if rubric else listed.name)
        if rubric:
            plain.show(plain.element("p", _facts(rubric), css="kb-place"))
    show_faults(listed)
    if rubric is None:
        return
    _show_versions(listed, version)
    if version in listed.in_use:
        st.caption(_("This version is in use, so it is never changed. What is changed gets a higher version."))
        links.to_agreement(_("How far reviewers agree with it"), listed.name)
    language, purpose = rubric.purpose.best(current())
    plain.show(plain.element("p", purpose, css="kb-defined", language=language))


def show_faults(listed: ListedRubric) -> None:
    """Say what somebody has to mend before it can be used; nothing where nothing is wrong."""
    if not listed.faults:
        return
    n = len(listed.faults)
    sentence = ngettext(
        "The rubric has {n} fault and cannot be used before it is mended:",
        "The rubric has {n} faults and cannot be used before they are mended:",
        n,
    )
    st.warning(sentence.format(n=words.number(n)), icon=":material/build:")
    items = "".join(plain.element("li", f"{each.file}:{each.line}: {said(each.in_words)}") for each in listed.faults)
    plain.show(f'<ul class="kb-list">{items}</ul>')


def _facts(rubric: Rubric) -> str:
    scale = rubric.scale
    values = {name: assessing_words.score(getattr(scale, name)) for name in ("lowest", "highest", "step")}
    return " · ".join(
        [
            _("version {n}").format(n=rubric.version),
            _("scores from {lowest} to {highest} in steps of {step}").format(**values),
            _("about {n} minutes").format(n=words.number(rubric.minutes)),
            _("reviewers {n} points apart have to talk").format(n=assessing_words.score(rubric.spread)),
            _("to be looked at again after {n} months").format(n=words.number(rubric.review_after_months)),
        ]
    )


def _show_versions(listed: ListedRubric, version: int | None) -> None:
    there = versions(listed)
    if len(there) < 2:
        return
    st.session_state[_VERSION] = version
    st.segmented_control(
        _("Version"), there, key=_VERSION, required=True, format_func=str, on_change=_choose,
    )  # fmt: skip


def _choose() -> None:
    st.session_state[links.RUBRIC_VERSION] = str(st.session_state[_VERSION])


def _leave() -> None:
    st.session_state[links.RUBRIC], st.session_state[links.RUBRIC_VERSION] = "", ""
