"""Words of the lexical index: how a text in a language becomes terms, and which terms a question asks for."""

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
ANY = "any"  # the folded field
MAX_TERMS = 200  # distinct terms of a question a field; a question has at most 2,000 characters


@cache
def analyzer(language: str) -> Any:
    """Words of a text in ``language``, or folded only for :data:`ANY`."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.remove_long(64))
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
    return frozenset(term for word in stopwordsiso.stopwords(language) for term in analyzer(ANY).analyze(word))


def question_terms(question: str, spoken: str) -> dict[str, list[str]]:
    """Field → terms: the question's words, folded, without stop words of its language; and stemmed, in its language's field.

    The language of a short question may be unknown: then its words are tried with every stemmer, none stopped.
    """
    terms = {}
    for language in (ANY, spoken) if spoken in STEMMERS else (ANY, *STEMMERS):
        stopped = stop_words(spoken) if language == ANY else frozenset()
        found = dict.fromkeys(analyzer(language).analyze(question))
        terms[language] = [term for term in found if term not in stopped][:MAX_TERMS]
    return terms
