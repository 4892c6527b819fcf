"""The directory: cards, a question, one organisation, its forms; partnerships moved on; none, faulty, hostile; in two languages."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from kb import open_kb
from kb.retrieval.catalog import Job
from kb.services import members
from kb.services.ingesting import ingest
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.settings import Settings
from kb.ui import state
from tests.directories import organisation, partnership, text, write
from tests.sheets import SOUND
from tests.ui.conftest import HOSTILE
from tests.ui.test_pages import OUR_TAGS, Tags, html_of

OpenApp = Callable[..., AppTest]
HIVE = organisation(
    "hive", country="BE", countries="unknown", themes=[], projects="unknown", seeks="unknown", part_of="Farm School"
)


@pytest.fixture
def launched() -> list[Job]:
    """The ingests that were started."""
    return []


@pytest.fixture
def two(settings: Settings, launched: list[Job], monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Two organisations and a partnership; nothing is ingested, and an ingest that is started is only noted."""
    write(settings.organisations, organisation(), HIVE)
    write(settings.partnerships, partnership())
    kb = replace(open_kb(settings), launch=launched.append)
    monkeypatch.setattr(state, "kb", lambda: kb)
    return settings


def shown(app: AppTest) -> str:
    """The words of what was given to ``st.html``."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", html_of(app))).split())


def opened(app: AppTest) -> list[str]:
    return [button.label for button in app.button if str(button.key).startswith(("open_organisation", "open_partnership"))]


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_without_a_file_the_page_says_how_to_begin(open_app: OpenApp, empty_kb: Settings) -> None:
    app = open_app(empty_kb, "directory")

    assert "Nothing is in the directory yet" in [header.value for header in app.header]
    assert app.code[0].value == "python -m kb learn organisation check"
    assert "Add an organisation" in [each.label for each in app.expander]


def test_organisations_are_cards_that_filters_choose_from_and_the_address_keeps(open_app: OpenApp, two: Settings) -> None:
    app = open_app(two, "directory")
    assert opened(app) == ["Farm School", "Hive"]

    app.selectbox(key="d_theme").set_value("environment").run()
    assert opened(app) == ["Farm School"]
    assert app.query_params["d_theme"] == "environment"
    app = open_app(two, "directory", d_country="BE")
    assert opened(app) == ["Farm School", "Hive"]


def test_a_question_in_any_language_finds_organisations_with_the_passage_that_speaks(open_app: OpenApp, two: Settings) -> None:
    ingest(open_kb(two), [two.documents, two.organisations], actor=LOCAL_MEMBER)
    app = open_app(two, "directory", d_q="Qui forme des agriculteurs avec des partenaires belges ?")

    assert "Farm School" in opened(app)[0]
    assert "kb-quote" in html_of(app)
    assert "organisations that may answer" in app.header[0].value


def test_one_organisation_shows_all_that_is_known_and_what_belongs_to_it(open_app: OpenApp, two: Settings) -> None:
    members.add(open_kb(two), "ann", organisation="HIVE", country="BE", roles=[Role.MEMBER], actor=LOCAL_MEMBER)
    app = open_app(two, "directory", organisation="farm-school")
    told = shown(app)

    for words in ("Farm School", "Green Fields", "A training in agroecology.", "With Hive (Belgium)", "Paid by: Erasmus+",
                  "A partner for a second round.", "Their page", "last reviewed", "not in the index yet"):  # fmt: skip
        assert words in told
    assert 'href="directory?partnership=green' in html_of(app)
    assert "Green partnership (Lead)" in told
    assert 'href="directory?organisation=hive' in html_of(app)
    hive = open_app(two, "directory", organisation="hive")
    assert "ann" in shown(hive)
    assert 'href="directory?organisation=farm-school' in html_of(hive)
    french = open_app(two, "directory", locale="fr-FR", organisation="farm-school")
    assert "Elle forme des agriculteurs" in shown(french)


def test_a_name_that_is_not_there_is_said(open_app: OpenApp, two: Settings) -> None:
    app = open_app(two, "directory", organisation="nobody")

    assert "nobody" in app.warning[0].value
    assert len(opened(app)) == 2


def test_an_organisation_is_added_with_its_source_and_stands_on_its_page(
    open_app: OpenApp, two: Settings, launched: list[Job]
) -> None:
    app = open_app(two, "directory")
    for key, value in {"title": "Bee Friends", "what": "They keep bees.", "expertise": "bees\nhoney"}.items():
        (app.text_input if key == "title" else app.text_area)(key=f"do_0_{key}").set_value(value)
    press(app, "Add it")
    assert "“bee\\-friends” was not saved" in app.error[0].value  # without a source
    assert app.text_area(key="do_0_what").value == "They keep bees."  # nothing typed is lost

    app.text_input(key="do_0_sources_0_title").set_value("Their page")
    app.text_input(key="do_0_sources_0_organisation").set_value("Bee Friends")
    press(app, "Another source")
    app.text_input(key="do_0_sources_1_title").set_value("A report")
    app.text_input(key="do_0_sources_1_organisation").set_value("Hive")
    app.text_input(key="do_0_sources_1_date").set_value("2026-05").run()
    assert "`[@source]`, `[@source-2]`" in " ".join(each.value for each in app.caption)
    press(app, "Add it")
    assert "is in the directory" in app.success[0].value
    made = open_kb(two).organisations.read("bee-friends").made
    assert made is not None
    assert made.what.best("en")[1] == "They keep bees. [@source]"
    assert {key: (each.title, each.organisation, each.date) for key, each in made.sources.items()} == {
        "source": ("Their page", "Bee Friends", "unknown"), "source-2": ("A report", "Hive", "2026-05"),
    }  # fmt: skip
    assert (made.expertise, made.projects, made.country) == (("bees", "honey"), "unknown", "unknown")
    assert "They keep bees." in shown(app)
    assert [job.paths for job in launched] == [(str(two.organisations / "bee-friends.yaml"),)]


def test_a_title_without_a_letter_from_a_to_z_gets_a_name_too(open_app: OpenApp, two: Settings) -> None:
    app = open_app(two, "directory")
    app.text_area(key="do_0_what").set_value("Οργάνωση.")
    for field, words in {"title": "Μέλισσες", "sources_0_title": "Σελίδα", "sources_0_organisation": "Μέλισσες"}.items():
        app.text_input(key=f"do_0_{field}").set_value(words)
    press(app, "Add it")

    assert open_kb(two).organisations.names() == ["farm-school", "hive", "organisation-1"]


def test_an_entry_is_revised_in_one_language_and_gets_a_project(open_app: OpenApp, two: Settings) -> None:
    app = open_app(two, "directory", organisation="farm-school")
    version = open_kb(two).organisations.read("farm-school").version[:8]
    app.text_area(key=f"dr_farm-school_{version}_what").set_value("It trains many farmers [@page].")
    press(app, "Save")
    made = open_kb(two).organisations.read("farm-school").made
    assert made is not None
    assert dict(made.what.said) == {"en": "It trains many farmers [@page].", "fr": "Elle forme des agriculteurs [@page]."}
    assert made.projects == open_kb(two).organisations.parsed("farm-school", text(organisation())).made.projects  # type: ignore[union-attr]

    version = open_kb(two).organisations.read("farm-school").version[:8]
    key = f"dp_farm-school_{version}_new"
    app.text_input(key=f"{key}_title").set_value("Blue Fields")
    app.text_area(key=f"{key}_partners").set_value("Hive | be\nNobody")
    next(button for button in app.button if button.label == "Save" and button.form_id == key).click().run()
    made = open_kb(two).organisations.read("farm-school").made
    assert made is not None
    told = [(each.title, [] if isinstance(each.partners, str) else [(one.name, one.country) for one in each.partners])
            for each in made.all_projects]  # fmt: skip
    assert told == [("Green Fields", [("Hive", "BE")]), ("Blue Fields", [("Hive", "BE"), ("Nobody", "unknown")])]


def test_a_revised_entry_gets_another_source_and_loses_one_and_keeps_comments(open_app: OpenApp, two: Settings) -> None:
    file = two.organisations / "farm-school.yaml"
    file.write_text(f"# ours\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    app = open_app(two, "directory", organisation="farm-school")
    key = f"dr_farm-school_{open_kb(two).organisations.read('farm-school').version[:8]}"
    assert app.text_input(key=f"{key}_sources_0_address").value == "https://farm.example.org/about"
    press(app, "Another source")
    app.text_input(key=f"{key}_sources_1_title").set_value("A report")
    app.text_input(key=f"{key}_sources_1_organisation").set_value("Hive")
    app.text_area(key=f"{key}_what").set_value("It trains many [@source-2].")
    press(app, "Save")

    read = open_kb(two).organisations.read("farm-school")
    assert read.made is not None
    assert read.text.startswith("# ours\n")
    assert dict(read.made.what.said)["en"] == "It trains many [@source-2]."
    assert read.raw["sources"]["page"] == organisation()["sources"]["page"]
    key = f"dr_farm-school_{read.version[:8]}"
    for field in ("title", "organisation"):
        app.text_input(key=f"{key}_sources_1_{field}").set_value("")
    press(app, "Save")
    assert "which is not among the sources" in app.error[0].value


BEGUN = {"title": "Green *jobs*", "topic": "Jobs that last.", "objectives": "What makes them.", "others": "Zoo | de",
         "groups_0_title": "Law", "groups_0_focus": "The law.", "start": "2026-11", "sources_0_title": "A call",
         "sources_0_organisation": "OECD"}  # fmt: skip


def type_in(app: AppTest, typed: dict[str, str]) -> None:
    inputs = {each.key: each for each in (*app.text_input, *app.text_area)}
    for name, value in typed.items():
        inputs[f"pn_0_{name}"].set_value(value)


def test_a_facilitator_begins_a_partnership_and_all_faults_are_told_together(
    open_app: OpenApp, two: Settings, launched: list[Job]
) -> None:
    app = open_app(two, "directory", d_view="partnerships")
    type_in(app, BEGUN | {"sources_0_title": "", "sources_0_organisation": "", "code": "Green Jobs", "end": "soon"})
    press(app, "Begin it")
    for told in ("is no code", "end", "topic", "sources"):
        assert told in app.error[0].value
    assert app.text_area(key="pn_0_topic").value == "Jobs that last."  # nothing typed is lost
    assert open_kb(two).partnerships.names() == ["green"]

    type_in(app, BEGUN | {"code": "", "end": ""})
    app.selectbox(key="pn_0_lead").set_value("farm-school")
    app.multiselect(key="pn_0_partners").set_value(["hive"])
    app.multiselect(key="pn_0_spoken").set_value(["en", "fr"])
    press(app, "Begin it")
    assert "has begun" in app.success[0].value
    made = open_kb(two).partnerships.read("green-jobs").made
    assert made is not None
    assert (made.lead, made.topic.best("en")[1]) == ("farm-school", "Jobs that last. [@source]")
    assert [(each.organisation, each.country) for each in made.all_partners] == [("hive", "BE"), ("Zoo", "DE")]
    assert [(each.group, each.focus.best("en")[1]) for each in made.all_groups] == [("law", "The law. [@source]")]
    assert [job.paths for job in launched] == [(str(two.partnerships / "green-jobs.yaml"),)]
    assert "Jobs that last." in shown(app)  # its own page
    assert "not in the index yet" in shown(app)


def test_without_a_partnership_the_page_says_how_one_begins(open_app: OpenApp, empty_kb: Settings) -> None:
    app = open_app(empty_kb, "directory", d_view="partnerships")

    assert "There is no partnership yet" in [header.value for header in app.header]
    assert [each.label for each in app.expander] == ["Begin a partnership"]


def test_partnerships_are_asked_in_any_language_and_found_by_the_search_of_all(open_app: OpenApp, two: Settings) -> None:
    ingest(open_kb(two), [two.documents, two.partnerships], actor=LOCAL_MEMBER)
    app = open_app(two, "directory", d_view="partnerships", d_pq="Qui parle d'agriculture ?")
    assert opened(app) == ["Green partnership"]
    assert "partnership that may answer" in app.header[0].value
    assert "kb-quote" in html_of(app)

    app = open_app(two, "search", q="Green partnership farming")
    link = next(each for each in app.get("page_link") if each.proto.label == "The whole partnership")
    assert link.proto.query_string == "partnership=green"
    assert "Partnership" in shown(app)


def test_a_partnership_shows_its_states_sources_that_differ_and_who_takes_part(open_app: OpenApp, two: Settings) -> None:
    app = open_app(two, "directory", partnership="green")
    told = shown(app)

    for words in ("Green partnership", "PLP 9", "Forming : January 2026", "Active: not yet", "Sources differ on “partners”",
                  "Farm School", "Lead", "Hive", "Belgium", "Soil"):  # fmt: skip
        assert words in told, words


def test_a_facilitator_moves_a_partnership_on_and_writes_down_who_joins(open_app: OpenApp, two: Settings) -> None:
    app = open_app(two, "directory", partnership="green")
    version = open_kb(two).partnerships.read("green").version[:8]
    app.text_input(key=f"pm_green_{version}_day").set_value("2026-02-03")
    next(button for button in app.button if str(button.form_id).startswith("pm_")).click().run()
    assert "is in the state “Active” now" in app.success[0].value
    version = open_kb(two).partnerships.read("green").version[:8]
    app.text_input(key=f"pp_green_{version}_name").set_value("Zoo")
    next(button for button in app.button if str(button.form_id).startswith("pp_")).click().run()

    made = open_kb(two).partnerships.read("green").made
    assert made is not None
    assert (made.state, [each.organisation for each in made.all_partners]) == ("active", ["Hive", "Zoo"])
    assert "Zoo" in shown(app)


def test_who_may_not_change_is_shown_no_form(open_app: OpenApp, two: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "actor", lambda: Member("Rea", frozenset({Role.MEMBER})))
    for query in ({"organisation": "hive"}, {"partnership": "green"}, {}):
        app = open_app(two, "directory", **query)
        assert [each.label for each in app.expander] == []


def test_nothing_from_a_file_becomes_markup(open_app: OpenApp, two: Settings) -> None:
    raw = organisation("hostile", title=HOSTILE, also=[HOSTILE], what=f"{HOSTILE} [@page]", expertise=[HOSTILE])
    write(two.organisations, raw)
    write(two.partnerships, partnership("sly", title=HOSTILE, topic=f"{HOSTILE} [@page]"))

    for query in ({"organisation": "hostile"}, {"partnership": "sly"}, {}, {"d_view": "partnerships"}):
        app = open_app(two, "directory", **query)
        assert Tags(html_of(app)).names <= {*OUR_TAGS, "h2", "h3", "ol", "strong"}
        assert not app.exception


def test_a_file_with_a_fault_is_told_by_line(open_app: OpenApp, two: Settings) -> None:
    write(two.organisations, organisation("apple", kind="club"))
    write(two.partnerships, partnership("pear", states=[]))

    assert "corpus/organisations/apple.yaml:4: kind: “club” is none of" in shown(open_app(two, "directory"))
    assert "corpus/partnerships/pear.yaml:15: states" in shown(open_app(two, "directory", d_view="partnerships"))


def test_a_practice_leads_to_what_the_directory_says_of_its_owner(open_app: OpenApp, two: Settings) -> None:
    two.practices.mkdir()
    (two.practices / "bee-path.yaml").write_text(SOUND.replace("City of Ljubljana", "Hive (Belgium)"), encoding="utf-8")

    assert 'In the directory: <a href="directory?organisation=hive' in html_of(open_app(two, "practice", id="bee-path"))
    assert 'href="practice?id=bee-path' in html_of(open_app(two, "directory", organisation="hive"))
