"""A sound transferability framework for tests, as its file spells it."""

from __future__ import annotations

from typing import Any

from kb.adapters.placed_yaml import Limit, placed

SOUND = """\
framework: tiny
version: 1
language: en
title: {en: A tiny framework, fr: Un petit cadre}  # in two languages
purpose: To try things out [@mulgan].
minutes: 5
key_weight: 2
apart: 2
weights_set: {by: editors, on: 2026-11-22, why: What it rests on counts double.}
sides:
  - side: practice
    title: The practice
    criteria:
      - criterion: core-known
        title: Core known
        question: Is the core known?
        anchors: {2: It is named., 0: Some is told., -2: Sources differ.}
        source_query: what must be kept
        fields: [core, adaptable]
        traced_to: [{source: mulgan, term: Essentials}]
  - side: context
    title: The places
    criteria:
      - criterion: legal-framework
        title: Law
        question: Does the law allow it?
        anchors: {-2: It forbids it., -1: It hinders it., 0: It is silent., 2: It has the form.}
        condition: condition-legal-framework
        source_query: legal form
        target_query: {en: law on the social economy, fr: loi sur l'économie sociale}
        groups: [legal-framework]
        traced_to: [{source: oecd, term: Sector-specific context}, {source: mulgan, term: Relevance}]
  - side: process
    title: The transfer
    criteria:
      - criterion: champion
        title: Champion
        question: Who carries it?
        anchors: {-2: Nobody., 0: Somebody may., 2: A named team.}
        target_query: who leads projects
        traced_to: [{source: oecd, term: "Step 2: implement"}]
sources:
  mulgan: {title: The Transferability Question, organisation: unknown}
  oecd: {title: Guidebook, organisation: OECD, date: 2022, document: guides/guidebook.md}
"""
LIMIT = Limit(1 << 20, "it is for tests")


def raw() -> dict[str, Any]:
    """The sound framework as plain values, to be spoilt."""
    values = placed(SOUND, LIMIT).raw
    assert isinstance(values, dict)
    return values
