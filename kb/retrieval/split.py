"""Document → passages: along headings, paragraphs and sentences; never across a page or a heading; no text lost.

Every character of a document that is not white space is in exactly one passage, or in a heading that stands in some
passage's heading path. A heading with nothing under it becomes a passage of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kb.retrieval.language import LanguageDetector
from kb.retrieval.passage import Block, BlockKind, Document, Passage, passage_id
from kb.retrieval.sentences import Span, sentence_spans

CountTokens = Callable[[Sequence[str]], list[int]]


@dataclass(frozen=True)
class SplitSettings:
    """How long passages are, in tokens of the model in use.

    Attributes:
        min_tokens: a passage shorter than this is not closed before its section ends.
        max_tokens: no passage is longer.
        context_tokens: cap on title and heading path.
    """

    min_tokens: int = 200
    max_tokens: int = 400
    context_tokens: int = 64

    @classmethod
    def for_model(cls, max_tokens: int) -> SplitSettings:
        """Passages that fit ``max_tokens`` with their context, prompt and special tokens."""
        room = max_tokens - cls.context_tokens - 16  # 16: prompt, special tokens, the line feed between context and text
        longest = min(cls.max_tokens, room)
        return cls(min(cls.min_tokens, longest // 2), longest, cls.context_tokens)

    def spelled(self) -> str:
        """As the manifest writes it."""
        return f"v1 {self.min_tokens}-{self.max_tokens}+{self.context_tokens}"


@dataclass(frozen=True)
class _Section:
    """Blocks under one heading path on one page."""

    path: tuple[str, ...]
    page: int | None
    page_label: str | None
    spans: tuple[Span, ...]


def split(document: Document, *, count_tokens: CountTokens, detector: LanguageDetector, settings: SplitSettings) -> list[Passage]:
    """Cut a document into passages, in order."""
    sections = _sections(document)
    contexts = _contexts(document.metadata.title, sections, count_tokens, settings.context_tokens)
    fallback = document.metadata.language or detector.detect(document.text[:4000])
    seen: Counter[tuple[str, str]] = Counter()
    passages: list[Passage] = []
    for section in sections:
        context = contexts[section.path]
        for sentences in _pack(document.text, section.spans, count_tokens, settings):
            start, end = sentences[0][0], sentences[-1][1]
            text = document.text[start:end]
            language = detector.detect(text)
            identity = passage_id(document.id, context, text, seen[context, text])
            seen[context, text] += 1
            passages.append(
                Passage(
                    identity, document.id, len(passages), start, end, text, section.page, section.page_label, section.path,
                    language if language != "und" else fallback, context, tuple((a - start, b - start) for a, b in sentences),
                )
            )  # fmt: skip
    return passages


def _sections(document: Document) -> list[_Section]:
    sections: list[_Section] = []
    path: list[tuple[int, Block, int]] = []  # level, heading, start
    open_spans: list[Span] = []
    place: tuple[int | None, str | None] = (None, None)
    has_body = True  # of the innermost heading

    def close() -> None:
        if open_spans:
            sections.append(_Section(tuple(_one_line(heading.text) for _, heading, _ in path), *place, tuple(open_spans)))
            open_spans.clear()

    def close_empty_heading() -> None:
        if path and not has_body:
            _, heading, start = path[-1]
            above = tuple(_one_line(outer.text) for _, outer, _ in path[:-1])
            sections.append(_Section(above, heading.page, heading.page_label, ((start, start + len(heading.text)),)))

    for block, start in zip(document.blocks, document.starts, strict=True):
        if not block.text.strip():
            continue
        if block.kind is BlockKind.HEADING:
            close()
            if path and block.level <= path[-1][0]:
                close_empty_heading()
            while path and path[-1][0] >= block.level:
                path.pop()
            path.append((block.level, block, start))
            has_body = False
            continue
        if open_spans and (block.page, block.page_label) != place:
            close()
        place = (block.page, block.page_label)
        open_spans.append((start, start + len(block.text)))
        has_body = True
    close()
    close_empty_heading()
    return sections


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _contexts(title: str, sections: Sequence[_Section], count_tokens: CountTokens, cap: int) -> dict[tuple[str, ...], str]:
    """Title and heading path in one line, at most ``cap`` tokens: outer headings go first, then the tail of the line."""
    contexts = {}
    for path in {section.path for section in sections}:
        parts = [part for i, part in enumerate((title, *path)) if part and (i == 0 or part != title)]
        while len(parts) > 2 and count_tokens([" › ".join(parts)])[0] > cap:
            del parts[1]
        line = " › ".join(parts)
        while line and (n_tokens := count_tokens([line])[0]) > cap:
            line = line[: min(len(line) - 1, len(line) * cap // n_tokens)].rstrip()
        contexts[path] = line
    return contexts


def _pack(text: str, spans: Sequence[Span], count_tokens: CountTokens, settings: SplitSettings) -> list[list[Span]]:
    """Sentences of one section → passages of like length, closed at a paragraph's end where that is near."""
    sentences = [(span, span[1] == stop) for start, stop in spans for span in sentence_spans(text, start, stop)]
    counts = count_tokens([text[a:b] for (a, b), _ in sentences])
    units: list[tuple[Span, bool, int]] = []
    for (span, ends_paragraph), n_tokens in zip(sentences, counts, strict=True):
        pieces = _cut_long(text, span, n_tokens, count_tokens, settings.max_tokens)
        units += [(piece, ends_paragraph and i == len(pieces) - 1, n) for i, (piece, n) in enumerate(pieces)]
    left = sum(n for _, _, n in units)
    packed: list[list[Span]] = []
    current: list[Span] = []
    filled = 0
    for position, (span, ends_paragraph, n_tokens) in enumerate(units):
        current.append(span)
        filled += n_tokens
        rest = left - filled
        following = units[position + 1][2] if position + 1 < len(units) else 0
        n_left = max(1, -(-(filled + rest) // settings.max_tokens))  # passages; at least one, even of characters that are no tokens
        goal = (filled + rest) / n_left  # like lengths for all that is left
        is_full = filled + following > settings.max_tokens
        is_good = filled >= settings.min_tokens and rest >= settings.min_tokens // 2 and (ends_paragraph or filled >= goal)
        if rest and (is_full or is_good):
            packed.append(current)
            current, filled, left = [], 0, rest
    if current:
        packed.append(current)
    return packed


def _cut_long(text: str, span: Span, n_tokens: int, count_tokens: CountTokens, longest: int) -> list[tuple[Span, int]]:
    """A sentence longer than a passage may be is cut at spaces, or anywhere where there are none."""
    start, end = span
    if n_tokens <= longest or end - start < 2:
        return [(span, n_tokens)]
    middle = (start + end) // 2
    space = text.rfind(" ", start + 1, middle)
    cut = space if space > start + (end - start) // 4 else middle
    halves = _halves(text, start, cut, end)
    counts = count_tokens([text[a:b] for a, b in halves])
    return [piece for half, n in zip(halves, counts, strict=True) for piece in _cut_long(text, half, n, count_tokens, longest)]


def _halves(text: str, start: int, cut: int, end: int) -> list[Span]:
    """The two sides of ``cut`` without white space at their edges; an empty side is left out."""
    sides = []
    for a, b in ((start, cut), (cut, end)):
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        if a < b:
            sides.append((a, b))
    return sides
