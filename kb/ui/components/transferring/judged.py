"""What each assessor says to each criterion, with the passages of both sides, as far as the reader may see it."""

from __future__ import annotations

import streamlit as st

from kb.peers.transfer.framework import Criterion
from kb.peers.transfer.judgement import CriterionAnswer, Evidenced
from kb.services.transferring.viewing import TransferView
from kb.ui import assessing_words, plain, words
from kb.ui import transferring_words as told
from kb.ui.assessing_words import named
from kb.ui.components.assessing import pin_list
from kb.ui.i18n import _, ngettext
from kb.ui.transferring import NONE_IN

QUOTED = 300  # characters of a passage


def show(view: TransferView) -> None:
    """Draw the criteria side by side of the framework, folded; what is unfolded is put together then."""
    if not view.test.judgements:
        return
    st.subheader(_("Reasons and evidence"), anchor=False)
    _show_stale(view)
    for side in view.framework.sides:
        opened = st.expander(
            assessing_words.text(side.title), key=f"judged_{side.side.value}", icon=":material/forum:", on_change="rerun"
        )
        if opened.open:
            with opened:
                for each in side.criteria:
                    _show_criterion(view, each)


def _show_stale(view: TransferView) -> None:
    if n := len({(each.assessor, each.criterion) for each in view.stale}):
        text = ngettext(
            "The evidence of {n} answer is not what it was when it was given.",
            "The evidence of {n} answers is not what it was when they were given.",
            n,
        )
        st.warning(text.format(n=words.number(n)), icon=":material/update:")


def _show_criterion(view: TransferView, criterion: Criterion) -> None:
    plain.heading(3, told.criterion(view.framework, criterion.name) + (" ★" if criterion.name in view.test.key else ""))
    for n, (assessor, judgement) in enumerate(view.test.judgements.items()):
        if said := judgement.answers.get(criterion.name):
            _show_answer(view, criterion, assessor, said, f"{criterion.name}_{n}", judgement.language)


def _show_answer(view: TransferView, criterion: Criterion, assessor: str, said: CriterionAnswer, key: str, language: str) -> None:
    sure = told.confidence(said.confidence) if said.known is not None else ""
    about = plain.element("span", " · ".join(filter(None, (assessor, sure))), css="kb-quiet")
    plain.show(f'<p class="kb-given">{plain.element("strong", told.answer(said))}{about}</p>')
    plain.show(
        *(plain.element("p", part, css="kb-reason", language=language) for part in said.reason.split("\n\n") if part.strip())
    )
    queries = {Evidenced.SOURCE: criterion.source_query, Evidenced.TARGET: criterion.target_query}
    for side in Evidenced:
        pins = view.evidence.get((assessor, criterion.name, side), ())
        if pins:
            plain.show(plain.element("p", named(told.EVIDENCED, side), css="kb-event"))
            pin_list.show(pins, f"{key}_{side.value}", longest=QUOTED)
        elif queries[side] is not None and said.known is not None:
            none = _("looked for, and not found") if getattr(said, NONE_IN[side]) else _("no passage")
            text = _("{documents}: {what}").format(documents=named(told.EVIDENCED, side), what=none)
            plain.show(plain.element("p", text, css="kb-quiet"))
