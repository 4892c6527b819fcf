"""How a question was understood, told in the terminal and in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kb.retrieval.answer import SearchResult, Step
    from kb.retrieval.widening import Caution, NamedConcept

MAX_TERMS = 8  # of a concept, told in the terminal
OPERATORS = "kind: country: lang: year: theme: org: tag:"
NAMES = {  # field of Filters → operator
    "kinds": "kind",
    "countries": "country",
    "languages": "lang",
    "themes": "theme",
    "years": "year",
    "organisations": "org",
    "tags": "tag",
}


def remarks(result: SearchResult) -> list[str]:
    """What a person should know before reading the answer; nothing about a plain question answered in full."""
    asked = result.understood
    lines = [] if asked.is_plain else [f"Understood as: {'; '.join(_parts(result))}."]
    lines += [f"“{typed}” cannot be used as an operator; its words were searched. Operators: {OPERATORS}" for typed in asked.unused]
    lines += [
        f"No passage has the phrase “{phrase}”. Ask without quotation marks to search for its words." for phrase in result.absent
    ]
    if result.in_headings:
        lines.append("No text has the phrase, so passages with it in a heading or the title are shown.")
    lines += [f"No document has “{one.typed}”; “{one.used}” was searched for too." for one in result.corrected]
    if result.without_concepts:
        lines.append("The concept files have faults, so no concept was looked for. See them: kb concept check")
    lines += [_caution(warning) for warning in result.warnings]
    if result.is_expanded and (searched := _also_searched(result)):
        lines.append(f"Also searched: {searched} (--no-expand switches it off).")
    if again := result.reranked:
        lines.append(f"{again.model} read the first {again.depth} passages again in {again.took_s:.2f} s.")
    if result.cut_short:
        lines.append(f"The answer was cut short, for lack of time: {', '.join(map(_left_out, result.cut_short))}.")
    return lines


def told(result: SearchResult) -> dict[str, Any]:
    """The same as a part of the JSON object."""
    asked = result.understood
    return {
        "understood": {
            "words": asked.words,
            "phrases": list(asked.phrases),
            "without": list(asked.without),
            **{operator: list(getattr(asked.filters, field)) for field, operator in NAMES.items()},
            "unused": list(asked.unused),
        },
        "corrected": [{"typed": one.typed, "used": one.used} for one in result.corrected],
        "phrases_absent": list(result.absent),
        "phrases_in_headings": result.in_headings,
        "expanded": result.is_expanded,
        "concepts": [_concept(each) for each in result.named],
        "warnings": [{**vars(each), "says": dict(each.says), "instead": list(each.instead)} for each in result.warnings],
        "reranked": vars(result.reranked) if result.reranked else None,
        "cut_short": [step.value for step in result.cut_short],
    }


def _also_searched(result: SearchResult) -> str:
    """The first terms of each concept, and how many more there are; the JSON object has all."""
    told = []
    for concept in result.named:
        terms = [f"{term.text} ({term.language})" for term in concept.also_searched[:MAX_TERMS]]
        more = len(concept.also_searched) - len(terms)
        told += [", ".join(terms) + (f" and {more} more" if more else "")] if terms else []
    return "; ".join(dict.fromkeys(told))


def _caution(warning: Caution) -> str:
    """ "Careful: in DE, Sozialwirtschaft means …" """
    says = warning.says.get("en") or next(iter(warning.says.values()), f"something else than {warning.label}")
    instead = f" For {warning.label} say {' or '.join(warning.instead)}." if warning.instead else f" It is not {warning.label}."
    return f"Careful: in {warning.country}, {warning.typed} means: {says.rstrip('.')}.{instead}"


def _concept(named: NamedConcept) -> dict[str, Any]:
    terms = [{"text": term.text, "language": term.language} for term in named.also_searched]
    return {"id": named.id, "typed": named.typed, "label": named.label, "also_searched": terms}


def _parts(result: SearchResult) -> list[str]:
    asked = result.understood
    parts = [f"words “{asked.words}”" if asked.words else "no words, so passages are listed, newest document first"]
    parts += [f"with the phrase “{phrase}”" for phrase in asked.phrases]
    parts += [f"without “{phrase}”" for phrase in asked.without]
    for field, operator in NAMES.items():
        if values := getattr(asked.filters, field):
            parts.append(f"{operator} {_spelled(values)}")
    return parts


def _spelled(values: tuple[str | int, ...]) -> str:
    """Alternatives; years in a row as a range."""
    first, last = values[0], values[-1]
    is_range = isinstance(first, int) and isinstance(last, int) and len(values) > 2 and values == tuple(range(first, last + 1))
    return f"{first}–{last}" if is_range else " or ".join(map(str, values))


def _left_out(step: Step) -> str:
    return {
        "words": "passages were found by meaning alone",
        "counts": "not everything was counted",
        "sentences": "no sentence was marked",
        "reranking": "the cross-encoder did not read the passages",
    }[step.value]
