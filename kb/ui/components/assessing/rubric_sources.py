"""Where what a rubric asks comes from."""

from __future__ import annotations

from html import escape

from kb.peers.assessment.rubric import Rubric
from kb.peers.narrative import UNKNOWN
from kb.peers.parts import Source
from kb.ui import hrefs, plain, state, words
from kb.ui.components import document_list, practice_sources, section
from kb.ui.i18n import _


def note(rubric: Rubric, key: str) -> str:
    """A source in short, leading to the list, as HTML; the key itself where the rubric has no such source."""
    if key not in rubric.sources:
        return escape(key)
    n = list(rubric.sources).index(key) + 1
    return f'<a class="kb-note" href="#source-{n}">[{n}]</a> {plain.element("span", rubric.sources[key].title)}'


def show(rubric: Rubric) -> None:
    """Draw the numbered list."""
    section.head("sources", _("Sources"))
    items = "".join(
        f'<li id="source-{n}" dir="auto">{_source(each)}</li>' for n, each in enumerate(rubric.sources.values(), start=1)
    )
    plain.show(f'<ol class="kb-sources">{items}</ol>')


def _source(source: Source) -> str:
    about = [source.organisation, "" if source.date == UNKNOWN else words.day(source.date)]
    title = practice_sources.outside(source.title, source.address) if source.address != UNKNOWN else escape(source.title)
    line = f"{title}{plain.note(' · '.join(part for part in about if part and part != UNKNOWN))}"
    document = next((each for each in state.documents() if each.path == source.document), None) if source.document else None
    if document is None:
        return line
    here = plain.link(document_list.title_of(document), hrefs.document(document.id))
    return f'{line}<br><span class="kb-quiet">{escape(_("In the library:"))} {here}</span>'
