"""What is wrong with a context profile, all of it at once: each fault with its place, what was found and what is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from kb.peers.contexts import place as places
from kb.peers.contexts.groups import ConditionGroup
from kb.peers.contexts.indicators import Indicators
from kb.peers.contexts.profile import ContextProfile, PlaceKind, value_of
from kb.peers.flaws_between import Surroundings, around_it
from kb.peers.flaws_in_fields import Flaw, Form, blanks, in_order, in_sentences
from kb.peers.flaws_in_names import uncited, unknown
from kb.peers.narrative import UNKNOWN, cited
from kb.peers.raw_values import Place, instead, listed, mapped, texts_in, worded

Raw = Mapping[str, Any]
_BRANCHES = ("said", "unknown")  # what pydantic puts into a place for a value that is said or unknown
_NEVER_UNKNOWN = frozenset(("context", "kind", "within", "language", "title", "sources", "source", "indicator", "codes", "name"))


def _as_in_the_file(loc: Sequence[str | int]) -> Place:
    if loc[:1] == ("sources",):  # keys of a person's own choice
        return tuple(part for part in loc if part != "[key]")
    return tuple(part for part in loc if part not in _BRANCHES and part != "[key]")


def _may_be_unknown(place: Place) -> bool:
    return not (place and place[-1] in _NEVER_UNKNOWN)


_PROFILE = Form(ContextProfile, _may_be_unknown, _as_in_the_file)


def read(
    raw: object, name: str, indicators: Indicators | None, around: Surroundings
) -> tuple[ContextProfile | None, tuple[Flaw, ...]]:
    """Make a profile of plain values, or say everything that keeps it from being one.

    Args:
        raw: texts, lists and mappings, as YAML spells them.
        name: of the file, without ``.yaml``.
        indicators: what its values answer; ``None`` while that file has faults itself: then no profile can be used.

    Returns:
        The profile, ``None`` if there is any fault within it, and all faults by place. A document that is not there does not keep
        it from being read.
    """
    if not isinstance(raw, Mapping):
        return None, (Flaw((), "is not a list of keys and values"),)
    profile = None
    found = [each for each in blanks(raw, _PROFILE) if each.place != ("within",)]  # of a country it is blank
    try:
        profile = ContextProfile.of(raw)
    except ValidationError as error:
        told = in_sentences(error.errors(include_url=False), _PROFILE, tuple(found))
        found += [each for each in told if not _is_of_no_group(each.place)]  # pydantic cannot say which groups there are
    found += within(raw, name)
    if indicators is None:
        found.append(Flaw(("values",), "cannot be checked: indicators.yaml has faults itself; mend them first"))
    else:
        found += _of_values(raw, indicators)
    return None if found else profile, in_order([*found, *around_it({"sources": raw.get("sources")}, around)])


def unsaid(profile: ContextProfile, indicators: Indicators) -> tuple[str, ...]:
    """Indicators of which the profile does not even say that nobody knows; in order."""
    return tuple(name for name in indicators.names if not profile.is_said(name))


def within(raw: Raw, name: str) -> Iterator[Flaw]:
    """What does not fit between the values of a profile."""
    yield from _of_place(raw, name)
    yield from _of_groups(raw)
    yield from _of_sources(raw)


def _of_place(raw: Raw, name: str) -> Iterator[Flaw]:
    code, inside = worded(raw.get("context")), worded(raw.get("within"))
    if code and code != name:
        yield Flaw(("context",), f"is “{code[:60]}” in a file called {name}.yaml; wanted is the same name")
    if not code or places.fault_of(code):
        return
    country = places.country_of(code)
    kind = PlaceKind.COUNTRY if code == country else PlaceKind.REGION
    if (said := worded(raw.get("kind"))) in list(PlaceKind) and said != kind:
        yield Flaw(("kind",), f"is “{said}”; {code} is the code of a {kind}")
    wanted = "" if kind is PlaceKind.COUNTRY else country
    if inside != wanted:
        told = f"wanted is “{wanted}”" if wanted else "a country lies within none, so it is left blank"
        yield Flaw(("within",), f"is “{inside[:60]}”; {told}")


def _of_groups(raw: Raw) -> Iterator[Flaw]:
    """Every group is told, or said to be unknown; what is told names its source."""
    groups = mapped(raw.get("groups"))
    for group in ConditionGroup:
        if groups and group.value not in groups:
            yield Flaw(("groups",), f"has no “{group.value}”; write “unknown” if nobody knows")
    yield from unknown([(("groups", key), key) for key in groups], [group.value for group in ConditionGroup], "group of conditions")
    for key, said in groups.items():
        for place, words in texts_in(said, ("groups", key)):
            if words.strip() and words.strip() != UNKNOWN and not cited(words):
                yield Flaw(place, "names no source; put [@key] behind what it says, with a key of the sources")


def _is_of_no_group(place: Place) -> bool:
    return len(place) == 2 and place[0] == "groups" and place[1] not in list(ConditionGroup)


def _of_sources(raw: Raw) -> Iterator[Flaw]:
    """Sources that are named or cited and not there."""
    known = list(mapped(raw.get("sources")))
    named: list[tuple[Place, str]] = [(("languages", "source"), worded(mapped(raw.get("languages")).get("source")))]
    for key in ("legal_forms", "values"):
        for index, each in enumerate(listed(raw.get(key))):
            named.append(((key, index, "source"), worded(mapped(each).get("source"))))
    yield from unknown(named, known, "source")
    yield from uncited(raw)


def _of_values(raw: Raw, indicators: Indicators) -> Iterator[Flaw]:
    """Values that answer nothing, or not what is asked; and facts without date, scope or source."""
    said = [(index, mapped(each)) for index, each in enumerate(listed(raw.get("values")))]
    seen: set[tuple[str, ...]] = set()
    for index, each in said:
        place: Place = ("values", index)
        name = worded(each.get("indicator"))
        if not name or each.get("value") is None:
            continue  # that is told already
        if name not in indicators.names:
            yield Flaw((*place, "indicator"), f"“{name[:60]}” is no indicator; {instead(name, indicators.names)}")
            continue
        same = (name, worded(each.get("source")), worded(each.get("date")), worded(each.get("scope")))
        if same in seen:
            yield Flaw(place, f"“{name}” is answered twice by the same source for the same date and scope")
        seen.add(same)
        if worded(each.get("value")) == UNKNOWN:
            if any(worded(other.get("indicator")) == name and at != index for at, other in said):
                yield Flaw(place, f"“{name}” is said to be unknown and is answered elsewhere, or twice said to be unknown")
            continue
        yield from _of_fact(place, each)
        yield from _not_an_answer((*place, "value"), each.get("value"), name, indicators)


def _of_fact(place: Place, each: Mapping[str, object]) -> Iterator[Flaw]:
    for key in ("date", "scope", "source"):
        if key not in each:
            yield Flaw(place, f"has no “{key}”" + ("" if key == "source" else "; write “unknown” if nobody knows"))


def _not_an_answer(place: Place, given: object, name: str, indicators: Indicators) -> Iterator[Flaw]:
    try:
        value = value_of(given)
    except PydanticCustomError:
        return  # that is told already
    if fault := indicators.indicator(name).fault_of(value):
        yield Flaw(place, fault)
    elif isinstance(value, tuple) and len({each.casefold() for each in value}) < len(value):
        yield Flaw(place, "names something twice")
