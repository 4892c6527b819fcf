"""Signed links to source files."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kb.errors import SettingsError
from kb.retrieval.passage import DocumentId
from kb.ui import files

SECRET = "correct horse battery staple, twice over"
DOCUMENT = DocumentId("0123456789abcdef")


@pytest.fixture
def signing() -> Iterator[None]:
    files.start(SECRET)
    yield
    files.stop()


def token(link: str | None) -> str:
    assert link is not None
    return link.removeprefix("files/").split("#")[0].split("?")[0]


@pytest.mark.usefixtures("signing")
def test_a_link_leads_to_its_document() -> None:
    assert files.document_of(token(files.link(DOCUMENT, page=7))) == DOCUMENT


@pytest.mark.usefixtures("signing")
def test_a_link_names_the_page_of_the_file() -> None:
    assert str(files.link(DOCUMENT, page=7)).endswith("#page=7")


@pytest.mark.usefixtures("signing")
def test_an_old_link_is_void() -> None:
    assert files.document_of(token(files.link(DOCUMENT)), max_age_s=-1) is None


@pytest.mark.usefixtures("signing")
def test_a_changed_link_is_void() -> None:
    good = token(files.link(DOCUMENT))

    for place in range(len(good) - 1):  # the last character holds two bits that base64 does not read
        other = "A" if good[place] != "A" else "B"
        assert files.document_of(good[:place] + other + good[place + 1 :]) is None, place
    assert files.document_of("x") is None


@pytest.mark.usefixtures("signing")
def test_another_secret_voids_all_links() -> None:
    old = token(files.link(DOCUMENT))

    files.start("another secret of more than thirty-two characters")

    assert files.document_of(old) is None


def test_without_a_server_there_is_no_link() -> None:
    assert files.link(DOCUMENT) is None


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(SettingsError, match="at least 32"):
        files.start("short")
