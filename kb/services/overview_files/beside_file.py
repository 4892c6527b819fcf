"""Two to six practices side by side, to be taken along: what their sheets say, and each score with its numbered evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict

from kb.peers.narrative import without_citations
from kb.retrieval.writable import one_line, writable
from kb.services.assessing.evidence_now import PinNow
from kb.services.benchmarking.comparing import Column, Comparison, CriterionRow, GateCell, GateRow, ScoreCell
from kb.services.handouts.blocks import Block, Grid, Row, Words
from kb.services.handouts.exhibits import Cited, Exhibit
from kb.services.handouts.telling import quotations
from kb.services.overview_files import values
from kb.services.overview_files.overview import Overview, yes
from kb.services.overview_files.values import best
from kb.services.overview_files.wording import OverviewWording
from kb.services.tables import Cell

FORMAT = "plp-comparison/1"
COLUMNS = (
    "kind", "tier", "item", "question", "practice", "title", "value", "lowest", "highest", "reviewers", "speaks_for", "against",
    "left_out", "evidence_changed", "assessment", "rubric", "version", "demonstration",
)  # fmt: skip
FACTS = ("kind", "countries", "region", "reach", "start", "end", "status", "tags", "partners", "documents", "reviewed")
REACHED = ("label", "stage", "impact", "evidence")

Cite = Callable[[Sequence[PinNow]], Cited]  # numbers passages, each once in a file


class BesideFile:
    """Puts one file together."""

    def __init__(self, found: Comparison, cite: Cite, wording: OverviewWording, language: str) -> None:
        """``cite`` is asked once for each cell, gates first."""
        self._found, self._wording, self._language = found, wording, language
        self._cited = {(_name(row), at): cite(cell.evidence) for row in self._items() for at, cell in enumerate(_cells(row))}

    def overview(self, evidence: Sequence[Exhibit], n_left_out: int) -> Overview:
        """What all forms say.

        Args:
            evidence: what was numbered.
            n_left_out: passages of documents that are not for the reader's eyes, or gone.
        """
        found, wording = self._found, self._wording
        rubric = found.rubric
        told = wording.rubric_version.format(rubric=best(rubric.title, self._language), n=rubric.version) if rubric else ""
        names = [each.facts.practice for each in found.columns]
        value = values.comparison(found, self._language, lambda item, at, _: asdict(self._cited[item, at]))
        return Overview(
            name="-beside-".join(names)[:120],
            format=FORMAT,
            kicker=wording.benchmark,
            title=wording.beside_title,
            facts=((wording.rubric, told), *((f"[{at}]", self._titled(each)) for at, each in self._numbered())),
            rows=[COLUMNS, *self._rows({each.number: each for each in evidence})],
            value={**value, "evidence": list(map(asdict, evidence)), "passages_left_out": n_left_out},
            blocks=tuple(self._blocks(evidence, n_left_out)),
            is_demo=any(each.is_demo for each in found.columns),
        )

    def _items(self) -> Sequence[GateRow | CriterionRow]:
        return (*self._found.gates, *self._found.criteria)

    def _numbered(self) -> list[tuple[str, Column]]:
        """Columns by letter: numbers are those of the evidence."""
        return [(chr(ord("A") + at), each) for at, each in enumerate(self._found.columns)]

    def _titled(self, column: Column) -> str:
        title = without_citations(column.facts.title.best(self._language, column.facts.language)[1])
        return self._wording.marked(one_line(title), is_demo=column.is_demo)

    # the table ------------------------------------------------------------------------------------------------------------

    def _rows(self, exhibits: dict[int, Exhibit]) -> Iterator[tuple[Cell, ...]]:
        for column in self._found.columns:
            told = values.facts(column.facts, self._language)
            for name in FACTS:
                yield self._row(column, "sheet", name, told[name])
            for name, words in {**told["texts"], **told["lists"]}.items():
                yield self._row(column, "sheet", name, words)
            for name in REACHED if column.assessment else ():
                yield self._row(column, "result", name, getattr(column, name))
            if column.assessment:
                yield self._row(column, "result", "criteria_scored", column.coverage[0])
                yield self._row(column, "result", "criteria_all", column.coverage[1])
        for row in self._items():
            for at, cell in enumerate(_cells(row)):
                yield self._scored(at, row, cell, exhibits)

    def _row(self, column: Column, kind: str, item: str, value: object) -> tuple[Cell, ...]:
        said: Cell = value if isinstance(value, (str, int, float)) else None
        if isinstance(value, list):
            said = "\n".join(map(str, value))
        return (kind, "", item, "", *self._whose(column), said, *([None] * 6), "", *self._by(column))

    def _scored(
        self, at: int, row: GateRow | CriterionRow, cell: GateCell | ScoreCell, exhibits: dict[int, Exhibit]
    ) -> tuple[Cell, ...]:
        column, cited = self._found.columns[at], self._cited[_name(row), at]
        kind, tier = ("gate", "") if isinstance(row, GateRow) else ("criterion", row.tier)
        given: tuple[Cell, ...]
        if isinstance(cell, GateCell):
            given = (cell.verdict.value if cell.verdict else None, None, None, cell.n_verdicts or None)
        else:
            given = (cell.score, cell.lowest, cell.highest, cell.n_scores or None)
        return (
            kind, tier, _name(row), best(row.question, self._language), *self._whose(column), *given,
            _quotations(cited.speaks_for, exhibits), _quotations(cited.against, exhibits), cited.n_left_out or None,
            yes(cell.is_stale), *self._by(column),
        )  # fmt: skip

    def _whose(self, column: Column) -> tuple[Cell, ...]:
        return column.facts.practice, without_citations(column.facts.title.best(self._language, column.facts.language)[1])

    def _by(self, column: Column) -> tuple[Cell, ...]:
        rubric = self._found.rubric
        return column.assessment, rubric.rubric if rubric else "", rubric.version if rubric else None, yes(column.is_demo)

    # on paper -------------------------------------------------------------------------------------------------------------

    def _blocks(self, evidence: Sequence[Exhibit], n_left_out: int) -> Iterator[Block]:
        wording = self._wording
        yield Words(wording.beside_note)
        yield Grid(self._head(""), tuple(self._results()), self._shares(), 1)
        rows = [Row((wording.gates,), is_section=True)] if self._found.gates else []
        rows += map(self._line, self._found.gates)
        tier = None
        for row in self._found.criteria:
            if row.tier != tier:
                tier = row.tier
                rows.append(Row((self._tier(tier),), is_section=True))
            rows.append(self._line(row))
        if rows:
            yield Grid(self._head(""), tuple(rows), self._shares(), 1)
        yield from quotations(
            evidence, n_left_out, head=wording.evidence, changed=wording.changed, gone=wording.gone, left_out=wording.left_out
        )

    def _head(self, first: str) -> tuple[str, ...]:
        return (first, *(letter for letter, _ in self._numbered()))

    def _shares(self) -> tuple[float, ...]:
        return (4.0, *([2.0] * len(self._found.columns)))

    def _tier(self, name: str) -> str:
        rubric = self._found.rubric
        titles = {each.tier: each.title for each in rubric.tiers} if rubric else {}
        return writable(best(titles[name], self._language)) if name in titles else name

    def _results(self) -> Iterator[Row]:
        wording, columns = self._wording, self._found.columns
        labels = (
            writable(best(each.label_title, self._language)) if each.label_title else wording.not_assessed for each in columns
        )
        yield Row((wording.result, *labels))
        yield Row((wording.impact, *(wording.number(each.impact) for each in columns)))
        yield Row((wording.evidence, *(wording.number(each.evidence) for each in columns)))
        yield Row((wording.reviewers, *(str(each.n_assessors or wording.none) for each in columns)))
        yield Row((wording.place, *(", ".join(map(wording.place_name, each.facts.countries)) or wording.none for each in columns)))

    def _line(self, row: GateRow | CriterionRow) -> Row:
        told = (self._cell(cell, self._cited[_name(row), at]) for at, cell in enumerate(_cells(row)))
        return Row((writable(best(row.title, self._language)), *told))

    def _cell(self, cell: GateCell | ScoreCell, cited: Cited) -> str:
        """The value, between what, and the numbers of the passages."""
        wording = self._wording
        if isinstance(cell, GateCell):
            said = wording.verdicts.get(cell.verdict.value, cell.verdict.value) if cell.verdict else wording.none
        else:
            said = wording.number(cell.score)
            if cell.lowest is not None and cell.highest is not None and cell.lowest != cell.highest:
                low, high = wording.number(cell.lowest), wording.number(cell.highest)
                said = wording.spanned.format(value=said, low=low, high=high)
        numbers = "".join(f"[{number}]" for number in (*cited.speaks_for, *cited.against))
        return "\n".join(filter(None, (said, numbers, wording.stale if cell.is_stale else "")))


def _cells(row: GateRow | CriterionRow) -> Sequence[GateCell | ScoreCell]:
    return row.cells


def _name(row: GateRow | CriterionRow) -> str:
    return row.gate if isinstance(row, GateRow) else row.criterion


def _quotations(numbers: Sequence[int], exhibits: dict[int, Exhibit]) -> str:
    """Each on a line of its own, with its source."""
    return "\n".join(f"[{number}] “{one_line(exhibits[number].quote)}” — {exhibits[number].source}" for number in numbers)
