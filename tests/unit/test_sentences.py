"""Where sentences end, in the languages of the corpus."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.retrieval.sentences import sentence_spans

CASES = {
    "plain": ["It began in 1971.", "It was recognised in 1972."],
    "question and exclamation": ["Who asked?", "Nobody!", "So we did."],
    "abbreviations": ["See Fig. 3 and cf. Smith et al. for more.", "Then stop."],
    "initials": ["J. M. Arizmendi founded it.", "The rest followed."],
    "German ordinals and abbreviations": ["Am 3. Mai wurde z. B. ein Antrag gestellt.", "Er wurde bewilligt."],
    "Spanish marks": ["Fue así.", "¿Quién vota?", "¡Todos!"],
    "French quotes": ["Il dit « oui. »", "Puis il part."],
    "closing quote after the mark": ["She said “we saved first.”", "The bank came later."],
    "Chinese": ["妇女联合会成立了。", "后来它得到承认！", "为什么？"],
    "Hindi": ["वह काम करती है।", "वह बचत करती है।"],
    "Greek": ["Πότε ιδρύθηκε;", "Το 1987· τότε."],
    "Urdu": ["وہ آیا۔", "کون؟"],
    "decimals and addresses": ["It rose by 3.5 points, see plp.eu/a.b for more.", "Then it fell."],
    "ellipsis inside": ["They waited ... and waited.", "At last it came."],
}


@pytest.mark.parametrize("sentences", CASES.values(), ids=CASES.keys())
def test_sentences_are_found_in_running_text(sentences: list[str]) -> None:
    text = " ".join(sentences)

    assert [text[a:b] for a, b in sentence_spans(text)] == sentences


def test_chinese_needs_no_space_between_sentences() -> None:
    text = "成立了。承认了。"

    assert [text[a:b] for a, b in sentence_spans(text)] == ["成立了。", "承认了。"]


def test_marks_of_other_scripts_need_no_space_either() -> None:
    for text, wanted in {
        "मैं आया॥वह गई।": ["मैं आया॥", "वह गई।"],
        "មួយ។ពីរ។": ["មួយ។", "ពីរ។"],
        "၁၉၇၂။၁၉၇၃။": ["၁၉၇၂။", "၁၉၇၃။"],
        "比率は３．５です．次です．": ["比率は３．５です．", "次です．"],
        "Մեկ։ Երկու։": ["Մեկ։", "Երկու։"],
    }.items():
        assert [text[a:b] for a, b in sentence_spans(text)] == wanted


def test_a_semicolon_asks_in_greek_only() -> None:
    text = "Savings; loans. Πόσο; Τόσο."

    assert [text[a:b] for a, b in sentence_spans(text)] == ["Savings; loans.", "Πόσο;", "Τόσο."]


def test_every_line_is_a_sentence_of_its_own() -> None:
    text = "Year | Members\n1972 | 320\n\n2024 | 3200000"

    assert [text[a:b] for a, b in sentence_spans(text)] == ["Year | Members", "1972 | 320", "2024 | 3200000"]


TEXTS = st.text(alphabet='aZä1. !?…。？।\n\t"»¿§(数', max_size=80) | st.text(max_size=60)


@given(TEXTS, st.integers(0, 80), st.integers(0, 80))
@settings(deadline=None, max_examples=400)
def test_spans_hold_every_visible_character_once_and_none_outside(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    spans = sentence_spans(text, start, end)
    edges = [start, *(edge for span in spans for edge in span), end]

    assert edges == sorted(edges)
    assert all(a < b and not text[a].isspace() and not text[b - 1].isspace() for a, b in spans)
    assert all(not text[a:b].strip() for a, b in zip(edges[::2], edges[1::2], strict=True))
