"""What an assessor says to a criterion becomes an answer that can be kept, with evidence on the right sides; or all faults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kb.errors import InvalidEntry
from kb.peers.assessment.given import checked
from kb.peers.assessment.review import Pin
from kb.peers.transfer.judgement import CriterionAnswer, Evidenced
from kb.retrieval.writable import writable
from kb.services.assessing.evidence_now import EvidenceNow, is_hidden
from kb.services.transferring.evidence import Documents

Given = CriterionAnswer | Mapping[str, object]
PINS = {Evidenced.SOURCE: "source_pins", Evidenced.TARGET: "target_pins"}  # side → field of an answer


def answered(
    criterion: str, given: Given, before: CriterionAnswer, evidence: EvidenceNow, own: Mapping[Evidenced, Documents]
) -> CriterionAnswer:
    """An answer as it will be kept. Pins of ``before`` that are hidden from its author by now are put back behind the rest.

    Args:
        given: whole, or its values by name.
        evidence: for the author.
        own: where pins of each side may be from, unless they were there before.

    Raises:
        InvalidEntry: with all that is wrong.
    """
    values = {name: value if name in PINS.values() else fit(value) for name, value in dict(given).items()}
    for field in PINS.values():
        hidden = [pin for pin in getattr(before, field) if not evidence.may_read(pin, own=True)]
        shown = [pin for pin in _list(values.get(field)) if not (isinstance(pin, Pin) and is_hidden(pin))]
        values[field] = [*map(_plain, shown), *map(_plain, hidden)]
    answer, faults = checked(CriterionAnswer, values)
    if answer is None:
        raise InvalidEntry(f"The answer to {criterion} cannot be kept: {'; '.join(faults)}.")
    strange = [
        pin for side, field in PINS.items() for pin in _strange(getattr(answer, field), getattr(before, field), own[side], evidence)
    ]
    if strange:
        named = ", ".join(dict.fromkeys(pin.document[:100] for pin in strange))
        raise InvalidEntry(f"A pinned passage is not in the documents of its side now ({named}). Take it out, or pin another.")
    return answer


def fit(value: object) -> object:
    """What somebody typed, in whatever lists it stands, without what no file can hold and what shows other words than it says."""
    if isinstance(value, str):
        return writable(value)
    if isinstance(value, Mapping):
        return {name: fit(each) for name, each in value.items()}
    return [fit(each) for each in value] if isinstance(value, (list, tuple)) else value


def _strange(pins: Sequence[Pin], before: Sequence[Pin], own: Documents, evidence: EvidenceNow) -> Iterator[Pin]:
    """Pins that were not there before, of other documents or with words that stand in none."""
    paths = {document.path for document in own.documents.values()}
    for pin in pins:
        if pin not in before and not (pin.document in paths and evidence.holds(pin)):
            yield pin


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def _plain(value: object) -> object:
    return value.model_dump() if isinstance(value, Pin) else value
