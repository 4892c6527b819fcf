"""The port ``Sheets`` on a folder of YAML files that people also change with an editor.

What checks and writes a sheet is imported when the first one is: a search never waits for it.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.adapters.flushing import flush_folder, write_flushed
from kb.adapters.readers.regular_file import read_bytes
from kb.errors import NoSpace, NotFound, ReadError
from kb.peers.names import is_name
from kb.services.sheets import MAX_BYTES, SUFFIX, Fault, SheetFile

if TYPE_CHECKING:
    from kb.peers.flaws_between import Surroundings
    from kb.peers.practice import PracticeSheet


class SheetFolder:
    """The sheets of a folder; one that is not there holds none. Safe to share between threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, tuple[object, SheetFile]] = {}
        self._lock = threading.Lock()

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self._folder

    def names(self) -> list[str]:
        """Of every ``*.yaml`` of the folder, in order; hidden files and links are not counted."""
        found = self._folder.glob(f"*{SUFFIX}")
        return sorted(path.stem for path in found if not path.name.startswith(".") and path.is_file() and not path.is_symlink())

    def read(self, name: str, around: Surroundings | None = None) -> SheetFile:
        """One sheet. Without ``around`` it is read again only when its file has changed.

        Raises:
            NotFound: if there is none of that name.
        """
        path = self._path(name)
        if around is not None:
            return self._parsed(name, self._bytes(path), around)
        seen = self._look(path)
        with self._lock:
            known = self._read.get(name)
        if known is not None and known[0] == seen:
            return known[1]
        file = self._parsed(name, self._bytes(path))
        with self._lock:
            self._read[name] = (seen, file)
        return file

    def parsed(self, name: str, text: str, around: Surroundings | None = None) -> SheetFile:
        """The same for a text that is in no file yet."""
        return self._parsed(name, text.encode("utf-8", "surrogatepass"), around)

    def edited(self, text: str, changes: Mapping[str, object]) -> str:
        """See :func:`kb.adapters.sheet_editing.edited`."""
        from kb.adapters import sheet_editing

        return sheet_editing.edited(text, changes)

    def begun(self, name: str, *, kind: str, language: str, title: str) -> str:
        """See :func:`kb.adapters.sheet_template.begun`."""
        from kb.adapters import sheet_template

        return sheet_template.begun(name, kind=kind, language=language, title=title)

    def write(self, name: str, text: str, base_version: str) -> str | None:
        """Put ``text`` in place of ``base_version``: a new file is flushed, then renamed onto the old one.

        Raises:
            NoSpace: if the disk is full.
            NotFound: if ``name`` is no name of a sheet.
        """
        path = self._folder / f"{name}{SUFFIX}"
        if not is_name(name):
            raise _absent(name)
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            present = _version(path.read_bytes()) if path.is_file() else ""
            if present != base_version or path.is_symlink():
                return None
            fresh = path.with_name(f".{name}.tmp")
            try:
                write_flushed(fresh, text)
                fresh.replace(path)
                flush_folder(self._folder)
            except OSError as error:
                fresh.unlink(missing_ok=True)
                if error.errno in (errno.ENOSPC, errno.EDQUOT):
                    free = shutil.disk_usage(self._folder).free >> 20
                    raise NoSpace(
                        f"There is no room left to write in {self._folder} ({free} MB free). "
                        "Make room and try again: the sheet is as it was before."
                    ) from error
                raise
        return _version(text.encode())

    def schema(self) -> str:
        """JSON Schema of a sheet, as ``practice.schema.json`` holds it."""
        from kb.adapters import sheet_schema

        return sheet_schema.schema()

    def _path(self, name: str) -> Path:
        """The file of a sheet; a name that leads elsewhere is no name."""
        path = self._folder / f"{name}{SUFFIX}"
        if path.parent != self._folder or name.startswith(".") or not path.is_file():
            raise _absent(name)
        return path

    def _bytes(self, path: Path) -> bytes:
        try:
            return read_bytes(path, MAX_BYTES + 1)
        except ReadError:  # it went away between two looks, or is a link
            raise _absent(path.stem) from None

    def _look(self, path: Path) -> tuple[object, ...]:
        try:
            stat = path.stat()
        except FileNotFoundError:
            raise _absent(path.stem) from None
        return stat.st_size, stat.st_mtime_ns, stat.st_ino

    def _parsed(self, name: str, data: bytes, around: Surroundings | None = None) -> SheetFile:
        from kb.adapters import sheet_text

        path = self._folder / f"{name}{SUFFIX}"
        shown = f"{self._folder.parent.name}/{self._folder.name}/{path.name}"
        raw: Mapping[str, Any] = {}
        sheet: PracticeSheet | None = None
        try:
            text = data.decode("utf-8-sig", "strict" if len(data) <= MAX_BYTES else "replace")
        except UnicodeDecodeError as error:
            text = data.decode("utf-8", "replace")
            line = data.count(b"\n", 0, error.start) + 1
            faults: tuple[Fault, ...] = (Fault(shown, line, "", "is not UTF-8; save the file as UTF-8"),)
        else:
            raw, sheet, faults = sheet_text.read(text, name, shown, around)
        when = datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds") if path.is_file() else ""
        return SheetFile(name, path, text, raw, _version(data), when, sheet, faults)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer at a time over all processes; the kernel frees the lock however its holder ends."""
        descriptor = os.open(self._folder / ".WRITER.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def _version(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _absent(name: str) -> NotFound:
    return NotFound(f"There is no practice called “{name[:100]}”. See the names: kb practice list")
