"""Other ways to search the same documents with the same weights, each behind one interface.

Every system is set up as its own documentation does, with its own defaults, and told the model's two prompts.
Each is measured in a process of its own (:mod:`peer`).
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

NAMES = ("ours", "plain", "txtai_hybrid", "haystack_hybrid")
PASSAGE, QUERY = "passage: ", "query: "  # what multilingual-e5 was trained with, see its model card


class Peer(Protocol):
    """A search system. It is built with the model's folder, and loads the model then."""

    def index(self, documents: Mapping[str, tuple[str, str]], vectors: NDArray[np.float32] | None = None) -> float:
        """Take in documents, once. Returns seconds.

        Args:
            documents: id → title (may be empty) and text.
            vectors: of the documents in that order, where they are known already; else the system makes them.
        """
        ...

    def rank(self, question: str, k: int) -> Sequence[str]:
        """Ids of the ``k`` best documents, best first."""
        ...

    def about(self) -> dict[str, str]:
        """Library → version, of what it is made of."""
        ...


def start(name: str, model: Path) -> Any:
    """The system of that name."""
    return importlib.import_module(f"peers.{name}").System(model)


def whole(title: str, text: str) -> str:
    """A document as one text, as BEIR has it."""
    return f"{title} {text}".strip()


def versions(*packages: str) -> dict[str, str]:
    from importlib.metadata import version

    return {package: version(package) for package in packages}
