"""Question rounds as rows of a table: one for each, without what was answered."""

from __future__ import annotations

from collections.abc import Iterable

from kb.peers.learning.round import Round
from kb.services.tables import Cell

COLUMNS = (
    "round", "state", "title", "axis", "partnership", "language", "drafted_by", "organisation", "drafted_on", "sent_on", "due",
    "closed_on", "session", "questions", "organisations_asked", "organisations_silent", "cases", "questions_on_cases", "votes",
    "demonstration",
)  # fmt: skip


def rows(rounds: Iterable[Round]) -> list[tuple[Cell, ...]]:
    """Names of columns, then the rows."""
    return [COLUMNS, *map(_row, rounds)]


def _row(found: Round) -> tuple[Cell, ...]:
    drafted = found.drafted
    return (
        found.id, found.state.value, drafted.title, drafted.axis, drafted.partnership, drafted.language, drafted.by.name,
        drafted.by.organisation, found.begun_on, found.sent_on, drafted.due, found.closed_on, drafted.session or "",
        len(drafted.questions), "; ".join(drafted.asked), "; ".join(found.silent) if found.sent else "", len(found.answers),
        len(found.asked), sum(map(len, found.votes.values())), "yes" if found.is_demo else "",
    )  # fmt: skip
