"""What can be typed beside plain words, each with an example; a click asks it."""

from __future__ import annotations

import streamlit as st

from kb.ui.components import question_form
from kb.ui.i18n import _, marked
from kb.ui.plain import escape_markdown

TIPS = (  # what it does, an example that finds something in the sample corpus
    (marked("These very words, in this order"), '"peer review"'),
    (marked("Without a word or phrase"), "women cooperatives -India"),
    (marked("Kind of document"), "kind:guide transferability"),
    (marked("Country, by name or code"), "country:India savings groups"),
    (marked("Language of the text"), "lang:fr coopérative"),
    (marked("Year, or from–to"), "year:2020-2026 evaluation"),
    (marked("Organisation"), "org:URBACT network"),
    (marked("Theme"), "theme:social-finance"),
)


def show() -> None:
    """Draw the popover."""
    with st.popover(_("Search tips"), key="tips", icon=":material/tips_and_updates:", type="tertiary"):
        st.markdown(_("Any question works as it is. These help when you know what you look for; a click asks the example."))
        with st.container(gap=None, key="tips_list"):
            for n, (does, example) in enumerate(TIPS):
                with st.container(horizontal=True, vertical_alignment="center"):
                    st.markdown(_(does), width=230)
                    st.button(
                        escape_markdown(example), key=f"tip_{n}", type="tertiary", icon=":material/arrow_forward:",
                        on_click=question_form.ask, args=(example,),
                    )  # fmt: skip
