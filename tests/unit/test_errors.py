"""The tree that is drawn in kb/errors.py is the tree there is."""

from __future__ import annotations

import inspect
import re

from kb import errors


def drawn() -> dict[str, str]:
    """Class → base, as the module's docstring draws them."""
    parents: list[tuple[int, str]] = []
    found = {}
    for line in (errors.__doc__ or "").splitlines():
        match = re.match(r"([ │├└─]*)([A-Z]\w+)  ", line)
        if match:
            depth, name = len(match[1]), match[2]
            while parents and parents[-1][0] >= depth:
                parents.pop()
            found[name] = parents[-1][1] if parents else "Exception"
            parents.append((depth, name))
    return found


def test_every_error_stands_in_the_drawn_tree_under_its_base() -> None:
    classes = {name: one for name, one in vars(errors).items() if inspect.isclass(one) and one.__module__ == "kb.errors"}

    assert drawn() == {name: one.__base__.__name__ for name, one in classes.items()}
    assert all(issubclass(one, errors.KBError) for one in classes.values())


def test_a_read_error_carries_the_word_of_the_ledger() -> None:
    assert (errors.ReadError("why").state, errors.ReadError("why", state="no_text").state) == ("failed", "no_text")
