"""Search over the sample corpus and over judged questions of others, with the real model."""

from __future__ import annotations

import random
import re
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeEncoder, FakeModels, FakeReader

from kb import open_kb
from kb.errors import QueryError
from kb.retrieval.answer import MAX_QUESTION_CHARS, Filters, SearchResult
from kb.services.ingesting import ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER
from kb.services.searching import search
from kb.settings import Settings

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))  # judged.py: the benchmarks' own reader of judged sets

import judged  # noqa: E402

# Measured on 2026-11-22 with multilingual-e5-small (openvino bf16): accuracy@1 de 0.851, es 0.851, ro 0.831 (396 questions each).
XQUAD_FLOOR = 0.80
XQUAD_QUESTIONS = 396  # of 1,190 a language, every third: to keep this short


def ask(kb: KnowledgeBase, question: str, k: int = 10, **wanted: tuple[object, ...]) -> SearchResult:
    return search(kb, question, actor=LOCAL_MEMBER, filters=Filters(**wanted), k=k)  # type: ignore[arg-type]


# any text is a question ------------------------------------------------------------------------------------------------


def test_a_thousand_random_questions_raise_nothing(sample_kb: KnowledgeBase) -> None:
    """All of Unicode, lone surrogates and control characters included; only an empty question is refused."""
    chance = random.Random(20261122)
    scripts = [
        (32, 126),
        (0xA0, 0x24F),
        (0x370, 0x5FF),
        (0x600, 0x6FF),
        (0x900, 0x97F),
        (0x4E00, 0x9FFF),
        (0x1F300, 0x1F6FF),
        (0, sys.maxunicode),
    ]
    refused = 0
    for low, high in scripts * 125:
        question = "".join(chr(chance.randint(low, high)) for _ in range(chance.randint(0, 40)))
        try:
            result = ask(sample_kb, question, k=chance.randint(1, 3))
        except QueryError:
            refused += 1
            assert not question.replace("\0", " ").split()
        else:
            assert result.hits

    assert refused < 100


@pytest.mark.parametrize(
    "question",
    ['"', "title:x AND", "a OR", "x" * MAX_QUESTION_CHARS, "DROP TABLE passages; --", "😀", "1972", "\u202e", "<b>", "a\n\nb"],
)
def test_what_looks_dangerous_is_a_question_like_any_other(sample_kb: KnowledgeBase, question: str) -> None:
    assert ask(sample_kb, question).hits


@pytest.mark.parametrize(
    ("question", "k"), [("", 10), (" \n\t\0 ", 10), ("x" * (MAX_QUESTION_CHARS + 1), 10), ("x", 0), ("x", 201)]
)
def test_what_cannot_be_asked_is_refused_with_what_can(sample_kb: KnowledgeBase, question: str, k: int) -> None:
    with pytest.raises(QueryError, match=r"Ask|can be given"):
        ask(sample_kb, question, k=k)


# filters, counts, ranks --------------------------------------------------------------------------------------------------

FILTERS = [
    {},
    {"kinds": ("case-study",)},
    {"kinds": ("guide", "conference-note"), "languages": ("en", "fr")},
    {"languages": ("de",)},
    {"countries": ("IN", "ES")},
    {"themes": ("cooperatives",), "kinds": ("case-study",)},
    {"years": (2026,)},
    {"countries": ("XX",)},
    {"kinds": ("case-study",), "languages": ("xx",)},
]


@pytest.mark.parametrize("wanted", FILTERS, ids=str)
def test_filters_are_exact_and_counts_are_those_of_brute_force(
    sample_kb: KnowledgeBase, wanted: dict[str, tuple[object, ...]]
) -> None:
    documents = {document.id: document for document in sample_kb.catalog.documents()}
    by_document = {
        identity
        for identity, document in documents.items()
        if all(
            {str(value) for value in values} & set(document.facets[field])
            for field, values in wanted.items()
            if field != "languages"
        )
    }
    languages = wanted.get("languages")
    rows = [
        passage
        for passage, _ in sample_kb.catalog.live_rows()
        if passage.document_id in by_document and (not languages or passage.language in languages)
    ]
    result = ask(sample_kb, "How do women's co-operatives save and learn from peers?", k=200, **wanted)

    assert (result.n_passages, result.n_documents) == (len(rows), len({passage.document_id for passage in rows}))
    assert {hit.passage.id for hit in result.hits} <= {passage.id for passage in rows}
    assert len(result.hits) == min(200, len(rows)) or len(result.hits) >= 20
    for field, counts in result.facets.items():
        expected = counted_without(sample_kb, field, wanted)
        assert all(count <= expected[value] for value, count in counts.items())


def counted_without(kb: KnowledgeBase, field: str, wanted: dict[str, tuple[object, ...]]) -> Counter[str]:
    """Value of one facet → number of documents with a passage that passes the filters on all other fields."""
    documents = {document.id: document for document in kb.catalog.documents()}
    found: set[tuple[str, str]] = set()
    for passage, _ in kb.catalog.live_rows():
        values = {**documents[passage.document_id].facets, "languages": (passage.language,)}
        if all({str(each) for each in some} & set(values[other]) for other, some in wanted.items() if other != field):
            found |= {(passage.document_id, value) for value in values[field]}
    return Counter(value for _, value in found)


