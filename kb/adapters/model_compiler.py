"""Compile a sentence-transformers folder into the graph that :mod:`kb.adapters.compiled_encoder` runs.

The word-embedding table stays outside the graph as a memory-mapped array: of a quarter of a million rows a text touches a few
hundred, so opening the model neither reads nor copies the rest. Mean pooling and normalisation are inside the graph.
"""

from __future__ import annotations

import hashlib
import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from kb.adapters.compiled_encoder import CARD, FOLDER, GRAPH, WORDS, import_openvino

DEFAULT_LIMIT = 512  # tokens, where a configuration names none
COMPILABLE = ("bert", "xlm-roberta")  # config.model_type of the encoders whose word table can stand outside the graph


def can_compile(folder: Path) -> bool:
    """Whether ``folder`` is a mean-pooled encoder of a kind we compile; others run on torch."""
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    kinds = [str(module["type"]).rsplit(".", 1)[-1] for module in modules]
    if (
        kinds not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
        or not (folder / "tokenizer.json").is_file()
    ):
        return False
    pooling = json.loads((folder / modules[1]["path"] / "config.json").read_text(encoding="utf-8"))
    is_mean = pooling.get("pooling_mode") == "mean" or pooling.get("pooling_mode_mean_tokens") is True
    others = [
        key for key, value in pooling.items() if key.startswith("pooling_mode_") and value is True and "mean_tokens" not in key
    ]
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return is_mean and not others and config.get("model_type") in COMPILABLE


def revision_of(folder: Path) -> str:
    """First 12 hex digits of the weights' SHA-256."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.safetensors")):
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()[:12]


def compile_model(folder: Path) -> None:
    """Write ``folder/compiled``: graph and word table."""
    import torch
    from transformers import AutoModel

    openvino = import_openvino()
    from openvino.tools.ovc import convert_model

    bert = AutoModel.from_pretrained(str(folder), trust_remote_code=False, use_safetensors=True).eval()
    table = bert.get_input_embeddings().weight.detach().numpy()
    target = folder / FOLDER
    target.mkdir(exist_ok=True)
    np.save(target / WORDS, table.astype(np.float16), allow_pickle=False)
    hidden = table.shape[1]
    example = {"embeddings": torch.zeros(2, 5, hidden), "mask": torch.ones(2, 5, dtype=torch.int64)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tracing notes of transformers: shapes stay dynamic, checked by the contract tests
        graph = convert_model(_pooled(bert), example_input=example)
    openvino.save_model(graph, str(target / GRAPH), compress_to_fp16=False)


def _pooled(bert: Any) -> Any:
    import torch

    class Pooled(torch.nn.Module):  # type: ignore[misc]
        """Encoder, mean of its states where the mask is 1, unit length."""

        def __init__(self) -> None:
            super().__init__()
            self.bert = bert

        def forward(self, embeddings: Any, mask: Any) -> Any:
            states = self.bert(inputs_embeds=embeddings, attention_mask=mask).last_hidden_state
            kept = mask.unsqueeze(-1).to(states.dtype)
            return torch.nn.functional.normalize((states * kept).sum(1) / kept.sum(1), dim=-1)

    return Pooled()


def write_card(folder: Path, name: str) -> None:
    """Write ``folder/card.json``: what the index must know of a model without loading it."""
    (folder / CARD).write_text(json.dumps(_card(folder, name), indent=1), encoding="utf-8")


def _card(folder: Path, name: str) -> dict[str, Any]:
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    limits = json.loads((folder / "sentence_bert_config.json").read_text(encoding="utf-8"))
    own = json.loads((folder / "config_sentence_transformers.json").read_text(encoding="utf-8"))
    prompts = own.get("prompts") or {}
    positions = int(config.get("max_position_embeddings") or DEFAULT_LIMIT)
    longest = limits.get("max_seq_length") or _tokenizer_limit(folder) or positions
    return {
        "name": name,
        "revision": revision_of(folder),
        "dim": _dimension(folder, int(config["hidden_size"])),
        "max_tokens": min(int(longest), positions - (2 if config.get("model_type") == "xlm-roberta" else 0)),
        "pad_id": int(config.get("pad_token_id") or 0),
        "passage_prompt": prompts.get("passage") or prompts.get("document") or "",
        "query_prompt": prompts.get("query") or "",
    }


def _dimension(folder: Path, hidden: int) -> int:
    """What the last module with an output size says (a Dense layer may follow the pooling), else the encoder's width."""
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    for module in reversed(modules):
        path = folder / str(module["path"]) / "config.json"
        if module["path"] and path.is_file() and (size := json.loads(path.read_text(encoding="utf-8")).get("out_features")):
            return int(size)
    return hidden


def _tokenizer_limit(folder: Path) -> int | None:
    path = folder / "tokenizer_config.json"
    limit = json.loads(path.read_text(encoding="utf-8")).get("model_max_length") if path.is_file() else None
    return int(limit) if limit and limit < 1 << 20 else None
