"""Members, and acting as one of them: who is registered, and that every page asks for whoever was chosen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from kb import open_kb
from kb.services import judging, library, members
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.services.records import RegisteredMember
from kb.settings import Settings
from kb.ui import state
from tests.ui.test_pages import OUR_TAGS, Tags, a_document, html_of, labels_of
from tests.ui.test_work_pages import headers

OpenApp = Callable[..., AppTest]
HOSTILE = "<img src=x onerror=alert(1)> [go](javascript:alert(2)) :red[x]"


def register(settings: Settings, name: str, *roles: Role, organisation: str = "Fondazione Alfa") -> RegisteredMember:
    return members.add(open_kb(settings), name, organisation=organisation, country="IT", roles=roles, actor=LOCAL_MEMBER)


def act_as(app: AppTest, name: str) -> AppTest:
    return app.selectbox(key=state.ACTING_AS).select(name).run()


def fill(app: AppTest, prefix: str, **fields: object) -> AppTest:
    """Write into the fields of a form whose keys begin with ``prefix`` and end with the field's name."""
    for field, value in fields.items():
        widget = next(each for kind in ("text_input", "selectbox", "multiselect") for each in app.get(kind)
                      if str(each.key).startswith(prefix) and str(each.key).endswith(f"_{field}"))  # fmt: skip
        widget.set_value(value)
    return app


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


# the page


def test_without_members_the_page_says_what_they_are_for_and_nobody_can_act_as_another(
    open_app: OpenApp, own_records: Settings
) -> None:
    app = open_app(own_records, "members")

    assert "Nobody is registered yet" in app.info[0].value
    assert not [each for each in app.selectbox if each.key == state.ACTING_AS]
    assert any("one member with all roles" in caption.value for caption in app.caption)


def test_a_member_is_added_changed_and_acts_no_more(open_app: OpenApp, own_records: Settings) -> None:
    kb = open_kb(own_records)
    app = open_app(own_records, "members")
    press(fill(app, "m_new_", name="Anna Rossi", organisation="Alfa", country="IT", languages=["it", "en"]), "Add")
    assert "Anna Rossi is a member now" in app.success[0].value
    (anna,) = members.members(kb, actor=LOCAL_MEMBER)
    assert (anna.organisation, anna.country, anna.languages) == ("Alfa", "IT", ("it", "en"))
    assert anna.roles == (Role.MEMBER, Role.REVIEWER)
    assert "Italian and English" in html_of(app)

    app.selectbox(key="member").select("Anna Rossi").run()
    assert app.query_params["member"] == "Anna Rossi"
    press(fill(app, "m_1_", organisation="Beta", roles=[Role.CONTRIBUTOR, Role.FACILITATOR]), "Save")
    (anna,) = members.members(kb, actor=LOCAL_MEMBER)
    assert anna.organisation == "Beta"
    assert set(anna.roles) == {Role.MEMBER, Role.CONTRIBUTOR, Role.FACILITATOR}

    press(app, "May act no more")
    assert members.acting_as(kb, "Anna Rossi") is None
    assert "0 members" in headers(app)
    assert "May act no more" in html_of(app)


def test_a_refused_member_is_told_with_every_fault_and_what_was_typed_stays(open_app: OpenApp, own_records: Settings) -> None:
    register(own_records, "Anna Rossi")
    app = open_app(own_records, "members")

    press(fill(app, "m_new_", name="anna  ROSSI", organisation="Beta"), "Add")

    assert "there is a member called “Anna Rossi” already" in app.error[0].value.replace("\\", "")
    assert next(each.value for each in app.text_input if str(each.key).endswith("_organisation")) == "Beta"


def test_a_change_made_elsewhere_is_not_written_over(open_app: OpenApp, own_records: Settings) -> None:
    register(own_records, "Anna Rossi")
    app = open_app(own_records, "members", member="Anna Rossi")
    members.change(open_kb(own_records), "Anna Rossi", version=1, organisation="Theirs", actor=LOCAL_MEMBER)

    press(fill(app, "m_1_", organisation="Mine"), "Save")

    assert "changed elsewhere" in app.error[0].value
    assert members.members(open_kb(own_records), actor=LOCAL_MEMBER)[0].organisation == "Theirs"


def test_what_members_typed_stays_text(open_app: OpenApp, own_records: Settings) -> None:
    register(own_records, HOSTILE, Role.REVIEWER, organisation=HOSTILE)

    app = open_app(own_records, "members", member=HOSTILE)
    act_as(app, HOSTILE)

    assert Tags(html_of(app)).names <= OUR_TAGS
    assert "&lt;img src=x" in html_of(app)
    assert not [each for each in app.get("html") if "alert(1)" in each.proto.body and "&lt;img" not in each.proto.body]


def test_a_plain_member_looks_and_changes_nothing(open_app: OpenApp, own_records: Settings) -> None:
    register(own_records, "Bea")
    app = act_as(open_app(own_records, "members"), "Bea")

    assert "1 member" in headers(app)
    assert not app.get("form_submit_button")
    assert not [each for each in app.selectbox if each.key == "member"]


