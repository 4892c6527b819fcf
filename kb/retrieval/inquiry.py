"""A question made ready for one generation: what of it is the same whatever filters are chosen beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.retrieval.answer import Filters, Legs, Question
from kb.retrieval.candidates import Candidates, find_candidates
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.corrections import find_corrections
from kb.retrieval.deadline import Deadline
from kb.retrieval.embed import Encoder
from kb.retrieval.generation import Generation
from kb.retrieval.held import Held, hold
from kb.retrieval.index import Correction
from kb.retrieval.language import LanguageDetector
from kb.retrieval.operators import with_names_written_out
from kb.retrieval.passage import DocumentId
from kb.retrieval.permitted import permitted
from kb.retrieval.rows import Allowed
from kb.retrieval.widening import NamedConcept

NOTHING = Candidates({}, {}, [], [])


@dataclass(frozen=True, eq=False)
class Asked:
    """What a question found within some filters.

    Attributes:
        searched: rows that filters and operators leave.
        allowed: those of them that keep to the phrases.
        found: what both legs found among these.
    """

    searched: Allowed
    allowed: Allowed
    found: Candidates


@dataclass(frozen=True, eq=False)
class Inquiry:
    """A question, understood, encoded and confined.

    Attributes:
        language: of its words, or ``"und"``.
        vector: ``float32 (dim,)``, unit length; ``None`` where it has no words.
        documents: those the asker may see.
        operators: what the question itself asks of them.
        held: rows with its phrases and without what it must be without.
        corrections: of its mistyped words.
        named: concepts whose other names are looked for too.
    """

    question: Question
    language: str
    vector: NDArray[np.float32] | None
    documents: Mapping[DocumentId, DocumentSummary]
    operators: Filters
    held: Held
    corrections: tuple[Correction, ...]
    generation: Generation
    deadline: Deadline
    named: tuple[NamedConcept, ...] = ()

    def ask(self, within: Filters) -> Asked:
        """What the question finds within these filters."""
        rows = self.generation.rows
        searched = permitted(rows, self.documents, within, self.operators)
        allowed = searched if self.held.rows is None else Allowed.of(rows, searched.rows & self.held.rows)
        if self.vector is None:
            return Asked(searched, allowed, NOTHING)
        found = find_candidates(
            self.question.words,
            self.vector,
            self.language,
            self.generation,
            allowed,
            verbatim=self.held.verbatim,
            corrections=self.corrections,
            deadline=self.deadline,
            named=self.named,
        )
        return Asked(searched, allowed, found)


def prepare(
    question: Question,
    vector: NDArray[np.float32] | None,
    generation: Generation,
    documents: Mapping[DocumentId, DocumentSummary],
    encoder: Encoder,
    detector: LanguageDetector,
    legs: Legs,
    deadline: Deadline,
    named: tuple[NamedConcept, ...] = (),
) -> Inquiry:
    """Find what a question's phrases and its mistyped words stand for in this generation.

    Args:
        vector: of the question's words; ``None`` where it has none.
        documents: those the asker may see; words of others are not known here.

    Raises:
        SearchTimeout: if the deadline has passed by then.
    """
    rows = generation.rows
    language = detector.detect(question.words)
    operators = with_names_written_out(question.filters, documents)
    held = Held()
    if question.phrases or question.without:
        held = hold(question, generation.lexical, permitted(rows, documents, operators).rows, deadline)
    corrections: tuple[Correction, ...] = ()
    if question.loose and legs is not Legs.DENSE:
        seen = permitted(rows, documents)
        visible = None if len(seen) == len(rows) else seen.rows
        corrections = find_corrections(question.loose, language, generation.lexical, encoder, visible)
    deadline.check()
    return Inquiry(question, language, vector, documents, operators, held, corrections, generation, deadline, named)
