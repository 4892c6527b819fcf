"""A changed field changes, and nothing else does: not a comment, not a quotation mark, not a blank line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.adapters.sheet_editing import edited
from kb.adapters.sheet_text import placed
from kb.errors import InvalidEntry
from kb.peers.practice import PracticeSheet
from tests.sheets import SOUND

COMMITTED = sorted((Path(__file__).parents[2] / "corpus" / "practices").glob("*.yaml"))
FIELDS = list(PracticeSheet.model_fields)
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"),
    min_size=1,
    max_size=200,
)
LINES = st.lists(WORDS, min_size=1, max_size=4).map("\n".join)
LEAVES = st.one_of(
    WORDS, LINES, st.sampled_from(["unknown", "NO", "2017", "007", "1.50", "null", "- a", "a: b", "#x", "'", '"', "[@a]", "> x"])
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.from_regex(r"[a-z]{2,8}", fullmatch=True), inner, min_size=1, max_size=3)
    ),
    max_leaves=6,
)


def as_read(value: Any) -> Any:
    """What our reader says for ``value``: a YAML null is a blank."""
    if isinstance(value, dict):
        return {key: as_read(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_read(each) for each in value]
    return None if value in ("~", "null", "Null", "NULL") else value


def outside(text: str, field: str) -> list[str]:
    """The lines that are not the field's: its key's line and what is indented below it are left out."""
    kept, inside = [], False
    for line in text.splitlines(keepends=True):
        if re.match(r"[a-z_]+:", line):
            inside = line.startswith(f"{field}:")
        elif not line.startswith((" ", "-")) and line.strip():
            inside = False
        if not inside:
            kept.append(line)
    return kept


@given(st.sampled_from(FIELDS), VALUES)
def test_any_value_can_be_written_and_nothing_beside_it_changes(field: str, value: Any) -> None:
    before = placed(SOUND)

    after = edited(SOUND, {field: value})

    raw = placed(after).raw
    assert raw[field] == as_read(value)
    assert {key: said for key, said in raw.items() if key != field} == {
        key: said for key, said in before.raw.items() if key != field
    }
    old = [line for line in outside(SOUND, field) if line.strip()]
    assert [line for line in outside(after, field) if line.strip()] == old


@given(st.sampled_from(COMMITTED), st.sampled_from(FIELDS), LEAVES)
def test_in_a_sheet_that_people_wrote_too(path: Path, field: str, value: str) -> None:
    text = path.read_text(encoding="utf-8")

    after = edited(text, {field: value})

    assert placed(after).raw[field] == as_read(value)
    assert [line for line in outside(after, field) if line.strip()] == [line for line in outside(text, field) if line.strip()]


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_writing_what_stands_there_changes_not_a_byte(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert edited(text, placed(text).raw) == text


def test_a_comment_inside_a_changed_list_stays() -> None:
    (figure,) = placed(SOUND).raw["figures"]

    after = edited(SOUND, {"figures": [{**figure, "value": 116}]})

    assert after == SOUND.replace("value: 115", "value: 116")


def test_one_language_of_a_text_changes_and_the_comment_behind_it_stays() -> None:
    titles = placed(SOUND).raw["title"]

    after = edited(SOUND, {"title": {**titles, "fr": "Le sentier"}})

    wanted = SOUND.replace("Des chemins d'abeilles pour une ville", "Le sentier")
    assert re.sub(" +#", "  #", after) == wanted  # the comment keeps its column


def test_a_field_that_was_not_there_comes_where_it_belongs() -> None:
    after = edited(SOUND, {"gender": "unknown", "objectives": "To see bees."})

    keys = re.findall(r"(?m)^([a-z_]+):", after)
    assert keys == [name for name in FIELDS if name in keys]
    assert {"gender", "objectives"} <= set(keys)


def test_a_field_that_is_taken_away_takes_its_lines_only() -> None:
    lines = "  # counted by the city\n"
    start = SOUND.index("figures:")

    after = edited(SOUND, {"figures": None})

    assert lines not in after
    assert after == SOUND[:start] + SOUND[SOUND.index("success_factors:") :]


def test_a_long_text_is_folded_and_reads_the_same() -> None:
    words = "A long sentence about bees and about people. " * 10

    after = edited(SOUND, {"lessons": words.strip()})

    assert placed(after).raw["lessons"] == words.strip()
    assert max(map(len, after.splitlines())) < 140


@pytest.mark.parametrize(
    "text",
    ["{practice: a, kind: tool}", "- a\n- b\n", "a: 1\na: 2\n", "a: [", "? a\n: b\n", "a: &x b\nc: *x\n"],
)
def test_what_cannot_be_changed_by_fields_is_refused(text: str) -> None:
    with pytest.raises(InvalidEntry, match="Mend the file first"):
        edited(text, {"title": "T"})
