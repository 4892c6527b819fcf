"""The port ``FrameworkFiles`` on a folder of YAML files.

What checks a framework is imported when the first one is read: a search never waits for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kb.adapters.yaml_folder import ReadOnce, YamlFolder
from kb.errors import NotFound
from kb.services.framework_files import MAX_BYTES, FrameworkFile

if TYPE_CHECKING:
    from kb.peers.flaws_between import Surroundings


class FrameworkFolder:
    """The frameworks of a folder; one that is not there holds none. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._files = YamlFolder(folder, MAX_BYTES, _absent)
        self._once = ReadOnce(self._files, self._parsed)

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self._files.folder

    def names(self) -> list[str]:
        """Of every ``*.yaml`` of the folder, in order; hidden files and links are not counted."""
        return self._files.names()

    def read(self, name: str, around: Surroundings | None = None) -> FrameworkFile:
        """One framework. Without ``around`` it is read again only when its file has changed.

        Raises:
            NotFound: if there is none of that name.
        """
        if around is None:
            return self._once(name)
        return self._parsed(name, self._files.data(self._files.existing(name)), around)

    def _parsed(self, name: str, data: bytes, around: Surroundings | None = None) -> FrameworkFile:
        from kb.adapters import placed_yaml
        from kb.peers.flaws_between import Surroundings
        from kb.peers.transfer import framework_flaws

        path = self._files.path(name)
        shown = self._files.shown(path)
        text, undecoded = self._files.decoded(data, path)
        if undecoded:
            return FrameworkFile(name, shown, None, (undecoded,), "")
        limit = placed_yaml.Limit(MAX_BYTES, "a framework is what an assessor reads within an hour")
        found = placed_yaml.read(text, shown, limit, lambda raw: framework_flaws.read(raw, name, around or Surroundings()))
        lines = {str(place[0]): line for place, line in found.lines.items() if len(place) == 1}
        return FrameworkFile(name, shown, found.made, found.faults, found.made.sha256 if found.made else "", lines)


def _absent(name: str) -> NotFound:
    return NotFound(f"There is no framework called “{name[:100]}”. See the names: kb transfer framework")
