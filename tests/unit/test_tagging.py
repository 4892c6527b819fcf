"""Tags on practices: who gave them, why, with what evidence; withdrawn, never gone; nothing is shown that is not to be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeEncoder, FakeRecords, NoDetector, a_document

from kb import open_kb
from kb.adapters.records.unit_of_work import SqlRecords
from kb.errors import Conflict, InvalidEntry, NotFound, PermissionDenied
from kb.peers.concepts import Concept, ConceptScheme, Facet
from kb.peers.tags import Origin, Tag
from kb.retrieval.catalog import EncodedPassage, FileState, LedgerEntry
from kb.retrieval.passage import Block, BlockKind, Metadata, Passage, PassageId, Visibility
from kb.retrieval.split import SplitSettings, split
from kb.services import suggesting, tagging
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role
from kb.services.records import GivenTag, UnitOfWork
from kb.services.tag_records import MAX_LIVE, MAX_WHY_CHARS
from kb.services.tagging import all_tags, give, practices_with, tags_of, withdraw, withdrawable
from kb.settings import Settings

ELA = Member("ela", frozenset({Role.MEMBER}))
BO = Member("bo", frozenset({Role.MEMBER}))
FAY = Member("fay", frozenset({Role.MEMBER, Role.FACILITATOR}))
NOBODY = Member("nobody", frozenset(Role) - {Role.MEMBER})
SCHEME = ConceptScheme.of(
    "sse",
    [
        Concept("women", Facet.GROUPS, {"en": "women"}, tag="group:women"),
        Concept("bees", Facet.THEMES, {"en": "environment"}, tag="theme:environment"),
    ],
)
SHEET = """\
practice: {name}
kind: good-practice
language: en
title: {name}
teaser: A line.
summary: unknown
problem: unknown
solution: unknown
owner: {{name: A town, type: public-body, country: IT}}
place: {{countries: [IT], region: unknown, scale: local}}
period: {{start: unknown, end: unknown, status: unknown}}
target_group: unknown
resources: unknown
results: unknown
success_factors: unknown
difficulties: unknown
lessons: unknown
transferability: unknown
tags: [{tags}]
sources:
  town: {{title: A page, organisation: A town}}
