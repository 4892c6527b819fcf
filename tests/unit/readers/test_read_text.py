"""Plain text in any encoding becomes paragraphs and list items."""

import pytest

from kb.adapters.readers.text import decode, read
from kb.errors import ReadError
from kb.retrieval.passage import BlockKind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_form_of_unicode_is_read(encoding):
    text = "Die Genossenschaft wurde 1998 für Bewohner gegründet. Sie zählt 40 Mitglieder."

    assert read(text.encode(encoding)).blocks[0].text == text


def test_an_old_encoding_is_guessed_and_said():
    text = "La coopérative a été créée à Besançon pour les salariés précaires et leurs familles. " * 5

    reading = read(text.encode("cp1252"))

    assert reading.blocks[0].text == text.strip()
    assert "Not UTF-8" in reading.remarks[0]


def test_a_short_japanese_table_is_no_mojibake():
    assert decode("名前,年齢\r\n佐藤太郎,30\r\n".encode("cp932"))[0].startswith("名前,年齢")


@pytest.mark.parametrize(
    "text", ["Où est la coopérative ?", "Combien d’invités ?", "Qui décide ?", "Wer fördert Träger?", "¿Qué hace la guía?"]
)
def test_a_short_western_line_is_no_kanji(text):
    assert decode(text.encode("cp1252"))[0] == text


@pytest.mark.parametrize("text", ["日本 (Japan) has many cooperatives", "本田 motor company and 本 books in English text"])
def test_japanese_among_english_is_no_accent(text):
    assert decode(text.encode("cp932"))[0] == text


def test_blank_lines_part_paragraphs_and_wrapped_lines_join():
    first = "The partnership met three times in the first year, always"
    second = "at another member's place and always for two days."

    blocks = read(f"{first}\n{second}\n\nThen it ended.".encode()).blocks

    assert [block.text for block in blocks] == [f"{first} {second}", "Then it ended."]


def test_short_lines_were_ended_on_purpose():
    assert read(b"Rue de la Loi 5\n1000 Bruxelles").blocks[0].text == "Rue de la Loi 5\n1000 Bruxelles"


def test_bullets_become_list_items():
    kinds = [block.kind for block in read(b"We need:\n- time\n- trust\n").blocks]

    assert kinds == [BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.LIST_ITEM]


def test_text_without_a_letter_is_no_text():
    with pytest.raises(ReadError) as refusal:
        read(b"\x01\x02\xc2\xad")

    assert refusal.value.state == "no_text"
