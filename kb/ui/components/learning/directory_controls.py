"""What is chosen on the page of the directory, kept in the address: one thing, or a question and filters."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from kb.peers.learning.organisation import Organisation
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import directory_exporting
from kb.services.learning.directory import Sought
from kb.services.permission import Member
from kb.services.tables import TableFormat
from kb.ui import address, directory_words, i18n, sheet_words, state, words
from kb.ui.i18n import _

ORGANISATION, PARTNERSHIP = "organisation", "partnership"  # URL parameters and session keys
VIEW, QUESTION, ASKED = "d_view", "d_q", "d_pq"  # the question to organisations, and that to partnerships
FILTERS = {name: f"d_{name}" for name in ("country", "theme", "kind", "programme")}
ORGANISATIONS, PARTNERSHIPS = "organisations", "partnerships"
FORMATS = {TableFormat.XLSX: "Excel", TableFormat.CSV: "CSV"}


def fields() -> dict[str, address.Parse]:
    """What :func:`address.follow` needs to know."""
    one: dict[str, address.Parse] = dict.fromkeys((ORGANISATION, PARTNERSHIP, QUESTION, ASKED, *FILTERS.values()), address.one)
    return {**one, VIEW: address.among(ORGANISATIONS, PARTNERSHIPS)}


def publish() -> None:
    """Make the address say what is chosen."""
    names = (ORGANISATION, PARTNERSHIP, QUESTION, ASKED, *FILTERS.values())
    said = {name: str(st.session_state.get(name) or "") for name in names}
    view = str(st.session_state.get(VIEW, ""))
    address.publish("directory", **said, **{VIEW: "" if view == ORGANISATIONS else view})


def keep() -> None:
    """Keep what is chosen while its widgets are not drawn."""
    for name in (VIEW, QUESTION, ASKED, *FILTERS.values()):
        st.session_state[name] = st.session_state.get(name)


def open_organisation(name: str) -> None:
    """For ``on_click``: look at one organisation."""
    st.session_state.update({ORGANISATION: name, PARTNERSHIP: ""})


def open_partnership(name: str) -> None:
    """For ``on_click``: look at one partnership."""
    st.session_state.update({ORGANISATION: "", PARTNERSHIP: name})


def show_way_back() -> None:
    """Draw the way back to the list, as it was left."""
    there = {ORGANISATION: "", PARTNERSHIP: ""}
    label = _("The directory")
    st.button(
        label, key="all_directory", type="tertiary", icon=":material/arrow_back:", on_click=st.session_state.update, args=(there,)
    )


def show_link(label: str, name: str, *, is_partnership: bool = False, place: str = "") -> None:
    """Draw the way to one of them.

    Args:
        label: our words, or a title that is escaped already.
        place: told apart by this where one is linked twice on a page.
    """
    act = open_partnership if is_partnership else open_organisation
    key = f"open_{'partnership' if is_partnership else 'organisation'}_{place}{name}"
    st.button(label, key=key, type="tertiary", wrap=True, on_click=act, args=(name,))


def show_view() -> str:
    """Draw the choice between organisations and partnerships. Returns what is chosen."""
    labels = {ORGANISATIONS: _("Organisations"), PARTNERSHIPS: _("Partnerships")}
    st.segmented_control(
        _("What to see"), list(labels), key=VIEW, required=True, format_func=labels.__getitem__, label_visibility="collapsed"
    )
    return str(st.session_state[VIEW])


def show_search(everybody: Sequence[Organisation]) -> tuple[str, Sought]:
    """Draw the question and the filters. Returns them."""
    st.text_input(
        _("Ask the directory"), key=QUESTION, max_chars=500, icon=":material/search:",
        placeholder=_("Who has run an agroecology training with Belgian partners?"),
    )  # fmt: skip
    with st.grid(min_column_width=170, gap="small"):
        _choose("country", _("Country"), {code for each in everybody for code in each.all_countries}, sheet_words.country)
        _choose("theme", _("Theme"), {slug for each in everybody for slug in each.themes}, directory_words.theme)
        _choose("kind", _("Kind of organisation"), {each.kind.value for each in everybody}, sheet_words.choice)
        _choose("programme", _("Programme that pays"), {name for each in everybody for name in each.programmes}, str)
    chosen = {name: str(st.session_state[key] or "") for name, key in FILTERS.items()}
    return (st.session_state[QUESTION] or "").strip(), Sought(**chosen)


def show_asking() -> str:
    """Draw the question to the partnerships. Returns it."""
    st.text_input(
        _("Ask the partnerships"), key=ASKED, max_chars=500, icon=":material/search:",
        placeholder=_("Which partnership works on laws for co-operatives?"),
    )  # fmt: skip
    return (st.session_state[ASKED] or "").strip()


def show_files(sought: Sought) -> None:
    """Draw the buttons that give the organisations as a table."""
    content = partial(_table, state.kb(), state.actor(), sought, i18n.current())  # the buttons work in a thread without a session
    with st.container(horizontal=True, gap="small", key="take_directory"):
        for form, label in FORMATS.items():
            st.download_button(
                label, data=partial(content, form), file_name=f"organisations.{form}", mime=form.media_type,
                key=f"take_directory_{form}", icon=":material/download:", on_click="ignore",
            )  # fmt: skip


def _choose(name: str, label: str, values: set[str], spelled: object) -> None:
    key, told = FILTERS[name], spelled if callable(spelled) else str
    options = sorted(values, key=lambda each: words.sortable(str(told(each))))
    if st.session_state.get(key) not in options:
        st.session_state[key] = None
    st.selectbox(label, options, key=key, index=None, format_func=told, placeholder=_("All"))


def _table(kb: KnowledgeBase, actor: Member, sought: Sought, language: str, form: TableFormat) -> bytes:
    return directory_exporting.export(kb, form, actor=actor, sought=sought, language=language).content
