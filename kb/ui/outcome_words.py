"""Names of what belongs to recommendations, plans and policy changes, in the reader's language; amounts, times, differences."""

from __future__ import annotations

from collections.abc import Mapping

from kb.peers.learning.money import Money, Total
from kb.peers.learning.plan_bodies import Action, ActionProgress
from kb.peers.learning.policy import Untold, difference, unit_of
from kb.peers.learning.policy_bodies import Dimension, Effect, Measured
from kb.peers.learning.recommendation import Response
from kb.peers.narrative import UNKNOWN
from kb.ui import words
from kb.ui.i18n import _, marked, ngettext

RESPONSES: Mapping[str, str] = {
    Response.ACCEPT: marked("Accepted in full"),
    Response.PARTLY: marked("Accepted in part"),
    Response.REJECT: marked("Rejected"),
}
PROGRESS: Mapping[str, str] = {
    ActionProgress.PLANNED: marked("Planned"),
    ActionProgress.IN_PROGRESS: marked("In progress"),
    ActionProgress.DONE: marked("Done"),
    ActionProgress.NOT_IMPLEMENTED: marked("Not implemented"),
}
DIMENSIONS: Mapping[str, str] = {
    Dimension.QUALITY: marked("Quality"),
    Dimension.EFFICIENCY: marked("Efficiency"),
    Dimension.IMPACT: marked("Impact"),
}
UNTOLD: Mapping[str, str] = {
    Untold.NO_BEFORE: marked("No difference: nothing is said of before."),
    Untold.NO_AFTER: marked("No difference: nothing is said of after."),
    Untold.IN_WORDS: marked("No difference: one of both is told in words only."),
    Untold.UNITS: marked("No difference: the units are not the same."),
}
MINUS, DECIMALS = "−", 9


def response(of: str) -> str:
    """What was said to a recommendation."""
    return _(RESPONSES[of])


def progress(of: str) -> str:
    """How far an action is."""
    return _(PROGRESS[of])


def dimension(of: str) -> str:
    """What of a policy an effect is about."""
    return _(DIMENSIONS[of])


def place(code: str) -> str:
    """A country by name; a region by its country, with its code; empty for none."""
    country, dash, _rest = code.partition("-")
    return f"{words.country(country)} ({code})" if dash else words.country(code) if code else ""


def cost(of: Money | None) -> str:
    """An amount with its currency; that nobody knows; or nothing, where nothing is said."""
    if of is None:
        return ""
    return _("unknown") if of.amount is None else f"{words.number(of.amount, decimals=2)} {of.currency}"


def total(of: Total) -> str:
    """Sums by currency, and of how many actions the cost is not in them."""
    sums = " + ".join(f"{words.number(float(amount), decimals=2)} {code}" for code, amount in of.by_currency)
    told = [_("All together: {costs}").format(costs=sums)] if sums else []
    if of.n_unknown:
        many = ngettext("of {n} action nobody knows the cost", "of {n} actions nobody knows the cost", of.n_unknown)
        told.append(many.format(n=words.number(of.n_unknown)))
    if of.n_unsaid:
        many = ngettext("of {n} action no cost is said", "of {n} actions no cost is said", of.n_unsaid)
        told.append(many.format(n=words.number(of.n_unsaid)))
    return _("; ").join(told)


def time_of(action: Action) -> str:
    """From when to when; nothing where it is open."""
    if action.begins and action.ends:
        return _("{begins} to {ends}").format(begins=words.day(action.begins), ends=words.day(action.ends))
    if action.begins:
        return _("from {day}").format(day=words.day(action.begins))
    return _("by {day}").format(day=words.day(action.ends)) if action.ends else ""


def measured(effect: Effect, of: Measured | None) -> str:
    """Value with its unit, words; a dash where nothing is said."""
    if of is None:
        return "–"
    value = f"{_number(of.value)} {unit_of(effect, of)}".strip() if of.value is not None else ""
    return " · ".join(filter(None, (value, of.words)))


def about(of: Measured | None) -> str:
    """Of which day, and who says so; how many passages say so."""
    if of is None:
        return ""
    n = len(of.pins)
    passages = ngettext("{n} passage", "{n} passages", n).format(n=words.number(n)) if n else ""
    date = _("date unknown") if of.date == UNKNOWN else words.day(of.date)
    return " · ".join(filter(None, (date, of.source, passages)))


def change(effect: Effect) -> str:
    """After less before, with its sign and unit; or why that cannot be said."""
    found = difference(effect)
    if found.value is None:
        return _(UNTOLD[found.why_not]) if found.why_not else ""
    sign = "+" if found.value > 0 else ""
    return f"{sign}{_number(float(found.value))} {found.unit}".strip()


def _number(value: float) -> str:
    return words.number(value, decimals=DECIMALS).replace("-", MINUS)
