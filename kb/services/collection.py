"""A judged collection of others, ingested by the product's own path into a knowledge base made for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from kb.errors import ReadError
from kb.retrieval.judged import Collection
from kb.retrieval.passage import Block, BlockKind, Reading
from kb.services import ingesting
from kb.services.ingest_run import Progress
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, require_real


def ingest_collection(
    kb: KnowledgeBase, collection: Collection, *, actor: Member, on_progress: Callable[[Progress], None] = lambda _: None
) -> dict[str, str]:
    """Fill ``kb``, which is empty and temporary, with the documents of ``collection``: one file each.

    Returns:
        Path in ``kb`` → id in the collection. Ids are somebody else's and become no file names.
    """
    require(actor, Role.CONTRIBUTOR, "add documents")
    require_real(actor)
    names = {file_name(number): identity for number, identity in enumerate(collection.documents, start=1)}
    for name, identity in names.items():
        # With the id: a text that occurs twice is two documents here, and no copy.
        content = "\n".join((identity, *collection.documents[identity]))
        (kb.documents / name).write_bytes(content.encode("utf-8", "surrogatepass"))
    reading = replace(kb, new_reader=lambda: CollectionReader(collection, names))
    # Nobody asks before all is in, so nothing is published before: that is what a rebuild does.
    ingesting.ingest(reading, [kb.documents], actor=actor, rebuild=True, on_progress=on_progress)
    return names


def file_name(number: int) -> str:
    """Under which the document of that number in the collection, from 1, lies in the knowledge base."""
    return f"{number:08d}.txt"


class CollectionReader:
    """The port ``Reader`` for documents that are known already: their words as they are, whatever markup they look like."""

    def __init__(self, collection: Collection, names: dict[str, str]) -> None:
        """``names``: file name → id."""
        self._collection, self._names = collection, names

    def read(self, path: Path) -> Reading:
        """The title as a heading, the text as its paragraphs.

        Raises:
            ReadError: ``no_text`` for a document without words.
        """
        title, text = self._collection.documents[self._names[path.name]]
        blocks: Sequence[Block] = [Block(BlockKind.PARAGRAPH, part) for part in text.split("\n\n") if part.strip()]
        if title.strip():
            blocks = [Block(BlockKind.HEADING, title, level=1), *blocks]
        if not blocks:
            raise ReadError("no text in it", state="no_text")
        return Reading("text/plain", tuple(blocks))

    def close(self) -> None:
        """Nothing is held."""
