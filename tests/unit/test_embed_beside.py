"""Embedding beside reading: whatever is handed over comes back with its own vectors, and the next lot need not wait."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
from fakes import FakeEncoder
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from kb.retrieval.catalog import FileState, LedgerEntry
from kb.retrieval.passage import Block, BlockKind, Document, DocumentId, Metadata, Passage, passage_id
from kb.services.embed_beside import AT_ONCE, EmbedBeside, Ready

WAIT_S = 20.0  # for what happens at once; ends a test that hangs


def _ready(name: str, n_missing: int, *, spent_s: float = 0.0) -> Ready:
    text = f"words of {name}"
    document = Document(DocumentId(name), name, "00", "text/plain", Metadata(), 1, text, (Block(BlockKind.PARAGRAPH, text),), (0,))
    passages = [
        Passage(passage_id(document.id, "", said, 0), document.id, i, i, i + 1, said, None, None, (), "en", "", ())
        for i in range(n_missing)
        for said in [f"{name} says {i}"]
    ]
    return Ready(document, passages, LedgerEntry(name, FileState.INDEXED), b"", spent_s, list(passages))


class Counting(FakeEncoder):
    """Notes how many texts came together."""

    def __init__(self) -> None:
        super().__init__()
        self.sizes: list[int] = []

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.sizes.append(len(texts))
        return super().encode_passages(texts)


@settings(max_examples=20)  # thousands of passages each
@given(st.lists(st.integers(0, 2 * AT_ONCE), min_size=1, max_size=4))
def test_every_passage_gets_its_own_vector_in_groups_of_like_size(missing: list[int]) -> None:
    encoder = Counting()
    documents = [_ready(f"d{number}", n) for number, n in enumerate(missing)]

    with EmbedBeside(lambda: encoder) as beside:
        lot = beside.begin(documents, embeds=True)
        told = list(lot.wait())

    passages = [passage for ready in documents for passage in ready.missing]
    expected = FakeEncoder().encode_passages([passage.embedded_text for passage in passages])
    assert list(lot.vectors) == [passage.id for passage in passages]
    assert np.array_equal(np.array([lot.vectors[passage.id] for passage in passages]).reshape(expected.shape), expected)
    assert told == encoder.sizes
    assert sum(told) == sum(missing)
    assert all(size <= 1.5 * AT_ONCE for size in told)
    assert max(told, default=0) - min(told, default=0) <= len(told)


def test_a_lot_of_one_more_than_is_embedded_at_once_is_one_group() -> None:
    """Not one of 256 and one of a single passage, for which one core would wait."""
    with EmbedBeside(FakeEncoder) as beside:
        assert list(beside.begin([_ready("d", AT_ONCE + 1)], embeds=True).wait()) == [AT_ONCE + 1]


def test_a_dry_run_embeds_nothing_and_gives_the_documents_back() -> None:
    documents = [_ready("d", 3, spent_s=0.25)]
    with EmbedBeside(lambda: _must_not_be_opened()) as beside:
        lot = beside.begin(documents, embeds=False)
        told = list(lot.wait())

    assert (told, lot.vectors, lot.documents) == ([], {}, documents)
    assert lot.seconds(documents[0]) == 0.25


def test_the_seconds_of_the_model_are_shared_out_by_passages() -> None:
    """0.5 s of reading; 4 s of embedding for 8 passages, of which 2 are this one's: 0.5 + 4 · 2/8 = 1.5."""
    mine, other = _ready("mine", 2, spent_s=0.5), _ready("other", 6)
    with EmbedBeside(FakeEncoder) as beside:
        lot = beside.begin([mine, other], embeds=True)
        list(lot.wait())
    lot.spent_s = 4.0

    assert lot.seconds(mine) == 1.5
    assert lot.seconds(other) == 3.0


def test_the_model_has_the_next_lot_before_the_first_one_is_taken_back() -> None:
    """Nobody waits for the first lot, and the second is embedded all the same."""
    second_done = threading.Event()

    class Telling(FakeEncoder):
        def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
            vectors = super().encode_passages(texts)
            if any("second" in text for text in texts):
                second_done.set()
            return vectors

    with EmbedBeside(Telling) as beside:
        first = beside.begin([_ready("first", 2)], embeds=True)
        beside.begin([_ready("second", 2)], embeds=True)

        assert second_done.wait(WAIT_S)
        assert first.vectors == {}
        assert list(first.wait()) == [2]


def _must_not_be_opened() -> FakeEncoder:
    raise AssertionError("the model was opened")
