"""A list of assessments is drawn from outlines: it tells every reader what the assessments, read whole, would tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest
from fake_records import FakeAssessments, FakeUnitOfWork, Tables
from fakes import FakeRecords
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.peers.assessment import events as happened
from kb.peers.assessment.events import Body, Standing, spelled
from kb.peers.assessment.outcome import outcome
from kb.peers.assessment.review import Pin, Rating, Review, Stance
from kb.peers.assessment.state import Assessment
from kb.retrieval.catalog import FileState, LedgerEntry
from kb.retrieval.passage import Visibility
from kb.services.assessing import listing
from kb.services.assessing.evidence_now import EvidenceNow
from kb.services.assessing.listing import ListedAssessment, listed
from kb.services.assessing.loading import assessments_for
from kb.services.assessing.outlines import outlines_for
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.services.records import KeptRubric, StoredEvent
from tests import panels
from tests.assessed import put
from tests.benchmarked import a_base

AT = "2026-11-22T10:00:00+00:00"
READERS = (
    Member("sam", frozenset({Role.MEMBER}), "Elsewhere"),
    Member("fay", frozenset({Role.MEMBER, Role.FACILITATOR}), "Network"),
    Member("olu", frozenset({Role.MEMBER}), "comune di  CESENA"),
    Member("ann", frozenset({Role.MEMBER, Role.REVIEWER}), "House of ann"),
    Member("bo", frozenset({Role.MEMBER, Role.REVIEWER, Role.FACILITATOR}), "House of bo"),
    LOCAL_MEMBER,
)
OPEN, HIDDEN, OTHER = "open.md", "hidden.md", "other.md"
TEXTS = {OPEN: "seven hives stand there", HIDDEN: "the ledger counts the losses", OTHER: "the parks are mown later"}
ENDED = happened.Concluded(outcome=outcome(panels.RUBRIC, {}, dict.fromkeys(panels.RUBRIC.criterion_names, 3.0), panel=1))


def a_world(place: Path) -> KnowledgeBase:
    """Three documents, one of them for few eyes, and no assessment yet."""
    kb = a_base(place, FakeRecords())
    for path in TEXTS:
        lies(kb, path)
    with kb.records() as records:
        one = panels.RUBRIC
        records.rubrics.keep(KeptRubric(one.rubric, one.version, one.sha256, one.canonical(), AT, "fay"))
    return kb


def lies(kb: KnowledgeBase, path: str, text: str = "", visibility: Visibility | None = None) -> None:
    seen = visibility or (Visibility.RESTRICTED if path == HIDDEN else Visibility.PUBLIC)
    put(kb, path, text or TEXTS[path], visibility=seen)


def pinned(kb: KnowledgeBase, *paths: str) -> tuple[Pin, ...]:
    """The first passage of each document, as it was first."""
    found = {}
    for document in kb.catalog.documents():
        if document.path in paths:
            (passage, *_) = kb.catalog.passages_of(document.id)
            found[document.path] = Pin(
                passage_id=passage.id, document=document.path, sha256=document.sha256, quote=passage.text, stance=Stance.FOR
            )
    return tuple(found[path] for path in paths)


def reviewed(*pins: tuple[Pin, ...]) -> Review:
    """Scores with these passages beside them, in the rubric's order; the last is unknown."""
    plain = panels.review(1, 2, 3, 4, None)
    kept = {
        name: answer.model_copy(update={"pins": own})
        for (name, answer), own in zip(plain.answers.items(), (*pins, *[()] * 5), strict=False)
    }
    return plain.model_copy(update={"answers": {**plain.answers, **kept}})


