"""A case as its author has written it so far, and what the author says next put into it; or every reason why not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Annotated

from pydantic import Field

from kb.errors import InvalidEntry
from kb.peers.assessment.review import Pin, Pins
from kb.peers.learning.parts import MaybeWords
from kb.peers.learning.round import Round
from kb.peers.learning.round_bodies import MAX_QUESTIONS, Key
from kb.peers.narrative import Part
from kb.services.assessing.evidence_now import EvidenceNow, is_hidden
from kb.services.learning import keeping

NOT_KEPT = "The answer cannot be kept"


class CaseDraft(Part):
    """A case as far as its author has written it, as :class:`CaseAnswered` has it; anything may be absent."""

    practice: str = ""
    title: str = ""
    answers: Annotated[dict[Key, MaybeWords], Field(default_factory=dict, max_length=MAX_QUESTIONS)]
    pins: Annotated[dict[Key, Pins], Field(default_factory=dict, max_length=MAX_QUESTIONS)]
    language: str = ""


def merged(
    before: CaseDraft, said: Mapping[str, object], whole: Round, evidence: EvidenceNow, *, there: Collection[str]
) -> CaseDraft:
    """The draft with what was said now; what ``said`` does not name stays, key by key.

    Args:
        evidence: for the author. Pins of ``before`` that are hidden from the author by now are put back behind the rest.
        there: names of practices that there are.

    Raises:
        InvalidEntry: with all that is wrong.
    """
    if strangers := [name[:40] for name in said if name not in CaseDraft.model_fields]:
        raise InvalidEntry(f"The answer cannot be kept: there is no “{', '.join(strangers)}”.")
    values = {**dict(before), **said}
    values["answers"] = {**before.answers, **_mapping(said.get("answers"))}
    values["pins"] = {**before.pins, **_with_hidden(_mapping(said.get("pins")), before, evidence)}
    draft = keeping.made(CaseDraft, NOT_KEPT, **values)
    if faults := [*_faults(draft, whole, there), *_strange(draft, before, evidence)]:
        raise InvalidEntry(f"The answer cannot be kept: {'; '.join(faults)}.")
    return draft


def _with_hidden(pins: Mapping[str, object], before: CaseDraft, evidence: EvidenceNow) -> dict[str, object]:
    """Pins as they came, with those put back behind them that are hidden from their author by now."""
    whole: dict[str, object] = {}
    for key, given in pins.items():
        shown = [each for each in _list(given) if not (isinstance(each, Pin) and is_hidden(each))]
        hidden = [each for each in before.pins.get(key, ()) if not evidence.may_read(each, own=True)]
        whole[key] = (*shown, *(each for each in hidden if each not in shown))
    return whole


def _faults(draft: CaseDraft, whole: Round, there: Collection[str]) -> list[str]:
    faults = []
    if draft.practice and draft.practice not in there:
        faults.append(f"there is no practice called “{draft.practice[:60]}”")
    if strange := [key for key in {**draft.answers, **draft.pins} if key not in whole.drafted.keys]:
        faults.append(f"the round asks no such question: {', '.join(strange)}")
    return faults


def _strange(draft: CaseDraft, before: CaseDraft, evidence: EvidenceNow) -> list[str]:
    """Pins that were not there before, of documents that the actor may not see or with words that stand in none."""
    new = [pin for key, pins in draft.pins.items() for pin in pins if pin not in before.pins.get(key, ())]
    bad = dict.fromkeys(pin.document[:100] for pin in new if not (evidence.may_read(pin) and evidence.holds(pin)))
    return [f"a pinned passage does not stand in its document now ({', '.join(bad)})"] if bad else []


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()
