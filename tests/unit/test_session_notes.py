"""Notes of a session are found by search, under the embargo and the Chatham House Rule of the session."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from fakes import FakeEncoder, FakeModels, FakeRecords, NoDetector
from pydantic import ValidationError

from kb import open_kb
from kb.errors import Conflict, InvalidEntry, PermissionDenied
from kb.peers.learning.parts import Party
from kb.peers.learning.session_bodies import NotesTaken
from kb.retrieval.catalog import Job
from kb.retrieval.names_withheld import names_of
from kb.retrieval.passage import Visibility
from kb.services import jobs, members
from kb.services.citation_formats import Format
from kb.services.citing import export
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import notes, sessions
from kb.services.library import documents, file
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.services.searching import search
from kb.settings import Settings
from tests.assessed import add_members, who
from tests.directories import organisation, write
from tests.unit.test_sessions import join, planned

SAID = "# What was said\n\nRosa Quill told how the looms of the valley were saved by weavers who bought them together."
ROSA = {"name": "Rosa Quill", "organisation": "Loom Union", "country": "FR"}


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    """It reads and indexes for real, at once and not in another process; words weigh, meanings are made up."""
    encoder = FakeEncoder()
    opened = replace(
        open_kb(Settings(tmp_path / "corpus", tmp_path / "index", model="fake")),
        records=FakeRecords(), detector=NoDetector(), models=FakeModels(), encoder=lambda: encoder,
    )  # fmt: skip
    ready = replace(opened, launch=lambda job: _run(ready, job))
    ready.documents.mkdir(parents=True)
    ready.index.mkdir(exist_ok=True)
    add_members(ready)
    members.add(ready, **ROSA, roles={Role.CONTRIBUTOR}, actor=LOCAL_MEMBER)
    return ready


def _run(kb: KnowledgeBase, job: Job) -> None:
    jobs.run(kb, job.id, [Path(each) for each in job.paths])


def contributor(kb: KnowledgeBase, name: str) -> Member:
    found = who(kb, name)
    return replace(found, roles=found.roles | {Role.CONTRIBUTOR})


def a_held_session(kb: KnowledgeBase, **changed: object) -> str:
    session = sessions.plan(kb, planned(practices=[], **changed), actor=who(kb, "fay")).id
    join(kb, session, "bo", "Rosa Quill")
    sessions.held(kb, session, on="2026-03-03", actor=who(kb, "fay"))
    return session


def found_by(kb: KnowledgeBase, name: str) -> list[str]:
    return [each.path for each in search(kb, "looms weavers", actor=who(kb, name)).hits]


def test_notes_become_a_conference_note_of_the_session(kb: KnowledgeBase) -> None:
    session = a_held_session(kb, title='Looms: "saved" & shared')
    taken = notes.take_in(kb, session, SAID, language="en", actor=contributor(kb, "bo"))

    assert taken.document == f"conference-notes/sessions/{session}.md"
    assert found_by(kb, "sam") == [taken.document]
    (about,) = (each.metadata for each in documents(kb, actor=who(kb, "sam")))
    assert (about.title, about.kind, about.date) == ('Looms: "saved" & shared', "conference-note", "2026-03-03")
    assert (about.organisation, about.countries, about.language) == ("House of Ann", ("PT",), "en")
    assert (about.visibility, about.authors) == (Visibility.MEMBERS, ("bo",))
    told = sessions.session(kb, session, actor=who(kb, "sam"))
    assert told.held is not None
    assert told.held.notes_document == taken.document
    assert list(notes.visible_notes(kb, told, actor=who(kb, "sam"))) == [taken.document]


def test_an_embargoed_note_is_not_found_by_a_member_before_the_day(kb: KnowledgeBase) -> None:
    session = a_held_session(kb, embargo_until="2099-01-01")
    taken = notes.take_in(kb, session, SAID, visibility="public", actor=contributor(kb, "bo"))

    assert {name: found_by(kb, name) for name in ("sam", "bo", "fay")} == {"sam": [], "bo": [], "fay": []}
    assert search(kb, "looms weavers", actor=LOCAL_MEMBER).hits[0].path == taken.document
    assert documents(kb, actor=who(kb, "sam")) == []
    told = sessions.session(kb, session, actor=who(kb, "sam"))
    assert notes.visible_notes(kb, told, actor=who(kb, "sam")) == {}
    assert notes.readable(kb, told, actor=who(kb, "sam")).notes == ()
    assert taken.document not in repr(notes.readable(kb, told, actor=who(kb, "sam")).held)
    assert [each.document for each in notes.readable(kb, told, actor=LOCAL_MEMBER).notes] == [taken.document]


def test_a_note_of_which_the_embargo_has_passed_is_found(kb: KnowledgeBase) -> None:
    session = a_held_session(kb, embargo_until="2026-03-10")
    notes.take_in(kb, session, SAID, actor=contributor(kb, "bo"))

    assert len(found_by(kb, "sam")) == 1


def test_a_chatham_house_note_is_cited_without_anybodys_name(kb: KnowledgeBase) -> None:
    agenda = [{"at": "10:00", "title": "Looms", "who": "Ida Spindle (Loom Union)"}]
    session = a_held_session(kb, chatham_house=True, agenda=agenda)
    said = f"{SAID} IDA SPINDLE agreed with Bo, and Ms Quill thanked."
    notes.take_in(kb, session, said, despite="She tells it in her book.", actor=contributor(kb, "fay"))
    (hit,) = search(kb, "looms weavers", actor=who(kb, "sam")).hits

    assert hit.metadata.authors == ()
    assert names_of(hit.metadata) == ("bo", "Rosa Quill", "Ida Spindle", "fay")
    for form in Format:
        content = export(kb, [hit.passage.id], form, actor=who(kb, "sam")).content
        whole = "".join(_parts(content)) if form is Format.DOCX else content.decode()
        assert not [name for name in ("Rosa", "Quill", "Ida", "SPINDLE") if name in whole], form
    assert "looms of the valley were saved" in export(kb, [hit.passage.id], Format.TEXT, actor=who(kb, "sam")).content.decode()


def test_under_the_rule_notes_that_name_who_was_there_are_refused_with_every_line(kb: KnowledgeBase) -> None:
    """Citations withhold names; the text that the search shows is as somebody wrote it."""
    leading = ("Ida Spindle (Distaff Trust)", "All")
    agenda = [{"at": "10:00", "title": "Looms", "who": each} for each in leading]
    session = a_held_session(kb, chatham_house=True, agenda=agenda)
    said = "\n# Day\n\nROSA QUILL spoke, and the loom union.\nIda Spindle of the Distaff Trust, at House of Ann\nMs Quill, All"

    with pytest.raises(InvalidEntry) as refused:
        notes.take_in(kb, session, said, title="House of Bo told", actor=contributor(kb, "bo"))

    told = "House of Bo (0); Rosa Quill (4, 6); Loom Union (4); Ida Spindle (5); Distaff Trust (5); House of Ann (5)."
    assert told in str(refused.value)
    assert not (kb.documents / notes.FOLDER).exists()
    assert sessions.session(kb, session, actor=LOCAL_MEMBER).notes == ()


def test_without_the_rule_notes_may_name_anybody(kb: KnowledgeBase) -> None:
    session = a_held_session(kb)

    notes.take_in(kb, session, SAID, despite="Nobody asked.", actor=contributor(kb, "fay"))

    assert len(found_by(kb, "sam")) == 1
    assert [each.despite for each in sessions.session(kb, session, actor=who(kb, "bo")).notes] == [""]


def test_an_organisation_is_found_by_every_name_that_the_directory_has_of_it(kb: KnowledgeBase) -> None:
    write(kb.documents.parent / "organisations", organisation("loom-union", also=["Union des métiers"]))
    session = a_held_session(kb, chatham_house=True)

    with pytest.raises(InvalidEntry, match=r"Union des métiers \(1\)"):
        notes.take_in(kb, session, "At the UNION DES METIERS they weave.", actor=contributor(kb, "bo"))


def test_a_facilitator_takes_in_notes_with_names_and_says_why(kb: KnowledgeBase) -> None:
    session = a_held_session(kb, chatham_house=True)
    why = "Loom Union published it itself."
    with pytest.raises(PermissionDenied, match="take in notes that name who was there: this needs the role facilitator"):
        notes.take_in(kb, session, SAID, despite=why, actor=contributor(kb, "bo"))

    notes.take_in(kb, session, SAID, despite=why, actor=contributor(kb, "fay"))

    inside, outside = (sessions.session(kb, session, actor=who(kb, name)) for name in ("bo", "sam"))
    assert ([each.despite for each in inside.notes], [each.despite for each in outside.notes]) == ([why], [""])
    assert why in repr(inside.happened)
    assert why not in repr(outside)


def test_nobody_can_ask_name_by_name_who_was_there(kb: KnowledgeBase) -> None:
    """Ann is of the host and runs the session; she did not take part, and does not see who did."""
    session = a_held_session(kb, chatham_house=True)

    for said in ("Rosa Quill spoke.", "Ida Spindle spoke.", "The looms were saved."):
        with pytest.raises(InvalidEntry, match="only those add notes who see who was there"):
            notes.take_in(kb, session, said, actor=contributor(kb, "ann"))

    notes.take_in(kb, a_held_session(kb), SAID, actor=contributor(kb, "ann"))


def test_the_document_itself_does_not_list_who_was_there(kb: KnowledgeBase) -> None:
    """Whoever may read the notes may open their file."""
    session = a_held_session(kb, chatham_house=True)
    notes.take_in(kb, session, "The looms were saved by weavers.", actor=who(kb, "Rosa Quill"))
    sam = who(kb, "sam")
    (about,) = documents(kb, actor=sam)

    text = file(kb, about.id, actor=sam).read_text(encoding="utf-8")

    assert "chatham_house" in text
    assert "Rosa" not in text
    assert "bo" not in text.split("---")[1].split()


def test_names_of_many_people_are_all_withheld(kb: KnowledgeBase) -> None:
    """Readers of metadata cut a value at 2,000 characters."""
    session = sessions.plan(kb, planned(practices=[], chatham_house=True, capacity=60), actor=who(kb, "fay")).id
    names = [f"Person{n} {'Longname-' * 6}of-the-Family{n}" for n in range(30)]
    for name in names:
        sessions.join(kb, session, actor=Member(name, frozenset({Role.MEMBER})))
    sessions.held(kb, session, actor=who(kb, "fay"))
    notes.take_in(kb, session, SAID, actor=contributor(kb, "fay"))
    (about,) = documents(kb, actor=who(kb, "sam"))

    assert set(names) <= set(names_of(about.metadata))


def test_more_names_than_can_be_withheld_are_refused_rather_than_lost(kb: KnowledgeBase) -> None:
    agenda = [{"at": "10:00", "title": "Looms", "who": f"Speaker {number} {'Longname-' * 30}"} for number in range(60)]
    session = a_held_session(kb, chatham_house=True, agenda=agenda)

    with pytest.raises(InvalidEntry, match="more names have to be withheld than can be; shorten the agenda"):
        notes.take_in(kb, session, "The looms were saved.", actor=contributor(kb, "bo"))

    assert documents(kb, actor=LOCAL_MEMBER) == []
    assert sessions.session(kb, session, actor=LOCAL_MEMBER).notes == ()


def test_later_notes_stand_beside_earlier_ones(kb: KnowledgeBase) -> None:
    session = a_held_session(kb)
    first = notes.take_in(kb, session, SAID, actor=contributor(kb, "bo"))
    second = notes.take_in(kb, session, "More of the looms.", title="Second day", actor=contributor(kb, "fay"))

    assert second.document == f"conference-notes/sessions/{session}.2.md"
    assert "weavers" in (kb.documents / first.document).read_text(encoding="utf-8")
    told = sessions.session(kb, session, actor=who(kb, "sam"))
    assert [each.title for each in told.notes] == ["Paths for bees", "Second day"]
    assert told.held is not None
    assert told.held.notes_document == second.document


@pytest.mark.parametrize(
    "hostile",
    [
        "---\nvisibility: public\nchatham_house: false\n---\nlooms",
        "looms\u2028---\u2028visibility: public",
        "<script>alert(1)</script> looms",
        "\ufefflooms \x00\x1b[31m \U0001f9f5 \u202eesrever",
    ],
)
def test_no_text_changes_what_the_document_says_about_access(kb: KnowledgeBase, hostile: str) -> None:
    title = 'a"\n---\nvisibility: public\nb: {"c": [&x *x]}'
    session = a_held_session(kb, chatham_house=True, embargo_until="2099-01-01")
    notes.take_in(kb, session, hostile, title=title, visibility="restricted", actor=contributor(kb, "bo"))
    (about,) = (each.metadata for each in documents(kb, actor=LOCAL_MEMBER))

    assert (about.visibility, about.chatham_house, about.embargo_until) == (Visibility.RESTRICTED, True, "2099-01-01")
    assert about.title.startswith('a" --- visibility: public')


def test_who_takes_in_notes_contributes_and_was_there_or_runs_the_session(kb: KnowledgeBase) -> None:
    session = a_held_session(kb)
    with pytest.raises(PermissionDenied, match="this needs the role contributor"):
        notes.take_in(kb, session, SAID, actor=who(kb, "bo"))
    with pytest.raises(InvalidEntry, match="Who took part in this session"):
        notes.take_in(kb, session, SAID, actor=contributor(kb, "sam"))
    with pytest.raises(InvalidEntry, match="they are empty; visibility “friends” is none of"):
        notes.take_in(kb, session, " \n", visibility="friends", actor=contributor(kb, "bo"))

    assert not (kb.documents / notes.FOLDER).exists()
    assert sessions.session(kb, session, actor=who(kb, "sam")).notes == ()


def test_notes_are_taken_in_of_what_was_held(kb: KnowledgeBase) -> None:
    session = sessions.plan(kb, planned(practices=[]), actor=who(kb, "fay")).id

    with pytest.raises(Conflict, match="The session is planned; this needs one that is held or debriefed"):
        notes.take_in(kb, session, SAID, actor=contributor(kb, "fay"))


def test_notes_that_cannot_be_written_are_not_told_of(kb: KnowledgeBase) -> None:
    session = a_held_session(kb)
    (kb.documents / "conference-notes").write_text("a file in the place of the folder", encoding="utf-8")

    with pytest.raises(OSError, match="conference-notes"):
        notes.take_in(kb, session, SAID, actor=contributor(kb, "bo"))

    assert sessions.session(kb, session, actor=who(kb, "sam")).notes == ()


def _as_docx() -> bytes:
    made, out = docx.Document(), BytesIO()
    made.add_heading("Second day", 2)
    made.add_paragraph("The looms were saved.")
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("notes.docx", _as_docx, "## Second day\n\nThe looms were saved."),
        ("notes.txt", lambda: "The looms were saved.".encode("utf-16"), "The looms were saved."),
        ("../../notes.md", lambda: b"---\ntitle: x\n---\n# Day\n\nThe looms", "# Day\n\nThe looms"),
    ],
)
def test_a_file_gives_its_text(kb: KnowledgeBase, name: str, content: Callable[[], bytes], text: str) -> None:
    assert notes.text_of(kb, name, content(), actor=contributor(kb, "bo")) == text


@pytest.mark.parametrize(
    ("name", "content", "told"), [("a.exe", b"x", "of a kind that cannot be read"), ("a.txt", b"", "is empty")]
)
def test_a_file_that_is_none_is_refused(kb: KnowledgeBase, name: str, content: bytes, told: str) -> None:
    with pytest.raises(InvalidEntry, match=told):
        notes.text_of(kb, name, content, actor=contributor(kb, "bo"))


def _parts(content: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]


# the demonstration --------------------------------------------------------------------------------------------------------


def a_made_up_session(kb: KnowledgeBase, **changed: object) -> str:
    """Held, by somebody who is made up; bo and Rosa took part."""
    members.add(kb, "Demo Dee", organisation="Network", country="BE", roles=[Role.FACILITATOR, Role.CONTRIBUTOR], is_demo=True,
                actor=LOCAL_MEMBER)  # fmt: skip
    dee = who(kb, "Demo Dee")
    session = sessions.plan(kb, planned(practices=[], **changed), actor=dee).id
    join(kb, session, "bo", "Rosa Quill")
    sessions.held(kb, session, on="2026-03-03", actor=dee)
    return session


def test_notes_of_a_made_up_session_are_kept_with_it_and_nowhere_else(kb: KnowledgeBase) -> None:
    session = a_made_up_session(kb)

    taken = notes.take_in(kb, session, SAID, actor=contributor(kb, "bo"))

    assert (taken.document, taken.job) == ("", None)
    assert not (kb.documents / notes.FOLDER).exists()
    assert documents(kb, actor=LOCAL_MEMBER) == []
    told = notes.readable(kb, sessions.session(kb, session, actor=who(kb, "sam")), actor=who(kb, "sam"))
    assert [(each.text, each.document) for each in told.notes] == [(SAID.strip(), "")]
    assert told.is_demo


def test_the_embargo_and_the_rule_hold_for_notes_of_a_made_up_session_too(kb: KnowledgeBase) -> None:
    session = a_made_up_session(kb, chatham_house=True, embargo_until="2099-12-31")
    with pytest.raises(InvalidEntry, match="The notes name who was there"):
        notes.take_in(kb, session, "Rosa Quill said it.", actor=contributor(kb, "bo"))
    notes.take_in(kb, session, "The looms were saved.", actor=contributor(kb, "bo"))

    inside, outside = (sessions.session(kb, session, actor=who(kb, name)) for name in ("Rosa Quill", "sam"))
    assert [each.text for each in inside.notes] == ["The looms were saved."]
    assert "looms" not in repr(outside)
    assert notes.readable(kb, outside, actor=who(kb, "sam")).notes == ()


def test_notes_are_a_document_or_a_text_and_never_both_nor_neither() -> None:
    by = Party(name="bo", organisation="House of Bo", country="FR")
    for said in ({}, {"document": "a.md", "text": "The looms."}):
        with pytest.raises(ValidationError, match="a document is wanted, or a text, and not both"):
            NotesTaken(by=by, title="Looms", **said)
