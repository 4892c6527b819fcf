"""Published generations on disk: ``index/generations/N/`` and the pointer ``index/CURRENT``.

A generation is written to a folder of another name, every file flushed, described by a manifest with each file's SHA-256,
renamed, and announced by replacing CURRENT in one step. A reader sees the old or the new one, whatever dies in between.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.adapters.faiss_index import FaissIndex
from kb.adapters.tantivy_index import TantivyIndex
from kb.errors import IndexDamaged, IndexMissing
from kb.retrieval.catalog import Catalog
from kb.retrieval.index import N_REFERENCE, Generation, Manifest, Rows
from kb.retrieval.passage import DocumentId, Passage, PassageId

log = logging.getLogger(__name__)

CURRENT, MANIFEST, ROWS, SAMPLE, REFERENCE = "CURRENT", "MANIFEST.json", "rows.json", "sample.npy", "reference.npy"
KEPT = 2  # generations: a reader that opened the one before goes on
LIBRARIES = ("faiss-cpu", "tantivy", "numpy")


class GenerationStore:
    """The folder of generations."""

    def __init__(self, index: Path) -> None:
        self._index = index
        self._folder = index / "generations"

    def number(self) -> int:
        """Of the current generation; 0 when none is published."""
        return self._pointer()[0]

    def _pointer(self) -> tuple[int, str]:
        """What CURRENT says: number and SHA-256 of its manifest, which answers for all other files."""
        try:
            number, _, sha256 = (self._index / CURRENT).read_text(encoding="ascii").partition(" ")
            return int(number), sha256
        except (FileNotFoundError, ValueError):
            return 0, ""

    def manifest(self) -> Manifest:
        """Of the current generation.

        Raises:
            IndexDamaged: if it cannot be read.
        """
        return self._manifest(self._folder / str(self.number()))

    def open(self, *, verified: bool = True) -> Generation:
        """Open the current generation.

        Raises:
            IndexMissing: if none was published.
            IndexDamaged: if a file is absent or not what the manifest says; names it.
        """
        number = self.number()
        if number == 0:
            raise IndexMissing("Nothing has been ingested yet. Ingest the corpus: kb ingest corpus/documents")
        folder = self._folder / str(number)
        manifest = self._manifest(folder)
        if verified and (faults := self.faults(folder, manifest)):
            raise IndexDamaged(f"Generation {number} of the index is damaged: {'; '.join(faults)}.")
        try:
            columns = json.loads((folder / ROWS).read_text(encoding="utf-8"))
            rows = Rows(
                tuple(map(PassageId, columns["passages"])),
                tuple(map(DocumentId, columns["documents"])),
                np.asarray(columns["document_of"], np.int32),
                tuple(columns["languages"]),
                np.asarray(columns["language_of"], np.int32),
            )
            sample = np.load(folder / SAMPLE, allow_pickle=False)
            reference = np.load(folder / REFERENCE, allow_pickle=False)
            return Generation(manifest, rows, FaissIndex.load(folder), TantivyIndex.load(folder), sample, reference)
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise IndexDamaged(f"Generation {number} of the index cannot be opened: {error}.") from error

    def publish(self, catalog: Catalog, about: dict[str, str]) -> Manifest:
        """Build a generation from the catalog's live passages and make it current. Only one writer may do this at a time.

        Args:
            about: ``model``, ``revision``, ``dim`` and ``splitter`` of the stored vectors.
        """
        number = max([self.number(), *self._numbers(), *self._quarantined()], default=0) + 1
        revision = catalog.revision()
        fresh = self._folder / f"{number}.tmp"
        self._sweep()
        fresh.mkdir(parents=True)
        passages, vectors = _collect(catalog, int(about["dim"]))
        _write_rows(fresh, passages)
        sample = _sample([passage.language for passage in passages])
        np.save(fresh / SAMPLE, sample, allow_pickle=False)
        np.save(fresh / REFERENCE, vectors[sample], allow_pickle=False)
        FaissIndex.build(vectors).save(fresh)
        TantivyIndex.build(fresh, passages)
        manifest = Manifest(
            generation=number,
            catalog_revision=revision,
            model=about["model"],
            revision=about["revision"],
            dim=int(about["dim"]),
            splitter=about["splitter"],
            n_passages=len(passages),
            n_documents=len({passage.document_id for passage in passages}),
            built_at_utc=datetime.now(UTC).isoformat(timespec="seconds"),
            libraries={name: metadata.version(name) for name in LIBRARIES},
            files=_flush_and_hash(fresh),
        )
        _write_flushed(fresh / MANIFEST, json.dumps(asdict(manifest), indent=1))
        self._announce(fresh, number)
        self._forget(before=number - KEPT + 1)
        return manifest

    def faults(self, folder: Path | None = None, manifest: Manifest | None = None) -> list[str]:
        """What differs between the current generation's files and its manifest, in plain words."""
        folder = folder or self._folder / str(self.number())
        manifest = manifest or self._manifest(folder)
        faults = []
        for name, wanted in manifest.files.items():
            path = folder / name
            if not path.is_file():
                faults.append(f"{name} is absent")
            elif _sha256(path) != wanted:
                faults.append(f"{name} has changed ({path.stat().st_size} bytes)")
        return faults

    def withdraw(self) -> None:
        """See the port."""
        (self._index / CURRENT).unlink(missing_ok=True)

    def quarantine(self) -> Path | None:
        """Move the current generation aside and withdraw it; returns where it went."""
        number = self.number()
        self.withdraw()
        folder = self._folder / str(number)
        if not folder.is_dir():
            return None
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        target = self._index / "quarantine" / f"generation-{number}-{stamp}"
        target.parent.mkdir(exist_ok=True)
        folder.rename(target)
        log.warning("generation %s moved to %s", number, target)
        return target

    def _manifest(self, folder: Path) -> Manifest:
        try:
            body = (folder / MANIFEST).read_bytes()
            number, wanted = self._pointer()
            if wanted and folder.name == str(number) and hashlib.sha256(body).hexdigest() != wanted:
                raise IndexDamaged(f"The manifest of generation {number} has changed.")
            return Manifest(**json.loads(body))
        except (OSError, ValueError, TypeError) as error:
            raise IndexDamaged(f"The manifest of generation {folder.name} cannot be read: {error}.") from error

    def _announce(self, fresh: Path, number: int) -> None:
        _flush_folder(fresh)
        fresh.rename(self._folder / str(number))
        _flush_folder(self._folder)
        pointer = self._index / f"{CURRENT}.tmp"
        _write_flushed(pointer, f"{number} {_sha256(self._folder / str(number) / MANIFEST)}")
        pointer.replace(self._index / CURRENT)
        _flush_folder(self._index)

    def _numbers(self) -> list[int]:
        return [int(path.name) for path in self._folder.glob("*") if path.name.isdigit()]

    def _quarantined(self) -> list[int]:
        """A number is never given twice: whoever holds the damaged one must see that there is another."""
        return [int(path.name.split("-")[1]) for path in (self._index / "quarantine").glob("generation-*-*")]

    def _sweep(self) -> None:
        for leftover in self._folder.glob("*.tmp"):
            shutil.rmtree(leftover)

    def _forget(self, *, before: int) -> None:
        for number in self._numbers():
            if number < before:
                shutil.rmtree(self._folder / str(number), ignore_errors=True)


