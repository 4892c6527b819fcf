"""Run by ``test_many_writers``: writes members' records beside others that do the same.

Arguments: address of the database, folder of the corpus, own name, number of writes. Every other write counts one record up that
all share, the others only add; each is told to history in the same unit. Begins when a line comes in; prints how often another was
quicker.
"""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from kb.adapters.records.unit_of_work import SqlRecords
from kb.services.records import Change, GivenTag

AT = "2026-11-22T10:00:00+00:00"
OWNER = "all"


def count_up(records: SqlRecords, writer: str, n: int) -> bool:
    """Read in one unit, write in the next, as a person reads a form and saves it. Returns whether nobody came between."""
    with records() as unit:
        (read,) = unit.saved_searches.of_member(OWNER)
    with records() as unit:
        changed = unit.saved_searches.change(replace(read, k=read.k + 1))
        if changed is not None:
            unit.history.add(Change(writer, AT, "counter", "k", "counted", str(read.k), str(changed.k), str(n)))
        return changed is not None


def add(records: SqlRecords, writer: str, n: int) -> None:
    with records() as unit:
        unit.tags.add(GivenTag("bees", f"tag {n}", writer, AT, ""))
        unit.history.add(Change(writer, AT, "practice", "bees", "tag given", after=f"tag {n}", why=str(n)))


def main(url: str, corpus: str, writer: str, writes: int) -> int:
    retries = 0
    with closing(SqlRecords(url, Path(corpus))) as records:
        sys.stdin.readline()
        for n in range(writes):
            if n % 2:
                add(records, writer, n)
            else:
                while not count_up(records, writer, n):
                    retries += 1
    return retries


if __name__ == "__main__":
    print(main(*sys.argv[1:4], int(sys.argv[4])))  # noqa: T201
