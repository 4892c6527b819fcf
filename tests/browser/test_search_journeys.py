"""What people do with an answer: judge, choose and cite, save, look for more like it, ask many questions at once."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docx import Document
from playwright.sync_api import expect

from kb import open_kb
from kb.services.ingesting import ingest
from kb.services.permission import LOCAL_MEMBER
from kb.settings import Settings

Visit = Callable[..., Any]
INVISIBLE = "\u2060"
HIT = "[class*='st-key-hit_']"


def choose(visitor: Any, n: int) -> None:
    """Choose the n-th hit of the page, from 0."""
    visitor.page.locator(HIT).nth(n).get_by_text("Choose", exact=True).click()
    visitor.wait()


def test_a_question_that_was_judged_is_asked_again_by_its_link(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/judgements")
    page.get_by_role("link", name="cooperatives", exact=True).first.click()
    visitor.wait()
    expect(page.locator(HIT).first).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_saved_search_tells_what_came_since(visit: Visit, small_kb: Settings) -> None:
    visitor = visit()
    page = visitor.open("/?q=Who+keeps+marmots")
    page.get_by_role("button", name="Save this search").click()
    page.get_by_label("Name", exact=True).fill("Marmots")
    page.get_by_role("button", name="Save", exact=True).click()
    visitor.wait()
    expect(page.get_by_text("Saved as “Marmots”")).to_be_visible()

    later = small_kb.documents / "later" / "marmots.md"
    later.parent.mkdir()
    later.write_text("# A marmot cooperative\n\nMarmots are kept by the herders of the upper valley.\n", encoding="utf-8")
    ingest(open_kb(small_kb), [small_kb.documents], actor=LOCAL_MEMBER)

    visitor.open("/saved")
    card = page.locator("[class*='st-key-saved_']").filter(has=page.get_by_role("button", name="Marmots"))
    expect(card.get_by_text(re.compile(r"^[1-9] new of 10 since"))).to_be_visible()
    card.get_by_role("button", name="Marmots").click()
    visitor.wait()
    assert "saved=" in page.url
    # Perhaps some more: of documents that were read in the very second in which the first index was built, see ``new_hits``.
    new = page.locator(HIT).filter(has=page.get_by_text("New", exact=True))
    expect(new.filter(has_text="herders of the upper valley")).to_have_count(1)
    assert new.count() < page.locator(HIT).count()
    page.get_by_role("button", name="Mark as seen").click()
    visitor.wait()
    page.reload()
    visitor.wait()
    expect(page.get_by_text("Nothing new since")).to_be_visible()


def test_a_verdict_by_keyboard_survives_a_reload(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/?q=How+is+a+federation+financed")
    first = page.locator(HIT).first
    verdict = first.get_by_role("radio", name="Not relevant")

    verdict.focus()
    page.keyboard.press("Space")
    visitor.wait()
    expect(verdict).to_be_checked()
    page.reload()
    visitor.wait()
    expect(verdict).to_be_checked()
    expect(first.get_by_role("radio", name="Relevant", exact=True)).not_to_be_checked()

    first.get_by_role("button", name="Undo").press("Enter")
    visitor.wait()
    page.reload()
    visitor.wait()
    expect(first.get_by_role("radio", name="Relevant", exact=True)).to_be_visible()
    expect(verdict).not_to_be_checked()


def test_two_chosen_passages_become_a_word_file_of_this_tab_only(visit: Visit, tmp_path: Path) -> None:
    visitor, other = visit(), visit()
    page = visitor.open("/?q=cooperatives")
    titles = [page.locator(HIT).nth(n).get_by_role("link").first.inner_text() for n in (0, 1)]
    for n in (0, 1):
        choose(visitor, n)
    expect(page.locator(".kb-count")).to_have_text("2")

    page.get_by_role("button", name="Chosen passages").click()
    visitor.wait()
    with page.expect_download() as download:
        page.locator(".st-key-take_chosen").get_by_role("button", name="Word").click()
    download.value.save_as(tmp_path / "chosen.docx")
    written = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / "chosen.docx")).paragraphs)
    assert all(title.replace(INVISIBLE, "") in written for title in titles)
    assert "Question: cooperatives" in written

    page.get_by_role("button", name="Remove", exact=True).first.click()
    visitor.wait()
    expect(page.locator(".kb-count")).to_have_text("1")
    other.open("/?q=cooperatives")
    expect(other.page.locator(HIT).first).to_be_visible()
    expect(other.page.get_by_role("button", name="Chosen passages")).to_have_count(0)


def test_a_citation_is_saved_for_a_reference_manager(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/?q=transferability")
    page.locator(HIT).first.get_by_role("button", name="Cite").click()
    visitor.wait()

    with page.expect_download() as download:
        page.get_by_role("button", name="RIS").click()

    assert download.value.suggested_filename == "passages.ris"
    assert download.value.path().read_text(encoding="utf-8").startswith("TY  - ")


def test_a_table_of_questions_is_answered_as_a_table(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/batch")
    table = "id;question\nA;Which conditions decide whether a practice can be transferred?\nB;=cmd|' /C calc'!A0 looms\n"
    page.locator("input[type=file]").set_input_files({"name": "q.csv", "mimeType": "text/csv", "buffer": table.encode()})
    page.get_by_role("combobox", name=re.compile("Result as")).click()
    page.get_by_role("option", name="CSV (.csv)").click()
    page.get_by_role("button", name="Ask them all").click()

    expect(page.get_by_text("2 of 2 questions have an answer. 10 passages.")).to_be_visible(timeout=30_000)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the table").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert [row["question_id"] for row in rows] == ["A"] * 5 + ["B"] * 5
    assert rows[5]["question"].startswith("'=cmd")
    assert rows[0]["passage"]


def test_a_piece_of_the_question_is_switched_off_and_back_brings_it_again(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/")
    page.get_by_label("Your question").fill("cooperatives country:India -loan")
    page.keyboard.press("Enter")
    visitor.wait()
    chip = page.get_by_role("button", name="Country: India")
    expect(chip).to_be_visible()

    chip.click()
    visitor.wait()
    expect(page.get_by_label("Your question")).to_have_value("cooperatives -loan")
    expect(chip).to_have_count(0)

    page.go_back()
    visitor.wait()
    expect(chip).to_be_visible()


def test_the_newest_first_can_be_linked(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/?q=cooperatives")

    page.get_by_role("radio", name="Newest first").click()
    visitor.wait()
    assert "s_order=newest" in page.url
    page.reload()
    visitor.wait()

    expect(page.get_by_role("radio", name="Newest first")).to_be_checked()


def test_from_like_to_like_and_back(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/?q=cooperatives")
    words = page.locator(HIT).first.locator("blockquote").inner_text()
    page.locator(HIT).first.get_by_role("link", name="More like this").click()
    visitor.wait()
    assert re.search(r"/similar\?like=[0-9a-f]{16}", page.url)
    expect(page.locator(".st-key-like_this blockquote")).to_have_text(words, use_inner_text=True)
    first = page.url

    page.locator(HIT).first.get_by_role("button", name="More like this").click()
    visitor.wait()
    assert page.url != first
    page.go_back()
    visitor.wait()
    expect(page.locator(".st-key-like_this blockquote")).to_have_text(words, use_inner_text=True)

    page.get_by_role("link", name="Back to search").click()
    visitor.wait()
    expect(page.get_by_label("Your question")).to_have_value("cooperatives")


def test_a_document_leads_to_others_like_it_with_the_reason(visit: Visit, places: Any) -> None:
    visitor = visit()
    page = visitor.open(f"/document?id={places.text_id}")

    page.get_by_role("link", name="More like this document").click()
    visitor.wait()

    assert f"like_document={places.text_id}" in page.url
    page.get_by_text(re.compile("pairs? of passages that shows? it")).first.click()
    expect(page.get_by_text(re.compile("^Similarity 0")).first).to_be_visible()


def test_a_hostile_title_stays_text_in_the_list_of_chosen_passages(visit: Visit, leak: Any, hostile_line: str) -> None:
    visitor = visit(height=3000)
    page = visitor.open("/?q=Zebrafinch+looms")
    choose(visitor, 0)
    page.get_by_role("button", name="Chosen passages").click()
    visitor.wait()

    panel = page.locator("[class*='st-key-chosen_']").filter(has=page.get_by_role("button", name="Remove", exact=True)).last
    expect(panel).to_contain_text(hostile_line)
    assert page.locator("img[src='x'], .katex, .stMarkdownColoredText, a[href^='javascript:']").count() == 0
    assert leak.asked == []


def test_the_search_tools_speak_french(visit: Visit) -> None:
    visitor = visit(locale="fr-FR", height=1400)
    page = visitor.open("/?q=pays:Inde+coop%C3%A9ratives")

    expect(page.get_by_role("button", name="Pays : Inde")).to_be_visible()
    expect(page.get_by_role("radio", name="Les plus récents d’abord")).to_be_visible()
    expect(page.locator(HIT).first.get_by_role("radio", name="Non pertinent")).to_be_visible()
    page.get_by_role("button", name="Astuces de recherche").click()
    expect(page.get_by_text("Ces mots exactement, dans cet ordre")).to_be_visible()
