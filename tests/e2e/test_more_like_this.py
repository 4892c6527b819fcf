"""From a passage or a document to others like it: what is left out, what may be seen, and why it is alike."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEncoder, FakeModels, FakeReader, NoDetector

from kb import open_kb
from kb.errors import NotFound, PermissionDenied, QueryError
from kb.retrieval.answer import Filters
from kb.retrieval.passage import DocumentId, Passage, PassageId
from kb.retrieval.similar import BEST_PAIRS, PER_DOCUMENT
from kb.services.ingesting import ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.services.similar import more_like_document, more_like_passage
from kb.settings import Settings

MEMBER = Member("ann", frozenset({Role.MEMBER}))
WEAVING = "Weavers of the valley founded a co-operative and bought looms together, for wool was dear and the mill far away."
BEES = "The bee route leads visitors from hive to hive through the town, and beekeepers tell what the flowers give in each month."


def text(subject: str, *names: str) -> str:
    """A section a name: the subject, and words that no other section has."""
    own = {name: " ".join(f"{name[:5]}{n}" for n in range(12)) for name in names}
    return "\n\n".join(f"# {name}\n\n{subject} {own[name]}." for name in names)


@pytest.fixture
def small_kb(tmp_path: Path) -> KnowledgeBase:
    """Two documents about weaving, a near copy of the first, one about bees; a restricted one about weaving."""
    settings = Settings(tmp_path / "corpus", tmp_path / "index", model="fake")
    settings.documents.mkdir(parents=True)
    files = {
        "weaving.md": text(WEAVING, "alpha", "beta", "gamma", "delta"),
        "weaving-copy.md": text(WEAVING, "alpha", "beta", "gamma", "delta") + "\n\nOne more line.",
        "looms.md": text(WEAVING, "epsilon", "zeta", "eta"),
        "bees.md": text(BEES, "theta", "iota", "kappa"),
        "secret.md": text(WEAVING, "alpha", "beta", "lambda"),
    }
    for name, content in files.items():
        (settings.documents / name).write_text(content, encoding="utf-8")
    (settings.documents / "secret.md.yaml").write_text("visibility: restricted\n", encoding="utf-8")
    (settings.documents / "bees.md.yaml").write_text("kind: guide\ncountries: [IT]\n", encoding="utf-8")
    encoder = FakeEncoder()
    kb = replace(open_kb(settings), models=FakeModels(), encoder=lambda: encoder, new_reader=FakeReader, detector=NoDetector())
    ingest(kb, [settings.documents], actor=LOCAL_MEMBER)
    return kb


def id_of(kb: KnowledgeBase, path: str) -> DocumentId:
    return next(document.id for document in kb.catalog.documents() if document.path == path)


def first_passage(kb: KnowledgeBase, path: str) -> Passage:
    return kb.catalog.passages_of(id_of(kb, path))[0]


def test_the_document_itself_and_its_near_copy_are_left_out_and_the_copy_is_named(small_kb: KnowledgeBase) -> None:
    passages = more_like_passage(small_kb, first_passage(small_kb, "weaving.md").id, actor=MEMBER)
    documents = more_like_document(small_kb, id_of(small_kb, "weaving.md"), actor=MEMBER)

    assert {hit.path for hit in passages.hits} == {"looms.md", "bees.md"}
    assert [each.document.path for each in documents.found] == ["looms.md", "bees.md"]
    assert [each.path for each in passages.left_out] == [each.path for each in documents.left_out] == ["weaving-copy.md"]


def test_what_one_may_not_see_is_neither_found_nor_counted_nor_named(small_kb: KnowledgeBase) -> None:
    own = first_passage(small_kb, "weaving.md")
    theirs, everyones = (more_like_passage(small_kb, own.id, actor=actor, k=50) for actor in (LOCAL_MEMBER, MEMBER))
    documents = more_like_document(small_kb, own.document_id, actor=MEMBER, k=50)

    assert "secret.md" in {hit.path for hit in theirs.hits}
    assert "secret.md" not in {hit.path for hit in everyones.hits} | {each.document.path for each in documents.found}
    assert theirs.n_documents == everyones.n_documents + 1 == documents.n_documents + 1
    secret = len(small_kb.catalog.passages_of(id_of(small_kb, "secret.md")))
    assert theirs.n_passages == everyones.n_passages + secret == documents.n_passages + secret


def test_a_hidden_document_and_none_are_told_in_the_same_words(small_kb: KnowledgeBase) -> None:
    hidden = first_passage(small_kb, "secret.md")

    for passage in (hidden.id, PassageId("0" * 16)):
        with pytest.raises(NotFound, match="There is no such passage"):
            more_like_passage(small_kb, passage, actor=MEMBER)
    for document in (hidden.document_id, DocumentId("0" * 16)):
        with pytest.raises(NotFound, match="There is no such document"):
            more_like_document(small_kb, document, actor=MEMBER)


def test_a_guest_may_not_ask(small_kb: KnowledgeBase) -> None:
    own, guest = first_passage(small_kb, "weaving.md"), Member("guest", frozenset())

    with pytest.raises(PermissionDenied):
        more_like_passage(small_kb, own.id, actor=guest)
    with pytest.raises(PermissionDenied):
        more_like_document(small_kb, own.document_id, actor=guest)


@pytest.mark.parametrize("k", [0, -1, 201])
def test_a_number_that_cannot_be_given_is_refused(small_kb: KnowledgeBase, k: int) -> None:
    with pytest.raises(QueryError, match="between 1 and 200"):
        more_like_document(small_kb, id_of(small_kb, "bees.md"), actor=MEMBER, k=k)


def test_filters_are_exact(small_kb: KnowledgeBase) -> None:
    own = first_passage(small_kb, "weaving.md")
    italian = Filters(countries=("IT",))

    assert {hit.path for hit in more_like_passage(small_kb, own.id, actor=MEMBER, filters=italian).hits} == {"bees.md"}
    assert [each.document.path for each in more_like_document(small_kb, own.document_id, actor=MEMBER, filters=italian).found] == [
        "bees.md"
    ]
    nowhere = more_like_document(small_kb, own.document_id, actor=MEMBER, filters=Filters(countries=("XX",)))
    assert (nowhere.found, nowhere.n_passages, nowhere.n_documents) == ((), 0, 0)


def test_a_document_alone_in_its_collection_is_like_no_other(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "corpus", tmp_path / "index", model="fake")
    settings.documents.mkdir(parents=True)
    (settings.documents / "a.md").write_text("One sentence.", encoding="utf-8")
    encoder = FakeEncoder()
    kb = replace(open_kb(settings), models=FakeModels(), encoder=lambda: encoder, new_reader=FakeReader, detector=NoDetector())
    ingest(kb, [settings.documents], actor=LOCAL_MEMBER)

    assert more_like_document(kb, id_of(kb, "a.md"), actor=MEMBER).found == ()
    assert more_like_passage(kb, first_passage(kb, "a.md").id, actor=MEMBER).hits == ()


def test_passages_like_a_passage_of_the_sample_corpus(sample_kb: KnowledgeBase) -> None:
    own = next(
        passage for passage in sample_kb.catalog.passages_of(id_of(sample_kb, "case-studies/sewa.md")) if "1972" in passage.text
    )

    found = more_like_passage(sample_kb, own.id, actor=LOCAL_MEMBER, k=20)

    assert found.passage == own
    assert [hit.rank for hit in found.hits] == list(range(1, 21))
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)
    assert max(Counter(hit.path for hit in found.hits).values()) <= PER_DOCUMENT
    assert own.document_id not in {hit.passage.document_id for hit in found.hits}
    vectors = sample_kb.catalog.known_vectors([own, *(hit.passage for hit in found.hits)])
    for hit in found.hits:
        assert hit.dense_score == pytest.approx(float(vectors[hit.passage.id] @ vectors[own.id]), abs=1e-3)
        assert hit.sentence is None or hit.sentence in hit.passage.sentences


def test_documents_like_a_document_come_with_the_passages_that_show_it(sample_kb: KnowledgeBase) -> None:
    own = id_of(sample_kb, "case-studies/sewa.md")

    found = more_like_document(sample_kb, own, actor=LOCAL_MEMBER, k=10)

    assert [each.rank for each in found.found] == list(range(1, 11))
    assert [each.score for each in found.found] == sorted((each.score for each in found.found), reverse=True)
    assert own not in {each.document.id for each in found.found}
    for each in found.found:
        assert 1 <= len(each.pairs) <= BEST_PAIRS
        for pair in each.pairs:
            assert (pair.own.document_id, pair.other.document_id) == (own, each.document.id)
            vectors = sample_kb.catalog.known_vectors([pair.own, pair.other])
            assert pair.similarity == pytest.approx(float(np.dot(vectors[pair.own.id], vectors[pair.other.id])), abs=1e-3)


def run(built_kb: Settings, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "KB_CORPUS": str(built_kb.corpus), "KB_INDEX": str(built_kb.index)}
    command = [sys.executable, "-m", "kb", "like", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, check=False, encoding="utf-8")


def test_the_command_takes_a_document_by_its_path_and_a_passage_by_its_id(built_kb: Settings, sample_kb: KnowledgeBase) -> None:
    own = first_passage(sample_kb, "case-studies/sewa.md")

    documents = json.loads(run(built_kb, "case-studies/sewa.md", "--k", "2", "--json").stdout)
    passages = json.loads(run(built_kb, own.id, "--k", "2", "--json").stdout)
    unknown = run(built_kb, "no/such/thing")

    expected = more_like_document(sample_kb, own.document_id, actor=LOCAL_MEMBER, k=2)
    assert [each["document"] for each in documents["documents"]] == [each.document.path for each in expected.found]
    assert [hit["passage"] for hit in passages["hits"]] == [
        hit.passage.id for hit in more_like_passage(sample_kb, own.id, actor=LOCAL_MEMBER, k=2).hits
    ]
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert "There is no such passage." in unknown.stderr
