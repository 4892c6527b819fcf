"""What a transferability framework may say, what it may not, and that the one that comes with the project is sound and traced."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.adapters.concept_folder import ConceptFolder
from kb.adapters.versioned_folder import frameworks_in
from kb.peers.assessment.rubric_languages import languages, texts, untranslated
from kb.peers.contexts.groups import ConditionGroup
from kb.peers.flaws_between import Surroundings
from kb.peers.names import is_name
from kb.peers.narrative import cited
from kb.peers.transfer import framework_flaws
from kb.peers.transfer.framework import BLOCKING, HIGHEST, LOWEST, VALUES, Framework, Side
from kb.peers.transfer.framework_parts import MAX_ANCHOR_CHARS, MAX_QUERY_CHARS, MAX_QUESTION_CHARS, MAX_TITLE_CHARS
from tests.frameworks import SOUND, raw

CORPUS = Path(__file__).parents[2] / "corpus"
NAME = "plp-transferability"
Spoil = Callable[[dict[str, Any]], object]


def faults(spoil: Spoil, around: Surroundings = Surroundings()) -> list[str]:  # noqa: B008  # frozen
    """What is wrong with the sound framework once it is spoilt."""
    spoilt = raw()
    spoil(spoilt)
    _, found = framework_flaws.read(spoilt, "tiny", around)
    return [f"{'.'.join(map(str, flaw.place))}: {flaw.sentence}" for flaw in found]


def put(*path: str | int, value: object) -> Spoil:
    """Sets a value; ``None`` takes the key away."""

    def spoil(values: dict[str, Any]) -> None:
        inside: Any = functools.reduce(lambda each, part: each[part], path[:-1], values)  # type: ignore[index]
        if value is None:
            del inside[path[-1]]
        else:
            inside[path[-1]] = value

    return spoil


def nothing(_values: dict[str, Any]) -> None:
    """Leaves the framework as it is."""


def sound() -> Framework:
    framework, found = framework_flaws.read(raw(), "tiny", Surroundings())
    assert framework is not None, found
    return framework


# what it says ---------------------------------------------------------------------------------------------------------


def test_a_sound_framework_says_what_its_file_says() -> None:
    framework = sound()

    assert framework.criterion_names == ("core-known", "legal-framework", "champion")
    assert [framework.side_of(name).side for name in framework.criterion_names] == [Side.PRACTICE, Side.CONTEXT, Side.PROCESS]
    assert list(framework.criterion("core-known").anchors) == [-2, 0, 2], "in rising order, whatever the file's"
    law = framework.criterion("legal-framework")
    assert list(law.anchors) == [-2, -1, 0, 2]
    assert law.groups == (ConditionGroup.LEGAL_FRAMEWORK,)
    assert law.target_query is not None
    assert law.target_query.best("fr") == ("fr", "loi sur l'économie sociale")
    assert framework.criterion("core-known").target_query is None
    assert [(each.source, each.term) for each in law.traced_to] == [("oecd", "Sector-specific context"), ("mulgan", "Relevance")]
    with pytest.raises(KeyError):
        framework.criterion("luck")
    with pytest.raises(KeyError):
        framework.side_of("luck")


def test_the_scale_is_five_steps_around_nothing_and_its_lowest_blocks() -> None:
    assert VALUES == (-2, -1, 0, 1, 2)
    assert (LOWEST, BLOCKING, HIGHEST) == (-2, -2, 2)


def test_a_practice_rests_on_the_criteria_of_its_condition_tags_and_those_count_more() -> None:
    framework = sound()

    key = framework.key_for(["theme:environment", "condition:legal-framework", "condition:finance"])

    assert key == ("legal-framework",)
    assert [framework.weight_of(name, key) for name in framework.criterion_names] == [1, 2, 1]
    assert framework.key_for([]) == framework.key_for([""]) == ()


# the canonical spelling -----------------------------------------------------------------------------------------------

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="[]@"), min_size=1, max_size=30).map(lambda words: f"a{words}b")
TEXT = st.one_of(WORDS, st.dictionaries(st.sampled_from(["en", "fr", "it", "pt"]), WORDS, min_size=1, max_size=3))


@st.composite
def frameworks(draw: st.DrawFn) -> dict[str, Any]:
    """The sound framework with other words, numbers and parts."""
    values = raw()
    values["version"], values["key_weight"] = str(draw(st.integers(1, 9999))), draw(st.sampled_from(["1", "1.5", "3"]))
    values["title"], values["purpose"] = draw(TEXT), draw(TEXT)
    for side in values["sides"]:
        for criterion in side["criteria"]:
            criterion["question"] = draw(TEXT)
            between = draw(st.sets(st.sampled_from(["-1", "1", "+1"]), max_size=1))
            criterion["anchors"] = {value: draw(TEXT) for value in draw(st.permutations(["-2", "0", "2", *between]))}
            criterion["groups"] = draw(st.lists(st.sampled_from(list(ConditionGroup)), unique=True))
    return values


@settings(deadline=None)
@given(frameworks())
def test_the_canonical_spelling_says_the_same_framework(values: dict[str, Any]) -> None:
    framework = Framework.of(values)

    again = Framework.from_canonical(framework.canonical())

    assert again == framework
    assert again.canonical() == framework.canonical()
    assert again.sha256 == framework.sha256
    assert [text for _, text in texts(again)] == [text for _, text in texts(framework)]  # also in the same order of languages


def test_how_a_file_is_laid_out_makes_no_difference_and_what_it_says_does(tmp_path: Path) -> None:
    folder = frameworks_in(tmp_path)

    def sha256(text: str) -> str:
        (tmp_path / "tiny.yaml").write_text(text, encoding="utf-8")
        return folder.read("tiny").sha256

    other = SOUND.replace("# in two languages", "# changed").replace("key_weight: 2\n", "key_weight: 2.0\n")
    other = other.replace("{-2: Nobody., 0: Somebody may., 2: A named team.}", "{2: A named team., 0: Somebody may., -2: Nobody.}")
    assert other != SOUND
    assert sha256(SOUND) == sha256(other) != ""
    assert sha256(SOUND.replace("Somebody may", "Somebody might")) != sha256(SOUND)
    assert sha256(SOUND.replace("key_weight: 2\n", "key_weight: 3\n")) != sha256(SOUND)


def test_what_nobody_said_is_not_in_the_canonical_spelling() -> None:
    """So that a key that the program learns later changes no framework in use."""
    said = json.loads(sound().canonical())

    assert set(said["sides"][2]["criteria"][0]) == {"criterion", "title", "question", "anchors", "target_query", "traced_to"}


# faults ---------------------------------------------------------------------------------------------------------------

CORE, LAW = ("sides", 0, "criteria", 0), ("sides", 1, "criteria", 0)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (put("framework", value="other"), "framework: is “other” in a file called tiny.yaml; wanted is the same name"),
        (put("version", value="0"), "version: “0” is no whole number above 0"),
        (put("title", value="unknown"), "title: is “unknown”; whoever writes this knows what it asks"),
        (put("purpose", value="See [@mulga]."), "purpose: cites “mulga”, which is not among the sources; did you mean “mulgan”?"),
        (put("key_weight", value="0"), "key_weight: is 0; wanted is a number above 0"),
        (put("key_weight", value="0.5"), "key_weight: is 0.5; what a practice rests on counts once at least"),
        (put("apart", value="5"), "apart: is 5; at most 4 is taken"),
        (put("weights_set", value=None), ": has no “weights_set”"),
        (put("sides", 0, "side", value="process"), "sides: say nothing of practice; wanted are practice, context, process"),
        (put("sides", 0, "side", value="people"), "sides.0.side: “people” is none of practice, context, process"),
        (put(*LAW, "criterion", value="core-known"), "sides.1.criteria.0.criterion: “core-known” is there twice"),
        (put(*CORE, "anchors", "0", value=None), "sides.0.criteria.0.anchors: say nothing of 0"),
        (put(*CORE, "anchors", value={"1": "a"}), "sides.0.criteria.0.anchors: say nothing of -2 and of 0 and of 2"),
        (put(*CORE, "anchors", "+2", value="a"), "sides.0.criteria.0.anchors.+2: 2 is there twice"),
        (put(*CORE, "anchors", "3", value="a"), "sides.0.criteria.0.anchors.3: “3” is no answer; there are -2, -1, 0, 1, 2"),
        (put(*CORE, "anchors", "0.5", value="a"), "sides.0.criteria.0.anchors.0.5: “0.5” is no answer"),
        (put(*CORE, "anchors", "2", value="a" * 401), "sides.0.criteria.0.anchors.2: in en it has 401 characters; at most 400"),
        (put(*CORE, "question", value="a" * 301), "sides.0.criteria.0.question: in en it has 301 characters; at most 300"),
        (put(*CORE, "source_query", value="a" * 301), "sides.0.criteria.0.source_query: in en it has 301 characters; at most 300"),
        (put(*CORE, "title", value={"fr": "a" * 61}), "sides.0.criteria.0.title: in fr it has 61 characters; at most 60"),
        (put(*CORE, "source_query", value=None), "sides.0.criteria.0: asks no documents; wanted is source_query"),
        (
            put("sides", 2, "criteria", 0, "target_query", value=None),
            "sides.2.criteria.0: asks no documents; wanted is source_query or target_query",
        ),
        (
            put(*CORE, "target_query", value="law"),
            "sides.0.criteria.0.target_query: is asked of a target on the side of the practice, which is the same for every target",
        ),
        (put(*CORE, "fields", 0, value="cor"), "sides.0.criteria.0.fields.0: “cor” is no field of a practice sheet; did you mean"),
        (put(*LAW, "groups", 0, value="law"), "sides.1.criteria.0.groups.0: “law” is none of needs-and-population, legal-fr"),
        (
            put(*LAW, "condition", value="legal-framework"),
            "sides.1.criteria.0.condition: “legal-framework” is no concept of a condition; wanted is one such as condition-legal-f",
        ),
        (put(*CORE, "traced_to", value=None), "sides.0.criteria.0: has no “traced_to”"),
        (put(*CORE, "traced_to", value=[]), "sides.0.criteria.0.traced_to: is empty; at least one is wanted"),
        (
            put(*CORE, "traced_to", 0, "source", value="mulgen"),
            "sides.0.criteria.0.traced_to.0.source: “mulgen” is no source; did you mean “mulgan”?",
        ),
        (put(*CORE, "traced_to", 0, "term", value=None), "sides.0.criteria.0.traced_to.0: has no “term”"),
        (put(*CORE, "source_qery", value="a"), "sides.0.criteria.0.source_qery: unknown key “source_qery”; did you mean “source_"),
        (put("sides", value="practice"), "sides: is “practice”; wanted is a list"),
        (put("sides", 1, value="context"), "sides.1: is “context”; wanted are the keys side, title, criteria"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place_and_what_is_wanted(spoil: Spoil, told: str) -> None:
    found = faults(spoil)

    assert [each for each in found if each.startswith(told)] != [], found


@pytest.mark.parametrize(
    ("order", "told"),
    [
        ([0, 1, 2], []),
        ([1, 0, 2], ["sides: are context, practice, process; wanted is the order practice, context, process"]),
        ([0, 2], ["sides: say nothing of context; wanted are practice, context, process"]),
        (
            [2, 0],
            [
                "sides: say nothing of context; wanted are practice, context, process",
                "sides: are process, practice; wanted is the order practice, process",
            ],
        ),
    ],
)
def test_a_framework_has_its_three_sides_in_their_order(order: list[int], told: list[str]) -> None:
    def spoil(values: dict[str, Any]) -> None:
        values["sides"] = [values["sides"][index] for index in order]

    assert faults(spoil) == told


def test_a_condition_is_looked_up_where_the_concepts_are_known() -> None:
    known = Surroundings(tags=frozenset(["theme:law", "condition:legal-framework", "condition:finance"]))

    assert faults(nothing, known) == faults(put(*LAW, "condition", value="condition-finace")) == []
    assert faults(put(*LAW, "condition", value="condition-finace"), known) == [
        "sides.1.criteria.0.condition: “condition-finace” is no concept of a condition; did you mean “condition-finance”?"
    ]


def test_a_document_that_is_not_there_does_not_keep_it_from_being_read() -> None:
    framework, found = framework_flaws.read(raw(), "tiny", Surroundings(has_document=lambda path: False))

    assert framework == sound()
    assert [flaw.sentence for flaw in found] == ["there is no document “guides/guidebook.md” inside corpus/documents"]


BROKEN = (
    SOUND.replace("version: 1", "version: one")
    .replace("minutes: 5", "minuts: 5")
    .replace("[@mulgan]", "[@mulga]")
    .replace(", 0: Some is told., -2: Sources differ.}", ", -3: Sources differ.}")
    .replace("fields: [core, adaptable]", "fields: [corr, adaptable]")
    .replace("groups: [legal-framework]", "groups: [law]")
    .replace('traced_to: [{source: oecd, term: "Step 2: implement"}]', "target_queries: leads")
)


def test_every_fault_is_told_in_one_look_each_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "tiny.yaml").write_text(BROKEN, encoding="utf-8")

    read = frameworks_in(tmp_path).read("tiny")

    assert (read.made, read.sha256) == (None, "")
    assert [(fault.line, fault.place, fault.sentence.split(";")[0][:60]) for fault in read.faults] == [
        (2, "version", "“one” is no whole number above 0"),
        (5, "purpose", "cites “mulga”, which is not among the sources"),
        (6, "minuts", "unknown key “minuts”"),
        (17, "sides.1.criteria.1.anchors", "say nothing of -2 and of 0"),
        (17, "sides.1.criteria.1.anchors.-3", "“-3” is no answer"),
        (19, "sides.1.criteria.1.fields.1", "“corr” is no field of a practice sheet"),
        (31, "sides.2.criteria.1.groups.1", "“law” is none of needs-and-population, legal-framework, poli"),
        (36, "sides.3.criteria.1", "has no “traced_to”"),
        (41, "sides.3.criteria.1.target_queries", "unknown key “target_queries”"),
    ]


PLAIN = st.recursive(
    st.one_of(
        st.none(), st.text(max_size=20), st.sampled_from(["unknown", "en", "0", "-2", "practice", "[@a]", "nan", "core-known"])
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)),
    max_leaves=10,
)
PLACES = [
    *((field,) for field in Framework.model_fields), ("sides", 0), ("sides", 1, "side"), ("sides", 2, "criteria"), CORE,
    (*CORE, "anchors"), (*CORE, "traced_to"), (*LAW, "condition"), (*LAW, "groups"), (*LAW, "fields"), ("sources", "oecd"),
]  # fmt: skip


@settings(deadline=None)  # how long the first takes, on a machine that others use too, says nothing
@given(st.sampled_from(PLACES), PLAIN)
def test_any_value_anywhere_gives_a_framework_or_faults(place: tuple[str | int, ...], value: Any) -> None:
    spoilt = raw()
    put(*place, value=[] if value is None else value)(spoilt)

    framework, found = framework_flaws.read(spoilt, "tiny", Surroundings())

    assert (framework is None) == bool(found)


# the one that comes with the project ----------------------------------------------------------------------------------


@functools.cache
def shipped() -> Framework:
    """Read with all that it speaks of."""
    around = Surroundings(
        has_document=lambda path: (CORPUS / "documents" / path).is_file(), tags=ConceptFolder(CORPUS / "concepts")().tags
    )
    file = frameworks_in(CORPUS / "frameworks").read(NAME, around)
    assert file.made is not None, file.faults
    assert file.faults == ()
    return file.made


def test_the_shipped_framework_asks_the_eighteen_questions() -> None:
    asked = {side.side: [each.name for each in side.criteria] for side in shipped().sides}

    assert asked == {
        "practice": ["core-known", "evidence-strength", "materials", "replicated", "ease", "owner-support"],
        "context": ["needs-population", "legal-framework", "political-will", "finance", "ecosystem-capacity", "culture-words",
                    "market-access", "gender-inclusion"],
        "process": ["champion", "adaptation-plan", "stakeholders", "monitoring"],
    }  # fmt: skip
    assert (shipped().key_weight, shipped().apart, shipped().minutes) == (2, 2, 45)


def test_it_says_everything_in_english_and_in_french_and_nothing_twice_the_same() -> None:
    assert languages(shipped()) == ("en", "fr")
    assert untranslated(shipped()) == []
    same = [place for place, text in texts(shipped()) if text.best("en")[1] == text.best("fr")[1]]
    assert same == [], "copied and not translated"


def test_no_text_is_over_its_limit() -> None:
    limits = {"title": MAX_TITLE_CHARS, "question": MAX_QUESTION_CHARS, "anchors": MAX_ANCHOR_CHARS}
    limits |= {"source_query": MAX_QUERY_CHARS, "target_query": MAX_QUERY_CHARS}
    measured = [
        (place, len(words), limits[field])
        for place, text in texts(shipped())
        for _, words in text.said
        for field in [next((part for part in place.split(".") if part in limits), "")]
        if field
    ]

    assert len(measured) >= 2 * 18 * 6  # title, question, three anchors and a query of each criterion, in both languages
    assert [each for each in measured if each[1] > each[2]] == []


def test_every_criterion_is_traced_to_a_published_framework_with_an_address_or_a_document() -> None:
    sources = shipped().sources

    for criterion in shipped().criteria:
        named = [sources[each.source] for each in criterion.traced_to]
        assert any(source.address != "unknown" for source in named), criterion.name
    used = {each.source for criterion in shipped().criteria for each in criterion.traced_to}
    used |= {key for _, text in texts(shipped()) for _, words in text.said for key in cited(words)}
    assert used == set(sources), "a source that nothing rests on"
    assert all(source.address != "unknown" or source.document for source in sources.values())


def test_each_condition_group_has_its_criterion_and_each_context_criterion_its_tag_and_both_queries() -> None:
    context = [each for each in shipped().criteria if shipped().side_of(each.name).side is Side.CONTEXT]

    assert [each.condition for each in context] == [f"condition-{each.groups[0]}" for each in context]
    assert [each.groups for each in context] == [(group,) for group in ConditionGroup]
    assert all(each.source_query and each.target_query for each in context)
    tags = [each.condition_tag for each in shipped().criteria if each.condition]
    assert len(set(tags)) == len(tags) == 11, "no tag makes two criteria key"


def test_no_two_criteria_ask_documents_the_same() -> None:
    for language in ("en", "fr"):
        for of in ("source_query", "target_query"):
            asked = [query.best(language)[1] for each in shipped().criteria if (query := getattr(each, of))]
            assert len(set(asked)) == len(asked), (language, of)


def test_the_file_says_that_weight_and_distance_are_its_own() -> None:
    weights = shipped().weights_set

    assert is_name(shipped().framework)
    assert weights.by == "knowledge base editors"
    assert weights.why.best("en")[1].startswith("Ours, as no framework that we read gives numbers")
    assert weights.why.best("fr")[1].startswith("Ce sont nos choix, car aucun cadre")
