"""What may be done next with a thing: forms behind buttons, side by side, each only for those who may."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

import streamlit as st

from kb.peers.learning.parts import MAX_WORDS_CHARS
from kb.ui import acting, plain
from kb.ui.i18n import _


def row(id_: str, may: Collection[str]) -> AbstractContextManager[object]:
    """Where they stand; nothing is drawn for who may do nothing."""
    return st.container(horizontal=True, gap="small", key=f"steps_{id_}") if may else nullcontext()


@contextmanager
def form(name: str, label: str, icon: str) -> Iterator[None]:
    """A form in a popover behind a button."""
    with st.popover(label, key=f"step_{name}", icon=icon), st.form(f"step_{name}_form", border=False):
        yield


def withdraw(act: Callable[[str, str], str], id_: str) -> None:
    """Draw the form that takes a thing back; ``act`` is called with its id and the reason."""
    with form("withdraw", _("Withdraw it"), ":material/undo:"):
        st.text_area(_("Why"), key=f"why_{id_}", height=90, max_chars=MAX_WORDS_CHARS)
        st.form_submit_button(_("Withdraw"), on_click=acting.do, args=(_with_why, act, id_))


def way_back(label: str, *keys: str) -> None:
    """Draw the way back to the list, on the page itself."""
    st.button(
        label, key="back_to_list", type="tertiary", icon=":material/arrow_back:",
        on_click=st.session_state.update, args=(dict.fromkeys(keys, ""),),
    )  # fmt: skip


def facts(rows: dict[str, str]) -> None:
    """Names with what they are, one a line; what says nothing is left out."""
    body = "".join(plain.element("dt", label) + plain.element("dd", value) for label, value in rows.items() if value)
    plain.show(f'<dl class="kb-facts">{body}</dl>' if body else "")


def _with_why(act: Callable[[str, str], str], id_: str) -> str:
    return act(id_, st.session_state[f"why_{id_}"])
