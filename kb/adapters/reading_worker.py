"""The reading child: takes paths on stdin, gives readings on stdout, and may do nothing else.

Started by :class:`kb.adapters.sandbox.SandboxedReader` as ``python -m kb.adapters.reading_worker MEMORY_BYTES TIMEOUT_S``.
One JSON line a request (a path) and one an answer. Before the first file it gives up memory beyond its limit, core dumps, writing
files, the network and other processes. Python code is held by an audit hook, native code by the resource limits.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from kb.adapters.readers import read_file
from kb.adapters.reading_wire import encode_reading, encode_refusal
from kb.errors import ReadError
from kb.retrieval.passage import Reading

_GRACE_S = 5.0  # beyond the parent's patience: ends a worker whose parent has died
_FORBIDDEN = (  # prefixes of audit events, docs.python.org/3/library/audit_events.html
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
    "os.chown",
    "os.kill",
    "shutil.",
    "ftplib.",
    "http.",
    "urllib.",
    "smtplib.",
    "webbrowser.",
    "pty.",
    "sqlite3.",
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def main(memory_bytes: int, timeout_s: float, read: Callable[[Path], Reading] = read_file) -> None:
    """Answer requests until stdin ends.

    Args:
        memory_bytes: address space of this process.
        timeout_s: patience of the parent; a file that takes a little longer ends this process.
        read: what reads a file.
    """
    requests, answers = _private_pipes()
    confine(memory_bytes)
    for line in requests:
        signal.setitimer(signal.ITIMER_REAL, timeout_s + _GRACE_S)
        try:
            answer = encode_reading(read(Path(os.fsdecode(bytes.fromhex(json.loads(line))))))
        except ReadError as refusal:
            answer = encode_refusal(str(refusal), refusal.state)
        except MemoryError:
            answer = encode_refusal(out_of_memory(memory_bytes), "failed")
        except Exception as error:  # noqa: BLE001 - a stranger's file may bring any library to any exception; the parent reports it
            answer = encode_refusal(f"the reader failed ({type(error).__name__}: {error})", "failed")
        answers.write(answer)
        answers.flush()
        signal.setitimer(signal.ITIMER_REAL, 0)


def out_of_memory(memory_bytes: int) -> str:
    """The reason for a file that does not fit: "needs more than 1 GB of memory"."""
    size = f"{memory_bytes >> 30} GB" if memory_bytes >= 1 << 30 else f"{memory_bytes >> 20} MB"
    return f"needs more than {size} of memory"


def confine(memory_bytes: int) -> None:
    """Give up everything that reading a file does not need. There is no way back."""
    # Address space is never smaller than resident memory, so this bound is strict: real reports took up to 0.09 GB
    # resident and 0.38 GB of addresses.
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Audit hook: no network, no process, no file opened for writing."""
    if event == "open":
        flags = arguments[2]
        if isinstance(flags, int) and flags & _WRITING:
            raise PermissionError("a document reader may not write files")
    elif event.startswith(_FORBIDDEN):
        raise PermissionError(f"a document reader may not do {event}")


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Move stdin and stdout out of reach of libraries that print, and put nothing in their place."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return requests, answers


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
