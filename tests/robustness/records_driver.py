"""Run by ``test_many_writers``: writes members' records beside others that do the same.

Arguments: address of the database, folder of the corpus, own name, number of writes. Every other write counts one record up that
all share, the others only add; each is told to history in the same unit. At a first line it reads that record and says so. At a
second one it begins, with what it read then: of all who read before anybody wrote only one is right. Prints how often another was
quicker.
"""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from kb.adapters.records.unit_of_work import SqlRecords
from kb.services.records import Change, GivenTag, SavedSearch

AT = "2026-11-22T10:00:00+00:00"
OWNER = "all"


def counter(records: SqlRecords) -> SavedSearch:
    with records() as unit:
        (read,) = unit.saved_searches.of_member(OWNER)
    return read


def count_up(records: SqlRecords, writer: str, n: int, read: SavedSearch) -> bool:
    """Write what was read in an earlier unit, as a person reads a form and saves it. Returns whether nobody came between."""
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
        read = counter(records)
        print("read", flush=True)  # noqa: T201
        sys.stdin.readline()
        for n in range(writes):
            if n % 2:
                add(records, writer, n)
                read = counter(records)
            else:
                while not count_up(records, writer, n, read):
                    read = counter(records)
                    retries += 1
    return retries


if __name__ == "__main__":
    print(main(*sys.argv[1:4], int(sys.argv[4])))  # noqa: T201
