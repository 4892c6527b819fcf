"""The optional cross-encoder reads the first passages again; without one nothing changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from kb.adapters.model_store import ModelStore
from kb.errors import ModelError
from kb.retrieval.rerank import DEPTH
from kb.services import searching
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER

QUESTION = "How do women's cooperatives reach markets abroad?"


class ShortestFirst:
    """A second reader whose order anyone can check."""

    name = "shortest-first"

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        assert question == QUESTION
        return np.array([-len(text) for text in texts], np.float32)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real cross-encoder with random weights: two layers over a vocabulary of letters."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("models") / "tiny"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"abcdefghijklmnopqrstuvwxyz "]
    tokenizer = Tokenizer(WordLevel({word: i for i, word in enumerate(words)}, "[UNK]"))
    tokenizer.pre_tokenizer = Split("", "isolated")
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]", model_max_length=64
    ).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        num_labels=1,
    )
    BertForSequenceClassification(config).eval().save_pretrained(folder, safe_serialization=True)
    return folder


def test_the_first_passages_come_in_the_order_of_the_cross_encoder(sample_kb: KnowledgeBase) -> None:
    plain = searching.search(sample_kb, QUESTION, actor=LOCAL_MEMBER, k=40)
    again = searching.search(replace(sample_kb, reranker=ShortestFirst), QUESTION, actor=LOCAL_MEMBER, k=40)

    lengths = [len(hit.passage.embedded_text) for hit in again.hits]
    assert lengths[:DEPTH] == sorted(lengths[:DEPTH])
    assert {hit.passage.id for hit in again.hits[:DEPTH]} == {hit.passage.id for hit in plain.hits[:DEPTH]}
    assert [hit.passage.id for hit in again.hits[DEPTH:]] == [hit.passage.id for hit in plain.hits[DEPTH:]]
    assert [hit.rank for hit in again.hits] == list(range(1, 41))
    assert [hit.reranker_score for hit in again.hits[:DEPTH]] == [-length for length in lengths[:DEPTH]]
    assert again.reranked is not None
    assert (again.reranked.model, again.reranked.depth) == ("shortest-first", DEPTH)
    assert 0 < again.reranked.took_s < again.took_s
    assert plain.reranked is None


def test_few_results_are_still_chosen_from_thirty(sample_kb: KnowledgeBase) -> None:
    plain = searching.search(sample_kb, QUESTION, actor=LOCAL_MEMBER, k=DEPTH)
    (hit,) = searching.search(replace(sample_kb, reranker=ShortestFirst), QUESTION, actor=LOCAL_MEMBER, k=1).hits

    assert len(hit.passage.embedded_text) == min(len(each.passage.embedded_text) for each in plain.hits)


def test_a_real_cross_encoder_is_loaded_from_its_folder_and_scores_pairs(
    sample_kb: KnowledgeBase, tiny: Path, tmp_path: Path
) -> None:
    reranker = ModelStore(tmp_path).open_reranker(str(tiny))

    scores = reranker.scores("which loom", ["the loom was bought", "a union of women", "the loom was bought"])

    assert scores.shape == (3,)
    assert scores.dtype == np.float32
    assert scores[0] == pytest.approx(scores[2])
    assert scores[0] != scores[1]
    result = searching.search(replace(sample_kb, reranker=lambda: reranker), QUESTION, actor=LOCAL_MEMBER, k=5)
    read = [hit.reranker_score or 0.0 for hit in result.hits]
    assert read == sorted(read, reverse=True)


def test_a_built_cross_encoder_is_found_by_its_name(tiny: Path, tmp_path: Path) -> None:
    store = ModelStore(tmp_path)
    store.build_reranker(str(tiny))

    assert store.open_reranker(str(tiny)).name == str(tiny)
    assert (store.folder_of(str(tiny)) / "model.safetensors").is_file()


def test_a_cross_encoder_that_is_not_there_or_could_run_code_is_refused_in_a_sentence(tiny: Path, tmp_path: Path) -> None:
    store = ModelStore(tmp_path)
    with pytest.raises(ModelError, match=r"The re-ranker acme/reader is not built yet. Build it: kb model build --reranker"):
        store.open_reranker("acme/reader")
    (tiny / "modeling.py").write_text("raise SystemExit")
    with pytest.raises(ModelError, match="may hold code"):
        store.open_reranker(str(tiny))
    (tiny / "modeling.py").unlink()
