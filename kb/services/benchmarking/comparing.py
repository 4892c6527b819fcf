"""Two to six practices side by side: what their sheets say, and each criterion with its score down to the evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.errors import InvalidEntry, NotFound
from kb.peers.assessment.review import GateVerdict
from kb.peers.assessment.rubric import Rubric
from kb.peers.assessment.spread import scores, verdicts
from kb.peers.assessment.state import Assessment
from kb.peers.narrative import Text
from kb.services import rubrics
from kb.services.assessing.evidence_now import EvidenceNow, PinNow
from kb.services.assessing.loading import assessment_for
from kb.services.assessing.staleness import pins_of, stale_of
from kb.services.benchmarking.peers import LOOK
from kb.services.benchmarking.sheet_facts import SheetFacts, sheet_facts
from kb.services.benchmarking.standing import Choice, Version, choices, concluded, most_used, standing
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require

FEWEST, MOST = 2, 6


@dataclass(frozen=True)
class Column:
    """One practice.

    Attributes:
        assessment: that counts, by the rubric and version that are compared; empty: there is none that the actor may see.
        label: what it came to; empty without one, as all that follows.
        impact: ``None`` without stages of evidence, or where a score of it is absent; so is ``evidence``.
        coverage: how many criteria are scored, of how many.
    """

    facts: SheetFacts
    assessment: str = ""
    ended_at_utc: str = ""
    n_assessors: int = 0
    label: str = ""
    label_title: Text | None = None
    stage: str = ""
    impact: float | None = None
    evidence: float | None = None
    coverage: tuple[int, int] = (0, 0)
    is_demo: bool = False


@dataclass(frozen=True)
class ScoreCell:
    """A practice on a criterion.

    Attributes:
        score: the final one; ``None``: nobody could score it, or the practice was not assessed.
        lowest: of those that reviewers gave, as is ``highest``; ``None`` where none was.
        n_scores: how many reviewers gave one.
        evidence: passages behind it as they stand now, each once; of documents that the actor may not see only that there is one.
    """

    score: float | None = None
    lowest: float | None = None
    highest: float | None = None
    n_scores: int = 0
    evidence: tuple[PinNow, ...] = ()
    is_stale: bool = False


@dataclass(frozen=True)
class GateCell:
    """A practice at a gate; ``verdict`` is ``None`` where it was not assessed."""

    verdict: GateVerdict | None = None
    n_verdicts: int = 0
    evidence: tuple[PinNow, ...] = ()
    is_stale: bool = False


@dataclass(frozen=True)
class GateRow:
    """A gate, with a cell for each practice in their order."""

    gate: str
    title: Text
    question: Text
    cells: tuple[GateCell, ...]


@dataclass(frozen=True)
class CriterionRow:
    """A criterion, with a cell for each practice in their order."""

    criterion: str
    title: Text
    question: Text
    tier: str
    cells: tuple[ScoreCell, ...]


@dataclass(frozen=True)
class Comparison:
    """Practices side by side, in the order in which they were named.

    Attributes:
        rubric: in the version that is compared; ``None`` where none of them was assessed.
        criteria: in the rubric's order, as are ``gates``.
        choices: rubrics and versions by which any of them was assessed.
        left_out: those that only the demonstration assessed: it counts no more as soon as any practice was assessed in earnest.
    """

    rubric: Rubric | None
    columns: tuple[Column, ...]
    gates: tuple[GateRow, ...]
    criteria: tuple[CriterionRow, ...]
    choices: tuple[Choice, ...]
    left_out: tuple[str, ...]


def compare(
    kb: KnowledgeBase, practices: Sequence[str], *, actor: Member, rubric: str = "", version: int | None = None
) -> Comparison:
    """Two to six practices side by side.

    Args:
        rubric: without one that by which most of them were assessed.
        version: without one that by which most of them were assessed; of a named rubric the highest.

    Raises:
        InvalidEntry: if there are too few or too many, one is named twice or is not there; all of it together.
        NotFound: if there is no such rubric or version.
    """
    require(actor, Role.MEMBER, LOOK)
    facts = _facts(kb, practices, actor)
    everyone = concluded(kb, actor=actor)
    chosen = choices(each for each in everyone if each.practice in practices)
    by: Version | None = (rubric, version) if rubric and version is not None else most_used(chosen, rubric)
    asked = _rubric(kb, by, rubric, version, actor)
    counted = standing(everyone, by)
    evidence = EvidenceNow(kb, actor)
    told = [assessment_for(kb, counted.of[each].id, actor=actor) if each in counted.of else None for each in practices]
    return Comparison(
        rubric=asked,
        columns=tuple(_column(each, whole, asked) for each, whole in zip(facts, told, strict=True)),
        gates=tuple(_gates(asked, told, evidence, actor)) if asked else (),
        criteria=tuple(_criteria(asked, told, evidence, actor)) if asked else (),
        choices=chosen,
        left_out=tuple(each for each in practices if each in counted.left_out),
    )


def _facts(kb: KnowledgeBase, practices: Sequence[str], actor: Member) -> list[SheetFacts]:
    """What the sheets say; all that is wrong with the names in one sentence."""
    faults = []
    if not FEWEST <= len(practices) <= MOST:
        faults.append(f"{len(practices)} named, and {FEWEST} to {MOST} can be compared")
    faults += [f"“{name[:80]}” is named {n} times" for name, n in Counter(practices).items() if n > 1]
    found = []
    for name in dict.fromkeys(practices):
        try:
            found.append(sheet_facts(kb, name, actor=actor))
        except NotFound:
            faults.append(f"there is no practice “{name[:80]}”")
    if faults:
        raise InvalidEntry(f"These practices cannot be compared: {'; '.join(faults)}. See the names: kb practice list")
    return found


def _rubric(kb: KnowledgeBase, by: Version | None, rubric: str, version: int | None, actor: Member) -> Rubric | None:
    if by is not None:
        return rubrics.rubric(kb, *by, actor=actor)
    return rubrics.rubric(kb, rubric, version, actor=actor) if rubric else None


def _column(facts: SheetFacts, told: Assessment | None, rubric: Rubric | None) -> Column:
    if told is None or told.outcome is None or rubric is None:
        return Column(facts)
    outcome = told.outcome
    return Column(
        facts,
        assessment=told.id,
        ended_at_utc=told.ended_at_utc,
        n_assessors=outcome.panel,
        label=outcome.label,
        label_title=rubric.title_of(outcome.label),
        stage=outcome.stage,
        impact=outcome.impact,
        evidence=outcome.evidence,
        coverage=outcome.coverage,
        is_demo=told.is_demo,
    )


def _gates(rubric: Rubric, told: Sequence[Assessment | None], evidence: EvidenceNow, actor: Member) -> Iterator[GateRow]:
    for gate in rubric.gates:
        cells = tuple(_gate_cell(each, gate.gate, evidence, actor) if each else GateCell() for each in told)
        yield GateRow(gate.gate, gate.title, gate.question, cells)


def _gate_cell(told: Assessment, gate: str, evidence: EvidenceNow, actor: Member) -> GateCell:
    said = {name: each.review.gates.get(gate) for name, each in told.reviews.items()}
    now = [evidence.now(pin, own=name == actor.name) for name, answer in said.items() if answer for pin in answer.pins]
    verdict = told.outcome.gates.get(gate) if told.outcome else None
    return GateCell(verdict, len(verdicts(told, gate)), _each_once(now), any(each.is_stale for each in now))


def _criteria(rubric: Rubric, told: Sequence[Assessment | None], evidence: EvidenceNow, actor: Member) -> Iterator[CriterionRow]:
    aged = [{each.criterion for each in stale_of(one, evidence, actor)} if one else set[str]() for one in told]
    for tier in rubric.tiers:
        for each in tier.criteria:
            cells = tuple(
                _score_cell(one, each.criterion, evidence, actor, is_stale=each.criterion in stale) if one else ScoreCell()
                for one, stale in zip(told, aged, strict=True)
            )
            yield CriterionRow(each.criterion, each.title, each.question, tier.tier, cells)


def _score_cell(told: Assessment, criterion: str, evidence: EvidenceNow, actor: Member, *, is_stale: bool) -> ScoreCell:
    given = scores(told, criterion).values()
    now = [
        evidence.now(pin, own=name == actor.name)
        for name in told.reviews
        if not told.is_withdrawn(name, criterion)
        for pin in pins_of(told, name, criterion)
    ]
    final = told.outcome.scores.get(criterion) if told.outcome else None
    return ScoreCell(final, min(given, default=None), max(given, default=None), len(given), _each_once(now), is_stale)


def _each_once(found: Sequence[PinNow]) -> tuple[PinNow, ...]:
    """What several reviewers pinned alike is told once; of what the actor may not read each is told, as everywhere."""
    once: dict[object, PinNow] = {}
    for number, each in enumerate(found):
        once.setdefault((each.pin.document, each.pin.quote, each.pin.stance) if each.pin else number, each)
    return tuple(once.values())
