"""Context profiles and indicators in files: what they say, and every fault of a file at once, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.adapters.context_folder import ContextFolder
from kb.errors import NotFound
from kb.peers.contexts import place
from kb.peers.contexts.groups import ConditionGroup
from kb.peers.contexts.profile import Languages, PlaceKind
from kb.peers.flaws_between import Surroundings
from kb.services.context_files import MAX_BYTES
from tests import places
from tests.places import INDICATORS, PORTUGAL

BROKEN = """\
context: ES
kind: region
within: FR
languag: en
title:
languages: {codes: [portuguese], source: censuss}
legal_forms: {name: cooperativa}
groups:
  needs-and-population: Villages grow old.
  legal-framework: {en: "A law [@laww].", fr: unknown}
  political-will: unknown
  finances: unknown
values:
  - {indicator: population, value: 0, date: 2021, scope: whole country, source: census}
  - {indicator: population, value: unknown}
  - {indicator: jobless, value: 650, date: 2023-13, scope: whole country, source: census}
  - {indicator: frame-law, value: true, date: 2013, source: law}
  - {indicator: law-year, value: "2,013", date: 2013, scope: whole country}
  - {indicator: ministry, value: work, date: 2013, scope: whole country, source: law}
  - {indicator: markets, value: [young, Young], date: 2017, scope: whole country, source: law}
  - {indicator: marketing, value: 3, date: 2017, scope: whole country, source: law}
sources:
  census: {title: Census, organisation: Statistics Portugal, date: 2021, adress: "https://example.org/census"}
  law: {title: Law 30/2013, organisation: Assembly, document: guides/gone.md}
