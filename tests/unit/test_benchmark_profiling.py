"""A practice beside its peers by the assessments that count, as its reader may see them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from fakes import FakeRecords
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import NotFound
from kb.peers.assessment import events as happened
from kb.peers.assessment.events import Body
from kb.peers.assessment.outcome import outcome
from kb.peers.assessment.review import Pin, Rating, Stance
from kb.peers.assessment.rubric import Rubric
from kb.peers.assessment.state import Stage
from kb.peers.benchmark.criteria import Beside
from kb.peers.benchmark.reasons import Basis, WhyNone
from kb.retrieval.passage import Visibility
from kb.services.assessing.evidence_now import EvidenceNow
from kb.services.assessing.loading import assessments_for
from kb.services.assessing.staleness import stale_of
from kb.services.benchmarking.aged import stale_criteria
from kb.services.benchmarking.peers import comparable
from kb.services.benchmarking.profiling import Profile, profile
from kb.services.benchmarking.standing import Choice, concluded
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role
from tests import panels
from tests.assessed import put
from tests.benchmarked import LOCAL, SAM, a_base, appended, assessed, sheet

NEWER = Rubric.of({**panels.RAW, "version": 2})
OTHER = Rubric.of({**panels.RAW, "rubric": "other"})
READERS = [
    Member("sam", frozenset({Role.MEMBER}), "Elsewhere"),
    Member("fay", frozenset({Role.MEMBER, Role.FACILITATOR}), "Network"),
    Member("olu", frozenset({Role.MEMBER}), "comune di  CESENA"),
    Member("ann", frozenset({Role.MEMBER, Role.REVIEWER}), "House of ann"),
    Member("bo", frozenset({Role.MEMBER, Role.REVIEWER, Role.FACILITATOR}), "House of bo"),
]


@pytest.fixture
def records() -> FakeRecords:
    return FakeRecords()


@pytest.fixture
def kb(tmp_path: Path, records: FakeRecords) -> KnowledgeBase:
    """Six practices of one theme, and one of another; "own" shares two of three tags with "near", one of four with the rest."""
    base = a_base(tmp_path, records)
    sheet(base, "own", tags=["theme:care", "group:women"])
    sheet(base, "near", tags=["theme:care", "group:women", "group:youth"])
    for name in ("a", "b", "c", "d"):
        sheet(base, name, tags=["theme:care", "theme:food", "theme:energy"])
    sheet(base, "else", tags=["theme:culture"])
    return base


def told(kb: KnowledgeBase, actor: Member = SAM, **asked: object) -> Profile:
    return profile(kb, "own", Basis.THEME, actor=actor, **asked)  # type: ignore[arg-type]


def test_by_hand(kb: KnowledgeBase) -> None:
    """Criteria in order: effectiveness, equity, reach, evidence, transfer. Reach: 2, 3 and 4 of three peers; "d" has none."""
    assessed(kb, "own", 4, 2, 5, None, 3)
    assessed(kb, "near", 3, 4, 3, 2, 3)
    assessed(kb, "a", 3, 4, 2, 2, None)
    assessed(kb, "b", 3, 4, 4, None, None)
    assessed(kb, "d", 3, 4.5, None, None, None)
    assessed(kb, "else", 0, 0, 0, 0, 0)
    found = told(kb)
    by = {each.criterion: each for each in found.criteria}

    assert [each.criterion for each in found.criteria] == list(panels.RUBRIC.criterion_names)
    assert found.assessment is not None
    assert (found.assessment.id, found.rubric) == ("own-1", panels.RUBRIC)
    assert [each.peer.practice for each in found.assessed] == ["near", "a", "b", "d"]
    assert [each.practice for each in found.not_assessed] == ["c"]
    assert [(dot.practice, dot.score) for dot in by["reach"].peers] == [("near", 3), ("a", 2), ("b", 4)]
    assert (by["reach"].own, by["reach"].n, by["reach"].mean) == (5, 3, 3)
    assert (by["reach"].low, by["reach"].high) == (pytest.approx(0.5157, abs=5e-5), 5)  # 5.4843, cut to the scale
    assert by["effectiveness"].beside is Beside.ABOVE  # 3, 3, 3 and 3: an interval without width
    assert (by["evidence"].beside, by["transfer"].beside) == (Beside.NOT_SCORED, Beside.AMONG)
    assert [(each.criterion, each.n) for each in found.strengths] == [("effectiveness", 4), ("reach", 3)]
    assert [(each.criterion, each.n, each.beyond_all) for each in found.gaps] == [("equity", 4, True)]


def test_nothing_is_assessed_yet(kb: KnowledgeBase) -> None:
    found = told(kb)

    assert (found.rubric, found.assessment, found.criteria, found.assessed) == (None, None, (), ())
    assert len(found.not_assessed) == len(found.comparables.peers) == 5
    assert found.choices == ()


def test_a_practice_that_was_not_assessed_sees_its_peers(kb: KnowledgeBase) -> None:
    assessed(kb, "near", 3, 4, 3, 2, 3)
    found = told(kb)

    assert found.assessment is None
    assert found.rubric == panels.RUBRIC
    assert {each.beside for each in found.criteria} == {Beside.NOT_SCORED}
    assert [each.n for each in found.criteria] == [1] * 5
    assert found.strengths == found.gaps == ()


def test_the_latest_assessment_of_a_practice_counts(kb: KnowledgeBase) -> None:
    """Whatever its number."""
    assessed(kb, "own", 1, 1, 1, 1, 1, number=2, on="2026-01-01")
    assessed(kb, "own", 4, 4, 4, 4, 4, number=1, on="2026-02-01")
    assessed(kb, "own", 2, 2, 2, 2, 2, number=10, on="2026-01-31")

    assert told(kb).criteria[0].own == 4


def test_versions_and_rubrics_are_never_mixed(kb: KnowledgeBase) -> None:
    assessed(kb, "own", 3, 3, 3, 3, 3, on="2026-01-01")
    assessed(kb, "own", 4, 4, 4, 4, 4, number=2, rubric=NEWER, on="2026-02-01")
    assessed(kb, "near", 1, 1, 1, 1, 1)
    assessed(kb, "a", 2, 2, 2, 2, 2, rubric=NEWER)
    assessed(kb, "b", 5, 5, 5, 5, 5, rubric=OTHER)
    newest, first, other = told(kb), told(kb, version=1, rubric="small"), told(kb, rubric="other")

    assert newest.rubric == NEWER
    assert [(each.own, [dot.practice for dot in each.peers]) for each in newest.criteria] == [(4, ["a"])] * 5
    assert [(each.own, [dot.practice for dot in each.peers]) for each in first.criteria] == [(3, ["near"])] * 5
    assert [(each.own, [dot.practice for dot in each.peers]) for each in other.criteria] == [(None, ["b"])] * 5
    assert newest.choices == (Choice("other", 1, 1), Choice("small", 1, 2), Choice("small", 2, 2))
    for asked in ({"rubric": "nobody"}, {"rubric": "small", "version": 7}):
        with pytest.raises(NotFound):
            told(kb, **asked)


def test_the_demonstration_counts_only_while_nothing_was_assessed_in_earnest(kb: KnowledgeBase) -> None:
    assessed(kb, "own", 4, 4, 4, 4, 4, is_demo=True)
    assessed(kb, "near", 3, 3, 3, 3, 3, is_demo=True)
    before = told(kb)
    assessed(kb, "near", 2, 2, 2, 2, 2, number=2, on="2020-01-01")
    after = told(kb)

    assert (before.is_demo, before.left_out, [each.is_demo for each in before.assessed]) == (True, (), [True])
    assert before.assessment is not None
    assert before.assessment.is_demo
    assert (after.is_demo, after.left_out, after.assessment) == (False, ("own",), None)
    assert [dot.score for dot in after.criteria[0].peers] == [2]


def test_scores_whose_evidence_changed_say_so(kb: KnowledgeBase) -> None:
    """Own ones, and those of peers; and no more once the reviewer took the passage as it is now."""
    assessed(kb, "near", 3, 3, 3, 3, 3, pins=[_pin(kb, "near.md")])
    assessed(kb, "a", 3, 3, None, 3, 3, pins=[_pin(kb, "a.md")])
    assessed(kb, "own", 3, 3, 3, 3, 3, pins=[_pin(kb, "own.md")])
    before = told(kb)
    put(kb, "a.md", "other words by now")
    put(kb, "own.md", "something else by now")
    after = told(kb)

    assert (before.stale, [each.stale for each in before.assessed]) == (frozenset(), [frozenset(), frozenset()])
    assert after.stale == set(panels.RUBRIC.criterion_names)
    assert [sorted(each.stale) for each in after.assessed] == [[], ["effectiveness", "equity", "evidence", "transfer"]]
    assert [(dot.practice, dot.is_stale) for dot in after.criteria[0].peers] == [("near", False), ("a", True)]
    assert all(each.own_is_stale for each in after.criteria)

    looked = happened.Reconfirmed(criterion="equity", verdict="stands", pins=(_pin(kb, "own.md", again=False),), reason="so")
    appended_to(kb, "own-1", ("ann", looked))
    assert told(kb).stale == set(panels.RUBRIC.criterion_names) - {"equity"}


def test_what_a_reader_may_not_see_of_a_document_makes_no_score_stale_for_them(kb: KnowledgeBase) -> None:
    pinned = _pin(kb, "secret.md", Visibility.RESTRICTED)
    assessed(kb, "own", 3, 3, 3, 3, 3, pins=[pinned])
    put(kb, "secret.md", "other words by now", visibility=Visibility.RESTRICTED)

    assert told(kb, SAM).stale == frozenset()
    assert told(kb, LOCAL).stale == set(panels.RUBRIC.criterion_names)


def _pin(kb: KnowledgeBase, path: str, visibility: Visibility = Visibility.PUBLIC, *, again: bool = True) -> Pin:
    if again:
        put(kb, path, "the city pays the keepers", visibility=visibility)
    document = next(each for each in kb.catalog.documents() if each.path == path)
    (passage,) = kb.catalog.passages_of(document.id)
    return Pin(passage_id=passage.id, document=path, sha256=document.sha256, quote=passage.text, stance=Stance.FOR)


def appended_to(kb: KnowledgeBase, assessment: str, *more: tuple[str, Body]) -> None:
    from kb.services.records import StoredEvent

    with kb.records() as records:
        seq = len(records.assessments.of(assessment))
        for number, (member, body) in enumerate(more, start=seq + 1):
            kind, text = happened.spelled(body)
            records.assessments.append(StoredEvent(assessment, number, member, "2026-11-23T10:00:00+00:00", kind, text, False))


marks = st.lists(st.one_of(st.none(), st.integers(0, 10).map(lambda n: n / 2)), min_size=5, max_size=5)


@given(given_scores=st.dictionaries(st.sampled_from(["own", "near", "a", "b", "c", "d", "else"]), marks))
@settings(deadline=None, max_examples=25)
def test_peers_come_in_order_of_nearness_whatever_the_scores(
    tmp_path_factory: pytest.TempPathFactory, given_scores: dict[str, Sequence[float | None]]
) -> None:
    """The same peers in the same order as without any assessment; and nobody is put into another place by a score."""
    base = a_base(tmp_path_factory.mktemp("order"), FakeRecords())
    for number, name in enumerate(("own", "near", "a", "b", "c", "d", "else")):
        sheet(base, name, tags=["theme:care", *(["group:women"] if number < 3 else []), *(["theme:food"] if number > 1 else [])])
    bare = [each.practice for each in comparable(base, "own", Basis.THEME, actor=SAM).peers]
    for practice, scores in given_scores.items():
        assessed(base, practice, *scores)
    found = told(base)

    assert [each.practice for each in found.comparables.peers] == bare
    assert [each.peer.practice for each in found.assessed] == [name for name in bare if name in given_scores]
    assert [each.practice for each in found.not_assessed] == [name for name in bare if name not in given_scores]
    for criterion in found.criteria:
        assert [dot.practice for dot in criterion.peers] == [
            name for name in bare if dict(zip(panels.RUBRIC.criterion_names, given_scores.get(name, [None] * 5), strict=True))[
                criterion.criterion
            ] is not None
        ]  # fmt: skip


# what a reader may see -----------------------------------------------------------------------------------------------------

ENDED = happened.Concluded(outcome=outcome(panels.RUBRIC, {}, dict.fromkeys(panels.RUBRIC.criterion_names, 3.0), panel=1))
bodies: dict[str, Body] = {
    "invites ann": panels.invited("ann"),
    "invites bo": panels.invited("bo", is_third=True),
    "accepts": happened.Accepted(),
    "declines": happened.Declined(why="no time"),
    "excuses ann": happened.Excused(reviewer="ann", why="so"),
    "begins": happened.Begun(),
    "submits": happened.Submitted(review=panels.review(1, 2, 3, 4, 5)),
    "opens the reply": happened.ReplyOpened(due="2027-01-03"),
    "replies": happened.Replied(general="so"),
    "closes": happened.ReplyClosed(),
    "settles": happened.Settled(item="equity", rating=Rating.SCORED, score=1.0, reason="so"),
    "concludes": ENDED,
    "cancels": happened.Cancelled(why="so"),
}
history = st.lists(st.tuples(st.sampled_from(["ann", "bo", "fay", "olu"]), st.sampled_from(sorted(bodies))), max_size=12)


@given(history=history)
@settings(deadline=None, max_examples=150)
def test_a_light_look_tells_what_the_whole_assessment_tells(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[str, str]]
) -> None:
    """To every reader, whatever happened and in whichever order: who is blind to it, is here."""
    records = FakeRecords()
    base = a_base(tmp_path_factory.mktemp("seen"), records)
    appended(base, "bees-1", [("fay", panels.opened()), *((member, bodies[name]) for member, name in history)])
    for reader in READERS:
        whole = [each for each in assessments_for(base, actor=reader) if each.stage is Stage.CONCLUDED]
        light = concluded(base, actor=reader)

        assert [(each.id, each.practice, each.title, each.rubric, each.version) for each in light] == [
            (each.id, each.practice, each.title, each.rubric, each.version) for each in whole
        ]
        assert [(each.outcome, each.ended_at_utc, each.is_demo) for each in light] == [
            (each.outcome, each.ended_at_utc, each.is_demo) for each in whole
        ]


def test_who_still_owes_a_review_knows_of_no_conclusion(kb: KnowledgeBase) -> None:
    assessed(kb, "near", 3, 3, 3, 3, 3, seats={"ann": True, "bo": False})
    ann, bo = READERS[3], READERS[4]

    assert told(kb, ann).rubric is not None
    assert (told(kb, bo).rubric, told(kb, bo).choices) == (None, ())


def test_aged_scores_are_those_that_the_assessments_tell(kb: KnowledgeBase) -> None:
    """For each reader, after documents changed, moved away or went."""
    assessed(kb, "own", 3, None, 3, 3, 3, pins=[_pin(kb, "x.md"), _pin(kb, "y.md", Visibility.RESTRICTED)])
    assessed(kb, "near", 3, 3, 3, 3, 3, pins=[_pin(kb, "z.md")])
    for change in (lambda: None, lambda: put(kb, "y.md", "others"), lambda: put(kb, "z.md", "others"), lambda: _gone(kb, "x.md")):
        change()
        for reader in (*READERS, LOCAL):
            evidence = EvidenceNow(kb, reader)
            whole = {
                each.id: frozenset(score.criterion for score in stale_of(each, evidence, reader))
                for each in assessments_for(kb, actor=reader)
            }
            found = stale_criteria(kb, concluded(kb, actor=reader), actor=reader)

            assert found == {name: criteria for name, criteria in whole.items() if criteria}


def _gone(kb: KnowledgeBase, path: str) -> None:
    for each in kb.catalog.documents():
        if each.path == path:
            kb.catalog.retire_document(each.id, None)


def test_a_practice_without_peers_says_why(kb: KnowledgeBase) -> None:
    assessed(kb, "else", 3, 3, 3, 3, 3)
    found = profile(kb, "else", Basis.THEME, actor=SAM)

    assert found.comparables.why_none is WhyNone.NONE_SHARED
    assert [(each.own, each.beside, each.n) for each in found.criteria] == [(3, Beside.NO_PEERS, 0)] * 5
