"""Judged questions: which passages or documents answer them, as people said. The values that evaluation is measured on.

Golden questions, sets of others in BEIR form and what members judged in the app all become a :class:`JudgedSet`;
:func:`join` puts them together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.retrieval.passage import Passage, PassageId

MOST_RELEVANCE = 100  # grades are gains and are summed: larger ones are a slip of the pen


@dataclass(frozen=True)
class Answer:
    """One judgement: where an answer stands and how good it is.

    Attributes:
        document: its path in the knowledge base, or its id in a set of others.
        quote: words that stand in the passage; empty where the document as a whole was judged.
        relevance: 2 answers it, 1 helps, 0 or less: looked at and not relevant. Gains of nDCG are linear in it.
        passage_id: the passage itself, where it was judged in the app; the quote finds it again when it is cut otherwise.
    """

    document: str
    quote: str = ""
    relevance: int = 1
    passage_id: str = ""


@dataclass(frozen=True)
class Judged:
    """A question with its judgements.

    Attributes:
        question_id: unique within its set.
        language: BCP 47 primary tag, or empty where nobody said.
        answers: in any order; none with a relevance above 0 means that it cannot be measured.
    """

    question_id: str
    question: str
    language: str = ""
    answers: tuple[Answer, ...] = ()

    @property
    def can_be_measured(self) -> bool:
        """Whether anything is known to be relevant."""
        return any(answer.relevance > 0 for answer in self.answers)

    @property
    def fingerprint(self) -> str:
        """12 hex digits of what was judged; the order of answers does not matter."""
        told = sorted(f"{each.document}\0{flat(each.quote)}\0{each.relevance}\0{each.passage_id}" for each in self.answers)
        return hashlib.sha256("\1".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:12]


@dataclass(frozen=True)
class JudgedSet:
    """Questions under one name, each id once."""

    name: str
    questions: tuple[Judged, ...]


@dataclass(frozen=True)
class Collection:
    """A judged set with the documents that it was judged on, as they are published in BEIR form.

    Attributes:
        documents: id → title (may be empty) and text, plain words both.
        judged: answers name these ids and no quote.
    """

    documents: Mapping[str, tuple[str, str]]
    judged: JudgedSet


def flat(text: str) -> str:
    """Text with every run of white space as one space: line ends of a page are no part of a quote."""
    return " ".join(text.split())


def join(name: str, *sets: JudgedSet) -> JudgedSet:
    """One set of several. The same question, but for spaces and case, is one question with all its answers.

    The first set's id and language win; an id that another question has already is numbered on.
    """
    together: dict[str, Judged] = {}
    taken: set[str] = set()
    for question in (each for one in sets for each in one.questions):
        key = flat(question.question).casefold()
        before = together.get(key)
        if before is not None:
            answers = tuple(dict.fromkeys((*before.answers, *question.answers)))
            together[key] = replace(before, answers=answers, language=before.language or question.language)
            continue
        identity = _free(question.question_id, taken)
        taken.add(identity)
        together[key] = replace(question, question_id=identity)
    return JudgedSet(name, tuple(together.values()))


def _free(identity: str, taken: set[str]) -> str:
    candidate, number = identity, 1
    while candidate in taken:
        number += 1
        candidate = f"{identity}-{number}"
    return candidate


def relevant_passages(answers: Iterable[Answer], passages: Mapping[str, Sequence[Passage]]) -> dict[str, int]:
    """The passages that hold the answers, with their relevance; the best where several judgements meet in one.

    Args:
        answers: of one question.
        passages: path → passages, of every document that the answers name and that may be seen.

    Returns:
        Passage id → relevance, 0 or more. A relevant answer that no passage holds is there too, under a key that no search
        can return (:func:`lost_key`): not to find it is a miss.
    """
    found: dict[str, int] = {}
    for answer in answers:
        relevance = max(0, answer.relevance)
        holding = passages_with(answer, passages.get(answer.document, ()))
        keys: Sequence[str] = holding or ([lost_key(answer)] if relevance else [])
        for key in keys:
            found[key] = max(relevance, found.get(key, 0))
    return found


def passages_with(answer: Answer, passages: Iterable[Passage]) -> list[PassageId]:
    """The one that was judged, or else all that hold the quote, of the passages of the answer's document."""
    passages = list(passages)
    if answer.passage_id and any(passage.id == answer.passage_id for passage in passages):
        return [PassageId(answer.passage_id)]
    quote = flat(answer.quote)
    return [passage.id for passage in passages if quote and quote in flat(passage.text)]


def lost_key(answer: Answer) -> str:
    """A name for a judged answer that stands in no passage; passage ids are 16 hex digits, this is not."""
    return f"lost: {answer.document}: {flat(answer.quote) or answer.passage_id}"
