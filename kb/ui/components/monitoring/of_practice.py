"""What is measured of a practice, on the page of the practice."""

from __future__ import annotations

from kb.services.monitoring import viewing
from kb.ui import hrefs, plain, state, words
from kb.ui.components.assessing import demonstration
from kb.ui.i18n import _, ngettext


def as_html(practice: str) -> str:
    """How many indicators, what is overdue, and the way there."""
    found = viewing.monitoring(state.kb(), practice, actor=state.actor())
    n, late = len(found.indicators), sum(len(each.missing) for each in found.indicators if not each.ended)
    if not n:
        return plain.link(_("Nothing is measured yet"), hrefs.monitoring(practice))
    told = [
        ngettext("{n} reading is overdue", "{n} readings are overdue", late).format(n=words.number(late)) if late else "",
        demonstration.words(is_demo=any(each.is_demo for each in found.indicators)),
    ]
    label = ngettext("{n} indicator", "{n} indicators", n).format(n=words.number(n))
    return plain.link(label, hrefs.monitoring(practice)) + plain.note(" · ".join(filter(None, told)))
