"""Judged questions as files that other programs read: TREC qrels with BEIR queries, and YAML as in ``corpus/questions``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from kb.retrieval.judged import Judged, JudgedSet, flat, passages_with
from kb.retrieval.passage import UNDETERMINED, Passage


def qrels(judged: JudgedSet, passages: Mapping[str, Sequence[Passage]]) -> str:
    """Lines ``query-id 0 passage-id relevance``; the second column, the iteration, means nothing since TREC-1.

    Args:
        passages: path → passages; an answer that none of them holds has no line.

    Reference:
        https://trec.nist.gov/data/qrels_eng/
    """
    return "".join(
        f"{_word(question.question_id)} 0 {passage} {relevance}\n"
        for question in judged.questions
        for passage, relevance in _graded(question, passages).items()
    )


def queries(judged: JudgedSet) -> str:
    """The questions of :func:`qrels`: one JSON object a line, ``_id`` and ``text``, as BEIR writes them."""
    lines = ({"_id": _word(question.question_id), "text": flat(question.question)} for question in judged.questions)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def golden(judged: JudgedSet) -> str:
    """The questions with document, quote and relevance; what is not relevant is there with relevance 0."""
    return "".join(line + "\n" for question in judged.questions for line in _entry(question)) or "[]\n"


def _graded(question: Judged, passages: Mapping[str, Sequence[Passage]]) -> dict[str, int]:
    """Passage → relevance, the best where several answers meet in one."""
    graded: dict[str, int] = {}
    for answer in question.answers:
        for passage in passages_with(answer, passages.get(answer.document, ())):
            graded[passage] = max(answer.relevance, graded.get(passage, answer.relevance))
    return graded


def _word(identity: str) -> str:
    return "-".join(identity.split())  # columns are parted by spaces


def _entry(question: Judged) -> Iterator[str]:
    yield f"- id: {_quoted(question.question_id)}"
    yield f"  question: {_quoted(flat(question.question))}"
    yield f"  language: {_quoted(question.language or UNDETERMINED)}"
    yield "  answers:" if question.answers else "  answers: []"
    for answer in question.answers:
        yield f"    - document: {_quoted(answer.document)}"
        yield f"      quote: {_quoted(flat(answer.quote))}"
        yield f"      relevance: {answer.relevance}"


def _quoted(text: str) -> str:
    """A YAML double-quoted scalar. Everything that YAML might obey or refuse is escaped, so that "no" stays a word."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if char.isprintable() and ord(char) <= 0xFFFF:  # PyYAML's own writer does the same beyond
        return char
    return f"\\u{ord(char):04X}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08X}"