def what_may_happen(kb: KnowledgeBase) -> dict[str, Body]:
    open_, hidden, other = ((pin,) for pin in pinned(kb, OPEN, HIDDEN, OTHER))
    return {
        "opens": panels.opened(practice="bees", due="2026-11-01"),
        "opens another": panels.opened(practice="trees", title="Trees"),
        "invites ann": panels.invited("ann"),
        "invites bo": panels.invited("bo", is_third=True),
        "accepts": happened.Accepted(),
        "declines": happened.Declined(why="no time"),
        "excuses ann": happened.Excused(reviewer="ann", why="so"),
        "moves the date": happened.DueChanged(due="2099-01-01", why="so"),
        "begins": happened.Begun(),
        "submits with what is open": happened.Submitted(review=reviewed(open_, other, (*open_, *other))),
        "submits with what is hidden": happened.Submitted(review=reviewed(hidden, open_, (), hidden)),
        "submits without": happened.Submitted(review=reviewed()),
        "opens the reply": happened.ReplyOpened(due="2026-11-03"),
        "replies": happened.Replied(comments={"equity": "so"}, general="so", on_behalf_of="her"),
        "closes": happened.ReplyClosed(),
        "settles": happened.Settled(item="equity", rating=Rating.SCORED, score=1.0, reason="so"),
        "says it stands": happened.Reconfirmed(criterion="effectiveness", verdict=Standing.STANDS, pins=hidden, reason="so"),
        "says ann's stands": happened.Reconfirmed(
            criterion="equity", reviewer="ann", verdict=Standing.STANDS, pins=(), reason="so"
        ),
        "takes it back": happened.Reconfirmed(criterion="effectiveness", verdict=Standing.WITHDRAWN, reason="so"),
        "concludes": ENDED,
        "cancels": happened.Cancelled(why="so"),
    }


def adds(kb: KnowledgeBase, assessment: str, member: str, body: Body, *, is_demo: bool = False) -> None:
    kind, text = spelled(body)
    with kb.records() as records:
        seq = len(records.assessments.of(assessment)) + 1
        records.assessments.append(StoredEvent(assessment, seq, member, AT[:14] + f"{seq:02}:00+00:00", kind, text, is_demo))


def _goes(kb: KnowledgeBase) -> None:
    for each in kb.catalog.documents():
        if each.path == OTHER:
            kb.catalog.retire_document(each.id, None)


def _is_renamed(kb: KnowledgeBase) -> None:
    for each in kb.catalog.documents():
        if each.path == OPEN:
            kb.catalog.rename_document(each.id, "moved.md", LedgerEntry("moved.md", FileState.INDEXED, document_id=each.id))


def _the_demonstration_goes(kb: KnowledgeBase) -> None:
    with kb.records() as records:
        records.assessments.remove_demo()


def _the_demonstration_comes(kb: KnowledgeBase) -> None:
    """Each time with as many events as before, and with another title."""
    with kb.records() as records:
        is_there, last = bool(records.assessments.of("demo-1")), kb.records.tables.last_id  # type: ignore[attr-defined]
    if not is_there:
        adds(kb, "demo-1", "fay", panels.opened(practice="bees", title=f"Made up {last}"), is_demo=True)
        adds(kb, "demo-1", "fay", panels.invited("ann"), is_demo=True)


CHANGES: dict[str, Callable[[KnowledgeBase], object]] = {
    "a document says something else": lambda kb: lies(kb, OPEN, "nine hives stand there"),
    "a document says it again": lambda kb: lies(kb, OPEN),
    "a document is longer": lambda kb: lies(kb, OTHER, f"{TEXTS[OTHER]} and that is new"),
    "a hidden document says something else": lambda kb: lies(kb, HIDDEN, "nothing"),
    "a hidden document is opened": lambda kb: lies(kb, HIDDEN, visibility=Visibility.PUBLIC),
    "a document is hidden": lambda kb: lies(kb, OPEN, visibility=Visibility.RESTRICTED),
    "a document goes": _goes,
    "a document is renamed": _is_renamed,
    "the demonstration goes": _the_demonstration_goes,
    "the demonstration comes": _the_demonstration_comes,
}
acts = st.one_of(
    st.tuples(
        st.sampled_from(["bees-1", "trees-1"]),
        st.sampled_from(["ann", "bo", "fay", "olu"]),
        st.integers(0, 18),  # what happens, of all that may
    ),
    st.sampled_from(sorted(CHANGES)),
)


def in_the_slow_way(kb: KnowledgeBase, reader: Member) -> list[ListedAssessment]:
    """The list from assessments that are read whole, as far as the reader may see them."""
    evidence = EvidenceNow(kb, reader)
    found = [listed(each, panels.RUBRIC, evidence, reader) for each in assessments_for(kb, actor=reader)]
    return sorted(found, key=lambda each: (each.at_utc, each.id), reverse=True)


