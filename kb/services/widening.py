"""Which concepts a question names, by the concept files as they are now."""

from __future__ import annotations

from functools import lru_cache

from kb.errors import UnusableConcepts
from kb.peers.concepts import ConceptScheme
from kb.peers.expansion import Naming, stretches
from kb.retrieval.answer import Question
from kb.retrieval.widening import Widening
from kb.services.knowledge_base import KnowledgeBase


def widened(kb: KnowledgeBase, question: Question) -> Widening:
    """The concepts that the words of a question name, outside its phrases and operators.

    Concept files with a fault name nothing, and the answer says so: a question is answered whatever somebody wrote in them.
    """
    try:
        scheme = kb.concepts()
    except UnusableConcepts:
        return Widening(is_unknown=True)
    if not scheme.concepts:
        return Widening()
    return _naming(scheme).widen(stretches(question.text, [part.typed for part in question.parts]))


@lru_cache(maxsize=2)  # 200 concepts in six languages take 15 ms to index
def _naming(scheme: ConceptScheme) -> Naming:
    return Naming(scheme)
