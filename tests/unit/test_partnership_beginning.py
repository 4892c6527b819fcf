"""A partnership that begins: what is written into its file, every fault at once, who may; and sources typed in rows."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fake_records import FakeRecords
from fakes import FakeEncoder, FakeModels
from hypothesis import given
from hypothesis import strategies as st

from kb import open_kb
from kb.errors import Conflict, InvalidEntry, PermissionDenied
from kb.peers.learning.partnership import PartnershipState
from kb.peers.learning.typed_sources import NEEDED, OPTIONAL, keys_of, sources_of
from kb.retrieval.catalog import Job
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import partnership_beginning, partnership_editing
from kb.services.learning.partnership_beginning import Beginning
from kb.services.permission import Member, Role
from kb.settings import Settings
from tests.directories import organisation, partnership, write

FACILITATOR = Member("fay", frozenset({Role.MEMBER, Role.FACILITATOR}))
WRITER = Member("ann", frozenset({Role.MEMBER, Role.CONTRIBUTOR}))
PAGE = {"source": {"title": "A call", "organisation": "OECD", "date": "2026-11", "address": "unknown"}}
WHOLE = Beginning(
    title="Partenariat des emplois verts",
    language="fr",
    code="green-jobs",
    topic="Des emplois verts.",
    what="Deux ateliers [@notes].",
    objectives="Comprendre ce qui crée des emplois.",
    lead="farm-school",
    co_leads=("Hive",),
    groups=(("Law", "Les lois."), ("Law", ""), ("Νόμος", "")),
    partners={"farm-school": "", "Zoo": "DE"},
    start="2026-10",
    end="ongoing",
    spoken=("fr", "en"),
    themes=("environment",),
    sources={**PAGE, "notes": {"title": "Notes", "organisation": "Hive", "date": "unknown", "address": "unknown"}},
    state=PartnershipState.ACTIVE,
    day="2026-11-02",
)


@pytest.fixture
def started() -> list[Job]:
    return []


@pytest.fixture
def base(tmp_path: Path, started: list[Job]) -> KnowledgeBase:
    encoder = FakeEncoder()
    made = open_kb(Settings(tmp_path / "corpus", tmp_path / "index", model="fake"))
    write(made.organisations.folder, organisation())
    return replace(made, records=FakeRecords(), models=FakeModels(), encoder=lambda: encoder, launch=started.append)


def test_what_is_known_is_written_into_a_file_of_its_code_and_on_its_way_into_the_index(
    base: KnowledgeBase, started: list[Job]
) -> None:
    file = partnership_beginning.begin(base, WHOLE, actor=FACILITATOR)
    made = file.made

    assert (file.name, file.faults) == ("green-jobs", ())
    assert made is not None
    assert made.title.said == (("fr", "Partenariat des emplois verts"),)
    assert made.topic.said == (("fr", "Des emplois verts. [@source]"),)
    assert made.what.said == (("fr", "Deux ateliers [@notes]."),)  # what names its source keeps it
    assert made.objectives.said == (("fr", "Comprendre ce qui crée des emplois. [@source]"),)
    assert (made.lead, made.co_leads) == ("farm-school", ("Hive",))
    assert [(each.group, each.title, each.focus.said) for each in made.all_groups] == [
        ("law", "Law", (("fr", "Les lois. [@source]"),)), ("group-1", "Law", ()), ("group-2", "Νόμος", ()),
    ]  # fmt: skip
    assert [(each.organisation, each.country) for each in made.all_partners] == [("farm-school", "FR"), ("Zoo", "DE")]
    assert (made.start, made.end, [(each.state, each.date) for each in made.states]) == (
        "2026-10", "ongoing", [(PartnershipState.ACTIVE, "2026-11-02")],
    )  # fmt: skip
    assert not isinstance(made.languages, str)
    assert (made.languages.codes, made.languages.source, made.themes) == (("fr", "en"), "source", ("environment",))
    assert (list(file.raw["sources"]), made.reviewed) == (["source", "notes"], today())
    assert [job.paths for job in started] == [(str(file.path),)]
    with base.records() as records:
        assert [(each.action, each.member) for each in records.history.of_subject("partnership", "green-jobs")] == [
            ("created", "fay")
        ]


def test_what_nobody_knows_is_unknown_and_the_code_comes_from_the_title(base: KnowledgeBase) -> None:
    file = partnership_beginning.begin(base, Beginning("Green jobs!", "en", sources=PAGE), actor=FACILITATOR)

    assert file.name == "green-jobs"
    assert file.raw == {
        "partnership": "green-jobs", "language": "en", "title": {"en": "Green jobs!"}, "topic": "unknown", "what": "unknown",
        "lead": "unknown", "co_leads": "unknown", "groups": "unknown", "partners": "unknown", "objectives": "unknown",
        "start": "unknown", "end": "unknown", "states": [{"state": "forming", "date": today()}], "languages": "unknown",
        "themes": [], "sources": PAGE, "reviewed": today(),
    }  # fmt: skip
    assert partnership_beginning.begin(base, Beginning("Νόμος", "el", sources=PAGE), actor=FACILITATOR).name == "partnership-1"


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_written(base: KnowledgeBase, started: list[Job]) -> None:
    shutil.copytree(Path(__file__).parents[2] / "corpus" / "concepts", base.documents.parent / "concepts")
    wrong = Beginning(
        "", "en", code="Green/Jobs", topic="Jobs.", start="soon", end="2026-13", themes=("weather",), day="2999-01-01"
    )
    with pytest.raises(InvalidEntry) as refused:
        partnership_beginning.begin(base, wrong, actor=FACILITATOR)

    told = str(refused.value)
    for each in ("“Green/Jobs” was not saved", "“Green/Jobs” is no code", "the day 2999-01-01 has not come yet", "has no “title”",
                 "topic.en: names no source", "start:", "end:", "themes.1: “weather” is no theme", "sources: is"):  # fmt: skip
        assert each in told, each
    assert (base.partnerships.names(), started) == ([], [])


def test_a_code_that_is_taken_is_told_with_what_else_is_wrong_and_nothing_is_overwritten(base: KnowledgeBase) -> None:
    write(base.partnerships.folder, partnership("green-jobs"))
    before = base.partnerships.read("green-jobs").text
    with pytest.raises(InvalidEntry, match=r"there is a partnership called “green-jobs” already: .*; title|end: .*") as refused:
        partnership_beginning.begin(base, replace(WHOLE, end="soon"), actor=FACILITATOR)

    assert "end:" in str(refused.value)
    assert base.partnerships.read("green-jobs").text == before


def test_only_facilitators_begin_one_and_nobody_of_the_demonstration(base: KnowledgeBase) -> None:
    for actor in (WRITER, replace(FACILITATOR, is_demo=True)):
        with pytest.raises(PermissionDenied):
            partnership_beginning.begin(base, WHOLE, actor=actor)
    assert base.partnerships.names() == []


def test_what_begins_can_be_changed_by_fields_and_a_comment_in_its_file_stays(base: KnowledgeBase) -> None:
    file = partnership_beginning.begin(base, WHOLE, actor=FACILITATOR)
    file.path.write_text(f"# ours since the spring\n{file.text}# the end\n", encoding="utf-8")
    commented = base.partnerships.read("green-jobs")
    partnership_editing.put_partner(base, "green-jobs", "Zoo", role="host", base_version=commented.version, actor=FACILITATOR)

    text = base.partnerships.read("green-jobs").text
    assert text.startswith("# ours since the spring\n")
    assert text.endswith("# the end\n")
    assert [line for line in commented.text.splitlines() if line not in text.splitlines() and "Zoo" not in line] == []
    with pytest.raises(Conflict):
        partnership_editing.put_partner(base, "green-jobs", "Zoo", base_version=commented.version, actor=FACILITATOR)


ROW = st.fixed_dictionaries({name: st.sampled_from(["", "2026", "A"]) for name in (*NEEDED, *OPTIONAL)})


@given(known=st.lists(st.sampled_from(["page", "source", "source-2", "source-3", "notes"]), unique=True), n=st.integers(0, 8))
def test_known_sources_keep_their_keys_and_new_ones_take_nobodys(known: list[str], n: int) -> None:
    keys = keys_of(known, n)

    assert len(keys) == len(set(keys)) == n
    assert keys[: len(known)] == known[:n]
    assert not set(keys[len(known) :]) & set(known)


@given(rows=st.lists(ROW, max_size=5))
def test_a_blank_row_is_no_source_and_any_other_says_what_was_typed(rows: list[dict[str, str]]) -> None:
    found: dict[str, Any] = sources_of(rows, {})

    assert len(found) == len([row for row in rows if any(row.values())])
    told = [
        {name: value if value or name in NEEDED else "unknown" for name, value in row.items()} for row in rows if any(row.values())
    ]
    assert list(found.values()) == told


def test_a_known_source_keeps_what_a_row_does_not_tell_and_goes_when_its_row_is_emptied() -> None:
    known = {"page": {"title": "Old", "organisation": "Hive", "document": "there.md"}, "notes": {"title": "N", "organisation": "Z"}}
    rows = [
        {"title": "New", "organisation": "Hive", "date": "", "address": ""},
        {},
        {"title": "T", "organisation": "O", "date": "2026"},
    ]

    assert sources_of(rows, known) == {
        "page": {"title": "New", "organisation": "Hive", "document": "there.md"},
        "source-3": {"title": "T", "organisation": "O", "date": "2026", "address": "unknown"},
    }
    same = [{"title": "Old", "organisation": "Hive"}, {"title": "N", "organisation": "Z"}]
    assert sources_of(same, known) == known
