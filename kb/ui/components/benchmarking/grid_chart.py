"""All assessed practices by impact and quality of evidence, each with its number in the table; stages as steps."""

from __future__ import annotations

from typing import Any

import altair as alt
import streamlit as st

from kb.peers.assessment.rubric import Rubric
from kb.services.benchmarking.grid import Grid
from kb.ui import assessing_words, benchmark_words, plain, words
from kb.ui.components.assessing import demonstration
from kb.ui.components.benchmarking import grid_table
from kb.ui.i18n import _, ngettext

HEIGHT_PX = 430
INK = "#76808d"  # a grey that can be read on white and on black
DISC, ON_DISC = "#0b57d0", "#ffffff"  # 6.4:1
DISC_SIZE = 340
IN_WORDS = 40  # points that are told one by one to those who see no picture


def show(found: Grid) -> None:
    """Draw it; say what is needed first."""
    if found.rubric is None or found.rubric.stages is None:
        st.info(
            _("No practice has a concluded assessment by a rubric with stages of evidence yet."), icon=":material/hourglass_top:"
        )
        return
    demonstration.show(is_demo=found.is_demo)
    plain.show(plain.element("p", _axes(found.rubric), css="kb-reason"))
    if not found.points:
        return
    st.caption(_("A disc holds the numbers of the practices in the table below. Dashed lines: from there on a stage begins."))
    layers = [*_steps(found.rubric), *_discs(found)]
    st.altair_chart(alt.layer(*layers).properties(height=HEIGHT_PX), width="stretch", alt=_in_words(found))


def _axes(rubric: Rubric) -> str:
    if rubric.stages is None:
        return ""
    impact = words.listed(assessing_words.item(rubric, name) for name in rubric.stages.impact)
    told = _("Impact is the mean of {criteria}; evidence is the score of “{item}”. The last stage that both reach holds.")
    return told.format(criteria=impact, item=assessing_words.item(rubric, rubric.stages.evidence))


def _discs(found: Grid) -> list[alt.Chart]:
    """Practices at the same place share a disc."""
    places: dict[tuple[float, float], list[int]] = {}
    named = grid_table.numbered(found)
    for n, (_name, point) in enumerate(named, start=1):
        places.setdefault((point.impact, point.evidence), []).append(n)
    rows = [
        {
            "x": x,
            "y": y,
            "label": ", ".join(map(words.number, here)),
            "told": words.listed(named[n - 1][0] for n in here),
            "size": len(here),
        }
        for (x, y), here in places.items()
    ]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=_scale("x", found, _("Impact")),
        y=_scale("y", found, _("Evidence")),
        tooltip=[
            alt.Tooltip("told:N", title=_("Practice")),
            alt.Tooltip("x:Q", title=_("Impact"), format=".2~f"),
            alt.Tooltip("y:Q", title=_("Evidence"), format="~g"),
        ],
    )
    sizes = alt.Size(
        "size:Q", scale=alt.Scale(type="linear", domain=[1, 4], range=[DISC_SIZE, DISC_SIZE * 4], clamp=True), legend=None
    )
    discs = base.mark_circle(opacity=1, color=DISC, stroke=ON_DISC, strokeWidth=1.5).encode(size=sizes)
    return [discs, base.mark_text(color=ON_DISC, fontWeight=600, fontSize=12).encode(text="label:N")]


def _scale(field: str, found: Grid, title: str) -> Any:
    rubric = found.rubric
    if rubric is None:
        return None
    lowest, highest = rubric.scale.lowest, rubric.scale.highest
    margin = (highest - lowest) * 0.06
    scale = alt.Scale(domain=[lowest - margin, highest + margin], nice=False, zero=False)
    levels = [level for level in rubric.scale.levels() if float(level).is_integer()]
    axis = alt.Axis(values=levels, format="~g", grid=False)
    channel = alt.X if field == "x" else alt.Y
    return channel(f"{field}:Q", scale=scale, title=title, axis=axis)


def _steps(rubric: Rubric) -> list[alt.Chart]:
    """Each stage as the corner from which on it holds, with its name at the right end."""
    stages = rubric.stages
    if stages is None:
        return []
    highest = rubric.scale.highest
    rows = [
        {"x": step.impact, "y": step.evidence, "end": highest, "label": assessing_words.stage_of_evidence(rubric, step.stage)}
        for step in stages.steps
    ]
    data = alt.InlineData(values=rows)
    rule = alt.Chart(data).mark_rule(strokeDash=[5, 4], color=INK)
    across = rule.encode(x="x:Q", x2="end:Q", y="y:Q")
    upwards = rule.encode(x="x:Q", y="y:Q", y2="end:Q")
    named = alt.Chart(data).mark_text(align="right", baseline="bottom", dx=-2, dy=-3, color=INK, fontSize=12, fontWeight=600)
    return [across, upwards, named.encode(x="end:Q", y="y:Q", text="label:N")]


def _in_words(found: Grid) -> str:
    n = len(found.points)
    told = []
    for name, point in grid_table.numbered(found)[:IN_WORDS]:
        said = _("{name}: impact {impact}, evidence {evidence}")
        told.append(
            said.format(name=name, impact=benchmark_words.mean_alone(point.impact), evidence=assessing_words.score(point.evidence))
        )
    sentence = ngettext(
        "{n} practice by impact and evidence. {all}. The same numbers stand in the table below.",
        "{n} practices by impact and evidence. {all}. The same numbers stand in the table below.",
        n,
    )
    return sentence.format(n=words.number(n), all="; ".join(told))
