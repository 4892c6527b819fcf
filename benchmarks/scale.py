"""How cost grows with the collection: a catalog of 10⁴, 10⁵ or 10⁶ passages is made, published and asked.

``python benchmarks/scale.py 10000 100000 1000000`` prints one JSON object a size; a million takes 20 minutes and 10 GB of disk.

**What is made up.** A passage is four sentences of a pool: the sample corpus and, where they are there, the judged sets. The first
is drawn at random, the others from its 24 nearest in the same language. Its vector is the unit mean of the vectors that the model
gives these sentences, moved a fifth of the way along the difference of two others: no two passages have the same vector, and
neighbours are neighbours in meaning. The words are those of the pool, so a word stands in more passages than it would in a million
real ones, which makes the work of the lexical leg harder. Ten passages make a document, with one of 40 countries. Questions are
those of ``corpus/questions``, encoded by the real model.

**What is measured.** Each size is asked in a process of its own, as the app would ask: ``services.searching.search``, the counts
beside the filters included; marked sentences apart, and with them what fifty people wait who ask at once.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from kb.bootstrap import open_kb
from kb.retrieval.answer import Filters
from kb.retrieval.candidates import CANDIDATES, MIN_CANDIDATES
from kb.retrieval.catalog import EncodedPassage, FileState, LedgerEntry
from kb.retrieval.embed import Encoder
from kb.retrieval.passage import Block, BlockKind, Document, Metadata, Passage, document_id, lay_out, passage_id
from kb.retrieval.rows import Allowed
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER
from kb.services.searching import search
from kb.settings import Settings

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("KB_EVAL", ROOT.parent / "shared" / "eval"))
A_SET, SENTENCES, PER_DOCUMENT, NEAR = 2500, 4, 10, 24
COUNTRIES = tuple(f"{chr(65 + i // 6)}{chr(65 + i % 6)}" for i in range(40))
N_QUESTIONS, N_USERS, N_ROUNDS = 60, 50, 4

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Pool:
    """Sentences with their languages and vectors, and the nearest of each."""

    texts: list[str]
    languages: list[str]
    vectors: Vectors
    near: NDArray[np.int64]


def settings_in(folder: Path) -> Settings:
    """An empty knowledge base below ``folder`` with the models of the project."""
    made = Settings(folder / "corpus", folder / "index")
    made.documents.mkdir(parents=True, exist_ok=True)
    made.index.mkdir(exist_ok=True)
    if not made.models.exists():
        made.models.symlink_to(Settings.from_env(folder=ROOT).models)
    return made


def sentences() -> Iterator[tuple[str, str]]:
    """Text and language of every sentence of the pool."""
    for passage, _ in open_kb(Settings.from_env(folder=ROOT)).catalog.live_rows():
        for start, end in passage.sentences:
            yield passage.text[start:end], passage.language
    sets = {"xquad/corpus_de": "de", "xquad/corpus_es": "es", "xquad/corpus_ro": "ro", "xquad/corpus_en": "en"}
    sets |= {"cranfield/corpus": "en", "npl/corpus": "en"}
    for name, language in sets.items():
        path = DATA / f"{name}.jsonl"
        if path.is_file():
            texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
            found = [part.strip() for text in texts for part in text.split(". ") if len(part) > 30]
            yield from ((text, language) for text in found[:A_SET])


def pool(base: KnowledgeBase, cached: Path) -> Pool:
    """The sentences with their vectors; these are kept in ``cached``."""
    known = dict.fromkeys(sentences())
    texts, languages = [text for text, _ in known], [language for _, language in known]
    if cached.is_file() and len(vectors := np.load(cached)) == len(texts):
        pass
    else:
        vectors = base.encoder().encode_passages(texts)
        np.save(cached, vectors)
    near = np.zeros((len(texts), NEAR), np.int64)
    spoken = np.array(languages)
    for language in set(languages):
        own = np.flatnonzero(spoken == language)
        alike = vectors[own] @ vectors[own].T
        near[own] = own[np.argsort(-alike, axis=1)[:, np.arange(1, NEAR + 1) % len(own)]]
    return Pool(texts, languages, vectors, near)


def documents(pool: Pool, n_passages: int, seed: int) -> Iterator[tuple[Document, list[EncodedPassage], LedgerEntry]]:
    """Documents of ten passages each."""
    chance = np.random.default_rng(seed)
    for number in range(n_passages // PER_DOCUMENT):
        first = chance.integers(0, len(pool.texts), PER_DOCUMENT)
        others = pool.near[first[:, None], chance.integers(0, NEAR, (PER_DOCUMENT, SENTENCES - 1))]
        chosen = np.column_stack([first, others])
        aside = pool.vectors[chance.integers(0, len(pool.texts), (2, PER_DOCUMENT))]
        vectors = pool.vectors[chosen].mean(axis=1) + 0.2 * (aside[0] - aside[1])
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        yield _document(pool, f"{seed}/{number}.txt", chosen, vectors.astype(np.float32), COUNTRIES[number % len(COUNTRIES)])


def _document(
    pool: Pool, path: str, chosen: NDArray[np.int64], vectors: Vectors, country: str
) -> tuple[Document, list[EncodedPassage], LedgerEntry]:
    blocks = tuple(Block(BlockKind.PARAGRAPH, ". ".join(pool.texts[i] for i in row)) for row in chosen)
    text, starts = lay_out(blocks)
    identity = document_id(path)
    about = Metadata(title=f"Document {path}", kind="document", countries=(country,), date="2020")
    document = Document(identity, path, identity, "text/plain", about, 0, text, blocks, starts)
    encoded = []
    for ordinal, (block, start, row) in enumerate(zip(blocks, starts, chosen, strict=True)):
        ends = np.cumsum([len(pool.texts[i]) + 2 for i in row]).tolist()
        spans = tuple((a, min(b - 1, len(block.text))) for a, b in zip([0, *ends[:-1]], ends, strict=True))
        passage = Passage(
            passage_id(identity, "", block.text, ordinal), identity, ordinal, start, start + len(block.text), block.text,
            None, None, (), pool.languages[row[0]], about.title, spans,
        )  # fmt: skip
        encoded.append(EncodedPassage(passage, vectors[ordinal]))
    return document, encoded, LedgerEntry(path, FileState.INDEXED, passages=len(blocks), document_id=identity)


def fill(base: KnowledgeBase, pool: Pool, n_passages: int, seed: int) -> float:
    """Store documents in the catalog. Returns seconds."""
    began = time.perf_counter()
    for document, passages, entry in documents(pool, n_passages, seed):
        base.catalog.put_document(document, passages, entry, b"")
    return time.perf_counter() - began


def publish(base: KnowledgeBase) -> float:
    """Publish what the catalog holds. Returns seconds."""
    began = time.perf_counter()
    base.generations.publish(base.catalog, base.about_vectors())
    base.catalog.purge()
    return time.perf_counter() - began


def size_of(folder: Path) -> int:
    """Bytes of all files below."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def written_by(base: KnowledgeBase) -> int:
    """Bytes of files in the current generation that no other generation has."""
    folder = base.index / "generations" / str(base.generations.number())
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and path.stat().st_nlink == 1)


