"""Metadata beside a document: ``sewa.yaml`` or ``sewa.pdf.yaml`` beside ``sewa.pdf``."""

from __future__ import annotations

import os
from pathlib import Path

from kb.adapters.readers import front_matter
from kb.adapters.readers.regular_file import read_bytes
from kb.errors import ReadError
from kb.retrieval.passage import Metadata, Visibility


def sidecar_of(path: Path) -> Path | None:
    """The sidecar of a document, or ``None``; the longer name wins where both exist."""
    for name in (f"{path.name}.yaml", f"{path.name}.yml", f"{path.stem}.yaml", f"{path.stem}.yml"):
        candidate = path.with_name(name)
        if candidate != path and os.path.lexists(candidate):
            return candidate
    return None


def read_sidecar(path: Path) -> tuple[Metadata, tuple[str, ...]]:
    """Metadata of the document at ``path`` from its sidecar.

    Returns:
        Metadata and remarks; both empty where there is no sidecar. A sidecar that cannot be opened restricts the document, since
        nobody can know what it says; one that cannot be understood does so if it speaks of access (:func:`front_matter.read`).
    """
    sidecar = sidecar_of(path)
    if sidecar is None:
        return Metadata(), ()
    what = f"Sidecar {sidecar.name}"
    try:
        text = read_bytes(sidecar, front_matter.MAX_BYTES + 1).decode("utf-8-sig", "strict")
    except (ReadError, UnicodeError) as error:
        return Metadata(visibility=Visibility.RESTRICTED), (f"{what}: {error}. The document is restricted until it is repaired.",)
    return front_matter.read(text, what=what)
