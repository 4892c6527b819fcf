"""Monitoring: all that is followed, one practice, its forms, a table taken in; for those who may only look; hostile; in French."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.ipc
import pytest
from streamlit.testing.v1 import AppTest

from kb import open_kb
from kb.services import members
from kb.services.monitoring import changing, viewing
from kb.services.permission import LOCAL_MEMBER, Role
from kb.settings import Settings
from kb.ui import state
from tests.ui.conftest import HOSTILE
from tests.ui.test_contexts_page import rows, shown
from tests.ui.test_pages import OUR_TAGS, Tags, html_of

OpenApp = Callable[..., AppTest]
CORPUS = Path(__file__).parents[2] / "corpus"
BEES = "cesena-bee-path"
HIVES: Mapping[str, Any] = {
    "key": "hives", "title": "Hives", "definition": "Counted in May.", "unit": "hives", "direction": "up", "frequency": "once",
    "responsible": "House of Bees", "first_due": "2099-12-31",
    "baseline": {"value": "10", "date": "2020-01-01", "source": "Plan"}, "target": {"value": "20", "date": "2099-12-31"},
}  # fmt: skip


@pytest.fixture
def bees(built_kb: Settings, tmp_path: Path) -> Settings:
    """The sample index beside one sheet, with records of the test's own."""
    settings = replace(built_kb, corpus=tmp_path / "corpus", database_url=f"sqlite:///{tmp_path / 'records.sqlite'}")
    settings.practices.mkdir(parents=True)
    shutil.copy(CORPUS / "practices" / f"{BEES}.yaml", settings.practices)
    return settings


def follow(settings: Settings, *readings: tuple[str, str, str], **other: object) -> None:
    """Hives, with readings as day, value and source."""
    kb = open_kb(settings)
    changing.set_indicator(kb, BEES, {**HIVES, **other}, actor=LOCAL_MEMBER)
    for day, value, source in readings:
        changing.add_reading(kb, BEES, "hives", day, value, source=source, actor=LOCAL_MEMBER)


def one(open_app: OpenApp, settings: Settings, **more: str) -> AppTest:
    return open_app(settings, "monitoring", m_practice=BEES, **more)


def drawn(app: AppTest) -> list[dict[str, Any]]:
    """The rows of data of all layers of the first chart."""
    datasets = app.get("vega_lite_chart")[0].proto.datasets
    return [row for each in datasets for row in pyarrow.ipc.open_stream(each.data.data).read_all().to_pylist()]


def told(boxes: Any) -> str:
    """The words of the first box, as they are read."""
    return str(boxes[0].value.replace("\\", ""))


def charts(app: AppTest) -> list[str]:
    return [chart.proto.alt for chart in app.get("vega_lite_chart")]


# all


def test_without_an_indicator_the_page_says_what_one_is_and_leads_to_a_practice(open_app: OpenApp, bees: Settings) -> None:
    app = open_app(bees, "monitoring")
    assert "Nothing is monitored yet." in told(app.info)

    app.selectbox(key="monitoring_other").set_value(BEES).run()

    assert app.query_params["m_practice"] == BEES
    assert "Nothing is measured of this practice yet." in told(app.info)
    app.button(key="all_monitored").click().run()
    assert "m_practice" not in app.query_params
    assert app.title[0].value == "Monitoring"


def test_overdue_readings_stand_above_all_that_is_monitored(open_app: OpenApp, bees: Settings) -> None:
    follow(bees, ("2020-05-01", "12", "Report"), first_due="2020-12-31", frequency="once")
    kb = open_kb(bees)
    late = {**HIVES, "key": "visits", "title": "Visits", "first_due": "2021-06-30", "baseline": {}, "target": {}}
    changing.set_indicator(kb, BEES, late, actor=LOCAL_MEMBER)

    app = open_app(bees, "monitoring")

    assert [header.value for header in app.header] == ["Overdue readings", "1 practice is monitored"]
    title = "Ljubljana's bee path and how Cesena adapted it"
    assert rows(app, "Overdue readings, the longest ago first") == [
        ["Visits", title, "House of Bees", "June 30, 2021 never read", "1"]
    ]
    assert rows(app, "Practices and what is measured of them") == [[title, "2", "1", "1", "0", "May 1, 2020"]]


