"""Overviews as files: they say what the page says to who asks, with marks and reasons, and nothing in them is active."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from fakes import FakeRecords

from kb.errors import InvalidEntry, NotFound
from kb.peers.assessment.review import Pin, Stance
from kb.retrieval.passage import Metadata, Visibility
from kb.services import laddering
from kb.services.benchmarking.comparing import compare
from kb.services.benchmarking.grid import WhyNot, grid
from kb.services.clock import today
from kb.services.handouts.forms import ReportForm
from kb.services.knowledge_base import KnowledgeBase
from kb.services.overview_files.wording import OverviewWording
from kb.services.taking_overviews import export_comparison, export_could_work, export_grid, export_ladder, export_where_work
from kb.services.transferring import ranking
from tests import panels, transferred
from tests.assessed import put
from tests.benchmarked import LOCAL, SAM, a_base, assessed, sheet

HOSTILE = "=HYPERLINK('x') path"
BLIND = "passage that nobody may see"


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    base = a_base(tmp_path, FakeRecords())
    for name in ("a", "b", "c"):
        sheet(base, name)
    return base


def text_of(content: bytes, form: ReportForm) -> str:
    match form:
        case ReportForm.PDF:
            return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
        case ReportForm.DOCX:
            folder = zipfile.ZipFile(io.BytesIO(content))
            parts = [name for name in folder.namelist() if name.startswith(("word/document", "word/header"))]
            return "".join(folder.read(name).decode() for name in parts)
        case ReportForm.XLSX:
            book = openpyxl.load_workbook(io.BytesIO(content))
            return "\n".join(str(cell) for row in book.active.values for cell in row if cell is not None)
        case _:
            return content.decode("utf-8-sig")


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def pin(kb: KnowledgeBase, path: str, words: str, **about: Any) -> Pin:
    put(kb, path, words, **about)
    document = next(each for each in kb.catalog.documents() if each.path == path)
    (passage,) = kb.catalog.passages_of(document.id)
    return Pin(passage_id=passage.id, document=path, sha256=document.sha256, quote=passage.text, stance=Stance.FOR)


# the grid ------------------------------------------------------------------------------------------------------------------


def test_the_grid_has_a_row_a_practice_by_name_and_the_reason_for_each_without_a_point(kb: KnowledgeBase) -> None:
    """Impact is the mean of effectiveness and reach: (3 + 4) / 2; evidence 3."""
    assessed(kb, "b", 3, 0, 4, 3, None)
    assessed(kb, "a", 5, 4, None, 5, 4)

    rows = rows_of(export_grid(kb, ReportForm.CSV, actor=SAM).content)

    assert [(row["practice"], row["impact"], row["evidence"], row["stage"], row["why_without"]) for row in rows] == [
        ("b", "3.5", "3.0", "leading", ""),
        ("a", "", "", "", WhyNot.NO_IMPACT),
        ("c", "", "", "", WhyNot.NOT_ASSESSED),
    ]
    assert [(row["assessment"], row["rubric"], row["version"], row["reviewers"]) for row in rows[:1]] == [
        ("b-1", "small", "1", "1")
    ]
    assert {row["demonstration"] for row in rows} == {""}


@pytest.mark.parametrize("form", list(ReportForm))
def test_every_form_of_the_grid_tells_the_demonstration(kb: KnowledgeBase, form: ReportForm) -> None:
    assessed(kb, "b", 3, 0, 4, 3, None, is_demo=True)
    made = export_grid(kb, form, actor=SAM)

    assert (made.name, made.media_type) == (f"practices-impact-evidence-{today()}.{form}", form.media_type)
    assert "About b" in text_of(made.content, form)
    assert {ReportForm.JSON: '"is_demo": true', ReportForm.CSV: ",yes", ReportForm.XLSX: "yes"}.get(
        form, OverviewWording().demonstration
    ) in text_of(made.content, form)


@pytest.mark.parametrize("form", [ReportForm.CSV, ReportForm.XLSX])
def test_no_cell_is_a_formula(kb: KnowledgeBase, form: ReportForm) -> None:
    sheet(kb, "a", title=HOSTILE)
    assessed(kb, "a", 3, 0, 4, 3, None)
    made = [
        export_grid(kb, form, actor=SAM),
        export_comparison(kb, ["a", "b"], form, actor=SAM),
        export_ladder(kb, "a", form, actor=SAM),
    ]

    for each in made:
        text = text_of(each.content, form)
        assert f"'{HOSTILE}" in text
        assert f"\n{HOSTILE}" not in text
        assert f",{HOSTILE}" not in text


def test_where_nothing_is_assessed_the_grid_says_so(kb: KnowledgeBase) -> None:
    paper = text_of(export_grid(kb, ReportForm.PDF, actor=SAM).content, ReportForm.PDF)

    assert json.loads(export_grid(kb, ReportForm.JSON, actor=SAM).content)["points"] == []
    assert "No practice has a concluded assessment" in paper
    assert paper.count("Not assessed") == len(grid(kb, actor=SAM).without)
    with pytest.raises(NotFound):
        export_grid(kb, ReportForm.JSON, actor=SAM, rubric="nobody")


# side by side --------------------------------------------------------------------------------------------------------------


def test_each_score_has_a_row_with_its_numbered_evidence(kb: KnowledgeBase) -> None:
    own = pin(kb, "a.md", "the city pays the keepers")
    assessed(kb, "a", 4, None, 3, 3, 5, pins=[own])
    assessed(kb, "b", 2, 3, 3, 3, 3)

    rows = rows_of(export_comparison(kb, ["b", "a", "c"], ReportForm.CSV, actor=SAM).content)
    first = [row for row in rows if row["item"] == panels.RUBRIC.criterion_names[0]]

    assert [(row["practice"], row["value"], row["reviewers"], row["assessment"]) for row in first] == [
        ("b", "2.0", "1", "b-1"), ("a", "4.0", "1", "a-1"), ("c", "", "", ""),
    ]  # fmt: skip
    assert first[1]["speaks_for"].startswith("[1] “the city pays the keepers” — ")
    assert [row["item"] for row in rows if row["practice"] == "b" and row["kind"] == "criterion"] == list(
        panels.RUBRIC.criterion_names
    )
    assert [row["value"] for row in rows if row["item"] == "impact"] == ["2.5", "3.5"]


@pytest.mark.parametrize("form", list(ReportForm))
def test_words_that_the_reader_may_not_see_are_counted_and_not_told(kb: KnowledgeBase, form: ReportForm) -> None:
    shown, hidden = pin(kb, "a.md", "the city pays"), pin(kb, "s.md", BLIND, visibility=Visibility.RESTRICTED)
    assessed(kb, "a", 4, None, 3, 3, 5, pins=[shown, hidden])
    assessed(kb, "b", 2, 3, 3, 3, 3)
    seen = text_of(export_comparison(kb, ["a", "b"], form, actor=SAM).content, form)

    assert "the city pays" in seen
    assert BLIND not in seen
    assert "s.md" not in seen
    assert BLIND in text_of(export_comparison(kb, ["a", "b"], form, actor=LOCAL).content, form)


def test_left_out_passages_are_as_many_as_the_page_hides(kb: KnowledgeBase) -> None:
    hidden = pin(kb, "s.md", BLIND, visibility=Visibility.RESTRICTED)
    assessed(kb, "a", 4, None, 3, 3, 5, pins=[hidden])
    assessed(kb, "b", 2, 3, 3, 3, 3)
    found = compare(kb, ["a", "b"], actor=SAM)
    told = json.loads(export_comparison(kb, ["a", "b"], ReportForm.JSON, actor=SAM).content)

    n_hidden = sum(each.pin is None for row in (*found.gates, *found.criteria) for cell in row.cells for each in cell.evidence)
    assert n_hidden == 4  # one beside each score that was given
    assert (told["passages_left_out"], told["evidence"]) == (n_hidden, [])


def test_names_under_the_chatham_house_rule_are_withheld(kb: KnowledgeBase) -> None:
    spoken = pin(
        kb, "talk.md", "Anna Novak said that keepers are paid late", about=Metadata(chatham_house=True, authors=("Anna Novak",))
    )
    assessed(kb, "a", 4, None, 3, 3, 5, pins=[spoken])
    assessed(kb, "b", 2, 3, 3, 3, 3)

    for form in ReportForm:
        text = text_of(export_comparison(kb, ["a", "b"], form, actor=SAM).content, form)
        assert "keepers are paid late" in text
        assert "Novak" not in text


def test_what_cannot_be_compared_is_refused_as_on_the_page(kb: KnowledgeBase) -> None:
    with pytest.raises(InvalidEntry, match="1 named"):
        export_comparison(kb, ["a"], ReportForm.PDF, actor=SAM)


# the ladder ----------------------------------------------------------------------------------------------------------------


def test_each_step_and_each_earlier_decision_has_a_row(kb: KnowledgeBase) -> None:
    laddering.approve(kb, "a", on_what="a visit", expires="2199-01-01", actor=LOCAL)
    laddering.withdraw(kb, "a", why="+1 visit was a mistake", actor=LOCAL)

    rows = rows_of(export_ladder(kb, "a", ReportForm.CSV, actor=SAM).content)

    assert [(row["step"], row["is_earlier"], row["granted"], row["evidence"]) for row in rows] == [
        ("declared", "", "yes", ""),
        ("project-approved", "", "no", "'+1 visit was a mistake"),
        ("project-approved", "yes", "yes", "a visit"),
        ("peer-validated", "", "", ""),
        ("expert-validated", "", "", ""),
    ]
    paper = text_of(export_ladder(kb, "a", ReportForm.PDF, actor=SAM).content, ReportForm.PDF)
    assert "Withdrawn" in paper
    assert "Earlier decisions" in paper
    assert "a visit" in paper
    with pytest.raises(NotFound):
        export_ladder(kb, "nothing", ReportForm.CSV, actor=SAM)


# what could work where -----------------------------------------------------------------------------------------------------


@pytest.fixture
def tested(tmp_path: Path) -> KnowledgeBase:
    """Concluded by ann: five of six criteria known, nothing in the way."""
    base = transferred.a_base(tmp_path, FakeRecords())
    transferred.concluded(base, 1, 1, None, 1, 1, 1)
    return base


@pytest.mark.parametrize("form", list(ReportForm))
def test_no_form_tells_a_bare_mean(tested: KnowledgeBase, form: ReportForm) -> None:
    """The mean stands with its range and its coverage, and is called anticipated."""
    sam = transferred.who(tested, "sam")
    (cell,) = ranking.could_work_in(tested, "PT", actor=sam).tested
    text = text_of(export_could_work(tested, "PT", form, actor=sam).content, form)

    if form in (ReportForm.PDF, ReportForm.DOCX):
        signed = OverviewWording().signed
        wanted = [signed(cell.mean or 0), signed(cell.low), signed(cell.high), f"{cell.n_known} of {cell.n_all}", "Anticipated"]
    else:
        wanted = [f"{cell.low:.12g}"[:10], f"{cell.high:.12g}"[:10], str(cell.n_known), str(cell.n_all), "anticipated", cell.test]
    assert [each for each in wanted if each not in text] == []


def test_what_was_not_tested_comes_after_in_the_order_of_nearness(tested: KnowledgeBase) -> None:
    sam = transferred.who(tested, "sam")
    found = ranking.where_could_work(tested, transferred.PRACTICE, actor=sam)
    rows = rows_of(export_where_work(tested, transferred.PRACTICE, ReportForm.CSV, actor=sam).content)

    assert [(row["target"], row["standing"]) for row in rows] == [
        *((each.target, each.footing.value) for each in found.tested),
        *((each.target, "untested") for each in found.untested),
    ]
    assert [row["target"] for row in rows] == ["PT", "IE"]
    assert (rows[1]["mean"], rows[1]["certainty"]) == ("", "")
    assert float(rows[1]["distance"]) == found.untested[0].distance.value
    assert rows[1]["indicators_known"] == "1"


def test_a_place_nobody_knows_has_no_file(tested: KnowledgeBase) -> None:
    with pytest.raises(NotFound):
        export_could_work(tested, "XX", ReportForm.JSON, actor=transferred.who(tested, "sam"))
    with pytest.raises(NotFound):
        export_where_work(tested, "nothing", ReportForm.JSON, actor=transferred.who(tested, "sam"))
