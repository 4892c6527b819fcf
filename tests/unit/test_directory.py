"""The directory at work: what belongs to an organisation, who is found, who may change what, and that nothing is overwritten."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fake_records import FakeRecords
from fakes import FakeEncoder, FakeModels, a_document
from hypothesis import given, settings
from hypothesis import strategies as st

from kb import open_kb
from kb.errors import Conflict, InvalidEntry, NotFound, PermissionDenied
from kb.peers.learning.partnership import PartnershipState
from kb.retrieval.catalog import FileState, Job, LedgerEntry
from kb.retrieval.passage import Block, BlockKind, DocumentId, Metadata, Visibility
from kb.services import contexts, ingesting, members
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import directory, directory_editing, directory_exporting, partnership_editing, partnerships
from kb.services.learning.directory import Sought
from kb.services.learning.directory_checking import check_organisations, check_partnerships
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.services.tables import TableFormat
from kb.settings import Settings
from tests.directories import organisation, partnership, write
from tests.sheets import SOUND

MEMBER = Member("sam", frozenset({Role.MEMBER}))
WRITER = Member("ann", frozenset({Role.MEMBER, Role.CONTRIBUTOR}), "Hive", "BE")
FACILITATOR = Member("fay", frozenset({Role.MEMBER, Role.FACILITATOR}))
HIVE = organisation(
    "hive", country="BE", countries="unknown", part_of="Farm School", themes=["cooperatives"], projects="unknown", seeks="unknown"
)


@pytest.fixture
def started() -> list[Job]:
    return []


@pytest.fixture
def base(tmp_path: Path, started: list[Job]) -> KnowledgeBase:
    """With a school, a hive that belongs to it, a partnership of both, and ann, who works for the hive."""
    encoder = FakeEncoder()
    made = replace(
        open_kb(Settings(tmp_path / "corpus", tmp_path / "index", model="fake")),
        records=FakeRecords(), models=FakeModels(), encoder=lambda: encoder, launch=started.append,
    )  # fmt: skip
    made.documents.mkdir(parents=True)
    write(made.organisations.folder, organisation(), HIVE)
    write(made.partnerships.folder, partnership())
    members.add(made, "ann", organisation="HIVE", country="BE", roles=[Role.CONTRIBUTOR], actor=LOCAL_MEMBER)
    return made


def names(found: list[directory.Entry]) -> list[str]:
    return [each.name for each in found]


def test_organisations_are_listed_by_what_they_are_called_those_with_faults_last(base: KnowledgeBase) -> None:
    write(base.organisations.folder, organisation("apple", kind="club"), organisation("zoo", title="Animals"))
    found = directory.organisations(base, actor=MEMBER)

    assert names(found) == ["zoo", "farm-school", "hive", "apple"]
    assert [len(each.faults) for each in found] == [0, 0, 0, 1]


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        (Sought(country="BE"), ["farm-school", "hive"]),
        (Sought(country="FR"), ["farm-school"]),
        (Sought(theme="cooperatives"), ["hive"]),
        (Sought(kind="association"), ["farm-school", "hive"]),
        (Sought(kind="network"), []),
        (Sought(programme="Erasmus+"), ["farm-school"]),
        (Sought(country="BE", theme="environment"), ["farm-school"]),
    ],
)
def test_organisations_are_chosen_by_country_theme_kind_and_programme(
    base: KnowledgeBase, sought: Sought, found: list[str]
) -> None:
    assert names(directory.organisations(base, actor=MEMBER, sought=sought)) == found


def test_with_an_organisation_stands_what_belongs_to_it(base: KnowledgeBase) -> None:
    base.practices.folder.mkdir(parents=True)
    owned = SOUND.replace("City of Ljubljana", "Hive (Belgium)")
    (base.practices.folder / "bee-path.yaml").write_text(owned, encoding="utf-8")
    hive = directory.organisation(base, "hive", actor=MEMBER)
    school = directory.organisation(base, "farm-school", actor=MEMBER)

    assert [each.name for each in hive.members] == ["ann"]
    assert hive.part_of is not None
    assert (hive.part_of.organisation, [each.organisation for each in school.parts]) == ("farm-school", ["hive"])
    assert [(each.partnership.partnership, each.role) for each in (*school.partnerships, *hive.partnerships)] == [
        ("green", "lead"), ("green", "host"),
    ]  # fmt: skip
    assert [each.name for each in hive.practices] == ["bee-path"]
    assert (school.members, school.practices) == ((), ())


def test_one_that_is_not_there_or_has_faults_is_told(base: KnowledgeBase) -> None:
    write(base.organisations.folder, organisation("apple", kind="club"))

    with pytest.raises(NotFound, match="There is no organisation called “nobody”"):
        directory.organisation(base, "nobody", actor=MEMBER)
    with pytest.raises(NotFound, match=r"apple.* cannot be used: .*kind"):
        directory.organisation(base, "apple", actor=MEMBER)


def test_a_source_is_told_without_a_document_that_the_reader_may_not_know_of(base: KnowledgeBase) -> None:
    source = {"page": {"title": "Law", "organisation": "Assembly", "document": "law.md"}}
    (base.documents / "law.md").write_text("A law.", encoding="utf-8")
    write(base.organisations.folder, organisation(sources=source))
    text = a_document([Block(BlockKind.PARAGRAPH, "law")], metadata=Metadata(visibility=Visibility.RESTRICTED))
    document = replace(text, id=DocumentId("e" * 16), path="law.md")
    base.catalog.put_document(document, [], LedgerEntry("law.md", FileState.INDEXED, document_id=document.id), b"")

    def told(actor: Member) -> str | None:
        return directory.organisation(base, "farm-school", actor=actor).organisation.sources["page"].document

    assert (told(LOCAL_MEMBER), told(MEMBER)) == ("law.md", None)
    listed = directory.organisations(base, actor=MEMBER)[0].organisation
    assert listed is not None
    assert listed.sources["page"].document is None
    seen = directory_editing.editable(base, "farm-school", actor=WRITER)
    assert "document" not in seen.raw["sources"]["page"]
    directory_editing.save(base, "farm-school", {"sources": seen.raw["sources"]}, base_version=seen.version, actor=WRITER)
    assert told(LOCAL_MEMBER) == "law.md"  # what its author could not see stays


def test_found_are_organisations_only_each_once_by_the_passage_that_speaks(base: KnowledgeBase) -> None:
    (base.documents / "agroecology.md").write_text("# Agroecology\n\nA training in agroecology with Hive.", encoding="utf-8")
    ingesting.ingest(base, [base.documents, base.organisations.folder], actor=LOCAL_MEMBER)

    found = directory.find(base, "training in agroecology", actor=MEMBER)
    assert found[0].organisation.organisation == "farm-school"
    assert len({each.organisation.organisation for each in found}) == len(found)
    assert found[0].hit.metadata.entry == "farm-school"
    assert "Green Fields" in found[0].hit.passage.heading_path[-1]
    only = directory.find(base, "training in agroecology", actor=MEMBER, sought=Sought(theme="cooperatives"))
    assert [each.organisation.organisation for each in only] == ["hive"]
    assert directory.find(base, "training", actor=MEMBER, sought=Sought(kind="network")) == ()
    assert contexts.documents_about(base, "BE", actor=MEMBER).documents == {}  # they tell of no place


def test_an_organisation_is_added_whole_or_not_at_all_and_then_ingested(base: KnowledgeBase, started: list[Job]) -> None:
    new = {key: value for key, value in organisation("new-one").items() if key != "organisation"}
    wrong = new | {"kind": "club", "country": "Spain"}

    with pytest.raises(InvalidEntry, match=r"“new-one” was not saved: kind: .*; country: "):
        directory_editing.save(base, "new-one", wrong, base_version="", actor=WRITER)
    assert base.organisations.names() == ["farm-school", "hive"]
    saved = directory_editing.save(base, "new-one", new, base_version="", actor=WRITER)
    assert saved.job is not None
    assert [job.paths for job in started] == [(str(base.organisations.folder / "new-one.yaml"),)]
    assert directory.organisation(base, "new-one", actor=MEMBER).version == saved.version
    for name, why in (("new-one", "already"), ("Not a name", "cannot be called")):
        with pytest.raises(InvalidEntry, match=why):
            directory_editing.save(base, name, new, base_version="", actor=WRITER)


def test_a_change_over_another_version_is_refused_naming_who_made_it(base: KnowledgeBase) -> None:
    first = directory_editing.editable(base, "hive", actor=WRITER)
    directory_editing.save(base, "hive", {"title": "The Hive"}, base_version=first.version, why="their sign", actor=WRITER)

    with pytest.raises(Conflict, match=r"“hive” was changed by ann at .*Nothing was overwritten"):
        directory_editing.save(base, "hive", {"title": "A hive"}, base_version=first.version, actor=LOCAL_MEMBER)
    assert directory.organisation(base, "hive", actor=MEMBER).organisation.title == "The Hive"
    with base.records() as records:
        (change,) = records.history.of_subject("organisation", "hive")
    assert (change.member, change.action, change.why) == ("ann", "changed", "their sign")
    same = directory_editing.editable(base, "hive", actor=WRITER)
    assert directory_editing.save(base, "hive", {"title": "The Hive"}, base_version=same.version, actor=WRITER).job is None


def test_only_contributors_change_organisations_and_only_facilitators_partnerships(base: KnowledgeBase) -> None:
    with pytest.raises(PermissionDenied):
        directory_editing.save(base, "hive", {}, base_version="", actor=MEMBER)
    for refused in (
        lambda: partnership_editing.move(base, "green", "active", base_version="", actor=WRITER),
        lambda: partnership_editing.put_partner(base, "green", "Zoo", base_version="", actor=WRITER),
        lambda: partnership_editing.take_out_partner(base, "green", "Hive", base_version="", why="left", actor=WRITER),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_who_takes_part_is_shown_with_the_directory_and_the_members(base: KnowledgeBase) -> None:
    whole = partnerships.partnership(base, "green", actor=MEMBER)

    told = [(each.title, each.role, each.country, each.groups, [one.name for one in each.members]) for each in whole.seats]
    assert told == [("Farm School", "lead", "FR", (), []), ("Hive", "host", "BE", ("soil",), ["ann"])]


def test_partners_join_are_revised_and_leave_with_a_reason(base: KnowledgeBase) -> None:
    def version() -> str:
        return partnerships.partnership(base, "green", actor=MEMBER).version

    def seats() -> list[tuple[str, str]]:
        return [(each.written, each.role) for each in partnerships.partnership(base, "green", actor=MEMBER).seats]

    partnership_editing.put_partner(base, "green", "Zoo", country="DE", groups=["soil"], base_version=version(), actor=FACILITATOR)
    partnership_editing.put_partner(base, "green", "hive", role="cook", base_version=version(), actor=FACILITATOR)
    assert seats() == [("farm-school", "lead"), ("hive", "cook"), ("Zoo", "")]
    with pytest.raises(InvalidEntry, match="no group of the partnership"):
        partnership_editing.put_partner(base, "green", "Zoo", groups=["sea"], base_version=version(), actor=FACILITATOR)
    with pytest.raises(InvalidEntry, match="Say why"):
        partnership_editing.take_out_partner(base, "green", "Zoo", base_version=version(), why=" ", actor=FACILITATOR)
    with pytest.raises(NotFound, match="“Nobody” is no partner"):
        partnership_editing.take_out_partner(base, "green", "Nobody", base_version=version(), why="left", actor=FACILITATOR)
    partnership_editing.take_out_partner(base, "green", "Zoo", base_version=version(), why="left", actor=FACILITATOR)
    assert seats() == [("farm-school", "lead"), ("hive", "cook")]
    with base.records() as records:
        assert [each.why for each in records.history.of_subject("partnership", "green")] == ["", "", "left"]


@given(moves=st.lists(st.sampled_from(list(PartnershipState)), max_size=5))
@settings(max_examples=15)
def test_a_partnership_only_goes_forward_whatever_is_asked(
    moves: list[PartnershipState], tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("forward")
    kb = replace(open_kb(Settings(place / "corpus", place / "index")), records=FakeRecords(), launch=lambda job: None)
    write(kb.partnerships.folder, partnership())
    reached = [PartnershipState.FORMING]

    for state in moves:
        before = kb.partnerships.read("green")
        try:
            partnership_editing.move(kb, "green", state, base_version=before.version, day="2026-02-01", actor=FACILITATOR)
        except InvalidEntry:
            assert state.rank <= reached[-1].rank
            assert kb.partnerships.read("green").text == before.text
        else:
            assert state.rank > reached[-1].rank
            reached.append(state)
        made = kb.partnerships.read("green").made
        assert made is not None
        assert [each.state for each in made.states] == reached


def test_a_state_is_not_reached_in_the_future_nor_by_two_at_once(base: KnowledgeBase) -> None:
    version = partnerships.partnership(base, "green", actor=MEMBER).version
    with pytest.raises(InvalidEntry, match="has not come yet"):
        partnership_editing.move(base, "green", "active", day="2999-01-01", base_version=version, actor=FACILITATOR)
    partnership_editing.move(base, "green", "active", base_version=version, actor=FACILITATOR)

    with pytest.raises(Conflict, match="was changed by fay"):
        partnership_editing.move(base, "green", "reporting", base_version=version, actor=FACILITATOR)


def test_files_are_checked_with_what_they_name(base: KnowledgeBase) -> None:
    project = {"title": "A", "what": "unknown", "practice": "bees", "source": "page"}
    write(base.organisations.folder, organisation(projects=[project], also=["HIVE"]))
    write(base.partnerships.folder, partnership(lead="Nobody"))

    (found,) = check_organisations(base, ["farm-school"], actor=MEMBER)
    assert found.remarks == (
        "the project “A” names the practice “bees”, which is not there",
        "“HIVE” is also what hive is called",
    )
    assert [each.remarks for each in check_partnerships(base, actor=MEMBER)] == [("“Nobody” is not in the directory",)]
    with pytest.raises(NotFound):
        check_organisations(base, ["nobody"], actor=MEMBER)


def test_the_table_takes_what_is_sought_and_says_unknown(base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    made = directory_exporting.export(base, TableFormat.CSV, actor=MEMBER, language="fr")
    head, first, second = made.content.decode("utf-8-sig").splitlines()

    assert head.split(",")[:3] == ["organisation", "title", "also"]
    assert "Elle forme des agriculteurs." in first
    assert "Erasmus+" in first
    assert second.startswith("hive,Hive,")
    assert "unknown" in second
    none = directory_exporting.export(base, TableFormat.CSV, actor=MEMBER, sought=Sought(kind="network"))
    assert len(none.content.decode().splitlines()) == 1
