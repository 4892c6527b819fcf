"""Words of the lexical index: how a text in a language becomes terms, and which terms a question asks for.

Three kinds of field hold a passage's words. The folded one (:data:`ANY`) has them as they stand, without case and accents. The one
of its language has them stemmed. :data:`ROOTS` has their first five letters: it meets cognates, names and their inflections across
languages (truncation as in McNamee, Mayfield 2004, doi:10.1023/B:INRT.0000009441.78971.be), and parts of compounds within one.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import tantivy

STEMMERS = {  # BCP 47 → Tantivy's (Snowball) name
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
WITHOUT_STOP_WORDS = {"ar", "el", "ro", "ta", "tr"}  # Tantivy ships no list for these
COMPOUNDING = {"da", "de", "fi", "hu", "nl", "no", "sv"}  # write compounds as one word
ANY = "any"  # the folded field
ROOTS = "roots"  # first letters of each word, folded
ROOT_LETTERS = 5  # 4 to 6 differ by less than chance on German, Spanish and Romanian (docs/benchmarks.md, "Ranking")
UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"  # scripts without spaces: each letter is a word
UNSPACED_LANGUAGES = {"ja", "km", "lo", "my", "th", "zh"}
WORD = rf"[{UNSPACED}]|[[\p{{L}}\p{{M}}\p{{N}}]--[{UNSPACED}]]+"  # marks belong to the word, or Hindi falls apart at each virama
MAX_TERMS = 200  # distinct terms of a question a field; a question has at most 2,000 characters


@cache
def analyzer(language: str) -> Any:
    """Words of a text in ``language``, or folded only for :data:`ANY`."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(WORD)).filter(tantivy.Filter.remove_long(64))
    builder = builder.filter(tantivy.Filter.lowercase())
    if language in STEMMERS:
        if language not in WITHOUT_STOP_WORDS:
            builder = builder.filter(tantivy.Filter.stopword(STEMMERS[language]))
        builder = builder.filter(tantivy.Filter.stemmer(STEMMERS[language]))
    return builder.filter(tantivy.Filter.ascii_fold()).build()


@cache
def stop_words(language: str) -> frozenset[str]:
    """Function words of a language, folded. In the field that all languages share they match nothing but noise."""
    import stopwordsiso

    if not stopwordsiso.has_lang(language):
        return frozenset()
    told = [analyzer(ANY).analyze(word) for word in stopwordsiso.stopwords(language)]
    if language in UNSPACED_LANGUAGES:  # a word of several letters must not stop each of its letters
        told = [terms for terms in told if len(terms) == 1]
    return frozenset(term for terms in told for term in terms)


def roots(text: str) -> list[str]:
    """The first letters of each word, folded."""
    return [term[:ROOT_LETTERS] for term in analyzer(ANY).analyze(text)]


def question_terms(question: str, spoken: str) -> dict[str, list[str]]:
    """Field → terms to look for in passages of the question's own language.

    The language of a short question may be unknown: then its words are tried with every stemmer, none stopped.
    """
    if spoken == "und":
        fields: tuple[str, ...] = (ANY, *STEMMERS)
    elif spoken not in STEMMERS:
        fields = (ANY, ROOTS)
    else:
        fields = (ANY, spoken, ROOTS) if spoken in COMPOUNDING else (ANY, spoken)
    return {field: root_terms(question, spoken) if field == ROOTS else _terms(question, spoken, field) for field in fields}


def root_terms(question: str, spoken: str) -> list[str]:
    """Terms to look for in :data:`ROOTS`: of each word that is not a function word of the question's language."""
    return list(dict.fromkeys(term[:ROOT_LETTERS] for term in _terms(question, spoken, ANY)))


def _terms(question: str, spoken: str, field: str) -> list[str]:
    stopped = stop_words(spoken) if field == ANY else frozenset()
    found = dict.fromkeys(analyzer(field).analyze(question))
    return [term for term in found if term not in stopped][:MAX_TERMS]
