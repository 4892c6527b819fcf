"""Rubrics of a folder and those in use: every fault at once, and a version that an assessment uses is never changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fake_records import FakeRecords

from kb import open_kb
from kb.adapters.versioned_folder import rubrics_in
from kb.errors import InvalidEntry, NotFound
from kb.peers.assessment.rubric import Rubric
from kb.services import rubrics
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.services.versioned_files import MAX_BYTES
from kb.settings import Settings
from tests.rubrics import SOUND, raw

BROKEN = """\
rubric: tiny
version: one
language: en
title:
purpose: To try things out [@spencer].
minuts: 5
scale: {lowest: 0, highest: 5, step: 0.5}
spread: 2
weights_set: {by: editors, on: 2026-11-31, why: Results count double.}
review_after_months: 24
tiers:
  - tier: core
    title: Core
    criteria:
      - criterion: effectiveness
        title: Effectiveness
        question: What changed?
        anchors:
          0: Nothing is told.
          2.2: Numbers are told.
        fields: [resluts]
        source: spencer-2013
labels:
  - {label: validated, title: Validated, is_positive: true, tiers: {cor: 3.5}}
  - {label: candidate, title: Candidate}
sources:
  spencer-2013: {title: Conceptual framework, organisation: CDC}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "corpus" / "rubrics"
    place.mkdir(parents=True)
    return place


@pytest.fixture
def base(tmp_path: Path, folder: Path) -> KnowledgeBase:
    write(folder, SOUND)
    return replace(open_kb(Settings(tmp_path / "corpus", tmp_path / "index")), records=FakeRecords())


def write(folder: Path, text: str, name: str = "tiny") -> None:
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def use(base: KnowledgeBase, version: int | None = None) -> Rubric:
    """Open something with the rubric."""
    rubric = rubrics.rubric(base, "tiny", version, actor=LOCAL_MEMBER)
    with base.records() as records:
        rubrics.keep_in_use(base, records, rubric, actor=LOCAL_MEMBER)
    return rubric


def told(base: KnowledgeBase) -> list[str]:
    return [str(fault) for each in rubrics.check(base, actor=LOCAL_MEMBER) for fault in each.faults if "document" not in str(fault)]


# files ----------------------------------------------------------------------------------------------------------------


def test_every_fault_of_a_rubric_is_told_in_one_look_each_with_its_line(folder: Path) -> None:
    write(folder, BROKEN)

    read = rubrics_in(folder).read("tiny")

    assert read.made is None
    assert "\n".join(map(str, read.faults)) == (
        "corpus/rubrics/tiny.yaml:2: version: “one” is no whole number above 0\n"
        "corpus/rubrics/tiny.yaml:4: title: is blank\n"
        "corpus/rubrics/tiny.yaml:5: purpose: cites “spencer”, which is not among the sources; did you mean “spencer-2013”?\n"
        "corpus/rubrics/tiny.yaml:6: minuts: unknown key “minuts”; did you mean “minutes”?\n"
        "corpus/rubrics/tiny.yaml:9: weights_set.on: “2026-11-31” is no date; "
        "wanted is a year, a month or a day (2026, 2026-11, 2026-11-22), or “unknown”\n"
        "corpus/rubrics/tiny.yaml:18: tiers.1.criteria.1.anchors: say nothing of 5, the highest score\n"
        "corpus/rubrics/tiny.yaml:20: tiers.1.criteria.1.anchors.2.2: 2.2 is no level of the scale; "
        "the scale goes from 0 to 5 in steps of 0.5\n"
        "corpus/rubrics/tiny.yaml:21: tiers.1.criteria.1.fields.1: “resluts” is no field of a practice sheet; "
        "did you mean “results”?\n"
        "corpus/rubrics/tiny.yaml:24: labels.1.tiers.cor: “cor” is no tier; did you mean “core”?"
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "1: is not a list of keys and values"),
        (b"rubric: tiny\n\tversion: 1\n", "2: no YAML: "),
        (b"rubric: tiny\n\xff\xfe", "2: is not UTF-8; save the file as UTF-8"),
        (b"a: &x [1]\nb: *x\n", "1: anchors (&) and aliases (*) are not accepted"),
        (b"a: !!python/object/apply:os.system [id]\n", "1: tags (!) are not accepted"),
        (b"a: " + b"x" * MAX_BYTES, "1: is longer than 512 KB: a rubric is what a reviewer reads within an hour"),
    ],
)
def test_what_is_no_rubric_at_all_is_one_fault(folder: Path, content: bytes, sentence: str) -> None:
    (folder / "tiny.yaml").write_bytes(content)

    (fault,) = rubrics_in(folder).read("tiny").faults

    assert str(fault).startswith(f"corpus/rubrics/tiny.yaml:{sentence}")


