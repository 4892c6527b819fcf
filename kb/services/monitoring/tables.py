"""Readings come in as a CSV file, all of them or none, and go out as CSV or XLSX."""

from __future__ import annotations

from collections.abc import Iterator

from kb.errors import InvalidEntry, ReadError
from kb.peers.monitoring.folding import Monitoring
from kb.peers.monitoring.reading import Reading
from kb.peers.monitoring.readings_table import HEADS, Readings, RowFault, read_readings
from kb.retrieval.writable import writable
from kb.services.citing import Exported
from kb.services.clock import latest_day, today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.monitoring.changing import MAX_READINGS, keep, n_readings
from kb.services.monitoring.loading import CHANGE, LOOK, monitoring_in, monitoring_of
from kb.services.permission import Member, Role, require, require_either
from kb.services.tables import Cell, TableFormat

MAX_MEGABYTES = 2
MAX_TOLD = 50  # faults in one message
EXPORTED = (
    "practice", "indicator", "title", "unit", "date", "value", "scope", "source", "note", "member", "entered_at", "withdrawn",
    "demonstration",
)  # fmt: skip


def read_table(kb: KnowledgeBase, practice: str, content: bytes, *, actor: Member) -> Readings:
    """What a CSV file holds, and everything that is wrong in it. Nothing is kept.

    Raises:
        NotFound: if there is no such practice.
    """
    require_either(actor, Role.CONTRIBUTOR, Role.FACILITATOR, CHANGE)
    kb.practices.read(practice)
    rows = _rows(kb, content)
    if isinstance(rows, RowFault):
        return Readings(faults=(rows,))
    with kb.records() as records:
        so_far = monitoring_in(records, practice)
    return _checked(rows, so_far)


def import_table(kb: KnowledgeBase, practice: str, content: bytes, *, actor: Member) -> int:
    """Add all readings of a CSV file, or none. Returns how many.

    Raises:
        NotFound: if there is no such practice.
        InvalidEntry: with every fault of the file, by line.
    """
    require_either(actor, Role.CONTRIBUTOR, Role.FACILITATOR, CHANGE)
    kb.practices.read(practice)
    rows = _rows(kb, content)
    if isinstance(rows, RowFault):
        raise _refusal((rows,))
    with kb.records() as records:
        found = _checked(rows, monitoring_in(records, practice))
        if found.faults:
            raise _refusal(found.faults)
        return len(keep(records, practice, [reading for _, reading in found.rows], actor))


def export(kb: KnowledgeBase, practice: str, form: TableFormat, *, actor: Member) -> Exported:
    """All readings of a practice as a table, withdrawn ones marked. The columns are those that can be read in, and more.

    Raises:
        NotFound: if there is no such practice.
    """
    require(actor, Role.MEMBER, LOOK)
    with kb.records() as records:
        found = monitoring_of(kb, records, practice)
    table = [EXPORTED, *_exported(found)]
    return Exported(f"{practice}-readings-{today()}.{form}", form.media_type, kb.tables.write(table, form))


def _rows(kb: KnowledgeBase, content: bytes) -> list[list[str]] | RowFault:
    if len(content) > MAX_MEGABYTES << 20:
        return RowFault(1, "", f"the file has {len(content) / (1 << 20):.1f} MB; at most {MAX_MEGABYTES} are taken")
    try:
        return [[writable(cell) for cell in row] for row in kb.tables.read(content, HEADS)]
    except ReadError as error:
        return RowFault(1, "", str(error))


def _checked(rows: list[list[str]], so_far: Monitoring) -> Readings:
    found = read_readings(rows, so_far, today=latest_day())
    if n_readings(so_far) + len(found.rows) > MAX_READINGS:
        fault = RowFault(1, "", f"a practice has at most {MAX_READINGS} readings")
        return Readings(found.rows, (fault, *found.faults))
    return found


def _refusal(faults: tuple[RowFault, ...]) -> InvalidEntry:
    told = "; ".join(map(str, faults[:MAX_TOLD]))
    more = f"; and {len(faults) - MAX_TOLD} more" if len(faults) > MAX_TOLD else ""
    return InvalidEntry(f"No reading was imported: {told}{more}.")


def _exported(monitoring: Monitoring) -> Iterator[tuple[Cell, ...]]:
    for followed in monitoring.indicators:
        for reading in followed.readings:
            said, indicator = reading.read, followed.indicator
            yield (
                monitoring.practice, indicator.key, indicator.title, indicator.unit, said.date, said.value, said.scope,
                said.source, said.note, reading.member, reading.at_utc, _withdrawn(reading), "yes" if reading.is_demo else "",
            )  # fmt: skip


def _withdrawn(reading: Reading) -> str:
    gone = reading.withdrawn
    return f"{gone.at_utc[:10]}, {gone.member}: {gone.why}" if gone else ""
