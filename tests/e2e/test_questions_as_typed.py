"""Phrases, words to be without, operators, typing errors and the deadline, over the sample corpus with the real model."""

from __future__ import annotations

import itertools
import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from fakes import FakeEncoder, FakeModels, FakeReader

from kb import cli, open_kb
from kb.errors import QueryError, SearchTimeout
from kb.retrieval.answer import Filters, SearchResult, Step
from kb.retrieval.deadline import Deadline
from kb.retrieval.passage import Passage
from kb.services.ingesting import ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.services.searching import search
from kb.settings import Settings


def ask(kb: KnowledgeBase, question: str, k: int = 200, **wanted: tuple[object, ...]) -> SearchResult:
    filters = Filters(**wanted)  # type: ignore[arg-type]
    return search(kb, question, actor=LOCAL_MEMBER, filters=filters, k=k, mark=False)


def words(text: str) -> list[str]:
    """Folded words: an oracle of its own."""
    plain = unicodedata.normalize("NFD", text.lower())
    return re.findall(r"[^\W_]+", re.sub(r"[\u0300-\u036f]", "", plain))


def has(text: str, phrase: str) -> bool:
    return f" {' '.join(words(phrase))} " in f" {' '.join(words(text))} "


@pytest.fixture(scope="module")
def passages(sample_kb: KnowledgeBase) -> list[Passage]:
    return [passage for passage, _ in sample_kb.catalog.live_rows()]


@pytest.fixture(scope="module")
def phrases(passages: list[Passage]) -> list[str]:
    """Two to four words in a row, out of 40 passages; a fixed choice."""
    chance = random.Random(20261122)
    found = []
    for passage in chance.sample(passages, 40):
        spoken = re.findall(r"[^\W_]+", passage.text)
        at = chance.randrange(max(1, len(spoken) - 4))
        found.append(" ".join(spoken[at : at + chance.randint(2, 4)]))
    return found


# phrases and words to be without -----------------------------------------------------------------------------------------


def test_results_of_an_exact_phrase_are_those_of_brute_force(
    sample_kb: KnowledgeBase, passages: list[Passage], phrases: list[str]
) -> None:
    """Every passage that has it, up to the depth of the legs, and none else."""
    for phrase in phrases:
        holding = {passage.id for passage in passages if has(passage.text, phrase)}
        found = {hit.passage.id for hit in ask(sample_kb, f'"{phrase}"').hits}

        assert found <= holding, phrase
        assert found == holding or len(found) >= 20, phrase


def test_words_beside_a_phrase_rank_and_the_phrase_decides(sample_kb: KnowledgeBase) -> None:
    hits = ask(sample_kb, 'How many workers and members has it? "social economy" -Europe').hits

    assert hits
    assert all(has(hit.passage.text, "social economy") for hit in hits)
    assert not any(has(place, "Europe") for hit in hits for place in (hit.passage.text, hit.title, *hit.passage.heading_path))


@pytest.mark.parametrize("unwanted", ["women", "SEWA", "coopérative", '"social economy"', '"peer learning"'])
def test_results_without_a_word_never_have_it(sample_kb: KnowledgeBase, passages: list[Passage], unwanted: str) -> None:
    phrase = unwanted.strip('"')
    question = "How do women in co-operatives learn from peers in the social economy?"
    free, hits = (ask(sample_kb, f"{question}{more}").hits for more in ("", f" -{unwanted}"))
    listed = ask(sample_kb, f"-{unwanted}")

    assert any(has(hit.passage.text, phrase) for hit in free)
    for hit in (*hits, *listed.hits):
        assert not any(has(place, phrase) for place in (hit.passage.text, hit.title, *hit.passage.heading_path))
    assert len(hits) >= 20
    assert len(listed.hits) == 200


