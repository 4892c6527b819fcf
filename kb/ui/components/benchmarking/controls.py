"""What the page Benchmark shows: in which way, of which practice, beside which peers, by which rubric. The address keeps it all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

import streamlit as st

from kb.peers.assessment.rubric import Rubric
from kb.peers.benchmark.reasons import Basis
from kb.services.benchmarking.standing import Choice
from kb.services.practices import Listed
from kb.ui import address, benchmark_words, words
from kb.ui.components import compare_basket, comparison, practice_head
from kb.ui.components.compare_basket import COMPARED, MOST
from kb.ui.i18n import _, ngettext

PROFILE, GRID, SIDE = "profile", "grid", "side"
VIEW, PRACTICE, BASIS, RUBRIC, ITEM = "b_view", "b_practice", "b_basis", "b_rubric", "b_item"  # widget keys and URL parameters
_SHOWN = (
    "b_rubric_shown"  # widget key: what is not chosen stays out of the address, or a link would leave two entries in the history
)
_MARK = "/"  # between a rubric's name and its version


class By(TypedDict):
    """Which rubric is asked for, in which version; without a name the one that fits best."""

    rubric: str
    version: int | None


def fields() -> dict[str, address.Parse]:
    """What :func:`address.follow` needs to know about this page."""
    return {
        VIEW: address.among(PROFILE, GRID, SIDE),
        PRACTICE: _one_or_none,
        BASIS: address.among(*(each.value for each in Basis)),
        RUBRIC: _one_or_none,
        ITEM: _one_or_none,
        COMPARED: address.many,
    }


def publish() -> None:
    """Make the address say what the widgets say, those of the other ways of looking too: who comes back finds them as they were."""
    view, basis = st.session_state[VIEW], st.session_state[BASIS]
    address.publish(
        "benchmark",
        **{
            VIEW: "" if view == PROFILE else view,
            PRACTICE: st.session_state[PRACTICE] or "",
            BASIS: "" if basis == Basis.THEME.value else basis,
            RUBRIC: st.session_state[RUBRIC] or "",
            ITEM: st.session_state[ITEM] or "",
            COMPARED: list(st.session_state[COMPARED]),
        },
    )


def show_modes() -> str:
    """Draw the three ways of looking. Returns the chosen one."""
    views = {PROFILE: _("One beside its peers"), GRID: _("Grid of all"), SIDE: _("Side by side")}
    st.segmented_control(
        _("Show as"), list(views), key=VIEW, required=True, format_func=views.__getitem__, on_change=_forget, wrap=True
    )
    return str(st.session_state[VIEW])


def show_practice(known: Sequence[Listed]) -> tuple[str, Basis]:
    """Draw the choice of a practice and of what makes a peer. Returns both; no name while none is chosen."""
    titles = _titles(known)
    wanted = st.session_state[PRACTICE]
    if wanted and wanted not in titles:
        titles[wanted] = wanted
    with st.container(key="b_choice"):
        st.selectbox(
            _("Practice"), list(titles), key=PRACTICE, index=None, format_func=titles.__getitem__, on_change=_forget,
            placeholder=_("Choose a practice"), width=640,
        )  # fmt: skip
        bases = list(Basis)
        st.radio(
            _("What makes a peer"), [each.value for each in bases], key=BASIS,
            format_func=lambda value: benchmark_words.basis(Basis(value)),
            captions=[_(benchmark_words.BASES[each][1]) for each in bases],
        )  # fmt: skip
    return st.session_state[PRACTICE] or "", Basis(st.session_state[BASIS])


def show_compared(known: Sequence[Listed]) -> list[Listed]:
    """Draw the choice of those that stand side by side. Returns them, in the order of choosing."""
    titles = _titles(known)
    st.session_state[COMPARED] = [each.name for each in comparison.wanted(st.session_state[COMPARED], known)]
    st.multiselect(
        _("Practices"), list(titles), key=COMPARED, format_func=titles.__getitem__, max_selections=MOST,
        placeholder=_("Choose two to six"),
    )  # fmt: skip
    return comparison.wanted(st.session_state[COMPARED], known)


def show_how_to_choose() -> None:
    """Say what is needed first, those chosen elsewhere are at hand; the page ends here."""
    publish()
    st.info(_("Choose two to six practices here, or with “Compare” on their cards."), icon=":material/view_column:")
    if len(compare_basket.chosen()) >= compare_basket.FEWEST:
        compare_basket.show_panel(is_there=True)
    st.stop()


def show_none_chosen() -> None:
    """Say what is needed first; the page ends here."""
    publish()
    st.info(_("Choose a practice to see it beside its peers."), icon=":material/compare_arrows:")
    st.stop()


def asked_by() -> By:
    """The rubric and version that were chosen; none yet: the service chooses."""
    name, _mark, version = (st.session_state[RUBRIC] or "").partition(_MARK)
    return {"rubric": name, "version": int(version) if version.isdecimal() and len(version) < 7 else None}


def show_rubrics(choices: Sequence[Choice], used: Rubric | None) -> None:
    """Draw the choice of a rubric and version, as soon as there is one; what is not chosen is what was used."""
    if used is None:
        return
    n_practices = {_spelled(each.rubric, each.version): each.n_practices for each in choices}
    here = _spelled(used.rubric, used.version)
    n_practices.setdefault(here, 0)
    st.session_state[_SHOWN] = here
    st.selectbox(
        _("Rubric"), list(n_practices), key=_SHOWN, format_func=lambda spelled: _called(spelled, n_practices[spelled]),
        on_change=_choose, width=640,
    )  # fmt: skip


def _called(spelled: str, n: int) -> str:
    name, _mark, version = spelled.partition(_MARK)
    rubric = benchmark_words.rubric_called(name, int(version))
    said = ngettext("{rubric} ({n} practice)", "{rubric} ({n} practices)", n)
    return said.format(rubric=rubric, n=words.number(n))


def _spelled(rubric: str, version: int) -> str:
    return f"{rubric}{_MARK}{version}"


def _titles(known: Sequence[Listed]) -> dict[str, str]:
    titles = {each.name: practice_head.title_of(each) for each in known}
    return dict(sorted(titles.items(), key=lambda pair: pair[1].casefold()))


def _one_or_none(said: address.Said) -> str | None:
    return said[0] if said else None


def _choose() -> None:
    st.session_state[RUBRIC] = st.session_state[_SHOWN]


def _forget() -> None:
    """Another practice, or another way of looking, begins with the rubric that fits it best."""
    st.session_state[RUBRIC] = None
