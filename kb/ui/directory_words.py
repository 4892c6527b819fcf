"""Names of what belongs to the directory, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb.peers.learning.organisation import Organisation
from kb.peers.learning.partnership import Partnership
from kb.peers.narrative import UNKNOWN, without_citations
from kb.peers.tags import Tag
from kb.services.learning.directory import CO_LEAD, LEAD
from kb.ui import i18n, sheet_words, state, words
from kb.ui.i18n import _


def title(partnership: Partnership) -> str:
    """What a partnership is called."""
    return without_citations(partnership.title.best(i18n.current(), partnership.language)[1]) or partnership.partnership


def role(said: str) -> str:
    """What somebody is in a partnership; what a file tells is shown as written."""
    return {LEAD: _("Lead"), CO_LEAD: _("Co-lead")}.get(said, said)


def theme(slug: str) -> str:
    """Name of a theme of the concepts."""
    return sheet_words.tag(state.scheme(), Tag("theme", slug))


def countries(codes: str | Iterable[str]) -> str:
    """Names of countries; "Unknown", or nothing for none."""
    return sheet_words.choice(UNKNOWN) if isinstance(codes, str) else words.listed(map(sheet_words.country, codes))


def known(value: str) -> str:
    """A value; empty where nobody knows it."""
    return "" if value == UNKNOWN else value


def day(written: str) -> str:
    """A day, month or year; "unknown" and "ongoing" as words."""
    return sheet_words.choice(written) if written in (UNKNOWN, "ongoing") else words.day(written)


def lines(said: str | Sequence[str]) -> str:
    """A list as lines to type in; empty where nobody knows."""
    return "" if isinstance(said, str) else "\n".join(said)


def pills(own: Organisation) -> list[str]:
    """Kind, seat, and themes."""
    kind = [] if own.kind.value == UNKNOWN else [sheet_words.choice(own.kind.value)]
    seat = [] if own.country == UNKNOWN else [sheet_words.country(own.country)]
    return [*kind, *seat, *map(theme, own.themes)]
