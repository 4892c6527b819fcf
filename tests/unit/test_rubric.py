"""What a rubric may say, what it may not, and that its canonical spelling says the same."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.adapters.versioned_folder import rubrics_in
from kb.peers.assessment import rubric_flaws
from kb.peers.assessment.rubric import Rubric, Scale
from kb.peers.assessment.rubric_languages import languages, texts, untranslated
from kb.peers.flaws_between import Surroundings
from tests.rubrics import SOUND, raw

SHIPPED = Path(__file__).parents[2] / "corpus"
Spoil = Callable[[dict[str, Any]], object]


def faults(spoil: Spoil, around: Surroundings = Surroundings()) -> list[str]:  # noqa: B008  # frozen
    """What is wrong with the sound rubric once it is spoilt."""
    spoilt = raw()
    spoil(spoilt)
    _, found = rubric_flaws.read(spoilt, "tiny", around)
    return [f"{'.'.join(map(str, flaw.place))}: {flaw.sentence}" for flaw in found]


def at(*path: str | int) -> Callable[[dict[str, Any]], Any]:
    return lambda values: functools.reduce(lambda inside, part: inside[part], path, values)  # type: ignore[index, return-value]


def put(*path: str | int, value: object) -> Spoil:
    """Sets a value; ``None`` takes the key away."""

    def spoil(values: dict[str, Any]) -> None:
        inside = at(*path[:-1])(values)
        if value is None:
            del inside[path[-1]]
        else:
            inside[path[-1]] = value

    return spoil


def sound() -> Rubric:
    rubric, found = rubric_flaws.read(raw(), "tiny", Surroundings())
    assert rubric is not None, found
    return rubric


# what it says ---------------------------------------------------------------------------------------------------------


def test_a_sound_rubric_says_what_its_file_says() -> None:
    rubric = sound()

    assert [each.name for each in rubric.criteria] == ["effectiveness", "evidence-quality", "transferability"]
    assert rubric.gate_names == ("ethics",)
    assert rubric.tier_of("transferability").tier == "qualifiers"
    assert rubric.criterion("effectiveness").weight == 2
    assert rubric.criterion("evidence-quality").weight == 1
    assert rubric.levels() == (0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5)
    assert rubric.title.best("fr") == ("fr", "Une petite grille")
    assert rubric.gate("ethics").standing.best("en") == ("en", "harm and consent")
    assert rubric.criterion("effectiveness").standing.best("en") == ("en", "What changed?")
    assert rubric.title_of("not-recommended").best("en")[1] == "Not recommended"
    assert rubric.title_of("validated").best("en")[1] == "Validated"
    assert [rule.is_for_all for rule in rubric.labels] == [False, True]


@pytest.mark.parametrize(
    ("lowest", "highest", "step", "levels"),
    [
        (0, 3, 1, (0, 1, 2, 3)),
        (-1, 1, 0.5, (-1, -0.5, 0, 0.5, 1)),
        (0, 0.3, 0.1, (0, 0.1, 0.2, 0.3)),
        (1, 2, 0.25, (1, 1.25, 1.5, 1.75, 2)),
    ],
)  # fmt: skip
def test_a_scale_has_each_level_as_it_is_written(lowest: float, highest: float, step: float, levels: tuple[float, ...]) -> None:
    """0.1 + 0.1 + 0.1 is a little more than 0.3; a level of 0.3 has to be found all the same."""
    scale = Scale(lowest=lowest, highest=highest, step=step)

    assert scale.levels() == levels
    assert all(scale.has(level) for level in levels)
    assert not scale.has(highest + step)
    assert not scale.has(lowest + step / 2)


def test_anchors_rise_whatever_their_order_in_the_file() -> None:
    spoilt = raw()
    anchors = spoilt["tiers"][0]["criteria"][0]["anchors"]
    spoilt["tiers"][0]["criteria"][0]["anchors"] = dict(reversed(anchors.items()))

    assert list(Rubric.of(spoilt).criteria[0].anchors) == [0, 2.5, 5]


# the canonical spelling -----------------------------------------------------------------------------------------------

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="[]@"), min_size=1, max_size=30).map(lambda words: f"a{words}b")
TEXT = st.one_of(
    WORDS.filter(lambda words: words != "unknown"),
    st.dictionaries(st.sampled_from(["en", "fr", "it", "pt"]), WORDS, min_size=1, max_size=3),
)


@st.composite
def rubrics(draw: st.DrawFn) -> dict[str, Any]:
    """The sound rubric with other words, numbers and parts."""
    values = raw()
    values["version"] = str(draw(st.integers(1, 9999)))
    values["title"], values["purpose"] = draw(TEXT), draw(TEXT)
    for tier in values["tiers"]:
        for criterion in tier["criteria"]:
            criterion["question"] = draw(TEXT)
            levels = draw(st.sets(st.sampled_from(["0.5", "1", "3.0", "4.5"])))
            criterion["anchors"] = {level: draw(TEXT) for level in draw(st.permutations(["0", "5", *sorted(levels)]))}
            criterion["weight"] = str(draw(st.sampled_from(["1", "0.25", "3", "1.10"])))
    for key in draw(st.sets(st.sampled_from(["gates", "stages", "titles", "gate_labels"]))):
        del values[key]
    return values


@given(rubrics())
def test_the_canonical_spelling_says_the_same_rubric(values: dict[str, Any]) -> None:
    rubric = Rubric.of(values)

    again = Rubric.from_canonical(rubric.canonical())

    assert again == rubric
    assert again.canonical() == rubric.canonical()
    assert again.sha256 == rubric.sha256
    assert [text for _, text in texts(again)] == [text for _, text in texts(rubric)]  # also in the same order of languages


def test_how_a_file_is_laid_out_makes_no_difference_and_what_it_says_does(tmp_path: Path) -> None:
    other = SOUND.replace("# in two languages", "# changed").replace("weight: 2\n", "weight: 2.0\n")
    other = other.replace("{0: By hearsay., 5: By a study.}", "{5: By a study., 0: By hearsay.}")
    folder = rubrics_in(tmp_path)

    def sha256(text: str) -> str:
        (tmp_path / "tiny.yaml").write_text(text, encoding="utf-8")
        return folder.read("tiny").sha256

    assert sha256(SOUND) == sha256(other) != ""
    assert sha256(SOUND.replace("By hearsay", "By rumour")) != sha256(SOUND)
    assert sha256(SOUND.replace("weight: 2\n", "weight: 3\n")) != sha256(SOUND)


def test_what_nobody_said_is_not_in_the_canonical_spelling() -> None:
    """So that a key that the program learns later changes no rubric in use."""
    said = json.loads(sound().canonical())

    assert "query" not in said["tiers"][0]["criteria"][0]
    assert said["labels"][-1] == {"label": "candidate", "title": {"en": "Candidate"}}


# faults ---------------------------------------------------------------------------------------------------------------

FIRST = ("tiers", 0, "criteria", 0)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (put("rubric", value="other"), "rubric: is “other” in a file called tiny.yaml; wanted is the same name"),
        (put("rubric", value="Tiny!"), "rubric: “Tiny!” is not spelled as a–z, 0–9 and single hyphens are"),
        (put("version", value="0"), "version: “0” is no whole number above 0"),
        (put("version", value="1.5"), "version: “1.5” is no whole number above 0"),
        (put("version", value=None), ": has no “version”"),
        (put("language", value="english"), "language: “english” is not spelled as a code of BCP 47 such as en, fr or pt is"),
        (put("title", value="unknown"), "title: is “unknown”; whoever writes this knows what it asks"),
        (
            put("purpose", value="See [@spencer]."),
            "purpose: cites “spencer”, which is not among the sources; did you mean “spencer-2013”?",
        ),
        (put("minutes", value="10000"), "minutes: is 10000; at most 1440 is taken"),
        (put("scale", "step", value="0"), "scale.step: is 0; wanted is a number above 0"),
        (put("scale", "step", value="0.3"), "scale: steps of 0.3 do not lead from 0 to 5"),
        (put("scale", "highest", value="-1"), "scale: goes from 0 to -1; the highest score has to be above the lowest"),
        (put("scale", "step", value="0.01"), "scale: has 501 levels; at most 101 are taken"),
        (put("scale", "hihgest", value="5"), "scale.hihgest: unknown key “hihgest”; did you mean “highest”?"),
        (put("spread", value="6"), "spread: is 6; reviewers can be 5 apart at most"),
        (put("weights_set", "why", value=None), "weights_set: has no “why”"),
        (
            put("gates", 0, "fields", 0, value="problm"),
            "gates.0.fields.0: “problm” is no field of a practice sheet; did you mean “problem”?",
        ),
        (put("gates", 0, "source", value="nobody"), "gates.0.source: “nobody” is no source; there are spencer-2013"),
        (put("gates", 0, "gate", value="effectiveness"), "tiers.0.criteria.0.criterion: “effectiveness” is there twice"),
        (put("tiers", 1, "tier", value="core"), "tiers.1.tier: “core” is there twice"),
        (put(*FIRST, "anchors", "5", value=None), "tiers.0.criteria.0.anchors: say nothing of 5, the highest score"),
        (
            put(*FIRST, "anchors", value={"3": "x"}),
            "tiers.0.criteria.0.anchors: say nothing of 0, the lowest score and of 5, the highest score",
        ),
        (
            put(*FIRST, "anchors", "0.3", value="x"),
            "tiers.0.criteria.0.anchors.0.3: 0.3 is no level of the scale; the scale goes from 0 to 5 in steps of 0.5",
        ),
        (put(*FIRST, "anchors", "7", value="x"), "tiers.0.criteria.0.anchors.7: 7 is off the scale; the scale goes from 0 to 5"),
        (put(*FIRST, "anchors", "5.0", value="x"), "tiers.0.criteria.0.anchors.5.0: 5 is there twice"),
        (put(*FIRST, "anchors", "low", value="x"), "tiers.0.criteria.0.anchors.low: “low” is no number"),
        (put(*FIRST, "anchors", "5", value=""), "tiers.0.criteria.0.anchors.5: is blank"),
        (put(*FIRST, "weight", value="-1"), "tiers.0.criteria.0.weight: is -1; wanted is a number above 0"),
        (put(*FIRST, "wieght", value="1"), "tiers.0.criteria.0.wieght: unknown key “wieght”; did you mean “weight”?"),
        (put("labels", 0, "each", value="6"), "labels.0.each: 6 is off the scale; the scale goes from 0 to 5"),
        (put("labels", 0, "tiers", value={"cor": "3"}), "labels.0.tiers.cor: “cor” is no tier; did you mean “core”?"),
        (put("labels", 0, "tiers", "core", value="9"), "labels.0.tiers.core: 9 is off the scale"),
        (put("labels", 0, "scored", 0, value="qualifier"), "labels.0.scored.0: “qualifier” is no tier; did you mean “qualifiers”?"),
        (put("labels", 0, "coverage", value="80"), "labels.0.coverage: is 80; wanted is a share from 0 to 1, such as 0.8"),
        (put("labels", 0, "is_positive", value="yes"), "labels.0.is_positive: “yes” is neither true nor false"),
        (
            put("labels", 1, "coverage", value="0.1"),
            "labels.1: has a condition; the last label is for all whom no other fits, so it has none",
        ),
        (
            put("labels", 0, value={"label": "a", "title": "A"}),
            "labels.0: has no condition, so that no label after it is ever given",
        ),
        (put("gate_labels", value=None), ": has no “gate_labels”; with gates, say which label “no” and “unclear” give"),
        (put("gate_labels", "maybe", value="candidate"), "gate_labels.maybe: unknown key “maybe”; known are no, unclear"),
        (
            put("gate_labels", "unclear", value="candidat"),
            "gate_labels.unclear: “candidat” is no label and has no title under titles; did you mean “candidate”?",
        ),
        (put("titles", "candidate", value="C"), "titles.candidate: “candidate” has a title among the labels already"),
        (
            put("stages", "evidence", value="evidence"),
            "stages.evidence: “evidence” is no criterion; did you mean “evidence-quality”?",
        ),
        (
            put("stages", "impact", 0, value="ethics"),
            "stages.impact.0: “ethics” is no criterion; there are effectiveness, evidence-quality, transferability",
        ),
        (put("stages", "steps", 2, "impact", value="1"), "stages.steps.2: does not ask more than the step before it; steps rise"),
        (put("stages", "steps", 2, "impact", value="2"), "stages.steps.2: does not ask more than the step before it; steps rise"),
        (
            put("stages", "steps", 2, "evidence", value="5.5"),
            "stages.steps.2.evidence: 5.5 is off the scale; the scale goes from 0 to 5",
        ),
        (put("stages", "steps", 2, "stage", value="emerging"), "stages.steps.2.stage: “emerging” is there twice"),
        (
            put("sources", "spencer-2013", "titel", value="x"),
            "sources.spencer-2013.titel: unknown key “titel”; did you mean “title”?",
        ),
        (put("tiers", value="core"), "tiers: is “core”; wanted is a list"),
        (put("scale", value="0-5"), "scale: is “0-5”; wanted are the keys lowest, highest, step"),
        (put("labels", value=None), ": has no “labels”"),
    ],
)  # fmt: skip
def test_a_fault_says_what_was_found_and_what_is_wanted(spoil: Spoil, told: str) -> None:
    (fault,) = faults(spoil)

    assert fault.startswith(told)


def test_a_stage_may_ask_more_of_one_side_only() -> None:
    assert faults(put("stages", "steps", 1, "impact", value="0.0")) == []


def test_no_label_praises_everybody() -> None:
    def spoil(values: dict[str, Any]) -> None:
        values["labels"][1]["is_positive"] = "true"
        values["gate_labels"]["unclear"] = "not-recommended"

    assert faults(spoil) == ["labels.1.is_positive: is true for a label that has no condition: every practice would be praised"]


def test_a_positive_label_is_not_given_by_a_gate() -> None:
    assert faults(put("gate_labels", "unclear", value="validated")) == [
        "gate_labels.unclear: “validated” is a positive label; a gate that is not passed gives none"
    ]


def test_documents_of_sources_are_looked_up_where_they_are_known() -> None:
    around = Surroundings(has_document=lambda path: False)

    found = faults(lambda values: None, around)

    assert found == ["sources.spencer-2013.document: there is no document “guides/stages.md” inside corpus/documents"]
    assert faults(lambda values: None) == []


PLAIN = st.recursive(
    st.one_of(
        st.none(), st.text(max_size=20), st.sampled_from(["unknown", "en", "0", "5", "-1", "0.1", "core", "[@a]", "1e9", "nan"])
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)),
    max_leaves=10,
)
PLACES = [
    *((field,) for field in Rubric.model_fields), ("scale", "lowest"), ("scale", "step"), ("gates", 0), ("tiers", 0), (*FIRST,),
    (*FIRST, "anchors"), (*FIRST, "weight"), (*FIRST, "fields"), ("labels", 0), ("labels", 0, "tiers"), ("stages", "steps"),
    ("stages", "impact"), ("sources", "spencer-2013"),
]  # fmt: skip


@given(st.sampled_from(PLACES), PLAIN)
def test_any_value_anywhere_gives_a_rubric_or_faults(place: tuple[str | int, ...], value: Any) -> None:
    """Nothing that a file can hold ends in another error, and what is read can be spelled and read again."""
    values = raw()
    at(*place[:-1])(values)[place[-1]] = value

    rubric, found = rubric_flaws.read(values, "tiny", Surroundings())

    assert (rubric is None) == bool(found)
    assert rubric is None or Rubric.from_canonical(rubric.canonical()) == rubric


# languages, and the rubrics that come with the project -------------------------------------------------------------------


def test_a_text_that_lacks_a_language_of_others_is_told() -> None:
    lacking = dict(untranslated(sound()))

    assert languages(sound()) == ("en", "fr")
    assert "title" not in lacking
    assert lacking["tiers.1.criteria.1.anchors.2.5"] == ("fr",)
    assert lacking["titles.not-recommended"] == ("fr",)


@pytest.mark.parametrize("name", rubrics_in(SHIPPED / "rubrics").names())
def test_a_rubric_that_comes_with_the_project_has_no_fault_and_speaks_english_and_french(name: str) -> None:
    there = Surroundings(has_document=lambda path: (SHIPPED / "documents" / path).is_file())

    read = rubrics_in(SHIPPED / "rubrics").read(name, there)

    assert read.faults == ()
    assert read.made is not None
    assert set(languages(read.made)) == {"en", "fr"}
    assert untranslated(read.made) == []
    assert read.made.weights_set.why.best("en")[1]
    assert read.made.levels()[0] == 0
    assert read.made.levels()[-1] == 5


def test_two_rubrics_come_with_the_project() -> None:
    assert {"plp-good-practice", "plp-short"} <= set(rubrics_in(SHIPPED / "rubrics").names())
