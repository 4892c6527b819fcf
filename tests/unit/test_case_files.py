"""A transfer case as it is shown and taken along: what may be done with it, its evidence numbered, nothing hidden in a file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from docx import Document
from fake_records import FakeRecords

from kb.services.case_files.rows import COLUMNS
from kb.services.case_files.wording import CaseWording
from kb.services.clock import today
from kb.services.handouts.forms import ReportForm
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import case_evaluating, case_exporting, case_planning, case_viewing, transfer_cases
from kb.services.permission import LOCAL_MEMBER
from kb.services.tables import TableFormat
from kb.services.transferring import reporting
from kb.ui import case_files
from tests.transferred import BUDGET, BUDGET_SAYS, ID, LISBON, LISBON_SAYS, SOURCES, a_base, concluded, passage_of, who

FORMULA = "=1+1"


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    """A case of ann's that is in use; one milestone is overdue."""
    made = a_base(tmp_path, FakeRecords())
    concluded(made, 1, 1, 1, 1, 1, 1)
    ann = who(made, "ann")
    case = transfer_cases.consider(made, ID, why="Lisbon asks.", actor=ann).id
    transfer_cases.move(made, case, "understand", learned="Keepers first.", actor=ann)
    case_planning.plan(
        made, case, core_kept=["Keepers", "Schools"], adapted=[{"element": "The path", "how": "Roofs"}],
        milestones=[{"what": "Ten hives", "due": "2026-01-31"}, {"what": "Honey", "due": "2199-01-31"}],
        local_group=[{"organisation": "House of Ann", "name": "", "role": "leads"}], costs=FORMULA, funding="", actor=ann,
    )  # fmt: skip
    for step in ("adapt", "re-use"):
        transfer_cases.move(made, case, step, learned=f"To {step}.", actor=ann)
    return made


def evaluated(kb: KnowledgeBase, *paths: str) -> None:
    case_evaluating.evaluate(
        kb, "case-1", outcome="partly", on=today(), what="Six hives stand.", sources=SOURCES,
        passages=[passage_of(kb, path).id for path in paths], actor=who(kb, "fay"),
    )  # fmt: skip


def printed(kb: KnowledgeBase, name: str) -> str:
    """The Word file, as text."""
    made = case_exporting.export_case(kb, "case-1", ReportForm.DOCX, actor=who(kb, name)).content
    document = Document(io.BytesIO(made))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_who_may_do_what_is_what_is_not_refused(kb: KnowledgeBase) -> None:
    may = {name: case_viewing.view(kb, "case-1", actor=who(kb, name)).may for name in ("ann", "fay", "sam")}

    assert may == {"ann": {"plan", "reach", "stop"}, "fay": {"plan", "reach", "stop", "evaluate"}, "sam": set()}
    evaluated(kb, LISBON)
    assert case_viewing.view(kb, "case-1", actor=who(kb, "ann")).may == {"reach", "adopt", "stop"}
    assert case_viewing.view(kb, "case-1", actor=LOCAL_MEMBER).may == {"reach", "adopt", "stop", "evaluate"}
    transfer_cases.stop(kb, "case-1", why="No money.", actor=who(kb, "ann"))
    assert case_viewing.view(kb, "case-1", actor=LOCAL_MEMBER).may == set()


def test_a_view_tells_milestones_evidence_and_what_the_test_says(kb: KnowledgeBase) -> None:
    evaluated(kb, LISBON)
    view = case_viewing.view(kb, "case-1", actor=who(kb, "sam"))

    assert [each.what for each in view.overdue] == ["Ten hives"]
    assert [[pin.is_there for pin in each.pins] for each in view.evaluations] == [[True]]
    assert view.certainty == "tested"
    assert view.source_context is not None


def test_a_file_tells_the_whole_plan_with_numbered_evidence(kb: KnowledgeBase) -> None:
    evaluated(kb, LISBON)
    text = printed(kb, "sam")

    for words in (
        "Bee paths for a city: from Slovenia to Portugal", "– Keepers", "– Schools", "The path", "Roofs", "Ten hives",
        "2026-01-31 (overdue)", "2199-01-31", "To re-use.", f"It worked in part, on {today()}", "Six hives stand.", LISBON_SAYS[0],
        "Source: Report of the city of Lisbon (2026)", "began to use it", "Nothing is said of this yet.",
    ):  # fmt: skip
        assert words in text
    pdf = case_exporting.export_case(kb, "case-1", ReportForm.PDF, actor=who(kb, "sam"))
    assert (pdf.name, pdf.content[:5]) == ("case-1.pdf", b"%PDF-")


def test_words_of_a_hidden_document_are_in_no_file_of_who_may_not_see_it(kb: KnowledgeBase) -> None:
    evaluated(kb, LISBON, BUDGET)

    assert BUDGET_SAYS[0] in printed(kb, "fay")
    seen = printed(kb, "sam")
    assert BUDGET_SAYS[0] not in seen
    assert "Quotations left out: 1." in seen
    table = case_exporting.export_cases(kb, TableFormat.CSV, actor=who(kb, "sam")).content.decode()
    assert BUDGET_SAYS[0] not in table


def test_the_table_has_a_row_a_case_and_no_formula(kb: KnowledgeBase) -> None:
    evaluated(kb, LISBON)
    made = case_exporting.export_cases(kb, TableFormat.CSV, practice="bee-path", organisation="house of ann", actor=who(kb, "sam"))
    (row,) = csv.DictReader(io.StringIO(made.content.decode("utf-8-sig")))

    assert tuple(row) == COLUMNS
    assert (row["case"], row["state"], row["milestones"], row["milestones_reached"], row["milestones_overdue"]) == (
        "case-1", "evaluated", "2", "0", "1",
    )  # fmt: skip
    assert row["costs"] == f"'{FORMULA}"
    assert (row["outcome"], row["passages"], row["sources"]) == ("partly", "1", "Report of the city of Lisbon (2026)")
    nobody = case_exporting.export_cases(kb, TableFormat.CSV, organisation="Nobody", actor=who(kb, "sam"))
    assert len(nobody.content.decode().splitlines()) == 1


def test_the_report_of_the_test_names_case_and_sources(kb: KnowledgeBase) -> None:
    evaluated(kb, LISBON)
    (went,) = reporting.report(kb, ID, actor=who(kb, "sam")).went

    assert (went.case, went.sources) == ("case-1", SOURCES)


def test_in_english_the_apps_words_are_those_of_the_file() -> None:
    """A word that differs would be translated for the app and stay English on paper."""
    told, ours = case_files.wording(), CaseWording()

    different = {name for name in CaseWording.__dataclass_fields__ if getattr(told, name) != getattr(ours, name)}
    assert different == set()
