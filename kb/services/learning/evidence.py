"""Passages become evidence of something that was learned or changed, and only what somebody may read of it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar, cast

from kb.peers.assessment.review import Pin, Stance
from kb.peers.learning.record import Body, Event, Record
from kb.peers.narrative import Part
from kb.retrieval.passage import PassageId
from kb.services import library
from kb.services.assessing.evidence_now import EvidenceNow
from kb.services.assessing.pinning import pin_of
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, visible_documents

R = TypeVar("R", bound=Record)
P = TypeVar("P", bound=Part)


def pins_of(kb: KnowledgeBase, passages: Sequence[str], *, actor: Member) -> tuple[Pin, ...]:
    """Passages of any documents that the actor may see, each once, as they are pinned.

    Raises:
        NotFound: if one of them is not there.
    """
    return tuple(_pin(kb, PassageId(each), actor) for each in dict.fromkeys(passages))


def for_eyes(kb: KnowledgeBase, records: Iterable[R], *, actor: Member) -> list[R]:
    """The same without words of documents that the actor may not see, in the history too. How many pins there are is still told.

    Which documents may be read is looked up each time: it is not kept with what was folded.
    """
    found = list(records)
    if not any(_has_pins(event.body) for each in found for event in each.happened):
        return found
    evidence = EvidenceNow(kb, actor)
    return [_for_eyes(each, evidence, actor.name) for each in found]


def pins_in(part: object) -> Iterator[Pin]:
    """Every pin of a body, in its order."""
    if isinstance(part, Pin):
        yield part
    elif isinstance(part, Part):
        for name in type(part).model_fields:
            yield from pins_in(getattr(part, name))
    elif isinstance(part, tuple):
        for each in part:
            yield from pins_in(each)
    elif isinstance(part, Mapping):
        for each in part.values():
            yield from pins_in(each)


def _pin(kb: KnowledgeBase, passage_id: PassageId, actor: Member) -> Pin:
    passage = library.passage(kb, passage_id, actor=actor)
    return pin_of(passage, visible_documents(kb.catalog, actor)[passage.document_id], Stance.FOR)


def _has_pins(body: Body) -> bool:
    return next(pins_in(body), None) is not None


def _for_eyes(record: R, evidence: EvidenceNow, reader: str) -> R:
    shown: dict[int, Body] = {}  # a body stands in the history and as what it made of the thing: both stay one

    def cleared(event: Event) -> Event:
        body = _cleared(event.body, evidence, own=event.member == reader)
        shown[id(event.body)] = body
        return event if body is event.body else replace(event, body=body)

    happened = tuple(cleared(each) for each in record.happened)
    now = {each.name: getattr(record, each.name) for each in fields(record)}
    bodies = {name: shown[id(value)] for name, value in now.items() if isinstance(value, Body) and id(value) in shown}
    return replace(record, happened=happened, **cast("dict[str, Any]", bodies))


def _cleared(part: P, evidence: EvidenceNow, *, own: bool) -> P:
    """A copy in which pins are emptied that may not be read; the same where all may."""
    update = {}
    for name in type(part).model_fields:
        before = getattr(part, name)
        after = _value(before, evidence, own=own)
        if after is not before:
            update[name] = after
    return part.model_copy(update=update) if update else part


def _value(value: Any, evidence: EvidenceNow, *, own: bool) -> Any:
    if isinstance(value, Pin):
        seen = evidence.pins_for_eyes((value,), own=own)[0]
        return value if seen == value else seen
    if isinstance(value, Part):
        return _cleared(value, evidence, own=own)
    if isinstance(value, tuple):
        after = tuple(_value(each, evidence, own=own) for each in value)
        return value if all(one is other for one, other in zip(value, after, strict=True)) else after
    if isinstance(value, Mapping):
        changed = {key: _value(each, evidence, own=own) for key, each in value.items()}
        return value if all(changed[key] is value[key] for key in value) else changed
    return value
