"""An action plan as headings, paragraphs and tables: what a PDF and a Word file both say."""

from __future__ import annotations

from collections.abc import Iterator

from kb.peers.learning.money import Money, Total
from kb.peers.learning.plan import Plan
from kb.peers.learning.plan_bodies import Action
from kb.retrieval.writable import writable
from kb.services.handouts.blocks import Block, Facts, Grid, Heading, Row, Tone, Words
from kb.services.handouts.handout import Handout
from kb.services.outcome_files.wording import OutcomeWording


def plan_handout(plan: Plan, wording: OutcomeWording, *, because: tuple[str, ...], made_on: str, language: str) -> Handout:
    """All that the files say.

    Args:
        because: titles of what it comes from.
        made_on: ISO date.
        language: of the fixed words.
    """
    return Handout(
        id=plan.id,
        kicker=wording.plan_kicker,
        title=writable(plan.written.title),
        made_on=made_on,
        blocks=(_facts(plan, wording, because, made_on), *_told(plan, wording)),
        replaced=wording.replaced,
        demonstration=wording.demonstration if plan.is_demo else "",
        demonstration_note=wording.demonstration_note if plan.is_demo else "",
        language=language,
    )


def cost_in_words(cost: Money | None, wording: OutcomeWording) -> str:
    """An amount with its currency; "unknown"; or a dash where nothing is said."""
    if cost is None:
        return wording.none
    return wording.unknown if cost.amount is None else f"{wording.number(cost.amount)} {cost.currency}"


def total_in_words(costs: Total, wording: OutcomeWording) -> str:
    """Sums by currency, and of how many actions the cost is not in them."""
    sums = " + ".join(f"{wording.number(amount)} {code}" for code, amount in costs.by_currency) or wording.none
    lacking = [
        pattern.format(n=n) for n, pattern in ((costs.n_unknown, wording.n_unknown), (costs.n_unsaid, wording.n_unsaid)) if n
    ]
    return "; ".join([wording.total.format(costs=sums), *lacking])


def time_in_words(action: Action, wording: OutcomeWording) -> str:
    """From when to when; a dash for an open end."""
    if not action.begins and not action.ends:
        return wording.none
    return wording.from_to.format(begins=action.begins or wording.none, ends=action.ends or wording.none)


def _facts(plan: Plan, wording: OutcomeWording, because: tuple[str, ...], made_on: str) -> Facts:
    written, validated, ended = plan.written, plan.validated, plan.not_implemented
    told = (
        (wording.organisation, plan.organisation),
        (wording.instrument, written.instrument),
        (wording.place, wording.place_name(written.place)),
        (wording.partnership, written.partnership),
        (wording.because, "\n".join(because)),
        (wording.state, wording.plan_states.get(plan.state.value, plan.state.value)),
        (wording.why_not, ended.why if ended else ""),
        (wording.validated_by, ", ".join(filter(None, (validated.by.name, validated.by.organisation))) if validated else ""),
        (wording.language, wording.languages.get(written.language, written.language)),
        (wording.made_on, made_on),
    )
    return Facts(tuple((name, writable(value)) for name, value in told if value))


def _told(plan: Plan, wording: OutcomeWording) -> Iterator[Block]:
    if plan.written.summary_en:
        yield Heading(1, wording.summary_en)
        yield Words(writable(plan.written.summary_en))
    yield Heading(1, wording.plan_text)
    yield Words(writable(plan.written.text))
    yield Heading(1, wording.actions)
    rows = tuple(
        Row((writable(each.what), time_in_words(each, wording), cost_in_words(each.cost, wording), _state(plan, each, wording)))
        for each in plan.written.actions
    )
    yield Grid((wording.action, wording.when, wording.cost, wording.state), rows, (5, 2.6, 1.8, 2), 4)
    yield Words(total_in_words(plan.costs, wording), Tone.STRONG)
    for number, action in enumerate(plan.written.actions, start=1):
        yield from _action(number, plan, action, wording)
    yield Heading(1, wording.history)
    moves = tuple(
        Row((each.at_utc[:10], each.member, wording.plan_moves.get(each.body.kind, each.body.kind))) for each in plan.happened
    )
    yield Grid((wording.date, wording.who, wording.what), moves, (2, 3, 6), 3)


def _state(plan: Plan, action: Action, wording: OutcomeWording) -> str:
    state = plan.action_states[action.key].state.value
    return wording.action_states.get(state, state)


def _action(number: int, plan: Plan, action: Action, wording: OutcomeWording) -> Iterator[Block]:
    now = plan.action_states[action.key]
    state = _state(plan, action, wording)
    yield Heading(2, f"{number}. {writable(action.what)}" if len(action.what) < 120 else f"{number}.")
    if len(action.what) >= 120:
        yield Words(writable(action.what))
    told = (
        (wording.state, wording.since.format(state=state, date=now.on) if now.on else state),
        (wording.when, time_in_words(action, wording)),
        (wording.players, "\n".join(action.players)),
        (wording.cost, cost_in_words(action.cost, wording)),
        (wording.funding, action.funding),
        (wording.indicator, action.indicator),
    )
    yield Facts(tuple((name, writable(value)) for name, value in told if value and value != wording.none))
    if now.why:
        yield Words(writable(now.why), is_inset=True)
