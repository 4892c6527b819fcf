"""Pages as addresses, for tables. An address loads its page anew, so it carries the language along."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

from kb.peers.learning.parts import kind_of
from kb.ui import i18n, links


def document(document_id: str, passage_id: str = "") -> str:
    """A document's page, at a passage."""
    return _to("document", links.document_parameters(document_id, passage_id))


def search(question: str) -> str:
    """A question. It is asked on the start page, at the bare address."""
    return _to("./", {"q": question})


def practice(name: str) -> str:
    """A practice's page."""
    return _to("practice", {links.PRACTICE_ID: name})


def practices(**chosen: str) -> str:
    """The practices under filters, ``p_theme="environment"``."""
    return _to("practices", chosen)


def assessment(assessment_id: str) -> str:
    """An assessment's page."""
    return _to("assessment", {links.ASSESSMENT_ID: assessment_id})


def rubric(rubric: str, version: int = 0) -> str:
    """A rubric, in a version or as its file has it."""
    return _to("rubrics", {links.RUBRIC: rubric} | ({links.RUBRIC_VERSION: version} if version else {}))


def context(place: str) -> str:
    """What is known about a place."""
    return _to("contexts", {links.PLACE: place})


def organisation(name: str) -> str:
    """An organisation of the directory."""
    return _to("directory", {"organisation": name})


def partnership(name: str) -> str:
    """A partnership of the directory."""
    return _to("directory", {"partnership": name})


def monitoring(practice: str) -> str:
    """How a practice is monitored."""
    return _to("monitoring", {links.MONITORED: practice})


def benchmark(**chosen: str | list[str]) -> str:
    """Practices beside practices, ``b_practice="bee-path"``."""
    return _to("benchmark", chosen)


def learning(**chosen: str) -> str:
    """What waits and where mutual learning stands, ``ln_view="stands", ln_number="policies-confirmed"``."""
    return _to("learning", {key: value for key, value in chosen.items() if value})


def transfers(**chosen: str) -> str:
    """Where practices could work, ``t_view="in", t_place="PT"``."""
    return _to("transfers", chosen)


def transfer_test(test_id: str) -> str:
    """A test of transferability."""
    return _to("transfer-test", {links.TEST_ID: test_id})


def thing(ref: str) -> str:
    """A thing of mutual learning, whatever it is; empty where nothing has a page of that kind."""
    page = links.THING_PAGES.get(kind_of(ref), "")
    return _to(Path(page).stem, {kind_of(ref): ref}) if page else ""


def _to(page: str, parameters: Mapping[str, object]) -> str:
    return f"{page}?{urlencode({**parameters, i18n.KEY: i18n.current()}, doseq=True)}"
