"""What the readers of judged files share: a bounded look at a file, and one message for all that is wrong with it."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

from kb.errors import JudgementError

MAX_NAMED = 20  # faults in one message; the rest is counted
MAX_LINE_BYTES = 32 << 20  # a line is a document; a longer one is a file without line ends


class Faults:
    """Collects what is wrong, file and line first, so that one look mends it all."""

    def __init__(self) -> None:
        self._found: list[str] = []
        self._n = 0

    def add(self, path: Path, line: int, fault: str) -> None:
        """``line`` from 1; 0 for the whole file."""
        self._n += 1
        if self._n <= MAX_NAMED:
            self._found.append(f"{path}{f', line {line}' if line else ''}: {fault}")

    def raise_any(self) -> None:
        """Raise what was found.

        Raises:
            JudgementError: all faults together.
        """
        if self._n:
            more = f"; and {self._n - MAX_NAMED} more" if self._n > MAX_NAMED else ""
            raise JudgementError(f"The judged questions cannot be used: {'; '.join(self._found)}{more}.")


def lines(path: Path, faults: Faults, *, most: int) -> Iterator[tuple[int, str]]:
    """Number and text of each line that is not blank, without holding the file in memory; of a ``.gz`` what is packed in it.

    Stops with a fault at a line without end, at more than ``most`` lines, and where the file cannot be read.
    """
    try:
        if not path.is_file():  # also a pipe, which would wait for ever
            faults.add(path, 0, "no such file" if not path.exists() else "not a file")
            return
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            for number, raw in enumerate(iter(lambda: file.readline(MAX_LINE_BYTES + 1), b""), start=1):
                if len(raw) > MAX_LINE_BYTES:
                    faults.add(path, number, f"longer than {MAX_LINE_BYTES >> 20} MB; the rest of the file is not read")
                    return
                if number > most:
                    faults.add(path, number, f"more than {most:,} lines")
                    return
                text = _text(raw, path, number, faults)
                if text.strip():
                    yield number, text
    except (OSError, EOFError, zlib.error) as error:
        why = (error.strerror if isinstance(error, OSError) else "") or str(error)
        faults.add(path, 0, f"cannot be read ({why})")


def _text(raw: bytes, path: Path, number: int, faults: Faults) -> str:
    try:
        return raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        faults.add(path, number, "not UTF-8")
        return ""