def light(whole: Assessment) -> dict[str, object]:
    """What an outline has to tell of an assessment: all but words, and what was settled or said again."""
    left_out = {"reviews", "reply", "settled", "reconfirmed", "transitions"}
    told = {each.name: getattr(whole, each.name) for each in fields(whole) if each.name not in left_out}
    return {**told, "reviewed": list(whole.reviews), "is replied to": whole.reply is not None}


def looks(kb: KnowledgeBase, reader: Member) -> None:
    """The claim: the quick way and the slow one tell this reader the same."""
    whole = in_the_slow_way(kb, reader)

    assert listing.assessments(kb, actor=reader) == whole
    for practice in ("bees", "trees", "none"):
        of_it = listing.assessments(kb, actor=reader, practice=practice)
        assert of_it == [each for each in whole if each.practice == practice]
    outlines = outlines_for(kb, actor=reader)
    assert [light(each.assessment) for each in outlines] == [light(each) for each in assessments_for(kb, actor=reader)]
    stale = listing.tasks(kb, actor=reader).stale
    assert sorted(map(repr, stale)) == sorted(
        repr(score) for each in whole for score in each.stale if score.reviewer == reader.name
    )


BEGUN = (("fay", "opens"), ("fay", "invites ann"), ("fay", "invites bo"), ("ann", "accepts"), ("fay", "begins"))
REVIEWED = (*BEGUN, ("ann", "submits with what is open"), ("bo", "submits with what is hidden"), ("bo", "opens the reply"))


@given(
    before=st.sampled_from([BEGUN[:1], BEGUN, REVIEWED]),
    happening=st.lists(st.tuples(acts, st.sampled_from(READERS)), max_size=10),
)
@settings(deadline=None, max_examples=150)
def test_the_list_tells_every_reader_what_the_whole_assessments_tell(
    tmp_path_factory: pytest.TempPathFactory,
    before: tuple[tuple[str, str], ...],
    happening: list[tuple[tuple[str, str, int] | str, Member]],
) -> None:
    """Whatever happens to assessments and documents, in whichever order, and whoever looks in between."""
    kb = a_world(tmp_path_factory.mktemp("listed"))
    may_happen = what_may_happen(kb)
    others = [name for name in may_happen if name not in ("opens", "opens another")]
    assert len(others) == 19
    for member, name in before:
        adds(kb, "bees-1", member, may_happen[name])
    adds(kb, "trees-1", "fay", may_happen["opens another"])
    for act, reader in happening:
        if isinstance(act, str):
            CHANGES[act](kb)
        else:
            assessment, member, number = act
            adds(kb, assessment, member, may_happen[others[number]])
        looks(kb, reader)

    for reader in READERS:
        looks(kb, reader)


def test_what_the_list_tells_changes_with_what_happens_and_not_before(tmp_path: Path) -> None:
    """By hand: who reviewed sees stale scores once all is in; who still owes a review sees none, though all are kept for others."""
    kb = a_world(tmp_path)
    may_happen = what_may_happen(kb)
    for member, name in (*BEGUN, ("ann", "submits with what is open")):
        adds(kb, "bees-1", member, may_happen[name])
    sam, fay, _, ann, bo, _ = READERS
    lies(kb, OPEN, "nine hives stand there")

    assert {each.name: _stale(kb, each) for each in (sam, fay, bo)} == {"sam": [], "fay": [], "bo": []}
    assert _stale(kb, ann) == [("ann", "effectiveness"), ("ann", "reach")]
    assert _lacking(kb, ann) == [("ann", "evidence")]
    assert _lacking(kb, bo) == _lacking(kb, fay) == []

    for name in ("submits with what is hidden", "opens the reply"):
        adds(kb, "bees-1", "bo", may_happen[name])

    assert _stale(kb, fay) == _stale(kb, ann) == [("ann", "effectiveness"), ("ann", "reach"), ("bo", "equity")]
    assert _stale(kb, sam) == []

    lies(kb, OPEN)
    lies(kb, HIDDEN, "nothing")

    assert _stale(kb, fay) == [("bo", "effectiveness"), ("bo", "evidence")]
    assert _stale(kb, ann) == []  # she may not see the hidden document: not even that it was changed


