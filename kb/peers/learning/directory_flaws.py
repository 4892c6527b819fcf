"""What is wrong with the file of an organisation or of a partnership, all of it at once: each fault with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from kb.peers.flaws_between import Surroundings, around_it
from kb.peers.flaws_in_fields import Flaw, Form, blanks, in_order, in_sentences
from kb.peers.flaws_in_names import named, repeated, uncited, unknown
from kb.peers.learning.organisation import Organisation
from kb.peers.learning.partnership import Partnership, PartnershipState
from kb.peers.narrative import UNKNOWN, cited
from kb.peers.raw_values import Place, instead, listed, mapped, texts_in, worded

Raw = Mapping[str, Any]
Made = TypeVar("Made", bound=BaseModel)
THEME = "theme:"  # begins the tags of themes
_BRANCHES = ("said", "unknown")  # what pydantic puts into a place for a value that is said or unknown
_NEVER_UNKNOWN = frozenset(
    ("organisation", "partnership", "kind", "language", "title", "also", "part_of", "themes", "sources", "source", "codes", "name",
     "called", "group", "groups", "states", "state", "practice", "value", "unit", "document", "lead")
)  # fmt: skip
_MUST_CITE = ("what", "objectives", "topic")  # texts of the whole file that say facts; what they say names its source


def _as_in_the_file(loc: Sequence[str | int]) -> Place:
    if loc[:1] == ("sources",):  # keys of a person's own choice
        return tuple(part for part in loc if part != "[key]")
    return tuple(part for part in loc if part not in _BRANCHES)


def _may_be_unknown(place: Place) -> bool:
    return bool(place) and place[-1] not in _NEVER_UNKNOWN


_ORGANISATION = Form(Organisation, _may_be_unknown, _as_in_the_file)
_PARTNERSHIP = Form(Partnership, _may_be_unknown, _as_in_the_file)


def read_organisation(raw: object, name: str, around: Surroundings) -> tuple[Organisation | None, tuple[Flaw, ...]]:
    """Make an organisation of plain values, or say everything that keeps it from being one.

    Args:
        raw: texts, lists and mappings, as YAML spells them.
        name: of the file, without ``.yaml``.

    Returns:
        The organisation, ``None`` if there is any fault within it, and all faults by place. A document or a theme that is not there
        does not keep it from being read.
    """
    return _read(raw, name, around, _ORGANISATION, Organisation.of, _within_organisation)


def read_partnership(raw: object, name: str, around: Surroundings) -> tuple[Partnership | None, tuple[Flaw, ...]]:
    """The same for a partnership."""
    return _read(raw, name, around, _PARTNERSHIP, Partnership.of, _within_partnership)


def _read(
    raw: object,
    name: str,
    around: Surroundings,
    form: Form,
    of: Callable[[Raw], Made],
    within: Callable[[Raw], Iterator[Flaw]],
) -> tuple[Made | None, tuple[Flaw, ...]]:
    if not isinstance(raw, Mapping):
        return None, (Flaw((), "is not a list of keys and values"),)
    made, found = None, blanks(raw, form)
    try:
        made = of(raw)
    except ValidationError as error:
        found += list(in_sentences(error.errors(include_url=False), form, tuple(found)))
    found += [*_of_name(raw, name, form.model.__name__.lower()), *_of_citations(raw), *within(raw)]
    return None if found else made, in_order(
        [*found, *around_it({"sources": raw.get("sources")}, around), *_of_themes(raw, around)]
    )


def _of_name(raw: Raw, name: str, key: str) -> Iterator[Flaw]:
    said = worded(raw.get(key))
    if said and said != name:
        yield Flaw((key,), f"is “{said[:60]}” in a file called {name}.yaml; wanted is the same name")


def _of_citations(raw: Raw) -> Iterator[Flaw]:
    """Facts without a source, and sources that are cited and not there."""
    for key in _MUST_CITE:
        for place, words in texts_in(raw.get(key), (key,)):
            if worded(words) and worded(words) != UNKNOWN and not cited(words):
                yield Flaw(place, "names no source; put [@key] behind what it says, with a key of the sources")
    yield from uncited(raw)
    yield from unknown(_named_sources(raw), list(mapped(raw.get("sources"))), "source")


def _named_sources(raw: Raw) -> Iterator[tuple[Place, str]]:
    yield ("languages", "source"), worded(mapped(raw.get("languages")).get("source"))
    for key in ("projects", "seeks", "figures", "called", "partners", "states"):
        for index, source in named(raw.get(key), "source"):
            yield (key, index, "source"), source


def _of_themes(raw: Raw, around: Surroundings) -> Iterator[Flaw]:
    known = [tag.removeprefix(THEME) for tag in around.tags if tag.startswith(THEME)]
    themes = [(("themes", index), worded(each)) for index, each in enumerate(listed(raw.get("themes")))]
    yield from repeated([(place, name) for place, name in themes])
    yield from unknown([(place, name) for place, name in themes], known, "theme of the concepts")


def _within_organisation(raw: Raw) -> Iterator[Flaw]:
    """What does not fit between the values of an organisation."""
    yield from repeated([(("projects", index, "title"), title) for index, title in named(raw.get("projects"), "title")])
    for index, each in enumerate(listed(raw.get("projects"))):
        yield from _of_period(mapped(each), ("projects", index))
        partners = named(mapped(each).get("partners"), "name")
        yield from repeated([(("projects", index, "partners", at), name) for at, name in partners])
    own = worded(raw.get("organisation"))
    if own and worded(raw.get("part_of")) == own:
        yield Flaw(("part_of",), f"is “{own[:60]}” itself; leave the key out where it belongs to none")


def _within_partnership(raw: Raw) -> Iterator[Flaw]:
    """What does not fit between the values of a partnership."""
    yield from _of_period(raw, ())
    groups = named(raw.get("groups"), "group")
    yield from repeated([(("groups", index), name) for index, name in groups])
    partners = named(raw.get("partners"), "organisation")
    yield from repeated([(("partners", index), name) for index, name in partners])
    known = [name for _, name in groups if name]
    for index, each in enumerate(listed(raw.get("partners"))):
        for at, group in enumerate(listed(mapped(each).get("groups"))):
            if worded(group) and worded(group) not in known:
                place: Place = ("partners", index, "groups", at)
                yield Flaw(place, f"“{worded(group)[:60]}” is no group of the partnership; {instead(worded(group), known)}")
    yield from _of_states(raw)


def _of_states(raw: Raw) -> Iterator[Flaw]:
    """States go forward, and days with them."""
    ranks = {state.value: state.rank for state in PartnershipState}
    last_state, last_day = "", ""
    for index, each in enumerate(listed(raw.get("states"))):
        state, day = worded(mapped(each).get("state")), worded(mapped(each).get("date"))
        if state in ranks and last_state and ranks[state] <= ranks[last_state]:
            yield Flaw(("states", index, "state"), f"is “{state}” behind “{last_state}”; a partnership goes only forward")
        if _is_before(day, last_day):
            yield Flaw(("states", index, "date"), f"is {day[:20]}, before {last_day[:20]} of the state in front of it")
        last_state = state if state in ranks else last_state
        last_day = day if _is_day(day) else last_day


def _of_period(each: Mapping[str, object], place: Place) -> Iterator[Flaw]:
    start, end = worded(each.get("start")), worded(each.get("end"))
    if _is_before(end, start):
        yield Flaw((*place, "end"), f"is {end[:20]}, before the start on {start[:20]}")


def _is_before(one: str, other: str) -> bool:
    """Whether a day lies before another, as far as both are told: 2021 is not before 2021-05."""
    together = min(len(one), len(other))
    return _is_day(one) and _is_day(other) and one[:together] < other[:together]


def _is_day(text: str) -> bool:
    return text[:4].isdigit() and text.replace("-", "").isdigit()
