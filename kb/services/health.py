"""Is everything where it should be? File → passage → vector row → lexical row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.errors import UnusableIndex
from kb.retrieval.catalog import FileState
from kb.retrieval.generation import Generation
from kb.services.files import find_files, path_of
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require

SELF_SIMILARITY = 0.999  # cosine of a stored vector to its row in the index: 1 but for rounding


@dataclass(frozen=True)
class Verification:
    """What ``kb verify`` found.

    Attributes:
        faults: in plain words; empty when all is sound.
        mended: what was rebuilt.
    """

    n_documents: int
    n_passages: int
    faults: tuple[str, ...]
    mended: tuple[str, ...] = ()


def verify(kb: KnowledgeBase, *, actor: Member, mend: bool = True) -> Verification:
    """Walk from every file to its rows in both indexes; rebuild what can be rebuilt from stored vectors.

    Args:
        mend: quarantine a damaged generation and publish a new one.

    Waits for an ingest that is running.
    """
    require(actor, Role.ADMINISTRATOR, "verify the index")
    with kb.writing():  # an ingest under way would look like damage: rows come and go until it publishes
        return _verify(kb, mend=mend)


def _verify(kb: KnowledgeBase, *, mend: bool) -> Verification:
    faults = [*kb.catalog.check(), *_file_faults(kb)]
    mended: list[str] = []
    damage = list(_index_faults(kb))
    if damage and mend and not list(kb.catalog.check()):
        about = dict(kb.catalog.settings())
        moved = kb.generations.quarantine()
        manifest = kb.generations.publish(kb.catalog, about)
        mended = [
            f"generation {manifest.generation} was built from {manifest.n_passages} stored vectors; the damaged one lies in {moved}"
        ]
        faults += [f"mended: {fault}" for fault in damage]
        damage = list(_index_faults(kb))
    documents = kb.catalog.documents()
    n_passages = sum(document.n_passages for document in documents)
    return Verification(len(documents), n_passages, (*faults, *damage), tuple(mended))


def _file_faults(kb: KnowledgeBase) -> Iterator[str]:
    hashes = {entry.path: entry.sha256 for entry in kb.catalog.ledger() if entry.state is FileState.INDEXED}
    for document in kb.catalog.documents():
        path = path_of(document.path, kb.documents)
        file = next(find_files([path], kb.documents))
        if file.fault:
            yield f"{document.path}: {file.fault}; ingest its folder to take it out of the index"
        elif document.path not in hashes:
            yield f"{document.path} has no line in the ledger"
        elif file.sha256 != hashes[document.path]:
            yield f"{document.path} has changed since it was read; ingest it again"


def _index_faults(kb: KnowledgeBase) -> Iterator[str]:
    if kb.generations.number() == 0:
        if kb.catalog.documents():
            yield "no generation is published"
        return
    try:
        faults = kb.generations.faults()
        yield from faults
        if faults:
            return
        generation = kb.generations.open()
    except UnusableIndex as error:
        yield str(error)
        return
    yield from _row_faults(kb, generation)


def _row_faults(kb: KnowledgeBase, generation: Generation) -> Iterator[str]:
    """Walk the catalog once, a passage at a time: a million vectors do not fit into memory twice."""
    rows = generation.rows
    row_of = {identity: row for row, identity in enumerate(rows.passages.numbers.tolist()) if rows.live[row]}
    lacking, n_rows = 0, len(row_of)
    for passage, vector in kb.catalog.live_rows():
        row = row_of.pop(int(passage.id, 16), None)
        if row is None:
            lacking += 1
            continue
        if generation.vectors.similarities(vector, [row])[0] < SELF_SIMILARITY:
            yield f"passage {passage.id}: its vector row {row} is not the stored vector"
        if not generation.lexical.has_row(row, passage.document_id):
            yield f"passage {passage.id}: no lexical row {row}"
    extra = int(rows.live.sum()) - n_rows + len(row_of)
    if lacking or extra:
        number = generation.manifest.generation
        yield f"generation {number} lacks {lacking} passages of the catalog and has {extra} it should not have"
