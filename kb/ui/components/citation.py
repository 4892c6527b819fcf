"""How a passage is cited: one line to copy, the same in every language but for its fixed words."""

from __future__ import annotations

from kb.retrieval.answer import Hit
from kb.retrieval.passage import Metadata, Passage
from kb.retrieval.quotation import Quotation
from kb.retrieval.reference import Reference
from kb.ui import words


def text(path: str, about: Metadata, passage: Passage, media_type: str, sentence: tuple[int, int] | None) -> str:
    """The sentence that answers, authors (date). Title. Organisation. Page. Address. What is unknown is left out."""
    wording = words.citation()
    reference = Reference.of(passage.document_id, path, about, media_type, instead=wording.name_withheld)
    quotation = Quotation.of(1, passage, reference, about, media_type, sentence=sentence, instead=wording.name_withheld)
    return wording.cited(quotation)


def of_hit(hit: Hit) -> str:
    """The citation of a hit, with the sentence that answers."""
    return text(hit.path, hit.metadata, hit.passage, hit.media_type, hit.sentence)
