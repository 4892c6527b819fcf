"""A made-up collection is stored and published, and then ten documents more: seconds, and bytes on disk."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from folders import settings_in

from growth.collection import PER_DOCUMENT, Pool, documents, pool
from kb.bootstrap import open_kb
from kb.services.knowledge_base import KnowledgeBase

MORE = 10  # documents that are added and published


def build(folder: Path, n_passages: int) -> dict[str, Any]:
    """Make and publish a collection; then publish ten documents more."""
    base = open_kb(settings_in(folder))
    base.catalog.put_settings(base.about_vectors())
    made = pool(base, folder.parent / "pool.npy")
    stored_s = fill(base, made, n_passages, seed=1)
    full_s = publish(base)
    added = []
    for seed in (2, 3, 4):
        fill(base, made, MORE * PER_DOCUMENT, seed)
        added.append(publish(base))
    return {
        "passages": n_passages,
        "pool_sentences": len(made.texts),
        "languages": len(set(made.languages)),
        "store_s": round(stored_s, 1),
        "publish_all_s": round(full_s, 1),
        "publish_10_documents_s": [round(each, 2) for each in added],
        "publish_10_documents_written_mb": round(written_by(base) / 1e6, 1),
        "index_mb": round(size_of(base.index / "generations" / str(base.generations.number())) / 1e6),
        "catalog_mb": round((base.index / "catalog.sqlite").stat().st_size / 1e6),
    }


def fill(base: KnowledgeBase, pool: Pool, n_passages: int, seed: int) -> float:
    """Store documents in the catalog. Returns seconds."""
    began = time.perf_counter()
    for document, passages, entry in documents(pool, n_passages, seed):
        base.catalog.put_document(document, passages, entry, b"")
    return time.perf_counter() - began


def publish(base: KnowledgeBase) -> float:
    """Publish what the catalog holds. Returns seconds."""
    began = time.perf_counter()
    base.generations.publish(base.catalog, base.about_vectors())
    base.catalog.purge()
    return time.perf_counter() - began


def size_of(folder: Path) -> int:
    """Bytes of all files below."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def written_by(base: KnowledgeBase) -> int:
    """Bytes of files in the current generation that no other generation has."""
    folder = base.index / "generations" / str(base.generations.number())
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and path.stat().st_nlink == 1)
