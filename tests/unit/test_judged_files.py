"""Files of judged questions, well made and badly made: golden YAML and BEIR folders."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.adapters import judged_files
from kb.adapters.beir_folder import read_beir
from kb.adapters.golden_files import read_golden
from kb.errors import JudgementError
from kb.retrieval.judged import Answer, Judged

ROOT = Path(__file__).parents[2]
GOLDEN = """\
- id: guild-year
  question: "When was the  guild founded?"
  language: en
  answers:
    - document: case-studies/guild.md
      quote: "it began in 1971"
      relevance: 2
    - document: no.md
      quote: NO
      relevance: 0
- id: unanswered
  question: Who knows?
  answers: []
"""


def write(path: Path, *rows: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    """Two documents, three questions, of which one is not judged."""
    folder = tmp_path / "tiny"
    write(folder / "corpus.jsonl", {"_id": "d1", "title": "# A *title*", "text": "one"}, {"_id": 2, "text": "two", "title": None})
    write(
        folder / "queries.jsonl",
        {"_id": "q1", "text": "first?"},
        {"_id": "q2", "text": "second?", "metadata": {"language": "de"}},
        {"_id": "q3", "text": "nobody judged"},
    )
    write(folder / "qrels" / "test.tsv", "query-id\tcorpus-id\tscore", "q1\td1\t3", "q1\t2\t0", "q2\tgone\t1.0", "q9\td1\t1")
    return folder


# golden questions --------------------------------------------------------------------------------------------------------


def test_golden_questions_are_read_as_text(tmp_path: Path) -> None:
    """``NO`` is a word here, not false."""
    (tmp_path / "a.yaml").write_text(GOLDEN, encoding="utf-8")

    assert read_golden(tmp_path / "a.yaml").questions == (
        Judged(
            "guild-year",
            "When was the guild founded?",
            "en",
            (Answer("case-studies/guild.md", "it began in 1971", 2), Answer("no.md", "NO", 0)),
        ),
        Judged("unanswered", "Who knows?"),
    )


def test_a_folder_is_all_its_files_in_order_of_name(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.yaml").write_text(GOLDEN.replace("guild-year", f"year-{name}").replace("unanswered", f"un-{name}"))

    assert [question.question_id for question in read_golden(tmp_path).questions] == ["year-a", "un-a", "year-b", "un-b"]


def test_the_golden_questions_of_the_sample_corpus_are_sound() -> None:
    judged = read_golden(ROOT / "corpus" / "questions")

    assert len(judged.questions) >= 100
    assert [each.question_id for each in judged.questions if not each.can_be_measured] == []
    documents = {answer.document for each in judged.questions for answer in each.answers}
    assert [document for document in documents if not (ROOT / "corpus" / "documents" / document).is_file()] == []


def test_all_faults_of_all_files_are_told_with_their_lines(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOLDEN, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(
        """\
- id: guild-year
  question: Again?
  language: english
  answers:
    - document: a.md
      quote: x
      relevance: very
    - document: a.md
      relevance: 1
      page: 4
- question: no id
  answers: [a.md]
