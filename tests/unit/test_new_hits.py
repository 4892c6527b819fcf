"""What is new since the last look: what came into the knowledge base, not what moved."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from kb.retrieval.answer import Filters, Hit
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.passage import DocumentId, Metadata, Passage, PassageId
from kb.services.permission import Member, Role
from kb.services.records import SavedSearch
from kb.services.saved_searches import new_hits

ELA = Member("ela", frozenset({Role.MEMBER}))
ADA = Member("ada", frozenset({Role.MEMBER, Role.ADMINISTRATOR}))
BEFORE, LOOK, AFTER = "2026-11-20T10:00:00+00:00", "2026-11-22T10:00:00+00:00", "2026-11-22T10:00:01+00:00"


def document(name: str, added: str = BEFORE, embargo_until: str = "") -> DocumentSummary:
    return DocumentSummary(DocumentId(name), f"{name}.md", "", "text/plain", Metadata(embargo_until=embargo_until), 0, 9, (), added)


def hit(name: str, number: int) -> Hit:
    passage = Passage(PassageId(f"{name}{number}"), DocumentId(name), number, 0, 1, "x", None, None, (), "en", "", ())
    return Hit(1, passage, f"{name}.md", Metadata(), "text/plain", 1.0, None, None, None, 1.0)


def new(
    hits: Sequence[Hit], seen: Sequence[Hit], documents: Sequence[DocumentSummary], read_at: dict[str, str] | None = None,
    actor: Member = ELA, looked: str = LOOK,
) -> set[str]:  # fmt: skip
    saved = SavedSearch(
        "ela", "n", "n", "q", Filters(), 10, BEFORE, BEFORE, tuple(each.passage.id for each in seen), looked, looked
    )
    return set(new_hits(hits, saved, {each.id: each for each in documents}, read_at or {}, actor))


def test_the_cases_one_by_one() -> None:
    a, b, c = hit("a", 1), hit("a", 2), hit("b", 1)
    old, late, changed = document("a"), document("b", AFTER), {"a.md": AFTER}

    assert new([a, b], [a], [old]) == set()  # a passage that moved up
    assert new([a, c], [a], [old, late]) == {"b1"}  # a document that came
    assert new([a, b], [a], [old], changed) == {"a2"}  # another passage of a document that changed
    assert new([a], [a], [old], changed) == set()  # the same words as before
    assert new([a], [], [document("a", LOOK)]) == {"a1"}  # of the same second: it may have missed the index
    assert new([a, b, c], [], [old, late], looked="") == {"a1", "a2", "b1"}  # the first look


def test_what_an_embargo_kept_away_is_new_to_those_it_was_kept_from() -> None:
    freed = document("a", embargo_until="2026-11-23")

    assert new([hit("a", 1)], [], [freed]) == {"a1"}
    assert new([hit("a", 1)], [], [freed], actor=ADA) == set()
    assert new([hit("a", 1)], [], [document("a", embargo_until="2026-11-22")]) == set()  # free on the day of the last look


DOCUMENTS = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from([BEFORE, AFTER]), min_size=1)


@given(DOCUMENTS, st.randoms(use_true_random=False), st.data())
def test_new_is_a_part_of_the_hits_that_was_not_seen_and_whose_document_came_since(
    added: dict[str, str], chance: random.Random, data: st.DataObject
) -> None:
    documents = [document(name, at) for name, at in added.items()]
    every = [hit(name, number) for name in added for number in range(3)]
    hits = data.draw(st.lists(st.sampled_from(every), unique_by=lambda each: each.passage.id))
    seen = data.draw(st.lists(st.sampled_from(every), unique_by=lambda each: each.passage.id))
    found = new(hits, seen, documents)

    assert found == {each.passage.id for each in hits if each not in seen and added[each.passage.document_id] == AFTER}
    shuffled = chance.sample(hits, len(hits))
    assert new(shuffled, seen, documents) == found  # the order of the hits is not what is new
    assert new(hits, hits, documents) == set()  # what was shown is never new
    assert new(hits, [], [document(name) for name in added]) == set()  # nothing came: nothing is new
    assert new(hits, [*seen, *hits[:1]], documents) == found - {each.passage.id for each in hits[:1]}
