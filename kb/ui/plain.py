"""Document text as text: the two ways to show it where Streamlit would read markup.

Streamlit's labels, tables and alerts are Markdown, ``st.html`` is HTML. Titles, names, headings and passages come from documents
that strangers wrote, so they pass through here first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")  # all ASCII punctuation: CommonMark lets each be escaped
_READ_ALOUD = re.compile(r"\\([,;'\"?%]|(?<=\w\\)-(?=\w)|:(?= |$))")  # what Markdown does not read there anyway
_ARROWS = re.compile(r"<->|<-|->|--|>=|<=|~=")  # Streamlit turns these into → — ≥ even when escaped …
_WORD_JOINER = "\u2060"  # … unless something invisible stands between
_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def escape_markdown(text: str) -> str:
    """``text`` for a place where Streamlit insists on Markdown: one line that shows the characters as typed."""
    line = " ".join(text.split())
    line = _ARROWS.sub(lambda found: _WORD_JOINER.join(found.group()), line)
    return _PUNCTUATION.sub(r"\\\1", line)


def label(text: str) -> str:
    """The same for the label of a field: screen readers are given it as it stands, so it has as few backslashes as it can."""
    return _READ_ALOUD.sub(r"\1", escape_markdown(text))


def shortened(text: str, n: int) -> str:
    """The first ``n`` characters of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= n else line[:n].rstrip() + " …"


def lang_attribute(tag: str) -> str:
    """`` lang="fr"``, so that screen readers change voice; nothing for an unknown or malformed tag."""
    return f' lang="{tag}"' if tag != "und" and _LANGUAGE_TAG.fullmatch(tag) else ""


def element(name: str, text: str, *, css: str = "", language: str = "") -> str:
    """One HTML element around escaped text."""
    css_attribute = f' class="{escape(css)}"' if css else ""
    return f'<{name}{css_attribute}{lang_attribute(language)} dir="auto">{escape(text)}</{name}>'


def pills(labels: Iterable[str]) -> str:
    """Short labels in a row, each in a frame; empty ones are left out."""
    items = "".join(element("li", label) for label in labels if label)
    return f'<ul class="kb-pills">{items}</ul>' if items else ""


def show(*parts: str) -> None:
    """Draw parts that this module or :mod:`quoted` built; empty ones are left out."""
    body = "".join(parts)
    if body:
        st.html(body)


def heading(level: int, text: str, *, language: str = "") -> None:
    """A heading whose words come from a document."""
    show(element(f"h{level}", text, css="kb-heading", language=language))


def table(caption: str, headers: Iterable[str], rows: Iterable[Iterable[str]], *, as_cards: bool = False) -> None:
    """A real HTML table; every row is headed by its first cell.

    Args:
        caption: what the table shows; read aloud, and the name of its scroll region.
        headers: of the columns, as text.
        rows: cells that are HTML already: from :func:`cell` or :func:`link`.
        as_cards: on a phone, each row becomes a card whose lines say their header.
    """
    headers = list(headers)
    css = "kb-table kb-cards" if as_cards else "kb-table"
    head = "".join(f'<th scope="col">{escape(header)}</th>' for header in headers)
    body = "".join(_row(list(cells), headers if as_cards else ()) for cells in rows)
    # The region can be scrolled by keyboard where the table is wider than a phone.
    region = f'<div class="{css}" role="region" tabindex="0" aria-label="{escape(caption)}">'
    show(f"{region}<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>")


def note(text: str) -> str:
    """A quieter second line below a cell's or a link's words; nothing for no text."""
    return f'<br><span class="kb-quiet">{escape(text)}</span>' if text else ""


def cell(text: str, *, second_line: str = "") -> str:
    """A table cell's inside: text, and a quieter second line."""
    return escape(text) + note(second_line)


def link(text: str, href: str, *, new_tab: bool = False) -> str:
    """A link to a page of ours or, for ``https`` addresses only, to the outside. Anything else stays text."""
    if not re.match(r"(https?://|[a-z-]+[/?]|\./\?)", href):
        return escape(text)
    target = ' target="_blank" rel="noopener noreferrer"' if new_tab else ""
    return f'<a href="{escape(href)}"{target}>{escape(text)}</a>'


def _row(cells: list[str], headers: Sequence[str]) -> str:
    """A row; with headers, each cell but the first begins with its own, seen on a phone only."""
    first, *rest = cells
    said = [f'<span class="kb-phone kb-quiet" aria-hidden="true">{escape(header)}</span>' for header in headers[1:]]
    inside = "".join(f"<td>{label if cell else ''}{cell}</td>" for label, cell in zip(said or [""] * len(rest), rest, strict=True))
    return f'<tr><th scope="row">{first}</th>{inside}</tr>'
