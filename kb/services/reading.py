"""Read files ahead of whoever splits and embeds them, a few at a time, in the order given."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from kb.errors import ReadError
from kb.retrieval.passage import Reading
from kb.retrieval.read import Reader
from kb.services.files import FoundFile

AHEAD = 8  # files read and not yet taken, beyond one a job: bounds memory


@dataclass(frozen=True)
class Read:
    """What came of reading one file; a failure is a value: the batch goes on."""

    file: FoundFile
    outcome: Reading | ReadError
    seconds: float


def read_ahead(new_reader: Callable[[], Reader], files: Sequence[FoundFile], jobs: int) -> Iterator[Read]:
    """Yield each file with what was read, in order. Each of ``jobs`` threads has a reader (and so a process) of its own."""
    if not files:
        return
    mine = threading.local()
    readers: list[Reader] = []

    def read(file: FoundFile) -> Read:
        if not hasattr(mine, "reader"):
            mine.reader = new_reader()
            readers.append(mine.reader)
        began = time.perf_counter()
        outcome: Reading | ReadError
        try:
            reading: Reading = mine.reader.read(file.path)
            has_text = any(block.text.strip() for block in reading.blocks)
            outcome = reading if has_text else ReadError("no text in it", state="no_text")
        except ReadError as error:
            outcome = error
        return Read(file, outcome, time.perf_counter() - began)

    pool = ThreadPoolExecutor(max_workers=max(1, jobs), thread_name_prefix="read")
    waiting: deque[Future[Read]] = deque()
    try:
        rest = iter(files)
        for file in rest:
            waiting.append(pool.submit(read, file))
            if len(waiting) >= jobs + AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        for reader in readers:
            reader.close()
