"""EPUB: its chapters in reading order, as headed text without pages."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from kb.adapters.readers import html
from kb.adapters.readers.archive import Archive, attribute, child, local
from kb.adapters.readers.clean import one_line
from kb.adapters.readers.collect import Collector
from kb.adapters.readers.metadata import from_mapping
from kb.adapters.readers.sniff import Kind
from kb.errors import ReadError
from kb.retrieval.passage import Metadata, Reading

_META = {"title": "title", "language": "language", "publisher": "organisation", "date": "date", "rights": "licence"}


def read(data: bytes) -> Reading:
    """Read a book: each spine item under its own heading.

    Raises:
        ReadError: ``encrypted`` for a book with DRM, ``no_text``, or ``failed`` as :class:`Archive` says.
    """
    archive = Archive(data)
    package = next((each.get("full-path", "") for each in archive.xml("META-INF/container.xml").iter("{*}rootfile")), "")
    root = archive.xml(package)
    chapters = _spine(root, posixpath.dirname(package))
    _refuse_drm(archive, chapters)
    metadata = _metadata(root)
    into, lost = Collector(), 0
    for chapter in chapters:
        try:
            _add_chapter(html.parse(archive.read(chapter)), metadata.title, into)
        except ReadError as error:
            lost += error.state != "no_text"
    if not into.blocks:
        raise ReadError("no text (pictures only)", state="no_text")
    remarks = (f"{lost} of {len(chapters)} chapters cannot be read.",) if lost else ()
    return Reading(Kind.EPUB, into.blocks, metadata, remarks=(*remarks, *into.remarks))


def _add_chapter(root: Any, book_title: str, into: Collector) -> None:
    """One spine item; without a heading of its own it gets its title as one."""
    title = html.title_of(root)
    if title and title != book_title and next(root.iter("h1", "h2", "h3"), None) is None:
        into.heading(title, 1)
    html.add_page(root, into)


def _spine(root: Any, folder: str) -> list[str]:
    """Members of the book's text, in reading order; navigation is left out."""
    manifest = child(root, "manifest")
    items: Mapping[str, Any] = {each.get("id", ""): each for each in (manifest if manifest is not None else ())}
    spine = child(root, "spine")
    chapters = []
    for reference in spine if spine is not None else ():
        item = items.get(reference.get("idref", ""))
        if item is not None and "html" in item.get("media-type", "") and "nav" not in item.get("properties", "").split():
            chapters.append(posixpath.normpath(posixpath.join(folder, unquote(item.get("href", "")))))
    return chapters


def _refuse_drm(archive: Archive, chapters: list[str]) -> None:
    """Encrypted fonts are common and harmless; an encrypted chapter is not readable."""
    if "META-INF/encryption.xml" not in archive.names:
        return
    uris = {unquote(attribute(each, "URI")) for each in archive.xml("META-INF/encryption.xml").iter("{*}CipherReference")}
    if uris & set(chapters):
        raise ReadError("protected by digital rights management", state="encrypted")


def _metadata(root: Any) -> Metadata:
    found: dict[str, object] = {}
    authors = []
    described = child(root, "metadata")
    for each in described if described is not None else ():
        if local(each) == "creator":
            authors.append(one_line(each.text or ""))
        elif local(each) in _META:
            found.setdefault(_META[local(each)], one_line(each.text or ""))
    return from_mapping({**found, "authors": authors})[0]
