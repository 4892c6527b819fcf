"""A sheet in a form and back: nothing changes by looking at it; who changed what is told apart."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.adapters.sheet_text import placed
from kb.peers import sheet_form
from kb.peers.names import MAX_CHARS, is_name, name_for
from kb.peers.practice import PracticeSheet
from kb.peers.sheet_form import Form, State, changes, divided, form_of, raw_of, rebased

SHEETS = sorted((Path(__file__).parents[2] / "corpus" / "practices").glob("*.yaml"))
RAW: dict[str, Any] = {
    "practice": "bees", "kind": "tool", "language": "en", "title": {"en": "Bees", "fr": "Abeilles"}, "teaser": "Hives for all",
    "summary": "unknown", "owner": {"name": "City", "type": "public-body", "website": "https://bees.example"},
    "partners": "unknown", "adopted_by": [], "core": ["A hive [@a]", {"en": "Bees", "fr": "Des abeilles"}],
    "sources": {"a": {"title": "Report", "organisation": "City"}},
}  # fmt: skip
texts = st.one_of(
    st.just("unknown"),
    st.text("abé", min_size=1),
    st.dictionaries(st.sampled_from(["en", "fr", "es"]), st.text("ab", min_size=1), min_size=1),
)
raws = st.fixed_dictionaries(
    {"language": st.just("en")},
    optional=dict.fromkeys(("title", "problem", "objectives", "gender"), texts),
)


def read(path: Path) -> dict[str, Any]:
    return dict(placed(path.read_text(encoding="utf-8")).raw)


def edited(raw: dict[str, Any], **values: Any) -> Form:
    """The form of a sheet in which some plain texts were written anew, in the sheet's own language."""
    form = copy.deepcopy(form_of(raw))
    for name, words in values.items():
        form[name]["said"] = {"": words}
        form[name]["unknown"] = False
    return form


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_looking_at_a_sheet_changes_nothing(path: Path) -> None:
    raw = read(path)
    form = form_of(raw)

    assert changes(raw, form) == {}
    assert changes(raw, json.loads(json.dumps(form))) == {}  # nor does a draft


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_a_form_says_what_the_sheet_says(path: Path) -> None:
    raw = read(path)

    back = {name: value for name, value in raw_of(form_of(raw)).items() if value is not None}

    assert PracticeSheet.of(back) == PracticeSheet.of(raw)


@given(raws)
def test_texts_come_back_as_they_were(raw: dict[str, Any]) -> None:
    back = raw_of(form_of(raw))

    assert {name: back[name] for name in raw} == raw


def test_blank_is_blank_where_something_must_be_said_and_nothing_elsewhere() -> None:
    form = edited(RAW, teaser="  ", gender="")

    assert changes(RAW, form) == {"teaser": ""}


def test_unknown_keeps_the_words_in_the_form_and_says_unknown() -> None:
    form = copy.deepcopy(form_of(RAW))
    form["teaser"]["unknown"] = True

    assert changes(RAW, form) == {"teaser": "unknown"}
    assert form["teaser"]["said"] == {"": "Hives for all"}


def test_a_text_in_a_second_language_names_both() -> None:
    form = copy.deepcopy(form_of(RAW))
    form["teaser"]["said"]["fr"] = "Des ruches pour tous"

    assert changes(RAW, form) == {"teaser": {"en": "Hives for all", "fr": "Des ruches pour tous"}}


@pytest.mark.parametrize(
    ("said", "is_told"),
    [
        ({"en": " ", "fr": "Abeilles"}, True),
        ({"fr": "Abeilles"}, True),
        ({"en": "", "fr": ""}, False),
        ({"": "Bees"}, False),
        ({"en": "Bees"}, False),
    ],
)
def test_a_text_is_not_taken_away_in_the_sheets_own_language_only(said: dict[str, str], is_told: bool) -> None:
    form = copy.deepcopy(form_of(RAW))
    form["title"]["said"] = said

    assert [flaw.place for flaw in sheet_form.flaws(form)] == [("title",)] * is_told


