"""What is planned within a session, and who takes part."""

from __future__ import annotations

from kb.peers.learning.session import Session
from kb.ui import plain, words
from kb.ui.components import section
from kb.ui.i18n import _, ngettext


def show_agenda(session: Session) -> None:
    """Draw the agenda; nothing where there is none."""
    agenda = session.planned.agenda
    if not agenda:
        return
    section.head("agenda", _("Agenda"))
    rows = [(plain.cell(_time(each.at)), plain.cell(each.title), plain.cell(each.who)) for each in agenda]
    headers = (_("Time"), _("What"), _("Who"))
    n = 3 if any(each.who for each in agenda) else 2
    plain.table(_("By the clocks there"), headers[:n], [row[:n] for row in rows], as_cards=True)


def show_participants(session: Session) -> None:
    """Draw who takes part; only how many where the Chatham House Rule keeps the names from this reader."""
    section.head("people", _("Who takes part"))
    n = session.n_participants
    if not n:
        plain.show(plain.element("p", _("Nobody has joined yet."), css="kb-quiet"))
        return
    counted = ngettext("{n} person has joined.", "{n} people have joined.", n).format(n=words.number(n))
    if session.are_names_withheld:
        rule = _("Under the Chatham House Rule only those who take part and facilitators see who they are.")
        plain.show(plain.element("p", f"{counted} {rule}", css="kb-quiet"))
        return
    rows = [
        (
            plain.cell(each.name),
            plain.cell(each.organisation or "–"),
            plain.cell(words.country(each.country) if each.country else "–"),
        )
        for each in session.participants
    ]
    plain.table(counted, (_("Name"), _("Organisation"), _("Country")), rows, as_cards=True)
    if session.held:
        told = ngettext("{n} person was there.", "{n} people were there.", session.held.n_participants)
        plain.show(plain.element("p", told.format(n=words.number(session.held.n_participants)), css="kb-quiet kb-below"))


def _time(at: str) -> str:
    """ "10:00", or with its day: "July 2, 2026, 10:00"."""
    day, _space, clock = at.rpartition(" ")
    return f"{words.day(day)}, {clock}" if day else clock
