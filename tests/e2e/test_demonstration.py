"""The demonstration that comes with the project, over the whole sample: it loads, shows what it means to, and goes away whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from fakes import FakeRecords

from kb import cli
from kb.adapters.demonstration_folder import DemonstrationFolder
from kb.adapters.records.unit_of_work import SqlRecords
from kb.adapters.rubric_folder import RubricFolder
from kb.errors import InvalidEntry, NotFound
from kb.peers.assessment.events import Submitted, read
from kb.peers.assessment.review import Pin, Rating
from kb.peers.assessment.spread import to_settle
from kb.peers.assessment.state import SeatState, Stage
from kb.retrieval.answer import Filters
from kb.retrieval.judged import flat
from kb.services import demonstration, members
from kb.services.assessing import listing, opening, staleness
from kb.services.assessing.agreeing import agreement
from kb.services.assessing.loading import assessment_for, assessments_for, rubric_of
from kb.services.demonstration import Loaded, Removed, Skipped
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Role, visible_documents
from kb.services.records import Draft, SavedSearch, UnitOfWork
from tests.conftest import ROOT

SHIPPED = ROOT / "corpus" / "demonstration"
SEWA, PEEREX, COMMON, TAIEX = (
    f"{name}-1"
    for name in ("sewa-cooperative-federation", "euclid-peerex", "common-approach-impact-measurement", "taiex-regio-peer2peer")
)
SHOWN = {  # assessment → stage, label
    COMMON: (Stage.RECONCILING, ""),
    "compendia-without-transfer-1": (Stage.CONCLUDED, "not-recommended"),
    "eat-at-home-1": (Stage.CONCLUDED, "candidate"),
    "esf-critical-friend-1": (Stage.CONCLUDED, "emerging"),
    PEEREX: (Stage.REPLYING, ""),
    "mondragon-internationalisation-1": (Stage.CONCLUDED, "emerging"),
    "mondragon-internationalisation-2": (Stage.OPENED, ""),
    "quebec-social-economy-act-1": (Stage.CONCLUDED, "candidate"),
    SEWA: (Stage.CONCLUDED, "promising"),
    "sewa-cooperative-federation-2": (Stage.CONCLUDED, "emerging"),
    TAIEX: (Stage.REVIEWING, ""),
    "urbact-transfer-networks-1": (Stage.CONCLUDED, "validated"),
}
SAVED = SavedSearch("", "bees", "bees", "Who keeps bees?", Filters(), 10, "", "2026-11-22T10:00:00+00:00")


def over(practices_kb: KnowledgeBase, records: Callable[[], UnitOfWork], folder: Path = SHIPPED) -> KnowledgeBase:
    rubrics = RubricFolder(ROOT / "corpus" / "rubrics")
    files = DemonstrationFolder(folder)
    return replace(practices_kb, records=records, rubrics=rubrics, demonstration=files, has_own_records=True)


@pytest.fixture
def kb(practices_kb: KnowledgeBase) -> KnowledgeBase:
    """The whole sample, with nothing that members entered."""
    return over(practices_kb, FakeRecords())


@pytest.fixture
def loaded(kb: KnowledgeBase) -> KnowledgeBase:
    demonstration.load(kb, actor=LOCAL_MEMBER)
    return kb


@pytest.fixture
def edited(practices_kb: KnowledgeBase, tmp_path: Path) -> Callable[..., KnowledgeBase]:
    """The demonstration with one of its files changed."""

    def edit(name: str, *changes: tuple[str, str]) -> KnowledgeBase:
        if not (tmp_path / "demonstration").exists():
            shutil.copytree(SHIPPED, tmp_path / "demonstration")
        path = tmp_path / "demonstration" / name
        for old, new in changes:
            assert old in path.read_text(encoding="utf-8")
            path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        return over(practices_kb, FakeRecords(), tmp_path / "demonstration")

    return edit


def everything(kb: KnowledgeBase) -> Iterator[object]:
    with kb.records() as records:
        yield from (records.members.everyone(), records.assessments.everyone(), records.rubrics.everyone())
        yield from (records.history.newest(99), records.drafts.of_member("local"), records.saved_searches.of_member("local"))


# what it shows ------------------------------------------------------------------------------------------------------------


def test_it_loads_whole_and_shows_each_stage_and_label(kb: KnowledgeBase) -> None:
    assert demonstration.load(kb, actor=LOCAL_MEMBER) == Loaded(n_members=7, n_assessments=len(SHOWN))

    found = {each.id: each for each in assessments_for(kb, actor=LOCAL_MEMBER)}
    assert {name: (each.stage, each.outcome.label if each.outcome else "") for name, each in found.items()} == SHOWN
    assert found[SEWA].reply is not None
    assert [seat.state for seat in found["mondragon-internationalisation-2"].seats] == [
        SeatState.ACCEPTED,
        SeatState.INVITED,
        SeatState.DECLINED,
    ]
    assert to_settle(found[COMMON], rubric_of(kb, found[COMMON], actor=LOCAL_MEMBER)) == ("transferability",)
    assert [seat.member for seat in found[COMMON].seats if seat.is_third] == ["Demo reviewer D"]


def test_of_a_panel_that_reviews_one_is_ready_one_has_begun_and_one_has_not(loaded: KnowledgeBase) -> None:
    states = {seat.member: seat.state for seat in assessment_for(loaded, TAIEX, actor=LOCAL_MEMBER).seats}

    with loaded.records() as records:
        begun = {name for name in states if records.drafts.get(name, "review", TAIEX)}
    assert states == {
        "Demo reviewer A": SeatState.SUBMITTED,
        "Demo reviewer C": SeatState.ACCEPTED,
        "Demo reviewer E": SeatState.ACCEPTED,
    }
    assert begun == {"Demo reviewer E"}


def test_eight_practices_are_assessed_by_three_each_with_the_short_rubric_and_two_with_the_long_one(loaded: KnowledgeBase) -> None:
    short, long = (agreement(loaded, name, actor=LOCAL_MEMBER) for name in ("plp-short", "plp-good-practice"))
    panels = {each.id: len(each.reviews) for each in assessments_for(loaded, actor=LOCAL_MEMBER) if each.reviews}

    assert (short.n_practices, short.n_reviewers, short.is_demo) == (8, 5, True)
    assert (long.n_practices, long.is_demo) == (2, True)
    assert set(panels.values()) == {3}
    alpha = {each.criterion: each.alpha.value for each in short.criteria}
    assert all(value is not None for value in alpha.values())
    assert max(alpha.values()) > 0.8 > 0.667 > min(alpha.values())  # something to rely on, and something not to
    lenient = {each.rater: each.difference for each in short.criteria[2].leniency}
    assert lenient["Demo reviewer A"] > 0 > lenient["Demo reviewer E"]


def test_reviews_are_in_three_languages_and_some_scores_have_no_passage(loaded: KnowledgeBase) -> None:
    reviews = [each.review for found in assessments_for(loaded, actor=LOCAL_MEMBER) for each in found.reviews.values()]
    scored = [answer for review in reviews for answer in review.answers.values() if answer.rating is Rating.SCORED]

    assert sorted(review.language for review in reviews if review.language != "en") == ["es", "fr", "fr"]
    assert {answer.none_found for answer in scored if not answer.pins} == {True}
    assert sum(not answer.pins for answer in scored) >= 3


def test_one_assessment_has_stale_evidence_and_no_other(loaded: KnowledgeBase) -> None:
    stale = staleness.stale(loaded, actor=LOCAL_MEMBER)

    assert {each.assessment for each in stale} == {"mondragon-internationalisation-1"}
    assert {each.why.value for each in stale} == {"changed"}
    assert ("Demo reviewer D", "effectiveness") not in {(each.reviewer, each.criterion) for each in stale}  # looked at again


def pins_of(kb: KnowledgeBase) -> Iterator[tuple[str, Pin]]:
    with kb.records() as records:
        stored = records.assessments.everyone()
    for event in stored:
        body = read(event.kind, event.body)
        if isinstance(body, Submitted) and body.review:
            for answer in (*body.review.gates.values(), *body.review.answers.values()):
                yield from ((event.assessment, pin) for pin in answer.pins)


def test_every_quote_stands_in_its_document_as_it_is_now(loaded: KnowledgeBase) -> None:
    by_path = {each.path: each for each in visible_documents(loaded.catalog, LOCAL_MEMBER).values()}
    text = {path: flat(loaded.catalog.document(each.id).text) for path, each in by_path.items()}
    pins = list(pins_of(loaded))

    assert len(pins) > 300
    assert [pin.quote for _, pin in pins if flat(pin.quote) not in text[pin.document]] == []
    others = {(name, pin.document) for name, pin in pins if pin.sha256 != by_path[pin.document].sha256}
    assert others == {("mondragon-internationalisation-1", "case-studies/mondragon-internacional.pdf")}


def test_every_quote_and_review_that_is_written_is_used() -> None:
    for path in sorted((SHIPPED / "assessments").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        told = yaml.safe_load(text)
        reviews = [*told.get("reviews", {}).values(), *told.get("drafts", {}).values()]
        said = [answer for review in reviews for group in ("gates", "answers") for answer in review.get(group, {}).values()]
        used = {key for each in (*said, *told["happened"]) for key in (*each.get("pro", ()), *each.get("con", ()))}

        assert used == set(told.get("quotes", {})), path.name


def test_nobody_and_nothing_of_it_can_be_taken_for_real(loaded: KnowledgeBase) -> None:
    people = members.members(loaded, actor=LOCAL_MEMBER)
    with loaded.records() as records:
        events = records.assessments.everyone()

    assert {(each.is_demo, each.name.startswith("Demo "), "(not real)" in each.organisation) for each in people} == {(True,) * 3}
    assert {event.is_demo for event in events} == {True}
    assert {event.member for event in events} <= {each.name for each in people}
    assert {each.is_demo for each in listing.assessments(loaded, actor=LOCAL_MEMBER)} == {True}


# loading and removing -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["fake", "sqlite", "postgresql"])
def test_removing_it_leaves_all_as_it_was_before(
    practices_kb: KnowledgeBase, request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    address = request.getfixturevalue("database_url") if kind == "postgresql" else ""
    with closing(SqlRecords(address, tmp_path)) as sql:
        kb = over(practices_kb, FakeRecords() if kind == "fake" else sql)
        ann = members.add(kb, "Ann", organisation="Bees", country="IT", roles=[Role.REVIEWER], actor=LOCAL_MEMBER)
        real = opening.open_assessment(kb, "esf-critical-friend", "plp-short", due="2099-01-31", actor=LOCAL_MEMBER)
        with kb.records() as records:
            records.drafts.put(Draft("local", "review", real, "{}", "", ann.added_at_utc))
        before = list(everything(kb))

        assert demonstration.load(kb, actor=LOCAL_MEMBER).n_assessments == len(SHOWN)
        opening.invite(kb, TAIEX, "Ann", actor=LOCAL_MEMBER)
        with kb.records() as records:
            records.drafts.put(Draft("Ann", "review", TAIEX, "{}", "", ann.added_at_utc))
            records.drafts.put(Draft("Demo reviewer C", "practice", "bees", "{}", "", ann.added_at_utc))
            records.saved_searches.add(replace(SAVED, member="Demo reviewer C"))
        assert demonstration.remove(kb, actor=LOCAL_MEMBER) == Removed(7, len(SHOWN))

        assert list(everything(kb))[:3] == before[:3]
        with kb.records() as records:
            assert [each.action for each in records.history.newest(99)] == ["removed", "added"]
            people = ("Ann", "Demo reviewer C", "Demo reviewer E")
            assert [(records.drafts.of_member(name), records.saved_searches.of_member(name)) for name in people] == [([], [])] * 3
        assert demonstration.remove(kb, actor=LOCAL_MEMBER) == Removed(0, 0)


def test_beside_a_real_assessment_it_takes_the_next_number(kb: KnowledgeBase) -> None:
    real = opening.open_assessment(kb, "euclid-peerex", "plp-short", due="2099-01-31", actor=LOCAL_MEMBER)

    demonstration.load(kb, actor=LOCAL_MEMBER)

    of_demo = {each.id: each.is_demo for each in assessments_for(kb, actor=LOCAL_MEMBER) if each.practice == "euclid-peerex"}
    assert of_demo == {real: False, "euclid-peerex-2": True}


def test_loading_twice_does_nothing_the_second_time(loaded: KnowledgeBase) -> None:
    before = list(everything(loaded))

    assert demonstration.load(loaded, actor=LOCAL_MEMBER) == Loaded(skipped=Skipped.LOADED)
    assert demonstration.is_loaded(loaded, actor=LOCAL_MEMBER)
    assert list(everything(loaded)) == before


def test_a_rubric_that_a_real_assessment_uses_too_stays_when_the_demonstration_goes(loaded: KnowledgeBase) -> None:
    opening.open_assessment(loaded, "esf-critical-friend", "plp-short", due="2099-01-31", actor=LOCAL_MEMBER)

    demonstration.remove(loaded, actor=LOCAL_MEMBER)

    with loaded.records() as records:
        assert [(each.name, each.is_demo) for each in records.rubrics.everyone()] == [("plp-short", False)]


def test_where_somebody_is_registered_or_an_assessment_exists_it_is_not_loaded_by_itself(practices_kb: KnowledgeBase) -> None:
    with_member, with_assessment = (over(practices_kb, FakeRecords()) for _ in range(2))
    members.add(with_member, "Ann", organisation="", country="", roles=[], actor=LOCAL_MEMBER)
    opening.open_assessment(with_assessment, "esf-critical-friend", "plp-short", due="2099-01-31", actor=LOCAL_MEMBER)

    for kb in (with_member, with_assessment):
        assert demonstration.load(kb, actor=LOCAL_MEMBER, if_empty=True) == Loaded(skipped=Skipped.NOT_EMPTY)
        assert not demonstration.is_loaded(kb, actor=LOCAL_MEMBER)


def test_a_database_that_the_settings_name_gets_none_of_it(kb: KnowledgeBase) -> None:
    named = replace(kb, has_own_records=False)

    assert demonstration.load(named, actor=LOCAL_MEMBER, if_empty=True) == Loaded(skipped=Skipped.NOT_LOCAL)
    with pytest.raises(InvalidEntry, match="KB_DATABASE_URL names another one"):
        demonstration.load(named, actor=LOCAL_MEMBER)
    assert not demonstration.is_loaded(kb, actor=LOCAL_MEMBER)


def test_without_files_there_is_none(practices_kb: KnowledgeBase, tmp_path: Path) -> None:
    kb = over(practices_kb, FakeRecords(), tmp_path / "demonstration")

    assert demonstration.load(kb, actor=LOCAL_MEMBER, if_empty=True) == Loaded(skipped=Skipped.ABSENT)
    with pytest.raises(NotFound, match="There is no demonstration in"):
        demonstration.load(kb, actor=LOCAL_MEMBER)


# what is wrong in it ------------------------------------------------------------------------------------------------------


def test_faults_of_all_files_are_told_together_and_nothing_is_loaded(edited: Callable[..., KnowledgeBase]) -> None:
    edited("people.yaml", ("Demo owner", "Olu"), ("organisation G (not real)", "organisation G"))
    edited(f"assessments/{SEWA}.yaml", ("score: 4,", "score: many,"), ("pro: [informal]", "pro: [inform]"))
    kb = edited(f"assessments/{PEEREX}.yaml", ("what: begun", "what: begin"), ("at: 2026-10-12 09:05", "at: 2026-10-12 08:05"))

    with pytest.raises(InvalidEntry) as told:
        demonstration.load(kb, actor=LOCAL_MEMBER)

    places = [
        "/demonstration/people.yaml:10: members.owner.name",
        "/demonstration/people.yaml:10: members.owner.organisation",
        f"/demonstration/assessments/{PEEREX}.yaml:60: happened.2.at",
        f"/demonstration/assessments/{PEEREX}.yaml:66: happened.8.what",
        f"/demonstration/assessments/{SEWA}.yaml:23: reviews.reviewer-a.gates.relevance.pro.1",
        f"/demonstration/assessments/{SEWA}.yaml:26: reviews.reviewer-a.answers.effectiveness.score",
    ]
    assert [place for place in places if f"{place}: " not in str(told.value)] == []
    assert str(told.value).count(".yaml:") == len(places)
    assert not demonstration.is_loaded(kb, actor=LOCAL_MEMBER)
    assert demonstration.load(kb, actor=LOCAL_MEMBER, if_empty=True) == Loaded(skipped=Skipped.UNFIT)


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        (SEWA, ("score: 4,", "score: many,"), "answers.effectiveness.score: “many” is no number"),
        (SEWA, ("score: 4,", "score: 9,"), "something is missing at effectiveness"),
        (SEWA, ("pro: [informal]", "pro: [inform]"), "“inform” is no quote; did you mean “informal”?"),
        (SEWA, ("who: owner", "who: someone"), "“someone” is no member of the demonstration"),
        (SEWA, ("a union of 1.5 million", "a union of 15 million"), "quotes.members: is not in case-studies/sewa.md"),
        (SEWA, ("case-studies/sewa.md", "case-studies/eat-at-home.md"), "is not in the documents of the practice"),
        (SEWA, ("practice: sewa-", "practice: sewer-"), "there is no practice sewer-cooperative-federation"),
        (SEWA, ("version: 1", "version: 9"), "there is no rubric plp-short in version 9"),
        (SEWA, ("relevance:", "beauty:"), "beauty: the rubric does not ask for it"),
        (SEWA, ("who: facilitator, what: begun", "who: reviewer-a, what: begun"), "Demo reviewer A is no facilitator"),
        (SEWA, ("what: concluded", "what: begun"), "the panel reconciles"),
        (PEEREX, ("what: begun", "what: begin"), "happened.8.what: “begin” is none of opened, invited"),
        (PEEREX, ("at: 2026-10-12 09:05", "at: 2026-10-12 08:05"), "is not after “2026-10-12 09:00”"),
        (PEEREX, ("what: opened", "what: begun"), "the first step and no other is “opened”"),
        (PEEREX, ("what: invited, reviewer: reviewer-c", "what: invited"), "has no “reviewer”, as “invited” has"),
        (PEEREX, ("what: begun", "what: begun, why: so"), "happened.8.why: does not belong to “begun”"),
        (PEEREX, ("who: reviewer-b, what: submitted", "who: reviewer-d, what: submitted"), "reviewer-d submits a review"),
        (PEEREX, ("reply_days: 120", "reply_days: many"), "reply_days: “many” is no whole number above 0"),
        (TAIEX, ("drafts:\n  reviewer-e:", "drafts:\n  reviewer-a:"), "drafts.reviewer-a: no review of them is awaited"),
        (COMMON, ("item: effectiveness, score: 3,", "item: effectiveness, score: 3.3,"), "3.3 is no score of the scale"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said(edited: Callable[..., KnowledgeBase], name: str, change: tuple[str, str], sentence: str) -> None:
    kb = edited(f"assessments/{name}.yaml", change)

    with pytest.raises(InvalidEntry) as told:
        demonstration.load(kb, actor=LOCAL_MEMBER)

    assert sentence in str(told.value)
    assert all_kept(kb) == 0


def all_kept(kb: KnowledgeBase) -> int:
    with kb.records() as records:
        return len(records.members.everyone()) + len(records.assessments.everyone()) + len(records.rubrics.everyone())


# the commands -------------------------------------------------------------------------------------------------------------


def test_the_commands_load_and_remove_and_say_how(
    practices_kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = tmp_path / "corpus"
    for part in ("practices", "documents"):
        shutil.copytree(practices_kb.documents.parent / part, corpus / part)
    for part in ("rubrics", "demonstration"):
        shutil.copytree(ROOT / "corpus" / part, corpus / part)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KB_CORPUS", str(corpus))
    monkeypatch.setenv("KB_INDEX", str(practices_kb.index))
    monkeypatch.delenv("KB_DATABASE_URL", raising=False)

    def typed(*words: str) -> str:
        result = CliRunner().invoke(cli.kb, ["demo", *words])
        assert result.exception is None, result.output
        return result.output

    first = "Demonstration data: 12 assessments by 7 made-up members. Take them away with: kb demo remove\n"
    again = "Demonstration data are loaded. Take them away with: kb demo remove\n"
    assert [typed("load", "--if-empty"), typed("load", "--if-empty"), typed("load")] == [first, again, again]
    assert typed("remove") == "Removed of the demonstration: 12 assessments, 7 members.\n"
    assert typed("remove") == "Removed of the demonstration: 0 assessments, 0 members.\n"
    gone = "No demonstration data were loaded: they were removed. Have them again with: kb demo load\n"
    assert [typed("load", "--if-empty"), typed("load")] == [gone, first]
