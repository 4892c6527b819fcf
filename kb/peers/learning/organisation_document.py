"""An organisation as a document to be searched: what it is, what it did with whom, what it looks for; language by language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kb.peers.as_document import figure_sentence
from kb.peers.learning import organisation_wording as wording
from kb.peers.learning.organisation import Organisation, Project
from kb.peers.narrative import UNKNOWN, Text, without_citations
from kb.retrieval.passage import ORGANISATION, Block, BlockKind, Metadata

CountryName = Callable[[str, str], str]  # code, language → what the country is called


def blocks_of(organisation: Organisation, country: CountryName) -> tuple[Block, ...]:
    """What the file says: its own language first and whole, then what it says in others. Marks of citations are left out.

    Every heading names the organisation, so that a passage tells of whom it speaks. What is unknown says nothing.
    """
    return tuple(block for language in languages_of(organisation) for block in _in_language(organisation, language, country))


def metadata_of(organisation: Organisation) -> Metadata:
    """What the file says about the organisation. Which one it is of, the ingest says, by the file's name."""
    return Metadata(
        title=organisation.title,
        kind=ORGANISATION,
        organisation=organisation.title,
        countries=organisation.all_countries,
        themes=organisation.themes,
        date="" if organisation.reviewed == UNKNOWN else organisation.reviewed,
        language=organisation.language,
    )


def languages_of(organisation: Organisation) -> tuple[str, ...]:
    """In which anything is said, the file's own first."""
    texts = (organisation.what, *(each.what for each in organisation.all_projects), *(each.text for each in organisation.all_seeks))
    return tuple(dict.fromkeys([organisation.language, *(language for text in texts for language in text.languages)]))


def _in_language(organisation: Organisation, language: str, country: CountryName) -> Iterator[Block]:
    words, is_own = wording.of(language), language == organisation.language
    yield Block(BlockKind.HEADING, organisation.title, level=1)
    about = _about(organisation, language, country) if is_own else []
    figures = [figure_sentence(each, language) for each in organisation.figures] if is_own else []
    yield from _section(organisation, words.what, language, [_said(organisation.what, language), *about], figures)
    for project in organisation.all_projects:
        said = _said(project.what, language)
        if is_own or said:
            facts = " ".join(_facts(project, language, country))
            yield from _section(organisation, f"{words.project} {project.title}", language, [said, facts], [])
    sought = [
        f"{wording.sought(each.what, language)}{_colon(language)}{_said(each.text, language)}"
        for each in organisation.all_seeks
        if _said(each.text, language)
    ]
    yield from _section(organisation, words.seeks, language, [], sought)


def _about(organisation: Organisation, language: str, country: CountryName) -> list[str]:
    words = wording.of(language)
    told = []
    if not isinstance(organisation.expertise, str) and organisation.expertise:
        told.append(words.expertise.format(fields="; ".join(organisation.expertise)))
    if organisation.also:
        told.append(words.also.format(names=", ".join(organisation.also)))
    if organisation.part_of:
        told.append(words.part_of.format(name=organisation.part_of))
    if organisation.country != UNKNOWN:
        told.append(words.seat.format(country=country(organisation.country, language)))
    if not isinstance(organisation.countries, str) and organisation.countries:
        told.append(words.works_in.format(countries=_countries(organisation.countries, language, country)))
    return [" ".join(told)]


def _facts(project: Project, language: str, country: CountryName) -> Iterator[str]:
    words = wording.of(language)
    if not isinstance(project.partners, str) and project.partners:
        named = [
            each.name if each.country == UNKNOWN else f"{each.name} ({country(each.country, language)})"
            for each in project.partners
        ]
        yield words.with_partners.format(partners=", ".join(named))
    if project.programme != UNKNOWN:
        yield words.paid_by.format(programme=project.programme)
    if not isinstance(project.countries, str) and project.countries:
        yield words.in_countries.format(countries=_countries(project.countries, language, country))


def _countries(codes: Iterable[str], language: str, country: CountryName) -> str:
    return ", ".join(country(code, language) for code in codes if code != UNKNOWN)


def _said(text: Text, language: str) -> str:
    return without_citations(dict(text.said).get(language, ""))


def _colon(language: str) -> str:
    return " : " if language == "fr" else ": "


def _section(
    organisation: Organisation, heading: str, language: str, paragraphs: Iterable[str], items: Iterable[str]
) -> Iterator[Block]:
    """A heading with what stands below it; nothing where nothing does."""
    told = [each for paragraph in paragraphs for each in paragraph.split("\n\n")]
    blocks = [Block(BlockKind.PARAGRAPH, " ".join(each.split())) for each in told if each.strip()]
    blocks += [Block(BlockKind.LIST_ITEM, " ".join(each.split())) for each in items]
    if blocks:
        yield Block(BlockKind.HEADING, f"{organisation.title}{_colon(language)}{heading}", level=2)
        yield from blocks
