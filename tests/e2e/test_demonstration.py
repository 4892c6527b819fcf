"""The demonstration that comes with the project, over the whole sample: it loads, shows what it means to, and goes away whole."""

from __future__ import annotations

import re
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
from kb.adapters.versioned_folder import rubrics_in
from kb.bootstrap import open_kb
from kb.errors import InvalidEntry, NotFound
from kb.peers.assessment.events import Submitted, read
from kb.peers.assessment.review import Pin, Rating
from kb.peers.assessment.spread import to_settle
from kb.peers.assessment.state import SeatState, Stage
from kb.peers.benchmark.reasons import Basis
from kb.peers.learning.case import CaseState
from kb.peers.learning.kinds import KINDS
from kb.peers.learning.network import Learned
from kb.retrieval.answer import Filters
from kb.retrieval.judged import flat
from kb.services import demonstration, laddering, members
from kb.services.assessing import listing, opening, staleness
from kb.services.assessing.agreeing import agreement
from kb.services.assessing.loading import assessment_for, assessments_for, rubric_of
from kb.services.benchmarking import grid, profiling
from kb.services.clock import today
from kb.services.demonstration import Loaded, Skipped
from kb.services.demonstration_removing import Removed
from kb.services.ingesting import ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import dashboard, keeping, network, transfer_cases
from kb.services.learning.waiting import waiting
from kb.services.monitoring import changing
from kb.services.monitoring import viewing as following
from kb.services.permission import LOCAL_MEMBER, Role, visible_documents
from kb.services.records import Draft, SavedSearch, StoredEntry, UnitOfWork
from kb.services.transferring import listing as tests_of
from kb.services.transferring import matrix, seats, viewing
from kb.services.transferring import opening as transfer_opening
from kb.services.transferring.loading import transfer_for
from kb.settings import Settings
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
    "esf-critical-friend-2": (Stage.CONCLUDED, "emerging"),
    "esf-social-entrepreneurship-network-1": (Stage.CONCLUDED, "emerging"),
    "euclid-peerex-2": (Stage.CONCLUDED, "emerging"),
    "finland-extra-reviewer-1": (Stage.CONCLUDED, "candidate"),
    "interreg-peer-review-1": (Stage.CONCLUDED, "emerging"),
    PEEREX: (Stage.REPLYING, ""),
    "mondragon-internationalisation-1": (Stage.CONCLUDED, "emerging"),
    "mondragon-internationalisation-2": (Stage.OPENED, ""),
    "quebec-social-economy-act-1": (Stage.CONCLUDED, "candidate"),
    SEWA: (Stage.CONCLUDED, "promising"),
    "sewa-cooperative-federation-2": (Stage.CONCLUDED, "emerging"),
    TAIEX: (Stage.REVIEWING, ""),
    "taiex-regio-peer2peer-2": (Stage.CONCLUDED, "emerging"),
    "urbact-transfer-networks-1": (Stage.CONCLUDED, "validated"),
}
OPEN_TEST = "naples-civic-use-regulation-to-pt-1"
TESTED = {  # test → stage, certainty, on what footing
    "cesena-bee-path-to-it-1": ("concluded", "confirmed", "covered"),
    "cesena-bee-path-to-pt-1": ("concluded", "anticipated", "covered"),
    "common-approach-impact-measurement-to-ie-1": ("concluded", "anticipated", "covered"),
    "common-approach-impact-measurement-to-pt-1": ("concluded", "anticipated", "covered"),
    "mondragon-internationalisation-to-co-1": ("concluded", "anticipated", "covered"),
    "mondragon-internationalisation-to-hu-1": ("concluded", "anticipated", "blocked"),
    "naples-civic-use-regulation-to-es-1": ("concluded", "anticipated", "blocked"),
    OPEN_TEST: ("open", "anticipated", ""),
    "quebec-social-economy-act-to-be-1": ("open", "anticipated", ""),
    "quebec-social-economy-act-to-fr-1": ("concluded", "anticipated", "blocked"),
    "sewa-cooperative-federation-to-es-1": ("open", "anticipated", ""),
    "sewa-cooperative-federation-to-pt-1": ("concluded", "anticipated", "blocked"),
    "tech-revolution-nyiregyhaza-to-bg-1": ("concluded", "anticipated", "thin"),
    "tech-revolution-nyiregyhaza-to-hu-1": ("concluded", "tested", "covered"),
    "umea-gendered-landscape-to-fr-1": ("concluded", "anticipated", "covered"),
    "umea-gendered-landscape-to-pt-1": ("cancelled", "anticipated", ""),
}
N_INDICATORS = 9
N_THINGS = len(list((SHIPPED / "learning").glob("*.yaml")))
INDICATOR = {
    "key": "meals", "title": "Meals", "definition": "Meals in a month.", "unit": "meals", "direction": "up", "frequency": "monthly",
    "responsible": "local", "first_due": "2026-01-31",
}  # fmt: skip
SAVED = SavedSearch("", "bees", "bees", "Who keeps bees?", Filters(), 10, "", "2026-11-22T10:00:00+00:00")


