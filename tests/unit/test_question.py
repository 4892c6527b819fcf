"""A question is understood as typed: what is syntax counts, what only looks like it stays words, and nothing is illegal."""

from __future__ import annotations

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.retrieval.answer import Filters, Question
from kb.retrieval.passage import CONTEXT_PROFILE, KINDS
from kb.retrieval.question import MAX_YEARS, OPERATORS, cleaned, parse

PLAIN = [
    "When was SEWA founded?",
    "well-being and self-help",
    "2010-2014",
    "a loss of -5 percent",
    "- a list - with dashes -- and --options",
    'a pipe of 5" by 6" and 7"',
    'an unclosed "mark',
    '"',
    '""',
    '" "',
    '"!!!"',
    '-"?"',
    "-",
    "at 10:30 see http://example.org/a and https://b",
    "country: India",
    "year:",
    "kind: tool",
    "l'économie d'échelle",
    "«",
    "« »",
    "妇女 合作社",
    "\u202eabc\u200f",
    "😀 -😀",
]


@pytest.mark.parametrize("text", PLAIN)
def test_what_only_looks_like_syntax_is_words(text: str) -> None:
    assert parse(text) == Question(text, text, text)


@pytest.mark.parametrize(
    "marks", ['"{}"', "“{}”", "„{}“", "„{}”", "”{}”", "«{}»", "« {} »", "»{}«", "「{}」", "『{}』", "({})".replace("{}", '"{}"')]
)
def test_quotation_marks_of_all_sorts_make_a_phrase_whose_words_still_count(marks: str) -> None:
    found = parse(f"who gives {marks.format('mutual credit')} today?")

    assert found.phrases == ("mutual credit",)
    assert found.words.replace("(", "").replace(")", "").split() == ["who", "gives", "mutual", "credit", "today?"]
    assert "mutual" not in found.loose


def test_a_phrase_needs_no_spaces_around_it_where_the_language_has_none() -> None:
    found = parse('妇女"合作社"1972「储蓄 小组」')

    assert found.phrases == ("合作社", "储蓄 小组")
    assert found.words == "妇女 合作社 1972 储蓄 小组"


def test_a_minus_before_a_word_or_phrase_takes_it_away() -> None:
    found = parse('savings -bank -"loan shark" -«prêt usuraire» -self-help, groups')

    assert found.without == ("bank", "loan shark", "prêt usuraire", "self-help")
    assert found.words == found.loose == "savings groups"


OPERATED = [
    ("kind:guide", Filters(kinds=("guide",))),
    ("type:case kind:conf", Filters(kinds=("case-study", "conference-note"))),
    ('kind:"good practices" kind:Case-Studies', Filters(kinds=("good-practice", "case-study"))),
    ("country:in pays:ES,pt", Filters(countries=("IN", "ES", "PT"))),
    ("lang:fr language:DE-at langue:nah", Filters(languages=("fr", "de", "nah"))),
    ("year:2010", Filters(years=(2010,))),
    ("année:2010-2013 annee:2020,", Filters(years=(2010, 2011, 2012, 2013, 2020))),
    ("year:2013–2011 year:2012..2014", Filters(years=(2011, 2012, 2013, 2014))),
    ('theme:"Peer Learning" thème:statistics', Filters(themes=("peer-learning", "statistics"))),
    ('tag:women tag:sdg:5,Group:Farmers étiquette:"trade union"', Filters(tags=("women", "sdg:5", "Group:Farmers", "trade union"))),
    ("org:SEWA organisation:“Banque, du peuple” organization:a,b", Filters(organisations=("SEWA", "Banque, du peuple", "a,b"))),
    ("YEAR：2020", Filters(years=(2020,))),
    ("country:IN country:IN", Filters(countries=("IN",))),
]


@pytest.mark.parametrize(("text", "filters"), OPERATED)
def test_operators_are_the_same_as_filters(text: str, filters: Filters) -> None:
    alone, beside = parse(text), parse(f"looms {text}  weavers")

    assert (alone.filters, alone.words, alone.unused) == (filters, "", ())
    assert (beside.filters, beside.words, beside.unused) == (filters, "looms weavers", ())


@pytest.mark.parametrize(
    "text",
    ["contry:IN", "country:Atlantis", "kind:novel", "kind:c", "year:20", "year:next", "year:1000-2999", "lang:français", "-lang:fr",
     "year:2010,soon", "country:IN,Nowhere"],
)  # fmt: skip
def test_an_operator_that_cannot_be_used_is_named_and_taken_for_words(text: str) -> None:
    found = parse(f"looms {text} weavers")

    assert found.unused == (text,)
    assert found.words == f"looms {text} weavers"
    assert found.is_plain


