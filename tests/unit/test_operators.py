"""What operators mean for the documents there are, and what countries and languages are called."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.adapters.locale_names import LocaleNames
from kb.retrieval.answer import Filters
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.operators import with_names_written_out
from kb.retrieval.passage import DocumentId, Metadata

NAMES = ["Self-Employed Women's Association (SEWA)", "SEWA Bank", "Fédération des coopératives", ""]
DOCUMENTS = {
    DocumentId(str(i)): DocumentSummary(
        DocumentId(str(i)), f"{i}.md", "", "text/markdown", Metadata(organisation=name, countries=("IN",)), 0, 1, ("en",), ""
    )
    for i, name in enumerate(NAMES)
}


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("sewa", (NAMES[1], NAMES[0])),
        ("SEWA bank", (NAMES[1],)),
        ("self employed women", (NAMES[0],)),
        ("federation", (NAMES[2],)),
        ("ew", ("ew",)),
        ("?", ("?",)),
    ],
)
def test_an_organisation_is_meant_by_words_of_its_name(typed: str, full: tuple[str, ...]) -> None:
    assert with_names_written_out(Filters(organisations=(typed,)), DOCUMENTS).organisations == full


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("women", ("group:women", "women")),
        ("WOMEN", ("group:women", "women")),
        ("group:women", ("group:women",)),
        ("theme:women", ("theme:women",)),
        ("wom", ("wom",)),
        ("women-and-gender", ("theme:women-and-gender",)),
        ("women and gender", ("theme:women-and-gender",)),
        ("económico", ("economico",)),
        ("5", ("sdg:5",)),
    ],
)
def test_a_tag_is_meant_by_its_word_with_or_without_the_prefix(typed: str, meant: tuple[str, ...]) -> None:
    tags = ("group:women", "women", "theme:women-and-gender", "economico", "sdg:5", "sdg:15")
    documents = {each: replace(document, tags=tags[int(each) :]) for each, document in DOCUMENTS.items()}

    assert with_names_written_out(Filters(tags=(typed,)), documents).tags == meant


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("India", "IN"),
        ("inde", "IN"),
        ("Österreich", "AT"),
        ("osterreich", "AT"),
        ("Côte d’Ivoire", "CI"),
        ("World", None),
        ("", None),
    ],
)
def test_countries_are_known_by_name_in_several_languages(name: str, code: str | None) -> None:
    assert LocaleNames().country(name) == code


@pytest.mark.parametrize(("name", "code"), [("French", "fr"), ("français", "fr"), ("Deutsch", "de"), ("தமிழ்", "ta"), ("x", None)])
def test_languages_are_known_by_name(name: str, code: str | None) -> None:
    assert LocaleNames().language(name) == code
