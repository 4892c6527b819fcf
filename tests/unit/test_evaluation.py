"""Means, comparisons and their JSON: hand-made evaluations in, sums written out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from kb.errors import JudgementError
from kb.retrieval.answer import Legs
from kb.retrieval.evaluation import Evaluation, Measured, Unit, by_language, compare, intervals, means
from kb.retrieval.measure import MEASURES
from kb.services.evaluation_file import comparison_to_json, from_json, read, to_json


def a_question(identity: str, language: str = "en", **values: float) -> Measured:
    """``values``: leg → the value of all its measures; 0 where nothing is said."""
    each: Mapping[Legs, Mapping[str, float]] = {leg: dict.fromkeys(MEASURES, values.get(leg.value, 0.0)) for leg in Legs}
    return Measured(identity, f"What of {identity}?", language, "abc", 1, 0, each)


def an_evaluation(*questions: Measured) -> Evaluation:
    return Evaluation("set", Unit.PASSAGE, "model", "0123", "splitter", 3, 5, 9, questions, ("u",), ("a: b.md: gone",), "2026", 1.5)


THREE = an_evaluation(
    a_question("a", hybrid=1.0, dense=0.5), a_question("b", "de", hybrid=0.5), a_question("c", "de", hybrid=0.25, lexical=1.0)
)


def test_means_count_every_question_once_and_languages_apart() -> None:
    assert means(THREE.questions, Legs.HYBRID)["mrr"] == pytest.approx((1 + 0.5 + 0.25) / 3)
    assert {language: means(group, Legs.HYBRID)["mrr"] for language, group in by_language(THREE.questions).items()} == {
        "de": pytest.approx((0.5 + 0.25) / 2),
        "en": 1.0,
    }


def test_the_json_has_each_leg_with_plain_numbers() -> None:
    found = to_json(THREE)

    assert list(found)[:3] == ["lexical", "dense", "hybrid"]
    assert found["dense"] == {
        **dict.fromkeys(MEASURES, round(0.5 / 3, 6)),
        "intervals": {
            name: [round(low, 6), round(high, 6)] for name, (low, high) in intervals(THREE.questions, Legs.DENSE).items()
        },
    }
    assert found["questions"] == 3
    assert found["languages"]["de"]["lexical"]["ndcg@10"] == 0.5
    assert json.loads(json.dumps(found)) == found


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps(to_json(THREE)), encoding="utf-8")

    assert replace(read(path), not_measured=("u",), lost=("a: b.md: gone",), took_s=1.5) == THREE


def test_a_comparison_counts_and_lists_what_changed() -> None:
    after = replace(
        THREE,
        questions=(
            THREE.questions[0],
            a_question("b", "de", hybrid=0.75),
            a_question("c", "de", hybrid=1.0, lexical=1.0),
        ),
    )

    found = compare(THREE, after)

    change = found.changes[Legs.HYBRID]["ndcg@10"]
    assert change.difference == pytest.approx((0.25 + 0.75) / 3)
    assert (change.n_rose, change.n_fell) == (2, 0)
    assert change.p == 2 / 4  # of the four sign patterns of two changes, two are as far from 0
    assert change.low == 0  # a draw of "a" three times: 1 in 27
    assert change.high == pytest.approx(0.75)
    assert [(one.question_id, other.values[Legs.HYBRID]["mrr"]) for one, other in found.questions[Legs.HYBRID]] == [
        ("c", 1.0),
        ("b", 0.75),
    ]
    assert [one.question_id for one, _ in found.questions[Legs.DENSE]] == []
    assert found.changes[Legs.LEXICAL]["mrr"].p == 1.0
    assert comparison_to_json(found)["hybrid"]["changed"][0]["question"] == "What of c?"


def test_the_order_of_questions_does_not_matter() -> None:
    turned = replace(THREE, questions=THREE.questions[::-1])

    assert all(change.difference == 0 for leg in Legs for change in compare(THREE, turned).changes[leg].values())


def test_other_questions_are_refused_and_named() -> None:
    a, b, c = THREE.questions
    other = replace(THREE, unit=Unit.DOCUMENT, questions=(replace(a, question="!"), replace(b, fingerprint="f"), a_question("d")))

    with pytest.raises(JudgementError) as raised:
        compare(THREE, other)

    assert str(raised.value) == (
        "The two evaluations are of different questions: the first ranks passages, the second documents; only the first has c; "
        "only the second has d; other words have a; other judgements have b. Evaluate both on the same judged set."
    )
    assert c.question_id == "c"


def test_unknown_judgements_are_no_difference() -> None:
    unknown = replace(THREE, questions=tuple(replace(each, fingerprint="") for each in THREE.questions))

    assert compare(THREE, unknown).changes[Legs.HYBRID]["mrr"].difference == 0


@pytest.mark.parametrize(
    ("found", "fault"),
    [
        ([], "no per_question"),
        ({"per_question": []}, "no per_question"),
        ({"per_question": [4]}, "question 1: not an object"),
        ({"per_question": [{"id": 1}]}, "question 1: no id; question 1: no question; question 1: lexical has no ndcg@10 between"),
        (
            {"set": 4, "unit": "word", "generation": "1", "per_question": [{}]},
            "set is not text; generation is not a whole number; unit",
        ),
    ],
)
def test_what_is_no_evaluation_is_refused_with_the_reason(found: object, fault: str) -> None:
    with pytest.raises(JudgementError, match="is no evaluation") as raised:
        from_json(found, "x.json")

    assert fault in str(raised.value)


@pytest.mark.parametrize("value", [float("nan"), -0.1, 1.5, True, "1", None])
def test_a_value_that_is_no_share_is_refused(value: object) -> None:
    found = to_json(THREE)
    found["per_question"][0]["dense"]["mrr"] = value

    with pytest.raises(JudgementError, match="question 1: dense has no mrr between 0 and 1"):
        from_json(found, "x.json")


def test_a_question_told_twice_is_refused() -> None:
    found = to_json(THREE)
    found["per_question"].append(found["per_question"][0])

    with pytest.raises(JudgementError, match="a is there 2 times"):
        from_json(found, "x.json")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 100_000])
def test_a_file_that_is_no_json_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.json").write_bytes(content)

    with pytest.raises(JudgementError, match="is not JSON"):
        read(tmp_path / "x.json")
    with pytest.raises(JudgementError, match="There is no file"):
        read(tmp_path / "absent.json")
