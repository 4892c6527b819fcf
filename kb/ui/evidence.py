"""What was found as evidence in this process, for tags, assessments, tests and question rounds; bounded as in :mod:`kb.ui.state`.

A key holds what the answer was found in: the member who asks, the index generation, and the sheets and profiles as they are now.
"""

from __future__ import annotations

import streamlit as st

from kb.peers.transfer.state import TransferTest
from kb.services import history, suggesting
from kb.services.assessing import evidence as assessing_evidence
from kb.services.assessing.evidence import Comparable, Evidence
from kb.services.learning import round_evidence
from kb.services.learning.round_evidence import QuestionEvidence
from kb.services.permission import Member
from kb.services.suggesting import Suggestions
from kb.services.transferring import evidence as transferring_evidence
from kb.services.transferring.evidence import BothSides
from kb.ui import state


def suggestions(practice: str) -> Suggestions:
    """Tags suggested for a practice; worked out again when its sheet, its tags, what was decided, or the index is another."""
    told = history.of_subject(state.kb(), "practice", practice, actor=state.actor())
    version = state.kb().practices.read(practice).version
    return _suggestions(practice, version, told[-1].id if told else 0, state.actor(), state.kb().generation_number())


def of_item(assessment_id: str, item: str, question: str, practice: str) -> Evidence:
    """What speaks to a gate or criterion in the documents of ``practice``, which the assessment is about."""
    version = state.kb().practices.read(practice).version if practice in state.kb().practices.names() else ""
    return _of_item(assessment_id, item, question.strip(), version, state.actor(), state.kb().generation_number())


def comparable(assessment_id: str, item: str) -> tuple[Comparable, ...]:
    """How practices like the assessed one answer the same."""
    return _comparable(assessment_id, item, state.actor(), state.kb().generation_number())


def both_sides(test: TransferTest, criterion: str, question: str) -> BothSides:
    """What speaks to a criterion in the documents of the practice and in those about the target of a test."""
    practices, contexts = state.kb().practices, state.kb().contexts
    sheet = practices.read(test.practice).version if test.practice in practices.names() else ""
    there = contexts.places()
    profiles = tuple(contexts.read(place).sha256 for place in (test.source, test.target) if place in there)
    return _both_sides(test.id, criterion, question.strip(), (sheet, *profiles), state.actor(), state.kb().generation_number())


def of_question(round_id: str, key: str, practice: str, question: str) -> QuestionEvidence:
    """What speaks to a question of a round, in the documents of a practice or, where none is named, in all."""
    sheet = state.kb().practices.read(practice).version if practice and practice in state.kb().practices.names() else ""
    return _of_question(round_id, key, practice, question.strip(), sheet, state.actor(), state.kb().generation_number())


@st.cache_data(show_spinner=False, max_entries=100, ttl="10m", hash_funcs=state.AS_KEY)
def _suggestions(practice: str, version: str, last_change: int, member: Member, generation: int) -> Suggestions:  # noqa: ARG001  # all are parts of the key
    return suggesting.suggest(state.kb(), practice, actor=member)


@st.cache_data(show_spinner=False, max_entries=200, ttl="10m", hash_funcs=state.AS_KEY)
def _of_item(assessment_id: str, item: str, question: str, version: str, member: Member, generation: int) -> Evidence:  # noqa: ARG001  # all are parts of the key
    return assessing_evidence.for_item(state.kb(), assessment_id, item, actor=member, question=question)


@st.cache_data(show_spinner=False, max_entries=100, ttl="10m", hash_funcs=state.AS_KEY)
def _comparable(assessment_id: str, item: str, member: Member, generation: int) -> tuple[Comparable, ...]:  # noqa: ARG001  # generation is part of the key
    return assessing_evidence.comparable(state.kb(), assessment_id, item, actor=member)


@st.cache_data(show_spinner=False, max_entries=200, ttl="10m", hash_funcs=state.AS_KEY)
def _both_sides(
    test_id: str,
    criterion: str,
    question: str,
    versions: tuple[str, ...],  # noqa: ARG001  # part of the key; so is generation
    member: Member,
    generation: int,  # noqa: ARG001
) -> BothSides:
    return transferring_evidence.for_criterion(state.kb(), test_id, criterion, actor=member, question=question)


@st.cache_data(show_spinner=False, max_entries=200, ttl="10m", hash_funcs=state.AS_KEY)
def _of_question(
    round_id: str,
    key: str,
    practice: str,
    question: str,
    version: str,  # noqa: ARG001  # part of the key; so is generation
    member: Member,
    generation: int,  # noqa: ARG001
) -> QuestionEvidence:
    return round_evidence.for_question(state.kb(), round_id, key, practice=practice, question=question, actor=member)
