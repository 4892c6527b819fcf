"""Versions of frameworks that tests use, as the journal keeps them word by word."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kb.peers.transfer.framework import Framework
from kb.services.records import StoredEntry

STREAM, KEPT = "framework", "kept"


@dataclass(frozen=True)
class KeptFramework:
    """A version of a framework that is in use. Never changed, whatever becomes of its file.

    Attributes:
        sha256: of ``text``.
        text: the whole framework as canonical JSON.
        at_utc: ISO 8601, when it was first used.
        member: who opened the first test with it.
        is_demo: in use by the demonstration only, and removed with it.
    """

    name: str
    version: int
    sha256: str
    text: str
    at_utc: str
    member: str
    is_demo: bool = False


def body_of(version: int, sha256: str, text: str) -> str:
    """The body of the entry that keeps a version, as JSON."""
    return json.dumps({"version": version, "sha256": sha256, "text": text}, ensure_ascii=False, separators=(",", ":"))


def read_entry(entry: StoredEntry) -> KeptFramework:
    """What an entry keeps."""
    said = json.loads(entry.body)
    return KeptFramework(entry.subject, said["version"], said["sha256"], said["text"], entry.at_utc, entry.member, entry.is_demo)


def versions_of(entries: Iterable[StoredEntry]) -> list[KeptFramework]:
    """Each version once, lowest first; what a real test uses stands before what the demonstration does."""
    found: dict[int, KeptFramework] = {}
    for kept in map(read_entry, entries):
        if kept.version not in found or (found[kept.version].is_demo and not kept.is_demo):
            found[kept.version] = kept
    return [found[version] for version in sorted(found)]


@lru_cache(maxsize=64)  # a version in use never changes
def spelled(canonical: str) -> Framework:
    """The framework that a kept text spells."""
    return Framework.from_canonical(canonical)
