"""Where sentences end, in any script: rules, no model.

Wrong cuts cost little here (a sentence is marked, never searched alone), so the rules stay few: end marks, not after an
abbreviation, an initial or an ordinal number, and every line break.
"""

from __future__ import annotations

import re

Span = tuple[int, int]

_ABBREVIATIONS = (
    "abb|abs|al|approx|apr|art|aug|av|bspw|bzw|ca|cap|cf|cfr|co|corp|d|dec|dept|dez|dr|dra|ecc|ed|eds|eg|etc|ex|feb|fig|figs|gen|ggf|hrsg|"
    "ibid|ie|inc|jan|jul|jun|lit|ltd|m|max|mar|min|mio|mme|mr|mrs|ms|mt|n|no|nos|nov|nr|núm|oct|okt|op|p|pag|pág|par|para|pp|prof|"
    "qtd|rd|ref|resp|s|sec|sen|sept|sig|sog|sr|sra|st|str|tab|tel|u|usw|v|vgl|vol|vs|z|zb|§"
)
_BOUNDARY = re.compile(
    r"""
    (?: [.!?…]+ (?:["'”’»)\]]|[ \u00a0\u202f]»)* (?=\s+[^\s]) )  # end mark, closing quotes (French ones after a space), a space
  | (?: [。！？｡؟۔।॥።፧։។။]+ ["'”’»）」』]* )     # marks that need no space after them
  | (?: ．+ ["'”’»）」』]* (?![0-9０-９]) )       # a wide stop, which may be a decimal point
  | (?: (?<=[\u0370-\u03ff\u1f00-\u1fff]) [;\u037e]+ (?:["'”’»)\]])* (?=\s) )  # asks in Greek
  | \n+
    """,
    re.VERBOSE,
)
_NO_END = re.compile(rf"(?:^|[\s(\[„“«'’])(?:{_ABBREVIATIONS}|\w|\d{{1,2}})\.$", re.IGNORECASE)
_STARTS_SENTENCE = re.compile(r"\s+[\"'“‘«»„(\[¿¡–—•\-]*[^\Wa-zà-ÿ]", re.UNICODE)
LOOK_BACK = 24  # characters before an end mark in which an abbreviation is looked for


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Cut ``text[start:end]`` into sentences.

    Returns:
        Spans in order, without the white space around them; together they hold every other character.
    """
    end = len(text) if end is None else end
    spans: list[Span] = []
    at = start
    for match in _BOUNDARY.finditer(text, start, end):
        if match.end() <= at or not _is_end(text, match, end):
            continue
        _append(spans, text, at, match.end())
        at = match.end()
    _append(spans, text, at, end)
    return spans


def _is_end(text: str, match: re.Match[str], end: int) -> bool:
    mark = match.group()
    if mark[0] != ".":
        return True
    if mark.startswith(".."):
        return _STARTS_SENTENCE.match(text, match.end(), end) is not None
    before = text[max(0, match.start() - LOOK_BACK) : match.start() + 1]
    return _NO_END.search(before) is None and _STARTS_SENTENCE.match(text, match.end(), end) is not None


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
