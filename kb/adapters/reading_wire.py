"""Readings and refusals as JSON lines between the reading worker and its parent. The parent does not trust what it gets."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from kb.errors import ReadError
from kb.retrieval.passage import Block, BlockKind, Metadata, Reading, Visibility

STATES = frozenset(("no_text", "encrypted", "unsupported", "failed"))
_MAX_REASON_CHARS = 500


class WireError(Exception):
    """The worker sent something that is no answer."""


def encode_reading(reading: Reading) -> bytes:
    """One line of JSON."""
    return _line(
        {
            "media_type": str(reading.media_type),
            "n_pages": reading.n_pages,
            "remarks": reading.remarks,
            "metadata": vars(reading.metadata),
            "blocks": [(block.kind, block.text, block.page, block.page_label, block.level) for block in reading.blocks],
        }
    )


def encode_refusal(reason: str, state: str) -> bytes:
    """One line of JSON for a file that cannot be read."""
    return _line({"state": state, "reason": reason[:_MAX_REASON_CHARS]})


def _line(message: dict[str, Any]) -> bytes:
    # "replace": a lone surrogate in a library's error message must not end the worker.
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def decode(line: bytes) -> Reading:
    """The reading in an answer.

    Raises:
        ReadError: the refusal in the answer.
        WireError: if the answer has another shape.
    """
    try:
        message = json.loads(line)
        if "state" in message:
            refusal = ReadError(_text(message["reason"]), state=message["state"] if message["state"] in STATES else "failed")
        else:
            return Reading(
                _text(message["media_type"]),
                tuple(_block(*parts) for parts in message["blocks"]),
                _metadata(message["metadata"]),
                _number(message["n_pages"]),
                tuple(_text(remark) for remark in message["remarks"]),
            )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise WireError(f"{type(error).__name__}: {error}") from error
    raise refusal


def _block(kind: object, text: object, page: object, page_label: object, level: object) -> Block:
    return Block(
        BlockKind(_text(kind)),
        _text(text),
        None if page is None else _number(page),
        None if page_label is None else _text(page_label),
        _number(level),
    )


def _metadata(values: dict[str, Any]) -> Metadata:
    known: dict[str, Any] = {}
    for each in fields(Metadata):
        value = values[each.name]
        if each.name == "other":
            known[each.name] = tuple((_text(key), _text(word)) for key, word in value)
        elif each.name == "visibility":
            known[each.name] = None if value is None else Visibility(value)
        elif each.name == "chatham_house":
            known[each.name] = bool(value)
        elif isinstance(each.default, tuple):
            known[each.name] = tuple(_text(item) for item in value)
        else:
            known[each.name] = _text(value)
    return Metadata(**known)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"text expected, got {type(value).__name__}")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(f"a whole number expected, got {value!r}"[:100])
    return value