"""
FAULTS = [
    "1: : has no “reviewed”; write “unknown” if nobody knows",
    "1: context: is “ES” in a file called PT.yaml; wanted is the same name",
    "2: kind: is “region”; ES is the code of a country",
    "3: within: is “FR”; a country lies within none, so it is left blank",
    "4: languag: unknown key “languag”; did you mean “language”?",
    "5: title: is blank",
    "6: languages.codes.1: language “portuguese” is not a code such as en, fr, pt",
    "6: languages.source: “censuss” is no source; did you mean “census”?",
    "7: legal_forms: is keys with values; wanted is a list",
    "8: groups: has no “culture-and-words”; write “unknown” if nobody knows",
    "8: groups: has no “ecosystem-capacity”; write “unknown” if nobody knows",
    "8: groups: has no “finance”; write “unknown” if nobody knows",
    "8: groups: has no “gender-and-inclusion”; write “unknown” if nobody knows",
    "8: groups: has no “market-access”; write “unknown” if nobody knows",
    "9: groups.needs-and-population: names no source; put [@key] behind what it says, with a key of the sources",
    "10: groups.legal-framework: in fr it is “unknown”; leave that language out",
    "10: groups.legal-framework.en: cites “laww”, which is not among the sources; did you mean “law”?",
    "12: groups.finances: “finances” is no group of conditions; did you mean “finance”?",
    "14: values.1.value: “0” is not above 0, and its scale is log: wanted is a number above 0",
    "15: values.2: “population” is said to be unknown and is answered elsewhere, or twice said to be unknown",
    "16: values.3.date: “2023-13” is no date; wanted is a year, a month or a day (2026, 2026-11, 2026-11-22), or “unknown”",
    "16: values.3.value: “650” is no share; wanted is a number from 0 to 100, in percent",
    "17: values.4: has no “scope”; write “unknown” if nobody knows",
    "17: values.4.value: “true” is none of yes, no",
    "18: values.5: has no “source”",
    "18: values.5.value: “2,013” is no number; wanted is one such as 1200 or 3.5, without spaces, commas or a unit",
    "19: values.6.value: “work” is none of labour, economy, nobody",
    "20: values.7.value: names something twice",
    "21: values.8.indicator: “marketing” is no indicator; did you mean “markets”?",
    "23: sources.census.adress: unknown key “adress”; did you mean “address”?",
    "24: sources.law.document: there is no document “guides/gone.md” inside corpus/documents",
]
BROKEN_INDICATORS = """\
language: en
indicators:
  - {indicator: population, group: people, title: Population, definition: Who live there, measure: amount, scale: log}
  - {indicator: population, group: finance, title: Twice, definition: Again, measure: share, scale: log}
  - {indicator: ministry, group: finance, title: Who, definition: In government, measure: choice, choices: [labour]}
  - {indicator: funds, group: finance, title: Funds, definition: Are there any, measure: yes-no, choices: [yes, 2nd]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    places.write(tmp_path / "corpus" / "contexts", PT=PORTUGAL)
    return tmp_path / "corpus" / "contexts"


def told(files: ContextFolder, name: str, around: Surroundings | None = None) -> list[str]:
    file = files.read(name, around)
    assert all(fault.file == f"corpus/contexts/{name}.yaml" for fault in file.faults)
    return [f"{fault.line}: {fault.place}: {fault.sentence}" for fault in file.faults]


def test_what_a_profile_says(folder: Path) -> None:
    files = ContextFolder(folder)
    file = files.read("PT")
    profile = file.profile

    assert (files.places(), file.faults) == (["PT"], ())
    assert profile is not None
    assert (profile.place, profile.country, profile.kind, profile.within) == ("PT", "PT", PlaceKind.COUNTRY, "")
    assert profile.languages == Languages(codes=("pt",), source="census")
    assert profile.text(ConditionGroup.NEEDS_AND_POPULATION).best("fr") == ("fr", "Les villages vieillissent [@census].")
    assert profile.text(ConditionGroup.FINANCE).is_unknown
    said = {each.indicator: each.value for each in reversed(profile.values)}
    assert said == {
        "population": 10_000_000, "jobless": 6.5, "frame-law": "yes", "law-year": 2013, "ministry": "unknown",
        "markets": ("disabled", "young"),
    }  # fmt: skip
    assert [value.value for value in profile.values_of("jobless")] == [6.5, 7.5]
    assert (profile.values_of("ministry"), profile.is_said("ministry"), profile.is_said("law")) == ((), True, False)


def test_every_fault_of_a_profile_is_told_at_once_with_its_line(folder: Path) -> None:
    (folder / "PT.yaml").write_text(BROKEN, encoding="utf-8")
    files = ContextFolder(folder)

    assert told(files, "PT", Surroundings(has_document=lambda path: False)) == FAULTS
    assert files.read("PT").profile is None


def test_what_no_page_can_show_is_left_out_of_what_a_file_says(folder: Path) -> None:
    """YAML spells any character in quotes: control characters, and marks that make other words appear than are there."""
    title = next(line for line in PORTUGAL.splitlines() if line.startswith("title:"))
    assert title
    (folder / "PT.yaml").write_text(PORTUGAL.replace(title, 'title: {en: "Port\\u202eugal\\x07\\0"}'), encoding="utf-8")

    profile = ContextFolder(folder).read("PT").profile
    assert profile is not None
    assert profile.title.best("en") == ("en", "Portugal")


def test_a_document_that_is_not_there_is_a_fault_and_the_profile_is_read_all_the_same(folder: Path) -> None:
    file = ContextFolder(folder).read("PT", Surroundings(has_document=lambda path: False))

    assert [fault.place for fault in file.faults] == ["sources.law.document"]
    assert file.profile is not None


def test_every_fault_of_the_indicators_is_told_and_no_profile_can_be_used_until_they_are_mended(folder: Path) -> None:
    (folder / "indicators.yaml").write_text(BROKEN_INDICATORS, encoding="utf-8")
    files = ContextFolder(folder)

    assert [f"{fault.line}: {fault.place}: {fault.sentence}" for fault in files.indicators().faults] == [
        "3: indicators.1: has no “unit”; an amount is an amount of something",
        "3: indicators.1.group: “people” is none of " + ", ".join(ConditionGroup),
        "4: indicators.2.indicator: “population” is there twice",
        "4: indicators.2.scale: is log; of a share it cannot be, only of an amount",
        "5: indicators.3: has fewer than two “choices”; a choice needs something to choose from",
        "6: indicators.4.choices: are those of a choice; the measure is yes-no",
        "6: indicators.4.choices.2: “2nd” begins with a figure; a choice is a word, so that it is never taken for a number",
    ]
    assert (files.indicators().indicators, files.read("PT").profile) == (None, None)
    assert told(files, "PT") == ["19: values: cannot be checked: indicators.yaml has faults itself; mend them first"]


def test_without_indicators_no_profile_can_be_used(folder: Path) -> None:
    (folder / "indicators.yaml").unlink()
    file = ContextFolder(folder).indicators()

    assert (file.is_there, file.indicators) == (False, None)
    assert [str(fault) for fault in file.faults] == [
        "corpus/contexts/indicators.yaml:1: is not there; it says what is asked about every place, "
        "and no profile can be used without it"
    ]


def test_a_profile_is_read_again_when_it_changes_or_what_is_asked_does(folder: Path) -> None:
    files = ContextFolder(folder)
    first = files.read("PT")
    assert files.read("PT") is first

    (folder / "PT.yaml").write_text(PORTUGAL.replace("6.5", "6.25"), encoding="utf-8")
    second = files.read("PT").profile
    assert second is not None
    assert [value.value for value in second.values_of("jobless")] == [6.25, 7.5]

    (folder / "indicators.yaml").write_text(INDICATORS.replace("indicator: jobless", "indicator: idle"), encoding="utf-8")
    assert [fault.place for fault in files.read("PT").faults] == ["values.2.indicator", "values.3.indicator"]


@pytest.mark.parametrize("name", ["ES", "indicators", "../contexts/PT", "", "."])
def test_a_place_without_a_file_is_not_found(folder: Path, name: str) -> None:
    with pytest.raises(NotFound, match="There is no context profile of"):
        ContextFolder(folder).read(name)


def test_links_and_hidden_files_are_no_profiles(folder: Path) -> None:
    (folder / "ES.yaml").symlink_to(folder / "PT.yaml")
    (folder / ".FR.yaml").write_text(PORTUGAL, encoding="utf-8")

    assert ContextFolder(folder).places() == ["PT"]
    assert ContextFolder(folder.parent / "nowhere").places() == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (b"context: \xff", "is not UTF-8; save the file as UTF-8"),
        (b"- PT", "is not a list of keys and values"),
        (b"a: &x 1\nb: *x", "anchors (&) and aliases (*) are not accepted; put such a value in quotes"),
        (b"context: PT\n" + b"#" * MAX_BYTES, "is longer than 256 KB: a profile tells of one place, and cites what tells more"),
    ],
)
def test_what_is_no_profile_at_all(folder: Path, text: bytes, fault: str) -> None:
    (folder / "PT.yaml").write_bytes(text)

    assert fault in [each.sentence for each in ContextFolder(folder).read("PT").faults]


