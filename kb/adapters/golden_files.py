"""Golden questions as YAML: the files of ``corpus/questions``, which people write and review."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from yaml.events import AliasEvent

from kb.adapters.judged_files import Faults
from kb.adapters.readers.clean import one_line
from kb.errors import JudgementError
from kb.retrieval.answer import MAX_QUESTION_CHARS
from kb.retrieval.judged import MOST_RELEVANCE, Answer, Judged, JudgedSet

MAX_BYTES = 16 << 20  # of one file; 148 questions are 50 KB
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_QUESTION_KEYS = frozenset({"id", "question", "language", "answers"})
_ANSWER_KEYS = frozenset({"document", "quote", "relevance"})


class _Texts(yaml.BaseLoader):
    """Builds texts, lists and mappings only; repeats (``*alias``) are refused, because a few of them unfold into gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(AliasEvent):
            raise yaml.YAMLError("aliases (*) are not accepted; put such a value in quotes")
        return super().compose_node(parent, index)


def read_golden(place: Path, *, name: str = "") -> JudgedSet:
    """Read a file, or every ``*.yaml`` of a folder in order of name.

    A question has ``id``, ``question``, ``answers`` and may have ``language``. An answer has ``document`` (path in the documents
    folder), ``quote`` (words that stand in it, in one passage) and ``relevance`` (2 answers it, 1 helps, 0 does not).

    Raises:
        JudgementError: all faults of all files, with file and line, in one message.
    """
    paths = sorted(place.glob("*.yaml")) if place.is_dir() else [place]
    if not paths:
        raise JudgementError(f"{place} holds no *.yaml file of judged questions. Name their folder: --questions FOLDER")
    faults = Faults()
    questions = [question for path in paths for question in _File(path, faults).questions()]
    lines: dict[str, tuple[Path, int]] = {}
    for path, line, question in questions:
        first = lines.setdefault(question.question_id, (path, line))
        if first != (path, line):
            faults.add(path, line, f"the id {question.question_id} is also that of {first[0]}, line {first[1]}")
    faults.raise_any()
    return JudgedSet(name or (place.name if place.is_dir() else place.stem), tuple(question for _, _, question in questions))


class _File:
    """One file: the node tree of YAML, in which every value knows its line."""

    def __init__(self, path: Path, faults: Faults) -> None:
        self._path, self._faults = path, faults

    def questions(self) -> list[tuple[Path, int, Judged]]:
        """Every question of the file with its line; those with faults are left out."""
        root = self._root()
        if root is None:
            return []
        if not isinstance(root, yaml.SequenceNode):
            self._fault(root, "not a list of questions")
            return []
        found = [(node, self._question(node)) for node in root.value]
        return [(self._path, node.start_mark.line + 1, question) for node, question in found if question]

    def _root(self) -> yaml.Node | None:
        try:
            if not self._path.is_file():
                self._faults.add(self._path, 0, "no such file" if not self._path.exists() else "not a file")
                return None
            with self._path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
            if len(data) > MAX_BYTES:
                self._faults.add(self._path, 0, f"longer than {MAX_BYTES >> 20} MB")
                return None
            return yaml.compose(data.decode("utf-8-sig"), Loader=_Texts)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            self._faults.add(self._path, mark.line + 1 if mark else 0, _one_line(getattr(error, "problem", None) or error))
        except UnicodeDecodeError:
            self._faults.add(self._path, 0, "not UTF-8")
        except (RecursionError, ValueError) as error:
            self._faults.add(self._path, 0, f"nested too deep or malformed ({type(error).__name__})")
        except OSError as error:
            self._faults.add(self._path, 0, f"cannot be read ({error.strerror})")
        return None

    def _fault(self, node: yaml.Node, fault: str) -> None:
        self._faults.add(self._path, node.start_mark.line + 1, fault)

    def _question(self, node: yaml.Node) -> Judged | None:
        said = self._mapping(node, _QUESTION_KEYS, "a question")
        if said is None:
            return None
        identity, text = (one_line(self._text(node, said, key)) for key in ("id", "question"))
        language = one_line(self._text(node, said, "language")) if "language" in said else ""
        if len(text) > MAX_QUESTION_CHARS:
            self._fault(said["question"], f"a question of {len(text)} characters; at most {MAX_QUESTION_CHARS} are taken")
        if language and not _LANGUAGE.fullmatch(language):
            self._fault(said["language"], f'language "{language}" is not a code such as en, fr, pt')
        answers = said.get("answers")
        if not isinstance(answers, yaml.SequenceNode):
            self._fault(answers or node, "answers is not a list")
            return None
        given = tuple(answer for each in answers.value if (answer := self._answer(each)))
        return Judged(identity, text, language, given) if identity and text else None

    def _answer(self, node: yaml.Node) -> Answer | None:
        said = self._mapping(node, _ANSWER_KEYS, "an answer")
        if said is None:
            return None
        document, quote, relevance = (self._text(node, said, key) for key in ("document", "quote", "relevance"))
        if relevance and not (relevance.isascii() and relevance.isdigit() and int(relevance[:9]) <= MOST_RELEVANCE):
            self._fault(said["relevance"], f'relevance "{relevance}" is not a whole number from 0 to {MOST_RELEVANCE}')
            return None
        return Answer(document, quote, int(relevance)) if document and quote and relevance else None

    def _mapping(self, node: yaml.Node, keys: frozenset[str], what: str) -> dict[str, yaml.Node] | None:
        """Key → node; unknown and repeated keys are faults."""
        if not isinstance(node, yaml.MappingNode):
            self._fault(node, f"{what} is not a list of keys and values")
            return None
        said: dict[str, Any] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name not in keys:
                self._fault(key, f"unknown key “{_one_line(name)}”; {what} has {', '.join(sorted(keys))}")
            elif name in said:
                self._fault(key, f"{name} is there twice")
            said[name] = value
        return said

    def _text(self, node: yaml.Node, said: dict[str, yaml.Node], key: str) -> str:
        value = said.get(key)
        if isinstance(value, yaml.ScalarNode) and value.value.strip():
            return str(value.value).strip()
        self._fault(value or node, f"no {key}")
        return ""


def _one_line(text: object) -> str:
    return " ".join(str(text).split())[:200]
