"""Search by tag: a document has the tags of the practices that it belongs to, those given a moment ago too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb import cli
from kb.errors import UnusableRecords
from kb.retrieval.answer import Filters, SearchResult
from kb.services import library, searching, similar, tagging
from kb.services.document_tags import documents_for
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, visible_documents
from kb.services.records import UnitOfWork

SEWA, NAPLES = "sewa-cooperative-federation", "naples-civic-use-regulation"
WORKERS = Filters(tags=("group:informal-workers",))


@pytest.fixture
def kb(practices_kb: KnowledgeBase) -> KnowledgeBase:
    return practices_kb


@pytest.fixture
def given(kb: KnowledgeBase) -> Iterator[str]:
    """A tag that nobody declares, given to Naples for this test."""
    kept = tagging.give(kb, NAPLES, "open doors", why="They open every day.", actor=LOCAL_MEMBER)
    yield kept.tag
    with kb.records() as records:
        there = records.tags.one(kept.id)
    assert there is not None
    if there.is_live:
        tagging.withdraw(kb, kept.id, why="the test is over", version=there.version, actor=LOCAL_MEMBER)


def ask(kb: KnowledgeBase, question: str, filters: Filters = Filters(), k: int = 50) -> SearchResult:  # noqa: B008  # frozen
    return searching.search(kb, question, actor=LOCAL_MEMBER, filters=filters, k=k, mark=False)


def paths(result: SearchResult) -> set[str]:
    return {hit.path for hit in result.hits}


def documents_of(kb: KnowledgeBase, *practices: str) -> set[str]:
    found: set[str] = set()
    for name in practices:
        sheet = kb.practices.read(name).sheet
        assert sheet is not None
        found |= {f"practice:{name}.yaml", *sheet.documents}
    return found


def test_only_documents_of_practices_with_the_tag_are_found(kb: KnowledgeBase) -> None:
    tagged = tagging.practices_with(kb, "group:informal-workers", actor=LOCAL_MEMBER)
    found = ask(kb, "women save money together", WORKERS)

    assert SEWA in tagged
    assert paths(found) <= documents_of(kb, *tagged)
    assert {f"practice:{SEWA}.yaml", "case-studies/sewa.md"} <= paths(found)
    assert found.n_documents == len(documents_of(kb, *tagged))


@pytest.mark.parametrize(
    "typed", ["tag:informal-workers", "tag:group:informal-workers", 'étiquette:"Informal Workers"', "TAG:Informal-Workers"]
)
def test_a_tag_is_understood_with_and_without_its_prefix(kb: KnowledgeBase, typed: str) -> None:
    asked, chosen = ask(kb, f"{typed} women save money together"), ask(kb, "women save money together", WORKERS)

    assert asked.understood.words == "women save money together"
    assert [hit.passage.id for hit in asked.hits] == [hit.passage.id for hit in chosen.hits]


def test_a_tag_that_nobody_gave_finds_nothing(kb: KnowledgeBase) -> None:
    assert ask(kb, "tag:zeppelins women").hits == ()


def test_a_given_tag_counts_at_once_and_a_withdrawn_one_no_more(kb: KnowledgeBase, given: str) -> None:
    found = ask(kb, f'tag:"{given}" public building')
    assert paths(found) <= documents_of(kb, NAPLES)
    assert f"practice:{NAPLES}.yaml" in paths(found)
    assert ask(kb, "public building").facets["tags"][given] == len(documents_of(kb, NAPLES))

    kept = tagging.withdrawable(kb, NAPLES, given, actor=LOCAL_MEMBER)
    tagging.withdraw(kb, kept.id, why="no", version=kept.version, actor=LOCAL_MEMBER)
    assert ask(kb, f'tag:"{given}" public building').hits == ()


def test_a_count_is_the_number_of_documents_that_are_left(kb: KnowledgeBase) -> None:
    everything = library.documents(kb, actor=LOCAL_MEMBER, tagged=True)
    counts = library.facets(everything)["tags"]

    assert counts["group:informal-workers"] == len(library.documents(kb, actor=LOCAL_MEMBER, filters=WORKERS))
    for tag, count in list(counts.items())[:5]:
        assert count == len(library.documents(kb, actor=LOCAL_MEMBER, filters=Filters(tags=(tag,)))) > 0
    assert {each.path for each in library.documents(kb, actor=LOCAL_MEMBER, filters=WORKERS)} == documents_of(
        kb, *tagging.practices_with(kb, "group:informal-workers", actor=LOCAL_MEMBER)
    )


def test_other_filters_narrow_the_counts_of_tags_and_tags_those_of_others(kb: KnowledgeBase) -> None:
    all_counts, narrowed = ask(kb, "women save money together").facets, ask(kb, "women save money together", WORKERS).facets
    india = ask(kb, "women save money together", Filters(countries=("IN",))).facets

    assert set(narrowed["tags"]) == set(all_counts["tags"])  # the tag itself is not narrowed by the tag that is chosen
    assert sum(narrowed["kinds"].values()) < sum(all_counts["kinds"].values())
    assert india["tags"]["group:informal-workers"] <= all_counts["tags"]["group:informal-workers"]


def test_more_like_this_stays_within_a_tag(kb: KnowledgeBase) -> None:
    (sewa,) = [each for each in visible_documents(kb.catalog, LOCAL_MEMBER).values() if each.path == f"practice:{SEWA}.yaml"]
    near = similar.more_like_document(kb, sewa.id, actor=LOCAL_MEMBER, filters=WORKERS)

    assert {each.document.path for each in near.found} <= documents_of(
        kb, *tagging.practices_with(kb, "group:informal-workers", actor=LOCAL_MEMBER)
    ) - {sewa.path}
    assert near.found


def test_the_mapping_is_the_same_until_something_changes(kb: KnowledgeBase) -> None:
    before = documents_for(kb, [WORKERS], actor=LOCAL_MEMBER)

    assert documents_for(kb, [WORKERS], actor=LOCAL_MEMBER) is before
    assert documents_for(kb, actor=LOCAL_MEMBER) is visible_documents(kb.catalog, LOCAL_MEMBER)


def test_without_the_records_a_search_goes_on_and_one_by_tag_says_why_not(kb: KnowledgeBase) -> None:
    def broken() -> UnitOfWork:
        raise UnusableRecords("The records in kb.sqlite are being written by another process. Try again in a moment.")

    without = replace(kb, records=broken)

    assert ask(without, "women save money together").facets["tags"]["group:informal-workers"] > 0  # the declared ones
    with pytest.raises(UnusableRecords):
        ask(without, "women", WORKERS)


def test_the_command_takes_tags(kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_CORPUS", str(kb.documents.parent))
    monkeypatch.setenv("KB_INDEX", str(kb.index))
    monkeypatch.setenv("KB_DATABASE_URL", f"sqlite:///{tmp_path / 'kb.sqlite'}")

    found = CliRunner().invoke(cli.kb, ["search", "women save money", "--tag", "Group: Informal Workers", "--json"])

    assert found.exception is None, found.output
    assert {hit["document"] for hit in json.loads(found.output)["hits"]} <= documents_of(
        kb, *tagging.practices_with(kb, "group:informal-workers", actor=LOCAL_MEMBER)
    )
