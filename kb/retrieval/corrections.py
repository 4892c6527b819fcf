"""Mistyped words of a question: which they are, and what was meant."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kb.retrieval.embed import Encoder
from kb.retrieval.index import Correction, LexicalIndex
from kb.retrieval.passage import UNDETERMINED
from kb.retrieval.spelling import words_of

FEW_WORDS = 3  # of so few words the language cannot be told for certain, still less when one of them is mistyped
MAX_UNKNOWN = 8  # words of a question: one with more is not mistyped, its language or its subject is another


def find_corrections(
    text: str, language: str, lexical: LexicalIndex, encoder: Encoder, seen: NDArray[np.bool_] | None
) -> tuple[Correction, ...]:
    """For each mistyped word the one most likely meant, in the order of the text.

    Mistyped is a word that no document has in any form and that looks it (:func:`looks_mistyped`). What may be meant stands in
    passages of the question's language; of any language, if that is unknown or the question has three words or fewer. So a
    question is not corrected to words of another language that happen to be near.

    Args:
        language: of the question, or ``"und"``.
        seen: ``bool (n_rows,)``: rows the asker may see, ``None`` for all. Words of others are neither known nor offered.
    """
    unknown = lexical.unknown_words(text, language=language, seen=seen)
    if not unknown or len(unknown) > MAX_UNKNOWN:
        return ()
    n_words = len(words_of(text))
    pieces = encoder.word_pieces(unknown)
    mistyped = [word for word, cut in zip(unknown, pieces, strict=True) if looks_mistyped(len(cut), n_words)]
    languages = None if language == UNDETERMINED or n_words <= FEW_WORDS else (language, UNDETERMINED)
    meant = {word: lexical.nearest_word(word, languages=languages, seen=seen) for word in mistyped}
    return tuple(Correction(word, used) for word, used in meant.items() if used)


def looks_mistyped(n_pieces: int, n_words: int) -> bool:
    """Whether a word that no document has is a mistake rather than a word of its own, by how the encoder's vocabulary cuts it.

    A vocabulary has common words in one piece and cuts a mistake into several. Of 1,304 mistyped words of the sample corpus 63 %
    have three pieces or more, and 99 % two or more; of the 15 right but unknown words of its 148 judged questions 2 and 10 have.
    In a sentence three are asked for: a word that stays as it is costs little there, a wrong one is a nuisance.

    Args:
        n_words: of the question.
    """
    return n_pieces >= (2 if n_words <= FEW_WORDS else 3)
