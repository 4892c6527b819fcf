"""The rubrics in a list: version, size, in how many assessments, and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.services.assessing.listing import ListedAssessment
from kb.services.rubrics import ListedRubric
from kb.ui import assessing_words, links, plain, words
from kb.ui.components.assessing import rubric_head
from kb.ui.i18n import _, current, ngettext
from kb.ui.plain import escape_markdown

MAX_TEASER_CHARS = 240


def show_none() -> None:
    """Say how a first rubric is added."""
    with st.container(border=True, key="no_rubrics"):
        st.header(_("There are no rubrics yet"), anchor=False)
        st.markdown(_("A rubric is a file in the folder corpus/rubrics. Check it from the command line:"))
        st.code("python -m kb rubric check", language=None)


def show(listed: Sequence[ListedRubric], assessments: Sequence[ListedAssessment]) -> None:
    """Draw each as a card."""
    for each in listed:
        with st.container(border=True, key=f"rubric_{each.name}", gap="small"):
            title = assessing_words.text(each.rubric.title) if each.rubric else each.name
            st.button(
                f"**{escape_markdown(title)}**",
                key=f"open_{each.name}",
                type="tertiary",
                wrap=True,
                on_click=_open,
                args=(each.name,),
            )
            if each.rubric:
                purpose = each.rubric.purpose.best(current())
                plain.show(
                    plain.pills(_traits(each)),
                    plain.element("p", _first_sentence(purpose[1]), css="kb-reason", language=purpose[0]),
                )
            plain.show(plain.element("p", in_use(each, assessments), css="kb-quiet"))
            rubric_head.show_faults(each)


def _first_sentence(text: str) -> str:
    end = text.find(". ")
    return plain.shortened(text[: end + 1] if end > 0 else text, MAX_TEASER_CHARS)


def _open(name: str) -> None:
    st.session_state[links.RUBRIC], st.session_state[links.RUBRIC_VERSION] = name, ""


def _traits(each: ListedRubric) -> list[str]:
    rubric = each.rubric
    if rubric is None:
        return []
    n_gates, n_criteria = len(rubric.gates), len(rubric.criteria)
    return [
        _("Version {n}").format(n=rubric.version),
        ngettext("{n} gate", "{n} gates", n_gates).format(n=words.number(n_gates)),
        ngettext("{n} criterion", "{n} criteria", n_criteria).format(n=words.number(n_criteria)),
        _("about {n} minutes").format(n=words.number(rubric.minutes)),
        *sorted(words.language(tag) for tag in rubric.title.languages),
    ]


def in_use(each: ListedRubric, assessments: Sequence[ListedAssessment]) -> str:
    """In how many assessments, and whether new ones can be opened."""
    n = sum(one.rubric == each.name for one in assessments)
    used = ngettext("In use by {n} assessment", "In use by {n} assessments", n).format(n=words.number(n))
    told = [used if n else _("In no assessment yet")]
    told += [] if each.has_file else [_("its file is gone: no new assessment can be opened with it")]
    return " · ".join(told)
