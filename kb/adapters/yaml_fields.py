"""Fields of a YAML file, read one by one: each comes as what it must be, or a fault is noted with file and line."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kb.adapters.yaml_tree import Node
from kb.peers.concept_faults import suggestion


class Fields:
    """Readers of one file's nodes.

    Args:
        name: of the file, as a fault tells it.
        faults: ``file:line: …``; what is wrong is added here, and the reading goes on.
    """

    def __init__(self, name: str, faults: list[str]) -> None:
        self._name, self._faults = name, faults

    def text(self, node: Node, key: str, most: int) -> str:
        """One line, without what a terminal or a page would obey; empty with a fault where there is none."""
        if node.text is None:
            self.fault(node, f"{key} is not a text")
            return ""
        plain = node.text if node.text.isprintable() else "".join(char if char.isprintable() else " " for char in node.text)
        text = " ".join(plain.split())
        if not text:
            self.fault(node, f"{key} is blank; leave it out")
        elif len(text) > most:
            self.fault(node, f"{key} has {len(text)} characters; at most {most} are taken")
        return text[:most]

    def texts(self, node: Node | None, key: str, most: int) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one."""
        given = [node] if node is not None and node.text is not None else self.items(node, key)
        return tuple(text for each in given if (text := self.text(each, key, most)))

    def items(self, node: Node | None, key: str) -> Collection[Node]:
        """Of a list; none where it is absent."""
        if node is None:
            return ()
        if node.items is None:
            self.fault(node, f"{key} is not a list")
            return ()
        return node.items

    def pairs(self, node: Node | None, key: str) -> Iterator[tuple[str, Node]]:
        """Key and value of a mapping, in order; a key that is there twice is a fault, and comes twice."""
        if node is None:
            return
        if node.pairs is None:
            self.fault(node, f"{key} is not a list of keys and values")
            return
        seen = set()
        for name, value in node.pairs:
            if name.text in seen:
                self.fault(name, f"{key} has {name.text} twice")
            seen.add(name.text)
            yield name.text or "", value

    def mapping(self, node: Node, keys: Collection[str], what: str) -> dict[str, Node]:
        """Key → value, of keys that are known; ``what`` it is the mapping of."""
        said = {}
        for key, value in self.pairs(node, what):
            if key in keys:
                said[key] = value
            else:
                self.fault(value, f"unknown key “{key[:60]}”{suggestion(key, keys) or f'; {what} has ' + ', '.join(keys)}")
        return said

    def fault(self, node: Node | None, fault: str) -> None:
        """Note what is wrong at ``node``."""
        self._faults.append(f"{self._name}:{node.line if node else 0}: {fault}")
