"""Who plays the story of mutual learning, in which small world, and its steps that are taken behind the pages."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kb import open_kb
from kb.services import members
from kb.services.clock import today
from kb.services.ingesting import ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import answering, case_planning, needs, offers, round_evidence, rounds, sessions, transfer_cases
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.services.transferring import concluding, judging, opening, seats
from kb.settings import Settings

ROOT = Path(__file__).parents[1]
PRACTICE, PRACTICE_TITLE = "cesena-bee-path", "Ljubljana's bee path"
TEST = f"{PRACTICE}-to-pt-1"
LEA, MARTA, TINA = "Lea Lead", "Marta Reis", "Tina Novak"
NETWORK, LISBON, LJUBLJANA = "The Network", "Rede de Lisboa", "Città di Lubiana"  # the last owns the practice, by its sheet
PEOPLE = (
    (LEA, NETWORK, "BE", Role.FACILITATOR),
    (MARTA, LISBON, "PT", Role.REVIEWER),
    (TINA, LJUBLJANA, "SI", Role.REVIEWER),
)
OFFER = "How our bee path works with gardeners and schools"
OTHER_OFFER = "Annual accounts of small co-operatives"
ROUND = "Who looks after city bees?"
FIRST, SECOND = "Who had to agree before the first hive stood in a park?", "What did you change on the way, and why?"
HER_CASE = "Colmeias em duas escolas"
HER_ANSWER = "As escolas e os jardineiros da câmara, antes de todos os outros."
SESSION = "Bees in two cities"
REPORT = "conference-notes/lisboa-abelhas.md"
SEEN = "Em outubro contámos sete colmeias em cinco escolas de Lisboa e nenhuma queixa dos vizinhos."


def prepare(root: Path, models: Path) -> Settings:
    """A practice with its documents, a report of Lisbon, the profiles of both places, the framework; the three; two offers."""
    settings = Settings(root / "corpus", root / "index")
    settings.index.mkdir(parents=True)
    settings.models.symlink_to(models)
    for name in (
        "documents/case-studies/beepathnet-lubiana-cesena.md",
        "documents/guides/judging-transferability.pdf",
        "documents/guides/judging-transferability.yaml",
        f"practices/{PRACTICE}.yaml",
        "contexts/indicators.yaml",
        "contexts/PT.yaml",
        "contexts/SI.yaml",
        "frameworks/plp-transferability.yaml",
    ):
        (settings.corpus / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "corpus" / name, settings.corpus / name)
    shutil.copytree(ROOT / "corpus" / "concepts", settings.concepts)
    report = settings.documents / REPORT
    report.parent.mkdir(parents=True)
    report.write_text(f"# Abelhas em Lisboa\n\n{SEEN} Os professores querem continuar no próximo ano.\n", encoding="utf-8")
    kb = open_kb(settings)
    ingest(kb, [settings.documents, settings.practices, settings.contexts], actor=LOCAL_MEMBER)
    for name, organisation, country, role in PEOPLE:
        members.add(kb, name, organisation=organisation, country=country, roles=[role], actor=LOCAL_MEMBER)
    told = "We show the hives in our parks, the calendar for mowing and the lessons in schools."
    offers.post(kb, OFFER, told, gives=["knowledge", "peer-visit"], practices=[PRACTICE], actor=who(kb, TINA))
    told = "We explain balance sheets and taxes to treasurers."
    offers.post(kb, OTHER_OFFER, told, gives=["knowledge"], actor=who(kb, LEA))
    return settings


def who(kb: KnowledgeBase, name: str) -> Member:
    found = members.acting_as(kb, name)
    assert isinstance(found, Member)
    return found


def need_is_answered(kb: KnowledgeBase) -> None:
    """Marta says what answered her need."""
    needs.answer(kb, "need-1", "Ljubljana showed it.", exchanges=["match-1"], actor=who(kb, MARTA))


def round_is_drafted(kb: KnowledgeBase) -> None:
    """Lea writes two questions, of which Lisbon and Ljubljana are asked."""
    due = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
    asked = [LISBON, LJUBLJANA]
    rounds.draft(kb, ROUND, questions=[FIRST, SECOND], due=due, asked=asked, language="en", actor=who(kb, LEA))


def she_answers(kb: KnowledgeBase) -> str:
    """Marta's case, with a passage of the report of Lisbon. Returns its quotation."""
    marta = who(kb, MARTA)
    key = rounds.round_(kb, "round-1", actor=marta).drafted.keys[0]
    found = round_evidence.for_question(kb, "round-1", key, question="colmeias em escolas de Lisboa", actor=marta)
    best = found.passages[0]
    pin = round_evidence.pin(kb, best.passage.id, sentence=best.sentence, actor=marta)
    said = {"title": HER_CASE, "language": "pt", "answers": {key: HER_ANSWER}, "pins": {key: (pin,)}}
    desk = answering.keep(kb, "round-1", said, version=0, actor=marta)
    answering.submit(kb, "round-1", version=desk.version, actor=marta)
    return pin.quote


def session_is_planned(kb: KnowledgeBase) -> None:
    """Tina plans it for hours that are just over, so that it can be held now."""
    begins, ends = (datetime.now(UTC) - timedelta(hours=each) for each in (3, 1))
    planned = {
        **{"title": SESSION, "format": "study-visit", "host": {"organisation": LJUBLJANA, "country": "SI"}, "where": "Ljubljana"},
        **{"begins": f"{begins:%Y-%m-%dT%H:%M}", "ends": f"{ends:%Y-%m-%dT%H:%M}", "capacity": 6, "languages": ["en"]},
        **{"round": "round-1", "practices": [PRACTICE]},
    }
    sessions.plan(kb, planned, actor=who(kb, TINA))
    sessions.join(kb, "session-1", actor=who(kb, LEA))


def forecast_is_made(kb: KnowledgeBase) -> None:
    """Lea asks whether it could work in Portugal; Marta and Tina judge; nothing stands in the way."""
    lea = who(kb, LEA)
    told = opening.open_test(kb, PRACTICE, "PT", source="SI", actor=lea)
    assert told == TEST
    for name in (MARTA, TINA):
        actor = who(kb, name)
        seats.invite(kb, told, name, actor=lea)
        desk = judging.desk(kb, told, actor=actor)
        for criterion in desk.framework.criterion_names:
            said = {"value": 1, "confidence": "medium", "reason": f"{name} sees more help than hindrance."}
            desk = judging.keep_answer(kb, told, criterion, said, version=desk.version, actor=actor)
        judging.hand_in(kb, told, version=desk.version, actor=actor)
    concluding.conclude(kb, told, actor=lea)


def case_is_in_use(kb: KnowledgeBase) -> None:
    """Marta adapts and uses what she planned, and the milestone is reached."""
    marta = who(kb, MARTA)
    for state in ("adapt", "re-use"):
        transfer_cases.move(kb, "case-1", state, learned="Teachers trust teachers.", actor=marta)
    case_planning.reach(kb, "case-1", "m1", on=today(), actor=marta)
