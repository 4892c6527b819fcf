"""What keeps a judgement from being handed in, what it has no evidence for, and how it is kept."""

from __future__ import annotations

import pytest

from kb.peers.assessment.given import checked
from kb.peers.transfer.events import KINDS, HandedIn, read, spelled
from kb.peers.transfer.judgement import Adaptation, CriterionAnswer, Evidenced, Judgement, Lack, Need, lacking, unsupported
from tests.transfers import FRAMEWORK, NAMES, answer, concluded, handed_in, judgement, pin

WHOLE = judgement(2, 1, -2, None, 0, -1)


def with_answer(name: str, one: CriterionAnswer) -> Judgement:
    return WHOLE.model_copy(update={"answers": {**WHOLE.answers, name: one}})


def test_a_whole_judgement_lacks_nothing_and_an_empty_one_every_answer() -> None:
    assert lacking(WHOLE, FRAMEWORK) == ()
    assert lacking(Judgement(), FRAMEWORK) == tuple(Lack(name, Need.ANSWER) for name in NAMES)


@pytest.mark.parametrize(
    ("one", "needs"),
    [
        (CriterionAnswer(), [Need.ANSWER]),
        (CriterionAnswer(reason="only a reason"), [Need.ANSWER]),
        (CriterionAnswer(value=0), [Need.REASON, Need.CONFIDENCE]),
        (CriterionAnswer(is_unknown=True), [Need.REASON]),
        (CriterionAnswer(is_unknown=True, reason="no report"), []),
        (CriterionAnswer(value=1, is_unknown=True, reason="so"), [Need.ONE]),
        (answer(1).model_copy(update={"source_pins": (pin(),), "none_in_source": True}), [Need.EITHER]),
        (answer(1).model_copy(update={"target_pins": (pin(),), "none_in_target": True}), [Need.EITHER]),
        (answer(1).model_copy(update={"source_pins": (pin(),), "none_in_target": True}), []),
    ],
)
def test_what_an_answer_lacks(one: CriterionAnswer, needs: list[Need]) -> None:
    assert lacking(with_answer("law", one), FRAMEWORK) == tuple(Lack("law", need) for need in needs)


def test_what_is_not_asked_is_not_handed_in() -> None:
    assert lacking(with_answer("beauty", answer(2)), FRAMEWORK) == (Lack("beauty", Need.ASKED),)


def test_a_value_is_unsupported_where_the_framework_asks_for_passages_and_none_is_pinned() -> None:
    """Of the practice alone: core, evidence; of both: law; of the target: need, champion. finance is unknown."""
    source, target = Evidenced.SOURCE, Evidenced.TARGET

    assert unsupported(WHOLE, FRAMEWORK) == (
        ("core", source), ("evidence", source), ("law", source), ("law", target), ("need", target), ("champion", target),
    )  # fmt: skip
    half = answer(1).model_copy(update={"target_pins": (pin(),), "none_in_source": True})
    assert [side for name, side in unsupported(with_answer("law", half), FRAMEWORK) if name == "law"] == [source]


@pytest.mark.parametrize("value", [-3, 3, 1.5, "many", True])
def test_a_value_is_one_of_five(value: object) -> None:
    found, faults = checked(CriterionAnswer, {"value": value})

    assert found is None
    assert faults == (f"value: “{value}” is no answer; there are -2, -1, 0, 1, 2",)


def test_what_was_typed_becomes_a_judgement_or_every_reason_why_not() -> None:
    kept, none = checked(Judgement, {"barriers": ["no law"], "adaptations": [{"element": "the path", "how": "shorter"}]})
    nothing, faults = checked(Judgement, {"barriers": [""], "adaptations": [{"element": "the path"}], "beauty": 2})

    assert none == ()
    assert kept is not None
    assert kept.adaptations == (Adaptation(element="the path", how="shorter"),)
    assert nothing is None
    assert [fault.split(":")[0] for fault in faults] == ["barriers.0", "adaptations.0", "beauty"]


def test_what_is_unknown_has_no_value_even_if_one_is_left() -> None:
    assert CriterionAnswer(value=2, is_unknown=True).known is None
    assert answer(0).known == 0


def test_every_event_is_read_as_it_was_spelled() -> None:
    told = handed_in({"ann": WHOLE}, ("opa", concluded({"ann": WHOLE})))

    assert [read(*spelled(event.body)) for event in told] == [event.body for event in told]
    assert read(*spelled(HandedIn(judgement=None))) == HandedIn(judgement=None)
    assert set(KINDS) == {"opened", "invited", "joined", "excused", "handed-in", "concluded", "cancelled", "evaluated"}
    with pytest.raises(ValueError, match="no event of a test of transferability is called “begun”"):
        read("begun", "{}")
