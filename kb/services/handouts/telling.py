"""What handouts tell in one way, whatever they are about: parts of a line, the numbers of evidence, the quotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.services.handouts.blocks import Block, Heading, Quoted, References, Tone, Words
from kb.services.handouts.exhibits import Cited, Exhibit


def beside(*parts: str) -> str:
    """Parts of one line; those that are empty are left out."""
    return " · ".join(part for part in parts if part)


def numbers(cited: Cited, *, speaks_for: str, against: str) -> Iterator[Block]:
    """The numbers of what speaks for an answer and against it, each line only where there are some."""
    if cited.speaks_for:
        yield References(speaks_for, cited.speaks_for)
    if cited.against:
        yield References(against, cited.against)


def quotations(
    exhibits: Sequence[Exhibit], n_left_out: int, *, head: str, changed: str, gone: str, left_out: str
) -> Iterator[Block]:
    """All quotations with their sources; nothing where there are none and none were left out.

    Args:
        head: of this part.
        changed: said of a quotation whose document was changed since; ``gone``: of words that are not in it any more.
        left_out: how many are not shown, at ``{n}``.
    """
    if exhibits or n_left_out:
        yield Heading(1, head)
    for each in exhibits:
        remark = gone if each.is_gone else changed if each.is_changed else ""
        yield Quoted(each.number, each.quote, each.source, remark, each.language)
    if n_left_out:
        yield Words(left_out.format(n=n_left_out), Tone.NOTE)
