"""What happened in an assessment: who did what, when."""

from __future__ import annotations

from kb.peers.assessment.state import Transition
from kb.services.assessing.viewing import AssessmentView
from kb.ui import assessing_words, plain, words
from kb.ui.components import section
from kb.ui.i18n import _

ITEMS = frozenset({"settled", "reconfirmed"})  # kinds of events that are about a gate or criterion first
DATES = frozenset({"opened", "due-changed", "reply-opened"})  # those that are about a date first


def show(view: AssessmentView) -> None:
    """Draw it, newest first, as far as the reader may know."""
    section.head("past", _("What happened"))
    rows = [_row(view, each) for each in reversed(view.assessment.transitions)]
    plain.table(_("Newest first"), [_("When"), _("Who"), _("What"), _("Details")], rows, as_cards=True)


def _row(view: AssessmentView, each: Transition) -> tuple[str, ...]:
    detail = each.detail
    if each.kind in ITEMS:
        item, dot, rest = detail.partition(" · ")
        detail = assessing_words.item(view.rubric, item) + dot + rest
    elif each.kind in DATES:
        day, dot, rest = detail.partition(" · ")
        detail = _("until {day}").format(day=words.day(day)) + dot + rest
    return (
        plain.cell(words.moment(each.at_utc)),
        plain.cell(assessing_words.reviewer(each.member) or "–"),
        plain.cell(assessing_words.named(assessing_words.EVENTS, each.kind)),
        plain.cell(plain.shortened(detail, 300)),
    )
