"""What the history, given tags, decisions on suggested ones, and drafts promise on every database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.retrieval.passage import PassageId
from kb.services.records import (
    AlreadyGivenError,
    Change,
    Decision,
    Draft,
    GivenTag,
    UnitOfWork,
    Verdict,
    standing,
)

Records = Callable[[], UnitOfWork]

AT = "2026-11-22T10:00:00+00:00"
MADE = Change(
    "ela", AT, "practice", "bee-path", "created", "", "title: Bienen 🐝 ’); DROP TABLE changes\n", "Zum ersten Mal – 第一次"
)
GIVEN = GivenTag("bee-path", "theme:environment", "ela", AT, "wild bees", PassageId("1" * 16), "case-studies/ä.md", "Bienen 🐝")
WITHDRAWN = {"withdrawn_at_utc": "2026-11-23T10:00:00+00:00", "withdrawn_by": "fay", "withdrawn_why": "said twice"}
REJECTED = Decision("bee-path", "sdg:15", Verdict.REJECTED, "ela", AT, "of towns", PassageId("2" * 16), "a.md", "in the town")
DRAFT = Draft("ela", "practice", "bee-path", '{"title": "Bienen 🐝"}', "0" * 64, AT)


def test_everything_comes_back_as_it_was_given_with_an_id(records: Records) -> None:
    with records() as unit:
        made, tagged, decided = unit.history.add(MADE), unit.tags.add(GIVEN), unit.suggestions.add(REJECTED)
        drafted = unit.drafts.put(DRAFT)

    assert (made, tagged, decided) == (replace(MADE, id=made.id), replace(GIVEN, id=tagged.id), replace(REJECTED, id=decided.id))
    assert min(made.id, tagged.id, decided.id) > 0
    with records() as unit:
        assert unit.history.of_subject("practice", "bee-path") == [made]
        assert unit.tags.everyone() == unit.tags.of_practice("bee-path") == [tagged]
        assert unit.tags.one(tagged.id) == tagged
        assert unit.suggestions.everyone() == unit.suggestions.of_practice("bee-path") == [decided]
        assert unit.suggestions.everyone()[0].verdict is Verdict.REJECTED
        assert unit.drafts.get("ela", "practice", "bee-path") == drafted == replace(DRAFT, version=1)


def test_a_unit_that_fails_leaves_nothing_of_them(records: Records) -> None:
    with pytest.raises(ZeroDivisionError), records() as unit:  # noqa: PT012  # what came before the error is the claim
        unit.history.add(MADE)
        unit.tags.add(GIVEN)
        unit.suggestions.add(REJECTED)
        unit.drafts.put(DRAFT)
        _ = 1 / 0

    with records() as unit:
        assert unit.history.newest(9) == unit.tags.everyone() == unit.suggestions.everyone() == unit.drafts.of_member("ela") == []


# history -----------------------------------------------------------------------------------------------------------------


def test_the_history_of_a_thing_is_told_from_its_beginning_and_nobody_elses(records: Records) -> None:
    with records() as unit:
        first = unit.history.add(MADE)
        unit.history.add(replace(MADE, subject="bee-path-2"))
        unit.history.add(replace(MADE, kind="concept"))
        second = unit.history.add(replace(MADE, member="bo", action="changed", before=MADE.after, after="title: Bees\n"))

        assert unit.history.of_subject("practice", "bee-path") == [first, second]
        assert unit.history.last("practice", "bee-path") == second
        assert unit.history.last("practice", "nothing") is None
        assert unit.history.of_subject("practice", "nothing") == []
        assert unit.history.count() == 4


def test_the_newest_changes_come_first_a_page_at_a_time(records: Records) -> None:
    with records() as unit:
        changes = [unit.history.add(replace(MADE, kind=kind)) for kind in ("practice", "tag", "practice", "concept", "practice")]
        a, b, c, d, e = changes

        assert unit.history.newest(2) == [e, d]
        assert unit.history.newest(2, before_id=d.id) == [c, b]
        assert unit.history.newest(9, kinds=("tag", "concept")) == [d, b]
        assert unit.history.newest(1, kinds=("practice",), before_id=e.id) == [c]
        assert unit.history.newest(0) == unit.history.newest(9, before_id=a.id) == unit.history.newest(9, kinds=("none",)) == []


# given tags --------------------------------------------------------------------------------------------------------------


def test_a_member_gives_a_practice_a_tag_once_until_it_is_withdrawn(records: Records) -> None:
    with records() as unit:
        first = unit.tags.add(GIVEN)
        others = [unit.tags.add(replace(GIVEN, **{field: "x"})) for field in ("practice", "tag", "member")]
        with pytest.raises(AlreadyGivenError):
            unit.tags.add(replace(GIVEN, why="another reason"))
        withdrawn = unit.tags.change(replace(first, **WITHDRAWN))
        assert withdrawn is not None
        again = unit.tags.add(GIVEN)
        with pytest.raises(AlreadyGivenError):  # two live ones are refused by either way
            unit.tags.change(replace(withdrawn, withdrawn_at_utc=""))

    assert (first.is_live, withdrawn.is_live, again.is_live) == (True, False, True)
    with records() as unit:
        assert unit.tags.everyone() == [withdrawn, *others, again]


def test_a_tag_is_withdrawn_at_the_version_that_was_read_and_stays_to_be_seen(records: Records) -> None:
    with records() as unit:
        read = unit.tags.add(GIVEN)
        withdrawn = unit.tags.change(replace(read, **WITHDRAWN))

        assert withdrawn == replace(read, **WITHDRAWN, version=2)
        assert unit.tags.change(replace(read, withdrawn_at_utc=AT)) is None
        assert unit.tags.change(replace(withdrawn, id=withdrawn.id + 999)) is None
        assert unit.tags.of_practice("bee-path") == [withdrawn]
        assert unit.tags.one(read.id) == withdrawn
        assert unit.tags.one(read.id + 999) is None


# decisions ---------------------------------------------------------------------------------------------------------------


def test_a_later_decision_stands_for_an_earlier_one_of_anybody(records: Records) -> None:
    with records() as unit:
        rejected = unit.suggestions.add(REJECTED)
        other = unit.suggestions.add(replace(REJECTED, practice="seed-bank"))
        confirmed = unit.suggestions.add(replace(REJECTED, verdict=Verdict.CONFIRMED, member="bo"))

        assert unit.suggestions.everyone() == [rejected, other, confirmed]
        assert unit.suggestions.of_practice("bee-path") == [rejected, confirmed]
        assert standing(unit.suggestions.everyone()) == {("bee-path", "sdg:15"): confirmed, ("seed-bank", "sdg:15"): other}


# drafts ------------------------------------------------------------------------------------------------------------------


def test_a_draft_is_kept_over_the_one_that_was_read_and_no_other(records: Records) -> None:
    with records() as unit:
        first = unit.drafts.put(DRAFT)
        assert first == replace(DRAFT, version=1)
        assert unit.drafts.put(DRAFT) is None  # a second window that has seen none
        second = unit.drafts.put(replace(first, text="{}", base_version="1", at_utc="2026-11-22T10:00:05+00:00"))
        assert second == replace(first, text="{}", base_version="1", at_utc="2026-11-22T10:00:05+00:00", version=2)
        assert unit.drafts.put(first) is None  # a window that has seen the first
        assert unit.drafts.get("ela", "practice", "bee-path") == second
        assert unit.drafts.remove("ela", "practice", "bee-path") is True
        assert unit.drafts.put(second) is None  # another window has saved it meanwhile
        assert unit.drafts.get("ela", "practice", "bee-path") is None


def test_a_draft_is_its_members_only(records: Records) -> None:
    with records() as unit:
        mine = unit.drafts.put(DRAFT)
        theirs = unit.drafts.put(replace(DRAFT, member="bo"))
        new = unit.drafts.put(replace(DRAFT, subject="a-new-one", base_version=""))
        concept = unit.drafts.put(replace(DRAFT, kind="concept"))

        assert unit.drafts.of_member("ela") == [concept, new, mine]
        assert unit.drafts.of_member("cy") == []
        assert unit.drafts.get("cy", "practice", "bee-path") is None
        assert unit.drafts.remove("cy", "practice", "bee-path") is False
        assert unit.drafts.remove("ela", "practice", "bee-path") is True
        assert unit.drafts.remove("ela", "practice", "bee-path") is False
        assert unit.drafts.of_member("bo") == [theirs]


# the three are one -------------------------------------------------------------------------------------------------------


def test_what_is_refused_within_a_unit_leaves_the_rest_of_it(records: Records) -> None:
    """PostgreSQL by itself would refuse everything after an error, SQLite nothing."""
    with records() as unit:
        unit.tags.add(GIVEN)
        with pytest.raises(AlreadyGivenError):
            unit.tags.add(GIVEN)
        assert unit.drafts.put(DRAFT) is not None
        assert unit.drafts.put(DRAFT) is None
        unit.history.add(MADE)

    with records() as unit:
        assert (len(unit.tags.everyone()), len(unit.drafts.of_member("ela")), unit.history.count()) == (1, 1, 1)


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_any_words_come_back_as_they_were_written(request: pytest.FixtureRequest, kind: str) -> None:
    records: Records = request.getfixturevalue(kind)

    @settings(max_examples=60, deadline=None)
    @given(TEXTS, TEXTS, TEXTS)
    def roundtrip(before: str, after: str, why: str) -> None:
        with records() as unit:
            kept = unit.history.add(replace(MADE, before=before, after=after, why=why))
        with records() as unit:
            assert unit.history.newest(1) == [kept] == [replace(MADE, before=before, after=after, why=why, id=kept.id)]

    roundtrip()
