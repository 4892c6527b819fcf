"""The ports to the two indexes, what a published generation is, and how one is refused."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, overload

import numpy as np
from numpy.typing import NDArray

from kb.errors import IndexMismatch
from kb.retrieval.passage import DocumentId, PassageId

Scored = list[tuple[int, float]]  # row of the generation and score; best first, ties by row

N_REFERENCE = 256  # corpus vectors kept for z-scores, a language; the size that fusion was measured with
DEAD = -1  # document of a row whose passage is gone; the row stays until the generation is built anew


@dataclass(frozen=True)
class Manifest:
    """What a generation was made of; written beside it and compared when it is opened.

    Attributes:
        generation: its number; grows.
        catalog_revision: of the catalog it was built from.
        model: name of the embedding model.
        revision: of the model's weights.
        dim: length of a vector.
        splitter: how documents were cut.
        n_passages: passages that can be found.
        n_documents: documents they belong to.
        built_at_utc: ISO 8601.
        libraries: name → version of what wrote the files.
        files: name → SHA-256 of every file of the generation.
        n_rows: rows in each index, dead ones included.
        layout: how the files are laid out; another one is built anew from the catalog.
        catalog: identity of the catalog it was built from.
    """

    generation: int
    catalog_revision: int
    model: str
    revision: str
    dim: int
    splitter: str
    n_passages: int
    n_documents: int
    built_at_utc: str
    libraries: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    n_rows: int = 0
    layout: int = 1
    catalog: str = ""


class PassageIds(Sequence[PassageId]):
    """Ids of passages, kept as numbers: a million of them are 8 MB, as text they were 65."""

    def __init__(self, numbers: NDArray[np.uint64]) -> None:
        self.numbers = numbers

    @classmethod
    def of(cls, ids: Sequence[PassageId]) -> PassageIds:
        """From their text."""
        return cls(np.fromiter((int(identity, 16) for identity in ids), np.uint64, len(ids)))

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> PassageId: ...
    @overload
    def __getitem__(self, at: slice) -> PassageIds: ...
    def __getitem__(self, at: int | slice) -> PassageId | PassageIds:
        return PassageIds(self.numbers[at]) if isinstance(at, slice) else PassageId(f"{int(self.numbers[at]):016x}")

    def __iter__(self) -> Iterator[PassageId]:
        return (PassageId(f"{number:016x}") for number in self.numbers.tolist())


@dataclass(frozen=True, eq=False)
class Rows:
    """Columns of a generation, aligned with the rows of both indexes.

    Rows are appended. A passage that is gone leaves a dead row behind, which no search may find.

    Attributes:
        passages: id of each row, of dead ones too.
        documents: distinct documents of the live rows.
        document_of: ``int32 (n_rows,)``, position in ``documents``; :data:`DEAD` for a dead row.
        languages: distinct languages.
        language_of: ``int32 (n_rows,)``, position in ``languages``.
    """

    passages: PassageIds
    documents: tuple[DocumentId, ...]
    document_of: NDArray[np.int32]
    languages: tuple[str, ...]
    language_of: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.passages)

    @cached_property
    def live(self) -> NDArray[np.bool_]:
        """``bool (n_rows,)``: rows whose passage is still there."""
        return np.asarray(self.document_of != DEAD, bool)

    @cached_property
    def live_per_language(self) -> NDArray[np.int64]:
        """``int64 (n_languages,)``: live rows in each."""
        return np.bincount(self.language_of[self.live], minlength=len(self.languages)).astype(np.int64)

    @cached_property
    def position_of(self) -> dict[DocumentId, int]:
        """Document → position in ``documents``."""
        return {document: position for position, document in enumerate(self.documents)}

    def row_of(self, passage: PassageId) -> int | None:
        """The live row of a passage."""
        found = np.flatnonzero((self.passages.numbers == np.uint64(int(passage, 16))) & self.live)
        return int(found[0]) if len(found) else None


@dataclass(frozen=True, eq=False)
class Allowed:
    """Rows that a question may find: a filter and a permission that both legs obey.

    Attributes:
        rows: ``bool (n_rows,)``; dead rows are not allowed.
        per_language: ``int64 (n_languages,)``: how many in each.
        n_documents: documents they belong to.
        is_all: whether every live row is allowed.
        languages: those of the allowed rows.
        n_among: how many live rows are in these languages.
    """

    rows: NDArray[np.bool_]
    per_language: NDArray[np.int64]
    n_documents: int
    is_all: bool
    languages: tuple[str, ...]
    n_among: int

    @classmethod
    def of(cls, columns: Rows, rows: NDArray[np.bool_]) -> Allowed:
        """Those of ``rows`` that live. Looks at every row once: keep what it gives."""
        rows = rows & columns.live
        per_language = np.bincount(columns.language_of[rows], minlength=len(columns.languages))
        n_documents = np.count_nonzero(np.bincount(columns.document_of[rows], minlength=1))
        spoken = np.flatnonzero(per_language)
        n_among = int(columns.live_per_language[spoken].sum())
        languages = tuple(columns.languages[position] for position in spoken.tolist())
        is_all = int(per_language.sum()) == int(columns.live_per_language.sum())
        return cls(rows, per_language.astype(np.int64), int(n_documents), is_all, languages, n_among)

    def __len__(self) -> int:
        return int(self.per_language.sum())

    @cached_property
    def numbers(self) -> NDArray[np.int64]:
        """The allowed rows themselves, ascending."""
        return np.flatnonzero(self.rows)


@dataclass(frozen=True)
class Matches:
    """What the lexical leg found.

    Attributes:
        found: rows with their BM25 scores.
        full: about what a passage of mean length would score that has every word of the question once; positive.
    """

    found: Scored
    full: float


@dataclass(frozen=True)
class Verbatim:
    """What the words of a passage must and must not be; both legs keep to it.

    Attributes:
        phrases: each stands in the passage's text, its words in this order; letters and accents folded, no word inflected.
        without: none of these stands in its text, its headings or its document's title.
        in_headings: a phrase may also stand in a heading or the title.
    """

    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    in_headings: bool = False

    def __bool__(self) -> bool:
        return bool(self.phrases or self.without)


@dataclass(frozen=True)
class Correction:
    """A word that no passage has, and the one that was looked for as well."""

    typed: str
    used: str


class VectorIndex(Protocol):
    """Nearest vectors by cosine."""

    def search(self, question: NDArray[np.float32], k: int, allowed: Allowed) -> Scored:
        """In each language the ``k`` allowed rows most similar to ``question``, with their exact cosines.

        Which rows these are is exact in a small index; in a large one at least 98 of 100 are the right ones.

        Args:
            question: ``float32 (dim,)``, unit length.
            k: how many of each language.
        """
        ...

    def vectors(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """The stored vectors of ``rows``, in that order: ``float32 (len(rows), dim)``."""
        ...

    def similarities(self, question: NDArray[np.float32], rows: Sequence[int]) -> NDArray[np.float32]:
        """Cosine of ``question`` to each of ``rows``: ``float32 (len(rows),)``."""
        ...


class LexicalIndex(Protocol):
    """Passages by the words they share with a question (BM25)."""

    def search(
        self,
        question: str,
        k: int,
        *,
        language: str,
        allowed: Allowed | None = None,
        verbatim: Verbatim = Verbatim(),  # frozen
        corrections: Sequence[Correction] = (),
    ) -> Matches:
        """The ``k`` best rows by words as the question's language inflects them. Any string is a legal question.

        Args:
            language: of the question, or ``"und"``.
            allowed: only these rows; ``None`` allows all.
            verbatim: only rows that keep to it.
            corrections: their used words are looked for too; a full match still counts the typed ones, which are the rarest, so
                that a common word taken for a rare one weighs little.
        """
        ...

    def search_abroad(
        self,
        question: str,
        k: int,
        *,
        language: str,
        allowed: Allowed | None = None,
        verbatim: Verbatim = Verbatim(),  # frozen
        corrections: Sequence[Correction] = (),
    ) -> Matches:
        """The ``k`` best rows in other languages than the question's, by the roots that words have in common.

        Cognates and names have their first letters in common ("cooperativa", "cooperative"; "Warschau", "Warsaw").
        Arguments as for :meth:`search`.
        """
        ...

    def rows_holding(self, phrase: str, *, in_headings: bool) -> NDArray[np.int64]:
        """Rows whose text has the words of ``phrase`` one after the other, ascending; none where it has no word.

        Letters and accents are folded, words are not inflected.

        Args:
            in_headings: or whose headings or title have them.
        """
        ...

    def unknown_words(self, text: str, *, language: str, seen: NDArray[np.bool_] | None) -> list[str]:
        """The words of ``text`` that may be mistyped: of four letters or more, and in no seen row in any form. As typed, in order.

        Args:
            language: of the text, or ``"und"``; its function words are known.
            seen: ``bool (n_rows,)``; ``None`` for all.
        """
        ...

    def nearest_word(self, word: str, *, languages: Collection[str] | None, seen: NDArray[np.bool_] | None) -> str:
        """The word of seen rows that ``word`` was most likely meant to be (:func:`kb.retrieval.spelling.nearest`), or empty.

        It begins with the same letter; letters and accents are folded.

        Args:
            languages: only of rows in these; ``None`` allows all.
            seen: ``bool (n_rows,)``; ``None`` for all.
        """
        ...

    def has_row(self, row: int, document: DocumentId) -> bool:
        """Whether ``row`` is there and belongs to ``document``."""
        ...


@dataclass(frozen=True)
class Generation:
    """One published, immutable state of the index.

    Attributes:
        sample: ``int32 (n,)``: rows of a fixed random sample, up to 256 of each language.
        reference: ``float32 (n, dim)``: their vectors, for z-scores.
    """

    manifest: Manifest
    rows: Rows
    vectors: VectorIndex
    lexical: LexicalIndex
    sample: NDArray[np.int32]
    reference: NDArray[np.float32]


def refuse_mismatch(built: dict[str, str], wanted: dict[str, str]) -> None:
    """Refuse an index whose vectors were made otherwise than the settings ask.

    Args:
        built: ``model``, ``revision``, ``dim`` and ``splitter`` of the stored vectors.
        wanted: the same, of the model in use.

    Raises:
        IndexMismatch: one sentence with both sides and the command that rebuilds.
    """
    differing = [key for key in ("model", "revision", "dim", "splitter") if built.get(key) != wanted.get(key)]
    if not differing:
        return

    def spell(side: dict[str, str]) -> str:
        more = "".join(f", {key} {side.get(key)}" for key in differing if key in ("revision", "splitter"))
        return f"{side.get('model')} ({side.get('dim')} dimensions{more})"

    raise IndexMismatch(
        f"The index was built with {spell(built)}, the settings ask for {spell(wanted)}. Rebuild it: kb ingest --rebuild"
    )
