"""A web page becomes what a visitor reads of it."""

import pytest

from kb.adapters.readers.html import read
from kb.errors import ReadError
from kb.retrieval.passage import BlockKind

PAGE = """<!DOCTYPE html><html lang="pt-BR"><head><title>Partilha — CASES</title><meta name="author" content="Ana Lopes">
<style>.x{color:red}</style><link rel="canonical" href="https://cases.example/p"></head><body>
<nav><a href="/">Menu</a></nav><script>var secret=1</script><noscript>enable it</noscript><!-- remark -->
<h1>Partilha</h1><p>Uma <b>rede</b> de
pares.<br>Linha dois</p><p hidden>invisible</p><div style="display: none">gone</div>
<ul><li>um</li><li>dois<ul><li>dentro</li></ul></li></ul>
<table><caption>Membros</caption><tr><th>Nome</th><th>País</th></tr><tr><td>CDI</td><td>Peru</td></tr></table>
<table role="presentation"><tr><td>só</td><td>layout</td></tr></table>
<pre>a
  b</pre><h2>Fim</h2>tail text<footer>Imprint</footer></body></html>"""


def test_visible_text_is_kept_in_order_and_the_rest_dropped():
    texts = [block.text for block in read(PAGE.encode()).blocks]

    assert texts == [
        "Partilha",
        "Uma rede de pares.\nLinha dois",
        "um",
        "dois",
        "dentro",
        "Membros",
        "Nome: CDI | País: Peru",
        "só",
        "layout",
        "a\nb",
        "Fim",
        "tail text",
    ]


def test_headings_lists_tables_and_code_are_told_apart():
    kinds = [block.kind for block in read(PAGE.encode()).blocks]

    assert kinds[0] is BlockKind.HEADING
    assert kinds[2:5] == [BlockKind.LIST_ITEM] * 3
    assert kinds[6] is BlockKind.TABLE
    assert kinds[9] is BlockKind.CODE
    assert [block.level for block in read(PAGE.encode()).blocks if block.level] == [1, 2]


def test_the_head_gives_metadata():
    metadata = read(PAGE.encode()).metadata

    assert metadata.title == "Partilha — CASES"
    assert metadata.authors == ("Ana Lopes",)
    assert metadata.language == "pt"
    assert metadata.origin == "https://cases.example/p"


def test_a_title_that_no_heading_repeats_becomes_the_first_heading():
    blocks = read(b"<title>Annual report</title><h2>Part one</h2><p>x</p>").blocks

    assert [(block.text, block.level) for block in blocks[:2]] == [("Annual report", 1), ("Part one", 2)]


def test_a_declared_encoding_is_used():
    page = '<html><meta charset="iso-8859-1"><p>Besançon</p></html>'

    assert read(page.encode("latin-1")).blocks[0].text == "Besançon"


def test_broken_markup_loses_no_words():
    text = " ".join(block.text for block in read(b"<p>one<div>two</p>three<h1>four<li>five</b>six<td>seven").blocks)

    assert all(word in text for word in ("one", "two", "three", "four", "five", "six", "seven"))


def test_a_page_that_needs_its_scripts_is_no_text():
    with pytest.raises(ReadError) as refusal:
        read(b"<html><title>App</title><body><div id=root></div><script>x()</script></body></html>")

    assert refusal.value.state == "no_text"
