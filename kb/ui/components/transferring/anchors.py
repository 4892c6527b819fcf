"""What the values of a criterion look like in the documents."""

from __future__ import annotations

from html import escape

from kb.peers.transfer.framework import Criterion
from kb.ui import plain
from kb.ui import transferring_words as told
from kb.ui.i18n import _, current


def show(criterion: Criterion, chosen: int | None) -> None:
    """Draw the values that are described, the chosen one marked; one between two marks both."""
    described = sorted(criterion.anchors)
    near: set[int] = set()
    if chosen is not None:
        near = {max(each for each in described if each <= chosen), min(each for each in described if each >= chosen)}
    plain.show(f'<ul class="kb-anchors">{"".join(_line(criterion, each, chosen, is_near=each in near) for each in described)}</ul>')


def _line(criterion: Criterion, value: int, chosen: int | None, *, is_near: bool) -> str:
    language, words = criterion.anchors[value].best(current())
    mine = _("Your value: {value}").format(value=told.value(chosen))
    mark = plain.element("span", mine, css="kb-mine") if is_near else ""
    css = ' class="kb-chosen"' if is_near else ""
    says = plain.element("span", words, language=language)
    return f'<li{css}><span class="kb-rank">{escape(told.value(value))}</span><span>{says} {mark}</span></li>'
