"""What happened in a test: who did what, when."""

from __future__ import annotations

from kb.peers.assessment.state import Transition
from kb.services.transferring.viewing import TransferView
from kb.ui import assessing_words, plain, words
from kb.ui import transferring_words as told
from kb.ui.components import section
from kb.ui.i18n import _


def show(view: TransferView) -> None:
    """Draw it, newest first."""
    section.head("past", _("What happened"))
    rows = [_row(each) for each in reversed(view.test.transitions)]
    plain.table(_("Newest first"), [_("When"), _("Who"), _("What"), _("Details")], rows, as_cards=True)


def _row(each: Transition) -> tuple[str, ...]:
    first, dot, rest = each.detail.partition(" · ")
    detail = assessing_words.named(told.OUTCOMES, first) + dot + rest if each.kind == "evaluated" else each.detail
    return (
        plain.cell(words.moment(each.at_utc)),
        plain.cell(each.member or "–"),
        plain.cell(assessing_words.named(told.EVENTS, each.kind)),
        plain.cell(plain.shortened(detail, 300)),
    )
