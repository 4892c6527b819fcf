"""Ingests again and again in forked children, so that a test can kill one at any moment without waiting for a start.

``python ingest_driver.py ROOT`` reads a line ``INDEX`` on stdin, forks a child that ingests ``ROOT/corpus`` into that index, and
prints the child's id; the child prints ``indexed PATH`` as the command line does, once a file is said to be searchable, then
``done``. It publishes every few files instead of every ten seconds: more moments at which a death could matter.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from crash_kb import a_quick_kb

from kb.services import ingest_run
from kb.services.ingesting import ingest
from kb.services.permission import LOCAL_MEMBER

QUICK = {"PUBLISH_EVERY_S": 0.02, "PUBLISH_SHARE": 1.0, "AT_ONCE": 8}
assert vars(ingest_run).keys() >= QUICK.keys()
vars(ingest_run).update(QUICK)


def work(root: Path, index: Path) -> None:
    def announce(progress: ingest_run.Progress) -> None:
        for entry in progress.finished:
            os.write(1, f"{entry.state} {entry.path}\n".encode())

    base = a_quick_kb(root / "corpus", index)
    ingest(base, [base.documents], actor=LOCAL_MEMBER, on_progress=announce)
    os.write(1, b"done\n")


if __name__ == "__main__":
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            work(Path(sys.argv[1]), Path(line.strip()))
            os._exit(0)
        os.write(1, f"{child}\n".encode())
        _, status = os.waitpid(child, 0)
        os.write(1, f"ended {status}\n".encode())
