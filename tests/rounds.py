"""Question rounds in the small knowledge base of :mod:`tests.assessed`: fay leads, ann and bo answer."""

from __future__ import annotations

from kb.services.assessing.practice_passages import documents_of
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import answering, round_evidence, rounds
from tests.assessed import BEES, PRACTICE, passage_of, who

DUE = "2099-12-20"
QUESTIONS = ("Which law helped?", "Who pays?")

__all__ = ["BEES", "DUE", "PRACTICE", "QUESTIONS", "answered", "documents_of", "drafted", "passage_of", "sent", "who"]


def drafted(kb: KnowledgeBase, *, asked: tuple[str, ...] = ()) -> str:
    """By fay; nobody else knows of it but facilitators."""
    return rounds.draft(
        kb, "Laws of bees", questions=QUESTIONS, due=DUE, axis="Laws", intro="We ask.", asked=asked, actor=who(kb, "fay")
    ).id


def sent(kb: KnowledgeBase, *, asked: tuple[str, ...] = ()) -> str:
    """To everybody, unless organisations are named."""
    return rounds.send(kb, drafted(kb, asked=asked), actor=who(kb, "fay")).id


def answered(kb: KnowledgeBase, round_id: str, name: str, *, path: str = BEES, language: str = "en", **answers: str) -> int:
    """A case of this member with a passage of ``path`` to its first answer. Returns its number."""
    actor = who(kb, name)
    said = answers or {"q1": f"{name} knows of a law."}
    pinned = round_evidence.pin(kb, passage_of(kb, path).id, actor=actor)
    pins = {next(iter(said)): (pinned,)}
    case = {"title": f"Case of {name}", "practice": PRACTICE, "language": language, "answers": said, "pins": pins}
    before = answering.desk(kb, round_id, actor=actor)
    desk = answering.keep(kb, round_id, case, version=before.version, actor=actor)
    return answering.submit(kb, round_id, version=desk.version, actor=actor).answers[-1].seq
