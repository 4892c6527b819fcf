"""What the layers below say in English is said in French in the French app."""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kb
from kb import errors
from kb.peers.learning.kinds import KINDS
from kb.peers.learning.record import Kind
from kb.settings import Settings
from kb.ui import learning_words, sayings
from kb.ui import said as module
from kb.ui.said import said
from tests.ui.conftest import OpenApp

ROOT = Path(kb.__file__).parent
ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.KBError)}
BELOW = [ROOT / "settings.py", *(path for layer in ("services", "retrieval", "adapters") for path in (ROOT / layer).rglob("*.py"))]
REASONS = [  # every phrase in them reaches the ledger, a job or an error
    *(
        ROOT / "services" / f"{name}.py"
        for name in ("planning", "files", "ingest_run", "jobs", "uploads", "reading", "permission", "members")
    ),
    *(ROOT / "peers" / "assessment" / f"{name}.py" for name in ("move", "moves", "seat_moves", "panel_moves")),
    *(ROOT / "peers" / "transfer" / f"{name}.py" for name in ("moves", "evaluation")),
    ROOT / "peers" / "learning" / "case_refusals.py",
    *(ROOT / "adapters" / f"{name}.py" for name in ("sidecar", "sandbox")),
    *(ROOT / "adapters" / "readers").glob("*.py"),
]
SAMPLES = {  # what stands in an f-string at these expressions; "X7" elsewhere
    "what": "Sidecar X7",
    "_pages(contents.damaged)": "Page 7 is",
    "_pages(contents.coded)": "2 pages (7, 8) are",
    "_pages(blank)": "Page 7 is",
    "'s' * (hidden > 1)": "s",
}
_PHRASE = re.compile(r"[^\W\d_]{2,} [\w(]|\w [^\W\d_]{2,}")
ALONE = {  # not for the app, each for a reason
    '<meta charset="utf-8">X7': "markup for the parser",
    "PowerPoint Document": "a stream within a file",
    "powerpoint presentation": "a title that Office makes up",
    "présentation powerpoint": "a title that Office makes up",
    "word document": "a title that Office makes up",
    "microsoft office user": "an author that Office makes up",
    "microsoft word -": "a title that Office makes up",
    "microsoft powerpoint -": "a title that Office makes up",
    "X7: X7.": "what was refused, with its faults: each refusal has a template of its own",
    "X7: X7": "a library's own words, or a value of metadata: no words of ours",
    "X7 pages (X7) are": "part of the sentences of _pages, which stand here with samples",
    "Page X7 is": "part of the sentences of _pages, which stand here with samples",
    ". The document is restricted until it is repaired": "part of a sentence, see test_a_sidecar_that_restricts",
    "Sidecar X7": "part of a sentence, see SAMPLES",
    "Front matter": "part of a sentence, see test_a_sidecar_that_restricts",
    "X7.": "several faults of settings.py, each with its own template",
}
OF_LEARNING = [
    path
    for layer in ("peers", "services")
    for path in (ROOT / layer / "learning").glob("*.py")
    if not path.stem.endswith("_wording")  # which have their words in every language themselves
]
NOT_SAID = {  # in mutual learning, each for a reason
    "The Sidecar X7 is X7; this needs one that is X7.": "see test_what_is_out_of_turn: every kind of thing has a template",
    "There is no Sidecar X7 yet.": "part of the same",
    "The Sidecar X7 is there already.": "part of the same",
    "transfer case": "what a kind is called in a sentence, see the same",
    "question round": "what a kind is called in a sentence, see the same",
    "policy change": "what a kind is called in a sentence, see the same",
    "theme of the concepts": "what a tag is, in a fault of a file",
    "“X7” is no group of the partnership; X7": "its second half is “did you mean” or “there are”, which have templates",
    "A peer review needs peers from at least X7 countries other than the host's, X7; X7 X7 missing.": "“is” or “are”",
    "The session is full: X7 X7 may take part.": "“people” or “peers”",
    "X7 begins nothing": "of a program that is wrong: nobody can bring it about",
    "no event of a X7 is called “X7”": "the reason within “… is of a newer version of the program”, which is said instead",
    "no event of notices is called “X7”": "the reason within “… is of a newer version of the program”, which is said instead",
    "Peer review": "a word of a calendar file: the page hands its own",
    "Study visit": "a word of a calendar file: the page hands its own",
    "Under the Chatham House Rule: what is said may be used, who said it may not be told.": "of a calendar file, as above",
    "What is said is kept back until {day}.": "of a calendar file, as above",
    "[Demonstration: made up] {title}": "of a calendar file, as above",
    "What happened lately": "a word of the feed: the page hands its own",
    "feed of X7": "an address, which nobody reads",
    "X7 X7 UTC": "a time, see “was changed by”",
    "somebody with an editor": "see “was changed by somebody with an editor”",
}


