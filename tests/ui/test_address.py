"""Filters in the address bar: the URL wins, then what a person changed goes into it, and Back is never a trap."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def script() -> None:
    import streamlit as st

    from kb.ui import address

    address.follow("shop", {"q": address.one, "colour": address.many, "n": address.number(10, 20)})
    st.text_input("q", key="q")
    st.multiselect("colour", ["red", "blue"], key="colour", format_func=str.upper)
    st.selectbox("n", [10, 20], key="n")
    n = st.session_state["n"]
    address.publish("shop", q=st.session_state["q"], colour=st.session_state["colour"], n="" if n == 10 else n)


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(script)


def url(app: AppTest) -> dict[str, object]:
    return {key: app.query_params[key] for key in app.query_params if app.query_params[key]}


def go(app: AppTest, **query: str | list[str]) -> None:
    """What a link or the browser's back button does."""
    for key in list(app.query_params):
        del app.query_params[key]
    for key, value in query.items():
        app.query_params[key] = value
    app.run()


def test_a_link_sets_the_widgets(app: AppTest) -> None:
    go(app, q="soil", colour=["red", "blue"], n="20")

    assert (app.text_input[0].value, app.multiselect[0].value, app.selectbox[0].value) == ("soil", ["red", "blue"], 20)


def test_the_url_holds_codes_not_labels(app: AppTest) -> None:
    app.run()

    app.multiselect[0].set_value(["red"]).run()

    assert url(app) == {"colour": "red"}


def test_defaults_stay_out_of_the_url(app: AppTest) -> None:
    go(app, n="20")

    app.selectbox[0].set_value(10).run()

    assert url(app) == {}


def test_back_brings_the_old_values(app: AppTest) -> None:
    go(app, q="soil")
    app.text_input[0].set_value("water").run()
    assert url(app) == {"q": "water"}

    go(app, q="soil")

    assert app.text_input[0].value == "soil"


def test_a_number_that_is_not_offered_is_the_default(app: AppTest) -> None:
    go(app, n="11")

    assert app.selectbox[0].value == 10


def test_another_pages_parameters_leave_ours_as_they_were_and_the_url_alone(app: AppTest) -> None:
    """The odd history entry: writing over it would push a new one, and Back could never pass."""
    go(app, q="soil", colour="red")

    go(app, id="7")

    assert (app.text_input[0].value, app.multiselect[0].value) == ("soil", ["red"])
    assert url(app) == {"id": "7"}


def test_a_change_on_the_odd_entry_replaces_the_foreign_parameters(app: AppTest) -> None:
    go(app, q="soil")
    go(app, id="7")

    app.text_input[0].set_value("water").run()

    assert url(app) == {"q": "water"}


def test_what_is_too_long_is_cut(app: AppTest) -> None:
    go(app, q="x" * 30_000)

    assert len(app.text_input[0].value or "") == 20_000
