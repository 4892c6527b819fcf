"""Judged questions: which passages hold an answer, and how sets are put together."""

from __future__ import annotations

from dataclasses import replace

from kb.retrieval.judged import Answer, Judged, JudgedSet, join, lost_key, relevant_passages
from kb.retrieval.passage import DocumentId, Passage, PassageId


def a_passage(identity: str, text: str) -> Passage:
    return Passage(PassageId(identity), DocumentId("d"), 0, 0, len(text), text, None, None, (), "en", "", ())


PASSAGES = {"a.md": [a_passage("p1", "The guild began\nin  1971, with seven."), a_passage("p2", "It began in 1971 again.")]}


def test_a_passage_answers_when_it_holds_the_quote_whatever_its_line_ends() -> None:
    found = relevant_passages([Answer("a.md", "guild began in 1971,", 2)], PASSAGES)

    assert found == {"p1": 2}


def test_every_passage_that_holds_the_quote_answers_and_the_best_grade_counts() -> None:
    found = relevant_passages([Answer("a.md", "in 1971", 1), Answer("a.md", "began in 1971 again", 2)], PASSAGES)

    assert found == {"p1": 1, "p2": 2}


def test_the_same_words_in_another_document_are_no_answer() -> None:
    answer = Answer("b.md", "in 1971", 2)

    assert relevant_passages([answer], PASSAGES) == {lost_key(answer): 2}


def test_an_answer_that_stands_nowhere_is_a_miss_and_not_forgotten() -> None:
    answer = Answer("a.md", "in 1972", 2)

    assert relevant_passages([answer], PASSAGES) == {lost_key(answer): 2}


def test_what_was_judged_not_relevant_has_grade_0_and_is_never_lost() -> None:
    found = relevant_passages([Answer("a.md", "again", -1), Answer("a.md", "nowhere", 0)], PASSAGES)

    assert found == {"p2": 0}


def test_a_judged_passage_is_found_by_its_id_and_when_it_is_cut_anew_by_its_quote() -> None:
    assert relevant_passages([Answer("a.md", "in 1971", 1, "p2")], PASSAGES) == {"p2": 1}
    assert relevant_passages([Answer("a.md", "in 1971", 1, "gone")], PASSAGES) == {"p1": 1, "p2": 1}


def test_a_question_that_members_judged_joins_the_golden_one() -> None:
    golden = Judged("g1", "When did it begin?", "en", (Answer("a.md", "1971", 2),))
    said = Judged("m1", "when did  it begin?", "", (Answer("b.md", "1972", 1), golden.answers[0]))
    other = Judged("g1", "Where?", "en", (Answer("a.md", "here", 1),))

    joined = join("both", JudgedSet("golden", (golden,)), JudgedSet("members", (said, other)))

    assert joined == JudgedSet(
        "both", (replace(golden, answers=(golden.answers[0], said.answers[0])), replace(other, question_id="g1-2"))
    )


def test_the_fingerprint_tells_other_judgements_and_not_another_order() -> None:
    one, two = Answer("a.md", "x", 2), Answer("b.md", "y", 1)
    question = Judged("q", "?", "en", (one, two))

    assert question.fingerprint == replace(question, answers=(two, one)).fingerprint
    assert question.fingerprint != replace(question, answers=(one, replace(two, relevance=2))).fingerprint
