"""What a person waits for: a cold shell, an unchanged folder, the app's first answer; and the memory of an ingest."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from folders import environment, own_settings
from process_memory import resident_bytes

from kb import open_kb
from kb.services.ingesting import ingest
from kb.services.permission import LOCAL_MEMBER
from kb.settings import Settings

ROUNDS = 5
KB = [sys.executable, "-m", "kb"]


def shell(settings: Settings) -> dict[str, float]:
    """Median seconds of whole processes, with an index over the sample corpus."""
    with tempfile.TemporaryDirectory() as place:
        own = own_settings(Path(place), settings, settings.corpus)
        ingest(open_kb(own), [own.documents], actor=LOCAL_MEMBER)
        return {
            "import_kb_s": _median([sys.executable, "-c", "import kb"], own) - _median([sys.executable, "-c", "pass"], own),
            "search_cold_s": _median([*KB, "search", "How do women organise across borders?"], own),
        }


def unchanged_folder(settings: Settings, n_files: int = 1000) -> dict[str, float]:
    """Seconds of the second ingest of ``n_files`` small files, none of which changed."""
    with tempfile.TemporaryDirectory() as place:
        own = own_settings(Path(place), settings, Path(place) / "corpus")
        own.documents.mkdir(parents=True)
        for i in range(n_files):
            (own.documents / f"note-{i:04}.md").write_text(
                f"# Note {i}\n\nSession {i} spoke about case {i * 7919 % 1000}.\n", encoding="utf-8"
            )
        first = _run([*KB, "ingest"], own)
        return {"files": n_files, "first_s": round(first, 2), "second_s": round(_run([*KB, "ingest"], own), 2)}


def memory(settings: Settings, data: Path) -> dict[str, float]:
    """Peak resident memory of ingesting the real documents: the process and its reader added, in GB."""
    with tempfile.TemporaryDirectory() as place:
        own = own_settings(Path(place), settings, Path(place) / "corpus")
        began = time.perf_counter()
        child = subprocess.Popen(
            [*KB, "ingest", str(data / "realdocs")], env=environment(own), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        peak = 0
        while child.poll() is None:
            peak = max(peak, resident_bytes(child.pid))
            time.sleep(0.05)
        return {"peak_gb": round(peak / 1e9, 2), "took_s": round(time.perf_counter() - began, 1)}


def _run(command: list[str], settings: Settings) -> float:
    began = time.perf_counter()
    subprocess.run(command, env=environment(settings), check=True, capture_output=True)
    return time.perf_counter() - began


def _median(command: list[str], settings: Settings) -> float:
    return round(sorted(_run(command, settings) for _ in range(ROUNDS))[ROUNDS // 2], 3)
