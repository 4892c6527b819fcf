"""What Word, PowerPoint and other Office files have in common."""

from __future__ import annotations

from kb.adapters.readers.archive import Archive, local
from kb.adapters.readers.clean import one_line
from kb.adapters.readers.metadata import from_mapping
from kb.errors import ReadError
from kb.retrieval.passage import Metadata

_KEYS = {"title": "title", "creator": "authors", "language": "language"}
# What programs write when nobody chose a title or a name.
_EMPTY_TITLES = frozenset(
    ("powerpoint presentation", "powerpoint-präsentation", "présentation powerpoint", "word document", "untitled", "python-docx")
)
_NOBODY = frozenset(("admin", "administrator", "user", "unknown", "microsoft office user", "python-docx", "anonymous"))


def core_metadata(archive: Archive) -> Metadata:
    """Title, authors and language from ``docProps/core.xml``.

    Dates are left unknown: they say when a copy was saved, not when something was published.
    """
    member = next((each for kind, each in archive.relations("").values() if kind == "core-properties"), "docProps/core.xml")
    if member not in archive.names:
        return Metadata()
    try:
        values: dict[str, object] = {
            _KEYS[local(each)]: one_line(each.text or "") for each in archive.xml(member) if local(each) in _KEYS
        }
    except ReadError:
        return Metadata()  # a damaged property sheet takes nothing from the text
    if is_placeholder(str(values.get("title", ""))):
        values.pop("title", None)
    if not is_name(str(values.get("authors", ""))):
        values.pop("authors", None)
    return from_mapping(values)[0]


def is_name(author: str) -> bool:
    """Whether an author may be a person or body: not an account ("wb403431") and not a program's default."""
    return bool(author) and author.lower().strip() not in _NOBODY and not any(map(str.isdigit, author))


def is_placeholder(title: str) -> bool:
    """Whether a title was put there by a program: "untitled", a file name, "Microsoft Word - draft"."""
    low = title.lower().strip()
    ends = (".doc", ".docx", ".indd", ".qxd", ".pdf", ".ppt", ".pptx", ".rtf", ".odt", ".tex", ".dvi", ".pmd", ".cdr")
    return low in _EMPTY_TITLES or low.startswith(("microsoft word -", "microsoft powerpoint -")) or low.endswith(ends)
