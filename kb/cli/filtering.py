"""The options that confine a command to some documents, the same for every command that searches."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

OPTIONS = (
    click.option("--kind", "kinds", multiple=True, help="Only this kind of document (case-study, good-practice, …); repeatable."),
    click.option("--country", "countries", multiple=True, help="Only documents about this country (ISO code, IN); repeatable."),
    click.option("--language", "languages", multiple=True, help="Only passages in this language (fr); repeatable."),
    click.option("--theme", "themes", multiple=True, help="Only documents with this theme; repeatable."),
    click.option("--year", "years", multiple=True, type=int, help="Only documents dated in this year; repeatable."),
    click.option("--tag", "tags", multiple=True, help="Only documents of practices with this tag (group:women); repeatable."),
)


def filtered(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command these options; it takes them as one ``filters``."""

    @wraps(command)
    def with_filters(
        *,
        kinds: tuple[str, ...],
        countries: tuple[str, ...],
        languages: tuple[str, ...],
        themes: tuple[str, ...],
        years: tuple[int, ...],
        tags: tuple[str, ...],
        **others: Any,
    ) -> Any:
        from kb.peers.tags import spelled
        from kb.retrieval.answer import Filters

        chosen = Filters(
            kinds,
            tuple(map(str.upper, countries)),
            tuple(map(str.lower, languages)),
            themes,
            years,
            tags=tuple(map(spelled, tags)),
        )
        return command(filters=chosen, **others)

    decorated: Callable[..., Any] = with_filters
    for option in reversed(OPTIONS):
        decorated = option(decorated)
    return decorated