@pytest.fixture
def french(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.ui.i18n.current", lambda: "fr")


def texts(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may give: "a" if x else "b" gives two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
        holes = [ast.unparse(part.value) if isinstance(part, ast.FormattedValue) else "" for part in node.values]
        yield "".join(str(part) if part is not None else SAMPLES.get(hole, "X7") for part, hole in zip(parts, holes, strict=True))
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield from ("X7" + right for right in texts(node.right))


def raised(path: Path) -> Iterator[str]:
    """What the file gives to an error for people, itself or by the name of a constant."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS and node.args:
            given_to_it = node.args[0]
            yield from texts(constants.get(given_to_it.id, given_to_it) if isinstance(given_to_it, ast.Name) else given_to_it)


def phrases(path: Path) -> Iterator[str]:
    """Every text of two words or more that is no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            passed |= {id(part) for part in ast.walk(node)} - {id(node)}
        if isinstance(node, (ast.Constant, ast.JoinedStr)) and id(node) not in passed:
            yield from (text for text in texts(node) if _PHRASE.search(text) and "\\" not in text)


def test_every_sentence_of_an_error_has_its_template(french: None) -> None:
    found = {text for path in BELOW for text in raised(path)} - set(ALONE)

    assert len(found) > 80
    assert sorted(text for text in found if said(text) == text) == []


def test_every_reason_has_its_template(french: None) -> None:
    """Some stand only within others: "Nothing was added: …"."""
    found = {text for path in REASONS for text in phrases(path)} - set(ALONE)

    assert len(found) > 100
    assert sorted(text for text in found if said(text) == text and said(f"Nothing was added: {text}.").endswith(f": {text}.")) == []


def is_said(text: str) -> bool:
    """Whether it is recognised: alone, as a fault, as the fault of a field, as an action, or as what begins a refusal."""
    ways = (text, f"Nothing was added: {text}.", f"Nothing was added: why: {text}.", f"{text}: X7 fault.")
    return any(said(way) != way and text not in said(way) for way in ways) or text not in said(
        f"ann may not {text}: this needs the role member."
    )


def test_every_sentence_of_mutual_learning_has_its_template(french: None) -> None:
    found = {
        text
        for path in OF_LEARNING
        for text in phrases(path)
        if not text.startswith("kb learn ") and not re.fullmatch(r"[A-Z]{3}(?: [A-Z]{3})+", text)  # commands; codes of currencies
    }

    assert len(found) > 200
    assert sorted(text for text in found - set(NOT_SAID) if not is_said(text)) == []


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_what_is_out_of_turn_is_said_in_the_words_of_the_pages(french: None, kind: Kind[Any]) -> None:
    """In every state of every thing, every step that may not follow: no code is left, and no English."""
    told = 0
    for state in (None, *kind.lifecycle.states):
        for step in kind.lifecycle.steps:
            if refused := kind.lifecycle.refused(state, step, kind.what):
                told += 1
                sentence = said(refused.sentence)
                assert not {"The", "There", "is", "this"} & set(re.findall(r"\w+", sentence))
                if state and " is there already" not in refused.sentence:
                    assert f"« {learning_words.state_word(state)} »" in sentence
    assert told > len(kind.lifecycle.states)


def test_a_code_is_said_as_the_page_calls_it_in_english_too() -> None:
    assert said("The plan is not-implemented; this needs one that is draft or in-progress.") == (
        "The plan is “Not implemented”; this needs one that is “Being written” or “In progress”."
    )
    assert said("The action dig is planned, and cannot become planned.") == (
        "The action dig is “Planned”, and cannot become “Planned”."
    )


def test_refusals_in_a_row_are_told_one_by_one(french: None) -> None:
    assert said(
        "Only a facilitator may tell how a transfer went. You opened this case: another facilitator tells how it went. "
        "The plan has no milestone “a. b”. Milestones that were reached stay in the plan: a; b. Here. Words of nobody."
    ) == (
        "Seul un animateur peut dire comment un transfert s’est passé. "
        "Vous avez ouvert ce cas : un autre animateur dit ce que cela a donné. "
        "Le plan n’a pas de jalon « a. b ». Les jalons atteints restent dans le plan : a; b. Here. Words of nobody."
    )


def test_a_fault_of_a_field_is_told_with_its_field(french: None) -> None:
    assert said("The need was not posted: title: is empty; at least one is wanted; place: “zz” is a riddle.") == (
        "Le besoin n’a pas été publié : title : est vide ; il en faut au moins un ; place: “zz” is a riddle."
    )


def test_no_exception_is_out_of_date() -> None:
    found = {text for path in BELOW for text in raised(path)} | {text for path in REASONS for text in phrases(path)}

    assert sorted(set(ALONE) - found) == []
    assert sorted(set(NOT_SAID) - {text for path in OF_LEARNING for text in phrases(path)}) == []


def test_every_room_of_sayings_is_joined_and_says_nothing_twice() -> None:
    there = {path.stem for path in Path(sayings.__file__).parent.glob("*.py")} - {"__init__"}
    words = (*sayings.TEMPLATES, *sayings.PARTS)

    assert {room.__name__.rpartition(".")[2] for room in sayings.ROOMS} == there
    assert len(words) == len(set(words))


def test_every_part_is_recognised_inside_a_sentence(french: None) -> None:
    assert said("ann may not add documents: this needs the role contributor.") == (
        "ann n’est pas autorisé à ajouter des documents : il faut le rôle contributeur."
    )
    assert said("needs more than 2 GB of memory") == "demande plus de 2 Go de mémoire"


def test_reasons_in_a_row_are_told_one_by_one(french: None) -> None:
    row = "renamed from a; b.txt; Named .pdf, but holds plain text; read as that.; 3 hidden sheets left out."

    assert said(row) == (
        "auparavant nommé a; b.txt ; Nommé .pdf, mais contient du texte brut ; lu comme tel. ; "
        "3 feuilles masquées laissées de côté."
    )


def test_faults_within_a_sentence_are_told_one_by_one(french: None) -> None:
    assert said("Nothing was added: a.pdf has 300 MB; at most 100 are taken; b.pdf is empty.") == (
        "Rien n’a été ajouté : a.pdf pèse 300 Mo ; 100 au plus sont acceptés ; b.pdf est vide."
    )
    faults = 'visibility "all" is not one of public, members; taken as restricted; language "?" is not a code such as en, fr, pt'
    assert said(f"Metadata: {faults}.") == (
        "Métadonnées : visibility « all » n’est pas l’une de ces valeurs : public, members ; pris pour restricted ; "
        "language « ? » n’est pas un code comme en, fr, pt."
    )


def test_a_sidecar_that_restricts(french: None) -> None:
    fault = "ignored: longer than 64 KB. The document is restricted until it is repaired."

    for what in ("Front matter", "Sidecar a.yaml"):
        assert "plus de 64 Ko. Le document est d’accès restreint" in said(f"{what} {fault}")


def test_values_are_no_templates(french: None) -> None:
    """A file may be called anything: neither braces nor the words of a sentence in its name are taken for ours."""
    assert said("same content as {path} {0.__class__}") == "même contenu que {path} {0.__class__}"
    assert said("renamed from the file is empty") == "auparavant nommé the file is empty"


@given(st.text())
def test_in_english_nothing_changes(text: str) -> None:
    assert said(text) == text


@given(st.text(alphabet="abc;{} 0é"))
def test_words_of_no_template_stay(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kb.ui.i18n.current", lambda: "fr")

        assert said(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Metadata: " + "; ".join(['countries "x" is not two-letter codes of ISO 3166 such as IT, PT'] * 290) + ".",
        " is cut short: wanted  bytes at , it has " * 450,
        "; " * 9_000,
    ],
)
def test_a_hostile_text_is_told_at_once(french: None, text: str) -> None:
    module._row.cache_clear()
    began = time.process_time()

    said(text)

    assert time.process_time() - began < 5


def test_an_unknown_document_is_explained_in_french(open_app: OpenApp, built_kb: Settings) -> None:
    app = open_app(built_kb, "document", locale="fr-FR", id="0000000000000000")

    assert any(error.value.startswith("Ce document n’existe pas") for error in app.error)
