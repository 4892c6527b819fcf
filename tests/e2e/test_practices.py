"""Practices from the YAML file to the answer and back: searched, shown, changed by two members, hidden where it must be."""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from kb import open_kb
from kb.errors import Conflict, InvalidEntry, NotFound, PermissionDenied
from kb.peers.headings import of as heading_of
from kb.peers.practice import NARRATIVE
from kb.retrieval.catalog import FileState, Job
from kb.services import jobs, practice_drafts, practice_editing, practices, searching
from kb.services.ingesting import IngestReport, ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.services.practice_history import history
from kb.settings import Settings
from tests.sheets import SOUND

ROOT = Path(__file__).parents[2]
READER = Member("Rea", frozenset({Role.MEMBER}))
ANA = Member("Ana", frozenset({Role.MEMBER, Role.CONTRIBUTOR}))
BEN = Member("Ben", frozenset({Role.MEMBER, Role.CONTRIBUTOR}))


@pytest.fixture
def launched() -> list[Job]:
    """The ingests that were started."""
    return []


@pytest.fixture
def kb(settings: Settings, launched: list[Job]) -> KnowledgeBase:
    """A knowledge base with one sheet and its document, not ingested yet; a started ingest is only noted."""
    settings.practices.mkdir()
    (settings.practices / "bee-path.yaml").write_text(SOUND, encoding="utf-8")
    (settings.documents / "case-studies").mkdir()
    (settings.documents / "case-studies" / "bees.md").write_text(
        "# Bees\n\nPupils visit the hives every spring.\n", encoding="utf-8"
    )
    return replace(open_kb(settings), launch=launched.append)


def ingested(kb: KnowledgeBase) -> IngestReport:
    return ingest(kb, [kb.documents, kb.practices.folder], actor=LOCAL_MEMBER)


def states(report: IngestReport) -> dict[str, FileState]:
    return {entry.path: entry.state for entry in report.files}


def change(
    kb: KnowledgeBase, changes: dict[str, object], actor: Member = ANA, version: str | None = None
) -> practice_editing.Saved:
    base = kb.practices.read("bee-path").version if version is None else version
    return practice_editing.save(kb, "bee-path", changes, base_version=base, why="I was there.", actor=actor)


def restrict(kb: KnowledgeBase) -> None:
    """Hide the document of the sheet from all but facilitators and administrators."""
    (kb.documents / "case-studies" / "bees.yaml").write_text("visibility: restricted\n")
    ingested(kb)


# ------------------------------------------------------------------------------------------------ the committed sheets


@pytest.fixture(scope="module")
def committed(built_kb: Settings) -> KnowledgeBase:
    """The sheets of the project over the index of its documents."""
    return open_kb(replace(built_kb, corpus=ROOT / "corpus", database_url="sqlite://"))


def test_every_committed_sheet_is_without_fault(committed: KnowledgeBase) -> None:
    found = practices.check(committed, actor=LOCAL_MEMBER)

    assert [str(fault) for each in found for fault in each.faults] == []
    assert len(found) >= 24


def test_every_quote_of_a_committed_sheet_stands_in_its_document(committed: KnowledgeBase) -> None:
    shown = [practices.practice(committed, name, actor=LOCAL_MEMBER) for name in committed.practices.names()]

    assert [proof.evidence for each in shown for proof in each.evidence if not proof.is_there] == []
    assert all(each.missing == () for each in shown)
    assert sum(len(each.evidence) for each in shown) > 50


def test_the_committed_schema_is_what_the_model_says(committed: KnowledgeBase) -> None:
    assert (ROOT / "corpus" / "practices" / "practice.schema.json").read_text(encoding="utf-8") == committed.practices.schema()


