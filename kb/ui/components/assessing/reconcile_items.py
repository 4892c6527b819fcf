"""Every gate and criterion with what each reviewer says: those far apart first, those agreed on folded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from kb.peers.assessment.review import Answer, GateAnswer
from kb.services.assessing.reconciling import ItemSides, Sides
from kb.services.assessing.viewing import AssessmentView
from kb.ui import assessing_words, links, plain, sheet_words, words
from kb.ui.components import section
from kb.ui.components.assessing import review_given, settle
from kb.ui.i18n import _
from kb.ui.plain import escape_markdown

QUOTED_CHARS = 320  # of a passage: reviewers stand side by side, and the link leads to the rest


def sorted_out(sides: Sides) -> tuple[list[ItemSides], list[ItemSides], list[ItemSides]]:
    """Those far apart, those that only some could assess, and the rest; each in the rubric's order."""
    wide = [each for each in sides.items if each.spread.is_wide]
    mixed = [each for each in sides.items if each.spread.is_mixed and not each.spread.is_wide]
    return wide, mixed, [each for each in sides.items if each not in wide and each not in mixed]


def show_list(sides: Sides) -> None:
    """Draw the way to each part of the page in the side panel."""
    wide, mixed, rest = sorted_out(sides)
    named = {"wide": _("Far apart"), "mixed": _("Only some could tell"), "rest": _("Close together")}
    there = {key: named[key] for key, group in zip(named, (wide, mixed, rest), strict=True) if group}
    section.show_list(there | {"result": _("Result"), "conclude": _("Conclude")})


def show(view: AssessmentView, sides: Sides) -> None:
    """Draw all items."""
    wide, mixed, rest = sorted_out(sides)
    for key, heading, group in (("wide", _("Far apart"), wide), ("mixed", _("Only some could tell"), mixed)):
        if group:
            section.head(key, heading)
            for each in group:
                with st.container(border=True, key=f"item_{each.item}", gap="small"):
                    plain.show(plain.element("h3", assessing_words.item(view.rubric, each.item), css="kb-heading"))
                    _show_item(view, each, "h4")
    if rest:
        section.head("rest", _("Close together"))
        for each in rest:
            with st.expander(_line(view, each), expanded=st.session_state[links.ITEM] == each.item, key=f"item_{each.item}"):
                _show_item(view, each, "h3")


def _line(view: AssessmentView, each: ItemSides) -> str:
    """A folded item in one line: "Equity: 3 · 3.5"."""
    said = [review_given.in_short(answer) for answer in _answers(each).values()]
    name = assessing_words.item(view.rubric, each.item)
    settled = [_("settled: {what}").format(what=settle.in_short(each.settled.settled))] if each.settled else []
    return escape_markdown(sheet_words.labelled(name, " · ".join([*said, *settled]) or _("No answer")))


def _show_item(view: AssessmentView, each: ItemSides, heading: str) -> None:
    rubric = view.rubric
    asked = rubric.gate(each.item) if each.is_gate else rubric.criterion(each.item)
    plain.show(plain.element("p", assessing_words.text(asked.question), css="kb-reason"), _apart(each))
    said = _answers(each)
    with st.grid(min_column_width=220, gap="medium"):
        for n, (reviewer, answer) in enumerate(said.items()):
            with st.container(gap="xsmall", key=f"side_of_{each.item}_{n}"):
                plain.show(plain.element(heading, reviewer, css="kb-who"))
                withdrawn = reviewer in each.withdrawn
                review_given.show(
                    answer, each.pins.get(reviewer, ()), f"{each.item}_{n}", is_withdrawn=withdrawn, longest=QUOTED_CHARS
                )
    if each.reply:
        plain.show(
            '<div class="kb-reply">',
            plain.element(heading, _("The owner replies"), css="kb-who"),
            *_paragraphs(each.reply),
            "</div>",
        )
    settle.show(view, each)


def _answers(each: ItemSides) -> Mapping[str, Answer | GateAnswer]:
    return each.gate_answers if each.is_gate else each.answers


def _apart(each: ItemSides) -> str:
    spread = each.spread
    if spread.range is None or len(spread.scores) < 2:
        return ""
    told = _("{n} points apart").format(n=assessing_words.score(spread.range))
    listed = words.listed(assessing_words.score(score) for score in sorted(spread.scores.values()))
    return plain.element("p", sheet_words.labelled(told, listed), css="kb-quiet")


def _paragraphs(text: str) -> Iterable[str]:
    return (plain.element("p", part, css="kb-reason") for part in text.split("\n\n") if part.strip())
