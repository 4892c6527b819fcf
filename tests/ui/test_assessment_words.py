"""The fixed words of assessments as files are the same in English as the service's own, and French in French."""

from __future__ import annotations

from dataclasses import asdict, fields

import pytest
from reports_by_hand import REPORT
from streamlit.testing.v1 import AppTest

from kb.services.assessment_files.told import told
from kb.services.assessment_files.wording import AssessmentWording

ALIKE = {"impact", "date", "organisation", "rubric_version", "none_yet"}  # the same in French


def wording_in(language: str) -> AssessmentWording:
    def script() -> None:
        import streamlit as st

        from kb.ui import assessment_files

        st.session_state["made"] = assessment_files.wording()

    test = AppTest.from_function(script)
    test.session_state["lang"] = language
    test.run()
    assert not test.exception
    made: AssessmentWording = test.session_state["made"]
    return made


def test_in_english_the_app_says_what_the_command_line_says() -> None:
    made, plain = asdict(wording_in("en")), asdict(AssessmentWording())
    from_elsewhere = ("countries", "fields")  # the command line tells codes

    assert {name: made[name] for name in made if name not in from_elsewhere} == {
        name: plain[name] for name in plain if name not in from_elsewhere
    }
    assert made["countries"]["IT"] == "Italy"
    assert made["fields"]["results"] == "Results"


def test_in_french_every_word_is_french() -> None:
    made, plain = wording_in("fr"), AssessmentWording()
    same = {each.name for each in fields(plain) if getattr(made, each.name) == getattr(plain, each.name)}

    assert same <= ALIKE
    assert made.number(3.5) == "3,5"
    assert made.country_of("IT") == "Italie"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_name_in_braces_is_filled_in(language: str) -> None:
    assert "{" not in str(list(told(REPORT, wording_in(language))))