TARGETS = ("BE", "BG", "CO", "ES", "FR", "HU", "IE", "IT", "PT")  # places that something is tested for


@pytest.fixture(scope="module")
def placed_kb(practices_kb: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The whole sample with the profiles of target places read as documents, whose words are quoted."""
    root = tmp_path_factory.mktemp("placed")
    shutil.copytree(practices_kb.index, root / "index", symlinks=True)
    shutil.copytree(practices_kb.documents.parent, root / "corpus", ignore=shutil.ignore_patterns("kb.sqlite*"))
    for part in ("contexts", "frameworks"):
        shutil.copytree(ROOT / "corpus" / part, root / "corpus" / part)
    kb = open_kb(Settings(root / "corpus", root / "index"))
    ingest(kb, [kb.contexts.folder / f"{place}.yaml" for place in TARGETS], actor=LOCAL_MEMBER)
    return kb


def over(placed_kb: KnowledgeBase, records: Callable[[], UnitOfWork], folder: Path = SHIPPED) -> KnowledgeBase:
    rubrics = rubrics_in(ROOT / "corpus" / "rubrics")
    files = DemonstrationFolder(folder)
    return replace(placed_kb, records=records, rubrics=rubrics, demonstration=files, has_own_records=True)


@pytest.fixture
def kb(placed_kb: KnowledgeBase) -> KnowledgeBase:
    """The whole sample, with nothing that members entered."""
    return over(placed_kb, FakeRecords())


@pytest.fixture
def loaded(kb: KnowledgeBase) -> KnowledgeBase:
    demonstration.load(kb, actor=LOCAL_MEMBER)
    return kb


@pytest.fixture
def edited(placed_kb: KnowledgeBase, tmp_path: Path) -> Callable[..., KnowledgeBase]:
    """The demonstration with one of its files changed."""

    def edit(name: str, *changes: tuple[str, str]) -> KnowledgeBase:
        if not (tmp_path / "demonstration").exists():
            shutil.copytree(SHIPPED, tmp_path / "demonstration")
        path = tmp_path / "demonstration" / name
        for old, new in changes:
            assert old in path.read_text(encoding="utf-8")
            path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        return over(placed_kb, FakeRecords(), tmp_path / "demonstration")

    return edit


def entries(kb: KnowledgeBase) -> Iterator[StoredEntry]:
    """Of the journal, all streams; numbers of rows are the database's own."""
    with kb.records() as records:
        for stream in ("transfer", "framework", "monitoring", "ladder", *KINDS):
            yield from (replace(each, id=0) for each in records.journal.everyone(stream))


def everything(kb: KnowledgeBase) -> Iterator[object]:
    with kb.records() as records:
        yield from (records.members.everyone(), records.assessments.everyone(), records.rubrics.everyone())
        yield from (records.history.newest(99), records.drafts.of_member("local"), records.saved_searches.of_member("local"))


# what it shows ------------------------------------------------------------------------------------------------------------


def test_it_loads_whole_and_shows_each_stage_and_label(kb: KnowledgeBase) -> None:
    assert demonstration.load(kb, actor=LOCAL_MEMBER) == Loaded(7, len(SHOWN), len(TESTED), N_INDICATORS, N_THINGS)

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


def test_eight_practices_are_assessed_by_three_each_with_either_rubric(loaded: KnowledgeBase) -> None:
    short, long = (agreement(loaded, name, actor=LOCAL_MEMBER) for name in ("plp-short", "plp-good-practice"))
    panels = {each.id: len(each.reviews) for each in assessments_for(loaded, actor=LOCAL_MEMBER) if each.reviews}

    assert (short.n_practices, short.n_reviewers, short.is_demo) == (8, 5, True)
    assert (long.n_practices, long.is_demo) == (8, True)
    assert set(panels.values()) == {3}
    alpha = {each.criterion: each.alpha.value for each in short.criteria}
    assert all(value is not None for value in alpha.values())
    assert max(alpha.values()) > 0.8 > 0.667 > min(alpha.values())  # something to rely on, and something not to
    lenient = {each.rater: each.difference for each in short.criteria[2].leniency}
    assert lenient["Demo reviewer A"] > 0 > lenient["Demo reviewer E"]


def test_eight_points_are_on_the_grid_and_a_practice_has_peers_enough_for_intervals(loaded: KnowledgeBase) -> None:
    points = grid.grid(loaded, actor=LOCAL_MEMBER).points
    profile = profiling.profile(loaded, "interreg-peer-review", Basis.THEME, actor=LOCAL_MEMBER)

    assert (len(points), {each.is_demo for each in points}) == (8, {True})
    assert len({each.stage for each in points}) == 3
    scored = [each for each in profile.criteria if each.own is not None]
    assert {(each.n >= 3, each.low is not None) for each in scored} == {(True, True)}
    assert len(scored) == 12  # one of thirteen could not be told


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


def test_things_of_mutual_learning_are_in_every_state_but_that_one_and_belong_to_nobody_real(loaded: KnowledgeBase) -> None:
    found = {stream: keeping.everyone(loaded, kind, actor=LOCAL_MEMBER) for stream, kind in KINDS.items()}
    people = {each.name for each in members.members(loaded, actor=LOCAL_MEMBER)}

    assert {stream: {each.state for each in things} for stream, things in found.items()} == {
        stream: set(kind.lifecycle.states) - {CaseState.ADAPT} for stream, kind in KINDS.items()
    }
    every = [each for things in found.values() for each in things]
    assert len(every) == N_THINGS
    assert {each.is_demo for each in every} == {True}
    assert {event.member for each in every for event in each.happened} <= people


def test_every_number_of_the_dashboard_has_something_to_show_and_everybody_something_that_waits(loaded: KnowledgeBase) -> None:
    stands = dashboard.dashboard(loaded, actor=LOCAL_MEMBER)
    learned = network.network(loaded, actor=LOCAL_MEMBER)

    assert [number.key for number in stands.numbers if not number.n] == ["case-adapt"]
    assert stands.is_demo
    assert learned.is_demo
    assert {each.what for each in learned.edges} == set(Learned)
    for name in ("Demo reviewer A", "Demo facilitator"):
        member = members.acting_as(loaded, name)
        assert member
        assert any(each.is_overdue for each in waiting(loaded, actor=member))


def test_nobody_and_nothing_of_it_can_be_taken_for_real(loaded: KnowledgeBase) -> None:
    people = members.members(loaded, actor=LOCAL_MEMBER)
    with loaded.records() as records:
        events = records.assessments.everyone()

    assert {(each.is_demo, each.name.startswith("Demo "), "(not real)" in each.organisation) for each in people} == {(True,) * 3}
    assert {event.is_demo for event in events} == {True}
    assert {event.member for event in events} <= {each.name for each in people}
    assert {each.is_demo for each in listing.assessments(loaded, actor=LOCAL_MEMBER)} == {True}


# tests of transferability, indicators, approvals ----------------------------------------------------------------------------


def test_tests_are_in_every_state_and_no_cell_is_ranked_by_a_mean_that_hides_a_constraint(loaded: KnowledgeBase) -> None:
    cells = matrix.matrix(loaded, actor=LOCAL_MEMBER).cells
    footing = {cell.test: cell.footing.value for cell in cells.values()}
    found = tests_of.transfers(loaded, actor=LOCAL_MEMBER)

    assert {each.id: (each.stage.value, each.certainty.value, footing.get(each.id, "")) for each in found} == TESTED
    assert {each.is_demo for each in found} == {cell.is_demo for cell in cells.values()} == {True}
    assert {each.n_assessors for each in found if each.result} == {1, 2, 3}
    assert [each.id for each in found if each.is_overdue] == ["quebec-social-economy-act-to-be-1"]


def test_what_a_test_shows_is_there_to_be_shown(loaded: KnowledgeBase) -> None:
    def seen(name: str) -> viewing.TransferView:
        return viewing.view(loaded, name, actor=LOCAL_MEMBER)

    apart = seen("naples-civic-use-regulation-to-es-1")
    assert apart.result is not None
    assert [each.criterion for each in apart.result.apart] == ["legal-framework", "stakeholders"]
    assert {each.criterion for each in seen("umea-gendered-landscape-to-fr-1").stale} == {"evidence-strength", "monitoring"}
    thin = seen("tech-revolution-nyiregyhaza-to-bg-1")
    assert thin.result is not None
    assert (thin.result.n_known, thin.result.n_all, len(thin.what_if)) == (4, 18, 14)
    assert {each.distance is not None for each in (apart, thin)} == {True}
    states = {seat.member: seat.state.value for seat in seen(OPEN_TEST).test.seats}
    assert states == {"Demo reviewer A": "in", "Demo reviewer B": "invited"}
    with loaded.records() as records:
        assert records.drafts.get("Demo reviewer B", "judgement", OPEN_TEST) is not None


def test_only_a_transfer_that_a_sheet_tells_of_is_said_to_have_been_tried(loaded: KnowledgeBase) -> None:
    for name, (_, certainty, _) in TESTED.items():
        if certainty != "anticipated":
            test = transfer_for(loaded, name, actor=LOCAL_MEMBER)
            sheet = loaded.practices.read(test.practice).sheet
            assert sheet is not None
            assert isinstance(sheet.adopted_by, tuple)
            assert test.target in {each.country for each in sheet.adopted_by}
            evaluated = test.evaluations[-1].evaluated
            assert "made up" in evaluated.what
            case = transfer_cases.case(loaded, evaluated.case, actor=LOCAL_MEMBER)
            assert case.evaluated is not None
            assert (case.considered.test, case.evaluated.outcome, case.evaluated.on) == (name, evaluated.outcome, evaluated.on)
            assert case.evaluated.pins


def test_transfer_cases_are_shown_in_every_state_but_one_that_passes_by(loaded: KnowledgeBase) -> None:
    cases = transfer_cases.cases(loaded, actor=LOCAL_MEMBER)

    assert {each.state for each in cases} == set(CaseState) - {CaseState.ADAPT}
    assert all(each.is_demo for each in cases)
    assert [each.id for each in cases if each.state == CaseState.RE_USE and each.overdue(today())] == ["case-demo-naples"]
    for each in cases:
        assert transfer_for(loaded, each.considered.test, actor=LOCAL_MEMBER).title == each.considered.title


def test_every_passage_of_a_judgement_stands_in_its_document_on_its_side(loaded: KnowledgeBase) -> None:
    by_path = {each.path: each for each in visible_documents(loaded.catalog, LOCAL_MEMBER).values()}
    text = {path: flat(loaded.catalog.document(each.id).text) for path, each in by_path.items()}
    answers = [
        (transfer_for(loaded, name, actor=LOCAL_MEMBER), answer)
        for name in TESTED
        for judgement in transfer_for(loaded, name, actor=LOCAL_MEMBER).judgements.values()
        for answer in judgement.answers.values()
    ]
    target = [(test.target, pin) for test, answer in answers for pin in answer.target_pins]
    source = [pin for _, answer in answers for pin in answer.source_pins]

    assert len(source) > 100
    assert len(target) > 80
    assert [pin.quote for pin in (*source, *(pin for _, pin in target)) if flat(pin.quote) not in text[pin.document]] == []
    assert [pin.document for place, pin in target if place not in by_path[pin.document].metadata.countries] == []


def test_every_quote_of_a_test_is_used() -> None:
    for path in sorted((SHIPPED / "transfers").glob("*.yaml")):
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        judgements = [*told.get("judgements", {}).values(), *told.get("drafts", {}).values()]
        said = [answer for each in judgements for answer in each.get("answers", {}).values()]
        used = {key for each in (*said, *told["happened"]) for key in (*each.get("pro", ()), *each.get("con", ()))}

        assert used == set(told.get("quotes", {})), path.name


def test_indicators_miss_readings_disagree_and_are_overdue_and_every_source_is_made_up(loaded: KnowledgeBase) -> None:
    practices = [each.practice for each in following.monitored(loaded, actor=LOCAL_MEMBER)]
    found = {name: following.monitoring(loaded, name, actor=LOCAL_MEMBER).indicators for name in practices}
    overdue = {(each.practice, each.key) for each in following.overdue(loaded, actor=LOCAL_MEMBER)}
    by_key = {each.indicator.key: each for indicators in found.values() for each in indicators}

    assert len(found) == 4
    assert len(by_key) == N_INDICATORS
    assert {("cesena-bee-path", "late-mown-area"), ("eat-at-home", "weight-loss")} <= overdue
    assert [sorted(each.value for each in one.readings) for one in by_key["active-co-operatives"].disagreements] == [[86, 91]]
    assert by_key["stings"].ended is not None
    assert [each.value for each in by_key["women-on-boards"].readings if each.withdrawn] == [9]
    assert len(by_key["weight-loss"].missing) >= 4
    sources = [each.read.source for one in by_key.values() for each in one.readings]
    assert [words for words in sources if "made up" not in words] == []


def test_one_approval_stands_and_one_has_come_to_its_end(loaded: KnowledgeBase) -> None:
    def approved(practice: str) -> tuple[bool, bool]:
        steps = laddering.ladder(loaded, practice, actor=LOCAL_MEMBER).steps
        return steps[1].is_reached, steps[1].is_expired

    assert approved("sewa-cooperative-federation") == (True, False)
    assert approved("cesena-bee-path") == (True, True)


# loading and removing -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["fake", "sqlite", "postgresql"])
def test_removing_it_leaves_all_as_it_was_before(
    placed_kb: KnowledgeBase, request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    address = request.getfixturevalue("database_url") if kind == "postgresql" else ""
    with closing(SqlRecords(address, tmp_path)) as sql:
        kb = over(placed_kb, FakeRecords() if kind == "fake" else sql)
        ann = members.add(kb, "Ann", organisation="Bees", country="IT", roles=[Role.REVIEWER], actor=LOCAL_MEMBER)
        real = opening.open_assessment(kb, "esf-critical-friend", "plp-short", due="2099-01-31", actor=LOCAL_MEMBER)
        with kb.records() as records:
            records.drafts.put(Draft("local", "review", real, "{}", "", ann.added_at_utc))
        tested = transfer_opening.open_test(kb, "cesena-bee-path", "PT", source="SI", actor=LOCAL_MEMBER)
        changing.set_indicator(kb, "eat-at-home", INDICATOR, actor=LOCAL_MEMBER)
        changing.add_reading(kb, "eat-at-home", "meals", "2026-01-31", "12", source="cook", actor=LOCAL_MEMBER)
        before, journal = list(everything(kb)), list(entries(kb))

        assert demonstration.load(kb, actor=LOCAL_MEMBER).n_assessments == len(SHOWN)
        opening.invite(kb, TAIEX, "Ann", actor=LOCAL_MEMBER)
        seats.invite(kb, OPEN_TEST, "Ann", actor=LOCAL_MEMBER)
        with kb.records() as records:
            records.drafts.put(Draft("Ann", "review", TAIEX, "{}", "", ann.added_at_utc))
            records.drafts.put(Draft("Ann", "judgement", OPEN_TEST, "{}", "", ann.added_at_utc))
            records.drafts.put(Draft("local", "judgement", tested, "{}", "", ann.added_at_utc))
            records.drafts.put(Draft("Demo reviewer C", "practice", "bees", "{}", "", ann.added_at_utc))
            records.saved_searches.add(replace(SAVED, member="Demo reviewer C"))
        gone = Removed(7, len(SHOWN), len(TESTED), N_INDICATORS, N_THINGS, n_steps_of={"local": 2}, n_drafts=2)  # see above
        assert demonstration.going(kb, actor=LOCAL_MEMBER) == gone
        assert demonstration.remove(kb, actor=LOCAL_MEMBER) == gone

        assert list(everything(kb))[:3] == before[:3]
        assert list(entries(kb)) == journal
        with kb.records() as records:
            assert records.drafts.get("local", "judgement", tested) is not None
            assert [each.action for each in records.history.newest(99)] == ["removed", "added"]
            people = ("Ann", "Demo reviewer C", "Demo reviewer E")
            assert [(records.drafts.of_member(name), records.saved_searches.of_member(name)) for name in people] == [([], [])] * 3
        assert demonstration.remove(kb, actor=LOCAL_MEMBER) == Removed(0, 0, 0, 0, 0)


def test_beside_a_real_assessment_it_takes_the_next_number(kb: KnowledgeBase) -> None:
    real = opening.open_assessment(kb, "euclid-peerex", "plp-short", due="2099-01-31", actor=LOCAL_MEMBER)

    demonstration.load(kb, actor=LOCAL_MEMBER)

    of_demo = {each.id: each.is_demo for each in assessments_for(kb, actor=LOCAL_MEMBER) if each.practice == "euclid-peerex"}
    assert of_demo == {real: False, "euclid-peerex-2": True, "euclid-peerex-3": True}


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


def test_its_entries_in_the_journal_go_with_it_and_what_was_begun_in_its_tests(loaded: KnowledgeBase) -> None:
    demo = StoredEntry("transfer", "bees-to-pt-1", 1, "Demo", "2026-11-22T10:00:00+00:00", "opened", "{}", True)
    real = replace(demo, subject="bees-to-si-1", is_demo=False)
    with loaded.records() as records:
        kept = records.journal.append(real)
        records.journal.append(demo)
        records.journal.append(replace(demo, stream="monitoring", subject="bees"))
        drafts = [Draft("local", "judgement", each.subject, "{}", "", "2026-11-22T10:00:00+00:00") for each in (demo, real)]
        for draft in drafts:
            records.drafts.put(draft)

    demonstration.remove(loaded, actor=LOCAL_MEMBER)

    with loaded.records() as records:
        assert records.journal.everyone("transfer") == [kept]
        assert records.journal.everyone("monitoring") == []
        assert [each.subject for each in records.drafts.of_member("local")] == ["bees-to-si-1"]


def test_where_somebody_is_registered_or_an_assessment_exists_it_is_not_loaded_by_itself(placed_kb: KnowledgeBase) -> None:
    with_member, with_assessment = (over(placed_kb, FakeRecords()) for _ in range(2))
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


def test_without_files_there_is_none(placed_kb: KnowledgeBase, tmp_path: Path) -> None:
    kb = over(placed_kb, FakeRecords(), tmp_path / "demonstration")

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


SEWA_TEST = "transfers/sewa-cooperative-federation-to-pt-1"


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        (SEWA_TEST, ("value: 1,", "value: 3,"), "value: “3” is no answer; there are -2, -1, 0, 1, 2"),
        (SEWA_TEST, ("a union of 1.5 million", "a union of 15 million"), "quotes.members: is not in case-studies/sewa.md"),
        (SEWA_TEST, ("Women are 77 %", "Women are 7 %"), "quotes.pt-women: is not in context:PT.yaml"),
        (SEWA_TEST, ("context:PT.yaml", "context:ES.yaml"), "is not in the documents of sewa-cooperative-federation or about PT"),
        (SEWA_TEST, ("target: PT", "target: XX"), "XX"),
        (SEWA_TEST, ("practice: sewa-", "practice: sewer-"), "there is no practice sewer-cooperative-federation"),
        (SEWA_TEST, ("version: 1", "version: 9"), "there is no framework plp-transferability in version 9"),
        (SEWA_TEST, ("core-known:", "beauty:"), "beauty: the framework does not ask for it"),
        (SEWA_TEST, ("confidence: medium, ", ""), "something is missing at core-known"),
        (SEWA_TEST, ("assessor: reviewer-c", "assessor: owner"), "Demo owner has not the role reviewer"),
        (SEWA_TEST, ("who: facilitator, what: concluded", "who: reviewer-a, what: concluded"), "Only who opened the test"),
        (SEWA_TEST, ("who: reviewer-c, what: handed-in", "who: reviewer-d, what: handed-in"), "reviewer-d hands in a judgement"),
        (f"transfers/{OPEN_TEST}", ("drafts:\n  reviewer-b:", "drafts:\n  reviewer-a:"), "no judgement of them is awaited"),
        ("transfers/cesena-bee-path-to-it-1", ("outcome: worked, ", ""), "has no “outcome”, as “evaluated” has"),
        ("transfers/cesena-bee-path-to-it-1", ("pro: [three, reached], con: [no-counts], ", ""), "Name what bears it out"),
        ("transfers/cesena-bee-path-to-it-1", ("case: case-demo-bees", "case: cesena-bee-path"), "the practice itself is no case"),
        ("monitoring/eat-at-home", ("(made up for the demonstration)", ""), "nobody may take the value for a real one"),
        ("monitoring/eat-at-home", ("who: facilitator", "who: owner"), "Demo owner has none of the roles contributor, facilitator"),
        ("monitoring/eat-at-home", ("added, key: weight-loss", "added, key: weight"), "there is no indicator weight"),
        ("monitoring/eat-at-home", ("date: 2025-10-31, value", "date: 2099-10-31, value"), "2099-10-31 has not come yet"),
        ("monitoring/sewa-cooperative-federation", ("step: 8", "step: 1"), "step 1 added no reading"),
        ("approvals", ("expires: 2026-03-31", "expires: 2025-03-01"), "the last day 2025-03-01 is not after 2025-03-10"),
        ("approvals", ("practice: sewa-", "practice: sewer-"), "approvals.1: there is no practice sewer-cooperative-federation"),
    ],
)  # fmt: skip
def test_what_does_not_fit_in_tests_and_indicators_is_said(
    edited: Callable[..., KnowledgeBase], name: str, change: tuple[str, str], sentence: str
) -> None:
    kb = edited(f"{name}.yaml", change)

    with pytest.raises(InvalidEntry) as told:
        demonstration.load(kb, actor=LOCAL_MEMBER)

    assert sentence in str(told.value)
    assert all_kept(kb) == 0
    assert list(entries(kb)) == []


