"""Pages of assessments where 200 practices were assessed: each drawn without a browser, by Streamlit's own test runner."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import visiting
from assessment_made import ACTORS, N_CRITERIA, N_PRACTICES, N_REVIEWERS, RUBRIC, made, made_rubric, stage_of
from folders import ROOT

from kb import open_kb
from kb.peers.assessment import events as happened
from kb.peers.assessment.events import spelled
from kb.settings import Settings

PAGES = ("assessments", "assessment", "review", "reconcile", "agreement", "rubrics", "members", "practice")
NOT_THEIRS = {("review", "facilitator")}  # who has no seat has no such page


def pages(settings: Settings) -> dict[str, Any]:
    """Seconds of each page by actor: the first of a new process, after something happened elsewhere, and once more."""
    with tempfile.TemporaryDirectory() as place:
        own = made(Path(place), settings)
        found: dict[str, dict[str, dict[str, float]]] = {}
        for page in PAGES:
            for actor in ACTORS:
                if (page, actor) not in NOT_THEIRS:
                    found.setdefault(page, {})[actor] = visiting.in_a_process(__file__, [page, actor], own)
        size = Path(own.database_url.removeprefix("sqlite:///")).stat().st_size
    return {"practices": N_PRACTICES, "reviewers": N_REVIEWERS, "criteria": N_CRITERIA, "records_mb": size >> 20, "pages": found}


def _query(page: str) -> dict[str, str]:
    names = sorted(
        path.stem for path in Settings.from_env(folder=ROOT).practices.glob("*.yaml") if not re.search(r"-\d+$", path.stem)
    )
    at = {
        stage: next(name for number, name in enumerate(names) if stage_of(number) == stage)
        for stage in ("reviewing", "reconciling", "concluded")
    }
    return {
        "assessment": {"id": f"{at['concluded']}-1"},
        "review": {"id": f"{at['reviewing']}-1", "item": made_rubric().criterion_names[0]},
        "reconcile": {"id": f"{at['reconciling']}-1"},
        "agreement": {"rubric": RUBRIC},
        "practice": {"id": at["concluded"]},
    }.get(page, {})


def something_happens() -> None:
    """An assessment that no page is opened at gets another due date, from another process as it were."""
    kb = open_kb(Settings.from_env(folder=ROOT))
    with kb.records() as records:
        name = records.assessments.everyone()[-1].assessment
        own = records.assessments.of(name)
        kind, body = spelled(happened.DueChanged(due="2099-01-02"))
        records.assessments.append(replace(own[0], seq=len(own) + 1, kind=kind, body=body, id=0))


if __name__ == "__main__":
    at_page, by = sys.argv[1:]
    print(json.dumps(visiting.visited(at_page, _query(at_page), ACTORS[by], something_happens)))
