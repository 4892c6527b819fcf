"""What files of plans, policy changes, lessons and recommendations say to whom: no more than one may see, and nothing active."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pypdf
import pytest
from fakes import FakeRecords

from kb.peers.learning.policy import Untold
from kb.services.citing import Exported
from kb.services.handouts.forms import ReportForm
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import lessons, plans, policies, recommendations
from kb.services.learning.lesson_exporting import export_lessons, export_recommendations
from kb.services.learning.outcome_exporting import export_plan, export_plans, export_policies, export_policy, titles_of
from kb.services.outcome_files.wording import OutcomeWording
from kb.services.tables import TableFormat
from tests.assessed import a_base, who
from tests.outcomes import FORMULA, a_lesson, a_plan, a_policy, a_recommendation

PAPER = (ReportForm.PDF, ReportForm.DOCX)


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    return a_base(tmp_path, FakeRecords())


def text_of(made: Exported) -> str:
    if made.name.endswith(".pdf"):
        return " ".join("\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made.content)).pages).split())
    return zipfile.ZipFile(io.BytesIO(made.content)).read("word/document.xml").decode()


def rows_of(made: Exported) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("form", PAPER)
def test_a_plan_on_paper_tells_its_actions_costs_and_end(kb: KnowledgeBase, form: ReportForm) -> None:
    ann = who(kb, "ann")
    told = a_plan(kb)
    plans.validate(kb, told.id, actor=who(kb, "bo"))
    plans.give_up(kb, told.id, why="The law changed.", actor=ann)

    made = export_plan(kb, told.id, form, actor=who(kb, "sam"))
    said = text_of(made)
    assert made.name == f"plan-1{form.suffix}"
    for part in ("Um registo", "Plano regional", "A register like that of Ljubljana.", "Manter um registo.", "1200.5 EUR",
                 "unknown", "Own money", "Entries", "Not implemented", "The law changed.", "bo, House of Bo",
                 "All together: 1200.5 EUR; actions whose cost nobody knows: 1"):  # fmt: skip
        assert part in said, part


@pytest.mark.parametrize("form", PAPER)
def test_a_policy_change_on_paper_shows_its_evidence_to_who_may_see_it(kb: KnowledgeBase, form: ReportForm) -> None:
    told = a_policy(kb)

    to_all, to_fay = (text_of(export_policy(kb, told.id, form, actor=who(kb, name))) for name in ("sam", "fay"))
    for part in ("Permits in a week", "Half of it: the form is theirs.", "30 days (2025)", "7.5 days (2026-06)", "−22.5 days",
                 "No difference: nothing is said of before.", "Nothing is said of this yet.", "seven hives",
                 "Nobody of another organisation has confirmed it yet."):  # fmt: skip
        assert part in to_all, part
    assert ("secret" in to_all, "secret" in to_fay) == (False, True)
    assert ("Quotations left out: 1" in to_all, "Quotations left out" in to_fay) == (True, False)


@pytest.mark.parametrize("form", list(TableFormat))
def test_no_cell_of_a_table_is_computed(kb: KnowledgeBase, form: TableFormat) -> None:
    sam = who(kb, "sam")
    a_plan(kb)
    a_policy(kb)
    a_lesson(kb, FORMULA)
    a_recommendation(kb, FORMULA)

    exports: tuple[Callable[..., Exported], ...] = (export_plans, export_policies, export_lessons, export_recommendations)
    for export in exports:
        content = export(kb, form, actor=sam).content
        if form is TableFormat.CSV:
            cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
        else:
            sheet = openpyxl.load_workbook(io.BytesIO(content)).active
            found = [cell for row in sheet.iter_rows() for cell in row]
            assert {cell.data_type for cell in found} <= {"s", "n", "inlineStr"}
            cells = [str(cell.value) for cell in found]
        assert [cell for cell in cells if "HYPERLINK" in cell] == [f"'{FORMULA}"]


def test_a_row_is_an_action_or_an_effect_with_codes_and_numbers(kb: KnowledgeBase) -> None:
    sam = who(kb, "sam")
    a_plan(kb)
    a_policy(kb)
    a_policy(kb, title="Not measured", effects=[])

    one, two = rows_of(export_plans(kb, TableFormat.CSV, actor=sam))
    assert (one["cost"], one["currency"], one["cost_unknown"], one["action_state"]) == ("1200.5", "EUR", "", "planned")
    assert (two["cost"], two["currency"], two["cost_unknown"], two["action"]) == ("", "", "yes", "tell")
    none, days, words = rows_of(export_policies(kb, TableFormat.CSV, actor=sam))
    assert (none["title"], none["effect"], none["difference"]) == ("Not measured", "", "")
    assert (days["before"], days["after"], days["difference"], days["no_difference"]) == ("30", "7.5", "-22.5", "")
    assert (days["before_passages"], days["after_passages"], days["before_unit"]) == ("1", "1", "days")
    assert (words["difference"], words["no_difference"], words["after_words"]) == ("", "no-before", "The keepers")
    assert "secret" not in export_policies(kb, TableFormat.CSV, actor=sam).content.decode()


def test_a_table_has_what_the_list_has(kb: KnowledgeBase) -> None:
    bo, sam = who(kb, "bo"), who(kb, "sam")
    one = a_lesson(kb)
    lessons.confirm(kb, a_lesson(kb, "Ask first.", level="policy").id, how="So did we.", actor=bo)
    told = a_recommendation(kb)
    recommendations.answer(kb, told.id, response="partly", reason="Hives only.", actor=who(kb, "fay"))

    confirmed = rows_of(export_lessons(kb, TableFormat.CSV, state="confirmed", actor=sam))
    assert [(each["text"], each["confirmed_by"], each["confirmed_how"]) for each in confirmed] == [
        ("Ask first.", "bo", "So did we.")
    ]
    assert [each["lesson"] for each in rows_of(export_lessons(kb, TableFormat.CSV, level="organisation", actor=sam))] == [one.id]
    (row,) = rows_of(export_recommendations(kb, TableFormat.CSV, organisation="House of Bo", actor=sam))
    assert (row["response"], row["answered_on_behalf"], row["reason"]) == ("partly", "yes", "Hives only.")
    assert rows_of(export_recommendations(kb, TableFormat.CSV, state="withdrawn", actor=sam)) == []
    assert rows_of(export_policies(kb, TableFormat.CSV, organisation="Nobody", actor=sam)) == []


def test_what_it_comes_from_is_told_by_title(kb: KnowledgeBase) -> None:
    learned = a_lesson(kb)
    told = policies.policy_change(kb, a_policy(kb, exchanges=[learned.id]).id, actor=who(kb, "sam"))

    titles = titles_of(kb, told.recorded.because, actor=who(kb, "sam"))
    assert titles[1] == "Mow later. (lesson-1)"
    assert titles[0] not in ("", "bee-path")


def test_numbers_are_told_exactly_and_every_reason_has_words() -> None:
    wording = OutcomeWording(decimal=",")

    told = [wording.number(value) for value in (30.0, 0.1, 1e-7, -2.5, 1e15, Decimal("-22.50"))]
    assert told == ["30", "0,1", "0,0000001", "−2,5", "1000000000000000", "−22,5"]
    assert [wording.signed(Decimal(value)) for value in ("2.5", "-2.5", "0")] == ["+2,5", "−2,5", "0"]
    assert set(wording.untold) == {each.value for each in Untold}
    assert (wording.place_name("PT"), wording.place_name("CA-QC")) == ("PT", "CA (CA-QC)")
    named = OutcomeWording(countries={"CA": "Canada"})
    assert named.place_name("CA-QC") == "Canada (CA-QC)"