def test_a_key_that_is_there_twice_is_a_fault_and_no_value_wins(folder: Path) -> None:
    write(folder, SOUND + "minutes: 10\n")

    read = rubrics_in(folder).read("tiny")

    assert [fault.sentence for fault in read.faults] == ["“minutes” is there twice, first in line 6"]
    assert (read.made, read.sha256) == (None, "")


def test_a_rubric_is_read_again_when_its_file_changes(folder: Path) -> None:
    write(folder, SOUND)
    files = rubrics_in(folder)
    first = files.read("tiny")

    assert files.read("tiny") is first
    write(folder, SOUND.replace("minutes: 5", "minutes: 50"))
    again = files.read("tiny").made
    assert again is not None
    assert again.minutes == 50


@pytest.mark.parametrize("name", ["absent", "../rubrics/tiny", ".hidden", "", "link"])
def test_a_name_leads_to_no_other_file(folder: Path, name: str) -> None:
    write(folder, SOUND)
    write(folder, SOUND, ".hidden")
    (folder / "link.yaml").symlink_to(folder / "tiny.yaml")

    assert rubrics_in(folder).names() == ["tiny"]
    with pytest.raises(NotFound, match="There is no rubric called"):
        rubrics_in(folder).read(name)


def test_a_folder_that_is_not_there_holds_no_rubric(folder: Path) -> None:
    assert rubrics_in(folder / "absent").names() == []


# in use ---------------------------------------------------------------------------------------------------------------


def test_a_rubric_that_nobody_uses_may_change(base: KnowledgeBase, folder: Path) -> None:
    write(folder, SOUND.replace("By hearsay", "By rumour"))

    assert told(base) == []


def test_a_version_in_use_that_was_changed_is_a_fault_that_names_the_version_to_give(base: KnowledgeBase, folder: Path) -> None:
    used = use(base)
    changed = SOUND.replace("By hearsay", "By rumour")
    write(folder, changed)

    (fault,) = told(base)
    day = next(each.at_utc[:10] for each in base.records.tables.rubrics.values())  # type: ignore[attr-defined]
    assert fault == (
        f"corpus/rubrics/tiny.yaml:2: version: version 1 is in use since {day} and is never changed; give the changed one version 2"
    )
    with pytest.raises(InvalidEntry, match=r"The rubric “tiny” cannot be used: .*give the changed one version 2"):
        rubrics.rubric(base, "tiny", actor=LOCAL_MEMBER)
    assert rubrics.rubric(base, "tiny", 1, actor=LOCAL_MEMBER) == used
    write(folder, changed.replace("version: 1", "version: 2"))
    assert told(base) == []
    assert use(base).version == 2
    write(folder, changed)
    assert told(base)[0].endswith("give the changed one version 3")


def test_layout_and_comments_of_a_version_in_use_may_change(base: KnowledgeBase, folder: Path) -> None:
    use(base)
    write(folder, "# a comment\n" + SOUND.replace("minutes: 5\n", "minutes:   5\n\n"))

    assert told(base) == []


