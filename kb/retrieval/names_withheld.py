"""The Chatham House Rule: what was said may be used, who said it may not be told."""

from __future__ import annotations

import re
from functools import lru_cache

from kb.retrieval.passage import Metadata
from kb.retrieval.writable import one_line

_SPEAKERS = ("speaker", "participant", "presenter", "panellist", "panelist", "interviewee", "attendee", "moderator", "contributor")
TITLES = frozenset({"prof", "professor", "mrs", "miss", "herr", "frau", "madame", "monsieur"})  # nobody is known by these
_MIN_LETTERS = 3  # of a part of a name: "de" and initials are words of every text


def names_of(about: Metadata) -> tuple[str, ...]:
    """The people whose names are withheld: authors, and whoever the metadata lists as having spoken; nobody without the rule.

    An author who is the organisation itself is no person.
    """
    if not about.chatham_house:
        return ()
    listed = [name for key, value in about.other if key.rstrip("s") in _SPEAKERS for name in re.split("[,;]", value)]
    names = (one_line(re.sub(r"\(.*?\)", " ", name)) for name in (*about.authors, *listed))
    organisation = one_line(about.organisation).casefold()
    return tuple(dict.fromkeys(name for name in names if name and name.casefold() != organisation))


def withhold(text: str, names: tuple[str, ...], instead: str, *, any_case: bool = False) -> str:
    """``text`` with ``instead`` in the place of every name and every longer part of one.

    A whole name is recognised in any case, a part of one ("Rose") as it is written or in capitals only: it may be a word as well.

    Args:
        text: any.
        names: from :func:`names_of`.
        instead: what stands for a name.
        any_case: parts in any case too, for file names.
    """
    return _pattern(names, any_case).sub(lambda _found: instead, text) if names else text


def widened(text: str, start: int, end: int, names: tuple[str, ...]) -> tuple[int, int]:
    """The span ``text[start:end]``, or a wider one that cuts no name in two: people recognise half of one."""
    for name in _pattern(names, any_case=False).finditer(text) if names else ():
        start = name.start() if name.start() < start < name.end() else start
        end = name.end() if name.start() < end < name.end() else end
    return start, end


@lru_cache(maxsize=64)
def _pattern(names: tuple[str, ...], any_case: bool) -> re.Pattern[str]:
    """Names and longer parts of names, several in a row as one; never the beginning or the end of another word."""
    whole = {name for given in names for name in (given, _turned(given))}
    parts = {part for name in names for part in re.findall(r"[^\W\d_]+", name)}
    parts = {part for part in parts if len(part) >= _MIN_LETTERS and part.lower() not in TITLES}
    told = [f"(?i:{_spaced(name)})" for name in sorted(whole, key=len, reverse=True)]
    told += [f"(?i:{part})" if any_case else f"{part}|{part.upper()}" for part in sorted(parts, key=len, reverse=True)]
    found = rf"(?<![^\W\d_])(?:{'|'.join(told)})(?![^\W\d_])"
    return re.compile(rf"{found}(?:[ \t-]+{found})*")


def _turned(name: str) -> str:
    """ "Rossi, Maria" as "Maria Rossi"."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and given.strip() else name


def _spaced(name: str) -> str:
    """The name as a pattern, its words apart by any blank space."""
    return r"\s+".join(re.escape(word) for word in name.split())
