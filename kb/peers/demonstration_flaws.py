"""What is wrong in a file of the demonstration, all of it at once: each fault with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from kb.peers import demonstration, demonstration_following, demonstration_transfer
from kb.peers.demonstration import People, ToldAssessment
from kb.peers.demonstration_following import Approvals, ToldMonitoring
from kb.peers.demonstration_learning import ToldThing, flaws_of_thing
from kb.peers.demonstration_transfer import ToldTransfer
from kb.peers.flaws_in_fields import Flaw, Form, blanks, in_order, in_sentences
from kb.peers.narrative import Part
from kb.peers.raw_values import Place, instead, listed, mapped, worded

Raw = Mapping[str, Any]
Told = TypeVar("Told", bound=Part)
Keys = Mapping[str, tuple[str, ...]]
ALWAYS = ("at", "who", "what")
WRITTEN = ("reviews", "judgements", "drafts")  # by key of a member
NAMING = ("who", "reviewer", "respondent", "assessor")  # values of a step that are keys of members


def read_people(raw: object) -> tuple[People | None, tuple[Flaw, ...]]:
    """The members that plain values spell, or everything that is wrong."""
    return _read(People, raw, ())


def read_assessment(raw: object, people: Collection[str]) -> tuple[ToldAssessment | None, tuple[Flaw, ...]]:
    """The assessment that plain values spell, or everything that is wrong.

    Args:
        people: keys of the members.
    """
    said = mapped(raw)
    within = [*_people(said, people), *_quotes(said), *_of_steps(said, demonstration.NEEDED, demonstration.TAKEN)]
    return _read(ToldAssessment, raw, [*within, *_begins(said), *_written(said, "reviews", "submitted", "submits a review")])


def read_transfer(raw: object, people: Collection[str]) -> tuple[ToldTransfer | None, tuple[Flaw, ...]]:
    """The test of transferability that plain values spell, or everything that is wrong."""
    said = mapped(raw)
    steps = _of_steps(said, demonstration_transfer.NEEDED, demonstration_transfer.TAKEN)
    within = [*_people(said, people), *_quotes(said), *steps, *_begins(said)]
    return _read(ToldTransfer, raw, [*within, *_written(said, "judgements", "handed-in", "hands in a judgement")])


def read_monitoring(raw: object, people: Collection[str]) -> tuple[ToldMonitoring | None, tuple[Flaw, ...]]:
    """What is followed of a practice, or everything that is wrong."""
    said = mapped(raw)
    steps = _of_steps(said, demonstration_following.NEEDED, demonstration_following.TAKEN)
    return _read(ToldMonitoring, raw, [*_people(said, people), *steps])


def read_learning(raw: object, people: Collection[str]) -> tuple[ToldThing | None, tuple[Flaw, ...]]:
    """A thing that partners learn by, or everything that is wrong."""
    return _read(ToldThing, raw, list(flaws_of_thing(mapped(raw), people)))


def read_approvals(raw: object, people: Collection[str]) -> tuple[Approvals | None, tuple[Flaw, ...]]:
    """All approvals, or everything that is wrong."""
    return _read(Approvals, raw, list(_people(mapped(raw), people)))


def _read(kind: type[Told], raw: object, within: Collection[Flaw]) -> tuple[Told | None, tuple[Flaw, ...]]:
    if not isinstance(raw, Mapping):
        return None, (Flaw((), "is not a list of keys and values"),)
    form = Form(kind)
    made, found = None, blanks(raw, form)
    try:
        made = kind.model_validate(raw)
    except ValidationError as error:
        found += list(in_sentences(error.errors(include_url=False), form, tuple(found)))
    found += within
    return None if found else made, in_order(found)


def _people(raw: Raw, people: Collection[str]) -> Iterator[Flaw]:
    """Names of members that there are not."""
    for place, name in _named_people(raw):
        if name and name not in people:
            yield Flaw(place, f"“{name[:60]}” is no member of the demonstration; {instead(name, people)}")


def _named_people(raw: Raw) -> Iterator[tuple[Place, str]]:
    for part in WRITTEN:
        yield from (((part, key), key) for key in mapped(raw.get(part)))
    for part in ("happened", "approvals"):
        for index, step in enumerate(listed(raw.get(part))):
            yield from (((part, index, key), worded(mapped(step).get(key))) for key in NAMING)


def _quotes(raw: Raw) -> Iterator[Flaw]:
    """Keys of quotes that there are not."""
    quotes = list(mapped(raw.get("quotes")))
    for place, each in _with_quotes(raw):
        for stance in ("pro", "con"):
            for index, key in enumerate(listed(each.get(stance))):
                if worded(key) not in quotes:
                    yield Flaw((*place, stance, index), f"“{worded(key)[:60]}” is no quote; {instead(worded(key), quotes)}")


def _with_quotes(raw: Raw) -> Iterator[tuple[Place, Raw]]:
    for part in WRITTEN:
        for member, review in mapped(raw.get(part)).items():
            for group in ("gates", "answers"):
                for item, said in mapped(mapped(review).get(group)).items():
                    yield (part, member, group, item), mapped(said)
    yield from ((("happened", index), mapped(step)) for index, step in enumerate(listed(raw.get("happened"))))


def _of_steps(raw: Raw, needed: Keys, taken: Keys) -> Iterator[Flaw]:
    """Times that rise, and to each step the values that belong to it."""
    before = ""
    for index, step in enumerate(listed(raw.get("happened"))):
        said, what = mapped(step), worded(mapped(step).get("what"))
        at = worded(said.get("at"))
        if at <= before:
            yield Flaw(("happened", index, "at"), f"“{at[:40]}” is not after “{before[:40]}”; steps stand in their order")
        before = at
        wanted = needed.get(what, ())
        yield from (Flaw(("happened", index), f"has no “{key}”, as “{what}” has") for key in wanted if key not in said)
        strange = [key for key in said if key not in (*ALWAYS, *wanted, *taken.get(what, ()))]
        yield from (Flaw(("happened", index, key), f"does not belong to “{what[:40]}”") for key in strange)


def _begins(raw: Raw) -> Iterator[Flaw]:
    """An opening first and nowhere else."""
    for index, step in enumerate(listed(raw.get("happened"))):
        what = worded(mapped(step).get("what"))
        if (what == "opened") is not (index == 0):
            yield Flaw(("happened", index, "what"), f"is “{what[:40]}”; the first step and no other is “opened”")


def _written(raw: Raw, part: str, done: str, does: str) -> Iterator[Flaw]:
    """Who hands something in has written it, and who has written something hands it in."""
    steps = [mapped(step) for step in listed(raw.get("happened"))]
    handed_in = {worded(step.get("who")): index for index, step in enumerate(steps) if worded(step.get("what")) == done}
    written = mapped(raw.get(part))
    for who, index in handed_in.items():
        if who not in written:
            yield Flaw(("happened", index), f"{who[:60]} {does} that is not under “{part}”")
    yield from (Flaw((part, who), f"is never {done}") for who in written if who not in handed_in)
