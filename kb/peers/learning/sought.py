"""What needs and offers say in the same words: a theme, a place that may be left out, how soon, in which form."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator

from kb.peers.contexts import place
from kb.peers.narrative import flaw

_THEME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_THEME_CHARS = 80


def _theme(given: str) -> str:
    if given and (len(given) > MAX_THEME_CHARS or not _THEME.fullmatch(given)):
        raise flaw(f"“{given[:40]}” is no theme such as social-finance")
    return given


def _place(given: str) -> str:
    if given and (fault := place.fault_of(given)):
        raise flaw(fault)
    return given


Theme = Annotated[str, AfterValidator(_theme)]  # of a controlled tag, without ``theme:``; empty: none
MaybePlace = Annotated[str, AfterValidator(_place)]  # empty: not said


class Urgency(StrEnum):
    """How soon something is needed."""

    LOW = "low"
    NORMAL = "normal"
    URGENT = "urgent"


class OfferFormat(StrEnum):
    """How something can be given. Source: the formats of peer learning that Interreg Europe, TAIEX and others run."""

    SEMINAR = "seminar"
    PEER_REVIEW = "peer-review"
    MATCHMAKING = "matchmaking"
    STUDY_VISIT = "study-visit"
    WRITTEN_ADVICE = "written-advice"
