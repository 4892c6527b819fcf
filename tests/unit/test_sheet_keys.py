"""Practice sheets in the ledger: their names, what of their folder counts, and what lies below what."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.services.files import find_files, is_below, key_of, path_of, practice_of


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    (tmp_path / "practices").mkdir()
    return tmp_path


def test_a_sheet_is_known_by_its_practice_and_found_again_by_that(corpus: Path) -> None:
    documents, sheet = corpus / "documents", corpus / "practices" / "bees.yaml"

    assert key_of(sheet, documents) == "practice:bees.yaml"
    assert path_of("practice:bees.yaml", documents) == sheet
    assert practice_of("practice:bees.yaml") == "bees"
    assert practice_of("practices/bees.yaml") == ""
    assert key_of(corpus / "practices", documents) == "practice:"


def test_what_is_in_the_folder_and_no_sheet_is_no_document(corpus: Path) -> None:
    for name in ("bees.yaml", "bees.yml", "practice.schema.json", "README.md", ".bees.tmp", "practice.yaml"):
        (corpus / "practices" / name).write_text("x")

    found = find_files([corpus / "practices"], corpus / "documents")

    assert [file.key for file in found] == ["practice:bees.yaml", "practice:practice.yaml"]


def test_a_folder_of_that_name_among_the_documents_is_a_folder_of_documents(corpus: Path) -> None:
    inside = corpus / "documents" / "practices"
    inside.mkdir()
    for name in ("report.md", "report.yaml"):
        (inside / name).write_text("x")

    assert [file.key for file in find_files([corpus / "documents"], corpus / "documents")] == ["practices/report.md"]


def test_a_sheet_changes_when_its_own_bytes_do(corpus: Path) -> None:
    sheet = corpus / "practices" / "bees.yaml"
    sheet.write_text("a")
    (before,) = find_files([sheet], corpus / "documents")
    (corpus / "practices" / "bees.yml").write_text("no sidecar of it")
    (after,) = find_files([sheet], corpus / "documents")

    assert before == after
    assert before.sha256 == before.content_sha256


@pytest.mark.parametrize(
    ("key", "root", "below"),
    [
        ("a.md", ".", True),
        ("a/b.md", ".", True),
        ("a/b.md", "a", True),
        ("ab.md", "a", False),
        ("/elsewhere/a.md", ".", False),
        ("/elsewhere/a.md", "/elsewhere", True),
        ("practice:bees.yaml", ".", False),
        ("practice:bees.yaml", "practice:", True),
        ("a.md", "practice:", False),
    ],
)
def test_what_lies_below_a_place(key: str, root: str, below: bool) -> None:
    assert is_below(key, root) is below
