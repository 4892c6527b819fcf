"""Begin a partnership: what is known of it is checked whole, then written into a new file, then ingested in the background."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from kb.errors import InvalidEntry
from kb.peers.learning.organisation import called
from kb.peers.learning.partnership import Partnership, PartnershipState
from kb.peers.names import MAX_CHARS, is_name, name_for
from kb.peers.narrative import UNKNOWN, cited
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import partnership_editing
from kb.services.learning.directory import everybody
from kb.services.learning.file_editing import Editing
from kb.services.learning.partnership_editing import CHANGE, KIND
from kb.services.permission import Member, Role, require, require_real
from kb.services.written_files import WrittenFile


@dataclass(frozen=True)
class Beginning:
    """What is known of a partnership that begins; what is left empty, nobody knows.

    Attributes:
        title: in ``language``, as all its words are.
        code: what it is called in addresses and commands; empty: made from the title.
        topic: what it is about. The first source is put behind it where it names none; so it is with ``what`` and ``objectives``.
        lead: an organisation by its file in the directory, or in words; ``co_leads`` likewise.
        groups: title and what it works on, of each.
        partners: organisation, by its file or in words → its country; empty: that of the directory.
        spoken: ISO 639 codes of the languages in which it works.
        themes: of the concepts, without "theme:".
        sources: as the file has them; see :func:`kb.peers.learning.typed_sources.sources_of`.
        state: in which it is, reached on ``day``; an empty day is today.
    """

    title: str
    language: str
    code: str = ""
    topic: str = ""
    what: str = ""
    objectives: str = ""
    lead: str = ""
    co_leads: tuple[str, ...] = ()
    groups: tuple[tuple[str, str], ...] = ()
    partners: Mapping[str, str] = field(default_factory=dict)
    start: str = ""
    end: str = ""
    spoken: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    sources: Mapping[str, object] = field(default_factory=dict)
    state: PartnershipState = PartnershipState.FORMING
    day: str = ""


def begin(kb: KnowledgeBase, told: Beginning, *, actor: Member) -> WrittenFile[Partnership]:
    """Write a new partnership into its file. Returns the file; its name is the partnership's code.

    Raises:
        InvalidEntry: with everything that is wrong; nothing is written.
    """
    require(actor, Role.FACILITATOR, CHANGE)
    require_real(actor)
    names, changes = kb.partnerships.names(), _fields(kb, told)
    stand_in = next(free for n in count(1) if (free := f"partnership-{n}") not in names)
    name = told.code.strip() or name_for(told.title) or stand_in
    wrong = [*_of_code(name, names), *_of_day(told.day)]
    wrong += Editing(kb, kb.partnerships, KIND, actor).faults(stand_in, changes)  # what is wrong with the code is said already
    if wrong:
        raise InvalidEntry(f"“{name[:80]}” was not saved: {'; '.join(wrong)}.")
    partnership_editing.save(kb, name, changes, base_version="", actor=actor)
    return kb.partnerships.read(name)


def _of_code(name: str, taken: list[str]) -> Iterator[str]:
    if not is_name(name):
        yield f"“{name[:80]}” is no code: use a–z, 0–9 and single hyphens, at most {MAX_CHARS} characters"
    elif name in taken:
        yield f"there is a partnership called “{name}” already: choose another code"


def _of_day(day: str) -> Iterator[str]:
    if day > today():
        yield f"the day {day[:20]} has not come yet; a state is written down once it is reached"


def _fields(kb: KnowledgeBase, told: Beginning) -> dict[str, object]:
    """Field → value as the file spells it."""
    first = next(iter(told.sources), "")

    def text(words: str) -> object:
        said = words.strip()
        if said and first and not cited(said):
            said = f"{said} [@{first}]"
        return {told.language: said} if said else UNKNOWN

    def known(words: str) -> str:
        return words.strip() or UNKNOWN

    given = {
        "language": told.language,
        "title": {told.language: told.title.strip()} if told.title.strip() else None,
        "topic": text(told.topic),
        "what": text(told.what),
        "lead": known(told.lead),
        "co_leads": list(told.co_leads) or UNKNOWN,
        "groups": [{"group": key, "title": title.strip(), "focus": text(focus)} for key, (title, focus) in _by_key(told.groups)]
        or UNKNOWN,
        "partners": _partners(kb, told.partners) or UNKNOWN,
        "objectives": text(told.objectives),
        "start": known(told.start),
        "end": known(told.end),
        "states": [{"state": told.state.value, "date": told.day or today()}],
        "languages": {"codes": list(told.spoken), "source": first} if told.spoken and first else UNKNOWN,
        "themes": list(told.themes),
        "sources": dict(told.sources),
        "reviewed": today(),
    }
    return {name: value for name, value in given.items() if value is not None}


def _by_key(groups: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each group with a key: its title where that gives one that no other has, else a number."""
    taken = {name_for(title) for title, _ in groups}
    given: set[str] = set()
    for group in groups:
        key = name_for(group[0])
        if not key or key in given:
            key = next(free for n in count(1) if (free := f"group-{n}") not in taken | given)
        given.add(key)
        yield key, group


def _partners(kb: KnowledgeBase, partners: Mapping[str, str]) -> list[dict[str, str]]:
    everyone = everybody(kb)
    found = []
    for organisation, country in partners.items():
        own = called(organisation, everyone)
        found.append({"organisation": " ".join(organisation.split()), "country": country or (own.country if own else UNKNOWN)})
    return found
