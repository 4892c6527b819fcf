"""The grid of impact and evidence as a table, and the practices that have no place on it, with the reason."""

from __future__ import annotations

import streamlit as st

from kb.peers.assessment.rubric import Rubric
from kb.services.benchmarking.grid import Grid, Point, WhyNot
from kb.ui import assessing_words, benchmark_words, hrefs, plain, words
from kb.ui.components.assessing import demonstration
from kb.ui.i18n import _, ngettext


def show(found: Grid) -> None:
    """Draw the points by name, with their numbers, and below them who has no place; nothing of what there is none."""
    if found.rubric is not None and found.points:
        _show_points(found, found.rubric)
    _show_without(found)


def _show_points(found: Grid, rubric: Rubric) -> None:
    rows = [_row(n, name, point) for n, (name, point) in enumerate(numbered(found), start=1)]
    headers = [_("Practice"), _("Impact"), _("Evidence"), _("Stage of evidence"), _("Result"), _("Reviewers")]
    caption = _("Every practice that was assessed by {rubric}: by name, and in no other order")
    with st.container(key="beside_grid"):
        plain.table(caption.format(rubric=benchmark_words.rubric_and_version(rubric)), headers, rows, as_cards=True)


def numbered(found: Grid) -> list[tuple[str, Point]]:
    """What the practices on the grid are called, in the alphabet's order: the first has number 1."""
    named = [(benchmark_words.title(point.title, point.language), point) for point in found.points]
    return sorted(named, key=lambda pair: pair[0].casefold())


def _show_without(found: Grid) -> None:
    """Draw those without a place, by the reason."""
    if not found.without:
        return
    st.header(_("Not on the grid"), anchor=False)
    n, all_ = len(found.without), len(found.without) + len(found.points)
    said = ngettext("{n} of {all} practices has no place on it:", "{n} of {all} practices have no place on it:", n)
    plain.show(plain.element("p", said.format(n=words.number(n), all=words.number(all_)), css="kb-quiet"))
    for why in WhyNot:
        absent = [each for each in found.without if each.why is why]
        if absent:
            label = _("{why}: {n}").format(why=_(benchmark_words.WHY_NOT[why]), n=words.number(len(absent)))
            with st.expander(label, key=f"b_without_{why.value}"):
                named = ((benchmark_words.title(each.title, each.language), each.practice) for each in absent)
                items = (f'<li dir="auto">{plain.link(title, hrefs.practice(name))}</li>' for title, name in named)
                plain.show(f'<ul class="kb-list">{"".join(items)}</ul>')


def _row(n: int, name: str, point: Point) -> list[str]:
    remarks = [_("Evidence changed") if point.is_stale else "", demonstration.words(is_demo=point.is_demo)]
    stage = assessing_words.text(point.stage_title) if point.stage_title else point.stage
    label = assessing_words.text(point.label_title)
    return [
        f"{words.number(n)}. {plain.link(name, hrefs.practice(point.practice))}",
        plain.cell(benchmark_words.mean_alone(point.impact)),
        plain.cell(assessing_words.score(point.evidence)),
        plain.cell(stage or _("No stage")),
        plain.link(label, hrefs.assessment(point.assessment)) + plain.note(" · ".join(filter(None, remarks))),
        plain.cell(words.number(point.n_assessors)),
    ]
