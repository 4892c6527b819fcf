"""Turtle and JSON-LD of strangers, made a graph.

The text may be hostile. It is bounded in size, nothing it names is ever fetched, and a JSON-LD file whose context lies elsewhere is
refused: only the text that was given is read.
"""

from __future__ import annotations

import json
import logging

from rdflib import Dataset, Graph

from kb.adapters.skos import BASE
from kb.errors import UnusableConcepts
from kb.retrieval.writable import one_line

MAX_BYTES = 8 << 20  # a scheme of 2,000 concepts in six languages; a triple takes 0.1 ms to read


def parsed(data: bytes, form: str) -> Graph:
    """The graph that the text says.

    Args:
        form: ``turtle`` or ``json-ld``.

    Raises:
        UnusableConcepts: if it is too long, is not in that form, or asks for a context from elsewhere.
    """
    if len(data) > MAX_BYTES:
        raise UnusableConcepts(f"The graph has {len(data) >> 20} MB; at most {MAX_BYTES >> 20} are taken. Split it.")
    if form == "json-ld":
        _refuse_remote_contexts(data)
    graph, held = Graph(), Dataset()  # JSON-LD may hold several graphs, which are read as one
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # else each odd address of a stranger is a line on the terminal
    try:
        text = data.decode("utf-8-sig")
        if form == "json-ld":
            held.parse(data=text, format=form, publicID=BASE)
            for subject, predicate, value, _ in held.quads():
                graph.add((subject, predicate, value))
        else:
            graph.parse(data=text, format=form, publicID=BASE)
    except UnicodeDecodeError as error:
        raise UnusableConcepts("The graph is not UTF-8.") from error
    except Exception as error:
        kind = {"turtle": "Turtle", "json-ld": "JSON-LD"}[form]
        raise UnusableConcepts(
            f"The graph cannot be read as {kind} ({one_line(str(error))[:200] or type(error).__name__})."
        ) from error
    return graph


def _refuse_remote_contexts(data: bytes) -> None:
    """A context may be written in the file only; one that is named by an address would be fetched.

    Raises:
        UnusableConcepts: if one is, or the text is no JSON.
    """
    try:
        left = [json.loads(data)]
    except (ValueError, RecursionError) as error:
        raise UnusableConcepts(f"The graph cannot be read as JSON-LD ({one_line(str(error))[:200]}).") from error
    while left:
        value = left.pop()
        if isinstance(value, dict):
            contexts = value.get("@context")
            named = [each for each in (contexts if isinstance(contexts, list) else [contexts]) if isinstance(each, str)]
            named += [str(value["@import"])] if "@import" in value else []
            if named:
                raise UnusableConcepts(
                    f"The graph asks for a context from elsewhere ({one_line(named[0])[:200]}), and nothing is fetched. "
                    "Write the context into the file."
                )
            left += value.values()
        elif isinstance(value, list):
            left += value
