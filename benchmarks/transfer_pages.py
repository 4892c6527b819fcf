"""The pages Transfer, Transferability test and Benchmark where every practice was assessed, and tested for every place."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import replace

import assessment_pages
import visiting
from assessment_made import ACTORS
from folders import ROOT

from kb import open_kb
from kb.peers.transfer import events as happened
from kb.peers.transfer.events import STREAM, CaseOutcome, spelled
from kb.settings import Settings

PRACTICE, PLACE = "cesena-bee-path", "PT"
OTHER = "sewa-cooperative-federation"
PAGES: Mapping[str, tuple[str, visiting.Query]] = {  # as told → view, what the address says
    "transfer: all at a glance": ("transfers", {}),
    "transfer: what could work in a place": ("transfers", {"t_view": "in", "t_place": PLACE}),
    "transfer: where a practice could work": ("transfers", {"t_view": "of", "t_practice": PRACTICE}),
    "transferability test": ("transfer_test", {"id": f"{PRACTICE}-to-{PLACE.lower()}-1"}),
    "benchmark: beside peers by theme": ("benchmark", {"b_practice": PRACTICE}),
    "benchmark: beside peers by context": ("benchmark", {"b_practice": PRACTICE, "b_basis": "context"}),
    "benchmark: beside peers by text": ("benchmark", {"b_practice": PRACTICE, "b_basis": "text"}),
    "benchmark: grid of all": ("benchmark", {"b_view": "grid"}),
    "benchmark: side by side": ("benchmark", {"b_view": "side", "compare": [PRACTICE, OTHER]}),
    "contexts": ("contexts", {}),
    "practice": ("practice", {"id": PRACTICE}),
}


def pages(own: Settings) -> dict[str, dict[str, float]]:
    """Page → seconds for a facilitator: the first of a new process, after something happened elsewhere, and once more."""
    return {page: visiting.in_a_process(__file__, [page], own) for page in PAGES}


def _something_happens() -> None:
    """An assessment that no page is opened at is changed, and a test is evaluated, from another process as it were."""
    assessment_pages.something_happens()
    kb = open_kb(Settings.from_env(folder=ROOT))
    with kb.records() as records:
        own = records.journal.of(STREAM, f"{OTHER}-to-it-1")
        body = happened.Evaluated(outcome=CaseOutcome.WORKED, on="2026-11-02", what="It is there.")
        kind, text = spelled(body)
        records.journal.append(replace(own[-1], seq=own[-1].seq + 1, kind=kind, body=text, id=0))


if __name__ == "__main__":
    view, query = PAGES[sys.argv[1]]
    told = visiting.visited(view, query, ACTORS["facilitator"], _something_happens)
    print(json.dumps(told))
