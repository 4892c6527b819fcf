"""What came of a practice among peers: who takes it over and how that went, what was learned from it, which policies changed."""

from __future__ import annotations

from collections.abc import Sequence

from kb.peers.learning.case import Case, CaseState
from kb.peers.learning.policy import PolicyState
from kb.peers.learning.record import Record
from kb.services.learning import lessons, policies, transfer_cases
from kb.ui import hrefs, learning_words, plain, state, transferring_words, words
from kb.ui.assessing_words import named
from kb.ui.components import section
from kb.ui.components.assessing import demonstration
from kb.ui.i18n import _, ngettext

SHOWN = 5  # of each kind; the rest is behind a link
TEXT_CHARS = 140


def show(name: str) -> None:
    """Draw what there is; that there is nothing where there is nothing."""
    section.head("came", _("What came of it"))
    kb, actor = state.kb(), state.actor()
    rows = {
        _("Transfer cases"): _cases(transfer_cases.cases(kb, actor=actor, practice=name)),
        _("Lessons"): _more([
            _told(each, each.noted.text, each.begun_on) for each in lessons.lessons(kb, actor=actor, practice=name)
        ]),
        _("Policies that changed"): _more([
            _told(each, each.recorded.title, each.recorded.on)
            for each in policies.policies(kb, actor=actor, practice=name) if each.state != PolicyState.WITHDRAWN
        ]),
    }  # fmt: skip
    body = "".join(f"{plain.element('dt', label)}<dd>{inside}</dd>" for label, inside in rows.items() if inside)
    if body:
        plain.show(f'<dl class="kb-facts">{body}</dl>')
    else:
        nothing = _("Nobody has told of a transfer, a lesson or a policy change that came of it yet.")
        plain.show(plain.element("p", nothing, css="kb-quiet"))


def adopted(name: str) -> str:
    """Transfer cases in which the practice was adopted, as HTML beside what its sheet says; empty where there is none."""
    found = transfer_cases.cases(state.kb(), actor=state.actor(), practice=name, state=CaseState.ADOPTED)
    items = "".join(f"<li>{_case(each)}</li>" for each in found)
    told = plain.element("p", _("By transfer cases here:"), css="kb-quiet")
    return f"{told}<ul class='kb-links'>{items}</ul>" if items else ""


def _cases(found: Sequence[Case]) -> str:
    return _more([_case(each) for each in found])


def _case(each: Case) -> str:
    told = each.considered
    about = [
        learning_words.state_word(each.state),
        named(transferring_words.OUTCOMES, each.evaluated.outcome) if each.evaluated else "",
        told.organisation,
        words.day(each.changed_on),
        demonstration.words(is_demo=each.is_demo),
    ]
    route = transferring_words.route(told.source, told.target)
    return plain.link(route, hrefs.thing(each.id)) + plain.note(" · ".join(filter(None, about)))


def _told(each: Record, text: str, on: str) -> str:
    """A link, and below it whether others confirmed it, and its day."""
    about = (learning_words.state_word(each.state), words.day(on), demonstration.words(is_demo=each.is_demo))
    return plain.link(plain.shortened(text, TEXT_CHARS), hrefs.thing(each.id)) + plain.note(" · ".join(filter(None, about)))


def _more(lines: Sequence[str]) -> str:
    """The first ones, and how many more there are."""
    shown = list(lines[:SHOWN])
    if (more := len(lines) - SHOWN) > 0:
        shown.append(
            plain.element("span", ngettext("and {n} more", "and {n} more", more).format(n=words.number(more)), css="kb-quiet")
        )
    return "".join(f"<div>{line}</div>" for line in shown)
