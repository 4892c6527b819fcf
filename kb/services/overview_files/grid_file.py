"""The grid of impact and evidence to be taken along: by name, and those without a place with the reason."""

from __future__ import annotations

from collections.abc import Iterator

from kb.peers.narrative import Text, without_citations
from kb.retrieval.writable import writable
from kb.services.benchmarking.grid import Absent, Grid, Point
from kb.services.handouts import blocks
from kb.services.handouts.blocks import Block, Heading, Row, Words
from kb.services.overview_files import values
from kb.services.overview_files.overview import Overview, yes
from kb.services.overview_files.values import best
from kb.services.overview_files.wording import OverviewWording
from kb.services.tables import Cell

FORMAT = "plp-grid/1"
COLUMNS = (
    "practice", "title", "rubric", "version", "impact", "evidence", "stage", "label", "reviewers", "assessment",
    "evidence_changed", "why_without", "demonstration",
)  # fmt: skip


def grid_file(found: Grid, wording: OverviewWording, language: str) -> Overview:
    """What all forms say.

    Args:
        language: of titles, where there are any in it.
    """
    rubric = found.rubric
    told = wording.rubric_version.format(rubric=best(rubric.title, language), n=rubric.version) if rubric else ""
    return Overview(
        name="practices-impact-evidence",
        format=FORMAT,
        kicker=wording.benchmark,
        title=wording.grid_title,
        facts=((wording.rubric, told),),
        rows=[COLUMNS, *_rows(found, language)],
        value=values.grid(found, language),
        blocks=tuple(_blocks(found, told, wording, language)),
        is_demo=any(each.is_demo for each in found.points),
    )


def _rows(found: Grid, language: str) -> Iterator[tuple[Cell, ...]]:
    by: tuple[Cell, ...] = (found.rubric.rubric, found.rubric.version) if found.rubric else (None, None)
    for each in found.points:
        yield (
            each.practice, _title(each.title, each.language, language), *by, each.impact, each.evidence, each.stage, each.label,
            each.n_assessors, each.assessment, yes(each.is_stale), "", yes(each.is_demo),
        )  # fmt: skip
    for absent in found.without:
        title = _title(absent.title, absent.language, language)
        yield (absent.practice, title, *by, *([None] * 7), absent.why.value, "")


def _blocks(found: Grid, rubric: str, wording: OverviewWording, language: str) -> Iterator[Block]:
    def by_title(each: Point | Absent) -> str:
        return _title(each.title, each.language, language).casefold()

    yield Words(wording.grid_note.format(rubric=rubric) if found.points else wording.no_grid)
    if found.points:
        head = (wording.practice, wording.impact, wording.evidence, wording.stage, wording.result, wording.reviewers)
        rows = tuple(_row(each, wording, language) for each in sorted(found.points, key=by_title))
        yield blocks.Grid(head, rows, (5, 1.6, 1.6, 2.6, 3.2, 1.7), 1)
    if found.without:
        yield Heading(1, wording.off_grid)
        absent = tuple(_absent(each, wording, language) for each in sorted(found.without, key=by_title))
        yield blocks.Grid((wording.practice, wording.why), absent, (5, 6), 2)


def _row(point: Point, wording: OverviewWording, language: str) -> Row:
    stage = best(point.stage_title, language) if point.stage_title else point.stage or wording.no_stage
    title = wording.marked(_title(point.title, point.language, language), is_demo=point.is_demo)
    remark = f"\n{wording.stale}" if point.is_stale else ""
    label = best(point.label_title, language) + remark
    figures = wording.number(point.impact), wording.number(point.evidence)
    return Row((writable(title), *figures, writable(stage), writable(label), str(point.n_assessors)))


def _absent(absent: Absent, wording: OverviewWording, language: str) -> Row:
    why = wording.why_not.get(absent.why.value, absent.why.value)
    return Row((writable(_title(absent.title, absent.language, language)), why))


def _title(of: Text, own: str, language: str) -> str:
    """In the language that is asked for, else in the sheet's."""
    return without_citations(of.best(language, own)[1])
