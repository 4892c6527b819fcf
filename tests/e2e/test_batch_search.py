"""A table of questions in, a table of cited passages out, over the sample corpus."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from kb.errors import PermissionDenied, QueryError
from kb.retrieval.answer import MAX_QUESTION_CHARS, Filters
from kb.services.batch_search import COLUMNS, MAX_MEGABYTES, BatchProgress, batch
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member
from kb.services.searching import search
from kb.services.tables import TableFormat
from kb.settings import Settings

QUESTIONS = f"""id;question;language
sewa;When was SEWA founded?;en
;Wie übertrug Cesena die Bienenroute?;de
empty;;
long;{"x" * (MAX_QUESTION_CHARS + 1)};
=1+1;"=cmd|' /C calc'!A0";
"""


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_each_row_is_a_passage_as_the_search_gives_it(sample_kb: KnowledgeBase) -> None:
    seen: list[BatchProgress] = []
    report = batch(sample_kb, QUESTIONS.encode("cp1252"), TableFormat.CSV, actor=LOCAL_MEMBER, k=3, on_progress=seen.append)
    rows = table(report.file.content)

    assert tuple(rows[0]) == COLUMNS
    assert [(progress.done, progress.total) for progress in seen] == [(n, 5) for n in range(1, 6)]
    assert (report.n_questions, report.n_answered, report.n_passages) == (5, 3, 9)
    for identity, question in (("sewa", "When was SEWA founded?"), ("3", "Wie übertrug Cesena die Bienenroute?")):
        hits = search(sample_kb, question, actor=LOCAL_MEMBER, k=3).hits
        own = [row for row in rows if row["question_id"] == identity]
        assert [row["question"] for row in own] == [question] * 3
        assert [row["passage_id"] for row in own] == [hit.passage.id for hit in hits]
        assert [row["document"] for row in own] == [hit.path for hit in hits]
        assert [row["sentence"] for row in own] == [hit.sentence_text or "" for hit in hits]
        assert [row["words_rank"] for row in own] == ["" if hit.lexical_rank is None else str(hit.lexical_rank) for hit in hits]


def test_what_cannot_be_asked_is_told_with_its_row_and_the_rest_is_answered(sample_kb: KnowledgeBase) -> None:
    report = batch(sample_kb, QUESTIONS.encode(), TableFormat.CSV, actor=LOCAL_MEMBER, k=1, say=str.upper)
    remarks = {row["question_id"]: row["remark"] for row in table(report.file.content)}

    assert [(each.asked.row, each.asked.id) for each in report.unasked] == [(4, "empty"), (5, "long")]
    assert "empty" in report.unasked[0].reason
    assert "2001 characters" in report.unasked[1].reason
    assert remarks["empty"] == report.unasked[0].reason.upper()
    assert remarks["sewa"] == remarks["'=1+1"] == ""


def test_a_question_without_an_answer_has_a_row_too(sample_kb: KnowledgeBase) -> None:
    filters = Filters(countries=("XX",))

    report = batch(sample_kb, b"question\nWhy?\n", TableFormat.CSV, actor=LOCAL_MEMBER, filters=filters)
    (row,) = table(report.file.content)

    assert (report.n_questions, report.n_answered, report.unasked) == (1, 0, ())
    assert row["remark"] == "No passage was found for this question."
    assert row["passage_id"] == ""


def test_the_workbook_says_the_same_as_the_csv(sample_kb: KnowledgeBase) -> None:
    as_csv, as_xlsx = (batch(sample_kb, QUESTIONS.encode(), form, actor=LOCAL_MEMBER, k=2).file for form in TableFormat)
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx.content)).active
    cells = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]

    assert as_xlsx.name == "answers.xlsx"
    assert cells == [list(COLUMNS), *(list(row.values()) for row in table(as_csv.content))]


def test_it_ends_early_when_told_to_and_keeps_what_it_has(sample_kb: KnowledgeBase) -> None:
    report = batch(sample_kb, b"question\nWhy?\nWho?\n", TableFormat.CSV, actor=LOCAL_MEMBER, k=1, should_stop=lambda: True)

    assert report.was_stopped
    assert len(table(report.file.content)) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"x" * ((MAX_MEGABYTES << 20) + 1), "5.0 MB; at most 5"),
        (b"", "no question"),
        (b"question\n" + b"Why?\n" * 1001, "1001 questions"),
    ],
)
def test_a_file_that_is_no_table_of_questions_is_refused(sample_kb: KnowledgeBase, content: bytes, reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        batch(sample_kb, content, TableFormat.CSV, actor=LOCAL_MEMBER)


def test_who_may_not_search_may_not_search_in_bulk(sample_kb: KnowledgeBase) -> None:
    with pytest.raises(PermissionDenied):
        batch(sample_kb, b"question\nWhy?\n", TableFormat.CSV, actor=Member("guest", frozenset()))


def test_a_speaker_whom_the_chatham_house_rule_protects_is_not_named(sample_kb: KnowledgeBase) -> None:
    """The same answers, once with the rule on every document."""
    content = b"question\nWhat did SEWA found?\n"
    (hit,) = search(sample_kb, "What did SEWA found?", actor=LOCAL_MEMBER, k=1).hits
    name = max(hit.passage.text.split(), key=lambda word: word.isalpha() * len(word))
    documents = [
        replace(each, metadata=replace(each.metadata, chatham_house=True, authors=(name,)))
        for each in sample_kb.catalog.documents()
    ]
    ruled = replace(sample_kb, catalog=_Ruled(sample_kb, documents))  # type: ignore[arg-type]

    (row,) = table(batch(ruled, content, TableFormat.CSV, actor=LOCAL_MEMBER, k=1).file.content)

    assert name in hit.passage.text
    assert name not in "".join(row.values())


class _Ruled:
    """The catalog with other metadata."""

    def __init__(self, kb: KnowledgeBase, documents: list[object]) -> None:
        self._catalog, self._documents = kb.catalog, documents

    def documents(self) -> list[object]:
        return self._documents

    def __getattr__(self, name: str) -> object:
        return getattr(self._catalog, name)


def run(built_kb: Settings, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "KB_CORPUS": str(built_kb.corpus), "KB_INDEX": str(built_kb.index)}
    return subprocess.run([sys.executable, "-m", "kb", "batch", *arguments], env=environment, capture_output=True, check=False)


def test_the_command_writes_the_file_and_names_the_rows_that_failed(built_kb: Settings, tmp_path: Path) -> None:
    questions, answers = tmp_path / "questions.csv", tmp_path / "answers.xlsx"
    questions.write_text("question;id\nWhen was SEWA founded?;a\n;b\n", encoding="utf-8")

    done = run(built_kb, str(questions), "--output", str(answers), "--k", "2")

    assert done.returncode == 1
    assert b"row 3: The question is empty." in done.stderr
    assert b"2 questions, 1 with passages, 2 passages" in done.stderr
    assert len(list(openpyxl.load_workbook(answers).active.values)) == 4


def test_the_command_prints_csv_and_refuses_other_endings(built_kb: Settings, tmp_path: Path) -> None:
    questions = tmp_path / "questions.csv"
    questions.write_text("When was SEWA founded?\n", encoding="utf-8")

    printed = run(built_kb, str(questions), "--k", "1")
    refused = run(built_kb, str(questions), "--output", str(tmp_path / "answers.pdf"))

    assert printed.returncode == 0
    assert [row["question"] for row in table(printed.stdout)] == ["When was SEWA founded?"]
    assert refused.returncode == 2
    assert b".csv or .xlsx" in refused.stderr
