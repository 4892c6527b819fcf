"""Published generations on disk: ``index/generations/N/`` and the pointer ``index/CURRENT``.

A generation is written to a folder of another name, every file flushed, described by a manifest with each file's SHA-256,
renamed, and announced by replacing CURRENT in one step. A reader sees the old or the new one, whatever dies in between.
What did not change since the one before is one file under two names.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from kb.adapters.disk import told_when_full
from kb.adapters.faiss_lists import FaissLists, ListFiles
from kb.adapters.flushing import flush_and_hash, flush_folder, sha256_of, write_flushed
from kb.adapters.generation_files import LAYOUT, Tuning, Written, build, extend, read
from kb.adapters.verified_files import VerifiedFiles
from kb.errors import IndexDamaged, IndexMissing
from kb.retrieval.catalog import Catalog
from kb.retrieval.generation import Generation, Manifest

log = logging.getLogger(__name__)

CURRENT, MANIFEST = "CURRENT", "MANIFEST.json"
HASHED_AT_ONCE = 2  # files; hashing leaves the interpreter's lock alone
KEPT = 2  # generations: a reader that opened the one before goes on
LIBRARIES = ("faiss-cpu", "tantivy", "numpy")


class GenerationStore:
    """The folder of generations."""

    def __init__(self, index: Path, tuning: Tuning = Tuning()) -> None:  # noqa: B008  # frozen
        self._index = index
        self._folder = index / "generations"
        self._tuning = tuning
        self._verified = VerifiedFiles()
        self._lists: tuple[tuple[str, ...], FaissLists] | None = None  # hashes of their files, and the lists last opened

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
        if verified and (faults := self._faults(folder, manifest)):
            raise IndexDamaged(f"Generation {number} of the index is damaged: {'; '.join(faults)}.")
        try:
            return read(folder, manifest, lambda lists: self._open_lists(lists, manifest))
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise IndexDamaged(f"Generation {number} of the index cannot be opened: {error}.") from error

    def publish(self, catalog: Catalog, about: dict[str, str]) -> Manifest:
        """Build a generation from the catalog's live passages and make it current. Only one writer may do this at a time.

        Args:
            about: ``model``, ``revision``, ``dim`` and ``splitter`` of the stored vectors.

        Raises:
            NoSpace: if the disk is full; the generation before stays current.
        """
        with told_when_full(self._index):
            return self._publish(catalog, about)

    def _publish(self, catalog: Catalog, about: dict[str, str]) -> Manifest:
        number = max([self.number(), *self._numbers(), *self._quarantined()], default=0) + 1
        revision = catalog.revision()
        fresh = self._folder / f"{number}.tmp"
        self._sweep()
        fresh.mkdir(parents=True)
        written = self._write(fresh, catalog, about)
        rows = written.rows
        manifest = Manifest(
            generation=number,
            catalog_revision=revision,
            model=about["model"],
            revision=about["revision"],
            dim=int(about["dim"]),
            splitter=about["splitter"],
            n_passages=int(rows.live.sum()),
            n_documents=len(rows.documents),
            built_at_utc=datetime.now(UTC).isoformat(timespec="seconds"),
            libraries={name: metadata.version(name) for name in LIBRARIES},
            files=flush_and_hash(fresh, self._hashes_of(written.kept)),
            n_rows=len(rows),
            layout=LAYOUT,
            catalog=catalog.identity(),
        )
        write_flushed(fresh / MANIFEST, json.dumps(asdict(manifest), indent=1))
        self._announce(fresh, number)
        self._forget(before=number - KEPT + 1)
        return manifest

    def _write(self, fresh: Path, catalog: Catalog, about: dict[str, str]) -> Written:
        """Extend the current generation, or build anew where that cannot be or would not pay."""
        basis, dim = self._folder / str(self.number()), int(about["dim"])
        if self.number():
            try:
                manifest = self._manifest(basis)
                changed = catalog.changed_documents(manifest.catalog_revision) if _extends(manifest, catalog, about) else None
                if changed is not None:
                    check = self._check(basis, manifest)
                    if (written := extend(fresh, basis, catalog, changed, dim, self._tuning, check)) is not None:
                        return written
            except (IndexDamaged, OSError, ValueError, KeyError, RuntimeError) as error:
                log.warning("generation %s is not extended but built anew: %s", basis.name, error)
        shutil.rmtree(fresh)
        fresh.mkdir()
        return build(fresh, catalog, dim, self._tuning)

    def _hashes_of(self, kept: Collection[str]) -> dict[str, str]:
        """As the current manifest has them: a file that rotted is not declared sound because it was linked."""
        if not kept:
            return {}
        files = self.manifest().files
        return {name: files[name] for name in kept}

    def _check(self, folder: Path, manifest: Manifest) -> Callable[[str], None]:
        """For :func:`extend`: a name that ends with a slash means all files of that folder."""

        def check(wanted: str) -> None:
            names = [name for name in manifest.files if name == wanted or (wanted.endswith("/") and name.startswith(wanted))]
            if faults := self._faults(folder, manifest, names):
                raise IndexDamaged(f"Generation {folder.name} of the index is damaged: {'; '.join(faults)}.")

        return check

    def _open_lists(self, folder: Path, manifest: Manifest) -> FaissLists:
        """The lists of a generation; the same as before where their files are the same."""
        hashes = tuple(sha256 for name, sha256 in sorted(manifest.files.items()) if name.startswith(f"{folder.name}/"))
        if self._lists is None or self._lists[0] != hashes:
            self._lists = (hashes, FaissLists(ListFiles.load(folder), looked_through=self._tuning.looked_through))
        return self._lists[1]

    def faults(self) -> list[str]:
        """What differs between the current generation's files and its manifest, in plain words; reads every file."""
        folder = self._folder / str(self.number())
        return self._faults(folder, self._manifest(folder), afresh=True)

    def _faults(self, folder: Path, manifest: Manifest, names: Iterable[str] | None = None, *, afresh: bool = False) -> list[str]:
        looked = list(manifest.files if names is None else names)
        with ThreadPoolExecutor(max_workers=HASHED_AT_ONCE) as pool:
            found = pool.map(lambda name: self._verified.fault(folder, name, manifest.files[name], afresh=afresh), looked)
            return [fault for fault in found if fault]

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
            manifest = Manifest(**json.loads(body))
            if manifest.layout != LAYOUT:
                raise IndexDamaged(f"Generation {folder.name} of the index was written by another version.")
            return manifest
        except (OSError, ValueError, TypeError) as error:
            raise IndexDamaged(f"The manifest of generation {folder.name} cannot be read: {error}.") from error

    def _announce(self, fresh: Path, number: int) -> None:
        flush_folder(fresh)
        fresh.rename(self._folder / str(number))
        flush_folder(self._folder)
        pointer = self._index / f"{CURRENT}.tmp"
        write_flushed(pointer, f"{number} {sha256_of(self._folder / str(number) / MANIFEST)}")
        pointer.replace(self._index / CURRENT)
        flush_folder(self._index)

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


def _extends(manifest: Manifest, catalog: Catalog, about: dict[str, str]) -> bool:
    """Whether a generation was made from this catalog, as one would be made now."""
    made = {name: str(getattr(manifest, name)) for name in ("model", "revision", "dim", "splitter")}
    libraries = {name: metadata.version(name) for name in LIBRARIES}
    return (
        manifest.catalog == catalog.identity() != ""
        and manifest.libraries == libraries
        and made == {name: about[name] for name in made}
    )
