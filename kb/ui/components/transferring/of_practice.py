"""What tests of transferability came to, on the page of their practice."""

from __future__ import annotations

from collections.abc import Mapping

from kb.peers.contexts.profile import ContextProfile
from kb.peers.transfer.state import Stage
from kb.services.transferring import listing
from kb.services.transferring.listing import ListedTest
from kb.ui import hrefs, plain, state, transferring_words, words
from kb.ui.assessing_words import named
from kb.ui.components.assessing import demonstration
from kb.ui.components.transferring.controls import FROM, PRACTICE, VIEW
from kb.ui.i18n import _, ngettext

SHOWN = 5  # tests; the rest is behind the link


def as_html(practice: str) -> str:
    """The tests of the practice, the last one first, those that were cancelled left out; and where it could work."""
    found = listing.transfers(state.kb(), actor=state.actor(), practice=practice)
    told = [each for each in found if each.stage is not Stage.CANCELLED]
    profiles = transferring_words.places() if told else {}
    lines = [_line(each, profiles) for each in told[:SHOWN]] or [plain.element("span", _("No test yet."), css="kb-quiet")]
    if (more := len(told) - SHOWN) > 0:
        text = ngettext("{n} more test", "{n} more tests", more).format(n=words.number(more))
        lines.append(plain.element("span", text, css="kb-quiet"))
    lines.append(plain.link(_("Where could it work"), hrefs.transfers(**{VIEW: FROM, PRACTICE: practice})))
    return "".join(f"<div>{line}</div>" for line in lines)


def _line(each: ListedTest, profiles: Mapping[str, ContextProfile]) -> str:
    route = transferring_words.route(each.source, each.target, profiles)
    if each.result is None:
        about = [named(transferring_words.STAGES, each.stage)]
    else:
        about = [transferring_words.in_short(each.result), named(transferring_words.CERTAINTIES, each.certainty)]
    about += [words.day(each.ended_at_utc or each.at_utc), demonstration.words(is_demo=each.is_demo)]
    return plain.link(route, hrefs.transfer_test(each.id)) + plain.note(" · ".join(filter(None, about)))
