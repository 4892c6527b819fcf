"""This project, asked as its app and command line ask: one service call, with marked sentences and counts beside filters."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb import __version__
from kb.bootstrap import open_temporary_kb
from kb.retrieval.answer import MAX_QUESTION_CHARS
from kb.retrieval.judged import Collection, JudgedSet
from kb.services import searching
from kb.services.collection import ingest_collection
from kb.services.permission import LOCAL_MEMBER
from kb.settings import Settings
from peers import Peer, versions


class System(Peer):
    """One, as :mod:`peer` starts it."""

    def __init__(self, model: Path) -> None:
        self._open = ExitStack()
        index = model.parents[1]
        self._kb = self._open.enter_context(open_temporary_kb(Settings(index, index, model=model.name)))
        self._kb.encoder()

    def index(self, documents: Mapping[str, tuple[str, str]], vectors: NDArray[np.float32] | None = None) -> float:
        assert vectors is None, "it makes its own"
        began = time.perf_counter()
        self._names = ingest_collection(self._kb, Collection(documents, JudgedSet("peers", ())), actor=LOCAL_MEMBER)
        return time.perf_counter() - began

    def rank(self, question: str, k: int) -> Sequence[str]:
        return self._asked(question, k, page=True)

    def rank_alone(self, question: str, k: int) -> Sequence[str]:
        """Without what a page shows beside the ranking: no other system here has it."""
        return self._asked(question, k, page=False)

    def about(self) -> dict[str, str]:
        return {"plp-knowledge-base": __version__, **versions("openvino", "faiss-cpu", "tantivy")}

    def close(self) -> None:
        self._open.close()

    def _asked(self, question: str, k: int, *, page: bool) -> Sequence[str]:
        found = searching.search(
            self._kb, question[:MAX_QUESTION_CHARS], actor=LOCAL_MEMBER, k=k, syntax=False, mark=page, facets=page
        )
        return list(dict.fromkeys(self._names[hit.path] for hit in found.hits))
