"""``kb assess agreement``: how far reviewers agree, criterion by criterion, across practices."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import DEMONSTRATION, best, language, open_base
from kb.cli.search import flat

if TYPE_CHECKING:
    from kb.peers.agreement.estimate import Estimate
    from kb.peers.agreement.panel import CriterionAgreement
    from kb.services.assessing.agreeing import Agreement

WHY = {
    "no-pairs": "nothing was scored by two",
    "one-practice": "only one practice was scored by two: that says nothing about the panel",
    "one-value": "all gave the same score throughout",
    "alike": "the practices do not differ",
}
MEANS = {
    "reliable": "scores can be relied on",
    "tentative": "for tentative conclusions only",
    "unreliable": "do not rely on these scores",
}


@click.command()
@click.argument("rubric")
@click.option("--version", type=click.IntRange(min=1), help="Of the rubric; without it the highest that has reviews.")
@click.option("--reviewers", is_flag=True, help="Also each pair's kappa, and who scores higher or lower than the others.")
@language
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@acting
def agreement(rubric: str, version: int | None, reviewers: bool, language: str, as_json: bool, acting_as: str) -> None:
    """How far reviewers agree with RUBRIC: Krippendorff's alpha and Gwet's AC2, ordinal, with 95 % intervals.

    1 is perfect, 0 is as by chance. From 0.8 on scores can be relied on, from 0.667 on for tentative conclusions (Krippendorff).
    """
    from kb.services.assessing import agreeing

    base = open_base()
    found = agreeing.agreement(base, rubric, version, actor=actor_of(base, acting_as))
    if as_json:
        click.echo(json.dumps(_as_json(found), ensure_ascii=False, indent=1, allow_nan=False))
        return
    for line in _lines(found, language, with_reviewers=reviewers):
        click.echo(flat(line))


def _lines(found: Agreement, language: str, *, with_reviewers: bool) -> Iterator[str]:
    counts = (
        f"{_n(found.n_assessments, 'assessment')} of {_n(found.n_practices, 'practice')} by {_n(found.n_reviewers, 'reviewer')}"
    )
    nameless = f"; of {found.n_nameless} you may not know the reviewers" if found.n_nameless else ""
    yield f"{best(found.rubric.title, language)}, version {found.rubric.version}: {counts}{nameless}"
    if found.is_demo:
        yield f"{DEMONSTRATION}: made up to show how the software works."
    for each in found.criteria:
        yield ""
        yield f"{best(found.rubric.criterion(each.criterion).title, language)} [{each.criterion}]: {_n(each.n_ratings, 'score')}"
        yield f"  alpha {_figure(each.alpha)}{_meaning(each.alpha)}"
        yield f"  AC2   {_figure(each.ac2)}"
        if each.alpha.is_few:
            yield f"  only {_n(each.alpha.n_practices, 'practice')}: the interval is too narrow more often than it says"
        if with_reviewers:
            yield from _of_reviewers(each)


def _of_reviewers(each: CriterionAgreement) -> Iterator[str]:
    told = [pair for pair in each.kappas if pair.kappa.value is not None]
    for pair in told:
        yield f"  kappa {_figure(pair.kappa)}: {pair.first} and {pair.second}"
    if without := len(each.kappas) - len(told):
        yield f"  {_n(without, 'pair')} without a kappa; --json says why"
    for one in each.leniency:
        if one.difference is not None:
            yield f"  {one.rater}: {one.difference:+.2f} against the others, {_n(one.n, 'assessment')}"


def _meaning(alpha: Estimate) -> str:
    """What the value allows, and where the lower end of its interval allows less, that too."""
    if not alpha.meaning:
        return ""
    less = alpha.meaning_at_least if alpha.meaning_at_least != alpha.meaning else None
    return f"; {MEANS[alpha.meaning]}" + (f"; by the lower end of the interval: {MEANS[less]}" if less else "")


def _figure(estimate: Estimate) -> str:
    if estimate.value is None:
        return f"–: {WHY[estimate.why]}" if estimate.why else "–"
    interval = "" if estimate.low is None or estimate.high is None else f" ({estimate.low:.2f} to {estimate.high:.2f})"
    return f"{estimate.value:.2f}{interval}, {_n(estimate.n_units, 'assessment')}"


def _n(count: int, name: str) -> str:
    return f"{count} {name}" + ("" if count == 1 else "s")


def _as_json(found: Agreement) -> dict[str, Any]:
    told = {name: value for name, value in vars(found).items() if name not in ("rubric", "criteria")}
    return {
        "rubric": found.rubric.rubric,
        "version": found.rubric.version,
        **told,
        "criteria": [
            {
                **asdict(each),
                "alpha_means": each.alpha.meaning,
                "alpha_means_at_least": each.alpha.meaning_at_least,
                "is_few": each.alpha.is_few,
            }
            for each in found.criteria
        ],
    }
