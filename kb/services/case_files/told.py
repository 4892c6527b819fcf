"""A transfer case as headings, paragraphs and tables: what a PDF and a Word file both say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.peers.learning.case import Case, CaseMilestone, CasePlan
from kb.peers.learning.case_bodies import Adapted, CaseAdapting, CaseEvaluated, CaseReusing, CaseUnderstanding
from kb.retrieval.writable import one_line, writable
from kb.services.case_files.wording import CaseWording
from kb.services.handouts.blocks import Block, Facts, Grid, Heading, Row, Tone, Words
from kb.services.handouts.exhibits import Cited, Exhibit
from kb.services.handouts.handout import Handout
from kb.services.handouts.telling import numbers, quotations

STEPS = (CaseUnderstanding, CaseAdapting, CaseReusing)


@dataclass(frozen=True)
class CaseReport:
    """A transfer case as one reader may see it.

    Attributes:
        source_title: place that the practice comes from, in words; so ``target_title``.
        evaluations: each with the numbers of its evidence.
        evidence: in the order of their numbers.
        n_left_out: quotations that the reader may not see, or that are gone.
        clear: takes names out of a text that the evidence withholds.
        made_on: ISO date.
        language: of the fixed words.
    """

    case: Case
    source_title: str
    target_title: str
    evaluations: tuple[tuple[CaseEvaluated, Cited], ...]
    evidence: tuple[Exhibit, ...]
    n_left_out: int
    clear: Callable[[str], str]
    made_on: str
    language: str


def handout(report: CaseReport, wording: CaseWording) -> Handout:
    """All that the files say."""
    considered = report.case.considered
    title = wording.headline.format(practice=considered.title, source=report.source_title, target=report.target_title)
    return Handout(
        id=report.case.id,
        kicker=wording.kicker,
        title=_clean(report, title),
        made_on=report.made_on,
        blocks=(_facts(report, wording), *_told(report, wording)),
        replaced=wording.replaced,
        demonstration=wording.demonstration if report.case.is_demo else "",
        demonstration_note=wording.demonstration_note if report.case.is_demo else "",
        language=report.language,
    )


def _facts(report: CaseReport, wording: CaseWording) -> Facts:
    case = report.case
    told = case.considered
    rows = (
        (wording.practice, told.title),
        (wording.organisation, told.organisation),
        (wording.source, report.source_title),
        (wording.target, report.target_title),
        (wording.state, wording.states.get(case.state.value, case.state.value)),
        (wording.stopped, case.stopped.why if case.stopped else ""),
        (wording.adopted, case.adopted.how if case.adopted else ""),
        (wording.why, told.why),
        (wording.test, told.test),
        (wording.opened, f"{case.begun_on} · {case.member}"),
        (wording.made_on, report.made_on),
    )
    return Facts(tuple((name, _clean(report, value)) for name, value in rows if value))


def _told(report: CaseReport, wording: CaseWording) -> Iterator[Block]:
    plan = report.case.plan or CasePlan()
    yield from _group(report, plan, wording)
    yield Heading(1, wording.core)
    yield from _listed(report, plan.core_kept, wording)
    yield Heading(1, wording.adapted)
    yield from _adapted(report, plan.adapted, wording)
    yield from _milestones(report, plan.milestones, wording)
    for head, text in ((wording.costs, plan.costs), (wording.funding, plan.funding)):
        yield Heading(1, head)
        yield from _listed(report, [text] if text else [], wording)
    yield from _learned(report, wording)
    yield from _went(report, wording)
    yield from quotations(
        report.evidence, report.n_left_out,
        head=wording.evidence, changed=wording.changed, gone=wording.gone, left_out=wording.left_out,
    )  # fmt: skip
    yield from _history(report, wording)


def _group(report: CaseReport, plan: CasePlan, wording: CaseWording) -> Iterator[Block]:
    yield Heading(1, wording.group)
    if not plan.local_group:
        yield Words(wording.nothing, Tone.NOTE)
        return
    yield Words(wording.group_note, Tone.NOTE)
    if any(each.name for each in plan.local_group):
        rows = tuple(_row(report, each.organisation, each.name, each.role) for each in plan.local_group)
        yield Grid((wording.organisation_head, wording.name, wording.role), rows, (4, 3, 4), 3)
    else:
        rows = tuple(_row(report, each.organisation, each.role) for each in plan.local_group)
        yield Grid((wording.organisation_head, wording.role), rows, (4, 4), 2)


def _adapted(report: CaseReport, adapted: Iterable[Adapted], wording: CaseWording) -> Iterator[Block]:
    rows = tuple(_row(report, each.element, each.how) for each in adapted)
    yield Grid((wording.element, wording.how), rows, (4, 5), 2) if rows else Words(wording.nothing, Tone.NOTE)


def _milestones(report: CaseReport, milestones: Iterable[CaseMilestone], wording: CaseWording) -> Iterator[Block]:
    yield Heading(1, wording.milestones)
    overdue = {each.key for each in report.case.overdue(report.made_on)}
    rows = []
    for each in milestones:
        due = f"{each.due} ({wording.overdue})" if each.key in overdue else each.due
        rows.append(_row(report, "\n".join(filter(None, (each.what, each.said))), due, each.reached_on or wording.open))
    grid = Grid((wording.milestone, wording.due, wording.reached), tuple(rows), (6, 2.6, 2), 3)
    yield grid if rows else Words(wording.nothing, Tone.NOTE)


def _learned(report: CaseReport, wording: CaseWording) -> Iterator[Block]:
    steps = [each for each in report.case.happened if isinstance(each.body, STEPS)]
    if not steps:
        return
    yield Heading(1, wording.learned)
    for each in steps:
        if isinstance(each.body, STEPS):
            yield Words(f"{wording.states.get(each.body.kind, each.body.kind)} · {each.at_utc[:10]}", Tone.STRONG)
            yield Words(_clean(report, each.body.learned))


def _went(report: CaseReport, wording: CaseWording) -> Iterator[Block]:
    if not report.evaluations:
        return
    yield Heading(1, wording.went)
    for said, cited in report.evaluations:
        outcome = wording.outcomes.get(said.outcome.value, said.outcome.value)
        yield Words(wording.went_on.format(outcome=outcome, date=said.on), Tone.STRONG)
        yield Words(_clean(report, said.what))
        changes = [wording.change.format(element=each.element, how=each.how) for each in said.adapted]
        for head, lines in ((wording.core_in_the_end, said.core_kept), (wording.adapted_in_the_end, changes)):
            if lines:
                yield Words(head, Tone.STRONG)
                yield from _listed(report, lines, wording)
        yield from numbers(cited, speaks_for=wording.speaks_for, against=wording.against)
        for each in said.sources:
            yield Words(_clean(report, wording.source_of.format(source=each.source, date=each.date)), Tone.NOTE)
        yield Words(_clean(report, wording.told_by.format(name=said.by.name)), Tone.NOTE)


def _history(report: CaseReport, wording: CaseWording) -> Iterator[Block]:
    yield Heading(1, wording.history)
    rows = (
        _row(report, each.at_utc[:10], each.member, wording.moves.get(each.body.kind, each.body.kind))
        for each in report.case.happened
    )
    yield Grid((wording.date, wording.who, wording.what), tuple(rows), (2, 3, 6), 3)


def _listed(report: CaseReport, lines: Sequence[str], wording: CaseWording) -> Iterator[Block]:
    said = "\n".join(f"– {one_line(each)}" for each in lines) if len(lines) > 1 else "".join(lines)
    yield Words(_clean(report, said)) if said else Words(wording.nothing, Tone.NOTE)


def _row(report: CaseReport, *cells: str) -> Row:
    return Row(tuple(_clean(report, each) for each in cells))


def _clean(report: CaseReport, text: str) -> str:
    return writable(report.clear(text))
