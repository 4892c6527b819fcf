"""The top of a test's page: which practice, from where to where, how far it is and how certain, and the facts."""

from __future__ import annotations

import streamlit as st

from kb.services.transferring.viewing import TransferView
from kb.ui import assessing_words, links, plain, words
from kb.ui import transferring_words as told
from kb.ui.assessing_words import named
from kb.ui.components import section
from kb.ui.components.assessing import demonstration, practice_title
from kb.ui.components.transferring import outcome
from kb.ui.i18n import _


def show_list_of_sections(view: TransferView) -> None:
    """Draw the way to each part of the page in the side panel; parts that are not there are left out."""
    shown = outcome.of(view) is not None
    section.show_list(
        ({"result": outcome.title(view), "criteria": _("By criterion")} if shown else {})
        | ({"unknown": _("What matters most of the unknown")} if view.what_if else {})
        | ({"points": _("What helps, hinders, changes and stays")} if shown else {})
        | ({"went": _("How it went")} if view.result else {})
        | {"places": _("The two places"), "panel": _("Assessors"), "asked": _("What is asked")}
        | {"take": _("Take it along"), "past": _("What happened")}
    )


def show(view: TransferView) -> None:
    """Draw title, places, stage, certainty and facts; the title is also the browser tab's."""
    test, title = view.test, practice_title.of(view.listed)
    st.set_page_config(page_title=_("Transferability: {title}").format(title=title))
    with st.container(gap="xsmall", key="assessment_head"):
        plain.heading(1, _("Could it work there? {title}").format(title=title))
        plain.show(plain.element("p", told.route(test.source, test.target), css="kb-teaser"))
        demonstration.show(is_demo=view.listed.is_demo)
        certainty = named(told.CERTAINTIES, test.certainty) if view.result else ""
        plain.show(plain.pills([named(told.STAGES, test.stage), certainty]))
        with st.container(horizontal=True, gap="medium"):
            if view.practice:
                practice = {links.PRACTICE_ID: test.practice}
                st.page_link(links.PRACTICE, label=_("The practice"), icon=":material/handshake:", query_params=practice)
            for place, context in ((test.source, view.source_context), (test.target, view.target_context)):
                if context:
                    links.to_context(told.place(place), place)
    _show_facts(view)


def _show_facts(view: TransferView) -> None:
    test, listed, framework = view.test, view.listed, view.framework
    due = _("{day} (overdue)") if listed.is_overdue else "{day}"
    opened = [test.opened_by, words.day(test.opened_at_utc), test.opened.why if test.opened else ""]
    n, all_ = (words.number(count) for count in (listed.n_ready, listed.n_assessors))
    rows = {
        _("Key criteria"): words.listed(told.criterion(framework, name) for name in test.key) or _("none"),
        _("Judgements"): "" if test.stage.is_final else _("{n} of {total} handed in").format(n=n, total=all_),
        _("Due"): due.format(day=words.day(listed.due)) if listed.due else "",
        _("Asked by"): _("{rubric}, version {n}").format(
            rubric=assessing_words.text(framework.title), n=words.number(framework.version)
        ),
        _("Opened by"): " · ".join(filter(None, opened)),
        _("Test concluded"): words.day(listed.ended_at_utc) if view.result else "",
    }
    body = "".join(plain.element("dt", label) + plain.element("dd", value) for label, value in rows.items() if value)
    plain.show(f'<dl class="kb-facts">{body}</dl>')
