"""Assessments as tables: open ones, concluded ones, those with scores without evidence, cancelled ones."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import streamlit as st

from kb.peers.assessment.state import Stage
from kb.services.assessing.listing import ListedAssessment
from kb.ui import assessing_words, hrefs, links, plain, words
from kb.ui.components.assessing import demonstration, practice_title
from kb.ui.i18n import _, ngettext

Listed = Sequence[ListedAssessment]
ROWS_A_PAGE = 25


def show_none(*, is_facilitator: bool) -> None:
    """Say how a first assessment is opened."""
    with st.container(border=True, key="no_assessments"):
        st.header(_("There are no assessments yet"), anchor=False)
        st.markdown(
            _("A facilitator opens one for a practice, with a rubric and a date, and invites at least two reviewers.")
            if is_facilitator
            else _("A facilitator opens the first one. You will see here when you are invited to review.")
        )
        with st.container(horizontal=True, gap="medium"):
            st.page_link(links.MEMBERS, label=_("Members"), icon=":material/group:")
            links.to_rubric(_("Rubrics"))


def show_open(found: Listed) -> None:
    """Draw those that are under way, the one that is due first on top."""
    under_way = sorted((each for each in found if not each.stage.is_final), key=lambda each: (each.due or "9", each.id))
    _show(
        under_way,
        ngettext("{n} open assessment", "{n} open assessments", len(under_way)),
        _("What is due first is on top"),
        "open",
        {_("Practice"): _practice, _("Stage"): _stage, _("Due"): _due, _("Reviews"): _submitted},
    )


def show_concluded(found: Listed) -> None:
    """Draw those that came to an outcome, newest first."""
    concluded = sorted((each for each in found if each.stage is Stage.CONCLUDED), key=lambda each: each.ended_at_utc, reverse=True)
    _show(
        concluded,
        ngettext("{n} concluded assessment", "{n} concluded assessments", len(concluded)),
        _("Newest first"),
        "concluded",
        {
            _("Practice"): _practice,
            _("Result"): _result,
            _("Scored"): _coverage,
            _("Reviewers"): _panel,
            _("Concluded"): _ended,
            _("Look again"): _look_again,
        },
    )


def show_unsupported(found: Listed) -> None:
    """Name those with scores for which no passage was pinned."""
    lacking = [each for each in found if each.unsupported]
    if not lacking:
        return
    n = sum(len(each.unsupported) for each in lacking)
    heading = ngettext("{n} score without a passage", "{n} scores without a passage", n).format(n=words.number(n))
    with st.expander(heading, icon=":material/link_off:", key="assessments_unsupported"):
        items = (
            plain.link(practice_title.of(each), hrefs.assessment(each.id)) + plain.note(_unsupported(each)) for each in lacking
        )
        plain.show('<ul class="kb-list kb-links">', *(f"<li>{each}</li>" for each in items), "</ul>")


def show_cancelled(found: Listed) -> None:
    """Draw those that ended without an outcome."""
    cancelled = sorted((each for each in found if each.stage is Stage.CANCELLED), key=lambda each: each.ended_at_utc, reverse=True)
    _show(
        cancelled,
        ngettext("{n} cancelled assessment", "{n} cancelled assessments", len(cancelled)),
        _("Newest first"),
        "cancelled",
        {_("Practice"): _practice, _("Cancelled"): _ended},
    )


def _show(found: Listed, heading: str, caption: str, key: str, columns: dict[str, Callable[[ListedAssessment], str]]) -> None:
    if not found:
        return
    st.header(heading.format(n=words.number(len(found))), anchor=False)
    n_pages = math.ceil(len(found) / ROWS_A_PAGE)
    place, page = st.container(key=f"assessments_{key}"), 1
    if n_pages > 1:
        page = st.pagination(n_pages, key=f"assessments_{key}_page_{n_pages}")
    rows = (tuple(cell(each) for cell in columns.values()) for each in found[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE])
    with place:
        plain.table(caption, list(columns), rows, as_cards=True)


def _practice(each: ListedAssessment) -> str:
    rubric = _("{rubric}, version {n}").format(rubric=assessing_words.text(each.rubric_title), n=each.version)
    told = " · ".join(filter(None, (rubric, demonstration.words(is_demo=each.is_demo))))
    return plain.link(practice_title.of(each), hrefs.assessment(each.id)) + plain.note(told)


def _stage(each: ListedAssessment) -> str:
    mine = each.my_seat
    told = _("You: {state}").format(state=assessing_words.named(assessing_words.SEATS, mine.state)) if mine else ""
    return plain.cell(assessing_words.named(assessing_words.STAGES, each.stage), second_line=told)


def _due(each: ListedAssessment) -> str:
    return plain.cell(words.day(each.due) if each.due else "", second_line=_("Overdue") if each.is_overdue else "")


def _panel(each: ListedAssessment) -> str:
    return plain.cell(words.number(each.n_panel)) if each.n_panel else ""


def _submitted(each: ListedAssessment) -> str:
    counts = words.number(each.n_submitted), words.number(each.n_panel)
    return plain.cell(_("{n} of {all}").format(n=counts[0], all=counts[1])) if each.n_panel else ""


def _result(each: ListedAssessment) -> str:
    return plain.cell(assessing_words.text(each.label_title)) if each.label_title else ""


def _coverage(each: ListedAssessment) -> str:
    if each.outcome is None:
        return ""
    n, all_ = (words.number(count) for count in each.outcome.coverage)
    return plain.cell(_("{n} of {all}").format(n=n, all=all_))


def _ended(each: ListedAssessment) -> str:
    return plain.cell(words.day(each.ended_at_utc))


def _look_again(each: ListedAssessment) -> str:
    told = (
        ngettext("{n} stale score", "{n} stale scores", each.n_stale).format(n=words.number(each.n_stale)) if each.n_stale else ""
    )
    return plain.cell(words.day(each.look_again_on), second_line=told) if each.look_again_on else plain.cell(told)


def _unsupported(each: ListedAssessment) -> str:
    n = len(each.unsupported)
    return ngettext("{n} score without a passage", "{n} scores without a passage", n).format(n=words.number(n))
