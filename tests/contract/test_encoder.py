"""What every encoder promises, run on the compiled models, on torch and on the fake."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEncoder
from numpy.typing import NDArray

from kb.adapters.model_store import ModelStore
from kb.adapters.torch_encoder import TorchEncoder
from kb.errors import ModelError
from kb.retrieval.embed import Encoder
from kb.settings import DEFAULT_MODEL

ENGLISH = "all-MiniLM-L6-v2"
NAMES = ["multilingual-e5-small", ENGLISH, f"torch {ENGLISH}", "fake"]
TEXTS = [
    "The union was founded in 1972.",
    "Ein Verband der Genossenschaften.",
    "",
    "妇女合作社",
    "A longer text about savings groups, their meetings and the bank that grew out of them over twenty years. " * 6,
    "word",
]


@pytest.fixture(scope="module", params=NAMES)
def encoder(request: pytest.FixtureRequest, models: Path) -> Encoder:
    name: str = request.param
    if name == "fake":
        return FakeEncoder(max_tokens=256)
    store = ModelStore(models)
    built = name.removeprefix("torch ")
    if not store.is_built(built):
        store.build(built)
    return TorchEncoder(store.folder_of(built), built) if name.startswith("torch ") else store.open(built)


def cosines(one: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray((one * other).sum(axis=-1), np.float32)


def test_vectors_have_the_shape_and_length_the_card_says(encoder: Encoder) -> None:
    vectors = encoder.encode_passages(TEXTS)

    assert (vectors.shape, vectors.dtype) == ((len(TEXTS), encoder.card.dim), np.float32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=2e-3)
    question = encoder.encode_question("Who founded it?")
    assert (question.shape, question.dtype) == ((encoder.card.dim,), np.float32)
    assert np.linalg.norm(question) == pytest.approx(1, abs=2e-3)


def test_a_text_has_the_same_vector_alone_and_among_others_in_any_order(encoder: Encoder) -> None:
    together = encoder.encode_passages(TEXTS)
    alone = np.stack([encoder.encode_passages([text])[0] for text in TEXTS])
    backwards = encoder.encode_passages(TEXTS[::-1])[::-1]

    assert cosines(together, alone).min() > 0.999
    assert cosines(together, backwards).min() > 0.999


def test_more_texts_than_fit_a_batch_keep_their_order(encoder: Encoder) -> None:
    texts = [f"Item {i} tells of {'looms ' * (i % 17)}" for i in range(120)]
    vectors = encoder.encode_passages(texts)
    some = [0, 16, 57, 119]

    assert cosines(vectors[some], np.stack([encoder.encode_passages([texts[i]])[0] for i in some])).min() > 0.999


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode_passages([]).shape == (0, encoder.card.dim)
    assert encoder.count_tokens([]) == encoder.word_pieces([]) == []


def test_what_stands_beyond_the_limit_changes_nothing(encoder: Encoder) -> None:
    long = "cooperative savings " * encoder.card.max_tokens
    one, other = encoder.encode_passages([long + "looms", long + "an entirely different end"])

    assert cosines(one, other) > 0.9999
    assert np.linalg.norm(encoder.encode_question(long)) == pytest.approx(1, abs=2e-3)


def test_tokens_are_counted_beyond_the_limit_and_add_up(encoder: Encoder) -> None:
    one, many = encoder.count_tokens(["savings", "savings " * 3000])

    assert 0 < one <= many / 3000 * 2
    assert many >= 3000
    assert encoder.count_tokens([""]) == [0]


def test_word_pieces_have_vectors_and_the_same_word_the_same_pieces(encoder: Encoder) -> None:
    one, other = encoder.word_pieces(["looms and savings", "looms"])
    vectors = encoder.piece_vectors(one)

    assert one[: len(other)] == other
    assert vectors.shape[0] == len(one)
    assert np.isfinite(vectors).all()


@pytest.mark.parametrize(
    "text", ["\ud800 lone surrogate".encode("utf-8", "replace").decode(), "\0", "\u202e", "a\u0301" * 300, "😀" * 100]
)
def test_odd_text_has_a_vector_too(encoder: Encoder, text: str) -> None:
    assert np.isfinite(encoder.encode_passages([text])).all()
    assert np.isfinite(encoder.encode_question(text)).all()


def test_like_texts_are_more_alike_than_unlike_ones(encoder: Encoder) -> None:
    looms, also, law = encoder.encode_passages(["women weave on looms", "women weave cloth on looms", "parliament passed the act"])

    assert looms @ also > looms @ law


def test_the_compiled_model_says_what_torch_says(models: Path) -> None:
    """bf16 arithmetic may move a vector a little: cosines of 0.995 and more."""
    store = ModelStore(models)
    if not store.is_built(ENGLISH):
        store.build(ENGLISH)
    compiled, torch = store.open(ENGLISH), TorchEncoder(store.folder_of(ENGLISH), ENGLISH)

    assert cosines(compiled.encode_passages(TEXTS), torch.encode_passages(TEXTS)).min() >= 0.995
    assert compiled.encode_question(TEXTS[0]) @ torch.encode_question(TEXTS[0]) >= 0.995
    assert (compiled.card.revision, compiled.card.dim, compiled.card.max_tokens) == (
        torch.card.revision,
        torch.card.dim,
        torch.card.max_tokens,
    )
    assert compiled.count_tokens(TEXTS) == torch.count_tokens(TEXTS)


AND_END = """
import sys
from pathlib import Path
from kb.adapters.model_store import ModelStore
ModelStore(Path(sys.argv[1])).open(sys.argv[2]).encode_passages(["a few words " * n for n in range(1, 40)])
"""


def test_a_process_that_ends_right_after_encoding_ends_well(models: Path) -> None:
    """With callbacks from OpenVINO's own threads every second such process was aborted."""
    for _ in range(3):
        ended = subprocess.run(
            [sys.executable, "-c", AND_END, str(models), DEFAULT_MODEL], capture_output=True, text=True, timeout=60, check=False
        )

        assert (ended.returncode, ended.stderr) == (0, "")


def test_a_model_that_is_not_built_is_refused_with_the_command(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"not built yet\. Build it: kb model build multilingual-e5-small"):
        ModelStore(tmp_path).open("multilingual-e5-small")


@pytest.mark.parametrize("broken", ["compiled/graph.xml", "compiled/words.npy", "tokenizer.json", "card.json"])
def test_a_damaged_model_is_one_sentence_with_the_command_that_builds_it_again(models: Path, tmp_path: Path, broken: str) -> None:
    store = ModelStore(models)
    if not store.is_built(ENGLISH):
        store.build(ENGLISH)
    copy = ModelStore(tmp_path)
    shutil.copytree(store.folder_of(ENGLISH), copy.folder_of(ENGLISH))
    (copy.folder_of(ENGLISH) / broken).write_bytes(b"damaged")

    with pytest.raises(ModelError, match="kb model build"):
        copy.open(ENGLISH)
