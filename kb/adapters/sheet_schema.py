"""JSON Schema of a practice sheet, for editors that check and complete while somebody writes."""

from __future__ import annotations

import json
from typing import Any

from kb.peers.parts import COUNTRIES
from kb.peers.practice import PracticeSheet


def schema() -> str:
    """As ``practice.schema.json`` holds it. Sound sheets pass; what only the whole sheet can tell (citations), it cannot check."""
    about = _plain(PracticeSheet.model_json_schema())
    about["$defs"]["Country"] = {"description": "ISO 3166-1 alpha-2, EU, UN, or “unknown”.", **COUNTRIES}
    about |= {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Practice sheet"}
    return json.dumps(about, ensure_ascii=False, indent=1) + "\n"


def _plain(node: Any) -> Any:
    """Without nulls, which are blanks in YAML and faults in a sheet, and with the codes of countries in one place."""
    if isinstance(node, list):
        return [_plain(each) for each in node if each != {"type": "null"}]
    if not isinstance(node, dict):
        return node
    if node.get("enum") == COUNTRIES["enum"]:
        return {"$ref": "#/$defs/Country"} | {key: node[key] for key in ("default",) if key in node}
    plain = {key: _plain(each) for key, each in node.items() if not (key == "default" and each is None)}
    if isinstance(plain.get("anyOf"), list) and len(plain["anyOf"]) == 1:
        plain = {**plain.pop("anyOf")[0], **plain}
    return plain
