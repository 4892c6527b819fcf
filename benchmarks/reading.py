"""Reading PDFs: pages a second on one core, and what the child process costs."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from kb.adapters.readers import read_file
from kb.adapters.sandbox import SandboxedReader
from kb.errors import ReadError

ROUNDS = 3  # the least of three: other work on the machine only ever adds


def speed(data: Path) -> dict[str, Any]:
    """Text PDFs of the real documents, read in this process and in the child."""
    files = sorted((data / "realdocs").glob("*.pdf"))
    pages = sum(read_file(path).n_pages for path in files)
    inside = min(_timed(lambda path: read_file(path), files) for _ in range(ROUNDS))
    reader = SandboxedReader()
    try:
        reader.read(files[0])
        outside = min(_timed(reader.read, files) for _ in range(ROUNDS))
    finally:
        reader.close()
    return {
        "files": len(files),
        "pages": pages,
        "pages_per_s": round(pages / inside, 1),
        "pages_per_s_isolated": round(pages / outside, 1),
        "isolation_cost": round(outside / inside - 1, 3),
    }


def _timed(read: Any, files: list[Path]) -> float:
    began = time.perf_counter()
    for path in files:
        try:
            read(path)
        except ReadError:
            continue
    return time.perf_counter() - began
