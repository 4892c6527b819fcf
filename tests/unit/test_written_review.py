"""The form of a review as text: what is written in it is read again as it is, whatever people write."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.adapters.review_yaml import ReviewYaml
from kb.peers.assessment.review import Answer, Confidence, GateAnswer, GateVerdict, Pin, Rating, Review, Stance
from kb.peers.assessment.state import Assessment
from kb.peers.assessment.written_review import WrittenReview, number, read
from kb.retrieval.judged import flat
from kb.retrieval.writable import writable
from kb.services.review_files import ReviewForm
from tests import panels

RUBRIC, ID = panels.RUBRIC, "bees-1"
ABOUT = Assessment(ID, panels.opened(title="Bees: a path"))
words = st.one_of(
    st.sampled_from(["# no comment", "a: b", "- a", "|", "'\"\\", "---", "…\u00a0: «\u202f🐝", "a\n\n  b\n#c", "{x}", "no"]),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=40),
).map(lambda text: writable(text).strip()).filter(lambda text: text not in ("~", "null", "Null", "NULL"))  # fmt: skip
pins = st.builds(
    Pin,
    passage_id=st.just("p1"),
    document=words.filter(bool),
    sha256=st.just("0"),
    quote=words.filter(bool),
    stance=st.sampled_from(Stance),
)
evidence = st.lists(pins, max_size=2).map(tuple)
scored = st.builds(
    Answer, rating=st.just(Rating.SCORED), score=st.sampled_from(RUBRIC.levels()), reason=words,
    confidence=st.none() | st.sampled_from(Confidence), pins=evidence, none_found=st.booleans(),
)  # fmt: skip
unscored = st.builds(
    Answer, rating=st.sampled_from([Rating.NOT_ASSESSABLE, Rating.UNKNOWN]) | st.none(), reason=words, pins=evidence
)
gates = st.builds(GateAnswer, verdict=st.none() | st.sampled_from(GateVerdict), reason=words, pins=evidence)
reviews = st.builds(
    Review, gates=st.dictionaries(st.sampled_from(RUBRIC.gate_names), gates),
    answers=st.dictionaries(st.sampled_from(RUBRIC.criterion_names), scored | unscored),
    comment=words, language=st.sampled_from(["", "en", "fr", "no"]),
)  # fmt: skip


def taken(text: str) -> WrittenReview:
    file = ReviewYaml().read(text.encode(), "review.yaml", ID, RUBRIC)
    assert file.faults == ()
    assert file.written is not None
    return file.written


@settings(max_examples=150, deadline=None)
@given(reviews)
def test_whatever_is_in_a_draft_is_read_from_its_form_as_it_is(review: Review) -> None:
    written = taken(ReviewYaml().begun(ReviewForm(ABOUT, RUBRIC, review, "en")))

    assert (tuple(written.gates), tuple(written.criteria)) == (RUBRIC.gate_names, RUBRIC.criterion_names)
    assert (written.comment, written.language) == (review.comment, review.language)
    for name, gate in written.gates.items():
        before = review.gates.get(name, GateAnswer())
        assert (gate.verdict, gate.reason) == (before.verdict, before.reason)
        assert [(each.document, flat(each.quote), each.stance) for each in gate.evidence] == told(before.pins)
    for name, said in written.criteria.items():
        answer = review.answers.get(name, Answer())
        assert (said.rating, said.value, said.reason, said.confidence, said.none_found) == (
            answer.rating, answer.score, answer.reason, answer.confidence, answer.none_found,
        )  # fmt: skip
        assert [(each.document, flat(each.quote), each.stance) for each in said.evidence] == told(answer.pins)


def told(found: tuple[Pin, ...]) -> list[tuple[str, str, Stance]]:
    return [(each.document, flat(each.quote), each.stance) for each in found]


def test_a_pin_that_is_hidden_by_now_is_told_as_a_number_and_nothing_else() -> None:
    hidden = panels.pin().model_copy(update={"document": "", "quote": ""})
    review = Review(
        answers={
            "reach": Answer(rating=Rating.UNKNOWN, reason="so", pins=(hidden, panels.pin("Words."))),
        }
    )

    form = ReviewYaml().begun(ReviewForm(ABOUT, RUBRIC, review, "en"))

    assert "Passages that you may not see any more, and that stay: 1" in form
    assert [each.quote for each in taken(form).criteria["reach"].evidence] == ["Words."]


@pytest.mark.parametrize(
    ("changes", "place", "sentence"),
    [
        ({"assessment": "bees-2"}, ("assessment",), "is “bees-2”; this is for “bees-1”. Print its own form: kb assess form bees-1"),
        ({"rubric": "long"}, ("rubric",), "is “long”; this is for “small”. Print its own form: kb assess form bees-1"),
        ({"assessment": ""}, (), "has no “assessment”"),
        ({"coment": "Fine."}, ("coment",), "unknown key “coment”; did you mean “comment”?"),
        ({"language": "english"}, ("language",), None),
        ({"gates": {"effectiveness": {}}}, None, None),
        (
            {"gates": {"ethic": {"verdict": "yes"}}},
            ("gates", "ethic"),
            "the rubric does not ask for “ethic”; did you mean “ethics”?",
        ),
        ({"criteria": {"reach": {"score": "4.25"}}}, ("criteria", "reach", "score"), None),
        (
            {"criteria": {"reach": {"confidence": "sure"}}},
            ("criteria", "reach", "confidence"),
            "“sure” is none of low, medium, high",
        ),
        (
            {"criteria": {"reach": {"reason": "x" * 5001}}},
            ("criteria", "reach", "reason"),
            "has 5001 characters; at most 5000 are taken",
        ),
        (
            {"criteria": {"reach": {"evidence": [{"document": "a.md"}]}}},
            ("criteria", "reach", "evidence", 0),
            "names neither a quote nor a passage",
        ),
        (
            {"criteria": {"reach": {"evidence": [{"quote": "a"}] * 13}}},
            ("criteria", "reach", "evidence"),
            "has 13 passages; at most 12 are taken",
        ),
    ],
)
def test_what_cannot_be_taken_is_said_with_its_place(
    changes: dict[str, object], place: tuple[str | int, ...] | None, sentence: str | None
) -> None:
    raw = {"assessment": ID, "rubric": "small", "version": "1", **changes}

    written, flaws = read(raw, ID, RUBRIC)

    if place is None:  # an item that is blank says nothing, wherever it stands
        assert (written is not None, flaws) == (True, ())
        return
    assert written is None
    assert [each.place for each in flaws] == [place]
    assert sentence in (None, flaws[0].sentence)


@pytest.mark.parametrize(
    ("text", "value"), [("3", 3.0), ("3.5", 3.5), ("3,5", 3.5), ("three", None), ("", None), ("unknown", None)]
)
def test_a_score_is_a_number_with_point_or_comma(text: str, value: float | None) -> None:
    assert number(text) == value
