"""Every service, and who may use it: one table, tried with every combination of roles. A new service needs a row here.

A role that is not in the row helps nobody. Who lacks one is refused before anything is done, and before anything else is said, such
as that a thing is not there.
"""

from __future__ import annotations

import importlib
import inspect
import itertools
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fake_records import FakeJournal, FakeRubrics, Tables
from fakes import FakeEncoder, FakeModels, FakeReader, FakeRecords, NoDetector, a_document

import kb.services
from kb import open_kb
from kb.errors import KBError, PermissionDenied
from kb.peers.assessment.events import Begun, Opened
from kb.peers.assessment.review import Stance
from kb.peers.assessment.rubric import Rubric
from kb.peers.assessment.state import Assessment
from kb.peers.benchmark.reasons import Basis
from kb.peers.learning.lesson import LESSON
from kb.peers.learning.parts import Because
from kb.peers.practice import Kind
from kb.peers.transfer.events import Joined
from kb.peers.transfer.framework import Framework
from kb.peers.transfer.judgement import Evidenced
from kb.peers.transfer.state import TransferTest
from kb.retrieval.answer import Filters, SearchResult
from kb.retrieval.catalog import FileState, LedgerEntry
from kb.retrieval.judged import Collection, JudgedSet
from kb.retrieval.passage import Block, BlockKind, DocumentId, Metadata, PassageId, Visibility
from kb.retrieval.question import Question
from kb.retrieval.question_list import Asked
from kb.services.assessing.practice_passages import PracticeDocuments
from kb.services.assessment_files.formats import AssessmentForm
from kb.services.citation_formats import Format
from kb.services.concept_exchange import GraphForm
from kb.services.demonstration_removing import take_away
from kb.services.handouts.forms import ReportForm
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning.partnership_beginning import Beginning
from kb.services.permission import Member, Role
from kb.services.practice_drafts import PracticeDraft
from kb.services.records import RegisteredMember, SavedSearch
from kb.services.saved_searches import Visit
from kb.services.tables import TableFormat
from kb.settings import Settings
from tests.frameworks import raw as framework_raw
from tests.matched import a_need, an_offer
from tests.rubrics import raw

M, C, R, F, A = Role.MEMBER, Role.CONTRIBUTOR, Role.REVIEWER, Role.FACILITATOR, Role.ADMINISTRATOR
ANYBODY: set[Role] = set()  # what they see there is decided document by document: tests/unit/test_permission.py

