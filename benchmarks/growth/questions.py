"""What is asked of a made-up collection: questions of people, of the sample corpus and of judged sets."""

from __future__ import annotations

import json

import yaml
from folders import DATA, ROOT


def questions() -> list[str]:
    """Those of the sample corpus."""
    found = [
        each["question"]
        for path in sorted((ROOT / "corpus" / "questions").glob("*.yaml"))
        for each in yaml.safe_load(path.read_text())
    ]
    return [str(question) for question in found]


def many_questions(n: int) -> list[str]:
    """``n`` different ones: those of the sample corpus, then of the judged sets, else with a number behind."""
    known = dict.fromkeys(questions())
    for path in sorted((DATA / "xquad").glob("queries*.jsonl")):
        known |= dict.fromkeys(json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()[:n])
    found = list(known)
    return [found[i] if i < len(found) else f"{found[i % len(found)]} {i}" for i in range(n)]
