"""Indicators and context profiles for tests: of three countries and a region, and ways to spoil them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kb.peers.contexts.groups import ConditionGroup
from kb.peers.contexts.indicators import Indicators
from kb.peers.contexts.profile import ContextProfile

INDICATORS = """\
language: en
indicators:
  - {indicator: population, group: needs-and-population, title: {en: Population, fr: Population}, definition: Who live there,
     unit: people, measure: amount, scale: log}
  - {indicator: jobless, group: needs-and-population, title: Out of work, definition: Of those who want work, measure: share}
  - {indicator: frame-law, group: legal-framework, title: Frame law, definition: Of the social economy, measure: yes-no}
  - {indicator: law-year, group: legal-framework, title: Year of the law, definition: Of the first, measure: year}
  - {indicator: ministry, group: political-will, title: Who answers for it, definition: In government, measure: choice,
     choices: [labour, economy, nobody]}
  - {indicator: markets, group: market-access, title: Reserved contracts, definition: For whom, measure: set}
"""

PORTUGAL = """\
# what is known about Portugal
context: PT
kind: country
within: ""
language: en
title: {en: Portugal, fr: Portugal}
languages: {codes: [pt], source: census}
legal_forms:
  - {name: cooperativa, what: {en: "Persons who work together [@law]"}, law: Cooperative Code, year: 1996, source: law}
groups:
  needs-and-population: {en: "Villages grow old [@census].", fr: "Les villages vieillissent [@census]."}
  legal-framework: {en: "A law names whom it means [@law, art. 4].\\n\\nIt asks for a register [@law]."}
  political-will: unknown
  finance: unknown
  ecosystem-capacity: unknown
  culture-and-words: unknown
  market-access: unknown
  gender-and-inclusion: unknown
values:
  - {indicator: population, value: 10000000, date: 2021, scope: whole country, source: census}
  - {indicator: jobless, value: 6.5, date: 2023, scope: whole country, source: census}
  - {indicator: jobless, value: 7.5, date: 2022, scope: whole country, source: law}
  - {indicator: frame-law, value: yes, date: 2013, scope: whole country, source: law}
  - {indicator: law-year, value: 2013, date: 2013, scope: whole country, source: law}
  - {indicator: ministry, value: unknown}
  - {indicator: markets, value: [disabled, young], date: 2017, scope: whole country, source: law}
sources:
  census: {title: Census, organisation: Statistics Portugal, date: 2021, address: "https://example.org/census"}
  law: {title: Law 30/2013, organisation: Assembly, date: 2013, document: guides/law.md}
reviewed: 2026-11-22
"""


def raw(place: str, values: Mapping[str, object] = {}, /, **more: object) -> dict[str, Any]:
    """A profile as plain values that says nothing but ``values`` (indicator → value)."""
    groups = {group.value: "unknown" for group in ConditionGroup}
    said = [
        {"indicator": name, "value": value, "date": "2020", "scope": "all of it", "source": "one"} for name, value in values.items()
    ]
    kind = {"kind": "region", "within": place.partition("-")[0]} if "-" in place else {"kind": "country"}
    return {
        "context": place,
        **kind,
        "language": "en",
        "title": f"Land of {place}",
        "languages": "unknown",
        "legal_forms": "unknown",
        "groups": groups,
        "values": said,
        "sources": {"one": {"title": "One", "organisation": "Some"}},
        "reviewed": "2026-11-22",
        **more,
    }


def profile(place: str, values: Mapping[str, object] = {}, /, **more: object) -> ContextProfile:
    """The same as a profile."""
    return ContextProfile.of(raw(place, values, **more))


def asking(*indicators: Mapping[str, object]) -> Indicators:
    """Indicators of these keys, the wording filled in."""
    filled = [{"title": str(each["indicator"]), "definition": "It", "group": "finance", **each} for each in indicators]
    return Indicators.of({"language": "en", "indicators": filled})


def write(folder: Path, **files: str | Mapping[str, object]) -> None:
    """Files of a folder of profiles by name, ``_`` for a hyphen, with the indicators beside them; a mapping is written as JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, said in {"indicators": INDICATORS, **files}.items():
        text = said if isinstance(said, str) else json.dumps(said)
        (folder / f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