def test_a_region_lies_within_its_country(folder: Path) -> None:
    places.write(folder, CA_QC=places.raw("CA-QC"), CA_ON=places.raw("CA-ON", {}, kind="country", within="US"))
    files = ContextFolder(folder)
    quebec = files.read("CA-QC").profile

    assert quebec is not None
    assert (quebec.place, quebec.country, quebec.kind) == ("CA-QC", "CA", PlaceKind.REGION)
    assert [fault.in_words for fault in files.read("CA-ON").faults] == [
        "kind: is “country”; CA-ON is the code of a region",
        "within: is “US”; wanted is “CA”",
    ]


WANTED = "wanted is a country of ISO 3166-1 such as PT, or a region of ISO 3166-2 such as CA-QC"


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("PT", ""),
        ("CA-QC", ""),
        ("BR-SP", ""),
        ("pt", "“pt” is no country code of ISO 3166; did you mean PT?"),
        ("UK", "“UK” is no country code of ISO 3166; did you mean GB?"),
        ("EU", f"“EU” is no place; {WANTED}"),
        ("CA-QUEBEC", f"“CA-QUEBEC” is no place; {WANTED}"),
        ("XX-1", f"“XX-1” is no place; {WANTED}"),
        ("PT\n", "“PT\n” is no country code of ISO 3166, such as IT, PT or SI"),
    ],
)
def test_codes_of_places(code: str, fault: str) -> None:
    assert place.fault_of(code) == fault
