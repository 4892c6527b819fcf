"""Judgements: the last word counts, passages are found again, and nothing shows what is not to be seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import ir_measures
import pytest
import yaml
from fakes import FakeEncoder, FakeRecords, NoDetector, a_document
from hypothesis import given
from hypothesis import strategies as st

from kb import open_kb
from kb.adapters.golden_files import read_golden
from kb.errors import InvalidEntry, NotFound, PermissionDenied, QueryError
from kb.retrieval.answer import MAX_QUESTION_CHARS
from kb.retrieval.catalog import EncodedPassage, FileState, LedgerEntry
from kb.retrieval.judged import Answer, Judged, JudgedSet, join
from kb.retrieval.passage import Block, BlockKind, Metadata, Passage, PassageId, Visibility
from kb.retrieval.split import SplitSettings, split
from kb.services import judgement_files, judging
from kb.services.judging import agreed, judge, marks, mine, pooled, question_key, withdraw
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.services.records import Relevance
from kb.settings import Settings

ELA = Member("ela", frozenset({Role.MEMBER}))
BO = Member("bo", frozenset({Role.MEMBER}))
CY = Member("cy", frozenset({Role.MEMBER}))
FAY = Member("fay", frozenset({Role.MEMBER, Role.FACILITATOR}))
NOBODY = Member("nobody", frozenset())
CUT = SplitSettings(4, 8, 4)
LOOMS = ("the looms came early to the town", "the bank came later to the members")
Q = "When did the looms come?"


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    return replace(open_kb(Settings(tmp_path / "corpus", tmp_path / "index")), records=FakeRecords(), detector=NoDetector())


def put(
    kb: KnowledgeBase, texts: Iterable[str], path: str = "looms.md", about: Metadata | None = None, cut: SplitSettings = CUT
) -> list[Passage]:
    document = a_document([Block(BlockKind.PARAGRAPH, text) for text in texts], path=path, metadata=about or Metadata())
    encoder = FakeEncoder()
    passages = split(document, count_tokens=encoder.count_tokens, detector=NoDetector(), settings=cut)
    rows = [EncodedPassage(passage, encoder.encode_passages([passage.embedded_text])[0]) for passage in passages]
    kb.catalog.put_document(document, rows, LedgerEntry(path, FileState.INDEXED, document_id=document.id), b"")
    return passages


# saying, changing, taking back ------------------------------------------------------------------------------------------


def test_what_is_said_is_kept_with_who_when_where_and_the_words(kb: KnowledgeBase) -> None:
    looms, bank = put(kb, LOOMS)
    said = judge(kb, "  When did\tthe looms\0come? ", looms.id, 2, actor=ELA, sentence=(4, 9))

    assert (said.member, said.question, said.language, said.document, said.quote, said.relevance) == (
        "ela", "When did the loomscome?", "en", "looms.md", "looms", Relevance.ANSWERS,
    )  # fmt: skip
    assert said.at_utc.startswith("20")
    assert judge(kb, Q, bank.id, 0, actor=ELA).quote == bank.text
    assert [(each.passage_id, each.relevance) for each in mine(kb, actor=ELA)] == [(bank.id, 0), (looms.id, 2)]


def test_relevant_alone_is_the_lower_grade(kb: KnowledgeBase) -> None:
    looms, bank = put(kb, LOOMS)

    assert judge(kb, Q, looms.id, True, actor=ELA).relevance is Relevance.HELPS
    assert judge(kb, Q, bank.id, False, actor=ELA).relevance is Relevance.NOT_RELEVANT


def test_a_later_word_stands_for_an_earlier_one_and_both_are_kept(kb: KnowledgeBase) -> None:
    looms, _ = put(kb, LOOMS)
    judge(kb, Q, looms.id, 2, actor=ELA)
    judge(kb, "when did  the LOOMS come?", looms.id, 0, actor=ELA)

    assert [said.relevance for said in mine(kb, actor=ELA)] == [0]
    with kb.records() as records:
        assert [said.relevance for said in records.judgements.everyone()] == [2, 0]


def test_the_same_said_twice_is_kept_once(kb: KnowledgeBase) -> None:
    looms, _ = put(kb, LOOMS)

    assert judge(kb, Q, looms.id, 1, actor=ELA) == judge(kb, Q, looms.id, 1, actor=ELA)
    with kb.records() as records:
        assert records.judgements.count("ela") == 1


def test_a_withdrawn_judgement_counts_no_more_until_it_is_made_again(kb: KnowledgeBase) -> None:
    looms, _ = put(kb, LOOMS)
    first = judge(kb, Q, looms.id, 1, actor=ELA)
    withdraw(kb, first.id, actor=ELA)

    assert mine(kb, actor=ELA) == []
    assert pooled(kb, actor=FAY).judged.questions == ()
    with pytest.raises(NotFound):
        withdraw(kb, first.id, actor=ELA)
    assert judge(kb, Q, looms.id, 1, actor=ELA).id > first.id
    assert len(mine(kb, actor=ELA)) == 1
    with kb.records() as records:
        assert [said.withdrawn for said in records.judgements.everyone()] == [False, True, False]


def test_what_cannot_be_judged_is_refused(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    looms, bank = put(kb, LOOMS)
    with pytest.raises(NotFound, match="There is no such passage"):
        judge(kb, Q, PassageId("0" * 16), 1, actor=ELA)
    for question, told in ((" \0 ", "is empty"), ("x" * (MAX_QUESTION_CHARS + 1), "at most 2000")):
        with pytest.raises(QueryError, match=told):
            judge(kb, question, looms.id, 1, actor=ELA)
    for relevance in (-1, 3):
        with pytest.raises(InvalidEntry, match="none of 0"):
            judge(kb, Q, looms.id, relevance, actor=ELA)
    monkeypatch.setattr(judging, "MAX_JUDGEMENTS", 1)
    judge(kb, Q, looms.id, 1, actor=ELA)
    with pytest.raises(InvalidEntry, match="You have made 1 judgements"):
        judge(kb, Q, bank.id, 1, actor=ELA)


# several members --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("votes", "expected"),
    [([0], 0), ([1], 1), ([2], 2), ([2, 0], 1), ([1, 0], 1), ([2, 1], 1), ([2, 2, 0], 2), ([2, 1, 0], 1), ([1, 0, 0], 0),
     ([2, 2, 0, 0], 1), ([2, 2, 1, 0, 0], 1), ([2, 0, 0, 0], 0)],
)  # fmt: skip
def test_the_majority_decides_and_equal_votes_are_relevant(votes: list[int], expected: int) -> None:
    assert agreed(votes) == expected


@given(st.lists(st.integers(0, 2), min_size=1))
def test_what_was_agreed_lies_between_the_votes_and_does_not_depend_on_their_order(votes: list[int]) -> None:
    assert agreed(votes) == agreed(reversed(votes))
    assert min(votes) <= agreed(votes) <= max(votes)


@given(st.lists(st.integers(0, 2), min_size=1), st.integers(0, 2))
def test_one_more_vote_for_what_was_agreed_changes_nothing(votes: list[int], extra: int) -> None:
    assert agreed([*votes, agreed(votes)]) == agreed(votes)


def test_the_pool_joins_members_by_question_and_passage_without_names(kb: KnowledgeBase) -> None:
    looms, bank = put(kb, LOOMS)
    for member, relevance in ((ELA, 2), (BO, 0), (CY, 0)):
        judge(kb, Q, looms.id, relevance, actor=member)
    judge(kb, Q.upper(), bank.id, 2, actor=BO)
    judge(kb, "Who lent the money?", bank.id, 1, actor=BO)
    pool = pooled(kb, actor=FAY)

    assert pool.judged.questions == (
        Judged(f"member-{question_key(Q)[:12]}", Q, "en", (
            Answer("looms.md", looms.text, 0, looms.id), Answer("looms.md", bank.text, 2, bank.id),
        )),
        Judged(f"member-{question_key('Who lent the money?')[:12]}", "Who lent the money?", "en", (
            Answer("looms.md", bank.text, 1, bank.id),
        )),
    )  # fmt: skip
    assert (pool.n_judgements, pool.n_members, pool.lost) == (5, 3, ())
    assert not {"ela", "bo", "cy"} & set(repr(pool.judged).replace("'", " ").split())


def test_the_pool_joins_a_golden_question_under_its_id(kb: KnowledgeBase) -> None:
    _, bank = put(kb, LOOMS)
    judge(kb, Q, bank.id, 1, actor=ELA)
    golden = JudgedSet("golden", (Judged("looms-when", f" {Q.lower()}", "en", (Answer("looms.md", "came early", 2),)),))
    (question,) = join("all", golden, pooled(kb, actor=FAY).judged).questions

    assert question.question_id == "looms-when"
    assert question.answers == (Answer("looms.md", "came early", 2), Answer("looms.md", bank.text, 1, bank.id))


# documents change -------------------------------------------------------------------------------------------------------


def test_a_passage_that_is_cut_otherwise_is_found_by_its_words(kb: KnowledgeBase) -> None:
    looms, _ = put(kb, LOOMS)
    judge(kb, Q, looms.id, 2, actor=ELA, sentence=(4, 19))
    (whole,) = put(kb, LOOMS, cut=SplitSettings(100, 200, 4))
    kb.catalog.purge()

    assert whole.id != looms.id
    assert [said.passage_id for said in mine(kb, actor=ELA)] == [whole.id]
    assert marks(kb, Q, actor=ELA).keys() == {whole.id}
    judge(kb, Q, whole.id, 0, actor=ELA)  # of the old cut and the new one, the later word counts
    assert [said.relevance for said in mine(kb, actor=ELA)] == [0]
    withdraw(kb, mine(kb, actor=ELA)[0].id, actor=ELA)
    assert mine(kb, actor=ELA) == []


def test_words_that_are_gone_are_told_as_lost_and_judged_no_more(kb: KnowledgeBase) -> None:
    looms, _ = put(kb, LOOMS)
    judge(kb, Q, looms.id, 2, actor=ELA)
    put(kb, ["everything is different in here now", LOOMS[1]])
    pool = pooled(kb, actor=FAY)

    assert pool.judged.questions == ()
    assert [(said.question, said.document, said.quote) for said in pool.lost] == [(Q, "looms.md", looms.text)]
    assert marks(kb, Q, actor=ELA) == {}
    put(kb, LOOMS)
    assert len(pooled(kb, actor=FAY).judged.questions) == 1  # and found again when the words come back


def test_a_renamed_document_is_followed_whether_it_keeps_its_id_or_its_path(kb: KnowledgeBase) -> None:
    looms, _ = put(kb, LOOMS)
    judge(kb, Q, looms.id, 2, actor=ELA)
    kb.catalog.rename_document(looms.document_id, "weavers.md", LedgerEntry("weavers.md", FileState.INDEXED))

    assert [said.document for said in mine(kb, actor=ELA)] == ["weavers.md"]
    judge(kb, Q, looms.id, 1, actor=ELA)
    kb.catalog.reset()
    (again, _) = put(kb, LOOMS, path="weavers.md")  # read anew: another id
    assert [said.passage_id for said in mine(kb, actor=ELA)] == [again.id]
    assert again.id != looms.id


# what may not be seen ---------------------------------------------------------------------------------------------------

HIDDEN = [Metadata(visibility=Visibility.RESTRICTED), Metadata(embargo_until="9999-01-01")]


@pytest.mark.parametrize("about", HIDDEN, ids=["restricted", "embargoed"])
def test_a_hidden_passage_cannot_be_judged_and_is_as_if_it_were_not_there(kb: KnowledgeBase, about: Metadata) -> None:
    looms, _ = put(kb, LOOMS, about=about)
    with pytest.raises(NotFound) as hidden:
        judge(kb, Q, looms.id, 1, actor=ELA)
    with pytest.raises(NotFound) as absent:
        judge(kb, Q, PassageId("0" * 16), 1, actor=ELA)

    assert str(hidden.value) == str(absent.value)


@pytest.mark.parametrize("about", HIDDEN, ids=["restricted", "embargoed"])
def test_a_judgement_tells_nothing_of_a_document_that_was_hidden_since(kb: KnowledgeBase, about: Metadata) -> None:
    """Neither to its maker nor, if the document is embargoed, to a facilitator; and a hidden one looks like a removed one."""
    looms, _ = put(kb, LOOMS, path="secret-looms.md")
    said = judge(kb, Q, looms.id, 2, actor=ELA)
    put(kb, LOOMS, path="secret-looms.md", about=about)
    hidden = mine(kb, actor=ELA)
    pool = pooled(kb, actor=FAY)
    kb.catalog.retire_document(looms.document_id, None)

    assert hidden == [replace(said, document="", quote="", passage_id="", document_id="")]
    assert hidden == mine(kb, actor=ELA)
    assert marks(kb, Q, actor=ELA) == {}
    if about.embargo_until:
        assert "looms" not in repr(pool).replace(Q, "")
        assert pool.n_judgements == pool.n_members == len(pool.lost) == 0
    else:
        assert pool.n_judgements == 1


def test_nobody_sees_or_withdraws_anothers_judgements(kb: KnowledgeBase) -> None:
    looms, _ = put(kb, LOOMS)
    said = judge(kb, Q, looms.id, 2, actor=ELA)

    assert mine(kb, actor=BO) == []
    assert marks(kb, Q, actor=BO) == {}
    with pytest.raises(NotFound) as others:
        withdraw(kb, said.id, actor=BO)
    with pytest.raises(NotFound) as absent:
        withdraw(kb, 999, actor=BO)
    assert str(others.value) == str(absent.value)
    with pytest.raises(PermissionDenied, match="facilitator"):
        pooled(kb, actor=BO)
    assert [each.id for each in mine(kb, actor=ELA)] == [said.id]


def test_only_members_judge(kb: KnowledgeBase) -> None:
    looms, _ = put(kb, LOOMS, about=Metadata(visibility=Visibility.PUBLIC))
    for act in (
        lambda: judge(kb, Q, looms.id, 1, actor=NOBODY),
        lambda: mine(kb, actor=NOBODY),
        lambda: marks(kb, Q, actor=NOBODY),
        lambda: withdraw(kb, 1, actor=NOBODY),
        lambda: pooled(kb, actor=NOBODY),
    ):
        with pytest.raises(PermissionDenied):
            act()


# files for other programs -----------------------------------------------------------------------------------------------


def test_qrels_are_read_by_trec_tools_as_they_were_meant(kb: KnowledgeBase, tmp_path: Path) -> None:
    looms, bank = put(kb, LOOMS)
    judge(kb, Q, looms.id, 2, actor=ELA)
    judge(kb, Q, bank.id, 0, actor=ELA)
    judge(kb, "=cmd|' /C calc'!A0", bank.id, 1, actor=BO)
    judged = pooled(kb, actor=LOCAL_MEMBER).judged
    path = tmp_path / "qrels"
    path.write_text(judgement_files.qrels(judged, judging.passages_named(kb, judged, actor=LOCAL_MEMBER)), encoding="utf-8")
    first, second = (question.question_id for question in judged.questions)

    assert [tuple(each)[:3] for each in ir_measures.read_trec_qrels(str(path))] == [
        (first, looms.id, 2), (first, bank.id, 0), (second, bank.id, 1),
    ]  # fmt: skip


def test_an_answer_that_stands_nowhere_has_no_line_and_an_id_is_one_word() -> None:
    judged = JudgedSet("x", (Judged("two words", "q\nq", "en", (Answer("gone.md", "words", 2, "1" * 16),)),))

    assert judgement_files.qrels(judged, {}) == ""
    assert judgement_files.queries(judged) == '{"_id": "two-words", "text": "q q"}\n'


WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(lambda text: bool(text.split()))
ANSWERS = st.builds(Answer, WORDS, WORDS, st.integers(0, 2))
QUESTIONS = st.builds(Judged, WORDS, WORDS, st.sampled_from(["en", "de", "und", "no"]), st.lists(ANSWERS, max_size=3).map(tuple))


@given(st.lists(QUESTIONS, max_size=4).map(tuple))
def test_golden_files_say_what_was_judged_whatever_the_words(questions: tuple[Judged, ...]) -> None:
    read = yaml.safe_load(judgement_files.golden(JudgedSet("x", questions)))

    assert read == [
        {
            "id": each.question_id,
            "question": " ".join(each.question.split()),
            "language": each.language,
            "answers": [
                {"document": answer.document, "quote": " ".join(answer.quote.split()), "relevance": answer.relevance}
                for answer in each.answers
            ],
        }
        for each in questions
    ]  # fmt: skip


def test_golden_files_are_read_by_our_own_reader(kb: KnowledgeBase, tmp_path: Path) -> None:
    looms, bank = put(kb, LOOMS)
    judge(kb, 'He said: "no" — & *why*? 🐝', looms.id, 2, actor=ELA)
    judge(kb, 'He said: "no" — & *why*? 🐝', bank.id, 0, actor=ELA)
    judged = pooled(kb, actor=FAY).judged
    (tmp_path / "members.yaml").write_text(judgement_files.golden(judged), encoding="utf-8")
    read = read_golden(tmp_path / "members.yaml")

    assert [replace(each, answers=()) for each in read.questions] == [replace(each, answers=()) for each in judged.questions]
    assert [answer for each in read.questions for answer in each.answers] == [
        replace(answer, passage_id="") for each in judged.questions for answer in each.answers
    ]
