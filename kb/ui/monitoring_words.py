"""How an indicator goes, in the reader's language: its plan, the latest reading, the trend, the way to its target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.peers.monitoring.course import TrendWord, Undefined
from kb.peers.monitoring.folding import Followed
from kb.peers.monitoring.indicator import Direction, Frequency, Indicator, Point
from kb.peers.monitoring.reading import Reading
from kb.peers.monitoring.schedule import Period
from kb.ui import words
from kb.ui.i18n import _, marked, ngettext

DIRECTIONS: Mapping[str, str] = {
    Direction.UP: marked("It should rise"),
    Direction.DOWN: marked("It should fall"),
    Direction.KEEP: marked("It should stay as it is"),
}
FREQUENCIES: Mapping[str, str] = {
    Frequency.MONTHLY: marked("Every month"),
    Frequency.QUARTERLY: marked("Every quarter"),
    Frequency.HALF_YEARLY: marked("Every half-year"),
    Frequency.YEARLY: marked("Every year"),
    Frequency.ONCE: marked("Once"),
}
UNDEFINED: Mapping[str, str] = {
    Undefined.KEEP: "",  # the deviation is told instead
    Undefined.NO_BASELINE: marked("How far it is cannot be said: it has no baseline."),
    Undefined.NO_TARGET: marked("How far it is cannot be said: it has no target."),
    Undefined.TARGET_IS_BASELINE: marked("How far it is cannot be said: the target is the baseline."),
    Undefined.NO_READING: marked("How far it is cannot be said: there is no reading since the baseline."),
    Undefined.MIXED_SCOPES: marked(
        "No figures are given: the readings are of several scopes, and the indicator does not say which is meant."
    ),
}


def direction(of: str) -> str:
    """Where it is wanted to go."""
    return _(DIRECTIONS[of])


def frequency(of: str) -> str:
    """How often it is read."""
    return _(FREQUENCIES[of])


def number(value: float) -> str:
    """A value as the reader writes numbers."""
    return words.number(value, decimals=9)


def value(of: Indicator, number_: float) -> str:
    """With its unit."""
    return f"{number(number_)} {of.unit}"


def point(of: Indicator, at: Point | None) -> str:
    """A baseline or a target with its day and source; empty for none."""
    if at is None:
        return ""
    about = ", ".join(filter(None, (words.day(at.date), at.source)))
    return f"{value(of, at.value)} ({about})"


def latest(followed: Followed) -> str:
    """The latest reading; all that the sources say where they differ."""
    if not followed.latest:
        return _("There is no reading yet.")
    values = _either(followed.latest)
    sentence = _("Latest: {value} {unit} ({day}).")
    return sentence.format(value=values, unit=followed.indicator.unit, day=words.day(followed.latest[0].date))


def progress(followed: Followed) -> str:
    """How much of the way from baseline to target is done, or why that cannot be said; nothing for what should stay."""
    done, indicator = followed.progress, followed.indicator
    if done.low is None or done.high is None or indicator.baseline is None or indicator.target is None:
        return _(UNDEFINED[done.why]) if done.why else ""
    if done.low != done.high:
        sentence = _("Between {low} % and {high} % of the way from {baseline} to {target} is done: the sources differ.")
    elif done.low >= 1:
        sentence = _("The target is reached: {high} % of the way from {baseline} to {target} is done.")
    elif done.low < 0:
        sentence = _("It is farther from the target than at the beginning: {high} % of the way from {baseline} to {target}.")
    else:
        sentence = _("{high} % of the way from {baseline} to {target} is done.")
    return sentence.format(
        low=words.number(100 * done.low),
        high=words.number(100 * done.high),
        baseline=number(indicator.baseline.value),
        target=value(indicator, indicator.target.value),
    )


def deviation(followed: Followed) -> str:
    """How far off it is, of what should stay as it is; nothing for any other."""
    if followed.deviation is None:
        return ""
    low, high = followed.deviation
    if low == high == 0:
        return _("It is as it should be.")
    if low != high:
        told = _("It is off by {low} to {high} {unit}: the sources differ.")
        return told.format(low=_signed(low), high=_signed(high), unit=followed.indicator.unit)
    told = _("It is {n} above what it should be.") if low > 0 else _("It is {n} below what it should be.")
    return told.format(n=value(followed.indicator, abs(low)))


def trend(followed: Followed) -> str:
    """What changed between the first and the latest day, and whether it is wanted; nothing with fewer than two days."""
    course = followed.trend
    if course is None:
        return ""
    sentence = {
        TrendWord.RISING: _("It rose by {change} from {first} to {latest}."),
        TrendWord.FALLING: _("It fell by {change} from {first} to {latest}."),
        TrendWord.UNCHANGED: _("It is the same on {first} and on {latest}."),
        TrendWord.UNCLEAR: _("Whether it rose or fell from {first} to {latest} is not clear: the sources differ."),
    }[course.word]
    least, most = sorted((abs(course.low), abs(course.high)))
    change = number(most) if least == most else _("{low} to {high}").format(low=number(least), high=number(most))
    told = sentence.format(
        change=f"{change} {followed.indicator.unit}", first=words.day(course.first), latest=words.day(course.latest)
    )
    if course.is_wanted is None:
        return told
    verdict = _("That is as wanted.") if course.is_wanted else _("That is not as wanted.")
    return f"{told} {verdict}"


def missing(periods: Sequence[Period]) -> str:
    """How many periods passed without a reading, and which."""
    n = len(periods)
    sentence = ngettext("Overdue: no reading for {n} period ({spans}).", "Overdue: no reading for {n} periods ({spans}).", n)
    spans = [period(each) for each in periods]
    shown = words.listed(spans) if n <= 4 else _("{first} to {last}").format(first=spans[0], last=spans[-1])
    return sentence.format(n=words.number(n), spans=shown)


def period(of: Period) -> str:
    """From its first to its last day."""
    return f"{words.day(of.start)} – {words.day(of.end)}" if of.start else _("until {day}").format(day=words.day(of.end))


def _either(readings: Sequence[Reading]) -> str:
    values = list(dict.fromkeys(number(each.value) for each in readings))
    return values[0] if len(values) == 1 else _("{one} or {other}").format(one=", ".join(values[:-1]), other=values[-1])


def _signed(change: float) -> str:
    return f"+{number(change)}" if change > 0 else number(change)