def test_what_is_in_use_outlives_its_file(base: KnowledgeBase, folder: Path) -> None:
    used = use(base)
    (folder / "tiny.yaml").unlink()

    assert rubrics.rubric(base, "tiny", 1, actor=LOCAL_MEMBER) == used
    (listed,) = rubrics.rubrics(base, actor=LOCAL_MEMBER)
    assert (listed.name, listed.rubric, listed.in_use, listed.has_file) == ("tiny", used, (1,), False)
    with pytest.raises(NotFound, match="There is no rubric called “tiny”"):
        rubrics.rubric(base, "tiny", actor=LOCAL_MEMBER)


def test_a_version_is_kept_once_and_an_older_one_can_be_used_again(base: KnowledgeBase, folder: Path) -> None:
    first = use(base)
    write(folder, SOUND.replace("version: 1", "version: 2").replace("minutes: 5", "minutes: 6"))
    second = use(base)

    assert use(base, 1) == first
    assert use(base, 2) == second
    assert (first.minutes, second.minutes) == (5, 6)
    (listed,) = rubrics.rubrics(base, actor=LOCAL_MEMBER)
    assert listed.in_use == (1, 2)
    assert listed.n_in_use == 2
    with pytest.raises(NotFound, match=r"There is no version 3 of the rubric “tiny”. Its file has version 2\."):
        rubrics.rubric(base, "tiny", 3, actor=LOCAL_MEMBER)


def test_a_faulty_rubric_is_listed_and_cannot_be_used(base: KnowledgeBase, folder: Path) -> None:
    sound = rubrics.rubric(base, "tiny", actor=LOCAL_MEMBER)
    write(folder, BROKEN)

    (listed,) = rubrics.rubrics(base, actor=LOCAL_MEMBER)
    assert listed.rubric is None
    assert len(listed.faults) == 9
    with pytest.raises(InvalidEntry, match=r"version: “one” is no whole number.*title: is blank.*did you mean “core”\?"):
        rubrics.rubric(base, "tiny", actor=LOCAL_MEMBER)
    with base.records() as records, pytest.raises(InvalidEntry, match="cannot be used"):
        rubrics.keep_in_use(base, records, sound, actor=LOCAL_MEMBER)


def test_a_rubric_that_is_at_another_version_by_now_is_not_kept(base: KnowledgeBase, folder: Path) -> None:
    read = rubrics.rubric(base, "tiny", actor=LOCAL_MEMBER)
    write(folder, SOUND.replace("version: 1", "version: 2"))

    with base.records() as records, pytest.raises(InvalidEntry, match="is at version 2 by now"):
        rubrics.keep_in_use(base, records, read, actor=LOCAL_MEMBER)


@pytest.fixture
def with_document(base: KnowledgeBase) -> KnowledgeBase:
    place = base.documents / "guides" / "stages.md"
    place.parent.mkdir(parents=True)
    place.write_text("# Stages\n", encoding="utf-8")
    return base


def test_documents_of_sources_are_looked_up_in_the_corpus(with_document: KnowledgeBase) -> None:
    (checked,) = rubrics.check(with_document, actor=LOCAL_MEMBER)
    assert checked.faults == ()

    (with_document.documents / "guides" / "stages.md").unlink()
    (checked,) = rubrics.check(with_document, actor=LOCAL_MEMBER)
    (fault,) = checked.faults
    assert "there is no document “guides/stages.md” inside corpus/documents" in str(fault)


def test_a_document_that_a_member_may_not_know_of_is_not_named_and_is_kept_all_the_same(base: KnowledgeBase) -> None:
    """The document is not in the index, so that only administrators know of it."""
    facilitator = Member("ela", frozenset({Role.MEMBER, Role.FACILITATOR}))

    read = rubrics.rubric(base, "tiny", actor=facilitator)
    assert read.sources["spencer-2013"].document is None
    with base.records() as records:
        kept = rubrics.keep_in_use(base, records, read, actor=facilitator)

    assert Rubric.from_canonical(kept.text) == Rubric.of(raw())
    assert (kept.name, kept.version, kept.member, kept.sha256) == ("tiny", 1, "ela", Rubric.of(raw()).sha256)
    (listed,) = rubrics.rubrics(base, actor=facilitator)
    assert listed.rubric == read
    assert listed.faults == ()
