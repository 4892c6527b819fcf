"""The background brief of a round: all answers side by side, no more than its reader may see, what is missing, nothing active."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from fakes import FakeRecords

from kb.errors import InvalidEntry, NotFound
from kb.retrieval.passage import Metadata, Visibility
from kb.services.brief_files.report import Brief
from kb.services.brief_files.rows import COLUMNS, rows
from kb.services.brief_files.told import facts, missing, told
from kb.services.brief_files.wording import BriefWording
from kb.services.handouts.blocks import Block, Facts, Grid, Heading, Quoted, References, Words
from kb.services.handouts.forms import ReportForm
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import exchanging, rounds
from kb.services.learning.briefs import brief, export, export_list
from kb.services.tables import TableFormat
from tests.assessed import LEDGER, a_base, put
from tests.rounds import BEES, answered, drafted, sent, who

WORDING = BriefWording()
TALK = "conference-notes/talk.md"


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    return a_base(tmp_path, FakeRecords())


@pytest.fixture
def closed(kb: KnowledgeBase) -> str:
    """Three cases in three languages; the second rests on a document for facilitators only; one question and two votes."""
    told = sent(kb, asked=("House of Ann", "House of Bo", "House of Zoe"))
    first = answered(kb, told, "ann", language="pt", q1="Uma lei de 1999.")
    second = answered(kb, told, "cy", path=LEDGER, language="es", q1="Una ley de 2001.", q2="El ayuntamiento paga.")
    answered(kb, told, "sam", language="en", q1="=1+1 is no law.")
    exchanging.ask(kb, told, first, "Which year?", actor=who(kb, "bo"))
    number = rounds.round_(kb, told, actor=who(kb, "bo")).asked[0].seq
    exchanging.reply(kb, told, number, "1999, in May.", actor=who(kb, "ann"))
    exchanging.ask(kb, told, second, "Who lost?", actor=who(kb, "ann"))
    for name in ("bo", "ann"):
        exchanging.vote(kb, told, second, actor=who(kb, name))
    rounds.close(kb, told, actor=who(kb, "fay"))
    return told


def of(kb: KnowledgeBase, told: str, name: str = "fay") -> Brief:
    return brief(kb, told, actor=who(kb, name))


def words_of(blocks: list[Block]) -> str:
    return "\n".join(
        each.text if isinstance(each, Heading | Words | References) else each.quote if isinstance(each, Quoted) else repr(each)
        for each in blocks
    )


def text_of(kb: KnowledgeBase, told: str, name: str, form: ReportForm) -> str:
    content = export(kb, told, form, actor=who(kb, name)).content
    match form:
        case ReportForm.PDF:
            return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
        case ReportForm.DOCX | ReportForm.XLSX:
            folder = zipfile.ZipFile(io.BytesIO(content))
            return "\n".join(folder.read(each).decode() for each in folder.namelist() if each.endswith(".xml"))
        case _:
            return content.decode("utf-8-sig")


def test_the_answers_of_all_cases_stand_side_by_side_under_each_question(kb: KnowledgeBase, closed: str) -> None:
    made = of(kb, closed)

    assert [(each.number, each.title, each.by.organisation, each.language) for each in made.cases] == [
        (1, "Case of ann", "House of Ann", "pt"), (2, "Case of cy", "House of Cy", "es"), (3, "Case of sam", "Elsewhere", "en"),
    ]  # fmt: skip
    first, second = made.questions
    assert [(each.case, each.text) for each in first.answers] == [
        (1, "Uma lei de 1999."), (2, "Una ley de 2001."), (3, "=1+1 is no law."),
    ]  # fmt: skip
    assert ([each.case for each in second.answers], second.without) == ([2], (1, 3))


def test_a_quotation_has_one_number_and_its_source_tells_all_numbers(kb: KnowledgeBase, closed: str) -> None:
    made = of(kb, closed)
    cited = [each.cited.speaks_for for each in made.questions[0].answers]

    assert cited == [(1,), (2,), (1,)]
    assert [each.number for each in made.evidence] == [1, 2]
    assert "hives" in made.evidence[0].quote
    assert [each.numbers for each in made.sources] == [(1,), (2,)]


def test_words_of_a_document_that_the_reader_may_not_see_are_in_no_form_of_the_brief(kb: KnowledgeBase, closed: str) -> None:
    made = of(kb, closed, "ann")

    assert made.n_left_out == 1
    assert made.questions[0].answers[1].cited.n_left_out == 1
    assert len(made.sources) == 1
    for form in ReportForm:
        for name, sees in (("ann", False), ("fay", True)):
            assert ("secret ledger" in " ".join(text_of(kb, closed, name, form).split())) is sees, (form, name)


def test_names_that_a_document_withholds_are_withheld_in_what_members_wrote_about_it(kb: KnowledgeBase) -> None:
    put(kb, TALK, "Maria Rossi said that hives pay", about=Metadata(authors=("Maria Rossi",), chatham_house=True))
    told = sent(kb)
    case = answered(kb, told, "ann", path=TALK, q1="Maria Rossi told us.")
    exchanging.ask(kb, told, case, "Did Maria Rossi say so?", actor=who(kb, "bo"))
    rounds.close(kb, told, actor=who(kb, "fay"))
    rounds.conclude(kb, told, {"q1": "As Maria Rossi says."}, overall="Thanks to Maria Rossi.", actor=who(kb, "fay"))

    for form in ReportForm:
        text = " ".join(text_of(kb, told, "sam", form).split())
        assert "Maria" not in text, form
        assert "[name withheld]" in text, form


def test_what_is_missing_is_told(kb: KnowledgeBase, closed: str) -> None:
    found = {head: lines for head, lines in missing(of(kb, closed), WORDING) if lines}

    assert found == {
        WORDING.silent: ["House of Bo", "House of Zoe"],
        WORDING.answers_without: ["2. Who pays? · Case 2"],
        WORDING.open_questions: ["Case 2 · Case of cy: 1"],
    }


def test_nothing_is_said_to_be_missing_where_nothing_is(kb: KnowledgeBase) -> None:
    told_ = rounds.send(
        kb, rounds.draft(kb, "T", questions=["?"], due="2099-01-01", actor=who(kb, "fay")).id, actor=who(kb, "fay")
    ).id
    answered(kb, told_, "ann", q1="So.")
    rounds.close(kb, told_, actor=who(kb, "fay"))

    assert WORDING.nothing_missing in words_of(list(told(of(kb, told_), WORDING)))


def test_a_round_without_answers_makes_a_brief_that_says_so(kb: KnowledgeBase) -> None:
    told_ = sent(kb)
    rounds.close(kb, told_, actor=who(kb, "fay"))
    text = words_of(list(told(of(kb, told_), WORDING)))

    assert WORDING.no_cases in text
    assert text.count(WORDING.nobody) == 2
    assert len(rows(of(kb, told_))) == 3


def test_questions_replies_and_interest_are_told_in_the_order_in_which_cases_came(kb: KnowledgeBase, closed: str) -> None:
    made = of(kb, closed)
    blocks = list(told(made, WORDING))
    text = words_of(blocks)

    assert "bo, House of Bo, FR asks:" in text
    assert "ann, House of Ann, PT replies:" in text
    assert WORDING.no_reply in text
    interest = next(each for each in blocks if isinstance(each, Grid) and WORDING.number in each.head)
    assert [row.cells for row in interest.rows] == [
        ("1 · Case of ann", "–", "0"), ("2 · Case of cy", "ann, bo", "2"), ("3 · Case of sam", "–", "0"),
    ]  # fmt: skip


def test_a_country_is_called_by_its_name_where_the_wording_knows_it(kb: KnowledgeBase, closed: str) -> None:
    """In the papers; a table keeps the code."""
    made, french = of(kb, closed), replace(WORDING, countries={"PT": "Portugal", "FR": "France", "DE": "Allemagne"})
    text = words_of(list(told(made, french)))
    cases = next(each for each in told(made, french) if isinstance(each, Grid) and french.country in each.head)

    assert "bo, House of Bo, France asks:" in text
    assert "ann, House of Ann, Portugal replies:" in text
    assert [row.cells[3] for row in cases.rows] == ["Portugal", "ES", "Allemagne"]
    assert {row[COLUMNS.index("country")] for row in rows(made)[1:]} == {"PT", "ES", "DE"}


def test_an_answer_in_another_language_than_the_questions_says_in_which(kb: KnowledgeBase, closed: str) -> None:
    notes = [each.text for each in told(of(kb, closed), WORDING) if isinstance(each, Words)]

    assert "House of Ann, PT · in Portuguese" in notes
    assert "Elsewhere, DE" in notes


def test_the_grid_counts_the_quotations_of_each_answer(kb: KnowledgeBase, closed: str) -> None:
    for name in ("fay", "ann"):  # that there is a quotation is told to those too who may not read it
        blocks = told(of(kb, closed, name), WORDING)
        grid = next(each for each in blocks if isinstance(each, Grid) and each.head[0] == WORDING.question)
        assert [row.cells for row in grid.rows] == [("1. Which law helped?", "1", "1", "1"), ("2. Who pays?", "–", "0", "–")]


def test_the_brief_is_for_members_once_no_more_cases_come_and_for_facilitators_before(kb: KnowledgeBase) -> None:
    unsent, told_ = drafted(kb), sent(kb)
    with pytest.raises(NotFound):
        of(kb, unsent, "ann")
    for name, round_id in (("fay", unsent), ("ann", told_)):
        with pytest.raises(InvalidEntry, match="compiled once no more cases"):
            of(kb, round_id, name)
    assert of(kb, told_).state == "sent"
    rounds.close(kb, told_, actor=who(kb, "fay"))
    assert of(kb, told_, "ann").state == "closed"


def test_conclusions_stand_with_their_questions(kb: KnowledgeBase, closed: str) -> None:
    rounds.conclude(kb, closed, {"q2": "The city pays."}, overall="Laws help.", actor=who(kb, "fay"))
    made = of(kb, closed, "ann")

    assert [each.conclusion for each in made.questions] == ["", "The city pays."]
    assert made.overall == "Laws help."
    assert "The city pays." in text_of(kb, closed, "ann", ReportForm.PDF)


def test_a_table_of_answers_has_a_row_a_question_and_case_and_no_formula(kb: KnowledgeBase, closed: str) -> None:
    found = list(csv.DictReader(io.StringIO(text_of(kb, closed, "fay", ReportForm.CSV))))

    assert tuple(found[0]) == COLUMNS
    assert [(each["question"], each["case"], each["answer"]) for each in found] == [
        ("q1", "1", "Uma lei de 1999."), ("q1", "2", "Una ley de 2001."), ("q1", "3", "'=1+1 is no law."),
        ("q2", "1", ""), ("q2", "2", "El ayuntamiento paga."), ("q2", "3", ""),
    ]  # fmt: skip
    assert found[1]["evidence"].startswith("[2] “the secret ledger")
    assert (found[1]["interest"], found[1]["interested"]) == ("2", "ann, bo")


def test_json_says_the_same_as_the_brief(kb: KnowledgeBase, closed: str) -> None:
    said = json.loads(text_of(kb, closed, "fay", ReportForm.JSON))

    assert said["format"] == "plp-background-brief/1"
    assert [each["text"] for each in said["questions"][0]["answers"]] == ["Uma lei de 1999.", "Una ley de 2001.", "=1+1 is no law."]
    assert said["cases"][1]["interested"] == ["ann", "bo"]


def test_the_list_of_rounds_is_a_table_of_what_the_reader_may_know(kb: KnowledgeBase, closed: str) -> None:
    drafted(kb)
    told_ = {
        name: list(csv.DictReader(io.StringIO(export_list(kb, TableFormat.CSV, actor=who(kb, name)).content.decode("utf-8-sig"))))
        for name in ("fay", "ann")
    }

    assert [each["state"] for each in told_["fay"]] == ["draft", "closed"]
    row = told_["ann"][0]
    assert (len(told_["ann"]), row["round"], row["cases"], row["questions_on_cases"], row["votes"]) == (1, closed, "3", "2", "2")
    assert row["organisations_silent"] == "House of Bo; House of Zoe"


def test_facts_leave_out_what_is_not_there(kb: KnowledgeBase, closed: str) -> None:
    names = [name for name, _ in facts(of(kb, closed), WORDING).rows]
    assert WORDING.partnership not in names
    assert {WORDING.axis, WORDING.closed_on, WORDING.asked_by} <= set(names)
    assert isinstance(facts(of(kb, closed), WORDING), Facts)


def test_a_document_that_became_restricted_takes_its_quotations_out_of_the_next_brief(kb: KnowledgeBase, closed: str) -> None:
    put(kb, BEES, "the route has seven hives and pupils visit the hives", visibility=Visibility.RESTRICTED)

    assert of(kb, closed, "bo").evidence == ()
    assert "hives" not in text_of(kb, closed, "bo", ReportForm.DOCX)
