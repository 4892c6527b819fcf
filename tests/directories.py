"""A small directory for tests: organisations and a partnership as plain values, written as YAML."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SOURCES: dict[str, Any] = {
    "page": {"title": "Their page", "organisation": "Farm School", "address": "https://farm.example.org/about"}
}


def organisation(name: str = "farm-school", **changes: object) -> dict[str, Any]:
    """An organisation without a fault; ``None`` takes a key away."""
    raw: dict[str, Any] = {
        "organisation": name,
        "language": "en",
        "title": name.replace("-", " ").title(),
        "kind": "association",
        "country": "FR",
        "countries": ["BE"],
        "languages": "unknown",
        "website": "unknown",
        "what": {"en": "It trains farmers [@page].", "fr": "Elle forme des agriculteurs [@page]."},
        "expertise": ["agroecology"],
        "themes": ["environment"],
        "projects": [
            {
                "title": "Green Fields",
                "what": {"en": "A training in agroecology.", "fr": "Une formation."},
                "programme": "Erasmus+",
                "partners": [{"name": "Hive", "country": "BE"}],
                "source": "page",
            }
        ],
        "seeks": [{"what": "project-partner", "text": "A partner for a second round.", "source": "page"}],
        "sources": SOURCES,
        "reviewed": "2026-11-23",
    } | changes
    return {key: value for key, value in raw.items() if value is not None}


def partnership(name: str = "green", **changes: object) -> dict[str, Any]:
    """A partnership without a fault; ``None`` takes a key away."""
    raw: dict[str, Any] = {
        "partnership": name,
        "language": "en",
        "title": "Green partnership",
        "called": [{"name": "PLP 9", "source": "page"}],
        "topic": "Farming [@page].",
        "what": "They meet [@page].",
        "lead": "farm-school",
        "co_leads": [],
        "groups": [{"group": "soil", "title": "Soil", "focus": "unknown"}],
        "partners": [{"organisation": "Hive", "country": "BE", "groups": ["soil"], "role": "host", "source": "page"}],
        "figures": [
            {"what": "partners", "value": "23", "unit": "organisations", "kind": "context", "date": "2021", "source": "page"},
            {"what": "partners", "value": "25", "unit": "organisations", "kind": "context", "date": "2022", "source": "sheet"},
        ],
        "objectives": "unknown",
        "start": "2026-01",
        "end": "ongoing",
        "states": [{"state": "forming", "date": "2026-01"}],
        "languages": "unknown",
        "themes": ["environment"],
        "sources": {**SOURCES, "sheet": {"title": "A sheet", "organisation": "Hive"}},
        "reviewed": "2026-11-23",
    } | changes
    return {key: value for key, value in raw.items() if value is not None}


def text(raw: dict[str, Any]) -> str:
    """As YAML with a key a line."""
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in raw.items())


def write(folder: Path, *raws: dict[str, Any]) -> None:
    """Each into a file of its name, a key a line: what stands behind it is JSON, which is YAML."""
    folder.mkdir(parents=True, exist_ok=True)
    for raw in raws:
        name = raw.get("organisation") or raw["partnership"]
        (folder / f"{name}.yaml").write_text(text(raw), encoding="utf-8")
