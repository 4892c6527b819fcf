"""The files of ``corpus/concepts``: YAML that people write and review, read into one scheme, all faults told together by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from kb.adapters.yaml_fields import Fields
from kb.adapters.yaml_tree import Node, YamlFault, read_tree
from kb.errors import UnusableConcepts
from kb.peers import countries, languages
from kb.peers.concept_faults import MAX_LABEL_CHARS, MAX_TEXT_CHARS, Fault, faults_between, is_id, suggestion
from kb.peers.concepts import Concept, ConceptScheme, Facet, Meaning, Reference, Relation

FILE_KEYS = ("scheme", "concepts")
CONCEPT_KEYS = (
    "id", "facet", "tag", "query", "labels", "also", "definition", "source", "broader", "related", "exact", "close", "codes",
    "meanings",
)  # fmt: skip
MEANING_KEYS = ("country", "language", "label", "relation", "says", "legal", "instead", "source")
SOURCE_KEYS = ("title", "address")
MAX_NAMED = 40  # faults in one message; the rest is counted
ADDRESS = re.compile(r"(?:https?://|urn:)[^\s<>\"{}|\\^`]+")
Value = TypeVar("Value")
Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(frozen=True)
class ReadConcepts:
    """What the files say.

    Attributes:
        remarks: ``file:line: …``, in the order of the files; the scheme can be used all the same.
    """

    scheme: ConceptScheme
    remarks: tuple[str, ...]


def read_concepts(folder: Path) -> ReadConcepts:
    """Read every ``*.yaml`` of a folder, in order of name; a folder without one, or that is absent, is a scheme without concepts.

    Raises:
        UnusableConcepts: all faults of all files together, each with file and line.
    """
    read = _Reading()
    for path in sorted(folder.glob("*.yaml")):
        _File(path, read).read()
    found = faults_between(read.concepts)
    remarks = sorted((read.told(fault) for fault in found if fault.is_remark), key=_place)
    read.faults += [read.told(fault) for fault in found if not fault.is_remark]
    read.faults.sort(key=_place)
    if read.faults:
        more = f"; and {len(read.faults) - MAX_NAMED} more" if len(read.faults) > MAX_NAMED else ""
        raise UnusableConcepts(f"The concepts cannot be used: {'; '.join(read.faults[:MAX_NAMED])}{more}.", faults=read.faults)
    return ReadConcepts(ConceptScheme.of(next(iter(read.names), ""), read.concepts), tuple(remarks))


@dataclass
class _Reading:
    """What was read so far: concepts, where each field of them stands, and what is wrong."""

    concepts: list[Concept] = field(default_factory=list)
    places: list[tuple[Path, Mapping[str, int]]] = field(default_factory=list)
    names: dict[str, None] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def told(self, fault: Fault) -> str:
        other = f" ({self._place(fault.other, 'id')} has it too)" if fault.other >= 0 else ""
        return f"{self._place(fault.at, fault.field)}: {fault.says}{other}"

    def _place(self, at: int, name: str) -> str:
        path, lines = self.places[at]
        return f"{path.name}:{lines.get(name, lines['id'])}"


class _File(Fields):
    """One file, read field by field; whatever is wrong is noted and the rest is read."""

    def __init__(self, path: Path, read: _Reading) -> None:
        super().__init__(path.name, read.faults)
        self._path, self._read = path, read

    def read(self) -> None:
        """Add its concepts."""
        try:
            root = read_tree(self._path)
        except YamlFault as error:
            self._read.faults.append(f"{self._path.name}{f':{error.line}' if error.line else ''}: {error.fault}")
            return
        if root is None:
            return
        said = self.mapping(root, FILE_KEYS, "a file of concepts")
        if "scheme" in said:
            self._scheme(said["scheme"])
        for node in self.items(said.get("concepts"), "concepts"):
            self._concept(node)

    def _scheme(self, node: Node) -> None:
        name = self.text(node, "scheme", MAX_LABEL_CHARS)
        if name and not is_id(name):
            self.fault(node, f"scheme “{name}” is not letters a–z, figures and hyphens")
        elif name:
            first = next(iter(self._read.names), name)
            self._read.names[name] = None
            if name != first:
                self.fault(node, f"scheme is {name}, in another file {first}; all files are one scheme")

    def _concept(self, node: Node) -> None:
        said = self.mapping(node, CONCEPT_KEYS, "a concept")
        identity = self.text(said.get("id", node), "id", MAX_LABEL_CHARS) if "id" in said else ""
        if not is_id(identity):
            wrong = f"id “{identity}” is not" if identity else "a concept without an id:"
            self.fault(said.get("id", node), f"{wrong} letters a–z, figures and hyphens, 60 at most")
        labels = self._by_language(said.get("labels"), "labels", self._label)
        if not labels:
            self.fault(said.get("labels", node), f"{identity or 'a concept'} has no labels")
        facet = self._one_of(Facet, said.get("facet"), node, "facet")
        if not is_id(identity):
            return
        meanings = [
            (each.line, meaning) for each in self.items(said.get("meanings"), "meanings") if (meaning := self._meaning(each))
        ]
        lines = {key: value.line for key, value in said.items()} | {f"meanings/{n}": line for n, (line, _) in enumerate(meanings)}
        self._read.places.append((self._path, {"id": node.line, **lines}))
        self._read.concepts.append(
            Concept(
                id=identity,
                facet=facet or Facet.THEMES,  # a fault was noted
                labels=labels,
                also=self._by_language(said.get("also"), "also", lambda each, _: self.texts(each, "also", MAX_LABEL_CHARS)),
                definition=self._by_language(said.get("definition"), "definition", self._long),
                sources=self._sources(said.get("source")),
                tag=self._optional(said, "tag", MAX_LABEL_CHARS),
                query=self._optional(said, "query", MAX_TEXT_CHARS),
                broader=self.texts(said.get("broader"), "broader", MAX_LABEL_CHARS),
                related=self.texts(said.get("related"), "related", MAX_LABEL_CHARS),
                exact=self._addresses(said.get("exact"), "exact"),
                close=self._addresses(said.get("close"), "close"),
                codes=self._codes(said.get("codes")),
                meanings=tuple(meaning for _, meaning in meanings),
            )
        )

    def _meaning(self, node: Node) -> Meaning | None:
        said = self.mapping(node, MEANING_KEYS, "a meaning")
        country, language, label = (self._needed(node, said, key, "a meaning") for key in ("country", "language", "label"))
        relation = self._one_of(Relation, said.get("relation"), node, "relation")
        if country and (fault := countries.fault_of(country)):
            self.fault(said["country"], f"country {fault}")
        if language:
            self._language(said["language"], language)
        says = self._by_language(said.get("says"), "says", self._long)
        if not says:
            self.fault(said.get("says", node), f"the meaning of {label or 'a word'} has no says: what it means there")
        sources = self._sources(said.get("source"))
        if not (country and language and label and relation):
            return None
        instead = self.texts(said.get("instead"), "instead", MAX_LABEL_CHARS)
        return Meaning(country, language, label, relation, says, self._optional(said, "legal", MAX_LABEL_CHARS), instead, sources)

    # values --------------------------------------------------------------------------------------------------------------

    def _sources(self, node: Node | None) -> tuple[Reference, ...]:
        given = [node] if node is not None and node.pairs is not None else self.items(node, "source")
        return tuple(source for each in given if (source := self._source(each)))

    def _source(self, node: Node) -> Reference | None:
        said = self.mapping(node, SOURCE_KEYS, "a source")
        title = self._needed(node, said, "title", "a source")
        address = self._addresses(said.get("address"), "address") if "address" in said else ("",)
        return Reference(title, address[0]) if title and address else None

    def _addresses(self, node: Node | None, key: str) -> tuple[str, ...]:
        found = self.texts(node, key, MAX_TEXT_CHARS)
        for address in found:
            if not ADDRESS.fullmatch(address):
                self.fault(node, f"{key} “{address}” is no address that begins with https://")
        return tuple(address for address in found if ADDRESS.fullmatch(address))

    def _codes(self, node: Node | None) -> dict[str, str]:
        codes = {}
        for key, value in self.pairs(node, "codes"):
            if not is_id(key):
                self.fault(value, f"codes has “{key}”, which is no name of a scheme in a–z 0–9 hyphen")
            elif text := self.text(value, f"codes {key}", MAX_LABEL_CHARS):
                codes[key] = text
        return codes

    def _by_language(self, node: Node | None, key: str, value_of: Callable[[Node, str], Value]) -> dict[str, Value]:
        found = {}
        for language, value in self.pairs(node, key):
            if self._language(value, language) and (read := value_of(value, key)):
                found[language] = read
        return found

    def _language(self, node: Node, language: str) -> bool:
        if fault := languages.fault_of(language):
            self.fault(node, fault)
        return not fault

    def _one_of(self, kind: type[Kind], node: Node | None, within: Node, key: str) -> Kind | None:
        known = [each.value for each in kind]
        said = self.text(node, key, MAX_LABEL_CHARS) if node else ""
        if said in known:
            return kind(said)
        says = f"{key} “{said}” is none of" if said else f"no {key}; it is one of"
        self.fault(node or within, f"{says} {', '.join(known)}{suggestion(said, known)}")
        return None

    def _label(self, node: Node, key: str) -> str:
        return self.text(node, key, MAX_LABEL_CHARS)

    def _long(self, node: Node, key: str) -> str:
        return self.text(node, key, MAX_TEXT_CHARS)

    def _optional(self, said: Mapping[str, Node], key: str, most: int) -> str:
        return self.text(said[key], key, most) if key in said else ""

    def _needed(self, node: Node, said: Mapping[str, Node], key: str, what: str) -> str:
        if key not in said:
            self.fault(node, f"{what} has no {key}")
            return ""
        return self.text(said[key], key, MAX_LABEL_CHARS * 2)


def _place(told: str) -> tuple[str, int]:
    """File and line of a fault as it is told."""
    name, _, rest = told.partition(":")
    line = rest.partition(":")[0]
    return name, int(line) if line.isdecimal() else 0
