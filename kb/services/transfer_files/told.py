"""A test of transferability as headings, paragraphs and tables: what a PDF, a Word file and a terminal all say, in one order."""

from __future__ import annotations

from collections.abc import Iterator

from kb.services.handouts.blocks import Block, Facts, Grid, Heading, Row, Tone, Words
from kb.services.handouts.handout import Handout
from kb.services.handouts.telling import beside, numbers, quotations
from kb.services.transfer_files.criteria_told import criteria, title
from kb.services.transfer_files.report import Asked, Reached, TransferReport, Went, Whole
from kb.services.transfer_files.wording import TransferWording

MAX_PARTS = 10  # of the distance: those with the largest share


def handout(report: TransferReport, wording: TransferWording) -> Handout:
    """All that a PDF and a Word file say."""
    return Handout(
        id=report.id,
        kicker=wording.kicker,
        title=headline(report, wording),
        made_on=report.made_on,
        blocks=(facts(report, wording), *told(report, wording)),
        replaced=wording.replaced,
        summary=report.summary,
        demonstration=wording.demonstration if report.is_demo else "",
        demonstration_note=wording.demonstration_note if report.is_demo else "",
        language=report.language,
    )


def headline(report: TransferReport, wording: TransferWording) -> str:
    """Practice, and from where to where."""
    return wording.headline.format(practice=report.title, source=report.source_title, target=report.target_title)


def facts(report: TransferReport, wording: TransferWording) -> Facts:
    """What stands below the title."""
    told = (
        (wording.practice, report.title),
        (wording.source, report.source_title),
        (wording.target, report.target_title),
        (wording.framework, wording.framework_version.format(title=report.framework_title, version=report.framework_version)),
        (wording.stage, wording.stages.get(report.stage, report.stage)),
        (wording.why, report.why),
        (wording.opened_on, beside(report.opened_on, report.opened_by)),
        (wording.due, "" if report.ended_on else report.due),
        (wording.ended_on, report.ended_on),
        (wording.made_on, report.made_on),
    )
    return Facts(tuple((name, value) for name, value in told if value))


def told(report: TransferReport, wording: TransferWording) -> Iterator[Block]:
    """Everything below title, banner and facts."""
    yield from _result(report, wording)
    yield from _assessors(report, wording)
    yield from criteria(report, wording)
    yield from _wholes(report, wording)
    yield from _distance(report, wording)
    yield from _went(report, wording)
    yield from quotations(
        report.evidence, report.n_left_out,
        head=wording.evidence, changed=wording.changed, gone=wording.gone, left_out=wording.left_out_all,
    )  # fmt: skip
    yield from _history(report, wording)


def _result(report: TransferReport, wording: TransferWording) -> Iterator[Block]:
    yield Heading(1, wording.result)
    reached = report.reached
    if reached is None:
        yield Words(wording.nothing_yet)
        return
    yield Words(in_short(reached, wording), Tone.LEAD)
    if not reached.is_final:
        yield Words(wording.own_only, Tone.STRONG)
    yield Words(wording.scale, Tone.NOTE)
    coverage = wording.n_of_m.format(n=reached.n_known, total=reached.n_all)
    certainty = f"{wording.certainties.get(report.certainty, report.certainty)}. {wording.certain.get(report.certainty, '')}"
    yield Facts(
        ((wording.coverage, coverage), (wording.n_assessors, str(reached.n_assessors)), (wording.certainty, certainty.strip()))
    )
    yield from _listed(wording.blocking, [_blocks(item, wording) for item in report.criteria if item.n_blocking])
    yield from _listed(wording.apart, [_between(item, wording) for item in report.criteria if item.is_apart])
    yield from _by_side(reached, wording)
    yield from _what_if(report, wording)


def in_short(reached: Reached, wording: TransferWording) -> str:
    """The mean with its range; never alone."""
    pattern = wording.no_mean if reached.mean is None else wording.reached
    return pattern.format(mean=wording.value(reached.mean), low=wording.value(reached.low), high=wording.value(reached.high))


def _blocks(item: Asked, wording: TransferWording) -> str:
    return wording.blocks.format(title=item.title, n=item.n_blocking, of=item.n_known)


def _between(item: Asked, wording: TransferWording) -> str:
    return wording.between.format(title=item.title, lowest=wording.value(item.lowest), highest=wording.value(item.highest))


