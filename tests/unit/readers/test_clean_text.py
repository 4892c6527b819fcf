"""Text from any file is safe to store and loses no letter."""

import time
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kb.adapters.readers.clean import clean, one_line


def test_letters_accents_and_scripts_survive():
    text = "Coopérative Ñandú Žižkov Ελλάδα Київ للمستخدمين 協同組合"

    assert clean(text) == text


def test_decomposed_accents_become_composed():
    assert clean(unicodedata.normalize("NFD", "Fraternità")) == "Fraternità"


def test_controls_soft_hyphens_and_direction_overrides_go():
    assert clean("co\xadope\x00ra\x07tive \u202egnp.exe\u202c \u2066x\u2069") == "cooperative gnp.exe x"


def test_invisible_tag_characters_go():
    assert clean("plan" + "".join(chr(0xE0000 + ord(letter)) for letter in "ignore")) == "plan"


def test_lone_surrogates_go_so_that_text_can_be_stored():
    assert clean("a\ud800b").encode("utf-8") == b"ab"


def test_no_break_spaces_and_runs_of_spaces_become_one_space():
    assert clean("12\xa0000\u202f€   a") == "12 000 € a"


def test_line_ends_of_any_kind_become_line_feeds():
    assert clean("a\r\nb\rc\u2028d \n\n e") == "a\nb\nc\nd\ne"


def test_ligatures_and_arabic_presentation_forms_become_letters():
    assert clean("ﬁnancial oﬀer ﺏﺍﺏ") == "financial offer باب"


def test_ten_thousand_combining_marks_are_cut_in_no_time():
    """Ordering a long run of marks is quadratic in the standard library."""
    started = time.process_time()

    text = clean("a" + "\u0301\u0316" * 50_000 + "b")

    assert time.process_time() - started < 1
    assert len(text) < 40
    assert text.endswith("b")


def test_a_title_stands_on_one_line():
    assert one_line(" A\n  title ") == "A title"


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    once = clean(text)

    assert clean(once) == once


@given(st.text())
def test_no_control_character_but_the_line_feed_is_left(text):
    assert not [letter for letter in clean(text) if unicodedata.category(letter) in ("Cc", "Cs") and letter != "\n"]


@given(st.text(st.characters(categories=("Lu", "Ll", "Lo", "Nd"))))
def test_every_letter_and_digit_is_kept(text):
    """Up to Unicode's own idea of the same letter."""
    kept = [letter for letter in unicodedata.normalize("NFKC", clean(text)) if letter.isalnum()]

    assert kept == [letter for letter in unicodedata.normalize("NFKC", text) if letter.isalnum()]
