"""What assessors say to the transfer as a whole: what helps, what hinders, what would be adapted, what would stay as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from kb.peers.transfer.judgement import Judgement
from kb.services.transferring.viewing import TransferView
from kb.ui import plain
from kb.ui import transferring_words as told
from kb.ui.components import section
from kb.ui.i18n import _


def show(view: TransferView) -> None:
    """Draw the points of all judgements that the reader may see, each with who says it."""
    if not view.test.judgements:
        return
    section.head("points", _("What helps, hinders, changes and stays"))
    place = told.place(view.test.target)
    parts: tuple[tuple[str, Callable[[Judgement], Iterable[str]]], ...] = (
        (_("Helps in {place}").format(place=place), lambda each: each.facilitators),
        (_("Hinders in {place}").format(place=place), lambda each: each.barriers),
        (_("Would be adapted"), lambda each: (f"{one.element} → {one.how}" for one in each.adaptations)),
        (_("Would be kept as it is"), lambda each: each.core_kept),
        (_("Comment"), lambda each: filter(None, (each.comment,))),
    )
    plain.show(*(_part(view, title, points) for title, points in parts))


def _part(view: TransferView, title: str, points: Callable[[Judgement], Iterable[str]]) -> str:
    """A point that several write word for word stands once."""
    by_point: dict[str, list[tuple[str, str]]] = {}
    for assessor, judgement in view.test.judgements.items():
        for point in points(judgement):
            by_point.setdefault(point, []).append((assessor, judgement.language))
    items = "".join(_item(point, who) for point, who in by_point.items())
    inside = f'<ul class="kb-list">{items}</ul>' if items else plain.element("p", _("Nobody says."), css="kb-quiet")
    return f'<div class="kb-field">{plain.element("h3", title)}<div class="kb-prose">{inside}</div></div>'


def _item(point: str, who: list[tuple[str, str]]) -> str:
    names = ", ".join(assessor for assessor, _language in who)
    language = plain.lang_attribute(who[0][1] or "und")
    return f'<li><span{language} dir="auto">{escape(point)}</span> <span class="kb-quiet">({escape(names)})</span></li>'
