"""Passages that a reviewer put beside an answer, and where their words stand now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from kb.peers.assessment.review import MAX_QUOTE_CHARS, Stance
from kb.services.assessing.evidence_now import Now, PinNow
from kb.ui import assessing_words, links, plain, words
from kb.ui.components import document_list, quoted
from kb.ui.i18n import _, marked

Remove = Callable[[int], tuple[Callable[..., None], tuple[object, ...]]]
_STATES: Mapping[Now, str] = {
    Now.CHANGED: marked("The document has changed since; these words still stand in it."),
    Now.GONE: marked("These words stand no longer in the document."),
}


def show(pins: Sequence[PinNow], key: str, *, remove: Remove | None = None, longest: int = MAX_QUOTE_CHARS) -> None:
    """Draw each with its words and the way to where they stand.

    Args:
        key: no other list on the page has it.
        remove: place in the list → what a button calls to take it out, with its arguments; without it there is no button.
        longest: so many characters of each are shown.
    """
    for at, now in enumerate(pins):
        with st.container(gap="xsmall", key=f"pinned_{key}_{at}"):
            _show_one(now, longest)
            if remove and now.pin:
                call, args = remove(at)
                st.button(
                    _("Take it out"), key=f"unpin_{key}_{at}", type="tertiary", icon=":material/close:", on_click=call, args=args
                )


def stance(of: Stance) -> str:
    """Whether it speaks for or against, as a label with a sign."""
    sign = "+" if of is Stance.FOR else "−"
    return plain.element("span", f"{sign} {assessing_words.named(assessing_words.STANCES, of)}", css=f"kb-stance kb-{of.value}")


def _show_one(now: PinNow, longest: int) -> None:
    pin = now.pin
    if pin is None:
        plain.show(plain.element("p", _("A passage of a document that you may not see."), css="kb-quiet"))
        return
    plain.show(f"<p>{stance(pin.stance)}</p>")
    show_where(now, longest)


def show_where(now: PinNow, longest: int = MAX_QUOTE_CHARS) -> None:
    """Draw the words and where they stand; nothing of a passage that the reader may not see."""
    pin = now.pin
    if pin is None:
        return
    quoted.show(pin.quote if len(pin.quote) <= longest else plain.shortened(pin.quote, longest), language=pin.language)
    title = document_list.title_of(now.document) if now.document else pin.document
    if now.document:
        links.to_document(title, now.document.id, now.passage_id or "")
    media_type = now.document.media_type if now.document else ""
    place = [words.page(pin.page, pin.page_label or None, media_type), pin.heading.removeprefix(title).removeprefix(" › ")]
    plain.show(plain.element("p", " › ".join(filter(None, place)), css="kb-quiet") if any(place) else "")
    if now.now in _STATES:
        plain.show(plain.element("p", _(_STATES[now.now]), css="kb-warned"))
