"""A folder of YAML files that people write: which files count, and how one of them is reached and decoded."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from kb.adapters.readers.regular_file import read_bytes
from kb.errors import NotFound, ReadError
from kb.services.sheets import SUFFIX, Fault

MAX_NAME_BYTES = 255  # of a file, on every system that is in use
Parsed = TypeVar("Parsed")


class YamlFolder:
    """Files called ``NAME.yaml``; a folder that is not there holds none."""

    def __init__(self, folder: Path, max_bytes: int, absent: Callable[[str], NotFound]) -> None:
        """``absent`` says that there is none of a name."""
        self.folder = folder
        self._max_bytes = max_bytes
        self._absent = absent

    def names(self) -> list[str]:
        """Of every file, in order; hidden files and links are not counted."""
        found = self.folder.glob(f"*{SUFFIX}")
        return sorted(path.stem for path in found if not path.name.startswith(".") and path.is_file() and not path.is_symlink())

    def path(self, name: str) -> Path:
        """The file of a name, there or not."""
        return self.folder / f"{name}{SUFFIX}"

    def existing(self, name: str) -> Path:
        """The file of a name; a name that leads elsewhere is no name.

        Raises:
            NotFound: if there is none.
        """
        path = self.path(name)
        if len(path.name.encode(errors="replace")) > MAX_NAME_BYTES:  # the system would refuse to look
            raise self._absent(name)
        if path.parent != self.folder or name.startswith(".") or not path.is_file():
            raise self._absent(name)
        return path

    def data(self, path: Path) -> bytes:
        """One byte more than is taken, at most."""
        try:
            return read_bytes(path, self._max_bytes + 1)
        except ReadError:  # it went away between two looks, or is a link
            raise self._absent(path.stem) from None

    def look(self, path: Path) -> tuple[object, ...]:
        """What tells that a file is another than before: size, time of change, and number on the disk."""
        try:
            stat = path.stat()
        except FileNotFoundError:
            raise self._absent(path.stem) from None
        return stat.st_size, stat.st_mtime_ns, stat.st_ino

    def shown(self, path: Path) -> str:
        """A path as people read it: "corpus/practices/NAME.yaml"."""
        return f"{self.folder.parent.name}/{self.folder.name}/{path.name}"

    def decoded(self, data: bytes, path: Path) -> tuple[str, Fault | None]:
        """As text; with the fault where it is no UTF-8."""
        try:
            return data.decode("utf-8-sig", "strict" if len(data) <= self._max_bytes else "replace"), None
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            fault = Fault(self.shown(path), line, "", "is not UTF-8; save the file as UTF-8")
            return data.decode("utf-8", "replace"), fault


class ReadOnce(Generic[Parsed]):
    """What stands in the files of a folder: read at the first call, and again when a file has changed. Safe between threads."""

    def __init__(self, files: YamlFolder, parse: Callable[[str, bytes], Parsed]) -> None:
        """``parse`` makes it of a file's name and content."""
        self._files = files
        self._parse = parse
        self._known: dict[str, tuple[object, Parsed]] = {}
        self._lock = threading.Lock()

    def __call__(self, name: str) -> Parsed:
        """Of one file.

        Raises:
            NotFound: if there is none of that name.
        """
        path = self._files.existing(name)
        seen = self._files.look(path)
        with self._lock:
            known = self._known.get(name)
        if known is not None and known[0] == seen:
            return known[1]
        parsed = self._parse(name, self._files.data(path))
        with self._lock:
            self._known[name] = (seen, parsed)
        return parsed
