"""Agreement figures that others published: each is what our code gives, to the digits that were printed."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from kb.peers.agreement.alpha import Metric, alpha
from kb.peers.agreement.chance import ac2, fleiss_kappa
from kb.peers.agreement.concordance import kendall_w
from kb.peers.agreement.estimate import Estimate, Why
from kb.peers.agreement.intraclass import Form, icc
from kb.peers.agreement.kappa import kappa
from kb.peers.agreement.table import RatingTable
from kb.peers.agreement.weighting import Weighting

NONE = np.nan

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections D and E; raters A to D
KRIPPENDORFF_2011 = RatingTable.of_columns(
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3],
    [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
)
# Shrout, Fleiss (1979), table 2: six targets, four judges
SHROUT_FLEISS_1979 = RatingTable.of_columns([9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7])
# the worked example of Wikipedia's "Fleiss' kappa": ten subjects, fourteen raters, five categories
FOURTEEN_RATERS = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip
# Gwet's R package irrCAC, data set cont3x3abstractors: two abstractors, 100 records
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
SAS_TABLE = [[0, 4, 1], [0, 8, 0], [0, 1, 5]]  # SAS/STAT, PROC FREQ


def counted(rows: Sequence[Sequence[int]]) -> RatingTable:
    """Of how many raters gave each unit each category; which of them it was makes no difference."""
    ratings = [[level for level, n in enumerate(row, 1) for _ in range(n)] for row in rows]
    return RatingTable.of_columns(*zip(*ratings, strict=True))


def crossed(cells: Sequence[Sequence[int]]) -> RatingTable:
    """Of how often the first rater gave the row while the second gave the column."""
    pairs = [(row, column) for row, line in enumerate(cells, 1) for column, n in enumerate(line, 1) for _ in range(n)]
    return RatingTable.of_columns(*zip(*pairs, strict=True))


def pair(table: RatingTable, weighting: Weighting, first: int = 0, second: int = 1) -> Estimate:
    """By the places of the categories that the two used."""
    return kappa(table, table.raters[first], table.raters[second], weighting=weighting, n_draws=0)


@pytest.mark.parametrize(
    ("metric", "published"),
    [(Metric.NOMINAL, 0.743), (Metric.ORDINAL, 0.815), (Metric.INTERVAL, 0.849), (Metric.RATIO, 0.797)],
)
def test_krippendorffs_own_example(metric: Metric, published: float) -> None:
    assert alpha(KRIPPENDORFF_2011, metric, n_draws=0).value == pytest.approx(published, abs=5e-4)


@pytest.mark.parametrize(
    ("form", "published"),
    [
        (Form.ICC1_1, 0.17), (Form.ICC2_1, 0.29), (Form.ICC3_1, 0.71),
        (Form.ICC1_K, 0.44), (Form.ICC2_K, 0.62), (Form.ICC3_K, 0.91),
    ],
)  # fmt: skip
def test_the_six_intraclass_correlations_of_shrout_and_fleiss(form: Form, published: float) -> None:
    assert icc(SHROUT_FLEISS_1979, form, n_draws=0).value == pytest.approx(published, abs=5e-3)


def test_fleiss_kappa_of_fourteen_raters() -> None:
    assert fleiss_kappa(counted(FOURTEEN_RATERS), n_draws=0).value == pytest.approx(0.210, abs=5e-4)


def test_cohens_kappa_as_sas_prints_it() -> None:
    assert pair(crossed(SAS_TABLE), Weighting.IDENTITY).value == pytest.approx(0.4842, abs=5e-5)
    assert pair(crossed(SAS_TABLE), Weighting.LINEAR).value == pytest.approx(0.4701, abs=5e-5)


def test_gwets_own_package_prints_the_same() -> None:
    """CRAN, irrCAC 1.0, vignette "overview": two raters; and the example of its manual, raw ratings with gaps."""
    two = crossed(ABSTRACTORS)

    assert ac2(two, weighting=Weighting.IDENTITY, n_draws=0).value == pytest.approx(0.8493305, abs=5e-8)
    assert pair(two, Weighting.IDENTITY).value == pytest.approx(0.7964094, abs=5e-8)
    assert fleiss_kappa(two, n_draws=0).value == pytest.approx(0.7962397, abs=5e-8)  # Scott's pi, for two raters
    assert ac2(KRIPPENDORFF_2011, weighting=Weighting.IDENTITY, n_draws=0).value == pytest.approx(0.77544, abs=5e-6)


@pytest.mark.parametrize(
    ("weighting", "gwet", "fleiss"),
    [
        (Weighting.IDENTITY, 0.77544, 0.76117),
        (Weighting.LINEAR, 0.85874, 0.81794),
        (Weighting.QUADRATIC, 0.91400, 0.86494),
        (Weighting.ORDINAL, 0.89894, 0.85021),
    ],
)
def test_weighted_coefficients_with_gaps(weighting: Weighting, gwet: float, fleiss: float) -> None:
    """Computed by the Python package irrCAC 0.4.4 (A. Fergadis, after Gwet) on Krippendorff's example."""
    assert ac2(KRIPPENDORFF_2011, weighting=weighting, n_draws=0).value == pytest.approx(gwet, abs=5e-6)
    assert fleiss_kappa(KRIPPENDORFF_2011, weighting=weighting, n_draws=0).value == pytest.approx(fleiss, abs=5e-6)


