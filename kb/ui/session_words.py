"""What belongs to a session, in the reader's language: its format, when it is, what is unusual about it, the words of calendars."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from babel.dates import format_date, format_time

from kb.peers import languages
from kb.peers.learning.moments import local
from kb.peers.learning.session import Session
from kb.peers.learning.session_parts import Format
from kb.peers.learning.session_rules import Remark, Remarked
from kb.services.learning.calendars import SessionWording
from kb.ui import i18n, words
from kb.ui.i18n import _, marked, ngettext

FORMATS: Mapping[Format, str] = {
    Format.SEMINAR: marked("Seminar"),
    Format.PEER_REVIEW: marked("Peer review"),
    Format.MATCHMAKING: marked("Matchmaking"),
    Format.STUDY_VISIT: marked("Study visit"),
}
ABOUT: Mapping[Format, str] = {
    Format.SEMINAR: marked("Partners discuss a theme or the answers to a question round; 10 to 14 people are judged ideal."),
    Format.PEER_REVIEW: marked("Two days: up to six peers from at least two countries other than the host’s advise the host."),
    Format.MATCHMAKING: marked("Two hours between somebody who seeks something and those who may offer it."),
    Format.STUDY_VISIT: marked("Two to five days at a practice."),
}


def format_word(value: Format) -> str:
    """Name of a format."""
    return _(FORMATS[value])


def about(value: Format) -> str:
    """What is meant by a format, in a sentence."""
    return _(ABOUT[value])


def when(session: Session) -> str:
    """From when to when, by the clocks there: "July 2, 2026, 10:00 – 12:00"."""
    begins, ends = (local(moment, session.planned.zone) for moment in (session.planned.begins, session.planned.ends))
    return _span(begins, ends)


def when_utc(session: Session) -> str:
    """The same in UTC; empty where that is what the clocks there say."""
    if session.planned.zone == "UTC":
        return ""
    begins, ends = (local(moment, "UTC") for moment in (session.planned.begins, session.planned.ends))
    return _("{span} UTC").format(span=_span(begins, ends))


def zone(name: str) -> str:
    """A time zone for a reader: "Europe/Lisbon"."""
    return name.replace("_", " ")


def remark(remarked: Remarked) -> str:
    """What is unusual, in a sentence; it keeps nobody from anything."""
    n = words.number(remarked.number, decimals=1)
    match remarked.remark:
        case Remark.REVIEW_DAYS:
            return _("A peer review takes two days; this one takes {n}.").format(n=n)
        case Remark.REVIEW_COUNTRIES:
            return ngettext(
                "Peers of {n} more country other than the host’s are needed before it can be held.",
                "Peers of {n} more countries other than the host’s are needed before it can be held.",
                int(remarked.number),
            ).format(n=n)
        case Remark.MATCHMAKING_HOURS:
            return _("Matchmaking takes two hours; this one takes {n}.").format(n=n)
        case Remark.VISIT_DAYS:
            return _("A study visit takes two to five days; this one takes {n}.").format(n=n)
        case Remark.SEMINAR_SIZE:
            return _("10 to 14 people are judged ideal for a seminar; here it is {n}.").format(n=n)


def days_left(n: int) -> str:
    """How long the debrief may still take, or since when it is overdue."""
    if n > 0:
        told = ngettext("{n} day is left for the debrief.", "{n} days are left for the debrief.", n)
    elif n == 0:
        return _("The debrief is due today.")
    else:
        told = ngettext("The debrief is {n} day overdue.", "The debrief is {n} days overdue.", -n)
    return told.format(n=words.number(abs(n)))


def wording() -> SessionWording:
    """The fixed words of a calendar file, for this session; hand it to whatever works in another thread."""
    return SessionWording(
        sessions=_("Sessions"),
        hosted_by=_("Host: {host}"),
        online=_("Online: {address}"),
        languages=_("Languages: {languages}"),
        agenda=_("Agenda"),
        chatham_house=chatham_house(),
        embargo=_("What is said is kept back until {day}."),
        cancelled=_("Cancelled: {why}"),
        demonstration=_("[Demonstration: made up] {title}"),
        formats={each.value: _(said) for each, said in FORMATS.items()},
        countries=words.countries(),
        spoken={code: words.language(code) for code in languages.CODES},
    )


def chatham_house() -> str:
    """The rule, in a sentence."""
    return _("Under the Chatham House Rule: what is said may be used, who said it may not be told.")


def _span(begins: datetime, ends: datetime) -> str:
    days = [format_date(each.date(), "long", locale=i18n.current()) for each in (begins, ends)]
    hours = [format_time(each.time(), "short", locale=i18n.current()) for each in (begins, ends)]
    if days[0] == days[1]:
        return f"{days[0]}, {hours[0]} – {hours[1]}"
    return f"{days[0]}, {hours[0]} – {days[1]}, {hours[1]}"