def test_a_phrase_that_only_a_heading_has_is_found_there_and_said(sample_kb: KnowledgeBase, passages: list[Passage]) -> None:
    texts = [passage.text for passage in passages]
    heading = next(
        heading
        for passage in passages
        for heading in passage.heading_path
        if 2 < len(words(heading)) < 9 and '"' not in heading and not any(has(text, heading) for text in texts)
    )
    result = ask(sample_kb, f'"{heading}"')

    assert result.in_headings
    assert result.hits
    assert all(any(has(place, heading) for place in (hit.title, *hit.passage.heading_path)) for hit in result.hits)


def test_an_absent_phrase_finds_nothing_and_is_named(sample_kb: KnowledgeBase) -> None:
    result = ask(sample_kb, 'women "purple elephants dancing" co-operatives')

    assert result.hits == ()
    assert result.absent == ("purple elephants dancing",)
    assert result.n_passages == len(sample_kb.generation().rows)


# operators ---------------------------------------------------------------------------------------------------------------

OPERATED: list[tuple[str, dict[str, tuple[object, ...]]]] = [
    ("kind:case-study", {"kinds": ("case-study",)}),
    ("country:IN,es", {"countries": ("IN", "ES")}),
    ("pays:Inde country:Spanien", {"countries": ("IN", "ES")}),
    ("lang:fr", {"languages": ("fr",)}),
    ("langue:allemand", {"languages": ("de",)}),
    ("theme:cooperatives kind:case", {"themes": ("cooperatives",), "kinds": ("case-study",)}),
    ("year:2020-2026", {"years": tuple(range(2020, 2027))}),
    ("year:1999", {"years": (1999,)}),
    ("country:XX", {"countries": ("XX",)}),
]


@pytest.mark.parametrize(("text", "wanted"), OPERATED, ids=[text for text, _ in OPERATED])
def test_an_operator_finds_what_the_filter_finds(
    sample_kb: KnowledgeBase, text: str, wanted: dict[str, tuple[object, ...]]
) -> None:
    question = "How do women's co-operatives save and learn from peers?"
    typed, chosen = ask(sample_kb, f"{question} {text}"), ask(sample_kb, question, **wanted)

    assert typed.hits == chosen.hits
    assert (typed.n_passages, typed.n_documents) == (chosen.n_passages, chosen.n_documents)


def test_filters_beside_the_question_and_operators_in_it_must_both_hold(sample_kb: KnowledgeBase) -> None:
    both = ask(sample_kb, "women lang:fr kind:case-study", languages=("fr", "en"), countries=("FR",))
    neither = ask(sample_kb, "women lang:fr", languages=("en",))

    assert both.hits
    assert all(hit.passage.language == "fr" and "FR" in hit.metadata.countries for hit in both.hits)
    assert {hit.metadata.kind for hit in both.hits} == {"case-study"}
    assert neither.hits == ()
    assert neither.n_passages == 0


def test_an_organisation_is_found_by_a_word_of_its_name(sample_kb: KnowledgeBase) -> None:
    names = sorted({document.metadata.organisation for document in sample_kb.catalog.documents()} - {""})
    word = max(words(names[0]), key=len)
    wanted = {name for name in names if has(name, word)}

    assert {hit.metadata.organisation for hit in ask(sample_kb, f"org:{word} women").hits} == wanted


def test_only_operators_list_all_that_passes_in_reading_order(sample_kb: KnowledgeBase) -> None:
    documents = {document.id: document for document in sample_kb.catalog.documents()}
    result = ask(sample_kb, "lang:de")
    wanted = [
        passage.id
        for document in sorted(
            sorted(documents.values(), key=lambda one: one.path), key=lambda one: one.metadata.date, reverse=True
        )
        for passage in sample_kb.catalog.passages_of(document.id)
        if passage.language == "de"
    ]

    assert [hit.passage.id for hit in result.hits] == wanted[:200]
    assert result.is_list
    assert all(hit.lexical_rank is None and hit.dense_rank is None and hit.sentence is None for hit in result.hits)
    assert result.facets["languages"]["de"] == len({hit.passage.document_id for hit in result.hits})


