"""What waits, what happened and where it stands, through services: what each member is told, and what nobody else is."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from fake_records import FakeRecords

from kb.errors import NotFound
from kb.peers.learning.notice import NoticeKind
from kb.services import members
from kb.services.assessing import opening, seats
from kb.services.clock import now
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import dashboard, feed, lessons, matches, needs, network, offers, policies, rounds, sessions
from kb.services.learning.waiting import waiting
from kb.services.monitoring import changing
from kb.services.permission import LOCAL_MEMBER
from kb.services.tables import TableFormat
from kb.services.transferring import opening as transfer_opening
from kb.services.transferring import seats as transfer_seats
from tests.assessed import DUE, PRACTICE, RUBRIC, who
from tests.transferred import FRAMEWORK, SOURCE, TARGET, a_base

ATOM = "{http://www.w3.org/2005/Atom}"
NASTY = "</title><script>alert(1)</script> & \x00\x1b[31m\ufffe =1+1"
INDICATOR = {
    "key": "hives", "title": "Hives", "definition": "Hives.", "unit": "hives", "direction": "up", "frequency": "monthly",
    "responsible": "House of Ann", "first_due": "2026-01-31",
}  # fmt: skip


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    return a_base(tmp_path, FakeRecords())


def proposed(kb: KnowledgeBase, title: str = "Soil") -> None:
    """Ann seeks, bo offers, and fay proposes a match."""
    needs.post(kb, title, "How do others keep soil?", seeks="knowledge", actor=who(kb, "ann"))
    offers.post(kb, "Worms", "We keep worms.", gives=["knowledge"], actor=who(kb, "bo"))
    matches.propose(kb, "need-1", "offer-1", actor=who(kb, "fay"))


def kinds(kb: KnowledgeBase, name: str) -> list[tuple[NoticeKind, str]]:
    return [(each.kind, each.ref) for each in waiting(kb, actor=who(kb, name))]


def test_everybody_is_told_what_waits_for_them_from_all_wings_and_nothing_else(kb: KnowledgeBase) -> None:
    fay = who(kb, "fay")
    proposed(kb)
    assessment = opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, actor=fay)
    opening.invite(kb, assessment, "bo", actor=fay)
    test = transfer_opening.open_test(kb, PRACTICE, TARGET, source=SOURCE, framework=FRAMEWORK, due=DUE, actor=fay)
    transfer_seats.invite(kb, test, "ann", actor=fay)
    changing.set_indicator(kb, PRACTICE, INDICATOR, actor=fay)

    assert kinds(kb, "ann") == [
        (NoticeKind.READING, PRACTICE), (NoticeKind.JUDGE, test), (NoticeKind.CONSENT, "match-1"),
    ]  # fmt: skip
    assert kinds(kb, "bo") == [(NoticeKind.REVIEW, assessment)]
    assert kinds(kb, "sam") == []
    matches.consent(kb, "match-1", actor=who(kb, "ann"))
    seats.accept(kb, assessment, actor=who(kb, "bo"))
    assert kinds(kb, "bo") == [(NoticeKind.REVIEW, assessment), (NoticeKind.DECIDE, "match-1")]


def test_what_only_facilitators_may_know_is_neither_waiting_nor_told_nor_counted(kb: KnowledgeBase) -> None:
    rounds.draft(kb, "A secret round", questions=["Who pays?"], due=DUE, actor=who(kb, "fay"))
    ann, fay = who(kb, "ann"), who(kb, "fay")

    assert waiting(kb, actor=ann) == ()
    assert feed.feed(kb, actor=ann) == ()
    assert dashboard.dashboard(kb, actor=ann).n_things == 0
    assert [each.title for each in feed.feed(kb, actor=fay)] == ["A secret round"]


def test_under_the_chatham_house_rule_the_feed_does_not_tell_who_joined(kb: KnowledgeBase) -> None:
    planned = {
        "format": "seminar", "title": "Bees", "begins": "2026-01-10T09:00", "ends": "2026-01-10T17:00", "where": "Lyon",
        "host": {"organisation": "House of Bo", "country": "FR"}, "chatham_house": True,
    }  # fmt: skip
    session = sessions.plan(kb, planned, actor=who(kb, "fay")).id
    sessions.join(kb, session, actor=who(kb, "ann"))

    def seen(name: str) -> list[tuple[str, str]]:
        return [(each.who, each.event) for each in feed.feed(kb, actor=who(kb, name))]

    assert seen("sam") == [("fay", "planned")]
    assert seen("ann") == seen("fay") == [("ann", "joined"), ("fay", "planned")]


def test_the_feed_tells_the_newest_first_and_the_same_thing_by_the_same_id_ever_after(kb: KnowledgeBase) -> None:
    proposed(kb)
    first = feed.feed(kb, actor=who(kb, "ann"))
    matches.consent(kb, "match-1", actor=who(kb, "ann"))
    lessons.note(kb, "Ask first.", level="individual", actor=who(kb, "sam"))
    second = feed.feed(kb, actor=who(kb, "ann"))

    assert [each.at_utc for each in second] == sorted((each.at_utc for each in second), reverse=True)
    assert {each.id for each in first} < {each.id for each in second}
    assert len({each.id for each in second}) == len(second) == 5
    assert feed.feed(kb, actor=who(kb, "ann"), limit=2) == second[:2]
    assert feed.feed(kb, actor=who(kb, "ann"), limit=-1) == ()
    assert second == feed.feed(kb, actor=who(kb, "bo"))


def test_the_atom_file_has_what_rfc_4287_asks_for_and_words_of_members_are_only_words(kb: KnowledgeBase) -> None:
    """§4.1.1, 4.1.2: id, title, updated and author of feed and entries; one alternate link at most; text that is text."""
    proposed(kb, NASTY)
    kb = KnowledgeBase(**{**vars(kb), "app_url": "https://kb.example.org"})
    made = feed.atom(kb, actor=who(kb, "ann"), title="Neues & mehr", language="de")
    root = ET.fromstring(made.content)  # our own

    assert (made.name.endswith(".atom"), made.media_type) == (True, "application/atom+xml; charset=utf-8")
    assert (root.tag, root.attrib) == (f"{ATOM}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "de"})
    assert root.findtext(f"{ATOM}title") == "Neues & mehr"
    entries = root.findall(f"{ATOM}entry")
    assert root.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated")
    assert len(entries) == 3
    for each in [root, *entries]:
        assert [len(each.findall(ATOM + tag)) for tag in ("id", "title", "updated", "author")] == [1, 1, 1, 1]
        assert str(each.findtext(f"{ATOM}id")).startswith("urn:uuid:")
        assert each.findtext(f"{ATOM}author/{ATOM}name")
        assert [link.get("rel") for link in each.findall(f"{ATOM}link")] == ["alternate"]
    assert "</title><script>alert(1)</script> & [31m =1+1" in {each.findtext(f"{ATOM}title") for each in entries}
    assert {each.find(f"{ATOM}content").attrib["type"] for each in entries} == {"text"}  # type: ignore[union-attr]
    assert {str(each.find(f"{ATOM}link").get("href")) for each in entries} == {  # type: ignore[union-attr]
        "https://kb.example.org/needs?need=need-1", "https://kb.example.org/needs?offer=offer-1",
        "https://kb.example.org/needs?match=match-1",
    }  # fmt: skip
    assert b"<script" not in made.content


def test_an_empty_feed_is_a_feed_too_and_without_an_address_of_the_app_there_are_no_links(kb: KnowledgeBase) -> None:
    empty = ET.fromstring(feed.atom(kb, actor=who(kb, "ann")).content)
    assert empty.findall(f"{ATOM}entry") == []
    assert str(empty.findtext(f"{ATOM}updated"))[:10] <= now()[:10]
    proposed(kb)
    root = ET.fromstring(feed.atom(kb, actor=who(kb, "ann")).content)

    assert list(root.iter(f"{ATOM}link")) == []


def test_tables_of_dashboard_and_network_say_what_the_page_says_and_compute_nothing(kb: KnowledgeBase) -> None:
    proposed(kb, "=HYPERLINK(1)")
    lessons.note(kb, "Ask first.", level="individual", from_whom="House of Bo", actor=who(kb, "ann"))
    sam = who(kb, "sam")
    assert len(network.export(kb, TableFormat.CSV, actor=sam).content.splitlines()) == 1, "nobody confirmed it yet"
    lessons.confirm(kb, "lesson-1", actor=who(kb, "bo"))

    table = dashboard.export(kb, TableFormat.CSV, actor=sam).content.decode("utf-8-sig").splitlines()
    assert table[0] == ",".join(dashboard.COLUMNS)
    assert [row.split(",")[:3] for row in table[1:]] == [
        ["needs", "needs-unanswered", "need-1"], ["needs", "matches-waiting", "match-1"],
        ["lessons", "lessons-individual", "lesson-1"],
    ]  # fmt: skip
    assert "'=HYPERLINK(1)" in table[1]
    arrows = network.export(kb, TableFormat.CSV, actor=sam).content.decode("utf-8-sig").splitlines()
    assert arrows[1].startswith("House of Ann,PT,House of Bo,,lesson,lesson-1,Ask first.,")
    assert dashboard.export_effects(kb, TableFormat.XLSX, actor=sam).content[:2] == b"PK"


def test_the_table_of_effects_says_whether_somebody_else_confirmed_each(kb: KnowledgeBase) -> None:
    effects = [{"dimension": "impact", "what": "Worms", "after": {"words": "More.", "source": "Count"}}]
    told = {"policy": "Soil law", "what_changed": "Worms stay.", "on": "2026-01-31", "attribution": "All.", "practices": [PRACTICE]}
    for title in ("One", "Two"):
        policies.record(kb, title=title, organisation="House of Ann", effects=effects, actor=who(kb, "ann"), **told)
    policies.confirm(kb, "policy-1", actor=who(kb, "bo"))

    table = dashboard.export_effects(kb, TableFormat.CSV, actor=who(kb, "sam")).content.decode("utf-8-sig").splitlines()

    assert [row.split(",")[:3] for row in table] == [
        ["id", "title", "state"], ["policy-1", "One", "confirmed"], ["policy-2", "Two", "recorded"],
    ]  # fmt: skip
    counted = dashboard.export(kb, TableFormat.CSV, actor=who(kb, "sam")).content.decode("utf-8-sig").splitlines()
    assert [row.split(",")[1:3] for row in counted[1:]] == [["policies-confirmed", "policy-1"], ["policies-recorded", "policy-2"]]


def test_a_partnership_that_is_not_there_is_told(kb: KnowledgeBase) -> None:
    with pytest.raises(NotFound):
        dashboard.dashboard(kb, actor=who(kb, "sam"), partnership="nowhere")


def test_a_member_of_no_organisation_is_told_what_waits_for_them_alone(kb: KnowledgeBase) -> None:
    members.add(kb, "zoe", organisation="", country="", roles=set(), actor=LOCAL_MEMBER)
    proposed(kb)

    assert kinds(kb, "zoe") == []
