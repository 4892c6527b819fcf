"""Files of organisations and partnerships: every fault by line, what they say as documents, and under which name they are known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kb.adapters import directory_text
from kb.adapters.readers import read_file
from kb.errors import NotFound, ReadError
from kb.peers.flaws_between import Surroundings
from kb.peers.learning.organisation import Organisation, called
from kb.peers.learning.partnership import Partnership, PartnershipState
from kb.retrieval.passage import BlockKind
from kb.services.files import entry_key, entry_of, find_files, is_below, key_of, path_of
from kb.settings import Settings
from tests.directories import organisation, partnership, write

ROOT = Path(__file__).parents[2]
AROUND = Surroundings(lambda path: path == "there.md", frozenset({"theme:environment", "theme:cooperatives"}))


def faults(raw: dict[str, Any], name: str = "", around: Surroundings = AROUND) -> list[str]:
    read = directory_text.read_organisation if "organisation" in raw else directory_text.read_partnership
    found = read(json.dumps(raw), name or raw.get("organisation") or raw["partnership"], "x.yaml", around)
    return [fault.in_words for fault in found.faults]


def test_what_is_written_without_a_fault_is_read() -> None:
    assert faults(organisation()) == []
    assert faults(partnership()) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"kind": "club"}, ["kind: “club” is none of cooperative, association, mutual"]),
        ({"title": None}, ["has no “title”"]),
        ({"country": "UK"}, ["country: “UK” is no country code of ISO 3166; did you mean GB?"]),
        ({"countries": None}, ["has no “countries”; write “unknown” if nobody knows"]),
        ({"what": "It trains farmers."}, ["what: names no source; put [@key] behind what it says"]),
        ({"what": "It trains [@pge]."}, ["what: cites “pge”, which is not among the sources; did you mean “page”?"]),
        ({"themes": ["enviroment"]}, ["themes.1: “enviroment” is no theme of the concepts; did you mean “environment”?"]),
        ({"themes": ["environment", "environment"]}, ["themes.2: “environment” is there twice"]),
        ({"part_of": "farm-school"}, ["part_of: is “farm-school” itself"]),
        ({"expertise": [""]}, ["expertise.1: is blank"]),
        ({"seeks": [{"what": "money", "text": "unknown", "source": "page"}]}, ["seeks.1.what: “money” is none of knowledge"]),
        ({"projects": [{"title": "A", "what": "unknown", "source": "none"}]}, ["projects.1.source: “none” is no source"]),
        (
            {"projects": [{"title": "A", "what": "unknown", "start": "2022", "end": "2021", "source": "page"}]},
            ["projects.1.end: is 2021, before the start on 2022"],
        ),
        (
            {"sources": {"page": {"title": "A", "organisation": "B", "document": "gone.md"}}},
            ["sources.page.document: there is no document “gone.md” inside corpus/documents"],
        ),
        ({"colour": "green"}, ["colour: unknown key “colour”; known are organisation, language, title"]),
    ],
)
def test_every_fault_of_an_organisation_is_told(changes: dict[str, Any], told: list[str]) -> None:
    found = faults(organisation(**changes))

    assert len(found) == len(told)
    assert [each[: len(start)] for each, start in zip(found, told, strict=True)] == told


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"partners": [{"organisation": "Hive", "groups": ["sol"]}]},
            ["partners.1.groups.1: “sol” is no group of the partnership"],
        ),
        ({"partners": [{"organisation": "Hive"}, {"organisation": "Hive"}]}, ["partners.2: “Hive” is there twice"]),
        ({"states": []}, ["states: is empty; at least one is wanted"]),
        (
            {"states": [{"state": "active", "date": "2026"}, {"state": "forming", "date": "2027"}]},
            ["states.2.state: is “forming” behind “active”; a partnership goes only forward"],
        ),
        (
            {"states": [{"state": "active", "date": "2026-05"}, {"state": "active", "date": "2026-06"}]},
            ["states.2.state: is “active” behind “active”"],
        ),
        (
            {"states": [{"state": "forming", "date": "2026-05"}, {"state": "closed", "date": "2026-04-30"}]},
            ["states.2.date: is 2026-04-30, before 2026-05"],
        ),
        ({"states": [{"state": "sleeping", "date": "2026"}]}, ["states.1.state: “sleeping” is none of forming, active, reporting"]),
        ({"start": "2026-05", "end": "2026-04"}, ["end: is 2026-04, before the start on 2026-05"]),
        ({"called": [{"name": "PLP 9", "source": "nobody"}]}, ["called.1.source: “nobody” is no source"]),
        ({"topic": "Farming."}, ["topic: names no source"]),
    ],
)
def test_every_fault_of_a_partnership_is_told(changes: dict[str, Any], told: list[str]) -> None:
    found = faults(partnership(**changes))

    assert len(found) == len(told)
    assert [each[: len(start)] for each, start in zip(found, told, strict=True)] == told


def test_all_faults_come_together_with_their_lines() -> None:
    text = "organisation: other\nlanguage: en\ntitle: Farm\nkind: club\n"
    found = directory_text.read_organisation(text, "farm", "farm.yaml")

    assert found.made is None
    assert [(fault.line, fault.place) for fault in found.faults if fault.place] == [(1, "organisation"), (4, "kind")]
    missing = {fault.sentence.split("“")[1].split("”")[0] for fault in found.faults if fault.sentence.startswith("has no")}
    assert missing == {"country", "countries", "languages", "website", "what", "expertise", "themes", "projects", "seeks",
                       "sources", "reviewed"}  # fmt: skip


def test_a_state_may_be_skipped_and_a_year_is_not_before_its_month() -> None:
    states = [
        {"state": "forming", "date": "2026-05"},
        {"state": "reporting", "date": "2026"},
        {"state": "closed", "date": "unknown"},
    ]

    assert faults(partnership(states=states)) == []
    assert Partnership.of(partnership(states=states)).state is PartnershipState.CLOSED


def test_an_organisation_is_known_by_all_its_names_case_and_what_stands_in_parentheses_aside() -> None:
    own = Organisation.of(organisation(title="Fermes d'Avenir", also=["Farms of Tomorrow"]))

    assert all(map(own.is_called, ("farm-school", "FERMES D’AVENIR", "Fermes d'Avenir (SOS GROUP)", "farms of tomorrow")))
    assert not any(map(own.is_called, ("", "Fermes", "SOS GROUP", "Farm Schools")))
    assert called("fermes d'avenir", [own]) is own
    assert called("Hive", [own]) is None


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    write(tmp_path / "organisations", organisation())
    return tmp_path


def test_as_a_document_it_says_language_by_language_what_it_did_with_whom_and_names_countries(corpus: Path) -> None:
    reading = read_file(corpus / "organisations" / "farm-school.yaml")

    assert [(block.kind, block.level, block.text) for block in reading.blocks] == [
        (BlockKind.HEADING, 1, "Farm School"),
        (BlockKind.HEADING, 2, "Farm School: what it is and does"),
        (BlockKind.PARAGRAPH, 0, "It trains farmers."),
        (BlockKind.PARAGRAPH, 0, "Expertise: agroecology. Seat: France. Works in Belgium."),
        (BlockKind.HEADING, 2, "Farm School: project Green Fields"),
        (BlockKind.PARAGRAPH, 0, "A training in agroecology."),
        (BlockKind.PARAGRAPH, 0, "With partners Hive (Belgium). Paid by Erasmus+."),
        (BlockKind.HEADING, 2, "Farm School: looks for"),
        (BlockKind.LIST_ITEM, 0, "a partner for a project: A partner for a second round."),
        (BlockKind.HEADING, 1, "Farm School"),
        (BlockKind.HEADING, 2, "Farm School : ce qu'elle est et fait"),
        (BlockKind.PARAGRAPH, 0, "Elle forme des agriculteurs."),
        (BlockKind.HEADING, 2, "Farm School : projet Green Fields"),
        (BlockKind.PARAGRAPH, 0, "Une formation."),
        (BlockKind.PARAGRAPH, 0, "Avec les partenaires Hive (Belgique). Financé par Erasmus+."),
    ]
    about = reading.metadata
    assert (about.title, about.kind, about.countries, about.themes) == (
        "Farm School",
        "organisation",
        ("FR", "BE"),
        ("environment",),
    )
    assert about.entry == ""  # whose entry it is the ingest says, by the file's place


def test_one_with_a_fault_is_not_searched_and_says_how_to_see_it(corpus: Path) -> None:
    write(corpus / "organisations", organisation(kind="club"))

    with pytest.raises(ReadError, match=r"faults: 1, the first in line 4 \(kind: .*see kb learn organisation check farm-school"):
        read_file(corpus / "organisations" / "farm-school.yaml")


def test_the_ledger_knows_it_by_its_place_and_by_nothing_else(corpus: Path) -> None:
    documents, file = corpus / "documents", corpus / "organisations" / "farm-school.yaml"
    (file.with_name("NOTICE")).write_text("not one of them", encoding="utf-8")
    (documents / "organisation:sly.yaml").write_text("a: b", encoding="utf-8")

    found = [each.key for each in find_files([documents, file.parent], documents)]
    assert found[-1] == "organisation:farm-school.yaml" == entry_key("farm-school") == key_of(file, documents)
    assert [key for key in found if key.startswith("organisation:")] == ["organisation:farm-school.yaml"]
    assert path_of(found[-1], documents) == file
    assert entry_of(found[-1]) == "farm-school"
    assert (entry_of("practice:farm-school.yaml"), entry_of("farm-school.yaml")) == ("", "")
    assert is_below(found[-1], "organisation:")
    assert not is_below(found[-1], ".")


def test_names_that_lead_elsewhere_are_no_names(corpus: Path) -> None:
    from kb import open_kb

    kb = open_kb(Settings(corpus, corpus / "index"))
    for name in ("../organisations/farm-school", ".farm-school", "nobody", "a" * 300):
        with pytest.raises(NotFound, match="There is no organisation called"):
            kb.organisations.read(name)
    assert kb.partnerships.names() == []


@pytest.mark.parametrize("folder", ["organisations", "partnerships"])
def test_the_sample_has_no_fault(folder: str) -> None:
    from kb import open_kb

    kb = open_kb(Settings(ROOT / "corpus", ROOT / "index"))
    files = kb.organisations if folder == "organisations" else kb.partnerships
    around = Surroundings(lambda path: (kb.documents / path).is_file(), kb.concepts().tags)
    read = [files.read(name, around) for name in files.names()]

    assert len(read) >= (20 if folder == "organisations" else 3)
    assert [str(fault) for each in read for fault in each.faults] == []
