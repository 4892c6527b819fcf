"""What a sheet says in words: in one language or several, or "unknown"; with marks that name the source.

A citation mark is Pandoc's: ``[@sewa-2019]`` or ``[@sewa-2019, p. 12]``.
"""

from __future__ import annotations

import re
from typing import Any, Final, Self

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, ValidationInfo, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from kb.retrieval.passage import UNDETERMINED

LANGUAGE: Final = "language"  # in the context of a validation: the language of plain texts
UNKNOWN: Final = "unknown"
MAX_CHARS = 20_000  # of one text in one language: ten printed pages; more is a document
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
MARK = re.compile(r"\s*\[[^\[\]]*?(?<![\w.])@[^\[\]]*\]")
_KEY = re.compile(r"(?<![\w.])@(\w[\w-]*)")


class Part(BaseModel):
    """A piece of a sheet: frozen, and nothing in it that has no name."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, validate_default=False)


def flaw(sentence: str) -> PydanticCustomError:
    """A fault in the words of this project; pydantic adds where it stands."""
    # The sentence goes in as a value: pydantic would read braces in it as places to fill.
    return PydanticCustomError("sheet", "{sentence}", {"sentence": sentence})


def fault_of_words(words: str) -> str:
    """Why ``words`` are no narrative, as a clause; empty when they are."""
    bare = without_citations(words)
    if not bare:
        return "is blank; write “unknown” if nobody knows" if not words.strip() else "holds a citation and no words"
    if _ADDRESS.fullmatch(bare):
        return "is a bare link; say in words what stands there, and put the address under links or sources"
    if len(words) > MAX_CHARS:
        return f"has {len(words)} characters; at most {MAX_CHARS} are taken"
    return ""


def fault_of_language(tag: str) -> str:
    """Why ``tag`` is no language of a text, as a clause; empty when it is."""
    return "" if _LANGUAGE.fullmatch(tag) else f"language “{tag[:40]}” is no code of BCP 47 such as en, fr or pt"


class Text(Part):
    """Words in one language or several; without any, it is known that nobody knows.

    Attributes:
        said: language → words, in the order of the sheet; empty: unknown.
    """

    said: tuple[tuple[str, str], ...] = ()

    @classmethod
    def unknown(cls) -> Self:
        """Nobody knows."""
        return cls.model_construct(said=())

    @property
    def is_unknown(self) -> bool:
        """Whether it says "unknown"."""
        return not self.said

    @property
    def languages(self) -> tuple[str, ...]:
        """In the order of the sheet."""
        return tuple(language for language, _ in self.said)

    def best(self, *wanted: str) -> tuple[str, str]:
        """Language and words: of the first of ``wanted`` that there is, else of the first that was written. Unknown: two empty."""
        words = dict(self.said)
        for language in wanted:
            if language in words:
                return language, words[language]
        return self.said[0] if self.said else ("", "")

    def cites(self) -> frozenset[str]:
        """Keys of the sources that it names, in any language."""
        return frozenset(key for _, words in self.said for key in cited(words))

    @model_validator(mode="before")
    @classmethod
    def _read(cls, given: Any, info: ValidationInfo) -> Any:
        """From ``{"en": "…"}``, "unknown", or a plain text in the language that the context names."""
        if isinstance(given, Text):
            return {"said": given.said}
        if isinstance(given, str):
            if given.strip() == UNKNOWN:
                return {"said": ()}
            if fault := fault_of_words(given):
                raise flaw(fault)
            return {"said": (((info.context or {}).get(LANGUAGE) or UNDETERMINED, given.strip()),)}
        if not isinstance(given, dict):
            raise flaw(f"is {_what(given)}; wanted is a text, “unknown”, or a text for each language (en: …, fr: …)")
        faults = []
        for language, words in given.items():
            if fault := fault_of_language(str(language)):
                faults.append(fault)
            elif not isinstance(words, str):
                faults.append(f"in {language} it is {_what(words)}, not a text")
            elif words.strip() == UNKNOWN:
                faults.append(f"in {language} it is “unknown”; leave that language out")
            elif fault := fault_of_words(words):
                faults.append(f"in {language} it {fault}")
        if faults or not given:
            raise flaw("; ".join(faults) or "is blank; write “unknown” if nobody knows")
        return {"said": tuple((str(language), words.strip()) for language, words in given.items())}

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        words = {"type": "string", "minLength": 1, "maxLength": MAX_CHARS}
        each = {"type": "object", "propertyNames": {"pattern": f"^{_LANGUAGE.pattern}$"}, "additionalProperties": words}
        return {"title": "Text", "description": "Plain text, “unknown”, or one text for each language.",
                "anyOf": [words, each | {"minProperties": 1}]}  # fmt: skip


def cited(words: str) -> list[str]:
    """Keys of the sources that ``words`` name, in order."""
    if "@" not in words:  # as in most: a thousand sheets have thirty thousand texts
        return []
    return [key for mark in MARK.findall(words) for key in _KEY.findall(mark)]


def without_citations(words: str) -> str:
    """``words`` for a reader who sees the sources elsewhere."""
    return MARK.sub("", words).strip() if "@" in words else words.strip()


def _what(given: object) -> str:
    """What a value is, for a person."""
    if isinstance(given, dict):
        return "keys with values"
    if isinstance(given, (list, tuple)):
        return "a list"
    return f"“{str(given)[:60]}”"
