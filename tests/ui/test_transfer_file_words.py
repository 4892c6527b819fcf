"""The fixed words of transferability tests as files are the same in English as the service's own, and French in French."""

from __future__ import annotations

from dataclasses import asdict, fields

from streamlit.testing.v1 import AppTest

from kb.bootstrap import country_names
from kb.services.transfer_files.wording import TransferWording

ALIKE = {"date", "organisation", "framework_version", "none_yet"}  # the same in French


def wording_in(language: str) -> TransferWording:
    def script() -> None:
        import streamlit as st

        from kb.ui import transfer_files

        st.session_state["made"] = transfer_files.wording()

    test = AppTest.from_function(script)
    test.session_state["lang"] = language
    test.run()
    assert not test.exception
    made: TransferWording = test.session_state["made"]
    return made


def test_in_english_the_app_says_what_the_command_line_says() -> None:
    assert asdict(wording_in("en")) == asdict(TransferWording(countries=country_names("en")))


def test_in_french_every_word_is_french() -> None:
    made, plain = wording_in("fr"), TransferWording()

    assert {each.name for each in fields(plain) if getattr(made, each.name) == getattr(plain, each.name)} <= ALIKE
    assert (made.value(0.75), made.value(-2), made.value(0), made.value(None)) == ("+0,75", "−2", "0", "–")
