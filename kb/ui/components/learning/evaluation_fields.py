"""How a transfer went, in a form: outcome, day, what was seen, and what bears it out."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kb.peers.assessment.review import MAX_REASON_CHARS
from kb.peers.evidence_line import MAX_SOURCES
from kb.peers.parts import MAX_LINE_CHARS
from kb.peers.transfer.events import CaseOutcome
from kb.retrieval.passage import PassageId
from kb.ui import assessing_words, plain
from kb.ui import transferring_words as told
from kb.ui.components.learning import field_rows, passage_picker
from kb.ui.components.learning.field_rows import Field
from kb.ui.i18n import _


def ask(key: str) -> None:
    """Draw the fields. They cannot stand in a form, as passages are looked for among them."""
    st.selectbox(
        _("Outcome"), [each.value for each in CaseOutcome], key=f"{key}_outcome",
        format_func=lambda value: assessing_words.named(told.OUTCOMES, value),
    )  # fmt: skip
    st.text_input(_("Evaluated on"), key=f"{key}_on", max_chars=10, placeholder="2026-12-31")
    st.text_area(_("What was seen, and by whom"), key=f"{key}_what", height=110, max_chars=MAX_REASON_CHARS)
    plain.show(plain.element("p", _("What bears it out: at least one passage, or one source with its date."), css="kb-quiet"))
    passage_picker.show(f"{key}_pins", {"": _("Take it as evidence")})
    field_rows.ask(f"{key}_sources", _source_fields(), (), more=_("Another source"), at_most=MAX_SOURCES)


def said(key: str) -> dict[str, Any]:
    """What the fields say, as the services take it."""
    given = st.session_state
    return {
        "outcome": given[f"{key}_outcome"],
        "on": given[f"{key}_on"].strip(),
        "what": given[f"{key}_what"],
        "passages": tuple(map(PassageId, passage_picker.taken(f"{key}_pins"))),
        "sources": tuple((row["source"], row["date"]) for row in field_rows.said(f"{key}_sources", _source_fields())),
    }


def forget(key: str) -> None:
    """Once it was kept."""
    field_rows.forget(key)


def _source_fields() -> tuple[Field, ...]:
    return (
        Field("source", _("Source {n}, outside the library"), MAX_LINE_CHARS),
        Field("date", _("Of which day, month or year ({n})"), 10, placeholder="2026-12-31"),
    )