def test_a_range_of_years_has_a_longest() -> None:
    assert len(parse(f"year:1900-{1899 + MAX_YEARS}").filters.years) == MAX_YEARS
    assert parse(f"year:1900-{1900 + MAX_YEARS}").filters.years == ()


class SomeNames:
    """Knows India in two languages, and French."""

    def country(self, name: str) -> str | None:
        return {"india": "IN", "inde": "IN"}.get(name.casefold())

    def language(self, name: str) -> str | None:
        return {"french": "fr"}.get(name.casefold())


def test_countries_and_languages_may_be_named_where_names_are_known() -> None:
    found = parse("pays:Inde country:India lang:French country:Mars", SomeNames())

    assert found.filters == Filters(countries=("IN",), languages=("fr",))
    assert found.unused == ("country:Mars",)


def test_only_marks_beside_operators_are_no_words() -> None:
    assert parse("country:IN ?").words == ""
    assert parse("country:IN 😀").words == "😀"


soup = st.lists(
    st.one_of(
        st.sampled_from([*'"“”«»„「」-: \n\0\u202e\ud800😀5', "- ", "  ", "合作", "ไทย"]),
        st.sampled_from(sorted(OPERATORS)).map(lambda name: f"{name}:"),
        st.sampled_from(["IN", "fr", "2010-2014", *KINDS, "word", "well-being", "x" * 80]),
        st.text(max_size=6),
    ),
    max_size=30,
).map("".join)


@given(st.one_of(soup, st.text(), st.text(alphabet=string.punctuation + " a", max_size=40)))
@example("-")
@example('-"')
@example("kind:,")
@example('org:"!"')
@example("year:²⁰¹⁰")
@example("lang:ﬁ")
def test_any_string_is_a_legal_question(text: str) -> None:
    """It never raises, and whatever was typed asks for something."""
    found = parse(text)

    assert found.text == cleaned(text)
    assert found.words or found.without or found.filters or not cleaned(text)
    assert all(any(char.isalnum() for char in part) for part in (*found.phrases, *found.without))
    assert all(phrase in found.text for phrase in (*found.phrases, *found.without))
    assert set(found.loose.split()) <= set(found.words.split())
    assert set(found.filters.kinds) <= {*KINDS, CONTEXT_PROFILE}
    assert "\0" not in found.words
    assert parse(found.text) == found


@given(st.text(alphabet=st.characters(categories=["L", "N", "Z", "P"], exclude_characters='-:："“”„‟«»「」『』')))
def test_a_text_without_any_mark_of_syntax_is_asked_as_it_is(text: str) -> None:
    assert parse(text) == Question(cleaned(text), cleaned(text), cleaned(text))


def test_what_is_typed_wide_is_syntax_too() -> None:
    """As on East Asian keyboards; and a minus that a word processor made longer."""
    wide = parse("looms ＂hand made＂ －silk ｃｏｕｎｔｒｙ：ＩＮ year:２０２０ −cotton")

    assert wide.phrases == ("hand made",)
    assert wide.without == ("silk", "cotton")
    assert wide.filters == Filters(countries=("IN",), years=(2020,))
    assert parse("－ｃｏｕｎｔｒｙ：ＩＮ").unused == ("－ｃｏｕｎｔｒｙ：ＩＮ",)


def test_letters_and_their_accents_are_put_together() -> None:
    """Some keyboards and most file names of one system write them apart."""
    assert parse('cre\u0301dit "E\u0301cole"') == parse('crédit "École"')


def test_each_part_tells_the_question_without_it() -> None:
    found = parse('looms "hand made" country:IN -silk year:2020-2022')

    assert [(part.typed, part.phrase, part.without, part.field, part.values) for part in found.parts] == [
        ('"hand made"', "hand made", "", "", ()),
        ("country:IN", "", "", "countries", ("IN",)),
        ("-silk", "", "silk", "", ()),
        ("year:2020-2022", "", "", "years", (2020, 2021, 2022)),
    ]
    assert [part.relaxed for part in found.parts] == [
        "looms hand made country:IN -silk year:2020-2022",
        'looms "hand made" -silk year:2020-2022',
        'looms "hand made" country:IN year:2020-2022',
        'looms "hand made" country:IN -silk',
    ]


@given(st.text(alphabet='ab "-:«» kindcoutry,IN2020', max_size=60))
def test_switching_every_part_off_ends_with_words_only(text: str) -> None:
    question = parse(text)
    for _ in range(200):
        if not question.parts:
            break
        question = parse(question.parts[0].relaxed)

    assert question.parts == ()
