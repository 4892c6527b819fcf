"""What waits for me: reviews, replies, panels to reconcile or to lead, own scores to look at again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import streamlit as st

from kb.peers.assessment.state import SeatState, Stage
from kb.services.assessing.listing import ListedAssessment, Tasks
from kb.ui import links, plain, words
from kb.ui.components.assessing import demonstration, practice_title
from kb.ui.i18n import _


def show(tasks: Tasks, everything: Sequence[ListedAssessment]) -> None:
    """Draw the tasks, what is due first on top."""
    st.header(_("Waiting for you"), anchor=False)
    if not tasks:
        plain.show(plain.element("p", _("Nothing waits for you."), css="kb-quiet"))
        return
    with st.grid(min_column_width=300, gap="small"):
        for n, (each, told, go_on) in enumerate(_tasks(tasks, {each.id: each for each in everything})):
            with st.container(border=True, height="stretch", gap="xsmall", key=f"document_task_{n}"):
                links.to_assessment(practice_title.of(each), each.id)
                plain.show(plain.element("p", told))
                plain.show(plain.pills([_due(each), demonstration.words(is_demo=each.is_demo)]))
                go_on(each.id)


def _tasks(tasks: Tasks, by_id: Mapping[str, ListedAssessment]) -> Iterator[tuple[ListedAssessment, str, Callable[[str], None]]]:
    """Each with what is to be done, and the way there."""
    for each in tasks.to_review:
        if each.my_seat and each.my_seat.state is SeatState.INVITED:
            yield each, _("You are invited to review. Accept or decline."), _nowhere_else
        else:
            yield each, _("Your review is awaited."), lambda name: links.to_review(_("Go on reviewing"), name)
    for each in tasks.to_reply:
        yield each, _("The reviews are there. You may reply for the owner."), _nowhere_else
    for each in tasks.to_reconcile:
        yield each, _("The panel reconciles what is far apart."), lambda name: links.to_reconcile(_("Reconcile"), name)
    for each in tasks.to_lead:
        yield each, _leading(each), _nowhere_else
    for name in dict.fromkeys(score.assessment for score in tasks.stale):
        yield by_id[name], _("Evidence of your scores has changed. Look at them again."), _nowhere_else


def _leading(each: ListedAssessment) -> str:
    match each.stage:
        case Stage.OPENED:
            return _("Invite the panel, then begin the reviewing.")
        case Stage.REVIEWING:
            return _("Reviews are overdue. Remind, excuse, or choose another date.")
        case _:
            return _("The owner’s reply can be closed.")


def _due(each: ListedAssessment) -> str:
    if not each.due:
        return ""
    text = _("Overdue since {day}") if each.is_overdue else _("Due {day}")
    return text.format(day=words.day(each.due))


def _nowhere_else(_name: str) -> None:
    """The title leads there."""