# typing errors -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "typed", "used"),
    [
        ("Mondrgon", "Mondrgon", "mondragon"),
        ("What is Mondargon abroad?", "Mondargon", "mondragon"),
        ("Qubéec", "Qubéec", "quebec"),
        ("Was ist eine Genosenschaft und wer gründet sie?", "Genosenschaft", "genossenschaft"),
        ("Comment naît une coopértive de travailleuses ?", "coopértive", "cooperative"),
    ],
)
def test_a_misspelt_name_is_found_and_said(
    sample_kb: KnowledgeBase, passages: list[Passage], question: str, typed: str, used: str
) -> None:
    result = ask(sample_kb, question, k=10)
    (correction,) = result.corrected

    assert correction.typed == typed
    assert words(correction.used) == [used]
    assert any(has(f"{hit.passage.context} {hit.passage.text}", used) and hit.lexical_rank for hit in result.hits)


def test_names_and_acronyms_that_are_known_are_left_alone(sample_kb: KnowledgeBase) -> None:
    for question in ("SEWA", "Mondragón", "ILO", "CIRIEC", "When was SEWA founded?"):
        assert ask(sample_kb, question, k=5).corrected == ()


def test_a_right_word_that_no_document_has_is_left_alone(sample_kb: KnowledgeBase) -> None:
    """Both were "corrected" once, to "string" and "means": words in one piece, or in two within a sentence, are believed."""
    for question in ("spring", "How was the programme in spring organised?", "What helps people through tasty, healthy meals?"):
        assert ask(sample_kb, question, k=5).corrected == ()


def test_a_misspelt_word_in_a_phrase_is_not_corrected(sample_kb: KnowledgeBase) -> None:
    result = ask(sample_kb, '"Mondrgon"')

    assert result.corrected == ()
    assert result.absent == ("Mondrgon",)


# any string --------------------------------------------------------------------------------------------------------------


def soups() -> Iterator[str]:
    """500 strings of syntax, words and all of Unicode."""
    chance = random.Random(3)
    marks = [*'"“”«»„-:, ', " -", ' -"', "\0", "\ud800", "\u202e"]
    operators = ["kind:", "country:", "lang:", "year:", "org:", "theme:", "2010-2014", "IN", "fr", "tool"]
    pieces = [*marks, *operators, "SEWA", "women", "Mondrgon", "the", "😀", "合作社", "ไทย", "مرأة"]
    for _ in range(500):
        yield "".join(
            chance.choice(pieces) if chance.random() < 0.8 else chr(chance.randrange(0x110000))
            for _ in range(chance.randint(0, 14))
        )


def test_no_soup_of_syntax_raises_anything_but_that_it_is_empty(sample_kb: KnowledgeBase) -> None:
    refused = 0
    for question in soups():
        try:
            result = search(sample_kb, question, actor=LOCAL_MEMBER, k=3, mark=False)
        except QueryError:
            refused += 1
            assert not question.replace("\0", " ").split()
        else:
            assert result.understood.text == result.question
            assert result.hits or result.n_passages == 0 or result.understood.phrases or result.understood.without

    assert refused < 100


# the deadline ------------------------------------------------------------------------------------------------------------


def test_when_time_runs_out_there_is_a_part_of_the_answer_or_one_sentence(sample_kb: KnowledgeBase) -> None:
    """The clock leaps at the n-th look, for every n until nothing is cut short."""
    question, filters = "Who founded SEWA?", Filters(countries=("IN", "ES"))
    whole = search(sample_kb, question, actor=LOCAL_MEMBER, filters=filters)
    outcomes: list[tuple[Step, ...] | None] = []
    for leap in itertools.count():
        looks = itertools.count(-1)  # the first look sets the deadline
        deadline = Deadline.after(5, clock=lambda looks=looks, leap=leap: 100.0 if next(looks) >= leap else 0.0)  # type: ignore[misc]
        try:
            result = search(sample_kb, question, actor=LOCAL_MEMBER, filters=filters, deadline=deadline)
        except SearchTimeout:
            outcomes.append(None)
            continue
        outcomes.append(result.cut_short)
        assert result.hits
        assert (Step.SENTENCES in result.cut_short) == (all(hit.sentence is None for hit in result.hits))
        assert (Step.WORDS in result.cut_short) == all(hit.lexical_rank is None for hit in result.hits)
        if not result.cut_short:
            break

    assert replace(result, took_s=0) == replace(whole, took_s=0)
    assert outcomes[0] is None
    assert {frozenset(outcome or ()) for outcome in outcomes} == {
        frozenset({Step.WORDS, Step.COUNTS, Step.SENTENCES}),
        frozenset({Step.COUNTS, Step.SENTENCES}),
        frozenset({Step.COUNTS}),
        frozenset(),
    }