- just words
""",
        encoding="utf-8",
    )
    (tmp_path / "c.yaml").write_text("- id: [", encoding="utf-8")
    (tmp_path / "d.yaml").write_bytes(b"- id: \xff")
    (tmp_path / "e.yaml").write_text("a: &x [1]\nb: *x\n", encoding="utf-8")
    (tmp_path / "f.yaml").mkdir()

    with pytest.raises(JudgementError) as raised:
        read_golden(tmp_path)

    message = str(raised.value)
    for fault in (
        'b.yaml, line 3: language "english" is not a code',
        'b.yaml, line 7: relevance "very" is not a whole number from 0 to 100',
        "b.yaml, line 8: no quote",
        "b.yaml, line 10: unknown key “page”; an answer has document, quote, relevance",
        "b.yaml, line 11: no id",
        "b.yaml, line 12: an answer is not a list of keys and values",
        "b.yaml, line 13: a question is not a list of keys and values",
        f"b.yaml, line 1: the id guild-year is also that of {tmp_path}/a.yaml, line 1",
        "c.yaml, line 1:",
        "d.yaml: not UTF-8",
        "e.yaml: aliases (*) are not accepted",
        "f.yaml: not a file",
    ):
        assert fault in message, message


def test_a_folder_without_questions_says_what_to_name(tmp_path: Path) -> None:
    with pytest.raises(JudgementError, match="Name their folder: --questions FOLDER"):
        read_golden(tmp_path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(content=st.binary(max_size=200) | st.text(alphabet="-[]{}:&*!|>\"'#% \nab1", max_size=80).map(str.encode))
def test_any_bytes_are_questions_or_a_judgement_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.yaml").write_bytes(content)
    told = ""
    try:
        questions = read_golden(tmp_path / "x.yaml").questions
    except JudgementError as error:
        questions, told = (), str(error)

    assert "x.yaml" in told or all(question.question_id for question in questions)


# BEIR folders ------------------------------------------------------------------------------------------------------------


def test_a_beir_folder_is_read_with_its_grades(beir: Path) -> None:
    """A judged document that is not in the corpus stays judged: not to find it is a miss."""
    found = read_beir(beir)

    assert found.documents == {"d1": ("# A *title*", "one"), "2": ("", "two")}
    assert found.judged.name == "tiny"
    assert found.judged.questions == (
        Judged("q1", "first?", "", (Answer("d1", relevance=3), Answer("2", relevance=0))),
        Judged("q2", "second?", "de", (Answer("gone", relevance=1),)),
    )


def test_other_files_make_a_pair_of_languages(beir: Path, tmp_path: Path) -> None:
    write(beir / "queries_de.jsonl", {"_id": "q1", "text": "erste?"})
    write(tmp_path / "elsewhere.jsonl", {"_id": "d1", "text": "uno"})

    found = read_beir(beir, queries="queries_de.jsonl", corpus=str(tmp_path / "elsewhere.jsonl"))

    assert found.documents == {"d1": ("", "uno")}
    assert [question.question for question in found.judged.questions] == ["erste?"]
    assert found.judged.name == "tiny (queries_de on elsewhere)"


def test_a_file_is_also_found_from_where_one_stands(beir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(beir.parent / "mine.jsonl", {"_id": "q1", "text": "mine?"})
    monkeypatch.chdir(beir.parent)

    assert [question.question for question in read_beir(beir, queries="mine.jsonl").judged.questions] == ["mine?"]


def test_of_several_judgement_files_test_tsv_is_taken_or_the_one_that_is_named(beir: Path) -> None:
    write(beir / "qrels" / "dev.tsv", "q2\td1\t1")

    assert [question.question_id for question in read_beir(beir).judged.questions] == ["q1", "q2"]
    assert [question.question_id for question in read_beir(beir, qrels="dev.tsv").judged.questions] == ["q2"]

    (beir / "qrels" / "test.tsv").rename(beir / "qrels" / "train.tsv")
    with pytest.raises(JudgementError, match=r"dev\.tsv, train\.tsv.*Say which: --qrels FILE"):
        read_beir(beir)


@pytest.mark.parametrize(
    "told",
    [
        ["query-id\tcorpus-id\tscore", "q1\td1\t3", "q1\t2\t0", "q2\tgone\t1"],
        ["\ufeffqid\tdocid\tlabel\r", "q1\td1\t3\r", "q1\t2\t0\r", "q2\tgone\t1\r"],
        ["q1 \td1\t3 ", "q1\t 2\t0", "q2\tgone\t1.0"],
        ["q1 0 d1 3", "q1 0 2 0", "q2 0 gone 1"],
        ["q1\t0\td1\t3", "q1\tQ0\t2\t0", "q2\t0\tgone\t1"],
    ],
    ids=["BEIR", "other names", "spaces", "TREC", "TREC with tabs"],
)
def test_judgements_are_read_in_the_forms_in_which_they_are_published(beir: Path, told: list[str]) -> None:
    before = read_beir(beir)

    write(beir / "qrels" / "test.tsv", *told)

    assert read_beir(beir) == before


def test_a_first_line_that_names_no_columns_is_a_judgement(beir: Path) -> None:
    write(beir / "qrels" / "test.tsv", "q1\td1\tgood")

    with pytest.raises(JudgementError, match=r"line 1: the grade 'good' is not a whole number"):
        read_beir(beir)


def test_packed_files_are_read_as_they_are_published(beir: Path) -> None:
    before = read_beir(beir)
    for name in ("corpus.jsonl", "queries.jsonl"):
        (beir / f"{name}.gz").write_bytes(gzip.compress((beir / name).read_bytes()))
        (beir / name).unlink()

    assert read_beir(beir) == before
    assert read_beir(beir, corpus="corpus.jsonl.gz").documents == before.documents


def test_packed_files_that_are_broken_are_told(beir: Path) -> None:
    whole = gzip.compress((beir / "corpus.jsonl").read_bytes())
    (beir / "short.gz").write_bytes(whole[:-9])
    (beir / "other.gz").write_bytes(b"PK no gzip")
    (beir / "rotten.gz").write_bytes(whole[:12] + b"\xff" * 20)

    for name in ("short.gz", "other.gz", "rotten.gz"):
        with pytest.raises(JudgementError, match=rf"{name}: cannot be read \(.+\)"):
            read_beir(beir, corpus=name)


def test_all_bad_lines_are_told_together(beir: Path) -> None:
    write(
        beir / "corpus.jsonl",
        {"_id": "d1", "text": "one"},
        "{",
        "[" * 100_000,
        {"_id": "d1", "text": "again"},
        {"_id": "", "text": "x"},
        {"_id": "d3"},
        {"_id": "d4", "text": "x", "title": 4},
        [],
        "",
    )
    write(beir / "queries.jsonl", {"_id": "q1", "text": " \0\n "})
    write(
        beir / "qrels" / "test.tsv",
        "q1\td1\t1",
        "q1 d1 1",
        "q1\td1\t2",
        "q1\td5\tgood",
        "q1\td6\tnan",
        "q1\td7\t1e9",
        "q1\td8\t0.5",
    )

    with pytest.raises(JudgementError) as raised:
        read_beir(beir)

    message = str(raised.value)
    for fault in (
        "corpus.jsonl, line 2: not JSON",
        "corpus.jsonl, line 3: not JSON",
        "corpus.jsonl, line 4: the id d1 is there twice",
        "corpus.jsonl, line 5: no _id",
        "corpus.jsonl, line 6: text is not text",
        "corpus.jsonl, line 7: title is not text",
        "corpus.jsonl, line 8: not an object",
        "queries.jsonl, line 1: a question without words",
        "test.tsv, line 2: 1 columns",
        "test.tsv, line 3: document d1 has two grades for question q1",
        "test.tsv, line 4: the grade 'good' is not a whole number up to 100",
        "test.tsv, line 5: the grade 'nan'",
        "test.tsv, line 6: the grade '1e9'",
        "test.tsv, line 7: the grade '0.5'",
    ):
        assert fault in message, message


def test_many_faults_are_counted(beir: Path) -> None:
    write(beir / "corpus.jsonl", *["{"] * 100)

    with pytest.raises(JudgementError, match=r"line 20: .*; and 80 more\.$"):
        read_beir(beir)


def test_missing_files_pipes_and_endless_lines_are_faults(beir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judged_files, "MAX_LINE_BYTES", 1000)
    write(beir / "corpus.jsonl", {"_id": "d1", "text": "x" * 1000}, {"_id": "d2", "text": "y"})
    (beir / "queries.jsonl").unlink()
    os.mkfifo(beir / "pipe.jsonl")

    with pytest.raises(JudgementError, match=r"corpus\.jsonl, line 1: longer than .*queries\.jsonl: no such file"):
        read_beir(beir)
    with pytest.raises(JudgementError, match=r"pipe\.jsonl: not a file"):
        read_beir(beir, queries="pipe.jsonl")


def test_judgements_of_other_questions_are_told(beir: Path) -> None:
    write(beir / "queries.jsonl", {"_id": "other", "text": "other?"})

    with pytest.raises(JudgementError, match=r"No question of .*queries\.jsonl has a judgement"):
        read_beir(beir)


def test_lines_end_where_json_lines_end(beir: Path) -> None:
    """U+2028 and NEL are characters of a text and end no line; lone surrogates and control characters can be stored nowhere."""
    write(beir / "corpus.jsonl", '{"_id": "d1", "text": "a\u2028b\u0085c \\ud800\\u0000d"}\r')

    assert read_beir(beir).documents["d1"][1].replace("\n", " ") == "a b c d"