def questions() -> list[str]:
    """Those of the sample corpus."""
    found = [
        each["question"]
        for path in sorted((ROOT / "corpus" / "questions").glob("*.yaml"))
        for each in yaml.safe_load(path.read_text())
    ]
    return [str(question) for question in found]


def many_questions(n: int) -> list[str]:
    """``n`` different ones: those of the sample corpus, then of the judged sets, else with a number behind."""
    known = dict.fromkeys(questions())
    for path in sorted((DATA / "xquad").glob("queries*.jsonl")):
        known |= dict.fromkeys(json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()[:n])
    found = list(known)
    return [found[i] if i < len(found) else f"{found[i % len(found)]} {i}" for i in range(n)]


def build(folder: Path, n_passages: int) -> dict[str, Any]:
    """Make and publish a collection; then publish ten documents more."""
    base = open_kb(settings_in(folder))
    base.catalog.put_settings(base.about_vectors())
    made = pool(base, folder.parent / "pool.npy")
    stored_s = fill(base, made, n_passages, seed=1)
    full_s = publish(base)
    added = []
    for seed in (2, 3, 4):
        fill(base, made, 10 * PER_DOCUMENT, seed)
        added.append(publish(base))
    return {
        "passages": n_passages,
        "pool_sentences": len(made.texts),
        "languages": len(set(made.languages)),
        "store_s": round(stored_s, 1),
        "publish_all_s": round(full_s, 1),
        "publish_10_documents_s": [round(each, 2) for each in added],
        "publish_10_documents_written_mb": round(written_by(base) / 1e6, 1),
        "index_mb": round(size_of(base.index / "generations" / str(base.generations.number())) / 1e6),
        "catalog_mb": round((base.index / "catalog.sqlite").stat().st_size / 1e6),
    }


