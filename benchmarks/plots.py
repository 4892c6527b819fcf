"""How cost grows with the collection, drawn from the results: ``docs/pictures/cost-growth.svg``.

``python benchmarks/plots.py`` draws the newest results again. No background and mid tones: it reads on light and on dark pages.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import altair as alt
import vl_convert
from folders import ROOT
from kept import newest

PICTURE = ROOT / "docs" / "pictures" / "cost-growth.svg"
TEXT, GRID = "#7d7d7d", "#7d7d7d55"
FIRST, SECOND = "#2f81d9", "#d9730d"
SIZES = {"10000": "10⁴", "100000": "10⁵", "1000000": "10⁶"}

Lines = dict[str, list[tuple[int, float]]]  # name → passages and value


def draw(scale: dict[str, Any], target: Path) -> None:
    """Three panels, both axes logarithmic.

    Args:
        scale: number of passages → what :func:`scale.at` measured.
    """
    sizes = {int(size): scale[size] for size in SIZES if size in scale}
    panels = [
        _panel("A question, ms", {"median": _line(sizes, "unfiltered", "p50_ms"), "p95": _line(sizes, "unfiltered", "p95_ms")}),
        _panel("Resident memory, MB", {"all": _line(sizes, "resident_mb"), "mapped files": _line(sizes, "of_files_mb")}),
        _panel(
            "Publishing, s",
            {"everything": _line(sizes, "publish_all_s"), "ten documents more": _line(sizes, "publish_10_documents_s")},
        ),
    ]
    chart = alt.hconcat(*panels, spacing=36).resolve_scale(color="independent", shape="independent")
    target.write_text(vl_convert.vegalite_to_svg(_dressed(chart).to_json()), encoding="utf-8")


def _line(sizes: dict[int, Any], *key: str) -> list[tuple[int, float]]:
    points = []
    for size, one in sizes.items():
        value = one
        for part in key:
            value = value[part]
        points.append((size, sorted(value)[len(value) // 2] if isinstance(value, list) else value))  # the median of several
    return points


def _panel(name: str, lines: Lines) -> alt.LayerChart:
    rows = [{"passages": size, "value": value, "line": line} for line, points in lines.items() for size, value in points]
    names = list(lines)
    label = " : ".join(f"datum.value == {size} ? '{written}'" for size, written in SIZES.items()) + " : ''"
    values = [value for points in lines.values() for _, value in points]
    lowest, highest = min(values), max(values)
    x = alt.X(
        "passages:Q",
        title="passages",
        scale=alt.Scale(type="log", domain=[6_000, 1_700_000], nice=False),
        axis=alt.Axis(values=[int(size) for size in SIZES], labelExpr=label, grid=False, labelAlign="center", labelFlush=False),
    )
    y = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(type="log", domain=[lowest / 2, highest * 2], nice=False),
        axis=alt.Axis(values=_ticks(lowest / 2, highest * 2), format=",~r"),
    )
    legend = alt.Legend(orient="bottom", title=None, direction="horizontal", symbolStrokeWidth=2)
    color = alt.Color("line:N", sort=names, scale=alt.Scale(domain=names, range=[FIRST, SECOND]), legend=legend)
    shape = alt.Shape("line:N", sort=names, scale=alt.Scale(domain=names, range=["circle", "square"]), legend=legend)
    base = alt.Chart(alt.InlineData(values=rows), title=name, width=210, height=180).encode(x=x, y=y, color=color)
    written = base.mark_text(dy=-11, fontSize=11, color=TEXT).encode(
        text=alt.Text("value:Q", format=",.2~r"), color=alt.value(TEXT)
    )
    return alt.layer(base.mark_line(strokeWidth=2), base.mark_point(filled=True, size=60, opacity=1).encode(shape=shape), written)


def _ticks(low: float, high: float) -> list[float]:
    """1, 2, 5, 10 … within; of a wide range 1, 10, 100 … only."""
    every = [digit * 10.0**power for power in range(-3, 7) for digit in (1, 2, 5) if low <= digit * 10.0**power <= high]
    return every if len(every) <= 6 else [tick for tick in every if f"{tick:e}".startswith("1")]


def _dressed(chart: alt.HConcatChart) -> alt.HConcatChart:
    return (
        chart.configure(background="transparent", font="sans-serif")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=TEXT, titleColor=TEXT, tickColor=GRID, domainColor=TEXT, gridColor=GRID, labelFontSize=12, titleFontSize=12
        )
        .configure_title(color=TEXT, fontSize=14, anchor="start")
        .configure_legend(labelColor=TEXT, labelFontSize=12)
    )


if __name__ == "__main__":
    draw(newest()["scale"], PICTURE)
