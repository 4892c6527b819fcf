"""What tests came to, for one place or one practice, in three groups that are said in words. Never a bare number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from kb.peers.contexts.profile import ContextProfile
from kb.peers.transfer.matrix import Cell, Footing
from kb.services import frameworks
from kb.services.transferring import loading
from kb.services.transferring.ranking import CouldWork, WhereWork
from kb.ui import hrefs, plain, state, transferring_words, words
from kb.ui.assessing_words import named
from kb.ui.components.assessing import demonstration
from kb.ui.components.transferring import paging
from kb.ui.i18n import _, marked, ngettext

MEANT = {
    Footing.COVERED: marked(
        "Nothing stands in the way, and at least half of the criteria are known. Below 0 more hinders than helps."
    ),
    Footing.THIN: marked("More than half of the criteria are unknown: the mean says little. Nothing known stands in the way."),
    Footing.BLOCKED: marked("An assessor found something that stands in the way. A high mean does not make up for it."),
}


def show_practices(found: CouldWork, titles: Mapping[str, str], profiles: Mapping[str, ContextProfile]) -> None:
    """Draw what was tested for a place: practice by practice."""
    if not found.tested:
        _show_none(_("No practice was tested for this place yet."))
    _show(found.tested, _("Practice"), lambda cell: _practice(cell, titles, profiles))


def show_places(found: WhereWork, profiles: Mapping[str, ContextProfile]) -> None:
    """Draw for which places a practice was tested."""
    if not found.tested:
        _show_none(_("This practice was tested for no place yet."))
    _show(found.tested, _("Place"), lambda cell: _place(cell, profiles))


def _show_none(sentence: str) -> None:
    plain.show(plain.element("p", sentence, css="kb-quiet"))


def _show(cells: Sequence[Cell], label: str, heading: Callable[[Cell], str]) -> None:
    """The groups that hold anything, in their order."""
    for footing in Footing:
        of_it = [cell for cell in cells if cell.footing is footing]
        if of_it:
            st.header(f"{named(transferring_words.FOOTINGS, footing)} ({words.number(len(of_it))})", anchor=False)
            plain.show(plain.element("p", _(MEANT[footing]), css="kb-reason"))
            _show_group(footing, of_it, label, heading)


def _practice(cell: Cell, titles: Mapping[str, str], profiles: Mapping[str, ContextProfile]) -> str:
    link = plain.link(titles.get(cell.practice, cell.title), hrefs.practice(cell.practice))
    return link + plain.note(_("from {place}").format(place=transferring_words.place(cell.source, profiles)))


def _place(cell: Cell, profiles: Mapping[str, ContextProfile]) -> str:
    link = plain.link(transferring_words.place(cell.target, profiles), hrefs.context(cell.target))
    return link + plain.note(_("from {place}").format(place=transferring_words.place(cell.source, profiles)))


def _show_group(footing: Footing, cells: Sequence[Cell], label: str, heading: Callable[[Cell], str]) -> None:
    headers = [label, _("Result"), _("Certainty"), _("Assessors")]
    if footing is Footing.BLOCKED:
        headers.insert(1, _("In the way"))
    with paging.pages(cells, f"ranked_{footing.value}") as shown:
        rows = [_row(cell, heading(cell), is_blocked=footing is Footing.BLOCKED) for cell in shown]
        caption = _("By the mean, highest first; with the range if all that is unknown were −2 or +2")
        plain.table(caption, headers, rows, as_cards=True)


def _row(cell: Cell, heading: str, *, is_blocked: bool) -> list[str]:
    apart = ngettext("apart on {n} criterion", "apart on {n} criteria", cell.n_apart).format(n=words.number(cell.n_apart))
    earlier = ngettext("{n} test concluded", "{n} tests concluded", cell.n_tests).format(n=words.number(cell.n_tests))
    result = plain.link(_mean(cell), hrefs.transfer_test(cell.test))
    remarks = [words.day(cell.concluded_at_utc), demonstration.words(is_demo=cell.is_demo)]
    row = [
        heading,
        result + plain.note(transferring_words.coverage(cell.n_known, cell.n_all)),
        plain.cell(named(transferring_words.CERTAINTIES, cell.certainty), second_line=" · ".join(filter(None, remarks))),
        plain.cell(
            words.number(cell.n_assessors),
            second_line=" · ".join(filter(None, (apart if cell.n_apart else "", earlier if cell.n_tests > 1 else ""))),
        ),
    ]
    if is_blocked:
        row.insert(1, plain.cell(_in_the_way(cell)))
    return row


def _mean(cell: Cell) -> str:
    """With the range that is still open, if any is."""
    if cell.mean is None:
        return _("no mean")
    if cell.n_known == cell.n_all:
        return transferring_words.value(cell.mean)
    low, high = transferring_words.value(cell.low), transferring_words.value(cell.high)
    return _("{value} ({low} to {high})").format(value=transferring_words.value(cell.mean), low=low, high=high)


def _in_the_way(cell: Cell) -> str:
    """The constraints by name, of the test that stands for the cell."""
    kb, actor = state.kb(), state.actor()
    test = loading.transfer_for(kb, cell.test, actor=actor)
    if test.result is None:
        return transferring_words.blocked(cell.n_blocking)
    return transferring_words.in_the_way(frameworks.framework(kb, test.framework, test.version, actor=actor), test.result)
