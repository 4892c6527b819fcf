"""Read the YAML block in front of a Markdown document, or a sidecar file, as text only."""

from __future__ import annotations

import re

import yaml
from yaml.events import AliasEvent, CollectionStartEvent, ScalarEvent

from kb.adapters.readers.metadata import from_mapping
from kb.retrieval.passage import Metadata, Visibility

MAX_BYTES = 64 << 10  # a page of metadata is 2 KB
_BLOCK = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)(?:\r?\n|^)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_ACCESS = re.compile(r"visibility|embargo|chatham", re.IGNORECASE)


class _Texts(yaml.BaseLoader):
    """Builds texts, lists and mappings, nothing else.

    Safer than ``SafeLoader``, and truer: there the country ``NO`` is the word ``false`` and ``1:30`` a number. and aliases are
    refused, because 332 bytes of them unfold into gigabytes.
    """

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """One node; its event must not name or repeat another."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        is_anchor = isinstance(event, (ScalarEvent, CollectionStartEvent)) and event.anchor is not None
        if isinstance(event, AliasEvent) or is_anchor:
            raise yaml.YAMLError("anchors (&) and aliases (*) are not accepted; put such a value in quotes")
        return super().compose_node(parent, index)


def split(text: str) -> tuple[str, str]:
    """Cut the front matter off a document. Returns (front matter, body); no front matter is empty."""
    found = _BLOCK.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def read(text: str, *, what: str = "Front matter") -> tuple[Metadata, tuple[str, ...]]:
    """Metadata from YAML text.

    Args:
        text: YAML; empty is empty metadata.
        what: how a remark calls it.

    Returns:
        Metadata, and remarks. YAML that cannot be read is ignored with a remark; if it speaks of visibility, embargo or Chatham
        House, the document is restricted until somebody repairs it.
    """
    fault = ""
    try:
        if len(text.encode("utf-8", "replace")) > MAX_BYTES:
            fault = f"longer than {MAX_BYTES >> 10} KB"
        else:
            raw = yaml.load(text, Loader=_Texts)  # noqa: S506 - _Texts builds fewer types than SafeLoader
            if isinstance(raw, dict):
                return from_mapping(raw)
            if raw in (None, ""):
                return Metadata(), ()
            fault = "not a list of keys and values"
    except yaml.YAMLError as error:
        fault = " ".join(str(error).split())[:200]
    except (RecursionError, ValueError) as error:
        fault = f"nested too deep or malformed ({type(error).__name__})"
    if _ACCESS.search(text):
        fault += ". The document is restricted until it is repaired"
        return Metadata(visibility=Visibility.RESTRICTED), (f"{what} ignored: {fault}.",)
    return Metadata(), (f"{what} ignored: {fault}.",)
