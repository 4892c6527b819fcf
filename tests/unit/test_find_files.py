"""What lies in a folder: odd names keep one row each, and nothing but regular files is opened."""

from __future__ import annotations

import hashlib
import os
import socket
import tempfile
import unicodedata
from pathlib import Path

import pytest

from kb.services.files import FoundFile, find_files, key_of, path_of

ODD_NAMES = [
    "a\nb.txt",
    "x" * 251 + ".txt",
    "#1 50%25.txt",
    "%2e%2e.txt",
    "a..",
    "\u202etxt.exe",
    "עברית.txt",
    unicodedata.normalize("NFD", "é.txt"),
    unicodedata.normalize("NFC", "é.txt"),
    "trailing .txt ",
    "CON.txt",
    "report.pdf.exe",
    "a\\..\\x.txt",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    return tmp_path / "documents"


def found(folder: Path, *paths: Path) -> dict[str, FoundFile]:
    return {file.key: file for file in find_files(paths or (folder,), folder)}


def test_odd_names_keep_one_row_each_and_lead_back_to_their_file(folder: Path) -> None:
    for name in ODD_NAMES:
        (folder / name).write_text(name, encoding="utf-8")

    rows = found(folder)

    assert sorted(rows) == sorted(ODD_NAMES)
    for key, file in rows.items():
        assert path_of(key, folder).read_text(encoding="utf-8") == key
        assert (file.fault, file.content_sha256) == ("", hashlib.sha256(key.encode()).hexdigest())


def test_a_name_that_is_no_unicode_is_listed_with_a_reason(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text("latin")
    (file,) = found(folder).values()

    assert (file.key, file.fault) == ("caf\\udce9.txt", "its name is not Unicode: rename it")


def test_a_sidecar_that_cannot_be_opened_is_no_reason_to_stop(folder: Path) -> None:
    (folder / "a.txt").write_text("a")
    os.mkfifo(folder / "a.yaml")
    (folder / "a.txt.yml").mkdir()

    assert found(folder, folder / "a.txt")["a.txt"].fault == ""


def test_a_file_is_known_by_its_place_whatever_way_leads_there(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "a.txt").write_text("a")

    assert list(found(folder, folder / "sub" / ".." / "sub" / "a.txt", folder, folder / "sub")) == ["sub/a.txt"]


def test_a_file_outside_the_documents_is_known_by_its_whole_path(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "x.txt"
    outside.write_text("x")

    assert list(found(folder, folder / ".." / "x.txt")) == [outside.as_posix()]
    assert path_of(outside.as_posix(), folder) == outside
    assert key_of(folder, folder) == "."


def test_links_are_listed_with_a_reason_and_never_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.txt").write_text("secret")
    (folder / "to-file.txt").symlink_to("/etc/passwd")
    (folder / "to-folder").symlink_to(tmp_path / "outside")
    (folder / "loop").symlink_to(folder)
    (folder / "broken").symlink_to(folder / "nothing")

    rows = found(folder)

    assert sorted(rows) == ["broken", "loop", "to-file.txt", "to-folder"]
    assert all(file.fault.startswith("a link") and not file.sha256 for file in rows.values())
    assert found(folder, folder / "to-file.txt")["to-file.txt"].fault.startswith("a link")


def test_pipes_and_sockets_are_listed_and_never_opened(folder: Path) -> None:
    """Opening a pipe nobody writes to would wait for ever: that this test ends is its claim."""
    os.mkfifo(folder / "pipe.txt")
    with tempfile.TemporaryDirectory() as short, socket.socket(socket.AF_UNIX) as listening:
        listening.bind(f"{short}/s")
        (Path(short) / "s").rename(folder / "socket.txt")

    assert {key: file.fault for key, file in found(folder).items()} == dict.fromkeys(
        ("pipe.txt", "socket.txt"), "not a regular file: left out"
    )


def test_what_was_asked_for_and_is_not_there_is_told(folder: Path) -> None:
    assert found(folder, folder / "gone.txt")["gone.txt"].fault == "no such file"


def test_a_sidecar_is_no_document_but_belongs_to_what_decides_a_change(folder: Path) -> None:
    (folder / "sewa.pdf").write_bytes(b"one")
    before = found(folder)["sewa.pdf"]
    for name in ("sewa.yaml", "sewa.pdf.yaml", "sewa.yml", "sewa.pdf.yml"):
        (folder / name).write_text("title: SEWA", encoding="utf-8")

        assert list(found(folder)) == ["sewa.pdf"]
        after = found(folder)["sewa.pdf"]
        assert after.content_sha256 == before.content_sha256
        assert after.sha256 != before.sha256
        (folder / name).unlink()

    assert found(folder)["sewa.pdf"] == before


def test_a_yaml_file_without_a_document_is_a_document(folder: Path) -> None:
    (folder / "plan.yaml").write_text("a: 1")

    assert list(found(folder)) == ["plan.yaml"]


def test_a_sidecar_that_is_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_text("a")
    before = found(folder)["a.txt"].sha256
    (tmp_path / "elsewhere.yaml").write_text("title: x")
    (folder / "a.yaml").symlink_to(tmp_path / "elsewhere.yaml")

    assert found(folder)["a.txt"].sha256 == before


def test_hidden_files_and_lock_files_of_office_programs_are_left_out(folder: Path) -> None:
    for name in (".hidden.txt", "~$report.docx", ".git"):
        (folder / name).write_text("x")

    assert found(folder) == {}


def test_the_same_bytes_have_the_same_content_hash_under_any_name(folder: Path) -> None:
    (folder / "a.txt").write_text("same")
    (folder / "b.md").write_text("same")
    rows = found(folder)

    assert rows["a.txt"].content_sha256 == rows["b.md"].content_sha256 == hashlib.sha256(b"same").hexdigest()
