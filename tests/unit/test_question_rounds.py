"""Question rounds: from the first draft of the questions to what the partners conclude."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import FakeRecords
from hypothesis import strategies as st

from kb.errors import Conflict, InvalidEntry, KBError, NotFound, PermissionDenied
from kb.peers.assessment.blinding import Reader
from kb.peers.learning.round import ROUND, RoundState
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import answering, exchanging, round_evidence, rounds
from kb.services.permission import Member
from tests.assessed import LEDGER, a_base
from tests.learned import LifecycleMachine, Tried, play
from tests.rounds import BEES, DUE, PRACTICE, answered, drafted, passage_of, sent, who


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    return a_base(tmp_path, FakeRecords())


def test_a_round_is_drafted_revised_sent_answered_closed_and_concluded(kb: KnowledgeBase) -> None:
    fay = who(kb, "fay")
    told = drafted(kb)
    changes = {"intro": "We ask kindly.", "questions": [*_asked(kb, told), "Since when?"]}
    revised = rounds.revise(kb, told, changes, base=1, actor=fay)
    rounds.send(kb, told, actor=fay)
    case = answered(kb, told, "ann", q1="A law of 1999.", q3="Since 1999.")
    rounds.close(kb, told, actor=fay)
    done = rounds.conclude(kb, told, {"q1": "A law helps.", "q2": " "}, overall="Go on.", actor=fay)

    assert [each.key for each in revised.drafted.questions] == ["q1", "q2", "q3"]
    assert (revised.drafted.intro, revised.drafted.axis, revised.drafted.title) == ("We ask kindly.", "Laws", "Laws of bees")
    assert done.state is RoundState.CONCLUDED
    assert done.answers[0].answers == {"q1": "A law of 1999.", "q3": "Since 1999."}
    assert (done.answers[0].seq, done.answers[0].by.organisation, done.answers[0].by.country) == (case, "House of Ann", "PT")
    assert done.concluded is not None
    assert (done.concluded.conclusions, done.concluded.overall) == ({"q1": "A law helps."}, "Go on.")


def test_keys_of_questions_stay_when_their_words_order_or_number_change(kb: KnowledgeBase) -> None:
    told = drafted(kb)
    first, second = _asked(kb, told)
    changes = {"questions": ["New first?", second, {**first, "text": "Which laws?"}]}
    anew = rounds.revise(kb, told, changes, base=1, actor=who(kb, "fay"))

    assert [(each.key, each.text) for each in anew.drafted.questions] == [
        ("q3", "New first?"), ("q2", "Who pays?"), ("q1", "Which laws?"),
    ]  # fmt: skip


def test_every_fault_of_a_draft_is_told_at_once(kb: KnowledgeBase) -> None:
    with pytest.raises(InvalidEntry) as refused:
        rounds.draft(kb, " ", questions=[" "], due="tomorrow", session="nonsense", language="klingon", actor=who(kb, "fay"))

    for named in ("title", "questions", "due", "session", "language"):
        assert f"{named}:" in str(refused.value) or f"{named} " in str(refused.value)


def test_only_facilitators_know_of_a_round_before_it_is_sent(kb: KnowledgeBase) -> None:
    told = drafted(kb)
    ann = who(kb, "ann")

    assert rounds.rounds(kb, actor=ann) == []
    for unseen in (
        lambda: rounds.round_(kb, told, actor=ann),
        lambda: answering.desk(kb, told, actor=ann),
        lambda: answering.keep(kb, told, {}, version=0, actor=ann),
        lambda: answering.submit(kb, told, version=0, actor=ann),
        lambda: exchanging.ask(kb, told, 1, "?", actor=ann),
        lambda: round_evidence.for_question(kb, told, "q1", actor=ann),
    ):
        with pytest.raises(NotFound):
            unseen()
    with pytest.raises(PermissionDenied):
        rounds.send(kb, told, actor=ann)
    assert [each.id for each in rounds.rounds(kb, actor=who(kb, "cy"))] == [told]


def test_a_round_cancelled_before_it_was_sent_stays_unknown_to_members(kb: KnowledgeBase) -> None:
    told = drafted(kb)
    rounds.cancel(kb, told, why="nobody has time", actor=who(kb, "fay"))

    assert rounds.rounds(kb, actor=who(kb, "ann")) == []


def test_of_two_who_revise_at_once_the_second_is_told(kb: KnowledgeBase) -> None:
    told = drafted(kb)
    rounds.revise(kb, told, {"title": "One"}, base=1, actor=who(kb, "fay"))

    with pytest.raises(Conflict, match="meanwhile"):
        rounds.revise(kb, told, {"title": "Other"}, base=1, actor=who(kb, "cy"))


def test_a_round_that_would_be_due_in_the_past_is_not_sent(kb: KnowledgeBase) -> None:
    told = rounds.draft(kb, "Old", questions=["?"], due="2020-01-01", actor=who(kb, "fay")).id

    with pytest.raises(InvalidEntry, match="2020-01-01, which is past"):
        rounds.send(kb, told, actor=who(kb, "fay"))
    rounds.revise(kb, told, {"due": DUE}, base=1, actor=who(kb, "fay"))
    assert rounds.send(kb, told, actor=who(kb, "fay")).state is RoundState.SENT


def test_the_day_may_change_after_sending_and_the_questions_may_not(kb: KnowledgeBase) -> None:
    told = sent(kb)
    moved = rounds.reschedule(kb, told, due="2099-12-31", actor=who(kb, "fay"))

    assert moved.drafted.due == "2099-12-31"
    with pytest.raises(Conflict):
        rounds.revise(kb, told, {"questions": ["Other?"]}, base=3, actor=who(kb, "fay"))
    with pytest.raises(InvalidEntry, match="There is no session"):
        rounds.reschedule(kb, told, session="session-9", actor=who(kb, "fay"))


def test_a_draft_of_an_answer_is_for_its_author_alone_and_gone_once_it_is_submitted(kb: KnowledgeBase) -> None:
    told = sent(kb)
    ann, bo = who(kb, "ann"), who(kb, "bo")
    kept = answering.keep(kb, told, {"answers": {"q1": "A secret law."}}, version=0, actor=ann)

    assert kept.draft.answers == {"q1": "A secret law."}
    assert (kept.unanswered, kept.unsupported) == (("q2",), ("q1",))
    assert answering.desk(kb, told, actor=bo).draft.answers == {}
    assert "secret" not in repr(rounds.round_(kb, told, actor=bo))
    with pytest.raises(Conflict, match="elsewhere"):
        answering.keep(kb, told, {"title": "Late"}, version=0, actor=ann)
    answered(kb, told, "ann")
    assert answering.desk(kb, told, actor=ann).version == 0
    assert answering.desk(kb, told, actor=ann).draft.answers == {}


def test_a_case_answered_anew_stands_instead_and_keeps_its_number_questions_and_votes(kb: KnowledgeBase) -> None:
    told = sent(kb)
    ann = who(kb, "ann")
    case = answered(kb, told, "ann")
    other = answered(kb, told, "bo")
    exchanging.ask(kb, told, case, "Which year?", actor=who(kb, "bo"))
    exchanging.vote(kb, told, case, actor=who(kb, "bo"))
    before = answering.desk(kb, told, case=case, actor=ann)
    assert not before.is_changed
    said = {"answers": {"q1": "", "q2": "The city pays."}, "pins": {"q1": ()}}
    desk = answering.keep(kb, told, said, version=0, case=case, actor=ann)
    assert desk.is_changed
    after = answering.submit(kb, told, version=desk.version, case=case, actor=ann)

    assert [each.seq for each in after.answers] == [case, other]
    assert after.answers[0].answers == {"q2": "The city pays."}
    assert after.answers[0].n_earlier == 1
    assert [each.text for each in after.questions_on(case)] == ["Which year?"]
    assert after.votes == {case: frozenset({"bo"})}
    assert len([each for each in after.happened if each.body.kind == "answered"]) == 3
    with pytest.raises(Conflict, match="already"):
        answering.submit(kb, told, version=0, case=case, actor=ann)


def test_nobody_answers_anothers_case_anew(kb: KnowledgeBase) -> None:
    told = sent(kb)
    case = answered(kb, told, "ann")

    for name, number in (("bo", case), ("ann", 99)):
        with pytest.raises(NotFound):
            answering.desk(kb, told, case=number, actor=who(kb, name))


def test_a_member_may_answer_with_several_cases(kb: KnowledgeBase) -> None:
    told = sent(kb)
    cases = [answered(kb, told, "ann"), answered(kb, told, "ann")]

    assert [each.seq for each in rounds.round_(kb, told, actor=who(kb, "sam")).answers] == cases


def test_what_cannot_be_submitted_is_told_whole(kb: KnowledgeBase) -> None:
    told = sent(kb)
    ann = who(kb, "ann")
    with pytest.raises(InvalidEntry) as refused:
        answering.submit(kb, told, version=0, actor=ann)
    for named in ("title", "answers", "language"):
        assert f"{named}:" in str(refused.value)
    with pytest.raises(InvalidEntry) as refused:
        answering.keep(kb, told, {"answers": {"q9": "?"}, "practice": "none"}, version=0, actor=ann)
    assert "q9" in str(refused.value)
    assert "“none”" in str(refused.value)


def test_words_that_stand_in_no_document_are_no_evidence(kb: KnowledgeBase) -> None:
    told = sent(kb)
    ann = who(kb, "ann")
    pin = round_evidence.pin(kb, passage_of(kb, BEES).id, actor=ann)
    for false in (pin.model_copy(update={"quote": "made up"}), pin.model_copy(update={"document": LEDGER})):
        with pytest.raises(InvalidEntry, match="does not stand in its document"):
            answering.keep(kb, told, {"answers": {"q1": "So."}, "pins": {"q1": (false,)}}, version=0, actor=ann)


def test_a_passage_of_a_hidden_document_is_shown_to_those_who_may_see_it_only(kb: KnowledgeBase) -> None:
    told = sent(kb)
    answered(kb, told, "cy", path=LEDGER)
    with pytest.raises(NotFound):
        round_evidence.pin(kb, passage_of(kb, LEDGER).id, actor=who(kb, "ann"))

    assert "secret ledger" in repr(rounds.round_(kb, told, actor=who(kb, "fay")))
    seen = rounds.round_(kb, told, actor=who(kb, "ann"))
    assert seen.answers[0].n_pins == 1
    assert "ledger" not in repr(seen)
    assert "ledger" not in repr(exchanging.vote(kb, told, seen.answers[0].seq, actor=who(kb, "ann")))


def test_others_ask_and_the_author_or_the_authors_organisation_replies(kb: KnowledgeBase) -> None:
    told = sent(kb)
    ann, bo = who(kb, "ann"), who(kb, "bo")
    case = answered(kb, told, "ann")
    colleague = Member("cleo", bo.roles, "House of Ann", "PT")
    asked = exchanging.ask(kb, told, case, "Which year?", actor=bo)
    number = asked.asked[0].seq

    assert asked.unanswered_for(_reader(ann)) == asked.asked
    assert asked.unanswered_for(_reader(colleague)) == asked.asked
    assert asked.unanswered_for(_reader(bo)) == ()
    with pytest.raises(InvalidEntry, match="your own"):
        exchanging.ask(kb, told, case, "And I?", actor=ann)
    with pytest.raises(InvalidEntry, match="they or their organisation reply"):
        exchanging.reply(kb, told, number, "1999.", actor=who(kb, "sam"))
    exchanging.reply(kb, told, number, "1999.", actor=ann)
    after = exchanging.reply(kb, told, number, "In May.", actor=colleague)
    assert [each.text for each in after.asked[0].replies] == ["1999.", "In May."]
    assert after.unanswered_for(_reader(ann)) == ()


def test_interest_is_shown_once_and_may_be_taken_back(kb: KnowledgeBase) -> None:
    told = sent(kb)
    bo = who(kb, "bo")
    case = answered(kb, told, "ann")
    exchanging.vote(kb, told, case, actor=bo)
    with pytest.raises(Conflict, match="already"):
        exchanging.vote(kb, told, case, actor=bo)
    with pytest.raises(InvalidEntry, match="your own"):
        exchanging.vote(kb, told, case, actor=who(kb, "ann"))

    assert exchanging.vote(kb, told, case, actor=who(kb, "sam")).votes == {case: frozenset({"bo", "sam"})}
    assert exchanging.vote(kb, told, case, actor=bo, is_interested=False).votes == {case: frozenset({"sam"})}
    with pytest.raises(InvalidEntry, match="not said"):
        exchanging.vote(kb, told, case, actor=bo, is_interested=False)


def test_questions_and_interest_go_on_when_no_more_cases_come_and_end_with_the_conclusions(kb: KnowledgeBase) -> None:
    told = sent(kb)
    case = answered(kb, told, "ann")
    rounds.close(kb, told, actor=who(kb, "fay"))
    with pytest.raises(Conflict):
        answering.keep(kb, told, {"title": "Late"}, version=0, actor=who(kb, "bo"))
    exchanging.ask(kb, told, case, "Which year?", actor=who(kb, "bo"))
    with pytest.raises(InvalidEntry, match="no such question: q9"):
        rounds.conclude(kb, told, {"q9": "So."}, actor=who(kb, "fay"))
    with pytest.raises(InvalidEntry, match="at least one"):
        rounds.conclude(kb, told, {"q1": ""}, actor=who(kb, "fay"))
    rounds.conclude(kb, told, {"q1": "So."}, actor=who(kb, "fay"))
    with pytest.raises(Conflict):
        exchanging.vote(kb, told, case, actor=who(kb, "bo"))


def test_a_case_is_awaited_of_who_is_named_else_of_everybody_until_they_or_their_organisation_gave_one(kb: KnowledgeBase) -> None:
    named = sent(kb, asked=("house of ann", "House of Zoe"))
    open_ = sent(kb)
    ann, bo = _reader(who(kb, "ann")), _reader(who(kb, "bo"))
    asked, everybody = (rounds.round_(kb, each, actor=who(kb, "fay")) for each in (named, open_))

    assert (asked.awaits(ann), asked.awaits(bo)) == (True, False)
    assert (everybody.awaits(ann), everybody.awaits(bo)) == (True, True)
    assert asked.silent == ("house of ann", "House of Zoe")
    assert everybody.silent == ()
    answered(kb, named, "ann")
    after = rounds.round_(kb, named, actor=who(kb, "fay"))
    assert not after.awaits(Reader("cleo", organisation="House of Ann"))
    assert after.silent == ("House of Zoe",)


def test_evidence_is_not_looked_for_to_what_the_round_does_not_ask(kb: KnowledgeBase) -> None:
    told = sent(kb)
    with pytest.raises(NotFound, match="no such question"):
        round_evidence.for_question(kb, told, "q9", practice=PRACTICE, actor=who(kb, "ann"))


# any sequence of calls ---------------------------------------------------------------------------------------------------


def _reader(member: Member) -> Reader:
    return Reader(member.name, organisation=member.organisation)


def _asked(kb: KnowledgeBase, told: str) -> list[dict[str, str]]:
    return [each.model_dump() for each in rounds.round_(kb, told, actor=who(kb, "fay")).drafted.questions]


def _submit(kb: KnowledgeBase, told: str, actor: Member, case: int = 0) -> None:
    said = {"title": "Case", "language": "en", "answers": {"q1": f"so {len(kb.records.tables.journal)}"}}  # type: ignore[attr-defined]
    desk = answering.desk(kb, told, actor=actor, case=case)
    kept = answering.keep(kb, told, said, version=desk.version, actor=actor, case=case)
    try:
        answering.submit(kb, told, version=kept.version, actor=actor, case=case)
    except KBError:
        raise AssertionError("what was kept could not be submitted") from None


BEGIN = Tried("draft", lambda kb, _id, actor: rounds.draft(kb, "T", questions=["One?", "Two?"], due=DUE, actor=actor))
REVISE = Tried("revise", lambda kb, id_, actor: rounds.revise(kb, id_, {"title": "U"}, base=1, actor=actor))
SEND = Tried("send", lambda kb, id_, actor: rounds.send(kb, id_, actor=actor))
LATER = Tried("reschedule", lambda kb, id_, actor: rounds.reschedule(kb, id_, due="2099-12-31", actor=actor))
ANSWER = Tried("answer", _submit)
CLOSE = Tried("close", lambda kb, id_, actor: rounds.close(kb, id_, actor=actor))
CONCLUDE = Tried("conclude", lambda kb, id_, actor: rounds.conclude(kb, id_, {"q1": "So."}, actor=actor))
CANCEL = Tried("cancel", lambda kb, id_, actor: rounds.cancel(kb, id_, why="over", actor=actor))


def anew(case: int) -> Tried:
    return Tried(f"answer {case} anew", lambda kb, id_, actor: _submit(kb, id_, actor, case))


def ask(case: int) -> Tried:
    return Tried(f"ask about {case}", lambda kb, id_, actor: exchanging.ask(kb, id_, case, "Why?", actor=actor))


def reply(number: int) -> Tried:
    return Tried(f"reply to {number}", lambda kb, id_, actor: exchanging.reply(kb, id_, number, "So.", actor=actor))


def vote(case: int, is_interested: bool) -> Tried:
    def voted(kb: KnowledgeBase, id_: str, actor: Member) -> object:
        return exchanging.vote(kb, id_, case, actor=actor, is_interested=is_interested)

    return Tried(f"vote {case} {is_interested}", voted)


class Rounds(LifecycleMachine):
    kind = ROUND
    begins = st.just(BEGIN)
    acts = st.one_of(
        st.sampled_from([REVISE, SEND, LATER, ANSWER, ANSWER, CLOSE, CONCLUDE, CANCEL]),
        st.integers(1, 6).flatmap(lambda n: st.sampled_from([anew(n), ask(n), reply(n), vote(n, True), vote(n, False)])),
    )
    straight = (
        [("fay", BEGIN), ("fay", REVISE), ("fay", SEND), ("ann", ANSWER), ("bo", ANSWER), ("bo", ask(4)), ("ann", reply(6)),
         ("bo", vote(4, True)), ("bo", vote(4, False)), ("ann", anew(4)), ("cy", LATER), ("fay", CLOSE), ("bo", vote(4, True)),
         ("fay", CONCLUDE)],
        [("fay", BEGIN), ("fay", CANCEL)],
        [("fay", BEGIN), ("fay", SEND), ("fay", CANCEL)],
        [("fay", BEGIN), ("fay", SEND), ("cy", CLOSE), ("fay", CANCEL)],
    )  # fmt: skip


def test_no_sequence_of_calls_leaves_the_states_of_a_round_or_loses_anything(tmp_path: Path) -> None:
    play(Rounds, tmp_path)
