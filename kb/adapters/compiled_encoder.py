"""The hot path: a compiled inference graph (OpenVINO) and a Rust tokenizer. torch is never imported here."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.errors import ModelError
from kb.retrieval.embed import ModelCard, batches_by_length

TOKEN_BUDGET = 2048  # padded tokens a batch: 1024, 2048 and 4096 gave 43, 45 and 42 passages/s (docs/benchmarks.md)
FEW_TOKENS = 256  # up to this, one batch on all cores is done sooner than several in streams (3 sentences, busy: 24 ms, not 44)
SHAPES = 8  # questions are padded to a multiple of it: a length met for the first time costs 8 ms more (2 cores, 2026-11-22)
TILE = 16  # passages too; processor time of 400 Cranfield passages: 14.1 s by 1, 13.1 by 8, 12.4 by 16, 12.0 by 32 (2026-11-23)
STREAMS = 2  # one a core while ingesting; a single question is answered sooner by one stream on all cores
CONVERTER = "openvino.tools.ovc"
FOLDER, GRAPH, WORDS, CARD = "compiled", "graph.xml", "words.npy", "card.json"


def import_openvino() -> Any:
    """Import OpenVINO with its telemetry package out of reach: nothing here calls home; and without its converter of models.

    The converter, :mod:`openvino.tools.ovc`, is wanted by :mod:`kb.adapters.model_compiler` only, and costs a cold start 0.05 s.
    """
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # its import then fails; OpenVINO has a stub
    if "openvino" not in sys.modules:
        sys.modules[CONVERTER] = None  # type: ignore[assignment]  # OpenVINO goes on without it
        try:
            import openvino
        finally:
            del sys.modules[CONVERTER]
    import openvino

    return openvino


_CORE: list[Any] = []
_CORE_LOCK = threading.Lock()


def openvino_core() -> Any:
    """OpenVINO's core, one for the whole process and never let go.

    A process that makes one core after the other may end in a segmentation fault (ultralytics#25864 on GitHub saw it too).
    """
    with _CORE_LOCK:
        if not _CORE:
            _CORE.append(import_openvino().Core())
        return _CORE[0]


class CompiledEncoder:
    """An encoder compiled by :mod:`kb.adapters.model_compiler`; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Load from a model folder that holds ``compiled/``.

        Raises:
            ModelError: if it is not there or cannot be loaded.
        """
        self._folder = folder / FOLDER
        try:
            facts = json.loads((folder / CARD).read_text(encoding="utf-8"))
            self._core = openvino_core()
            self._precision = "bf16" if "BF16" in self._core.get_property("CPU", "OPTIMIZATION_CAPABILITIES") else "f32"
            # the graph compiles outside the interpreter's lock while the tokenizer, which holds it, is parsed
            with ThreadPoolExecutor(max_workers=1) as beside:
                compiling = beside.submit(self._compile, {"PERFORMANCE_HINT": "LATENCY", "NUM_STREAMS": "1"})
                from tokenizers import Tokenizer

                self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._question_graph: Any = compiling.result()
            self._words: NDArray[np.float16] = np.load(self._folder / WORDS, mmap_mode="r", allow_pickle=False)
            self._prompts = (str(facts["passage_prompt"]), str(facts["query_prompt"]))
            self._pad_id = int(facts["pad_id"])
            self._card = ModelCard(
                facts["name"], facts["revision"], int(facts["dim"]), int(facts["max_tokens"]), f"openvino {self._precision}"
            )
        except Exception as error:  # tokenizers raises bare Exception for a damaged file
            raise ModelError(
                f"The compiled model in {folder} cannot be loaded ({error}). Build it again: kb model build"
            ) from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self._card.max_tokens)
        self._throughput_graph: Any = None
        self._lock = threading.Lock()

    @property
    def card(self) -> ModelCard:
        """Which model this is."""
        return self._card

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without special tokens; counted in pieces where a text is longer than the model takes."""
        encodings = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [len(encoding.ids) + sum(len(rest.ids) for rest in encoding.overflowing) for encoding in encodings]

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See :class:`kb.retrieval.embed.Encoder`."""
        tokenized = [encoding.ids for encoding in self._tokenizer.encode_batch([self._prompts[0] + text for text in texts])]
        vectors = np.zeros((len(texts), self._card.dim), np.float32)
        if not texts:
            return vectors
        if sum(map(len, tokenized)) <= FEW_TOKENS:  # somebody waits: all cores for one batch
            return np.array(self._question_graph.create_infer_request().infer(self._inputs(tokenized))[0], np.float32)
        # requests of our own: callbacks of OpenVINO's queue want the interpreter's lock: a process that ends just then aborts
        graph = self._for_throughput()
        idle = [graph.create_infer_request() for _ in range(STREAMS + 1)]
        running: deque[tuple[Any, list[int]]] = deque()

        def finish_one() -> None:
            request, batch = running.popleft()
            request.wait()
            vectors[batch] = request.get_output_tensor(0).data
            idle.append(request)

        for batch in batches_by_length([len(ids) for ids in tokenized], TOKEN_BUDGET):
            if not idle:
                finish_one()
            request = idle.pop()
            request.start_async(self._inputs([tokenized[position] for position in batch], multiple=TILE))
            running.append((request, batch))
        while running:
            finish_one()
        return vectors

    def encode_question(self, text: str) -> NDArray[np.float32]:
        """See :class:`kb.retrieval.embed.Encoder`."""
        return np.asarray(self.encode_questions([text])[0], np.float32)

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See :class:`kb.retrieval.embed.Encoder`."""
        tokenized = [encoding.ids for encoding in self._tokenizer.encode_batch([self._prompts[1] + text for text in texts])]
        vectors = np.zeros((len(texts), self._card.dim), np.float32)
        request = self._question_graph.create_infer_request()
        for batch in batches_by_length([len(ids) for ids in tokenized], TOKEN_BUDGET):
            inputs = self._inputs([tokenized[position] for position in batch], multiple=SHAPES)
            vectors[batch] = request.infer(inputs)[0]
        return vectors

    def word_pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """See :class:`kb.retrieval.embed.Encoder`."""
        return [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]

    def piece_vectors(self, pieces: Sequence[int]) -> NDArray[np.float32]:
        """See :class:`kb.retrieval.embed.Encoder`."""
        return self._words[np.asarray(pieces, np.int64)].astype(np.float32)

    def _inputs(self, ids: Sequence[Sequence[int]], *, multiple: int = 1) -> dict[str, NDArray[Any]]:
        length = min(-(-max(map(len, ids)) // multiple) * multiple, self._card.max_tokens)
        padded = np.full((len(ids), length), self._pad_id, np.int64)
        mask = np.zeros((len(ids), length), np.int64)
        for row, tokens in enumerate(ids):
            padded[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        return {"embeddings": self._words[padded].astype(np.float32), "mask": mask}

    def _for_throughput(self) -> Any:
        with self._lock:
            if self._throughput_graph is None:
                streams = min(STREAMS, os.cpu_count() or 1)
                self._throughput_graph = self._compile({"NUM_STREAMS": str(streams)})
            return self._throughput_graph

    def _compile(self, options: dict[str, str]) -> Any:
        return self._core.compile_model(str(self._folder / GRAPH), "CPU", {"INFERENCE_PRECISION_HINT": self._precision, **options})
