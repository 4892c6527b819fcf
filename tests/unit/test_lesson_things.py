"""Lessons, recommendations, action plans and policy changes under everything that anybody may try with them."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from kb.peers.assessment.organisations import same_organisation
from kb.peers.learning.lesson import LESSON
from kb.peers.learning.plan import PLAN
from kb.peers.learning.policy import POLICY
from kb.peers.learning.policy_bodies import PolicyRecorded, PolicyRevised
from kb.peers.learning.recommendation import RECOMMENDATION
from kb.services.learning import lessons, plans, policies, recommendations
from kb.services.permission import Role
from tests.assessed import who
from tests.learned import LifecycleMachine, Tried, play

WORDS = st.sampled_from(["", " ", "Mow later.", "=HYPERLINK(1)", "\x00naïve\u202e", "x" * 6_000])
DAYS = st.sampled_from(["2026-01-05", "2026-06-30", "2099-01-01", "yesterday", ""])
PRACTICE = "bee-path"


def note(text: str = "Mow later.", **other: object) -> Tried:
    said = {"level": "organisation", "practices": (PRACTICE,), **other}
    return Tried(f"note({text[:9]!r})", lambda kb, _id, who: lessons.note(kb, text, actor=who, **said))  # type: ignore[arg-type]


CONFIRM = Tried("confirm", lambda kb, id_, who: lessons.confirm(kb, id_, actor=who))
WITHDRAW = Tried("withdraw", lambda kb, id_, who: lessons.withdraw(kb, id_, why="A mistake.", actor=who))


class Lessons(LifecycleMachine):
    kind = LESSON
    begins = st.builds(note, WORDS, level=st.sampled_from(["individual", "policy", "world"]), from_whom=st.just("House of Bo"))
    acts = st.sampled_from([CONFIRM, WITHDRAW])
    straight = ([("ann", note()), ("bo", CONFIRM), ("ann", WITHDRAW)],)


def issue(text: str = "Keep a register.", to: str = "House of Bo", **other: object) -> Tried:
    said = {"to": to, "practices": (PRACTICE,), **other}
    return Tried(f"issue({to[:9]!r})", lambda kb, _id, who: recommendations.issue(kb, text, actor=who, **said))  # type: ignore[arg-type]


def answer(response: str = "accept", reason: str = "It costs little.") -> Tried:
    return Tried(
        f"answer {response}", lambda kb, id_, who: recommendations.answer(kb, id_, response=response, reason=reason, actor=who)
    )


def implement(on: str = "2026-06-30", source: str = "The register, page 1") -> Tried:
    return Tried(
        f"implement {on}",
        lambda kb, id_, who: recommendations.implement(kb, id_, on=on, what="It is kept.", source=source, actor=who),
    )


TAKE_BACK = Tried("take back", lambda kb, id_, who: recommendations.withdraw(kb, id_, why="Said already.", actor=who))


class Recommendations(LifecycleMachine):
    kind = RECOMMENDATION
    begins = st.builds(issue, WORDS, to=st.sampled_from(["House of Bo", "house of ann", "", "Nobody's"]))
    acts = st.one_of(
        st.builds(answer, st.sampled_from(["accept", "partly", "reject", "maybe"]), WORDS),
        st.builds(implement, DAYS, st.sampled_from(["", "The register, page 1"])),
        st.just(TAKE_BACK),
    )
    straight = (
        [("ann", issue()), ("bo", answer()), ("bo", implement())],
        [("ann", issue()), ("cy", answer("partly")), ("ann", TAKE_BACK)],
        [("ann", issue()), ("bo", answer("reject"))],
    )


def draft(title: str = "A register", language: str = "en", **other: object) -> Tried:
    said = {
        "instrument": "Regional plan", "text": "We saw one.", "actions": ACTIONS, "place": "PT", "practices": (PRACTICE,), **other,
    }  # fmt: skip
    return Tried(
        f"draft({title[:9]!r})",
        lambda kb, _id, who: plans.draft(kb, title=title, language=language, actor=who, **said),  # type: ignore[arg-type]
    )


def move(action: str = "1", to: str = "in-progress", why: str = "No money.", on: str = "2026-06-30") -> Tried:
    return Tried(f"move {action} {to}", lambda kb, id_, who: plans.move_action(kb, id_, action, to, why=why, on=on, actor=who))


def rewrite(**changes: object) -> Tried:
    return Tried(f"revise {', '.join(changes)}", lambda kb, id_, who: plans.revise(kb, id_, changes, actor=who))


ACTIONS = ({"what": "Keep a register."}, {"what": "Tell of it.", "cost": {"amount": 500, "currency": "EUR"}})
VALIDATE = Tried("validate", lambda kb, id_, who: plans.validate(kb, id_, actor=who))
BEGIN = Tried("begin", lambda kb, id_, who: plans.begin(kb, id_, actor=who))
FINISH = Tried("finish", lambda kb, id_, who: plans.finish(kb, id_, actor=who))
GIVE_UP = Tried("give up", lambda kb, id_, who: plans.give_up(kb, id_, why="The law changed.", actor=who))


class Plans(LifecycleMachine):
    kind = PLAN
    begins = st.builds(
        draft, WORDS, language=st.sampled_from(["en", "pt"]), summary_en=WORDS,
        actions=st.sampled_from([ACTIONS, (), ({"what": ""},), ({"key": "1", "what": "a"}, {"key": "1", "what": "b"})]),
    )  # fmt: skip
    acts = st.one_of(
        st.builds(
            move,
            st.sampled_from(["1", "2", "3"]),
            st.sampled_from(["planned", "in-progress", "done", "not-implemented"]),
            WORDS,
            DAYS,
        ),
        st.sampled_from([VALIDATE, BEGIN, FINISH, GIVE_UP, rewrite(title="Two registers"), rewrite(actions=ACTIONS[:1])]),
    )
    straight = (
        [
            ("ann", draft()), ("bo", VALIDATE), ("ann", rewrite(title="Two registers")), ("fay", VALIDATE), ("ann", BEGIN),
            ("ann", move()), ("ann", move(to="done")), ("ann", move("2", "not-implemented")), ("ann", FINISH),
        ],
        [("ann", draft()), ("bo", VALIDATE), ("ann", BEGIN), ("ann", move()), ("ann", GIVE_UP)],
    )  # fmt: skip


def record(title: str = "Permits", **other: object) -> Tried:
    said = {
        "policy": "Regulation on parks", "organisation": "House of Ann", "what_changed": "Permits in a week.", "on": "2026-06-30",
        "attribution": "Half of it.", "practices": (PRACTICE,), "effects": EFFECTS, **other,
    }  # fmt: skip
    return Tried(f"record({title[:9]!r})", lambda kb, _id, who: policies.record(kb, title=title, actor=who, **said))  # type: ignore[arg-type]


def tell_anew(**changes: object) -> Tried:
    return Tried(f"revise {', '.join(changes)}", lambda kb, id_, who: policies.revise(kb, id_, changes, actor=who))


EFFECTS = (
    {
        "dimension": "efficiency", "what": "Days to a permit", "unit": "days",
        "before": {"value": 30, "date": "2025", "source": "The register"},
        "after": {"value": 7, "date": "2026-06", "source": "The register"},
    },
)  # fmt: skip
BACKWARDS = ({**EFFECTS[0], "before": EFFECTS[0]["after"], "after": EFFECTS[0]["before"]},)
SEEN = Tried("confirm", lambda kb, id_, who: policies.confirm(kb, id_, actor=who))
UNSAY = Tried("withdraw", lambda kb, id_, who: policies.withdraw(kb, id_, why="It was repealed.", actor=who))


class Policies(LifecycleMachine):
    kind = POLICY
    begins = st.builds(
        record, WORDS, on=DAYS, effects=st.sampled_from([EFFECTS, BACKWARDS, (), ({"what": "x"},), ("x",)]), attribution=WORDS,
        practices=st.sampled_from([(), (PRACTICE,), ("no-such",)]),
        organisation=st.sampled_from(["House of Ann", "house of BO", "Nobody's", ""]),
    )  # fmt: skip
    acts = st.sampled_from(
        [
            SEEN, UNSAY, tell_anew(title="Permits, quicker"), tell_anew(effects=BACKWARDS), tell_anew(on="2099-01-01"),
            tell_anew(organisation="House of Bo"),
        ]
    )  # fmt: skip
    straight = (
        [("ann", record()), ("bo", SEEN), ("ann", tell_anew(title="Quicker")), ("cy", SEEN), ("fay", UNSAY)],
        [("fay", record(organisation="House of Bo")), ("fay", tell_anew(organisation="House of Ann")), ("bo", SEEN)],
    )

    def every_thing_is_what_its_events_say(self) -> None:
        """And everything that was told is by one member, of their own organisation unless a facilitator tells it."""
        super().every_thing_is_what_its_events_say()
        for id_ in self.ids:
            found = self.record(id_)
            told = [(each.member, each.body) for each in found.happened if isinstance(each.body, PolicyRecorded | PolicyRevised)]
            assert {by for by, _ in told} == {found.member}
            own = who(self.kb, found.member)
            for _, body in told:
                assert Role.FACILITATOR in own.roles or same_organisation(body.organisation, own.organisation)


def test_no_sequence_of_calls_leaves_the_states_of_a_lesson(tmp_path: Path) -> None:
    play(Lessons, tmp_path, max_examples=15)


def test_no_sequence_of_calls_leaves_the_states_of_a_recommendation(tmp_path: Path) -> None:
    play(Recommendations, tmp_path, max_examples=20)


def test_no_sequence_of_calls_leaves_the_states_of_a_plan(tmp_path: Path) -> None:
    play(Plans, tmp_path, max_examples=25)


def test_no_sequence_of_calls_leaves_the_states_of_a_policy_change(tmp_path: Path) -> None:
    play(Policies, tmp_path, max_examples=20)