def plain(value: Any) -> Any:
    """YAML's values as JSON has them."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def schema_faults(kb: KnowledgeBase, text: str) -> Iterator[str]:
    validator = jsonschema.Draft202012Validator(json.loads(kb.practices.schema()))
    yield from (error.json_path for error in validator.iter_errors(plain(YAML(typ="safe", pure=True).load(text))))


def test_every_committed_sheet_passes_the_schema_and_names_it(committed: KnowledgeBase) -> None:
    for name in committed.practices.names():
        text = committed.practices.read(name).text
        assert list(schema_faults(committed, text)) == [], name
        assert text.startswith("# yaml-language-server: $schema=practice.schema.json\n"), name


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("kind: good-practice", "kind: good-practise", "$.kind"),
        ("countries: [SI, IT]", "countries: [UK]", "$.place.countries"),
        ("value: 115", "value: many", "$.figures"),
        ("reviewed:", "reviewd:", "$"),
        ("start: 2015", "start: soon", "$.period.start"),
        ("problem: unknown", "problem:", "$.problem"),
    ],
)
def test_the_schema_finds_what_an_editor_can_find(committed: KnowledgeBase, old: str, new: str, where: str) -> None:
    assert list(schema_faults(committed, SOUND)) == []
    assert list(schema_faults(committed, SOUND.replace(old, new))) == [where]


# ------------------------------------------------------------------------------------------------ from the file to the answer


def test_every_narrative_field_is_found_in_each_language_and_leads_to_its_practice(kb: KnowledgeBase) -> None:
    """Each field says something of its own: the words of a made-up place, which stand nowhere else."""
    fields = [name for name in NARRATIVE if name not in ("title", "teaser")]
    letters = random.Random(4)  # the same words in every run
    words = {name: ["".join(letters.choices("bdfgklmnprstvz", k=9)) for _ in range(2)] for name in fields}
    said = {
        name: {"en": f"In the valley {here} they say it.", "fr": f"Dans la vallée {la} on le dit."}
        for name, (here, la) in words.items()
    }
    changes: dict[str, object] = {name: [text] if name in ("core", "adaptable") else text for name, text in said.items()}
    text = kb.practices.edited(SOUND, changes)
    (kb.practices.folder / "bee-path.yaml").write_text(text, encoding="utf-8")
    assert kb.practices.read("bee-path").faults == ()
    ingested(kb)

    for name in fields:
        for language, word in zip(("en", "fr"), words[name], strict=True):
            hit = searching.search(kb, word, actor=READER).hits[0]
            belongs = practices.practices_of(kb, [hit.passage.document_id], actor=READER)
            assert (word in hit.passage.text, hit.path) == (True, "practice:bee-path.yaml"), name
            assert hit.passage.heading_path[-1] == heading_of(name, language)
            assert [named.name for named in belongs[hit.passage.document_id]] == ["bee-path"]


def test_an_ingested_sheet_is_a_document_that_says_what_it_is(kb: KnowledgeBase) -> None:
    assert states(ingested(kb))["practice:bee-path.yaml"] is FileState.INDEXED

    (about,) = [document for document in kb.catalog.documents() if document.metadata.practice]
    document = kb.catalog.document(about.id)
    assert document is not None
    known = about.metadata
    assert (known.practice, known.kind, known.organisation) == ("bee-path", "good-practice", "City of Ljubljana")
    assert (known.countries, known.themes, known.date) == (("SI", "IT"), ("environment",), "2026-11-22")
    assert "hives: more than 115 hives (2017, Ljubljana)" in document.text
    assert "On demande d'abord aux apiculteurs" in document.text
    assert "[@" not in document.text


def test_a_document_that_a_sheet_lists_belongs_to_its_practice(kb: KnowledgeBase) -> None:
    ingested(kb)
    by_path = {document.path: document.id for document in kb.catalog.documents()}

    belongs = practices.practices_of(kb, list(by_path.values()), actor=READER)

    assert {document: [named.name for named in of] for document, of in belongs.items()} == {
        by_path["practice:bee-path.yaml"]: ["bee-path"],
        by_path["case-studies/bees.md"]: ["bee-path"],
    }


def test_an_unchanged_sheet_costs_nothing_and_a_removed_or_renamed_one_is_told(kb: KnowledgeBase) -> None:
    ingested(kb)
    assert states(ingested(kb)) == {"practice:bee-path.yaml": FileState.UNCHANGED, "case-studies/bees.md": FileState.UNCHANGED}

    (kb.practices.folder / "bee-path.yaml").unlink()
    (kb.practices.folder / "bees.yaml").write_text(SOUND.replace("practice: bee-path", "practice: bees"), encoding="utf-8")
    after = states(ingested(kb))

    assert after["practice:bee-path.yaml"] is FileState.REMOVED
    assert after["practice:bees.yaml"] is FileState.INDEXED
    assert [document.metadata.practice for document in kb.catalog.documents() if document.metadata.practice] == ["bees"]


def test_an_ingest_of_the_documents_leaves_the_sheets_alone_and_the_other_way_round(kb: KnowledgeBase) -> None:
    ingested(kb)

    assert states(ingest(kb, [kb.documents], actor=LOCAL_MEMBER)) == {"case-studies/bees.md": FileState.UNCHANGED}
    assert states(ingest(kb, [kb.practices.folder], actor=LOCAL_MEMBER)) == {"practice:bee-path.yaml": FileState.UNCHANGED}
    rebuilt = ingest(kb, [], actor=LOCAL_MEMBER, rebuild=True)
    assert set(states(rebuilt)) == {"practice:bee-path.yaml", "case-studies/bees.md"}


def test_a_sheet_with_a_fault_is_listed_as_faulty_and_keeps_nobody_from_being_read(kb: KnowledgeBase) -> None:
    (kb.practices.folder / "bad.yaml").write_text(SOUND.replace("kind: good-practice", "kind: good"), encoding="utf-8")

    report = ingested(kb)
    listed = {each.name: each for each in practices.practices(kb, actor=READER)}

    (line,) = [entry for entry in report.files if entry.path == "practice:bad.yaml"]
    assert line.state is FileState.FAILED
    assert line.reason.startswith("faults: 2, the first in line 2 (practice: is “bee-path” in a file called bad.yaml;")
    assert line.reason.endswith("; see kb practice check bad")
    assert states(report)["practice:bee-path.yaml"] is FileState.INDEXED
    assert listed["bad"].sheet is None
    assert len(listed["bad"].faults) == 2
    assert listed["bee-path"].sheet is not None


def test_no_document_passes_for_a_sheet(kb: KnowledgeBase) -> None:
    """Neither by its metadata nor by its name."""
    (kb.documents / "claim.md").write_text("---\npractice: bee-path\ntitle: I am the sheet\n---\n\n# Claim\n\nText of it.\n")
    (kb.documents / "practice:evil.yaml").write_text("practice: evil\n")
    (kb.documents / "practice:").mkdir()
    (kb.documents / "practice:" / "evil.md").write_text("# Evil\n\nText.\n")
    ingested(kb)

    assert [document.path for document in kb.catalog.documents() if document.metadata.practice] == ["practice:bee-path.yaml"]
    assert [document.path for document in kb.catalog.documents() if document.path.startswith("practice:")] == [
        "practice:bee-path.yaml"
    ]


# ------------------------------------------------------------------------------------------------ changing


def test_of_two_members_who_edit_one_sheet_the_second_is_told_who_and_when_and_nothing_is_lost(kb: KnowledgeBase) -> None:
    opened_by_both = kb.practices.read("bee-path").version
    change(kb, {"lessons": "Ask the beekeepers first [@urbact]."}, actor=ANA, version=opened_by_both)
    (edit,) = history(kb, "bee-path", actor=BEN)
    when = f"{edit.change.at_utc[:10]} {edit.change.at_utc[11:16]} UTC"

    with pytest.raises(Conflict) as told:
        change(kb, {"gender": "Women lead the group [@urbact]."}, actor=BEN, version=opened_by_both)

    assert str(told.value) == f"The practice “bee-path” was changed by Ana at {when}. Nothing was overwritten: open it again."
    change(kb, {"gender": "Women lead the group [@urbact]."}, actor=BEN)
    sheet = kb.practices.read("bee-path").sheet
    assert sheet is not None
    assert sheet.lessons.best("en")[1] == "Ask the beekeepers first [@urbact]."
    assert sheet.gender is not None
    assert [(each.change.member, [field.field for field in each.fields]) for each in history(kb, "bee-path", actor=READER)] == [
        ("Ben", ["gender"]),
        ("Ana", ["lessons"]),
    ]


def test_a_change_with_an_editor_is_told_as_that(kb: KnowledgeBase) -> None:
    opened = change(kb, {"lessons": "First [@urbact]."}).version
    path = kb.practices.folder / "bee-path.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("First", "Second"), encoding="utf-8")

    with pytest.raises(Conflict, match="was changed by somebody with an editor at 20"):
        change(kb, {"lessons": "Third [@urbact]."}, version=opened)

    assert "Second" in path.read_text(encoding="utf-8")


def test_a_saved_field_changes_that_field_only_and_is_searchable_after_its_ingest(kb: KnowledgeBase, launched: list[Job]) -> None:
    ingested(kb)

    saved = change(kb, {"lessons": "Write the mowing into the contract of Quimbara [@urbact]."})

    text = (kb.practices.folder / "bee-path.yaml").read_text(encoding="utf-8")
    old = "Keep the bees and change the rest [@urbact]."
    assert text == SOUND.replace(old, "Write the mowing into the contract of Quimbara [@urbact].")
    assert saved.job is not None
    assert launched == [saved.job]
    report = jobs.run(kb, saved.job.id, [Path(path) for path in saved.job.paths])
    assert states(report) == {"practice:bee-path.yaml": FileState.INDEXED}
    assert "Quimbara" in searching.search(kb, "Quimbara", actor=READER).hits[0].passage.text
    assert change(kb, {"lessons": "Write the mowing into the contract of Quimbara [@urbact]."}).job is None


def test_a_change_with_faults_is_refused_with_all_of_them_and_writes_nothing(kb: KnowledgeBase) -> None:
    with pytest.raises(InvalidEntry) as told:
        change(kb, {"teaser": "", "kind": "good", "results": "Fine [@nobody].", "colour": "red"})

    assert str(told.value) == (
        "The practice “bee-path” was not saved: kind: “good” is none of good-practice, tool, plan, lesson-from-failure; "
        "teaser: is blank; write “unknown” if nobody knows; "
        "results: cites “nobody”, which is not among the sources; there are urbact; "
        "colour: unknown key “colour”; known are " + ", ".join(type(kb.practices.read("bee-path").sheet).model_fields) + "."
    )  # fmt: skip
    assert (kb.practices.folder / "bee-path.yaml").read_text(encoding="utf-8") == SOUND
    assert history(kb, "bee-path", actor=READER) == []


def test_one_fault_of_two_can_be_mended_in_the_app(kb: KnowledgeBase) -> None:
    path = kb.practices.folder / "bee-path.yaml"
    path.write_text(SOUND.replace("kind: good-practice", "kind: good").replace("country: SI", "country: UK"), encoding="utf-8")

    change(kb, {"kind": "good-practice"})

    assert [fault.place for fault in kb.practices.read("bee-path").faults] == ["owner.country"]


def test_a_new_practice_is_made_once_and_under_a_name_that_is_one(kb: KnowledgeBase) -> None:
    ingested(kb)  # whoever names a document has to know of it
    raw = {key: value for key, value in kb.practices.read("bee-path").raw.items() if key != "practice"}

    def make(name: str) -> practice_editing.Saved:
        return practice_editing.save(kb, name, raw, base_version="", actor=ANA)

    make("second")

    assert kb.practices.read("second").raw == {"practice": "second", **raw}
    assert list(kb.practices.read("second").raw) == list(kb.practices.read("bee-path").raw)
    with pytest.raises(InvalidEntry, match="There is a practice called “second” already"):
        make("second")
    for name in ("../evil", "Second", "a--b", "", "x" * 61, ".hidden"):
        with pytest.raises(InvalidEntry, match="A practice cannot be called"):
            make(name)
    assert [each.change.action for each in history(kb, "second", actor=READER)] == ["created"]


def test_a_draft_is_its_members_own_and_goes_when_its_practice_is_saved(kb: KnowledgeBase) -> None:
    draft = practice_drafts.PracticeDraft("bee-path", {"lessons": "Half a sen"}, base_version="v")
    kept = practice_drafts.keep_draft(kb, draft, actor=ANA)

    assert practice_drafts.draft(kb, "bee-path", actor=ANA) == kept
    assert kept.values == {"lessons": "Half a sen"}
    assert practice_drafts.draft(kb, "bee-path", actor=BEN) is None
    with pytest.raises(Conflict, match="kept elsewhere meanwhile"):
        practice_drafts.keep_draft(kb, draft, actor=ANA)
    change(kb, {"lessons": "A whole sentence [@urbact]."}, actor=BEN)
    assert practice_drafts.drafts(kb, actor=ANA) == [kept]
    change(kb, {"lessons": "Another sentence [@urbact]."}, actor=ANA)
    assert practice_drafts.drafts(kb, actor=ANA) == []


def test_a_member_may_look_and_not_change(kb: KnowledgeBase) -> None:
    nobody = Member("Nora", frozenset())
    for attempt in (
        lambda: change(kb, {"lessons": "x"}, actor=READER),
        lambda: practice_editing.editable(kb, "bee-path", actor=READER),
        lambda: practice_editing.faults_of(kb, "bee-path", {}, actor=READER),
        lambda: practices.practices(kb, actor=nobody),
        lambda: practices.practice(kb, "bee-path", actor=nobody),
        lambda: practices.check(kb, actor=nobody),
        lambda: history(kb, "bee-path", actor=nobody),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    with pytest.raises(NotFound):
        practices.practice(kb, "absent", actor=READER)


# ------------------------------------------------------------------------------------------------ what is hidden


def test_of_a_document_that_a_member_may_not_see_a_practice_says_nothing(kb: KnowledgeBase) -> None:
    restrict(kb)

    shown = practices.practice(kb, "bee-path", actor=READER)
    told = (
        repr(shown) + repr(practices.practices(kb, actor=READER)) + repr(practice_editing.editable(kb, "bee-path", actor=ANA).raw)
    )
    of_admin = practices.practice(kb, "bee-path", actor=LOCAL_MEMBER)

    assert "bees.md" not in told
    assert "Pupils visit the hives'" not in told
    assert shown.evidence == ()
    assert [proof.is_there for proof in of_admin.evidence] == [True]
    assert [document.path for document in of_admin.listed.documents] == ["case-studies/bees.md"]


def test_what_an_editor_cannot_see_stays_in_the_sheet_and_out_of_its_history(kb: KnowledgeBase) -> None:
    (kb.documents / "open.md").write_text("# Open\n\nEverybody reads this.\n")
    restrict(kb)
    evidence = {"field": "lessons", "document": "open.md", "quote": "Everybody reads this."}

    change(kb, {"documents": ["open.md"], "evidence": [evidence], "sources": {"urbact": {"title": "Tales", "organisation": "U"}}})

    sheet = kb.practices.read("bee-path").sheet
    assert sheet is not None
    assert sheet.documents == ("open.md", "case-studies/bees.md")
    assert [each.document for each in sheet.evidence] == ["open.md", "case-studies/bees.md"]
    assert (sheet.sources["urbact"].title, sheet.sources["urbact"].document) == ("Tales", "case-studies/bees.md")
    with kb.records() as records:
        (kept,) = records.history.of_subject("practice", "bee-path")
    assert "bees.md" not in kept.before + kept.after
    assert "Pupils visit the hives}" not in kept.before + kept.after
    assert "Tales" in kept.after


def test_nobody_finds_out_by_trying_whether_a_hidden_document_is_there(kb: KnowledgeBase) -> None:
    (kb.documents / "secret.md").write_text("---\nvisibility: restricted\n---\n\n# Secret\n\nText.\n")
    ingested(kb)

    def told(path: str) -> list[str]:
        found = practice_editing.faults_of(kb, "bee-path", {"documents": [path]}, actor=ANA)
        return [fault.sentence.replace(path, "PATH") for fault in found]

    assert told("secret.md") == told("absent.md") == ["there is no document “PATH” inside corpus/documents"]
    assert told("case-studies/bees.md") == []
