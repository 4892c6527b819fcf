"""What a practice sheet may say, what it may not, and how every fault is told at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.adapters.sheet_files import SheetFolder
from kb.peers import flaws
from kb.peers.completeness import NO_QUESTION, completeness
from kb.peers.flaws_between import Surroundings
from kb.peers.narrative import cited, without_citations
from kb.peers.practice import MANDATORY, PracticeSheet
from tests.sheets import RAW, SOUND

FIVE_FAULTS = """\
practice: bee-path
kind: good-practise
language: en
title: Bee paths for a city
teaser: A path for bees brings people together.
sumary: A city opens a path along beehives.
problem:
solution: The city marks a path [@urbcat, p. 12].
owner: {name: City of Ljubljana, type: public-body, country: UK}
place: {countries: [SI], scale: local}
period: {start: 2015, end: ongoing, status: running}
target_group: unknown
resources: unknown
results: unknown
success_factors: unknown
difficulties: unknown
lessons: unknown
transferability: unknown
sources:
  urbact: {title: Stories, organisation: URBACT}
"""
FIGURE = {"what": "hives", "value": "1", "unit": "hives", "kind": "result", "source": "urbact"}


def faults(changes: dict[str, Any], around: Surroundings = Surroundings()) -> list[str]:  # noqa: B008  # frozen
    """What is wrong with the sound sheet after ``changes``; ``None`` takes a field away."""
    raw = {key: value for key, value in (RAW | changes).items() if value is not None}
    _, found = flaws.read(raw, "bee-path", around)
    return [f"{'.'.join(map(str, flaw.place))}: {flaw.sentence}" for flaw in found]


def sheet(changes: dict[str, Any]) -> PracticeSheet:
    read, found = flaws.read(RAW | changes, "bee-path", Surroundings())
    assert read is not None, found
    return read


def test_five_faults_are_told_in_one_look_each_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "corpus" / "practices"
    folder.mkdir(parents=True)
    (folder / "bee-path.yaml").write_text(FIVE_FAULTS, encoding="utf-8")

    read = SheetFolder(folder).read("bee-path")

    assert read.sheet is None
    assert "\n".join(map(str, read.faults)) == (
        "corpus/practices/bee-path.yaml:2: kind: “good-practise” is none of good-practice, tool, plan, lesson-from-failure\n"
        "corpus/practices/bee-path.yaml:6: sumary: unknown key “sumary”; did you mean “summary”?\n"
        "corpus/practices/bee-path.yaml:7: problem: is blank; write “unknown” if nobody knows\n"
        "corpus/practices/bee-path.yaml:8: solution: cites “urbcat”, which is not among the sources; did you mean “urbact”?\n"
        "corpus/practices/bee-path.yaml:9: owner.country: “UK” is no country code of ISO 3166; did you mean GB?"
    )


@pytest.mark.parametrize("field", MANDATORY)
def test_a_mandatory_field_that_is_left_out_is_a_fault(field: str) -> None:
    (fault,) = [fault for fault in faults({field: None}) if "has no" in fault]

    assert fault.startswith(f": has no “{field}”")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"teaser": "https://example.org/a"}, "teaser: is a bare link; say in words what stands there"),
        ({"teaser": "[@urbact]"}, "teaser: holds a citation and no words"),
        ({"title": "x" * 101}, "title: has 101 characters in en; at most 100 are taken"),
        ({"summary": {"en": "a", "fr": "mot " * 251}}, "summary: has 251 words in fr; at most 250 are taken"),
        ({"title": "unknown"}, "title: is “unknown”; a practice without a title cannot be found"),
        ({"lessons": {"en": "a", "english": "b"}}, "lessons: language “english” is no code of BCP 47"),
        ({"lessons": {"en": "a", "fr": "unknown"}}, "lessons: in fr it is “unknown”; leave that language out"),
        ({"lessons": ["a"]}, "lessons: is a list; wanted is a text"),
        ({"core": "keep it"}, "core: is “keep it”; wanted is a list"),
        ({"core": ["a", ""]}, "core.1: is blank"),
        ({"place": {"countries": ["SI", "XX"], "scale": "local"}}, "place.countries.1: “XX” is no country code"),
        ({"period": {"start": "2018-13", "end": "ongoing", "status": "running"}}, "period.start: “2018-13” is no date"),
        ({"period": {"start": "2018", "end": "2019-02-29", "status": "ended"}}, "period.end: “2019-02-29” is no date"),
        ({"owner": "City"}, "owner: is “City”; wanted are the keys name, type, country, website"),
        ({"owner": {"name": "A", "type": "other", "website": "example.org"}}, "owner.website: “example.org” is no address"),
        ({"partners": [{"nam": "A"}]}, "partners.0.nam: unknown key “nam”; did you mean “name”?"),
        ({"figures": [{**FIGURE, "value": "1,000"}]}, "figures.0.value: “1,000” is no number"),
        ({"figures": [{**FIGURE, "source": "x"}]}, "figures.0.source: cites “x”, which is not among the sources"),
        ({"evidence": [{"field": "resuls", "document": "a", "quote": "b"}]}, "evidence.0.field: “resuls” is no field of a sheet"),
        ({"tags": ["bees", "Bees"]}, "tags.1: the tag “Bees” is there twice"),
        ({"sources": {}}, "sources: is blank"),
        ({"practice": "other"}, "practice: is “other” in a file called bee-path.yaml"),
        ({"contact": {"name": "A", "address": "call me"}}, "contact.address: “call me” is no address"),
    ],
)  # fmt: skip
def test_a_fault_says_what_was_found_and_what_is_wanted(changes: dict[str, Any], told: str) -> None:
    (fault,) = faults(changes)

    assert fault.startswith(told)


def test_documents_and_tags_are_looked_up_where_they_are_known() -> None:
    changes = {
        "documents": ["a.md", "b.md"],
        "sources": {"urbact": {"title": "S", "organisation": "U", "document": "c.md"}},
        "tags": ["theme:environment", "theme:enviroment"],
    }
    around = Surroundings(has_document=lambda path: path == "a.md", tags={"theme:environment"})

    assert [fault.split(": ")[0] for fault in faults(changes, around)] == ["documents.1", "sources.urbact.document", "tags.1"]
    assert "the nearest is theme:environment" in faults(changes, around)[-1]
    assert faults(changes) == []


def test_unknown_is_a_value_an_empty_list_is_another_and_left_out_is_neither() -> None:
    read = sheet({"core": "unknown", "adopted_by": [], "objectives": "To see bees [@urbact].", "lessons": "Ask first."})

    counts = completeness(read)

    assert "core" in counts.unknown
    assert "adopted_by" in counts.said
    assert {"partners", "gender", "tags"} <= set(counts.unsaid)
    assert counts.uncited == ("summary", "solution", "lessons")
    assert sorted(counts.said + counts.unknown + counts.unsaid) == sorted(set(PracticeSheet.model_fields) - set(NO_QUESTION))


def test_a_text_without_a_language_is_in_the_sheets() -> None:
    read = sheet({"language": "it", "title": "Le api", "core": ["Le api", {"en": "Bees"}]})

    assert read.title.best("en") == ("it", "Le api")
    assert isinstance(read.core, tuple)
    assert [text.languages for text in read.core] == [("it",), ("en",)]
    assert read.languages() == ("it", "en")
    assert read.problem.is_unknown
    assert read.problem.best("it") == ("", "")


def test_figures_that_disagree_stand_both() -> None:
    about = {"what": "first year", "unit": "year", "kind": "context", "source": "urbact"}
    read = sheet({"figures": [{**about, "value": "1971"}, {**about, "value": "1972.5"}]})

    assert isinstance(read.figures, tuple)
    assert [figure.value for figure in read.figures] == [1971, 1972.5]


@pytest.mark.parametrize(
    ("words", "keys", "bare"),
    [
        ("They grew [@a].", ["a"], "They grew."),
        ("They grew [@a-b, p. 12; @c].", ["a-b", "c"], "They grew."),
        ("See [see @a, ch. 3] there", ["a"], "See there"),
        ("Write to [me@example.org].", [], "Write to [me@example.org]."),
        ("A list [1] and @nobody", [], "A list [1] and @nobody"),
    ],
)
def test_a_citation_is_read_as_pandoc_reads_it(words: str, keys: list[str], bare: str) -> None:
    assert cited(words) == keys
    assert without_citations(words) == bare


PLAIN = st.recursive(
    st.one_of(st.none(), st.text(max_size=20), st.sampled_from(["unknown", "en", "2017", "[@urbact]", "said"])),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)),
    max_leaves=10,
)


@given(st.sampled_from(sorted(PracticeSheet.model_fields)), PLAIN)
def test_any_value_gives_a_sheet_or_a_fault_in_its_field(field: str, value: Any) -> None:
    """Nothing that a file can hold ends in another error, and a fault of one field blames no other."""
    read, found = flaws.read(RAW | {field: value}, "bee-path", Surroundings())

    assert {flaw.place[0] for flaw in found} <= {field}
    assert read is not None or found


def test_the_sound_sheet_is_sound(tmp_path: Path) -> None:
    assert SheetFolder(tmp_path).parsed("bee-path", SOUND).faults == ()
