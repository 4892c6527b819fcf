"""Small stand-ins that keep the ports' promises; the contract tests run on them and on the real adapters alike."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.errors import ModelError, ReadError
from kb.retrieval.embed import ModelCard
from kb.retrieval.passage import Block, BlockKind, Document, Metadata, Reading, document_id, lay_out

DIM = 128
CHARS_A_TOKEN = 8  # a longer word counts as several tokens, so that text without spaces can be too long as well


class FakeEncoder:
    """Answers :class:`kb.retrieval.embed.Encoder`: a text is the sum of its words' fixed random directions."""

    def __init__(self, max_tokens: int = 512) -> None:
        self.card = ModelCard("fake", "0123456789ab", DIM, max_tokens, "hash")

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [sum(-(-len(word) // CHARS_A_TOKEN) for word in text.split()) for text in texts]

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self._encode(text) for text in texts]) if texts else np.zeros((0, DIM), np.float32)

    def encode_question(self, text: str) -> NDArray[np.float32]:
        return self._encode(text)

    def word_pieces(self, texts: Sequence[str]) -> list[list[int]]:
        return [[_number(piece) for piece in _pieces(text)] for text in texts]

    def piece_vectors(self, pieces: Sequence[int]) -> NDArray[np.float32]:
        return np.stack([_direction(piece) for piece in pieces]) if pieces else np.zeros((0, DIM), np.float32)

    def _encode(self, text: str) -> NDArray[np.float32]:
        numbers = [_number(piece) for piece in _pieces(text)][: self.card.max_tokens]
        total = self.piece_vectors([0, *numbers]).sum(axis=0)  # 0: so that an empty text has a direction too
        return np.asarray(total / np.linalg.norm(total), np.float32)


def _pieces(text: str) -> list[str]:
    words = text.lower().split()
    return [word[at : at + CHARS_A_TOKEN] for word in words for at in range(0, len(word), CHARS_A_TOKEN)]


def _number(piece: str) -> int:
    return int.from_bytes(hashlib.blake2b(piece.encode("utf-8", "replace"), digest_size=4).digest())


def _direction(number: int) -> NDArray[np.float32]:
    return np.random.default_rng(number).standard_normal(DIM).astype(np.float32)


class FakeModels:
    """Answers :class:`kb.services.knowledge_base.Models` with a :class:`FakeEncoder` whatever it is called."""

    def card(self, name: str) -> ModelCard:
        if name == "absent":
            raise ModelError("The model absent is not built yet. Build it: kb model build absent")
        return FakeEncoder().card

    def open(self, name: str) -> FakeEncoder:
        return FakeEncoder()


class FakeReader:
    """Answers :class:`kb.retrieval.read.Reader` for UTF-8 text: ``#`` lines are headings, blank lines part paragraphs."""

    def read(self, path: Path) -> Reading:
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            raise ReadError("not text", state="unsupported") from error
        blocks = tuple(_block(part.strip()) for part in re.split(r"\n\s*\n|(?m:^(?=#))", text) if part.strip())
        return Reading("text/plain", blocks)

    def close(self) -> None:
        pass


def _block(part: str) -> Block:
    hashes = len(part) - len(part.lstrip("#"))
    if hashes and "\n" not in part:
        return Block(BlockKind.HEADING, part.lstrip("# "), level=min(hashes, 6))
    return Block(BlockKind.PARAGRAPH, part)


class NoDetector:
    """Answers :class:`kb.retrieval.language.LanguageDetector`: English where the text says "the", else undetermined."""

    def detect(self, text: str) -> str:
        return "en" if "the" in text.lower().split() else "und"


def a_document(blocks: Sequence[Block], *, path: str = "a.txt", metadata: Metadata = Metadata()) -> Document:  # noqa: B008
    """A document of ``blocks``."""
    text, starts = lay_out(blocks)
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(document_id(path), path, sha256, "text/plain", metadata, 0, text, tuple(blocks), starts)
