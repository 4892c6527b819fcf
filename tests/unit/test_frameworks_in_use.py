"""Frameworks of a folder and those in use: a version that a test uses is never changed, and stays when the demonstration goes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fake_records import FakeRecords
from fakes import a_document

from kb import open_kb
from kb.adapters.versioned_folder import frameworks_in
from kb.errors import InvalidEntry, NotFound
from kb.peers.transfer.framework import Framework
from kb.retrieval.catalog import FileState, LedgerEntry
from kb.retrieval.passage import Block, BlockKind, DocumentId, Metadata, Visibility
from kb.services import frameworks
from kb.services.kept_frameworks import KeptFramework
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.services.records import StoredEntry
from kb.services.versioned_files import MAX_BYTES
from kb.settings import Settings
from tests.frameworks import SOUND, raw

REVIEWER = Member("ann", frozenset({Role.MEMBER, Role.REVIEWER}))
FACILITATOR = Member("fay", frozenset({Role.MEMBER, Role.FACILITATOR}))
CHANGED = SOUND.replace("Somebody may", "Somebody might")
NEXT = CHANGED.replace("version: 1", "version: 2")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "corpus" / "frameworks"
    place.mkdir(parents=True)
    return place


@pytest.fixture
def base(tmp_path: Path, folder: Path) -> KnowledgeBase:
    write(folder, SOUND)
    return replace(open_kb(Settings(tmp_path / "corpus", tmp_path / "index")), records=FakeRecords())


def write(folder: Path, text: str, name: str = "tiny") -> None:
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def use(base: KnowledgeBase, version: int | None = None, *, actor: Member = LOCAL_MEMBER, is_demo: bool = False) -> KeptFramework:
    """Open something with the framework."""
    framework = frameworks.framework(base, "tiny", version, actor=actor)
    with base.records() as records:
        return frameworks.keep_in_use(base, records, framework, actor=actor, is_demo=is_demo)


def entries(base: KnowledgeBase) -> list[StoredEntry]:
    with base.records() as records:
        return records.journal.of("framework", "tiny")


def told(base: KnowledgeBase) -> list[str]:
    return [
        str(fault) for each in frameworks.check(base, actor=LOCAL_MEMBER) for fault in each.faults if "document" not in str(fault)
    ]


# files ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "1: is not a list of keys and values"),
        (b"framework: tiny\n\tversion: 1\n", "2: no YAML: "),
        (b"framework: tiny\n\xff\xfe", "2: is not UTF-8; save the file as UTF-8"),
        (b"a: &x [1]\nb: *x\n", "1: anchors (&) and aliases (*) are not accepted"),
        (b"a: !!python/object/apply:os.system [id]\n", "1: tags (!) are not accepted"),
        (b"a: " + b"x" * MAX_BYTES, "1: is longer than 512 KB: a framework is what an assessor reads within an hour"),
        (SOUND.encode() + b"minutes: 10\n", "45: “minutes” is there twice, first in line 6"),
    ],
)
def test_what_is_no_framework_at_all_is_one_fault(folder: Path, content: bytes, sentence: str) -> None:
    (folder / "tiny.yaml").write_bytes(content)

    read = frameworks_in(folder).read("tiny")

    assert read.made is None
    assert [str(fault).startswith(f"corpus/frameworks/tiny.yaml:{sentence}") for fault in read.faults] == [True], read.faults


def test_a_framework_is_read_again_when_its_file_changes(folder: Path) -> None:
    write(folder, SOUND)
    files = frameworks_in(folder)
    first = files.read("tiny")

    assert files.read("tiny") is first
    write(folder, SOUND.replace("minutes: 5", "minutes: 50"))
    again = files.read("tiny").made
    assert again is not None
    assert again.minutes == 50


@pytest.mark.parametrize("name", ["absent", "../frameworks/tiny", ".hidden", "", "link"])
def test_a_name_leads_to_no_other_file(folder: Path, name: str) -> None:
    write(folder, SOUND)
    write(folder, SOUND, ".hidden")
    (folder / "link.yaml").symlink_to(folder / "tiny.yaml")

    assert frameworks_in(folder).names() == ["tiny"]
    with pytest.raises(NotFound, match="There is no framework called"):
        frameworks_in(folder).read(name)


def test_a_folder_that_is_not_there_holds_no_framework(folder: Path) -> None:
    assert frameworks_in(folder / "absent").names() == []


# in use ---------------------------------------------------------------------------------------------------------------


def test_a_framework_that_nobody_uses_may_change(base: KnowledgeBase, folder: Path) -> None:
    write(folder, CHANGED)

    assert told(base) == []


def test_a_version_in_use_that_was_changed_is_a_fault_that_names_the_version_to_give(base: KnowledgeBase, folder: Path) -> None:
    used = Framework.from_canonical(use(base).text)
    write(folder, CHANGED)

    (fault,) = told(base)
    assert fault == (
        f"corpus/frameworks/tiny.yaml:2: version: version 1 is in use since {entries(base)[0].at_utc[:10]} and is never changed; "
        "give the changed one version 2"
    )
    with pytest.raises(InvalidEntry, match=r"The framework “tiny” cannot be used: .*give the changed one version 2"):
        frameworks.framework(base, "tiny", actor=LOCAL_MEMBER)
    assert frameworks.framework(base, "tiny", 1, actor=LOCAL_MEMBER).criteria == used.criteria
    write(folder, NEXT)
    assert told(base) == []
    assert use(base).version == 2
    write(folder, CHANGED)
    assert told(base)[0].endswith("give the changed one version 3")


def test_layout_and_comments_of_a_version_in_use_may_change(base: KnowledgeBase, folder: Path) -> None:
    use(base)
    write(folder, "# a comment\n" + SOUND.replace("minutes: 5\n", "minutes:   5\n\n"))

    assert told(base) == []


def test_a_version_is_kept_once_whoever_uses_it_and_an_older_one_can_be_used_again(base: KnowledgeBase, folder: Path) -> None:
    first = use(base, actor=REVIEWER)
    write(folder, NEXT)
    second = use(base, actor=FACILITATOR)

    assert use(base, 1, actor=FACILITATOR) == first
    assert use(base, 2, actor=REVIEWER) == second
    assert [(entry.seq, entry.kind, entry.member) for entry in entries(base)] == [(1, "kept", "ann"), (2, "kept", "fay")]
    (listed,) = frameworks.frameworks(base, actor=LOCAL_MEMBER)
    assert (listed.name, listed.in_use, listed.has_file, listed.faults) == ("tiny", (1, 2), True, ())
    with pytest.raises(NotFound, match=r"There is no version 3 of the framework “tiny”. Its file has version 2\."):
        frameworks.framework(base, "tiny", 3, actor=LOCAL_MEMBER)


def test_what_is_in_use_outlives_its_file(base: KnowledgeBase, folder: Path) -> None:
    use(base)
    whole = frameworks.framework(base, "tiny", 1, actor=LOCAL_MEMBER)
    (folder / "tiny.yaml").unlink()

    assert frameworks.framework(base, "tiny", 1, actor=LOCAL_MEMBER) == whole
    (listed,) = frameworks.frameworks(base, actor=LOCAL_MEMBER)
    assert (listed.name, listed.framework, listed.in_use, listed.has_file) == ("tiny", whole, (1,), False)
    assert use(base, 1).version == 1, "a test can still be opened with it"
    with pytest.raises(NotFound, match="There is no framework called “tiny”"):
        frameworks.framework(base, "tiny", actor=LOCAL_MEMBER)


def test_a_faulty_framework_is_listed_and_cannot_be_used(base: KnowledgeBase, folder: Path) -> None:
    sound = frameworks.framework(base, "tiny", actor=LOCAL_MEMBER)
    write(folder, SOUND.replace("version: 1", "version: one").replace("title: Law", "title:"))

    (listed,) = frameworks.frameworks(base, actor=LOCAL_MEMBER)
    assert listed.framework is None
    assert [fault.line for fault in listed.faults] == [2, 25]
    with pytest.raises(InvalidEntry, match=r"version: “one” is no whole number.*title: is blank"):
        frameworks.framework(base, "tiny", actor=LOCAL_MEMBER)
    with base.records() as records, pytest.raises(InvalidEntry, match="cannot be used"):
        frameworks.keep_in_use(base, records, sound, actor=LOCAL_MEMBER)
    assert entries(base) == []


def test_a_framework_that_is_at_another_version_by_now_is_not_kept(base: KnowledgeBase, folder: Path) -> None:
    read = frameworks.framework(base, "tiny", actor=LOCAL_MEMBER)
    write(folder, NEXT)

    with base.records() as records, pytest.raises(InvalidEntry, match="is at version 2 by now"):
        frameworks.keep_in_use(base, records, read, actor=LOCAL_MEMBER)


# the demonstration ----------------------------------------------------------------------------------------------------


def test_what_only_the_demonstration_uses_goes_with_it(base: KnowledgeBase, folder: Path) -> None:
    kept = use(base, is_demo=True)
    assert kept.is_demo
    write(folder, CHANGED)
    assert len(told(base)) == 1

    with base.records() as records:
        records.journal.remove_demo()

    assert told(base) == []
    assert frameworks.frameworks(base, actor=LOCAL_MEMBER)[0].in_use == ()


def test_what_a_real_test_uses_too_stays_word_by_word(base: KnowledgeBase, folder: Path) -> None:
    demo = use(base, is_demo=True)
    write(folder, CHANGED)
    real = use(base, 1, actor=FACILITATOR)

    assert (real.text, real.sha256, real.member, real.is_demo) == (demo.text, demo.sha256, "fay", False)
    assert use(base, 1, is_demo=True) == real, "nothing is kept again for the demonstration"
    with base.records() as records:
        records.journal.remove_demo()
    assert frameworks.frameworks(base, actor=LOCAL_MEMBER)[0].in_use == (1,)
    assert "Somebody may." in str(frameworks.framework(base, "tiny", 1, actor=LOCAL_MEMBER).criterion("champion").anchors)
    assert use(base, 1) == real
    assert [entry.seq for entry in entries(base)] == [2]


def test_of_two_who_use_it_first_at_the_same_moment_both_have_it(base: KnowledgeBase) -> None:
    """The other's entry is there when this one is added, and was not when the entries were read."""
    other = use(base, actor=REVIEWER)
    framework = frameworks.framework(base, "tiny", actor=FACILITATOR)

    with base.records() as records:
        journal = records.journal

        class Late:
            """Reads nothing at first."""

            reads = 0

            def of(self, stream: str, subject: str) -> list[StoredEntry]:
                self.reads += 1
                return [] if self.reads == 1 else journal.of(stream, subject)

            append = journal.append

        records.journal = Late()  # type: ignore[misc, assignment]
        mine = frameworks.keep_in_use(base, records, framework, actor=FACILITATOR)

    assert mine == other
    assert len(entries(base)) == 1


