"""A practice sheet as a document that can be searched: what it says in words, language by language, and what is known about it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from kb.peers import headings
from kb.peers.narrative import UNKNOWN, Text, without_citations
from kb.peers.parts import Adoption, Figure, Partner
from kb.peers.practice import PracticeSheet
from kb.peers.tags import spelled
from kb.retrieval.passage import Block, BlockKind, Metadata

DOCUMENTS = "documents"  # key of the metadata under which the paths of linked documents stand, as JSON
TAGS = "tags"  # and its tags, each in the one spelling


def blocks_of(sheet: PracticeSheet) -> tuple[Block, ...]:
    """What the sheet says: its own language first and whole, then what it says in others. Marks of citations are left out.

    In each language the title is the heading of all, and each field has its heading and its text.
    """
    return tuple(block for language in sheet.languages() for block in _in_language(sheet, language))


def metadata_of(sheet: PracticeSheet) -> Metadata:
    """What the sheet says about itself. Which practice it is, the ingest says, by the file's name."""
    countries = () if isinstance(sheet.place.countries, str) else sheet.place.countries
    tags = list(dict.fromkeys(map(spelled, sheet.tags)))
    return Metadata(
        title=sheet.title.best(sheet.language)[1],
        kind=sheet.kind.value,
        authors=(sheet.author,) if sheet.author and sheet.author != UNKNOWN else (),
        organisation="" if sheet.owner.name == UNKNOWN else sheet.owner.name,
        countries=countries,
        themes=sheet.themes(),
        date="" if sheet.reviewed in (None, UNKNOWN) else str(sheet.reviewed),
        language=sheet.language,
        other=tuple(
            (key, json.dumps(told, ensure_ascii=False)) for key, told in ((DOCUMENTS, sheet.documents), (TAGS, tags)) if told
        ),
    )


def figure_sentence(figure: Figure, language: str) -> str:
    """A figure in words: "co-operatives promoted: more than 115 co-operatives (2017, SEWA Federation)"."""
    about = ", ".join(part for part in (figure.date, figure.scope) if part != UNKNOWN)
    amount = " ".join(
        part for part in (headings.qualifier(figure.qualifier, language), f"{figure.value:.15g}", figure.unit) if part
    )
    return f"{figure.what}: {amount}" + (f" ({about})" if about else "")


def _in_language(sheet: PracticeSheet, language: str) -> Iterator[Block]:
    yield Block(BlockKind.HEADING, without_citations(sheet.title.best(language, sheet.language)[1]), level=1)
    for name, texts in sheet.text_fields():
        words = [without_citations(said) for text in texts for tag, said in text.said if tag == language]
        is_list = not isinstance(getattr(sheet, name), Text)
        if name == "title" or not words:
            continue
        if name != "teaser":  # the line under the title needs no heading of its own
            yield Block(BlockKind.HEADING, headings.of(name, language), level=2)
        yield from _paragraphs(words, BlockKind.LIST_ITEM if is_list else BlockKind.PARAGRAPH)
    if language == sheet.language:
        yield from _parts(sheet)


def _paragraphs(words: Iterable[str], kind: BlockKind) -> Iterator[Block]:
    for each in words:
        if kind is BlockKind.LIST_ITEM:
            yield Block(kind, " ".join(each.split()))
        else:
            yield from (Block(kind, " ".join(paragraph.split())) for paragraph in each.split("\n\n") if paragraph.strip())


def _parts(sheet: PracticeSheet) -> Iterator[Block]:
    """What is no narrative: figures, who took it over, who does it and where."""
    language = sheet.language
    figures = () if isinstance(sheet.figures, str) else sheet.figures or ()
    adopted = () if isinstance(sheet.adopted_by, str) else sheet.adopted_by or ()
    partners = () if isinstance(sheet.partners, str) else sheet.partners or ()
    yield from _list("figures", [figure_sentence(each, language) for each in figures], language)
    yield from _list("adopted_by", [adoption_sentence(each) for each in adopted], language)
    places = [] if sheet.place.region == UNKNOWN else [f"{headings.of('place', language)}: {sheet.place.region}"]
    who = [] if sheet.owner.name == UNKNOWN else [f"{headings.of('owner', language)}: {sheet.owner.name}"]
    yield from _list("who", [*who, *places, *(partner_sentence(each) for each in partners if each.name != UNKNOWN)], language)


def _list(name: str, items: Iterable[str], language: str) -> Iterator[Block]:
    blocks = [Block(BlockKind.LIST_ITEM, without_citations(item)) for item in items]
    if blocks:
        yield Block(BlockKind.HEADING, headings.of(name, language), level=2)
        yield from blocks


def adoption_sentence(each: Adoption) -> str:
    """Who took the practice over, when and how: "Cesena (2018): two hives in parks"."""
    when = "" if each.date == UNKNOWN else f" ({each.date})"
    return each.where + when + ("" if each.how == UNKNOWN else f": {each.how}")


def partner_sentence(each: Partner) -> str:
    """Who takes part, and as what."""
    return each.name + ("" if each.role == UNKNOWN else f": {each.role}")
