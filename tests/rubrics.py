"""A sound rubric for tests, and ways to spoil it."""

from __future__ import annotations

from typing import Any

from kb.adapters.placed_yaml import Limit, placed

SOUND = """\
rubric: tiny
version: 1
language: en
title: {en: A tiny rubric, fr: Une petite grille}  # in two languages
purpose: To try things out [@spencer-2013].
minutes: 5
scale: {lowest: 0, highest: 5, step: 0.5}
spread: 2
weights_set: {by: editors, on: 2026-11-22, why: Results count double.}
review_after_months: 24
gates:
  - {gate: ethics, title: Ethics, question: "Is nobody harmed?", query: harm and consent, fields: [problem], source: spencer-2013}
tiers:
  - tier: core
    title: Core
    criteria:
      - criterion: effectiveness
        title: Effectiveness
        question: What changed?
        anchors: {0: Nothing is told., 2.5: Numbers are told., 5: A comparison is told.}
        weight: 2
        fields: [results, figures]
        source: spencer-2013
      - criterion: evidence-quality
        title: Evidence
        question: How is it known?
        anchors: {0: By hearsay., 5: By a study.}
        source: spencer-2013
  - tier: qualifiers
    title: Qualifiers
    criteria:
      - criterion: transferability
        title: Transferability
        question: Can others do it?
        anchors: {0: "No.", 5: "Yes, and some have."}
        weight: 0.5
        source: spencer-2013
labels:
  - {label: validated, title: Validated, is_positive: true, each: 3, tiers: {core: 3.5}, coverage: 0.8, scored: [core]}
  - {label: candidate, title: Candidate}
gate_labels: {no: not-recommended, unclear: candidate}
titles: {not-recommended: Not recommended}
stages:
  impact: [effectiveness, transferability]
  evidence: evidence-quality
  steps:
    - {stage: emerging, impact: 0, evidence: 0}
    - {stage: promising, impact: 2, evidence: 2.5}
    - {stage: best, impact: 4, evidence: 2.5}
sources:
  spencer-2013: {title: Conceptual framework, organisation: CDC, date: 2013, document: guides/stages.md}
"""


def raw() -> dict[str, Any]:
    """The sound rubric as plain values, a new copy each time; numbers and dates are texts, as the files are read."""
    return dict(placed(SOUND, Limit(1 << 20, "")).raw)
