"""A review that was written in a file, without the app: what stands in it, or everything that is wrong with it.

Whatever is left blank is not said yet. Quotes are looked up where the documents are: :mod:`kb.services.assessing.offline`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationError

from kb.peers import languages
from kb.peers.assessment.review import MAX_PINS, Comment, Confidence, GateVerdict, Rating, Reason, Stance
from kb.peers.assessment.rubric import Rubric
from kb.peers.flaws_in_fields import Flaw, Form, in_order, in_sentences
from kb.peers.narrative import Part, flaw
from kb.peers.raw_values import Place, instead, listed, mapped, worded

WITHOUT_SCORE = (Rating.NOT_ASSESSABLE.value, Rating.UNKNOWN.value)


def _language(code: str) -> str:
    if code and (fault := languages.fault_of(code)):
        raise flaw(fault)
    return code


class WrittenPin(Part):
    """Words of the practice's sheet or documents, for or against.

    Attributes:
        document: its path; without it the quote is looked for in all of them.
        quote: word for word; without it all of the passage.
        passage: its id; without it the quote says which.
    """

    document: str = ""
    quote: str = ""
    passage: str = ""
    stance: Stance = Stance.FOR


class WrittenGate(Part):
    """What is said to a gate."""

    verdict: GateVerdict | None = None
    reason: Reason = ""
    evidence: tuple[WrittenPin, ...] = ()


class WrittenAnswer(Part):
    """What is said to a criterion.

    Attributes:
        score: as it is written: one of the scale, "not-assessable" or "unknown"; empty: nothing is said.
        none_found: evidence was looked for and not found.
    """

    score: str = ""
    confidence: Confidence | None = None
    reason: Reason = ""
    evidence: tuple[WrittenPin, ...] = ()
    none_found: bool = False

    @property
    def rating(self) -> Rating | None:
        """What kind of answer it is."""
        if not self.score:
            return None
        return Rating(self.score) if self.score in WITHOUT_SCORE else Rating.SCORED

    @property
    def value(self) -> float | None:
        """The score as a number; ``None`` where there is none."""
        return number(self.score)


class WrittenReview(Part):
    """A whole file.

    Attributes:
        assessment: its id; so that no review lands in another assessment.
        language: in which the reasons are written.
    """

    assessment: str
    rubric: str
    version: str
    language: Annotated[str, AfterValidator(_language)] = ""
    gates: dict[str, WrittenGate] = Field({})
    criteria: dict[str, WrittenAnswer] = Field({})
    comment: Comment = ""


_REVIEW = Form(WrittenReview)


def read(raw: object, assessment: str, rubric: Rubric) -> tuple[WrittenReview | None, tuple[Flaw, ...]]:
    """Make it of plain values, or say everything that is wrong.

    Args:
        raw: texts, lists and mappings, as YAML spells them.
        assessment: id of the one that is reviewed, with this rubric.
    """
    if not isinstance(raw, Mapping):
        return None, (Flaw((), "is not a list of keys and values"),)
    said = _said(raw)
    found = list(within(said, assessment, rubric))
    made = None
    try:
        made = WrittenReview.model_validate(said)
    except ValidationError as error:
        found += list(in_sentences(error.errors(include_url=False), _REVIEW, tuple(found)))
    return None if found else made, in_order(found)


def within(raw: Mapping[str, Any], assessment: str, rubric: Rubric) -> Iterator[Flaw]:
    """What does not fit to the assessment and its rubric."""
    for key, wanted in (("assessment", assessment), ("rubric", rubric.rubric), ("version", str(rubric.version))):
        said = worded(raw.get(key))
        if said and said != wanted:
            yield Flaw((key,), f"is “{said[:80]}”; this is for “{wanted}”. Print its own form: kb assess form {assessment}")
    for group, known in (("gates", rubric.gate_names), ("criteria", rubric.criterion_names)):
        for item, answer in mapped(raw.get(group)).items():
            if item not in known:
                yield Flaw((group, item), f"the rubric does not ask for “{item[:60]}”; {instead(item, known)}")
            yield from _of_evidence((group, item, "evidence"), mapped(answer).get("evidence"))
            score = worded(mapped(answer).get("score"))
            if score and score not in WITHOUT_SCORE and not _is_on_scale(score, rubric):
                yield Flaw((group, item, "score"), f"is “{score[:40]}”; wanted is one of {scores(rubric)}")


def scores(rubric: Rubric) -> str:
    """What may be written for a score, as a list of words."""
    levels = [f"{level:g}" for level in rubric.levels()]
    told = levels if len(levels) <= 12 else [*levels[:3], "…", levels[-1]]
    return ", ".join((*told, *WITHOUT_SCORE))


def number(written: str) -> float | None:
    """A score as people write it, with point or comma; ``None`` for what is none."""
    try:
        return float(written.replace(",", "."))
    except ValueError:
        return None


def _is_on_scale(written: str, rubric: Rubric) -> bool:
    value = number(written)
    return value is not None and rubric.scale.has(value)


def _of_evidence(place: Place, evidence: object) -> Iterator[Flaw]:
    pins = listed(evidence)
    if len(pins) > MAX_PINS:
        yield Flaw(place, f"has {len(pins)} passages; at most {MAX_PINS} are taken")
    for index, each in enumerate(pins):
        if isinstance(each, Mapping) and not (worded(each.get("quote")) or worded(each.get("passage"))):
            yield Flaw((*place, index), "names neither a quote nor a passage")


def _said(value: Any) -> Any:
    """Without the keys that are left blank. Items of lists stay, so that places stay."""
    if isinstance(value, Mapping):
        return {key: _said(each) for key, each in value.items() if not _is_blank(each)}
    return [_said(each) for each in value] if isinstance(value, list) else value


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or (isinstance(value, Collection) and not value)
