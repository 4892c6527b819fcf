"""A whole knowledge base on disk whose model and reader are the fakes: quick enough to die forty times."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fakes import FakeEncoder, FakeModels, FakeReader

from kb import open_kb
from kb.services.knowledge_base import KnowledgeBase
from kb.settings import Settings


def a_quick_kb(corpus: Path, index: Path) -> KnowledgeBase:
    """Real catalog, generations, indexes, locks and services; fake words to vectors and files to blocks."""
    index.mkdir(parents=True, exist_ok=True)
    encoder = FakeEncoder()
    return replace(
        open_kb(Settings(corpus, index, model="fake")), models=FakeModels(), encoder=lambda: encoder, new_reader=FakeReader
    )
