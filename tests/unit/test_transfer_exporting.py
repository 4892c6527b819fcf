"""What an exported transferability test says to whom: no more than its reader may see, never a bare mean, and nothing active."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pypdf
import pytest
from fake_records import FakeRecords

from kb.errors import NotFound
from kb.peers.assessment.review import Confidence, Stance
from kb.peers.transfer.judgement import CriterionAnswer, Evidenced, Judgement
from kb.services.clock import today
from kb.services.handouts.blocks import Grid, Heading, Quoted, References, Words
from kb.services.handouts.forms import ReportForm
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import transfer_cases
from kb.services.tables import TableFormat
from kb.services.transfer_files.rows import COLUMNS
from kb.services.transfer_files.told import handout, headline, in_short, told
from kb.services.transfer_files.wording import TransferWording
from kb.services.transferring import concluding, evaluating, evidence, judging, reporting
from kb.services.transferring.exporting import export, export_all, export_matrix
from tests import transfers
from tests.transferred import (
    BEES,
    BUDGET,
    ID,
    LISBON,
    PRACTICE,
    SOURCES,
    a_base,
    begun,
    concluded,
    draft,
    handed_in,
    passage_of,
    who,
)

WORDING = TransferWording()
BEES_QUOTE = "hives"
CRITERIA = transfers.FRAMEWORK.criterion_names


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    return a_base(tmp_path, FakeRecords())


def text_of(base: KnowledgeBase, name: str, form: ReportForm) -> str:
    content = export(base, ID, form, actor=who(base, name)).content
    match form:
        case ReportForm.PDF:
            return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
        case ReportForm.DOCX:
            return zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
        case ReportForm.XLSX:
            book = openpyxl.load_workbook(io.BytesIO(content))
            return "\n".join(str(cell) for row in book.active.values for cell in row if cell is not None)
        case _:
            return content.decode("utf-8-sig")


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


# what it says -------------------------------------------------------------------------------------------------------------


def test_a_report_has_mean_range_coverage_and_constraints_together(kb: KnowledgeBase) -> None:
    """Values 1, unknown, −2 (law, which counts twice), 2, 0, unknown: (1 − 4 + 2 + 0) / 5 = −0.2; by hand, of seven in all:
    (1 − 4 + 2 + 0 − 2 − 2) / 7 = −5/7 and (−1 + 4) / 7 = 3/7."""
    concluded(kb, 1, None, -2, 2, 0, None)
    law = CRITERIA.index("law")
    assert law == 2

    made = reporting.report(kb, ID, actor=who(kb, "sam"))

    reached = made.reached
    assert reached is not None
    assert (reached.mean, reached.low, reached.high) == pytest.approx((-0.2, -5 / 7, 3 / 7))
    assert (reached.n_known, reached.n_all, reached.n_assessors, reached.is_final) == (4, 6, 1, True)
    assert in_short(reached, WORDING) == "−0.2 (−0.71 to +0.43)"
    assert [(item.name, item.n_blocking, item.is_key) for item in made.criteria if item.n_blocking] == [("law", 1, True)]
    assert [item.if_low is not None for item in made.criteria] == [False, True, False, False, False, True]
    assert sum(side.n_known for side in reached.by_side) == 4


def test_nothing_known_is_no_mean_and_not_zero(kb: KnowledgeBase) -> None:
    concluded(kb, None, None, None, None, None, None)

    made = reporting.report(kb, ID, actor=who(kb, "sam"))

    assert made.reached is not None
    assert (made.reached.mean, made.reached.low, made.reached.high) == (None, -2, 2)
    assert in_short(made.reached, WORDING) == "No mean: nobody could tell (−2 to +2)"


@pytest.mark.parametrize("form", ReportForm)
def test_every_form_says_answer_reason_evidence_of_both_sides_and_the_mean_with_its_coverage(
    kb: KnowledgeBase, form: ReportForm
) -> None:
    told_id = begun(kb, "ann")
    handed_in(kb, told_id, "ann", 1, None, -2, 2, 0, None, secret="as the plan has it")
    concluding.conclude(kb, told_id, actor=who(kb, "fay"))

    said = " ".join(text_of(kb, "sam", form).split())

    for words in ("as the plan has it", "the parks of the city have hives on roofs", "ann"):
        assert words in said
    if form in (ReportForm.PDF, ReportForm.DOCX):
        for words in ("−0.2 (−0.71 to +0.43)", "4 of 6", "In the way, whatever the mean", "−2 by 1 of 1"):
            assert words in said
    else:
        assert "-0.2" in said


def test_what_is_told_is_in_one_order_with_numbers_that_lead_to_their_quotations(kb: KnowledgeBase) -> None:
    concluded(kb, 1, None, -2, 2, 0, None)

    made = reporting.report(kb, ID, actor=who(kb, "sam"))
    blocks = list(told(made, WORDING))

    heads = [each.text for each in blocks if isinstance(each, Heading) and each.level == 1]
    assert (heads[0], heads[1], heads[-2], heads[-1]) == ("Result", "Who judges", "Evidence", "History")
    numbers = {number for each in blocks if isinstance(each, References) for number in each.numbers}
    assert numbers == {each.number for each in blocks if isinstance(each, Quoted)} == {1, 2}
    assert headline(made, WORDING) == f"{made.title}: from Slovenia to Portugal"
    assert "{" not in str(handout(made, WORDING))


def test_how_a_transfer_went_is_told_with_its_evidence(kb: KnowledgeBase) -> None:
    concluded(kb, 1, 1, 1, 1, 1, 1)
    pinned, day = (passage_of(kb, LISBON).id,), today()
    case = transfer_cases.consider(kb, ID, why="Lisbon asks.", actor=who(kb, "sam")).id
    evaluating.evaluate(
        kb, ID, outcome="worked", on=day, what="Hives stand.", passages=pinned, sources=SOURCES, case=case, actor=who(kb, "fay")
    )

    made = reporting.report(kb, ID, actor=who(kb, "sam"))

    assert made.certainty == "confirmed"
    assert [(each.outcome, each.on, each.seen, each.by, each.case) for each in made.went] == [
        ("worked", day, "Hives stand.", "fay", case)
    ]
    assert made.went[0].cited.speaks_for == (2,)


def test_the_distance_is_told_part_by_part(kb: KnowledgeBase) -> None:
    """Two indicators in two groups, three places: urban 50 to 70 of 50…70, saved 10 to 30 of 10…30: both as far as can be."""
    concluded(kb, 1, 1, 1, 1, 1, 1)

    far = reporting.report(kb, ID, actor=who(kb, "sam")).distance

    assert far is not None
    assert (far.value, far.n_known, far.n_all) == (1, 2, 2)
    assert sum(part.share for part in far.parts) == pytest.approx(1)


# to whom ------------------------------------------------------------------------------------------------------------------


def test_while_a_test_is_open_its_file_says_the_own_judgement_only(kb: KnowledgeBase) -> None:
    begun(kb, "ann", "bo")
    handed_in(kb, ID, "ann", 2, 2, 2, 2, 2, 2, secret="zebrafish")
    handed_in(kb, ID, "bo", -1, -1, -1, -1, -1, -1, secret="goldfish")

    own, others = (reporting.report(kb, ID, actor=who(kb, name)) for name in ("bo", "sam"))

    assert own.reached is not None
    assert (own.reached.mean, own.reached.is_final, others.reached) == (-1, False, None)
    assert any(isinstance(each, Words) and each.text == WORDING.own_only for each in told(own, WORDING))
    for form in ReportForm:
        assert "zebrafish" not in text_of(kb, "bo", form)
        assert "goldfish" not in text_of(kb, "sam", form)


def test_words_of_a_document_that_a_reader_may_not_see_are_left_out_and_counted(kb: KnowledgeBase) -> None:
    begun(kb, "cy")
    version = draft(kb, ID, "cy", transfers.judgement(1, 1, 1, 1, 1, 1), target=BUDGET)
    judging.hand_in(kb, ID, version=version, actor=who(kb, "cy"))
    concluding.conclude(kb, ID, actor=who(kb, "fay"))

    leads, member = (reporting.report(kb, ID, actor=who(kb, name)) for name in ("fay", "sam"))

    assert "the hidden budget pays for no keepers" in [each.quote for each in leads.evidence]
    assert leads.n_left_out == 0
    assert member.n_left_out == 6
    for form in ReportForm:
        assert "hidden budget" not in text_of(kb, "sam", form)
    assert [row["left_out"] for row in rows_of(export(kb, ID, ReportForm.CSV, actor=who(kb, "sam")).content)] == ["1"] * 6


def test_a_test_that_is_not_there_cannot_be_taken_along(kb: KnowledgeBase) -> None:
    with pytest.raises(NotFound, match="There is no test of transferability"):
        export(kb, "nothing", ReportForm.PDF, actor=who(kb, "sam"))


# tables -------------------------------------------------------------------------------------------------------------------


def test_a_table_has_a_row_an_answer_and_nothing_that_a_spreadsheet_computes(kb: KnowledgeBase) -> None:
    begun(kb, "ann")
    desk = judging.desk(kb, ID, actor=who(kb, "ann"))
    pin = evidence.pin(kb, ID, passage_of(kb, BEES).id, side=Evidenced.SOURCE, stance=Stance.AGAINST, actor=who(kb, "ann"))
    for name, given in transfers.judgement(1, 1, 1, 1, 1, 1, reason="=1+1").answers.items():
        answer = CriterionAnswer(
            value=given.value, reason=given.reason, confidence=Confidence.LOW, source_pins=(pin,), none_in_target=True
        )
        desk = judging.keep_answer(kb, ID, name, answer, version=desk.version, actor=who(kb, "ann"))
    judging.hand_in(kb, ID, version=desk.version, actor=who(kb, "ann"))
    concluding.conclude(kb, ID, actor=who(kb, "fay"))

    rows = rows_of(export(kb, ID, ReportForm.CSV, actor=who(kb, "sam")).content)

    assert [row["criterion"] for row in rows] == list(CRITERIA)
    assert {row["reason"] for row in rows} == {"'=1+1"}
    assert {(row["value"], row["mean"], row["criteria_known"], row["criteria_all"]) for row in rows} == {("1", "1.0", "6", "6")}
    assert {(row["source_for"] == "", BEES_QUOTE in row["source_against"], row["none_in_target"]) for row in rows} == {
        (True, True, "yes")
    }
    book = openpyxl.load_workbook(io.BytesIO(export(kb, ID, ReportForm.XLSX, actor=who(kb, "sam")).content))
    assert "f" not in {cell.data_type for row in book.active.iter_rows() for cell in row}  # no formula


def test_all_tests_are_one_table_with_one_head(kb: KnowledgeBase) -> None:
    concluded(kb, 1, 1, 1, 1, 1, 1)
    begun(kb, "bo", target="IE")

    rows = rows_of(export_all(kb, TableFormat.CSV, actor=who(kb, "sam")).content)

    assert sorted(row["test"] for row in rows) == [f"{PRACTICE}-to-ie-1"] * 6 + [ID] * 6
    assert {(row["state"], row["mean"]) for row in rows} == {("open", ""), ("concluded", "1.0")}
    assert tuple(rows[0]) == COLUMNS


def test_the_matrix_is_a_table_in_which_no_mean_stands_alone(kb: KnowledgeBase) -> None:
    concluded(kb, 1, None, -2, 2, 0, None)
    begun(kb, "bo", target="IE")

    rows = rows_of(export_matrix(kb, TableFormat.CSV, actor=who(kb, "sam")).content)

    assert [(row["practice"], row["target"], row["test"], row["open_tests"]) for row in rows] == [
        (PRACTICE, "IE", "", "1"),
        (PRACTICE, "PT", ID, ""),
    ]
    there = rows[1]
    assert [float(there[name]) for name in ("mean", "mean_if_unknown_low", "mean_if_unknown_high")] == pytest.approx(
        [-0.2, -5 / 7, 3 / 7]
    )
    assert (there["criteria_known"], there["criteria_all"], there["blocking"], there["standing"]) == ("4", "6", "1", "blocked")
    assert rows_of(export_matrix(kb, TableFormat.CSV, actor=who(kb, "sam"), targets=["IE"]).content) == rows[:1]


def test_json_is_the_report_with_its_format(kb: KnowledgeBase) -> None:
    concluded(kb, 1, 1, 1, 1, 1, 1)

    said = json.loads(export(kb, ID, ReportForm.JSON, actor=who(kb, "sam")).content)

    assert said["format"] == "plp-transferability-test/1"
    assert (said["source"], said["target"], said["reached"]["mean"], said["reached"]["n_known"]) == ("SI", "PT", 1, 6)
    assert [each["name"] for each in said["criteria"]] == list(CRITERIA)


@pytest.mark.parametrize(("n", "shown"), [(8, 8), (9, 0)])
def test_more_than_eight_assessors_do_not_stand_beside_each_other(kb: KnowledgeBase, n: int, shown: int) -> None:
    concluded(kb, 1, 1, 1, 1, 1, 1)
    made = reporting.report(kb, ID, actor=who(kb, "sam"))
    (said,) = made.criteria[0].said
    many = replace(made.criteria[0], said=tuple(replace(said, assessor=f"assessor {number}") for number in range(n)))

    blocks = list(told(replace(made, criteria=(many,)), WORDING))

    glance = next(each for each in blocks if isinstance(each, Grid) and each.head[:2] == (WORDING.criterion, WORDING.mean))
    assert len(glance.head) == 2 + shown
    assert {len(row.cells) for row in glance.rows if not row.is_section} == {2 + shown}
    assert sum(isinstance(each, Words) and each.text.startswith("assessor ") for each in blocks) == n


def test_the_country_of_an_assessor_is_called_by_its_name_where_the_wording_knows_it(kb: KnowledgeBase) -> None:
    concluded(kb, 1, 1, 1, 1, 1, 1)
    made = reporting.report(kb, ID, actor=who(kb, "sam"))

    for wording, country in ((WORDING, "PT"), (replace(WORDING, countries={"PT": "le Portugal"}), "le Portugal")):
        judges = next(each for each in told(made, wording) if isinstance(each, Grid) and each.head[0] == wording.assessor)
        assert [row.cells[:3] for row in judges.rows] == [("ann", "House of Ann", country)]


def test_what_was_said_of_all_of_it_is_told(kb: KnowledgeBase) -> None:
    begun(kb, "ann")
    said = transfers.judgement(1, 1, 1, 1, 1, 1)
    whole = Judgement.model_validate(
        {
            **said.model_dump(),
            "facilitators": ("Roofs.",),
            "barriers": ("Wasps.",),
            "adaptations": ({"element": "the path", "how": "two hives"},),
            "core_kept": ("bees",),
            "comment": "Try it.",
        }
    )
    version = draft(kb, ID, "ann", whole)
    judging.hand_in(kb, ID, version=version, actor=who(kb, "ann"))
    concluding.conclude(kb, ID, actor=who(kb, "fay"))

    words = [each.text for each in told(reporting.report(kb, ID, actor=who(kb, "sam")), WORDING) if isinstance(each, Words)]

    assert {"Roofs.", "Wasps.", "the path: two hives", "bees", "Try it."} <= set(words)
