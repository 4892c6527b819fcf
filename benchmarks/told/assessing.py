"""Agreement of reviewers, and the pages of assessments."""

from __future__ import annotations

from collections.abc import Iterator

from told.lines import PAGE_S, Check, Results, table


def checks(results: Results) -> Iterator[Check]:
    if one := results.get("agreement"):
        size = f"{one['practices']} practices × {one['reviewers']} reviewers × {one['criteria']} criteria"
        what = f"Agreement of {size}, with intervals"
        yield Check(what, f"{one['panel_s']:.2f} s", "≤ 3 s", one["panel_s"] <= 3)
        both = f"{one['alpha_s']:.2f} and {one['package_alpha_s']:.1f} s; largest difference {one['largest_difference']:.0e}"
        what = "Its alphas with intervals, against the package krippendorff in a loop of the same draws"
        yield Check(what, f"{one['ratio']} × ({both})", "the same figures", one["largest_difference"] <= 1e-9)
        if pages := one.get("pages"):
            yield from _pages_held(pages)


def _pages_held(told: Results) -> Iterator[Check]:
    """The slowest page of assessments; of the first one of a new process nothing is promised."""
    drawn = {(page, actor): seconds for page, by_actor in told["pages"].items() for actor, seconds in by_actor.items()}
    for kind, when, aim in (
        ("again_s", "looked at again", PAGE_S),
        ("after_s", "after somebody did something", PAGE_S),
        ("first_s", "the first of a new process", None),
    ):
        page, actor = max(drawn, key=lambda each: drawn[each][kind])
        value = drawn[page, actor][kind]
        what = f"The slowest page of {told['practices']} assessed practices, {when}"
        yield Check(what, f"{value:.2f} s ({page}, {actor})", "≤ 1 s" if aim else "", value <= aim if aim else None)


def tables(results: Results) -> list[str]:
    one = results.get("agreement")
    if not one:
        return []
    sizes = list(next(iter(one["coverage"].values())))
    rows = [
        [f"true alpha {true}", *(f"{held[size]['held']:.0%}, {held[size]['mean']:.2f}" for size in sizes)]
        for true, held in one["coverage"].items()
    ]
    said = (
        f"A made-up panel with {one['scores']:,} scores: alpha and AC2 of each criterion, weighted kappa of {one['pairs']} pairs, "
        f"each with {one['draws']:,} draws. Below, of 400 made-up panels of three reviewers: how many had a 95 % interval of alpha "
        "that holds the true one, and their mean alpha."
    )
    parts = ["## Agreement", said, table(["practices", *sizes], rows)]
    return parts + (_pages(one["pages"]) if "pages" in one else [])


def _pages(told: Results) -> list[str]:
    rows = [
        [page, actor, *(f"{seconds[kind]:.2f}" for kind in ("first_s", "after_s", "again_s"))]
        for page, by_actor in told["pages"].items()
        for actor, seconds in by_actor.items()
    ]
    said = (
        f"Pages in seconds, drawn without a browser, with {told['practices']} practices assessed by {told['reviewers']} reviewers "
        f"on {told['criteria']} criteria, about two passages behind each score ({told['records_mb']} MB of records). The first "
        "page of a new process reads all events, sheets and models that it needs; then the middle of five: after something "
        "happened in an assessment, and without."
    )
    return ["### Pages of assessments", said, table(["page", "for a", "first", "after an event", "again"], rows)]
