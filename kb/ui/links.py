"""Where the pages are, and links to them; as addresses they are in :mod:`kb.ui.hrefs`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from kb.peers.learning.parts import kind_of
from kb.ui import address
from kb.ui.i18n import _
from kb.ui.plain import escape_markdown

_VIEWS = Path(__file__).parent / "views"
SEARCH, DOCUMENT, SIMILAR, LIBRARY, SAVED, BATCH, JUDGEMENTS, ADD = (
    str(_VIEWS / f"{name}.py") for name in ("search", "document", "similar", "library", "saved", "batch", "judgements", "add")
)
PRACTICES, PRACTICE = (str(_VIEWS / f"{name}.py") for name in ("practices", "practice"))
CONCEPTS = str(_VIEWS / "concepts.py")
PRACTICE_EDIT = str(_VIEWS / "practice_edit.py")
ASSESSMENTS, ASSESSMENT, REVIEW, RECONCILE, AGREEMENT, RUBRICS, MEMBERS = (
    str(_VIEWS / f"{name}.py") for name in ("assessments", "assessment", "review", "reconcile", "agreement", "rubrics", "members")
)
MONITORING, CONTEXTS = (str(_VIEWS / f"{name}.py") for name in ("monitoring", "contexts"))
BENCHMARK = str(_VIEWS / "benchmark.py")
TRANSFERS, TRANSFER_TEST = (str(_VIEWS / f"{name}.py") for name in ("transfers", "transfer_test"))
LEARNING, NEEDS, DIRECTORY, ROUNDS, SESSIONS, LESSONS, CASES, POLICIES = (
    str(_VIEWS / f"{name}.py") for name in ("learning", "needs", "directory", "rounds", "sessions", "lessons", "cases", "policies")
)
THING_PAGES: Mapping[str, str] = {  # kind of thing of mutual learning, which is also the URL parameter → its page
    "need": NEEDS, "offer": NEEDS, "match": NEEDS, "round": ROUNDS, "session": SESSIONS, "lesson": LESSONS,
    "recommendation": LESSONS, "case": CASES, "plan": POLICIES, "policy": POLICIES,
}  # fmt: skip
PRACTICE_ID = "id"  # URL parameter and session key: name of a practice
TEST_ID = "id"  # URL parameter and session key: id of a test of transferability
ASSESSMENT_ID, ITEM = "id", "item"  # URL parameters and session keys: id of an assessment; a gate or criterion of its rubric
RUBRIC, RUBRIC_VERSION = "rubric", "version"  # URL parameters and session keys
MONITORED = "m_practice"  # URL parameter and session key: name of a practice that is monitored
PLACE, BESIDE = "place", "beside"  # URL parameters and session keys: code of a place; of another to stand beside it
LIKE, LIKE_DOCUMENT = "like", "like_document"  # URL parameters: id of a passage, of a document


def document_parameters(document_id: str, passage_id: str = "", sentence: tuple[int, int] | None = None) -> dict[str, str]:
    """URL parameters of a document's page, at a passage, with a sentence of it marked."""
    parameters = {"id": document_id, "passage": passage_id, "mark": "{}-{}".format(*sentence) if sentence else ""}
    return {key: value for key, value in parameters.items() if value}


def to_document(title: str, document_id: str, passage_id: str = "", sentence: tuple[int, int] | None = None) -> None:
    """A link to a document's page whose words are the document's own title."""
    st.page_link(
        DOCUMENT, label=f"**{escape_markdown(title)}**", query_params=document_parameters(document_id, passage_id, sentence)
    )


def to_practice(title: str, name: str, *, is_there: bool = False) -> None:
    """A link to a practice's page whose words are the practice's own title.

    Args:
        is_there: on a practice's page itself, where a page link would leave the address as it was (Streamlit 1.67).
    """
    label = f"**{escape_markdown(title)}**"
    if is_there:
        there = {PRACTICE_ID: name}
        st.button(label, key=f"to_practice_{name}", type="tertiary", wrap=True, on_click=st.session_state.update, args=(there,))
    else:
        st.page_link(PRACTICE, label=label, query_params={PRACTICE_ID: name})


def to_assessment(label: str, assessment_id: str) -> None:
    """A link to an assessment's page, from another page."""
    st.page_link(ASSESSMENT, label=f"**{escape_markdown(label)}**", query_params={ASSESSMENT_ID: assessment_id})


def back_to_assessment(assessment_id: str) -> None:
    """A link from a part of an assessment to its page."""
    parameters = {ASSESSMENT_ID: assessment_id}
    st.page_link(ASSESSMENT, label=_("Back to the assessment"), icon=":material/arrow_back:", query_params=parameters)


def to_review(label: str, assessment_id: str, item: str = "") -> None:
    """A link to a member's own review, at a gate or criterion."""
    parameters = {ASSESSMENT_ID: assessment_id} | ({ITEM: item} if item else {})
    st.page_link(REVIEW, label=label, icon=":material/rate_review:", query_params=parameters)


