"""Saved searches over a real index: new documents are told once, and everything is its member's own; the commands say it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import ir_measures
import pytest
from click.testing import CliRunner, Result
from fakes import FakeEncoder, FakeModels, FakeReader, FakeRecords

from kb import cli, open_kb
from kb.errors import Conflict, IndexMissing, InvalidEntry, NotFound, PermissionDenied, QueryError
from kb.retrieval.answer import Filters
from kb.retrieval.passage import DocumentId
from kb.services import saved_searches
from kb.services.ingesting import ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.services.records import SavedSearch, UnitOfWork
from kb.services.saved_searches import mark_seen, named, remove, rename, run, save, saved_search
from kb.settings import Settings

ELA = Member("ela", frozenset({Role.MEMBER}))
BO = Member("bo", frozenset({Role.MEMBER}))
FAY = Member("fay", frozenset({Role.MEMBER, Role.FACILITATOR}))
NOBODY = Member("nobody", frozenset())


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    (tmp_path / "corpus" / "documents").mkdir(parents=True)
    return opened(tmp_path, FakeRecords())


def opened(place: Path, records: Callable[[], UnitOfWork]) -> KnowledgeBase:
    settings, encoder = Settings(place / "corpus", place / "index", model="fake"), FakeEncoder()
    return replace(open_kb(settings), models=FakeModels(), encoder=lambda: encoder, new_reader=FakeReader, records=records)


def bring(kb: KnowledgeBase, name: str, text: str, sidecar: str = "") -> None:
    (kb.documents / name).write_text(text, encoding="utf-8")
    if sidecar:
        (kb.documents / f"{name}.yaml").write_text(sidecar, encoding="utf-8")
    ingest(kb, [kb.documents], actor=LOCAL_MEMBER)


def long_ago(kb: KnowledgeBase, saved: SavedSearch) -> KnowledgeBase:
    """As if all documents had been read in January 2000 and looked at in June; stamps have seconds, and tests do not wait."""
    with closing(sqlite3.connect(kb.index / "catalog.sqlite")) as catalog:
        catalog.execute("UPDATE documents SET added_at_utc = '2000-01-01T00:00:00+00:00'")
        catalog.execute("UPDATE ledger SET at_utc = '2000-01-01T00:00:00+00:00'")
        catalog.commit()
    june = "2000-06-01T00:00:00+00:00"
    with kb.records() as records:
        changed = records.saved_searches.change(replace(saved, seen_at_utc=june, indexed_until_utc=june))
    assert changed is not None
    return opened(kb.index.parent, kb.records)  # what the catalog has in memory is of today


def paths_of_new(visit: saved_searches.Visit) -> list[str]:
    return [hit.path for hit in visit.result.hits if hit.passage.id in visit.new]


def test_a_document_that_comes_is_new_until_it_was_seen(kb: KnowledgeBase) -> None:
    bring(kb, "a.txt", "the bees of Ljubljana fly over the town")
    saved = save(kb, "Bees", "bees of the town", actor=ELA)
    assert paths_of_new(run(kb, saved.id, actor=ELA)) == []

    bring(kb, "b.txt", "new bees came to the town of Cesena")
    visit = run(kb, saved.id, actor=ELA)
    assert paths_of_new(visit) == ["b.txt"]
    assert paths_of_new(run(kb, saved.id, actor=ELA)) == ["b.txt"]  # looking alone changes nothing

    seen = mark_seen(kb, visit, actor=ELA)
    assert paths_of_new(run(kb, saved.id, actor=ELA)) == []
    assert set(seen.seen) == {hit.passage.id for hit in visit.result.hits}
    with pytest.raises(Conflict, match="“Bees” was changed or looked at elsewhere"):
        mark_seen(kb, visit, actor=ELA)


def test_a_passage_that_moves_up_because_another_leaves_is_not_new(kb: KnowledgeBase) -> None:
    for number in range(5):
        bring(kb, f"{number}.txt", f"the bees of the town number {number}")
    saved = save(kb, "Bees", "bees of the town", actor=ELA, k=2)
    kb = long_ago(kb, saved)
    first = run(kb, saved.id, actor=ELA)
    (kb.documents / first.result.hits[0].path).unlink()
    ingest(kb, [kb.documents], actor=LOCAL_MEMBER)
    visit = run(kb, saved.id, actor=ELA)

    assert {hit.path for hit in visit.result.hits} - {hit.path for hit in first.result.hits}
    assert visit.new == frozenset()


def test_of_all_passages_those_are_new_that_were_rewritten_or_came(kb: KnowledgeBase) -> None:
    for name, city in (("a.txt", "Ljubljana"), ("b.txt", "Maribor"), ("c.txt", "Koper")):
        bring(kb, name, f"the bees of {city} fly over the town")
    saved = save(kb, "Bees", "bees of the town", actor=ELA)
    kb = long_ago(kb, saved)
    assert paths_of_new(run(kb, saved.id, actor=ELA)) == []
    bring(kb, "b.txt", "the bees of Maribor wake up in the town")
    bring(kb, "d.txt", "the bees of Cesena wake up in the town")

    assert sorted(paths_of_new(run(kb, saved.id, actor=ELA))) == ["b.txt", "d.txt"]


def test_filters_and_number_are_those_that_were_saved(kb: KnowledgeBase) -> None:
    bring(kb, "a.txt", "the bees of Ljubljana", "country: SI")
    bring(kb, "b.txt", "the bees of Cesena", "country: IT")
    saved = save(kb, "Bees", "bees", actor=ELA, filters=Filters(countries=("IT",)), k=1)
    visit = run(kb, saved.id, actor=ELA)

    assert [hit.path for hit in visit.result.hits] == ["b.txt"]
    assert (visit.result.filters, visit.saved.k) == (Filters(countries=("IT",)), 1)


def test_nothing_of_a_hidden_document_is_seen_or_new(kb: KnowledgeBase) -> None:
    bring(kb, "a.txt", "the bees of Ljubljana")
    saved, hers = save(kb, "Bees", "bees", actor=ELA), save(kb, "Bees", "bees", actor=FAY)
    bring(kb, "secret.txt", "the secret bees of Cesena", "visibility: restricted")
    visit = run(kb, saved.id, actor=ELA)

    assert (len(visit.result.hits), visit.result.n_documents, visit.new) == (1, 1, frozenset())
    assert paths_of_new(run(kb, hers.id, actor=FAY)) == ["secret.txt"]


def test_a_saved_search_is_its_members_own(kb: KnowledgeBase) -> None:
    bring(kb, "a.txt", "the bees of Ljubljana")
    saved = save(kb, "Bees", "bees", actor=ELA)
    visit = run(kb, saved.id, actor=ELA)
    acts = (
        lambda who, it: saved_search(kb, it, actor=who),
        lambda who, it: run(kb, it, actor=who),
        lambda who, it: remove(kb, it, actor=who),
        lambda who, it: rename(kb, replace(saved, id=it), "Mine", actor=who),
        lambda who, it: mark_seen(kb, replace(visit, saved=replace(saved, id=it)), actor=who),
        lambda who, it: named(kb, "Bees", actor=who),
    )
    assert saved_searches.saved_searches(kb, actor=BO) == []
    for act in acts:
        with pytest.raises(NotFound) as others:
            act(BO, saved.id)
        with pytest.raises(NotFound) as absent:
            act(BO, 999)
        assert str(others.value) == str(absent.value)
        with pytest.raises(PermissionDenied):
            act(NOBODY, saved.id)
    with pytest.raises(PermissionDenied):
        save(kb, "x", "bees", actor=NOBODY)
    forged = replace(saved, member="bo")
    with pytest.raises(NotFound):
        rename(kb, forged, "Mine", actor=BO)
    assert saved_searches.saved_searches(kb, actor=ELA) == [saved]


def test_names_are_unique_for_a_member_whatever_their_case(kb: KnowledgeBase) -> None:
    bring(kb, "a.txt", "the bees of Ljubljana")
    first, second = save(kb, "  Bees\n in  town", "bees", actor=ELA), save(kb, "Other", "bees", actor=ELA)
    save(kb, "bees in town", "bees", actor=BO)

    assert first.name == "Bees in town"
    assert named(kb, "BEES IN  TOWN", actor=ELA) == first
    for act in (lambda: save(kb, "bees IN town", "x", actor=ELA), lambda: rename(kb, second, "Bees in town", actor=ELA)):
        with pytest.raises(InvalidEntry, match=r"called “.*” already"):
            act()
    renamed = rename(kb, first, "bees in Town", actor=ELA)  # its own name in another case
    assert (renamed.name, renamed.version) == ("bees in Town", 2)
    with pytest.raises(Conflict):
        rename(kb, first, "Late", actor=ELA)
    remove(kb, first.id, actor=ELA)
    assert [each.name for each in saved_searches.saved_searches(kb, actor=ELA)] == ["Other"]


def test_all_faults_of_a_saved_search_are_told_together(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(IndexMissing):
        save(kb, "Bees", "bees", actor=ELA)
    bring(kb, "a.txt", "the bees of Ljubljana")
    many = Filters(documents=tuple(DocumentId(str(number)) for number in range(101)), organisations=("x" * 301,))
    with pytest.raises(InvalidEntry) as told:
        save(kb, "n" * 101, "bees", actor=ELA, filters=many)
    assert str(told.value) == (
        "The search cannot be saved: the name has 101 characters; at most 100 are taken; "
        "it has 102 filters; at most 100 are taken; a filter has 301 characters; at most 300 are taken."
    )
    for name in ("", " \0\u2028 "):
        with pytest.raises(InvalidEntry, match="the name is empty"):
            save(kb, name, "bees", actor=ELA)
    with pytest.raises(QueryError):
        save(kb, "Bees", " ", actor=ELA)
    monkeypatch.setattr(saved_searches, "MAX_SAVED", 1)
    save(kb, "One", "bees", actor=ELA)
    with pytest.raises(InvalidEntry, match="You have 1 saved searches"):
        save(kb, "Two", "bees", actor=ELA)
    assert len(saved_searches.saved_searches(kb, actor=ELA)) == 1


# the commands -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def typed(built_kb: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs ``kb …`` over the sample corpus with records of the test's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KB_CORPUS", str(built_kb.corpus))
    monkeypatch.setenv("KB_INDEX", str(built_kb.index))
    monkeypatch.setenv("KB_DATABASE_URL", f"sqlite:///{tmp_path / 'kb.sqlite'}")
    return lambda *words: CliRunner().invoke(cli.kb, list(words))


def output(result: Result) -> str:
    assert result.exception is None, result.output
    return result.output


def test_judging_by_command_from_question_to_qrels(typed, tmp_path: Path) -> None:
    hit = json.loads(output(typed("search", "bee route", "--k", "1", "--json")))["hits"][0]
    assert "helps  “bee route”  " + hit["document"] in output(typed("judge", "bee route", hit["passage"], "--relevant"))
    assert output(typed("judge", "Bee route", hit["passage"], "--grade", "2")).startswith("2  answers it")
    assert typed("judge", "bee route", hit["passage"]).exit_code == 2
    assert typed("judge", "bee route", hit["passage"], "--relevant", "--grade", "1").exit_code == 2
    assert isinstance(typed("judge", "bee route", "0" * 16, "--relevant").exception, NotFound)
    assert output(typed("judgements", "list")).endswith("1 judgements\n")

    written = tmp_path / "out"
    output(typed("judgements", "export", "--format", "qrels", "--output", str(written)))
    (qrel,) = ir_measures.read_trec_qrels(str(written))
    (asked,) = (json.loads(line) for line in (tmp_path / "out.queries.jsonl").read_text(encoding="utf-8").splitlines())
    assert (qrel.query_id, qrel.doc_id, qrel.relevance) == (asked["_id"], hit["passage"], 2)
    assert asked["text"] == "Bee route"
    assert typed("judgements", "export", "--format", "qrels", "--output", str(written)).exit_code == 2  # nothing is overwritten

    output(typed("judgements", "withdraw", "2"))
    assert output(typed("judgements", "list")) == "0 judgements\n"


def test_saving_by_command(typed) -> None:
    assert "Saved as “Bees”, with 3 passages seen." in output(
        typed("saved", "add", "Bees", "bee route", "--k", "3", "--language", "EN")
    )
    assert isinstance(typed("saved", "add", "bees", "bees").exception, InvalidEntry)
    assert "Bees: bee route  [languages: en]" in output(typed("saved", "list"))
    assert "0 of 3 passages are new (since 20" in output(typed("saved", "run", "bees"))
    assert "“Bienen”" in output(typed("saved", "rename", "bees", "Bienen"))
    assert "0 of 3 passages are new" in output(typed("saved", "run", "BIENEN", "--peek"))
    output(typed("saved", "remove", "Bienen"))
    assert output(typed("saved", "list")) == "0 saved searches\n"
    assert isinstance(typed("saved", "run", "Bienen").exception, NotFound)
