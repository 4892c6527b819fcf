"""No league table of organisations: nothing here could make one.

Whoever wants to rank partners needs three things: who a score belongs to, a way to ask for an order, and figures of several
practices as one. None of them is there.
"""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import pkgutil
import re
import typing
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from types import ModuleType

import pytest
from fakes import FakeRecords
from hypothesis import given, settings
from hypothesis import strategies as st

import kb.peers.benchmark
import kb.services.benchmarking
import kb.services.transferring
from kb.peers.assessment.outcome import Outcome
from kb.peers.benchmark.reasons import Basis
from kb.services.benchmarking.comparing import compare
from kb.services.benchmarking.grid import grid
from kb.services.benchmarking.peers import comparable
from kb.services.benchmarking.profiling import profile
from tests.benchmarked import SAM, a_base, assessed, sheet

OWNERSHIP = {"organisation", "owner", "partner", "partners", "organisations", "owners", "respondent", "operator"}
MERIT = {
    "score",
    "scores",
    "mean",
    "label",
    "label_title",
    "impact",
    "evidence",
    "stage",
    "own",
    "outcome",
    "rank",
    "place_in",
    "mark",
}
ORDERING = re.compile(r"^(sort|order|group|rank|by$|by_|key$|ascending|descending|reverse|top)|(_by|_order)$")
OPEN = ("listing", "matrix", "ranking")  # what of the transferability tests is about more than one of them


def modules() -> list[ModuleType]:
    """All of benchmarking, and the lists of transferability tests."""
    found = [
        importlib.import_module(each.name)
        for package in (kb.peers.benchmark, kb.services.benchmarking)
        for each in pkgutil.iter_modules(package.__path__, f"{package.__name__}.")
    ]
    lists = [each.name for each in pkgutil.iter_modules(kb.services.transferring.__path__) if each.name in OPEN]
    return found + [importlib.import_module(f"kb.services.transferring.{name}") for name in lists]


def own(module: ModuleType, kind: Callable[[object], bool]) -> Iterator[tuple[str, typing.Any]]:
    for name, each in vars(module).items():
        if kind(each) and each.__module__ == module.__name__ and not name.startswith("_"):
            yield f"{module.__name__}.{name}", each


FUNCTIONS = dict(pair for module in modules() for pair in own(module, inspect.isfunction))
VALUES = dict(pair for module in modules() for pair in own(module, dataclasses.is_dataclass))
ENUMS = dict(pair for module in modules() for pair in own(module, lambda each: isinstance(each, type) and issubclass(each, Enum)))


def reached(value: type, seen: frozenset[type] = frozenset()) -> set[str]:
    """Names of all fields of a value and of the values of ours within it."""
    names = set()
    for field in dataclasses.fields(value):
        names.add(field.name)
        for word in re.findall(r"\w+", str(field.type)):
            inner = next((each for name, each in VALUES.items() if name.endswith(f".{word}")), None)
            if inner and inner not in seen:
                names |= reached(inner, seen | {value})
    return names


def test_there_is_something_to_walk() -> None:
    """Every module is looked at, and the values that carry scores are among those that are."""
    assert {"Profile", "CriterionProfile", "Dot", "Difference", "Point", "Grid", "Comparison", "ScoreCell", "Peer"} <= {
        name.rpartition(".")[2] for name in VALUES
    }
    assert {"comparable", "profile", "grid", "compare", "standing"} <= {name.rpartition(".")[2] for name in FUNCTIONS}
    assert "score" in reached(VALUES["kb.services.benchmarking.profiling.Profile"])


@pytest.mark.parametrize("name", sorted(VALUES))
def test_no_value_tells_both_whose_a_practice_is_and_how_it_was_scored(name: str) -> None:
    """Not even several values deep."""
    fields = reached(VALUES[name])

    assert not (fields & OWNERSHIP and fields & MERIT), name


def test_what_benchmarking_tells_names_no_owner_at_all() -> None:
    """Neither its values, nor the outcome that they carry."""
    told = {field for name, value in VALUES.items() if "bench" in name for field in reached(value)}

    assert told & OWNERSHIP == set()
    assert set(Outcome.model_fields) & OWNERSHIP == set()


def test_benchmarking_never_reads_whose_a_practice_is() -> None:
    """No line of it looks at an owner, an organisation or a seat; of partners only how many there are."""
    read = {
        (path.name, node.attr)
        for package in (kb.peers.benchmark, kb.services.benchmarking)
        for path in Path(package.__path__[0]).glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in OWNERSHIP | {"seats", "country"}
    }

    assert read == {("comparable.py", "partners"), ("sheet_facts.py", "partners")}


@given(owners=st.lists(st.sampled_from(["Aurora", "Borealis", "Corona"]), min_size=8, max_size=8))
@settings(deadline=None, max_examples=10)
def test_whoever_owns_the_practices_everything_is_told_alike(tmp_path_factory: pytest.TempPathFactory, owners: list[str]) -> None:
    """Peers, profiles, the grid and the table side by side, word by word; so none of it can be grouped by owners."""

    def told(*names: str) -> str:
        base = a_base(tmp_path_factory.mktemp("owned"), FakeRecords())
        for number, (practice, owner, partner) in enumerate(zip("abcd", names[:4], names[4:], strict=True)):
            owned = {"owner": {"name": owner, "type": "network"}, "partners": [{"name": partner}] * number}
            sheet(base, practice, tags=["theme:care"], **owned)
            assessed(base, practice, number, 4, 5 - number, number, None)
        asked = (
            *(comparable(base, "a", basis, actor=SAM) for basis in (Basis.THEME, Basis.SIZE, Basis.CONTEXT)),
            profile(base, "a", Basis.THEME, actor=SAM),
            grid(base, actor=SAM),
            compare(base, ["a", "b", "c", "d"], actor=SAM),
        )
        return repr(asked)

    assert told(*owners) == told(*["Nobody"] * 8)
    assert "Nobody" not in told(*["Nobody"] * 8)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_nobody_can_ask_for_another_order_or_for_groups(name: str) -> None:
    asked = [each for each in inspect.signature(FUNCTIONS[name]).parameters if ORDERING.search(each)]

    assert [each for each in asked if (name.rpartition(".")[2], each) != ("standing", "by")] == []  # by: rubric and version


def test_no_basis_of_comparison_is_a_score_or_an_owner() -> None:
    words = {each.value for kind in ENUMS.values() for each in kind}

    assert not words & (OWNERSHIP | MERIT - {"own"})
    assert [each.value for each in ENUMS["kb.peers.benchmark.reasons.Basis"]] == ["theme", "context", "size", "text"]
