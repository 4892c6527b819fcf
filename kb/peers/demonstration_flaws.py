"""What is wrong in a file of the demonstration, all of it at once: each fault with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from kb.peers.demonstration import NEEDED, TAKEN, People, ToldAssessment
from kb.peers.flaws_in_fields import Flaw, Form, blanks, in_order, in_sentences
from kb.peers.narrative import Part
from kb.peers.raw_values import Place, instead, listed, mapped, worded

Raw = Mapping[str, Any]
Told = TypeVar("Told", bound=Part)
ALWAYS = ("at", "who", "what")


def read_people(raw: object) -> tuple[People | None, tuple[Flaw, ...]]:
    """The members that plain values spell, or everything that is wrong."""
    return _read(People, raw, ())


def read_assessment(raw: object, people: Collection[str]) -> tuple[ToldAssessment | None, tuple[Flaw, ...]]:
    """The assessment that plain values spell, or everything that is wrong.

    Args:
        people: keys of the members.
    """
    within = [*_unknown(mapped(raw), people), *_of_steps(mapped(raw)), *_of_reviews(mapped(raw))]
    return _read(ToldAssessment, raw, within)


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


def _unknown(raw: Raw, people: Collection[str]) -> Iterator[Flaw]:
    """Names of members and quotes that there are not."""
    quotes = list(mapped(raw.get("quotes")))
    for place, name in _named_people(raw):
        if name and name not in people:
            yield Flaw(place, f"“{name[:60]}” is no member of the demonstration; {instead(name, people)}")
    for place, each in _with_quotes(raw):
        for stance in ("pro", "con"):
            for index, key in enumerate(listed(each.get(stance))):
                if worded(key) not in quotes:
                    yield Flaw((*place, stance, index), f"“{worded(key)[:60]}” is no quote; {instead(worded(key), quotes)}")


def _named_people(raw: Raw) -> Iterator[tuple[Place, str]]:
    for part in ("reviews", "drafts"):
        yield from (((part, key), key) for key in mapped(raw.get(part)))
    for index, step in enumerate(listed(raw.get("happened"))):
        yield from ((("happened", index, key), worded(mapped(step).get(key))) for key in ("who", "reviewer", "respondent"))


def _with_quotes(raw: Raw) -> Iterator[tuple[Place, Raw]]:
    for part in ("reviews", "drafts"):
        for member, review in mapped(raw.get(part)).items():
            for group in ("gates", "answers"):
                for item, said in mapped(mapped(review).get(group)).items():
                    yield (part, member, group, item), mapped(said)
    yield from ((("happened", index), mapped(step)) for index, step in enumerate(listed(raw.get("happened"))))


def _of_steps(raw: Raw) -> Iterator[Flaw]:
    """An opening first and nowhere else, times that rise, and to each step the values that belong to it."""
    before = ""
    for index, step in enumerate(listed(raw.get("happened"))):
        said, what = mapped(step), worded(mapped(step).get("what"))
        if (what == "opened") is not (index == 0):
            yield Flaw(("happened", index, "what"), f"is “{what[:40]}”; the first step and no other is “opened”")
        at = worded(said.get("at"))
        if at <= before:
            yield Flaw(("happened", index, "at"), f"“{at[:40]}” is not after “{before[:40]}”; steps stand in their order")
        before = at
        needed = NEEDED.get(what, ())
        yield from (Flaw(("happened", index), f"has no “{key}”, as “{what}” has") for key in needed if key not in said)
        strange = [key for key in said if key not in (*ALWAYS, *needed, *TAKEN.get(what, ()))]
        yield from (Flaw(("happened", index, key), f"does not belong to “{what[:40]}”") for key in strange)


def _of_reviews(raw: Raw) -> Iterator[Flaw]:
    """Who submits has a review, and who has one submits it."""
    steps = [mapped(step) for step in listed(raw.get("happened"))]
    submitted = {worded(step.get("who")): index for index, step in enumerate(steps) if worded(step.get("what")) == "submitted"}
    written = mapped(raw.get("reviews"))
    for who, index in submitted.items():
        if who not in written:
            yield Flaw(("happened", index), f"{who[:60]} submits a review that is not under “reviews”")
    yield from (Flaw(("reviews", who), "is never submitted") for who in written if who not in submitted)