def _stale(kb: KnowledgeBase, reader: Member) -> list[tuple[str, str]]:
    (line,) = listing.assessments(kb, actor=reader)
    return sorted({(each.reviewer, each.criterion) for each in line.stale})


def _lacking(kb: KnowledgeBase, reader: Member) -> list[tuple[str, str]]:
    (line,) = listing.assessments(kb, actor=reader)
    return list(line.unsupported)


def test_a_demonstration_that_is_loaded_again_is_read_again(tmp_path: Path) -> None:
    """Though nobody looked while it was gone, and it is as long as before."""
    kb = a_world(tmp_path)
    _the_demonstration_comes(kb)
    looks(kb, READERS[0])
    _the_demonstration_goes(kb)
    _the_demonstration_comes(kb)

    looks(kb, READERS[0])


def test_an_outline_holds_no_word_and_names_no_document(tmp_path: Path) -> None:
    kb = a_world(tmp_path)
    may_happen = what_may_happen(kb)
    done = ("submits with what is hidden", "opens the reply", "replies", "settles", "says it stands", "concludes")
    for member, name in (*BEGUN, *(("ann", each) for each in done)):
        adds(kb, "bees-1", member, may_happen[name])
    told = repr([outlines_for(kb, actor=reader) for reader in READERS])

    assert [word for word in (*TEXTS, *TEXTS.values(), "as it stands", "'so'", "'her'") if word in told] == []


class _Noting(FakeAssessments):
    """Notes which assessments are read event by event."""

    def __init__(self, tables: Tables, read: list[str]) -> None:
        super().__init__(tables)
        self.noted = read

    def of(self, assessment: str) -> list[StoredEvent]:
        self.noted.append(assessment)
        return super().of(assessment)


class _Unit(FakeUnitOfWork):
    noted: list[str]

    def __enter__(self) -> _Unit:
        super().__enter__()
        self.assessments = _Noting(self.kept.tables, self.noted)
        return self


class _Records(FakeRecords):
    def __init__(self, kept: FakeRecords) -> None:
        super().__init__()
        self.tables = kept.tables
        self.noted: list[str] = []

    def __call__(self) -> _Unit:
        unit = _Unit(self)
        unit.noted = self.noted
        return unit


def test_only_assessments_to_which_something_happened_are_read_again(tmp_path: Path) -> None:
    kb = a_world(tmp_path)
    may_happen = what_may_happen(kb)
    for name in ("bees-1", "bees-2"):
        for member, what in (*BEGUN, ("ann", "submits with what is open")):
            adds(kb, name, member, may_happen[what])
    adds(kb, "trees-1", "fay", may_happen["opens another"])
    records = _Records(kb.records)  # type: ignore[arg-type]
    watched = replace(kb, records=records)

    def read(reader: Member, practice: str = "") -> list[str]:
        records.noted.clear()
        listing.assessments(watched, actor=reader, practice=practice)
        return sorted(records.noted)

    assert read(READERS[0], "trees") == ["trees-1"]  # and nothing of what is about another practice
    assert read(READERS[0]) == ["bees-1", "bees-2"]
    assert [read(reader) for reader in READERS] == [[]] * len(READERS)
    adds(watched, "bees-2", "bo", may_happen["submits without"])
    assert read(READERS[1]) == ["bees-2"]
    lies(watched, OTHER, "others")
    assert read(READERS[3], "bees") == ["bees-1", "bees-2"]  # ann's own scores are stale: to say why, they are read whole
    assert read(READERS[3]) == []
    assert read(READERS[0]) == []  # who may not see the reviews
    adds(watched, "bees-1", "ann", may_happen["takes it back"])
    assert read(READERS[3]) == ["bees-1"] * 2  # for the line, and for what is stale
    lies(watched, OPEN, "nine hives stand there")
    assert read(READERS[3]) == ["bees-1", "bees-2"]  # documents are not as they were
