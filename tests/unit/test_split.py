"""Splitting loses nothing, repeats nothing, and never joins what a page or a heading parts."""

from __future__ import annotations

import itertools
import string
from dataclasses import replace

import pytest
from fakes import FakeEncoder, NoDetector, a_document
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.retrieval.passage import Block, BlockKind, Document, Metadata, Passage
from kb.retrieval.split import SplitSettings, split

BODY = [kind for kind in BlockKind if kind is not BlockKind.HEADING]
SMALL = SplitSettings(min_tokens=10, max_tokens=20, context_tokens=8)
WORDS = st.text(alphabet=string.ascii_letters + "äñß数据ا\u200b.!?。 \n", min_size=0, max_size=120)


def cut(document: Document, settings: SplitSettings = SMALL) -> list[Passage]:
    return split(document, count_tokens=FakeEncoder().count_tokens, detector=NoDetector(), settings=settings)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Blocks of every kind, in any order, on pages that only go up or on none; empty and blank ones too."""
    paged = draw(st.booleans())
    page, blocks = 1, []
    for _ in range(draw(st.integers(0, 12))):
        page += draw(st.integers(0, 1))
        place = (page, draw(st.sampled_from([None, "iv"]))) if paged else (None, None)
        if draw(st.integers(0, 2)) == 0:
            level = draw(st.integers(1, 4))
            blocks.append(Block(BlockKind.HEADING, draw(st.sampled_from(["A", "B b", "", " ", "C. d"])), *place, level))
        else:
            blocks.append(Block(draw(st.sampled_from(BODY)), draw(WORDS), *place))
    return a_document(
        blocks, metadata=Metadata(title=draw(st.sampled_from(["", "A", "A long title of nine words that must be capped"])))
    )


def places(document: Document) -> list[tuple[int, int, Block]]:
    return [(start, start + len(block.text), block) for start, block in zip(document.starts, document.blocks, strict=True)]


@given(documents())
@settings(deadline=None, max_examples=120)
def test_every_character_is_in_one_passage_or_in_a_heading_of_some_path(document: Document) -> None:
    passages = cut(document)
    inside = [0] * len(document.text)
    for passage in passages:
        for position in range(passage.start, passage.end):
            inside[position] += 1
    in_paths = {heading for passage in passages for heading in passage.heading_path}

    assert max(inside, default=0) <= 1
    for start, end, block in places(document):
        lost = [position for position in range(start, end) if not inside[position] and not document.text[position].isspace()]
        assert not lost or (block.kind is BlockKind.HEADING and " ".join(block.text.split()) in in_paths)


@given(documents())
@settings(deadline=None, max_examples=120)
def test_a_passage_is_a_span_of_the_text_and_passages_stand_in_order(document: Document) -> None:
    passages = cut(document)

    assert all(passage.text == document.text[passage.start : passage.end] for passage in passages)
    assert all(passage.text.strip() == passage.text != "" for passage in passages)
    assert [passage.ordinal for passage in passages] == list(range(len(passages)))
    assert all(one.end <= other.start for one, other in itertools.pairwise(passages))


@given(documents())
@settings(deadline=None, max_examples=120)
def test_a_passage_never_crosses_a_page_or_a_heading(document: Document) -> None:
    for passage in cut(document):
        touched = [
            block for start, end, block in places(document) if start < passage.end and end > passage.start and block.text.strip()
        ]

        assert {(block.page, block.page_label) for block in touched} == {(passage.page, passage.page_label)}
        assert len(touched) == 1 or all(block.kind is not BlockKind.HEADING for block in touched)


@given(documents())
@settings(deadline=None, max_examples=120)
def test_no_passage_is_longer_than_the_model_takes(document: Document) -> None:
    count = FakeEncoder().count_tokens

    for passage in cut(document):
        assert count([passage.text])[0] <= SMALL.max_tokens
        assert count([passage.context])[0] <= SMALL.context_tokens


@given(documents())
@settings(deadline=None, max_examples=80)
def test_ids_are_unique_and_the_same_in_every_run(document: Document) -> None:
    ids = [passage.id for passage in cut(document)]

    assert len(set(ids)) == len(ids)
    assert ids == [passage.id for passage in cut(document)]
    assert all(int(identity, 16) < 2**63 for identity in ids)


@given(documents())
@settings(deadline=None, max_examples=80)
def test_sentences_hold_every_character_of_their_passage_once_and_in_order(document: Document) -> None:
    for passage in cut(document):
        spans = passage.sentences
        between = [
            passage.text[a:b] for a, b in zip([0, *(end for _, end in spans)], [*(start for start, _ in spans), None], strict=True)
        ]

        assert all(not gap.strip() for gap in between)
        assert all(a < b for a, b in spans)


def test_words_that_stand_twice_in_a_document_get_two_ids() -> None:
    paragraph = Block(BlockKind.PARAGRAPH, "the same words " * 7)
    ids = [passage.id for passage in cut(a_document([paragraph] * 4))]

    assert len(ids) == len(set(ids)) > 1


def test_a_passage_that_moves_within_its_section_keeps_its_id() -> None:
    heading, kept, new = (
        Block(BlockKind.HEADING, "Looms", level=1),
        Block(BlockKind.PARAGRAPH, "kept " * 20),
        Block(BlockKind.PARAGRAPH, "new " * 20),
    )
    before = {passage.text: passage.id for passage in cut(a_document([heading, kept]))}
    after = {passage.text: passage.id for passage in cut(a_document([heading, new, kept]))}

    assert after[("kept " * 20).strip()] == before[("kept " * 20).strip()]


def test_the_same_words_in_two_documents_have_two_ids() -> None:
    paragraph = [Block(BlockKind.PARAGRAPH, "the same words")]

    assert cut(a_document(paragraph, path="a.md"))[0].id != cut(a_document(paragraph, path="b.md"))[0].id


def test_a_heading_with_nothing_under_it_becomes_a_passage_of_its_own() -> None:
    blocks = [Block(BlockKind.HEADING, "Part one", level=1), Block(BlockKind.HEADING, "Not written yet", level=2)]
    passages = cut(a_document(blocks))

    assert [(passage.text, passage.heading_path) for passage in passages] == [("Not written yet", ("Part one",))]


def test_a_heading_path_holds_the_headings_above_and_none_beside() -> None:
    blocks = [
        Block(BlockKind.HEADING, "One", level=1),
        Block(BlockKind.HEADING, "Inner", level=2),
        Block(BlockKind.PARAGRAPH, "under inner"),
        Block(BlockKind.HEADING, "Two", level=1),
        Block(BlockKind.PARAGRAPH, "under two"),
    ]

    assert {passage.text: passage.heading_path for passage in cut(a_document(blocks))} == {
        "under inner": ("One", "Inner"),
        "under two": ("Two",),
    }


@pytest.mark.parametrize("text", ["word " * 300, "x" * 3000, "数" * 3000], ids=["spaces", "no-spaces", "chinese"])
def test_a_sentence_too_long_for_a_passage_is_cut_and_none_of_it_is_lost(text: str) -> None:
    passages = cut(a_document([Block(BlockKind.PARAGRAPH, text)]))

    assert len(passages) > 5
    assert "".join("".join(passage.text.split()) for passage in passages) == "".join(text.split())


def test_the_context_is_in_front_of_what_is_embedded_and_never_in_what_is_quoted() -> None:
    blocks = [Block(BlockKind.HEADING, "Savings groups", level=1), Block(BlockKind.PARAGRAPH, "Members meet weekly.")]
    (passage,) = cut(a_document(blocks, metadata=Metadata(title="SEWA")))

    assert (passage.context, passage.text) == ("SEWA › Savings groups", "Members meet weekly.")
    assert passage.embedded_text == "SEWA › Savings groups\nMembers meet weekly."


def test_a_long_context_gives_up_its_outer_headings_first_and_keeps_the_title() -> None:
    headings = [Block(BlockKind.HEADING, f"{name} heading here", level=i) for i, name in enumerate(("Outer", "Middle", "Inner"), 1)]
    (passage,) = cut(a_document([*headings, Block(BlockKind.PARAGRAPH, "text")], metadata=Metadata(title="Title")))

    assert passage.context == "Title › Inner heading here"
    assert passage.heading_path == ("Outer heading here", "Middle heading here", "Inner heading here")


def test_characters_that_are_no_tokens_are_kept() -> None:
    """A tokenizer may drop what it does not know: nothing to count is no reason to fail."""

    def none(texts: object) -> list[int]:
        return [0 for _ in texts]  # type: ignore[attr-defined]

    document = a_document([Block(BlockKind.PARAGRAPH, "\u200b\u2060")])
    passages = split(document, count_tokens=none, detector=NoDetector(), settings=SMALL)

    assert [passage.text for passage in passages] == ["\u200b\u2060"]


def test_a_text_whose_language_cannot_be_told_has_the_language_of_its_document() -> None:
    blocks = [
        Block(BlockKind.PARAGRAPH, "the looms"),
        Block(BlockKind.HEADING, "B", level=1),
        Block(BlockKind.PARAGRAPH, "OECD 2024"),
    ]
    told = cut(a_document(blocks))
    declared = cut(replace(a_document(blocks), metadata=Metadata(language="fr")))

    assert [passage.language for passage in told] == ["en", "en"]
    assert [passage.language for passage in declared] == ["en", "fr"]


@pytest.mark.parametrize("limit", [128, 256, 512, 8192])
def test_passage_context_and_prompt_together_fit_the_model(limit: int) -> None:
    chosen = SplitSettings.for_model(limit)

    assert chosen.max_tokens + chosen.context_tokens + 16 <= limit
    assert 0 < chosen.min_tokens <= chosen.max_tokens
