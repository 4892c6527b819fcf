"""Markdown becomes text without markup; its front matter becomes metadata."""

import contextlib
import time

import pytest

from kb.adapters.readers.markdown import read
from kb.errors import ReadError
from kb.retrieval.passage import BlockKind, Visibility

DOCUMENT = """---
title: "Cascina Nibai"
kind: case study
authors: Redazione
countries: [it, NO]
date: 1985-09-28
visibility: members
issue_number: 11
---
# The *story*

A **farm** near [Milan](https://example.org/x) with `code` &amp; friends.

1. first
2. second

- a point

| Name | City |
| ---- | ---- |
| CDI  | Lima |

```
x = 1
```

> a quotation

<div><p>Inside <b>HTML</b></p><script>alert(1)</script></div>
"""


def test_markup_goes_and_words_stay():
    texts = [block.text for block in read(DOCUMENT.encode()).blocks]

    assert texts == [
        "The story",
        "A farm near Milan with code & friends.",
        "1. first",
        "2. second",
        "a point",
        "Name: CDI | City: Lima",
        "x = 1",
        "a quotation",
        "Inside HTML",
    ]


def test_blocks_know_their_kind_and_headings_their_level():
    blocks = read(DOCUMENT.encode()).blocks

    assert (blocks[0].kind, blocks[0].level) == (BlockKind.HEADING, 1)
    assert [block.kind for block in blocks[2:7]] == [
        BlockKind.LIST_ITEM,
        BlockKind.LIST_ITEM,
        BlockKind.LIST_ITEM,
        BlockKind.TABLE,
        BlockKind.CODE,
    ]
    assert all(block.page is None for block in blocks)


def test_front_matter_is_metadata_and_unknown_keys_are_kept():
    metadata = read(DOCUMENT.encode()).metadata

    assert metadata.title == "Cascina Nibai"
    assert metadata.kind == "case-study"
    assert metadata.countries == ("IT", "NO")
    assert metadata.date == "1985-09-28"
    assert metadata.visibility is Visibility.MEMBERS
    assert metadata.other == (("issue_number", "11"),)


def test_a_year_that_looks_like_a_list_number_is_kept():
    assert read(b"1980. We began.").blocks[0].text == "1980. We began."


def test_a_rule_is_no_front_matter():
    assert read(b"Words\n\n---\n\nMore").blocks[1].text == "More"


def test_nothing_but_front_matter_is_no_text():
    with pytest.raises(ReadError) as refusal:
        read(b"---\ntitle: x\n---\n")

    assert refusal.value.state == "no_text"


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "![" * 50_000,
        "*a_ " * 50_000,
        "`" * 100_000,
        ">" * 100_000,
        "- " * 50_000,
        "x" * 10_000_000,
        "<" * 100_000,
        "\\[" * 60_000,
    ],
    ids=["brackets", "images", "emphasis", "ticks", "quotes", "lists", "one line", "tags", "escapes"],
)
def test_no_markup_takes_quadratic_time(text):
    started = time.process_time()

    with contextlib.suppress(ReadError):  # quote marks alone are no text
        read(text.encode())

    assert time.process_time() - started < 2
