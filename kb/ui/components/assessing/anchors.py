"""What each level of the scale looks like in the documents."""

from __future__ import annotations

from html import escape

from kb.peers.assessment.rubric import Criterion
from kb.ui import assessing_words, plain
from kb.ui.i18n import _, current


def show(criterion: Criterion, chosen: float | None = None) -> None:
    """Draw the levels that are described, the chosen one marked; a score between two marks both.

    Args:
        chosen: the score that was given, if one was.
    """
    plain.show(f'<ul class="kb-anchors">{"".join(_line(criterion, level, chosen) for level in criterion.anchors)}</ul>')


def near(criterion: Criterion, score: float | None) -> tuple[float, ...]:
    """The described level that ``score`` is, or the two that it lies between."""
    if score is None:
        return ()
    below = [level for level in criterion.anchors if level <= score]
    above = [level for level in criterion.anchors if level >= score]
    return tuple(dict.fromkeys([*below[-1:], *above[:1]]))


def _line(criterion: Criterion, level: float, chosen: float | None) -> str:
    language, words = criterion.anchors[level].best(current())
    is_near = level in near(criterion, chosen)
    mark = (
        plain.element("span", _("Your score: {score}").format(score=assessing_words.score(chosen)), css="kb-mine")
        if is_near
        else ""
    )
    css = ' class="kb-chosen"' if is_near else ""
    says = plain.element("span", words, language=language)
    return f'<li{css}><span class="kb-rank">{escape(assessing_words.score(level))}</span><span>{says} {mark}</span></li>'