TABLE: dict[str, set[Role]] = {  # service → the roles that it needs, all of them
    "assessing.adding.added": ANYBODY,  # the assessment itself says who may
    "assessing.agreeing.agreement": {M},
    "assessing.concluding.conclude": {F},
    "assessing.concluding.preview": {M},
    "assessing.evidence.comparable": {M},
    "assessing.evidence.for_item": {M},
    "assessing.exporting.export": {M},
    "assessing.exporting.export_all": {M},
    "assessing.listing.assessments": {M},
    "assessing.listing.tasks": {M},
    "assessing.loading.assessment_for": {M},
    "assessing.loading.assessments_for": {M},
    "assessing.loading.rubric_of": {M},
    "assessing.offline.form": {M, R},
    "assessing.offline.take_in": {M, R},
    "assessing.opening.begin": {F},
    "assessing.opening.cancel": {F},
    "assessing.opening.change_due": {F},
    "assessing.opening.excuse": {F},
    "assessing.opening.invitable": {F},
    "assessing.opening.invite": {F},
    "assessing.opening.open_assessment": {M, F},
    "assessing.outlines.outlines_for": {M},
    "assessing.pinning.pin": {M, R},
    "assessing.pinning.pinned": {M},
    "assessing.practice_passages.documents_of": {M},
    "assessing.reconciling.settle": {M},  # of the panel, or a facilitator: see test_assessing_story
    "assessing.reconciling.sides": {M},
    "assessing.replying.close_reply": {M},  # who answers for the owner, or a facilitator: see test_assessing_story
    "assessing.replying.reply": {M},
    "assessing.reporting.report": {M},
    "assessing.reviewing.desk": {M, R},
    "assessing.reviewing.keep_answer": {M, R},
    "assessing.reviewing.keep_comment": {M, R},
    "assessing.reviewing.submit": {M, R},
    "assessing.seats.accept": {R},
    "assessing.seats.decline": {M},
    "assessing.speaking_passages.speaking_to": {M},
    "assessing.staleness.reconfirm": {M, R},
    "assessing.staleness.stale": {M},
    "assessing.viewing.assessment": {M},
    "batch_search.answer_all": {M},
    "batch_search.batch": {M},
    "benchmarking.aged.stale_criteria": {M},
    "benchmarking.comparing.compare": {M},
    "benchmarking.exporting.export": {M},
    "benchmarking.grid.grid": {M},
    "benchmarking.peers.comparable": {M},
    "benchmarking.peers.compared": {M},
    "benchmarking.profiling.profile": {M},
    "benchmarking.sheet_facts.sheet_facts": {M},
    "benchmarking.standing.concluded": {M},
    "citing.cite": ANYBODY,
    "citing.export": ANYBODY,
    "citing.still_there": ANYBODY,
    "collection.ingest_collection": {C},
    "concept_finding.find": {M},
    "concepts.concept": {M},
    "concepts.export": {M},
    "concepts.passages": {M},
    "concepts.practices": {M},
    "concepts.take_in": {F},
    "concepts.tree": {M},
    "contexts.asked": {M},
    "contexts.check": {M},
    "contexts.context": {M},
    "contexts.contexts": {M},
    "contexts.distance": {M},
    "contexts.documents_about": {M},
    "contexts.nearest": {M},
    "contexts.profiles": {M},
    "demonstration.going": {A},
    "demonstration.is_loaded": {M},
    "demonstration.load": {A},
    "demonstration.remove": {A},
    "document_tags.documents_for": ANYBODY,
    "evaluating.evaluate": {M},
    "evaluating.evaluate_collection": {M, C},
    "frameworks.check": {M},
    "frameworks.framework": {M},
    "frameworks.frameworks": {M},
    "frameworks.keep_in_use": ANYBODY,  # see ONE_OF
    "health.verify": {A},
    "history.newest": {F},
    "history.of_subject": {M},
    "ingesting.ingest": {C},
    "jobs.cancel": {C},
    "jobs.job": {M},
    "jobs.jobs": {M},
    "jobs.ledger": {M},
    "jobs.retry_failed": {C},
    "jobs.start": {C},
    "judging.judge": {M},
    "judging.marks": {M},
    "judging.mine": {M},
    "judging.passages_named": ANYBODY,
    "judging.pooled": {F},
    "judging.withdraw": {M},
    "laddering.approve": {F},
    "laddering.ladder": {M},
    "laddering.withdraw": {F},
    "learning.evidence.for_eyes": ANYBODY,  # documents one by one
    "learning.evidence.pins_of": ANYBODY,  # documents one by one
    "learning.case_exporting.export_case": {M},
    "learning.case_exporting.export_cases": {M},
    "learning.case_evaluating.evaluate": {M, F},
    "learning.case_planning.plan": {M},
    "learning.case_planning.reach": {M},
    "learning.case_viewing.view": {M},
    "learning.transfer_cases.adopt": {M},  # who leads the case: see test_transfer_cases
    "learning.transfer_cases.case": {M},
    "learning.transfer_cases.cases": {M},
    "learning.transfer_cases.consider": {M},
    "learning.transfer_cases.move": {M},
    "learning.transfer_cases.stop": {M},
    "learning.keeping.everyone": {M},
    "learning.keeping.record": {M},
    "learning.lessons.confirm": {M},
    "learning.lessons.lesson": {M},
    "learning.lessons.lessons": {M},
    "learning.lessons.note": {M},
    "learning.lessons.withdraw": {M},
    "learning.linking.check_because": ANYBODY,  # part of others, which have asked already
    "learning.linking.check_still": ANYBODY,
    "learning.plans.begin": {M},
    "learning.plans.draft": {M},
    "learning.plans.finish": {M},
    "learning.plans.give_up": {M},
    "learning.plans.move_action": {M},
    "learning.plans.plan": {M},
    "learning.plans.plans": {M},
    "learning.plans.revise": {M},
    "learning.plans.validate": {M},
    "learning.policies.confirm": {M},
    "learning.policies.policies": {M},
    "learning.policies.policy_change": {M},
    "learning.policies.record": {M},
    "learning.policies.revise": {M},
    "learning.policies.withdraw": {M},
    "learning.recommendations.answer": {M},
    "learning.recommendations.implement": {M},
    "learning.recommendations.issue": {M},
    "learning.recommendations.recommendation": {M},
    "learning.recommendations.recommendations": {M},
    "learning.recommendations.withdraw": {M},
    "learning.matches.accept": {M},  # the host: see test_matches
    "learning.matches.consent": {M},  # the seeker: see test_matches
    "learning.matches.decline": {M},
    "learning.matches.done": {M},
    "learning.matches.match": {M},
    "learning.matches.matches": {M},
    "learning.matches.propose": {M},
    "learning.matches.withdraw": {M},
    "learning.matching.candidates": {M},
    "learning.matching.fit_of": {M},
    "learning.matching.for_offer": {M},
    "learning.needs.answer": {M},  # who posted it: see test_needs_and_offers
    "learning.needs.need": {M},
    "learning.needs.needs": {M},
    "learning.needs.post": {M},
    "learning.needs.revise": {M},
    "learning.needs.withdraw": {M},
    "learning.needs_exporting.export_matches": {M},
    "learning.needs_exporting.export_needs": {M},
    "learning.needs_exporting.export_offers": {M},
    "learning.offers.offer": {M},
    "learning.offers.offers": {M},
    "learning.offers.pause": {M},
    "learning.offers.post": {M},
    "learning.offers.resume": {M},
    "learning.offers.revise": {M},
    "learning.offers.withdraw": {M},
    "learning.dashboard.dashboard": {M},
    "learning.dashboard.export": {M},
    "learning.dashboard.export_effects": {M},
    "learning.everything.things": {M},
    "learning.feed.atom": {M},
    "learning.feed.feed": {M},
    "learning.mailing.notify": {A},
    "learning.mailing.subscribe": {M},
    "learning.mailing.subscribers": {A},
    "learning.mailing.subscription": {M},
    "learning.mailing.unsubscribe": {M},
    "learning.network.export": {M},
    "learning.network.network": {M},
    "learning.waiting.waiting": {M},
    "learning.calendars.ics": {M},
    "learning.debriefs.desk": {M},
    "learning.debriefs.keep": {M},
    "learning.debriefs.share": {M},  # who took part or runs it: see test_sessions
    "learning.notes.take_in": {M, C},  # who took part or runs it: see test_session_notes
    "learning.notes.text_of": {C},
    "learning.notes.readable": {M},
    "learning.notes.visible_notes": {M},
    "learning.session_tables.export": {M},
    "learning.sessions.cancel": {M},  # who runs it: see test_sessions
    "learning.sessions.held": {M},
    "learning.sessions.join": {M},
    "learning.sessions.leave": {M},
    "learning.sessions.plan": {M},  # facilitators and members of the host: see test_sessions
    "learning.sessions.revise": {M},
    "learning.sessions.session": {M},
    "learning.sessions.sessions": {M},
    "learning.spelling.reader_in": {M},
    "learning.lesson_exporting.export_lessons": {M},
    "learning.lesson_exporting.export_recommendations": {M},
    "learning.outcome_exporting.export_plan": {M},
    "learning.outcome_exporting.export_plans": {M},
    "learning.outcome_exporting.export_policies": {M},
    "learning.outcome_exporting.export_policy": {M},
    "learning.outcome_exporting.titles_of": {M},
    "learning.directory.find": {M},
    "learning.directory.of_name": {M},
    "learning.directory.organisation": {M},
    "learning.directory.organisations": {M},
    "learning.directory_checking.check_organisations": {M},
    "learning.directory_checking.check_partnerships": {M},
    "learning.directory_editing.editable": {C},
    "learning.directory_editing.faults_of": {C},
    "learning.directory_editing.save": {C},
    "learning.directory_exporting.export": {M},
    "learning.partnership_beginning.begin": {F},
    "learning.partnership_editing.editable": {F},
    "learning.partnership_editing.move": {F},
    "learning.partnerships.find": {M},
    "learning.partnerships.partnership": {M},
    "learning.partnerships.partnerships": {M},
    "learning.partnership_editing.put_partner": {F},
    "learning.partnership_editing.save": {F},
    "learning.partnership_editing.take_out_partner": {F},
    "library.document": ANYBODY,
    "library.documents": ANYBODY,
    "library.file": ANYBODY,
    "library.page_image": ANYBODY,
    "library.passage": ANYBODY,
    "library.passages": ANYBODY,
    "members.add": {F},  # a facilitator or an administrator: only by A, see test_members
    "members.change": {F},
    "members.members": {M},
    "learning.answering.desk": {M},
    "learning.answering.keep": {M},
    "learning.answering.submit": {M},
    "learning.answering.title_of": {M},
    "learning.briefs.brief": {M},
    "learning.briefs.export": {M},
    "learning.briefs.export_list": {M},
    "learning.exchanging.ask": {M},
    "learning.exchanging.reply": {M},  # who answered with the case, or their organisation: see test_question_rounds
    "learning.exchanging.vote": {M},
    "learning.round_evidence.for_question": {M},
    "learning.round_evidence.pin": {M},
    "learning.rounds.cancel": {F},
    "learning.rounds.close": {F},
    "learning.rounds.conclude": {F},
    "learning.rounds.draft": {F},
    "learning.rounds.reschedule": {F},
    "learning.rounds.revise": {F},
    "learning.rounds.round_": {M},
    "learning.rounds.rounds": {M},
    "learning.rounds.send": {F},
    "monitoring.changing.add_reading": ANYBODY,  # see ONE_OF
    "monitoring.changing.end_indicator": ANYBODY,
    "monitoring.changing.set_indicator": ANYBODY,
    "monitoring.changing.withdraw_reading": ANYBODY,  # who entered it, or a facilitator: see test_monitoring_story
    "monitoring.tables.export": {M},
    "monitoring.tables.import_table": ANYBODY,
    "monitoring.tables.read_table": ANYBODY,
    "monitoring.viewing.monitored": {M},
    "monitoring.viewing.monitoring": {M},
    "monitoring.viewing.overdue": {M},
    "practice_documents.practices_of": {M},
    "practice_drafts.draft": {C},
    "practice_drafts.drafts": {C},
    "practice_drafts.drop_draft": {C},
    "practice_drafts.keep_draft": {C},
    "practice_editing.begin": {C},
    "practice_editing.changed_since": {C},
    "practice_editing.check_name": {C},
    "practice_editing.editable": {C},
    "practice_editing.faults_of": {C},
    "practice_editing.save": {C},
    "practice_finding.about": {M},
    "practice_finding.browse": {M},
    "practice_finding.like": {M},
    "practice_history.history": {M},
    "practices.check": {M},
    "practices.listed": {M},
    "practices.may_know": ANYBODY,
    "practices.practice": {M},
    "practices.practices": {M},
    "practices.sheet_title": {M},
    "rubrics.check": {M},
    "rubrics.keep_in_use": {F},
    "rubrics.rubric": {M},
    "rubrics.rubrics": {M},
    "saved_searches.mark_seen": {M},
    "saved_searches.named": {M},
    "saved_searches.remove": {M},
    "saved_searches.rename": {M},
    "saved_searches.run": {M},
    "saved_searches.save": {M},
    "saved_searches.saved_search": {M},
    "saved_searches.saved_searches": {M},
    "searching.search": {M},
    "similar.more_like_document": {M},
    "similar.more_like_passage": {M},
    "standing_evidence.speaking_in": {M},
    "suggesting.confirm": {M},
    "suggesting.reject": {M},
    "suggesting.suggest": {M},
    "tag_records.checked": ANYBODY,
    "tagging.all_tags": {M},
    "tagging.give": {M},
    "tagging.practices_with": {M},
    "tagging.tags_by_practice": {M},
    "tagging.tags_of": {M},
    "tagging.withdraw": {M},
    "tagging.withdrawable": {M},
    "taking_overviews.export_comparison": {M},
    "taking_overviews.export_could_work": {M},
    "taking_overviews.export_grid": {M},
    "taking_overviews.export_ladder": {M},
    "taking_overviews.export_where_work": {M},
    "transferring.about.context_of": {M},
    "transferring.about.distance_of": {M},
    "transferring.about.practice_of": {M},
    "transferring.adding.added": ANYBODY,  # the test itself says who may
    "transferring.concluding.conclude": {M},  # see ONE_OF; who leads the test: see test_transferring_story
    "transferring.concluding.preview": {M},
    "transferring.evaluating.evaluate": {F},
    "transferring.evaluating.pins_of": ANYBODY,  # documents one by one
    "transferring.evidence.documents_on": {M},
    "transferring.evidence.for_criterion": {M},
    "transferring.exporting.export": {M},
    "transferring.exporting.export_all": {M},
    "transferring.exporting.export_matrix": {M},
    "transferring.evidence.pin": {M, R},
    "transferring.judging.desk": {M, R},
    "transferring.judging.hand_in": {M, R},
    "transferring.judging.keep_answer": {M, R},
    "transferring.judging.keep_overall": {M, R},
    "transferring.listing.awaited": {M},
    "transferring.listing.transfers": {M},
    "transferring.loading.framework_of": {M},
    "transferring.loading.transfer_for": {M},
    "transferring.loading.transfers_for": {M},
    "transferring.matrix.matrix": {M},
    "transferring.matrix.titles_of": {M},
    "transferring.opening.key_of": {M},
    "transferring.opening.open_test": {M},  # see ONE_OF
    "transferring.ranking.could_work_in": {M},
    "transferring.ranking.where_could_work": {M},
    "transferring.seats.cancel": ANYBODY,  # see ONE_OF; who leads the test: see test_transferring_story
    "transferring.seats.excuse": {M},
    "transferring.seats.invitable": ANYBODY,
    "transferring.seats.invite": ANYBODY,
    "transferring.seats.join": {R},
    "transferring.reporting.report": {M},
    "transferring.viewing.view": {M},
    "uploads.accept": {C},
}

