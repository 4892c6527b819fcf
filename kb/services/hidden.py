"""What of a sheet somebody may not see, taken out of its plain values and put back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

MaySee = Callable[[str], bool]  # by path inside the documents folder


def seen(raw: Mapping[str, Any], may_see: MaySee) -> dict[str, Any]:
    """``raw`` without the documents that may not be seen, without quotes from them, and without their names at sources."""
    shown = dict(raw)
    if isinstance(documents := raw.get("documents"), list):
        shown["documents"] = [path for path in documents if not isinstance(path, str) or may_see(path.strip())]
    if isinstance(evidence := raw.get("evidence"), list):
        shown["evidence"] = [each for each in evidence if not _is_hidden(each, may_see)]
    if isinstance(sources := raw.get("sources"), Mapping):
        shown["sources"] = {
            key: {name: value for name, value in source.items() if name != "document"} if _is_hidden(source, may_see) else source
            for key, source in sources.items()
        }
    return shown


def restored(changes: Mapping[str, object], raw: Mapping[str, Any], may_see: MaySee) -> dict[str, object]:
    """``changes`` with what their author could not see put back behind the rest; ``seen`` of the result is ``changes``."""
    whole = dict(changes)
    for field in ("documents", "evidence"):
        if field in changes:
            hidden = [each for each in _list(raw.get(field)) if _is_hidden(each, may_see)]
            if hidden:
                whole[field] = [*_list(changes[field]), *hidden]
    new, old = changes.get("sources"), raw.get("sources")
    if isinstance(new, Mapping) and isinstance(old, Mapping):
        whole["sources"] = {
            key: {**source, "document": old[key]["document"]}
            if isinstance(source, Mapping) and "document" not in source and _is_hidden(old.get(key), may_see)
            else source
            for key, source in new.items()
        }
    return whole


def _is_hidden(value: object, may_see: MaySee) -> bool:
    """Whether a path, or what names one as its document, may not be seen."""
    path = value.get("document") if isinstance(value, Mapping) else value
    return isinstance(path, str) and not may_see(path.strip())


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()
