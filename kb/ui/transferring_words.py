"""Names of what belongs to tests of transferability, in the reader's language: stages, certainty, values, what a mean stands on."""

from __future__ import annotations

from collections.abc import Mapping

from kb.peers.assessment.review import Confidence
from kb.peers.contexts.profile import ContextProfile
from kb.peers.narrative import without_citations
from kb.peers.transfer.events import CaseOutcome
from kb.peers.transfer.framework import Framework
from kb.peers.transfer.judgement import CriterionAnswer, Evidenced, Need
from kb.peers.transfer.matrix import Cell, Footing
from kb.peers.transfer.result import Blocking, Result
from kb.peers.transfer.state import Certainty, SeatState, Stage
from kb.services import contexts
from kb.ui import assessing_words, context_words, i18n, state, words
from kb.ui.assessing_words import named
from kb.ui.i18n import _, marked, ngettext

STAGES: Mapping[str, str] = {
    Stage.OPEN: marked("Being tested"),
    Stage.CONCLUDED: marked("Test concluded"),
    Stage.CANCELLED: marked("Test cancelled"),
}
SEATS: Mapping[str, str] = {
    SeatState.INVITED: marked("Invited"),
    SeatState.JOINED: marked("Takes part"),
    SeatState.IN: marked("Handed in"),
    SeatState.EXCUSED: marked("Excused"),
}
CERTAINTIES: Mapping[str, str] = {
    Certainty.ANTICIPATED: marked("Anticipated"),
    Certainty.TESTED: marked("Tested"),
    Certainty.CONFIRMED: marked("Confirmed"),
}
CERTAIN: Mapping[str, str] = {
    Certainty.ANTICIPATED: marked("Judged in advance. Nobody has evaluated yet how a transfer went."),
    Certainty.TESTED: marked("A transfer was evaluated: it did not work, or only in part."),
    Certainty.CONFIRMED: marked("A transfer was evaluated, and it worked."),
}
OUTCOMES: Mapping[str, str] = {
    CaseOutcome.WORKED: marked("It worked"),
    CaseOutcome.PARTLY: marked("It worked in part"),
    CaseOutcome.DID_NOT_WORK: marked("It did not work"),
}
FOOTINGS: Mapping[str, str] = {
    Footing.COVERED: marked("Could work"),
    Footing.THIN: marked("Too little is known"),
    Footing.BLOCKED: marked("Something stands in the way"),
}
EVIDENCED: Mapping[str, str] = {
    Evidenced.SOURCE: marked("Documents of the practice"),
    Evidenced.TARGET: marked("Documents about the target"),
}
VALUES: Mapping[int, str] = {  # what a value says in general; the anchors of a criterion say it of that one
    -2: marked("stands in the way"),
    -1: marked("makes it harder"),
    0: marked("makes no difference"),
    1: marked("helps"),
    2: marked("helps much"),
}
NEEDS: Mapping[str, str] = {
    Need.ANSWER: marked("has no answer"),
    Need.ONE: marked("has a value, and is said to be unknown"),
    Need.REASON: marked("has no reason"),
    Need.CONFIDENCE: marked("does not say how sure you are"),
    Need.EITHER: marked("has passages, and says that none was found"),
    Need.ASKED: marked("is not asked by the framework"),
}
EVENTS: Mapping[str, str] = {
    "opened": marked("opened the test"),
    "invited": marked("invited an assessor"),
    "joined": marked("joined"),
    "excused": marked("excused an assessor"),
    "handed-in": marked("handed a judgement in"),
    "concluded": marked("concluded the test"),
    "cancelled": marked("cancelled the test"),
    "evaluated": marked("told how a transfer went"),
}
MINUS = "−"
MANY_BLOCKING = 3  # more are counted, not named


def value(of: float | None, *, decimals: int = 1) -> str:
    """A value or a mean with its sign: "+0.8", "−2", "0"; a dash for none."""
    if of is None:
        return "–"
    rounded = round(of, decimals) + 0.0  # no "−0"
    sign = "+" if rounded > 0 else MINUS if rounded < 0 else ""
    return sign + words.number(abs(rounded), decimals=decimals)