# of these a member needs one, whichever
ONE_OF: dict[str, set[Role]] = {
    "frameworks.keep_in_use": {R, F},
    "monitoring.changing.add_reading": {C, F},
    "monitoring.changing.end_indicator": {C, F},
    "monitoring.changing.set_indicator": {C, F},
    "monitoring.changing.withdraw_reading": {C, F},
    "monitoring.tables.import_table": {C, F},
    "monitoring.tables.read_table": {C, F},
    "transferring.concluding.conclude": {R, F},
    "transferring.opening.open_test": {R, F},
    "transferring.seats.cancel": {R, F},
    "transferring.seats.invitable": {R, F},
    "transferring.seats.invite": {R, F},
}

# services that take the knowledge base and no member: parts of others, which have asked already, or ask who the member is
INNER = {
    "assessing.interests.concerned_in",
    "demonstration_following.approvals_played",
    "demonstration_following.monitoring_played",
    "document_tags.forget_given",
    "batch_search.export",
    "jobs.launched",
    "jobs.run",
    "learning.directory.everybody",
    "learning.linking.partnership_meant",
    "learning.names_in_texts.named_in_any",
    "learning.names_in_texts.names_in",
    "learning.spelling.spellings",
    "learning.within.bounds",
    "learning.within.of_partnership",
    "members.acting_as",
    "monitoring.loading.monitoring_of",
    "overview_files.overview.written",
    "practices.controlled_tags",
    "practices.has_file",
    "searching.on_current_generation",
    "tag_records.sheet_of",
    "transferring.assessors.organisations_of",
    "transferring.assessors.partners_of",
    "transferring.opening.faults_of_places",
    "transferring.told.told",
    "widening.widened",
}

