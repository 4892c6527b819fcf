"""The port ``WrittenFiles`` on folders of YAML files that people also change with an editor: organisations and partnerships.

What checks and writes a file is imported when the first one is: a search never waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from kb.adapters.yaml_folder import ReadOnce, YamlFolder
from kb.adapters.yaml_writing import version_of, write_over
from kb.errors import NotFound
from kb.peers.names import is_name
from kb.services.written_files import MAX_BYTES, WrittenFile

if TYPE_CHECKING:
    from kb.adapters.placed_yaml import Read
    from kb.peers.flaws_between import Surroundings
    from kb.peers.learning.organisation import Organisation
    from kb.peers.learning.partnership import Partnership

Made = TypeVar("Made")
Reading = Callable[[str, str, str, "Surroundings | None"], "Read[Made]"]  # text, name, path as it is shown, what is around


@dataclass(frozen=True)
class Writing(Generic[Made]):
    """A kind of file.

    Attributes:
        absent: says that there is none of a name.
        reading: gives what checks it; called when the first file is read.
        order: gives its fields in order; called when the first one is changed.
    """

    absent: Callable[[str], NotFound]
    reading: Callable[[], Reading[Made]]
    order: Callable[[], Sequence[str]]


class WrittenFolder(Generic[Made]):
    """The files of a folder; one that is not there holds none. Safe to share between threads and processes."""

    def __init__(self, folder: Path, writing: Writing[Made]) -> None:
        self._writing = writing
        self._files = YamlFolder(folder, MAX_BYTES, writing.absent)
        self._once: ReadOnce[WrittenFile[Made]] = ReadOnce(self._files, self._parsed)

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self._files.folder

    def names(self) -> list[str]:
        """Of every ``*.yaml`` of the folder, in order; hidden files and links are not counted."""
        return self._files.names()

    def read(self, name: str, around: Surroundings | None = None) -> WrittenFile[Made]:
        """One of them. Without ``around`` it is read again only when its file has changed.

        Raises:
            NotFound: if there is none of that name.
        """
        if around is None:
            return self._once(name)
        return self._parsed(name, self._files.data(self._files.existing(name)), around)

    def parsed(self, name: str, text: str, around: Surroundings | None = None) -> WrittenFile[Made]:
        """The same for a text that is in no file yet."""
        return self._parsed(name, text.encode("utf-8", "surrogatepass"), around)

    def edited(self, text: str, changes: Mapping[str, object]) -> str:
        """See :func:`kb.adapters.sheet_editing.edited`."""
        from kb.adapters import sheet_editing

        return sheet_editing.edited(text, changes, self._writing.order())

    def write(self, name: str, text: str, base_version: str) -> str | None:
        """See :func:`kb.adapters.yaml_writing.write_over`.

        Raises:
            NoSpace: if the disk is full.
            NotFound: if ``name`` is no name of a file.
        """
        if not is_name(name):
            raise self._writing.absent(name)
        return write_over(self._files.path(name), text, base_version)

    def _parsed(self, name: str, data: bytes, around: Surroundings | None = None) -> WrittenFile[Made]:
        path = self._files.path(name)
        when = datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds") if path.is_file() else ""
        text, undecoded = self._files.decoded(data, path)
        if undecoded:
            return WrittenFile(name, path, text, {}, version_of(data), when, None, (undecoded,))
        found = self._writing.reading()(text, name, self._files.shown(path), around)
        return WrittenFile(name, path, text, found.raw, version_of(data), when, found.made, found.faults)


def organisations_in(folder: Path) -> WrittenFolder[Organisation]:
    """The organisations of a folder."""

    def reading() -> Reading[Organisation]:
        from kb.adapters.directory_text import read_organisation

        return read_organisation

    def order() -> Sequence[str]:
        from kb.peers.learning.organisation import Organisation

        return tuple(Organisation.model_fields)

    return WrittenFolder(folder, Writing(_no_organisation, reading, order))


def partnerships_in(folder: Path) -> WrittenFolder[Partnership]:
    """The partnerships of a folder."""

    def reading() -> Reading[Partnership]:
        from kb.adapters.directory_text import read_partnership

        return read_partnership

    def order() -> Sequence[str]:
        from kb.peers.learning.partnership import Partnership

        return tuple(Partnership.model_fields)

    return WrittenFolder(folder, Writing(_no_partnership, reading, order))


def _no_organisation(name: str) -> NotFound:
    return NotFound(f"There is no organisation called “{name[:100]}”. See the names: kb learn organisation list")


def _no_partnership(name: str) -> NotFound:
    return NotFound(f"There is no partnership called “{name[:100]}”. See the names: kb learn partnership list")
