"""The signed way to a source file, and the headers of everything else."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

Visit = Callable[..., Any]


def href(page: Any, words: str | re.Pattern[str]) -> str:
    return str(page.get_by_role("link", name=words).get_attribute("href"))


def test_a_pdf_opens_in_place_at_its_page(visit: Visit, places: Any) -> None:
    visitor = visit()
    page = visitor.open(places.pdf)
    link = href(page, re.compile(r"Open the file at page \d+"))

    answer = page.request.get(f"{visitor.server}/{link}")

    assert re.search(r"#page=\d+$", link)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["content-disposition"].startswith("inline")
    assert answer.body().startswith(b"%PDF")


@pytest.mark.parametrize("which", ["pdf", "text"])
def test_a_download_is_never_shown_by_the_browser(visit: Visit, places: Any, which: str) -> None:
    visitor = visit()
    page = visitor.open(getattr(places, which))

    answer = page.request.get(f"{visitor.server}/{href(page, 'Download the file')}")

    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("token", ["x", "..%2F..%2Fetc%2Fpasswd", "ImYi.aaaa.bbbb"])
def test_without_a_signature_there_is_no_file(visit: Visit, token: str) -> None:
    visitor = visit()

    answer = visitor.page.request.get(f"{visitor.server}/files/{token}")

    assert answer.status in (400, 403, 404)
    assert b"root:" not in answer.body()


def test_a_changed_token_is_refused(visit: Visit, places: Any) -> None:
    visitor = visit()
    page = visitor.open(places.pdf)
    token = href(page, "Download the file").split("/")[1].split("?")[0]

    assert page.request.get(f"{visitor.server}/files/{token[:-2]}zz").status == 403


def test_every_answer_carries_the_security_headers(visit: Visit) -> None:
    visitor = visit()

    headers = visitor.page.request.get(visitor.server).headers

    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_without_the_route_there_is_a_download_button(visit: Visit, plain_server: str, places: Any) -> None:
    visitor = visit(at=plain_server)
    page = visitor.open(places.pdf)

    with page.expect_download() as download:
        page.get_by_role("button", name="Download the file").click()

    assert download.value.suggested_filename.endswith(".pdf")
    expect(page.get_by_role("link", name=re.compile("Open the file"))).to_have_count(0)