# one practice


def test_an_indicator_says_its_plan_and_how_far_it_is_in_words_and_numbers(open_app: OpenApp, bees: Settings) -> None:
    """From 10 to 20, and 15 was read: half of the way."""
    follow(bees, ("2020-05-01", "12", "Report 2020"), ("2021-05-01", "15", "Report 2021"))

    app = one(open_app, bees)

    said = shown(app)
    assert "50 % of the way from 10 to 20 hives is done." in said
    assert "It rose by 3 hives from May 1, 2020 to May 1, 2021. That is as wanted." in said
    assert "Baseline 10 hives (January 1, 2020, Plan) Target 20 hives (December 31, 2099)" in said
    assert "Who reads it House of Bees" in said
    assert [row[:4] for row in rows(app, "Readings of “Hives”")] == [
        ["May 1, 2021", "15 hives", "", "Report 2021"],
        ["May 1, 2020", "12 hives", "", "Report 2020"],
    ]
    assert charts(app) == [
        "Readings of “Hives” in hives: May 1, 2020: 12; May 1, 2021: 15. Baseline: 10. Target: 20. "
        "The same numbers stand in the table below."
    ]


def test_sources_that_differ_are_shown_side_by_side_and_no_middle_is_made_up(open_app: OpenApp, bees: Settings) -> None:
    follow(bees, ("2020-05-01", "12", "Report"), ("2021-05-01", "15", "Report"), ("2021-05-01", "18", "Town"))

    app = one(open_app, bees)

    assert "Sources differ on May 1, 2021: 15 hives (Report) 18 hives (Town)" in shown(app)
    assert "Latest: 15 or 18 hives (May 1, 2021)." in shown(app)
    assert "Between 50 % and 80 % of the way from 10 to 20 hives is done: the sources differ." in shown(app)
    assert "It rose by 3 to 6 hives" in shown(app)
    band = [row for row in drawn(app) if "low" in row]
    assert [(row["day"][:10], row["low"], row["high"]) for row in band] == [("2020-05-01", 12, 12), ("2021-05-01", 15, 18)]
    assert sorted(row["value"] for row in drawn(app) if "source" in row) == [12, 15, 18]
    assert any("Where sources differ, the line opens." in caption.value for caption in app.caption)


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"target": {}}, "How far it is cannot be said: it has no target."),
        ({"baseline": {}}, "How far it is cannot be said: it has no baseline."),
        ({"direction": "keep", "target": {}}, "It is 5 hives above what it should be."),
        ({"target": {"value": "15", "date": "2021-12-31"}}, "The target is reached: 100 % of the way from 10 to 15 hives is done."),
        (
            {"baseline": {"value": "30", "date": "2020-01-01"}, "target": {"value": "40", "date": "2099-12-31"}},
            "It is farther from the target than at the beginning: -150 % of the way from 30 to 40 hives.",
        ),
    ],
)
def test_what_cannot_be_said_has_a_reason(open_app: OpenApp, bees: Settings, other: dict[str, object], sentence: str) -> None:
    follow(bees, ("2021-05-01", "15", "Report"), **other)

    assert sentence in shown(one(open_app, bees))


def test_a_period_without_a_reading_is_said_and_marked_on_the_axis(open_app: OpenApp, bees: Settings) -> None:
    follow(bees, ("2020-05-01", "12", "Report"), first_due="2020-03-31", frequency="once", baseline={}, target={})

    app = one(open_app, bees)

    assert told(app.warning) == "Overdue: no reading for 1 period (until March 31, 2020)."
    assert [row["day"][:10] for row in drawn(app) if row.get("mark")] == ["2020-03-31"]
    assert "Overdue: no reading for 1 period" in charts(app)[0]


def test_the_line_breaks_where_a_period_has_no_reading(open_app: OpenApp, bees: Settings) -> None:
    """Nobody read anything in 2021, so no line says what it was."""
    years = [("2019-05-01", "11", "Report"), ("2020-05-01", "12", "Report"), ("2022-05-01", "15", "Report")]
    follow(bees, *years, frequency="yearly", first_due="2019-12-31", baseline={})

    app = one(open_app, bees)

    assert [(row["day"][:4], row["part"]) for row in drawn(app) if "low" in row] == [("2019", 0), ("2020", 0), ("2022", 1)]


