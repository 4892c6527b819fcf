"""What a published generation is, what it was made of, and how one is refused."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kb.errors import IndexMismatch
from kb.retrieval.index import LexicalIndex, VectorIndex
from kb.retrieval.rows import Rows

N_REFERENCE = 256  # corpus vectors kept for z-scores, a language; the size that fusion was measured with


@dataclass(frozen=True)
class Manifest:
    """What a generation was made of; written beside it and compared when it is opened.

    Attributes:
        generation: its number; grows.
        catalog_revision: of the catalog it was built from.
        model: name of the embedding model.
        revision: of the model's weights.
        dim: length of a vector.
        splitter: how documents were cut.
        n_passages: passages that can be found.
        n_documents: documents they belong to.
        built_at_utc: ISO 8601.
        libraries: name → version of what wrote the files.
        files: name → SHA-256 of every file of the generation.
        n_rows: rows in each index, dead ones included.
        layout: how the files are laid out; another one is built anew from the catalog.
        catalog: identity of the catalog it was built from.
    """

    generation: int
    catalog_revision: int
    model: str
    revision: str
    dim: int
    splitter: str
    n_passages: int
    n_documents: int
    built_at_utc: str
    libraries: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    n_rows: int = 0
    layout: int = 1
    catalog: str = ""


@dataclass(frozen=True)
class Generation:
    """One published, immutable state of the index.

    Attributes:
        sample: ``int32 (n,)``: rows of a fixed random sample, up to 256 of each language.
        reference: ``float32 (n, dim)``: their vectors, for z-scores.
    """

    manifest: Manifest
    rows: Rows
    vectors: VectorIndex
    lexical: LexicalIndex
    sample: NDArray[np.int32]
    reference: NDArray[np.float32]


def refuse_mismatch(built: dict[str, str], wanted: dict[str, str]) -> None:
    """Refuse an index whose vectors were made otherwise than the settings ask.

    Args:
        built: ``model``, ``revision``, ``dim`` and ``splitter`` of the stored vectors.
        wanted: the same, of the model in use.

    Raises:
        IndexMismatch: one sentence with both sides and the command that rebuilds.
    """
    differing = [key for key in ("model", "revision", "dim", "splitter") if built.get(key) != wanted.get(key)]
    if not differing:
        return

    def spell(side: dict[str, str]) -> str:
        more = "".join(f", {key} {side.get(key)}" for key in differing if key in ("revision", "splitter"))
        return f"{side.get('model')} ({side.get('dim')} dimensions{more})"

    raise IndexMismatch(
        f"The index was built with {spell(built)}, the settings ask for {spell(wanted)}. Rebuild it: kb ingest --rebuild"
    )
