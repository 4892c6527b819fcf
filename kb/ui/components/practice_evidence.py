"""The words of documents that speak for what a sheet says, each leading to where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from kb.retrieval.passage import Passage
from kb.services.practices import Proof
from kb.ui import links, plain, sheet_words
from kb.ui.components import document_list, quoted, section
from kb.ui.i18n import _


def show(proofs: Sequence[Proof]) -> None:
    """Draw the quotes by the field they speak for; nothing where there is none."""
    if not proofs:
        return
    section.head("evidence", sheet_words.field("evidence"))
    for n, proof in enumerate(sorted(proofs, key=lambda each: _place(each.evidence.field))):
        with st.container(border=True, gap="small", key=f"hit_proof_{n}"):
            plain.show(plain.element("p", _("For: {field}").format(field=_field(proof.evidence.field)), css="kb-quiet"))
            quoted.show(proof.evidence.quote)
            if proof.document is None:
                _show_remark(_("The document is not in the index: {path}").format(path=proof.evidence.document))
                continue
            if not proof.is_there:
                _show_remark(_("These words are not in the document any more."))
            passage = proof.passage
            links.to_document(
                document_list.title_of(proof.document),
                proof.document.id,
                passage.id if passage else "",
                span_of(proof.evidence.quote, passage) if passage else None,
            )


def span_of(quote: str, passage: Passage) -> tuple[int, int] | None:
    """Where a quote stands in a passage, white space aside; ``None`` where it is not whole there."""
    found = re.search(r"\s+".join(map(re.escape, quote.split())), passage.text)
    return found.span() if found else None


def _show_remark(sentence: str) -> None:
    st.warning(plain.escape_markdown(sentence), icon=":material/link_off:")


def _field(name: str) -> str:
    return sheet_words.field(name.partition(".")[0])


def _place(name: str) -> int:
    fields = list(sheet_words.FIELDS)
    return fields.index(name) if name in fields else len(fields)
