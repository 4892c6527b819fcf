"""The lexical leg across languages and scripts: cognates, compounds, and scripts without spaces."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from fakes import allowed_among

from kb.adapters.lexical_folding import in_one_piece
from kb.adapters.lexical_words import ANY, ROOTS, STEMMERS, question_terms, root_terms, roots, words
from kb.adapters.tantivy_index import TantivyIndex
from kb.retrieval.index import Matches
from kb.retrieval.passage import DocumentId, Passage, PassageId

TEXTS = [
    ("en", "The cooperative of Warsaw trained its members."),
    ("de", "Die Genossenschaftsbank in Warschau bildet ihre Mitglieder aus."),
    ("es", "La cooperativa de Varsovia formó a sus socias."),
    ("ro", "Cooperativa din Varșovia și-a instruit membrii."),
    ("zh", "妇女合作社在华沙培训成员。"),
    ("hi", "महिला सहकारी समिति की सदस्य"),
    ("ar", "تعاونية النساء في وارسو"),
    ("pl", "Spółdzielnia w Warszawie szkoli swoich członków."),
    ("th", "สหกรณ์สตรีในวอร์ซอ"),
]

COLUMNS = [(language, language) for language, _ in TEXTS]  # document and language of each row


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TantivyIndex:
    folder: Path = tmp_path_factory.mktemp("languages")
    passages = [
        Passage(
            PassageId(f"{i:016x}"), DocumentId(language), i, 0, len(text), text, None, None, (), language, "", ((0, len(text)),)
        )
        for i, (language, text) in enumerate(TEXTS)
    ]
    TantivyIndex.build(folder, passages)
    return TantivyIndex.load(folder)


def spoken(matches: Matches) -> list[str]:
    return [TEXTS[row][0] for row, _ in matches.found]


def abroad(index: TantivyIndex, question: str, language: str) -> list[str]:
    return spoken(index.search_abroad(question, 50, language=language))


def home(index: TantivyIndex, question: str, language: str) -> list[str]:
    return spoken(index.search(question, 50, language=language))


@pytest.mark.parametrize(
    ("question", "language", "found"),
    [
        ("cooperativas", "it", {"en", "es", "ro"}),  # cooperative, cooperativa: five letters in common
        ("Warschauer Verein", "nl", {"de"}),
        ("members", "fr", {"en"}),
        ("coopérative", "fr", {"en", "es", "ro"}),  # accents are folded before the first letters are taken
    ],
)
def test_cognates_and_names_meet_across_languages(index: TantivyIndex, question: str, language: str, found: set[str]) -> None:
    assert set(abroad(index, question, language)) == found


def test_roots_are_looked_for_in_other_languages_only(index: TantivyIndex) -> None:
    assert set(abroad(index, "cooperative", "en")) == {"es", "ro"}
    assert set(abroad(index, "cooperativa", "es")) == {"en", "ro"}


def test_filters_hold_abroad_as_well(index: TantivyIndex) -> None:
    only = index.search_abroad("cooperativa", 50, language="it", allowed=allowed_among(COLUMNS, {"ro"}, None))
    assert spoken(only) == ["ro"]
    spanish = index.search_abroad("cooperativa", 50, language="it", allowed=allowed_among(COLUMNS, None, {"es"}))
    assert spoken(spanish) == ["es"]


def test_the_parts_of_a_german_compound_are_found(index: TantivyIndex) -> None:
    assert home(index, "Welche Genossenschaft?", "de") == ["de"]


def test_a_language_without_a_stemmer_is_found_inflected(index: TantivyIndex) -> None:
    assert "pl" in home(index, "spółdzielnie warszawskie", "pl")


def test_scripts_without_spaces_are_found_by_a_part_of_a_sentence(index: TantivyIndex) -> None:
    assert home(index, "合作社", "zh")[0] == "zh"
    assert home(index, "สตรี", "th")[0] == "th"
    assert words("合作社 2012年", ANY) == ["合", "作", "社", "2012", "年"]


def test_marks_belong_to_their_word() -> None:
    assert words("सहकारी समिति का सदस्य", ANY) == ["सहकारी", "समिति", "का", "सदस्य"]


def test_arabic_is_found_by_its_stem(index: TantivyIndex) -> None:
    assert "ar" in home(index, "التعاونية النسائية", "ar")


def test_a_full_match_abroad_scores_about_one(index: TantivyIndex) -> None:
    matches = index.search_abroad("La cooperativa de Varsovia", 5, language="it")

    assert matches.found[0][0] in (2, 3)
    assert 0.5 < matches.found[0][1] / matches.full < 1.6


def test_words_of_a_question_by_language() -> None:
    assert question_terms("Die Genossenschaften", "de") == {
        "any": ["genossenschaften"],
        "de": ["genossenschaft"],
        "roots": ["genos"],
    }
    assert set(question_terms("les coopératives", "fr")) == {"any", "fr"}
    assert set(question_terms("spółdzielnia", "pl")) == {"any", "roots"}
    assert len(question_terms("SEWA", "und")) > 10  # of unknown language: tried with every stemmer
    assert root_terms("Die Genossenschaften der Genossen", "de") == ["genos"]
    assert roots("Straße, naïve") == ["stras", "naive"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("مُدَرِّسَة", "مدرسه"),  # vowel signs, and the two endings that are written for each other
        ("إدارة أحمد", "اداره احمد"),
        ("مـــدرسة", "مدرسة"),  # tatweel only makes a word longer
        ("مستشفى", "مستشفي"),
        ("کتاب یک", "كتاب يك"),  # Persian and Arabic keyboards
        ("שָׁלוֹם", "שלום"),
        ("ΝΟΜΟΣ", "νόμος"),
        ("Ὀδύσσεια", "οδυσσεια"),
        ("ёлка", "елка"),
        ("Москва\u0301", "Москва"),  # stress, as encyclopedias mark it
        ("क़ानून पाँच", "कानून पांच"),
        ("২০১২ ٢٠١٢ २०१२", "2012 2012 2012"),
        ("İstanbul IŞIK", "istanbul ışık"),
        ("ＫＢ １２３ ｶﾞ", "kb 123 ガ"),
        ("co\u00adoperative", "cooperative"),  # a soft hyphen
        ("क\u094d\u200dष", "क्ष"),
    ],
)
def test_what_is_written_in_several_ways_is_the_same_words(one: str, other: str) -> None:
    assert words(one, ANY) == words(other, ANY) == words(unicodedata.normalize("NFD", one), ANY)
    assert roots(one) == roots(other)


def test_turkish_has_two_letters_i(tmp_path: Path) -> None:
    assert words("İSTANBUL", "tr") == words("istanbul", "tr")
    assert words("IŞIK", "tr") == words("ışık", "tr")
    assert words("IN", "en") == words("in", "en")


def test_letters_that_differ_in_meaning_stay_apart() -> None:
    assert words("й", ANY) != words("и", ANY)
    assert words("か", ANY) != words("が", ANY)


def test_a_thai_word_is_found_by_its_letters_in_a_row_not_by_each() -> None:
    """Each single letter of the question stands in nearly every Thai passage and tells nothing."""
    asked = question_terms("สหกรณ์", "th")

    assert asked == {ANY: [], ROOTS: ["สหก", "หกร", "กรณ", "รณ์"]}
    assert question_terms("ยา", "th") == {ANY: ["ย", "า"], ROOTS: ["ยา"]}


def test_chinese_letters_count_alone_and_in_pairs() -> None:
    assert question_terms("合作社", "zh") == {ANY: ["合", "作", "社"], ROOTS: ["合作", "作社"]}
    assert sorted(roots("合作社")) == sorted(["合", "作", "社", "合作", "作社"])
    assert set(root_terms("協同組合の歴史", "ja")) >= {"歴史", "史"}


def test_of_a_long_chinese_question_pairs_are_left_too() -> None:
    long = "".join(chr(0x4E00 + at) for at in range(1000))

    assert len(question_terms(long, "zh")[ROOTS]) == len(question_terms(long, "zh")[ANY]) == 200


def test_korean_is_found_without_its_particles() -> None:
    assert set(roots("협동조합은")) > set(roots("협동조합")) == {"협동", "동조", "조합"}


def test_no_stemmer_is_asked_about_letters_that_it_cannot_read() -> None:
    """Else words that its field never has would make a full match too much to reach."""
    asked = question_terms("สหกรณ์ SEWA", "und")

    assert all(asked[field] == words("SEWA", field) for field in STEMMERS)
    assert asked[ANY] == ["sewa"]
    assert asked[ROOTS] == roots("สหกรณ์")
    assert question_terms("SEWA", "und")[ROOTS] == []


PASSAGES = {  # two of each: only the first answers
    "th": ("สหกรณ์ของผู้หญิงฝึกอบรมสมาชิก", "รถห้องสมุดไปเยี่ยมหมู่บ้านทุกเดือน", "สหกรณ์ฝึกอบรมใคร"),
    "ja": ("協同組合は組合員を訓練する。", "図書館バスは村を訪れる。", "協同組合の訓練"),
    "ko": ("협동조합은 조합원을 훈련한다.", "도서관 버스가 마을을 방문한다.", "협동조합의 훈련"),
    "hi": ("महिलाओं का क़ानून पाँच साल पुराना है", "बस हर महीने गाँव जाती है", "महिला कानून पांच"),
    "el": ("Ο ΝΟΜΟΣ για τους συνεταιρισμούς", "Το λεωφορείο της βιβλιοθήκης", "νόμος συνεταιρισμών"),
    "tr": ("IŞIK Kooperatifi İzmir'de kuruldu", "Kütüphane otobüsü köyleri gezer", "izmir ışık kooperatif"),
    "vi": ("Hợp tác xã đào tạo thành viên", "Xe thư viện thăm làng", "đào tạo thành viên"),
    "fa": ("تعاونی زنان کتاب‌ها را فروخت", "اتوبوس روستا را می‌بیند", "كتاب تعاوني"),
    "ru": ("Заём семьям посёлка", "Автобус едет в город", "заем, семьи посёлка"),
}


@pytest.mark.parametrize(
    ("language", "spoken"), [*((own, own) for own in PASSAGES), *((own, "und") for own in ("th", "ja", "ko", "hi", "el", "tr"))]
)
def test_the_passage_with_the_words_comes_first_and_is_nearly_a_full_match(tmp_path: Path, language: str, spoken: str) -> None:
    *texts, question = PASSAGES[language]
    made = [
        Passage(PassageId(f"{i:016x}"), DocumentId("d"), i, 0, len(text), text, None, None, (), language, "", ((0, len(text)),))
        for i, text in enumerate(texts)
    ]

    matches = TantivyIndex.build(tmp_path, made).search(question, 5, language=spoken)

    assert matches.found[0][0] == 0
    assert 0.3 < matches.found[0][1] / matches.full < 2


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("5000", "It has 5,000 members."),
        ("5000", "Es hat 5.000 Mitglieder."),
        ("5000", "Elle a 5 000 membres."),
        ("5,000", "It has 5000 members."),
        ("1'250'000", "1 250 000 Franken"),
        ("5 000", "5.000 membri"),
        ("SEWA", "S.E.W.A. was founded."),
        ("U.N.D.P.", "The UNDP pays."),
        ("USA", "(U.S.A)"),
    ],
)
@pytest.mark.parametrize("language", ["en", "und", "pl"])
def test_numbers_and_acronyms_are_found_with_marks_and_without(tmp_path: Path, asked: str, said: str, language: str) -> None:
    passage = Passage(PassageId("0" * 16), DocumentId("d"), 0, 0, len(said), said, None, None, (), language, "", ((0, len(said)),))

    built = TantivyIndex.build(tmp_path, [passage])

    assert [row for row, _ in built.search(asked, 5, language=language).found] == [0]


def test_only_thousands_are_put_together() -> None:
    for text in ("0.0312", "1.4", "3,14", "12.5.2012", "2012 300", "5,000.123", "e.g", "a. b."):
        assert in_one_piece(text) == [], text