def memory() -> dict[str, int]:
    """Of this process, in MB: all that is resident, and what of it is mapped from files."""
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines() if ":" in line)
    return {name: int(lines[key].split()[0]) // 1024 for name, key in (("resident_mb", "VmRSS"), ("of_files_mb", "RssFile"))}


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    """In milliseconds."""
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    return {"p50_ms": round(1000 * cuts[49], 1), "p95_ms": round(1000 * cuts[94], 1)}


def timed(ask: Callable[[str], object], asked: Sequence[str]) -> dict[str, float]:
    """Latency of ``asked`` after two questions to warm up, and the work of all threads, which others change less."""
    for question in asked[:2]:
        ask(question)
    took = []
    cpu = time.process_time()
    for question in asked:
        began = time.perf_counter()
        ask(question)
        took.append(time.perf_counter() - began)
    cpu = time.process_time() - cpu
    return {**percentiles(took), "cpu_mean_ms": round(1000 * cpu / len(asked), 1)}


class Unremembered:
    """An encoder that nobody met before, so that what it made of a question is not known yet."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def __getattr__(self, name: str) -> Any:
        return getattr(self._encoder, name)


def measure(folder: Path) -> dict[str, Any]:
    """Ask the collection in ``folder``; to be run in a process of its own."""
    began = time.perf_counter()
    shared = open_kb(settings_in(folder))
    encoder = shared.models.open(shared.model)
    base = replace(shared, encoder=lambda: Unremembered(encoder))  # every question is encoded each time
    loaded = {"model_mb": memory()["resident_mb"]}
    opening = time.perf_counter()
    generation = base.generation()
    opened_s = time.perf_counter() - opening
    asked = questions()[:N_QUESTIONS]
    search(base, asked[0], actor=LOCAL_MEMBER)
    first_s = time.perf_counter() - began
    one = generation.rows.documents[len(generation.rows.documents) // 2]

    def ask(mark: bool = False, **filters: Any) -> Callable[[str], object]:
        return lambda question: search(base, question, actor=LOCAL_MEMBER, filters=Filters(**filters), mark=mark)

    found = {
        "open_s": round(opened_s, 2),
        "start_to_first_answer_s": round(first_s, 2),
        "unfiltered": timed(ask(), asked),
        "marked": timed(ask(mark=True), asked),
        "marking": marking(base, asked),
        "one_country_of_40": timed(ask(countries=(COUNTRIES[3],)), asked),
        "half_of_the_countries": timed(ask(countries=COUNTRIES[:20]), asked),
        "one_language": timed(ask(languages=("fr",)), asked),
        "one_document": timed(ask(documents=(one,)), asked),
        "legs": legs(base, asked),
        **loaded,
        **memory(),
    }
    found["dense_recall_at_10"] = recall(base, asked)
    found["users_50"] = together(replace(shared, encoder=lambda: encoder), many_questions(N_USERS * N_ROUNDS))
    found |= {"after_all": memory()}
    return found


def legs(base: KnowledgeBase, asked: Sequence[str]) -> dict[str, dict[str, float]]:
    """Latency of the parts, unfiltered."""
    generation, encoder = base.generation(), base.encoder()
    everything = Allowed.of(generation.rows, np.ones(len(generation.rows), bool))
    vectors = {question: encoder.encode_question(question) for question in asked}
    depth = max(CANDIDATES // max(1, int(np.count_nonzero(everything.per_language))), MIN_CANDIDATES)
    return {
        "encode": timed(encoder.encode_question, asked),
        "dense": timed(lambda question: generation.vectors.search(vectors[question], depth, everything), asked),
    }


def marking(base: KnowledgeBase, asked: Sequence[str]) -> dict[str, float]:
    """What the marked sentences of a page of ten hits cost: the same question with them and without, one after the other."""

    def took(question: str, mark: bool) -> float:
        began = time.perf_counter()
        search(base, question, actor=LOCAL_MEMBER, mark=mark)
        return time.perf_counter() - began

    costs = [took(question, mark=True) - took(question, mark=False) for question in asked]
    return {"mean_ms": round(1000 * statistics.fmean(costs), 1), **percentiles(costs)}


def recall(base: KnowledgeBase, asked: Sequence[str]) -> dict[str, float]:
    """Share of the exact ten nearest of each language that the dense leg brings; unfiltered, and in half of the documents."""
    generation = base.generation()
    rows = generation.rows
    vectors = np.stack([base.encoder().encode_question(question) for question in asked])
    masks = {"unfiltered": rows.live, "half_of_the_documents": rows.live & (rows.document_of % 2 == 0)}
    depth = max(CANDIDATES // max(1, len(rows.languages)), MIN_CANDIDATES)
    best: dict[tuple[str, int, int], list[tuple[float, int]]] = {}
    for start in range(0, len(rows), 50_000):
        numbers = np.arange(start, min(start + 50_000, len(rows)))
        scores = generation.vectors.vectors(numbers.tolist()) @ vectors.T
        for name, mask in masks.items():
            for position in range(len(rows.languages)):
                own = np.flatnonzero(mask[numbers] & (rows.language_of[numbers] == position))
                for q in range(len(asked)):
                    top = own[np.argsort(-scores[own, q])[:10]]
                    merged = best.get((name, position, q), []) + [(float(scores[i, q]), int(numbers[i])) for i in top]
                    best[name, position, q] = sorted(merged, reverse=True)[:10]
    found = {}
    for name, mask in masks.items():
        allowed = Allowed.of(rows, mask)
        right = wanted = 0
        for q, vector in enumerate(vectors):
            brought = {row for row, _ in generation.vectors.search(vector, depth, allowed)}
            for position in range(len(rows.languages)):
                exact = {row for _, row in best[name, position, q]}
                right, wanted = right + len(exact & brought), wanted + len(exact)
        found[name] = round(right / wanted, 4)
    return found


def together(base: KnowledgeBase, asked: Sequence[str]) -> dict[str, float | int]:
    """Fifty people ask at once, four questions each, one after the other, with marks and counts. No question is asked twice."""
    took: list[float] = []
    errors: list[Exception] = []
    start = threading.Barrier(N_USERS)

    def person(number: int) -> None:
        start.wait()
        for turn in range(N_ROUNDS):
            began = time.perf_counter()
            try:
                search(base, asked[number * N_ROUNDS + turn], actor=LOCAL_MEMBER)
            except Exception as error:  # noqa: BLE001  # counted
                errors.append(error)
            took.append(time.perf_counter() - began)

    people = [threading.Thread(target=person, args=(number,)) for number in range(N_USERS)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    return {**percentiles(took), "errors": len(errors), "questions": len(took)}


def at(n_passages: int, folder: Path) -> dict[str, Any]:
    """Everything about one size."""
    place = folder / str(n_passages)
    place.mkdir(parents=True, exist_ok=True)
    built = build(place, n_passages)
    command = [sys.executable, __file__, "--measure", str(place)]
    asked = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return {**built, **json.loads(asked.stdout)}


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--measure"]:
        print(json.dumps(measure(Path(arguments[1]))))
        return
    with tempfile.TemporaryDirectory(prefix="kb-scale-") as name:
        folder = Path(os.environ.get("KB_SCALE", name))  # name a folder to keep what is made
        for size in arguments:
            print(json.dumps(at(int(size), folder), indent=1), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
