"""A policy change as headings, paragraphs and tables, with numbered evidence: what a PDF and a Word file both say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kb.peers.learning.policy import PolicyChange, difference, unit_of
from kb.peers.learning.policy_bodies import Dimension, Effect, Measured
from kb.retrieval.writable import writable
from kb.services.handouts.blocks import Block, Facts, Grid, Heading, References, Row, Tone, Words
from kb.services.handouts.exhibits import Cited, Exhibit
from kb.services.handouts.handout import Handout
from kb.services.handouts.telling import quotations
from kb.services.outcome_files.wording import OutcomeWording


@dataclass(frozen=True)
class PolicyReport:
    """A policy change as one reader may see it.

    Attributes:
        because: titles of what it comes from.
        cited: numbers of evidence, by place of the effect and side ("before", "after").
        evidence: in the order of their numbers.
        n_left_out: quotations that the reader may not see, or that are gone.
        clear: takes names out of a text that the evidence withholds.
        made_on: ISO date.
        language: of the fixed words.
    """

    policy: PolicyChange
    because: tuple[str, ...]
    cited: dict[tuple[int, str], Cited]
    evidence: tuple[Exhibit, ...]
    n_left_out: int
    clear: Callable[[str], str]
    made_on: str
    language: str


def policy_handout(report: PolicyReport, wording: OutcomeWording) -> Handout:
    """All that the files say."""
    policy = report.policy
    return Handout(
        id=policy.id,
        kicker=wording.policy_kicker,
        title=report.clear(policy.recorded.title),
        made_on=report.made_on,
        blocks=(_facts(report, wording), *_told(report, wording)),
        replaced=wording.replaced,
        demonstration=wording.demonstration if policy.is_demo else "",
        demonstration_note=wording.demonstration_note if policy.is_demo else "",
        language=report.language,
    )


def measured_in_words(effect: Effect, measured: Measured | None, wording: OutcomeWording) -> str:
    """Value with unit, words, date; a dash where nothing is said."""
    if measured is None:
        return wording.none
    value = f"{wording.number(measured.value)} {unit_of(effect, measured)}".strip() if measured.value is not None else ""
    date = "" if measured.date == "unknown" else f"({measured.date})"
    return " ".join(filter(None, (value, measured.words, date)))


def difference_in_words(effect: Effect, wording: OutcomeWording) -> str:
    """With its sign and unit, or why there is none."""
    found = difference(effect)
    if found.value is None:
        return wording.untold.get(str(found.why_not), "")
    return f"{wording.signed(found.value)} {found.unit}".strip()


def _facts(report: PolicyReport, wording: OutcomeWording) -> Facts:
    told, confirmed = report.policy.recorded, report.policy.confirmed
    state = report.policy.state.value
    rows = (
        (wording.policy, told.policy),
        (wording.organisation, told.organisation),
        (wording.place, wording.place_name(told.place)),
        (wording.on, told.on),
        (wording.because, "\n".join(report.because)),
        (wording.state, wording.policy_states.get(state, state)),
        (wording.told_by, ", ".join(filter(None, (told.by.name, told.by.organisation)))),
        (wording.confirmed_by, ", ".join(filter(None, (confirmed.by.name, confirmed.by.organisation))) if confirmed else ""),
        (wording.made_on, report.made_on),
    )
    return Facts(tuple((name, writable(report.clear(value))) for name, value in rows if value))


def _told(report: PolicyReport, wording: OutcomeWording) -> Iterator[Block]:
    told = report.policy.recorded
    if report.policy.confirmed is None:
        yield Words(wording.not_confirmed, Tone.NOTE)
    yield Heading(1, wording.changed)
    yield Words(writable(report.clear(told.what_changed)))
    yield Heading(1, wording.attribution.format(name=told.by.name))
    yield Words(writable(report.clear(told.attribution)))
    yield Heading(1, wording.effects)
    for dimension in Dimension:
        yield from _dimension(report, dimension, wording)
    yield from quotations(
        report.evidence, report.n_left_out,
        head=wording.evidence, changed=wording.document_changed, gone=wording.gone, left_out=wording.left_out,
    )  # fmt: skip
    yield Heading(1, wording.history)
    moves = tuple(
        Row((each.at_utc[:10], each.member, wording.policy_moves.get(each.body.kind, each.body.kind)))
        for each in report.policy.happened
    )
    yield Grid((wording.date, wording.who, wording.what), moves, (2, 3, 6), 3)


def _dimension(report: PolicyReport, dimension: Dimension, wording: OutcomeWording) -> Iterator[Block]:
    yield Heading(2, wording.dimensions.get(dimension.value, dimension.value))
    effects = [(at, each) for at, each in enumerate(report.policy.recorded.effects) if each.dimension is dimension]
    if not effects:
        yield Words(wording.not_measured, Tone.NOTE)
        return
    rows = tuple(
        Row((
            writable(report.clear(each.what)),
            writable(report.clear(measured_in_words(each, each.before, wording))),
            writable(report.clear(measured_in_words(each, each.after, wording))),
            difference_in_words(each, wording),
        ))
        for _at, each in effects
    )  # fmt: skip
    yield Grid((wording.effect, wording.before, wording.after, wording.difference), rows, (4, 3, 3, 2.4), 4)
    for at, each in effects:
        yield from _shown_by(report, at, each, wording)


def _shown_by(report: PolicyReport, at: int, effect: Effect, wording: OutcomeWording) -> Iterator[Block]:
    what = report.clear(effect.what)
    for side, name, measured in (("before", wording.before, effect.before), ("after", wording.after, effect.after)):
        if measured is None:
            continue
        if measured.source:
            source = wording.source.format(source=report.clear(measured.source))
            yield Words(writable(f"{what} · {name} · {source}"), Tone.NOTE)
        if numbers := report.cited[at, side].speaks_for:
            yield References(writable(f"{what} · {name} · {wording.evidence_for}"), numbers)
