"""One indicator: what it means, how it goes in words, what is overdue, and where sources differ."""

from __future__ import annotations

from html import escape

import streamlit as st

from kb.peers.monitoring.folding import Followed
from kb.peers.monitoring.reading import Disagreement
from kb.ui import monitoring_words, plain, words
from kb.ui.components import section
from kb.ui.i18n import _


def show(followed: Followed) -> None:
    """Draw all but chart, table and forms."""
    indicator = followed.indicator
    section.head(f"indicator-{indicator.key}", indicator.title)
    definition = f'<p class="kb-defined" dir="auto">{escape(indicator.definition)}</p>'
    plain.show(definition, *(plain.element("p", sentence, css="kb-reason") for sentence in _course(followed) if sentence))
    if followed.ended:
        _show_ended(followed)
    elif followed.missing:
        st.warning(plain.escape_markdown(monitoring_words.missing(followed.missing)), icon=":material/schedule:")
    plain.show(*(_difference(followed, each) for each in followed.disagreements))
    _show_facts(followed)


def _course(followed: Followed) -> list[str]:
    return [
        monitoring_words.latest(followed),
        monitoring_words.progress(followed),
        monitoring_words.deviation(followed),
        monitoring_words.trend(followed),
    ]


def _show_ended(followed: Followed) -> None:
    ended = followed.ended
    if ended:
        told = _("Ended on {day} by {name}: {why}").format(day=words.day(ended.at_utc), name=ended.member, why=ended.why)
        st.info(plain.escape_markdown(told), icon=":material/flag:")


def _difference(followed: Followed, each: Disagreement) -> str:
    """Sources that say different things of one day, side by side."""
    about = ", ".join(filter(None, (words.day(each.date), each.scope)))
    sides = "".join(
        f'<li dir="auto">{escape(monitoring_words.value(followed.indicator, one.value))} ({escape(one.read.source)})</li>'
        for one in each.readings
    )
    lead = plain.element("p", _("Sources differ on {day}:").format(day=about))
    return f'<div class="kb-sides">{lead}<ul>{sides}</ul></div>'


def _show_facts(followed: Followed) -> None:
    said = followed.indicator
    running = next((each for each in reversed(followed.periods) if each.is_due), None)
    rows = {
        _("Unit"): said.unit,
        _("Wanted"): monitoring_words.direction(said.direction),
        _("Baseline"): monitoring_words.point(said, said.baseline) or _("none"),
        _("Target"): monitoring_words.point(said, said.target) or _("none"),
        _("Scope"): said.scope or "",
        _("Read"): monitoring_words.frequency(said.frequency),
        _("Who reads it"): said.responsible,
        _("Next reading"): _("by {day}").format(day=words.day(running.end)) if running else "",
        _("Set by"): f"{followed.set_by} · {words.day(followed.set_at_utc)}",
    }
    body = "".join(plain.element("dt", label) + plain.element("dd", value) for label, value in rows.items() if value)
    plain.show(f'<dl class="kb-facts">{body}</dl>')
