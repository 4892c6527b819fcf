"""A folder of sheets: what counts as one, what is refused, and that a file is written whole, over the version that was read."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from kb.adapters.sheet_files import SheetFolder
from kb.errors import NotFound
from kb.peers.practice import PracticeSheet
from kb.services.sheets import MAX_BYTES
from tests.sheets import SOUND


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "corpus" / "practices"
    place.mkdir(parents=True)
    (place / "bee-path.yaml").write_text(SOUND, encoding="utf-8")
    return place


def only_fault(folder: Path, content: bytes) -> str:
    (folder / "bad.yaml").write_bytes(content)
    (fault,) = SheetFolder(folder).read("bad").faults
    return str(fault)


def test_sheets_are_the_yaml_files_and_nothing_else(folder: Path) -> None:
    for name in (".hidden.yaml", "practice.schema.json", "notes.md", ".WRITER.lock"):
        (folder / name).write_text("{}")
    (folder / "link.yaml").symlink_to(folder / "bee-path.yaml")
    (folder / "folder.yaml").mkdir()

    assert SheetFolder(folder).names() == ["bee-path"]
    assert SheetFolder(folder / "absent").names() == []


@pytest.mark.parametrize("name", ["absent", "../practices/bee-path", ".hidden", "", "link", "/etc/passwd"])
def test_a_name_leads_to_no_other_file(folder: Path, name: str) -> None:
    (folder / "link.yaml").symlink_to(folder / "bee-path.yaml")

    with pytest.raises(NotFound, match="There is no practice called"):
        SheetFolder(folder).read(name)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"practice: bad\n\ttitle: x\n", "practices/bad.yaml:2: no YAML: "),
        (b"practice: bad\n\xff\xfe", "practices/bad.yaml:2: is not UTF-8; save the file as UTF-8"),
        (b"- a\n- b\n", "practices/bad.yaml:1: is not a list of keys and values"),
        (b"", "practices/bad.yaml:1: is not a list of keys and values"),
        (b"a: &x [1]\nb: *x\n", "practices/bad.yaml:1: anchors (&) and aliases (*) are not accepted"),
        (b"a: !!python/object/apply:os.system [id]\n", "practices/bad.yaml:1: tags (!) are not accepted"),
        (b"a: " + b"[" * 30 + b"]" * 30, "practices/bad.yaml:1: nested more than 20 deep"),
        (b"a: " + b"x" * MAX_BYTES, "practices/bad.yaml:1: is longer than 256 KB"),
        (b"a: 1\n---\nb: 2\n", "practices/bad.yaml:2: a second document begins"),
    ],
)
def test_what_is_no_sheet_at_all_is_one_fault(folder: Path, content: bytes, told: str) -> None:
    assert only_fault(folder, content).startswith(f"corpus/{told}")


def test_a_key_that_is_there_twice_is_a_fault_and_no_value_wins(folder: Path) -> None:
    (folder / "bee-path.yaml").write_text(SOUND + "lessons: Another.\n", encoding="utf-8")

    read = SheetFolder(folder).read("bee-path")

    last, first = SOUND.count("\n") + 1, SOUND[: SOUND.index("lessons:")].count("\n") + 1
    assert [str(fault) for fault in read.faults] == [
        f"corpus/practices/bee-path.yaml:{last}: “lessons” is there twice, first in line {first}"
    ]
    assert read.sheet is None


def test_a_sheet_is_read_again_when_its_file_changes(folder: Path) -> None:
    sheets = SheetFolder(folder)
    first = sheets.read("bee-path")
    assert sheets.read("bee-path") is first

    (folder / "bee-path.yaml").write_text(SOUND.replace("value: 115", "value: 1160"), encoding="utf-8")

    assert sheets.read("bee-path").version != first.version


def test_a_write_over_an_older_version_writes_nothing(folder: Path) -> None:
    sheets = SheetFolder(folder)
    base = sheets.read("bee-path").version

    second = sheets.write("bee-path", SOUND + "# second\n", base)
    third = sheets.write("bee-path", SOUND + "# third\n", base)

    assert second == sheets.read("bee-path").version
    assert third is None
    assert (folder / "bee-path.yaml").read_text(encoding="utf-8").endswith("# second\n")
    assert sheets.write("new", SOUND, base) is None
    assert sheets.write("new", SOUND, "") is not None
    assert sorted(path.name for path in folder.iterdir()) == [".WRITER.lock", "bee-path.yaml", "new.yaml"]


def test_of_many_who_write_at_once_one_wins_each_round(folder: Path) -> None:
    """Each writer reads, adds its line, and tries again when it was too slow: no line is lost."""
    sheets = SheetFolder(folder)

    def add(number: int) -> None:
        for turn in range(5):
            while True:
                file = sheets.read("bee-path")
                if sheets.write("bee-path", f"{file.text}# {number}.{turn}\n", file.version):
                    break

    threads = [threading.Thread(target=add, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    lines = (folder / "bee-path.yaml").read_text(encoding="utf-8").splitlines()
    assert sorted(lines[-20:]) == sorted(f"# {number}.{turn}" for number in range(4) for turn in range(5))


def test_a_new_sheet_is_yaml_with_every_key_and_its_faults_are_its_blanks(folder: Path) -> None:
    sheets = SheetFolder(folder)
    text = sheets.begun("my-own", kind="tool", language="fr", title='Mine: a "tool" # really')

    begun = sheets.parsed("my-own", text)

    assert begun.raw["title"] == 'Mine: a "tool" # really'
    assert all("is blank" in fault.sentence for fault in begun.faults)
    assert all(f"\n{name}:" in text or f"\n# {name}:" in text for name in PracticeSheet.model_fields)
