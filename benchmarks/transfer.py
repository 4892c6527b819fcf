"""The heatmap of tests of transferability: what its figures cost when every practice was tested for every place.

Beside it, in the same run, the same figures as one would make them with pandas from the same rows of the same database: once with
each body read as JSON, and once with SQLite reading out of the bodies what is wanted. Neither leaves a row aside that ours reads.

``python benchmarks/transfer.py [PRACTICES PLACES]`` measures this alone.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas
import sqlalchemy
import transfer_made
import transfer_pages
from folders import ROOT
from sqlalchemy import func, select

from kb import open_kb
from kb.adapters.records.tables import journal
from kb.peers.transfer.events import STREAM
from kb.peers.transfer.matrix import KINDS
from kb.services.permission import LOCAL_MEMBER
from kb.services.transferring.matrix import matrix
from kb.settings import Settings

ROUNDS = 5
SHOWN = ("mean", "low", "high", "n_known", "n_all", "n_assessors")  # of a result, in a cell


def transfer(settings: Settings, n_practices: int = transfer_made.N_PRACTICES, n_places: int = transfer_made.N_PLACES) -> Any:
    """Seconds of the heatmap's data and of pandas', and of the pages."""
    with tempfile.TemporaryDirectory() as place:
        began = time.perf_counter()
        own = transfer_made.made(Path(place), settings, n_practices, n_places)
        made_s = round(time.perf_counter() - began)
        size = Path(own.database_url.removeprefix("sqlite:///")).stat().st_size
        about = {"practices": n_practices, "places": n_places, "records_mb": size >> 20, "made_s": made_s}
        return about | heatmap(own) | {"pages": transfer_pages.pages(own)}


def heatmap(own: Settings) -> dict[str, Any]:
    """Median seconds of rounds in turn. Ours: of a knowledge base just opened, titles and rights included, and asked once more."""
    names = ("ours", "again", "json_loads", "json_extract")
    took: dict[str, list[float]] = {name: [] for name in names}

    def clocked(name: str, work: Callable[[], Any]) -> Any:
        began = time.perf_counter()
        found = work()
        took[name].append(time.perf_counter() - began)
        return found

    for _ in range(ROUNDS):
        kb = open_kb(own)
        shown = clocked("ours", lambda: matrix(kb, actor=LOCAL_MEMBER))  # noqa: B023 (called at once)
        clocked("again", lambda: matrix(kb, actor=LOCAL_MEMBER))  # noqa: B023
        loaded = clocked("json_loads", lambda: by_pandas(own.database_url, _loaded))
        extracted = clocked("json_extract", lambda: by_pandas(own.database_url, _extracted))
    for theirs in (loaded, extracted):
        cells = {(practice, place): mean for practice, row in theirs.iterrows() for place, mean in row.items()}
        assert len(cells) == len(shown.cells)
        assert all(cells[pair] == cell.mean for pair, cell in shown.cells.items())  # not one figure differs
    median = {name: sorted(each)[len(each) // 2] for name, each in took.items()}
    best = min(("json_loads", "json_extract"), key=lambda name: median[name])
    return {
        "tests": len(shown.cells),
        "n_open": sum(shown.n_open.values()),
        **{f"{name}_s": round(median[name], 3) for name in names},
        "ratio": round(median[best] / median["ours"], 2),  # against the quicker of the two
    }


def by_pandas(url: str, read: Callable[[sqlalchemy.Connection], pandas.DataFrame]) -> pandas.DataFrame:
    """Practices × places: the mean of the last concluded test of each pair."""
    engine = sqlalchemy.create_engine(url)
    with engine.connect() as connection:
        rows = read(connection)
    engine.dispose()
    opened = rows.loc[rows["kind"] == "opened", ["subject", "practice", "target", "title", "source"]]
    evaluated = rows.loc[rows["kind"] == "evaluated"].drop_duplicates("subject", keep="last")[["subject", "outcome"]]
    concluded = rows.loc[rows["kind"] == "concluded", ["subject", "at_utc", "id", *SHOWN, "n_blocking", "n_apart"]]
    whole = opened.merge(concluded, on="subject").merge(evaluated, on="subject", how="left")
    whole["n_tests"] = whole.groupby(["practice", "target"])["subject"].transform("size")
    last = whole.sort_values(["at_utc", "id"]).drop_duplicates(["practice", "target"], keep="last")
    return last.pivot(index="practice", columns="target", values="mean")


def _loaded(connection: sqlalchemy.Connection) -> pandas.DataFrame:
    """Each body is read whole, in Python."""
    rows = pandas.read_sql(_wanted(journal.c.body).order_by(journal.c.subject, journal.c.seq), connection)
    return rows.join(pandas.DataFrame.from_records([_flat(json.loads(body)) for body in rows.pop("body")]))


def _flat(body: dict[str, Any]) -> dict[str, Any]:
    told = {name: body.get(name) for name in ("practice", "target", "title", "source", "outcome")}
    result = body.get("result")
    if result is None:
        return told
    counts = {"n_blocking": len(result["blocking"]), "n_apart": len(result["apart"])}
    return told | {name: result[name] for name in SHOWN} | counts


def _extracted(connection: sqlalchemy.Connection) -> pandas.DataFrame:
    """SQLite reads each body, once for each figure."""
    body = journal.c.body
    columns = [
        *(func.json_extract(body, f"$.{name}").label(name) for name in ("practice", "target", "title", "source", "outcome")),
        *(func.json_extract(body, f"$.result.{name}").label(name) for name in SHOWN),
        func.json_array_length(body, "$.result.blocking").label("n_blocking"),
        func.json_array_length(body, "$.result.apart").label("n_apart"),
    ]
    return pandas.read_sql(_wanted(*columns).order_by(journal.c.subject, journal.c.seq), connection)


def _wanted(*columns: Any) -> Any:
    of_event = journal.c.id, journal.c.subject, journal.c.kind, journal.c.at_utc
    return select(*of_event, *columns).where(journal.c.stream == STREAM, journal.c.kind.in_(KINDS))


if __name__ == "__main__":
    print(json.dumps(transfer(Settings.from_env(folder=ROOT), *map(int, sys.argv[1:])), indent=1))