def test_a_facilitator_who_is_no_administrator_makes_no_leaders(open_app: OpenApp, own_records: Settings) -> None:
    register(own_records, "Bea", Role.FACILITATOR)
    app = act_as(open_app(own_records, "members", member="Bea"), "Bea")

    assert any("changed by administrators" in info.value for info in app.info)
    roles = next(each for each in app.multiselect if str(each.key).startswith("m_new_") and str(each.key).endswith("_roles"))
    assert roles.options == ["Contributor", "Reviewer"]


# acting as


def test_what_one_does_is_done_as_who_was_chosen(open_app: OpenApp, own_records: Settings) -> None:
    register(own_records, "Bea")
    kb = open_kb(own_records)
    passage = library.passages(kb, a_document(own_records, "text/markdown").id, actor=LOCAL_MEMBER)[1]
    judging.judge(kb, "Whose is this?", passage.id, 1, actor=LOCAL_MEMBER)

    app = open_app(own_records, "judgements")
    assert "1 judgement" in headers(app)
    act_as(app, "Bea")

    assert "judged no passage yet" in app.info[0].value
    assert any("anybody at this machine may act as anybody" in caption.value for caption in app.caption)


@pytest.mark.parametrize("name", ["nobody", "<script>", "Bea' ; x", ""])
def test_an_unknown_name_is_the_local_member(own_records: Settings, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(state, "kb", lambda: open_kb(own_records))

    assert state.member_called(name) == LOCAL_MEMBER


def test_who_acts_no_more_is_nobody_to_act_as(open_app: OpenApp, own_records: Settings) -> None:
    register(own_records, "Anna")
    register(own_records, "Bea")
    app = act_as(open_app(own_records, "judgements"), "Bea")
    members.change(open_kb(own_records), "Bea", version=1, is_active=False, actor=LOCAL_MEMBER)

    app.run()

    assert app.selectbox(key=state.ACTING_AS).value == ""
    assert app.selectbox(key=state.ACTING_AS).options == ["Local member, all roles", "Anna"]


def test_another_member_is_told_to_the_browser_in_one_safe_line(open_app: OpenApp, own_records: Settings) -> None:
    name = "Éva </script>'; alert(1)"
    register(own_records, name)
    app = open_app(own_records, "members")
    before = scripts(app)
    assert before == ["document.documentElement.lang = 'en'; document.cookie = 'kb_member=; path=/; SameSite=Strict';"]

    act_as(app, name)
    (told,) = scripts(app)
    assert re.fullmatch(
        r"document\.documentElement\.lang = 'en'; "
        r"document\.cookie = 'kb_member=[\w.~%-]+; path=/; SameSite=Strict'; location\.reload\(\);", told,
    )  # fmt: skip

    app.run()
    assert "reload" not in scripts(app)[0]


def scripts(app: AppTest) -> list[str]:
    bodies = [element.proto.body for element in app.get("html")]
    return [re.sub("</?script>", "", body) for body in bodies if body.startswith("<script>")]


def test_caches_tell_members_apart_by_all_that_is_known_of_them() -> None:
    keys = [
        state.AS_KEY[Member](member)
        for member in (
            Member("a", frozenset({Role.MEMBER})),
            Member("b", frozenset({Role.MEMBER})),
            Member("a", frozenset({Role.MEMBER, Role.REVIEWER})),
            Member("a", frozenset({Role.MEMBER}), "Alfa"),
            Member("a", frozenset({Role.MEMBER}), "", "IT"),
        )
    ]

    assert len({str(key) for key in keys}) == len(keys)


PAGES = ["search", "saved", "batch", "judgements", "practices", "library", "concepts", "add", "members", "similar", "practice"]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_works_for_a_member_without_other_roles(open_app: OpenApp, own_records: Settings, page: str) -> None:
    register(own_records, "Bea")

    app = act_as(open_app(own_records, page), "Bea")

    assert not [error.value for error in app.error if page != "similar"]
    assert "Start reading" not in [button.label for button in app.button]
    assert "New practice" not in labels_of(app)


def test_adding_is_explained_to_those_who_may_not(open_app: OpenApp, own_records: Settings) -> None:
    register(own_records, "Bea")

    app = act_as(open_app(own_records, "add"), "Bea")

    assert "Contributors add documents" in app.info[0].value
    assert not app.get("file_uploader")
    assert "Read and searchable" in html_of(app)


def test_the_pages_speak_french(open_app: OpenApp, own_records: Settings) -> None:
    register(own_records, "Bea", Role.REVIEWER)

    app = open_app(own_records, "members", locale="fr-FR")

    assert app.title[0].value == "Membres"
    assert "Relecteur" in html_of(app)
    assert app.selectbox(key=state.ACTING_AS).label == "Agir en tant que"
