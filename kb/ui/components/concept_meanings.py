"""What words mean where: a warning for each false friend, and all meanings side by side by country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from kb.peers.concepts import Concept, Meaning, Relation, folded
from kb.ui import concept_words, plain, words
from kb.ui.i18n import _, current


def show_false_friends(concept: Concept) -> None:
    """Draw a box for each word that looks like the concept and means something else."""
    misleading = [each for each in concept.meanings if each.relation is Relation.FALSE_FRIEND]
    label = concept_words.spoken(concept.labels)[1]
    for n, each in enumerate(misleading):
        language, says = concept_words.spoken(each.says)
        sentence = warning(each.country, each.label, label)
        with st.container(border=True, gap=None, key=f"false_friend_{n}"):
            plain.show(
                plain.element("p", sentence, css="kb-warned"),
                plain.element("p", says, language=language),
                plain.element("p", instead(each.instead, each.language, label), css="kb-quiet"),
            )


def warning(country: str, word: str, label: str) -> str:
    """One sentence: that a word is no name for the concept in a country."""
    if folded(word) == folded(label):
        return _("Careful ({country}): “{word}” means something else there.").format(country=words.country(country), word=word)
    text = _("Careful ({country}): “{word}” is not the same as “{concept}”.")
    return text.format(country=words.country(country), word=word, concept=label)


def instead(others: Sequence[str], language: str, label: str) -> str:
    """Which words of a language do mean the concept; empty where none is known."""
    if not others:
        return ""
    names = _(" or ").join(_("“{word}”").format(word=each) for each in others)
    text = _("If you mean “{concept}”, say ({language}): {words}.")
    return text.format(concept=label, language=words.language(language), words=names)


def show(meanings: Mapping[str, Sequence[Meaning]]) -> None:
    """Draw the meanings, a row for each word, by country in the reader's alphabet; cards on a phone."""
    st.header(_("What the word means where"), anchor=False)
    if not meanings:
        plain.show(plain.element("p", _("Nothing is noted for a single country yet."), css="kb-quiet"))
        return
    headers = (_("Country"), _("Local word"), _("Compared with this concept"), _("What it means there"), _("Law"))
    countries = sorted(meanings, key=lambda code: (code in ("EU", "UN"), words.country(code)))
    rows = [_row(each) for country in countries for each in meanings[country]]
    plain.table(_("Words by country"), headers, rows, as_cards=True)


def _row(meaning: Meaning) -> tuple[str, ...]:
    language, says = concept_words.spoken(meaning.says)
    noted = "" if not says or language == current() else words.language(language)
    return (
        plain.cell(words.country(meaning.country)),
        plain.element("span", meaning.label, language=meaning.language) + plain.note(words.language(meaning.language)),
        plain.cell(concept_words.relation(meaning.relation)),
        (plain.element("span", says, language=language) + plain.note(noted) if says else "") + _sourced(meaning),
        plain.cell(meaning.legal),
    )


def _sourced(meaning: Meaning) -> str:
    told = concept_words.cited(meaning.sources)
    label = plain.cell(_("Source:"))  # here: Babel does not look into f-strings
    return f'<p class="kb-quiet kb-sourced">{label} {told}</p>' if told else ""
