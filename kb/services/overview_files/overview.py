"""An overview that is to be taken along, and the file that is made of it: paper, table or JSON. Nothing in it is active."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.retrieval.writable import one_line, writable
from kb.services.citing import Exported
from kb.services.clock import today
from kb.services.handouts.blocks import Block, Facts
from kb.services.handouts.forms import PAPER, ReportForm
from kb.services.handouts.handout import Handout
from kb.services.knowledge_base import KnowledgeBase
from kb.services.overview_files.wording import OverviewWording
from kb.services.tables import Cell, TableFormat


@dataclass(frozen=True)
class Overview:
    """What all forms of a file are made of.

    Attributes:
        name: of the file, without what it ends with; it stands below every page of paper.
        format: of the JSON; raised when a name in it changes its meaning.
        kicker: above the title on paper: what kind of thing it is.
        title: on paper.
        facts: below the title, name and value.
        rows: of the table; the first are the names of columns. Codes and names are the same in every language.
        value: for other programs.
        blocks: on paper, in the reader's language.
        is_demo: whether any of it was made up: paper says so on every page, tables in each row.
    """

    name: str
    format: str
    kicker: str
    title: str
    facts: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[Cell]]
    value: Mapping[str, Any]
    blocks: tuple[Block, ...]
    is_demo: bool


def written(kb: KnowledgeBase, told: Overview, form: ReportForm, wording: OverviewWording, language: str) -> Exported:
    """The file, called by what it is of and the day.

    Args:
        language: of the fixed words.
    """
    name = f"{told.name}-{today()}{form.suffix}"
    if form in PAPER:
        return Exported(name, form.media_type, kb.handouts.write(_handout(told, wording, language), form))
    if form is ReportForm.JSON:
        value = {"format": told.format, "made_on": today(), **told.value}
        content = (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
        return Exported(name, form.media_type, content)
    return Exported(name, form.media_type, kb.tables.write(told.rows, TableFormat(form.value)))


def yes(is_so: bool) -> str:
    """In a table."""
    return "yes" if is_so else ""


def _handout(told: Overview, wording: OverviewWording, language: str) -> Handout:
    facts = [*told.facts, (wording.made_on, today())]
    return Handout(
        id=told.name,
        kicker=told.kicker,
        title=one_line(told.title),
        made_on=today(),
        blocks=(Facts(tuple((name, writable(value)) for name, value in facts if value)), *told.blocks),
        replaced=wording.replaced,
        demonstration=wording.demonstration if told.is_demo else "",
        demonstration_note=wording.demonstration_note if told.is_demo else "",
        language=language,
    )
