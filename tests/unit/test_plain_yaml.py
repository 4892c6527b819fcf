"""Reading a sheet without its lines gives what reading it with them gives, or leaves it to that."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kb.adapters import placed_yaml
from kb.adapters.placed_yaml import Limit
from kb.adapters.plain_yaml import NotPlain, plain_values
from kb.adapters.yaml_tree import MAX_DEPTH, YamlFault

ANY = Limit(1 << 20, "nothing is")
CORPUS = Path(__file__).parents[2] / "corpus"
WRITTEN = sorted(path for folder in ("practices", "rubrics", "contexts", "frameworks") for path in (CORPUS / folder).glob("*.yaml"))
LEAVES = st.one_of(st.text(max_size=30), st.none(), st.integers(), st.booleans(), st.just("~"), st.just("a\x07\x85\u2028b"))
VALUES = st.recursive(
    LEAVES,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=8), inside, max_size=4),
    max_leaves=12,
)
PIECES = (
    "a: 1\n",
    "b:\n  - x\n",
    "  c: &k v\n",
    "- *k\n",
    "a: !int 3\n",
    "? [1]\n: 2\n",
    "---\n",
    '"\\x07": "\\e"\n',
    "{",
    "]",
    "\t",
    "~: ~\n",
    "é: ’\n",
)


def same_or_left(text: str) -> None:
    """What is read plainly has the values of the tree and no fault of it."""
    try:
        values = plain_values(text)
    except NotPlain:
        return
    placed = placed_yaml.placed(text, ANY)

    assert values == placed.raw
    assert list(_keys(values)) == list(_keys(placed.raw))
    assert placed.flaws == ()


def _keys(value: object) -> list[object]:
    """Keys in their order, which ``==`` does not look at."""
    if isinstance(value, dict):
        return [*value, *(key for each in value.values() for key in _keys(each))]
    return [key for each in value for key in _keys(each)] if isinstance(value, list) else []


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_every_file_of_the_sample_is_plain(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert plain_values(text) == placed_yaml.placed(text, ANY).raw


@given(VALUES, st.sampled_from((True, False)), st.sampled_from((True, False, None)))
def test_what_a_program_writes_is_read_alike(value: object, allow_unicode: bool, flow: bool | None) -> None:
    same_or_left(yaml.safe_dump(value, allow_unicode=allow_unicode, default_flow_style=flow, sort_keys=False))


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=8))
def test_what_people_mistype_is_read_alike_or_left(pieces: list[str]) -> None:
    """Faulty YAML never passes as plain: the tree would have raised."""
    same_or_left("".join(pieces))


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 2\n",  # a key that is there twice
        "a: &x 1\nb: *x\n",  # anchor and alias
        "a: !!int 1\n",  # a tag
        "? [a]\n: 1\n",  # a key that is no text
        "? {a: b}\n: 1\n",
        "a: 1\n---\nb: 2\n",  # two documents
        "a: [\n",  # no YAML
        "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1),
    ],
)
def test_whatever_is_faulty_is_left_to_who_knows_lines(text: str) -> None:
    with pytest.raises(NotPlain):
        plain_values(text)


def test_as_deep_as_the_tree_goes_is_plain() -> None:
    deepest = "[" * MAX_DEPTH + "]" * MAX_DEPTH

    assert plain_values(deepest) == placed_yaml.placed(deepest, ANY).raw
    with pytest.raises(YamlFault):
        placed_yaml.placed(f"[{deepest}]", ANY)


def test_values_are_made_writable_even_where_an_escape_hides_them() -> None:
    assert plain_values('a: "x\\x07y"\nb: "1\\L2"\n') == {"a": "xy", "b": "1\n2"}


def test_an_empty_text_has_no_value() -> None:
    assert plain_values("") is None
    assert plain_values("# nothing\n") is None
