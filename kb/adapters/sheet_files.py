"""The port ``Sheets`` on a folder of YAML files that people also change with an editor.

What checks and writes a sheet is imported when the first one is: a search never waits for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.adapters.yaml_folder import ReadOnce, YamlFolder
from kb.adapters.yaml_writing import version_of, write_over
from kb.errors import NotFound
from kb.peers.names import is_name
from kb.services.sheets import MAX_BYTES, Fault, SheetFile

if TYPE_CHECKING:
    from kb.peers.flaws_between import Surroundings
    from kb.peers.practice import PracticeSheet


class SheetFolder:
    """The sheets of a folder; one that is not there holds none. Safe to share between threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = YamlFolder(folder, MAX_BYTES, _absent)
        self._once = ReadOnce(self._files, self._parsed)

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self._folder

    def names(self) -> list[str]:
        """Of every ``*.yaml`` of the folder, in order; hidden files and links are not counted."""
        return self._files.names()

    def read(self, name: str, around: Surroundings | None = None) -> SheetFile:
        """One sheet. Without ``around`` it is read again only when its file has changed.

        Raises:
            NotFound: if there is none of that name.
        """
        if around is None:
            return self._once(name)
        return self._parsed(name, self._files.data(self._files.existing(name)), around)

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
        if not is_name(name):
            raise _absent(name)
        return write_over(self._files.path(name), text, base_version)

    def schema(self) -> str:
        """JSON Schema of a sheet, as ``practice.schema.json`` holds it."""
        from kb.adapters import sheet_schema

        return sheet_schema.schema()

    def _parsed(self, name: str, data: bytes, around: Surroundings | None = None) -> SheetFile:
        from kb.adapters import sheet_text

        path = self._files.path(name)
        raw: Mapping[str, Any] = {}
        sheet: PracticeSheet | None = None
        text, fault = self._files.decoded(data, path)
        faults: tuple[Fault, ...] = (fault,) if fault else ()
        if not fault:
            raw, sheet, faults = sheet_text.read(text, name, self._files.shown(path), around)
        when = datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds") if path.is_file() else ""
        return SheetFile(name, path, text, raw, version_of(data), when, sheet, faults)


def _absent(name: str) -> NotFound:
    return NotFound(f"There is no practice called “{name[:100]}”. See the names: kb practice list")
