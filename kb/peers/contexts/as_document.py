"""A context profile as a document that can be searched: what it says group by group, language by language, and every value."""

from __future__ import annotations

from collections.abc import Iterator

from kb.peers.contexts import wording
from kb.peers.contexts.groups import ConditionGroup
from kb.peers.contexts.indicators import NO, YES, Indicator, Indicators, Known
from kb.peers.contexts.profile import ContextProfile, ContextValue, LegalForm
from kb.peers.narrative import UNKNOWN, without_citations
from kb.retrieval.passage import CONTEXT_PROFILE, Block, BlockKind, Metadata


def blocks_of(profile: ContextProfile, indicators: Indicators) -> tuple[Block, ...]:
    """What the profile says: its own language first, with all values, then what it says in others. Marks of citations are left out.

    Each group of conditions of which anything is known has a heading that names the place. What is unknown says nothing.
    """
    return tuple(block for language in _languages(profile) for block in _in_language(profile, indicators, language))


def metadata_of(profile: ContextProfile) -> Metadata:
    """What the profile says about itself. Which place it is of, the ingest says, by the file's name."""
    return Metadata(
        title=_title(profile, profile.language),
        kind=CONTEXT_PROFILE,
        countries=(profile.country,),
        date="" if profile.reviewed == UNKNOWN else profile.reviewed,
        language=profile.language,
    )


def in_words(indicator: Indicator, value: Known, language: str) -> str:
    """A value with its unit: "10467366 people", "yes", "Portuguese, Mirandese"."""
    words = wording.of(language)
    if isinstance(value, tuple):
        return ", ".join(value) or words.none
    if isinstance(value, str):
        return {YES: words.yes, NO: words.no}.get(value, value)
    return f"{value:.15g} {indicator.said_unit}".strip()


def value_sentence(profile: ContextProfile, indicator: Indicator, value: ContextValue, language: str) -> str:
    """A value with what it is about and who says so: "Population: 10467366 people (2023, whole country; Unicode CLDR)"."""
    about = ", ".join(part for part in (value.date, value.scope) if part != UNKNOWN)
    source = profile.sources[value.source].organisation
    behind = "; ".join(part for part in (about, source) if part and part != UNKNOWN)
    title = without_citations(indicator.title.best(language)[1])
    return f"{title}: {in_words(indicator, value.value, language)}" + (f" ({behind})" if behind else "")


def legal_form_sentence(form: LegalForm, language: str) -> str:
    """A legal form: "cooperativa: an association of persons … (Código Cooperativo, 1996)"."""
    what = without_citations(form.what.best(language)[1])
    law = ", ".join(part for part in (form.law, form.year) if part != UNKNOWN)
    return form.name + (f": {what}" if what else "") + (f" ({law})" if law else "")


def _languages(profile: ContextProfile) -> tuple[str, ...]:
    """In which anything but the title is said, the profile's own first."""
    spoken = [language for text in profile.groups.values() for language in text.languages]
    return tuple(dict.fromkeys([profile.language, *spoken]))


def _title(profile: ContextProfile, language: str) -> str:
    return wording.of(language).profile.format(place=without_citations(profile.title.best(language, profile.language)[1]))


def _in_language(profile: ContextProfile, indicators: Indicators, language: str) -> Iterator[Block]:
    yield Block(BlockKind.HEADING, _title(profile, language), level=1)
    is_own = language == profile.language
    for group in ConditionGroup:
        yield from _group(profile, indicators if is_own else None, group, language)
        if is_own and group is ConditionGroup.LEGAL_FRAMEWORK and not isinstance(profile.legal_forms, str):
            items = [legal_form_sentence(form, language) for form in profile.legal_forms]
            yield from _section(profile, wording.of(language).legal_forms, language, [], items)


def _group(profile: ContextProfile, indicators: Indicators | None, group: ConditionGroup, language: str) -> Iterator[Block]:
    words = without_citations(dict(profile.text(group).said).get(language, ""))
    items = [
        value_sentence(profile, indicator, value, language)
        for indicator in (indicators.of_group(group) if indicators else ())
        for value in profile.values_of(indicator.indicator)
    ]
    yield from _section(profile, wording.group(group, language), language, words.split("\n\n"), items)


def _section(profile: ContextProfile, heading: str, language: str, paragraphs: list[str], items: list[str]) -> Iterator[Block]:
    """A heading with what stands below it; nothing where nothing does."""
    place = without_citations(profile.title.best(language, profile.language)[1])
    blocks = [Block(BlockKind.PARAGRAPH, " ".join(each.split())) for each in paragraphs if each.strip()]
    blocks += [Block(BlockKind.LIST_ITEM, " ".join(each.split())) for each in items]
    if blocks:
        colon = " : " if language == "fr" else ": "
        yield Block(BlockKind.HEADING, f"{place}{colon}{heading}", level=2)
        yield from blocks