QUESTION = "Who keeps bees?"
SEARCH = SavedSearch("ela", "bees", "bees", QUESTION, Filters(), 10, "", "", id=1)
RESULT = SearchResult(QUESTION, Question(QUESTION, QUESTION), Filters(), (), "en", 0, 0, 1, 0.0)
ARGUMENTS: dict[str, object] = {  # by the parameter's name, or by service and parameter where one name has several meanings
    "answer": {"reason": "so"},
    "learning.lesson_exporting.export_lessons.form": TableFormat.CSV,
    "learning.lesson_exporting.export_recommendations.form": TableFormat.CSV,
    "learning.outcome_exporting.export_plan.form": ReportForm.PDF,
    "learning.outcome_exporting.export_policy.form": ReportForm.PDF,
    "learning.outcome_exporting.export_plans.form": TableFormat.CSV,
    "learning.outcome_exporting.export_policies.form": TableFormat.CSV,
    "learning.outcome_exporting.titles_of.because": Because(practices=("bees",)),
    "action": "1",
    "actions": ({"what": "Count."},),
    "attribution": "half of it",
    "instrument": "the plan",
    "case": 2,
    **{f"learning.transfer_cases.{each}.case": "case-1" for each in ("adopt", "case", "move", "stop")},
    **{f"learning.case_{each}.case": "case-1" for each in ("evaluating.evaluate", "planning.plan", "planning.reach")},
    "learning.case_exporting.export_case.case": "case-1",
    "learning.case_exporting.export_case.form": ReportForm.PDF,
    "learning.case_exporting.export_cases.form": TableFormat.CSV,
    "learning.case_viewing.view.case": "case-1",
    "learning.transfer_cases.move.to": "understand",
    "learned": "so",
    "milestone": "m1",
    "conclusions": {"q1": "so"},
    "learning.exchanging.reply.question": 3,
    "learning.rounds.draft.questions": ["Who pays?"],
    "learning.rounds.revise.base": 1,
    "learning.briefs.export.form": ReportForm.JSON,
    "learning.briefs.export_list.form": TableFormat.CSV,
    "round_id": "round-1",
    "said": {"title": "Bees"},
    "lesson": "lesson-1",
    "lesson_id": "lesson-1",
    "level": "policy",
    "plan_id": "plan-1",
    "policy": "the law",
    "policy_id": "policy-1",
    "recommendation": "recommendation-1",
    "recommendation_id": "recommendation-1",
    "response": "accept",
    "to": "House of Bo",
    "what_changed": "the law",
    "learning.evidence.for_eyes.records": (),
    "learning.linking.check_because.because": Because(practices=("bees",)),
    "learning.linking.check_because.records": SimpleNamespace(journal=FakeJournal(Tables())),
    "learning.linking.check_still.because": Because(practices=("bees",)),
    "learning.linking.check_still.records": SimpleNamespace(journal=FakeJournal(Tables())),
    "learning.linking.check_still.thing": None,
    "learning.keeping.everyone.kind": LESSON,
    "learning.keeping.record.kind": LESSON,
    "learning.keeping.record.id_": "lesson-1",
    "asked": Rubric.of(raw()).gates[0],
    "assessment": Assessment("bees-1", Opened(practice="bees", title="Bees", rubric="tiny", version=1, rubric_sha256="", due="")),
    "assessment_id": "bees-1",
    "assessor": "ann",
    "base_version": "0",
    "basis": Basis.TEXT,
    "body": Begun(),
    "changes": {"title": "Bees"},
    "chosen": (),
    "collection": Collection({"1": ("Bees", "Bees fly.")}, JudgedSet("none", ())),
    "comment": "so",
    "comments": {},
    "concept_id": "social-economy",
    "content": b"question\nWho keeps bees?\n",
    "country": "IT",
    "criterion": "equity",
    "data": b"",
    "date": "2026-06-30",
    "document_id": DocumentId("d" * 16),
    "document_ids": [DocumentId("d" * 16)],
    "documents": (),
    "debrief": {"decisions": ["so"]},
    "draft": PracticeDraft("bees", {"title": "Bees"}),
    "due": "2099-12-20",
    "expires": "2099-12-31",
    "files": [("bees.txt", b"bees")],
    "framework": Framework.of(framework_raw()),
    "general": "so",
    "gives": ("knowledge",),
    "how": "so",
    "indicator": {"key": "hives"},
    "item": "equity",
    "job_id": "1",
    "judged": JudgedSet("none", ()),
    "judgement_id": 1,
    "key": "hives",
    "kind": "practice",
    "language": "en",
    "match": "match-1",
    "measures": None,
    "name": "bees",
    "need": "need-1",
    "need_id": "need-1",
    "offer": "offer-1",
    "offer_id": "offer-1",
    "on": "2026-01-01",
    "on_what": "a visit",
    "organisation": "",
    "outcome": "worked",
    "overall": {"comment": "so"},
    "own": PracticeDocuments(None, {}),
    "page": 1,
    "passage_id": PassageId("1" * 16),
    "passages": [PassageId("1" * 16)],
    "paths": [],
    "pins": (),
    "place": "PT",
    "planned": {"title": "Bees"},
    "practice": "bees",
    "practices": ("bees", "wasps"),
    "queries": (),
    "question": QUESTION,
    "questions": [Asked(1, "1", QUESTION)],
    "reason": "so",
    "relevance": 1,
    "reviewer": "ann",
    "roles": [Role.REVIEWER],
    "rubric": "plp-short",
    "saved": SEARCH,
    "saved_id": 1,
    "seeks": "knowledge",
    "seq": 1,
    "session": "session-1",
    "shown": 1,
    "side": Evidenced.SOURCE,
    "source": "the annual report",
    "stance": Stance.FOR,
    "stands": True,
    "subject": "bees",
    "tag": "bees",
    "tag_id": 1,
    "target": "PT",
    "test": TransferTest("bees-to-pt-1"),
    "test_id": "bees-to-pt-1",
    "test_ids": ("bees-to-pt-1",),
    "text": "bees",
    "title": "Bees",
    "value": "7",
    "version": 1,
    "visit": Visit(SEARCH, RESULT, frozenset(), ""),
    "what": "seen",
    "why": "they say so",
    "assessing.exporting.export.form": AssessmentForm.JSON,
    "assessing.exporting.export_all.form": TableFormat.CSV,
    "assessing.speaking_passages.speaking_to.rubric": Rubric.of(raw()),
    "batch_search.batch.form": TableFormat.CSV,
    "benchmarking.exporting.export.form": TableFormat.CSV,
    "citing.export.form": Format.TEXT,
    "concepts.export.form": GraphForm.TURTLE,
    "concepts.take_in.form": GraphForm.TURTLE,
    "contexts.distance.a": "PT",
    "contexts.distance.b": "SI",
    "frameworks.keep_in_use.framework": Framework.of(framework_raw()),
    "frameworks.keep_in_use.records": SimpleNamespace(journal=FakeJournal(Tables())),
    "learning.matching.fit_of.need": a_need(),
    "learning.matching.fit_of.offer": an_offer(),
    "learning.needs.need.id_": "need-1",
    "learning.needs_exporting.export_matches.form": TableFormat.CSV,
    "learning.needs_exporting.export_needs.form": TableFormat.CSV,
    "learning.needs_exporting.export_offers.form": TableFormat.CSV,
    "learning.offers.offer.id_": "offer-1",
    "learning.matches.match.id_": "match-1",
    "learning.notes.readable.session": SimpleNamespace(notes=(), held=None),
    "learning.notes.visible_notes.session": SimpleNamespace(notes=()),
    "learning.directory_exporting.export.form": TableFormat.CSV,
    "learning.partnership_beginning.begin.told": Beginning(
        "Bees", "en", sources={"page": {"title": "Bees", "organisation": "Hive"}}
    ),
    "learning.partnership_editing.move.state": "active",
    "learning.session_tables.export.form": TableFormat.CSV,
    "learning.dashboard.export.form": TableFormat.CSV,
    "learning.dashboard.export_effects.form": TableFormat.CSV,
    "learning.network.export.form": TableFormat.CSV,
    "learning.mailing.subscribe.address": "ela@example.org",
    "monitoring.tables.export.form": TableFormat.CSV,
    "taking_overviews.export_comparison.form": ReportForm.JSON,
    "taking_overviews.export_comparison.names": ("bees", "wasps"),
    "taking_overviews.export_could_work.form": ReportForm.JSON,
    "taking_overviews.export_grid.form": ReportForm.JSON,
    "taking_overviews.export_ladder.form": ReportForm.JSON,
    "taking_overviews.export_where_work.form": ReportForm.JSON,
    "transferring.exporting.export.form": AssessmentForm.JSON,
    "transferring.exporting.export_all.form": TableFormat.CSV,
    "transferring.exporting.export_matrix.form": TableFormat.CSV,
    "practice_editing.begin.kind": Kind.GOOD_PRACTICE,
    "rubrics.keep_in_use.records": SimpleNamespace(rubrics=FakeRubrics(Tables())),
    "rubrics.keep_in_use.rubric": Rubric.of(raw()),
    "transferring.adding.added.body": Joined(),
}