@pytest.mark.parametrize(
    ("said", "key"), [({}, ""), ({"": "Bees"}, ""), ({"en": "Bees"}, "en"), ({"fr": "Abeilles"}, "en"), ({"en": ""}, "en")]
)
def test_the_sheets_own_language_may_have_no_name(said: dict[str, str], key: str) -> None:
    assert sheet_form.language_key({"said": said}, "en", "en") == key
    assert sheet_form.language_key({"said": said}, "fr", "en") == "fr"


def test_what_a_list_says() -> None:
    form = form_of(RAW)
    states = {name: form[name]["state"] for name in ("partners", "adopted_by", "figures", "core")}

    assert states == {"partners": State.UNKNOWN, "adopted_by": State.NONE, "figures": State.UNSAID, "core": State.SAID}


def test_an_item_that_is_added_is_blank_where_it_has_to_say_something() -> None:
    form = copy.deepcopy(form_of(RAW))
    form["figures"] = {"state": State.SAID, "items": [sheet_form.blank_item("figures")]}

    assert changes(RAW, form)["figures"] == [
        {
            "what": "",
            "value": "",
            "qualifier": "exactly",
            "unit": "",
            "date": "unknown",
            "scope": "unknown",
            "kind": "",
            "source": "",
        }
    ]


def test_of_a_new_sheet_all_is_a_change_and_what_must_be_said_is_blank() -> None:
    found = changes({}, form_of({"practice": "bees", "kind": "tool", "language": "en", "title": "Bees"}))

    assert found["title"] == "Bees"
    assert found["problem"] == ""
    assert found["sources"] == {}
    assert "gender" not in found


def test_two_sources_of_one_key_are_told() -> None:
    form = copy.deepcopy(form_of(RAW))
    assert sheet_form.flaws(form) == []

    form["sources"]["items"] += [copy.deepcopy(form["sources"]["items"][0]), *(sheet_form.blank_item("sources") for _ in "12")]

    assert [(flaw.place, flaw.sentence) for flaw in sheet_form.flaws(form)] == [
        (("sources", "a"), "the key “a” is there twice"),
        (("sources", ""), "the key “” is there twice"),
    ]


def test_who_changed_what_since_both_began() -> None:
    theirs = RAW | {"teaser": "Their teaser", "summary": "Their summary", "gender": "Same words"}
    mine = edited(RAW, teaser="My teaser", problem="My problem", gender="Same words")

    found = divided(RAW, theirs, mine)

    assert (found.mine, found.theirs, found.both) == (("problem",), ("summary",), ("teaser",))


def test_going_on_from_the_new_sheet_takes_theirs_and_keeps_mine() -> None:
    theirs = RAW | {"teaser": "Their teaser", "summary": "Their summary"}
    mine = edited(RAW, teaser="My teaser", problem="My problem")

    assert changes(theirs, rebased(RAW, theirs, mine)) == {"teaser": "My teaser", "problem": "My problem"}
    assert changes(theirs, rebased(RAW, theirs, mine, {"teaser"})) == {"problem": "My problem"}


@given(raws, raws, raws)
def test_what_only_one_side_changed_is_never_lost(base: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any]) -> None:
    form, found = form_of(mine), divided(base, theirs, form_of(mine))
    merged = raw_of(rebased(base, theirs, form))

    assert {name: merged[name] for name in found.mine} == {name: raw_of(form)[name] for name in found.mine}
    assert {name: merged[name] for name in found.theirs} == {name: raw_of(form_of(theirs))[name] for name in found.theirs}


@pytest.mark.parametrize(
    ("title", "name"),
    [("Bee paths for a city", "bee-paths-for-a-city"), ("L'économie sociale : 3 pas", "leconomie-sociale-3-pas"), ("社会", "")],
)
def test_a_title_makes_a_name(title: str, name: str) -> None:
    assert name_for(title) == name


@given(st.text())
def test_a_name_made_of_any_title_can_be_used(title: str) -> None:
    name = name_for(title)

    assert not name or is_name(name)
    assert len(name) <= MAX_CHARS
