"""What waits for the reader, from all parts of the app; what is overdue first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from kb.peers.learning.notice import Notice, NoticeKind
from kb.ui import hrefs, notice_words, plain, words
from kb.ui.components.assessing import demonstration
from kb.ui.i18n import _, ngettext

SHOWN = 100
_OF_ASSESSMENTS = frozenset(
    (NoticeKind.REVIEW, NoticeKind.REPLY, NoticeKind.RECONCILE, NoticeKind.LEAD, NoticeKind.STALE)
)  # fmt: skip
_OF_TESTS = frozenset((NoticeKind.JUDGE, NoticeKind.CONCLUDE_TEST, NoticeKind.LEAD_TEST))


def show(waits: Sequence[Notice]) -> None:
    """Draw a table; a sentence where nothing waits."""
    if not waits:
        st.info(
            _("Nothing waits for you: no review, no match, no debrief, no reply. It stands here as soon as something does."),
            icon=":material/task_alt:",
        )
        return
    n_late = sum(each.is_overdue for each in waits)
    caption = ngettext("{n} thing waits for you", "{n} things wait for you", len(waits)).format(n=words.number(len(waits)))
    if n_late:
        caption += " · " + ngettext("{n} is overdue", "{n} are overdue", n_late).format(n=words.number(n_late))
    with st.container(key="notices_table"):
        plain.table(caption, (_("What"), _("What is awaited"), _("Until when")), map(_row, waits[:SHOWN]), as_cards=True)
    if (more := len(waits) - SHOWN) > 0:
        text = ngettext("{n} more waits for you.", "{n} more wait for you.", more)
        plain.show(plain.element("p", text.format(n=words.number(more)), css="kb-quiet"))


def href(notice: Notice) -> str:
    """Where it can be done."""
    if notice.kind in _OF_ASSESSMENTS:
        return hrefs.assessment(notice.ref)
    if notice.kind in _OF_TESTS:
        return hrefs.transfer_test(notice.ref)
    return hrefs.monitoring(notice.ref) if notice.kind is NoticeKind.READING else hrefs.thing(notice.ref)


def _row(each: Notice) -> Iterable[str]:
    quiet = " · ".join(part for part in (each.about, demonstration.words(is_demo=each.is_demo)) if part)
    return plain.link(each.title, href(each)) + plain.note(quiet), plain.cell(notice_words.notice(each.kind)), _due(each)


def _due(each: Notice) -> str:
    if each.is_overdue:
        return plain.element("span", _("Overdue since {day}").format(day=words.day(each.due)), css="kb-late")
    if each.due:
        return plain.cell(_("Due {day}").format(day=words.day(each.due)))
    return plain.cell(_("Waiting since {day}").format(day=words.day(each.since)))
