"""A sound practice sheet for tests, and ways to spoil it."""

from __future__ import annotations

from typing import Any

SOUND = """\
# yaml-language-server: $schema=practice.schema.json
practice: bee-path
kind: good-practice
language: en
title: {en: Bee paths for a city, fr: Des chemins d'abeilles pour une ville}  # both are needed
teaser: A path for bees brings people together.
summary: A city opens a path along beehives [@urbact].
problem: unknown
solution: The city marks a path and invites schools [@urbact, p. 12].

# who
owner: {name: City of Ljubljana, type: public-body, country: SI}
place: {countries: [SI, IT], region: Ljubljana, scale: local}
period: {start: 2015, end: ongoing, status: running}
target_group: Residents and schools [@urbact].
resources: unknown
results: |
  Pupils visit the hives [@urbact].

  Parks are mown later [@urbact].
figures:
  # counted by the city
  - {what: hives, value: 115, qualifier: more-than, unit: hives, date: 2017, scope: Ljubljana, kind: result, source: urbact}
success_factors: unknown
difficulties: unknown
lessons: Keep the bees and change the rest [@urbact].
core:
  - Bees bring people together [@urbact].
  - {en: Beekeepers are asked first, fr: On demande d'abord aux apiculteurs}
transferability: unknown
tags: [theme:environment, sdg:15, bees]
documents: [case-studies/bees.md]
evidence:
  - {field: results, document: case-studies/bees.md, quote: Pupils visit the hives}
sources:
  urbact: {title: Stories, organisation: URBACT, document: case-studies/bees.md}
reviewed: 2026-11-22
"""

RAW: dict[str, Any] = {
    "practice": "bee-path",
    "kind": "good-practice",
    "language": "en",
    "title": "Bee paths for a city",
    "teaser": "A path for bees brings people together.",
    "summary": "A city opens a path along beehives.",
    "problem": "unknown",
    "solution": "The city marks a path.",
    "owner": {"name": "City of Ljubljana", "type": "public-body"},
    "place": {"countries": ["SI"], "scale": "local"},
    "period": {"start": "2015", "end": "ongoing", "status": "running"},
    "target_group": "unknown",
    "resources": "unknown",
    "results": "unknown",
    "success_factors": "unknown",
    "difficulties": "unknown",
    "lessons": "unknown",
    "transferability": "unknown",
    "sources": {"urbact": {"title": "Stories", "organisation": "URBACT"}},
}
