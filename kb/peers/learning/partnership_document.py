"""A partnership as a document to be searched: what it is about, what it wants to learn, its groups, and who takes part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kb.peers.as_document import figure_sentence
from kb.peers.learning import partnership_wording as wording
from kb.peers.learning.partnership import Partnership, PartnershipPartner
from kb.peers.narrative import UNKNOWN, Text, without_citations
from kb.retrieval.passage import PARTNERSHIP, Block, BlockKind, Metadata

CountryName = Callable[[str, str], str]  # code, language → what the country is called
TitleOf = Callable[[str], str]  # an organisation as the file writes it → what it is called


def blocks_of(partnership: Partnership, country: CountryName, title_of: TitleOf) -> tuple[Block, ...]:
    """What the file says: its own language first and whole, then what it says in others. Marks of citations are left out.

    Every heading names the partnership, so that a passage tells of which it speaks. What is unknown says nothing.
    """
    return tuple(
        block for language in languages_of(partnership) for block in _in_language(partnership, language, country, title_of)
    )


def metadata_of(partnership: Partnership, title_of: TitleOf) -> Metadata:
    """What the file says about the partnership. Which one it is, the ingest says, by the file's name."""
    countries = (each.country for each in partnership.all_partners if each.country != UNKNOWN)
    return Metadata(
        title=_title(partnership, partnership.language),
        kind=PARTNERSHIP,
        organisation="" if partnership.lead == UNKNOWN else title_of(partnership.lead),
        countries=tuple(dict.fromkeys(countries)),
        themes=partnership.themes,
        date="" if partnership.reviewed == UNKNOWN else partnership.reviewed,
        language=partnership.language,
    )


def languages_of(partnership: Partnership) -> tuple[str, ...]:
    """In which anything is said, the file's own first."""
    texts = (partnership.topic, partnership.what, partnership.objectives, *(each.focus for each in partnership.all_groups))
    return tuple(dict.fromkeys([partnership.language, *(language for text in texts for language in text.languages)]))


def _in_language(own: Partnership, language: str, country: CountryName, title_of: TitleOf) -> Iterator[Block]:
    words, is_own, title = wording.of(language), language == own.language, _title(own, language)
    yield Block(BlockKind.HEADING, title, level=1)
    about = " ".join(_about(own, language, title_of)) if is_own else ""
    figures = [figure_sentence(each, language) for each in own.figures] if is_own else []
    yield from _section(title, words.about, language, [_said(own.topic, language), _said(own.what, language), about], figures)
    yield from _section(title, words.objectives, language, [_said(own.objectives, language)], [])
    for group in own.all_groups:
        in_it = [] if not is_own else [_partner(each, language, country, title_of, {}) for each in _in_group(own, group.group)]
        if is_own or _said(group.focus, language):
            said = _said(group.focus, language) or (group.title if in_it else "")
            yield from _section(title, group.title, language, [said], in_it)
    groups = {each.group: each.title for each in own.all_groups}
    partners = [_partner(each, language, country, title_of, groups) for each in own.all_partners] if is_own else []
    yield from _section(title, words.partners, language, [], partners)


def _about(own: Partnership, language: str, title_of: TitleOf) -> Iterator[str]:
    """What is no narrative, in sentences."""
    words = wording.of(language)
    yield words.is_a
    if own.called:
        yield words.called.format(names=", ".join(f"“{each.name}”" for each in own.called))
    if own.lead != UNKNOWN:
        yield words.led.format(name=title_of(own.lead))
    if not isinstance(own.co_leads, str) and own.co_leads:
        yield words.led_with.format(names=", ".join(map(title_of, own.co_leads)))
    if UNKNOWN not in (own.start, own.end):
        yield words.period.format(start=own.start, end=own.end)
    if own.states[-1].date != UNKNOWN:
        yield words.since.format(state=wording.state(own.state, language), day=own.states[-1].date)
    if not isinstance(own.languages, str):
        yield words.spoken.format(codes=", ".join(own.languages.codes))


def _in_group(own: Partnership, group: str) -> Iterable[PartnershipPartner]:
    return (each for each in own.all_partners if not isinstance(each.groups, str) and group in each.groups)


def _partner(each: PartnershipPartner, language: str, country: CountryName, title_of: TitleOf, groups: dict[str, str]) -> str:
    """ "Hive (Belgium), host, Soil": what is known of somebody who takes part."""
    seat = "" if each.country == UNKNOWN else f" ({country(each.country, language)})"
    role = [] if each.role == UNKNOWN else [each.role]
    within = [] if isinstance(each.groups, str) else [groups[name] for name in each.groups if name in groups]
    return ", ".join([title_of(each.organisation) + seat, *role, *within])


def _title(own: Partnership, language: str) -> str:
    return without_citations(own.title.best(language, own.language)[1]) or own.partnership


def _said(text: Text, language: str) -> str:
    return without_citations(dict(text.said).get(language, ""))


def _section(title: str, heading: str, language: str, paragraphs: Iterable[str], items: Iterable[str]) -> Iterator[Block]:
    """A heading with what stands below it; nothing where nothing does."""
    told = [each for paragraph in paragraphs for each in paragraph.split("\n\n")]
    blocks = [Block(BlockKind.PARAGRAPH, " ".join(each.split())) for each in told if each.strip()]
    blocks += [Block(BlockKind.LIST_ITEM, " ".join(each.split())) for each in items]
    if blocks:
        colon = " : " if language == "fr" else ": "
        yield Block(BlockKind.HEADING, f"{title}{colon}{heading}", level=2)
        yield from blocks