def test_hits_say_why_they_are_here(sample_kb: KnowledgeBase) -> None:
    result = ask(sample_kb, "When was SEWA founded?", k=50)
    hits = result.hits

    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for ranks in ([hit.lexical_rank for hit in hits], [hit.dense_rank for hit in hits]):
        told = [rank for rank in ranks if rank is not None]
        assert len(set(told)) == len(told) > 0
    assert all((hit.lexical_rank is None) == (hit.lexical_score is None) for hit in hits)
    assert all(hit.lexical_rank or hit.dense_rank for hit in hits)
    assert all(hit.sentence is None or hit.sentence in hit.passage.sentences for hit in hits)
    assert result.question_language == "en" or result.question_language == "und"


def test_a_hit_is_cited_to_the_characters_of_its_document(sample_kb: KnowledgeBase) -> None:
    for hit in ask(sample_kb, "Which peers visited each other, and what did they learn?", k=50).hits:
        document = sample_kb.catalog.document(hit.passage.document_id)
        assert document is not None
        assert document.text[hit.passage.start : hit.passage.end] == hit.passage.text


def test_the_same_question_has_the_same_answer(sample_kb: KnowledgeBase) -> None:
    one, other = (ask(sample_kb, "mercados de práticas", k=30) for _ in range(2))

    assert one.hits == other.hits
    assert one.facets == other.facets


def test_a_question_finds_its_answer_in_another_language(sample_kb: KnowledgeBase) -> None:
    """The answer stands in English only; Tamil and German share no word with it."""
    for question in (
        "In welchem Jahr wurde die indische Frauengewerkschaft gegründet?",
        "Combien de travailleuses informelles compte le syndicat indien ?",
    ):
        assert "case-studies/sewa.md" in [hit.path for hit in ask(sample_kb, question).hits[:3]]


# how well ----------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def xquad_kb(eval_data: Path, built_kb: Settings) -> Iterator[KnowledgeBase]:
    with judged.ingested(judged.load(eval_data / "xquad", corpus="corpus_en.jsonl", queries="queries_en.jsonl"), built_kb) as base:
        yield base


@pytest.mark.parametrize("language", ["de", "es", "ro"])
def test_questions_of_xquad_find_their_english_paragraph_first(xquad_kb: KnowledgeBase, eval_data: Path, language: str) -> None:
    """Accuracy@1 over 240 English paragraphs. XQuAD: Artetxe, Ruder, Yogatama (ACL 2020), CC BY-SA 4.0."""
    questions = judged.load(eval_data / "xquad", corpus="corpus_en.jsonl", queries=f"queries_{language}.jsonl")
    chosen = sorted(questions.questions)[:: len(questions.questions) // XQUAD_QUESTIONS][:XQUAD_QUESTIONS]
    right = 0
    for identity in chosen:
        (hit,) = search(xquad_kb, questions.questions[identity], actor=LOCAL_MEMBER, k=1, syntax=False).hits
        right += questions.judgements[identity].get(questions.at[hit.path], 0) > 0

    assert len(chosen) == XQUAD_QUESTIONS
    assert right / len(chosen) >= XQUAD_FLOOR, right / len(chosen)


# while the index is being written ----------------------------------------------------------------------------------------


def test_readers_never_see_an_error_or_two_versions_while_generations_are_swapped(tmp_path: Path) -> None:
    """Each document says its edition in every passage: a passage is of the edition that its own document's other hits are of."""
    settings = Settings(tmp_path / "corpus", tmp_path / "index", model="fake")
    settings.documents.mkdir(parents=True)
    encoder = FakeEncoder()
    kb = replace(open_kb(settings), models=FakeModels(), encoder=lambda: encoder, new_reader=FakeReader)

    def publish(edition: int) -> None:
        for name in ("a", "b", "c"):
            parts = "\n\n".join(f"# Part {part}\n\nedition{edition} {name} looms part{part} " + "word " * 30 for part in range(4))
            (settings.documents / f"{name}.md").write_text(parts, encoding="utf-8")
        ingest(kb, [settings.documents], actor=LOCAL_MEMBER)

    publish(0)
    is_over = threading.Event()
    errors: list[BaseException] = []
    answers: list[SearchResult] = []

    def read() -> None:
        try:
            while not is_over.is_set():
                answers.append(search(kb, "looms part1", actor=LOCAL_MEMBER, k=50))
        except BaseException as error:
            errors.append(error)
            raise

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for edition in range(1, 21):
        publish(edition)
    is_over.set()
    for reader in readers:
        reader.join()

    assert errors == []
    assert len(answers) >= 20
    assert len({answer.generation for answer in answers}) > 3
    for answer in answers:
        assert len(answer.hits) == 12
        editions: dict[str, set[str]] = {}
        for hit in answer.hits:
            (edition,) = set(re.findall(r"edition\d+", hit.passage.text))
            editions.setdefault(hit.path, set()).add(edition)
        assert all(len(found) == 1 for found in editions.values())
