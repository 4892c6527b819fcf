"""A quoted passage can only ever be text with one mark in it."""

from __future__ import annotations

import html
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.ui.components import quoted

PIECES = st.sampled_from(["<mark>", "</mark>", "<script>", "&lt;", "&amp;mark", "</div>", '"', "'", "\n", "<", ">", "é", "مرحبا"])
TEXTS = st.lists(st.one_of(st.text(max_size=12), PIECES), max_size=12).map("".join)


@settings(max_examples=1000)
@given(TEXTS, st.integers(-3, 80), st.integers(-3, 80))
def test_taking_the_mark_away_gives_the_text_back_and_there_is_no_other_tag(text: str, start: int, end: int) -> None:
    shown = quoted.marked(text, (start, end))

    assert html.unescape(re.sub("</?mark>", "", shown)) == text
    assert re.findall("<[^>]*>?", shown) in ([], ["<mark>", "</mark>"])


@settings(max_examples=200)
@given(TEXTS.filter(bool), st.data())
def test_the_mark_holds_exactly_the_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    inside = quoted.marked(text, (start, end)).split("<mark>")[1].split("</mark>")[0]

    assert html.unescape(inside) == text[start:end]


def test_a_span_outside_the_text_marks_nothing() -> None:
    assert quoted.marked("short", (2, 99)) == "short"
    assert quoted.marked("short", None) == "short"
