"""Open ZIP-based documents (DOCX, PPTX, XLSX, ODT, EPUB) without trusting what they say about themselves."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from typing import Any

from lxml import etree

from kb.errors import ReadError

MAX_UNPACKED = 200 << 20  # bytes over all members
MAX_PART = 64 << 20  # bytes in one XML part: its tree took nine times as much memory when measured
MAX_MEMBERS = 5_000
MAX_RATIO = 200  # unpacked to packed; 47 parts of real Office files had at most 41
RATIO_MATTERS_FROM = 10 << 20  # bytes: small members may be as repetitive as they like

_NESTED = re.compile(r"\.(zip|7z|rar|tar|tgz|gz|bz2|xz|zst|jar)$", re.IGNORECASE)
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Archive:
    """A ZIP whose directory passed the checks; every read counts real bytes, since a directory can lie.

    Embedded Office files (a chart's workbook) are normal and are never opened; any other archive inside is refused.

    Raises:
        ReadError: ``encrypted``, or ``failed`` with what was found and what is allowed.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError, struct.error) as error:
            raise ReadError(f"a damaged ZIP archive ({error})") from error
        self._left = MAX_UNPACKED
        _check_directory(self._zip.infolist())
        self.names = frozenset(self._zip.namelist())

    def read(self, name: str) -> bytes:
        """The bytes of one member.

        Raises:
            ReadError: if it is missing, damaged, or larger than allowed.
        """
        if name not in self.names:
            raise ReadError(f"the file is incomplete: {name} is missing")
        allowed = min(self._left, MAX_PART)
        try:
            with self._zip.open(name) as member:
                data = member.read(allowed + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OSError, ValueError) as error:
            raise ReadError(f"the file is damaged: {name} cannot be unpacked ({error})") from error
        if len(data) > allowed:
            raise ReadError(f"{name} unpacks to more than {allowed >> 20} MB")
        self._left -= len(data)
        return data

    def xml(self, name: str) -> Any:
        """The root element of one XML part; see :func:`parse_xml`."""
        return parse_xml(self.read(name), name)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Id → (last word of the relation's type, member it points to) of an OOXML part; external targets are left out."""
        folder, name = posixpath.split(part)
        source = posixpath.join(folder, "_rels", f"{name}.rels")
        if source not in self.names:
            return {}
        found = {}
        for relation in self.xml(source):
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External" and target:
                member = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], member)
        return found


def _check_directory(members: list[zipfile.ZipInfo]) -> None:
    """Refuse what the directory already shows to be hostile or too large."""
    if len(members) > MAX_MEMBERS:
        raise ReadError(f"the archive has {len(members):,} members; at most {MAX_MEMBERS:,} are opened")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED:
        raise ReadError(f"the archive unpacks to {unpacked >> 20:,} MB; at most {MAX_UNPACKED >> 20} MB are opened")
    for member in members:
        if member.flag_bits & 1:
            raise ReadError("protected by a password", state="encrypted")
        if _NESTED.search(member.filename):
            raise ReadError(f"an archive inside the archive ({member.filename[:80]}) is not opened")
        ratio = member.file_size / max(1, member.compress_size)
        if member.file_size > RATIO_MATTERS_FROM and ratio > MAX_RATIO:
            raise ReadError(f"{member.filename[:80]} unpacks to {ratio:,.0f} times its size; at most {MAX_RATIO} times is opened")


def has_declaration(data: bytes) -> bool:
    """Whether XML carries a DOCTYPE or ENTITY, in any encoding a parser may guess; Office files have none."""
    return bool(_DECLARATION.search(data)) or (b"\0" in data and bool(_DECLARATION.search(data.replace(b"\0", b""))))


def parse_xml(data: bytes, name: str) -> Any:
    """The root of an XML part, read without DTD, entities, network or excessive depth.

    Raises:
        ReadError: if it declares a DOCTYPE or entity, or is not well formed.
    """
    if has_declaration(data):
        raise ReadError(f"{name} declares a DOCTYPE or entity, which no real document needs")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"{name} is not well-formed XML ({error})") from error


def local(element: Any) -> str:
    """An element's name without namespace, so that transitional and ISO strict files read alike."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str, namespace: str = "") -> str:
    """An attribute by local name, in a namespace that contains ``namespace``; empty where absent."""
    for key, value in element.attrib.items():
        space, _, word = key.rpartition("}")
        if word == name and namespace in space:
            return str(value)
    return ""


def child(element: Any, *path: str) -> Any | None:
    """The first descendant along ``path`` of local names, or ``None``."""
    for name in path:
        element = next((each for each in element if local(each) == name), None)
        if element is None:
            return None
    return element
