"""How practices like the assessed one answer the same question; folded, so that it costs nothing until it is wanted."""

from __future__ import annotations

import streamlit as st

from kb.errors import IndexBusy, IndexMissing, UnusableIndex
from kb.services.assessing.reviewing import Desk
from kb.ui import evidence, links, plain
from kb.ui.components.assessing import review_evidence, sheet_told
from kb.ui.i18n import _, current
from kb.ui.plain import escape_markdown
from kb.ui.said import said


def show(desk: Desk, item: str) -> None:
    """Draw the fold; open, what the likest practices say."""
    fold = st.expander(
        _("How comparable practices answer it"), key=f"comparable_{item}", icon=":material/join_inner:", on_change="rerun"
    )
    if not fold.open:
        return
    with fold:
        try:
            with st.spinner(_("Looking at other practices …")):
                found = evidence.comparable(desk.assessment.id, item)
        except (IndexMissing, IndexBusy, UnusableIndex) as error:
            st.caption(escape_markdown(said(str(error))))
            return
        if not found:
            st.markdown(_("No other practice is like this one."))
        for each in found:
            title = each.title.best(current())[1]
            plain.show(plain.element("h3", title, css="kb-heading"))
            links.to_practice(_("Open the practice"), each.practice)
            sheet_told.show_texts(each.sheet, each.practice)
            if each.best:
                review_evidence.show_passage(each.best, f"{item}_{each.practice}")
