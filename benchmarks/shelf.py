"""The judged sets of a folder, each ingested once and its questions encoded once, however many steps ask them."""

from __future__ import annotations

import time
import zlib
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from judged import JudgedSet, ingested, load, only
from numpy.typing import NDArray

from kb.bootstrap import open_models, open_temporary_kb
from kb.retrieval.embed import Encoder
from kb.services.ingesting import ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER
from kb.settings import Settings

ENGLISH = ("cranfield", "npl", "climretrieve")  # sets in BEIR form
LANGUAGES = ("en", "de", "es", "ro")  # of XQuAD
XQUAD = "xquad"


class Remembering:
    """An encoder that encodes a question once, however often and wherever it is asked."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._encoder, name)

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        for text in texts:
            if text not in self._known:
                self._known[text] = self._encoder.encode_question(text)
        return np.stack([self._known[text] for text in texts])


class Shelf:
    """The judged sets of a folder, each ingested once, when it is first asked for, and kept until the shelf is closed."""

    def __init__(self, settings: Settings, data: Path) -> None:
        self.settings, self.data = settings, data
        self._open = ExitStack()
        self._bases: dict[str, KnowledgeBase] = {}

    def close(self) -> None:
        self._open.close()

    @cached_property
    def encoder(self) -> Remembering:
        return Remembering(open_models(self.settings).open(self.settings.model))

    @property
    def english(self) -> tuple[str, ...]:
        """The sets in BEIR form that are there."""
        return tuple(name for name in ENGLISH if (self.data / name / "corpus.jsonl").is_file())

    @property
    def has_xquad(self) -> bool:
        return (self.data / XQUAD / "corpus_en.jsonl").is_file()

    def one(self, name: str) -> JudgedSet:
        return load(self.data / name)

    def pair(self, asked: str, told: str) -> JudgedSet:
        """XQuAD: questions in one language on paragraphs in another."""
        name = f"{asked}→{told}"
        return load(self.data / XQUAD, corpus=f"corpus_{told}.jsonl", queries=f"queries_{asked}.jsonl", name=name)

    def base(self, judged: JudgedSet, key: str) -> KnowledgeBase:
        """The documents of a set, ingested; sets with the same ``key`` have the same documents."""
        if key not in self._bases:
            began = time.perf_counter()
            self._bases[key] = self._open.enter_context(ingested(judged, self.settings, self.encoder))
            took = time.perf_counter() - began
            print(f"  {key}: {len(judged.collection.documents):,} documents ingested in {took:.0f} s", flush=True)
        return self._bases[key]

    def of(self, name: str) -> tuple[JudgedSet, KnowledgeBase]:
        one = self.one(name)
        return one, self.base(one, name)

    def of_pair(self, asked: str, told: str) -> tuple[JudgedSet, KnowledgeBase]:
        one = self.pair(asked, told)
        return one, self.base(one, f"{XQUAD} {told}")

    def of_mixed(self) -> tuple[list[tuple[JudgedSet, JudgedSet]], KnowledgeBase]:
        """XQuAD with each paragraph in one of four languages: a consortium's library.

        Returns:
            For each language the questions whose answer is in that language, and those whose answer is in another.
        """
        pairs = {language: self.pair(language, language) for language in LANGUAGES}
        language_of = {identity: _by_chance(identity) for identity in pairs["en"].collection.documents}
        texts = {identity: pairs[language].collection.documents[identity] for identity, language in language_of.items()}
        collection = replace(pairs["en"].collection, documents=texts)
        halves = []
        for language, asked in pairs.items():
            said = {question: language_of[next(iter(asked.judgements[question]))] == language for question in asked.questions}
            mixed = replace(asked, collection=collection, name=f"mixed, {language}")
            halves.append((only(mixed, [q for q in said if said[q]]), only(mixed, [q for q in said if not said[q]])))
        return halves, self.base(halves[0][0], "xquad mixed")

    def golden(self) -> KnowledgeBase:
        """The sample corpus."""
        if "golden" not in self._bases:
            base = self._open.enter_context(open_temporary_kb(self.settings))
            base = replace(base, documents=self.settings.documents, encoder=lambda: self.encoder)
            ingest(base, [base.documents], actor=LOCAL_MEMBER)
            self._bases["golden"] = base
        return self._bases["golden"]


def _by_chance(identity: str) -> str:
    """A language for a paragraph, the same in every run."""
    return LANGUAGES[zlib.crc32(identity.encode()) % len(LANGUAGES)]