def _by_side(reached: Reached, wording: TransferWording) -> Iterator[Block]:
    rows = tuple(
        Row((each.title, wording.value(each.mean), wording.n_of_m.format(n=each.n_known, total=each.n_all)))
        for each in reached.by_side
    )
    yield Words(wording.by_side, Tone.STRONG)
    yield Grid((wording.side, wording.mean, wording.coverage), rows, (5, 1.6, 2), 1)


def _what_if(report: TransferReport, wording: TransferWording) -> Iterator[Block]:
    unknown = [item for item in report.criteria if item.if_low is not None and item.if_high is not None]
    if not unknown:
        return
    unknown.sort(key=lambda item: (item.if_low or 0) - (item.if_high or 0))  # those that move the mean farthest come first
    yield Words(wording.what_if, Tone.STRONG)
    yield Words(wording.what_if_note, Tone.NOTE)
    rows = tuple(Row((title(item, wording), wording.value(item.if_low), wording.value(item.if_high))) for item in unknown)
    yield Grid((wording.criterion, wording.at_worst, wording.at_best), rows, (5, 1.6, 1.6), 1)


def _assessors(report: TransferReport, wording: TransferWording) -> Iterator[Block]:
    if not report.assessors:
        return
    yield Heading(1, wording.assessors)
    rows = tuple(
        Row((each.name, each.organisation, wording.country_of(each.country), wording.seats.get(each.state, each.state)))
        for each in report.assessors
    )
    yield Grid((wording.assessor, wording.organisation, wording.country, wording.seat), rows, (3, 4, 2, 2), 4)


def _wholes(report: TransferReport, wording: TransferWording) -> Iterator[Block]:
    if not report.wholes:
        return
    yield Heading(1, wording.wholes)
    for each in report.wholes:
        yield Heading(2, each.assessor)
        yield from _whole(each, wording)


def _whole(each: Whole, wording: TransferWording) -> Iterator[Block]:
    yield from _listed(wording.facilitators, each.facilitators)
    yield from _listed(wording.barriers, each.barriers)
    changes = [wording.adaptation.format(element=element, how=how) for element, how in each.adaptations]
    yield from _listed(wording.adaptations, changes)
    yield from _listed(wording.core_kept, each.core_kept)
    if each.comment:
        yield Words(each.comment)


def _distance(report: TransferReport, wording: TransferWording) -> Iterator[Block]:
    far = report.distance
    if far is None:
        return
    yield Heading(1, wording.distance)
    if far.value is None:
        yield Words(wording.not_far)
        return
    yield Words(wording.far.format(value=wording.number(far.value), n=far.n_known, total=far.n_all))
    rows = tuple(
        Row((each.title, wording.number(each.apart), wording.number(each.share, 3))) for each in far.parts[:MAX_PARTS] if each.share
    )
    if rows:
        yield Grid((wording.indicator, wording.differs, wording.share), rows, (5, 1.6, 2), 1)


def _went(report: TransferReport, wording: TransferWording) -> Iterator[Block]:
    if not report.went:
        return
    yield Heading(1, wording.went)
    for each in report.went:
        yield from _evaluation(each, wording)


def _evaluation(each: Went, wording: TransferWording) -> Iterator[Block]:
    yield Words(wording.went_on.format(outcome=wording.outcomes.get(each.outcome, each.outcome), date=each.on), Tone.STRONG)
    yield Words(each.seen)
    yield from numbers(each.cited, speaks_for=wording.case_for, against=wording.case_against)
    if each.cited.n_left_out:
        yield Words(wording.left_out.format(n=each.cited.n_left_out), Tone.NOTE, is_inset=True)
    for source, date in each.sources:
        yield Words(wording.source_of.format(source=source, date=date), Tone.NOTE)
    case = wording.case.format(name=each.case) if each.case else ""
    yield Words(beside(wording.told_by.format(name=each.by), case), Tone.NOTE)


def _history(report: TransferReport, wording: TransferWording) -> Iterator[Block]:
    if not report.moves:
        return
    yield Heading(1, wording.history)
    rows = tuple(
        Row((each.at_utc[:16].replace("T", " "), each.member, beside(wording.moves.get(each.kind, each.kind), each.detail)))
        for each in report.moves
    )
    yield Grid((wording.date, wording.who, wording.what), rows, (2.2, 3, 6), 3)


def _listed(head: str, lines: tuple[str, ...] | list[str]) -> Iterator[Block]:
    if lines:
        yield Words(head, Tone.STRONG)
        yield Words("\n".join(lines))