# permission --------------------------------------------------------------------------------------------------------------


def test_words_of_a_restricted_document_leak_by_no_phrase_and_no_correction(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "corpus", tmp_path / "index", model="fake")
    settings.documents.mkdir(parents=True)
    (settings.documents / "open.md").write_text("# Looms\n\nThe weavers of the town share their looms.\n", encoding="utf-8")
    (settings.documents / "secret.md").write_text("# Falke Plan\n\nThe plan Zeppelinflug buys the looms.\n", encoding="utf-8")
    (settings.documents / "secret.md.yaml").write_text("visibility: restricted\n", encoding="utf-8")
    encoder = FakeEncoder()
    kb = replace(open_kb(settings), models=FakeModels(), encoder=lambda: encoder, new_reader=FakeReader)
    ingest(kb, [settings.documents], actor=LOCAL_MEMBER)
    member = Member("ann", frozenset({Role.MEMBER}))

    for question in (
        '"plan Zeppelinflug"',
        '"Falke Plan"',
        "Zepelinflug",
        "Flake",
        "-looms",
        "Zeppelinflug -weavers",
        "org:x",
        "lang:en",
    ):
        hers, theirs = (search(kb, question, actor=actor) for actor in (member, LOCAL_MEMBER))
        assert {hit.path for hit in hers.hits} <= {"open.md"}
        assert hers.corrected == ()
        assert not hers.in_headings
        assert hers.n_documents <= 1
    assert search(kb, '"plan Zeppelinflug"', actor=LOCAL_MEMBER).hits
    assert search(kb, '"plan Zeppelinflug"', actor=member).absent == ("plan Zeppelinflug",)
    assert [one.typed for one in search(kb, "Zepelinflug", actor=LOCAL_MEMBER).corrected] == ["Zepelinflug"]
    assert search(kb, '"Falke Plan"', actor=LOCAL_MEMBER).in_headings
    assert theirs.hits


# the command line --------------------------------------------------------------------------------------------------------


@pytest.fixture
def run(built_kb: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    monkeypatch.setenv("KB_CORPUS", str(built_kb.corpus))
    monkeypatch.setenv("KB_INDEX", str(built_kb.index))
    return lambda *arguments: CliRunner().invoke(cli.kb, ["search", *arguments]).output


def test_the_command_line_says_how_it_understood(run: Callable[..., str]) -> None:
    told = run("--k", "2", 'women "social economy" -bank year:2020-2026 foo:bar')
    mistyped = run("--k", "1", "Mondrgon")
    plain = run("--k", "1", "When was SEWA founded?")

    assert "words “women social economy foo:bar”; with the phrase “social economy”; without “bank”; year 2020–2026" in told
    assert "“foo:bar” cannot be used as an operator" in told
    assert re.search("No document has “Mondrgon”; “(?i:mondrag[oó]n)” was searched for too", mistyped)
    assert plain.startswith("1. ")
    assert "newest document first" in run("--k", "1", "lang:fr")
    assert "No passage has the phrase “purple elephants”" in run("--k", "1", '"purple elephants"')


def test_the_json_says_how_it_understood(run: Callable[..., str]) -> None:
    found = json.loads(run("--json", "Mondrgon -bank country:ES"))

    assert found["understood"]["words"] == "Mondrgon"
    assert found["understood"]["without"] == ["bank"]
    assert found["understood"]["country"] == ["ES"]
    assert found["corrected"][0]["typed"] == "Mondrgon"
    assert found["cut_short"] == []
