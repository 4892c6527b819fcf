"""Give a PDF whose page tree is lost a new, flat one, so that its pages can be read."""

from __future__ import annotations

import re

_OBJECT = re.compile(rb"(?<!\d)(\d{1,9})\s+(\d{1,5})\s+obj\b")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_PARENT = re.compile(rb"/Parent\s+(\d{1,9})\s")
_MAX_OBJECTS = 200_000
_DICTIONARY = 4_096  # bytes of an object that are searched for its type: a page's dictionary stands at its beginning


def with_new_page_tree(data: bytes) -> bytes | None:
    """A copy with a page tree of every page object found, in file order.

    It is appended as an update, as a program that saves changes would do; the old objects stay where they are.
    Encrypted files and pages in compressed object streams are not tried.

    Returns:
        The repaired file, or ``None`` if there is no page to be found.
    """
    if b"/Encrypt" in data:
        return None
    places: dict[int, tuple[int, int]] = {}
    pages: list[int] = []
    parent = b""
    for found in _OBJECT.finditer(data):
        number = int(found[1])
        places[number] = (found.start(), int(found[2]))
        head = data[found.end() : found.end() + _DICTIONARY].split(b"endobj")[0]
        if _PAGE.search(head):
            pages.append(number)
            parent = parent or (named[1] if (named := _PARENT.search(head)) else b"")
        if len(places) > _MAX_OBJECTS:
            return None
    if not pages:
        return None
    return _updated(data, places, list(dict.fromkeys(pages)), int(parent or max(places) + 1))


def _updated(data: bytes, places: dict[int, tuple[int, int]], pages: list[int], tree: int) -> bytes:
    """``data`` with a page tree as object ``tree``, a new catalogue, and a complete cross-reference table."""
    catalogue = max(*places, tree) + 1
    kids = b" ".join(b"%d %d R" % (page, places[page][1]) for page in pages)
    out = bytearray(data + b"\n")
    for number, body in (
        (tree, b"<</Type/Pages/Count %d/Kids[%s]/MediaBox[0 0 595 842]>>" % (len(pages), kids)),
        (catalogue, b"<</Type/Catalog/Pages %d 0 R>>" % tree),
    ):
        places[number] = (len(out), 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, (place, generation) in sorted(places.items()):
        out += b"%d 1\n%010d %05d n \n" % (number, place, generation)
    out += b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (catalogue + 1, catalogue, start)
    return bytes(out)
