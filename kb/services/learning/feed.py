"""What happened lately between partners, newest first: only what the actor may see; in the app, and as an Atom file.

Source: The Atom Syndication Format, RFC 4287.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from kb.peers.learning.parts import kind_of
from kb.retrieval.writable import one_line
from kb.services.citing import Exported
from kb.services.clock import now, today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning.everything import things
from kb.services.permission import Member, Role, require

LOOK = "see what happened lately"
LATEST = 50
MAX_ENTRIES = 500
ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
OURS = UUID("5c0d0c0e-9c0b-5b1a-8f3e-0d6d1f7a7e21")  # made once; ids of entries are derived from it
_DEMO = "demonstration"


@dataclass(frozen=True)
class Entry:
    """Something that happened to a thing.

    Attributes:
        id: the same whenever it is told, and no other's.
        ref: id of the thing; ``title``, what it is called.
        event: kind of what happened: ``posted``.
        who: name of the member; empty where it is withheld.
        at_utc: ISO 8601.
    """

    id: UUID
    ref: str
    title: str
    event: str
    who: str
    at_utc: str
    is_demo: bool

    @property
    def kind(self) -> str:
        """Of the thing: ``need``."""
        return kind_of(self.ref)


def feed(kb: KnowledgeBase, *, actor: Member, limit: int = LATEST, language: str = "") -> tuple[Entry, ...]:
    """The last ``limit`` things that happened, newest first.

    Args:
        language: of the reader: in which transfer cases are called, if their sheet is.
    """
    require(actor, Role.MEMBER, LOOK)
    found = things(kb, actor=actor, language=language)
    happened = [(event.at_utc, record.id, event.seq, event, record) for record in found for event in record.happened]
    happened.sort(key=lambda each: each[:3], reverse=True)
    return tuple(
        Entry(
            uuid5(OURS, f"{ref}/{seq}/{at_utc}/{event.member}"),
            ref,
            found.title_of(record),
            event.body.kind,
            event.member,
            at_utc,
            record.is_demo,
        )
        for at_utc, ref, seq, event, record in happened[: max(0, min(limit, MAX_ENTRIES))]
    )


def said(entry: Entry) -> str:
    """What happened, in English."""
    return f"{entry.who or '–'}: {entry.kind} {entry.event.replace('-', ' ')}"


def atom(
    kb: KnowledgeBase,
    *,
    actor: Member,
    limit: int = LATEST,
    title: str = "What happened lately",
    language: str = "en",
    say: Callable[[Entry], str] = said,
) -> Exported:
    """The same as an Atom file: plain text only, and nothing active in it.

    Args:
        title: of the feed.
        language: of ``title`` and of what ``say`` says, as BCP 47 tag.
        say: what happened, in the reader's language.
    """
    require(actor, Role.MEMBER, LOOK)
    entries = feed(kb, actor=actor, limit=limit, language=language)
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": language})
    _text(root, "id", uuid5(OURS, f"feed of {actor.name}").urn)
    _text(root, "title", title)
    _text(root, "updated", entries[0].at_utc if entries else now())
    _text(ET.SubElement(root, "author"), "name", title)
    if kb.app_url:
        ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": f"{kb.app_url}/learning"})
    for each in entries:
        _entry(ET.SubElement(root, "entry"), each, say(each), kb.app_url)
    content = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return Exported(f"learning-{today()}.atom", MEDIA_TYPE, content + b"\n")


def _entry(element: ET.Element, entry: Entry, told: str, app_url: str) -> None:
    _text(element, "id", entry.id.urn)
    _text(element, "title", entry.title)
    _text(element, "updated", entry.at_utc)
    _text(ET.SubElement(element, "author"), "name", entry.who or "–")
    ET.SubElement(element, "category", {"term": entry.kind})
    if entry.is_demo:
        ET.SubElement(element, "category", {"term": _DEMO})
    if app_url:
        href = f"{app_url}/{PAGES[entry.kind]}?{entry.kind}={entry.ref}"
        ET.SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": href})
    _text(element, "content", told, type="text")


def _text(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = one_line(text)  # nothing that XML refuses


PAGES = {
    "need": "needs", "offer": "needs", "match": "needs", "round": "rounds", "session": "sessions", "case": "cases",
    "lesson": "lessons", "recommendation": "lessons", "plan": "policies", "policy": "policies",
}  # fmt: skip  # of the app
