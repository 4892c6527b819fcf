"""Looking at contexts: who may, what stays hidden, which documents are about a place, and which places are near."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from fake_records import FakeRecords
from fakes import a_document

from kb import open_kb
from kb.errors import InvalidEntry, NotFound, PermissionDenied
from kb.retrieval.catalog import FileState, LedgerEntry
from kb.retrieval.passage import Block, BlockKind, DocumentId, Metadata, Visibility
from kb.services import contexts
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.settings import Settings
from tests import places

MEMBER = Member("sam", frozenset({Role.MEMBER}))
FACILITATOR = Member("fay", frozenset({Role.MEMBER, Role.FACILITATOR}))


@pytest.fixture
def base(tmp_path: Path) -> KnowledgeBase:
    """With the profiles of Portugal, of Spain, of Canada and two of its regions, and a law that facilitators only may read."""
    made = replace(open_kb(Settings(tmp_path / "corpus", tmp_path / "index")), records=FakeRecords())
    spain = places.raw("ES", {"population": "40000000", "frame-law": "yes", "jobless": "12"})
    others = {place.replace("-", "_"): places.raw(place, {"frame-law": "no"}) for place in ("CA", "CA-QC", "CA-ON")}
    places.write(made.contexts.folder, PT=places.PORTUGAL, ES=spain, **others)
    made.documents.mkdir(parents=True)
    put(made, "guides/law.md", Metadata(countries=("PT",), visibility=Visibility.RESTRICTED))
    return made


def put(kb: KnowledgeBase, path: str, about: Metadata) -> DocumentId:
    text = replace(a_document([Block(BlockKind.PARAGRAPH, path)], metadata=about), path=path)
    document = replace(text, id=DocumentId(path.encode().hex()[-16:].rjust(16, "0")))
    kb.catalog.put_document(document, [], LedgerEntry(path, FileState.INDEXED, document_id=document.id), b"")
    return document.id


def about(kb: KnowledgeBase, place: str, actor: Member = MEMBER, without: str = "") -> list[str]:
    found = contexts.documents_about(kb, place, actor=actor, without=without)
    return sorted(document.path for document in found.documents.values())


def test_profiles_are_listed_by_place_those_with_faults_too(base: KnowledgeBase) -> None:
    places.write(base.contexts.folder, SI=places.raw("SI", {"frame-law": "perhaps"}))
    found = contexts.contexts(base, actor=MEMBER)

    assert [each.place for each in found] == ["CA", "CA-ON", "CA-QC", "ES", "PT", "SI"]
    assert [(each.place, str(each.faults[0])) for each in found if each.profile is None] == [
        ("SI", "corpus/contexts/SI.yaml:1: values.1.value: “perhaps” is none of yes, no")
    ]


def test_a_source_that_somebody_may_not_know_of_is_told_without_its_document(base: KnowledgeBase) -> None:
    assert contexts.context(base, "PT", actor=FACILITATOR).profile.sources["law"].document == "guides/law.md"
    assert contexts.context(base, "PT", actor=MEMBER).profile.sources["law"].document is None
    listed = {each.place: each.profile for each in contexts.contexts(base, actor=MEMBER)}
    assert listed["PT"] is not None
    assert listed["PT"].sources["law"].document is None
    assert contexts.profiles(base, actor=MEMBER)["PT"].sources["law"].document is None
    assert contexts.context(base, "PT", actor=MEMBER).profile.sources["law"].title == "Law 30/2013"


def test_a_profile_knows_its_document_in_the_index(base: KnowledgeBase) -> None:
    assert contexts.context(base, "PT", actor=MEMBER).document_id is None

    identity = put(base, "context:PT.yaml", Metadata(context="PT", countries=("PT",)))

    assert contexts.context(base, "PT", actor=MEMBER).document_id == identity


def test_a_profile_that_cannot_be_used_is_told_with_all_its_faults(base: KnowledgeBase) -> None:
    places.write(base.contexts.folder, ES=places.raw("ES", {"frame-law": "perhaps", "jobless": "many"}))

    for ask in (contexts.context, contexts.nearest):
        with pytest.raises(InvalidEntry) as fault:
            ask(base, "ES", actor=MEMBER)
        assert str(fault.value).startswith("The context profile of ES cannot be used: corpus/contexts/ES.yaml:1: values.1.value")
        assert str(fault.value).count("ES.yaml:1") == 2
    with pytest.raises(InvalidEntry):
        contexts.distance(base, "PT", "ES", actor=MEMBER)
    assert [place for place, _ in contexts.nearest(base, "PT", actor=MEMBER)] == ["CA", "CA-ON", "CA-QC"]


def test_without_sound_indicators_nothing_can_be_compared(base: KnowledgeBase) -> None:
    (base.contexts.folder / "indicators.yaml").unlink()

    for ask in (contexts.context, contexts.nearest):
        with pytest.raises(InvalidEntry, match=r"^The indicators cannot be used: corpus/contexts/indicators.yaml:1: is not there"):
            ask(base, "PT", actor=MEMBER)


def test_who_is_not_a_member_is_told_nothing_and_a_place_without_a_profile_is_not_found(base: KnowledgeBase) -> None:
    with pytest.raises(PermissionDenied):
        contexts.context(base, "PT", actor=Member("eve", frozenset()))
    for place in ("FR", "indicators", "../practices/bees"):
        with pytest.raises(NotFound):
            contexts.context(base, place, actor=MEMBER)
    with pytest.raises(NotFound):
        contexts.distance(base, "PT", "FR", actor=MEMBER)


@pytest.mark.parametrize("place", ["A" * 5000, "é" * 126, "\x00", "PT\ud800", "../practices/x", ""])
def test_a_name_that_no_file_can_have_is_the_name_of_no_place(base: KnowledgeBase, place: str) -> None:
    with pytest.raises(NotFound):
        contexts.context(base, place, actor=MEMBER)


def test_the_nearest_place_comes_first_and_those_of_which_nothing_is_known_last(base: KnowledgeBase) -> None:
    """Worked by hand. Populations are 5, 10 and 40 million: of log 8 = 3 log 2 Portugal is 1/3 from France and 2/3 from Spain.

    Of Spain shares of the jobless are known too, the lowest and the highest of two, and a frame law as in Portugal; so needs are
    (2/3 + 1) / 2 = 5/6 and law is 0, together 5/12.
    """
    places.write(base.contexts.folder, SI=places.raw("SI"), FR=places.raw("FR", {"population": "5000000"}))
    found = contexts.nearest(base, "PT", actor=MEMBER)

    near = dict(found)
    assert [place for place, _ in found] == ["FR", "ES", "CA", "CA-ON", "CA-QC", "SI"]
    assert near["FR"].value == pytest.approx(1 / 3)
    assert near["ES"].value == pytest.approx(5 / 12)
    assert near["SI"].value is None
    assert near["CA"].value == 1
    assert contexts.distance(base, "PT", "ES", actor=MEMBER) == near["ES"]
    assert contexts.nearest(base, "PT", actor=MEMBER, k=1) == found[:1]


def test_what_is_worth_a_look_is_a_remark_and_no_fault(base: KnowledgeBase) -> None:
    found = contexts.check(base, ["ES"], actor=LOCAL_MEMBER)

    assert [(each.place, each.faults) for each in found] == [("indicators", ()), ("ES", ())]
    assert found[1].remarks == tuple(
        f"{name} is not said; write “unknown” if nobody knows" for name in ("law-year", "ministry", "markets")
    )
    whole = contexts.check(base, actor=LOCAL_MEMBER)
    assert [each.place for each in whole] == ["indicators", "CA", "CA-ON", "CA-QC", "ES", "PT"]
    assert [str(fault) for each in whole for fault in each.faults] == [
        "corpus/contexts/PT.yaml:29: sources.law.document: there is no document “guides/law.md” inside corpus/documents"
    ]


def test_without_any_profile_there_is_nothing_to_check(tmp_path: Path) -> None:
    empty = open_kb(Settings(tmp_path / "corpus", tmp_path / "index"))

    assert contexts.check(empty, actor=LOCAL_MEMBER) == []
    assert contexts.contexts(empty, actor=LOCAL_MEMBER) == []


def test_documents_about_a_place_are_those_that_name_its_country_and_may_be_seen(base: KnowledgeBase) -> None:
    put(base, "context:PT.yaml", Metadata(context="PT", countries=("PT",)))
    put(base, "case-studies/alentejo.md", Metadata(countries=("ES", "PT")))
    put(base, "case-studies/bees.md", Metadata(countries=("SI",)))
    put(base, "guides/later.md", Metadata(countries=("PT",), embargo_until="2999-01-01"))
    listing = (("documents", json.dumps(["case-studies/alentejo.md"])),)
    put(base, "practice:village.yaml", Metadata(practice="village", countries=("PT",), other=listing))
    put(base, "practice:other.yaml", Metadata(practice="other", countries=("PT",)))

    everything = ["case-studies/alentejo.md", "context:PT.yaml", "practice:other.yaml", "practice:village.yaml"]
    assert about(base, "PT") == everything
    assert about(base, "PT", FACILITATOR) == sorted([*everything, "guides/law.md"])
    assert about(base, "PT", without="village") == ["context:PT.yaml", "practice:other.yaml"]
    assert about(base, "FR") == []
    found = contexts.documents_about(base, "PT", actor=MEMBER)
    assert [found.documents[each].path for each in found.profiles] == ["context:PT.yaml"]


def test_of_a_region_they_are_those_about_its_country_but_for_profiles_of_other_regions(base: KnowledgeBase) -> None:
    for place in ("CA", "CA-QC", "CA-ON"):
        put(base, f"context:{place}.yaml", Metadata(context=place, countries=("CA",)))
    put(base, "case-studies/chantier.md", Metadata(countries=("CA",)))

    assert about(base, "CA-QC") == ["case-studies/chantier.md", "context:CA-QC.yaml", "context:CA.yaml"]
    assert about(base, "CA") == ["case-studies/chantier.md", "context:CA-ON.yaml", "context:CA-QC.yaml", "context:CA.yaml"]
