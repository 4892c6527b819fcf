"""One cell of the heatmap, and the legend: what its colours, bars and signs say, in words."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kb.peers.transfer.matrix import Cell, Pair
from kb.peers.transfer.state import Certainty
from kb.services.transferring.matrix import Matrix
from kb.ui import hrefs, plain, transferring_words, words
from kb.ui.assessing_words import named
from kb.ui.i18n import _

BLOCKED, CONFIRMED, TESTED, APART, DEMO = "✕", "✓", "≈", "⇄", "◇"
STEPS = (0.1, 0.75, 1.5)  # from there on a colour is stronger: a mean of ±1 has the second strength, ±2 the third
LEGEND = (-2, -1, 0, 1, 2)


def as_html(found: Matrix, pair: Pair, *, is_own: bool) -> str:
    """The cell of a practice and a place.

    Args:
        is_own: the practice is done there already.
    """
    cell, still_open = found.cells.get(pair), found.open_tests.get(pair, ())
    if cell:
        return f'<td class="{_css(cell)}">{_concluded(cell)}{under_way(still_open)}</td>'
    if still_open:
        return f'<td class="kb-being">{under_way(still_open)}</td>'
    if is_own:
        return plain.element("td", _("done there"), css="kb-own")
    return '<td class="kb-none">' + _unseen(_("not tested")) + "</td>"


def show_legend() -> None:
    """Draw what stands for what."""
    swatches = [
        f'<li><span class="kb-swatch {_strength(value)}">{transferring_words.value(value)}</span> '
        f"{escape(named(transferring_words.VALUES, value))}</li>"  # type: ignore[arg-type]
        for value in LEGEND
    ]
    known = _swatch("kb-swatch", "14/18", transferring_words.coverage(14, 18))
    patterns = [
        _swatch("kb-swatch kb-thin", "+1", _("less than half is known")),
        _swatch("kb-swatch kb-none", "", _("not tested")),
    ]
    signs = {
        BLOCKED: _("so many criteria stand in the way"),
        APART: _("assessors are apart"),
        TESTED: _("tested: a transfer did not work, or only in part"),
        CONFIRMED: _("confirmed: a transfer worked"),
        DEMO: _("demonstration data"),
    }
    told = [_swatch("kb-swatch", sign, label) for sign, label in signs.items()]
    plain.show(f'<ul class="kb-legend">{"".join([*swatches, known, *patterns, *told])}</ul>')
    sentence = _(
        "A bar above a value: more helps than hinders; below it: more hinders. A mean without a sign of its own was judged in "
        "advance. A value leads to its test, a practice to where it could work, a place to what could work there."
    )
    plain.show(plain.element("p", sentence, css="kb-quiet"))


def _concluded(cell: Cell) -> str:
    """The value as a link; below it, how much is known, and signs. What signs say is there in words for those who see none."""
    value = plain.link(transferring_words.value(cell.mean), hrefs.transfer_test(cell.test))
    known = f"{cell.n_known}/{cell.n_all}"
    signs = " ".join(filter(None, _signs(cell)))
    in_words = "; ".join(filter(None, _words(cell)))
    seen = f'<span class="kb-of" aria-hidden="true">{escape(known)}</span>'
    marks = f'<span class="kb-marks" aria-hidden="true">{escape(signs)}</span>' if signs else ""
    return f"<strong>{value}</strong>{seen}{marks}{_unseen(in_words)}"


def _signs(cell: Cell) -> tuple[str, ...]:
    certain = {Certainty.CONFIRMED: CONFIRMED, Certainty.TESTED: TESTED}.get(cell.certainty, "")
    return (
        f"{BLOCKED}\u00a0{words.number(cell.n_blocking)}" if cell.n_blocking else "",
        APART if cell.n_apart else "",
        certain,
        DEMO if cell.is_demo else "",
    )


def _words(cell: Cell) -> tuple[str, ...]:
    return (
        transferring_words.coverage(cell.n_known, cell.n_all),
        transferring_words.blocked(cell.n_blocking),
        _("assessors are apart") if cell.n_apart else "",
        named(transferring_words.CERTAINTIES, cell.certainty),
        _("demonstration data") if cell.is_demo else "",
    )


def under_way(tests: Sequence[str]) -> str:
    """The way to the tests that are under way; with several, they are numbered; nothing for none."""
    label = _("being tested") if len(tests) == 1 else _("being tested ({n})")
    each = (plain.link(label.format(n=words.number(n)), hrefs.transfer_test(test)) for n, test in enumerate(tests, start=1))
    return "".join(f'<span class="kb-of">{link}</span>' for link in each)


def _css(cell: Cell) -> str:
    strength = "" if cell.mean is None else _strength(cell.mean)
    return " ".join(
        filter(None, (strength, "kb-thin" if 2 * cell.n_known < cell.n_all else "", "kb-blocked" if cell.n_blocking else ""))
    )


def _strength(mean: float) -> str:
    """The class of its colour and its bar: of the mean as it is printed."""
    n = sum(round(abs(mean), 1) >= step for step in STEPS)
    return f"kb-{'above' if mean > 0 else 'below'}-{n}" if n else ""


def _swatch(css: str, sign: str, label: str) -> str:
    return f'<li><span class="{css}" aria-hidden="true">{escape(sign)}</span> {escape(label)}</li>'


def _unseen(text: str) -> str:
    return f'<span class="kb-unseen">{escape(text)}</span>'
