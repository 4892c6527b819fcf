"""An overview as files: a button for each form. The bytes are made when one is clicked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from kb.services.citing import Exported
from kb.services.handouts.forms import ReportForm
from kb.ui import i18n, overview_files, state
from kb.ui.components.assessing.downloads import LABELS
from kb.ui.i18n import _

Export = Callable[..., Exported]


def show(export: Export, key: str, *of: object, **asked: Any) -> None:
    """Draw the buttons.

    Args:
        export: one of :mod:`kb.services.taking_overviews`.
        key: unique on the page; the file's name, until the file is made.
        of: what the overview is of; ``asked`` names a rubric and version.
    """
    # The buttons work in a thread of their own, where there is no session: everything is taken along from here.
    told = {"actor": state.actor(), "wording": overview_files.wording(), "language": i18n.current()}
    made = partial(export, state.kb(), *of, **asked, **told)
    with st.container(horizontal=True, gap="small", key=f"take_{key}"):
        for form, label in LABELS.items():
            st.download_button(
                _(label),
                data=partial(_content, made, form),
                file_name=f"{key.replace('_', '-')}.{form.value}",
                mime=form.media_type,
                key=f"take_{key}_{form}",
                icon=":material/download:",
                on_click="ignore",
            )


def _content(export: Export, form: ReportForm) -> bytes:
    return export(form=form).content