def services() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function of :mod:`kb.services` by name, without the rules of permission themselves."""
    for module in pkgutil.walk_packages(kb.services.__path__, "kb.services."):
        for name, found in vars(importlib.import_module(module.name)).items():
            is_own = inspect.isfunction(found) and found.__module__ == module.name
            if is_own and not name.startswith("_") and not module.name.endswith(".permission"):
                yield f"{module.name.removeprefix('kb.services.')}.{name}", found


def parameters(service: Callable[..., Any]) -> list[str]:
    return list(inspect.signature(service).parameters)


ALL = dict(services())
ASKING = {name: service for name, service in ALL.items() if {"kb", "actor"} <= set(parameters(service))}


@pytest.fixture
def base(tmp_path: Path) -> KnowledgeBase:
    """With one document and one practice; it starts no job and loads no model."""
    encoder = FakeEncoder()
    opened = open_kb(Settings(tmp_path / "corpus", tmp_path / "index", model="fake"))
    base = replace(
        opened, records=FakeRecords(), models=FakeModels(), encoder=lambda: encoder, new_reader=FakeReader,
        detector=NoDetector(), launch=lambda job: None,
    )  # fmt: skip
    text = a_document([Block(BlockKind.PARAGRAPH, "the bees")], metadata=Metadata(visibility=Visibility.PUBLIC))
    document = replace(text, id=DocumentId("d" * 16))
    base.documents.mkdir(parents=True)
    base.catalog.put_settings(base.about_vectors())
    base.catalog.put_document(document, [], LedgerEntry("a.txt", FileState.INDEXED, document_id=document.id), b"")
    base.practices.folder.mkdir(parents=True)
    (base.practices.folder / "bees.yaml").write_text("practice: bees\ntitle: Bees\n", encoding="utf-8")
    return base


def call(name: str, base: KnowledgeBase) -> Callable[..., Any]:
    """The service with a value for all that it asks for, but the actor."""
    needed = [each.name for each in inspect.signature(ASKING[name]).parameters.values() if each.default is each.empty]
    given = {each: ARGUMENTS.get(f"{name}.{each}", ARGUMENTS.get(each)) for each in needed if each not in ("kb", "actor")}
    if unknown := [each for each in given if each not in ARGUMENTS and f"{name}.{each}" not in ARGUMENTS]:
        pytest.fail(f"{name} asks for {', '.join(unknown)}: add a value to ARGUMENTS in {Path(__file__).name}")
    return partial(ASKING[name], base, **given)


def is_let_in(service: Callable[..., Any], actor: Member) -> bool:
    """Whether the actor may; that the thing is absent, or cannot be done so, is said only to who may."""
    try:
        answer = service(actor=actor)
        if inspect.isgenerator(answer):
            list(answer)
    except PermissionDenied:
        return False
    except KBError:
        return True
    return True


def everything(base: KnowledgeBase) -> tuple[object, ...]:
    """All that is kept: people's files, members' records, the catalog."""
    files = {path: path.read_bytes() for path in base.documents.parent.rglob("*") if path.is_file()}
    return files, base.records.tables.copied(), base.catalog.revision(), base.catalog.ledger(), base.catalog.jobs()


def test_every_service_that_takes_a_member_is_in_the_table() -> None:
    assert sorted(TABLE) == sorted(ASKING)


def test_every_service_that_takes_no_member_is_known_to_be_a_part_of_others() -> None:
    assert sorted(INNER) == sorted(name for name, each in ALL.items() if "kb" in parameters(each) and name not in ASKING)


def test_services_are_looked_for_in_every_module_below_the_package() -> None:
    """In ``kb/services/assessing`` too; a folder without ``__init__.py`` would be passed over."""
    folder = Path(kb.services.__path__[0])
    found = {module.name.replace(".", "/") for module in pkgutil.walk_packages(kb.services.__path__, "kb.services.")}
    there = {path.relative_to(folder.parents[1]).with_suffix("").as_posix() for path in folder.rglob("*.py")}

    assert {name.removesuffix("/__init__") for name in there} - {"kb/services"} == found


def test_the_actor_is_named_in_every_call() -> None:
    """By keyword, so that nobody is taken for another argument; and nobody is assumed."""
    actors = {name: inspect.signature(service).parameters["actor"] for name, service in ASKING.items()}

    assert [name for name, actor in actors.items() if actor.kind is not actor.KEYWORD_ONLY] == []
    assert [name for name, actor in actors.items() if actor.default is not actor.empty] == []


@pytest.mark.parametrize("name", sorted(ASKING))
def test_a_service_lets_in_who_has_its_roles_and_nobody_else(name: str, base: KnowledgeBase) -> None:
    held = [set(roles) for n in range(len(Role) + 1) for roles in itertools.combinations(Role, n)]
    having = [roles for roles in held if TABLE[name] <= roles and (name not in ONE_OF or ONE_OF[name] & roles)]
    lacking = [roles for roles in held if roles not in having]
    service, before = call(name, base), everything(base)

    assert [roles for roles in lacking if is_let_in(service, Member("ela", frozenset(roles)))] == []
    assert everything(base) == before
    assert [roles for roles in having if not is_let_in(service, Member("ela", frozenset(roles)))] == []


MADE_UP = RegisteredMember("Demo ela", "House E (not real)", "PT", tuple(Role), ("en",), True, "2026-11-01T09:00:00+00:00", "local")
OF_IT_ALL = {"demonstration.load", "demonstration.remove"}  # the one brings it, the other tells history that it went


@pytest.mark.parametrize("name", sorted(ASKING.keys() - OF_IT_ALL))
def test_of_what_a_made_up_member_does_nothing_stays_when_the_demonstration_goes(name: str, base: KnowledgeBase) -> None:
    """It is refused, or marked, or their own and goes with them: tests/contract/test_made_up_acts.py."""
    service, before = call(name, base), everything(base)
    with base.records() as records:
        records.members.add(MADE_UP)

    is_let_in(service, Member(MADE_UP.name, frozenset(Role), MADE_UP.organisation, MADE_UP.country, is_demo=True))

    with base.records() as records:
        take_away(records)
    after = everything(base)
    assert (after[0], vars(after[1]) | {"last_id": 0}, *after[2:]) == (before[0], vars(before[1]) | {"last_id": 0}, *before[2:])
