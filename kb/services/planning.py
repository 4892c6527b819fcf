"""What an ingest has to do, told from the files found and the ledger, before anything is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kb.retrieval.catalog import Catalog, DocumentSummary, FileState, LedgerEntry
from kb.services.files import FoundFile, is_below, path_of


@dataclass
class Plan:
    """What is to be done.

    Attributes:
        to_read: new, changed or retried files.
        settled: lines for files that need no reading.
        renamed: those of ``to_read`` that are known under a name that is gone → that name; they keep their id and vectors.
        removed: lines for files that were there before and are not now.
        echoes: copies of a file in ``to_read`` → that file; their line follows from what becomes of it.
    """

    to_read: list[FoundFile] = field(default_factory=list)
    settled: list[LedgerEntry] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    removed: list[LedgerEntry] = field(default_factory=list)
    echoes: dict[FoundFile, FoundFile] = field(default_factory=dict)


def plan_ingest(found: Sequence[FoundFile], roots: Iterable[str], catalog: Catalog, documents: Path, *, retry_failed: bool) -> Plan:
    """Compare files with the ledger.

    Args:
        found: every file at or below what was asked for.
        roots: ledger names of what was asked for; files known below them and not found are removed.
        documents: the documents folder.
        retry_failed: read again what failed last time, though the file is the same.
    """
    ledger = {entry.path: entry for entry in catalog.ledger()}
    by_content = {document.sha256: document for document in catalog.documents()}
    plan = Plan()
    claimed: dict[str, FoundFile] = {}
    moved: set[str] = set()
    for file in found:
        before = ledger.get(file.key)
        known = by_content.get(file.content_sha256)
        if file.fault:
            plan.settled.append(_faulty(file, before))
        elif before is not None and before.sha256 == file.sha256 and (same := _unchanged(before, known, documents, retry_failed)):
            plan.settled.append(same)
        elif known is not None and known.path != file.key:
            if known.path not in moved and not path_of(known.path, documents).is_file():
                moved.add(known.path)
                plan.renamed[file.key] = known.path
                plan.to_read.append(file)
            else:
                plan.settled.append(_duplicate(file, known.path))
        elif file.content_sha256 in claimed:
            plan.echoes[file] = claimed[file.content_sha256]
        else:
            claimed[file.content_sha256] = file
            plan.to_read.append(file)
    plan.removed = _removed(ledger, found, roots, moved)
    return plan


def _faulty(file: FoundFile, before: LedgerEntry | None) -> LedgerEntry:
    if file.fault == "no such file" and before is not None and before.state is not FileState.REMOVED:
        return replace(before, state=FileState.REMOVED, reason="")
    return LedgerEntry(file.key, FileState.UNSUPPORTED if file.is_no_document else FileState.FAILED, file.fault)


def _unchanged(before: LedgerEntry, known: DocumentSummary | None, documents: Path, retry_failed: bool) -> LedgerEntry | None:
    """The line to repeat, or ``None`` when the file must be looked at again."""
    if before.state is FileState.INDEXED:
        return replace(before, state=FileState.UNCHANGED, seconds=0.0) if known and known.path == before.path else None
    if before.state is FileState.DUPLICATE:
        return before if known and known.path != before.path and path_of(known.path, documents).is_file() else None
    if before.state is FileState.REMOVED or retry_failed:
        return None
    return before


def _duplicate(file: FoundFile, original: str) -> LedgerEntry:
    return LedgerEntry(file.key, FileState.DUPLICATE, f"same content as {original}", sha256=file.sha256)


def _removed(
    ledger: Mapping[str, LedgerEntry], found: Sequence[FoundFile], roots: Iterable[str], moved: set[str]
) -> list[LedgerEntry]:
    present = {file.key for file in found}
    places = tuple(roots)
    gone = [
        entry
        for path, entry in ledger.items()
        if path not in present
        and path not in moved
        and entry.state is not FileState.REMOVED
        and any(is_below(path, root) for root in places)
    ]
    return [replace(entry, state=FileState.REMOVED, reason="the file is no longer there", sha256="") for entry in gone]
