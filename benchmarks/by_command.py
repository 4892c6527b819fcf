"""``kb evaluate`` as a person types it, on every judged set: processes of their own, through the product's whole path."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from folders import environment, own_settings

from kb.settings import Settings

ACROSS = ("en", "de", "es", "ro")  # languages of XQuAD's questions; its paragraphs are asked in English
GOLDEN = "corpus/questions"
LEGS = ("lexical", "dense", "hybrid")
Found = dict[str, Any]


def on_all_sets(settings: Settings, data: Path) -> dict[str, Found]:
    """Set → the options it was asked with, its number of questions, and each leg's measures with their intervals.

    Args:
        data: folder of judged sets of others; those that are absent are left out.
    """
    found = {GOLDEN: _golden(settings)}
    for name in ("cranfield", "npl", "climretrieve"):
        if (data / name).is_dir():
            found[name] = _evaluated(settings, "--beir", str(data / name))
    for language in ACROSS if (data / "xquad").is_dir() else ():
        files = ("--queries", f"queries_{language}.jsonl", "--corpus", "corpus_en.jsonl")
        found[f"xquad {language}→en"] = _evaluated(settings, "--beir", str(data / "xquad"), *files)
    return found


def _golden(settings: Settings) -> Found:
    """The sample's own questions, over an index made anew."""
    with tempfile.TemporaryDirectory() as place:
        own = own_settings(Path(place), settings, settings.corpus)
        _kb(own, "ingest")
        return _evaluated(own, "--golden-only")


def _evaluated(settings: Settings, *options: str) -> Found:
    told = json.loads(_kb(settings, "evaluate", *options, "--json"))
    return {"questions": told["questions"], "seconds": told["seconds"], **{leg: told[leg] for leg in LEGS}}


def _kb(settings: Settings, *words: str) -> str:
    command = [sys.executable, "-m", "kb", *words]
    return subprocess.run(command, env=environment(settings), check=True, stdout=subprocess.PIPE, text=True).stdout
