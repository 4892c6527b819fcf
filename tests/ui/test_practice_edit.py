"""The form of a practice: kept at every change, refused with all its faults, saved with a word why, never over somebody else's."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from kb import open_kb
from kb.retrieval.catalog import Job
from kb.services import practice_drafts, practice_editing
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.services.practice_history import history
from kb.settings import Settings
from kb.ui import state
from tests.sheets import SOUND
from tests.ui.conftest import HOSTILE
from tests.ui.test_pages import OUR_TAGS, Tags, html_of, labels_of

OpenApp = Callable[..., AppTest]
BEN = Member("Ben", frozenset({Role.MEMBER, Role.CONTRIBUTOR}))
TEASER, TITLE = "teaser_said_", "title_said_en"


@pytest.fixture
def launched() -> list[Job]:
    """The ingests that were started."""
    return []


@pytest.fixture
def kb(settings: Settings, launched: list[Job], monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    """One sheet and its document, not ingested; a started ingest is only noted. The app works on it."""
    settings.practices.mkdir()
    (settings.practices / "bee-path.yaml").write_text(SOUND, encoding="utf-8")
    (settings.documents / "case-studies").mkdir()
    (settings.documents / "case-studies" / "bees.md").write_text("# Bees\n\nPupils visit the hives.\n", encoding="utf-8")
    kb = replace(open_kb(settings), launch=launched.append)
    monkeypatch.setattr(state, "kb", lambda: kb)
    return kb


def edit(open_app: OpenApp, settings: Settings, **query: str) -> AppTest:
    return open_app(settings, "practice_edit", **{"id": "bee-path", **query})


def widget(app: AppTest, path: str) -> Any:
    """The widget of a value of the form; its key has a number that changes when all are drawn anew."""
    keys = [
        str(each.key)
        for kind in ("text_area", "text_input", "selectbox", "checkbox", "button", "button_group")
        for each in app.get(kind)
    ]
    return app.get_by_key(next(key for key in keys if re.fullmatch(rf"e_\d+_{path}", key)))


def write(app: AppTest, path: str, words: str) -> AppTest:
    return widget(app, path).set_value(words).run()


def save(app: AppTest, why: str = "") -> AppTest:
    next(each for each in app.text_input if str(each.key).endswith("_why")).set_value(why)
    return next(button for button in app.button if button.label == "Save").click().run()


def texts(app: AppTest) -> str:
    return "\n".join(str(each.value) for each in app.markdown)


def errors(app: AppTest) -> str:
    return "\n".join(str(each.value).replace("\\", "") for each in app.error)


def raw(kb: KnowledgeBase) -> dict[str, object]:
    return dict(kb.practices.read("bee-path").raw)


def test_every_field_is_there_with_its_help(open_app: OpenApp, settings: Settings, kb: KnowledgeBase) -> None:
    from kb.ui.components.sheet_sections import FIELDS
    from kb.ui.sheet_words import HELP

    shown = [edit(open_app, settings, section=section) for section in FIELDS]

    for app, fields in zip(shown, FIELDS.values(), strict=True):
        assert not app.error
        assert all(HELP[name].replace("'", "&#x27;") in html_of(app) for name in fields)
    assert sum(len(fields) for fields in FIELDS.values()) == len(raw_fields()) - 1  # all but the name


def raw_fields() -> list[str]:
    from kb.peers.practice import PracticeSheet

    return list(PracticeSheet.model_fields)


def test_a_change_is_a_draft_at_once_and_comes_back_in_another_tab(
    open_app: OpenApp, settings: Settings, kb: KnowledgeBase
) -> None:
    app = edit(open_app, settings)
    assert "No change yet" in texts(app)

    write(app, TEASER, "Another line.")

    assert "not yet saved" in texts(app)
    assert raw(kb)["teaser"] == "A path for bees brings people together."
    other = edit(open_app, settings)
    assert widget(other, TEASER).value == "Another line."
    assert "not yet saved" in texts(other)


def test_writing_the_old_words_again_leaves_no_draft(open_app: OpenApp, settings: Settings, kb: KnowledgeBase) -> None:
    app = write(edit(open_app, settings), TEASER, "Another line.")

    write(app, TEASER, "A path for bees brings people together.")

    assert "No change yet" in texts(app)
    assert practice_drafts.drafts(kb, actor=LOCAL_MEMBER) == []


def test_what_is_written_in_one_section_stays_while_another_is_looked_at(
    open_app: OpenApp, settings: Settings, kb: KnowledgeBase
) -> None:
    app = write(edit(open_app, settings), TEASER, "Another line.")

    app.get_by_key("section").set_value("story").run()
    assert app.query_params["section"] == "story"
    app.get_by_key("section").set_value("basics").run()

    assert widget(app, TEASER).value == "Another line."


def test_saving_writes_the_field_keeps_why_and_starts_reading(
    open_app: OpenApp, settings: Settings, kb: KnowledgeBase, launched: list[Job]
) -> None:
    app = write(edit(open_app, settings), TEASER, "Another line.")

    save(app, "Said better")

    assert "Saved" in app.success[0].value
    assert kb.practices.read("bee-path").text == SOUND.replace("A path for bees brings people together.", "Another line.")
    assert [(edit.change.why, [field.field for field in edit.fields]) for edit in history(kb, "bee-path", actor=BEN)] == [
        ("Said better", ["teaser"])
    ]
    assert len(launched) == 1
    assert "See how far it is" in labels_of(app)
    assert "No change yet" in texts(app)
    assert practice_drafts.drafts(kb, actor=LOCAL_MEMBER) == []


def test_unknown_is_a_choice_and_blank_is_refused_beside_the_field(
    open_app: OpenApp, settings: Settings, kb: KnowledgeBase
) -> None:
    app = write(write(edit(open_app, settings), TEASER, " "), TITLE, "x" * 101)

    save(app)

    assert "2 things are missing or wrong" in errors(app)
    assert "Is blank; write “unknown” if nobody knows" in errors(app)
    assert "has 101 characters in en; at most 100" in errors(app).casefold()
    assert raw(kb)["teaser"] == "A path for bees brings people together."

    write(app, "title_said_en", "Bees")
    widget(app, "teaser_unknown").check().run()
    assert errors(app) == ""
    save(app)
    assert raw(kb)["teaser"] == "unknown"
    assert raw(kb)["title"] == {"en": "Bees", "fr": "Des chemins d'abeilles pour une ville"}


def test_faults_of_other_sections_are_listed_with_the_way_there(open_app: OpenApp, settings: Settings, kb: KnowledgeBase) -> None:
    app = edit(open_app, settings, section="results")
    widget(app, "figures_add").click().run()
    widget(app, "figures_items_1_value").set_value("many").run()
    app.get_by_key("section").set_value("basics").run()

    save(app)

    assert "Figures › 2 › Number" in texts(app)
    app.button(key="faults_results").click().run()
    assert app.get_by_key("section").value == "results"
    assert "“many” is no number" in errors(app)


def test_an_item_is_taken_out_and_the_others_stay(open_app: OpenApp, settings: Settings, kb: KnowledgeBase) -> None:
    app = edit(open_app, settings, section="transfer")

    widget(app, "core_items_0_remove").click().run()
    save(app)

    assert raw(kb)["core"] == [{"en": "Beekeepers are asked first", "fr": "On demande d'abord aux apiculteurs"}]


def test_a_list_without_items_can_be_unknown_or_empty(open_app: OpenApp, settings: Settings, kb: KnowledgeBase) -> None:
    app = edit(open_app, settings, section="transfer")
    widget(app, "adopted_by_state").set_value("none").run()
    widget(app, "adaptable_state").set_value("unknown").run()

    save(app)

    assert (raw(kb)["adopted_by"], raw(kb)["adaptable"]) == ([], "unknown")


def test_a_second_language_is_written_below_the_first(open_app: OpenApp, settings: Settings, kb: KnowledgeBase) -> None:
    app = edit(open_app, settings, text="fr")
    assert "A path for bees brings people together." in html_of(app)

    write(app, "teaser_said_fr", "Un chemin")
    save(app)

    assert raw(kb)["teaser"] == {"en": "A path for bees brings people together.", "fr": "Un chemin"}


def test_blank_in_the_sheets_own_language_is_refused_though_another_has_words(
    open_app: OpenApp, settings: Settings, kb: KnowledgeBase
) -> None:
    app = write(edit(open_app, settings), TITLE, "")

    save(app)

    assert "Is blank in the language of the sheet" in errors(app)
    assert raw(kb)["title"] == {"en": "Bee paths for a city", "fr": "Des chemins d'abeilles pour une ville"}


def test_another_language_can_be_added(open_app: OpenApp, settings: Settings, kb: KnowledgeBase) -> None:
    app = edit(open_app, settings)

    next(each for each in app.selectbox if str(each.key).startswith("add_language")).set_value("pt").run()
    write(app, "teaser_said_pt", "Um caminho")
    save(app)

    assert raw(kb)["teaser"] == {"en": "A path for bees brings people together.", "pt": "Um caminho"}


def test_whoever_saved_meanwhile_is_named_and_both_versions_are_shown(
    open_app: OpenApp, settings: Settings, kb: KnowledgeBase
) -> None:
    app = write(edit(open_app, settings), TEASER, "My line.")
    version = kb.practices.read("bee-path").version
    theirs = {"teaser": "Ben's line.", "lessons": "Ask first [@urbact]."}
    practice_editing.save(kb, "bee-path", theirs, base_version=version, actor=BEN)

    app.run()

    assert "was changed by Ben at" in app.warning[0].value
    assert "My line." in html_of(app)
    assert "Ben&#x27;s line." in html_of(app)
    assert "Only changed by others\\: Lessons learned" in texts(app)
    assert not [button for button in app.button if button.label == "Save"]

    app.button(key="rebase").click().run()
    assert not app.warning
    save(app)
    assert (raw(kb)["teaser"], raw(kb)["lessons"]) == ("My line.", "Ask first [@urbact].")


def test_theirs_can_be_taken(open_app: OpenApp, settings: Settings, kb: KnowledgeBase) -> None:
    app = write(edit(open_app, settings), TEASER, "My line.")
    version = kb.practices.read("bee-path").version
    practice_editing.save(kb, "bee-path", {"teaser": "Ben's line."}, base_version=version, actor=BEN)
    app.run()

    app.get_by_key("side_teaser").set_value("theirs").run()
    app.button(key="rebase").click().run()

    assert widget(app, "teaser_said_").value == "Ben's line."


def test_a_form_without_changes_shows_what_others_saved(open_app: OpenApp, settings: Settings, kb: KnowledgeBase) -> None:
    app = edit(open_app, settings)
    version = kb.practices.read("bee-path").version
    practice_editing.save(kb, "bee-path", {"teaser": "Ben's line."}, base_version=version, actor=BEN)

    app.run()

    assert not app.warning
    assert "Ben's line." in [each.value for each in app.text_area]


def test_two_windows_of_one_member_do_not_write_over_each_other(open_app: OpenApp, settings: Settings, kb: KnowledgeBase) -> None:
    first, second = edit(open_app, settings), edit(open_app, settings)
    write(first, TEASER, "First window.")

    write(second, TEASER, "Second window.")

    assert "kept elsewhere meanwhile" in errors(second)
    second.button(key="reopen").click().run()
    assert widget(second, TEASER).value == "First window."


def test_a_draft_is_discarded(open_app: OpenApp, settings: Settings, kb: KnowledgeBase) -> None:
    app = write(edit(open_app, settings), TEASER, "Another line.")

    app.button(key="discard_now").click().run()

    assert "No change yet" in texts(app)
    assert "A path for bees brings people together." in [each.value for each in app.text_area]


def begin(app: AppTest, title: str) -> AppTest:
    app.text_input(key="new_title").set_value(title)
    return next(button for button in app.button if button.label == "Begin").click().run()


def test_a_new_practice_is_nobody_elses_before_it_is_saved(open_app: OpenApp, settings: Settings, kb: KnowledgeBase) -> None:
    app = begin(open_app(settings, "practice_edit"), "A loom library")

    assert app.query_params["id"] == "a-loom-library"
    assert kb.practices.names() == ["bee-path"]
    save(app)
    assert "missing or wrong" in errors(app)
    assert "Owner › Name" in texts(app)
    assert kb.practices.names() == ["bee-path"]
    listed = open_app(settings, "practice_edit")
    listed.button(key="go_on_a-loom-library").click().run()
    assert "Edit: A loom library" in html_of(listed)


def test_a_new_practice_is_written_once_it_says_enough(
    open_app: OpenApp, settings: Settings, kb: KnowledgeBase, launched: list[Job]
) -> None:
    app = begin(open_app(settings, "practice_edit"), "A loom library")
    for section in ("basics", "who", "story", "results", "transfer"):
        app.get_by_key("section").set_value(section).run()
        for key in [str(each.key) for each in app.checkbox if str(each.key).endswith("unknown")]:
            if not app.checkbox(key=key).value:
                app.checkbox(key=key).check().run()
        for key, value in {
            "owner_type": "network",
            "owner_country": "IN",
            "place_scale": "local",
            "period_status": "running",
        }.items():
            if found := [each for each in app.selectbox if str(each.key).endswith(f"_{key}")]:
                found[0].set_value(value).run()
        if section == "who":
            write(app, "owner_name", "Weavers")
    app.get_by_key("section").set_value("sources").run()
    widget(app, "sources_add").click().run()
    for key, words in {"key": "visit", "title": "Notes of a visit", "organisation": "Weavers"}.items():
        write(app, f"sources_items_0_{key}", words)

    save(app, "I was there")

    assert errors(app) == ""
    assert "Saved" in app.success[0].value
    assert kb.practices.names() == ["a-loom-library", "bee-path"]
    assert kb.practices.read("a-loom-library").faults == ()
    assert len(launched) == 1


@pytest.mark.parametrize(
    ("title", "told"),
    [("", "no title yet"), ("Bee path", "There is a practice called “bee-path” already"), ("社会", "cannot be called")],
)
def test_a_practice_that_cannot_be_begun_is_told(
    open_app: OpenApp, settings: Settings, kb: KnowledgeBase, title: str, told: str
) -> None:
    assert told in errors(begin(open_app(settings, "practice_edit"), title))


def test_who_may_not_edit_is_told(
    open_app: OpenApp, settings: Settings, kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "actor", lambda: Member("Rea", frozenset({Role.MEMBER})))

    app = edit(open_app, settings)

    assert "needs the role contributor" in errors(app)
    assert not app.text_area


def test_a_practice_that_is_not_there_is_told(open_app: OpenApp, settings: Settings, kb: KnowledgeBase) -> None:
    assert "There is no practice called “nothing”" in errors(edit(open_app, settings, id="nothing"))


def test_what_members_typed_is_text(open_app: OpenApp, settings: Settings, kb: KnowledgeBase) -> None:
    app = write(edit(open_app, settings), TITLE, HOSTILE[:99])
    version = kb.practices.read("bee-path").version
    practice_editing.save(kb, "bee-path", {"title": {"en": HOSTILE[-90:]}}, base_version=version, actor=BEN)

    app.run()

    assert Tags(html_of(app)).names <= OUR_TAGS


def test_the_form_speaks_french(open_app: OpenApp, settings: Settings, kb: KnowledgeBase) -> None:
    app = open_app(settings, "practice_edit", locale="fr-FR", id="bee-path")

    assert "Modifier : Bee paths for a city" in html_of(app)
    assert "Ce qui s’est passé avant" not in html_of(app)
    assert app.header[0].value == "En bref"
