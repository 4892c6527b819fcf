"""Passages beside a criterion, measured by the quotes that the sheets of the sample name as evidence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kb.adapters.versioned_folder import rubrics_in
from kb.retrieval.judged import flat
from kb.retrieval.passage import PassageId
from kb.services.assessing.practice_passages import documents_of
from kb.services.assessing.speaking_passages import SHOWN, items_of, speaking_to
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER

ROOT = Path(__file__).parents[2]


def test_what_bears_a_sheet_out_is_mostly_among_the_passages_that_a_reviewer_is_shown(practices_kb: KnowledgeBase) -> None:
    """78 of 100 on 2026-11-22, with the short rubric."""
    kb = replace(practices_kb, rubrics=rubrics_in(ROOT / "corpus" / "rubrics"))
    rubric = kb.rubrics.read("plp-short").made
    assert rubric is not None
    found = []
    for name in kb.practices.names():
        sheet = kb.practices.read(name).sheet
        assert sheet is not None
        own = documents_of(kb, name, actor=LOCAL_MEMBER)
        passages = {document.path: kb.catalog.passages_of(document.id) for document in own.documents.values()}
        for item in items_of(rubric):
            quoted: set[PassageId] = {
                passage.id
                for each in sheet.evidence
                for passage in passages.get(each.document, ())
                if each.field in item.fields and flat(each.quote) in flat(passage.text)
            }
            if quoted:
                shown = speaking_to(kb, rubric, item, own, actor=LOCAL_MEMBER, shown=SHOWN).passages
                found.append(bool(quoted & {each.passage.id for each in shown}))

    assert len(found) > 100
    assert sum(found) / len(found) > 0.7
