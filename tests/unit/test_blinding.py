"""Who sees what of an assessment, over random histories and all kinds of readers.

The strongest claim is non-interference: two histories that differ only in what a reader may not know look the same to the reader,
to the last number and time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.peers.assessment import events as happened
from kb.peers.assessment.blinding import Reader, visible
from kb.peers.assessment.events import Body, Event, Reconfirmed, Settled, Standing, Submitted, spelled
from kb.peers.assessment.final import conclusion
from kb.peers.assessment.folding import fold
from kb.peers.assessment.moves import refused
from kb.peers.assessment.organisations import same_organisation
from kb.peers.assessment.review import GateVerdict, Rating, Review
from kb.peers.assessment.state import SeatState, Stage
from tests.panels import DUE, FACILITATOR, OWNER, RESPONDENT, RUBRIC, STRANGER, TODAY, events, invited, opened, review

PANEL = ("ann", "bob", "cai")
ANN = Reader("ann", organisation="House of ann")
ANN_TOO = Reader("ann", is_facilitator=True, organisation=OWNER)  # whatever else she is: her own seat blinds her
READERS = (ANN, ANN_TOO, FACILITATOR, RESPONDENT, STRANGER, Reader("fay"), Reader("", organisation=""))

NAMES = st.sampled_from(PANEL)
SCORE = st.none() | st.sampled_from(RUBRIC.levels())
OUTCOME = conclusion(fold("a", []), RUBRIC)


def secret_of(name: str) -> str:
    return f"SECRET-{name}"


@st.composite
def submissions(draw: st.DrawFn, names: st.SearchStrategy[str] = NAMES) -> tuple[str, Body]:
    name = draw(names)
    scores = draw(st.lists(SCORE, min_size=5, max_size=5))
    gates = draw(st.tuples(*[st.sampled_from(GateVerdict)] * 2))
    return name, Submitted(review=review(*scores, gates=gates, secret=secret_of(name)))


@st.composite
def of_others(draw: st.DrawFn, names: st.SearchStrategy[str]) -> tuple[str, Body]:
    """Something that a reviewer who has not submitted may not know of."""
    name = draw(names)
    settled = Settled(item="reach", rating=Rating.SCORED, score=draw(st.sampled_from(RUBRIC.levels())), reason=secret_of(name))
    why = f"SECRET reason of {name}"  # of a seat, for facilitators; no word of a review
    standing = Reconfirmed(criterion="reach", verdict=draw(st.sampled_from(Standing)), reason=secret_of(name))
    return draw(
        st.one_of(
            submissions(names),
            st.sampled_from(
                [
                    ("fay", invited(name)),
                    ("fay", invited(name, is_third=True)),
                    (name, happened.Accepted()),
                    (name, happened.Declined(why=why)),
                    ("fay", happened.Excused(reviewer=name, why=why)),
                    (name, happened.ReplyOpened(due=DUE)),
                    ("olu", happened.Replied(general="no word of it is true")),
                    ("fay", happened.ReplyClosed(why="in")),
                    (name, settled),
                    ("fay", settled),
                    (name, standing),
                    ("fay", happened.Concluded(outcome=OUTCOME)),
                ]
            ),
        )
    )


FOR_ALL = st.sampled_from(
    [
        ("fay", happened.Begun()),
        ("fay", happened.DueChanged(due="2027-02-01", why="holidays")),
        ("fay", happened.Cancelled(why="x")),
    ]
)
ANYTHING = st.lists(of_others(NAMES) | FOR_ALL, max_size=14)
OF_BOB_AND_CAI = of_others(st.sampled_from(("bob", "cai")))


def history(told: Sequence[tuple[str, Body]], **others: object) -> list[Event]:
    return events(("fay", opened(**others)), *told)


def text(seen: Sequence[Event]) -> str:
    """All that is in events and in what is folded from them."""
    return "\n".join([*(f"{event} {spelled(event.body)}" for event in seen), repr(fold("a", seen))])


def spliced(kept: Sequence[Event], places: Sequence[int], added: Sequence[tuple[str, Body]]) -> list[Event]:
    """``kept`` with other events in between, each at a time of its own, numbered anew as they would be kept."""
    mixed = list(kept)
    for number, (place, (member, body)) in enumerate(zip(places, added, strict=False)):
        mixed.insert(1 + place % len(mixed), Event(0, member, f"2026-12-01T00:00:{number:02}+00:00", body))
    return [replace(event, seq=number) for number, event in enumerate(mixed, start=1)]


PLACES = st.lists(st.integers(0, 30), max_size=8)


@st.composite
def two_histories(draw: st.DrawFn) -> tuple[list[Event], list[Event]]:
    """Ann awaits her review; both differ in what others did: what reviews say, whether they are there, and all that follows."""
    own: list[tuple[str, Body]] = [("fay", invited("ann", is_third=draw(st.booleans()))), ("ann", happened.Accepted())]
    known = history([*own[: draw(st.integers(1, 2))], *draw(st.lists(FOR_ALL, max_size=3))])
    one, other = (spliced(known, draw(PLACES), draw(st.lists(OF_BOB_AND_CAI, max_size=8))) for _ in range(2))
    return one, other


@given(two_histories(), st.sampled_from([ANN, ANN_TOO]))
def test_who_has_not_submitted_sees_the_same_whatever_others_did(both: tuple[list[Event], list[Event]], ann: Reader) -> None:
    one, other = both

    assert visible(one, ann) == visible(other, ann)
    assert text(visible(one, ann)) == text(visible(other, ann))


@given(two_histories())
def test_whether_ann_is_asked_as_a_third_does_not_show(both: tuple[list[Event], list[Event]]) -> None:
    asked = [event for event in visible(both[0], ANN) if isinstance(event.body, happened.Invited)]

    assert [event.body.reviewer for event in asked if isinstance(event.body, happened.Invited)] == ["ann"]
    assert fold("a", asked).seats[0].is_third is False


def without(told: Sequence[tuple[str, Body]], *kinds: type[Body]) -> list[tuple[str, Body]]:
    return [(member, body) for member, body in told if not isinstance(body, kinds)]


@given(ANYTHING, ANYTHING, PLACES)
def test_the_owner_sees_the_same_whatever_was_done_before_the_reply(
    told: list[tuple[str, Body]], added: list[tuple[str, Body]], places: list[int]
) -> None:
    hidden = (happened.DueChanged, happened.Cancelled, happened.Begun)
    one = history(without(told, happened.ReplyOpened))
    other = spliced(one, places, without(added, happened.ReplyOpened, *hidden))

    assert visible(one, RESPONDENT) == visible(other, RESPONDENT)


@given(ANYTHING, ANYTHING, PLACES)
def test_a_stranger_sees_the_same_whatever_was_done_before_the_conclusion(
    told: list[tuple[str, Body]], added: list[tuple[str, Body]], places: list[int]
) -> None:
    one = history(without(told, happened.Concluded))
    other = spliced(one, places, without(added, happened.Concluded, happened.Begun, happened.Cancelled))

    assert visible(one, STRANGER) == visible(other, STRANGER)


@given(ANYTHING, st.lists(submissions(), min_size=14, max_size=14), PLACES, st.lists(OF_BOB_AND_CAI, max_size=8))
def test_a_facilitator_sees_who_is_ready_and_never_with_what_before_the_reply(
    told: list[tuple[str, Body]], others: list[tuple[str, Body]], places: list[int], added: list[tuple[str, Body]]
) -> None:
    plain = without(told, happened.ReplyOpened)
    changed = [
        (member, other if isinstance(body, Submitted) else body) for (member, body), (_, other) in zip(plain, others, strict=False)
    ]
    said = [each for each in added if isinstance(each[1], (Settled, Reconfirmed))]

    assert visible(history(plain), FACILITATOR) == visible(spliced(history(changed), places, said), FACILITATOR)
    assert [body for _, body in plain if isinstance(body, Submitted)] == [] or any(
        event.body == Submitted(review=None) for event in visible(history(plain), FACILITATOR)
    )


def may_see(told: Sequence[tuple[str, Body]], name: str, reader: Reader) -> bool:
    """The rule of the design in plain words, as a second opinion: may ``reader`` see what ``name`` says?"""
    bodies = [body for _, body in told]
    own = [
        body.kind
        for member, body in told
        if (isinstance(body, (happened.Invited, happened.Excused)) and body.reviewer == reader.name)
        or (isinstance(body, (Submitted, happened.Declined)) and member == reader.name)
    ]
    if own and own[-1] == "invited":
        return False
    if any(member == reader.name and isinstance(body, Submitted) for member, body in told):
        return True
    has_reply_opened = any(isinstance(body, happened.ReplyOpened) for body in bodies)
    is_concluded = any(isinstance(body, happened.Concluded) for body in bodies)
    is_owner = same_organisation(reader.organisation, OWNER)
    return has_reply_opened if reader.is_facilitator or is_owner else is_concluded


@given(ANYTHING, st.sampled_from(READERS))
def test_nothing_that_is_folded_holds_a_word_of_a_review_that_its_reader_may_not_see(
    told: list[tuple[str, Body]], reader: Reader
) -> None:
    seen = text(visible(history(told), reader))
    authors = {member for member, body in told if isinstance(body, Submitted)}

    for name in authors - {reader.name}:
        assert (secret_of(name) in seen) <= may_see(told, name, reader)
        if may_see(told, name, reader):
            assert fold("a", visible(history(told), reader)).reviews


@given(ANYTHING, st.sampled_from([RESPONDENT, STRANGER]))
def test_the_owner_and_strangers_never_read_a_name_an_organisation_or_a_country_of_a_reviewer(
    told: list[tuple[str, Body]], reader: Reader
) -> None:
    plain = [(member, body) for member, body in told if "SECRET" not in str(body)]
    bland = [
        (member, Submitted(review=review(3, 3, 3, 3, 3))) if isinstance(body, Submitted) else (member, body)
        for member, body in told
        if isinstance(body, Submitted) or (member, body) in plain
    ]
    shown = [(event.member, spelled(event.body)) for event in visible(history(bland, countries=()), reader)]
    folded = fold("a", visible(history(bland, countries=()), reader))

    assert not any(name in str(shown) or f"'{name}'" in repr(folded) for name in PANEL)
    assert "House of" not in str(shown)
    assert "PT" not in str(shown)


@given(ANYTHING, st.sampled_from(READERS))
def test_what_is_visible_is_numbered_without_gaps_and_seen_again_is_the_same(told: list[tuple[str, Body]], reader: Reader) -> None:
    seen = visible(history(told), reader)

    assert [event.seq for event in seen] == list(range(1, len(seen) + 1))
    assert {event.at_utc for event in seen} <= {event.at_utc for event in history(told)}
    assert seen[0].body == opened()


WHOLE = review(3, 3, 3, 3, 3)
TRIED: list[Body] = [
    happened.Accepted(),
    happened.Declined(why="x"),
    Submitted(review=WHOLE),
    Submitted(review=Review()),
    happened.Excused(reviewer="bob", why="x"),
    happened.Replied(general="x", on_behalf_of="y"),
    happened.ReplyClosed(why="x"),
    Settled(item="reach", rating=Rating.SCORED, score=2, reason="x"),
    Settled(item="beauty", reason=""),
    happened.Concluded(outcome=OUTCOME),
    Reconfirmed(criterion="reach", verdict=Standing.STANDS, reason="x"),
    happened.ReplyOpened(due=DUE),
    invited("dan"),
    invited("bob"),
    happened.DueChanged(due="2027-03-01"),
    happened.Begun(),
    happened.Cancelled(why="x"),
    opened(),
]


@st.composite
def panels(draw: st.DrawFn) -> list[Event]:
    """Ann’s review is awaited, at the begin or as a third; Bob and Cai are anywhere, and so is the assessment."""
    told: list[tuple[str, Body]] = [("fay", opened()), ("fay", invited("bob")), ("fay", invited("cai"))]
    if draw(st.booleans()):
        told += [("fay", invited("ann")), ("fay", happened.Begun())]
        for name in ("bob", "cai"):
            left = [(name, happened.Declined(why="x"))], [("fay", happened.Excused(reviewer=name, why="x"))]
            told += draw(
                st.sampled_from(([], [(name, happened.Accepted())], *left)) | submissions(st.just(name)).map(lambda one: [one])
            )
        return events(*told)
    told += [("fay", happened.Begun()), *(draw(submissions(st.just(name))) for name in ("bob", "cai"))]
    told += [("cai", happened.ReplyOpened(due=DUE)), *([("olu", happened.ReplyClosed())] if draw(st.booleans()) else [])]
    return events(*told, ("fay", invited("ann", is_third=True)))


@given(panels(), panels(), st.sampled_from([ANN, ANN_TOO]), st.sampled_from(TRIED))
def test_a_refusal_tells_no_more_than_a_page(one: list[Event], other: list[Event], ann: Reader, tried: Body) -> None:
    assert refused(fold("a", one), tried, ann, RUBRIC, today=TODAY) == refused(fold("a", other), tried, ann, RUBRIC, today=TODAY)


@given(panels(), panels(), st.sampled_from(TRIED))
def test_a_stranger_is_refused_in_the_same_words_however_far_it_is(one: list[Event], other: list[Event], tried: Body) -> None:
    told = refused(fold("a", one), tried, STRANGER, RUBRIC, today=TODAY)

    assert told
    assert told == refused(fold("a", other), tried, STRANGER, RUBRIC, today=TODAY)


STORY: list[tuple[str, Body]] = [
    ("fay", opened()),
    ("fay", invited("bob")),
    ("fay", invited("dan")),
    ("fay", invited("ann")),
    ("dan", happened.Declined(why="no time for Cesena")),
    ("ann", happened.Accepted()),
    ("fay", happened.Begun()),
    ("ann", Submitted(review=review(5, 3, 3, 3, 3, secret=secret_of("ann")))),
    ("bob", Submitted(review=review(1, 3, 3, 3, 3, secret=secret_of("bob")))),
    ("bob", happened.ReplyOpened(due=DUE)),
    ("olu", happened.Replied(general="thank you")),
    ("fay", happened.ReplyClosed()),
    ("fay", invited("cai", is_third=True)),
    ("cai", Submitted(review=review(2, 3, 3, 3, 3, secret=secret_of("cai")))),
    ("bob", Settled(item="effectiveness", rating=Rating.SCORED, score=2, reason="x")),
    ("fay", happened.Concluded(outcome=OUTCOME)),
]


def kinds(n_events: int, reader: Reader) -> list[str]:
    return [event.body.kind for event in visible(events(*STORY[:n_events]), reader)]


def test_a_story_as_a_reviewer_sees_it() -> None:
    assert kinds(7, ANN) == ["opened", "invited", "accepted", "begun"]
    assert kinds(8, ANN) == [body.kind for _, body in STORY[:8]]
    assert kinds(13, Reader("cai")) == ["opened", "begun", "invited"]
    assert fold("a", visible(events(*STORY[:13]), Reader("cai"))).stage is Stage.REVIEWING
    assert kinds(14, Reader("cai")) == [body.kind for _, body in STORY[:14]]


def test_a_story_as_a_facilitator_sees_it() -> None:
    ready = fold("a", visible(events(*STORY[:8]), FACILITATOR))

    assert ready.reviews == {}
    assert [(seat.member, seat.state) for seat in ready.seats] == [
        ("bob", SeatState.INVITED),
        ("dan", SeatState.DECLINED),
        ("ann", SeatState.SUBMITTED),
    ]
    assert set(fold("a", visible(events(*STORY[:10]), FACILITATOR)).reviews) == {"ann", "bob"}


def test_a_story_as_the_owner_sees_it() -> None:
    """Ann submitted first: she is Reviewer 1 for ever; who declined is not mentioned."""
    assert kinds(9, RESPONDENT) == ["opened", "begun"]

    owner = fold("a", visible(events(*STORY[:13]), RESPONDENT))

    assert [(name, each.review.comment) for name, each in owner.reviews.items()] == [
        ("Reviewer 1", "SECRET-ann"),
        ("Reviewer 2", "SECRET-bob"),
    ]
    assert {(seat.member, seat.organisation, seat.country) for seat in owner.seats} == {
        ("Reviewer 1", "", ""),
        ("Reviewer 2", "", ""),
    }
    assert "Cesena" not in text(visible(events(*STORY[:13]), RESPONDENT)).replace(OWNER, "")

    owner = fold("a", visible(events(*STORY), RESPONDENT))

    assert list(owner.reviews) == ["Reviewer 1", "Reviewer 2", "Reviewer 3"]
    assert owner.settled["effectiveness"].member == "Reviewer 2"


def test_a_story_as_others_see_it() -> None:
    assert kinds(15, STRANGER) == ["opened", "begun"]
    assert kinds(15, Reader("dan")) == ["opened", "invited", "declined", "begun"]
    assert visible(events(*STORY), STRANGER) == visible(events(*STORY), RESPONDENT)


def test_who_is_named_answers_for_the_owner_alone() -> None:
    named = events(("fay", opened(respondent="rae")), *STORY[1:10])
    colleague = Reader("olu", organisation=OWNER)

    assert list(fold("a", visible(named, Reader("rae"))).reviews) == ["Reviewer 1", "Reviewer 2"]
    assert fold("a", visible(named, colleague)).reviews == {}


def test_nobody_answers_for_an_unknown_owner() -> None:
    told = events(("fay", opened(owner="")), *STORY[1:10])

    assert fold("a", visible(told, Reader("xim", organisation=""))).reviews == {}


def test_what_was_cancelled_before_all_reviews_were_there_is_not_opened_by_it() -> None:
    told = events(*STORY[:8], ("fay", happened.Cancelled(why="x")))

    assert fold("a", visible(told, FACILITATOR)).reviews == {}
    assert fold("a", visible(told, ANN)).reviews
    assert [event.body.kind for event in visible(told, Reader("bob"))] == ["opened", "invited", "begun", "cancelled"]


def test_there_is_nothing_to_see_of_what_was_never_opened() -> None:
    assert [visible([], reader) for reader in READERS] == [[]] * len(READERS)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Comune di Cesena", "COMUNE  DI-CESENA.", True),
        ("S.E.W.A.", "SEWA", True),
        ("Ελληνικός Οργανισμός", "ΕΛΛΗΝΙΚΌΣ ΟΡΓΑΝΙΣΜΌΣ", True),
        ("Cesena", "Comune di Cesena", False),
        ("", "", False),
        ("—", "…", False),
    ],
)
def test_organisations_are_compared_without_case_spaces_and_punctuation(one: str, other: str, is_same: bool) -> None:
    assert same_organisation(one, other) is is_same
    assert same_organisation(other, one) is is_same
