"""Judged sets of others for the benchmarks: read, ingested and measured by the code of ``kb evaluate``, and timed here."""

from __future__ import annotations

import statistics
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.bootstrap import open_measures, open_models, open_temporary_kb, read_beir
from kb.retrieval.answer import MAX_QUESTION_CHARS, Legs
from kb.retrieval.embed import Encoder
from kb.retrieval.judged import Collection
from kb.services import searching
from kb.services.collection import file_name, ingest_collection
from kb.services.ingesting import ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER
from kb.settings import Settings

DEPTH = 100  # passages ranked for a question
ENGLISH = ("cranfield", "npl", "climretrieve")  # sets in BEIR form
LANGUAGES = ("en", "de", "es", "ro")  # of XQuAD
XQUAD = "xquad"


@dataclass(frozen=True)
class JudgedSet:
    """Documents, questions and judgements, by their own ids."""

    name: str
    collection: Collection
    questions: dict[str, str]
    judgements: dict[str, dict[str, int]]

    @property
    def at(self) -> dict[str, str]:
        """Path in the knowledge base of :func:`ingested` → id of the document."""
        return {file_name(number): identity for number, identity in enumerate(self.collection.documents, start=1)}


def load(folder: Path, *, corpus: str = "", queries: str = "", name: str = "") -> JudgedSet:
    """Read a BEIR folder."""
    collection = read_beir(folder, corpus=corpus, queries=queries)
    questions = collection.judged.questions
    return JudgedSet(
        name or folder.name,
        collection,
        {question.question_id: question.question for question in questions},
        {question.question_id: {answer.document: answer.relevance for answer in question.answers} for question in questions},
    )


@contextmanager
def ingested(judged: JudgedSet, settings: Settings, encoder: Encoder | None = None) -> Iterator[KnowledgeBase]:
    """A knowledge base over the set's documents, in a temporary place, with the models of ``settings`` or another encoder."""
    with open_temporary_kb(settings) as base:
        if encoder is not None:
            base = replace(base, encoder=lambda: encoder)
        ingest_collection(base, judged.collection, actor=LOCAL_MEMBER)
        yield base


Run = dict[str, list[str]]  # question → documents, best first


def first(judged: JudgedSet, n: int) -> JudgedSet:
    """The same set with its first ``n`` questions."""
    return _only(judged, list(judged.questions)[:n])


def run(
    base: KnowledgeBase, judged: JudgedSet, k: int = DEPTH, *, legs: Legs = Legs.HYBRID, page: bool = True
) -> tuple[Run, list[float]]:
    """Rank documents by their best passage for every question. Returns rankings and seconds a question.

    Args:
        page: as the app asks, with marked sentences and counts beside filters; else ranking alone.
    """
    ranked: Run = {}
    took = []
    names = judged.at
    for identity, question in judged.questions.items():
        asked = question[:MAX_QUESTION_CHARS]
        began = time.perf_counter()
        result = searching.search(base, asked, actor=LOCAL_MEMBER, k=k, legs=legs, mark=page, facets=page, syntax=False)
        took.append(time.perf_counter() - began)
        ranked[identity] = list(dict.fromkeys(names[hit.path] for hit in result.hits))
    return ranked, took


def measure(ranked: Run, judged: JudgedSet) -> dict[str, float]:
    """Means over judged questions of what ``kb evaluate`` measures."""
    found = open_measures().measure(ranked, judged.judgements).values()
    return {name: round(statistics.fmean(values[name] for values in found), 4) for name in next(iter(found))}


def percentile(values: list[float], share: float) -> float:
    """By nearest rank."""
    return statistics.quantiles(values, n=100, method="inclusive")[round(share * 100) - 1]


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
            halves.append((_only(mixed, [q for q in said if said[q]]), _only(mixed, [q for q in said if not said[q]])))
        return halves, self.base(halves[0][0], "xquad mixed")

    def golden(self) -> KnowledgeBase:
        """The sample corpus."""
        if "golden" not in self._bases:
            base = self._open.enter_context(open_temporary_kb(self.settings))
            base = replace(base, documents=self.settings.documents, encoder=lambda: self.encoder)
            ingest(base, [base.documents], actor=LOCAL_MEMBER)
            self._bases["golden"] = base
        return self._bases["golden"]


def _only(judged: JudgedSet, questions: Sequence[str]) -> JudgedSet:
    return replace(
        judged,
        questions={identity: judged.questions[identity] for identity in questions},
        judgements={identity: judged.judgements[identity] for identity in questions},
    )


def every(judged: JudgedSet, nth: int) -> JudgedSet:
    """Every ``nth`` of its questions."""
    return _only(judged, list(judged.questions)[::nth])


def _by_chance(identity: str) -> str:
    """A language for a paragraph, the same in every run."""
    return LANGUAGES[zlib.crc32(identity.encode()) % len(LANGUAGES)]