# for whose eyes -------------------------------------------------------------------------------------------------------


def with_document(base: KnowledgeBase, visibility: Visibility) -> None:
    """The document that a source names, in the folder and in the index."""
    place = base.documents / "guides" / "guidebook.md"
    place.parent.mkdir(parents=True)
    place.write_text("# Guidebook\n", encoding="utf-8")
    made = a_document([Block(BlockKind.PARAGRAPH, "the guide")], metadata=Metadata(visibility=visibility))
    document = replace(made, id=DocumentId("d" * 16), path="guides/guidebook.md")
    base.catalog.put_document(document, [], LedgerEntry("guides/guidebook.md", FileState.INDEXED, document_id=document.id), b"")


@pytest.mark.parametrize(
    ("visibility", "for_reviewer", "for_facilitator"),
    [
        (Visibility.PUBLIC, "guides/guidebook.md", "guides/guidebook.md"),
        (Visibility.RESTRICTED, None, "guides/guidebook.md"),
    ],
)
def test_a_document_that_a_member_may_not_see_is_not_named(
    base: KnowledgeBase, folder: Path, visibility: Visibility, for_reviewer: str | None, for_facilitator: str
) -> None:
    """From the file, from the version in use, and in the list; with its file and without."""
    with_document(base, visibility)
    use(base, actor=REVIEWER)

    for has_file in (True, False):
        if not has_file:
            (folder / "tiny.yaml").unlink()
        for actor, wanted in ((REVIEWER, for_reviewer), (FACILITATOR, for_facilitator)):
            (listed,) = frameworks.frameworks(base, actor=actor)
            shown = [listed.framework, frameworks.framework(base, "tiny", 1, actor=actor)]
            shown += [frameworks.framework(base, "tiny", actor=actor)] if has_file else []
            assert [each.sources["oecd"].document for each in shown if each] == [wanted] * len(shown)
            assert all("guidebook.md" not in each.canonical() for each in shown if each and wanted is None)


def test_what_is_kept_is_the_whole_framework_whoever_opens_the_test(base: KnowledgeBase) -> None:
    with_document(base, Visibility.RESTRICTED)

    kept = use(base, actor=REVIEWER)

    assert Framework.from_canonical(kept.text) == Framework.of(raw())
    assert (kept.name, kept.version, kept.member, kept.sha256) == ("tiny", 1, "ann", Framework.of(raw()).sha256)
    assert told(base) == [], "the file says the same as what is kept"


def test_documents_of_sources_are_looked_up_in_the_corpus(base: KnowledgeBase) -> None:
    with_document(base, Visibility.PUBLIC)
    (checked,) = frameworks.check(base, actor=LOCAL_MEMBER)
    assert checked.faults == ()
    assert "purpose is not said in fr" in checked.remarks

    (base.documents / "guides" / "guidebook.md").unlink()
    (checked,) = frameworks.check(base, actor=LOCAL_MEMBER)
    (fault,) = checked.faults
    assert "there is no document “guides/guidebook.md” inside corpus/documents" in str(fault)
