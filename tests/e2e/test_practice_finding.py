"""Practices found by words and by meaning, over the real sheets and their documents."""

from __future__ import annotations

import pytest

from kb.services import practice_finding
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER
from kb.services.practice_documents import practices_of


@pytest.mark.parametrize(
    ("question", "practice"),
    [
        ("bees in city parks", "cesena-bee-path"),
        ("abeilles en ville", "cesena-bee-path"),  # the sheet is in Italian
        ("sindacato di lavoratrici informali in India", "sewa-cooperative-federation"),
        ("a further reviewer when two disagree", "finland-extra-reviewer"),
    ],
)
def test_the_practice_that_a_question_is_about_comes_first(practices_kb: KnowledgeBase, question: str, practice: str) -> None:
    assert next(iter(practice_finding.about(practices_kb, question, actor=LOCAL_MEMBER))) == practice


def test_every_passage_shown_belongs_to_its_practice(practices_kb: KnowledgeBase) -> None:
    found = practice_finding.about(practices_kb, "women who lead cooperatives", actor=LOCAL_MEMBER)
    belongs = practices_of(practices_kb, {hit.passage.document_id for hit in found.values()}, actor=LOCAL_MEMBER)

    assert len(found) >= 5
    for name, hit in found.items():
        assert name in {each.name for each in belongs[hit.passage.document_id]}


def test_a_passage_of_its_own_stands_before_one_that_many_share(practices_kb: KnowledgeBase) -> None:
    found = practice_finding.about(practices_kb, "women's cooperatives in India", actor=LOCAL_MEMBER)
    sewa = next(each for each in practice_finding.browse(practices_kb, actor=LOCAL_MEMBER) if "sewa-coop" in each.listed.name)

    assert found[sewa.listed.name].path in (f"practice:{sewa.listed.name}.yaml", "case-studies/sewa.md")


def test_browsing_gives_every_sheet_with_what_it_can_be_chosen_by(practices_kb: KnowledgeBase) -> None:
    found = practice_finding.browse(practices_kb, actor=LOCAL_MEMBER)

    assert [each.listed.name for each in found] == practices_kb.practices.names()
    assert all(each.traits["kinds"] and each.traits["themes"] for each in found)
    assert all(each.listed.document_id for each in found)


def test_practices_like_one_are_other_practices(practices_kb: KnowledgeBase) -> None:
    browsed = {each.listed.name: each.listed for each in practice_finding.browse(practices_kb, actor=LOCAL_MEMBER)}
    own = browsed["quebec-social-economy-act"].document_id
    assert own is not None

    found = practice_finding.like(practices_kb, own, actor=LOCAL_MEMBER)

    names = [each.name for each in found]
    assert len(set(names)) == practice_finding.SHOWN
    assert "quebec-social-economy-act" not in names
    assert {"brazil-paul-singer-law", "poland-social-economy-act", "bulgaria-sse-act"} & set(names)  # laws are like laws
