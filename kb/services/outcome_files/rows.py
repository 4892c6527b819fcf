"""Lessons, recommendations, plans and policy changes as rows of tables. Codes are the same in every language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.peers.learning.lesson import Lesson
from kb.peers.learning.plan import Plan
from kb.peers.learning.policy import PolicyChange, difference, unit_of
from kb.peers.learning.policy_bodies import Effect, Measured
from kb.peers.learning.recommendation import Recommendation
from kb.services.tables import Cell

LESSON_COLUMNS = (
    "lesson", "noted_on", "state", "level", "text", "language", "member", "organisation", "country", "from_whom", "practices",
    "exchanges", "confirmed_by", "confirmed_organisation", "confirmed_how", "demonstration",
)  # fmt: skip
RECOMMENDATION_COLUMNS = (
    "recommendation", "issued_on", "state", "level", "to", "text", "language", "member", "organisation", "practices", "exchanges",
    "response", "reason", "answered_by", "answered_on_behalf", "implemented_on", "implemented_what", "source", "passages",
    "demonstration",
)  # fmt: skip
PLAN_COLUMNS = (
    "plan", "title", "state", "organisation", "instrument", "place", "language", "summary_en", "partnership", "practices",
    "exchanges", "validated_by", "action", "what", "players", "begins", "ends", "cost", "currency", "cost_unknown", "funding",
    "indicator", "action_state", "action_since", "action_why", "demonstration",
)  # fmt: skip
POLICY_COLUMNS = (
    "policy", "title", "state", "policy_name", "organisation", "place", "on", "what_changed", "attribution", "language",
    "practices", "exchanges", "told_by", "confirmed_by", "dimension", "effect", "before", "before_unit", "before_words",
    "before_date", "before_source", "before_passages", "after", "after_unit", "after_words", "after_date", "after_source",
    "after_passages", "difference", "no_difference", "demonstration",
)  # fmt: skip


def lesson_rows(lessons: Iterable[Lesson]) -> list[tuple[Cell, ...]]:
    """Names of columns, then a row a lesson."""
    return [LESSON_COLUMNS, *map(_lesson, lessons)]


def recommendation_rows(recommendations: Iterable[Recommendation]) -> list[tuple[Cell, ...]]:
    """Names of columns, then a row a recommendation."""
    return [RECOMMENDATION_COLUMNS, *map(_recommendation, recommendations)]


def plan_rows(plans: Iterable[Plan]) -> list[tuple[Cell, ...]]:
    """Names of columns, then a row an action."""
    return [PLAN_COLUMNS, *(row for plan in plans for row in _plan(plan))]


def policy_rows(policies: Iterable[PolicyChange]) -> list[tuple[Cell, ...]]:
    """Names of columns, then a row an effect; one of which nothing was measured has a row of its own."""
    return [POLICY_COLUMNS, *(row for policy in policies for row in _policy(policy))]


def _lesson(lesson: Lesson) -> tuple[Cell, ...]:
    told, confirmed = lesson.noted, lesson.confirmed
    return (
        lesson.id, lesson.begun_on, lesson.state.value, told.level.value, told.text, told.language, told.by.name,
        told.by.organisation, told.by.country, told.from_whom, _all(told.because.practices), _all(told.because.exchanges),
        confirmed.by.name if confirmed else "", confirmed.by.organisation if confirmed else "", confirmed.how if confirmed else "",
        _yes(lesson.is_demo),
    )  # fmt: skip


def _recommendation(each: Recommendation) -> tuple[Cell, ...]:
    told, answered, done = each.issued, each.answered, each.implemented
    return (
        each.id, each.begun_on, each.state.value, told.level.value, told.to, told.text, told.language, told.by.name,
        told.by.organisation, _all(told.because.practices), _all(told.because.exchanges),
        answered.response.value if answered else "", answered.reason if answered else "", answered.by.name if answered else "",
        _yes(answered is not None and answered.on_behalf), done.on if done else "", done.what if done else "",
        done.source if done else "", len(done.pins) if done else None, _yes(each.is_demo),
    )  # fmt: skip


def _plan(plan: Plan) -> Iterator[tuple[Cell, ...]]:
    told = plan.written
    for each in told.actions:
        now = plan.action_states[each.key]
        yield (
            plan.id, told.title, plan.state.value, plan.organisation, told.instrument, told.place, told.language, told.summary_en,
            told.partnership, _all(told.because.practices), _all(told.because.exchanges),
            plan.validated.by.name if plan.validated else "", each.key, each.what, "\n".join(each.players), each.begins, each.ends,
            each.cost.amount if each.cost else None, each.cost.currency if each.cost else "",
            _yes(each.cost is not None and each.cost.is_unknown), each.funding, each.indicator, now.state.value, now.on, now.why,
            _yes(plan.is_demo),
        )  # fmt: skip


def _policy(policy: PolicyChange) -> Iterator[tuple[Cell, ...]]:
    told = policy.recorded
    head: tuple[Cell, ...] = (
        policy.id, told.title, policy.state.value, told.policy, told.organisation, told.place, told.on, told.what_changed,
        told.attribution, told.language, _all(told.because.practices), _all(told.because.exchanges), told.by.name,
        policy.confirmed.by.name if policy.confirmed else "",
    )  # fmt: skip
    for each in told.effects:
        found = difference(each)
        value = float(found.value) if found.value is not None else None
        yield (
            *head, each.dimension.value, each.what, *_measured(each, each.before), *_measured(each, each.after), value,
            found.why_not.value if found.why_not else "", _yes(policy.is_demo),
        )  # fmt: skip
    if not told.effects:
        yield (*head, *([None] * (len(POLICY_COLUMNS) - len(head) - 1)), _yes(policy.is_demo))


def _measured(effect: Effect, measured: Measured | None) -> tuple[Cell, ...]:
    if measured is None:
        return (None,) * 6
    unit = unit_of(effect, measured)
    return measured.value, unit, measured.words, measured.date, measured.source, len(measured.pins)


def _all(names: Iterable[str]) -> str:
    return " ".join(names)


def _yes(is_so: bool) -> str:
    return "yes" if is_so else ""
