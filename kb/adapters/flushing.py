"""Files that are on the disk when we say so, and their hashes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path


def sha256_of(path: Path) -> str:
    """In hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def flush_and_hash(folder: Path, known: Mapping[str, str]) -> dict[str, str]:
    """Flush every file below ``folder``; name → SHA-256, which is not computed again where it is ``known``."""
    hashes = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            if name not in known or path.stat().st_nlink == 1:  # a file with a second name was flushed under the first
                with path.open("rb") as file:
                    os.fsync(file.fileno())
            if not path.name.endswith(".lock"):  # Tantivy's, empty, taken by whoever opens it
                hashes[name] = known.get(name) or sha256_of(path)
    for path in folder.rglob("*"):
        if path.is_dir():
            flush_folder(path)
    return hashes


def write_flushed(path: Path, text: str) -> None:
    """Write a text file that is on the disk when this returns."""
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(path: Path) -> None:
    """Make the names in a folder durable, as fsync of its files does not."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
