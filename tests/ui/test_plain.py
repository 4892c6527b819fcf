"""Document text shown where Streamlit reads markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kb.ui import plain


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_every_markdown_character_is_escaped() -> None:
    assert plain.escape_markdown("[x](y) *b* $m$ :red[r]") == r"\[x\]\(y\) \*b\* \$m\$ \:red\[r\]"


@pytest.mark.parametrize("escaped", [plain.escape_markdown, plain.label])
@given(text=st.text(alphabet=st.sampled_from("ab *_`[]()!<>#|$:~\\&-=+1.\n\"',;"), max_size=40))
def test_markdown_of_an_escaped_line_is_the_line(text: str, escaped: Callable[[str], str]) -> None:
    """CommonMark, with tables and strikethrough as in GitHub's: only one paragraph of text may come out."""
    line = " ".join(text.split())
    page = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(escaped(text))

    shown = unescape(re.sub(r"\A<p>|</p>\n?\Z", "", page)).replace("\u2060", "")

    assert shown == line
    assert not re.search(r"<(?!/?p>)", page)


def test_the_label_of_a_field_is_read_aloud_without_backslashes() -> None:
    assert plain.label("Brussels-Capital Region: what would hinder, one a line") == (
        "Brussels-Capital Region: what would hinder, one a line"
    )
    assert plain.label(":red[r]: -- *b*") == "\\:red\\[r\\]: \\-\u2060\\- \\*b\\*"


@given(st.text(max_size=40))
def test_an_element_holds_only_text(text: str) -> None:
    parsed = _Tags()
    parsed.feed(plain.element("span", text))
    parsed.close()

    assert parsed.names == ["span"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//host/x", "JAVASCRIPT:x", " https://x", "files"])
def test_only_web_addresses_and_our_pages_become_links(address: str) -> None:
    assert plain.link("words", address) == "words"


def test_a_web_address_cannot_leave_its_attribute() -> None:
    assert plain.link("w", 'https://x/"onclick="y') == f'<a href="{escape("https://x/")}&quot;onclick=&quot;y">w</a>'


@pytest.mark.parametrize(
    ("tag", "attribute"), [("fr", ' lang="fr"'), ("pt-BR", ' lang="pt-BR"'), ("und", ""), ('x" onload="y', "")]
)
def test_only_language_tags_become_lang_attributes(tag: str, attribute: str) -> None:
    assert plain.lang_attribute(tag) == attribute
