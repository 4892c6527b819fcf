"""What a practice sheet says of what a practice is, where and how large: for a table of several."""

from __future__ import annotations

from dataclasses import dataclass

from kb.peers.choices import Scale, Status
from kb.peers.narrative import UNKNOWN, Text
from kb.peers.practice import Kind, PracticeSheet
from kb.peers.tags import Tag
from kb.retrieval.passage import UNDETERMINED
from kb.services import practices, tagging
from kb.services.benchmarking.peers import LOOK
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require

TOLD = ("target_group", "resources", "results", "success_factors", "difficulties", "transferability")
LISTED = ("core", "adaptable")


@dataclass(frozen=True)
class SheetFacts:
    """Facts of a sheet. ``None`` or an empty mapping: it is not said; of a sheet that cannot be read nothing is.

    Whose practice it is is not among them: practices are compared, not their owners.

    Attributes:
        countries: codes; empty: unknown.
        start: year, month or day, or "unknown"; so is ``end``, or "ongoing".
        tags: themes and target groups first, then other controlled ones, then free ones.
        n_partners: ``None``: unknown, or not said.
        n_documents: of the sheet, that the actor may see.
        texts: field of the sheet → words; fields that are not said are absent, those that are unknown say so.
        lists: elements of the core and what may change; absent where they are not said or unknown.
    """

    practice: str
    title: Text
    language: str
    is_readable: bool
    kind: Kind | None
    countries: tuple[str, ...]
    region: str
    reach: Scale | None
    start: str
    end: str
    status: Status | None
    tags: tuple[Tag, ...]
    n_partners: int | None
    n_documents: int
    texts: dict[str, Text]
    lists: dict[str, tuple[Text, ...]]
    reviewed: str


def sheet_facts(kb: KnowledgeBase, practice: str, *, actor: Member) -> SheetFacts:
    """The facts of one sheet.

    Raises:
        NotFound: if there is no such practice.
    """
    require(actor, Role.MEMBER, LOOK)
    listed = practices.listed(kb, practice, actor=actor)
    live = tagging.tags_of(kb, practice, actor=actor).live
    tags = tuple(sorted((each.tag for each in live), key=lambda tag: (_place(tag), tag.word)))
    if listed.sheet is None:
        title = Text.model_construct(said=((UNDETERMINED, practice),))
        return SheetFacts(
            practice, title, UNDETERMINED, False, None, (), "", None, UNKNOWN, UNKNOWN, None, tags, None, 0, {}, {}, ""
        )
    return _of(listed.sheet, tags, len(listed.documents))


def _of(sheet: PracticeSheet, tags: tuple[Tag, ...], n_documents: int) -> SheetFacts:
    where = sheet.place.countries
    texts = {name: text for name in TOLD if isinstance(text := getattr(sheet, name), Text)}
    lists = {name: given for name in LISTED if isinstance(given := getattr(sheet, name), tuple)}
    return SheetFacts(
        practice=sheet.practice,
        title=sheet.title,
        language=sheet.language,
        is_readable=True,
        kind=sheet.kind,
        countries=() if isinstance(where, str) else where,
        region="" if sheet.place.region == UNKNOWN else sheet.place.region,
        reach=None if sheet.place.scale is Scale.UNKNOWN else sheet.place.scale,
        start=str(sheet.period.start),
        end=str(sheet.period.end),
        status=None if sheet.period.status is Status.UNKNOWN else sheet.period.status,
        tags=tags,
        n_partners=len(sheet.partners) if isinstance(sheet.partners, tuple) else None,
        n_documents=n_documents,
        texts=texts,
        lists=lists,
        reviewed=str(sheet.reviewed or ""),
    )


def _place(tag: Tag) -> int:
    order = ("theme", "group", "sdg", "condition")
    return order.index(tag.prefix) if tag.prefix in order else len(order)
