"""Judged sets in BEIR form: ``corpus.jsonl``, ``queries.jsonl`` and ``qrels/*.tsv`` in one folder (Thakur et al. 2021).

The first two may be packed (``.gz``). Strangers made them. Every line is checked, text is cleaned as the readers of documents do,
and nothing becomes a file name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from kb.adapters.judged_files import Faults, lines
from kb.adapters.readers.clean import clean, one_line
from kb.errors import JudgementError
from kb.retrieval.judged import MOST_RELEVANCE, Answer, Collection, Judged, JudgedSet

CORPUS, QUERIES, QRELS = "corpus.jsonl", "queries.jsonl", "test.tsv"
MAX_DOCUMENTS = 2_000_000
MAX_JUDGEMENTS = 5_000_000
MAX_ID_CHARS = 500
_NAMES_QUESTIONS = re.compile("id$|query|topic|question", re.IGNORECASE)  # of a column: query-id, qid, topic
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def read_beir(folder: Path, *, corpus: str = "", queries: str = "", qrels: str = "") -> Collection:
    """Read a set.

    Args:
        folder: of the set.
        corpus: another file of documents, in the folder or anywhere else; for pairs of languages that share judgements.
        queries: likewise for questions.
        qrels: likewise for judgements, looked for in ``qrels`` too; by default ``test.tsv`` there, or the only file.

    Returns:
        Documents, and the questions that any judgement names. A judged document that is not in the corpus stays judged.

    Raises:
        JudgementError: all unusable lines with file and number in one message.
    """
    faults = Faults()
    judgements = _judgements(_qrels_file(folder, qrels), faults)
    documents = {
        identity: (one_line(_words(row, "title")), clean(_words(row, "text")))
        for _, identity, row in _rows(_file(folder, corpus or CORPUS), faults)
    }
    questions = []
    path = _file(folder, queries or QUERIES)
    for number, identity, row in _rows(path, faults):
        text = one_line(_words(row, "text"))
        if identity not in judgements:
            continue
        if not text:
            faults.add(path, number, "a question without words")
        answers = tuple(Answer(document, relevance=grade) for document, grade in judgements[identity].items())
        questions.append(Judged(identity, text, _language(row), answers))
    faults.raise_any()
    if not questions:
        raise JudgementError(f"No question of {path} has a judgement; are these the judgements of these questions?")
    return Collection(documents, JudgedSet(_name(folder, corpus, queries), tuple(questions)))


def _name(folder: Path, corpus: str, queries: str) -> str:
    chosen = [Path(file).stem for file in (queries, corpus) if file]
    return folder.resolve().name + (f" ({' on '.join(chosen)})" if chosen else "")


def _file(folder: Path, name: str) -> Path:
    inside = folder / name  # an absolute name is itself
    tried = (inside, Path(name), inside.with_name(f"{inside.name}.gz"))
    return next((path for path in tried if path.exists()), inside)


def _qrels_file(folder: Path, name: str) -> Path:
    if name:
        inside = folder / "qrels" / name
        return inside if inside.exists() else _file(folder, name)
    usual = folder / "qrels" / QRELS
    found = sorted(usual.parent.glob("*.tsv"))
    if usual in found or len(found) == 0:
        return usual
    if len(found) > 1:
        raise JudgementError(
            f"{usual.parent} holds several files of judgements ({', '.join(path.name for path in found[:10])}) "
            f"and none is {QRELS}. "
            "Say which: --qrels FILE"
        )
    return found[0]


def _rows(path: Path, faults: Faults) -> Iterator[tuple[int, str, dict[str, object]]]:
    """Line number, id and object of each line; ids are told once."""
    seen: set[str] = set()
    for number, line in lines(path, faults, most=MAX_DOCUMENTS):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            faults.add(path, number, f"not JSON ({error})")
            continue
        fault, identity = _checked(row)
        if not fault and identity in seen:
            fault = f"the id {identity} is there twice"
        if fault:
            faults.add(path, number, fault)
            continue
        seen.add(identity)
        yield number, identity, row


def _checked(row: object) -> tuple[str, str]:
    """What is wrong with a row, and its id."""
    if not isinstance(row, dict):
        return "not an object", ""
    identity = row.get("_id")
    if isinstance(identity, bool) or not isinstance(identity, (str, int)) or not 0 < len(str(identity).strip()) <= MAX_ID_CHARS:
        return "no _id", ""
    if not isinstance(row.get("text"), str):
        return "text is not text", ""
    if not isinstance(row.get("title", ""), (str, type(None))):
        return "title is not text", ""
    return "", str(identity).strip()


def _words(row: dict[str, object], key: str) -> str:
    return str(row.get(key) or "")


def _language(row: dict[str, object]) -> str:
    """As the row or its metadata says; empty where neither does."""
    metadata = row.get("metadata")
    for said in (row.get("language"), metadata.get("language") if isinstance(metadata, dict) else None):
        if isinstance(said, str) and _LANGUAGE.fullmatch(said):
            return said
    return ""


def _judgements(path: Path, faults: Faults) -> dict[str, dict[str, int]]:
    """Question → document → grade; a first line of column names is passed over. TREC's form, with a second column, is read too."""
    found: dict[str, dict[str, int]] = {}
    for number, line in lines(path, faults, most=MAX_JUDGEMENTS):
        cells = [cell.strip() for cell in line.split("\t")]
        if number == 1 and cells[-1].isidentifier() and _NAMES_QUESTIONS.search(cells[0]):
            continue
        if len(cells) != 3 and len(line.split()) == 4:
            question, _, document, written = line.split()
            cells = [question, document, written]
        if len(cells) != 3:
            faults.add(path, number, f"{len(cells)} columns; wanted question, document and grade, parted by tabs")
            continue
        question, document, written = cells
        grade = _grade(written)
        if grade is None:
            faults.add(path, number, f"the grade {written!r} is not a whole number up to {MOST_RELEVANCE}")
        elif found.setdefault(question, {}).setdefault(document, grade) != grade:
            faults.add(path, number, f"document {document} has two grades for question {question}")
    return found


def _grade(written: str) -> int | None:
    try:
        value = float(written)
    except ValueError:
        return None
    return int(value) if abs(value) <= MOST_RELEVANCE and value == int(value) else None
