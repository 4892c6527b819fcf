"""How much a reader worked, whatever else the machine does meanwhile: seconds of the processor, not of the clock."""

from __future__ import annotations

import os
import resource
from pathlib import Path

from kb.adapters.sandbox import SandboxedReader

PATIENCE_S = 300.0  # by the clock: for tests that count processor time instead


def processor_s(reader: SandboxedReader) -> float:
    """Seconds that this process, its ended children and the child of ``reader`` have used so far."""
    used = sum(
        sum(resource.getrusage(whose)[:2])  # in the program and in the kernel
        for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    if reader._worker is not None and reader._worker.poll() is None:
        fields = Path(f"/proc/{reader._worker.pid}/stat").read_text().rpartition(")")[2].split()
        used += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")  # proc(5): utime, stime
    return used
