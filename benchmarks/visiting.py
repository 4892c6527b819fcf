"""Pages drawn without a browser, by Streamlit's own test runner, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from folders import ROOT

from kb.settings import Settings

VISITS = 5  # of each kind but the first: the middle one is told

Query = Mapping[str, str | Sequence[str]]  # what the address says


def in_a_process(script: str, arguments: list[str], settings: Settings) -> dict[str, float]:
    """What ``script`` prints last, run over these settings."""
    environment = {**os.environ, **settings.variables()}
    command = [sys.executable, script, *arguments]
    told = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT).stdout
    found: dict[str, float] = json.loads(told.splitlines()[-1])
    return found


def visited(page: str, query: Query, member: str, something_happens: Callable[[], Any]) -> dict[str, float]:
    """Seconds of a page in this process, over the settings in force: the first, after something happened elsewhere, once more."""
    first = _visit(page, query, member)
    after = []
    for _ in range(VISITS):
        something_happens()
        after.append(_visit(page, query, member))
    again = [_visit(page, query, member) for _ in range(VISITS)]
    return {"first_s": round(first, 2), "after_s": _middle(after), "again_s": _middle(again)}


def _visit(page: str, query: Query, member: str) -> float:
    from streamlit.testing.v1 import AppTest

    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.context = {"locale": "en-GB"}
    app.session_state["acting_as"] = member
    app.run()  # the app itself, at its first page
    app.switch_page(f"kb/ui/views/{page}.py")
    for key, value in query.items():
        app.query_params[key] = value
    began = time.perf_counter()
    app.run()
    took = time.perf_counter() - began
    assert not app.exception, (page, query, member, app.exception)
    assert not app.error, (page, query, member, [each.value for each in app.error])
    return took


def _middle(values: list[float]) -> float:
    return round(sorted(values)[len(values) // 2], 2)
