"""The passages that reviewers put beside their answers, numbered once for the whole page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from kb.peers.assessment.review import Stance
from kb.services.assessing.evidence_now import PinNow
from kb.services.assessing.viewing import AssessmentView
from kb.ui import plain, words
from kb.ui.components import section
from kb.ui.components.assessing import pin_list
from kb.ui.i18n import _, ngettext


@dataclass(frozen=True)
class Numbered:
    """Evidence with its numbers.

    Attributes:
        pins: number from 1, less one → the passage; the same words of the same document have one number.
        of_answer: (reviewer, gate or criterion) → numbers with their stance, in the order in which they were pinned.
        hidden: (reviewer, gate or criterion) → how many passages the reader may not see.
    """

    pins: tuple[PinNow, ...]
    of_answer: Mapping[tuple[str, str], tuple[tuple[int, Stance], ...]]
    hidden: Mapping[tuple[str, str], int]

    @classmethod
    def of(cls, view: AssessmentView) -> Numbered:
        """In the rubric's order, then in that of the reviewers."""
        items = (*view.rubric.gate_names, *view.rubric.criterion_names)
        numbers: dict[tuple[str, str], int] = {}
        pins: list[PinNow] = []
        of_answer: dict[tuple[str, str], tuple[tuple[int, Stance], ...]] = {}
        hidden: dict[tuple[str, str], int] = {}
        for item in items:
            for reviewer in view.assessment.reviews:
                here = []
                for now in view.evidence.get((reviewer, item), ()):
                    if now.pin is None:
                        hidden[reviewer, item] = hidden.get((reviewer, item), 0) + 1
                        continue
                    key = now.pin.document, now.pin.quote
                    if key not in numbers:
                        pins.append(now)
                        numbers[key] = len(pins)
                    here.append((numbers[key], now.pin.stance))
                of_answer[reviewer, item] = tuple(here)
        return cls(tuple(pins), of_answer, hidden)

    def notes(self, reviewer: str, item: str) -> str:
        """Numbers of an answer's evidence as links, as HTML; those against it are said to be."""
        said = self.of_answer.get((reviewer, item), ())
        groups = [[n for n, stance in said if stance is each] for each in (Stance.FOR, Stance.AGAINST)]
        links = [" ".join(map(_note, group)) for group in groups]
        told = [links[0]] if links[0] else []
        against = plain.element("span", _("against:"))
        told += [f"{against} {links[1]}"] if links[1] else []
        if n := self.hidden.get((reviewer, item), 0):
            text = ngettext("{n} passage that you may not see", "{n} passages that you may not see", n)
            told.append(plain.element("span", text.format(n=words.number(n))))
        return f'<span class="kb-quiet">{" · ".join(told)}</span>' if told else ""


def show(numbered: Numbered) -> None:
    """Draw each passage with its number, and where it stands now."""
    section.head("evidence", _("Evidence"))
    if not numbered.pins:
        plain.show(plain.element("p", _("No reviewer pinned a passage that you may see."), css="kb-quiet"))
        return
    with st.grid(min_column_width=340, gap="medium"):
        for n, now in enumerate(numbered.pins, start=1):
            with st.container(gap="xsmall", key=f"exhibit_{n}"):
                plain.show(f'<p class="kb-exhibit" id="evidence-{n}">[{n}]</p>')
                pin_list.show_where(now)


def _note(n: int) -> str:
    return f'<a class="kb-note" href="#evidence-{n}">[{n}]</a>'
