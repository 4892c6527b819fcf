"""This project and other systems, side by side."""

from __future__ import annotations

from collections.abc import Iterator

from told.lines import Check, Results, table, title


def checks(results: Results) -> Iterator[Check]:
    found = results.get("peers", {})
    ours = found.get("ours")
    for name, peer in found.items():
        if name == "ours":
            continue
        yield Check(
            f"nDCG@10, mean of the sets, against {title(name)}",
            f"{ours['mean ndcg@10']:.3f} and {peer['mean ndcg@10']:.3f}",
            "more",
            ours["mean ndcg@10"] > peer["mean ndcg@10"],
        )
        mine = ours["ranking p50_ms"], ours["ranking p95_ms"]
        yield Check(
            f"Ten results ranked, p50 and p95, against {title(name)}",
            f"{mine[0]:.0f} and {mine[1]:.0f} ms; {peer['p50_ms']:.0f} and {peer['p95_ms']:.0f} ms",
            "less",
            mine[0] < peer["p50_ms"] and mine[1] < peer["p95_ms"],
        )
        ratio = ours["ingestion documents/s"] / peer["ingestion documents/s"]
        yield Check(f"Documents ingested a second, against {title(name)}", f"{ratio:.1f} ×", "≥ 3 ×", ratio >= 3)


def tables(results: Results) -> list[str]:
    if "peers" not in results:
        return []
    versions = "; ".join(
        f"{title(name)}: {', '.join(f'{package} {version}' for package, version in one['versions'].items())}"
        for name, one in results["peers"].items()
    )
    return [
        "## Against others",
        "nDCG@10 on English sets. Ingestion, latency of ten results and peak memory: Cranfield, 1,400 documents and 225 questions, "
        "embedding included, start of the process excluded, each system in a process of its own.",
        side_by_side(results),
        f"Versions. {versions}.",
    ]


def side_by_side(results: Results) -> str:
    """A line a system."""
    found = results["peers"]
    sets = list(found["ours"]["ndcg@10"])
    head = ["system", *(title(name) for name in sets), "mean", "documents/s", "p50, p95 in ms", "peak memory"]
    rows = []
    for name, one in found.items():
        quality = [f"{one['ndcg@10'][each]:.3f}" for each in sets]
        ms = f"{one['ranking p50_ms']:.0f}, {one['ranking p95_ms']:.0f}"
        if name == "ours":
            ms += f" ({one['p50_ms']:.0f}, {one['p95_ms']:.0f} with marked sentences and counts)"
        speed = [f"{one['ingestion documents/s']:.1f}", ms, f"{one['peak_gb']:.2f} GB"]
        rows.append([title(name), *quality, f"{one['mean ndcg@10']:.3f}", *speed])
    return table(head, rows)
