"""What is known about a place, group by group: in words and in values, each with its source; what nobody knows is said."""

from __future__ import annotations

from html import escape

import streamlit as st

from kb.peers.contexts.groups import ConditionGroup
from kb.peers.contexts.indicators import Indicator
from kb.peers.contexts.profile import ContextProfile, ContextValue, LegalForm
from kb.peers.narrative import UNKNOWN
from kb.services.contexts import Context
from kb.ui import context_words, i18n, plain, sheet_words, words
from kb.ui.components import section
from kb.ui.components.cited_text import CitedText
from kb.ui.i18n import _, ngettext


def show(found: Context, cited: CitedText) -> None:
    """Draw the eight groups, then what each indicator means."""
    _show_language_lacking(found.profile)
    for group in ConditionGroup:
        section.head(group.value, context_words.group(group))
        plain.show(f'<div class="kb-prose">{cited.paragraphs(found.profile.text(group))}</div>')
        asked = found.indicators.of_group(group)
        if asked:
            _show_values(group, asked, found.profile, cited)
        if group is ConditionGroup.LEGAL_FRAMEWORK:
            _show_legal_forms(found.profile, cited)
    _show_definitions(found)


def _show_language_lacking(profile: ContextProfile) -> None:
    """Say which groups are told in another language than the reader's, for want of it."""
    texts = [text for text in map(profile.text, ConditionGroup) if not text.is_unknown]
    if other := sum(i18n.current() not in text.languages for text in texts):
        sentence = ngettext(
            "{n} of {all} texts is not there in this language and is shown as it was written.",
            "{n} of {all} texts are not there in this language and are shown as they were written.",
            other,
        )
        plain.show(plain.element("p", sentence.format(n=words.number(other), all=words.number(len(texts))), css="kb-quiet"))


def _show_values(group: ConditionGroup, asked: tuple[Indicator, ...], profile: ContextProfile, cited: CitedText) -> None:
    plain.show(*(_difference(each, values, cited) for each in asked if len(values := profile.values_of(each.indicator)) > 1))
    rows = [row for each in asked for row in _rows(each, profile, cited)]
    headers = [_("Indicator"), *map(sheet_words.part, ("value", "date", "scope", "source"))]
    headers[1] = _("Value")
    with st.container(key=f"values_{group.value}"):
        caption = _("{group}: values, each with its source").format(group=context_words.group(group))
        plain.table(caption, headers, rows, as_cards=True)


def _rows(indicator: Indicator, profile: ContextProfile, cited: CitedText) -> list[tuple[str, ...]]:
    title, values = context_words.text(indicator.title), profile.values_of(indicator.indicator)
    if not values:
        nothing = sheet_words.choice(UNKNOWN) if profile.is_said(indicator.indicator) else _("Not said")
        return [(plain.cell(title), plain.element("span", nothing, css="kb-quiet"), "", "", "")]
    return [
        (
            plain.cell(title),
            plain.cell(context_words.value(indicator, each.value)),
            plain.cell(context_words.day(each.date)),
            plain.cell(sheet_words.choice(each.scope)),
            cited.note(each.source),
        )
        for each in values
    ]


def _difference(indicator: Indicator, values: tuple[ContextValue, ...], cited: CitedText) -> str:
    """Sources that say something else, side by side; nothing where they agree."""
    if len({each.value for each in values}) < 2:
        return ""
    sides = "".join(f'<li dir="auto">{escape(_side(indicator, each))} {cited.note(each.source)}</li>' for each in values)
    lead = _("Sources differ on “{what}”; the first counts when places are compared:").format(
        what=context_words.text(indicator.title)
    )
    return f'<div class="kb-sides">{plain.element("p", lead)}<ul>{sides}</ul></div>'


def _side(indicator: Indicator, each: ContextValue) -> str:
    when = f" ({context_words.day(each.date)})" if each.date != UNKNOWN else ""
    return context_words.value(indicator, each.value) + when


def _show_legal_forms(profile: ContextProfile, cited: CitedText) -> None:
    plain.heading(3, _("Legal forms"))
    if isinstance(profile.legal_forms, str):
        plain.show(plain.element("p", sheet_words.choice(UNKNOWN), css="kb-quiet"))
        return
    if not profile.legal_forms:
        plain.show(plain.element("p", _("none"), css="kb-quiet"))
        return
    headers = (_("Legal form"), _("What it is"), _("Law"), _("Year"), _("Source"))
    with st.container(key="legal_forms"):
        plain.table(_("Legal forms of the sector"), headers, [_form(each, cited) for each in profile.legal_forms], as_cards=True)


def _form(form: LegalForm, cited: CitedText) -> tuple[str, ...]:
    return (
        plain.cell(form.name),
        f'<div class="kb-inline">{cited.paragraphs(form.what)}</div>',
        plain.cell(sheet_words.choice(form.law)),
        plain.cell(context_words.day(form.year)),
        cited.note(form.source),
    )


def _show_definitions(found: Context) -> None:
    with st.expander(_("What each indicator means"), key="definitions"):
        rows = "".join(_definition(each) for each in found.indicators.indicators)
        plain.show(f'<dl class="kb-facts">{rows}</dl>')


def _definition(each: Indicator) -> str:
    return plain.element("dt", context_words.text(each.title)) + plain.element("dd", context_words.text(each.definition))
