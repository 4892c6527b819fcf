"""What a coefficient of agreement means, or why there is none, in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from kb.peers.agreement.estimate import Estimate, Meaning, Why
from kb.ui import words
from kb.ui.i18n import _, marked

MEANINGS: Mapping[Meaning, str] = {
    Meaning.RELIABLE: marked("They agree well: these scores can be relied on."),
    Meaning.TENTATIVE: marked("They agree fairly: good for a first conclusion only."),
    Meaning.UNRELIABLE: marked("They disagree too much: do not rely on these scores."),
}
REASONS: Mapping[Why, str] = {
    Why.NO_PAIRS: marked("No two reviewers scored it for the same practice."),
    Why.ONE_PRACTICE: marked("Only one practice was scored by two: that says nothing about the panel."),
    Why.ONE_VALUE: marked("Everybody gave the same score throughout: nobody can tell whether they would tell practices apart."),
    Why.ALIKE: marked("The practices do not differ here, so there is nothing to agree about."),
}


def figure(of: Estimate) -> str:
    """The value and its interval: "0.81 (0.60 to 0.95)"; a dash for none."""
    if of.value is None:
        return "–"
    value = two(of.value)
    if of.low is None or of.high is None:
        return value
    return _("{value} ({low} to {high})").format(value=value, low=two(of.low), high=two(of.high))


def meaning(of: Estimate) -> str:
    """What the value says, or why there is none."""
    if of.meaning is None:
        return _(REASONS[of.why]) if of.why else ""
    return _(MEANINGS[of.meaning])


def caution(of: Estimate) -> str:
    """What the interval adds; nothing where it says the same."""
    if of.meaning_at_least is None or of.meaning_at_least is of.meaning:
        return ""
    return _("It may be as low as {low}.").format(low=two(of.low or 0))


def two(value: float) -> str:
    """A number with two decimals at most; no minus before a zero."""
    return words.number(round(value, 2) + 0.0, decimals=2)
