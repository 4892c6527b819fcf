"""What an ingest will do, told from files and ledger alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fakes import a_document

from kb.adapters.sqlite_catalog import SqliteCatalog
from kb.retrieval.catalog import FileState, LedgerEntry
from kb.retrieval.passage import Block, BlockKind
from kb.services.files import find_files
from kb.services.planning import Plan, plan_ingest


class Folder:
    """A folder of documents with a catalog that knows what was ingested."""

    def __init__(self, root: Path) -> None:
        self.documents = root / "documents"
        self.documents.mkdir()
        self.catalog = SqliteCatalog(root / "catalog.sqlite")

    def write(self, name: str, text: str) -> Path:
        path = self.documents / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def ingested(self, name: str, text: str) -> None:
        """As after an ingest in which the file was read."""
        (file,) = find_files([self.write(name, text)], self.documents)
        document = replace(a_document([Block(BlockKind.PARAGRAPH, text)], path=name), sha256=file.content_sha256)
        self.catalog.put_document(
            document, [], LedgerEntry(name, FileState.INDEXED, sha256=file.sha256, document_id=document.id), b""
        )

    def noted(self, name: str, text: str, state: FileState) -> None:
        (file,) = find_files([self.write(name, text)], self.documents)
        self.catalog.put_entry(LedgerEntry(name, state, "why", sha256=file.sha256))

    def plan(self, root: str = ".", *, retry_failed: bool = False) -> Plan:
        found = list(find_files([self.documents / root], self.documents))
        return plan_ingest(found, [root], self.catalog, self.documents, retry_failed=retry_failed)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def to_read(plan: Plan) -> list[str]:
    return [file.key for file in plan.to_read]


def settled(plan: Plan) -> dict[str, FileState]:
    return {entry.path: entry.state for entry in plan.settled}


def test_a_new_file_is_read(folder: Folder) -> None:
    folder.write("a.txt", "a")

    assert to_read(folder.plan()) == ["a.txt"]


def test_an_unchanged_file_is_not_read_though_it_was_touched(folder: Folder) -> None:
    folder.ingested("a.txt", "a")
    folder.write("a.txt", "a")
    plan = folder.plan()

    assert (to_read(plan), settled(plan), plan.removed) == ([], {"a.txt": FileState.UNCHANGED}, [])


def test_a_changed_file_is_read_again(folder: Folder) -> None:
    folder.ingested("a.txt", "a")
    folder.write("a.txt", "b")

    assert to_read(folder.plan()) == ["a.txt"]


def test_a_changed_sidecar_is_a_change_of_its_document(folder: Folder) -> None:
    folder.ingested("a.txt", "a")
    folder.write("a.yaml", "title: A")

    assert to_read(folder.plan()) == ["a.txt"]


def test_a_renamed_file_is_read_as_the_one_it_was(folder: Folder) -> None:
    folder.ingested("old.txt", "a")
    (folder.documents / "old.txt").rename(folder.documents / "new.txt")
    plan = folder.plan()

    assert (plan.renamed, to_read(plan), plan.removed) == ({"new.txt": "old.txt"}, ["new.txt"], [])


def test_a_file_that_moved_twice_over_is_renamed_once_and_the_other_copy_is_a_duplicate(folder: Folder) -> None:
    folder.ingested("old.txt", "a")
    (folder.documents / "old.txt").unlink()
    folder.write("one.txt", "a")
    folder.write("two.txt", "a")
    plan = folder.plan()

    assert plan.renamed == {"one.txt": "old.txt"}
    assert settled(plan) == {"two.txt": FileState.DUPLICATE}


def test_a_copy_of_a_known_file_is_a_duplicate_and_names_it(folder: Folder) -> None:
    folder.ingested("a.txt", "a")
    folder.write("copy.txt", "a")
    plan = folder.plan()

    assert settled(plan) == {"a.txt": FileState.UNCHANGED, "copy.txt": FileState.DUPLICATE}
    assert next(entry.reason for entry in plan.settled if entry.path == "copy.txt") == "same content as a.txt"


def test_of_two_new_copies_the_first_is_read_and_the_second_follows_it(folder: Folder) -> None:
    folder.write("a.txt", "a")
    folder.write("b.txt", "a")
    plan = folder.plan()

    assert to_read(plan) == ["a.txt"]
    assert {copy.key: first.key for copy, first in plan.echoes.items()} == {"b.txt": "a.txt"}


def test_a_duplicate_whose_original_is_gone_takes_its_place(folder: Folder) -> None:
    folder.ingested("a.txt", "a")
    folder.noted("copy.txt", "a", FileState.DUPLICATE)
    (folder.documents / "a.txt").unlink()

    assert folder.plan().renamed == {"copy.txt": "a.txt"}


def test_a_file_that_is_gone_is_removed_if_it_lay_where_was_looked(folder: Folder) -> None:
    folder.ingested("sub/a.txt", "a")
    folder.ingested("subway/b.txt", "b")
    (folder.documents / "sub" / "a.txt").unlink()
    (folder.documents / "subway" / "b.txt").unlink()

    assert [entry.path for entry in folder.plan("sub").removed] == ["sub/a.txt"]
    assert {entry.path for entry in folder.plan().removed} == {"sub/a.txt", "subway/b.txt"}


def test_a_file_that_was_asked_for_by_name_and_is_gone_is_removed(folder: Folder) -> None:
    folder.ingested("a.txt", "a")
    (folder.documents / "a.txt").unlink()

    assert settled(folder.plan("a.txt")) == {"a.txt": FileState.REMOVED}


def test_a_document_outside_the_folder_is_not_removed_when_the_folder_is_looked_at(folder: Folder) -> None:
    folder.catalog.put_entry(LedgerEntry("/elsewhere/a.txt", FileState.INDEXED, sha256="x"))

    assert folder.plan().removed == []


def test_what_was_removed_is_not_removed_again_and_is_read_when_it_comes_back(folder: Folder) -> None:
    folder.catalog.put_entry(LedgerEntry("gone.txt", FileState.REMOVED))
    assert folder.plan().removed == []

    folder.write("gone.txt", "back")
    assert to_read(folder.plan()) == ["gone.txt"]


@pytest.mark.parametrize("state", [FileState.FAILED, FileState.NO_TEXT, FileState.ENCRYPTED, FileState.UNSUPPORTED])
def test_what_could_not_be_read_is_tried_again_only_when_asked(folder: Folder, state: FileState) -> None:
    folder.noted("bad.pdf", "bad", state)

    assert (to_read(folder.plan()), settled(folder.plan())) == ([], {"bad.pdf": state})
    assert to_read(folder.plan(retry_failed=True)) == ["bad.pdf"]


def test_what_is_no_document_is_listed_with_the_reason(folder: Folder) -> None:
    (folder.documents / "link.txt").symlink_to("/etc/passwd")
    (entry,) = folder.plan().settled

    assert (entry.state, entry.reason) == (FileState.UNSUPPORTED, "a link: left out, links are not followed")