def to_reconcile(label: str, assessment_id: str, item: str = "") -> None:
    """A link to the reviews side by side, at a gate or criterion."""
    parameters = {ASSESSMENT_ID: assessment_id} | ({ITEM: item} if item else {})
    st.page_link(RECONCILE, label=label, icon=":material/balance:", query_params=parameters)


def to_agreement(label: str, rubric: str = "") -> None:
    """A link to how far reviewers agree under a rubric."""
    st.page_link(AGREEMENT, label=label, icon=":material/groups:", query_params={RUBRIC: rubric} if rubric else {})


def to_rubric(label: str, rubric: str = "", version: int = 0) -> None:
    """A link to a rubric, in a version or as its file has it; without a name to the list."""
    said = {RUBRIC: rubric, RUBRIC_VERSION: str(version or "")}
    parameters = {key: value for key, value in said.items() if value}
    st.page_link(RUBRICS, label=label, icon=":material/rule:", query_params=parameters)


def to_context(label: str, place: str, *, is_there: bool = False) -> None:
    """A link to what is known about a place.

    Args:
        is_there: on that page itself, where a page link would leave the address as it was (Streamlit 1.67).
    """
    parameters = {PLACE: place, BESIDE: ""}
    if is_there:
        words, key = f"**{escape_markdown(label)}**", f"open_place_{place}"
        st.button(words, key=key, type="tertiary", wrap=True, on_click=st.session_state.update, args=(parameters,))
    else:
        st.page_link(CONTEXTS, label=escape_markdown(label), icon=":material/public:", query_params={PLACE: place})


def to_organisation(label: str, name: str) -> None:
    """A link to an organisation of the directory, from another page."""
    st.page_link(DIRECTORY, label=escape_markdown(label), icon=":material/domain:", query_params={"organisation": name})


def to_partnership(label: str, name: str) -> None:
    """A link to a partnership of the directory, from another page."""
    st.page_link(DIRECTORY, label=escape_markdown(label), icon=":material/handshake:", query_params={"partnership": name})


def to_transfer_test(label: str, test_id: str) -> None:
    """A link to a test of transferability, from another page."""
    st.page_link(TRANSFER_TEST, label=f"**{escape_markdown(label)}**", query_params={TEST_ID: test_id})


def back_to_transfers() -> None:
    """A link from a test to where practices could work, as it was left."""
    back_to("transfers", TRANSFERS, _("All practices and places"))


def to_thing(ref: str, title: str, *, is_there: bool = False, where: str = "") -> None:
    """A link to a thing of mutual learning, whatever it is; only its title where nothing has a page of that kind.

    Args:
        ref: its id: ``need-3``.
        is_there: on its page itself, where a page link would leave the address as it was (Streamlit 1.67).
        where: on that page, where it is led to from several places.
    """
    kind, words = kind_of(ref), f"**{escape_markdown(title)}**"
    page = THING_PAGES.get(kind, "")
    if not page:
        st.markdown(words)
    elif is_there:
        others = {each: "" for each, its_page in THING_PAGES.items() if its_page == page}
        there = {**others, kind: ref}
        st.button(words, key=f"to_{ref}{where}", type="tertiary", wrap=True, on_click=st.session_state.update, args=(there,))
    else:
        st.page_link(page, label=words, query_params={kind: ref})


def to_edit(name: str) -> None:
    """A link to the form of a practice's sheet."""
    st.page_link(PRACTICE_EDIT, label=_("Edit"), icon=":material/edit:", query_params={"id": name})


def to_new_practice() -> None:
    """A link to the form of a new practice."""
    st.page_link(PRACTICE_EDIT, label=_("New practice"), icon=":material/add:")


def to_concept(label: str, concept_id: str) -> None:
    """A link to a concept, from another page than that of the concepts."""
    st.page_link(CONCEPTS, label=escape_markdown(label), icon=":material/account_tree:", query_params={"id": concept_id})


def to_similar(label: str, *, passage_id: str = "", document_id: str = "", is_there: bool = False) -> None:
    """A link to what is like a passage or a document.

    Args:
        label: its words.
        passage_id: of the passage, or empty.
        document_id: of the document, or empty.
        is_there: on that page itself, where a page link would leave the address as it was (Streamlit 1.67).
    """
    wanted = {LIKE: passage_id, LIKE_DOCUMENT: document_id}
    icon = ":material/join_inner:"
    if is_there:
        key = f"like_{passage_id or document_id}"
        st.button(label, key=key, type="tertiary", icon=icon, on_click=st.session_state.update, args=(wanted,))
    else:
        st.page_link(SIMILAR, label=label, icon=icon, query_params={name: value for name, value in wanted.items() if value})


def back_to(page: str, file: str, label: str) -> None:
    """A link to a page as it was left."""
    st.page_link(file, label=label, icon=":material/arrow_back:", query_params=address.left(page))
