"""Where practices are done: a map, and the same as a table that leads to each."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.services.practices import Listed
from kb.ui import hrefs, plain, sheet_words, words
from kb.ui.components import practice_head, world_map
from kb.ui.i18n import _, ngettext

NO_COUNTRY = ("EU", "UN")  # codes of our own for what no map shows


def show(practices: Sequence[Listed]) -> None:
    """Draw the map, and below it each country with its practices."""
    by_country: dict[str, list[Listed]] = {}
    nowhere = []
    for listed in practices:
        codes = practice_head.countries(listed.sheet) if listed.sheet else ()
        for code in codes:
            by_country.setdefault(code, []).append(listed)
        if not codes:
            nowhere.append(listed)
    counts = {code: len(there) for code, there in by_country.items() if code not in NO_COUNTRY}
    world_map.show(counts, _("Practices"), _("No practice says where it is done."), _alternative)
    most_first = sorted(by_country, key=lambda code: (-len(by_country[code]), sheet_words.country(code)))
    rows = [_row(sheet_words.country(code), by_country[code]) for code in most_first]
    rows += [_row(sheet_words.choice("unknown"), nowhere)] if nowhere else []
    with st.container(key="practices_by_country"):
        plain.table(_("Practices by country"), (_("Country"), _("Number"), _("Practices")), rows, as_cards=True)


def _row(place: str, practices: Sequence[Listed]) -> tuple[str, str, str]:
    titles = (plain.link(practice_head.title_of(each), hrefs.practice(each.name)) for each in practices)
    items = "".join(f'<li dir="auto">{title}</li>' for title in titles)
    return plain.cell(place), plain.cell(words.number(len(practices))), f'<ul class="kb-list">{items}</ul>'


def _alternative(n: int) -> str:
    return ngettext(
        "World map: practices in {n} country; most in {top}.", "World map: practices in {n} countries; most in {top}.", n
    )