def span(low: float, high: float) -> str:
    """From one value to another: "−0.3 to +1.1"."""
    return _("{low} to {high}").format(low=value(low), high=value(high))


def coverage(n_known: int, n_all: int) -> str:
    """How many criteria are known, of how many: "14 of 18 criteria known"."""
    told = ngettext("{n} of {total} criteria known", "{n} of {total} criteria known", n_known)
    return told.format(n=words.number(n_known), total=words.number(n_all))


def assessors(n: int) -> str:
    """ "2 assessors"."""
    return ngettext("{n} assessor", "{n} assessors", n).format(n=words.number(n))


def blocked(n: int) -> str:
    """How many constraints block, as a label: "2 in the way"; nothing for none."""
    return ngettext("{n} in the way", "{n} in the way", n).format(n=words.number(n)) if n else ""


def in_short(of: Result | Cell) -> str:
    """What a test came to, never a bare number: "+0.8 (−0.3 to +1.1) · 14 of 18 criteria known · 1 in the way"."""
    if of.mean is None:
        mean = _("no mean")
    elif of.n_known == of.n_all:  # nothing is open
        mean = value(of.mean)
    else:
        mean = _("{value} ({low} to {high})").format(value=value(of.mean), low=value(of.low), high=value(of.high))
    n_blocking = of.n_blocking if isinstance(of, Cell) else len(of.blocking)
    return " · ".join(filter(None, (mean, coverage(of.n_known, of.n_all), blocked(n_blocking))))


def criterion(framework: Framework, name: str) -> str:
    """What a criterion is called; one that the framework has not is shown as written."""
    if name not in framework.criterion_names:
        return name
    return without_citations(framework.criterion(name).title.best(i18n.current())[1])


def side(framework: Framework, name: str) -> str:
    """What the side of a criterion is called."""
    return without_citations(framework.side_of(name).title.best(i18n.current())[1])


def blocking(framework: Framework, each: Blocking) -> str:
    """A constraint by name, with how many said so: "Legal framework (2 of 3 assessors)"."""
    told = ngettext("{criterion} ({n} of {total} assessor)", "{criterion} ({n} of {total} assessors)", each.of)
    return told.format(criterion=criterion(framework, each.criterion), n=words.number(each.n), total=words.number(each.of))


def in_the_way(framework: Framework, result: Result) -> str:
    """The constraints by name, at most three, then how many more; nothing for none."""
    titles = [criterion(framework, each.criterion) for each in result.blocking]
    more = len(titles) - MANY_BLOCKING
    rest = [ngettext("{n} more", "{n} more", more).format(n=words.number(more))] if more > 0 else []
    return words.listed([*titles[:MANY_BLOCKING], *rest])


def answer(of: CriterionAnswer) -> str:
    """What somebody says to a criterion, in a word: "+1", "unknown"."""
    if of.is_unknown:
        return _("Unknown")
    return _("No answer") if of.value is None else value(of.value)


def confidence(of: Confidence | None) -> str:
    """How sure somebody is; nothing where it is not said."""
    return named(assessing_words.CONFIDENCES, of) if of else ""


def places() -> Mapping[str, ContextProfile]:
    """Place → its profile, for the names of many places."""
    return contexts.profiles(state.kb(), actor=state.actor())


def place(code: str, profiles: Mapping[str, ContextProfile] | None = None) -> str:
    """What a place is called, by its profile if there is one.

    Args:
        profiles: of :func:`places`, for who names many.
    """
    return context_words.place_called(code, places() if profiles is None else profiles)


def route(source: str, target: str, profiles: Mapping[str, ContextProfile] | None = None) -> str:
    """From where to where: "Italy → Portugal"."""
    known = places() if profiles is None else profiles
    return f"{place(source, known)} → {place(target, known)}"


def distance(of: float | None) -> str:
    """How far two places are apart, 0 to 1; that it cannot be told."""
    return _("not comparable") if of is None else context_words.apart(of)
