"""Tests of transferability as rows of a table: one for each answer of an assessor to a criterion.

What nobody answered has a row of its own, and so has a test of which nothing else may be told. A mean is never without its coverage
and range.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.services.handouts.exhibits import Cited
from kb.services.tables import Cell
from kb.services.transfer_files.report import Asked, Judged, TransferReport

COLUMNS = (
    "test", "practice", "title", "source", "target", "framework", "version", "state", "certainty", "side", "criterion", "question",
    "key", "assessor", "organisation", "country", "value", "unknown", "confidence", "reason", "source_for", "source_against",
    "none_in_source", "target_for", "target_against", "none_in_target", "left_out", "stale", "criterion_mean", "criterion_lowest",
    "criterion_highest", "criterion_blocking", "mean", "mean_if_unknown_low", "mean_if_unknown_high", "criteria_known",
    "criteria_all", "ended_on", "demonstration",
)  # fmt: skip
NOBODY = Judged("", None)
NOTHING = Asked("", "", "", "", "")


def rows(reports: Iterable[TransferReport]) -> list[tuple[Cell, ...]]:
    """Names of columns, then the rows of every report. Codes and names are those of the framework, the same in every language."""
    return [COLUMNS, *(row for report in reports for row in _rows(report))]


def _rows(report: TransferReport) -> Iterator[tuple[Cell, ...]]:
    for item in report.criteria or (NOTHING,):
        for said in item.said or (NOBODY,):
            yield _row(report, item, said)


def _row(report: TransferReport, item: Asked, said: Judged) -> tuple[Cell, ...]:
    seat = {each.name: each for each in report.assessors}.get(said.assessor)
    cited = {each.side: each.cited for each in said.evidence}
    source, target = cited.get("source", Cited()), cited.get("target", Cited())
    reached = report.reached
    came_to: tuple[Cell, ...] = (None,) * 5
    if reached:
        came_to = (reached.mean, reached.low, reached.high, reached.n_known, reached.n_all)
    return (
        report.id, report.practice, report.title, report.source, report.target, report.framework, report.framework_version,
        report.stage, report.certainty, item.side, item.name, item.question, _yes(item.is_key), said.assessor,
        seat.organisation if seat else "", seat.country if seat else "", said.value,
        _yes(bool(said.assessor) and said.value is None), said.confidence, said.reason,
        _evidence(report, source.speaks_for), _evidence(report, source.against), _yes(source.none_found),
        _evidence(report, target.speaks_for), _evidence(report, target.against), _yes(target.none_found),
        source.n_left_out + target.n_left_out or None, _yes(said.is_stale), item.mean, item.lowest, item.highest,
        item.n_blocking or None, *came_to,
        report.ended_on, _yes(report.is_demo),
    )  # fmt: skip


def _evidence(report: TransferReport, numbers: tuple[int, ...]) -> str:
    """Each quotation on a line of its own, with its source."""
    exhibits = {each.number: each for each in report.evidence}
    return "\n".join(f"[{number}] “{' '.join(exhibits[number].quote.split())}” — {exhibits[number].source}" for number in numbers)


def _yes(is_so: bool) -> str:
    return "yes" if is_so else ""
