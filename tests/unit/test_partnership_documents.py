"""A partnership as a document: what it says in each language, whom it names, how the ledger knows it, when it is read anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fake_records import FakeRecords
from fakes import FakeEncoder, FakeModels

from kb import open_kb
from kb.adapters.readers import read_file
from kb.errors import ReadError
from kb.peers.learning import partnership_wording
from kb.peers.learning.partnership import PartnershipState
from kb.retrieval.answer import Filters
from kb.retrieval.catalog import FileState, Job
from kb.retrieval.passage import BlockKind
from kb.services import contexts
from kb.services.files import everything_beside, find_files, is_below, key_of, partnership_key, partnership_of, path_of
from kb.services.ingesting import ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import partnership_editing, partnerships
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.services.searching import search
from kb.settings import Settings
from tests.directories import organisation, partnership, write

MEMBER = Member("sam", frozenset({Role.MEMBER}))
LEADS = Member("fay", frozenset({Role.MEMBER, Role.FACILITATOR}))  # and no contributor


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus" / "documents").mkdir(parents=True)
    write(tmp_path / "corpus" / "organisations", organisation(), organisation("hive", title="The Hive"))
    write(
        tmp_path / "corpus" / "partnerships",
        partnership(
            title={"en": "Green partnership", "fr": "Partenariat vert"},
            topic={"en": "Farming [@page].", "fr": "L'agriculture [@page]."},
            co_leads=["hive"],
            groups=[
                {"group": "soil", "title": "Soil", "focus": "What worms do."},
                {"group": "sea", "title": "Sea", "focus": "unknown"},
            ],
            partners=[{"organisation": "Zoo", "country": "BE", "groups": ["soil"], "role": "host", "source": "page"}],
            figures=[],
            objectives="To feed all [@page].",
        ),
    )
    return tmp_path / "corpus"


def file(corpus: Path) -> Path:
    return corpus / "partnerships" / "green.yaml"


def test_it_says_language_by_language_what_it_is_about_and_who_takes_part_by_their_names(corpus: Path) -> None:
    reading = read_file(file(corpus))

    assert [(block.kind, block.level, block.text) for block in reading.blocks] == [
        (BlockKind.HEADING, 1, "Green partnership"),
        (BlockKind.HEADING, 2, "Green partnership: what it is about"),
        (BlockKind.PARAGRAPH, 0, "Farming."),
        (BlockKind.PARAGRAPH, 0, "They meet."),
        (
            BlockKind.PARAGRAPH,
            0,
            "A peer-learning partnership. Sources call it “PLP 9”. Led by Farm School. Co-leads: The Hive. "
            "From 2026-01 to ongoing. Forming since 2026-01.",
        ),
        (BlockKind.HEADING, 2, "Green partnership: what it wants to learn"),
        (BlockKind.PARAGRAPH, 0, "To feed all."),
        (BlockKind.HEADING, 2, "Green partnership: Soil"),
        (BlockKind.PARAGRAPH, 0, "What worms do."),
        (BlockKind.LIST_ITEM, 0, "Zoo (Belgium), host"),
        (BlockKind.HEADING, 2, "Green partnership: who takes part"),
        (BlockKind.LIST_ITEM, 0, "Zoo (Belgium), host, Soil"),
        (BlockKind.HEADING, 1, "Partenariat vert"),
        (BlockKind.HEADING, 2, "Partenariat vert : de quoi il s'agit"),
        (BlockKind.PARAGRAPH, 0, "L'agriculture."),
    ]
    about = reading.metadata
    assert (about.title, about.kind, about.organisation, about.countries, about.themes, about.partnership) == (
        "Green partnership", "partnership", "Farm School", ("BE",), ("environment",), "",
    )  # fmt: skip


def test_figures_and_languages_are_told_and_what_is_unknown_is_not(corpus: Path) -> None:
    write(
        corpus / "partnerships",
        partnership(
            called=[], what="unknown", lead="unknown", co_leads="unknown", groups="unknown", partners="unknown", end="unknown",
            states=[{"state": "closed", "date": "unknown"}], languages={"codes": ["en", "pt"], "source": "page"},
        ),
    )  # fmt: skip

    assert [block.text for block in read_file(file(corpus)).blocks] == [
        "Green partnership",
        "Green partnership: what it is about",
        "Farming.",
        "A peer-learning partnership. Languages: en, pt.",
        "partners: 23 organisations (2021)",
        "partners: 25 organisations (2022)",
    ]
    assert read_file(file(corpus)).metadata.organisation == ""


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt", "it", "de", "sl"])
def test_every_language_has_all_words_and_each_sentence_its_places(language: str) -> None:
    words = partnership_wording.of(language)

    assert (words is partnership_wording.of("en")) == (language in ("en", "sl"))
    assert len({partnership_wording.state(each, language) for each in PartnershipState}) == len(PartnershipState)
    assert words.called.format(names="NAMES").count("NAMES") == words.led_with.format(names="NAMES").count("NAMES") == 1
    assert words.period.format(start="START", end="END").index("START") < words.period.format(start="START", end="END").index("END")
    assert "NAME" in words.led.format(name="NAME")
    assert words.since.format(state="STATE", day="DAY").startswith("STATE ")
    assert "CODES" in words.spoken.format(codes="CODES")


@pytest.mark.parametrize("change", [{"kind": "club"}, {"title": None}])
def test_an_organisation_that_cannot_be_read_is_called_as_it_is_written(corpus: Path, change: dict[str, object]) -> None:
    write(corpus / "organisations", organisation(**change))
    (corpus / "organisations" / "hive.yaml").unlink()

    assert "Led by farm-school. Co-leads: hive." in " ".join(block.text for block in read_file(file(corpus)).blocks)


def test_a_link_in_the_place_of_an_organisation_is_not_followed(corpus: Path, tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", organisation("hive", title="Somewhere Else"))
    (corpus / "organisations" / "hive.yaml").unlink()
    (corpus / "organisations" / "hive.yaml").symlink_to(tmp_path / "elsewhere" / "hive.yaml")

    assert "Co-leads: hive." in " ".join(block.text for block in read_file(file(corpus)).blocks)


def test_one_with_a_fault_is_not_searched_and_says_how_to_see_it(corpus: Path) -> None:
    write(corpus / "partnerships", partnership(states=[]))

    with pytest.raises(ReadError, match=r"faults: 1, the first in line 15 \(states: .*see kb learn partnership check green"):
        read_file(file(corpus))


def test_the_ledger_knows_it_by_its_place_and_by_nothing_else(corpus: Path) -> None:
    documents = corpus / "documents"
    file(corpus).with_name("NOTICE").write_text("not one of them", encoding="utf-8")
    (documents / "partnership:sly.yaml").write_text("a: b", encoding="utf-8")

    found = [each.key for each in find_files([documents, file(corpus).parent], documents)]
    assert found[-1] == "partnership:green.yaml" == partnership_key("green") == key_of(file(corpus), documents)
    assert [key for key in found if key.startswith("partnership:")] == ["partnership:green.yaml"]
    assert path_of(found[-1], documents) == file(corpus)
    assert (partnership_of(found[-1]), partnership_of("organisation:green.yaml"), partnership_of("green.yaml")) == ("green", "", "")
    assert is_below(found[-1], "partnership:")
    assert not is_below(found[-1], "organisation:")


@pytest.fixture
def launched() -> list[Job]:
    return []


@pytest.fixture
def base(corpus: Path, launched: list[Job]) -> KnowledgeBase:
    encoder = FakeEncoder()
    made = open_kb(Settings(corpus, corpus.parent / "index", model="fake"))
    (corpus / "documents" / "posing.md").write_text(
        "---\npartnership: green\nkind: partnership\n---\n# Posing as Farming\n", encoding="utf-8"
    )
    made = replace(made, records=FakeRecords(), models=FakeModels(), encoder=lambda: encoder, launch=launched.append)
    ingest(made, everything_beside(made.documents), actor=LOCAL_MEMBER)
    return made


def states(kb: KnowledgeBase) -> dict[str, FileState]:
    report = ingest(kb, everything_beside(kb.documents), actor=LOCAL_MEMBER)
    return {entry.path: entry.state for entry in report.files}


def test_an_ingest_of_everything_takes_it_in_and_the_search_finds_it_once(base: KnowledgeBase) -> None:
    hits = [hit for hit in search(base, "farming", actor=MEMBER, mark=False).hits if hit.metadata.partnership]

    assert [(hit.path, hit.metadata.partnership, hit.title) for hit in hits] == [
        ("partnership:green.yaml", "green", "Green partnership"),
    ]  # fmt: skip
    posing = next(each for each in base.catalog.documents() if each.path == "posing.md")
    assert (posing.metadata.partnership, posing.metadata.kind) == ("", "document")
    asked = search(base, "farming", actor=MEMBER, mark=False, filters=Filters(kinds=("partnership",)))
    assert {hit.path for hit in asked.hits} == {"partnership:green.yaml"}


def test_only_partnerships_answer_a_question_to_them_and_only_those_that_can_be_read(base: KnowledgeBase) -> None:
    found = partnerships.find(base, "Who speaks of farming?", actor=MEMBER)

    assert [each.partnership.partnership for each in found] == ["green"]
    assert partnerships.partnership(base, "green", actor=MEMBER).document_id == found[0].hit.passage.document_id
    write(base.partnerships.folder, partnership(states=[]))
    assert partnerships.find(base, "Who speaks of farming?", actor=MEMBER) == ()


def test_it_is_no_document_about_a_place(base: KnowledgeBase) -> None:
    assert not {
        path
        for each in contexts.documents_about(base, "BE", actor=MEMBER).documents.values()
        if (path := each.path).endswith("green.yaml")
    }


def test_it_is_read_anew_when_an_organisation_that_it_names_is_called_otherwise_and_for_no_other(base: KnowledgeBase) -> None:
    write(base.organisations.folder, organisation("zebra"))
    assert states(base)["partnership:green.yaml"] is FileState.UNCHANGED

    write(base.organisations.folder, organisation(title="School of Farms"))
    assert states(base)["partnership:green.yaml"] is FileState.INDEXED
    hit = partnerships.find(base, "Who leads it?", actor=MEMBER)[0].hit
    document = base.catalog.document(hit.passage.document_id)
    assert document is not None
    assert "Led by School of Farms." in document.text


def test_what_a_facilitator_writes_down_is_on_its_way_into_the_index(base: KnowledgeBase, launched: list[Job]) -> None:
    """Without the role of who adds documents; and nothing is ingested where nothing had changed."""
    version = partnerships.partnership(base, "green", actor=LEADS).version
    partnership_editing.save(base, "green", {"lead": "farm-school"}, base_version=version, actor=LEADS)
    assert launched == []
    partnership_editing.move(base, "green", "active", base_version=version, actor=LEADS)

    assert [job.paths for job in launched] == [(str(base.partnerships.folder / "green.yaml"),)]
