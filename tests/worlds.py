"""Assessments in several worlds that differ only in what somebody may not know; and everything that a service says, as text."""

from __future__ import annotations

import inspect
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Set
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache

import pypdf
from fake_records import FakeRecords

from kb.errors import KBError
from kb.peers.assessment.review import GateVerdict, Review
from kb.services import members
from kb.services.assessing import opening, reconciling, replying, reviewing, seats
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Role
from tests.assessed import DUE, PRACTICE, RUBRIC, draft, submitted, who
from tests.panels import review

ID = f"{PRACTICE}-1"
SECRET = "quinquireme of Nineveh"  # stands in no document, sheet, rubric or page
SECRET_DAY = "2031-03-03"  # of everything that was done in secret
LAST_ID = 1000  # a database counts each table for itself, where the stand-in counts all together
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?(?:\+00:00|Z)?)?")  # reports tell it to the minute
_PASSING = re.compile(r"\btook_s=[\d.e-]+|\bat 0x[0-9a-f]+|\bdeferred_file_id: \S+|\bin [\d.]+ s\b")

Step = Callable[[KnowledgeBase], None]


# what may have happened ----------------------------------------------------------------------------------------------------


def ready(kb: KnowledgeBase) -> None:
    """Ann, bo and cy, who is a facilitator too, review; dee would not; eve and gus are not asked yet. Ann has begun to write."""
    for name, roles in (("dee", {Role.REVIEWER}), ("eve", {Role.REVIEWER}), ("gus", {Role.REVIEWER, Role.FACILITATOR})):
        members.add(kb, name, organisation=f"House of {name}", country="IE", roles=roles, actor=LOCAL_MEMBER)
    fay = who(kb, "fay")
    assert opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, actor=fay) == ID
    for name in ("ann", "bo", "cy", "dee"):
        opening.invite(kb, ID, name, actor=fay)
    for name in ("ann", "bo", "cy"):
        seats.accept(kb, ID, actor=who(kb, name))
    seats.decline(kb, ID, why="no time", actor=who(kb, "dee"))
    opening.begin(kb, ID, actor=fay)
    answer = {"rating": "scored", "score": 3, "reason": "mine", "confidence": "low"}
    reviewing.keep_answer(kb, ID, "equity", answer, version=0, actor=who(kb, "ann"))


def nothing(_: KnowledgeBase) -> None:
    """Nobody did anything."""


def submits(name: str, *scores: float | None, no: bool = False) -> Step:
    """A member submits a review that says the secret wherever one can say anything."""
    gates = (GateVerdict.NO, GateVerdict.UNCLEAR) if no else (GateVerdict.YES, GateVerdict.YES)

    def step(kb: KnowledgeBase) -> None:
        _begin_anew(kb, name)
        version = draft(kb, ID, name, review(*scores, gates=gates, secret=SECRET))
        reviewing.submit(kb, ID, version=version, actor=who(kb, name))

    return step


def submits_plainly(name: str) -> Step:
    """A member submits another review."""

    def step(kb: KnowledgeBase) -> None:
        _begin_anew(kb, name)
        submitted(kb, ID, name, 3, None, 3, None, 3)

    return step


def drafts(name: str) -> Step:
    """A member has written all of it, and not submitted."""
    return lambda kb: _ignore(draft(kb, ID, name, review(4.5, 0.5, 4.5, 0.5, 4.5, secret=SECRET)))


def declines(name: str) -> Step:
    """A member gives the seat back."""
    return lambda kb: seats.decline(kb, ID, why=SECRET, actor=who(kb, name))


def is_excused(name: str) -> Step:
    """A member is waited for no longer."""
    return lambda kb: opening.excuse(kb, ID, name, why=SECRET, actor=who(kb, "fay"))


def is_invited(name: str, *, is_third: bool = False) -> Step:
    """A member is asked to review, too."""
    return lambda kb: _ignore(opening.invite(kb, ID, name, actor=who(kb, "fay"), is_third=is_third))


def is_replied_to(kb: KnowledgeBase) -> None:
    """The owner replies, and the panel goes on."""
    replying.reply(kb, ID, comments={"equity": SECRET}, general=SECRET, actor=who(kb, "olu"))
    replying.close_reply(kb, ID, actor=who(kb, "olu"))


def is_settled(kb: KnowledgeBase) -> None:
    """The panel agrees on a score."""
    reconciling.settle(kb, ID, "equity", rating="scored", score=1.5, reason=SECRET, actor=who(kb, "bo"))


def world(kb: KnowledgeBase, *steps: Step) -> KnowledgeBase:
    """``kb`` with records of its own in which these steps followed, at a time that tells on whoever shows it."""
    own = _copied(kb)
    known, drafted = set(own.records.tables.events), dict(own.records.tables.drafts)
    for step in steps:
        step(own)
    tables = own.records.tables
    for place in tables.events.keys() - known:
        tables.events[place] = replace(tables.events[place], at_utc=f"{SECRET_DAY}T03:03:03+00:00")
    tables.last_id = LAST_ID
    for key, each in tables.drafts.items():
        if drafted.get(key) != each:
            tables.drafts[key] = replace(each, at_utc=f"{SECRET_DAY}T03:03:03+00:00")
    return own


def undone(kb: KnowledgeBase, act: Callable[[KnowledgeBase], object]) -> object:
    """What ``act`` gives, on records that nobody uses afterwards."""
    return act(_copied(kb))


def _copied(kb: KnowledgeBase) -> KnowledgeBase:
    records = FakeRecords()
    records.tables = kb.records.tables.copied()
    return replace(kb, records=records)


def _begin_anew(kb: KnowledgeBase, name: str) -> None:
    kb.records.tables.drafts.pop((name, reviewing.KIND, ID), None)


def _ignore(_: object) -> None:
    """A step gives nothing."""


# what is said ------------------------------------------------------------------------------------------------------------------


def answer_of(act: Callable[[], object]) -> str:
    """All that a call gives, to the last field; or what it says when it refuses. Without the moment at which it was asked."""
    try:
        said = text_of(act())
    except KBError as error:
        said = f"{type(error).__name__}: {error}"
    return without_passing(said)


def without_passing(said: str) -> str:
    """A text without moments, but for those of secrets, and without what differs from call to call."""
    return _PASSING.sub("passing", _MOMENT.sub(lambda found: found[0] if found[0].startswith(SECRET_DAY) else "moment", said))


def text_of(value: object) -> str:
    """A value with everything in it; of files, their text and what is written about them."""
    if isinstance(value, bytes):
        return _text_of_file(value)
    if isinstance(value, Review):
        return repr(value)
    if is_dataclass(value) and not isinstance(value, type):
        inside = ", ".join(f"{each.name}={text_of(getattr(value, each.name))}" for each in fields(value))
        return f"{type(value).__name__}({inside})"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{text_of(key)}: {text_of(each)}" for key, each in value.items()) + "}"
    if isinstance(value, Set):
        return "{" + ", ".join(sorted(map(text_of, value))) + "}"
    if isinstance(value, list | tuple) or inspect.isgenerator(value):
        return "[" + ", ".join(map(text_of, value)) + "]"
    return repr(value)


@lru_cache(maxsize=256)  # who knows no more is given the same file, and to read a PDF takes a tenth of a second
def _text_of_file(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        pdf = pypdf.PdfReader(io.BytesIO(content))
        return "\n".join([str(sorted((pdf.metadata or {}).items())), *(page.extract_text() for page in pdf.pages)])
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return "\n".join(f"{name} {packed.read(name).decode('utf-8', 'replace')}" for name in sorted(packed.namelist()))
    return content.decode("utf-8", "replace")
