"""Words of the lexical index: how a text in a language becomes terms, and which terms a question asks for.

Three kinds of field hold a passage's words. The folded one (:data:`ANY`) has them as they stand, without case and accents. The one
of its language has them stemmed. :data:`ROOTS` has their first five letters: it meets cognates, names and their inflections across
languages (truncation as in McNamee, Mayfield 2004, doi:10.1023/B:INRT.0000009441.78971.be), and parts of compounds within one.
Where no spaces part words, and of Korean, whose words end in particles, it has every few letters in a row instead: two, three
where a letter is one sound; and each Chinese letter, which Japanese shares.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import tantivy

from kb.adapters.lexical_folding import as_spoken, folded, in_one_piece

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
SOUNDS = "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u0edc-\u0edf\u1000-\u103f\u1050-\u109f\u1780-\u17d3"  # Thai, Lao, Burmese, Khmer
SYLLABLES = "\u3005\u3007\u3041-\u309f\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003134f"  # CJK
CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
UNSPACED_OR_KOREAN = re.compile("[\u0e01-\u10ff\u1780-\u17ff\u3005-\U0003134f]")  # quicker told than found
RUNS = re.compile(f"(?P<sounds>[{SOUNDS}]+)|[{SYLLABLES}]+")
SOUNDS_IN_A_ROW, SYLLABLES_IN_A_ROW = 3, 2
LONG_RUN = re.compile(f"[{SOUNDS}]{{{SOUNDS_IN_A_ROW},}}")  # its letters one by one stand in every passage
STEMMED = re.compile("[0-9A-Za-z\u00aa-\u024f\u0370-\u052f\u0600-\u06ff\u0b80-\u0bff\u1e00-\u1fff]")  # what a stemmer may read
MAX_TERMS = 200  # distinct terms of a question a field; a question has at most 2,000 characters


@cache
def analyzer(language: str) -> Any:
    """Words of a text in ``language``, or folded only for :data:`ANY`. The text must be :func:`prepared` for it."""
    if language == ROOTS:  # they are cut already
        return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(WORD)).filter(tantivy.Filter.remove_long(64))
    builder = builder.filter(tantivy.Filter.lowercase())
    if language in STEMMERS:
        if language not in WITHOUT_STOP_WORDS:
            builder = builder.filter(tantivy.Filter.stopword(STEMMERS[language]))
        builder = builder.filter(tantivy.Filter.stemmer(STEMMERS[language]))
    return builder.filter(tantivy.Filter.ascii_fold()).build()


def prepared(text: str, field: str) -> str:
    """``text`` as it goes into a field, where its :func:`analyzer` cuts it."""
    return as_spoken(text, field) if field in STEMMERS else folded(text)


def indexed(text: str, field: str) -> str:
    """``text`` as a passage's words go into a field that ranks: in the folded one, what has marks in it stands without too."""
    ready = prepared(text, field)
    return " ".join((ready, *in_one_piece(ready))) if field == ANY else ready


def words(text: str, field: str) -> list[str]:
    """Terms of a text in a field, in their order."""
    found: list[str] = analyzer(field).analyze(prepared(text, field))
    return found


@cache
def stop_words(language: str) -> frozenset[str]:
    """Function words of a language, folded. In the field that all languages share they match nothing but noise."""
    import stopwordsiso

    if not stopwordsiso.has_lang(language):
        return frozenset()
    told = [words(word, ANY) for word in stopwordsiso.stopwords(language)]
    if language in UNSPACED_LANGUAGES:  # a word of several letters must not stop each of its letters
        told = [terms for terms in told if len(terms) == 1]
    return frozenset(term for terms in told for term in terms)


def roots(text: str) -> list[str]:
    """The first letters of each word, folded; of scripts without spaces, and of Korean, the letters a few in a row."""
    return _roots(indexed(text, ANY), frozenset())


def indexed_roots(ready: str) -> str:
    """:func:`roots` of a text that is :func:`indexed` in the folded field already, as they go into theirs."""
    return " ".join(_roots(ready, frozenset()))


def question_terms(question: str, spoken: str) -> dict[str, list[str]]:
    """Field → terms to look for in passages of the question's own language.

    The language of a short question may be unknown: then its words are tried with every stemmer, none stopped; those in letters
    that no stemmer reads, by their roots.
    """
    at_home = [root for root in root_terms(question, spoken) if len(root) > 1]  # those of one letter are words too
    if spoken == "und":
        tried = {field: [term for term in _terms(question, spoken, field) if STEMMED.search(term)] for field in STEMMERS}
        return {ANY: _terms(question, spoken, ANY), **tried, ROOTS: [root for root in at_home if not STEMMED.search(root)]}
    if spoken not in STEMMERS:
        fields: tuple[str, ...] = (ANY, ROOTS)
    else:
        fields = (ANY, spoken, ROOTS) if spoken in COMPOUNDING else (ANY, spoken)
    return {field: at_home if field == ROOTS else _terms(question, spoken, field) for field in fields}


def root_terms(question: str, spoken: str) -> list[str]:
    """Terms to look for in :data:`ROOTS`: of each word that is not a function word of the question's language."""
    return list(dict.fromkeys(_roots(indexed(question, ANY), stop_words(spoken))))[:MAX_TERMS]


def _terms(question: str, spoken: str, field: str) -> list[str]:
    stopped = stop_words(spoken) if field == ANY else frozenset()
    question = LONG_RUN.sub(" ", question)
    found = dict.fromkeys(analyzer(field).analyze(indexed(question, field)))
    return [term for term in found if term not in stopped][:MAX_TERMS]


def _roots(ready: str, stopped: frozenset[str]) -> list[str]:
    has_runs = UNSPACED_OR_KOREAN.search(ready) is not None
    terms = analyzer(ANY).analyze(RUNS.sub(" ", ready) if has_runs else ready)
    return [term[:ROOT_LETTERS] for term in terms if term not in stopped] + (_in_a_row(ready) if has_runs else [])


def _in_a_row(text: str) -> list[str]:
    """Letters in a row of each run of them, overlapping; a run that is shorter is one. Then each Chinese letter."""
    found: list[str] = []
    for run in RUNS.finditer(text):
        n = SOUNDS_IN_A_ROW if run["sounds"] else SYLLABLES_IN_A_ROW
        found += [run[0][at : at + n] for at in range(max(1, len(run[0]) - n + 1))]
    return found + CHINESE.findall(text)
