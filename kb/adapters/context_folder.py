"""The port ``ContextFiles`` on a folder of YAML files.

What checks a profile is imported when the first one is read: a search never waits for it.
"""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from kb.adapters.yaml_folder import ReadOnce, YamlFolder
from kb.errors import NotFound
from kb.services.context_files import INDICATORS, MAX_BYTES, ContextFile, IndicatorsFile
from kb.services.sheets import Fault

if TYPE_CHECKING:
    from kb.peers.flaws_between import Surroundings


class ContextFolder:
    """The profiles of a folder; one that is not there holds none. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._files = YamlFolder(folder, MAX_BYTES, _absent)
        self._asked = ReadOnce(self._files, self._parsed_indicators)
        self._lock = threading.Lock()
        self._once: tuple[IndicatorsFile, ReadOnce[ContextFile]] | None = None

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self._files.folder

    def places(self) -> list[str]:
        """Of every ``*.yaml`` of the folder but the indicators, in order; hidden files and links are not counted."""
        return [name for name in self._files.names() if name != INDICATORS]

    def indicators(self) -> IndicatorsFile:
        """What is asked; read again only when its file has changed."""
        try:
            return self._asked(INDICATORS)
        except NotFound:
            return self._no_indicators()

    def read(self, place: str, around: Surroundings | None = None) -> ContextFile:
        """One profile. Without ``around`` it is read again only when its file, or that of the indicators, has changed.

        Raises:
            NotFound: if there is none of that place.
        """
        if place == INDICATORS:
            raise _absent(place)
        asked = self.indicators()
        if around is not None:
            return self._parsed(place, self._files.data(self._files.existing(place)), asked, around)
        with self._lock:
            if self._once is None or self._once[0] != asked:
                self._once = (asked, ReadOnce(self._files, lambda name, data: self._parsed(name, data, asked)))
            once = self._once[1]
        return once(place)

    def _parsed_indicators(self, name: str, data: bytes) -> IndicatorsFile:
        from kb.adapters.context_text import read_indicators

        path = self._files.path(name)
        shown = self._files.shown(path)
        text, undecoded = self._files.decoded(data, path)
        if undecoded:
            return IndicatorsFile(shown, None, (undecoded,))
        found = read_indicators(text, shown)
        return IndicatorsFile(shown, found.made, found.faults)

    def _no_indicators(self) -> IndicatorsFile:
        shown = self._files.shown(self._files.path(INDICATORS))
        fault = Fault(shown, 1, "", "is not there; it says what is asked about every place, and no profile can be used without it")
        return IndicatorsFile(shown, None, (fault,), is_there=False)

    def _parsed(self, place: str, data: bytes, asked: IndicatorsFile, around: Surroundings | None = None) -> ContextFile:
        from kb.adapters.context_text import read_profile

        path = self._files.path(place)
        shown, sha256 = self._files.shown(path), hashlib.sha256(data).hexdigest()
        text, undecoded = self._files.decoded(data, path)
        if undecoded:
            return ContextFile(place, shown, None, (undecoded,), sha256)
        found = read_profile(text, place, shown, asked.indicators, around)
        return ContextFile(place, shown, found.made, found.faults, sha256)


def _absent(name: str) -> NotFound:
    return NotFound(f"There is no context profile of “{name[:100]}”. See the places: kb context list")
