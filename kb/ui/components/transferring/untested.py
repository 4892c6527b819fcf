"""What was not tested: the nearest by what is known of both places, with the largest parts of the distance in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from kb.peers.contexts.distance import Distance
from kb.peers.contexts.indicators import Indicators
from kb.peers.contexts.profile import ContextProfile
from kb.peers.transfer.matrix import Pair
from kb.services import contexts
from kb.services.transferring.matrix import Matrix
from kb.services.transferring.ranking import CouldWork, Untested, WhereWork
from kb.ui import context_words, hrefs, plain, sheet_words, state, transferring_words, words
from kb.ui.components.contexts import nearest
from kb.ui.components.transferring import heat_cell, paging
from kb.ui.components.transferring.controls import FROM, INTO, NEW, NEW_TARGET, PLACE, PRACTICE, VIEW
from kb.ui.i18n import _

LARGEST = 3  # parts that are told


@dataclass(frozen=True)
class _Around:
    """What the rows have in common.

    Attributes:
        open_tests: (practice, target) → ids of those that are under way.
        here: what the address says of this page, to come back to from the form that opens a test.
        asked: ``None`` where no distance is known.
    """

    profiles: Mapping[str, ContextProfile]
    open_tests: Mapping[Pair, Sequence[str]]
    here: Mapping[str, str]
    asked: Indicators | None


def show_practices(found: CouldWork, everything: Matrix, titles: Mapping[str, str], profiles: Mapping[str, ContextProfile]) -> None:
    """Draw the practices that were not tested for a place."""

    def heading(each: Untested) -> str:
        return plain.link(titles.get(each.practice, each.title), hrefs.practice(each.practice))

    _show(found.untested, _("Practice"), heading, _around(found.untested, everything, profiles, {VIEW: INTO, PLACE: found.target}))


def show_places(found: WhereWork, everything: Matrix, profiles: Mapping[str, ContextProfile]) -> None:
    """Draw the places for which a practice was not tested."""

    def heading(each: Untested) -> str:
        return plain.link(transferring_words.place(each.target, profiles), hrefs.context(each.target))

    _show(
        found.untested, _("Place"), heading, _around(found.untested, everything, profiles, {VIEW: FROM, PRACTICE: found.practice})
    )


def _around(
    found: Sequence[Untested], everything: Matrix, profiles: Mapping[str, ContextProfile], here: Mapping[str, str]
) -> _Around:
    asked = contexts.asked(state.kb(), actor=state.actor()) if any(each.distance for each in found) else None
    return _Around(profiles, everything.open_tests, here, asked)


def _show(found: Sequence[Untested], label: str, heading: Callable[[Untested], str], around: _Around) -> None:
    """The nearest first."""
    if not found:
        return
    st.header(_("Not tested yet ({n})").format(n=words.number(len(found))), anchor=False)
    told = _("The nearest place first, by what is known of both. Near is no judgement: it says where a test is worthwhile.")
    plain.show(plain.element("p", told, css="kb-reason"))
    headers = [label, _("From"), _("Distance between the places"), _("Most of it"), _("Test")]
    with paging.pages(found, "untested") as shown:
        rows = [_row(each, heading(each), around) for each in shown]
        plain.table(_("By the distance of the place that it comes from, 0 (the same) to 1"), headers, rows, as_cards=True)


def _row(each: Untested, heading: str, around: _Around) -> tuple[str, ...]:
    opening = hrefs.transfers(**around.here, **{NEW: each.practice, NEW_TARGET: each.target})
    return (
        heading,
        plain.cell(transferring_words.place(each.source, around.profiles) if each.source else _("no place with a profile")),
        plain.cell(nearest.in_words(each.distance) if each.distance else transferring_words.distance(None)),
        plain.cell(_largest(each.distance, around.asked) if each.distance and around.asked else ""),
        plain.link(_("Open a test"), opening) + heat_cell.under_way(around.open_tests.get((each.practice, each.target), ())),
    )


def _largest(distance: Distance, asked: Indicators) -> str:
    """The largest parts of a distance, by name."""
    largest = sorted((part for part in distance.parts if part.share), key=lambda part: -part.share)[:LARGEST]
    return words.listed(
        sheet_words.labelled(context_words.text(asked.indicator(part.indicator).title), context_words.part(part.share))
        for part in largest
    )