def test_an_ended_indicator_says_why_and_awaits_nothing(open_app: OpenApp, bees: Settings) -> None:
    follow(bees, first_due="2020-12-31")
    app = one(open_app, bees)
    assert "Overdue" in app.warning[0].value

    app.text_area(key="mi_end_hives").set_value("The path was closed.")
    submit(app, "End the indicator")

    assert "The indicator is ended." in told(app.success)
    assert "The path was closed." in told(app.info)
    assert not app.warning


# forms


def submit(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()


def test_an_indicator_is_set_and_a_reading_added_in_forms(open_app: OpenApp, bees: Settings) -> None:
    app = one(open_app, bees)
    texts = {"title": "Bee visits", "unit": "visits", "responsible": "Bo", "first_due": "2099-12-31"}
    for name, text in texts.items():
        app.text_input(key=f"mi_{name}_").set_value(text)
    app.text_area(key="mi_definition_").set_value("Classes that came.")
    app.selectbox(key="mi_frequency_").set_value("yearly")
    submit(app, "Keep it")
    assert "Readings of “Bee visits” are awaited." in told(app.success)
    assert app.text_input(key="mi_title_").value == ""

    for name, text in {"date": "2021-05-01", "value": "3.5", "source": "Diary"}.items():
        app.text_input(key=f"mr_{name}_bee-visits").set_value(text)
    submit(app, "Add it")

    assert "The reading is added." in told(app.success)
    [followed] = viewing.monitoring(open_kb(bees), BEES, actor=LOCAL_MEMBER).indicators
    assert (followed.indicator.key, followed.indicator.frequency) == ("bee-visits", "yearly")
    assert [(each.date, each.value, each.read.source) for each in followed.readings] == [("2021-05-01", 3.5, "Diary")]
    assert (app.text_input(key="mr_value_bee-visits").value, app.text_input(key="mr_source_bee-visits").value) == ("", "Diary")


def test_what_is_wrong_is_said_together_and_nothing_that_was_typed_is_lost(open_app: OpenApp, bees: Settings) -> None:
    follow(bees)
    app = one(open_app, bees)

    app.text_input(key="mr_date_hives").set_value("yesterday")
    app.text_input(key="mr_value_hives").set_value("1,5")
    submit(app, "Add it")

    said = told(app.error)
    assert "“yesterday” is no date such as 2026-12-31" in said
    assert "has a comma" in said
    assert "source" in said
    assert app.text_input(key="mr_value_hives").value == "1,5"


def test_an_indicator_is_changed_in_the_form_that_shows_it(open_app: OpenApp, bees: Settings) -> None:
    follow(bees)
    app = one(open_app, bees)
    assert app.text_input(key="mi_baseline_value_hives").value == "10"

    app.text_input(key="mi_target_value_hives").set_value("40")
    submit(app, "Keep it")

    assert "Target 40 hives" in shown(app)


def test_a_reading_is_withdrawn_with_a_reason_and_stays_struck_through(open_app: OpenApp, bees: Settings) -> None:
    follow(bees, ("2021-05-01", "150", "Report"))
    app = one(open_app, bees)
    submit(app, "Withdraw it")
    assert "Say why; others will ask." in told(app.error)

    app.text_area(key="mr_why_hives").set_value("A zero too many.")
    submit(app, "Withdraw it")

    assert "<s>150 hives</s>" in html_of(app)
    assert "A zero too many." in shown(app)
    assert "There is no reading yet." in shown(app)


# tables


def upload(app: AppTest, text: str) -> AppTest:
    app.get("file_uploader")[0].set_value(("readings.csv", text.encode(), "text/csv")).run()
    return app


def test_a_table_is_shown_then_taken_in_as_a_whole(open_app: OpenApp, bees: Settings) -> None:
    follow(bees)
    app = upload(one(open_app, bees), "indicator,date,value,source\nhives,2021-05-01,15,Report\nhives,2022-05-01,16,Report\n")
    assert [row[:4] for row in rows(app, "2 readings can be read")] == [
        ["2", "Hives", "May 1, 2021", "15 hives"],
        ["3", "Hives", "May 1, 2022", "16 hives"],
    ]
    assert "There is no reading yet." in shown(app)  # nothing is kept before it is said so

    app.button(key="take_in").click().run()

    assert "2 readings are taken in." in told(app.success)
    assert len(rows(app, "Readings of “Hives”")) == 2


def test_a_table_with_faults_says_each_by_its_line_and_cannot_be_taken_in(open_app: OpenApp, bees: Settings) -> None:
    follow(bees)
    text = 'indicator,date,value,source\nhives,2021-05-01,15,Report\nhive,2099-01-01,"2,5",<b>\nhives,2021-06-01,,Report\n'
    app = upload(one(open_app, bees), text)

    assert "Nothing can be taken in before" in told(app.error)
    assert "Line 3: indicator: there is no indicator “hive”" in shown(app)
    assert "Line 3: value: “2,5” has a comma" in shown(app)
    assert "Line 4: value: is blank." in shown(app)
    assert not [button for button in app.button if button.key == "take_in"]


# who may


def test_who_may_only_look_sees_all_and_has_no_forms(open_app: OpenApp, bees: Settings) -> None:
    follow(bees, ("2021-05-01", "15", "Report"))
    members.add(open_kb(bees), "Sam", organisation="House", country="PT", roles=[Role.MEMBER], actor=LOCAL_MEMBER)
    app = one(open_app, bees)
    assert [button for button in app.button if button.label == "Keep it"]

    app.selectbox(key=state.ACTING_AS).set_value("Sam").run()

    assert len(rows(app, "Readings of “Hives”")) == 1
    labels = {button.label for button in app.button}
    assert not labels & {"Keep it", "Add it", "Withdraw it", "End the indicator"}
    assert not app.get("file_uploader")
    assert [button.proto.label for button in app.get("download_button")] == ["Excel", "CSV"]


# hostile, unknown, French, and from the page of the practice


def test_markup_in_what_members_typed_stays_text(open_app: OpenApp, bees: Settings) -> None:
    line = HOSTILE.replace('"', "'")
    typed = {"title": line[:250], "definition": line, "unit": line[:80], "responsible": line[:200], "scope": line[:200]}
    follow(bees, ("2021-05-01", "15", line[:200]), ("2021-05-01", "16", line[1:200]), **typed, first_due="2020-12-31")

    app = one(open_app, bees)

    found = Tags(html_of(app))
    assert found.names <= {*OUR_TAGS, "h2", "s"}
    assert not {name for name in found.attributes if name.startswith("on")}
    assert not [
        each for each in [*app.warning, *app.info, *app.markdown, *app.caption] if re.search(r"(?<!\\)<script>", each.value)
    ]
    assert all(not re.search(r"(?<!\\)\]\(", field.label) for field in app.text_input)

    app = open_app(bees, "monitoring")
    assert Tags(html_of(app)).names <= {*OUR_TAGS, "h2"}


def test_a_practice_that_is_not_there_is_one_sentence(open_app: OpenApp, bees: Settings) -> None:
    app = open_app(bees, "monitoring", m_practice="<b>")

    assert len(app.error) == 1
    assert "incident" not in told(app.error)


def test_in_french_the_page_is_french(open_app: OpenApp, bees: Settings) -> None:
    follow(bees, ("2020-05-01", "12", "Report"), ("2021-05-01", "15.5", "Report"))

    app = one(open_app, bees, locale="fr-FR")

    assert "55 % du chemin de 10 à 20 hives sont faits." in shown(app)
    assert "Du 1 mai 2020 au 1 mai 2021, hausse de 3,5 hives. C’est le sens voulu." in shown(app)
    assert "Cible 20 hives (31 décembre 2099)" in shown(app)


def test_the_page_of_a_practice_leads_to_its_monitoring(open_app: OpenApp, bees: Settings) -> None:
    assert "Nothing is measured yet" in shown(open_app(bees, "practice", id=BEES))
    follow(bees, first_due="2020-12-31")

    app = open_app(bees, "practice", id=BEES)

    assert "1 indicator 1 reading is overdue" in shown(app)
    assert f'href="monitoring?m_practice={BEES}&amp;lang=en"' in html.unescape(html_of(app)).replace("&lang", "&amp;lang")
