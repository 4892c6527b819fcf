"""Memory of processes, from ``/proc``: Linux only. Nothing of this project is imported here."""

from __future__ import annotations

import os
from pathlib import Path


def memory() -> dict[str, int]:
    """Of this process, in MB: all that is resident, and what of it is mapped from files."""
    return {name: _status_kb(key) // 1024 for name, key in (("resident_mb", "VmRSS"), ("of_files_mb", "RssFile"))}


def peak_bytes() -> int:
    """Of this process alone. What getrusage tells begins with the memory of whoever started it."""
    return _status_kb("VmHWM") * 1024


def resident_bytes(pid: int) -> int:
    """Of a process and its children; shared pages counted in each."""
    total = 0
    for process in (pid, *_children(pid)):
        try:
            total += int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (FileNotFoundError, ProcessLookupError, IndexError):
            continue
    return total


def _status_kb(key: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    told = dict(line.split(":", 1) for line in lines if ":" in line)
    return int(told[key].split()[0])


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in task.read_text(encoding="ascii").split()]
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found
