"""The port ``VersionedFiles`` on folders of YAML files: rubrics and transferability frameworks.

What checks a file is imported when the first one is read: a search never waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from kb.adapters.yaml_folder import ReadOnce, YamlFolder
from kb.errors import NotFound
from kb.services.versioned_files import MAX_BYTES, VersionedFile

if TYPE_CHECKING:
    from kb.peers.assessment.rubric import Rubric
    from kb.peers.flaws_between import Surroundings
    from kb.peers.flaws_in_fields import Flaw
    from kb.peers.transfer.framework import Framework


class Spelled(Protocol):
    """What has a canonical spelling."""

    @property
    def sha256(self) -> str:
        """Of that."""
        ...


Made = TypeVar("Made", bound=Spelled)
Making = Callable[[object, str, "Surroundings"], "tuple[Made | None, Iterable[Flaw]]"]  # plain values, name, what is around


@dataclass(frozen=True)
class Kind(Generic[Made]):
    """A kind of file.

    Attributes:
        absent: says that there is none of a name.
        making: gives what checks it; called when a file is read.
        size: why it is no longer than it may be.
    """

    absent: Callable[[str], NotFound]
    making: Callable[[], Making[Made]]
    size: str


class VersionedFolder(Generic[Made]):
    """Those of a folder; one that is not there holds none. Safe to share between threads."""

    def __init__(self, folder: Path, kind: Kind[Made]) -> None:
        self._kind = kind
        self._files = YamlFolder(folder, MAX_BYTES, kind.absent)
        self._once: ReadOnce[VersionedFile[Made]] = ReadOnce(self._files, self._parsed)

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self._files.folder

    def names(self) -> list[str]:
        """Of every ``*.yaml`` of the folder, in order; hidden files and links are not counted."""
        return self._files.names()

    def read(self, name: str, around: Surroundings | None = None) -> VersionedFile[Made]:
        """One of them. Without ``around`` it is read again only when its file has changed.

        Raises:
            NotFound: if there is none of that name.
        """
        if around is None:
            return self._once(name)
        return self._parsed(name, self._files.data(self._files.existing(name)), around)

    def _parsed(self, name: str, data: bytes, around: Surroundings | None = None) -> VersionedFile[Made]:
        from kb.adapters import placed_yaml
        from kb.peers.flaws_between import Surroundings

        path = self._files.path(name)
        shown = self._files.shown(path)
        text, undecoded = self._files.decoded(data, path)
        if undecoded:
            return VersionedFile(name, shown, None, (undecoded,), "")
        make, limit = self._kind.making(), placed_yaml.Limit(MAX_BYTES, self._kind.size)
        found = placed_yaml.read(text, shown, limit, lambda raw: make(raw, name, around or Surroundings()))
        lines = {str(place[0]): line for place, line in found.lines.items() if len(place) == 1}
        return VersionedFile(name, shown, found.made, found.faults, found.made.sha256 if found.made else "", lines)


def rubrics_in(folder: Path) -> VersionedFolder[Rubric]:
    """The rubrics of a folder."""

    def making() -> Making[Rubric]:
        from kb.peers.assessment import rubric_flaws

        return rubric_flaws.read

    return VersionedFolder(folder, Kind(_no_rubric, making, "a rubric is what a reviewer reads within an hour"))


def frameworks_in(folder: Path) -> VersionedFolder[Framework]:
    """The transferability frameworks of a folder."""

    def making() -> Making[Framework]:
        from kb.peers.transfer import framework_flaws

        return framework_flaws.read

    return VersionedFolder(folder, Kind(_no_framework, making, "a framework is what an assessor reads within an hour"))


def _no_rubric(name: str) -> NotFound:
    return NotFound(f"There is no rubric called “{name[:100]}”. See the names: kb rubric list")


def _no_framework(name: str) -> NotFound:
    return NotFound(f"There is no framework called “{name[:100]}”. See the names: kb transfer framework")
