"""The context profiles that are shipped: enough of them, every fact with its source, nothing left unsaid, and the gaps by name."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from kb.adapters.concept_folder import ConceptFolder
from kb.adapters.context_folder import ContextFolder
from kb.adapters.sheet_files import SheetFolder
from kb.peers.contexts.distance import distance
from kb.peers.contexts.groups import ConditionGroup
from kb.peers.contexts.indicators import Indicators, Known
from kb.peers.contexts.profile import ContextProfile, Languages, PlaceKind
from kb.peers.flaws_between import Surroundings
from kb.peers.narrative import cited

CORPUS = Path(__file__).parents[2] / "corpus"
FOLDER = ContextFolder(CORPUS / "contexts")
PLACES = FOLDER.places()
PARTNERSHIPS = {f"plp-{number}" for number in range(1, 7)}
WITHOUT_PROFILE = {"EU"}  # codes in practice sheets that stand for no one country: the known gap


@cache
def profile(place: str) -> ContextProfile:
    found = FOLDER.read(place).profile
    assert found is not None, FOLDER.read(place).faults
    return found


def asked() -> Indicators:
    found = FOLDER.indicators().indicators
    assert found is not None
    return found


def known(place: str, indicator: str) -> Known:
    value = profile(place).value(indicator)
    assert value is not None
    return value.value


def test_there_are_profiles_of_countries_and_of_regions() -> None:
    kinds = [profile(place).kind for place in PLACES]
    assert kinds.count(PlaceKind.COUNTRY) >= 16
    assert kinds.count(PlaceKind.REGION) >= 3
    assert {profile(place).country for place in PLACES} <= set(PLACES)  # a region stands beside its country


@pytest.mark.parametrize("place", PLACES)
def test_a_profile_has_no_fault_and_the_documents_of_its_sources_are_there(place: str) -> None:
    around = Surroundings(has_document=lambda path: (CORPUS / "documents" / path).is_file())
    assert not FOLDER.indicators().faults
    assert not FOLDER.read(place, around).faults


def test_each_group_of_conditions_is_asked_about() -> None:
    assert {each.group for each in asked().indicators} == set(ConditionGroup)
    assert 14 <= len(asked().indicators) <= 24
    for each in asked().indicators:
        assert {"en", "fr"} <= set(each.title.languages), each.indicator


@pytest.mark.parametrize("place", PLACES)
def test_every_indicator_is_answered_or_said_to_be_unknown(place: str) -> None:
    assert [name for name in asked().names if not profile(place).is_said(name)] == []


@pytest.mark.parametrize("place", PLACES)
def test_every_fact_has_a_source_with_an_organisation_and_no_source_is_left_over(place: str) -> None:
    shown = profile(place)
    values = [each for each in shown.values if not each.is_unknown]
    assert all(each.source in shown.sources for each in values)
    assert all(shown.sources[each.source].title and shown.sources[each.source].organisation for each in values)
    words = [words for text in shown.groups.values() for _, words in text.said]
    used = {each.source for each in values} | {key for text in words for key in cited(text)}
    if shown.legal_forms != "unknown":
        used |= {form.source for form in shown.legal_forms}
    if isinstance(shown.languages, Languages):
        used.add(shown.languages.source)
    assert used == set(shown.sources)


@pytest.mark.parametrize("place", PLACES)
def test_every_sentence_of_a_group_is_in_the_language_of_the_profile_and_in_a_second_one(place: str) -> None:
    shown = profile(place)
    assert set(shown.groups) == set(ConditionGroup)
    for group, text in shown.groups.items():
        wanted = {shown.language, "fr" if shown.language == "en" else "en"}
        assert text.is_unknown or wanted <= set(text.languages), group
        keys = [cited(words) for language, words in text.said if language in wanted]
        assert all(keys), group


@pytest.mark.parametrize("place", PLACES)
def test_most_groups_are_known_and_culture_always(place: str) -> None:
    """The words of a place are what misleads most, and the law is what a practice asks for first."""
    shown = profile(place)
    assert sum(not text.is_unknown for text in shown.groups.values()) >= 5
    assert not shown.text(ConditionGroup.CULTURE_AND_WORDS).is_unknown
    assert not shown.text(ConditionGroup.LEGAL_FRAMEWORK).is_unknown


def test_the_countries_of_the_practices_have_a_profile_but_for_the_known_gaps() -> None:
    sheets = SheetFolder(CORPUS / "practices")
    found = set()
    for name in sheets.names():
        sheet = sheets.read(name).sheet
        assert sheet is not None
        if sheet.place.countries != "unknown":
            found |= set(sheet.place.countries)
    assert found - set(PLACES) == WITHOUT_PROFILE


def test_legal_forms_are_concepts_and_partnerships_are_the_six() -> None:
    concepts = {concept.id for concept in ConceptFolder(CORPUS / "concepts")().concepts}
    for place in PLACES:
        for each in profile(place).values_of("legal-forms"):
            assert isinstance(each.value, tuple)
            assert set(each.value) <= concepts, place
        for each in profile(place).values_of("plp-named"):
            assert isinstance(each.value, tuple)
            assert set(each.value) <= PARTNERSHIPS, place


def test_published_figures_stand_as_they_were_published() -> None:
    """OECD, read.oecd.org/10.1787/f702fe0f-en and bc8fb83f-en; the frame laws by their own dates."""
    assert (known("PT", "sse-women-share"), known("PT", "workforce-women-share")) == (77, 45)
    assert (known("BE", "sse-women-share"), known("BE", "workforce-women-share")) == (74, 46)
    shares = {place: known(place, "sse-gdp-share") for place in ("FR", "ES", "CO", "PT", "PL")}
    assert shares == {"FR": 10, "ES": 10, "CO": 4, "PT": 3, "PL": 1.8}
    assert (known("CO", "sse-employment-share"), known("MX", "sse-employment-share")) == (4, 3.2)
    years = {place: known(place, "sse-frame-law-year") for place in ("FR", "BG", "PL", "BR", "IT", "CA-QC")}
    assert years == {"FR": 2014, "BG": 2018, "PL": 2022, "BR": 2024, "IT": 2017, "CA-QC": 2013}


def test_ministries_in_the_legal_partnership_are_the_seven_of_its_account() -> None:
    countries = [place for place in PLACES if profile(place).kind is PlaceKind.COUNTRY]
    assert {place for place in countries if known(place, "plp1-ministry") == "yes"} == {"BR", "CA", "KR", "IN", "IT", "MX", "ES"}


def test_a_computed_number_says_from_what_and_comes_out_again() -> None:
    """GDP per head from CLDR: the scope names both numbers; their quotient, to the next hundred, is the value."""
    computed = [each for place in PLACES for each in profile(place).values_of("gdp-per-head") if each.source == "cldr"]
    assert len(computed) >= 16
    for each in computed:
        gdp, people = (int(word) for word in each.scope.split() if word.isdigit())
        assert each.value == round(gdp / people / 100) * 100


def test_two_sources_that_disagree_both_stand_and_the_dated_one_counts() -> None:
    both = profile("IN").values_of("literacy")
    assert [(each.value, each.date, each.source) for each in both] == [(81.7, "2023", "factbook"), (62.8, "unknown", "cldr")]


def test_distances_stand_on_several_groups() -> None:
    profiles = {place: profile(place) for place in PLACES}
    countries = [place for place in PLACES if profiles[place].kind is PlaceKind.COUNTRY]
    for one, other in combinations(countries, 2):
        apart = distance(profiles[one], profiles[other], asked(), tuple(profiles.values()))
        assert apart.value is not None
        assert len({part.group for part in apart.parts}) >= 6, (one, other)
    for one, other in combinations(PLACES, 2):
        apart = distance(profiles[one], profiles[other], asked(), tuple(profiles.values()))
        assert len({part.group for part in apart.parts}) >= 2, (one, other)


def test_the_licence_of_the_data_is_beside_it() -> None:
    notice = (CORPUS / "contexts" / "NOTICE").read_text(encoding="utf-8")
    assert "Unicode-3.0" in notice
    assert "Copyright © 2004-2026 Unicode, Inc." in notice
    assert "THIS COPYRIGHT AND PERMISSION NOTICE APPEAR WITH ALL COPIES" in " ".join(notice.split()).upper()