def _collect(catalog: Catalog, dim: int) -> tuple[list[Passage], NDArray[np.float32]]:
    passages, vectors = [], []
    for passage, vector in catalog.live_rows():
        passages.append(passage)
        vectors.append(vector)
    return passages, np.stack(vectors).astype(np.float32) if vectors else np.zeros((0, dim), np.float32)


def _write_rows(folder: Path, passages: Iterable[Passage]) -> None:
    documents: dict[str, int] = {}
    languages: dict[str, int] = {}
    columns: dict[str, list[object]] = {"passages": [], "document_of": [], "language_of": []}
    for passage in passages:
        columns["passages"].append(passage.id)
        columns["document_of"].append(documents.setdefault(passage.document_id, len(documents)))
        columns["language_of"].append(languages.setdefault(passage.language, len(languages)))
    everything = {**columns, "documents": list(documents), "languages": list(languages)}
    (folder / ROWS).write_text(json.dumps(everything, separators=(",", ":")), encoding="utf-8")


def _sample(languages: Sequence[str]) -> NDArray[np.int32]:
    """Rows of a fixed random sample of each language: the same rows give the same sample."""
    chance = np.random.default_rng(seed=0)
    spoken = np.asarray(languages, dtype=np.str_)
    chosen: list[NDArray[np.int64]] = []
    for language in sorted(set(languages)):
        rows = np.flatnonzero(spoken == language)
        chosen.append(rows if len(rows) <= N_REFERENCE else np.sort(chance.choice(rows, N_REFERENCE, replace=False)))
    return np.concatenate(chosen).astype(np.int32) if chosen else np.zeros(0, np.int32)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush_and_hash(folder: Path) -> dict[str, str]:
    hashes = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
            if not path.name.endswith(".lock"):  # Tantivy's, empty, taken by whoever opens it
                hashes[path.relative_to(folder).as_posix()] = _sha256(path)
    return hashes


def _write_flushed(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