STATISTICS: dict[str, Callable[[RatingTable], Estimate]] = {
    **{f"alpha_{metric}": lambda table, metric=metric: alpha(table, metric, n_draws=0) for metric in Metric},
    **{form.value: lambda table, form=form: icc(table, form, n_draws=0) for form in Form},
    "fleiss_kappa": lambda table: fleiss_kappa(table, n_draws=0),
    "cohen_kappa": lambda table: pair(table, Weighting.IDENTITY),
    "weighted_linear": lambda table: pair(table, Weighting.LINEAR),
    "cohen_kappa_r2_r3": lambda table: pair(table, Weighting.IDENTITY, 1, 2),
    "weighted_linear_r2_r3": lambda table: pair(table, Weighting.LINEAR, 1, 2),
    "weighted_quadratic_r2_r3": lambda table: pair(table, Weighting.QUADRATIC, 1, 2),
    "kendall_W_uncorrected": lambda table: kendall_w(table, correct_ties=False),
    "kendall_W_tie_corrected": kendall_w,
}
POSITIVE, NEGATIVE, NEUTRAL = 1, 2, 3
INLINE: dict[str, tuple[RatingTable, tuple[Metric, ...], float | Why]] = {  # as the table words it → ratings, metrics, expected
    "(inline) perfect 3 raters x 4 units [1,2,3,4]": (
        RatingTable.of_columns(*[[1, 2, 3, 4]] * 3), (Metric.NOMINAL, Metric.INTERVAL), 1.0,
    ),
    "(inline) 2 raters x 3 units [0,1,2]/[0,1,2]": (RatingTable.of_columns(*[[0, 1, 2]] * 2), (Metric.RATIO,), 1.0),
    "(inline) [[1,1],[1,1]] (single value used)": (RatingTable.of_columns([1, 1], [1, 1]), tuple(Metric), Why.ONE_VALUE),
    "(inline) [[1,nan],[nan,2]] (no unit has two raters)": (
        RatingTable.of_columns([1, NONE], [NONE, 2]), tuple(Metric), Why.NO_PAIRS,
    ),
    "(inline) labels pos/neg/neu with one missing: r1 pos,neg,neu,-; r2 pos,neg,neu,pos; r3 pos,neg,pos,pos": (
        RatingTable.of_columns(
            [POSITIVE, NEGATIVE, NEUTRAL, NONE],
            [POSITIVE, NEGATIVE, NEUTRAL, POSITIVE],
            [POSITIVE, NEGATIVE, POSITIVE, POSITIVE],
        ), (Metric.NOMINAL,), 0.722222,
    ),
}  # fmt: skip


def table_in(file: Path) -> RatingTable:
    head, *rows = csv.reader(file.read_text(encoding="utf-8").splitlines())
    cells = [[float(cell) if cell else NONE for cell in row[1:]] for row in rows]
    if head[1] != "c1":
        return RatingTable.of_columns(*zip(*cells, strict=True))
    whole = [[int(cell) for cell in row] for row in cells]
    return crossed(whole) if head[0] == "row" else counted(whole)


def test_every_value_that_others_collected(eval_data: Path) -> None:
    folder = eval_data / "agreement"
    rows = list(csv.DictReader((folder / "KNOWN.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    found: dict[str, object] = {}
    wanted: dict[str, object] = {}
    for row in rows:
        name = f"{row['file']} {row['statistic']}"
        if row["file"].startswith("(inline)"):
            table, metrics, expected = INLINE[row["file"]]
            told = {alpha(table, metric, n_draws=0) for metric in metrics}
            found[name], wanted[name] = [each.why or each.value for each in told], [expected] * len(told)
        else:
            found[name] = [STATISTICS[row["statistic"]](table_in(folder / row["file"])).value] * 2
            wanted[name] = [float(row["recomputed_here"]), *([float(row["published"])] if row["published"] != "-" else [])]

    assert len(rows) > len(INLINE)
    assert [name for name in found if not same(found[name], wanted[name])] == []


def same(found: Sequence[object], wanted: Sequence[object]) -> bool:
    """The same reason, or the same figure to the digits that were written."""
    return all(
        value is expected if isinstance(expected, Why) else isinstance(value, float) and rounded(value, expected) == expected
        for value, expected in zip(found, wanted, strict=False)
    )


def rounded(value: float, expected: object) -> float:
    return round(value, len(str(expected).partition(".")[2]))
