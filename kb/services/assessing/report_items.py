"""Gates and criteria of a report: what each reviewer said to them, on what evidence, and what the panel says in the end."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from kb.peers.assessment.outcome import Outcome
from kb.peers.assessment.review import Answer, GateAnswer, Rating
from kb.peers.assessment.rubric import Criterion, Gate, Rubric
from kb.peers.assessment.spread import spreads
from kb.peers.assessment.state import Assessment
from kb.services.assessing.exhibits import Exhibits
from kb.services.assessing.report_titles import Titles
from kb.services.assessing.staleness import pins_of
from kb.services.assessment_files.report import Agreed, Item, Said


class Items:
    """Those of one assessment as a reader may see it."""

    def __init__(
        self,
        assessment: Assessment,
        rubric: Rubric,
        outcome: Outcome | None,
        *,
        exhibits: Exhibits,
        titles: Titles,
        stale: Collection[tuple[str, str]],
        reader: str,
    ) -> None:
        """Args: stale: reviewer and criterion of scores whose evidence changed; reader: the name of who reads."""
        self._assessment, self._rubric, self._outcome = assessment, rubric, outcome
        self._exhibits, self._titles, self._stale, self._reader = exhibits, titles, stale, reader
        self._wide = {each.item for each in spreads(assessment, rubric) if each.is_wide}

    def gates(self) -> tuple[Item, ...]:
        """In the rubric's order."""
        return tuple(map(self._gate, self._rubric.gates))

    def criteria(self) -> tuple[Item, ...]:
        """In the rubric's order."""
        return tuple(map(self._criterion, self._rubric.criteria))

    def cleared(self, item: Item) -> Item:
        """Without names that evidence withholds; to be asked once all evidence was looked at."""
        clear = self._exhibits.withheld
        said = tuple(replace(each, reason=clear(each.reason)) for each in item.said)
        agreed = replace(item.agreed, reason=clear(item.agreed.reason)) if item.agreed else None
        return replace(item, said=said, agreed=agreed, reply=clear(item.reply))

    def _gate(self, gate: Gate) -> Item:
        verdict = self._outcome.gates.get(gate.name) if self._outcome else None
        said = []
        for name, each in self._assessment.reviews.items():
            answer = each.review.gates.get(gate.name, GateAnswer())
            if answer.verdict is not None:
                cited = self._exhibits.cited(answer.pins, own=name == self._reader)
                said.append(Said(self._titles.member(name), verdict=answer.verdict.value, reason=answer.reason, cited=cited))
        return replace(self._item(gate), verdict=_code(verdict), said=tuple(said))

    def _criterion(self, criterion: Criterion) -> Item:
        tier = self._rubric.tier_of(criterion.name)
        said = tuple(self._said(criterion.name))
        score = self._outcome.scores.get(criterion.name) if self._outcome else None
        settled = self._assessment.settled.get(criterion.name)
        rating = settled.settled.rating if settled else None
        if rating is None and self._outcome:
            rating = Rating.SCORED if score is not None else Rating.NOT_ASSESSABLE
        item = self._item(criterion)
        title = self._titles.text(tier.title)
        return replace(
            item, tier=tier.tier, tier_title=title, weight=criterion.weight, rating=_code(rating), score=score, said=said
        )

    def _said(self, criterion: str) -> Iterator[Said]:
        assessment = self._assessment
        for name, each in assessment.reviews.items():
            answer = each.review.answers.get(criterion, Answer())
            if answer.rating is None:
                continue
            is_withdrawn = assessment.is_withdrawn(name, criterion)
            pins = answer.pins if is_withdrawn else pins_of(assessment, name, criterion)
            yield Said(
                reviewer=self._titles.member(name),
                rating=answer.rating.value,
                score=answer.score,
                confidence=_code(answer.confidence),
                reason=answer.reason,
                cited=self._exhibits.cited(pins, own=name == self._reader, none_found=answer.none_found),
                is_withdrawn=is_withdrawn,
                is_stale=(name, criterion) in self._stale,
            )

    def _item(self, asked: Gate | Criterion) -> Item:
        """What is the same for gates and criteria."""
        settlement = self._assessment.settled.get(asked.name)
        agreed = None
        if settlement:
            what = settlement.settled
            agreed = Agreed(
                rating=_code(what.rating),
                score=what.score,
                verdict=_code(what.verdict),
                reason=what.reason,
                by=self._titles.member(settlement.member),
                on=settlement.at_utc[:10],
            )
        reply = self._assessment.reply
        return Item(
            name=asked.name,
            title=self._titles.text(asked.title),
            question=self._titles.text(asked.question),
            agreed=agreed,
            reply=reply.comments.get(asked.name, "") if reply else "",
            is_wide=asked.name in self._wide,
        )


def _code(value: object | None) -> str:
    return str(value) if value is not None else ""