author: the editors
reviewed: 2026-11-22
"""


@pytest.fixture(params=["fake", "sqlite"])
def records(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], UnitOfWork]]:
    if request.param == "fake":
        yield FakeRecords()
        return
    kept = SqlRecords("", tmp_path)
    yield kept
    kept.close()


@pytest.fixture
def kb(tmp_path: Path, records: Callable[[], UnitOfWork]) -> KnowledgeBase:
    settings = Settings(tmp_path / "corpus", tmp_path / "index")
    kb = replace(open_kb(settings), records=records, detector=NoDetector(), concepts=lambda: SCHEME)
    sheet(kb, "bee-path", "theme:environment, bees")
    sheet(kb, "bank", "")
    return kb


def sheet(kb: KnowledgeBase, name: str, tags: str) -> None:
    kb.practices.folder.mkdir(parents=True, exist_ok=True)
    (kb.practices.folder / f"{name}.yaml").write_text(SHEET.format(name=name, tags=tags), encoding="utf-8")


def put(kb: KnowledgeBase, *texts: str, path: str = "looms.md", visibility: Visibility = Visibility.PUBLIC) -> list[Passage]:
    blocks = [Block(BlockKind.PARAGRAPH, text) for text in texts]
    document = a_document(blocks, path=path, metadata=Metadata(visibility=visibility))
    encoder = FakeEncoder()
    settings = SplitSettings(4, 8, 4)
    passages = split(document, count_tokens=encoder.count_tokens, detector=NoDetector(), settings=settings)
    rows = [EncodedPassage(passage, encoder.encode_passages([passage.embedded_text])[0]) for passage in passages]
    kb.catalog.put_document(document, rows, LedgerEntry(path, FileState.INDEXED, document_id=document.id), b"")
    return passages


def live(kb: KnowledgeBase, practice: str = "bee-path", actor: Member = ELA) -> dict[str, list[tuple[Origin, str]]]:
    told = tags_of(kb, practice, actor=actor).live
    return {str(each.tag): [(source.origin, source.member) for source in each.sources] for each in told}


# giving -----------------------------------------------------------------------------------------------------------------


def test_a_tag_is_kept_with_who_when_why_and_the_words_that_show_it(kb: KnowledgeBase) -> None:
    women, _ = put(kb, "the women of the town keep bees", "the bank came later to the members")
    given = give(kb, "bee-path", "Group: Women", why="  They keep\tthe bees. ", evidence=women.id, sentence=(4, 9), actor=ELA)
    (source,) = {str(each.tag): each for each in tags_of(kb, "bee-path", actor=BO).live}["group:women"].sources

    assert (given.tag, given.why, given.quote, given.document) == ("group:women", "They keep the bees.", "women", "looms.md")
    assert (source.origin, source.member, source.why) == (Origin.GIVEN, "ela", "They keep the bees.")
    assert source.evidence is not None
    assert (source.evidence.passage_id, source.evidence.document, source.evidence.quote) == (women.id, "looms.md", "women")
    assert give(kb, "bank", "women", why="so", evidence=women.id, actor=ELA).quote == women.text


def test_each_tag_is_told_once_with_all_who_say_so_the_sheet_first(kb: KnowledgeBase) -> None:
    give(kb, "bee-path", "Bees", why="they hum", actor=BO)
    give(kb, "bee-path", "bees", why="they sting", actor=ELA)
    give(kb, "bee-path", "group:women", why="so", actor=BO)

    assert live(kb) == {
        "group:women": [(Origin.GIVEN, "bo")],
        "theme:environment": [(Origin.DECLARED, "the editors")],
        "bees": [(Origin.DECLARED, "the editors"), (Origin.GIVEN, "bo"), (Origin.GIVEN, "ela")],
    }
    assert list(live(kb)) == ["group:women", "theme:environment", "bees"]  # controlled ones first, by name


def test_all_that_is_wrong_is_one_sentence(kb: KnowledgeBase) -> None:
    with pytest.raises(InvalidEntry) as raised:
        give(kb, "bee-path", "group:woman", why=" ", actor=ELA)

    assert str(raised.value) == (
        "The tag “group:woman” cannot be given: it is not in the controlled list; the nearest is group:women; it is not said why."
    )
    with pytest.raises(InvalidEntry, match=f"the reason has {MAX_WHY_CHARS + 1} characters; at most {MAX_WHY_CHARS}"):
        give(kb, "bee-path", "group:women", why="x" * (MAX_WHY_CHARS + 1), actor=ELA)
    assert "group:women" not in live(kb)


def test_the_same_member_gives_a_tag_once_and_may_again_after_withdrawing(kb: KnowledgeBase) -> None:
    first = give(kb, "bee-path", "hives", why="so", actor=ELA)
    with pytest.raises(InvalidEntry, match="You have given bee-path the tag “hives” already"):
        give(kb, "bee-path", " HIVES", why="again", actor=ELA)
    withdraw(kb, first.id, why="no", version=first.version, actor=ELA)
    give(kb, "bee-path", "hives", why="after all", actor=ELA)

    assert live(kb)["hives"] == [(Origin.GIVEN, "ela")]
    assert [source.why for source in tags_of(kb, "bee-path", actor=ELA).withdrawn] == ["so"]


def test_a_practice_has_so_many_tags_and_no_more(kb: KnowledgeBase) -> None:
    with kb.records() as unit:
        for number in range(MAX_LIVE):
            unit.tags.add(GivenTag("bank", f"tag {number}", "bo", "2026-11-22T10:00:00+00:00", "so"))

    with pytest.raises(InvalidEntry, match=f"bank has {MAX_LIVE} tags, and more are not taken"):
        give(kb, "bank", "one more", why="so", actor=ELA)


def test_there_must_be_such_a_practice_and_such_a_passage(kb: KnowledgeBase) -> None:
    with pytest.raises(NotFound, match="no practice called “nowhere”"):
        give(kb, "nowhere", "bees", why="so", actor=ELA)
    with pytest.raises(NotFound, match="no practice"):
        tags_of(kb, "../bank", actor=ELA)
    with pytest.raises(NotFound, match="no such passage"):
        give(kb, "bank", "bees", why="so", evidence=PassageId("0123456789abcdef"), actor=ELA)


# withdrawing ------------------------------------------------------------------------------------------------------------


def test_a_withdrawn_tag_stays_to_be_seen_with_who_and_why(kb: KnowledgeBase) -> None:
    given = give(kb, "bank", "group:women", why="so", actor=ELA)
    withdraw(kb, given.id, why="there are none", version=given.version, actor=ELA)
    told = tags_of(kb, "bank", actor=BO)
    (gone,) = told.withdrawn

    assert told.live == ()
    assert gone.given is not None
    assert (gone.given.withdrawn_by, gone.given.withdrawn_why, gone.given.tag) == ("ela", "there are none", "group:women")
    assert practices_with(kb, "group:women", actor=BO) == []


def test_others_tags_are_withdrawn_by_facilitators_only(kb: KnowledgeBase) -> None:
    given = give(kb, "bank", "group:women", why="so", actor=ELA)
    for attempt in (
        lambda: withdraw(kb, given.id, why="no", version=1, actor=BO),
        lambda: withdrawable(kb, "bank", "group:women", actor=BO),
    ):
        with pytest.raises(PermissionDenied, match="bo may not withdraw tags that others gave: this needs the role facilitator"):
            attempt()

    assert withdrawable(kb, "bank", "Group:Women", actor=FAY) == given
    withdraw(kb, given.id, why="no women there", version=given.version, actor=FAY)
    assert live(kb, "bank") == {}


def test_of_two_who_withdraw_the_second_is_told_who_was_first(kb: KnowledgeBase) -> None:
    given = give(kb, "bank", "group:women", why="so", actor=ELA)
    changed = withdraw(kb, given.id, why="no", version=given.version, actor=ELA)

    with pytest.raises(Conflict) as raised:
        withdraw(kb, given.id, why="me too", version=given.version, actor=FAY)
    assert str(raised.value) == f"The tag “group:women” was withdrawn by ela at {changed.withdrawn_at_utc}. Nothing was changed."


def test_a_version_that_was_never_there_changes_nothing(kb: KnowledgeBase) -> None:
    given = give(kb, "bank", "group:women", why="so", actor=ELA)

    with pytest.raises(Conflict, match="was changed elsewhere meanwhile"):
        withdraw(kb, given.id, why="no", version=given.version + 1, actor=ELA)
    assert live(kb, "bank") == {"group:women": [(Origin.GIVEN, "ela")]}


def test_a_declared_tag_is_taken_out_of_the_sheet(kb: KnowledgeBase) -> None:
    with pytest.raises(
        NotFound, match=r"declared in the sheet of bee-path, and no member gave it\. Take it out of the sheet: bee-path"
    ):
        withdrawable(kb, "bee-path", "BEES", actor=FAY)
    with pytest.raises(NotFound, match="Nobody gave bee-path the tag “honey”"):
        withdrawable(kb, "bee-path", "honey", actor=FAY)
    with pytest.raises(NotFound, match="No member gave a tag numbered 99"):
        withdraw(kb, 99, why="so", version=1, actor=FAY)
    given = give(kb, "bank", "honey", why="so", actor=ELA)
    with pytest.raises(InvalidEntry, match="The tag cannot be withdrawn: it is not said why"):
        withdraw(kb, given.id, why="\n", version=given.version, actor=ELA)


# looking ----------------------------------------------------------------------------------------------------------------


def test_practices_are_found_by_what_is_declared_and_what_is_given(kb: KnowledgeBase) -> None:
    give(kb, "bank", "Theme:Environment", why="green loans", actor=ELA)
    give(kb, "bank", "theme:environment", why="green loans", actor=BO)
    give(kb, "bank", "loans", why="so", actor=BO)

    assert practices_with(kb, "theme:environment", actor=ELA) == ["bank", "bee-path"]
    assert all_tags(kb, actor=ELA) == {Tag("theme", "environment"): 2, Tag("", "bees"): 1, Tag("", "loans"): 1}


def test_a_tag_of_a_sheet_that_is_gone_is_not_counted(kb: KnowledgeBase) -> None:
    give(kb, "bank", "loans", why="so", actor=BO)
    (kb.practices.folder / "bank.yaml").unlink()

    assert Tag("", "loans") not in all_tags(kb, actor=ELA)


def test_a_sheet_with_a_fault_still_has_what_members_gave(kb: KnowledgeBase) -> None:
    (kb.practices.folder / "bank.yaml").write_text("practice: [", encoding="utf-8")
    give(kb, "bank", "loans", why="so", actor=BO)

    assert live(kb, "bank") == {"loans": [(Origin.GIVEN, "bo")]}


def test_evidence_is_shown_to_those_only_who_may_see_its_document(kb: KnowledgeBase) -> None:
    (secret,) = put(kb, "the women of the board are broke", path="secret.md", visibility=Visibility.RESTRICTED)
    with pytest.raises(NotFound, match="no such passage"):
        give(kb, "bank", "group:women", why="so", evidence=secret.id, actor=ELA)
    given = give(kb, "bank", "group:women", why="so", evidence=secret.id, actor=FAY)

    for actor, seen in ((FAY, True), (ELA, False)):
        ((source,),) = (each.sources for each in tags_of(kb, "bank", actor=actor).live)
        assert (source.evidence is not None) is seen
        assert ("broke" in repr(source)) is seen
        assert ("secret.md" in repr(source)) is seen
        assert (secret.id in repr(source)) is seen
    withdraw(kb, given.id, why="no", version=given.version, actor=FAY)
    assert "broke" not in repr(tags_of(kb, "bank", actor=ELA))


def test_evidence_is_found_again_by_its_words_and_else_left_out(kb: KnowledgeBase) -> None:
    (old,) = put(kb, "the women of the town keep bees")
    give(kb, "bank", "group:women", why="so", evidence=old.id, actor=ELA, sentence=(4, 9))
    new, _ = put(kb, "in the town the women keep bees", "the bank came later to the members")
    ((source,),) = (each.sources for each in tags_of(kb, "bank", actor=ELA).live)

    assert new.id != old.id
    assert source.evidence is not None
    assert (source.evidence.passage_id, source.evidence.quote) == (new.id, "women")
    put(kb, "the bank came later to the members")
    ((source,),) = (each.sources for each in tags_of(kb, "bank", actor=ELA).live)
    assert source.evidence is None


# deciding on suggested tags -----------------------------------------------------------------------------------------------


def test_confirming_gives_the_tag_with_the_passage_and_remembers_the_decision(kb: KnowledgeBase) -> None:
    women, _ = put(kb, "the women of the town keep bees", "the bank came later to the members")
    suggesting.confirm(kb, "bank", "group:women", passage_id=women.id, actor=ELA)
    give(kb, "bank", "group:women", why="me too", actor=BO)

    assert live(kb, "bank") == {"group:women": [(Origin.CONFIRMED, "ela"), (Origin.GIVEN, "bo")]}
    with kb.records() as unit:
        assert [(said.tag, said.verdict, said.member, said.quote) for said in unit.suggestions.of_practice("bank")] == [
            ("group:women", "confirmed", "ela", women.text)
        ]


def test_a_confirmation_that_fails_leaves_nothing_behind(kb: KnowledgeBase) -> None:
    (women,) = put(kb, "the women of the town keep bees")
    give(kb, "bank", "group:women", why="so", actor=ELA)
    with pytest.raises(InvalidEntry, match="already"):
        suggesting.confirm(kb, "bank", "group:women", passage_id=women.id, actor=ELA)

    with kb.records() as unit:
        assert unit.suggestions.of_practice("bank") == []
        assert [change.action for change in unit.history.of_subject("practice", "bank")] == ["tag given"]


def test_rejected_twice_is_kept_once_and_a_member_may_still_give_the_tag(kb: KnowledgeBase) -> None:
    first = suggesting.reject(kb, "bank", "group:women", why="none there", actor=ELA)
    again = suggesting.reject(kb, "bank", "group:women", why="me too", actor=BO)
    give(kb, "bank", "group:women", why="there are now", actor=BO)

    assert again == first
    assert live(kb, "bank") == {"group:women": [(Origin.GIVEN, "bo")]}
    with pytest.raises(InvalidEntry, match="bank has the tag “group:women”"):
        suggesting.reject(kb, "bank", "group:women", actor=ELA)


# history and roles --------------------------------------------------------------------------------------------------------


def test_history_tells_every_change_and_no_word_of_a_document(kb: KnowledgeBase) -> None:
    (secret,) = put(kb, "the women of the board are broke", path="secret.md", visibility=Visibility.RESTRICTED)
    given = give(kb, "bank", "group:women", why="so", evidence=secret.id, actor=FAY)
    withdraw(kb, given.id, why="no", version=given.version, actor=FAY)
    suggesting.reject(kb, "bank", "theme:environment", why="no bees", actor=ELA, passage_id=None)
    suggesting.confirm(kb, "bank", "group:women", passage_id=secret.id, actor=FAY)
    with kb.records() as unit:
        told = unit.history.of_subject("practice", "bank")

    assert [(each.member, each.action, each.before, each.after, each.why) for each in told] == [
        ("fay", "tag given", "", "group:women", "so"),
        ("fay", "tag withdrawn", "group:women", "", "no"),
        ("ela", "suggested tag rejected", "", "theme:environment", "no bees"),
        ("fay", "suggested tag confirmed", "", "group:women", ""),
    ]
    assert "broke" not in repr(told)
    assert "secret.md" not in repr(told)


def test_whoever_is_no_member_sees_and_changes_nothing(kb: KnowledgeBase) -> None:
    attempts: list[Callable[[], object]] = [
        lambda: tags_of(kb, "bank", actor=NOBODY),
        lambda: give(kb, "bank", "bees", why="so", actor=NOBODY),
        lambda: withdraw(kb, 1, why="so", version=1, actor=NOBODY),
        lambda: withdrawable(kb, "bank", "bees", actor=NOBODY),
        lambda: tagging.tags_by_practice(kb, actor=NOBODY),
        lambda: practices_with(kb, "bees", actor=NOBODY),
        lambda: all_tags(kb, actor=NOBODY),
        lambda: suggesting.suggest(kb, "bank", actor=NOBODY),
        lambda: suggesting.confirm(kb, "bank", "group:women", actor=NOBODY),
        lambda: suggesting.reject(kb, "bank", "group:women", actor=NOBODY),
    ]
    for attempt in attempts:
        with pytest.raises(PermissionDenied, match="this needs the role member"):
            attempt()
