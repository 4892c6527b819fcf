"""What a test comes to, in words before numbers: what stands in the way, the mean with its range, coverage, spread, certainty."""

from __future__ import annotations

from html import escape

from kb.peers.transfer.result import Result
from kb.services.transferring.viewing import TransferView
from kb.ui import assessing_words, plain, sheet_words, words
from kb.ui import transferring_words as told
from kb.ui.assessing_words import named
from kb.ui.components import section
from kb.ui.i18n import _, ngettext


def of(view: TransferView) -> Result | None:
    """What it came to; while it is open, what the reader's own judgement comes to alone."""
    return view.result or view.own


def title(view: TransferView) -> str:
    """Of the section."""
    return _("Result") if view.result else _("What your judgement comes to")


def show(view: TransferView) -> None:
    """Draw it; nothing while there is nothing that the reader may see."""
    result = of(view)
    if result is None:
        return
    section.head("result", title(view))
    if view.result is None:
        plain.show(plain.element("p", _("Of yours alone; only you see it. The others’ judgements are not in it."), css="kb-quiet"))
    is_good = not result.blocking and result.mean is not None and result.mean > 0 and 2 * result.n_known >= result.n_all
    plain.show(
        f'<div class="kb-result{" kb-good" if is_good else ""}{"" if view.result else " kb-so-far"}">',
        _in_the_way(view, result),
        plain.element("p", _headline(result), css="kb-label"),
        plain.element("p", _range(result), css="kb-reason"),
        _facts(view, result),
        "</div>",
    )
    _show_apart(view, result)
    _show_sides(view, result)


def _headline(result: Result) -> str:
    coverage = told.coverage(result.n_known, result.n_all)
    if result.mean is None:
        return coverage
    return _("{value}, with {coverage}").format(value=told.value(result.mean), coverage=coverage)


def _range(result: Result) -> str:
    if result.n_known == result.n_all:
        return _("Everything is known: the mean has no range.")
    sentence = _("It could be anything from {range}: so it would be if all that is unknown were −2, or +2.")
    return sentence.format(range=told.span(result.low, result.high))


def _in_the_way(view: TransferView, result: Result) -> str:
    """The constraints by name, before any number: no mean makes up for them."""
    if not result.blocking:
        return plain.element("p", _("Nobody gave −2: no constraint was found that blocks."), css="kb-event")
    n = len(result.blocking)
    head = ngettext(
        "One thing stands in the way, and no mean makes up for it:",
        "{n} things stand in the way, and no mean makes up for them:",
        n,
    ).format(n=words.number(n))
    items = "".join(f"<li><strong>{escape(told.blocking(view.framework, each))}</strong></li>" for each in result.blocking)
    return f'<p class="kb-warned">⛔ {escape(head)}</p><ul class="kb-list">{items}</ul>'


def _facts(view: TransferView, result: Result) -> str:
    rows = {_("Assessors"): words.number(result.n_assessors)}
    if view.result:
        certainty = view.test.certainty
        rows[_("Certainty")] = sheet_words.labelled(named(told.CERTAINTIES, certainty), named(told.CERTAIN, certainty))
    body = "".join(f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in rows.items())
    return f'<dl class="kb-facts">{body}</dl>'


def _show_apart(view: TransferView, result: Result) -> None:
    """How far the assessors are apart; of one alone nothing can be told."""
    if result.n_assessors < 2:
        if view.result:
            plain.show(plain.element("p", _("One assessor only: how far people agree cannot be told."), css="kb-quiet"))
        return
    if not result.apart:
        plain.show(plain.element("p", _("The assessors are near each other on every criterion."), css="kb-event"))
        return
    n = len(result.apart)
    head = ngettext("The assessors are apart on {n} criterion:", "The assessors are apart on {n} criteria:", n)
    both = _("{criterion}: {range}")
    items = "".join(
        plain.element(
            "li", both.format(criterion=told.criterion(view.framework, each.criterion), range=told.span(each.lowest, each.highest))
        )
        for each in result.apart
    )
    plain.show(plain.element("p", head.format(n=words.number(n)), css="kb-event"), f'<ul class="kb-list">{items}</ul>')


def _show_sides(view: TransferView, result: Result) -> None:
    rows = []
    for side in view.framework.sides:
        each = result.by_side[side.side]
        rows.append(
            (
                plain.cell(assessing_words.text(side.title)),
                plain.cell(told.value(each.mean)),
                plain.cell(told.coverage(each.n_known, each.n_all)),
            )
        )
    plain.table(_("By side"), [_("Side"), _("Mean"), _("Known")], rows, as_cards=True)
