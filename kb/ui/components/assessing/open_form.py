"""The form that opens an assessment, for facilitators."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import streamlit as st

from kb.peers.assessment.events import MAX_REPLY_DAYS, Status
from kb.services import members, practices, rubrics
from kb.services.assessing import opening
from kb.ui import acting, assessing_words, state
from kb.ui.components import practice_head
from kb.ui.components.assessing.list_filters import PRACTICE
from kb.ui.i18n import _

DAYS = 30  # that reviewers get, unless another date is written
REPLY_DAYS = 14


def show(*, is_first: bool) -> None:
    """Draw the form; unfolded where there is no assessment yet, or where somebody comes from a practice."""
    chosen = st.session_state.get(PRACTICE, [])
    label = _("Open an assessment")
    with st.expander(label, icon=":material/add_task:", expanded=is_first or len(chosen) == 1, key="ao"):
        titles = {
            each.name: practice_head.title_of(each) for each in practices.practices(state.kb(), actor=state.actor()) if each.sheet
        }
        usable = {
            each.name: each.rubric
            for each in rubrics.rubrics(state.kb(), actor=state.actor())
            if each.has_file and each.rubric and not each.faults
        }
        if not titles or not usable:
            st.info(_("This needs a practice whose sheet can be read, and a rubric without faults."), icon=":material/info:")
            return
        with st.form("open_assessment", border=False):
            _ask(titles, {name: assessing_words.text(rubric.title) for name, rubric in usable.items()}, chosen)
            st.form_submit_button(
                _("Open the assessment"), type="primary", icon=":material/add_task:", on_click=acting.do, args=(_open, titles)
            )


def _ask(titles: dict[str, str], usable: dict[str, str], chosen: list[str]) -> None:
    names = sorted(titles, key=lambda name: titles[name].casefold())
    st.selectbox(
        _("Practice"), names, index=names.index(chosen[0]) if len(chosen) == 1 and chosen[0] in names else None,
        key="ao_practice", format_func=titles.__getitem__, placeholder=_("Choose a practice"),
    )  # fmt: skip
    with st.grid(min_column_width=260, gap="small"):
        st.selectbox(_("Rubric"), list(usable), key="ao_rubric", format_func=usable.__getitem__)
        due = (datetime.now(UTC) + timedelta(days=DAYS)).date().isoformat()
        st.text_input(_("Reviews are due on"), value=due, key="ao_due", max_chars=10, placeholder="2026-12-31")
        st.number_input(
            _("Days for the owner’s reply"), min_value=0, max_value=MAX_REPLY_DAYS, value=REPLY_DAYS, key="ao_reply_days"
        )
        everybody = [each.name for each in members.members(state.kb(), actor=state.actor()) if each.is_active]
        st.selectbox(
            _("Who answers for the owner"), everybody, index=None, key="ao_respondent",
            placeholder=_("Anybody of the owner’s organisation"),
        )  # fmt: skip
        statuses = {each.value: assessing_words.named(assessing_words.STATUSES, each) for each in Status}
        st.selectbox(
            _("What a good result is called"), list(statuses), index=list(statuses).index(Status.PEER_VALIDATED),
            key="ao_status", format_func=statuses.__getitem__,
        )  # fmt: skip


def _open(titles: dict[str, str]) -> str:
    said = st.session_state
    name = said["ao_practice"] or ""
    opening.open_assessment(
        state.kb(),
        name,
        said["ao_rubric"],
        due=said["ao_due"].strip(),
        reply_days=said["ao_reply_days"],
        respondent=said["ao_respondent"] or "",
        status_granted=said["ao_status"],
        actor=state.actor(),
    )
    said[PRACTICE] = []
    return _("Opened for “{title}”. Now invite the reviewers.").format(title=titles.get(name, name))
