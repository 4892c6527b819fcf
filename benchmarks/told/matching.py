"""Matches of needs and offers."""

from __future__ import annotations

from told.lines import Results, table


def tables(results: Results) -> list[str]:
    one = results.get("matching")
    if not one:
        return []
    said = (
        f"{one['needs']} needs and {one['offers']} offers in {len(one['languages'])} languages, made up and judged by one person "
        "before anything was ranked; most answers are in another language than the need. Themes were named by who judged, so one "
        f"line leaves them out. A need's candidates take {one['again_ms']:.0f} ms; the first time, when every text is encoded, "
        f"{one['first_ms']:.0f} ms."
    )
    rows = [[name, *(f"{value:.3f}" for value in found.values())] for name, found in one["quality"].items()]
    return ["## Matches of needs and offers", said, table(["ranked by", "nDCG@5", "recall@5"], rows)]
