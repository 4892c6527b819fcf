"""A test of transferability as headings, paragraphs and tables: what a PDF, a Word file and a terminal all say, in one order."""

from __future__ import annotations

from collections.abc import Iterator

from kb.services.handouts.blocks import Block, Facts, Grid, Heading, Quoted, References, Row, Tone, Words
from kb.services.handouts.handout import Handout
from kb.services.transfer_files.report import Asked, Judged, Reached, TransferReport, Went, Whole
from kb.services.transfer_files.wording import TransferWording

MAX_COLUMNS = 8  # assessors beside each other on a page; beyond, only the mean is in the table
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
        (wording.opened_on, _beside(report.opened_on, report.opened_by)),
        (wording.due, "" if report.ended_on else report.due),
        (wording.ended_on, report.ended_on),
        (wording.made_on, report.made_on),
    )
    return Facts(tuple((name, value) for name, value in told if value))


def told(report: TransferReport, wording: TransferWording) -> Iterator[Block]:
    """Everything below title, banner and facts."""
    yield from _result(report, wording)
    yield from _assessors(report, wording)
    if any(item.said for item in report.criteria):
        yield from _at_a_glance(report, wording)
        for side in dict.fromkeys(item.side for item in report.criteria):
            items = [item for item in report.criteria if item.side == side]
            yield Heading(1, items[0].side_title)
            for item in items:
                yield from _item(item, wording)
    yield from _wholes(report, wording)
    yield from _distance(report, wording)
    yield from _went(report, wording)
    yield from _evidence(report, wording)
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
    rows = tuple(Row((_title(item, wording), wording.value(item.if_low), wording.value(item.if_high))) for item in unknown)
    yield Grid((wording.criterion, wording.at_worst, wording.at_best), rows, (5, 1.6, 1.6), 1)


def _assessors(report: TransferReport, wording: TransferWording) -> Iterator[Block]:
    if not report.assessors:
        return
    yield Heading(1, wording.assessors)
    rows = tuple(
        Row((each.name, each.organisation, each.country, wording.seats.get(each.state, each.state))) for each in report.assessors
    )
    yield Grid((wording.assessor, wording.organisation, wording.country, wording.seat), rows, (3, 4, 2, 2), 4)


def _at_a_glance(report: TransferReport, wording: TransferWording) -> Iterator[Block]:
    spoke = tuple(dict.fromkeys(said.assessor for item in report.criteria for said in item.said))
    names = spoke if len(spoke) <= MAX_COLUMNS else ()
    rows: list[Row] = []
    for side in dict.fromkeys(item.side for item in report.criteria):
        items = [item for item in report.criteria if item.side == side]
        rows.append(Row((items[0].side_title,), is_section=True))
        rows += [Row((_title(item, wording), wording.value(item.mean), *_cells(item, names, wording))) for item in items]
    yield Heading(1, wording.at_a_glance)
    yield Grid((wording.criterion, wording.mean, *names), tuple(rows), (5, 1.6, *(1.6 for _ in names)), 1)


def _cells(item: Asked, names: tuple[str, ...], wording: TransferWording) -> Iterator[str]:
    said = {each.assessor: each for each in item.said}
    for name in names:
        yield _answer(said[name], wording) if name in said else wording.none_yet


def _answer(said: Judged, wording: TransferWording) -> str:
    return wording.unknown if said.value is None else wording.value(said.value)


def _title(item: Asked, wording: TransferWording) -> str:
    return wording.key.format(title=item.title) if item.is_key else item.title


def _item(item: Asked, wording: TransferWording) -> Iterator[Block]:
    mean = wording.unknown if item.mean is None else wording.value(item.mean)
    yield Heading(2, wording.heading.format(title=_title(item, wording), mean=mean))
    yield Words(item.question, Tone.NOTE)
    for said in item.said:
        confidence = wording.confidences.get(said.confidence, said.confidence)
        parts = (said.assessor, _answer(said, wording), confidence, wording.stale if said.is_stale else "")
        yield Words(_beside(*parts), Tone.STRONG, is_inset=True)
        yield Words(said.reason, is_inset=True)
        yield from _cited(said, wording)


def _cited(said: Judged, wording: TransferWording) -> Iterator[Block]:
    for each in said.evidence:
        side, cited = wording.sides.get(each.side, each.side), each.cited
        if cited.speaks_for:
            yield References(wording.speaks_for.format(side=side), cited.speaks_for)
        if cited.against:
            yield References(wording.against.format(side=side), cited.against)
        if cited.n_left_out:
            yield Words(wording.left_out.format(n=cited.n_left_out), Tone.NOTE, is_inset=True)
        if cited.none_found:
            yield Words(wording.none_found.format(side=side), Tone.NOTE, is_inset=True)


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
    if each.cited.speaks_for:
        yield References(wording.case_for, each.cited.speaks_for)
    if each.cited.against:
        yield References(wording.case_against, each.cited.against)
    if each.cited.n_left_out:
        yield Words(wording.left_out.format(n=each.cited.n_left_out), Tone.NOTE, is_inset=True)
    for source, date in each.sources:
        yield Words(wording.source_of.format(source=source, date=date), Tone.NOTE)
    case = wording.case.format(name=each.case) if each.case else ""
    yield Words(_beside(wording.told_by.format(name=each.by), case), Tone.NOTE)


def _evidence(report: TransferReport, wording: TransferWording) -> Iterator[Block]:
    if not report.evidence and not report.n_left_out:
        return
    yield Heading(1, wording.evidence)
    for each in report.evidence:
        remark = wording.gone if each.is_gone else wording.changed if each.is_changed else ""
        yield Quoted(each.number, each.quote, each.source, remark, each.language)
    if report.n_left_out:
        yield Words(wording.left_out_all.format(n=report.n_left_out), Tone.NOTE)


def _history(report: TransferReport, wording: TransferWording) -> Iterator[Block]:
    if not report.moves:
        return
    yield Heading(1, wording.history)
    rows = tuple(
        Row((each.at_utc[:16].replace("T", " "), each.member, _beside(wording.moves.get(each.kind, each.kind), each.detail)))
        for each in report.moves
    )
    yield Grid((wording.date, wording.who, wording.what), rows, (2.2, 3, 6), 3)


def _listed(head: str, lines: tuple[str, ...] | list[str]) -> Iterator[Block]:
    if lines:
        yield Words(head, Tone.STRONG)
        yield Words("\n".join(lines))


def _beside(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
