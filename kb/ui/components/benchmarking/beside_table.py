"""Two to six practices side by side: what their assessments came to, gates and criteria."""

from __future__ import annotations

import streamlit as st

from kb.peers.narrative import Text
from kb.services.benchmarking.comparing import Column, Comparison, GateCell, ScoreCell
from kb.ui import assessing_words, benchmark_words, hrefs, plain, words
from kb.ui.components.assessing import demonstration
from kb.ui.i18n import _, ngettext


def show(found: Comparison) -> None:
    """Draw a table of results, one of gates, one for each tier; that there is nothing to compare by."""
    if found.rubric is None:
        st.info(
            _("None of them has a concluded assessment that you may see yet. What their sheets say stands below."),
            icon=":material/hourglass_top:",
        )
        return
    titles = [title(each) for each in found.columns]
    caption = _("What the assessments by {rubric} came to").format(rubric=benchmark_words.rubric_and_version(found.rubric))
    with st.container(key="beside_results"):
        plain.table(caption, [_("Result"), *titles], _results(found), as_cards=True)
    if found.gates:
        rows = [[_head(row.title), *map(_gate, row.cells)] for row in found.gates]
        with st.container(key="beside_gates"):
            plain.table(_("Gates"), [_("Criterion"), *titles], rows, as_cards=True)
    for tier in found.rubric.tiers:
        rows = [[_head(row.title), *map(_score, row.cells)] for row in found.criteria if row.tier == tier.tier]
        with st.container(key=f"beside_tier_{tier.tier}"):
            plain.table(assessing_words.text(tier.title), [_("Criterion"), *titles], rows, as_cards=True)
    st.caption(_("In brackets: from the lowest to the highest score that reviewers gave. – means that nobody gave one."))


def title(of: Column) -> str:
    """What the practice of a column is called."""
    return benchmark_words.title(of.facts.title, of.facts.language)


def _results(found: Comparison) -> list[list[str]]:
    rubric = found.rubric
    if rubric is None:
        return []
    rows = {
        _("Label"): [_label(each) for each in found.columns],
        _("Stage of evidence"): [
            plain.cell(assessing_words.stage_of_evidence(rubric, each.stage) or "–") for each in found.columns
        ],
        _("Impact"): [plain.cell(benchmark_words.mean_alone(each.impact)) for each in found.columns],
        _("Evidence"): [plain.cell(assessing_words.score(each.evidence)) for each in found.columns],
        _("Scored"): [plain.cell(_coverage(each)) for each in found.columns],
        _("Reviewers"): [plain.cell(words.number(each.n_assessors) if each.assessment else "–") for each in found.columns],
    }
    if rubric.stages is None:
        rows = {label: cells for label, cells in rows.items() if label not in (_("Stage of evidence"), _("Impact"), _("Evidence"))}
    return [[plain.cell(label), *cells] for label, cells in rows.items()]


def _label(each: Column) -> str:
    if not each.assessment:
        return plain.cell(_("Not assessed by this rubric"))
    label = assessing_words.text(each.label_title) if each.label_title else each.label
    told = [words.day(each.ended_at_utc), demonstration.words(is_demo=each.is_demo)]
    return plain.link(label, hrefs.assessment(each.assessment)) + plain.note(" · ".join(filter(None, told)))


def _coverage(each: Column) -> str:
    n, all_ = map(words.number, each.coverage)
    return _("{n} of {all} criteria").format(n=n, all=all_) if each.assessment else "–"


def _head(of: Text) -> str:
    return plain.cell(assessing_words.text(of))


def _gate(cell: GateCell) -> str:
    verdict = assessing_words.named(assessing_words.VERDICTS, cell.verdict) if cell.verdict else "–"
    return plain.cell(verdict, second_line=_about(len(cell.evidence), is_stale=cell.is_stale))


def _score(cell: ScoreCell) -> str:
    said = assessing_words.score(cell.score)
    if cell.n_scores > 1 and cell.lowest != cell.highest:
        low, high = assessing_words.score(cell.lowest), assessing_words.score(cell.highest)
        said = _("{value} ({low} to {high})").format(value=said, low=low, high=high)
    about = _about(len(cell.evidence), is_stale=cell.is_stale) if cell.n_scores or cell.evidence else ""
    return f'<span class="kb-final">{plain.cell(said)}</span>{plain.note(about)}'


def _about(n: int, *, is_stale: bool) -> str:
    passages = ngettext("{n} passage", "{n} passages", n).format(n=words.number(n)) if n else ""
    return " · ".join(filter(None, (passages, _("Evidence changed") if is_stale else "")))
