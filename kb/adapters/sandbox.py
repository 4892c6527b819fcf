"""Read documents in a child process that may fail, hang or be killed without taking anything with it."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

from kb.adapters.readers import regular_file
from kb.adapters.reading_wire import WireError, decode
from kb.adapters.reading_worker import out_of_memory
from kb.errors import ReadError
from kb.retrieval.passage import Reading

FILES_PER_WORKER = 50  # then a fresh one: memory that a library keeps does not add up
_MAX_ANSWER_BYTES = 128 << 20  # 20 million characters and their blocks; more can only come from a worker gone wild
_CHUNK = 1 << 20
_LOOK_EVERY_S = 0.05  # at a busy child's memory, which nobody can ask once it is dead
_NEAR_LIMIT = 0.75


class SandboxedReader:
    """The port ``Reader`` with one reusable child process. Each thread needs its own.

    Args:
        timeout_s: wall-clock time one file may take.
        memory_bytes: address space of the child, its libraries included.
        worker: module that the child runs.
    """

    def __init__(self, *, timeout_s: float = 30.0, memory_bytes: int = 1 << 30, worker: str = "kb.adapters.reading_worker") -> None:
        self._timeout_s, self._memory_bytes, self._module = timeout_s, memory_bytes, worker
        self._worker: subprocess.Popen[bytes] | None = None
        self._n_read = 0

    def read(self, path: Path) -> Reading:
        """Read one file.

        Raises:
            ReadError: as the port says; ``failed`` also for a file that takes too long or too much memory, or that crashes.
        """
        regular_file.check(path)
        if self._n_read >= FILES_PER_WORKER:
            self.close()
        worker = self._worker or self._start()
        self._n_read += 1
        try:
            return decode(self._ask(worker, path))
        except ReadError as refusal:
            if refusal.state == "failed":
                self.close()
            raise
        except WireError as error:
            self.close()
            raise ReadError(f"the reader answered nonsense ({error})") from error
        except BaseException:  # Ctrl-C between request and answer: the next answer would be this file's
            self.close()
            raise

    def close(self) -> None:
        """End the child. The next :meth:`read` starts another."""
        worker, self._worker, self._n_read = self._worker, None, 0
        if worker is not None:
            _end(worker)

    def __enter__(self) -> SandboxedReader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _start(self) -> subprocess.Popen[bytes]:
        """A fresh child with nothing of our environment but what Python needs."""
        root = str(Path(__file__).parents[2])  # the folder that holds the package
        command = [sys.executable, "-P", "-B", "-X", "utf8", "-W", "ignore", "-m", self._module]
        self._worker = subprocess.Popen(  # noqa: S603 - our own interpreter and module; the path travels over stdin
            [*command, str(self._memory_bytes), str(self._timeout_s)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # One arena and no thread pools: they reserve address space that a document could use.
            env={"PYTHONPATH": root, "PATH": os.defpath, "LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1", "OMP_NUM_THREADS": "1"},
        )
        return self._worker

    def _ask(self, worker: subprocess.Popen[bytes], path: Path) -> bytes:
        """One request and its answer, or the reason why there is none."""
        assert worker.stdin is not None
        assert worker.stdout is not None
        deadline = time.monotonic() + self._timeout_s
        try:
            # Hexadecimal: a file name is bytes, in no encoding that JSON could carry.
            worker.stdin.write(json.dumps(os.fsencode(path.absolute()).hex()).encode() + b"\n")
            worker.stdin.flush()
        except BrokenPipeError:
            raise self._death(worker, 0) from None
        answer, n_bytes, peak_bytes = [], 0, 0
        told = select.poll()  # select.select() knows no descriptor above 1023, and a server may have more
        told.register(worker.stdout, select.POLLIN)
        while True:
            left_s = deadline - time.monotonic()
            if left_s <= 0:
                raise ReadError(f"took longer than {self._timeout_s:g} seconds")
            if not told.poll(min(left_s, _LOOK_EVERY_S) * 1000):
                peak_bytes = max(peak_bytes, _peak_bytes(worker.pid))
                continue
            chunk = os.read(worker.stdout.fileno(), _CHUNK)
            answer.append(chunk)
            n_bytes += len(chunk)
            if chunk.endswith(b"\n"):
                return b"".join(answer)
            if not chunk:
                raise self._death(worker, peak_bytes)
            if n_bytes > _MAX_ANSWER_BYTES:
                raise WireError("an answer without end")

    def _death(self, worker: subprocess.Popen[bytes], peak_bytes: int) -> ReadError:
        """Why the child ended. Native libraries abort when they get no memory, so a crash near the limit is called by its cause."""
        code = worker.wait()
        if peak_bytes > _NEAR_LIMIT * self._memory_bytes:
            return ReadError(out_of_memory(self._memory_bytes))
        if code == -signal.SIGALRM:
            return ReadError(f"took longer than {self._timeout_s:g} seconds")
        return ReadError(f"the reader crashed (signal {-code})" if code < 0 else "the reader ended unexpectedly")


def _peak_bytes(pid: int) -> int:
    """Largest address space a process had so far; 0 where the system does not say."""
    try:
        found = re.search(r"VmPeak:\s*(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) << 10 if found else 0


def _end(worker: subprocess.Popen[bytes]) -> None:
    """Kill a child, take its exit status and close its pipes."""
    worker.kill()
    worker.wait()
    for pipe in (worker.stdin, worker.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except BrokenPipeError:  # a request that was never read
                continue
