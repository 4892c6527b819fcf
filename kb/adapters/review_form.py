"""The text of a form in which a review is written: YAML in which every question stands as a comment above its answer."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator

from kb.peers.assessment.review import Answer, GateAnswer, Pin, Rating
from kb.peers.assessment.rubric import Asked, Criterion
from kb.peers.assessment.written_review import scores
from kb.peers.narrative import Text, without_citations
from kb.retrieval.standing import Speaking
from kb.retrieval.writable import one_line
from kb.services.review_files import ReviewForm

WIDTH = 110  # of comments
SHOWN_CHARS = 400  # of a passage
_HEAD = """\
# A review, to be written in any editor and taken in with: kb assess review {id} --file FILE
# Nobody sees it before it is submitted: put --submit behind that command. What is left blank can be written later.
# Lines that begin with # are comments. Write a reason below “reason: |”, as far to the right as the line that is left free there.
# Evidence is a passage of the practice's sheet or documents. Take the # away from those that are named here and speak for or
# against, or name your own words:
#   evidence:
#     - document: {document}
#       quote: |
#         the words, as they stand there
#       stance: for          # or: against"""
_DEMONSTRATION = "# Demonstration data: this assessment was made up to show how the software works."


def begun(form: ReviewForm) -> str:
    """See :class:`kb.services.review_files.ReviewFiles`."""
    return "\n".join(_lines(form)) + "\n"


def _lines(form: ReviewForm) -> Iterator[str]:
    assessment, rubric, review = form.assessment, form.rubric, form.review
    document = next((each.document.path for found in form.passages.values() for each in found), "case-studies/example.pdf")
    yield from _comment(assessment.title, 0)
    if assessment.is_demo:
        yield _DEMONSTRATION
    yield _HEAD.format(id=assessment.id, document=one_line(document))
    yield from _comment(form.remark, 0)
    yield f"assessment: {assessment.id}"
    yield f"rubric: {rubric.rubric}"
    yield f"version: {rubric.version}"
    yield f"language: {_scalar(review.language)}".rstrip() + "  # in which you write: en, fr, pt …"
    if rubric.gates:
        yield "\n# Gates come first: one that is answered “no” keeps a practice from every good label.\ngates:"
        for gate in rubric.gates:
            yield from _gate(gate, review.gates.get(gate.name, GateAnswer()), form)
    yield "\ncriteria:"
    for tier in rubric.tiers:
        yield from _comment(f"— {_best(tier.title, form)} —", 2)
        for criterion in tier.criteria:
            yield from _criterion(criterion, review.answers.get(criterion.name, Answer()), form)
    yield "\n# What you say to the practice as a whole."
    yield from _block("comment", review.comment, 0)


def _gate(gate: Asked, said: GateAnswer, form: ReviewForm) -> Iterator[str]:
    yield f"  {gate.name}:"
    yield from _question(gate, form)
    yield f"    verdict: {said.verdict or ''}".ljust(28) + "# yes, no or unclear"
    yield from _block("reason", said.reason, 4)
    yield from _evidence(gate, said.pins, form)


def _criterion(criterion: Criterion, said: Answer, form: ReviewForm) -> Iterator[str]:
    yield f"  {criterion.name}:"
    yield from _question(criterion, form)
    for level, words in criterion.anchors.items():
        yield from _comment(f"{level:g}: {_best(words, form)}", 4)
    yield f"    score: {_score(said)}".ljust(28) + f"# {scores(form.rubric)}"
    yield f"    confidence: {said.confidence or ''}".ljust(28) + "# of a score: low, medium or high"
    yield from _block("reason", said.reason, 4)
    yield f"    none_found: {'yes' if said.none_found else 'no'}".ljust(28) + "# yes: you looked for evidence and found none"
    yield from _evidence(criterion, said.pins, form)


def _question(asked: Asked, form: ReviewForm) -> Iterator[str]:
    yield from _comment(_best(asked.title, form), 4)
    yield from _comment(_best(asked.question, form), 4)


def _evidence(asked: Asked, pins: tuple[Pin, ...], form: ReviewForm) -> Iterator[str]:
    shown = [pin for pin in pins if pin.document]
    yield "    evidence:"
    for pin in shown:
        yield f"    - document: {_scalar(pin.document)}"
        yield f"      quote: {_scalar(pin.quote)}"
        yield f"      stance: {pin.stance.value}"
    if hidden := len(pins) - len(shown):
        yield from _comment(f"Passages that you may not see any more, and that stay: {hidden}", 4)
    for each in form.passages.get(asked.name, ()):
        yield from _passage(each)


def _passage(speaking: Speaking) -> Iterator[str]:
    passage, text = speaking.passage, one_line(speaking.passage.text)
    page = f", page {passage.page_label or passage.page}" if passage.page else ""
    yield f"    #- {{passage: {_scalar(passage.id)}, stance: for}}"
    begun = text if len(text) <= SHOWN_CHARS else f"{text[:SHOWN_CHARS]}…"
    yield from _comment(f"{one_line(speaking.document.path)}{page}: {begun}", 4, inset="  ")


def _score(said: Answer) -> str:
    if said.rating in (None, Rating.SCORED):
        return "" if said.score is None else f"{said.score:g}"
    return str(said.rating)


def _block(key: str, words: str, indent: int) -> Iterator[str]:
    """A text as it is typed, line by line; one with characters that YAML would read otherwise, in quotes."""
    before = " " * indent
    if words != words.strip() or not all(map(_is_plain, words)):
        yield f"{before}{key}: {_scalar(words)}"
        return
    yield f"{before}{key}: |"
    yield from (f"{before}  {line}" for line in words.split("\n"))


def _scalar(text: str) -> str:
    """On one line, in quotes where it is more than a word."""
    if text.isascii() and (text.isalnum() or not text):
        return text
    escaped = text.replace("\\", r"\\").replace('"', r"\"")
    return '"' + "".join(char if _is_plain(char) and char != "\n" else f"\\U{ord(char):08x}" for char in escaped) + '"'


def _is_plain(char: str) -> bool:
    """Whether YAML takes a character as it is."""
    return char == "\n" or char.isprintable() or unicodedata.category(char) == "Zs"


def _comment(words: str, indent: int, inset: str = "") -> Iterator[str]:
    before = f"{' ' * indent}# "
    yield from textwrap.wrap(
        one_line(words),
        WIDTH,
        initial_indent=before + inset,
        subsequent_indent=before + (inset or "  "),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _best(text: Text, form: ReviewForm) -> str:
    return without_citations(text.best(form.language, form.rubric.language)[1])
