"""What members enter, and the ports to where it is kept: values, repositories, and the unit of work that joins them.

Records are the only copy of what they hold; nothing of them lies in ``index/``.
"""

from kb.services.records.assessments import Assessments, Head, SequenceTakenError, StoredEvent
from kb.services.records.changes import Change, History
from kb.services.records.decisions import Decision, Decisions, Verdict, standing
from kb.services.records.drafts import Draft, Drafts
from kb.services.records.journal import Journal, StoredEntry
from kb.services.records.judgements import Judgements, MemberJudgement, Relevance
from kb.services.records.members import Members, RegisteredMember, name_key
from kb.services.records.rubrics import KeptRubric, Rubrics
from kb.services.records.saved import NameTakenError, SavedSearch, SavedSearches
from kb.services.records.tags import AlreadyGivenError, GivenTag, GivenTags
from kb.services.records.unit_of_work import UnitOfWork

__all__ = [
    "AlreadyGivenError",
    "Assessments",
    "Change",
    "Decision",
    "Decisions",
    "Draft",
    "Drafts",
    "GivenTag",
    "GivenTags",
    "Head",
    "History",
    "Journal",
    "Judgements",
    "KeptRubric",
    "MemberJudgement",
    "Members",
    "NameTakenError",
    "RegisteredMember",
    "Relevance",
    "Rubrics",
    "SavedSearch",
    "SavedSearches",
    "SequenceTakenError",
    "StoredEntry",
    "StoredEvent",
    "UnitOfWork",
    "Verdict",
    "name_key",
    "standing",
]