def all_kept(kb: KnowledgeBase) -> int:
    with kb.records() as records:
        return len(records.members.everyone()) + len(records.assessments.everyone()) + len(records.rubrics.everyone())


# the commands -------------------------------------------------------------------------------------------------------------


def test_the_commands_load_and_remove_and_say_how(
    placed_kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = tmp_path / "corpus"
    for part in ("practices", "documents", "contexts", "frameworks"):
        shutil.copytree(placed_kb.documents.parent / part, corpus / part)
    for part in ("rubrics", "demonstration"):
        shutil.copytree(ROOT / "corpus" / part, corpus / part)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KB_CORPUS", str(corpus))
    monkeypatch.setenv("KB_INDEX", str(placed_kb.index))
    monkeypatch.delenv("KB_DATABASE_URL", raising=False)

    def typed(*words: str) -> str:
        result = CliRunner().invoke(cli.kb, ["demo", *words])
        assert result.exception is None, result.output
        return re.sub(r"\b\d+\.\d s\b", "N s", result.output)

    what = f"18 assessments, 16 tests of transferability, 9 indicators, {N_THINGS} things of mutual learning"
    nothing = "0 assessments, 0 tests of transferability, 0 indicators, 0 things of mutual learning"
    first = f"Demonstration data: {what}, by 7 made-up members, in N s. Take them away with: kb demo remove\n"
    again = "Demonstration data are loaded. Take them away with: kb demo remove\n"
    assert [typed("load", "--if-empty"), typed("load", "--if-empty"), typed("load")] == [first, again, again]
    assert typed("remove") == f"Removed of the demonstration in N s: {what}, 7 members.\n"
    assert typed("remove") == f"Removed of the demonstration in N s: {nothing}, 0 members.\n"
    gone = "No demonstration data were loaded: they were removed. Have them again with: kb demo load\n"
    assert [typed("load", "--if-empty"), typed("load")] == [gone, first]
