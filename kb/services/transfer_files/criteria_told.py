"""The criteria of a test of transferability: all at a glance, then each with what its assessors said."""

from __future__ import annotations

from collections.abc import Iterator

from kb.services.handouts.blocks import Block, Grid, Heading, Row, Tone, Words
from kb.services.handouts.telling import beside, numbers
from kb.services.transfer_files.report import Asked, Judged, TransferReport
from kb.services.transfer_files.wording import TransferWording

MAX_COLUMNS = 8  # assessors beside each other on a page; beyond, only the mean is in the table


def criteria(report: TransferReport, wording: TransferWording) -> Iterator[Block]:
    """Nothing while nobody said anything."""
    if not any(item.said for item in report.criteria):
        return
    yield from _at_a_glance(report, wording)
    for items in _by_side(report):
        yield Heading(1, items[0].side_title)
        for item in items:
            yield from _item(item, wording)


def title(item: Asked, wording: TransferWording) -> str:
    """Of a criterion; it says which are key."""
    return wording.key.format(title=item.title) if item.is_key else item.title


def _by_side(report: TransferReport) -> Iterator[list[Asked]]:
    for side in dict.fromkeys(item.side for item in report.criteria):
        yield [item for item in report.criteria if item.side == side]


def _at_a_glance(report: TransferReport, wording: TransferWording) -> Iterator[Block]:
    spoke = tuple(dict.fromkeys(said.assessor for item in report.criteria for said in item.said))
    names = spoke if len(spoke) <= MAX_COLUMNS else ()
    rows: list[Row] = []
    for items in _by_side(report):
        rows.append(Row((items[0].side_title,), is_section=True))
        rows += [Row((title(item, wording), wording.value(item.mean), *_cells(item, names, wording))) for item in items]
    yield Heading(1, wording.at_a_glance)
    yield Grid((wording.criterion, wording.mean, *names), tuple(rows), (5, 1.6, *(1.6 for _ in names)), 1)


def _cells(item: Asked, names: tuple[str, ...], wording: TransferWording) -> Iterator[str]:
    said = {each.assessor: each for each in item.said}
    for name in names:
        yield _answer(said[name], wording) if name in said else wording.none_yet


def _answer(said: Judged, wording: TransferWording) -> str:
    return wording.unknown if said.value is None else wording.value(said.value)


def _item(item: Asked, wording: TransferWording) -> Iterator[Block]:
    mean = wording.unknown if item.mean is None else wording.value(item.mean)
    yield Heading(2, wording.heading.format(title=title(item, wording), mean=mean))
    yield Words(item.question, Tone.NOTE)
    for said in item.said:
        confidence = wording.confidences.get(said.confidence, said.confidence)
        parts = (said.assessor, _answer(said, wording), confidence, wording.stale if said.is_stale else "")
        yield Words(beside(*parts), Tone.STRONG, is_inset=True)
        yield Words(said.reason, is_inset=True)
        yield from _cited(said, wording)


def _cited(said: Judged, wording: TransferWording) -> Iterator[Block]:
    for each in said.evidence:
        side, cited = wording.sides.get(each.side, each.side), each.cited
        yield from numbers(cited, speaks_for=wording.speaks_for.format(side=side), against=wording.against.format(side=side))
        if cited.n_left_out:
            yield Words(wording.left_out.format(n=cited.n_left_out), Tone.NOTE, is_inset=True)
        if cited.none_found:
            yield Words(wording.none_found.format(side=side), Tone.NOTE, is_inset=True)
