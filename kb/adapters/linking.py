"""Files that two generations share: one copy on disk under two names."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def link_or_copy(source: Path, target: Path) -> None:
    """Give ``source`` a second name; copy it where the disk knows no second names (FAT, some network disks)."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def link_folder(source: Path, target: Path, *, but: tuple[str, ...] = (), copied: tuple[str, ...] = ()) -> None:
    """Link every file of ``source`` into the new folder ``target``.

    Args:
        but: names that are left out.
        copied: names of files that will be written to.
    """
    target.mkdir()
    for path in sorted(source.iterdir()):
        if path.name in copied:
            shutil.copyfile(path, target / path.name)
        elif path.is_file() and path.name not in but:
            link_or_copy(path, target / path.name)
