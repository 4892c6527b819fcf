"""How a question was understood, each piece with a way to switch it off, and what else to know before reading the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from kb.retrieval.answer import Part, SearchResult, Step
from kb.ui import plain, words
from kb.ui.components import filters, question_form
from kb.ui.i18n import _, marked

LEFT_OUT: Mapping[Step, str] = {
    Step.WORDS: marked("passages were found by meaning alone"),
    Step.COUNTS: marked("not everything was counted"),
    Step.SENTENCES: marked("no sentence was marked"),
    Step.RERANKING: marked("the passages were not re-ranked"),
}


def show(result: SearchResult, *, can_be_changed: bool = True) -> None:
    """Draw quotation marks, minus and operators as chips, then the remarks; nothing for a plain question answered in full.

    Args:
        result: the answer.
        can_be_changed: whether the page has the form with the question, so that a piece can be switched off.
    """
    asked = result.understood
    if asked.parts:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="understood"):
            known = _("Words: “{words}”").format(words=asked.words) if asked.words else _("No words: passages are listed")
            st.html(plain.element("span", _("Understood as:"), css="kb-quiet"), width="content")
            st.html(plain.element("span", known, css="kb-chip"), width="content")
            for n, part in enumerate(asked.parts):
                if not can_be_changed:
                    st.html(plain.element("span", spelled(part), css="kb-chip"), width="content")
                    continue
                st.button(
                    plain.escape_markdown(spelled(part)), key=f"part_{n}", icon=":material/close:", icon_position="right",
                    help=_("Switch this off"), on_click=question_form.ask, args=(part.relaxed,),
                )  # fmt: skip
    plain.show(*(plain.element("p", remark, css="kb-quiet kb-remark") for remark in remarks(result)))


def spelled(part: Part) -> str:
    """A piece of syntax in words: "Country: India"."""
    if part.phrase:
        return _("With the phrase “{phrase}”").format(phrase=part.phrase)
    if part.without:
        return _("Without “{phrase}”").format(phrase=part.without)
    field = next(each for each in filters.FIELDS if each.name == part.field)
    return _("{label}: {values}").format(label=_(field.label), values=_alternatives(part.values, field.spell))


def remarks(result: SearchResult) -> list[str]:
    """What a person should know before reading the answer."""
    asked = result.understood
    lines = [
        _("“{typed}” cannot be used as an operator; its words were searched. See the search tips.").format(typed=typed)
        for typed in asked.unused
    ]
    lines += [
        _("No passage has the phrase “{phrase}”. Switch it off to search for its words.").format(phrase=phrase)
        for phrase in result.absent
    ]
    if result.in_headings:
        lines.append(_("No text has the phrase, so passages with it in a heading or the title are shown."))
    lines += [
        _("No document has “{typed}”; “{used}” was searched for too.").format(typed=one.typed, used=one.used)
        for one in result.corrected
    ]
    if result.without_concepts:
        lines.append(_("The concepts cannot be read just now, so none was looked for. The page of the concepts tells why."))
    if again := result.reranked:
        text = _("Re-ranked: {model} read the first {n} passages again in {seconds} s.")
        seconds = words.number(again.took_s, decimals=2)
        lines.append(text.format(model=again.model, n=words.number(again.depth), seconds=seconds))
    if result.cut_short:
        what = words.listed(_(LEFT_OUT[step]) for step in result.cut_short)
        lines.append(_("The answer was cut short, for lack of time: {what}.").format(what=what))
    return lines


def _alternatives(values: tuple[str | int, ...], spell: Callable[[str], str]) -> str:
    """Alternatives; three years in a row or more as a range."""
    first, last = values[0], values[-1]
    if isinstance(first, int) and isinstance(last, int) and len(values) > 2 and values == tuple(range(first, last + 1)):
        return f"{first}–{last}"
    return _(" or ").join(spell(str(value)) for value in values)
