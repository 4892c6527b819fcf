"""Each slide is a page; its title is a heading, its notes are notes."""

import io

import pptx
import pytest
from pptx.util import Inches

from kb.adapters.readers.pptx import read
from kb.errors import ReadError
from kb.retrieval.passage import BlockKind


def saved(deck):
    data = io.BytesIO()
    deck.save(data)
    return data.getvalue()


@pytest.fixture
def deck():
    deck = pptx.Presentation()
    deck.core_properties.title = "Kick-off"
    first = deck.slides.add_slide(deck.slide_layouts[0])
    first.shapes.title.text = "Peer learning"
    first.placeholders[1].text = "Brussels"
    second = deck.slides.add_slide(deck.slide_layouts[1])
    second.placeholders[1].text = "trust\ntime"
    second.shapes.title.text = "What we need"
    second.notes_slide.notes_text_frame.text = "Say it slowly."
    third = deck.slides.add_slide(deck.slide_layouts[6])
    table = third.shapes.add_table(2, 2, Inches(1), Inches(1), Inches(4), Inches(1)).table
    for at, text in enumerate(("Name", "City", "CDI", "Lima")):
        table.cell(at // 2, at % 2).text = text
    group = third.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, 100, 100).text_frame.text = "grouped"
    return deck


def test_slides_are_pages_and_titles_come_first(deck):
    reading = read(saved(deck))

    assert reading.n_pages == 3
    assert [(block.page, block.page_label, block.kind, block.level, block.text) for block in reading.blocks] == [
        (1, "1", BlockKind.HEADING, 1, "Peer learning"),
        (1, "1", BlockKind.PARAGRAPH, 0, "Brussels"),
        (2, "2", BlockKind.HEADING, 2, "What we need"),
        (2, "2", BlockKind.LIST_ITEM, 0, "trust"),
        (2, "2", BlockKind.LIST_ITEM, 0, "time"),
        (2, "2", BlockKind.NOTE, 0, "Say it slowly."),
        (3, "3", BlockKind.TABLE, 0, "Name: CDI | City: Lima"),
        (3, "3", BlockKind.PARAGRAPH, 0, "grouped"),
    ]


def test_the_title_property_is_metadata(deck):
    assert read(saved(deck)).metadata.title == "Kick-off"


def test_an_empty_deck_is_no_text():
    deck = pptx.Presentation()
    deck.slides.add_slide(deck.slide_layouts[6])

    with pytest.raises(ReadError) as refusal:
        read(saved(deck))

    assert refusal.value.state == "no_text"
