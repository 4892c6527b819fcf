"""Assessments as rows of a table: one for each thing that a reviewer said, to a gate or a criterion.

What nobody spoke to has a row of its own, and so has an assessment of which nothing else may be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.services.assessment_files.report import AssessmentReport, Item, Said
from kb.services.tables import Cell

COLUMNS = (
    "assessment", "practice", "title", "owner", "rubric", "version", "state", "kind", "tier", "item", "question", "reviewer",
    "organisation", "country", "rating", "score", "verdict", "confidence", "reason", "evidence_for", "evidence_against",
    "none_found", "left_out", "withdrawn", "stale", "final_rating", "final_score", "final_verdict", "agreed_because", "reply",
    "label", "status", "stage_of_evidence", "concluded_on", "demonstration",
)  # fmt: skip


def rows(reports: Iterable[AssessmentReport]) -> list[tuple[Cell, ...]]:
    """Names of columns, then the rows of every report. Codes and names are those of the rubric, the same in every language."""
    return [COLUMNS, *(row for report in reports for row in _rows(report))]


def _rows(report: AssessmentReport) -> Iterator[tuple[Cell, ...]]:
    if not report.gates and not report.criteria:
        yield _row(report, "", Item("", "", ""), Said(reviewer=""))
    for kind, items in (("gate", report.gates), ("criterion", report.criteria)):
        for item in items:
            for said in item.said or (Said(reviewer=""),):
                yield _row(report, kind, item, said)


def _row(report: AssessmentReport, kind: str, item: Item, said: Said) -> tuple[Cell, ...]:
    seats = {each.name: each for each in report.panel}
    seat = seats.get(said.reviewer)
    reached = report.reached
    return (
        report.id, report.practice, report.title, report.owner, report.rubric, report.rubric_version, report.stage, kind,
        item.tier, item.name, item.question, said.reviewer, seat.organisation if seat else "", seat.country if seat else "",
        said.rating, said.score, said.verdict, said.confidence, said.reason,
        _evidence(report, said.cited.speaks_for), _evidence(report, said.cited.against), _yes(said.cited.none_found),
        said.cited.n_left_out or None, _yes(said.is_withdrawn), _yes(said.is_stale), item.rating, item.score, item.verdict,
        item.agreed.reason if item.agreed else "", item.reply, reached.label if reached else "",
        reached.status if reached else "", reached.stage if reached else "", report.concluded_on, _yes(report.is_demo),
    )  # fmt: skip


def _evidence(report: AssessmentReport, numbers: tuple[int, ...]) -> str:
    """Each quotation on a line of its own, with its source."""
    exhibits = {each.number: each for each in report.evidence}
    return "\n".join(f"[{number}] “{' '.join(exhibits[number].quote.split())}” — {exhibits[number].source}" for number in numbers)


def _yes(is_so: bool) -> str:
    return "yes" if is_so else ""
