"""Small stand-ins that keep the ports' promises; the contract tests run on them and on the real adapters alike."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
from fake_records import FakeRecords as FakeRecords
from numpy.typing import NDArray

from kb.adapters.near_words import nearest
from kb.errors import ModelError, ReadError
from kb.retrieval.embed import ModelCard
from kb.retrieval.index import Correction, Matches, Verbatim
from kb.retrieval.passage import Block, BlockKind, Document, DocumentId, Metadata, Passage, Reading, document_id, lay_out
from kb.retrieval.rows import Allowed, PassageIds, Rows
from kb.retrieval.spelling import folded_words, may_be_mistyped, words_of
from kb.retrieval.widening import NamedConcept

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

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode_passages(texts)

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


class FakeLexicalIndex:
    """Answers :class:`kb.retrieval.index.LexicalIndex` by looking at every passage: a score is the number of shared words."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages

    def search(
        self,
        question: str,
        k: int,
        *,
        language: str,
        allowed: Allowed | None = None,
        verbatim: Verbatim = Verbatim(),  # noqa: B008  # frozen
        corrections: Sequence[Correction] = (),
    ) -> Matches:
        asked = set(folded_words(question))
        wanted = asked | {correction.used for correction in corrections}
        found = [
            (row, float(len(wanted & set(folded_words(self._all(row))))))
            for row in range(len(self._passages))
            if (allowed is None or allowed.rows[row]) and self._keeps(row, verbatim)
        ]
        best = sorted(((row, score) for row, score in found if score), key=lambda pair: (-pair[1], pair[0]))
        return Matches(best[:k], max(len(asked), 1))

    def search_abroad(
        self,
        question: str,
        k: int,
        *,
        language: str,
        allowed: Allowed | None = None,
        verbatim: Verbatim = Verbatim(),  # noqa: B008  # frozen
        corrections: Sequence[Correction] = (),
    ) -> Matches:
        found = self.search(
            question, len(self._passages), language=language, allowed=allowed, verbatim=verbatim, corrections=corrections
        )
        abroad = [(row, score) for row, score in found.found if self._passages[row].language not in (language, "und")]
        return Matches(abroad[:k], found.full)

    def search_terms(
        self,
        question: str,
        named: Sequence[NamedConcept],
        k: int,
        *,
        language: str,
        allowed: Allowed | None = None,
        verbatim: Verbatim = Verbatim(),  # noqa: B008  # frozen
    ) -> list[tuple[int, float]]:
        n_asked = len(folded_words(question))
        found = {}
        for row, passage in enumerate(self._passages):
            words = set(folded_words(self._all(row)))
            score = sum(
                max(
                    (
                        term.worth * len(folded_words(concept.typed)) / n_asked
                        for term in concept.also_searched
                        if term.language == passage.language
                        and folded_words(term.text)
                        and words.issuperset(folded_words(term.text))
                        and not _roots(term.text) & _roots(concept.typed)
                    ),
                    default=0.0,
                )
                for concept in named
            )
            if score and (allowed is None or allowed.rows[row]) and self._keeps(row, verbatim):
                found[row] = score
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:k]

    def rows_holding(self, phrase: str, *, in_headings: bool) -> NDArray[np.int64]:
        rows = [row for row in range(len(self._passages)) if self._holds(row, phrase, in_headings=in_headings)]
        return np.asarray(rows, np.int64)

    def unknown_words(self, text: str, *, language: str, seen: NDArray[np.bool_] | None) -> list[str]:
        known = {word for row in self._seen(seen) for word in folded_words(self._all(row))}
        typed = {word: "".join(folded_words(word)) for word in words_of(text)}
        return [word for word, folded in typed.items() if may_be_mistyped(folded) and folded not in known]

    def nearest_word(self, word: str, *, languages: Collection[str] | None, seen: NDArray[np.bool_] | None) -> str:
        rows = [row for row in self._seen(seen) if languages is None or self._passages[row].language in languages]
        known = Counter(term for row in rows for term in set(folded_words(self._all(row))))
        folded = "".join(folded_words(word))
        return next(iter(nearest(folded, [pair for pair in known.items() if pair[0][0] == folded[:1]])), "")

    def _seen(self, seen: NDArray[np.bool_] | None) -> list[int]:
        return [row for row in range(len(self._passages)) if seen is None or seen[row]]

    def has_row(self, row: int, document: DocumentId) -> bool:
        return row < len(self._passages) and self._passages[row].document_id == document

    def _all(self, row: int) -> str:
        passage = self._passages[row]
        return "\n".join((passage.context, *passage.heading_path, passage.text))

    def _keeps(self, row: int, verbatim: Verbatim) -> bool:
        has_all = all(self._holds(row, phrase, in_headings=verbatim.in_headings) for phrase in verbatim.phrases)
        return has_all and not any(self._holds(row, phrase, in_headings=True) for phrase in verbatim.without)

    def _holds(self, row: int, phrase: str, *, in_headings: bool) -> bool:
        passage = self._passages[row]
        places = (passage.text, passage.context, *passage.heading_path) if in_headings else (passage.text,)
        wanted = folded_words(phrase)
        return any(
            wanted and words[at : at + len(wanted)] == wanted
            for words in map(folded_words, places)
            for at in range(len(words) - len(wanted) + 1)
        )


def _roots(text: str) -> set[str]:
    return {word[:5] for word in folded_words(text) if len(word) >= 5}


def allowed_among(
    columns: Sequence[tuple[str, str]], documents: Collection[str] | None, languages: Collection[str] | None
) -> Allowed:
    """Of rows given as document and language, those of these documents in these languages; ``None`` allows all."""
    names = sorted({document for document, _ in columns})
    spoken = tuple(sorted({language for _, language in columns}))
    rows = Rows(
        PassageIds(np.arange(len(columns), dtype=np.uint64)),
        tuple(map(DocumentId, names)),
        np.array([names.index(document) for document, _ in columns], np.int32),
        spoken,
        np.array([spoken.index(language) for _, language in columns], np.int32),
    )
    may = [
        (documents is None or document in documents) and (languages is None or language in languages)
        for document, language in columns
    ]
    return Allowed.of(rows, np.array(may, bool))
