"""The tags of a practice on its page: told with their reasons, given, withdrawn, confirmed, rejected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from fakes import FakeRecords
from streamlit.testing.v1 import AppTest

from kb.services import suggesting, tagging
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.settings import Settings
from kb.ui import state
from tests.ui.test_pages import OUR_TAGS, Tags, html_of, labels_of

OpenApp = Callable[..., AppTest]
NAME = "sewa-cooperative-federation"
BEA = Member("bea", frozenset({Role.MEMBER}))


@pytest.fixture
def kb(practices_kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    """The sheets of the sample, read; with records of the test's own. The app works on it."""
    kb = replace(practices_kb, records=FakeRecords())
    monkeypatch.setattr(state, "kb", lambda: kb)
    return kb


def look(open_app: OpenApp, settings: Settings, **more: str) -> AppTest:
    return open_app(settings, "practice", id=NAME, **more)


def texts(app: AppTest) -> str:
    return "\n".join(str(each.value) for each in app.markdown)


def popovers(app: AppTest) -> list[str]:
    """Labels of what opens; each tag is one."""
    return [each.proto.popover.label for each in app.get("popover")]


def keys(app: AppTest, prefix: str) -> list[str]:
    return [str(button.key) for button in app.button if str(button.key).startswith(prefix)]


def live(kb: KnowledgeBase) -> dict[str, list[str]]:
    tags = tagging.tags_of(kb, NAME, actor=LOCAL_MEMBER).live
    return {str(each.tag): [str(source.origin) for source in each.sources] for each in tags}


def give(app: AppTest, tag: str | None, why: str, evidence: str | None = None) -> AppTest:
    app.session_state["give_tag"] = True
    app.run()
    app.get_by_key(f"give_tag_{NAME}_0").set_value(tag)
    app.get_by_key(f"give_why_{NAME}_0").set_value(why)
    if evidence:
        app.get_by_key(f"give_evidence_{NAME}_0").set_value(evidence)
    return next(button for button in app.button if button.label == "Give this tag").click().run()


def test_declared_tags_are_called_by_their_labels(open_app: OpenApp, built_kb: Settings, kb: KnowledgeBase) -> None:
    app = look(open_app, built_kb)

    assert "Declared in the sheet by knowledge base editors" in html_of(app)
    assert "women and gender" in popovers(app)
    french = look(open_app, built_kb, locale="fr-FR")
    assert "femmes et genre" in popovers(french)


def test_a_tag_is_given_with_why_and_evidence_and_withdrawn(open_app: OpenApp, built_kb: Settings, kb: KnowledgeBase) -> None:
    passage = suggesting.suggest(kb, NAME, actor=LOCAL_MEMBER, afresh=True).found[0].speaking[0].passage

    app = give(look(open_app, built_kb), "theme:peer-learning", "They teach each other", str(passage.id))

    assert "is given" in app.success[0].value
    assert live(kb)["theme:peer-learning"] == ["given"]
    assert "Why: They teach each other" in html_of(app)
    assert "Given by local" in html_of(app)

    next(each for each in app.text_input if str(each.key).startswith("withdraw_why_")).set_value("Too bold")
    next(button for button in app.button if button.label == "Withdraw").click().run()
    assert "is withdrawn" in app.success[0].value
    assert "theme:peer-learning" not in live(kb)
    assert "Too bold" in html_of(app)
    assert "1 withdrawn" in popovers(app)


@pytest.mark.parametrize(("tag", "why", "told"), [("theme:statistics", "", "it is not said why"), (None, "x", "it is empty")])
def test_what_is_wrong_with_a_tag_is_told(
    open_app: OpenApp, built_kb: Settings, kb: KnowledgeBase, tag: str | None, why: str, told: str
) -> None:
    app = give(look(open_app, built_kb), tag, why)

    assert told in app.error[0].value.replace("\\", "")
    assert app.session_state["give_tag"]  # what was typed stays


def test_a_suggested_tag_is_confirmed_with_its_passage(open_app: OpenApp, built_kb: Settings, kb: KnowledgeBase) -> None:
    app = look(open_app, built_kb)
    first = suggesting.suggest(kb, NAME, actor=LOCAL_MEMBER).found[0]
    key = keys(app, "confirm_")[0]
    assert key == f"confirm_{first.tag}"
    assert "<mark>" in html_of(app)

    app.button(key=key).click().run()

    assert live(kb)[str(first.tag)] == ["confirmed"]
    source = next(each for each in tagging.tags_of(kb, NAME, actor=LOCAL_MEMBER).live if each.tag == first.tag).sources[0]
    assert source.evidence is not None
    assert source.evidence.passage_id == first.speaking[0].passage.id
    assert key not in keys(app, "confirm_")
    assert "Suggested by the program, confirmed by local" in html_of(app)


def test_a_rejected_tag_is_remembered_and_folded(open_app: OpenApp, built_kb: Settings, kb: KnowledgeBase) -> None:
    app = look(open_app, built_kb)
    key = keys(app, "reject_")[0]
    tag = key.removeprefix("reject_")

    app.text_input(key=f"suggested_why_{NAME}_{tag}").set_value("Not here")
    app.button(key=key).click().run()

    assert key not in keys(app, "reject_")
    assert "1 rejected" in [each.label for each in app.get("expander")]
    assert "Not here" in html_of(app)
    assert tag not in live(kb)


def test_others_tags_are_for_them_to_withdraw(
    open_app: OpenApp, built_kb: Settings, kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    tagging.give(kb, NAME, "looms", why="Seen", actor=LOCAL_MEMBER)
    monkeypatch.setattr(state, "actor", lambda: BEA)

    app = look(open_app, built_kb)

    assert "Given by local" in html_of(app)
    assert not [button for button in app.button if button.label == "Withdraw"]
    assert "Change it in the sheet" not in labels_of(app)


def test_who_is_no_member_is_told(
    open_app: OpenApp, built_kb: Settings, kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kb.ui.components import tags_panel

    monkeypatch.setattr(state, "actor", lambda: Member("guest", frozenset()))
    shown: list[str] = []
    monkeypatch.setattr(tags_panel.st, "info", lambda text, **_: shown.append(text))
    monkeypatch.setattr(tags_panel.st, "header", lambda *_args, **_kwargs: None)

    tags_panel.show(NAME)

    assert "needs the role member" in shown[0].replace("\\", "")


def test_before_anything_is_read_there_is_nothing_to_suggest(
    open_app: OpenApp, settings: Settings, built_kb: Settings, practices_kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kb import open_kb

    empty = replace(open_kb(settings), practices=practices_kb.practices, concepts=practices_kb.concepts)
    monkeypatch.setattr(state, "kb", lambda: empty)

    app = look(open_app, built_kb)

    assert "Tags can be suggested as soon as documents are read." in [each.value for each in app.info]
    assert "women and gender" in popovers(app)


def test_words_of_documents_and_members_are_text(open_app: OpenApp, built_kb: Settings, kb: KnowledgeBase) -> None:
    tagging.give(kb, NAME, "looms", why="<script>alert(1)</script> ![x](http://127.0.0.1:9/x)", actor=LOCAL_MEMBER)

    app = look(open_app, built_kb)

    assert "<script>" not in html_of(app)
    assert Tags(html_of(app)).names - OUR_TAGS <= {"h2", "h3", "h4", "ol", "b", "strong", "em", "sup", "nav", "section"}
