"""A context profile as a document: what is read of it, under which name, and when it is read again."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.adapters.readers import read_file
from kb.adapters.sandbox import SandboxedReader
from kb.errors import ReadError
from kb.retrieval.passage import BlockKind, Reading
from kb.services.files import FoundFile, context_key, context_of, find_files, is_below, key_of, path_of
from tests import places

HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    places.write(tmp_path / "contexts", PT=places.PORTUGAL)
    return tmp_path


def told(reading: Reading) -> list[tuple[BlockKind, int, str]]:
    return [(block.kind, block.level, block.text) for block in reading.blocks]


def test_it_says_group_by_group_what_is_known_with_every_value_and_who_says_so(corpus: Path) -> None:
    reading = read_file(corpus / "contexts" / "PT.yaml")

    assert told(reading) == [
        (HEADING, 1, "Context profile: Portugal"),
        (HEADING, 2, "Portugal: needs and population"),
        (PARAGRAPH, 0, "Villages grow old."),
        (ITEM, 0, "Population: 10000000 people (2021, whole country; Statistics Portugal)"),
        (ITEM, 0, "Out of work: 6.5 % (2023, whole country; Statistics Portugal)"),
        (ITEM, 0, "Out of work: 7.5 % (2022, whole country; Assembly)"),
        (HEADING, 2, "Portugal: legal framework"),
        (PARAGRAPH, 0, "A law names whom it means."),
        (PARAGRAPH, 0, "It asks for a register."),
        (ITEM, 0, "Frame law: yes (2013, whole country; Assembly)"),
        (ITEM, 0, "Year of the law: 2013 (2013, whole country; Assembly)"),
        (HEADING, 2, "Portugal: legal forms"),
        (ITEM, 0, "cooperativa: Persons who work together (Cooperative Code, 1996)"),
        (HEADING, 2, "Portugal: market access"),
        (ITEM, 0, "Reserved contracts: disabled, young (2017, whole country; Assembly)"),
        (HEADING, 1, "Profil de contexte : Portugal"),
        (HEADING, 2, "Portugal : besoins et population"),
        (PARAGRAPH, 0, "Les villages vieillissent."),
    ]
    about = reading.metadata
    assert (about.title, about.kind, about.countries) == ("Context profile: Portugal", "context-profile", ("PT",))
    assert (about.language, about.date, about.context) == ("en", "2026-11-22", "")  # of which place it is, the ingest says


def test_a_profile_in_which_nothing_is_known_is_a_heading(corpus: Path) -> None:
    places.write(corpus / "contexts", CA_QC=places.raw("CA-QC"))
    reading = read_file(corpus / "contexts" / "CA-QC.yaml")

    assert told(reading) == [(HEADING, 1, "Context profile: Land of CA-QC")]
    assert reading.metadata.countries == ("CA",)


def test_an_empty_set_says_that_there_are_none_in_the_language_of_the_profile(corpus: Path) -> None:
    places.write(corpus / "contexts", FR=places.raw("FR", {"markets": [], "frame-law": "no"}, language="fr"))

    items = [text for kind, _, text in told(read_file(corpus / "contexts" / "FR.yaml")) if kind is ITEM]

    assert items == ["Frame law: non (2020, all of it; Some)", "Reserved contracts: aucun (2020, all of it; Some)"]


@pytest.mark.parametrize(
    ("name", "before", "after", "reason"),
    [
        (
            "PT",
            "value: yes",
            "value: ja",
            "faults: 1, the first in line 23 (values.4.value: “ja” is none of yes, no); see kb context check PT",
        ),
        (
            "indicators",
            "title: Frame law, ",
            "",
            "faults in indicators.yaml: 1, the first in line 6 (indicators.3: has no “title”); see kb context check",
        ),
    ],
)
def test_a_profile_with_a_fault_is_not_read_at_all(corpus: Path, name: str, before: str, after: str, reason: str) -> None:
    file = corpus / "contexts" / f"{name}.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")

    with pytest.raises(ReadError) as refusal:
        read_file(corpus / "contexts" / "PT.yaml")

    assert (str(refusal.value), refusal.value.state) == (reason, "failed")


def test_without_indicators_it_is_not_read(corpus: Path) -> None:
    (corpus / "contexts" / "indicators.yaml").unlink()

    with pytest.raises(ReadError, match=r"indicators\.yaml is not beside it"):
        read_file(corpus / "contexts" / "PT.yaml")


def test_it_is_read_in_the_sandbox_as_any_file(corpus: Path) -> None:
    with SandboxedReader() as reader:
        assert reader.read(corpus / "contexts" / "PT.yaml") == read_file(corpus / "contexts" / "PT.yaml")


def test_it_is_known_by_its_place_and_found_again_by_that(corpus: Path) -> None:
    documents, profile = corpus / "documents", corpus / "contexts" / "PT.yaml"

    assert key_of(profile, documents) == context_key("PT") == "context:PT.yaml"
    assert path_of("context:PT.yaml", documents) == profile
    assert (context_of("context:CA-QC.yaml"), context_of("contexts/PT.yaml"), context_of("practice:PT.yaml")) == ("CA-QC", "", "")
    assert key_of(corpus / "contexts", documents) == "context:"


def found(corpus: Path) -> dict[str, FoundFile]:
    return {file.key: file for file in find_files([corpus / "contexts"], corpus / "documents")}


def test_only_profiles_of_that_folder_are_documents(corpus: Path) -> None:
    for name in ("PT.yml", "README.md", ".ES.yaml", "map.svg"):
        (corpus / "contexts" / name).write_text("x")

    assert list(found(corpus)) == ["context:PT.yaml"]


def test_a_folder_of_that_name_among_the_documents_is_a_folder_of_documents(corpus: Path) -> None:
    inside = corpus / "documents" / "contexts"
    inside.mkdir()
    for name in ("report.md", "report.yaml"):
        (inside / name).write_text("x")

    assert [file.key for file in find_files([corpus / "documents"], corpus / "documents")] == ["contexts/report.md"]


def test_no_document_passes_for_a_profile_by_its_name(corpus: Path) -> None:
    posing = corpus / "documents" / "context:PT.yaml"
    posing.write_text("x")

    assert [file.key for file in find_files([corpus / "documents"], corpus / "documents")] == [posing.as_posix()]


def test_it_changes_when_what_is_asked_does(corpus: Path) -> None:
    before = found(corpus)["context:PT.yaml"]
    (corpus / "contexts" / "indicators.yaml").write_text(places.INDICATORS.replace("Out of work", "Without work"), encoding="utf-8")
    after = found(corpus)["context:PT.yaml"]

    assert before.content_sha256 == after.content_sha256
    assert before.sha256 != after.sha256


@pytest.mark.parametrize(
    ("key", "root", "below"),
    [
        ("context:PT.yaml", ".", False),
        ("context:PT.yaml", "context:", True),
        ("context:PT.yaml", "practice:", False),
        ("practice:bees.yaml", "context:", False),
        ("a.md", "context:", False),
        ("contexts/a.md", "contexts", True),
    ],
)
def test_what_lies_below_a_place(key: str, root: str, below: bool) -> None:
    assert is_below(key, root) is below
