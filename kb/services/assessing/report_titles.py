"""What things of a rubric and reviewers are called in a report: in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kb.peers.assessment.blinding import ALIAS
from kb.peers.assessment.rubric import Rubric
from kb.peers.narrative import Text, without_citations

_ALIAS = re.compile(re.escape(ALIAS).replace(r"\{n\}", r"(\d+)"))


class Titles:
    """Of one rubric, in one language."""

    def __init__(self, rubric: Rubric, language: str, alias: str) -> None:
        """``alias``: what reviewers are called whose names the reader may not know, with a place for their number."""
        self._rubric, self._language, self._alias = rubric, language, alias

    def text(self, text: Text) -> str:
        """A text of the rubric or a sheet: in the language if it is there, else as it was first written."""
        return without_citations(text.best(self._language)[1])

    @property
    def items(self) -> Mapping[str, str]:
        """Gate or criterion → title."""
        return {each.name: self.text(each.title) for each in (*self._rubric.gates, *self._rubric.criteria)}

    @property
    def tiers(self) -> Mapping[str, str]:
        """Tier → title."""
        return {tier.tier: self.text(tier.title) for tier in self._rubric.tiers}

    def label(self, name: str) -> str:
        """Of a label; one that the rubric has not as it is written."""
        try:
            return self.text(self._rubric.title_of(name))
        except KeyError:
            return name

    def stage(self, name: str) -> str:
        """Of a stage of evidence."""
        steps = self._rubric.stages.steps if self._rubric.stages else ()
        return next((self.text(step.title) for step in steps if step.stage == name and step.title), name)

    def member(self, name: str) -> str:
        """Of a member, or of a reviewer without a name."""
        found = _ALIAS.fullmatch(name)
        return self._alias.format(n=found[1]) if found else name
